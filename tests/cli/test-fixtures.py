"""The homes of tests/data come out as their expected.json says, however they are fed.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import collections
import contextlib
import shutil
import sqlite3

from farecli import DATA, Home, case, equal, expected, run_cases

CLIENTS = (
    'amp', 'antigravity', 'claude-code', 'cline', 'codex', 'copilot-cli', 'droid', 'gemini-cli',
    'goose', 'grok-build', 'hermes', 'kimi', 'openclaw', 'opencode', 'pi', 'qwen-code', 'roo-code',
)
# Checked in sessions: expected.json leaves it out of the events.
# Credits are Amp's own unit, which the index does not hold.
LEFT_OUT = ('dedup_key', 'parent_session_id', 'credits')


def comparable(event, names):
    return {name: event[name] for name in names if name not in LEFT_OUT}


def in_order(events):
    return sorted(events, key=lambda event: sorted((name, str(value))
                                                   for name, value in event.items()))


def with_fallbacks(record):
    """What is shown where the log names no project or no title."""
    project = record['project'] or ''
    title = record['title'] or project.rpartition('/')[2] or 'unknown'
    return record | {'project': project, 'title': title}


def check_events(home, client):
    """Returns the events' keys."""
    wanted = [with_fallbacks(event) for event in expected(client)['events']]
    actual = home.events()
    names = wanted[0].keys()

    equal(len(actual), len(wanted), 'number of events')
    pairs = zip(in_order(comparable(event, names) for event in actual),
                in_order(comparable(event, names) for event in wanted))
    for got, want in pairs:
        equal(got, want, 'event')

    keys = {event['dedup_key'] for event in actual}
    equal(len(keys), len(actual), 'number of different keys')
    return keys


def check_sessions(home, client):
    wanted = {session['id']: with_fallbacks(session) for session in expected(client)['sessions']}
    actual = {session['id']: session for session in home.run('sessions', '--json').json()}

    equal(actual.keys(), wanted.keys(), 'sessions')
    for uid, session in wanted.items():
        for name, value in session.items():
            equal(actual[uid][name], value, f'{name} of session {uid}')


def check_totals(home, client):
    wanted = collections.defaultdict(collections.Counter)
    for models in expected(client)['totals'].values():
        for model, sums in models.items():
            wanted[model.removesuffix('-fast')].update(sums)
    every = wanted.pop('*')
    report = home.run('report', 'all', '--by', 'model', '--json').json()

    for name in ('messages', 'input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output',
                 'reasoning', 'total'):
        equal(report['total'][name], every[name], f'total {name}')
        actual = collections.Counter()
        for row in report['rows']:
            actual[row['key']] += row[name]
        equal({model: count for model, count in actual.items() if count},
              {model: sums[name] for model, sums in wanted.items() if sums[name]}, name)


def check_all(home, client):
    check_sessions(home, client)
    check_totals(home, client)
    return check_events(home, client)


def files_of(client):
    home = DATA / client / 'home'
    return sorted(path.relative_to(home) for path in home.rglob('*') if path.is_file())


def pieces_of(path):
    """A log line by line; anything else at once."""
    content = path.read_bytes()
    return content.splitlines(keepends=True) if path.suffix == '.jsonl' else [content]


def feed(home, client, files):
    """Writes the files piece by piece and scans after every piece."""
    for name in files:
        target = home.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        for piece in pieces_of(DATA / client / 'home' / name):
            with open(target, 'ab') as file:
                file.write(piece)
            home.run('db', 'sync')


def statements_of(path):
    text = ''
    for line in path.read_text(encoding='utf-8').splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            yield text
            text = ''


def build_databases(home, client, scripts):
    """Writes the databases anew as their owner would, and scans after every transaction."""
    source = DATA / client / 'home'
    built = [source / script.with_suffix('') for script in scripts]
    for name in files_of(client):
        if any(str(source / name).startswith(str(database)) for database in built):
            continue
        (home.path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / name, home.path / name)
    with contextlib.ExitStack() as owners:
        for script in scripts:
            target = home.path / script.with_suffix('')
            target.parent.mkdir(parents=True, exist_ok=True)
            owner = sqlite3.connect(target, isolation_level=None)
            owners.callback(owner.close)
            owner.execute('PRAGMA journal_mode = WAL')
            for statement in statements_of(source / script):
                owner.execute(statement)
                home.run('db', 'sync')
        return check_all(home, client)


