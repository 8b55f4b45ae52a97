"""Many requests, bad requests and slow requests, none of which may stop the others.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import concurrent.futures
import contextlib
import http.client
import os
import random
import socket
import time

from fareserver import serving
from farecli import PATIENCE, TIME_LIMIT, case, claude_line, equal, one_sentence, run_cases

DAYS = {'date_from': '2026-03-01', 'date_to': '2026-03-03'}


def write_logs(home, files, lines):
    for file in range(files):
        home.claude_log(f's{file}').write_bytes(b''.join(
            claude_line(i, session=f's{file}', output_tokens=1, input_tokens=0) for i in range(lines)))


@case('/http/load/500-at-a-time-during-a-scan')
def parallel(home):
    write_logs(home, 40, 2500)
    paths = ['/health', '/api/usage?period=today', '/api/usage?period=all', '/api/stats?year=2026',
             '/api/tools?period=all', '/api/sessions?tool=claude&period=all', '/metrics',
             '/api/active-time?period=all', '/api/openclaw', '/api/pricing-db']
    with serving(home, wait=False) as server:
        with concurrent.futures.ThreadPoolExecutor(500) as pool:
            chosen = [paths[i % len(paths)] + ('&' if '?' in paths[i % len(paths)] else '?') +
                      f'n={i % 50}' for i in range(500)]
            replies = list(pool.map(server.ask, chosen))
            equal({reply.status for reply in replies}, {200}, 'statuses')
        sums = [reply.json()['total_tokens'] for path, reply in zip(chosen, replies)
                if path.startswith('/api/usage?period=all')]
        assert all(0 <= tokens <= 100000 for tokens in sums), sums
        server.wait()
        equal(server.get('/api/usage', **DAYS)['total_tokens'], 100000, 'in the end')


@case('/http/load/answers-within-milliseconds-while-logs-are-read')
def quick(home):
    write_logs(home, 40, 2500)
    with serving(home, wait=False) as server:
        for _ in range(20):
            start = time.monotonic()
            server.get('/health')
            assert time.monotonic() - start < 10 * PATIENCE, 'health waits for the scan'
        server.wait()


@case('/http/load/the-same-burst-is-worked-out-once')
def kept(home):
    write_logs(home, 1, 10)
    with serving(home) as server:
        def fetch(_):
            return server.get('/api/usage', **DAYS)
        with concurrent.futures.ThreadPoolExecutor(32) as pool:
            answers = list(pool.map(fetch, range(64)))
        equal({answer['total_tokens'] for answer in answers}, {10}, 'sums')
        for answer in answers:
            cache = answer['response_cache']
            equal(cache['served_from_cache'], cache['status'] == 'hit', 'says so')
            assert 0 <= cache['age_seconds'] < 5
        equal(server.get('/api/usage', refresh='1', **DAYS)['response_cache']['status'], 'recomputed',
              'refresh')


@case('/http/load/new-lines-show-soon')
def fresh(home):
    write_logs(home, 1, 1)
    with serving(home) as server:
        equal(server.get('/api/usage', **DAYS)['total_tokens'], 1, 'before')
        with open(home.claude_log('s0'), 'ab') as log:
            log.write(claude_line(7, session='s0', output_tokens=1, input_tokens=0))
        end = time.monotonic() + TIME_LIMIT
        while server.get('/api/usage', **DAYS)['total_tokens'] != 2:
            assert time.monotonic() < end, 'the new line never shows'
            time.sleep(0.1)


@case('/http/load/too-large')
def large(home):
    with serving(home) as server:
        token = server.get('/api/csrf-token')['token']
        headers = {'X-Tokdash-Token': token, 'Content-Type': 'application/json'}
        reply = server.ask('/api/pricing-db', 'PUT', b' ' * (3 << 20), headers)
        equal(reply.status, 413, 'a body too large')
        head = f'GET /health HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n'.encode()
        for data in (b'GET /' + b'a' * 100000 + b' HTTP/1.1\r\n\r\n', head + b'X: ' + b'a' * 5000000,
                     head + b''.join(b'X-%d: y\r\n' % i for i in range(100000)) + b'\r\n',
                     f'PUT /api/pricing-db HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n'
                     f'X-Tokdash-Token: {token}\r\nTransfer-Encoding: chunked\r\n\r\n'.encode() +
                     (b'10000\r\n' + b'x' * 65536 + b'\r\n') * 400):
            assert b' 200 ' not in server.raw(data)[:20], data[:60]
            assert server.is_alive()
        with open(f'/proc/{server.process.pid}/status') as status:
            peak = next(int(line.split()[1]) for line in status if line.startswith('VmHWM'))
        assert peak < 400000, f'{peak} KiB'


@case('/http/load/idle-and-slow-ones-hold-nobody-up')
def slow(home):
    with serving(home) as server, contextlib.ExitStack() as stack:
        for i in range(300):
            peer = stack.enter_context(socket.create_connection(('127.0.0.1', server.port)))
            peer.sendall(b'GET /health HT' if i % 2 else b'')
        equal(server.get('/health')['status'], 'ok', 'health')
        equal(server.get('/api/usage')['total_tokens'], 0, 'usage')


@case('/http/load/those-who-hang-up-are-forgotten')
def hang_up(home):
    write_logs(home, 5, 200)
    with serving(home) as server:
        for i in range(200):
            with socket.create_connection(('127.0.0.1', server.port)) as peer:
                peer.sendall(f'GET /api/active-time?period=all&n={i} HTTP/1.1\r\n'
                             f'Host: 127.0.0.1:{server.port}\r\n\r\n'.encode())
        assert server.is_alive()
        equal(server.get('/api/usage', **DAYS)['total_messages'], 1000, 'still right')


@case('/http/load/a-client-that-keeps-connections-is-told')
def keep_alive(home):
    with serving(home) as server:
        client = http.client.HTTPConnection('127.0.0.1', server.port, timeout=TIME_LIMIT)
        for path in ('/health', '/api/usage', '/api/usage/', '/', '/nothing') * 20:
            client.request('GET', path)
            reply = client.getresponse()
            reply.read()
            equal(reply.headers['connection'], 'close', path)
        client.close()


@case('/http/load/malformed')
def malformed(home):
    """A short run of damaged requests: whatever comes back, the server goes on."""
    chance = random.Random(20261122)
    host = b'Host: 127.0.0.1\r\n'
    seeds = [b'GET /health HTTP/1.1\r\n' + host + b'\r\n',
             b'GET /api/usage?period=7&date_from=2026-03-01&date_to=2026-03-02 HTTP/1.1\r\n' + host + b'\r\n',
             b'GET /api/session?tool=claude&session_id=%00%ff HTTP/1.1\r\n' + host + b'\r\n',
             b'PUT /api/pricing-db HTTP/1.1\r\n' + host + b'Content-Length: 10\r\n\r\n{"data":{}}',
             b'POST / HTTP/1.1\r\n' + host + b'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
             b'OPTIONS * HTTP/1.0\r\n\r\n', b'GET http://[::1/x HTTP/1.1\r\n' + host + b'\r\n',
             b'GET /tokdash//api/stats?year=-9223372036854775809 HTTP/1.1\r\n' + host + b'\r\n']
    # So that a leak of libsoup's can be told from one of ours.
    options = os.environ.get('ASAN_OPTIONS', '') + ':fast_unwind_on_malloc=0'
    with serving(home, env={'ASAN_OPTIONS': options.lstrip(':')}) as server:
        for seed in seeds + [b'', b'\0' * 1000, b'\r\n' * 1000, b'\x16\x03\x01\x02\x00\x01\x00']:
            server.raw(seed)
        for _ in range(400):
            data = bytearray(chance.choice(seeds))
            for _ in range(chance.randint(1, 12)):
                where = chance.randrange(len(data))
                action = chance.random()
                if action < 0.4:
                    data[where] = chance.randrange(256)
                elif action < 0.6:
                    del data[where:where + chance.randint(1, 9)]
                    data += b'\r\n'
                else:
                    data[where:where] = chance.choice([b'\0', b'%', b'\r\n', b'%00', b'?', b'&', b'=', b'\xff' * 9,
                                                       b'A' * 999, b': ', b'99999999999999999999'])
            server.raw(bytes(data))
        assert server.is_alive()


@case('/http/load/parameters-of-any-kind')
def parameters(home):
    chance = random.Random(7)
    write_logs(home, 1, 3)
    names = ['period', 'date_from', 'date_to', 'year', 'tool', 'session_id', 'refresh',
             'include_review_sessions', 'granularity', 'max_points', 'start', 'end']
    values = ['', '0', '-1', 'all', '9' * 30, '2026-03-01', '0000-00-00', '9999-12-31', '%', 'ü', '\0',
              'claude', 'codex', "' or 1=1 --", 'true', '1e9', '\x7f', 's0', '\n']
    routes = ['usage', 'tools', 'openclaw', 'stats', 'sessions', 'session', 'codex/sessions',
              'codex/session', 'active-time', 'pricing-db', 'quota', 'quota/history', 'quota/refresh',
              'activity-insights']
    with serving(home) as server:
        for i in range(500):
            route = routes[i % len(routes)]
            reply = server.ask(f'/api/{route}?' + '&'.join(
                f'{chance.choice(names)}={"".join("%%%02x" % byte for byte in chance.choice(values).encode())}'
                for _ in range(chance.randint(0, 4))))
            assert reply.status in (200, 400, 404, 409, 422, 429), f'{route}: {reply.status} {reply.body!r}'
            reply.json()


@case('/http/load/a-port-in-use')
def port_in_use(home):
    with serving(home) as server:
        one_sentence(home.run('serve', '--port', str(server.port), status=1).err, str(server.port),
                     'Tokenfare')
    with socket.socket() as other:
        other.bind(('127.0.0.1', 0))
        other.listen()
        port = other.getsockname()[1]
        one_sentence(home.run('serve', '--port', str(port), status=1).err, str(port), 'python')
    for arguments in (['--port', '65536'], ['--port', 'x'], ['--port', '-1'], ['more'], ['--by', 'day']):
        home.run('serve', *arguments, status=2)


if __name__ == '__main__':
    run_cases()
