"""Hermes: where its databases are, and what they may hold.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import sqlite3

from farecli import case, equal, run_cases

COLUMNS = ('id', 'model', 'started_at', 'message_count', 'input_tokens', 'output_tokens')
START = 1785600000


def make(home, path, *rows, columns=COLUMNS, extra=''):
    target = home.path / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(target)) as db, db:
        db.executescript(f'CREATE TABLE sessions ({", ".join(columns)});' + extra)
        marks = ', '.join('?' * len(columns))
        db.executemany(f'INSERT INTO sessions VALUES ({marks})', rows)


def session(uid, number=1, start=START):
    return (uid, 'gpt-5.5', start, 2, number, 1)


def ids(home, **env):
    return sorted(event['session_id'] for event in home.events(env=env))


@case('/cli/hermes/roots')
def roots(home):
    make(home, '.hermes/state.db', session('a'))
    make(home, '.hermes/profiles/x/state.db', session('b'))
    make(home, '.hermes/old/state.db', session('unused'))
    make(home, 'one/state.db', session('c'))
    make(home, 'two/profiles/y/state.db', session('d'))
    (home.path / 'three').symlink_to('one')

    equal(ids(home), ['a', 'b'], 'default')
    data = {'TOKENFARE_DATA_DIR': str(home.path / 'index')}
    equal(ids(home, HERMES_HOME=f'~/one, {home.path}/two ,~/three', **data), ['c', 'd'], 'list')


@case('/cli/hermes/broken-database-hides-nothing')
def broken(home):
    make(home, '.hermes/state.db', session('a'))
    other = home.path / '.hermes/profiles/x/state.db'
    make(home, other.relative_to(home.path), session('b'))
    equal(ids(home), ['a', 'b'], 'before')

    other.write_bytes(b'not a database')
    equal(ids(home), ['a', 'b'], 'last good rows')
    files = home.run('db', 'sync', '--json').json()['files']
    equal([(one['files'], one['unreadable_files']) for one in files], [(2, 1)], 'files')


@case('/cli/hermes/database-is-not-disturbed')
def undisturbed(home):
    make(home, '.hermes/state.db')
    owner = sqlite3.connect(home.path / '.hermes/state.db', isolation_level=None)
    with contextlib.closing(owner):
        owner.execute('PRAGMA journal_mode = WAL')
        owner.execute('PRAGMA wal_autocheckpoint = 0')
        for number in (1, 2, 3):
            owner.execute('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)', session(str(number)))
            equal(len(ids(home)), number, 'sessions')
        # Nobody is in the way of the owner.
        equal(owner.execute('PRAGMA wal_checkpoint(TRUNCATE)').fetchone()[0], 0, 'busy')
    equal([path.name for path in (home.path / '.hermes').iterdir()], ['state.db'], 'files')
    equal(len(ids(home)), 3, 'sessions after the owner has ended')
    equal([path.name for path in (home.path / '.hermes').iterdir()], ['state.db'], 'files')


@case('/cli/hermes/counters-grow')
def growing(home):
    make(home, '.hermes/state.db', session('a', 10))
    equal([event['input'] for event in home.events()], [10], 'first')
    with contextlib.closing(sqlite3.connect(home.path / '.hermes/state.db')) as db, db:
        db.execute('UPDATE sessions SET input_tokens = 25')
    equal([event['input'] for event in home.events()], [25], 'second')


@case('/cli/hermes/larger-sum-is-the-session')
def larger(home):
    make(home, '.hermes/profiles/x/state.db', session('a', 30))
    equal([event['input'] for event in home.events()], [30], 'alone')
    make(home, '.hermes/state.db', session('a', 20))
    equal([event['input'] for event in home.events()], [30], 'with a stale copy')
    make(home, '.hermes/profiles/y/state.db', session('a', 40))
    equal([event['input'] for event in home.events()], [40], 'with a newer one')


@case('/cli/hermes/days-are-local')
def local_days(home):
    extra = ('CREATE TABLE session_daily_usage (session_id, day, input_tokens, output_tokens);'
             "INSERT INTO session_daily_usage VALUES ('a', '2026-08-01', 4, 1), "
             "('a', '2026-08-02', 6, 0), ('b', '2026-08-02', 3, 0);")
    make(home, '.hermes/state.db', session('a', 10), session('b', 9), extra=extra)

    events = {(event['session_id'], event['timestamp']): event['input']
              for event in home.events(env={'TZ': 'America/New_York'})}
    # The session began at 12:00 in New York; b's days are not all of it.
    equal(events, {('a', '2026-08-01T16:00:00.000Z'): 4, ('a', '2026-08-02T16:00:00.000Z'): 6,
                   ('b', '2026-08-01T16:00:00.000Z'): 9}, 'events')


@case('/cli/hermes/damage')
def damage(home):
    columns = (*COLUMNS, 'actual_cost_usd', 'title')
    make(home, '.hermes/state.db',
         ('cost', 'm', START, 1, None, None, 0.25, 'only a cost'),
         ('text', ' m ', str(START), None, '12', 'x', None, None),
         ('negative', 'm', START, -4, -3, 2.9, -1.0, 'C:\\new \\u0041 ü'),
         ('timeless', 'm', None, 1, 5, 5, None, None),
         ('absurd', 'm', START, 1, 1 << 60, 5, None, None),
         (None, 'm', START, 1, 5, 5, None, None),
         columns=columns)

    events = {event['session_id']: event for event in home.events()}
    equal({uid: (event['input'], event['output'], event['cost_reported'], event['messages'])
           for uid, event in events.items()},
          {'cost': (0, 0, 0.25, 1), 'text': (12, 0, None, 0), 'negative': (0, 2, None, 0)}, 'events')
    equal(events['text']['model'], 'm', 'model')
    equal(events['negative']['title'], 'C:\\new \\u0041 ü', 'title')
    equal(home.run('why', 'all', '--json').json()['lines']['malformed'], 2, 'damaged')


run_cases()
