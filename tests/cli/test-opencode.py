"""OpenCode, Kilo Code and MiMo Code: what their fixture does not show.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import random
import sqlite3

from farecli import DATA, case, equal, expected, run_cases

T0 = 1770710400000  # 2026-02-10T08:00:00Z in milliseconds
SHARE = '.local/share'

OLDER = '''
CREATE TABLE project (id TEXT PRIMARY KEY, worktree TEXT);
CREATE TABLE session (id TEXT PRIMARY KEY, project_id TEXT, parent_id TEXT, slug TEXT,
                      directory TEXT, title TEXT, time_created INTEGER);
CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, data TEXT);
CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, data TEXT);
CREATE INDEX part_message_idx ON part (message_id);
'''
NEWER = '''
CREATE TABLE session_v2 (id TEXT PRIMARY KEY, project_id TEXT, parent_id TEXT, fork_session_id TEXT,
                         slug TEXT, directory TEXT, title TEXT, time_created INTEGER);
CREATE TABLE session_message (id TEXT PRIMARY KEY, session_id TEXT, type TEXT, seq INTEGER,
                              time_created INTEGER, data TEXT);
'''


def insert(db, table, **values):
    names = ', '.join(values)
    marks = ', '.join('?' * len(values))
    db.execute(f'INSERT INTO {table} ({names}) VALUES ({marks})', list(values.values()))


def open_db(home, name='opencode.db', app='opencode', tables=OLDER + NEWER, folder=None):
    path = folder or home.path / SHARE / app
    path.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path / name, isolation_level=None)
    db.executescript(tables)
    return db


def content(at=1, count=10, reasoning=0, took=4, model='gpt-5', provider='openai', **more):
    """An assistant message of v1, made AT seconds after T0."""
    times = {'created': T0 + at * 1000} | ({'completed': T0 + (at + took) * 1000} if took else {})
    return {'role': 'assistant', 'providerID': provider, 'modelID': model, 'time': times,
            'path': {'cwd': '/src/cwd'}, 'cost': 0,
            'tokens': {'input': count, 'output': 5, 'reasoning': reasoning,
                       'cache': {'read': 0, 'write': 0}}} | more


def session(db, uid, table='session', **more):
    insert(db, table, **({'id': uid, 'directory': '/src/loom', 'title': uid,
                          'time_created': T0} | more))


def message(db, uid, owner='ses_a', **more):
    data = content(**more)
    insert(db, 'message', id=uid, session_id=owner, time_created=data['time']['created'],
           data=json.dumps(data))


def newer(db, uid, owner, seq, **more):
    data = content(**more)
    data['model'] = {'id': data.pop('modelID'), 'providerID': data.pop('providerID')}
    insert(db, 'session_message', id=uid, session_id=owner, type='assistant', seq=seq,
           time_created=data['time']['created'], data=json.dumps(data))


def stored(home, uid, owner='ses_a', app='opencode', **more):
    """A message of the JSON store."""
    path = home.path / SHARE / app / 'storage' / 'message' / owner / f'{uid}.json'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content(**more) | {'id': uid, 'sessionID': owner}))
    return path


def counted(home, **options):
    """(session, input) of all events, sorted; the same in a new index."""
    events = sorted((event['session_id'], event['input']) for event in home.events(**options))
    keys = [event['dedup_key'] for event in home.events(**options)]
    equal(len(set(keys)), len(keys), 'number of different keys')
    return events


@case('/cli/opencode/transaction-by-transaction')
def by_transaction(home):
    """The fixture's databases row by row, with their writers at work and a scan after each."""
    source = DATA / 'opencode' / 'home' / SHARE
    open_dbs = []
    steps = []
    for path in sorted(source.glob('*/*.db')):
        read = sqlite3.connect(f'file:{path}?mode=ro&immutable=1', uri=True)
        target = home.path / SHARE / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        write = sqlite3.connect(target, isolation_level=None)
        write.execute('PRAGMA journal_mode = WAL')
        open_dbs.append(write)
        for kind, name, sql in read.execute('SELECT type, name, sql FROM sqlite_master'
                                            " WHERE sql IS NOT NULL ORDER BY type = 'index'"):
            write.execute(sql)
            if kind == 'table':
                for row in read.execute(f'SELECT * FROM {name}'):
                    marks = ', '.join('?' * len(row))
                    steps.append((write, f'INSERT INTO {name} VALUES ({marks})', row))
    random.Random(7).shuffle(steps)
    store = source / 'opencode' / 'storage'
    for path in store.rglob('*.json'):
        target = home.path / SHARE / 'opencode' / path.relative_to(source / 'opencode')
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    for db, sql, row in steps:
        db.execute(sql, row)
        home.run('db', 'sync')

    names = ('session_id', 'timestamp', 'model', 'input', 'cache_read', 'cache_write_5m', 'output',
             'reasoning', 'cost_reported', 'is_subagent', 'title', 'project')
    pick = lambda events: sorted(str([event[name] for name in names]) for event in events)
    equal(pick(home.events()), pick(expected('opencode')['events']), 'events')
    for db in open_dbs:
        db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        db.close()
    equal(pick(home.events()), pick(expected('opencode')['events']), 'events after a checkpoint')


