"""Each route of the interface: members, types, order, errors, and the figures of the command line.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import re
import time

from fareserver import serving
from farecli import Home, case, claude_line, equal, run_cases, same_money, total

DATES = {'date_from': '2020-01-01', 'date_to': '2026-12-31'}
LOCAL = r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}'
UTC = r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00'
NUMBER = (int, float)
RATE = (int, float, type(None))
ROW = {'name': str, 'tokens': int, 'tokens_in': int, 'tokens_out': int, 'tokens_cache': int,
       'cost': NUMBER, 'messages': int, 'cache_hit_rate': RATE, 'unpriced_tokens': int}
BREAKDOWN = {'input': int, 'output': int, 'cacheRead': int, 'cacheWrite': int, 'reasoning': int}
SESSION = {'tool': str, 'session_id': str, 'display_name': str, 'project': str,
           'is_review_session': bool, 'model': str, 'token_events': int, 'tokens_in': int,
           'tokens_cache': int, 'tokens_out': int, 'tokens_reasoning': int, 'tokens': int,
           'cache_ratio': NUMBER, 'cache_hit_rate': RATE, 'cost': NUMBER, 'unpriced_tokens': int,
           'started_at': str, 'last_seen_at': str, 'span_ms': int, 'active_ms': int,
           'active_ms_sum': int}
TOOLS = ('codex', 'claude', 'opencode', 'pi_agent', 'mimo', 'kimi', 'dsh', 'reasonix', 'zcode')


def shape(value, wanted, what):
    """Exactly these members, each of its type; true and false are no numbers."""
    equal(set(value), set(wanted), what)
    for name, types in wanted.items():
        types = types if isinstance(types, tuple) else (types,)
        is_right = isinstance(value[name], types) and (bool in types or
                                                       not isinstance(value[name], bool))
        assert is_right, f'{what}: {name} is {value[name]!r}'


def by_cost(rows, what):
    keys = [(-row['cost'], -row['tokens'], row['name']) for row in rows]
    equal(keys, sorted(keys), f'{what}: order')


def fill(home):
    for client in ('claude-code', 'codex', 'openclaw', 'pi', 'gemini-cli'):
        home.fill(client)


@case('/http/shapes/health-and-versions')
def health(home):
    with serving(home) as server:
        health = server.get('/health')
        shape(health, {'status': str, 'service': str, 'version': str, 'implementation': str}, 'health')
        equal(health['service'], 'tokdash', 'fingerprint')
        equal(health['implementation'], 'tokenfare', 'implementation')
        shape(server.get('/api/version'),
              {'service': str, 'runtime_version': str, 'install_method': str,
               'update_check_enabled': bool, 'usage_db_schema_supported': int}, 'version')
        equal(server.get('/api/update-check'), {'enabled': False, 'update_available': False}, 'update')
        equal(len(server.get('/api/csrf-token')['token']), 43, 'token')


@case('/http/shapes/usage')
def usage(home):
    fill(home)
    report = home.run('report', '--from', DATES['date_from'], '--to', DATES['date_to'], '--by',
                      'client', '--json').json()
    with serving(home) as server:
        answer = server.get('/api/usage', **DATES)
        shape(answer, {
            'period': str, 'total_tokens': int, 'total_cost': NUMBER, 'total_messages': int,
            'cache_hit_rate': RATE, 'unpriced_tokens': int, 'by_tool': dict, 'apps': dict,
            'coding_apps': dict, 'coding_models': list, 'openclaw_models': list,
            'combined_models': list, 'top_models': list, 'source_errors': list, 'comparison': dict,
            'timestamp': str, 'response_cache': dict}, 'usage')
        assert re.fullmatch(LOCAL, answer['timestamp']), answer['timestamp']
        shape(answer['response_cache'],
              {'status': str, 'served_from_cache': bool, 'age_seconds': NUMBER}, 'response_cache')
        shape(answer['comparison'], {
            'tokens_prev': int, 'cost_prev': NUMBER, 'messages_prev': int, 'tokens_pct': RATE,
            'cost_pct': RATE, 'messages_pct': RATE, 'unpriced_tokens_prev': int}, 'comparison')
        equal(answer['comparison']['tokens_pct'], None, 'change from nothing')

        assert answer['total_tokens'] > 0 and 'openclaw' in answer['by_tool']
        equal(answer['total_tokens'], report['total']['total'], 'tokens')
        equal(answer['total_messages'], report['total']['messages'], 'messages')
        equal(answer['unpriced_tokens'], report['total']['unpriced_tokens'], 'unpriced')
        equal(answer['total_cost'], round(report['total']['cost'] + 0.0, 2), 'cost')
        equal(set(answer['by_tool']) - {'openclaw'},
              {row['key'] for row in report['rows']} - {'openclaw'}, 'tools')
        for row in report['rows']:
            tool = answer['by_tool'][row['key']]
            shape(tool, {'tokens': int, 'cost': NUMBER, 'tokens_in': int, 'tokens_cache': int,
                         'cache_hit_rate': RATE, 'unpriced_tokens': int}, row['key'])
            equal(tool['tokens'], row['total'], row['key'])
            same_money(tool['cost'], row['cost'] or 0, row['key'])

        equal(answer['apps'], answer['coding_apps'], 'the older name')
        assert 'openclaw' not in answer['apps']
        for name, app in answer['apps'].items():
            shape(app, {key: ROW[key] for key in ROW if key != 'name'} | {'models': list}, name)
            by_cost(app['models'], name)
            equal(sum(row['tokens'] for row in app['models']), app['tokens'], f'{name}: models')
            for row in app['models']:
                shape(row, ROW, name)
        for row in answer['coding_models']:
            shape(row, ROW | {'source': str}, 'coding_models')
        by_cost(answer['combined_models'], 'combined_models')
        equal(answer['top_models'], answer['combined_models'][:5], 'top models')
        for row in answer['combined_models'] + answer['openclaw_models']:
            shape(row, ROW, 'models')
            assert row['tokens'] > 0
        equal(sum(row['tokens'] for row in answer['combined_models']), answer['total_tokens'], 'sum')


@case('/http/shapes/empty-home')
def empty(home):
    with serving(home) as server:
        answer = server.get('/api/usage')
        equal(answer['total_tokens'], 0, 'tokens')
        equal(answer['cache_hit_rate'], None, 'rate')
        equal(answer['by_tool'], {'openclaw': {'tokens': 0, 'cost': 0.0, 'tokens_in': 0,
                                               'tokens_cache': 0, 'cache_hit_rate': None,
                                               'unpriced_tokens': 0}}, 'tools')
        equal(server.get('/api/stats')['stats']['favorite_model'], 'N/A', 'favourite')
        claw = server.get('/api/openclaw')
        equal((claw['models'], claw['contributions'], claw['total_tokens']), ({}, [], 0), 'openclaw')
        for tool in TOOLS:
            listed = server.get('/api/sessions', tool=tool, period='all')
            equal((listed['sessions'], listed['latest_session']), ([], None), tool)


@case('/http/shapes/tools-and-openclaw')
def tools(home):
    fill(home)
    with serving(home) as server:
        answer = server.get('/api/tools', period='all')
        shape(answer, {'total_cost': NUMBER, 'total_tokens': int, 'total_messages': int,
                       'cache_hit_rate': RATE, 'unpriced_tokens': int, 'apps': dict,
                       'all_models': list, 'source_errors': list, 'period': str, 'timestamp': str},
              'tools')
        usage = server.get('/api/usage', period='all')
        equal(answer['all_models'], usage['coding_models'], 'rows')
        claw = server.get('/api/openclaw', period='all')
        shape(claw, {'total_tokens': int, 'total_cost': NUMBER, 'total_messages': int,
                     'total_tokens_in': int, 'total_tokens_cache': int, 'cache_hit_rate': RATE,
                     'unpriced_tokens': int, 'models': dict, 'contributions': list, 'period': str,
                     'timestamp': str}, 'openclaw')
        assert claw['total_tokens'] > 0
        equal(claw['total_tokens'] + answer['total_tokens'], usage['total_tokens'], 'parts')
        equal(sum(day['totals']['tokens'] for day in claw['contributions']), claw['total_tokens'],
              'days')


@case('/http/shapes/stats')
def stats(home):
    fill(home)
    home.claude_log().write_bytes(claude_line(1, time='2026-03-02T10:00:00.000Z') +
                                  claude_line(2, time='2026-03-04T10:00:00.000Z', model='nobody-knows'))
    with serving(home) as server:
        answer = server.get('/api/stats', year=2026)
        shape(answer, {'meta': dict, 'summary': dict, 'contributions': list, 'stats': dict,
                       'timestamp': str}, 'stats')
        equal(answer['meta'], {'source': 'merged'}, 'meta')
        shape(answer['summary'], {'totalTokens': int, 'totalCost': NUMBER, 'activeDays': int,
                                  'totalDays': int, 'unpricedTokens': int}, 'summary')
        shape(answer['stats'], {'favorite_model': str, 'total_tokens': int, 'sessions': int,
                                'current_streak': int, 'longest_streak': int, 'active_days': int,
                                'total_days': int}, 'numbers')
        dates = [day['date'] for day in answer['contributions']]
        equal(dates, sorted(set(dates)), 'order of days')
        assert {'2026-03-02', '2026-03-04'} <= set(dates)
        for day in answer['contributions']:
            shape(day, {'date': str, 'totals': dict, 'intensity': int, 'tokenBreakdown': dict,
                        'sources': list, 'energy_j': NUMBER}, 'day')
            shape(day['totals'], {'tokens': int, 'cost': NUMBER, 'messages': int,
                                  'unpriced_tokens': int}, 'totals')
            shape(day['tokenBreakdown'], BREAKDOWN, 'breakdown')
            equal(day['totals']['tokens'], sum(day['tokenBreakdown'][name]
                  for name in ('input', 'output', 'cacheRead', 'cacheWrite')), day['date'])
            names = [row['source'] for row in day['sources']]
            equal(names, sorted(names, key=lambda name: name != 'openclaw'), 'OpenClaw first')
            for row in day['sources']:
                shape(row, {'source': str, 'modelId': str, 'providerId': str, 'tokens': dict,
                            'cost': NUMBER, 'messages': int, 'unpriced_tokens': int,
                            'energy_j': NUMBER}, 'source')
                shape(row['tokens'], BREAKDOWN, 'tokens')
            one = server.get('/api/usage', date_from=day['date'], date_to=day['date'])
            equal(one['total_tokens'], day['totals']['tokens'], day['date'])
            equal(one['total_messages'], day['totals']['messages'], day['date'])
        equal(server.get('/api/stats', year=1999)['contributions'], [], 'an empty year')
        assert 'out of range' in server.detail('/api/stats', 400, year=123456)
        equal(server.detail('/api/stats', 422, year='abc')[0]['loc'], ['query', 'year'], 'place')


@case('/http/shapes/sessions')
def sessions(home):
    fill(home)
    facts = home.run('sessions', '--client', 'claude', '--json').json()
    with serving(home) as server:
        listed = server.get('/api/sessions', tool=' Claude ', period='all',
                            include_review_sessions='ON')
        shape(listed, {'tool': str, 'tool_label': str, 'period': str, 'latest_session': dict,
                       'sessions': list, 'summary': dict, 'include_review_sessions': bool,
                       'timestamp': str}, 'sessions')
        equal((listed['tool'], listed['tool_label']), ('claude', 'Claude Code'), 'tool')
        equal(listed['include_review_sessions'], True, 'in effect')
        equal(listed['latest_session'], listed['sessions'][0], 'latest')
        keys = [(row['last_seen_at'], row['tokens']) for row in listed['sessions']]
        equal(keys, sorted(keys, reverse=True), 'order')
        shape(listed['summary'], {
            'session_count': int, 'tokens': int, 'cost': NUMBER, 'unpriced_tokens': int,
            'active_ms': int, 'active_ms_sum': int, 'span_ms': int, 'active_gap_cap_ms': int,
            'active_time_estimated': bool, 'active_time_method': str}, 'summary')
        equal(listed['summary']['session_count'], len(listed['sessions']), 'count')
        equal({row['session_id']: row['tokens'] for row in listed['sessions']},
              {row['id']: row['total'] for row in facts}, 'the command line')
        for row in listed['sessions']:
            shape(row, SESSION, 'row')
            assert re.fullmatch(UTC, row['started_at']) and re.fullmatch(UTC, row['last_seen_at'])
            assert len(row['display_name']) <= 97 and row['project']
            one = server.get('/api/session', tool='claude', session_id=row['session_id'])
            shape(one, {'session': dict, 'turns': list, 'timestamp': str}, 'session')
            equal(one['session'], row, 'the same session')
            equal(sum(turn['tokens'] for turn in one['turns']), row['tokens'], 'turns')
            equal(len(one['turns']), row['token_events'], 'events')
            same_money(sum(turn['cost'] for turn in one['turns']), row['cost'], 'cost')
            for i, turn in enumerate(one['turns'], 1):
                shape(turn, {'turn_index': int, 'timestamp': str, 'model': str, 'tokens_in': int,
                             'tokens_cache': int, 'tokens_out': int, 'tokens_reasoning': int,
                             'tokens': int, 'cache_hit_rate': RATE, 'cost': NUMBER,
                             'unpriced_tokens': int}, 'turn')
                equal(turn['turn_index'], i, 'index')
        codex = server.get('/api/codex/sessions', period='all')
        equal(codex['sessions'], server.get('/api/sessions', tool='codex', period='all')['sessions'],
              'the older name')
        first = codex['sessions'][0]['session_id']
        equal(server.get('/api/codex/session', session_id=first)['session']['session_id'], first, 'id')
        equal(server.detail('/api/sessions', 400, tool='nobody'), 'Unsupported session tool: nobody',
              'unknown')
        equal(server.detail('/api/sessions', 422)[0]['type'], 'missing', 'no tool')
        equal(server.detail('/api/session', 422, tool='claude')[0]['loc'], ['query', 'session_id'],
              'no id')
        equal(server.detail('/api/session', 404, tool='claude', session_id='x'),
              'Claude Code session not found: x', 'unknown id')


@case('/http/shapes/active-time')
def active_time(home):
    lines = [claude_line(i, time=f'2026-03-02T10:{minute:02}:{second:02}.000Z')
             for i, (minute, second) in enumerate(((0, 0), (1, 0), (11, 0), (11, 1)))]
    home.claude_log().write_bytes(b''.join(lines))
    with serving(home) as server:
        answer = server.get('/api/active-time', date_from='2026-03-02', date_to='2026-03-02')
        shape(answer, {'period': str, 'active_ms': int, 'active_ms_sum': int, 'comparison': dict,
                       'by_tool': dict, 'unavailable_tools': list, 'active_gap_cap_ms': int,
                       'active_time_estimated': bool, 'active_time_method': str,
                       'include_review_sessions': bool, 'timestamp': str}, 'active time')
        equal(answer['active_ms'], 361000, 'a pause counts five minutes at most')
        assert set(TOOLS) <= set(answer['by_tool'])
        for name, tool in answer['by_tool'].items():
            shape(tool, {'tool_label': str, 'session_count': int, 'active_ms': int,
                         'active_ms_sum': int}, name)
        equal(answer['by_tool']['claude']['session_count'], 1, 'sessions')
        equal(answer['comparison'], {'active_ms_prev': 0, 'active_ms_sum_prev': 0,
                                     'active_ms_pct': None, 'active_ms_sum_pct': None}, 'before')


@case('/http/shapes/one-machine-of-several')
def machine(home):
    folder = home.path / 'between'
    folder.mkdir()
    (home.path / 'b').mkdir()
    other = Home(home.path / 'b')
    other.claude_log('s1').write_bytes(b''.join(claude_line(i, session='s1') for i in range(5)))
    other.claude_log('s2').write_bytes(b''.join(claude_line(i, session='s2') for i in range(10, 13)))
    other.run('share', folder, '--name', 'Desk b')
    home.claude_log('s1').write_bytes(b''.join(claude_line(i, session='s1') for i in range(3)))
    home.claude_log('s3').write_bytes(b''.join(claude_line(i, session='s3') for i in range(20, 22)))
    home.run('share', folder, '--name', 'a')
    uid = next(row['id'] for row in home.run('share', '--json').json()['machines'] if not row['own'])

    def told(**asked):
        usage = server.get('/api/usage', period='all', **asked)
        listed = server.get('/api/sessions', tool='claude', period='all', **asked)
        days = server.get('/api/stats', year='2026', **asked)
        active = server.get('/api/active-time', period='all', **asked)
        equal(usage['total_tokens'], server.get('/api/tools', period='all', **asked)['total_tokens'], 'tools')
        equal(usage['total_tokens'], listed['summary']['tokens'], 'sessions')
        equal(usage['total_tokens'], sum(day['totals']['tokens'] for day in days['contributions']), 'days')
        equal(days['stats']['longest_streak'], min(1, usage['total_messages']), 'streak')
        equal(active['by_tool']['claude']['session_count'], len(listed['sessions']), 'active')
        equal(usage['total_messages'], sum(row['token_events'] for row in listed['sessions']), 'events')
        return usage['total_messages'], usage['total_tokens'], sorted(
            (row['session_id'], row['token_events'], row['started_at'], row['last_seen_at'])
            for row in listed['sessions'])

    with serving(home) as server:
        server.wait()
        whole, mine, its = told(), told(machine='A'), told(machine='desk B')
        for answer, words in ((whole, ()), (mine, ('--machine', 'a')), (its, ('--machine', 'Desk b'))):
            events = home.events(*words)
            equal(answer[:2], (len(events), sum(total(event) for event in events)), f'the command line {words}')
            for row in answer[2]:
                times = sorted(e['timestamp'][:19] for e in events if e['session_id'] == row[0])
                equal((row[1], row[2][:19], row[3][:19]), (len(times), times[0], times[-1]), f'{words} {row[0]}')
        equal(mine[0] + its[0], whole[0], 'messages')
        equal(mine[1] + its[1], whole[1], 'tokens')
        assert min(mine[0], its[0]) > 0, (mine, its)
        equal(told(machine=uid), its, 'by its id')
        equal(told(machine=''), whole, 'an empty name')
        equal(told(machine='nobody')[:2], (0, 0), 'nobody')
        tokens = [re.findall('^tokenfare_tokens.*', server.ask(path).body.decode(), re.MULTILINE)
                  for path in ('/metrics', '/metrics?machine=a')]
        assert tokens[0]
        equal(tokens[1], tokens[0], 'metrics are of all machines')


@case('/http/shapes/quota')
def quota(home):
    log = home.path / '.codex' / 'sessions' / '2026' / '03' / '02'
    log.mkdir(parents=True)
    reset = int(time.time()) + 7200
    lines = [
        {'type': 'session_meta', 'payload': {'id': 'chat-1', 'cwd': '/tmp/p', 'originator': 'cli'}},
        {'type': 'turn_context', 'payload': {'turn_id': 't1', 'model': 'gpt-5.4', 'effort': 'high'}},
        {'type': 'event_msg', 'payload': {
            'type': 'token_count',
            'info': {'total_token_usage': {'input_tokens': 100, 'cached_input_tokens': 0, 'output_tokens': 10,
                                           'reasoning_output_tokens': 0, 'total_tokens': 110},
                     'last_token_usage': {'input_tokens': 100, 'cached_input_tokens': 0, 'output_tokens': 10,
                                          'reasoning_output_tokens': 0, 'total_tokens': 110}},
            'rate_limits': {'primary': {'used_percent': 34.0, 'window_minutes': 300, 'resets_at': reset},
                            'secondary': {'used_percent': 12.5, 'window_minutes': 10080,
                                          'resets_at': reset + 90000}}}},
        {'type': 'turn_context', 'payload': {'turn_id': 't2', 'model': 'gpt-5.4', 'effort': 'low'}},
        {'type': 'turn_context', 'payload': {'turn_id': 't2', 'model': 'gpt-5.4', 'effort': 'high'}},
        {'type': 'turn_context', 'payload': {'model': 'gpt-5.4', 'effort': 'low'}},
        {'type': 'response_item', 'payload': {'type': 'function_call', 'name': 'shell', 'call_id': 'c1'}},
        {'type': 'response_item', 'payload': {'type': 'function_call', 'name': 'shell', 'call_id': 'c1'}},
        {'type': 'response_item', 'payload': {'type': 'function_call', 'name': 'web', 'call_id': 'c2'}},
        {'type': 'event_msg', 'payload': {'type': 'mcp_tool_call_end', 'call_id': 'c2',
                                          'invocation': {'server': 'docs', 'tool': 'find'}}},
        {'type': 'response_item', 'payload': {'type': 'function_call', 'name': 'shell'}},
    ]
    (log / 'rollout-2026-03-02T10-00-00-chat-1.jsonl').write_text(''.join(
        json.dumps({'timestamp': '2026-03-02T10:00:00.000Z'} | line) + '\n' for line in lines))
    with serving(home) as server:
        answer = server.get('/api/quota')
        shape(answer, {'providers': dict, 'consent': dict, 'enabled': bool, 'poll': dict, 'timestamp': int},
              'quota')
        equal(list(answer['providers']), ['codex', 'claude', 'antigravity', 'minimax', 'kimi', 'grok'], 'all')
        equal((len(answer['consent']), any(answer['consent'].values())), (7, False), 'consent')
        equal(answer['poll']['network_enabled'], False, 'network')
        codex = answer['providers']['codex']
        equal([(one['bucket'], one['used_percent'], one['remaining_percent'], one['resets_at'])
               for one in codex['buckets']],
              [('5h', 34.0, 66.0, reset), ('7d', 12.5, 87.5, reset + 90000)], 'windows')
        equal((codex['estimated'], codex['status'], codex['reset_credits']), (True, 'ok', None), 'codex')
        for name, provider in answer['providers'].items():
            equal(set(provider) - {'reset_credits'}, {
                'provider', 'network_enabled', 'plan', 'buckets', 'status', 'status_detail', 'status_at',
                'updated_at', 'sources', 'estimated', 'detected'}, name)
            assert name == 'codex' or provider['status'] == 'unavailable'
        history = server.get('/api/quota/history', providers='codex', granularity='day')
        equal([one['points'][0]['used_percent'] for one in history['series']], [34.0, 12.5], 'series')
        equal(server.get('/api/quota/history', providers='kimi')['series'], [], 'of another')
        server.detail('/api/quota/history', 400, granularity='week')
        server.detail('/api/quota/history', 400, max_points=0)
        equal(server.get('/api/quota/refresh')['snapshots'], 2, 'refresh')
        assert 'cooldown' in server.detail('/api/quota/refresh', 429, again=1)

        insights = server.get('/api/activity-insights')
        equal(insights['scope'], {'tool': 'codex', 'local': True, 'primary_only': True}, 'scope')
        equal(insights['recorded_chats'], {'value': 1, 'coverage': {
            'primary_files': 1, 'files_with_session_id': 1, 'legacy_unavailable_records': 0}}, 'chats')
        high = {'effort': 'high', 'count': 1, 'share': 1.0}
        equal(insights['reasoning'], {'most_used': high, 'distribution': [high], 'coverage': {
            'identified_turns': 2, 'known_effort_turns': 1, 'ambiguous_turns': 1,
            'excluded_records': 1}}, 'reasoning')
        find, shell = ({'name': name, 'count': 1, 'share': 0.5} for name in ('docs/find', 'shell'))
        equal(insights['tools'], {'total_calls': 2, 'most_used': find, 'distribution': [find, shell],
                                  'coverage': {'named_calls': 2, 'ambiguous_name_calls': 0,
                                               'excluded_records': 1}}, 'tools')
        assert re.fullmatch(UTC, insights['timestamp']), insights['timestamp']


@case('/http/shapes/periods-and-dates')
def periods(home):
    home.fill('claude-code')
    with serving(home) as server:
        everything = server.get('/api/usage', period='all')
        for period in ('', 'TODAY', '1e3', 'lastweek', '99999999', '36500', ' 40_000 '):
            answer = server.get('/api/usage', period=period)
            equal((answer['period'], answer['total_tokens']), (period, everything['total_tokens']),
                  period)
        for period in ('today', '3days', 'week', '14days', 'year', 'month', '-3', ' 7 ', '1_0', '0'):
            server.get('/api/usage', period=period)
        equal(server.detail('/api/usage', 400, date_from='2026-03-01'),
              'Both date_from and date_to are required', 'one date')
        for bad in ('20261101', '2026-13-01', '2026-02-30', 'x', '', 'yesterday', '2026-1-1'):
            equal(server.detail('/api/usage', 400, date_from=bad, date_to='2026-03-01'),
                  'Invalid date format, expected YYYY-MM-DD', bad)
        equal(server.detail('/api/usage', 400, date_from='2026-03-02', date_to='2026-03-01'),
              'date_from must be on or before date_to', 'backwards')
        for value in ('1', 'TRUE', 'off', 'n', 'F', 'Yes'):
            server.get('/api/usage', refresh=value)
        for value in ('', 'maybe', '2'):
            equal(server.detail('/api/usage', 422, refresh=value)[0]['loc'], ['query', 'refresh'], value)
        server.get('/api/usage', unknown='x')


@case('/http/shapes/days-of-23-and-25-hours')
def clocks(home):
    times = {'2026-03-28T22:59:59.000Z': '2026-03-28', '2026-03-28T23:00:00.000Z': '2026-03-29',
             '2026-03-29T21:59:59.000Z': '2026-03-29', '2026-03-29T22:00:00.000Z': '2026-03-30',
             '2025-10-25T21:59:59.000Z': '2025-10-25', '2025-10-25T22:00:00.000Z': '2025-10-26',
             '2025-10-26T22:59:59.000Z': '2025-10-26', '2025-10-26T23:00:00.000Z': '2025-10-27'}
    home.claude_log().write_bytes(b''.join(claude_line(i, time=time) for i, time in enumerate(times)))
    with serving(home, env={'TZ': 'Europe/Berlin'}) as server:
        for year in (2025, 2026):
            days = {day['date']: day['totals']['messages']
                    for day in server.get('/api/stats', year=year)['contributions']}
            wanted = [day for day in times.values() if day.startswith(str(year))]
            equal(days, {day: wanted.count(day) for day in wanted}, year)
            for day, messages in days.items():
                one = server.get('/api/usage', date_from=day, date_to=day)
                equal(one['total_messages'], messages, day)


@case('/http/shapes/paths-and-methods')
def paths(home):
    with serving(home) as server:
        equal(server.get('/tokdash/health'), server.get('/health'), 'prefix')
        equal(server.ask('/tokdash').body, server.ask('/').body, 'bare prefix')
        equal(server.get('/tokdashboard/health', 404), {'detail': 'Not Found'}, 'other letters')
        moved = server.ask('/tokdash/api/usage/?period=week')
        equal((moved.status, moved.headers['location']), (307, '/tokdash/api/usage?period=week'), 'slash')
        equal(server.ask('//evil.example/').status, 404, 'no way out')
        head = server.ask('/api/usage', 'HEAD')
        equal((head.status, head.body), (200, b''), 'HEAD')
        equal(server.ask('/health').headers['content-type'], 'application/json', 'type')
        assert 'cache-control' not in server.ask('/api/usage').headers
        page = server.ask('/')
        assert page.headers['content-type'].startswith('text/html')
        assert 'no-store' in page.headers['cache-control'] and page.headers['expires'] == '0'
        assert "default-src 'none'" in page.headers['content-security-policy']
        text = page.body.decode()
        assert not re.search(r'(src|href)="(?!data:)', text), 'something from outside'
        assert 'viewport' in text and 'prefers-color-scheme: dark' in text


if __name__ == '__main__':
    run_cases()
