"""Usage limits found in Codex's logs: the newest counts, whatever was read first.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import time

from farecli import case, equal, run_cases

DAY = '2026/03/02'
FUTURE = 4000000000  # 2096


def stamp(seconds):
    return time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds)) + '.000Z'


def window(percent, minutes, **when):
    return {'used_percent': percent, 'window_minutes': minutes} | when


def line(at, limits, tokens=0):
    info = None
    if tokens:
        counts = {'input_tokens': tokens, 'cached_input_tokens': 0, 'output_tokens': 5,
                  'reasoning_output_tokens': 0, 'total_tokens': tokens + 5}
        info = {'total_token_usage': counts, 'last_token_usage': counts}
    return json.dumps({'timestamp': at, 'type': 'event_msg',
                       'payload': {'type': 'token_count', 'info': info, 'rate_limits': limits}},
                      separators=(',', ':')) + '\n'


def write(home, name, *lines):
    folder = home.path / '.codex' / 'sessions' / DAY
    folder.mkdir(parents=True, exist_ok=True)
    uuid = f'019d0000-0001-7000-8000-00000000000{name}'
    meta = json.dumps({'timestamp': '2026-03-02T09:00:00.000Z', 'type': 'session_meta',
                       'payload': {'id': uuid, 'cwd': '/tmp/p', 'model_provider': 'openai'}},
                      separators=(',', ':')) + '\n'
    path = folder / f'rollout-2026-03-02T09-00-00-{uuid}.jsonl'
    path.write_text(meta + ''.join(lines))
    return path


def quota(home):
    return home.run('quota', '--json').json()['limits']


@case('Newest record of all files counts, also without counters beside it')
def newest(home):
    write(home, 1, line('2026-03-02T10:00:00.000Z', {'primary': window(90, 300, resets_at=FUTURE)}, 10),
          line('2026-03-02T12:00:00.000Z', {'primary': window(12.5, 299, resets_at=FUTURE),
                                            'secondary': window(40, 10080, resets_at=FUTURE + 60)}))
    write(home, 2, line('2026-03-02T11:00:00.000Z', {'primary': window(77, 300, resets_at=FUTURE)}, 20))
    equal(quota(home), [
        {'client': 'codex', 'window': '5h', 'minutes': 299, 'used': 0.125,
         'resets_at': '2096-10-02T07:06:40.000Z', 'seen_at': '2026-03-02T12:00:00.000Z', 'stale': False},
        {'client': 'codex', 'window': '7d', 'minutes': 10080, 'used': 0.4,
         'resets_at': '2096-10-02T07:07:40.000Z', 'seen_at': '2026-03-02T12:00:00.000Z', 'stale': False},
    ], 'limits')


@case('A line added later is heard, an older one changes nothing, a deleted log takes nothing away')
def later(home):
    first = write(home, 1, line('2026-03-02T10:00:00.000Z', {'primary': window(10, 300, resets_at=FUTURE)}, 10))
    equal([limit['used'] for limit in quota(home)], [0.1], 'at first')
    with open(first, 'a', encoding='utf-8') as file:
        file.write(line('2026-03-02T10:30:00.000Z', {'primary': window(20, 300, resets_at=FUTURE)}, 30))
    equal([limit['used'] for limit in quota(home)], [0.2], 'one more line')
    write(home, 2, line('2026-03-02T08:00:00.000Z', {'primary': window(99, 300, resets_at=FUTURE)}, 50))
    equal([limit['used'] for limit in quota(home)], [0.2], 'an older file')
    first.unlink()
    equal([limit['used'] for limit in quota(home)], [0.2], 'after the log is gone')


@case('A window that has begun anew since is stale')
def stale(home):
    write(home, 1, line('2026-03-02T10:00:00.000Z', {'primary': window(64, 300, resets_in_seconds=600),
                                                     'secondary': None}, 10))
    limit, = quota(home)
    equal((limit['resets_at'], limit['stale']), ('2026-03-02T10:10:00.000Z', True), 'limit')
    text = home.run('quota').out
    assert 'Codex' in text and '64%' not in text and 'has begun anew' in text, text


@case('Countdown and moment of the next window are shown')
def countdown(home):
    now = time.time()
    write(home, 1, line(stamp(now - 60), {'primary': window(3, 300, resets_at=int(now) + 7260)}, 10))
    text = home.run('quota').out
    assert 'in 2h 1m' in text and '5 h' in text, text


@case('Limits of other things, and damage, do not pass for those of Codex')
def damage(home):
    write(home, 1, line('2026-03-02T10:00:00.000Z', {'limit_id': 'codex_other',
                                                     'primary': window(50, 300, resets_at=FUTURE)}, 10))
    for number, limits in enumerate((None, 7, [], {'primary': 'x'}, {'primary': window(-5, 300)},
                                     {'primary': window('x', 300)}, {'primary': window(5, 1e30)},
                                     {'primary': window(5, 300, resets_at='x' * 2000)})):
        write(home, number + 2, line(f'2026-03-02T10:00:0{number}.000Z', limits, 20 + number))
    equal(quota(home), [], 'limits')
    text = home.run('quota').out
    assert 'No usage limits are known' in text, text


@case('Wrong usage is refused')
def refused(home):
    result = home.run('quota', 'now', status=2)
    assert 'now' in result.err, result.err
    equal(result.out, '', 'output')


run_cases()
