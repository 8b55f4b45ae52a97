"""Grok Build: where its logs are, and how its two sources go together.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import shutil

from farecli import case, equal, run_cases

START = 1786723200


def append(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, 'a', encoding='utf-8') as file:
        for record in records:
            file.write(json.dumps(record) + '\n')


def turn(number):
    return {'timestamp': START + number, 'params': {
        'update': {'sessionUpdate': 'turn_completed',
                   'usage': {'inputTokens': 100 + number, 'outputTokens': 1}},
        '_meta': {'eventId': f'e{number}', 'agentTimestampMs': (START + number) * 1000}}}


def call(session, number):
    return {'ts': f'2026-08-14T16:00:{number:02}.000Z', 'sid': session, 'pid': 1,
            'msg': 'shell.turn.inference_done',
            'ctx': {'prompt_tokens': number, 'completion_tokens': 1}}


def ledger(home, session, path='.grok'):
    return home.path / path / 'sessions' / '%2Ftmp%2Fp' / session / 'updates.jsonl'


def inputs(home, **env):
    return sorted(event['input'] for event in home.events(env=env))


@case('/cli/grok/roots')
def roots(home):
    append(ledger(home, 'a'), turn(1))
    append(ledger(home, 'b', 'one'), turn(2))
    append(ledger(home, 'c', 'two'), turn(3))
    append(home.path / 'two/logs/unified.jsonl', call('c', 4), call('d', 5))
    (home.path / 'three').symlink_to('one')

    equal(inputs(home), [101], 'default')
    data = {'TOKENFARE_DATA_DIR': str(home.path / 'index')}
    equal(inputs(home, GROK_HOME=f'~/one, {home.path}/two ,~/three', **data), [5, 102, 103], 'list')


@case('/cli/grok/ledger-that-comes-later-replaces-the-log')
def later(home):
    log = home.path / '.grok/logs/unified.jsonl'
    append(log, call('a', 1), call('b', 2))
    equal(inputs(home), [1, 2], 'log')

    append(ledger(home, 'a'), turn(1))
    equal(inputs(home), [2, 101], 'ledger')

    # Deleted sessions stay counted, also when the log goes on.
    shutil.rmtree(home.path / '.grok/sessions')
    append(log, call('a', 3), call('b', 4))
    equal(inputs(home), [2, 4, 101], 'deleted')


@case('/cli/grok/model-that-comes-later-names-earlier-calls')
def model(home):
    append(home.path / '.grok/logs/unified.jsonl', call('a', 1))
    equal([event['model'] for event in home.events()], ['unknown'], 'before')

    summary = ledger(home, 'a').with_name('summary.json')
    append(summary, {'info': {'id': 'a', 'cwd': '/tmp/q'}, 'current_model_id': 'grok-4.5'})
    equal([(event['model'], event['project']) for event in home.events()],
          [('grok-4.5', '/tmp/q')], 'after')


run_cases()
