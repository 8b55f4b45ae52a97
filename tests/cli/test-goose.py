"""Goose: where its databases are, and what they may hold.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import sqlite3

from farecli import case, equal, run_cases

TABLES = '''
CREATE TABLE sessions (id TEXT, created_at TEXT, accumulated_input_tokens INTEGER,
                       accumulated_output_tokens INTEGER, model_config_json TEXT);
'''


def make(home, path, uid, number=1):
    target = home.path / path / 'sessions.db'
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(target)) as db, db:
        db.executescript(TABLES)
        db.execute('INSERT INTO sessions VALUES (?, ?, ?, ?, ?)',
                   (uid, '2026-08-10 09:00:00', number, 2, '{"model_name":"gpt-5.5"}'))
    return target


def ids(home, **env):
    return sorted(event['session_id'] for event in home.events(env=env))


@case('/cli/goose/roots')
def roots(home):
    make(home, '.local/share/goose/sessions', 'a')
    make(home, '.local/share/Block/goose/sessions', 'b')
    make(home, '.local/share/goose/sessions/backup', 'unused')
    make(home, 'data/goose/sessions', 'c')
    make(home, 'one/data/sessions', 'd')
    make(home, 'two/data/sessions', 'e')
    (home.path / 'three').symlink_to('one')

    equal(ids(home), ['a', 'b'], 'default')
    data = {'TOKENFARE_DATA_DIR': str(home.path / 'index-1')}
    equal(ids(home, XDG_DATA_HOME=str(home.path / 'data'), **data), ['c'], 'XDG_DATA_HOME')
    data = {'TOKENFARE_DATA_DIR': str(home.path / 'index-2')}
    equal(ids(home, GOOSE_PATH_ROOT=f'~/one, {home.path}/two ,~/three', **data), ['d', 'e'], 'list')


@case('/cli/goose/broken-database-keeps-its-last-rows')
def broken(home):
    target = make(home, '.local/share/goose/sessions', 'a')
    make(home, '.local/share/Block/goose/sessions', 'b')
    equal(ids(home), ['a', 'b'], 'before')

    target.write_bytes(b'not a database')
    equal(ids(home), ['a', 'b'], 'last good rows')


@case('/cli/goose/absurd-counts-are-left-out')
def absurd(home):
    make(home, '.local/share/goose/sessions', 'a', 2 ** 62)
    make(home, '.local/share/Block/goose/sessions', 'b')
    equal(ids(home), ['b'], 'sessions')


run_cases()
