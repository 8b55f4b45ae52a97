"""OpenClaw: where its transcripts are, and in how many shapes.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import json
import sqlite3

from farecli import case, equal, run_cases

UUID = '11111111-2222-4333-8444-555555555555'
SESSIONS = '.openclaw/agents/main/sessions'
DATABASE = '.openclaw/agents/main/agent/openclaw-agent.sqlite'


def header(uid):
    return json.dumps({'type': 'session', 'version': 3, 'id': uid, 'cwd': '/tmp/p',
                       'timestamp': '2026-08-02T10:00:00.000Z'}) + '\n'


def call(number):
    return json.dumps({
        'type': 'message', 'id': '0b', 'timestamp': '2026-08-02T10:00:00.000Z',
        'message': {'role': 'assistant', 'provider': 'p', 'model': 'm',
                    'timestamp': 1785664800000 + number, 'usage': {'input': number, 'output': 1}},
    }) + '\n'


def pack(text):
    """A Zstandard frame with one raw block."""
    data = text.encode()
    assert len(data) < 128 * 1024
    return (b'\x28\xb5\x2f\xfd\xa0' + len(data).to_bytes(4, 'little')
            + (1 | len(data) << 3).to_bytes(3, 'little') + data)


def write(home, path, content):
    target = home.path / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content if isinstance(content, bytes) else content.encode())


def owners(home, **env):
    return sorted((event['input'], event['session_id']) for event in home.events(env=env))


@case('/cli/openclaw/roots')
def roots(home):
    folders = ('.openclaw', '.clawdbot', '.moltbot', '.moldbot', 'a', 'b', 'c', 'd/.openclaw')
    for number, folder in enumerate(folders, 1):
        write(home, f'{folder}/agents/main/sessions/s{number}.jsonl', call(number))
    (home.path / 'e').symlink_to('a')

    equal([number for number, _ in owners(home)], [1, 2, 3, 4], 'default')
    for name, value, wanted in (('OPENCLAW_STATE_DIR', '~/a', [5]),
                                ('OPENCLAW_DIR', f'~/a, {home.path}/b,~/c,~/e', [5, 6, 7]),
                                ('OPENCLAW_HOME', '~/d,~/a', [5, 8])):
        data = {'TOKENFARE_DATA_DIR': str(home.path / 'index' / name)}
        equal([number for number, _ in owners(home, **data, **{name: value})], wanted, name)


@case('/cli/openclaw/files-by-name')
def names(home):
    files = ('a.checkpoint.b.jsonl', f'c.checkpoint.{UUID}.jsonl', 'd.jsonl.reset.2026', 'e.jsonl',
             'f.jsonl.deleted.2026', 'g.trajectory.jsonl', 'h.acp-stream.jsonl', 'i.jsonl.bak',
             'j.jsonl.reset.2026.bak-1', 'k.jsonl.lock', 'l.json', '.jsonl')
    for number, name in enumerate(files, 1):
        write(home, f'{SESSIONS}/{name}', call(number))
    write(home, '.openclaw/agents/main/agent/m.jsonl', call(99))

    equal(owners(home), [(1, 'a.checkpoint.b'), (2, 'c'), (3, 'd'), (4, 'e'), (5, 'f')], 'sessions')


@case('/cli/openclaw/checkpoint-keeps-what-compaction-removed')
def compaction(home):
    live = f'{SESSIONS}/s.jsonl'
    write(home, live, header('s') + call(1) + call(2))
    equal(len(owners(home)), 2, 'calls before')
    write(home, f'{SESSIONS}/s.checkpoint.{UUID}.jsonl', header('s') + call(1) + call(2))
    write(home, live, header('s') + call(2) + call(3))
    equal(owners(home), [(1, 's'), (2, 's'), (3, 's')], 'calls after')
    (home.path / live).rename(home.path / f'{live}.reset.2026-08-03T00-00-00.000Z')
    equal(owners(home), [(1, 's'), (2, 's'), (3, 's')], 'calls after a reset')


def make_database(home, *events, columns='session_id, seq, event_json, created_at', extra=''):
    target = home.path / DATABASE
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(target)) as db, db:
        db.executescript(f'CREATE TABLE transcript_events ({columns});' + extra)
        marks = ', '.join('?' * len(columns.split(',')))
        db.executemany(f'INSERT INTO transcript_events VALUES ({marks})', events)


@case('/cli/openclaw/packed-transcripts')
def packed(home):
    extra = ('CREATE TABLE session_transcript_cold_archives (session_id, storage, archive_blob);'
             "INSERT INTO session_transcript_cold_archives VALUES ('file', 'file', NULL), "
             f"('cold', 'sqlite', x'{pack(header('cold') + call(3) + call(4)).hex()}');"
             'CREATE TABLE session_transcript_archives (session_id, encoding, archive_blob);'
             "INSERT INTO session_transcript_archives VALUES "
             f"('plain', 'identity', x'{(header('plain') + call(5)).encode().hex()}');")
    make_database(home, ('s', 2, None, 0, pack(call(2))), ('s', 1, call(1), 0, None),
                  ('s', 3, None, 0, pack(call(9))[:-4]),
                  columns='session_id, seq, event_json, created_at, event_zstd', extra=extra)
    write(home, f'{SESSIONS}/cold/{"0123456789abcdef" * 4}.jsonl.zst',
          pack(header('file') + call(6)))
    write(home, f'{SESSIONS}/gone.jsonl.deleted.2026-08-03T00-00-00.000Z.zst',
          pack(header('gone') + call(7)))

    equal(owners(home), [(1, 's'), (2, 's'), (3, 'cold'), (4, 'cold'), (5, 'plain'), (6, 'file'),
                         (7, 'gone')], 'calls')
    equal(home.run('why', 'all', '--json').json()['lines']['malformed'], 1, 'damaged')


@case('/cli/openclaw/names-and-parents')
def titles(home):
    index = {'agent:main:main': {'sessionId': 'a', 'label': ' The  label ', 'displayName': 'x'},
             'agent:main:sub': {'sessionId': 'b', 'spawnedBy': 'agent:main:main'},
             'agent:main:odd': {'sessionId': 'c', 'spawnedBy': 'nobody', 'label': 7}}
    for number, uid in enumerate('abcd', 1):
        write(home, f'{SESSIONS}/{uid}.jsonl', header(uid) + call(number))
    write(home, f'{SESSIONS}/sessions.json', json.dumps(index))
    node = json.dumps({'spawnedBy': 'k1'})
    make_database(home, extra='CREATE TABLE session_nodes (session_key, current_session_id,'
                              ' entry_json, label, display_name);'
                              "INSERT INTO session_nodes VALUES ('k1', 'c', 'junk', '', 'Shown'), "
                              f"('k2', 'd', '{node}', 'Named', 'x');")

    def names():
        return {row['id']: (row['title'], row['parent'])
                for row in home.run('sessions', '--json').json()}

    wanted = {'a': ('The label', None), 'b': ('p', 'a'), 'c': ('Shown', None), 'd': ('Named', 'c')}
    equal(names(), wanted, 'names')
    # A list that is just being written leaves the names of the last whole one.
    write(home, f'{SESSIONS}/sessions.json', json.dumps(index)[:-20])
    equal(names(), wanted, 'names beside a broken list')
    equal(len(owners(home)), 4, 'calls')


run_cases()
