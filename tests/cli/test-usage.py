"""How the program is talked to: help, exit statuses, streams, colours, widths, signals.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import datetime
import fcntl
import json
import os
import pty
import select
import re
import signal
import struct
import subprocess
import termios
import threading
import time
import unicodedata

from farecli import PROGRAM, PROGRESS, TIME_LIMIT, Skip, case, claude_line, equal, one_sentence, run_cases

COMMANDS = ('report', 'events', 'sessions', 'session', 'why', 'pricing', 'db', 'share')
OPTION = re.compile(r'^  (?:-\w, )?--([a-z0-9-]+)(?:=\S+)? ', re.MULTILINE)
ESCAPE = re.compile(r'\x1b\[[0-9;]*[A-Za-z]')


def options_of(home, *command):
    text = home.run(*command, '--help').out
    return OPTION.findall(text)


def on_terminal(home, *args, columns=80, env=None, status=0):
    """Runs the program with a terminal as its output; returns what is shown."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    process = subprocess.Popen([PROGRAM, *args], env=home.env(**(env or {})), stdout=follower,
                               stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    # Its other end stays open until all is read: Linux may drop what is left when it closes.
    shown = b''
    while True:
        ended = process.poll() is not None
        if select.select([leader], [], [], 0.05)[0]:
            shown += os.read(leader, 65536)
        elif ended:
            break
    os.close(follower)
    os.close(leader)
    errors = process.stderr.read()
    process.stderr.close()
    equal(process.wait(), status, f'status ({errors.decode()})')
    return shown.decode('utf-8').replace('\r\n', '\n')


