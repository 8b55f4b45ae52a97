# home_others.py: invented logs of OpenCode, Gemini CLI and Pi.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import datetime
import hashlib
import json
import os
import sqlite3

from home import line, milliseconds, stamp

OPENCODE = '.local/share/opencode/'
OPENCODE_TABLES = '''
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE project (id TEXT PRIMARY KEY, worktree TEXT NOT NULL, vcs TEXT, name TEXT,
  time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, sandboxes TEXT NOT NULL DEFAULT '[]');
CREATE TABLE session (id TEXT PRIMARY KEY, project_id TEXT NOT NULL, parent_id TEXT, slug TEXT NOT NULL DEFAULT '',
  directory TEXT NOT NULL, title TEXT NOT NULL, version TEXT NOT NULL DEFAULT '',
  time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, time_archived INTEGER);
CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, time_created INTEGER NOT NULL,
  time_updated INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT NOT NULL, session_id TEXT NOT NULL,
  time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, data TEXT NOT NULL);
CREATE INDEX message_session_idx ON message (session_id);
CREATE INDEX part_message_idx ON part (message_id);
'''
# The span of a home whose sessions also lie in the folders that OpenCode used before its database.
MOVED_SHARE = 0.2


def compact(record):
    return json.dumps(record, separators=(',', ':'), ensure_ascii=False)


# OpenCode

def opencode_answer(home, when, model, provider, parent):
    """The record of one response."""
    chance = home.random
    output, cache = chance.randrange(20, 3_000), {
        'read': chance.randrange(0, 150_000),
        'write': chance.randrange(0, 9_000) if provider == 'anthropic' else 0}
    tokens = {'input': chance.randrange(2, 3_000), 'output': output,
              'reasoning': chance.choice((0, chance.randrange(0, output))), 'cache': cache}
    home.truth.add('opencode', when, model, input=tokens['input'], output=output, reasoning=tokens['reasoning'],
                   cache_read=cache['read'], cache_write_5m=cache['write'])
    if chance.random() < 0.5:
        # Newer releases keep reasoning out of the output, as their total proves.
        tokens['output'] -= tokens['reasoning']
        tokens['total'] = tokens['input'] + output + cache['read'] + cache['write']
    created = milliseconds(when)
    return {'parentID': parent, 'role': 'assistant', 'mode': 'build', 'agent': 'build',
            'path': {'cwd': '/home/alex/src/loom', 'root': '/'}, 'cost': 0, 'tokens': tokens, 'modelID': model,
            'providerID': provider, 'time': {'created': created, 'completed': created + 200}, 'finish': 'stop'}


def opencode_session(home, database):
    """Writes a session into the database; returns its id, its start and its messages."""
    chance = home.random
    model, provider = chance.choice((('claude-sonnet-4-6', 'anthropic'), ('gpt-5.4', 'openai')))
    session, when = 'ses_' + home.identity()[:20], home.start()
    first, messages, parts = when, [], []
    for _ in range(chance.randrange(2, 60)):
        asked, answered = 'msg_' + home.identity()[:22], 'msg_' + home.identity()[:22]
        messages.append((asked, session, milliseconds(when), milliseconds(when), compact(
            {'role': 'user', 'time': {'created': milliseconds(when)}, 'agent': 'build',
             'model': {'providerID': provider, 'modelID': model}})))
        when = home.later(when)
        record = opencode_answer(home, when, model, provider, asked)
        messages.append((answered, session, milliseconds(when), milliseconds(when), compact(record)))
        parts += [('prt_' + home.identity()[:22], answered, session, milliseconds(when), milliseconds(when),
                   compact({'type': kind, 'text': home.text(1_500)})) for kind in ('text', 'tool', 'tool')]
        when = home.later(when)
    database.execute('INSERT INTO session VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?, NULL)',
                     (session, 'prj1', 'quiet-loom', '/home/alex/src/loom', 'Weave', '1.2.0',
                      milliseconds(first), milliseconds(when)))
    database.executemany('INSERT INTO message VALUES (?, ?, ?, ?, ?)', messages)
    database.executemany('INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)', parts)
    size = sum(len(row[-1]) + 120 for row in messages + parts)
    return session, first, messages, size


def write_moved(home, session, first, messages):
    """The session once more, a small file for every message, as OpenCode left it when it moved."""
    for identity, _, created, _, data in messages:
        record = {'id': identity, 'sessionID': session} | json.loads(data)
        home.write(f'{OPENCODE}storage/message/{session}/{identity}.json', [line(record)],
                   datetime.datetime.fromtimestamp(created / 1000, datetime.timezone.utc))
    home.write(f'{OPENCODE}storage/session/prj1/{session}.json', [line(
        {'id': session, 'version': '1.0.9', 'projectID': 'prj1', 'directory': '/home/alex/src/loom', 'title': 'Weave',
         'time': {'created': milliseconds(first), 'updated': messages[-1][3]}})], first)


