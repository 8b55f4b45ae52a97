# home_claude.py: invented Claude Code logs.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import datetime

from home import line, stamp

MODELS = ('claude-opus-4-6', 'claude-sonnet-4-6', 'claude-haiku-4-5-20251001')
PROJECTS = ('orchard', 'ferry', 'harbour', 'lighthouse')


def usage(tokens, output):
    return {
        'input_tokens': tokens['input'],
        'cache_creation_input_tokens': tokens['cache_write_5m'] + tokens['cache_write_1h'],
        'cache_read_input_tokens': tokens['cache_read'],
        'cache_creation': {'ephemeral_5m_input_tokens': tokens['cache_write_5m'],
                           'ephemeral_1h_input_tokens': tokens['cache_write_1h']},
        'output_tokens': output,
        'service_tier': 'standard',
    }


def block(home, number, last):
    """What one line of a response says: thoughts first, then words and tool calls."""
    if number == 0 and home.random.random() < 0.5:
        return {'type': 'thinking', 'thinking': home.text(400, 40_000), 'signature': home.base64(800)}
    if last or number % 2 == 1:
        return {'type': 'tool_use', 'id': 'toolu_' + home.identity(), 'name': 'Edit', 'input': {
            'file_path': '/home/alex/src/ferry/main.c', 'old_string': home.text(150, 60_000),
            'new_string': home.text(250, 90_000)}}
    return {'type': 'text', 'text': home.text(300, 20_000)}


def tool_result(home, common, when):
    """What a tool gave back, which is written twice: for the model and for the screen."""
    kind, output = home.random.random(), home.text(2_500)
    content, shown = output, {'stdout': output, 'stderr': '', 'interrupted': False}
    if kind < 0.01:
        image = home.base64(90_000)
        content = [{'type': 'image', 'source': {'type': 'base64', 'media_type': 'image/png', 'data': image}}]
        shown = {'type': 'image', 'file': {'originalSize': len(image)}}
    elif kind < 0.03:
        # A helper agent's answer comes with sums of its own, which its own file has too.
        content = [{'type': 'text', 'text': output}]
        shown = {'status': 'completed', 'content': content, 'totalTokens': 5_000,
                 'usage': {'input_tokens': 9, 'output_tokens': 900, 'cache_read_input_tokens': 4_091}}
    return line({'type': 'user', **common, 'uuid': home.identity(), 'timestamp': stamp(when),
                 'message': {'role': 'user', 'content': [
                     {'type': 'tool_result', 'tool_use_id': 'toolu_' + home.identity(), 'content': content}]},
                 'toolUseResult': shown})


def response(home, common, when, model):
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
    final, snapshots = chance.randrange(20, 3_000), chance.randrange(2, 6)
    first, message, request = when, 'msg_01' + home.identity()[:18], 'req_01' + home.identity()[:18]
    lines = []
    for number in range(snapshots):
        last = number == snapshots - 1
        lines.append(line(common | {
            'parentUuid': home.identity(),
            'message': {'id': message, 'type': 'message', 'role': 'assistant', 'model': model,
                        'content': [block(home, number, last)], 'stop_reason': 'end_turn' if last else None,
                        'usage': usage(tokens, final if last else min(final, 1 + number))},
            'requestId': request, 'type': 'assistant', 'uuid': home.identity(), 'timestamp': stamp(when)}))
        if not last and chance.random() < 0.1:
            lines.append(tool_result(home, common, when))
        when = home.later(when)
    home.truth.add('claude', first, model, output=final, **tokens)
    return lines, when


def oddities(home, common, when):
    """Lines of which none is a response that counts."""
    chance, lines = home.random, []
    if chance.random() < 0.02:
        lines.append(line({'type': 'assistant', **common, 'uuid': home.identity(), 'timestamp': stamp(when),
                           'isApiErrorMessage': True,
                           'message': {'id': home.identity(), 'role': 'assistant', 'model': '<synthetic>',
                                       'content': [], 'usage': {'input_tokens': 0, 'output_tokens': 0}}}))
    if chance.random() < 0.02:
        lines.append(line({'type': 'file-history-snapshot', 'messageId': home.identity(), 'isSnapshotUpdate': False,
                           'snapshot': {'trackedFileBackups': {}, 'timestamp': stamp(when)}}))
    if chance.random() < 0.01:
        lines.append(line({'type': 'system', **common, 'subtype': 'compact_boundary', 'content': home.text(300, 5_000),
                           'uuid': home.identity(), 'timestamp': stamp(when)}))
    return lines


