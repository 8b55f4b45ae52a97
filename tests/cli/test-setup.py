"""tokenfare setup: what it plans, asks, refuses and does.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import http.client
import json
import os

from farecli import Skip, equal, one_sentence, run_cases
from faresetup import ENTRY, SERVER, UNIT, free_port, parts, reasons, setup_case, somebody_on

if not SERVER.exists():
    print('1..0 # SKIP the server is not built')
    raise SystemExit

ALL = {'service': 'enabled', 'tray': 'enabled', 'statusline': 'enabled'}


def use_claude(room, text=None):
    path = room.home.path / '.claude' / 'settings.json'
    path.parent.mkdir()
    if text is not None:
        path.write_text(text)
    return path


def health(port):
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=5)
    connection.request('GET', '/health')
    return json.loads(connection.getresponse().read())


def stored(room):
    """The settings' keys."""
    path = room.home.path / '.config/tokenfare/settings.ini'
    lines = path.read_text().splitlines() if path.exists() else []
    return dict(line.split('=', 1) for line in lines if '=' in line)


@setup_case('/setup/switches-all-three-on')
def all_three(room):
    claude = use_claude(room)
    room.use_port()
    answer = room.setup()
    equal(parts(answer), ALL, 'parts')
    equal((answer['ok'], answer['applied'], answer['changed']), (True, True, list(ALL)), 'result')
    equal(answer['url'], f'http://127.0.0.1:{room.port}/', 'address')
    equal(health(room.port)['implementation'], 'tokenfare', 'server')
    assert room.is_enabled() and room.server()
    equal(room.calls('enable'), [f'--user enable --now {UNIT}'], 'calls')
    assert f'Exec="{room.prefix}/bin/tokenfare-tray"' in (room.home.path / ENTRY).read_text()
    equal(stored(room)['autostart'], 'true', 'the preference')
    equal(json.loads(claude.read_text())['statusLine']['command'], 'tokenfare statusline', 'line')
    manifest = room.manifest()
    equal((manifest['schema'], sorted(manifest['parts'])), (1, sorted(ALL)), 'manifest')
    equal(manifest['parts']['service'] | {'path': ''},
          {'unit': UNIT, 'path': '', 'linked': False, 'was_enabled': False, 'was_active': False,
           'port': room.port}, 'service')
    equal((room.home.data / 'setup.json').stat().st_mode & 0o777, 0o600, 'mode')


@setup_case('/setup/has-stable-keys')
def keys(room):
    answer = room.run('setup', '--dry-run', '--json').json()
    equal(list(answer), ['ok', 'action', 'dry_run', 'interactive', 'applied', 'systemd_user', 'port', 'url',
                         'data_dir', 'manifest_path', 'parts', 'changed', 'notes'], 'keys')
    for part in answer['parts']:
        equal(list(part), ['part', 'state', 'path', 'reason', 'can_force', 'replaces', 'error'], 'part')
    equal((answer['action'], answer['dry_run'], answer['applied'], answer['systemd_user']),
          ('setup', True, False, True), 'values')


@setup_case('/setup/is-done-once')
def twice(room):
    use_claude(room)
    room.use_port()
    room.setup()
    before, pid = room.snapshot(without=['.local/share/tokenfare/usage']), room.server()
    answer = room.setup()
    equal(set(parts(answer).values()), {'already'}, 'parts')
    equal((answer['ok'], answer['changed'], room.server()), (True, [], pid), 'result')
    equal(room.snapshot(without=['.local/share/tokenfare/usage']), before, 'the home')


@setup_case('/setup/adds-what-was-left-out')
def later(room):
    use_claude(room)
    room.use_port()
    equal(parts(room.setup('--no-service', '--no-statusline')),
          {'service': 'left-out', 'tray': 'enabled', 'statusline': 'left-out'}, 'first')
    equal(list(room.manifest()['parts']), ['tray'], 'manifest')
    equal(parts(room.setup()), ALL | {'tray': 'already'}, 'second')
    equal(list(room.manifest()['parts']), list(ALL), 'manifest')