@case('/cli/opencode/streamed-row-is-updated-in-place')
def updated(home):
    db = open_db(home)
    db.execute('PRAGMA journal_mode = WAL')
    session(db, 'ses_a')
    message(db, 'msg_1', count=10, took=0)
    equal(counted(home), [('ses_a', 10)], 'first state')
    for i in range(1, 30):
        db.execute('UPDATE message SET data = ?', [json.dumps(content(count=10 + i))])
        equal(counted(home), [('ses_a', 10 + i)], 'next state')


@case('/cli/opencode/equal-rows-inside-one-session-are-two-calls')
def twins(home):
    db = open_db(home)
    session(db, 'ses_a')
    session(db, 'ses_b', title='ses_a (fork #1)', time_created=T0 + 5)
    for owner in 'ab':
        message(db, f'msg_{owner}1', f'ses_{owner}')
        message(db, f'msg_{owner}2', f'ses_{owner}')
    equal(counted(home), [('ses_a', 10)] * 2, 'calls')


@case('/cli/opencode/equal-counts-with-another-completion-are-two-calls')
def parallel(home):
    db = open_db(home)
    for owner, took in (('a', 4), ('b', 5)):
        session(db, f'ses_{owner}', parent_id='ses_0')
        message(db, f'msg_{owner}', f'ses_{owner}', took=took)
    equal(counted(home), [('ses_a', 10), ('ses_b', 10)], 'calls')


@case('/cli/opencode/fork-burst-keeps-the-original')
def burst(home):
    db = open_db(home)
    for i in range(6):
        session(db, f'ses_{5 - i}', title='t' + f' (fork #{i})' * bool(i), time_created=T0 + i)
        message(db, f'msg_{5 - i}', f'ses_{5 - i}')
    equal(counted(home), [('ses_5', 10)], 'calls')
    # What only a fork knows any more is still counted, once, with the older fork.
    db.execute("DELETE FROM session WHERE id = 'ses_5'")
    db.execute("DELETE FROM message WHERE session_id = 'ses_5'")
    home.data.rename(home.path / 'old-index')
    equal(counted(home), [('ses_4', 10)], 'calls without the original')


@case('/cli/opencode/forks-of-forks-with-new-times')
def restamped(home):
    db = open_db(home)
    for i, origin in enumerate((None, 'ses_0', 'ses_1')):
        session(db, f'ses_{i}', 'session_v2', fork_session_id=origin, time_created=T0 + i)
        newer(db, f'msg_{i}', f'ses_{i}', 3, at=10 * i)
        newer(db, f'msg_own{i}', f'ses_{i}', 4, at=10 * i + 1, count=100 + i)
    # A circle of declared forks must not make both vanish.
    for i, origin in (('x', 'ses_y'), ('y', 'ses_x')):
        session(db, f'ses_{i}', 'session_v2', fork_session_id=origin)
        newer(db, f'msg_{i}', f'ses_{i}', 9, at=60 + ord(i), count=77)
    equal(counted(home), [('ses_0', 10), ('ses_0', 100), ('ses_1', 101), ('ses_2', 102),
                          ('ses_x', 77), ('ses_y', 77)], 'calls')


@case('/cli/opencode/forks-in-the-json-store')
def json_forks(home):
    stored(home, 'msg_1', 'ses_b')
    stored(home, 'msg_7', 'ses_a')
    stored(home, 'msg_8', 'ses_a', at=3, count=12)
    wanted = [('ses_a', 12), ('ses_b', 10)]
    equal(counted(home), wanted, 'calls')
    # The migration keeps the ids; the newer tables count reasoning differently.
    db = open_db(home)
    session(db, 'ses_b', 'session_v2')
    session(db, 'ses_a', 'session_v2', title='x (fork #1)', time_created=T0 + 9)
    newer(db, 'msg_1', 'ses_b', 0, reasoning=3)
    newer(db, 'msg_7', 'ses_a', 0, reasoning=3)
    newer(db, 'msg_8', 'ses_a', 1, at=3, count=12)
    equal(counted(home), wanted, 'calls after the migration')
    equal(sorted(event['output'] for event in home.events()), [5, 8], 'output')


