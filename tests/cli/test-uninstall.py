"""tokenfare uninstall: everything as it was before setup, and with --purge nothing at all.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import sqlite3

import farecli
from farecli import claude_line, equal, one_sentence, run_cases
from faresetup import ENTRY, SERVER, UNIT, parts, setup_case

if not SERVER.exists():
    print('1..0 # SKIP the server is not built')
    raise SystemExit

# What the server writes by itself; its history stays unless it is purged.
INDEX = ['.local/share/tokenfare/usage.sqlite3']

LINE = '{"statusLine" :{"type":"command","command":"~/mine.sh", "padding":0},\n\n\t"n":1.50, "x": [ ]}'


def live_in(room):
    """A home in which every file that setup touches is already there, in a form of its own."""
    home = room.home.path
    settings = room.use_port()
    settings.chmod(0o644)
    claude = home / '.claude' / 'settings.json'
    claude.parent.mkdir(mode=0o750)
    claude.write_text(LINE)
    claude.chmod(0o640)
    entry = home / ENTRY
    entry.parent.mkdir(parents=True, mode=0o755)
    entry.write_text('[Desktop Entry]\nType=Application\n# off\nName=Tokenfare\nExec=tokenfare-tray\nHidden=true\n')
    entry.chmod(0o600)
    (home / '.config/systemd/user').mkdir(parents=True)
    room.home.data.mkdir(parents=True)


def add_logs(room):
    room.home.claude_log().write_bytes(claude_line(1) + claude_line(2))


@setup_case('/uninstall/leaves-a-home-as-it-was-before-setup')
def identical(room):
    live_in(room)
    add_logs(room)
    room.run('report', '--json')
    before = room.snapshot(without=INDEX)
    equal(set(parts(room.setup('--force')).values()), {'enabled'}, 'setup')
    assert room.snapshot(without=INDEX) != before
    answer = room.uninstall()
    equal((answer['ok'], answer['changed'], answer['removed']),
          (True, ['service', 'tray', 'statusline', 'settings'], [str(room.home.data / 'setup.json')]), 'result')
    equal(room.snapshot(without=INDEX), before, 'the home')
    equal((room.server(), room.is_enabled()), (0, False), 'the server')
    assert any(path.endswith('usage.sqlite3') for path in answer['kept']), answer


@setup_case('/uninstall/leaves-an-empty-home-empty')
def empty(room):
    (room.home.path / '.claude').mkdir()
    before = room.snapshot()
    equal(set(parts(room.setup()).values()), {'enabled'}, 'setup')
    equal(room.uninstall('--purge')['ok'], True, 'result')
    equal(room.snapshot(), before, 'the home')


@setup_case('/uninstall/leaves-a-home-as-it-was-without-systemd', session=False)
def identical_without(room):
    live_in(room)
    before = room.snapshot()
    equal(parts(room.setup('--force')), {'service': 'unavailable', 'tray': 'enabled', 'statusline': 'enabled'}, 'setup')
    room.uninstall()
    equal(room.snapshot(), before, 'the home')


@setup_case('/uninstall/leaves-an-empty-home-empty-without-systemd', session=False)
def empty_without(room):
    before = room.snapshot()
    room.setup()
    assert (room.home.path / ENTRY).exists()
    room.uninstall()
    equal(room.snapshot(), before, 'the home')


@setup_case('/uninstall/removes-the-link-to-a-unit', searched=False)
def linked(room):
    room.use_port()
    before = room.snapshot(without=INDEX + ['.local'])
    room.setup('--no-tray')
    room.uninstall()
    equal(room.snapshot(without=INDEX + ['.local']), before, 'the home')


@setup_case('/uninstall/has-nothing-to-do-twice')
def twice(room):
    room.use_port()
    room.setup('--no-tray')
    room.uninstall()
    before = room.snapshot()
    result = room.run('uninstall')
    assert 'Nothing to undo.' in result.out and result.err == '', result.out
    answer = room.run('uninstall', '--json').json()
    equal((answer['ok'], answer['have_manifest'], answer['steps']), (True, False, []), 'JSON')
    equal(room.snapshot(), before, 'the home')


@setup_case('/uninstall/keeps-what-was-on-before-setup')
def on_before(room):
    room.use_port()
    room.run('statusline', '--install')
    env = room.env()
    farecli.subprocess.run(['systemctl', '--user', 'enable', UNIT], env=env, check=True)
    answer = room.setup()
    equal(parts(answer), {'service': 'enabled', 'tray': 'enabled', 'statusline': 'already'}, 'setup')
    answer = room.uninstall()
    equal(answer['notes'], ['statusline-remains'], 'notes')
    equal((room.server(), room.is_enabled()), (0, True), 'the unit')
    assert 'tokenfare' in (room.home.path / '.claude/settings.json').read_text()


@setup_case('/uninstall/keeps-what-was-changed-since')
def changed_since(room):
    live_in(room)
    room.setup('--force', '--no-service')
    settings = room.home.path / '.config/tokenfare/settings.ini'
    settings.write_text(settings.read_text().replace('paper', 'arcade'))
    claude = room.home.path / '.claude/settings.json'
    claude.write_text(json.dumps(json.loads(claude.read_text()) | {'model': 'opus'}))
    room.uninstall()
    text = settings.read_text()
    assert 'arcade' in text and 'autostart' not in text and '# mine' in text, text
    equal(json.loads(claude.read_text()), json.loads(LINE) | {'model': 'opus'}, 'Claude Code')


@setup_case('/uninstall/leaves-alone-what-is-no-longer-ours')
def not_ours(room):
    live_in(room)
    room.setup('--force', '--no-service')
    (room.home.path / ENTRY).write_text('[Desktop Entry]\nType=Application\nName=Other\nExec=other\n')
    (room.home.path / '.claude/settings.json').write_text('{"statusLine":{"type":"command","command":"other"}}')
    answer = room.uninstall()
    equal((answer['ok'], answer['notes']), (True, ['tray-not-ours', 'statusline-not-ours']), 'result')
    assert 'Exec=other' in (room.home.path / ENTRY).read_text()
    assert 'other' in (room.home.path / '.claude/settings.json').read_text()


@setup_case('/uninstall/can-be-repeated-when-a-step-fails')
def step_fails(room):
    live_in(room)
    before = room.snapshot(without=INDEX)
    room.setup('--force')
    (room.state / 'fail-disable').touch()
    answer = room.uninstall('--purge', status=1)
    equal((answer['ok'], answer['manifest_kept_for_retry']), (False, True), 'result')
    equal((answer['changed'], answer['removed']), (['tray', 'statusline', 'settings'], []), 'done')
    assert 'Access denied' in answer['errors'][0], answer
    equal(list(room.manifest()['parts']), ['service'], 'manifest')
    result = room.run('uninstall', '--auto', status=1)
    assert 'again' in result.err, result.err
    (room.state / 'fail-disable').unlink()
    equal(room.uninstall()['changed'], ['service'], 'again')
    equal(room.snapshot(without=INDEX), before, 'the home')


@setup_case('/uninstall/changes-nothing-where-nobody-can-be-asked')
def nobody(room):
    live_in(room)
    room.setup('--force', '--no-service')
    before = room.snapshot()
    for words in ([], ['--purge'], ['--json'], ['--json', '--purge']):
        result = room.run('uninstall', *words, status=2)
        one_sentence(result.err, '--auto')
    for words in (['--dry-run'], ['--dry-run', '--auto', '--purge'], ['--dry-run', '--json', '--purge']):
        result = room.run('uninstall', *words)
    equal([step['kind'] for step in result.json()['steps']][:4],
          ['tray', 'statusline', 'settings', 'file'], 'steps')
    equal(room.snapshot(), before, 'the home')


@setup_case('/uninstall/asks')
def asks(room):
    room.setup('--no-service')
    room.talk('uninstall', answers='n\n', status=1)
    room.talk('uninstall', '--purge', answers='\n', status=1)
    assert (room.home.path / ENTRY).exists()
    seen = room.talk('uninstall', answers='\n')
    assert 'All is undone.' in seen and not (room.home.path / ENTRY).exists(), seen


def write_everything(room):
    """Has Tokenfare write all it ever writes, besides what the window keeps in the same files."""
    room.run('pricing', 'set', 'claude-sonnet-4-6', '--input', '1', '--output', '2')
    room.run('db', 'resync')
    # A line is kept once the files behind it have not changed for a moment.
    while not (room.home.data / 'glance-today').exists():
        room.run('statusline')
    line = {'rate_limits': {'five_hour': {'used_percentage': 12, 'resets_at': 4102444800}}}
    farecli.subprocess.run([room.prefix / 'bin/tokenfare', 'statusline'], env=room.env(), check=True,
                           input=json.dumps(line).encode(), stdout=farecli.subprocess.DEVNULL)
    (room.home.data / 'usage.sqlite3.new.77').write_text('a rebuild that was ended')
    (room.home.data / 'prices.json.AB12CD').write_text('a draft')


@setup_case('/uninstall/purges-every-file')
def purges(room):
    logs = room.home.claude_log()
    add_logs(room)
    (room.home.path / 'mine.txt').write_text('mine')
    (room.home.path / '.local/share').mkdir(parents=True)
    before = room.snapshot()
    room.run('report')
    write_everything(room)
    room.setup()
    plan = room.run('uninstall', '--json', '--dry-run', '--purge').json()
    names = {os.path.basename(step['path']) for step in plan['steps']}
    for name in ('usage.sqlite3', 'usage.sqlite3.lock', 'prices.json', 'limits.json', 'glance-today', 'setup.json',
                 'statusline-before.json', 'settings.ini', 'usage.sqlite3.new.77', 'prices.json.AB12CD'):
        assert name in names, (name, names)
    assert any(name.startswith('usage.sqlite3.bak.') for name in names), names
    there = {str(path) for path in room.home.data.iterdir()}
    answer = room.uninstall('--purge')
    left_by_sqlite = {path for path in there if path.endswith(('-wal', '-shm'))}
    assert there - left_by_sqlite <= set(answer['removed']) | {str(room.home.data / 'statusline-before.json')}, answer
    equal((answer['ok'], answer['kept']), (True, []), 'result')
    equal(room.snapshot(), before, 'the home')
    assert logs.exists()


@setup_case('/uninstall/purges-what-was-never-set-up')
def purges_rest(room):
    (room.home.path / '.claude').mkdir()
    (room.home.path / '.config/autostart').mkdir(parents=True)
    before = room.snapshot()
    room.run('statusline', '--install')
    (room.home.path / ENTRY).write_text('[Desktop Entry]\nType=Application\nName=T\nExec="/usr/bin/tokenfare-tray"\n')
    (room.home.path / '.config/tokenfare').mkdir()
    (room.home.path / '.config/tokenfare/settings.ini').write_text('[tokenfare]\nautostart=true\n')
    answer = room.uninstall()
    equal((answer['changed'], answer['notes']), ([], ['tray-remains', 'statusline-remains']), 'without --purge')
    equal(room.uninstall('--purge')['changed'], ['tray', 'statusline', 'settings'], 'with --purge')
    before.pop('.local', None)
    equal(room.snapshot(without=['.local']), before, 'the home')


@setup_case('/uninstall/keeps-files-it-does-not-know')
def unknown(room):
    room.home.data.mkdir(parents=True)
    (room.home.data / 'notes.txt').write_text('mine')
    room.run('report')
    room.uninstall('--purge')
    equal([path.name for path in room.home.data.iterdir()], ['notes.txt'], 'left')


@setup_case('/uninstall/does-not-purge-under-a-running-program')
def in_use(room):
    add_logs(room)
    room.run('report')
    room.setup('--no-service')
    before = room.snapshot()
    watcher = sqlite3.connect(room.home.data / 'usage.sqlite3')
    watcher.execute('SELECT count(*) FROM sqlite_master')
    result = room.run('uninstall', '--purge', '--auto', status=1)
    assert 'has the index open' in result.err and str(os.getpid()) in result.err, result.err
    answer = room.uninstall('--purge', status=1)
    assert answer['applied'] is False and str(os.getpid()) in answer['index_in_use_by'], answer
    watcher.close()
    equal(room.snapshot(without=INDEX), {name: value for name, value in before.items()
                                         if not name.startswith(INDEX[0])}, 'the home')
    equal(room.uninstall('--purge')['ok'], True, 'afterwards')


@setup_case('/uninstall/finds-its-own-without-a-manifest-that-can-be-read')
def damaged(room):
    live_in(room)
    room.setup('--force')
    (room.home.data / 'setup.json').write_text('{"schema":')
    answer = room.uninstall()
    equal((answer['ok'], answer['notes'], answer['changed']),
          (True, ['manifest-damaged'], ['service', 'tray', 'statusline', 'settings']), 'result')
    equal((room.server(), room.is_enabled()), (0, False), 'the server')
    equal((room.home.path / '.claude/settings.json').read_text(), LINE, 'Claude Code')
    assert not (room.home.path / ENTRY).exists() and not (room.home.data / 'setup.json').exists()


@setup_case('/uninstall/leaves-the-work-of-a-newer-version')
def newer(room):
    room.setup('--no-service')
    (room.home.data / 'setup.json').write_text('{"schema": 2}')
    before = room.snapshot()
    for words in ([], ['--purge']):
        assert 'newer' in room.run('uninstall', '--auto', *words, status=1).err
    equal(room.snapshot(), before, 'the home')


@setup_case('/uninstall/has-stable-keys')
def keys(room):
    room.setup('--no-service')
    plan = room.run('uninstall', '--json', '--dry-run').json()
    equal(list(plan), ['ok', 'action', 'dry_run', 'applied', 'purge', 'have_manifest', 'manifest_path', 'data_dir',
                       'steps', 'changed', 'removed', 'kept', 'notes', 'index_in_use_by', 'errors',
                       'manifest_kept_for_retry'], 'keys')
    done = room.uninstall()
    equal(list(done), [key for key in plan if key != 'steps'], 'keys')


@setup_case('/uninstall/knows-its-words')
def misused(room):
    for words in (['now'], ['--force'], ['--port', '9000']):
        result = room.run('uninstall', *words, status=2)
        assert result.out == '' and '--help' in result.err, (words, result.err)


run_cases()