@setup_case('/setup/changes-nothing-where-nobody-can-be-asked')
def nobody(room):
    use_claude(room)
    before = room.snapshot()
    result = room.run('setup', status=2)
    one_sentence(result.err, '--auto')
    assert 'will be switched on' in result.out and 'http://127.0.0.1:' in result.out, result.out
    answer = room.run('setup', '--json', status=2).json()
    equal((set(parts(answer).values()), answer['applied']), ({'to-do'}, False), 'plan')
    equal(room.snapshot(), before, 'the home')
    equal(room.calls('enable', 'start', 'link'), [], 'calls')


@setup_case('/setup/only-tells-on-a-dry-run')
def dry(room):
    use_claude(room)
    before = room.snapshot()
    for words in (['--dry-run'], ['--dry-run', '--auto'], ['--dry-run', '--json', '--yes']):
        assert 'to-do' in room.run('setup', *words).out or words[-1] != '--yes'
    equal(room.snapshot(), before, 'the home')
    equal(room.calls('enable', 'start', 'link'), [], 'calls')


@setup_case('/setup/asks-about-each-part')
def asks(room):
    use_claude(room)
    room.use_port()
    seen = room.talk('setup', answers='perhaps\nn\n\ny\n')
    equal(seen.count('Run the server in the background'), 2, seen)
    assert seen.index('Part') < seen.index('Run the server'), seen
    equal(list(room.manifest()['parts']), ['tray', 'statusline'], seen)
    assert not room.server()


@setup_case('/setup/takes-no-for-an-answer')
def no(room):
    use_claude(room)
    before = room.snapshot()
    room.talk('setup', answers='n\nn\nn\n', status=1)
    room.talk('setup', answers='y\n\x04', status=1)
    equal(room.snapshot(), before, 'the home')
    equal(room.calls('enable', 'start'), [], 'calls')


FOREIGN = '{"statusLine": {"type": "command", "command": "ccusage statusline"}}'


@setup_case('/setup/refuses-what-is-another-program’s')
def foreign(room):
    use_claude(room, FOREIGN)
    entry = room.home.path / ENTRY
    entry.parent.mkdir(parents=True)
    entry.write_text('[Desktop Entry]\nType=Application\nName=Mine\nExec=mine\n')
    before = room.snapshot()
    result = room.run('setup', '--auto', status=1)
    assert result.err.count('--force') == 2 and 'ccusage statusline' in result.err, result.err
    answer = room.setup(status=1)
    equal(reasons(answer), {'tray': 'foreign-entry', 'statusline': 'foreign-line'}, 'reasons')
    equal((answer['ok'], answer['changed']), (False, []), 'result')
    equal(room.run('setup', '--dry-run', '--json', status=1).json()['ok'], False, 'dry run')
    equal(room.snapshot(), before, 'the home')
    equal(room.calls('enable'), [], 'calls')

    answer = room.setup('--force', '--no-service')
    equal(parts(answer), ALL | {'service': 'left-out'}, 'with --force')
    equal([part['replaces'] for part in answer['parts']], [False, True, True], 'replaced')
    equal(room.manifest()['parts']['statusline']['before'], 'ccusage statusline', 'kept')
    room.uninstall()
    equal(room.snapshot(), before, 'the home afterwards')


@setup_case('/setup/asks-before-it-replaces')
def asks_to_replace(room):
    path = use_claude(room, FOREIGN)
    assert 'Replace it' in room.talk('setup', '--no-service', '--no-tray', answers='\n', status=1)
    equal(path.read_text(), FOREIGN, 'settings')
    room.talk('setup', '--no-service', '--no-tray', answers='y\n')
    assert 'tokenfare' in path.read_text()


@setup_case('/setup/does-not-touch-settings-it-does-not-understand')
def unreadable(room):
    path = use_claude(room, '{ // mine\n}')
    for words in ([], ['--force']):
        equal(reasons(room.setup(*words, status=1)), {'statusline': 'unreadable'}, 'reasons')
    equal(path.read_text(), '{ // mine\n}', 'settings')
    equal(parts(room.setup('--no-service', '--no-statusline'))['tray'], 'enabled', 'without it')


@setup_case('/setup/makes-no-folder-for-an-agent-that-is-not-there')
def no_claude(room):
    equal(reasons(room.setup('--no-service')), {'statusline': 'no-claude-code'}, 'reasons')
    assert not (room.home.path / '.claude').exists()


