#!/usr/bin/env python3
# make_home.py: writes a home folder full of invented Claude Code and Codex logs, and knows their sums.
#
# The sums are kept while writing and never read back from the logs, so that they can judge a
# program that reads them.  The same arguments give the same bytes.  The logs have what makes real
# ones hard to count:
#
#   Claude Code  every response is written two to four times while it grows; helper agents have
#                files of their own; resumed sessions repeat earlier lines; tool output quotes usage
#                objects; errors stand as "<synthetic>" responses; last lines are cut
#   Codex        running totals; totals repeated without a new response; rate limit rows without
#                figures; model changes; forked threads that repeat their parent
#
# Most bytes are tool output, as in life.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import collections
import datetime
import json
import os
import random
import uuid

FIELDS = ('input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output', 'reasoning', 'messages')
CLAUDE_SHARE = 0.7
CLAUDE_MODELS = ('claude-opus-4-6', 'claude-sonnet-4-6', 'claude-haiku-4-5-20251001')
CODEX_MODELS = ('gpt-5.4', 'gpt-5.4-mini')
PROSE = ('reads the file and names the line that fails; the test passes now; größer als erwartet; '
         'see src/main.c:214; {"usage":{"input_tokens":12,"output_tokens":34}}; \t\t-> done\n')


class Truth:
    """Sums of what was written, by (client, day, model)."""

    def __init__(self):
        self.sums = collections.defaultdict(lambda: dict.fromkeys(FIELDS, 0))

    def add(self, client, when, model, **tokens):
        row = self.sums[client, when.strftime('%Y-%m-%d'), model]
        row['messages'] += 1
        for field, count in tokens.items():
            row[field] += count

    def by(self, position):
        """Sums by client (0), day (1) or model (2)."""
        result = collections.defaultdict(lambda: dict.fromkeys(FIELDS, 0))
        for key, row in self.sums.items():
            for field in FIELDS:
                result[key[position]][field] += row[field]
        return dict(result)


