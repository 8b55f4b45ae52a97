"""Who is let in: reads by their Host, writes by all that a page elsewhere cannot have.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json

from fareserver import serving
from farecli import case, claude_line, equal, run_cases

PRICES = '/api/pricing-db'


def put(server, document, **headers):
    sent = {'Content-Type': 'application/json',
            'X-Tokdash-Token': server.get('/api/csrf-token')['token']}
    sent |= {name.replace('_', '-'): value for name, value in headers.items()}
    return server.ask(PRICES, 'PUT', json.dumps(document).encode(), sent)


@case('/http/gate/reads-need-a-name-of-this-computer')
def reads(home):
    with serving(home, '--host', 'box.tail1234.ts.net') as server:
        port = server.port
        for host in (f'127.0.0.1:{port}', 'localhost', 'LOCALHOST:9', f'[::1]:{port}',
                     'box.tail1234.ts.net', 'Box.Tail1234.ts.net:443'):
            equal(server.ask('/api/usage', headers={'Host': host}).status, 200, host)
        for host in ('evil.example', f'evil.example:{port}', '127.0.0.1.evil.example', 'localhost.',
                     'localhost:', 'localhost:80:80', 'localhost@evil.example', f'192.168.0.1:{port}',
                     'box.tail1234.ts.net.evil.example', 'other.tail1234.ts.net', '0.0.0.0'):
            for path in ('/api/usage', '/', '/metrics', '/nothing'):
                reply = server.ask(path, headers={'Host': host})
                assert reply.status in (400, 403), f'{host} {path}: {reply.status}'
        equal(server.ask('/health', headers={'Host': 'evil.example'}).status, 200, 'health')
        assert server.is_alive()


@case('/http/gate/writes-are-refused-before-anything-else')
def writes(home):
    with serving(home) as server:
        port = server.port
        token = server.get('/api/csrf-token')['token']
        good = {'X-Tokdash-Token': token, 'Content-Type': 'application/json'}
        refused = [
            ({'X-Tokdash-Token': None}, 'token'), ({'X-Tokdash-Token': ''}, 'token'),
            ({'X-Tokdash-Token': token[:-1]}, 'token'), ({'X-Tokdash-Token': token + 'x'}, 'token'),
            ({'X-Tokdash-Token': 'ü' * 43}, 'token'),
            ({'Host': 'evil.example'}, 'Host'), ({'Host': 'localhost'}, 'Host'),
            ({'Host': f'localhost:{port + 1}'}, 'Host'), ({'Host': '127.0.0.1'}, 'Host'),
            ({'Origin': f'http://localhost:{port + 1}'}, 'Cross-origin request'),
            ({'Origin': f'https://localhost:{port}'}, 'Cross-origin request'),
            ({'Origin': 'null'}, 'Cross-origin request'),
            ({'Origin': 'http://evil.example'}, 'Cross-origin request'),
            ({'Referer': 'http://evil.example/'}, 'referer'), ({'Referer': '%%%'}, 'referer'),
            ({'Referer': f'http://127.0.0.1:{port}.evil.example/'}, 'referer'),
            ({'X-Forwarded-For': '100.64.0.1'}, 'proxy'), ({'Forwarded': 'for=1.2.3.4'}, 'proxy'),
        ]
        for method in ('PUT', 'POST', 'PATCH', 'DELETE'):
            for path in (PRICES, '/api/nothing', '/api/usage'):
                for headers, word in refused:
                    reply = server.ask(path, method, b'{}', good | headers)
                    equal(reply.status, 403, f'{method} {path} {headers}')
                    assert word in reply.json()['detail'], reply.body
        equal(server.ask('/api/nothing', 'POST', b'{}', good).status, 404, 'unknown path')
        equal(server.ask('/api/usage', 'POST', b'{}', good).status, 405, 'wrong method')
        equal(server.ask('/api/usage', 'DELETE', b'', good).headers['allow'], 'GET, HEAD', 'allow')
        for headers in ({}, {'Host': f'localhost:{port}'}, {'Origin': f'http://localhost:{port}'},
                        {'Referer': f'http://127.0.0.1:{port}/page?x'}):
            equal(server.ask(PRICES, 'PUT', b'[]', good | headers).status, 422, f'let in: {headers}')
        for headers in ({'Host': 'localhost'}, {'Origin': 'http://evil.example'},
                        {'X-Forwarded-Host': 'box'}, {'Referer': 'http://evil.example/'}):
            reply = server.ask('/api/csrf-token', headers=headers)
            equal(reply.status, 403, f'no token: {headers}')
        assert not (home.data / 'prices.json').exists(), 'something was written'


@case('/http/gate/a-token-is-of-one-start')
def tokens(home):
    seen = set()
    for _ in range(2):
        with serving(home) as server:
            seen.add(server.get('/api/csrf-token')['token'])
    equal(len(seen), 2, 'tokens')


@case('/http/gate/pages-of-this-computer-may-read')
def origins(home):
    with serving(home) as server:
        for origin in ('http://localhost:3000', 'https://127.0.0.1', 'http://localhost'):
            equal(server.ask('/api/usage', headers={'Origin': origin})
                  .headers.get('access-control-allow-origin'), origin, origin)
        for origin in ('http://evil.example', 'null', 'http://localhost.evil.example', 'file://'):
            reply = server.ask('/api/usage', headers={'Origin': origin})
            equal((reply.status, reply.headers.get('access-control-allow-origin')), (200, None), origin)
        asked = {'Access-Control-Request-Method': 'GET'}
        fine = server.ask('/api/usage', 'OPTIONS', headers=asked | {'Origin': 'http://localhost:1'})
        equal((fine.status, fine.body, fine.headers['access-control-max-age']), (200, b'OK', '600'), 'ok')
        bad = server.ask('/api/usage', 'OPTIONS', headers=asked | {'Origin': 'http://evil.example'})
        equal((bad.status, bad.body), (400, b'Disallowed CORS origin'), 'foreign')


@case('/http/gate/deep-bodies-are-refused')
def deep(home):
    with serving(home) as server:
        good = {'X-Tokdash-Token': server.get('/api/csrf-token')['token'], 'Content-Type': 'application/json'}
        for body in (b'[' * 500000, b'{"data":' * 100000, b'/*"*/' + b'[' * 500000):
            equal(server.ask(PRICES, 'PUT', body, good).status, 422, 'body')
        equal(put(server, {'text': '[' * 500000}).status, 400, 'text')
        equal(server.ask('/api/usage').status, 200, 'still there')


@case('/http/gate/no-question-is-taken-for-another')
def questions(home):
    home.claude_log().write_bytes(claude_line(1, input_tokens=100000, output_tokens=0))
    with serving(home) as server:
        # A value may hold what separates values.
        for _ in range(5):
            everything = server.ask('/api/usage?period=today%0Ax%3D1').json()
            today = server.ask('/api/usage?period=today&x=1').json()
            equal((everything['total_cost'], today['total_cost']), (0.3, 0.0), 'costs')


@case('/http/gate/what-is-no-text-is-an-unknown-value')
def no_text(home):
    home.claude_log().write_bytes(claude_line(1, input_tokens=100000, output_tokens=0))
    with serving(home) as server:
        everything = server.ask('/api/usage?period=all').json()['total_cost']
        for value in ('%ff', '%00', 'today%00', 'today%ff', '%C3%28'):
            answer = server.ask(f'/api/usage?period={value}')
            equal(answer.json()['total_cost'], everything, value)
        equal(server.ask('/api/usage?period=t%6fday').json()['total_cost'], 0.0, 'an escape')
        # Neither a missing value nor one that is given up.
        for path in ('/api/usage?date_from=%ff&date_to=2026-03-01', '/api/sessions?tool=claude&date_from=%00&date_to=%00'):
            equal(server.ask(path).status, 400, path)
        for path in ('/api/sessions?tool=%ff', '/api/session?tool=claude&session_id=%ff', '/api/stats?year=%ff',
                     '/api/usage?refresh=%ff'):
            missing = server.ask(path.replace('%ff', 'no-such-thing'))
            equal(server.ask(path).status, missing.status, path)
        many = '&'.join(f'n{i}=1' for i in range(100))
        equal(server.ask(f'/api/usage?{many}&period=all').json()['total_cost'], everything, 'many')


@case('/http/gate/prices-are-changed-at-once')
def prices(home):
    home.claude_log().write_bytes(claude_line(1, input_tokens=100000, output_tokens=0))
    days = {'date_from': '2026-03-02', 'date_to': '2026-03-02'}
    with serving(home) as server:
        shown = server.get(PRICES)
        equal(set(shown), {'path', 'baseline_path', 'baseline_version', 'source', 'data', 'text'}, 'members')
        equal(shown['source'], 'baseline', 'source')
        equal(json.loads(shown['text']), shown['data'], 'text')
        assert shown['text'].endswith('}\n') and '\n  "models"' in shown['text']
        table = shown['data']
        equal(server.get('/api/usage', **days)['total_cost'], 0.3, 'shipped price')
        equal(put(server, {'data': table}).json()['source'], 'baseline', 'nothing new, nothing kept')

        table['models']['claude-sonnet-4-6']['input'] = 10
        saved = put(server, {'text': json.dumps(table)})
        equal((saved.status, saved.json()['source']), (200, 'override'), 'saved')
        equal(server.get('/api/usage', **days)['total_cost'], 1.0, 'new price')
        equal(home.run('report', 'all', '--json').json()['total']['cost'], 1.0, 'command line')

        del table['models']['claude-sonnet-4-6']
        table['aliases'] = {name: model for name, model in table['aliases'].items()
                            if model != 'claude-sonnet-4-6'}
        equal(put(server, {'data': table}).status, 200, 'deleted')
        usage = server.get('/api/usage', **days)
        equal((usage['total_cost'], usage['unpriced_tokens']), (0.0, 100000), 'no price')

        for body, word in (({'text': '{bad'}, 'Invalid JSON: '), ({'data': []}, 'JSON object'), ({}, 'JSON object'),
                           ({'data': {}}, 'models object'),
                           ({'data': {'models': {}, 'aliases': []}}, 'aliases must be an object'),
                           ({'data': {'models': {'x': {'input': 'much'}}}}, '“x”')):
            reply = put(server, body)
            equal(reply.status, 400, body)
            assert word in reply.json()['detail'], reply.body
        equal(put(server, [1]).status, 422, 'no object')
        equal(put(server, {'data': table}, Content_Type='text/plain').status, 422, 'no JSON')
        equal(server.get('/api/usage', **days)['unpriced_tokens'], 100000, 'nothing changed')


@case('/http/gate/a-price-file-that-cannot-be-read-is-never-written')
def broken(home):
    home.data.mkdir(parents=True)
    (home.data / 'prices.json').write_text('{ broken')
    with serving(home) as server:
        reply = put(server, {'data': {'models': {}}})
        equal(reply.status, 500, reply.body)
        assert 'prices.json' in reply.json()['detail'], reply.body
    equal((home.data / 'prices.json').read_text(), '{ broken', 'the file')


@case('/http/gate/name-that-is-allowed-while-the-server-runs')
def later(home):
    name = 'box.tail1234.ts.net'
    settings = home.data / 'settings.ini'
    with serving(home) as server:
        def ask(path='/api/usage', **headers):
            return server.ask(path, headers={'Host': name} | headers).status
        equal(ask(), 403, 'before')
        settings.write_text(f"[tokenfare]\napi-hosts=['{name}']\n")
        equal(ask(), 200, 'allowed')
        for path in ('/', '/api/usage', '/metrics'):
            equal(ask(path), 200, path)
            equal(ask('/tokenfare' + path), 200, f'{path} below our own prefix')
        token = server.get('/api/csrf-token')['token']
        equal(ask('/api/csrf-token'), 403, 'token')
        for headers in ({'Host': name}, {'Host': name, 'X-Forwarded-For': '100.64.0.1', 'X-Forwarded-Host': name},
                        {'X-Forwarded-For': '100.64.0.1', 'X-Forwarded-Host': name},
                        {'Host': name, 'Origin': f'https://{name}'}, {'Origin': f'https://{name}'}):
            sent = {'X-Tokdash-Token': token, 'Content-Type': 'application/json'} | headers
            for path in ('/api/pricing-db', '/tokenfare/api/pricing-db'):
                equal(server.ask(path, 'PUT', b'{"data":{"models":{}}}', sent).status, 403, f'{path} {headers}')
        assert not (home.data / 'prices.json').exists()
        settings.write_text('[tokenfare]\n')
        equal(ask(), 403, 'no longer')
        settings.write_text('no key file at all')
        equal(ask(), 403, 'damaged')
        settings.unlink()
        equal(ask(), 403, 'gone')


if __name__ == '__main__':
    run_cases()