@setup_case('/setup/uses-the-icon-where-systemd-is-not', session=False)
def no_session(room):
    use_claude(room)
    result = room.run('setup', '--auto')
    assert 'systemd' in result.out and 'icon' in result.out and result.err == '', result.out
    equal(list(room.manifest()['parts']), ['tray', 'statusline'], 'manifest')
    answer = room.setup()
    equal((answer['systemd_user'], reasons(answer)), (False, {'service': 'no-user-session'}), 'again')


@setup_case('/setup/does-without-the-icon’s-program', tray=False)
def no_tray(room):
    if any(os.access(f'{folder}/tokenfare-tray', os.X_OK) for folder in os.environ['PATH'].split(':')):
        raise Skip('tokenfare-tray is installed on this machine')
    equal(reasons(room.setup('--no-service', '--no-statusline')), {'tray': 'not-installed'}, 'reasons')


@setup_case('/setup/links-a-unit-from-where-systemd-does-not-look', searched=False)
def linked(room):
    room.use_port()
    answer = room.setup('--no-tray', '--no-statusline')
    equal((answer['notes'], parts(answer)['service']), (['linked'], 'enabled'), 'result')
    equal(room.calls('enable'), [f'--user enable --now {room.unit}'], 'calls')
    equal(room.manifest()['parts']['service']['linked'], True, 'manifest')
    equal(parts(room.setup('--no-tray', '--no-statusline'))['service'], 'already', 'again')


@setup_case('/setup/says-when-the-unit-is-not-installed', searched=False)
def no_unit(room):
    room.unit.unlink()
    if os.path.exists('/usr/local/lib/systemd/user/' + UNIT):
        raise Skip('the unit is installed on this machine')
    answer = room.setup('--no-tray', '--no-statusline')
    equal((answer['ok'], reasons(answer)), (True, {'service': 'not-installed'}), 'reasons')
    equal(room.snapshot(), {'.': room.snapshot()['.']}, 'the home')


@setup_case('/setup/leaves-another-unit-of-that-name-alone')
def foreign_unit(room):
    own = room.home.path / '.config/systemd/user'
    own.mkdir(parents=True)
    (own / UNIT).write_text('[Service]\nExecStart=mine\n')
    equal(reasons(room.setup('--force', status=1))['service'], 'foreign-unit', 'reason')
    (own / UNIT).unlink()
    (own / UNIT).symlink_to('/dev/null')
    equal(reasons(room.setup('--force', status=1))['service'], 'masked', 'reason')
    equal(room.calls('enable'), [], 'calls')


@setup_case('/setup/takes-another-port-when-somebody-has-it')
def port_taken(room):
    path = room.use_port()
    before = path.read_bytes()
    with somebody_on(room.port, {'status': 'ok', 'service': 'tokdash', 'version': '2.2.0'}):
        result = room.run('setup', '--dry-run')
        assert f'Port {room.port} is in use by Tokdash' in result.out, result.out
        answer = room.setup('--no-tray', '--no-statusline')
        equal((answer['notes'], parts(answer)['service']), (['port-moved'], 'enabled'), 'result')
        assert answer['port'] != room.port
        equal(health(answer['port'])['implementation'], 'tokenfare', 'server')
        equal(stored(room)['api-port'], str(answer['port']), 'the preference')
        equal(parts(room.setup('--no-tray', '--no-statusline'))['service'], 'already', 'again')
    room.uninstall()
    equal(path.read_bytes(), before, 'settings afterwards')


@setup_case('/setup/listens-where-it-is-told')
def port_named(room):
    room.use_port()
    wanted = free_port()
    with somebody_on(wanted):
        equal(reasons(room.setup('--port', str(wanted), status=1))['service'], 'port-taken', 'reason')
    equal(room.setup('--no-tray', '--no-statusline')['port'], room.port, 'as the settings say')
    pid = room.server()
    equal(parts(room.setup('--no-tray', '--no-statusline', '--port', str(wanted)))['service'], 'enabled',
          'moved')
    equal(health(wanted)['implementation'], 'tokenfare', 'server')
    assert room.server() not in (0, pid)
    room.uninstall()
    equal(stored(room)['api-port'], str(room.port), 'afterwards')


@setup_case('/setup/has-not-worked-when-the-server-ends')
def failed(room):
    room.use_port()
    room.write_unit('/bin/false')
    before = room.snapshot()
    answer = room.setup('--no-tray', '--no-statusline', status=1)
    equal((answer['ok'], parts(answer)['service']), (False, 'failed'), 'result')
    assert 'journalctl' in answer['parts'][0]['error'], answer
    equal(room.is_enabled(), False, 'enabled')
    equal(room.snapshot(without=['.config/systemd']), before, 'the home')