@case('/cli/opencode/helper-session-of-the-json-store')
def json_helper(home):
    stored(home, 'msg_1', 'ses_child')
    folder = home.path / SHARE / 'opencode' / 'storage'
    (folder / 'session' / 'p').mkdir(parents=True)
    (folder / 'project').mkdir()
    equal([event['is_subagent'] for event in home.events()], [False], 'before')
    (folder / 'session' / 'p' / 'ses_child.json').write_text(json.dumps(
        {'id': 'ses_child', 'parentID': 'ses_top', 'title': 'New session - 2026-02-10T08:00:00.000Z',
         'slug': 'calm-owl'}))
    (folder / 'project' / 'p.json').write_text('{"id": "p", "worktree": "/src/tree"}')
    event, = home.events()
    equal([event[name] for name in ('is_subagent', 'parent_session_id', 'title', 'project')],
          [True, 'ses_top', 'calm-owl', '/src/tree'], 'what the session file says')
    (folder / 'project' / 'p.json').write_text('{"id": "p", "worktree": "/src/other"}')
    equal(home.events()[0]['project'], '/src/other', 'project after a change')


@case('/cli/opencode/steps-of-the-json-store')
def json_steps(home):
    stored(home, 'msg_1', tokens={'input': 0, 'output': 0, 'reasoning': 0})
    equal(home.events(), [], 'without steps')
    part = home.path / SHARE / 'opencode' / 'storage' / 'part' / 'msg_1'
    part.mkdir(parents=True)
    for i in (1, 2):
        (part / f'prt_{i}.json').write_text(json.dumps(
            {'type': 'step-finish', 'cost': 0.25, 'tokens': {'input': 10 * i, 'output': 1}}))
    event, = home.events()
    equal([event['input'], event['output'], event['cost_reported']], [30, 2, 0.5], 'sums')


@case('/cli/opencode/default-database-decides-on-a-message')
def backup(home):
    for name, count in (('opencode-backup.db', 900), ('opencode.db', 10)):
        db = open_db(home, name)
        session(db, 'ses_a')
        message(db, 'msg_1', count=count)
    stored(home, 'msg_1', count=800)
    equal(counted(home), [('ses_a', 10)], 'calls')


@case('/cli/opencode/project-and-title-fall-back')
def fallbacks(home):
    db = open_db(home)
    insert(db, 'project', id='p', worktree='/src/tree')
    insert(db, 'project', id='global', worktree='/')
    session(db, 'ses_a', directory='/', project_id='p', title='Ein „Titel“ mit \\n')
    session(db, 'ses_b', directory='', project_id='global', title='New session - tomorrow')
    for at, uid in enumerate('abc'):
        message(db, f'msg_{uid}', f'ses_{uid}', at=at)
    found = {event['session_id']: (event['project'], event['title']) for event in home.events()}
    equal(found, {'ses_a': ('/src/tree', 'Ein „Titel“ mit \\n'),
                  'ses_b': ('/src/cwd', 'New session - tomorrow'),
                  'ses_c': ('/src/cwd', 'cwd')}, 'project and title')


@case('/cli/opencode/reasoning')
def reasoning(home):
    """(tokens, provider, output): inside or outside as the sum says, else as the provider does."""
    rows = [({'output': 50, 'reasoning': 20, 'total': 60}, 'openai', 50),
            ({'output': 50, 'reasoning': 20, 'total': 80}, 'openai', 70),
            ({'output': 50, 'reasoning': 20, 'total': 999}, 'openai', 50),
            ({'output': 50, 'reasoning': 20}, 'google-vertex', 70),
            ({'output': 20, 'reasoning': 50}, 'openai', 70),
            ({'output': 0, 'input': 0, 'total': 44}, 'openai', 44)]
    db = open_db(home)
    session(db, 'ses_a')
    for at, (tokens, provider, _) in enumerate(rows):
        message(db, f'msg_{at}', at=at, provider=provider, tokens={'input': 10} | tokens)
    equal([event['output'] for event in sorted(home.events(), key=lambda one: one['timestamp'])],
          [row[2] for row in rows], 'output')