class Home:
    def __init__(self, path, seed, days, end):
        self.path = path
        self.random = random.Random(seed)
        self.days = days
        self.end = end
        self.truth = Truth()
        self.bytes = 0
        self.files = 0
        self.filler = self.make_filler(1 << 20)

    def make_filler(self, size):
        parts, words, have = [], PROSE.split('; '), 0
        while have < size:
            parts.append(self.random.choice(words) + ' %x' % self.random.getrandbits(64))
            have += len(parts[-1])
        return '\n'.join(parts)

    def text(self, median, top=200_000):
        length = min(int(median * 2.72 ** self.random.gauss(0, 1.2)) + 1, top)
        start = self.random.randrange(len(self.filler) - top)
        return self.filler[start:start + length]

    def identity(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def start(self):
        """A moment of the span, in the working hours of its day; no session runs past midnight."""
        day = self.end - datetime.timedelta(days=self.random.randrange(self.days))
        return day + datetime.timedelta(milliseconds=self.random.randrange(6 * 3_600_000, 18 * 3_600_000))

    def later(self, when):
        return when + datetime.timedelta(milliseconds=self.random.randrange(300, 9_000))

    def write(self, path, lines, when):
        path = os.path.join(self.path, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = b''.join(lines)
        with open(path, 'wb') as file:
            file.write(data)
        os.utime(path, (when.timestamp(), when.timestamp()))
        self.bytes += len(data)
        self.files += 1

    def sizes(self, budget):
        """File sizes like those of a heavy user: half below 100 KB, some of many megabytes."""
        while budget > 0:
            size = min(int(100_000 * 2.72 ** self.random.gauss(0, 1.3)), 40_000_000, budget)
            budget -= max(size, 1_000)
            yield size


def line(record):
    return json.dumps(record, separators=(',', ':'), ensure_ascii=False).encode() + b'\n'


def stamp(when):
    return when.strftime('%Y-%m-%dT%H:%M:%S.') + '%03dZ' % (when.microsecond // 1000)


# Claude Code

def claude_response(home, common, when, model):
    """The lines of one response, and the time after it."""
    chance = home.random
    written = chance.randrange(0, 9_000)
    long_kept = chance.choice((0, 0, written))
    tokens = {
        'input': chance.randrange(1, 400),
        'cache_read': chance.randrange(0, 150_000),
        'cache_write_5m': written - long_kept,
        'cache_write_1h': long_kept,
    }
    final = chance.randrange(20, 3_000)
    snapshots = chance.randrange(2, 5)
    first, message, request = when, 'msg_01' + home.identity()[:18], 'req_01' + home.identity()[:18]
    lines = []
    for number in range(snapshots):
        last = number == snapshots - 1
        usage = {
            'input_tokens': tokens['input'],
            'cache_creation_input_tokens': written,
            'cache_read_input_tokens': tokens['cache_read'],
            'cache_creation': {'ephemeral_5m_input_tokens': tokens['cache_write_5m'],
                               'ephemeral_1h_input_tokens': long_kept},
            'output_tokens': final if last else min(final, 1 + number),
            'service_tier': 'standard',
        }
        block = ({'type': 'text', 'text': home.text(300, 20_000)},
                 {'type': 'tool_use', 'id': 'toolu_' + home.identity(), 'name': 'Bash',
                  'input': {'command': home.text(120, 5_000)}})[number % 2]
        lines.append(line(common | {
            'parentUuid': home.identity(),
            'message': {'id': message, 'type': 'message', 'role': 'assistant', 'model': model,
                        'content': [block], 'stop_reason': 'end_turn' if last else None, 'usage': usage},
            'requestId': request, 'type': 'assistant', 'uuid': home.identity(), 'timestamp': stamp(when)}))
        when = home.later(when)
    home.truth.add('claude', first, model, output=final, **tokens)
    return lines, when


def claude_lines(home, session, project, size, when, helper=None):
    chance = home.random
    model = chance.choices(CLAUDE_MODELS, (5, 4, 1))[0]
    common = {'isSidechain': bool(helper), 'userType': 'external', 'cwd': project, 'sessionId': session,
              'version': '2.1.40', 'gitBranch': chance.choice(('main', 'feature/meter'))}
    if helper:
        common['agentId'] = helper
    lines, written = [], 0
    end = when.replace(hour=23, minute=30)
    lines.append(line({'type': 'user', **common, 'message': {'role': 'user', 'content': home.text(80, 600)},
                       'uuid': home.identity(), 'timestamp': stamp(when)}))
    while written < size and when < end:
        fresh, when = claude_response(home, common, when, model)
        output = home.text(3_500)
        fresh.append(line({'type': 'user', **common, 'uuid': home.identity(), 'timestamp': stamp(when),
                           'message': {'role': 'user', 'content': [
                               {'type': 'tool_result', 'tool_use_id': 'toolu_' + home.identity(), 'content': output}]},
                           'toolUseResult': {'stdout': output, 'stderr': '', 'usage': {'output_tokens': 5}}}))
        if chance.random() < 0.02:
            fresh.append(line({'type': 'assistant', **common, 'uuid': home.identity(), 'timestamp': stamp(when),
                               'isApiErrorMessage': True,
                               'message': {'id': home.identity(), 'role': 'assistant', 'model': '<synthetic>',
                                           'content': [], 'usage': {'input_tokens': 9, 'output_tokens': 9}}}))
        lines += fresh
        written += sum(map(len, fresh))
        when = home.later(when)
    return lines, when


def write_claude(home, budget):
    chance = home.random
    for size in home.sizes(budget):
        session = home.identity()
        project = '/home/alex/src/' + chance.choice(('orchard', 'ferry', 'harbour', 'lighthouse'))
        folder = '.claude/projects/' + project.replace('/', '-') + '/'
        when = home.start()
        if chance.random() < 0.3:
            helper = home.identity()[:8]
            lines, until = claude_lines(home, session, project, size // 2, when, helper)
            home.write(f'{folder}{session}/subagents/agent-{helper}.jsonl', lines, until)
            size -= size // 2
        lines, until = claude_lines(home, session, project, size, when)
        if chance.random() < 0.1:
            # Resumed: a new session that opens with a copy of the old one's beginning.
            again = home.identity()
            copies = [old.replace(session.encode(), again.encode()) for old in lines[:chance.randrange(2, 12)]]
            home.write(f'{folder}{again}.jsonl', copies, until)
        if chance.random() < 0.05:
            lines.append(b'{"type":"assistant","message":{"id":"msg_cut","usage":{"input_tok')
        home.write(f'{folder}{session}.jsonl', lines, until)


# Codex

class Counter:
    """The running totals of a thread."""

    def __init__(self):
        self.total = dict.fromkeys(('input_tokens', 'cached_input_tokens', 'cache_write_input_tokens',
                                    'output_tokens', 'reasoning_output_tokens', 'total_tokens'), 0)

    def add(self, last):
        self.total = {name: self.total[name] + last[name] for name in self.total}


def codex_event(when, **payload):
    return line({'timestamp': stamp(when), 'type': 'event_msg', 'payload': payload})


def codex_response(home, counter, when, model):
    chance = home.random
    prompt, output = chance.randrange(500, 120_000), chance.randrange(20, 3_000)
    last = {'input_tokens': prompt, 'cached_input_tokens': chance.randrange(0, prompt),
            'cache_write_input_tokens': 0, 'output_tokens': output,
            'reasoning_output_tokens': chance.randrange(0, output), 'total_tokens': prompt + output}
    counter.add(last)
    home.truth.add('codex', when, model, input=prompt - last['cached_input_tokens'],
                   cache_read=last['cached_input_tokens'], output=output,
                   reasoning=last['reasoning_output_tokens'])
    info = {'total_token_usage': counter.total, 'last_token_usage': last, 'model_context_window': 272_000}
    lines = [codex_event(when, type='token_count', info=info)]
    if chance.random() < 0.4:
        lines.append(codex_event(home.later(when), type='token_count', info=info))
    if chance.random() < 0.1:
        lines.append(codex_event(home.later(when), type='token_count', info=None, rate_limits={}))
    return lines


def codex_meta(thread, project, when, **more):
    return line({'timestamp': stamp(when), 'type': 'session_meta', 'payload': {
        'id': thread, 'timestamp': stamp(when), 'cwd': project, 'originator': 'codex_cli_rs',
        'cli_version': '0.148.0', 'model_provider': 'openai', 'source': 'cli', **more}})


def codex_lines(home, project, size, when, counter):
    chance = home.random
    lines, written, end = [], 0, when.replace(hour=23, minute=30)
    while written < size and when < end:
        model = chance.choices(CODEX_MODELS, (4, 1))[0]
        fresh = [line({'timestamp': stamp(when), 'type': 'turn_context', 'payload': {
                     'turn_id': home.identity(), 'cwd': project, 'model': model, 'effort': 'medium'}}),
                 codex_event(when, type='user_message', message=home.text(80, 600))]
        for _ in range(chance.randrange(1, 12)):
            fresh.append(line({'timestamp': stamp(when), 'type': 'response_item', 'payload': {
                'type': 'function_call_output', 'call_id': home.identity(), 'output': home.text(6_000)}}))
            fresh.append(line({'timestamp': stamp(when), 'type': 'response_item', 'payload': {
                'type': 'reasoning', 'summary': [], 'encrypted_content': home.identity() * 40}}))
            when = home.later(when)
            fresh += codex_response(home, counter, when, model)
        lines += fresh
        written += sum(map(len, fresh))
        when = home.later(when)
    return lines, when


def write_codex(home, budget):
    chance = home.random
    for size in home.sizes(budget):
        project = '/home/alex/src/' + chance.choice(('ferry', 'harbour'))
        thread, when, counter = home.identity(), home.start(), Counter()
        lines, until = codex_lines(home, project, size, when, counter)
        write_rollout(home, thread, [codex_meta(thread, project, when)] + lines, when, until)
        if chance.random() < 0.1:
            # A helper thread: the parent's lines once more, then its own on top of the same totals.
            child = home.identity()
            own, after = codex_lines(home, project, size // 8, home.later(until), counter)
            source = {'subagent': {'thread_spawn': {'parent_thread_id': thread, 'depth': 1}}}
            meta = codex_meta(child, project, until, source=source)
            write_rollout(home, child, [meta] + lines + own, until, after)


def write_rollout(home, thread, lines, when, until):
    home.write(when.strftime('.codex/sessions/%Y/%m/%d/rollout-%Y-%m-%dT%H-%M-%S-') + thread + '.jsonl', lines, until)


def make_home(path, megabytes, seed=1, days=365, end='2026-11-21'):
    """Writes the home and returns it, with .truth, .bytes and .files."""
    last = datetime.datetime.fromisoformat(end).replace(tzinfo=datetime.timezone.utc)
    home = Home(path, seed, days, last)
    write_claude(home, int(megabytes * 1e6 * CLAUDE_SHARE))
    write_codex(home, int(megabytes * 1e6 * (1 - CLAUDE_SHARE)))
    return home


def append_response(home):
    """Adds one response to the newest Claude Code file, as if the agent went on."""
    root = os.path.join(home.path, '.claude', 'projects')
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(root)
             for name in names if not name.startswith('agent-')]
    path = max(paths, key=lambda name: (os.stat(name).st_mtime, name))
    with open(path, 'rb') as file:
        cut = not file.read().endswith(b'\n')
    session = os.path.splitext(os.path.basename(path))[0]
    common = {'isSidechain': False, 'cwd': '/home/alex/src/ferry', 'sessionId': session, 'version': '2.1.40'}
    lines, _ = claude_response(home, common, home.end + datetime.timedelta(hours=12), CLAUDE_MODELS[0])
    with open(path, 'ab') as file:
        file.write(b'\n' * cut + b''.join(lines))


def main():
    parser = argparse.ArgumentParser(description='Writes invented Claude Code and Codex logs and their sums.')
    parser.add_argument('home', help='folder to write into')
    parser.add_argument('--megabytes', type=float, default=100)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--days', type=int, default=365)
    parser.add_argument('--end', default='2026-11-21', help='last day, YYYY-MM-DD')
    parser.add_argument('--truth', help='file for the sums by client, day and model, JSON')
    options = parser.parse_args()

    home = make_home(options.home, options.megabytes, options.seed, options.days, options.end)
    if options.truth:
        with open(options.truth, 'w', encoding='utf-8') as file:
            json.dump({'clients': home.truth.by(0), 'days': home.truth.by(1), 'models': home.truth.by(2)},
                      file, indent=2, sort_keys=True)
    print(f'{home.files} files, {home.bytes / 1e6:.0f} MB')


if __name__ == '__main__':
    main()