@setup_case('/setup/has-not-worked-when-another-program-answers')
def imposter(room):
    room.use_port()
    room.write_unit(f'python3 -m http.server --bind 127.0.0.1 {room.port}')
    answer = room.setup('--no-statusline', status=1)
    equal(parts(answer), {'service': 'failed', 'tray': 'enabled', 'statusline': 'left-out'}, 'result')
    equal((room.server(), room.is_enabled()), (0, False), 'the unit')
    equal(list(room.manifest()['parts']), ['tray'], 'manifest')


@setup_case('/setup/has-not-worked-when-systemd-refuses')
def refused(room):
    (room.state / 'fail-enable').touch()
    answer = room.setup('--no-tray', '--no-statusline', status=1)
    assert 'Access denied' in answer['parts'][0]['error'], answer
    assert not (room.home.data / 'setup.json').exists()


@setup_case('/setup/tells-what-systemd-does-not-know')
def environment(room):
    room.use_port()
    text = (room.prefix / 'bin/systemctl').read_text()
    (room.prefix / 'bin/systemctl').write_text(text.replace('exec ', 'unset XDG_DATA_HOME; exec '))
    answer = room.run('setup', '--dry-run', '--json', env={'XDG_DATA_HOME': '/elsewhere'}).json()
    equal(answer['notes'], ['environment'], 'notes')
    assert 'XDG_DATA_HOME' in room.run('setup', '--dry-run', env={'XDG_DATA_HOME': '/elsewhere'}).out


@setup_case('/setup/has-parts-that-a-sandbox-forbids')
def sandbox(room):
    use_claude(room)
    answer = room.setup(env={'FLATPAK_ID': 'io.github.tokenfare.Tokenfare'})
    equal(set(reasons(answer).values()), {'sandbox'}, 'reasons')
    equal((answer['ok'], answer['changed']), (True, []), 'result')


@setup_case('/setup/replaces-a-damaged-manifest-and-keeps-a-newer-one')
def manifests(room):
    path = room.home.data / 'setup.json'
    path.parent.mkdir(parents=True)
    path.write_text('{')
    answer = room.setup('--no-service')
    equal((answer['notes'], list(room.manifest()['parts'])), (['manifest-damaged'], ['tray']), 'damaged')
    (room.home.path / ENTRY).unlink()
    path.write_text('[' * 400_000)
    answer = room.setup('--no-service')
    equal((answer['notes'], list(room.manifest()['parts'])), (['manifest-damaged'], ['tray']), 'nested')
    path.write_text('{"schema": 2}')
    (room.home.path / ENTRY).unlink()
    equal(parts(room.setup('--no-service', status=1))['tray'], 'failed', 'newer')
    equal(path.read_text(), '{"schema": 2}', 'manifest')
    assert not (room.home.path / ENTRY).exists()


@setup_case('/setup/has-an-entry-that-sessions-pass-over-once-the-program-is-gone')
def entry(room):
    room.setup('--no-service', '--no-statusline')
    program = str(room.prefix / 'bin/tokenfare-tray')
    lines = (room.home.path / ENTRY).read_text().splitlines()
    assert f'Exec="{program}"' in lines and f'TryExec={program}' in lines, lines


@setup_case('/setup/knows-an-entry-of-an-older-version')
def old_entry(room):
    path = room.home.path / ENTRY
    path.parent.mkdir(parents=True)
    path.write_text(f'[Desktop Entry]\nType=Application\nName=Tokenfare\n'
                    f'Exec="{room.prefix}/bin/tokenfare-tray"\nNoDisplay=true\n')
    equal(parts(room.setup('--no-service', '--no-statusline'))['tray'], 'already', 'tray')
    assert 'TryExec' not in path.read_text(), 'the entry was written anew'


@setup_case('/setup/knows-its-words')
def misused(room):
    for words in (['now'], ['--bind', '0.0.0.0'], ['--port', '80'], ['--port', '70000'],
                  ['--port', '9000', '--no-service'], ['--purge']):
        result = room.run('setup', *words, status=2)
        assert result.out == '' and '--help' in result.err, (words, result.err)


run_cases()