@case('/cli/opencode/kilo-before-it-was-renamed')
def kilo(home):
    old = open_db(home, app='kilo')
    session(old, 'ses_a')
    message(old, 'msg_1')
    equal(counted(home), [('ses_a', 10)], 'old database alone')
    new = open_db(home, 'kilo-dev.db', app='kilo')
    session(new, 'ses_b')
    message(new, 'msg_2', 'ses_b', count=20)
    equal(counted(home), [('ses_b', 20)], 'with the new one')
    equal({event['client'] for event in home.events()}, {'kilocode'}, 'client')


@case('/cli/opencode/places')
def places(home):
    """(environment, sessions): which of the databases below are read."""
    data = home.path / SHARE / 'opencode'
    folders = {'default': data, 'one': home.path / 'one', 'two': home.path / 'two',
               'flatpak': home.path / '.var/app/org.editor/data/opencode',
               'snap': home.path / 'snap/editor/current/.local/share/opencode',
               'xdg': home.path / 'xdg' / 'opencode'}
    for number, (name, folder) in enumerate(folders.items()):
        db = open_db(home, folder=folder)
        session(db, name)
        message(db, f'msg_{name}', name, at=number)
    for number, name in enumerate(('named.db', 'history.sqlite')):
        db = open_db(home, name, folder=data if number == 0 else home.path)
        session(db, name)
        message(db, f'msg_{name}', name, at=10 + number)
    os.symlink(home.path / 'one', home.path / 'link')
    sandboxes = ['flatpak', 'snap']
    cases = [({}, ['default'] + sandboxes),
             ({'XDG_DATA_HOME': 'xdg'}, ['default'] + sandboxes),
             ({'XDG_DATA_HOME': f'{home.path}/xdg'}, ['xdg'] + sandboxes),
             ({'OPENCODE_DATA_DIR': f'~/one, {home.path}/two,~/link,,/nowhere'}, ['one', 'two']),
             ({'OPENCODE_DATA_DIR': '/nowhere'}, ['default'] + sandboxes),
             ({'OPENCODE_DB': 'named.db'}, ['default', 'named.db'] + sandboxes),
             ({'OPENCODE_DB': f'{home.path}/history.sqlite'},
              ['default', 'history.sqlite'] + sandboxes),
             ({'OPENCODE_DB': ':memory:'}, ['default'] + sandboxes)]
    for number, (env, wanted) in enumerate(cases):
        env = env | {'TOKENFARE_DATA_DIR': str(home.path / f'index{number}')}
        equal(sorted(event['session_id'] for event in home.events(env=env)), sorted(wanted), str(env))


@case('/cli/opencode/kilo-data-dir')
def kilo_places(home):
    db = open_db(home, 'kilo.db', folder=home.path / 'elsewhere')
    session(db, 'ses_a')
    message(db, 'msg_1')
    equal(counted(home, env={'KILO_DATA_DIR': '~/elsewhere'}), [('ses_a', 10)], 'calls')


@case('/cli/opencode/odd-databases')
def odd(home):
    """Nothing in it, nothing known in it, columns missing, values of other types."""
    folder = home.path / SHARE / 'opencode'
    folder.mkdir(parents=True)
    (folder / 'opencode-empty.db').write_bytes(b'')
    open_db(home, 'opencode-alien.db', tables='CREATE TABLE message (what); CREATE TABLE part (x);'
            ' CREATE TABLE session_v2 (id); CREATE TABLE session_message (id)')
    db = open_db(home, tables='CREATE TABLE message (id, session_id, data)')
    rows = ['', 'null', '[]', '{"role":"assistant","tokens":{}', '{"role":"assistant","tokens":7}',
            b'\xff\xfe', 5, None, json.dumps(content() | {'tokens': {'input': 'x', 'output': -3}}),
            json.dumps(content() | {'tokens': {'input': 10**30}}),
            json.dumps(content() | {'tokens': {'input': '12', 'output': 3.9, 'cache': 4}}),
            json.dumps(content() | {'time': {'created': 1770710401000.75}, 'modelID': ''}),
            json.dumps(content() | {'time': {'created': 'soon'}}),
            '[' * 100000, '{"tokens":' * 100000]
    for number, row in enumerate(rows):
        insert(db, 'message', id=f'msg_{number}', session_id='ses_a', data=row)
    found = sorted((event['input'], event['output'], event['model']) for event in home.events())
    equal(found, [(10, 5, 'unknown'), (12, 3, 'gpt-5')], 'calls')