def write_opencode(home, budget):
    path = os.path.join(home.path, OPENCODE, 'opencode.db')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    moved_before = home.end - datetime.timedelta(days=home.days * (1 - MOVED_SHARE))
    database = sqlite3.connect(path)
    database.executescript(OPENCODE_TABLES)
    database.execute("INSERT INTO project (id, worktree, time_created, time_updated) "
                     "VALUES ('prj1', '/home/alex/src/loom', 1, 1)")
    written = 0
    while written < budget:
        session, first, messages, size = opencode_session(home, database)
        written += size
        if first < moved_before:
            before = home.bytes
            write_moved(home, session, first, messages)
            written += home.bytes - before
    database.commit()
    database.close()
    home.bytes += os.path.getsize(path)
    home.files += 1


# Gemini CLI

def gemini_answer(home, when, model):
    chance = home.random
    prompt, output, thoughts = chance.randrange(500, 200_000), chance.randrange(20, 3_000), chance.randrange(0, 1_500)
    cached = chance.randrange(0, prompt)
    home.truth.add('gemini_cli', when, model, input=prompt - cached, cache_read=cached,
                   output=output + thoughts, reasoning=thoughts)
    return {'id': home.identity(), 'timestamp': stamp(when), 'type': 'gemini', 'content': home.text(400, 20_000),
            'thoughts': [{'subject': 'Plan', 'description': home.text(300, 5_000), 'timestamp': stamp(when)}],
            'toolCalls': [{'id': 'read_file-1', 'name': 'read_file', 'args': {'path': 'main.c'},
                           'result': home.text(3_000)}],
            'tokens': {'input': prompt, 'output': output, 'cached': cached, 'thoughts': thoughts, 'tool': 0,
                       'total': prompt + output + thoughts},
            'model': model}


def write_gemini(home, budget):
    chance, limit = home.random, home.bytes + budget
    folders = [hashlib.sha256(b'/home/alex/src/%d' % number).hexdigest() for number in range(6)]
    while home.bytes < limit:
        session, when = home.identity(), home.start()
        model, folder, first = chance.choice(('gemini-2.5-pro', 'gemini-2.5-flash')), chance.choice(folders), when
        messages = []
        for _ in range(chance.randrange(2, 80)):
            messages.append({'id': home.identity(), 'timestamp': stamp(when), 'type': 'user',
                             'content': home.text(200, 20_000)})
            when = home.later(when)
            messages.append(gemini_answer(home, when, model))
            when = home.later(when)
        head = {'sessionId': session, 'projectHash': folder, 'startTime': stamp(first), 'lastUpdated': stamp(when)}
        name = f'.gemini/tmp/{folder}/chats/session-' + first.strftime('%Y-%m-%dT%H-%M-') + session[:8]
        if chance.random() < 0.6:
            whole = json.dumps(head | {'messages': messages}, indent=2, ensure_ascii=False).encode()
            home.write(name + '.json', [whole], when)
        else:
            home.write(name + '.jsonl', [line(record) for record in [head] + messages], when)


# Pi

def pi_answer(home, when, model, provider, identity, parent):
    chance = home.random
    tokens = {'input': chance.randrange(2, 3_000), 'output': chance.randrange(20, 3_000),
              'cacheRead': chance.randrange(0, 150_000),
              'cacheWrite': chance.randrange(0, 9_000) if provider == 'anthropic' else 0}
    home.truth.add('pi_agent', when, model, input=tokens['input'], output=tokens['output'],
                   cache_read=tokens['cacheRead'], cache_write_5m=tokens['cacheWrite'])
    cost = {'input': 0.001, 'output': 0.002, 'cacheRead': 0.0003, 'cacheWrite': 0, 'total': 0.0033}
    return {'type': 'message', 'id': identity, 'parentId': parent, 'timestamp': stamp(when), 'message': {
        'role': 'assistant', 'api': 'x', 'provider': provider, 'model': model, 'stopReason': 'toolUse',
        'content': [{'type': 'thinking', 'thinking': home.text(300, 5_000), 'thinkingSignature': home.base64(800)},
                    {'type': 'toolCall', 'id': 'call_1', 'name': 'bash', 'arguments': {'command': 'ls'}}],
        'usage': tokens | {'totalTokens': sum(tokens.values()), 'cost': cost}, 'timestamp': milliseconds(when)}}


def write_pi(home, budget):
    chance, limit = home.random, home.bytes + budget
    while home.bytes < limit:
        session, when = home.identity(), home.start()
        model, provider = chance.choice((('claude-sonnet-4-6', 'anthropic'), ('gpt-5.4', 'openai')))
        first, parent = when, None
        lines = [line({'type': 'session', 'version': 3, 'id': session, 'timestamp': stamp(when),
                       'cwd': '/home/alex/src/orchard'})]
        for number in range(chance.randrange(2, 90)):
            answer, result = f'{2 * number:08x}', f'{2 * number + 1:08x}'
            lines.append(line(pi_answer(home, when, model, provider, answer, parent)))
            lines.append(line({'type': 'message', 'id': result, 'parentId': answer, 'timestamp': stamp(when), 'message': {
                'role': 'toolResult', 'toolCallId': 'call_1', 'toolName': 'bash', 'isError': False,
                'content': [{'type': 'text', 'text': home.text(2_500)}], 'timestamp': milliseconds(when)}}))
            when, parent = home.later(home.later(when)), result
        name = first.strftime('%Y-%m-%dT%H-%M-%S-') + f'{first.microsecond // 1000:03d}Z_{session}.jsonl'
        home.write('.pi/agent/sessions/--home-alex-src-orchard--/' + name, lines, when)
