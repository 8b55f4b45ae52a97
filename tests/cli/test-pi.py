"""Pi and omp: where they keep sessions, and what they share.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json

from farecli import case, equal, run_cases, total

HEADER = {'type': 'session', 'version': 3, 'id': 's1', 'timestamp': '2026-08-05T08:00:00.000Z',
          'cwd': '/tmp/p'}


def call(number, more=None, **message):
    message = {'role': 'assistant', 'provider': 'anthropic', 'model': 'claude-sonnet-4-6',
               'usage': {'input': number, 'output': 1}} | message
    record = {'type': 'message', 'id': f'{number:08x}',
              'timestamp': f'2026-08-05T08:00:{number:02d}.000Z', 'message': message}
    return record | (more or {})


def write(home, path, *records, end='\n'):
    target = home.path / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(''.join((record if isinstance(record, str) else json.dumps(record)) + end
                               for record in records).encode())


def inputs(home, client=None, **env):
    return sorted(event['input'] for event in home.events(env=env)
                  if client in (None, event['client']))


@case('/cli/pi/roots/first-variable-wins')
def first_variable(home):
    for number, folder in enumerate(('.pi/agent/sessions', 'a', 'b/sessions', 'c', 'd/e'), 1):
        write(home, f'{folder}/x/1_{number}.jsonl', HEADER | {'id': str(number)}, call(number))
    lists = {'PI_AGENT_DIR': f'~/c, {home.path}/d', 'PI_CODING_AGENT_DIR': '~/b',
             'PI_CODING_AGENT_SESSION_DIR': '~/a'}

    equal(inputs(home), [1], 'default')
    for name, wanted in (('PI_AGENT_DIR', [4, 5]), ('PI_CODING_AGENT_DIR', [3]),
                         ('PI_CODING_AGENT_SESSION_DIR', [2])):
        # What was read before stays counted, so each case has an index of its own.
        data = {'TOKENFARE_DATA_DIR': str(home.path / name)}
        equal(inputs(home, **data, **{name: lists[name]}), wanted, name)
    data = {'TOKENFARE_DATA_DIR': str(home.path / 'all')}
    equal(inputs(home, **data, **lists), [2], 'all three')


@case('/cli/pi/roots/omp')
def omp_roots(home):
    for number, folder in enumerate(('.omp/agent', '.omp/profiles/work/agent', '.other/agent',
                                     '.local/share/omp'), 1):
        write(home, f'{folder}/sessions/x/1_{number}.jsonl', HEADER | {'id': str(number)},
              call(number))

    equal(inputs(home, 'omp'), [1, 2, 4], 'default')
    for value in ('.other', '~/.other'):
        data = {'TOKENFARE_DATA_DIR': str(home.path / 'index' / value.strip('~/'))}
        equal(inputs(home, 'omp', PI_CONFIG_DIR=value, **data), [3, 4], value)


@case('/cli/pi/roots/shared-folder-is-pis-alone')
def shared_folder(home):
    write(home, '.omp/agent/sessions/x/1_s1.jsonl', HEADER, call(1))
    (home.path / 'link').symlink_to('.omp')

    events = home.events(env={'PI_CODING_AGENT_DIR': '~/link/agent'})
    equal([event['client'] for event in events], ['pi_agent'], 'clients')


@case('/cli/pi/forks/oldest-header-shows-the-prefix')
def oldest_fork(home):
    for name, uid, hour in (('a', 'late', 11), ('b', 'early', 9), ('c', 'middle', 10)):
        write(home, f'.pi/agent/sessions/x/{name}_{uid}.jsonl',
              HEADER | {'id': uid, 'timestamp': f'2026-08-05T{hour:02d}:00:00.000Z',
                        'parentSession': '/gone/2026_first.jsonl'}, call(1), call(2))
        home.run('db', 'sync')

    events = home.events()
    equal([event['session_id'] for event in events], ['early', 'early'], 'sessions')
    equal({event['parent_session_id'] for event in events}, {'first'}, 'parent')


@case('/cli/pi/rewrite/new-ids-are-the-same-calls')
def migrated(home):
    old = [call(number) for number in (1, 2)]
    for record in old:
        del record['id']
    write(home, '.pi/agent/sessions/x/1_s1.jsonl', HEADER, *old)
    equal(inputs(home), [1, 2], 'before')
    write(home, '.pi/agent/sessions/x/1_s1.jsonl', HEADER, *(call(number) for number in (1, 2)))
    equal(inputs(home), [1, 2], 'after')


@case('/cli/pi/damage/is-passed-over')
def damage(home):
    usage = {'input': '7', 'output': 2.9, 'cacheRead': None, 'cacheWrite': -5, 'cacheWrite1h': 3}
    write(home, '.pi/agent/sessions/x/1_s1.jsonl', HEADER, '', HEADER | {'id': 's2'},
          call(1, usage=usage | {'cost': {'total': '0.5'}}),
          call(2, usage=usage | {'cost': 'nothing'}),
          call(3, {'timestamp': None}),
          call(4, {'timestamp': None}, timestamp=1785916804000),
          call(5, usage={'input': 5, 'cacheWrite': 9, 'cacheWrite1h': 4, 'cost': {'total': -1}}),
          '{"type":"message","message":{', '[1]', 'null', end='\r\n')

    events = home.events()
    equal([total(event) for event in events], [9, 9, 5, 14], 'totals')
    equal([event['cost_reported'] for event in events], [0.5, None, None, None], 'costs')
    equal(events[3]['cache_write_1h'], 4, 'long writes')
    equal({event['session_id'] for event in events}, {'s1'}, 'session')
    equal(home.run('why', 'all', '--json').json()['lines']['malformed'], 4, 'damaged lines')


run_cases()
