# home_codex.py: invented Codex logs.
#
# SPDX-License-Identifier: GPL-3.0-or-later

from home import line, stamp

MODELS = ('gpt-5.4', 'gpt-5.4-mini')
COUNTERS = ('input_tokens', 'cached_input_tokens', 'cache_write_input_tokens',
            'output_tokens', 'reasoning_output_tokens', 'total_tokens')


class Counter:
    """The running totals of a thread."""

    def __init__(self):
        self.total = dict.fromkeys(COUNTERS, 0)

    def add(self, last):
        self.total = {name: self.total[name] + last[name] for name in self.total}


def event(when, **payload):
    return line({'timestamp': stamp(when), 'type': 'event_msg', 'payload': payload})


def item(when, **payload):
    return line({'timestamp': stamp(when), 'type': 'response_item', 'payload': payload})


def response(home, counter, when, model):
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
    lines = [event(when, type='token_count', info=info)]
    if chance.random() < 0.3:
        lines.append(event(home.later(when), type='token_count', info=info))
    if chance.random() < 0.1:
        lines.append(event(home.later(when), type='token_count', info=None, rate_limits={}))
    return lines


def meta(home, thread, project, when, **more):
    return line({'timestamp': stamp(when), 'type': 'session_meta', 'payload': {
        'id': thread, 'timestamp': stamp(when), 'cwd': project, 'originator': 'codex_cli_rs',
        'cli_version': '0.148.0', 'model_provider': 'openai', 'source': 'cli', **more,
        'base_instructions': {'text': home.text(9_000, 20_000)}}})


def turn(home, counter, project, when):
    chance = home.random
    model = chance.choices(MODELS, (4, 1))[0]
    lines = [line({'timestamp': stamp(when), 'type': 'turn_context', 'payload': {
                 'turn_id': home.identity(), 'cwd': project, 'model': model, 'effort': 'medium',
                 'user_instructions': home.text(1_000, 5_000)}}),
             event(when, type='user_message', message=home.text(80, 600))]
    for _ in range(chance.randrange(1, 12)):
        call = 'call_' + home.identity()
        lines += [item(when, type='reasoning', summary=[], encrypted_content=home.base64(1_600)),
                  item(when, type='function_call', name='shell', arguments='{"command":["ls"]}', call_id=call),
                  item(when, type='function_call_output', call_id=call, output=home.text(2_500))]
        when = home.later(when)
        lines += response(home, counter, when, model)
    return lines, home.later(when)


def conversation(home, project, size, when, counter):
    lines, written, end = [], 0, when.replace(hour=23, minute=30)
    while written < size and when < end:
        fresh, when = turn(home, counter, project, when)
        lines += fresh
        written += sum(map(len, fresh))
    return lines, when


def replayed(lines, when):
    """A parent's lines as a fork repeats them, all stamped with the second of the fork."""
    start, end = len(b'{"timestamp":"'), len(b'{"timestamp":"2026-01-01T00:00:00.000Z')
    now = stamp(when.replace(microsecond=0)).encode()
    return [text[:start] + now + text[end:] for text in lines]


def write_rollout(home, thread, lines, when, until):
    home.write(when.strftime('.codex/sessions/%Y/%m/%d/rollout-%Y-%m-%dT%H-%M-%S-') + thread + '.jsonl', lines, until)


def write_thread(home, size):
    chance = home.random
    project = '/home/alex/src/' + chance.choice(('ferry', 'harbour'))
    thread, when, counter = home.identity(), home.start(), Counter()
    own_meta = meta(home, thread, project, when)
    lines, until = conversation(home, project, size, when, counter)
    write_rollout(home, thread, [own_meta] + lines, when, until)
    if chance.random() < 0.1:
        # A helper thread: the parent's lines once more, then its own on top of the same totals.
        child, forked = home.identity(), home.later(until)
        source = {'subagent': {'thread_spawn': {'parent_thread_id': thread, 'depth': 1}}}
        head = meta(home, child, project, until, forked_from_id=thread, source=source)
        own, after = conversation(home, project, size // 8, home.later(forked), counter)
        write_rollout(home, child, [head, own_meta] + replayed(lines, forked) + own, until, after)


def write_all(home, budget):
    for size in home.sizes(budget):
        write_thread(home, size)


def write_dense(home, count):
    """So many responses and little else, two hundred to a thread."""
    while count > 0:
        thread, when, counter = home.identity(), home.start(), Counter()
        project = '/home/alex/src/' + home.random.choice(('ferry', 'harbour'))
        model, first = home.random.choice(MODELS), when
        lines = [line({'timestamp': stamp(when), 'type': 'session_meta',
                       'payload': {'id': thread, 'timestamp': stamp(when), 'cwd': project}}),
                 line({'timestamp': stamp(when), 'type': 'turn_context',
                       'payload': {'cwd': project, 'model': model}})]
        for _ in range(min(count, 200)):
            when = home.later(when)
            lines += response(home, counter, when, model)
        count -= 200
        write_rollout(home, thread, lines, first, when)