def add_cases(client):
    @case(f'/cli/fixtures/{client}/one-pass')
    def one_pass(home):
        home.fill(client)
        check_all(home, client)

    @case(f'/cli/fixtures/{client}/second-scan')
    def second_scan(home):
        home.fill(client)
        keys = check_all(home, client)
        equal(check_all(home, client), keys, 'keys after a second scan')

    @case(f'/cli/fixtures/{client}/line-by-line')
    def line_by_line(home):
        feed(home, client, files_of(client))
        keys = check_all(home, client)
        shutil.rmtree(home.data)
        equal(check_all(home, client), keys, 'keys in one pass')

    @case(f'/cli/fixtures/{client}/line-by-line-in-reverse-file-order')
    def line_by_line_reversed(home):
        feed(home, client, reversed(files_of(client)))
        check_all(home, client)

    @case(f'/cli/fixtures/{client}/reverse-file-order')
    def reverse_order(home):
        source = DATA / client / 'home'
        for name in reversed(files_of(client)):
            (home.path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, home.path / name)
            home.run('db', 'sync')
        check_all(home, client)

    scripts = [name for name in files_of(client) if name.suffix == '.sql']
    if scripts:
        @case(f'/cli/fixtures/{client}/transaction-by-transaction')
        def transactions(home):
            keys = build_databases(home, client, scripts)
            equal(check_all(home, client), keys, 'keys after the owners have ended')
            shutil.rmtree(home.data)
            equal(check_all(home, client), keys, 'keys in one pass')

    @case(f'/cli/fixtures/{client}/rewritten-files')
    def rewritten(home):
        home.fill(client)
        keys = check_all(home, client)
        for name in files_of(client):
            content = (home.path / name).read_bytes()
            (home.path / name).unlink()
            (home.path / name).write_bytes(content)
        equal(check_all(home, client), keys, 'keys after rewriting')

    @case(f'/cli/fixtures/{client}/deleted-logs-stay-counted')
    def deleted(home):
        home.fill(client)
        keys = check_all(home, client)
        for name in files_of(client):
            (home.path / name).unlink()
        equal(check_all(home, client), keys, 'keys after deleting')


for one in CLIENTS:
    add_cases(one)


COUNTS = ('input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output', 'reasoning', 'total',
          'messages', 'unpriced_tokens')
GROUPS = ('client', 'model', 'project', 'branch', 'session', 'hour', 'day', 'week', 'month')


def sums_of(home, group):
    """What a report says per group, by what names the group."""
    sums = {}
    for row in home.run('report', 'all', '--by', group, '--json').json()['rows']:
        key = (row['key'], row.get('provider'), row.get('project'), row.get('client'))
        sums[key] = [row[name] for name in COUNTS] + [row['cost'] or 0]
    return sums


@case('/cli/fixtures/all-clients-in-one-home')
def all_together(home):
    """One home with every client: every grouping is the sum of what the single homes say."""
    alone = {group: {} for group in GROUPS}
    messages = 0
    for client in CLIENTS:
        single = Home(home.path / 'single' / client)
        single.path.mkdir(parents=True)
        single.fill(client)
        messages += len(expected(client)['events'])
        for group in GROUPS:
            for key, sums in sums_of(single, group).items():
                have = alone[group].setdefault(key, [0] * len(sums))
                alone[group][key] = [a + b for a, b in zip(have, sums)]

    together = Home(home.path / 'together')
    together.path.mkdir()
    for client in CLIENTS:
        together.fill(client)
    equal(len(together.events()), messages, 'number of events')
    for group in GROUPS:
        found = sums_of(together, group)
        equal(set(found), set(alone[group]), f'groups by {group}')
        for key, wanted in alone[group].items():
            equal(found[key][:-1], wanted[:-1], f'{group} {key}')
            assert abs(found[key][-1] - wanted[-1]) < 1e-9, f'cost of {group} {key}'


run_cases()