def cells(text):
    """Width on a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in 'WF' else 1
               for c in text)


def add_wide_use(home):
    now = datetime.datetime.now(datetime.timezone.utc)
    with open(home.claude_log(), 'wb') as log:
        for i in range(3):
            log.write(claude_line(i, time=f'{now:%Y-%m-%dT%H:%M:%S}.{i:03}Z',
                                  cwd='/home/someone/projects/長い名前のプロジェクト/' + 'sub-folder/' * 6,
                                  input_tokens=123456789, output_tokens=1234567,
                                  cache_read_input_tokens=987654321))


@case('/cli/usage/help-names-every-command')
def help_names_commands(home):
    text = home.run('--help').out
    for command in COMMANDS:
        assert re.search(rf'^  {command} +\S', text, re.MULTILINE), f'{command} is not in the help'


@case('/cli/usage/every-command-has-help')
def every_command_has_help(home):
    for command in COMMANDS:
        result = home.run(command, '--help')
        assert result.out.startswith('Usage:') or 'tokenfare ' + command in result.out, command
        equal(result.err, '', f'errors of {command} --help')
    assert not home.data.exists(), 'asking for help made an index'


@case('/cli/usage/every-option-of-the-help-is-known')
def options_are_known(home):
    values = {'by': 'model', 'from': '2026-01-01', 'to': '2026-01-31', 'client': 'claude',
              'model': 'm', 'project': 'p', 'session': 's', 'machine': 'm'}
    for command in ('report', 'events', 'sessions', 'why'):
        for option in options_of(home, command):
            given = f'--{option}={values[option]}' if option in values else f'--{option}'
            home.run(command, given)


@case('/cli/usage/version')
def version(home):
    assert re.fullmatch(r'tokenfare \d+\.\d+\.\d+\n', home.run('--version').out)


@case('/cli/usage/unknown-command-ends-with-2')
def unknown_command(home):
    result = home.run('fly', status=2)
    equal(result.out, '', 'output')
    assert '“fly”' in result.err and '--help' in result.err, result.err


@case('/cli/usage/a-misspelt-word-is-guessed')
def misspelt(home):
    for typed, meant in (('reprot', 'report'), ('Report', 'report'), ('sesions', 'sessions'),
                         ('exprt', 'export'), ('docter', 'doctor'), ('pricng', 'pricing'), ('stat', 'statusline'),
                         ('dbb', 'db'), ('x', None), ('', None), ('y' * 5000, None), ('helpme', 'help'),
                         ('\xe4\xf6', None), ('db verfy', 'verify'), ('db verfy week', 'verify'), ('db go', None),
                         ('pricing lst', 'list'), ('pricing fly', None)):
        result = home.run(*(typed.split() or ['']), status=2)
        equal(result.out, '', f'output of {typed}')
        told = result.err.splitlines()
        equal(len(told), 2, f'lines about {typed[:20]}: {told}')
        assert told[0].endswith(f' Did you mean “{meant}”?') if meant else 'mean' not in told[0], told
        assert '--help' in told[1], told


@case('/cli/usage/unknown-option-ends-with-2')
def unknown_option(home):
    for command in ('report', 'events', 'sessions', 'session', 'why', 'db', 'pricing'):
        result = home.run(command, '--fly', status=2)
        equal(result.out, '', f'output of {command}')
        assert '--fly' in result.err and '--help' in result.err, result.err
    assert '--fly' in home.run('--fly', status=2).err


@case('/cli/usage/option-of-another-command-ends-with-2')
def foreign_option(home):
    for args in (('events', '--csv'), ('events', '--by', 'day'), ('sessions', '--csv'),
                 ('why', '--by', 'day'), ('session', 'x', '--client', 'codex'), ('--csv',),
                 ('report', '--dry-run'), ('db', 'status', '--client', 'codex')):
        result = home.run(*args, status=2)
        equal(result.out, '', 'output')
        assert args[-1] in result.err or args[-2] in result.err, result.err


@case('/cli/usage/wrong-values-end-with-2')
def wrong_values(home):
    for args, named in (
            (('report', 'someday'), 'someday'), (('report', '--by', 'colour'), 'colour'),
            (('report', '--from', '2026-02-30'), '2026-02-30'), (('report', '0', 'days'), '0 days'),
            (('report', '--to', 'x'), 'x'), (('report', '--json', '--csv'), '--csv'),
            (('report', 'week', '--from', '2026-01-01'), '--from'),
            (('report', '--from', '2026-02-02', '--to', '2026-02-01'), 'day'),
            (('events', '--client', 'nobody'), 'nobody'), (('session',), 'id'),
            (('session', 'a', 'b'), 'b'), (('db', 'fly'), 'fly'), (('db', 'sync', 'now'), 'now'),
            (('db', 'sync', '--dry-run'), '--dry-run'), (('--json', 'report'), 'report'),
            (('report', '--by'), '--by')):
        result = home.run(*args, status=2)
        equal(result.out, '', f'output of {args}')
        assert named in result.err, f'{args}: {result.err}'


@case('/cli/usage/a-time-zone-that-is-none-is-told')
def unknown_zone(home):
    for zone in ('Mars/Olympus', ':garbage'):
        for args in ((), ('report', '--json'), ('db', 'verify')):
            one_sentence(home.run(*args, env={'TZ': zone}).err, zone, 'days are those of UTC')
        equal(home.run('statusline', env={'TZ': zone}).err, '', 'status line')
    for zone in ('', 'Europe/Berlin', ':Europe/Berlin', 'CET-1CEST,M3.5.0,M10.5.0/3', 'EST5', None):
        equal(home.run(env={'TZ': zone}).err, '', f'errors in {zone}')


@case('/cli/usage/no-use-at-all-says-where-it-was-looked')
def empty_home(home):
    for args in ((), ('report',), ('sessions',)):
        result = home.run(*args)
        assert '.claude' in result.out or 'None of the folders' in result.out, result.out
        equal(result.err, '', 'errors')
    equal(home.run('events', '--json').out, '', 'events')
    equal(home.run('sessions', '--json').json(), [], 'sessions')
    report = home.run('report', 'all', '--json').json()
    equal((report['from'], report['to'], report['rows']), (None, None, []), 'report')
    equal((report['total']['total'], report['total']['cost']), (0, 0), 'total')


@case('/cli/usage/folders-without-use-fit-the-screen')
def empty_home_on_terminal(home):
    for columns in (80, 120):
        lines = on_terminal(home, columns=columns).splitlines()
        assert len(lines) <= 24, '\n'.join(lines)
        assert max(map(cells, lines)) <= columns, '\n'.join(lines)
        equal(len([line for line in lines if line.startswith('  Claude Code  ~/.claude/projects')]), 1, 'Claude')
    whole = home.run().out
    assert '…' not in whole and whole.count('Cline') == 1 and '.windsurf-server' in whole, whole


@case('/cli/usage/glance-shows-today-and-the-month')
def glance(home):
    add_wide_use(home)
    result = home.run()
    assert result.out.count('claude-sonnet-4-6') == 1, result.out
    for word in ('Today', 'Claude Code', '3 messages in 1 session'):
        assert word in result.out, f'{word} is not in {result.out}'
    both = home.run('--json').json()
    report = home.run('report', 'today', '--json').json()
    equal(both['today']['cost'], report['total']['cost'], 'cost')
    equal(both['today']['total'], report['total']['total'], 'tokens')
    equal(both['today']['clients'][0]['key'], 'claude', 'client')


@case('/cli/usage/colour-only-on-a-terminal')
def colour(home):
    add_wide_use(home)
    for args in ((), ('report', '--by', 'model'), ('sessions',), ('events',), ('why',)):
        assert '\x1b' not in home.run(*args).out, args
        assert '\x1b' in on_terminal(home, *args), args
        assert '\x1b' not in on_terminal(home, *args, env={'NO_COLOR': '1'}), args
        assert '\x1b' not in on_terminal(home, *args, env={'TERM': 'dumb'}), args
        assert '\x1b' in on_terminal(home, *args, env={'NO_COLOR': ''}), args


@case('/cli/usage/tables-fit-the-terminal')
def width(home):
    add_wide_use(home)
    for columns in (60, 80, 100, 132):
        for args in (('report', '--by', 'project'), ('report', '--by', 'session'), ('sessions',),
                     ('events',), ('report',), ('session', 's1')):
            for line in ESCAPE.sub('', on_terminal(home, *args, columns=columns)).splitlines():
                assert not (cells(line) > columns and '  ' in line.strip() and 'Project:' not in line), \
                    f'{args} on {columns} columns: {line}'


@case('/cli/usage/numbers-are-never-cut')
def numbers(home):
    add_wide_use(home)
    for columns in (20, 40, 80, 200):
        shown = ESCAPE.sub('', on_terminal(home, 'report', '--by', 'project', columns=columns))
        assert '3,337,037,031' in shown or '3337037031' in shown, shown


@case('/cli/usage/nothing-is-cut-where-there-is-no-terminal')
def pipe(home):
    add_wide_use(home)
    out = home.run('report', '--by', 'project', env={'COLUMNS': '40'}).out
    assert '…' not in out and '/長い名前のプロジェクト/sub-folder/sub-folder' in out, out


@case('/cli/usage/COLUMNS-sets-the-width-of-a-terminal')
def columns_variable(home):
    add_wide_use(home)
    shown = on_terminal(home, 'report', '--by', 'project', columns=200, env={'COLUMNS': '70'})
    assert max(map(cells, ESCAPE.sub('', shown).splitlines())) <= 70, shown


@case('/cli/usage/a-log-cannot-move-the-cursor')
def control_characters(home):
    home.claude_log().write_bytes(
        json.dumps({'type': 'custom-title', 'customTitle': 'a\x1b[2Jb\u202ec\rd', 'sessionId': 's1'})
        .encode() + b'\n' + claude_line(1, cwd='/tmp/\x1b]0;x\x07p', model='m\x1b[31m'))
    for args in (('sessions',), ('events',), ('session', 's1'), ('report', 'all', '--by', 'model'),
                 ('report', 'all', '--by', 'project'), ('why', 'all')):
        out = home.run(*args).out
        assert not re.search('[\x00-\x09\x0b-\x1f\x7f\u202e]', out), (args, out)
        shown = ESCAPE.sub('', on_terminal(home, *args))
        assert '\x1b' not in shown and '\x07' not in shown, (args, shown)
    assert home.events()[0]['project'] == '/tmp/\x1b]0;x\x07p'


@case('/cli/usage/broken-pipe-is-no-error')
def broken_pipe(home):
    with open(home.claude_log(), 'wb') as log:
        for i in range(20000):
            log.write(claude_line(i))
    home.run('db', 'sync')
    for args in (('events', '--json'), ('events',), ('report', 'all', '--csv')):
        process = home.start(*args, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read()
        process.stderr.close()
        equal((process.wait(), errors), (0, b''), f'{args}')


@case('/cli/usage/closed-output-and-full-output-are-errors')
def full_output(home):
    home.claude_log().write_bytes(claude_line(1))
    with open('/dev/full', 'wb') as full:
        for args in (('events', '--json'), ('report',), ('--version',), ('--help',)):
            process = home.start(*args, stdout=full, stderr=subprocess.PIPE)
            errors = process.communicate()[1].decode()
            equal(process.returncode, 1, f'status of {args}')
            one_sentence(errors, 'output')


@case('/cli/usage/signals-end-it-and-leave-the-index-whole')
def signals(home):
    for i in range(40):
        with open(home.claude_log(f's{i}'), 'wb') as log:
            log.write(b''.join(claude_line(n, session=f's{i}') for n in range(1500)))
    for number, wait in ((signal.SIGINT, .02), (signal.SIGTERM, .06), (signal.SIGKILL, .12)):
        process = home.start('db', 'sync', stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(number)
        assert process.wait() in (0, -number, 128 + number), process.returncode
    report = home.run('report', 'all', '--json').json()
    equal(report['total']['messages'], 40 * 1500, 'messages')
    equal(report['total']['total'], 40 * 1500 * 15, 'tokens')
    home.run('db', 'verify')


@case('/cli/usage/watch-tells-changes-and-ends-with-ctrl-c')
def watch(home):
    log = home.claude_log()
    log.write_bytes(claude_line(1))
    process = home.start('db', 'watch', '--json', stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    guard = threading.Timer(TIME_LIMIT, process.kill)
    guard.start()
    try:
        equal(json.loads(process.stdout.readline())['messages'], 1, 'messages at first')
        time.sleep(.5)
        with open(log, 'ab') as file:
            file.write(claude_line(2))
        equal(json.loads(process.stdout.readline())['messages'], 2, 'messages later')
        process.send_signal(signal.SIGINT)
        equal(process.wait(10), 0, 'status')
    finally:
        guard.cancel()
        process.kill()
        process.communicate()


@case('/cli/usage/watch-tells-of-folders-that-cannot-be-watched')
def unwatched(home):
    few = ['unshare', '-Ur', 'sh', '-c', 'echo 12 > /proc/sys/user/max_inotify_watches && exec "$0" "$@"']
    if subprocess.run([*few, 'true'], capture_output=True, check=False).returncode != 0:
        raise Skip('watches cannot be limited here')
    logs = [home.claude_log(f's{i}', f'-tmp-p{i}') for i in range(24)]
    for i, log in enumerate(logs):
        log.write_bytes(claude_line(i, session=log.stem))
    process = subprocess.Popen([*few, PROGRAM, 'db', 'watch', '--json'], env=home.env(), stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    guard = threading.Timer(80, process.kill)
    guard.start()
    try:
        equal(json.loads(process.stdout.readline())['messages'], 24, 'messages at first')
        time.sleep(.5)
        for i, log in enumerate(logs):
            with open(log, 'ab') as file:
                file.write(claude_line(100 + i, session=log.stem))
        assert json.loads(process.stdout.readline())['messages'] > 24
        process.send_signal(signal.SIGINT)
        one_sentence(process.communicate()[1].decode(), 'folders', 'once a minute', 'max_user_watches')
    finally:
        guard.cancel()
        process.kill()


@case('/cli/usage/language-changes-words-not-data')
def language(home):
    home.claude_log().write_bytes(claude_line(1, cwd='/tmp/Grüße'))
    for locale in ('C', 'C.UTF-8', 'de_DE.UTF-8', 'nowhere'):
        env = {'LC_ALL': locale}
        equal(home.events(env=env)[0]['project'], '/tmp/Grüße', 'project')
        assert '0.' in home.run('report', 'all', '--csv', env=env).out
        equal(len(home.events('--project', '/tmp/Grüße', env=env)), 1, 'filtered by project')
        home.run('report', 'all', env=env)


@case('/cli/usage/progress-goes-to-standard-error')
def progress(home):
    content = b''.join(claude_line(n) for n in range(1500))
    for i in range(60):
        home.claude_log(f's{i}').write_bytes(content.replace(b'-s1-', b'-s%d-' % i)
                                             .replace(b'"s1"', b'"s%d"' % i))
    result = home.run('events', '--json')
    equal(len(result.lines()), 60 * 1500, 'events')
    assert result.all_err in ('', PROGRESS), result.all_err
    equal(home.run('events', '--json').all_err, '', 'second run')


run_cases()