@case('/cli/opencode/unreadable-database-hides-nothing')
def unreadable(home):
    db = open_db(home)
    session(db, 'ses_a')
    message(db, 'msg_1')
    db.close()
    equal(counted(home), [('ses_a', 10)], 'calls')
    path = home.path / SHARE / 'opencode' / 'opencode.db'
    path.write_bytes(b'This is no database. ' * 500)
    db = open_db(home, 'opencode-dev.db')
    session(db, 'ses_b')
    message(db, 'msg_2', 'ses_b', at=7)
    done = home.run('events', '--json', status=None)
    equal(sorted(event['session_id'] for event in done.lines()), ['ses_a', 'ses_b'],
          'last good rows and those of the other database')


@case('/cli/opencode/deleted-session-stays-counted')
def deleted_session(home):
    keep_deleted(home, 'opencode')


@case('/cli/opencode/deleted-session-of-kilo-stays-counted')
def deleted_session_of_kilo(home):
    keep_deleted(home, 'kilo')


def keep_deleted(home, app):
    db = open_db(home, f'{app}.db', app)
    session(db, 'ses_a')
    message(db, 'msg_1')
    session(db, 'ses_b')
    message(db, 'msg_2', 'ses_b', at=7)
    db.commit()
    both = counted(home)
    equal([one[0] for one in both], ['ses_a', 'ses_b'], 'sessions')
    titles = {event['session_id']: event['title'] for event in home.events()}
    db.execute("DELETE FROM message WHERE session_id = 'ses_b'")
    db.execute("DELETE FROM session WHERE id = 'ses_b'")
    message(db, 'msg_3', at=9)
    db.commit()
    db.close()
    found = home.events()
    equal(sorted(event['session_id'] for event in found), ['ses_a', 'ses_a', 'ses_b'], 'calls')
    equal({event['session_id']: event['title'] for event in found}, titles, 'titles')
    home.run('db', 'verify')


@case('/cli/opencode/fork-of-a-deleted-session-stays-a-copy')
def fork_of_deleted(home):
    db = open_db(home)
    session(db, 'ses_a')
    session(db, 'ses_b', title='ses_a (fork #1)', time_created=T0 + 5)
    session(db, 'ses_c', 'session_v2')
    session(db, 'ses_d', 'session_v2', fork_session_id='ses_c', time_created=T0 + 5)
    message(db, 'msg_1', count=10)
    message(db, 'msg_2', 'ses_b', count=10)
    newer(db, 'msg_3', 'ses_c', 0, count=30)
    newer(db, 'msg_4', 'ses_d', 0, count=30, at=50)
    newer(db, 'msg_5', 'ses_d', 1, count=50, at=60)
    before = [('ses_a', 10), ('ses_c', 30), ('ses_d', 50)]
    equal(counted(home), before, 'calls')
    db.execute("DELETE FROM message WHERE session_id = 'ses_a'")
    db.execute("DELETE FROM session WHERE id = 'ses_a'")
    db.execute("DELETE FROM session_message WHERE session_id = 'ses_c'")
    db.execute("DELETE FROM session_v2 WHERE id = 'ses_c'")
    equal(counted(home), before, 'calls after the originals were deleted')
    newer(db, 'msg_6', 'ses_d', 2, count=70, at=70)
    equal(counted(home), [*before, ('ses_d', 70)], 'calls after the fork went on')
    home.run('db', 'verify')
    db.close()


@case('/cli/opencode/undone-message-stays-counted')
def undone(home):
    """Undoing a prompt deletes its messages from the session."""
    db = open_db(home)
    session(db, 'ses_a')
    message(db, 'msg_1', count=10)
    message(db, 'msg_2', count=20, at=5)
    equal(counted(home), [('ses_a', 10), ('ses_a', 20)], 'calls')
    db.execute("DELETE FROM message WHERE id = 'msg_2'")
    message(db, 'msg_3', count=30, at=9)
    everything = [('ses_a', 10), ('ses_a', 20), ('ses_a', 30)]
    equal(counted(home), everything, 'calls after the prompt was undone')
    # The newer tables take messages over with their ids.
    db.execute("DELETE FROM message")
    newer(db, 'msg_1', 'ses_a', 0, count=10)
    newer(db, 'msg_3', 'ses_a', 1, count=30, at=9)
    equal(counted(home), everything, 'calls after the tables changed')
    home.run('db', 'verify')
    db.close()


@case('/cli/opencode/reading-leaves-no-trace')
def no_trace(home):
    db = open_db(home)
    session(db, 'ses_a')
    message(db, 'msg_1')
    db.close()
    folder = home.path / SHARE / 'opencode'
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.iterdir()]}
    counted(home)
    after = {path: path.stat().st_mtime_ns for path in [folder, *folder.iterdir()]}
    equal(after, before, 'files')


run_cases()
