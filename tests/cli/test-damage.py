"""Bad logs: nothing crashes, nothing is counted twice, lost or invented.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import threading

from farecli import PROGRAM, Skip, case, claude_line, equal, one_sentence, run_cases, total

NOBODY = 65534
LIMIT = 1 << 40  # the largest count that one response may claim, in tokens


def codex_lines(*counts, session='019d0000-aaaa-7000-8000-000000000001'):
    """A rollout whose running totals grow by COUNTS of input tokens, and 5 output tokens each."""
    lines = [{'type': 'session_meta', 'payload': {'id': session, 'cwd': '/tmp/p'}},
             {'type': 'turn_context', 'payload': {'model': 'gpt-5.4', 'turn_id': 't1'}}]
    running = [0, 0]
    for count in counts:
        running = [running[0] + count, running[1] + 5]
        usage = {'input_tokens': count, 'cached_input_tokens': 0, 'output_tokens': 5,
                 'reasoning_output_tokens': 0, 'total_tokens': count + 5}
        summed = usage | {'input_tokens': running[0], 'output_tokens': running[1],
                          'total_tokens': sum(running)}
        lines.append({'type': 'event_msg', 'payload': {
            'type': 'token_count', 'info': {'total_token_usage': summed, 'last_token_usage': usage}}})
    return b''.join(json.dumps({'timestamp': f'2026-04-01T09:00:{i:02}.000Z'} | line).encode() + b'\n'
                    for i, line in enumerate(lines))


def codex_log(home):
    folder = home.path / '.codex' / 'sessions' / '2026' / '04' / '01'
    folder.mkdir(parents=True, exist_ok=True)
    return folder / 'rollout-2026-04-01T09-00-00-019d0000-aaaa-7000-8000-000000000001.jsonl'


def check_messages(home, wanted):
    """The same number of events before and after a second scan and in a new index."""
    for _ in range(2):
        equal(len(home.events()), wanted, 'events')
    home.run('db', 'verify')


def as_nobody(home):
    if os.geteuid() != 0:
        raise Skip('only root can become somebody else')
    for folder, _, files in os.walk(home.path):
        os.chown(folder, NOBODY, NOBODY)
        for name in files:
            os.chown(os.path.join(folder, name), NOBODY, NOBODY, follow_symlinks=False)
    options = {'user': NOBODY, 'group': NOBODY, 'extra_groups': []}
    try:
        home.run('--version', **options)
    except PermissionError as error:
        raise Skip(f'{PROGRAM} is not for everybody') from error
    return options


@case('/cli/damage/cut-last-line-waits-for-its-end')
def cut_line(home):
    log, line = home.claude_log(), claude_line(2)
    for cut in range(1, len(line), 37):
        log.write_bytes(claude_line(1) + line[:cut])
        equal(len(home.events()), 1, f'events with {cut} bytes of the second line')
    log.write_bytes(claude_line(1) + line)
    check_messages(home, 2)


@case('/cli/damage/cut-last-line-of-a-rollout')
def cut_rollout(home):
    content = codex_lines(100, 200, 300)
    codex_log(home).write_bytes(content[:-30])
    equal([event['input'] for event in home.events()], [100, 200], 'input')
    codex_log(home).write_bytes(content)
    equal([event['input'] for event in home.events()], [100, 200, 300], 'input')
    home.run('db', 'verify')


@case('/cli/damage/line-of-50-megabytes')
def long_line(home):
    filler = json.dumps({'type': 'user', 'sessionId': 's1', 'message': {
        'role': 'user', 'content': 'x' * 50_000_000}}).encode() + b'\n'
    counted = claude_line(2).replace(b'"content":[]', b'"content":[{"type":"text","text":"' +
                                     b'y' * 50_000_000 + b'"}]')
    home.claude_log().write_bytes(claude_line(1) + filler + counted + claude_line(3))
    check_messages(home, 3)


@case('/cli/damage/endless-line-without-end')
def endless_line(home):
    home.claude_log().write_bytes(claude_line(1) + b'{"type":"user","x":"' + b'z' * 5_000_000)
    check_messages(home, 1)


@case('/cli/damage/zero-bytes-at-the-end')
def zero_tail(home):
    log = home.claude_log()
    log.write_bytes(claude_line(1) + b'\0' * 4096)
    check_messages(home, 1)
    with open(log, 'ab') as file:
        file.write(b'\n' + claude_line(2))
    check_messages(home, 2)


@case('/cli/damage/zero-bytes-before-a-line')
def zero_hole(home):
    home.claude_log().write_bytes(claude_line(1) + b'\0' * 5000 + claude_line(2) + claude_line(3))
    events = len(home.events())
    assert events in (2, 3), events
    check_messages(home, events)


@case('/cli/damage/invalid-utf-8')
def invalid_text(home):
    line = claude_line(1, cwd='/tmp/XX').replace(b'XX', b'\xff\xfe\xc0\x80')
    home.claude_log().write_bytes(b'\xff\xfe\xfd\n' + line + claude_line(2))
    events = home.events()
    equal(len(events), 2, 'events')
    assert '\ufffd' in events[0]['project'], events[0]['project']
    for args in ((), ('report', 'all', '--by', 'project'), ('sessions',), ('session', 's1'),
                 ('why', 'all', '--json'), ('report', 'all', '--by', 'project', '--csv')):
        home.run(*args)


@case('/cli/damage/odd-names-of-files')
def odd_names(home):
    folder = home.claude_log().parent
    for i, name in enumerate((b'\xff\xfe.jsonl', b'a\nb.jsonl', b'quote"\'.jsonl', b'%s%n.jsonl')):
        with open(os.fsencode(folder) + b'/' + name, 'wb') as log:
            log.write(claude_line(i, session=f's{i}') + b'no json\n')
    check_messages(home, 4)
    equal(len(home.run('why', 'all', '--json').json()['malformed']), 4, 'damaged files')
    home.run('why', 'all')


@case('/cli/damage/arrays-where-objects-belong')
def arrays(home):
    good = json.loads(claude_line(9))
    lines = [b'[]', b'[[]]', b'{}', b'null', b'1', b'"x"', b'true', b'{"type":[]}', b'[' * 10000,
             b'{"a":' * 10000, b'{"type":"assistant"}', b'{"type":"assistant","message":[]}']
    for path in (('message',), ('message', 'usage'), ('message', 'id'), ('message', 'model'),
                 ('timestamp',), ('requestId',), ('sessionId',), ('cwd',), ('uuid',)):
        for value in ([], {}, [1], None, True, 7):
            row = json.loads(json.dumps(good))
            target = row
            for name in path[:-1]:
                target = target[name]
            target[path[-1]] = value
            lines.append(json.dumps(row).encode())
    home.claude_log().write_bytes(claude_line(1, input_tokens=100) + b'\n'.join(lines) + b'\n' +
                                  claude_line(2, input_tokens=200))
    events = home.events()
    equal([event['input'] for event in events if event['input'] != 10], [100, 200], 'whole events')
    assert all(event['output'] == 5 and total(event) == event['input'] + 5 for event in events)
    check_messages(home, len(events))


@case('/cli/damage/arrays-in-a-rollout')
def arrays_in_rollout(home):
    bad = b''.join(json.dumps(line).encode() + b'\n' for line in (
        [], {'type': 'event_msg', 'payload': []},
        {'type': 'event_msg', 'payload': {'type': 'token_count', 'info': []}},
        {'type': 'event_msg', 'payload': {'type': 'token_count', 'info': {
            'last_token_usage': [], 'total_token_usage': 3}}},
        {'type': 'session_meta', 'payload': 'x'}, {'type': 'turn_context', 'payload': [1]}))
    first, *others = codex_lines(100, 200).splitlines(keepends=True)
    codex_log(home).write_bytes(first + bad + b''.join(others) + bad)
    equal([event['input'] for event in home.events()], [100, 200], 'input')
    home.run('db', 'verify')


@case('/cli/damage/numbers-as-strings-negatives-and-giants')
def numbers(home):
    values = ('12', '12.9', 12.9, '1e3', -5, '-5', 2 ** 63, 2 ** 64, -2 ** 63, 1e300, '9' * 400,
              float('inf'), float('nan'), True, None, '', 'many', [7], {'a': 7}, LIMIT, LIMIT + 1)
    wanted = {0: 12, 1: 12, 2: 12, 4: 0, 5: 0, 8: 0, 13: 0, 14: 0, 15: 0, 16: 0, 17: 0, 18: 0}
    home.claude_log().write_bytes(b''.join(
        claude_line(i, input_tokens=value, output_tokens=i + 1) for i, value in enumerate(values)))
    events = {event['output'] - 1: event for event in home.events()}
    too_much = {6, 7, 9, 10, 20}  # damage, not use: told as such
    equal(events.keys(), set(range(len(values))) - too_much, 'rows')
    equal(home.run('why', 'all', '--json').json()['lines']['malformed'], len(too_much), 'damaged')
    for number, event in events.items():
        assert 0 <= event['input'] <= LIMIT, (values[number], event['input'])
    for number, count in wanted.items():
        equal(events[number]['input'], count, f'{values[number]!r}')
    report = home.run('report', 'all', '--json').json()
    equal(report['total']['total'], sum(total(event) for event in events.values()), 'sum')
    assert report['total']['total'] >= 0
    home.run('report', 'all', '--by', 'model')
    home.run('db', 'verify')


@case('/cli/damage/many-giants-still-add-up')
def giants(home):
    home.claude_log().write_bytes(b''.join(claude_line(i, input_tokens=2 ** 40, output_tokens=2 ** 40)
                                           for i in range(2000)))
    report = home.run('report', 'all', '--json').json()
    equal(report['total']['total'], sum(total(event) for event in home.events()), 'sum')
    assert report['total']['total'] >= 0 and report['total']['cost'] >= 0, report['total']
    home.run()


@case('/cli/damage/impossible-times-are-left-out')
def times(home):
    odd = ('', 'yesterday', '2026-02-30T10:00:00Z', '0000-00-00T00:00:00Z', '99999-01-01T00:00:00Z',
           '2026-03-02T25:00:00Z', '1969-12-31T23:59:59Z')
    edges = ('9999-12-31T23:59:59.999Z', '1970-01-01T00:00:00.000Z')
    home.claude_log().write_bytes(claude_line(0) + b''.join(
        claude_line(i, time=time) for i, time in enumerate((*odd, *edges), 1)))
    times = {event['timestamp'] for event in home.events()}
    assert {'2026-03-02T10:00:00.000Z', *edges} >= times >= {'2026-03-02T10:00:00.000Z'}, times
    for zone in ('UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'):
        report = home.run('report', 'all', '--json', env={'TZ': zone}).json()
        equal(report['total']['messages'], len(times), f'messages in {zone}')
        home.run('report', 'all', '--by', 'month', env={'TZ': zone})


@case('/cli/damage/what-is-no-file-is-passed-over')
def no_files(home):
    log = home.claude_log()
    log.write_bytes(claude_line(1))
    folder = log.parent
    (folder / 'folder.jsonl').mkdir()
    os.mkfifo(folder / 'pipe.jsonl')
    (folder / 'self.jsonl').symlink_to('self.jsonl')
    (folder / 'nowhere.jsonl').symlink_to('/nonexistent/log.jsonl')
    (folder / 'zero.jsonl').symlink_to('/dev/zero')
    (folder / 'empty.jsonl').touch()
    check_messages(home, 1)


@case('/cli/damage/loop-of-folders')
def loop(home):
    log = home.claude_log()
    log.write_bytes(claude_line(1))
    (log.parent / 'loop').symlink_to('.')
    (log.parent / 'up').symlink_to('..')
    (home.path / '.claude' / 'projects' / 'again').symlink_to(home.path / '.claude' / 'projects')
    check_messages(home, 1)


@case('/cli/damage/file-that-may-not-be-read')
def forbidden(home):
    home.claude_log().write_bytes(claude_line(1))
    secret = home.claude_log('secret')
    secret.write_bytes(claude_line(2, session='secret'))
    options = as_nobody(home)
    os.chmod(secret, 0)
    equal(len(home.events(**options)), 1, 'events')
    account = home.run('why', 'all', '--json', **options).json()
    equal([note['path'] for note in account['unreadable']], [str(secret)], 'unreadable files')
    assert account['unreadable'][0]['reason'], account
    assert 'secret.jsonl' in home.run('why', 'all', **options).out
    os.chmod(secret, 0o600)
    equal(len(home.events(**options)), 2, 'events once it may be read')


@case('/cli/damage/file-that-may-no-longer-be-read-stays-counted')
def forbidden_later(home):
    log = home.claude_log()
    log.write_bytes(claude_line(1))
    options = as_nobody(home)
    equal(len(home.events(**options)), 1, 'events')
    with open(log, 'ab') as file:
        file.write(claude_line(2))
    os.chmod(log, 0)
    equal(len(home.events(**options)), 1, 'events of a locked file')
    os.chmod(log, 0o600)
    equal(len(home.events(**options)), 2, 'events of an unlocked file')


@case('/cli/damage/files-that-come-and-go')
def vanishing(home):
    home.claude_log().write_bytes(claude_line(1))
    stop = threading.Event()

    def churn():
        number = 0
        while not stop.is_set():
            number += 1
            for i in range(20):
                log = home.claude_log(f'v{i}', slug=f'-tmp-{number % 3}')
                log.write_bytes(claude_line(0, session=f'v{i}'))
            for i in range(20):
                home.claude_log(f'v{i}', slug=f'-tmp-{number % 3}').unlink()

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(15):
            events = home.events()
            keys = [event['dedup_key'] for event in events]
            equal(len(keys), len(set(keys)), 'keys')
            assert 1 <= len(events) <= 21, len(events)
    finally:
        stop.set()
        thread.join()
    home.run('db', 'verify')


@case('/cli/damage/shortened-and-replaced-files')
def shortened(home):
    log = home.claude_log()

    def write(numbers):
        log.write_bytes(b''.join(claude_line(i, input_tokens=100 + i) for i in numbers))
        return {100 + i for i in numbers}

    write(range(10))
    equal(len(home.events()), 10, 'events')
    for numbers in (range(4), range(20, 25)):
        log.unlink()
        wanted = write(numbers)
        inputs = [event['input'] for event in home.events()]
        assert wanted <= set(inputs), inputs
        equal(len(inputs), len(set(inputs)), 'counted once')
        equal([event['input'] for event in home.events()], inputs, 'a second scan')


@case('/cli/damage/damaged-lines-are-told')
def told(home):
    log = home.claude_log()
    log.write_bytes(claude_line(1) + b'{"broken":\n' + claude_line(2) + b'}{\n')
    account = home.run('why', 'all', '--json').json()
    equal(account['malformed'], [{'path': str(log), 'lines': 2, 'offset': len(claude_line(1))}],
          'damaged lines')
    assert f's1.jsonl:{len(claude_line(1))}' in home.run('why', 'all').out


@case('/cli/damage/broken-price-file-is-told-and-ignored')
def prices(home):
    home.claude_log().write_bytes(claude_line(1))
    wanted = home.events()
    (home.data / 'prices.json').write_bytes(b'{"broken"')
    result = home.run('events', '--json')
    equal(result.lines(), wanted, 'events')
    one_sentence(result.err, 'prices.json')
    equal((home.data / 'prices.json').read_bytes(), b'{"broken"', 'the file')


run_cases()
