# home_reference.py: the home by which the window is judged: many sessions of many responses, with
# little text, and among them one of very many turns.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import collections
import datetime
import os

import home_codex
from home import line, stamp

SESSIONS, RESPONSES, LONG = 10_000, 1_000_000, 5_000
# The long session: so many responses follow its last prompt, so few each of the others.
LAST_PROMPT, EACH_PROMPT = 1_000, 4
PROJECTS = ('ferry', 'harbour', 'lighthouse', 'orchard')
PI_MODELS = ('claude-sonnet-4-6', 'claude-opus-4-6')
PI_SHARE = 0.25
PI_SESSIONS = '.pi/agent/sessions/--home-alex-src--/'

# A million lines would take a minute through the encoder of the others.
CODEX_RESPONSE = (
    '{"timestamp":"%s","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":%d,'
    '"cached_input_tokens":%d,"output_tokens":%d,"reasoning_output_tokens":%d,"total_tokens":%d},"last_token_usage":{'
    '"input_tokens":%d,"cached_input_tokens":%d,"output_tokens":%d,"reasoning_output_tokens":%d,"total_tokens":%d},'
    '"model_context_window":272000}}}\n')
PI_RESPONSE = (
    '{"type":"message","id":"%08x","parentId":"%08x","timestamp":"%s","message":{"role":"assistant","api":"x",'
    '"provider":"anthropic","model":"%s","stopReason":"toolUse","content":[{"type":"toolCall","id":"call_1","name":"bash",'
    '"arguments":{"command":"ls"}}],"usage":{"input":%d,"output":%d,"cacheRead":%d,"cacheWrite":%d,"totalTokens":%d,'
    '"cost":{"input":0.001,"output":0.002,"cacheRead":0.0003,"cacheWrite":0,"total":0.0033}},"timestamp":%d}}\n')


class Clock:
    """The moments of a session, which stays within its day."""

    def __init__(self, home, when):
        self.random, self.day = home.random.random, stamp(when)[:11]
        self.midnight = int(when.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)
        self.passed = int(when.timestamp() * 1000) - self.midnight

    def later(self):
        self.passed += 300 + int(self.random() * 8_700)
        seconds, rest = divmod(self.passed, 1000)
        minutes, seconds = divmod(seconds, 60)
        return '%s%02d:%02d:%02d.%03dZ' % (self.day, minutes // 60, minutes % 60, seconds, rest)

    def now(self):
        return self.midnight + self.passed


class Counts:
    """Sums of one session by model, which come into the truth together."""

    def __init__(self):
        self.by_model = collections.defaultdict(collections.Counter)

    def settle(self, home, client, when):
        for model, counts in self.by_model.items():
            row = home.truth.sums[client, stamp(when)[:10], model]
            for field, count in counts.items():
                row[field] += count


def write_codex(home, prompts, when):
    """A thread with so many responses to each prompt."""
    chance, random = home.random, home.random.random
    thread, clock, counts, text = home.identity(), Clock(home, when), Counts(), stamp(when)
    lines = [line({'timestamp': text, 'type': 'session_meta', 'payload': {
        'id': thread, 'timestamp': text, 'cwd': '/home/alex/src/' + chance.choice(PROJECTS),
        'git': {'branch': chance.choice(('main', 'feature/meter'))}}})]
    total = (0, 0, 0, 0, 0)
    for responses in prompts:
        model = chance.choice(home_codex.MODELS)
        sums = counts.by_model[model]
        text = clock.later()
        lines += [line({'timestamp': text, 'type': 'turn_context', 'payload': {'model': model}}),
                  line({'timestamp': text, 'type': 'event_msg',
                        'payload': {'type': 'user_message', 'message': home.text(60, 300)}})]
        for _ in range(responses):
            prompt, output = 500 + int(random() * 119_500), 20 + int(random() * 2_980)
            last = prompt, int(random() * prompt), output, int(random() * output), prompt + output
            total = tuple(map(sum, zip(total, last)))
            lines.append((CODEX_RESPONSE % (clock.later(), *total, *last)).encode())
            sums['input'] += prompt - last[1]
            sums['cache_read'] += last[1]
            sums['output'] += output
            sums['reasoning'] += last[3]
        sums['messages'] += responses
    counts.settle(home, 'codex', when)
    home_codex.write_rollout(home, thread, lines, when, when)


def write_pi(home, prompts, when):
    chance, random = home.random, home.random.random
    session, clock, counts = home.identity(), Clock(home, when), Counts()
    model, number = chance.choice(PI_MODELS), 0
    sums = counts.by_model[model]
    lines = [line({'type': 'session', 'version': 3, 'id': session, 'timestamp': stamp(when),
                   'cwd': '/home/alex/src/' + chance.choice(PROJECTS)})]
    for responses in prompts:
        number += 1
        lines.append(line({'type': 'message', 'id': f'{number:08x}', 'parentId': f'{number - 1:08x}' if number > 1 else None,
                           'timestamp': clock.later(), 'message': {
                               'role': 'user', 'content': [{'type': 'text', 'text': home.text(60, 300)}]}}))
        for _ in range(responses):
            tokens = (2 + int(random() * 2_998), 20 + int(random() * 2_980), int(random() * 150_000), int(random() * 9_000))
            number += 1
            lines.append((PI_RESPONSE % (number, number - 1, clock.later(), model, *tokens, sum(tokens),
                                         clock.now())).encode())
            for field, count in zip(('input', 'output', 'cache_read', 'cache_write_5m'), tokens):
                sums[field] += count
        sums['messages'] += responses
    counts.settle(home, 'pi_agent', when)
    name = when.strftime('%Y-%m-%dT%H-%M-%S-') + f'{when.microsecond // 1000:03d}Z_{session}.jsonl'
    home.write(PI_SESSIONS + name, lines, when)


def write_news(home, path, count):
    """A file with the name of a log and with lines for window-bench to append to it."""
    folder = os.path.join(home.path, PI_SESSIONS)
    log, now = os.path.join(folder, max(os.listdir(folder))), datetime.datetime.now(datetime.timezone.utc)
    lines = [PI_RESPONSE % (0xf0000000 + number, 0xf0000000 + number - 1, stamp(now + datetime.timedelta(milliseconds=number)),
                            PI_MODELS[0], 900, 1_000, 50_000, 4_000, 55_900, int(now.timestamp() * 1000) + number)
             for number in range(count)]
    with open(path, 'w', encoding='ascii') as file:
        file.write(log + '\n' + ''.join(lines))


def split(home, responses):
    """How many of the responses follow each prompt."""
    while responses > 0:
        part = min(home.random.randrange(1, 12), responses)
        yield part
        responses -= part


def write_all(home, sessions=SESSIONS, responses=RESPONSES, long=LONG):
    """So many sessions, which have so many responses together; the long one as many as asked."""
    last = min(LAST_PROMPT, long // 2)
    write_codex(home, [EACH_PROMPT] * ((long - last) // EACH_PROMPT) + [last], home.end.replace(hour=6))
    left, responses = sessions - 1, responses - long
    while left > 0:
        # From a few to some hundred, so that in the end the sums are those that were asked for.
        size = responses if left == 1 else max(min(home.length(responses / left / 2, 1.2, 2_000), responses - left), 1)
        when = home.start()
        if left == 1:
            when -= datetime.timedelta(hours=when.hour - 6)
        (write_pi if home.random.random() < PI_SHARE else write_codex)(home, split(home, size), when)
        left, responses = left - 1, responses - size
