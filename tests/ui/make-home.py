#!/usr/bin/env python3
"""make-home.py HOME [--days N] [--quiet-days N]: a small home for screenshots.

Writes Claude Code and Codex logs of the last N days up to this minute: a few projects, several
models, one of them without a price.  With --quiet-days the last N days have no use.  The same
clock gives the same bytes.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import argparse
import datetime
import json
import pathlib
import random
import time

PROJECTS = ['harbor', 'lighthouse', 'orchard']
CLAUDE_MODELS = [('claude-opus-4-8', 7), ('claude-sonnet-4-6', 4), ('claude-haiku-4-5', 2)]
CODEX_MODELS = [('gpt-5.4', 6), ('gpt-5.3-codex', 3), ('harbor-preview-2', 1)]


def pick(rng, weighted):
    return rng.choices([name for name, _ in weighted], [weight for _, weight in weighted])[0]


def stamp(seconds):
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.strftime('%Y-%m-%dT%H:%M:%S.') + f'{moment.microsecond // 1000:03d}Z'


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(''.join(json.dumps(row, separators=(',', ':')) + '\n' for row in rows))


def claude_session(rng, home, number, times):
    session = f'5e551000-0000-4000-8000-{number:012d}'
    folder = f'/home/kim/src/{rng.choice(PROJECTS)}'
    model = pick(rng, CLAUDE_MODELS)
    frame = {'isSidechain': False, 'userType': 'external', 'cwd': folder, 'sessionId': session,
             'version': '2.1.40', 'gitBranch': 'main'}
    rows = [{**frame, 'parentUuid': None, 'type': 'user', 'uuid': f'u-{number}',
             'message': {'role': 'user', 'content': 'Please have a look at the failing test'},
             'timestamp': stamp(times[0])}]
    context = rng.randint(14000, 30000)
    for turn, moment in enumerate(times):
        written = rng.randint(400, 4200)
        usage = {'input_tokens': rng.randint(2, 900), 'cache_read_input_tokens': context,
                 'cache_creation_input_tokens': written,
                 'cache_creation': {'ephemeral_5m_input_tokens': written,
                                    'ephemeral_1h_input_tokens': 0},
                 'output_tokens': rng.randint(80, 2200), 'service_tier': 'standard'}
        context += written
        rows.append({**frame, 'parentUuid': f'u-{number}', 'type': 'assistant',
                     'uuid': f'a-{number}-{turn}', 'requestId': f'req_{number}_{turn}',
                     'message': {'id': f'msg_{number}_{turn}', 'type': 'message',
                                 'role': 'assistant', 'model': model,
                                 'content': [{'type': 'text', 'text': 'Done.'}],
                                 'stop_reason': 'end_turn', 'stop_sequence': None,
                                 'usage': usage},
                     'timestamp': stamp(moment)})
    write(home / '.claude/projects' / folder.replace('/', '-') / f'{session}.jsonl', rows)


def codex_session(rng, home, number, times):
    session = f'019d5e55-0000-7000-8000-{number:012d}'
    folder = f'/home/kim/src/{rng.choice(PROJECTS)}'
    start = datetime.datetime.fromtimestamp(times[0], datetime.timezone.utc)
    rows = [{'timestamp': stamp(times[0]), 'type': 'session_meta',
             'payload': {'id': session, 'timestamp': stamp(times[0]), 'cwd': folder,
                         'originator': 'codex_cli_rs', 'cli_version': '0.148.0', 'source': 'cli',
                         'model_provider': 'openai'}},
            {'timestamp': stamp(times[0]), 'type': 'turn_context',
             'payload': {'cwd': folder, 'model': pick(rng, CODEX_MODELS), 'effort': 'medium',
                         'turn_id': 't-1'}},
            {'timestamp': stamp(times[0]), 'type': 'event_msg',
             'payload': {'type': 'user_message', 'message': 'Port the parser', 'images': []}}]
    names = ['input_tokens', 'cached_input_tokens', 'output_tokens', 'reasoning_output_tokens',
             'total_tokens']
    total = dict.fromkeys(names, 0)
    context = rng.randint(9000, 20000)
    for moment in times:
        fresh, output = rng.randint(500, 9000), rng.randint(100, 2600)
        last = dict(zip(names, [context + fresh, context, output, output // 3,
                                context + fresh + output]))
        context += fresh // 2
        total = {name: total[name] + last[name] for name in names}
        rows.append({'timestamp': stamp(moment), 'type': 'event_msg',
                     'payload': {'type': 'token_count',
                                 'info': {'total_token_usage': total, 'last_token_usage': last,
                                          'model_context_window': 272000},
                                 'rate_limits': None}})
    write(home / '.codex/sessions' / start.strftime('%Y/%m/%d') /
          f'rollout-{start.strftime("%Y-%m-%dT%H-%M-%S")}-{session}.jsonl', rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('home', type=pathlib.Path)
    parser.add_argument('--days', type=int, default=12)
    parser.add_argument('--quiet-days', type=int, default=0)
    args = parser.parse_args()

    rng = random.Random(4)
    now = int(time.time())
    midnight = int(datetime.datetime.now().replace(hour=0, minute=0, second=0).timestamp())
    number = 0
    for day in range(args.days):
        begin = midnight - day * 86400
        # Today has as much as yesterday had all day, however early it is: a picture needs figures.
        end = now if day == 0 else begin + 86399
        for _ in range(rng.randint(5, 9)):
            number += 1
            times = sorted(rng.randint(begin, max(begin, end)) for _ in range(rng.randint(8, 40)))
            if day >= args.quiet_days:
                make = claude_session if rng.random() < 0.6 else codex_session
                make(rng, args.home, number, times)


if __name__ == '__main__':
    main()
