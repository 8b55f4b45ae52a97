"""Reports agree with the events they are made of, in every grouping, filter and time zone.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import collections
import csv
import datetime
import io
import re
import zoneinfo

from farecli import Skip, case, claude_line, equal, run_cases, same_money, total

GROUPS = ('day', 'week', 'month', 'hour', 'client', 'model', 'project', 'branch', 'session')
COUNTS = ('input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output', 'reasoning', 'total',
          'messages', 'sessions')
ZONES = ('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe',
         'Pacific/Apia', 'America/Sao_Paulo')


def fill(home):
    home.fill('claude-code')
    home.fill('codex')


def sums_of(events):
    sums = collections.Counter({name: 0 for name in COUNTS})
    cost, has_price, unpriced = 0.0, False, 0
    for event in events:
        for name in COUNTS[:6]:
            sums[name] += event[name]
        sums['total'] += total(event)
        sums['messages'] += event['messages']
        if event['cost'] is None:
            unpriced += total(event)
        else:
            cost, has_price = cost + event['cost'], True
    sums['sessions'] = len({(event['client'], event['session_id']) for event in events})
    return dict(sums), (cost if has_price or not unpriced else None), unpriced


def check_sums(row, events, what):
    sums, cost, unpriced = sums_of(events)
    for name in COUNTS:
        equal(row[name], sums[name], f'{name} of {what}')
    equal(row['unpriced_tokens'], unpriced, f'unpriced tokens of {what}')
    if cost is None:
        equal(row['cost'], None, f'cost of {what}')
    else:
        same_money(row['cost'], cost, f'cost of {what}')


def local(event, zone):
    time = datetime.datetime.fromisoformat(event['timestamp'].replace('Z', '+00:00'))
    return time.astimezone(zoneinfo.ZoneInfo(zone))


def key_of(event, group, zone='UTC'):
    day = local(event, zone).date()
    return {
        'day': lambda: day.isoformat(),
        'month': lambda: f'{day:%Y-%m}',
        'client': lambda: event['client'],
        'model': lambda: (event['provider'], event['model']),
        'project': lambda: event['project'],
        'branch': lambda: (event['project'], event['branch']),
        'session': lambda: (event['client'], event['session_id']),
    }[group]()


def row_key(row, group):
    return {
        'model': lambda: (row['provider'], row['key']),
        'branch': lambda: (row['project'], row['key']),
        'session': lambda: (row['client'], row['key']),
        'month': lambda: row['key'][:7],
    }.get(group, lambda: row['key'])()


def by_key(events, group, zone='UTC'):
    groups = collections.defaultdict(list)
    for event in events:
        groups[key_of(event, group, zone)].append(event)
    return groups


@case('/cli/report/every-grouping-adds-up-to-the-events')
def groupings(home):
    fill(home)
    events = home.events()
    for group in GROUPS:
        report = home.run('report', 'all', '--by', group, '--json').json()
        check_sums(report['total'], events, f'total by {group}')
        for name in (*COUNTS[:8], 'unpriced_tokens'):
            equal(sum(row[name] for row in report['rows']), report['total'][name],
                  f'{name} over rows by {group}')
        same_money(sum(row['cost'] or 0 for row in report['rows']), report['total']['cost'],
                   f'cost over rows by {group}')


@case('/cli/report/every-row-is-the-sum-of-its-events')
def rows(home):
    fill(home)
    events = home.events()
    for group in ('day', 'month', 'client', 'model', 'project', 'branch', 'session'):
        groups = by_key(events, group)
        report = home.run('report', 'all', '--by', group, '--json').json()
        equal({row_key(row, group) for row in report['rows']}, set(groups), f'keys by {group}')
        for row in report['rows']:
            check_sums(row, groups[row_key(row, group)], f'{row["key"]} by {group}')


@case('/cli/report/days-are-local-days')
def zones(home):
    fill(home)
    events = home.events()
    for zone in ZONES:
        report = home.run('report', 'all', '--by', 'day', '--json', env={'TZ': zone}).json()
        groups = by_key(events, 'day', zone)
        equal(report['timezone'], zone, 'timezone')
        equal({row['key'] for row in report['rows']}, set(groups), f'days in {zone}')
        equal((report['from'], report['to']), (min(groups), max(groups)), f'span in {zone}')
        for row in report['rows']:
            check_sums(row, groups[row['key']], f'{row["key"]} in {zone}')


@case('/cli/report/zone-with-a-colon')
def colon(home):
    home.claude_log().write_bytes(claude_line(1, time='2026-03-02T23:30:00.000Z'))
    report = home.run('report', 'all', '--json', env={'TZ': ':Europe/Berlin'}).json()
    equal((report['timezone'], report['from']), ('Europe/Berlin', '2026-03-03'), 'day')


@case('/cli/report/days-of-23-and-25-hours')
def clock_changes(home):
    # Berlin: spring forward on 2026-03-29, back on 2026-10-25.
    times = [f'2026-03-{day}T{hour:02}:30:00.000Z' for day in (28, 29) for hour in range(24)]
    times += [f'2026-10-{day}T{hour:02}:30:00.000Z' for day in (24, 25) for hour in range(24)]
    home.claude_log().write_bytes(b''.join(claude_line(i, time=time)
                                           for i, time in enumerate(times)))
    berlin = {'TZ': 'Europe/Berlin'}
    groups = by_key(home.events(), 'day', 'Europe/Berlin')
    equal(len(groups['2026-03-29']), 23, 'hours of the short day')
    equal(len(groups['2026-10-25']), 25, 'hours of the long day')
    rows = home.run('report', 'all', '--by', 'day', '--json', env=berlin).json()['rows']
    equal({row['key']: row['messages'] for row in rows},
          {day: len(group) for day, group in groups.items()}, 'messages')

    one = home.run('report', '--from', '2026-10-25', '--to', '2026-10-25', '--by', 'hour', '--json',
                   env=berlin).json()
    equal(one['total']['messages'], 25, 'messages of the long day')
    equal(sum(row['messages'] for row in one['rows']), 25, 'messages over its hours')
    equal(len(one['rows']), 25, 'hours')
    equal(len({row['start'] for row in one['rows']}), 25, 'different hours')


@case('/cli/report/schema')
def schema(home):
    fill(home)
    for group in GROUPS:
        report = home.run('report', 'all', '--by', group, '--json').json()
        equal(list(report), ['period', 'from', 'to', 'timezone', 'rows', 'total'], 'members')
        for row in (*report['rows'], report['total']):
            for name in (*COUNTS, 'unpriced_tokens'):
                equal(type(row[name]), int, f'type of {name}')
            assert row['cost'] is None or isinstance(row['cost'], (int, float)), row
        for row in report['rows']:
            equal(type(row['key']), str, 'type of key')
            equal(list(row)[0], 'key', 'first member')


@case('/cli/report/periods-name-their-days')
def periods(home):
    fill(home)
    today = datetime.datetime.now(datetime.timezone.utc).date()
    month = today.replace(day=1)
    before = month - datetime.timedelta(days=1)
    wanted = {
        'today': (today, today), 'month': (month, today),
        'yesterday': (today - datetime.timedelta(days=1),) * 2,
        'last-month': (before.replace(day=1), before), 'year': (today.replace(month=1, day=1), today),
        '7 days': (today - datetime.timedelta(days=6), today),
        '12 days': (today - datetime.timedelta(days=11), today),
    }
    for period, (first, last) in wanted.items():
        report = home.run('report', *period.split(), '--json').json()
        if datetime.datetime.now(datetime.timezone.utc).date() != today:
            raise Skip('the day has just ended')
        equal((report['period'], report['from'], report['to']), (period, str(first), str(last)),
              'period')
        equal(home.run('report', period, '--json').json(), report, f'“{period}” as one word')


@case('/cli/report/from-and-to-are-both-included')
def days(home):
    fill(home)
    events = home.events()
    first, last = '2026-03-04', '2026-04-01'
    report = home.run('report', '--from', first, '--to', last, '--json').json()
    equal((report['period'], report['from'], report['to']), ('custom', first, last), 'period')
    check_sums(report['total'], [event for event in events
                                 if first <= event['timestamp'][:10] <= last], 'span')
    check_sums(home.run('report', '--to', last, '--json').json()['total'],
               [event for event in events if event['timestamp'][:10] <= last], '--to alone')
    check_sums(home.run('report', '--from', first, '--json').json()['total'],
               [event for event in events if first <= event['timestamp'][:10]], '--from alone')
    equal(len(home.events('--from', first, '--to', first)),
          sum(event['timestamp'][:10] == first for event in events), 'events of a day')


@case('/cli/report/filters-mean-the-same-everywhere')
def filters(home):
    fill(home)
    events = home.events()
    for args, wanted in (
            (('--client', 'codex'), lambda event: event['client'] == 'codex'),
            (('--client', 'codex', '--client', 'claude'), lambda event: True),
            (('--model', 'GPT-5.4'), lambda event: event['model'] == 'gpt-5.4'),
            (('--project', 'orchard'), lambda event: event['project'].endswith('/orchard')),
            (('--project', '/home/alex/src/ferry'),
             lambda event: event['project'] == '/home/alex/src/ferry'),
            (('--project', 'ferry', '--model', 'gpt-5.4'),
             lambda event: event['project'].endswith('/ferry') and event['model'] == 'gpt-5.4'),
            (('--session', '0a11c0de-0002-4000-8000-000000000002'),
             lambda event: event['session_id'] == '0a11c0de-0002-4000-8000-000000000002'),
            (('--project', 'nowhere'), lambda event: False)):
        chosen = [event for event in events if wanted(event)]
        equal(home.events(*args), chosen, f'events {args}')
        check_sums(home.run('report', 'all', '--json', *args).json()['total'], chosen, str(args))
        equal({session['id'] for session in home.run('sessions', '--json', *args).json()},
              {event['session_id'] for event in chosen}, f'sessions {args}')
        check_sums(home.run('why', 'all', '--json', *args).json()['counted'], chosen, f'why {args}')


@case('/cli/report/csv')
def comma_separated(home):
    fill(home)
    with open(home.claude_log('odd'), 'wb') as log:
        log.write(claude_line(1, session='odd', cwd='/tmp/a,b "c"\nd'))
    for group in GROUPS:
        result = home.run('report', 'all', '--by', group, '--csv')
        table = list(csv.reader(io.StringIO(result.out, newline=''), strict=True))
        report = home.run('report', 'all', '--by', group, '--json').json()
        head = table[0]
        equal(len(table) - 1, len(report['rows']), f'rows by {group}')
        for line, row in zip(table[1:], report['rows']):
            equal(len(line), len(head), 'cells')
            for name, cell in zip(head, line):
                value = row[name]
                equal(cell, '' if value is None else value if isinstance(value, str) else
                      cell if float(cell) == value else value, f'{name} by {group}')
    assert '"/tmp/a,b ""c""\nd"' in home.run('report', 'all', '--by', 'project', '--csv').out


@case('/cli/report/without-price-is-never-nothing')
def unpriced(home):
    home.claude_log().write_bytes(claude_line(1, model='nobody-knows-me', output_tokens=90) +
                                  claude_line(2, model='claude-sonnet-4-6', output_tokens=1000000))
    events = {event['model']: event for event in home.events()}
    equal((events['nobody-knows-me']['cost'], events['nobody-knows-me']['priced']), (None, False),
          'event')
    same_money(events['claude-sonnet-4-6']['cost'], 15.00003, 'priced event')

    report = home.run('report', 'all', '--by', 'model', '--json').json()
    rows = {row['key']: row for row in report['rows']}
    equal((rows['nobody-knows-me']['cost'], rows['nobody-knows-me']['unpriced_tokens']), (None, 100),
          'row')
    equal(report['total']['unpriced_tokens'], 100, 'total')

    out = home.run('report', 'all', '--by', 'model').out
    assert '$15.00 + 100 tokens without price' in out, out
    line = next(line for line in out.splitlines() if 'nobody-knows-me' in line)
    assert 'no price' in line and '$' not in line, line
    table = list(csv.DictReader(io.StringIO(
        home.run('report', 'all', '--by', 'model', '--csv').out)))
    equal({row['key']: row['cost'] for row in table}['nobody-knows-me'], '', 'cell')

    why = home.run('why', 'all', '--json').json()
    equal(why['unpriced'], [{'provider': '', 'model': 'nobody-knows-me', 'tokens': 100,
                             'reason': 'no-entry'}], 'why')
    assert 'nobody-knows-me' in home.run('why', 'all').out


@case('/cli/events/members-and-types')
def event_members(home):
    fill(home)
    names = ('client session_id parent_session_id is_subagent is_review project branch title '
             'timestamp provider model speed input cache_read cache_write_5m cache_write_1h output '
             'reasoning messages web_searches cost_reported cost priced dedup_key source').split()
    events = home.events()
    for event in events:
        equal(list(event), names, 'members')
        assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z', event['timestamp'])
        assert event['speed'] in ('standard', 'fast')
        equal(event['priced'], event['cost'] is not None, 'priced')
        equal(set(event['source']), {'path', 'offset'}, 'source')
    equal([event['timestamp'] for event in events], sorted(event['timestamp'] for event in events),
          'order')


@case('/cli/events/the-receipt-leads-to-the-line')
def receipts(home):
    fill(home)
    for event in home.events('--client', 'claude'):
        with open(event['source']['path'], 'rb') as log:
            log.seek(event['source']['offset'])
            line = log.readline().decode()
        assert f'"{event["model"]}"' in line, (event, line)
        assert f'"output_tokens":{event["output"]}' in line.replace(': ', ':'), (event, line)


@case('/cli/session/turns-add-up')
def turns(home):
    fill(home)
    for session in home.run('sessions', '--json').json():
        one = home.run('session', session['id'], '--json').json()
        for name in ('client', 'id', 'title', 'project', 'parent', 'is_subagent', 'first', 'last',
                     'messages', 'total', 'cost', 'unpriced_tokens'):
            equal(one[name], session[name], f'{name} of {session["id"]}')
        check_sums(one | {'sessions': 1}, one['turns'], session['id'])
        equal([model['model'] for model in one['models']], session['models'], 'models')
        equal(sum(model['total'] for model in one['models']), one['total'], 'tokens over models')
        if one['cost'] is not None:
            same_money(one['turns'][-1]['running_cost'], one['cost'], 'running cost')
        equal(one['turns'], [turn | {'running_cost': event_cost} for turn, event_cost in
                             zip(home.events('--session', session['id']),
                                 [turn['running_cost'] for turn in one['turns']])], 'turns')


@case('/cli/session/a-beginning-of-the-id-is-enough')
def prefix(home):
    fill(home)
    equal(home.run('session', '0a11c0de-0003', '--json').json()['title'], 'Frost dates', 'title')
    several = home.run('session', '0a11c0de', status=1)
    assert 'several' in several.err and several.out == '', several.err
    nothing = home.run('session', 'zzz', '--json', status=1)
    assert 'zzz' in nothing.err and nothing.out == '', nothing.err
    assert 'Frost dates' in home.run('session', '0a11c0de-0003').out


@case('/cli/why/tells-what-is-left-out')
def why(home):
    fill(home)
    account = home.run('why', 'all', '--json').json()
    check_sums(account['counted'], home.events(), 'counted')
    equal(account['counted']['events'], len(home.events()), 'events')
    assert account['lines']['folded'] > 0 and account['not_counted']['copy'] > 0, account
    assert account['lines']['malformed'] > 0, account
    for note in account['malformed']:
        with open(note['path'], 'rb') as log:
            log.seek(note['offset'])
            assert log.readline(), note
    lines = 0
    for path in home.path.rglob('*.jsonl'):
        if path.name != 'session_index.jsonl':
            lines += path.read_bytes().count(b'\n')
    assert 0 < account['lines']['read'], (account['lines'], lines)
    home.run('why', 'all')


run_cases()