def conversation(home, session, project, size, when, helper=None):
    """Lines of about size bytes, ending before midnight, and the time after them."""
    chance = home.random
    model = chance.choices(MODELS, (5, 4, 1))[0]
    common = {'isSidechain': bool(helper), 'userType': 'external', 'cwd': project, 'sessionId': session,
              'version': '2.1.40', 'gitBranch': chance.choice(('main', 'feature/meter'))}
    if helper:
        common['agentId'] = helper
    lines, written = [], 0
    end = when.replace(hour=23, minute=30)
    lines.append(line({'type': 'user', **common, 'message': {'role': 'user', 'content': home.text(80, 600)},
                       'uuid': home.identity(), 'timestamp': stamp(when)}))
    while written < size and when < end:
        fresh, when = response(home, common, when, model)
        fresh.append(tool_result(home, common, when))
        fresh += oddities(home, common, when)
        lines += fresh
        written += sum(map(len, fresh))
        when = home.later(when)
    return lines, when


def write_helper(home, folder, session, project, size, when):
    """A helper agent's file.  Returns the line in which the session repeats one of its responses."""
    helper = home.identity()[:8]
    lines, until = conversation(home, session, project, size, when, helper)
    name = f'agent-{helper}.jsonl'
    home.write(folder + (f'{session}/subagents/{name}' if home.random.random() < 0.8 else name), lines, until)
    answer = next(text for text in lines if b'"type":"assistant"' in text).rstrip(b'\n')
    head = line({'type': 'progress', 'sessionId': session, 'cwd': project, 'uuid': home.identity(),
                 'timestamp': stamp(when), 'data': {'type': 'agent_progress', 'message': 0}})
    return head.replace(b'"message":0', b'"message":' + answer)


def write_session(home, size):
    chance = home.random
    session = home.identity()
    project = '/home/alex/src/' + chance.choice(PROJECTS)
    folder = '.claude/projects/' + project.replace('/', '-') + '/'
    when, progress = home.start(), []
    if chance.random() < 0.3:
        progress.append(write_helper(home, folder, session, project, size // 2, when))
        size -= size // 2
    lines, until = conversation(home, session, project, size, when)
    lines[1:1] = progress
    if chance.random() < 0.1:
        # Resumed: a new session that opens with a copy of the old one's beginning.
        again = home.identity()
        copies = [old.replace(session.encode(), again.encode()) for old in lines[:chance.randrange(2, 400)]]
        home.write(f'{folder}{again}.jsonl', copies, until)
    if chance.random() < 0.05:
        lines.append(b'{"type":"assistant","message":{"id":"msg_cut","usage":{"input_tok')
    home.write(f'{folder}{session}.jsonl', lines, until)


def write_all(home, budget):
    for size in home.sizes(budget):
        write_session(home, size)


def write_many(home, count):
    """As many files as asked, each with one response."""
    for number in range(count):
        session, when = home.identity(), home.start()
        lines, until = conversation(home, session, '/home/alex/src/ferry', 1, when)
        home.write(f'.claude/projects/-home-alex-src-ferry-{number // 1000}/{session}.jsonl', lines, until)


def write_long(home, size):
    """One file of size bytes: a session that goes on day after day."""
    session, when = home.identity(), home.end - datetime.timedelta(days=home.days)
    path, mode = f'.claude/projects/-home-alex-src-ferry/{session}.jsonl', 'wb'
    limit = home.bytes + size
    while home.bytes < limit:
        lines, until = conversation(home, session, '/home/alex/src/ferry', min(limit - home.bytes, 20_000_000), when)
        home.write(path, lines, until, mode)
        mode, when = 'ab', min(when + datetime.timedelta(days=1), home.end)
