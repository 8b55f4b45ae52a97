"""tokenfare doctor: finds what is wrong, says what to do, and touches nothing.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time

from farecli import PATIENCE, PROGRAM, Skip, case, claude_line, equal, run_cases

NOBODY = 65534
SCHEMA_ID = 0x54466172

WATCHER = '''
import sys
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
XML = """<node><interface name="org.kde.StatusNotifierWatcher">
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/></interface></node>"""
has_host = sys.argv[1] == 'host'
bus.register_object('/StatusNotifierWatcher', Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], None,
                    lambda *_: GLib.Variant('b', has_host), None)
Gio.bus_own_name_on_connection(bus, 'org.kde.StatusNotifierWatcher', 0,
                               lambda *_: print('there', flush=True), None)
GLib.MainLoop().run()
'''


def free_port():
    with socket.socket() as peer:
        peer.bind(('127.0.0.1', 0))
        return peer.getsockname()[1]


def settings(home, **values):
    """Writes the settings; the port is one that nobody has."""
    values = {'api-port': f'uint32 {free_port()}'} | {name.replace('_', '-'): value
                                                      for name, value in values.items()}
    home.data.mkdir(parents=True, exist_ok=True)
    lines = [f'{name}={value}' for name, value in values.items()]
    (home.data / 'settings.ini').write_text('\n'.join(['[tokenfare]', *lines, '']))


def snapshot(folder):
    """Everything below FOLDER: kind, permissions, times and contents."""
    found = {}
    for name, folders, files in os.walk(folder):
        for path in [name, *(os.path.join(name, child) for child in folders + files)]:
            info = os.lstat(path)
            content = b''
            if stat.S_ISREG(info.st_mode):
                content = hashlib.sha256(pathlib.Path(path).read_bytes()).digest()
            found[path] = (info.st_mode, info.st_mtime_ns, info.st_size, content)
    return found


def examine(home, status=None, env=None, **options):
    """The JSON of an examination that has changed nothing, and the same for people."""
    before = snapshot(home.path)
    result = home.run('doctor', '--json', status=status, env=env, **options)
    text = home.run('doctor', status=result.status, env=env, **options).out
    equal(snapshot(home.path), before, 'files')
    answer = result.json()
    equal(answer['ok'], result.status == 0, 'ok')
    equal(result.err, '', 'messages')
    for issue in answer['issues'] + answer['notes']:
        assert issue['what'] in text and issue['remedy'] in text, (issue, text)
    assert ('All is well' in text) is answer['ok'], text
    return answer


def ids(answer, kind='issues'):
    return [issue['id'] for issue in answer[kind]]


def source(answer, client):
    found, = [one for one in answer['sources'] if one['source'] == client]
    return found


def fill(home):
    settings(home)
    home.claude_log().write_bytes(claude_line(1) + claude_line(2))
    home.run('report', 'all')


@case('/cli/doctor/nothing-there-is-well-and-creates-nothing')
def empty(home):
    answer = examine(home, status=0)
    equal(answer['action'], 'doctor', 'action')
    equal(list(home.path.iterdir()), [], 'home')
    equal((answer['usage_db']['present'], answer['usage_db']['state']), (False, 'missing'), 'index')
    equal(answer['usage_db']['stored_schema'], None, 'schema')
    assert 'index-missing' in ids(answer, 'notes'), answer['notes']
    equal(len(answer['sources']), 20, 'agents')
    assert all(one['files'] == 0 and one['sessions'] is None for one in answer['sources'])


@case('/cli/doctor/missing-home-is-an-issue')
def no_home(home):
    path = home.path / 'nowhere'
    answer = examine(home, status=1, env={'HOME': str(path), 'TOKENFARE_DATA_DIR': None})
    equal(ids(answer), ['home-missing'], 'issues')
    assert not path.exists()


@case('/cli/doctor/index-agents-and-prices-are-told')
def facts(home):
    fill(home)
    log = home.claude_log('s2')
    log.write_bytes(claude_line(3, session='s2', time='2026-03-05T08:00:00.000Z'))
    answer = examine(home, status=0)
    index = answer['usage_db']
    equal((index['state'], index['stored_schema'], index['supported_schema']),
          ('sound', index['supported_schema'], index['supported_schema']), 'index')
    equal((index['messages'], index['sessions'], index['checked']), (2, 1, True), 'index')
    assert index['last_scan'] is not None and index['last_scan_ms'] >= 1, index
    equal(index['size_bytes'], (home.data / 'usage.sqlite3').stat().st_size, 'size')
    claude = source(answer, 'claude')
    equal(claude['folders'], [str(home.path / '.claude' / 'projects')], 'folders')
    equal((claude['files'], claude['unread_files'], claude['sessions']), (2, 1, 1), 'claude')
    equal(claude['last_record'], '2026-03-02T10:00:00.000Z', 'last record')
    prices = answer['prices']
    assert prices['models'] > 100 and prices['overrides'] == 0 and prices['problems'] == [], prices
    home.run('report', 'all')
    log.unlink()
    home.run('report', 'all')
    claude = source(examine(home, status=0), 'claude')
    equal((claude['files'], claude['missing_files'], claude['sessions']), (1, 1, 2), 'after deletion')
    assert '~/.claude/projects' in home.run('doctor').out


@case('/cli/doctor/damaged-index')
def damaged(home):
    fill(home)
    path = home.data / 'usage.sqlite3'
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096:page * 4096 + 200] = b'\xaa' * 200
    path.write_bytes(content)
    answer = examine(home, status=1)
    equal(ids(answer), ['index-damaged'], 'issues')
    assert 'db resync' in answer['issues'][0]['remedy'], answer['issues']
    equal(answer['usage_db']['stored_schema'], answer['usage_db']['supported_schema'], 'schema')
    for content in (b'', b'no database at all\n' * 500):
        path.write_bytes(content)
        state = examine(home)['usage_db']['state']
        equal(state, 'damaged' if content else 'older', f'{len(content)} bytes')
    path.unlink()
    path.mkdir()
    equal(ids(examine(home, status=1)), ['index-unreadable'], 'a folder')


@case('/cli/doctor/index-of-another-program-and-of-other-versions')
def versions(home):
    settings(home)
    path = home.data / 'usage.sqlite3'
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute('CREATE TABLE theirs (a)')
        db.commit()
    equal(ids(examine(home, status=1)), ['index-foreign'], 'another program')
    path.unlink()

    fill(home)
    for version, state, kind in ((99, 'newer', 'issues'), (1, 'older', 'notes')):
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.execute(f'PRAGMA user_version = {version}')
            db.commit()
        answer = examine(home)
        equal((answer['usage_db']['state'], answer['usage_db']['stored_schema']), (state, version),
              'index')
        assert f'index-{state}' in ids(answer, kind), answer
        equal(source(answer, 'claude')['sessions'], None, 'sessions')
        equal(source(answer, 'claude')['files'], 1, 'files')


@case('/cli/doctor/journal-left-by-a-crash')
def crashed(home):
    fill(home)
    path = home.data / 'usage.sqlite3'
    copy = home.path / 'copy'
    copy.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute('PRAGMA wal_autocheckpoint = 0')
        db.execute("INSERT OR REPLACE INTO meta VALUES ('test', 1)")
        db.commit()
        for name in home.data.iterdir():
            shutil.copy(name, copy)
    assert (copy / 'usage.sqlite3-wal').stat().st_size > 0
    other = {'TOKENFARE_DATA_DIR': str(copy)}
    answer = examine(home, status=0, env=other)
    equal((answer['usage_db']['state'], answer['usage_db']['messages']), ('sound', 2), 'with its memory')
    (copy / 'usage.sqlite3-shm').unlink()
    answer = examine(home, status=0, env=other)
    equal(answer['usage_db']['state'], 'unfinished', 'state')
    assert 'index-unfinished' in ids(answer, 'notes'), answer
    home.run('report', 'all', env=other)
    equal(examine(home, status=0, env=other)['usage_db']['state'], 'sound', 'afterwards')


@case('/cli/doctor/who-keeps-the-index-in-step')
def writer(home):
    fill(home)
    watch = home.start('db', 'watch', stdout=subprocess.PIPE)
    try:
        watch.stdout.readline()
        for _ in range(100):
            answer = home.run('doctor', '--json', status=0).json()
            if answer['usage_db']['writer']['pid']:
                break
            time.sleep(0.1)
        equal(answer['usage_db']['writer'], {'pid': watch.pid, 'name': 'tokenfare'}, 'writer')
        equal(answer['programs'], [{'name': 'tokenfare', 'pid': watch.pid, 'outdated': False}], 'programs')
        equal(answer['usage_db']['messages'], 2, 'messages')
        assert answer['watches']['own'] > 0, answer['watches']
        home.claude_log('s9').write_bytes(claude_line(9, session='s9'))
        watch.stdout.readline()
    finally:
        watch.send_signal(signal.SIGTERM)
        watch.communicate()


@case('/cli/doctor/program-that-was-replaced-while-it-runs')
def outdated(home):
    fill(home)
    folder = home.path / 'bin'
    folder.mkdir()
    for path in pathlib.Path(PROGRAM).parent.iterdir():
        if path.name == 'tokenfare' or path.suffix == '.so':
            shutil.copy(path, folder)
    watch = subprocess.Popen([folder / 'tokenfare', 'db', 'watch'], env=home.env(),
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        watch.stdout.readline()
        shutil.rmtree(folder)
        answer = home.run('doctor', '--json', status=1).json()
        equal(ids(answer), ['program-outdated'], 'issues')
        equal(answer['programs'], [{'name': 'tokenfare', 'pid': watch.pid, 'outdated': True}], 'programs')
    finally:
        watch.send_signal(signal.SIGTERM)
        watch.communicate()


@case('/cli/doctor/settings-that-no-program-can-read')
def bad_settings(home):
    settings(home, disabled_sources="['claude', 'clippy']", currency='17', budget_day='12')
    answer = examine(home, status=1)
    equal(ids(answer), ['settings-invalid'] * 2, 'issues')
    told = ' '.join(answer['settings']['problems'])
    assert 'clippy' in told and 'currency' in told and 'budget' not in told, told
    equal(source(answer, 'claude')['enabled'], False, 'claude')
    (home.data / 'settings.ini').write_text('this is no key file\n')
    answer = examine(home)
    assert 'settings-invalid' in ids(answer), answer['issues']
    assert 'this is no key file' in answer['settings']['problems'][0], answer['settings']


@case('/cli/doctor/agents-switched-off-and-folders-added')
def folders(home):
    extra = home.path / 'more'
    extra.mkdir()
    (extra / 'p').mkdir()
    (extra / 'p' / 's7.jsonl').write_bytes(claude_line(1, session='s7'))
    gone = home.path / 'gone'
    settings(home, disabled_sources="['codex']",
             extra_roots="{'claude': ['%s', '%s']}" % (extra, gone))
    (home.path / '.codex' / 'sessions').mkdir(parents=True)
    answer = examine(home, status=1)
    equal(ids(answer), ['extra-folder-missing'], 'issues')
    assert '~/gone' in answer['issues'][0]['what'], answer['issues']
    claude = source(answer, 'claude')
    equal(claude['extra_folders'], [str(extra), str(gone)], 'extra')
    equal(claude['files'], 1, 'files')
    assert str(extra) in claude['folders'] and str(gone) in claude['absent_folders'], claude
    assert 'source-off' in ids(answer, 'notes'), answer['notes']
    equal(source(answer, 'codex')['enabled'], False, 'codex')


@case('/cli/doctor/what-agents-delete')
def retention(home):
    fill(home)
    answer = examine(home, status=0)
    equal(source(answer, 'claude')['retention'], {'days': 30, 'default': True}, 'as it came')
    assert 'logs-deleted' in ids(answer, 'notes'), answer['notes']
    file = home.path / '.claude' / 'settings.json'
    for text, days, warned in (('{"cleanupPeriodDays": 7}', 7, True),
                               ('{"cleanupPeriodDays": 36500}', 36500, False),
                               ('{"cleanupPeriodDays": "x"}', 30, True)):
        file.write_text(text)
        answer = examine(home, status=0)
        equal(source(answer, 'claude')['retention'], {'days': days, 'default': False}, text)
        equal('logs-deleted' in ids(answer, 'notes'), warned, text)
    gemini = home.path / '.gemini' / 'settings.json'
    gemini.parent.mkdir()
    for text, days in (('{"general": {"sessionRetention": {"enabled": false}}}', None),
                       ('{"general": {"sessionRetention": {"enabled": true, "maxAge": "2w"}}}', 14),
                       ('{"general": {"sessionRetention": {"maxAge": "36h"}}}', 1),
                       ('{"general": {"sessionRetention": 5}}', 30),
                       ('{"general": []}', 30)):
        gemini.write_text(text)
        equal(source(examine(home, status=0), 'gemini_cli')['retention']['days'], days, text)


@case('/cli/doctor/prices-that-cannot-be-used')
def bad_prices(home):
    fill(home)
    file = home.data / 'prices.json'
    file.write_text('{ broken')
    answer = examine(home, status=1)
    equal(set(ids(answer)), {'prices-invalid'}, 'broken file')
    file.unlink()
    home.run('pricing', 'set', 'claude-sonnet-4-6', '--input', '1', '--output', '2')
    equal(examine(home, status=0)['prices']['overrides'], 1, 'overrides')
    document = json.loads(file.read_text())
    text = json.dumps(document).replace(': 1', ': -1')
    assert text != json.dumps(document)
    file.write_text(text)
    answer = examine(home, status=1)
    equal(set(ids(answer)), {'prices-invalid'}, 'bad entry')
    answer = examine(home, status=1, env={'TOKENFARE_PKGDATA_DIR': str(home.path)})
    equal(ids(answer), ['prices-missing'], 'no table')


@case('/cli/doctor/models-without-price')
def unpriced(home):
    settings(home)
    home.claude_log().write_bytes(claude_line(1, model='harbor-preview-2', output_tokens=990)
                                  + claude_line(2))
    home.run('report', 'all')
    answer = examine(home, status=0)
    equal(answer['prices']['unpriced'], [{'model': 'harbor-preview-2', 'provider': None,
                                          'reason': 'no-entry', 'tokens': 1000}], 'unpriced')
    assert 'models-unpriced' in ids(answer, 'notes'), answer['notes']


@case('/cli/doctor/time-zone')
def zone(home):
    settings(home)
    answer = examine(home, status=0, env={'TZ': 'Europe/Berlin'})
    equal(answer['timezone']['name'], 'Europe/Berlin', 'name')
    assert answer['timezone']['offset_seconds'] in (3600, 7200), answer['timezone']
    for good in (':Europe/Berlin', 'CET-1CEST,M3.5.0,M10.5.0/3', 'EST5'):
        equal(ids(examine(home, status=0, env={'TZ': good})), [], good)
    answer = examine(home, status=1, env={'TZ': 'Mars/Olympus'})
    equal(ids(answer), ['zone-invalid'], 'issues')
    assert 'Mars/Olympus' in answer['issues'][0]['what'], answer['issues']


@case('/cli/doctor/damaged-lines-are-named-by-file-and-line')
def lines(home):
    settings(home)
    log = home.claude_log()
    log.write_bytes(claude_line(1) + claude_line(2) + claude_line(4)[:-40] + b'\n' + claude_line(3)
                    + b'also this\n')
    home.run('report', 'all')
    answer = examine(home, status=0)
    failure, = answer['failures']
    equal((failure['source'], failure['kind'], failure['path'], failure['line'], failure['lines']),
          ('claude', 'malformed', str(log), 3, 2), 'failure')
    assert 'lines-malformed' in ids(answer, 'notes'), answer['notes']
    assert '~/.claude/projects/-tmp-p/s1.jsonl, line 3' in home.run('doctor').out


@case('/cli/doctor/what-is-not-ours-to-read-or-write')
def permissions(home):
    fill(home)
    if os.geteuid() != 0:
        raise Skip('only root can become somebody else')
    for name, _, files in os.walk(home.path):
        os.chown(name, NOBODY, NOBODY)
        for file in files:
            os.chown(os.path.join(name, file), NOBODY, NOBODY)
    who = {'user': NOBODY, 'group': NOBODY, 'extra_groups': []}
    try:
        home.run('--version', **who)
    except PermissionError as error:
        raise Skip(f'{PROGRAM} is not for everybody') from error
    closed = home.claude_log().parent
    closed.chmod(0)
    answer = examine(home, status=1, **who)
    equal(ids(answer), ['logs-unreadable'], 'issues')
    equal([failure['path'] for failure in answer['failures']], [str(closed)], 'failures')
    closed.chmod(0o700)
    home.data.chmod(0o500)
    answer = examine(home, status=1, **who)
    equal(ids(answer), ['data-read-only'], 'issues')
    equal((answer['usage_db']['state'], answer['usage_db']['messages']), ('sound', 2), 'still readable')
    home.data.chmod(0o700)
    (home.data / 'usage.sqlite3').chmod(0)
    equal(ids(examine(home, status=1, **who)), ['index-unreadable'], 'issues')


@case('/cli/doctor/file-monitors-used-up')
def watches(home):
    fill(home)
    for number in range(8):
        (home.path / '.claude' / 'projects' / f'p{number}').mkdir()
    before = snapshot(home.path)
    limited = ('echo 3 > /proc/sys/user/max_inotify_watches && exec "$0" doctor --json')
    done = subprocess.run(['unshare', '-Ur', 'sh', '-c', limited, PROGRAM], env=home.env(),
                          capture_output=True, check=False)
    if not done.stdout:
        raise Skip(done.stderr.decode())
    answer = json.loads(done.stdout)
    equal(snapshot(home.path), before, 'files')
    assert 'watches-exhausted' in ids(answer), answer['issues']
    equal(answer['watches']['limit'], 3, 'limit')
    assert answer['watches']['needed'] > 3, answer['watches']
    assert 'watches-exhausted' not in ids(examine(home)), 'without the limit'


class Quiet(http.server.BaseHTTPRequestHandler):
    answer = b'{}'

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def answering(body):
    server = http.server.HTTPServer(('127.0.0.1', 0), type('Fixed', (Quiet,), {'answer': body}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@case('/cli/doctor/who-has-the-port')
def port(home):
    settings(home)
    answer = examine(home, status=0)['port']
    equal((answer['open'], answer['state'], answer['owner']), (False, 'silent', None), 'silent')
    for body, state, enabled in ((b'{"status":"ok","service":"tokdash","version":"2.2.0"}', 'tokdash', 'false'),
                                 (b'<html>', 'foreign', 'false'),
                                 (b'[' * 400_000, 'foreign', 'false'), (b'[1]', 'foreign', 'true')):
        with answering(body) as number:
            settings(home, api_port=f'uint32 {number}', api_enabled=enabled)
            answer = examine(home, status=1 if enabled == 'true' else 0)
            equal((answer['port']['open'], answer['port']['state']), (True, state), state)
            assert 'port-taken' in ids(answer, 'issues' if enabled == 'true' else 'notes'), answer
    equal(answer['port']['owner'], f'{pathlib.Path("/proc/self/comm").read_text().strip()} ({os.getpid()})',
          'owner')

    with socket.create_server(('127.0.0.1', 0)) as silent:
        settings(home, api_port=f'uint32 {silent.getsockname()[1]}')
        begin = time.monotonic()
        equal(home.run('doctor', '--json').json()['port']['state'], 'foreign', 'one that never answers')
        assert time.monotonic() - begin < 20 * PATIENCE


@case('/cli/doctor/server-of-ours-at-the-port')
def server(home):
    settings(home)
    process = home.start('serve', stdout=subprocess.PIPE)
    try:
        if not process.stdout.readline():
            raise Skip('the server was not built')
        answer = home.run('doctor', '--json', status=0).json()
        equal((answer['port']['state'], answer['port']['version']), ('tokenfare', answer['version']), 'port')
        equal([program['name'] for program in answer['programs']], ['tokenfare-server'], 'programs')
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()

    newer = b'{"status":"ok","service":"tokdash","implementation":"tokenfare","version":"99.0"}'
    with answering(newer) as number:
        settings(home, api_port=f'uint32 {number}')
        equal(ids(examine(home, status=1)), ['server-version'], 'another version')


@case('/cli/doctor/what-systemd-says-of-the-server')
def unit(home):
    settings(home)
    folder = home.path / 'bin'
    folder.mkdir()
    for load, file_state, active, wanted in (('loaded', 'enabled', 'active', ['server-silent']),
                                             ('loaded', 'enabled', 'failed', ['server-failed']),
                                             ('loaded', 'disabled', 'inactive', []),
                                             ('not-found', '', 'inactive', [])):
        (folder / 'systemctl').write_text(
            '#!/bin/sh\n[ "$1 $2 $3" = "--user show tokenfare.service" ] || exit 1\n'
            f'printf "LoadState={load}\\nUnitFileState={file_state}\\nActiveState={active}\\n"\n')
        (folder / 'systemctl').chmod(0o755)
        answer = examine(home, env={'PATH': f'{folder}:{os.environ["PATH"]}'})
        equal(ids(answer), wanted, active)
        equal((answer['systemd_user'], answer['service']['present'], answer['service']['enabled']),
              (True, file_state != '', file_state or None), active)


@case('/cli/doctor/setup-that-cannot-be-understood')
def bad_setup(home):
    settings(home)
    equal(examine(home, status=0)['manifest_present'], False, 'manifest')
    for text in ('', '{ broken', '[]'):
        (home.data / 'setup.json').write_text(text)
        answer = examine(home, status=1)
        equal((ids(answer), answer['manifest_present']), (['setup-unreadable'], True), text)


@contextlib.contextmanager
def session_bus(watcher=None):
    if shutil.which('dbus-daemon') is None:
        raise Skip('there is no dbus-daemon')
    bus = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--print-address'],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    helper = None
    try:
        address = bus.stdout.readline().decode().strip()
        if watcher:
            helper = subprocess.Popen([sys.executable, '-c', WATCHER, watcher], stdout=subprocess.PIPE,
                                      env=os.environ | {'DBUS_SESSION_BUS_ADDRESS': address})
            if helper.stdout.readline() != b'there\n':
                raise Skip('python has no gi')
        yield address
    finally:
        for process in (helper, bus):
            if process:
                process.terminate()
                process.communicate()


@case('/cli/doctor/tray-icons-and-the-session-bus')
def tray(home):
    settings(home)
    for watcher, wanted in ((None, (True, False, False)), ('empty', (True, True, False)),
                            ('host', (True, True, True))):
        with session_bus(watcher) as address:
            answer = examine(home, status=0, env={'DBUS_SESSION_BUS_ADDRESS': address})
            found = answer['tray']
            equal((found['session_bus'], found['watcher'], found['host']), wanted, watcher)
            equal('tray-unseen' in ids(answer, 'notes'), watcher != 'host', watcher)
            settings(home, tray_enabled='false')
            assert 'tray-unseen' not in ids(examine(home, env={'DBUS_SESSION_BUS_ADDRESS': address}), 'notes')
            settings(home)
    for address in ('unix:path=/nowhere/bus', 'nonsense', 'autolaunch:'):
        answer = examine(home, status=0, env={'DBUS_SESSION_BUS_ADDRESS': address, 'DISPLAY': ':99'})
        equal(answer['tray']['session_bus'], False, address)


@case('/cli/doctor/bus-that-never-answers-holds-nobody-up')
def deaf_bus(home):
    settings(home)
    path = home.path / 'bus'
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(path))
        deaf.listen()
        begin = time.monotonic()
        answer = home.run('doctor', '--json', status=0, env={'XDG_RUNTIME_DIR': str(home.path)}).json()
        assert time.monotonic() - begin < 20 * PATIENCE
        equal(answer['tray']['session_bus'], False, 'bus')


@case('/cli/doctor/status-line')
def status_line(home):
    settings(home)
    file = home.path / '.claude' / 'settings.json'
    file.parent.mkdir()
    equal(examine(home, status=0)['statusline']['owner'], 'none', 'none')
    file.write_text('{"statusLine": {"type": "command", "command": "theirs --now"}}')
    answer = examine(home, status=0)['statusline']
    equal((answer['owner'], answer['command']), ('foreign', 'theirs --now'), 'foreign')
    file.write_text('{ broken')
    answer = examine(home, status=0)
    equal(answer['statusline']['owner'], 'unreadable', 'unreadable')
    assert 'statusline-unreadable' in ids(answer, 'notes'), answer['notes']
    file.unlink()
    home.run('statusline', '--install')
    answer = examine(home, status=0)['statusline']
    equal((answer['owner'], answer['program_missing']), ('tokenfare', False), 'ours')
    file.write_text(json.dumps({'statusLine': {'type': 'command',
                                               'command': '/nowhere/tokenfare statusline'}}))
    equal(ids(examine(home, status=1)), ['statusline-lost'], 'lost')


@case('/cli/doctor/wrong-usage-is-refused')
def refused(home):
    equal(home.run('doctor', 'now', status=2).out, '', 'output')
    home.run('doctor', '--fix', status=2)
    assert 'doctor' in home.run('doctor', '--help').out


run_cases()
