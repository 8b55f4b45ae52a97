"""tokenfare tailscale, against a stand-in for the program tailscale that answers as that one does.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import getpass
import http.server
import json
import os
import pathlib
import threading

from farecli import case, equal, one_sentence, run_cases

HOST = 'box.tail1234.ts.net'
PATH = '/tokenfare'

# What the program's state is: name, certificates, rules, Funnel; and how it fails.
FAKE = r'''#!/usr/bin/python3
import json, pathlib, sys, time
here = pathlib.Path(__file__).resolve().parent
state = json.loads((here / 'state').read_text())
words = sys.argv[1:]
with open(here / 'calls', 'a') as calls:
    calls.write(json.dumps(words) + '\n')

def end(status, text):
    print(text, file=sys.stderr)
    sys.exit(status)

if state.get('fails') == 'daemon':
    end(1, "failed to connect to local tailscaled; it doesn't appear to be running "
           "(sudo systemctl start tailscaled ?)")
if words == ['status', '--json']:
    print(json.dumps({'Version': '1.90.2', 'BackendState': state.get('backend', 'Running'),
                      'Self': {'DNSName': state['host'] + '.', 'Online': True},
                      'MagicDNSSuffix': 'tail1234.ts.net', 'CertDomains': state['certificates']}))
elif words == ['serve', 'status', '--json']:
    port = f"{state['host']}:443"
    answer = {}
    if state['rules']:
        answer = {'TCP': {'443': {'HTTPS': True}}, 'Web': {port: {'Handlers': state['rules']}}}
    if state.get('funnel'):
        answer['AllowFunnel'] = {port: True}
    print({'garbage': 'garbage', 'nested': '{"Web":' * 400_000}.get(state.get('fails')) or json.dumps(answer))
elif words[0] == 'serve' and words[-1] != 'status':
    if state.get('fails') == 'denied':
        end(1, "sending serve config: Access denied: serve config denied\n\nUse 'sudo tailscale serve "
               "...'.\nTo not require root, use 'sudo tailscale set --operator=$USER' once.")
    if state.get('fails') == 'disabled':
        print('\nServe is not enabled on your tailnet.\nTo enable, visit:\n\n'
              '         https://login.tailscale.com/f/serve?node=nABC\n', flush=True)
        time.sleep(600)
    if state.get('fails') == 'other':
        end(1, 'error: port 443 is already serving TCP')
    if words[:4] == ['serve', '--bg', '--https=443', '--set-path=/tokenfare'] and len(words) == 5:
        if state.get('fails') != 'ignored':
            state['rules']['/tokenfare'] = {'Proxy': words[4]}
    elif words == ['serve', '--https=443', '--set-path=/tokenfare', 'off']:
        if '/tokenfare' not in state['rules']:
            end(1, 'error: handler does not exist')
        del state['rules']['/tokenfare']
    else:
        end(2, f'invalid argument: {words}')
    (here / 'state').write_text(json.dumps(state))
else:
    end(2, f'invalid argument: {words}')
'''


class Tailnet:
    def __init__(self, home, **state):
        self.home = home
        self.folder = home.path.parent / (home.path.name + '-bin')
        self.folder.mkdir(exist_ok=True)
        self.program = self.folder / 'tailscale'
        self.program.write_text(FAKE)
        self.program.chmod(0o755)
        self.write(**{'host': HOST, 'certificates': [HOST], 'rules': {}} | state)
        (self.folder / 'calls').write_text('')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()

    def write(self, **state):
        (self.folder / 'state').write_text(json.dumps(state))

    def read(self):
        return json.loads((self.folder / 'state').read_text())

    def change(self, **state):
        self.write(**self.read() | state)

    def writes(self):
        """What was called to change something."""
        calls = [json.loads(line) for line in (self.folder / 'calls').read_text().splitlines()]
        return [words for words in calls if 'status' not in words]

    def run(self, *args, status=0):
        return self.home.run(*args, status=status,
                             env={'PATH': f'{self.folder}:{os.environ["PATH"]}'})

    def ask(self, *args, status=0):
        return self.run('tailscale', *args, '--json', status=status).json()


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() if path.is_file() else None
            for path in sorted(pathlib.Path(folder).rglob('*'))}


def hosts(home):
    return [line for line in (home.data / 'settings.ini').read_text().splitlines()
            if line.startswith('api-hosts')]


@case('/cli/tailscale/on-and-off-leave-nothing-behind')
def on_off(home):
    with Tailnet(home, rules={'/': {'Proxy': 'http://127.0.0.1:3000'}}) as net:
        before = net.read()
        equal(net.ask()['on'], False, 'at first')
        equal(list(home.path.iterdir()), [], 'status writes nothing')
        answer = net.ask('on')
        equal((answer['ok'], answer['on'], answer['url']), (True, True, f'https://{HOST}{PATH}'), 'on')
        equal((answer['host_allowed'], answer['server_answers'], answer['changed']),
              (True, False, ['rule', 'api-hosts']), 'on')
        equal(net.read()['rules'], before['rules'] | {PATH: {'Proxy': 'http://127.0.0.1:55423'}}, 'rules')
        equal(hosts(home), [f"api-hosts=['{HOST}']"], 'hosts')
        told = net.run('tailscale').out
        assert f'https://{HOST}{PATH}' in told and 'Nothing answers at port 55423' in told, told
        equal(net.ask('on')['changed'], [], 'again')
        equal(len(net.writes()), 1, 'calls that change something')
        answer = net.ask('off')
        equal((answer['ok'], answer['on'], answer['url']), (True, False, None), 'off')
        equal(net.read(), before, 'state')
        equal(list(home.path.iterdir()), [], 'files')
        equal(net.ask('off')['changed'], [], 'off again')


@case('/cli/tailscale/settings-are-given-back-byte-by-byte')
def settings_back(home):
    home.data.mkdir()
    text = "# mine\n[tokenfare]\napi-port=uint32 4711\napi-hosts=['nas.lan']\n\n[other]\na=b\n"
    (home.data / 'settings.ini').write_text(text)
    with Tailnet(home) as net:
        before = tree(home.path)
        net.ask('on')
        equal(net.read()['rules'], {PATH: {'Proxy': 'http://127.0.0.1:4711'}}, 'rules')
        equal(hosts(home), [f"api-hosts=['nas.lan', '{HOST}']"], 'hosts')
        net.ask('off')
        equal(tree(home.path), before, 'files')
        net.ask('on')
        later = (home.data / 'settings.ini').read_text().replace("'nas.lan', ", "'nas.lan', 'new.lan', ")
        (home.data / 'settings.ini').write_text(later)
        net.ask('off')
        equal(hosts(home), ["api-hosts=['nas.lan', 'new.lan']"], 'names that came later')
        assert not (home.data / 'setup.json').exists()


@case('/cli/tailscale/uninstall-takes-the-rule-back')
def uninstall(home):
    with Tailnet(home) as net:
        net.ask('on')
        plan = net.run('uninstall', '--dry-run', '--json').json()
        assert {'kind': 'tailscale', 'path': PATH} in plan['steps'], plan
        equal(len(net.writes()), 1, 'a plan changes nothing')
        answer = net.run('uninstall', '--auto', '--json').json()
        assert 'tailscale' in answer['changed'], answer
        equal(net.read()['rules'], {}, 'rules')
        equal(list(home.path.iterdir()), [], 'files')

        net.ask('on')
        net.change(fails='denied')
        result = net.run('uninstall', '--auto', status=1)
        assert 'tailscale set --operator=' in result.err, result.err
        assert (home.data / 'setup.json').exists(), 'the rule is forgotten'
        net.change(fails=None)
        net.run('uninstall', '--auto')
        equal((net.read()['rules'], list(home.path.iterdir())), ({}, []), 'afterwards')

        net.ask('on')
        theirs = {PATH: {'Proxy': 'http://127.0.0.1:8080'}}
        net.change(rules=theirs)
        net.run('uninstall', '--auto')
        equal(net.read()['rules'], theirs, 'a rule of somebody else')

        net.change(rules={})
        net.ask('on')
        net.program.unlink()
        net.run('uninstall', '--auto')
        equal(list(home.path.iterdir()), [], 'without the program')


@case('/cli/tailscale/denied-names-the-one-command')
def denied(home):
    with Tailnet(home, fails='denied') as net:
        result = net.run('tailscale', 'on', status=1)
        assert f'sudo tailscale set --operator={getpass.getuser()}' in result.err, result.err
        equal(len(result.err.splitlines()), 2, 'sentences')
        answer = net.ask('on', status=1)
        equal((answer['ok'], answer['remedy']), (False, f'sudo tailscale set --operator={getpass.getuser()}'),
              'answer')
        equal(list(home.path.iterdir()), [], 'files')


@case('/cli/tailscale/what-keeps-it-from-working-is-told')
def failures(home):
    for state, word, remedy in (
            ({'fails': 'daemon'}, 'does not run', 'sudo systemctl start tailscaled'),
            ({'backend': 'NeedsLogin'}, 'NeedsLogin', 'sudo tailscale up'),
            ({'backend': 'Stopped'}, 'Stopped', 'sudo tailscale up'),
            ({'fails': 'disabled'}, 'https://login.tailscale.com/f/serve?node=nABC', None),
            ({'certificates': None}, 'https://login.tailscale.com/admin/dns', None),
            ({'fails': 'other'}, 'already serving TCP', None),
            ({'fails': 'ignored'}, 'does not serve', None),
            ({'fails': 'garbage'}, 'cannot be understood', None),
            ({'fails': 'nested'}, 'cannot be understood', None)):
        with Tailnet(home, **state) as net:
            answer = net.ask('on', status=1)
            equal((answer['ok'], answer['on'], answer['remedy']), (False, False, remedy), state)
            assert word in answer['error'], answer['error']
            if state != {'fails': 'ignored'}:
                equal(list(home.path.iterdir()), [], f'files after {state}')
            else:
                net.ask('off')
                equal(list(home.path.iterdir()), [], 'files after off')
    result = home.run('tailscale', 'on', env={'PATH': '/nowhere'}, status=1)
    one_sentence(result.err, 'not installed')


@case('/cli/tailscale/nothing-becomes-public')
def funnel(home):
    with Tailnet(home, funnel=True) as net:
        answer = net.ask('on', status=1)
        assert 'Funnel' in answer['error'], answer
        equal((net.read()['rules'], list(home.path.iterdir())), ({}, []), 'nothing changed')
        net.change(funnel=False)
        net.ask('on')
        net.change(funnel=True)
        equal(net.ask()['public'], True, 'public')
        assert 'whole internet' in net.run('tailscale').out


@case('/cli/tailscale/what-others-serve-stays')
def others(home):
    for rule in ({'Proxy': 'http://127.0.0.1:9999'}, {'Path': '/srv/www'}, {'Text': 'hello'}):
        with Tailnet(home, rules={PATH: rule}) as net:
            for verb in ('on', 'off'):
                answer = net.ask(verb, status=1)
                assert 'Nothing was changed' in answer['error'], answer
            equal(net.ask()['on'], False, 'status')
            equal((net.read()['rules'], net.writes()), ({PATH: rule}, []), 'rules')
            equal(list(home.path.iterdir()), [], 'files')


@case('/cli/tailscale/rule-made-by-hand-is-used-and-not-taken-back')
def by_hand(home):
    rule = {PATH: {'Proxy': 'http://127.0.0.1:55423'}}
    with Tailnet(home, rules=rule) as net:
        equal(net.ask('on')['changed'], ['api-hosts'], 'on')
        net.run('uninstall', '--auto')
        equal((net.read()['rules'], list(home.path.iterdir())), (rule, []), 'after uninstall')


@case('/cli/tailscale/rule-follows-the-port')
def moved(home):
    with Tailnet(home) as net:
        net.ask('on')
        answer = net.ask('on', '--port', '4712')
        equal((answer['on'], answer['changed']), (True, ['rule']), 'on')
        equal(net.read()['rules'], {PATH: {'Proxy': 'http://127.0.0.1:4712'}}, 'rules')
        equal(net.ask('off')['changed'], ['rule', 'api-hosts'], 'off')
        equal((net.read()['rules'], list(home.path.iterdir())), ({}, []), 'afterwards')


class Theirs(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"service":"tokdash","version":"2.2.0"}')

    def log_message(self, *_):
        pass


@case('/cli/tailscale/another-program-at-the-port-is-not-served')
def foreign(home):
    server = http.server.HTTPServer(('127.0.0.1', 0), Theirs)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with Tailnet(home) as net:
            answer = net.ask('on', f'--port={server.server_port}', status=1)
            assert str(server.server_port) in answer['error'], answer
            equal((net.writes(), list(home.path.iterdir())), ([], []), 'nothing changed')
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@case('/cli/tailscale/damaged-manifest-is-not-written-over')
def damaged(home):
    home.data.mkdir()
    (home.data / 'setup.json').write_text('{ broken')
    with Tailnet(home) as net:
        before = tree(home.path)
        for verb in ('on', 'off'):
            answer = net.ask(verb, status=1)
            assert 'setup.json' in answer['error'], answer
        equal((net.writes(), tree(home.path)), ([], before), 'nothing changed')


@case('/cli/tailscale/wrong-usage-is-refused')
def refused(home):
    for words in (['up'], ['on', 'now'], ['on', '--port', '0'], ['on', '--port', '70000'], ['--fast']):
        equal(home.run('tailscale', *words, status=2).out, '', words)
    equal(list(home.path.iterdir()), [], 'files')


run_cases()
