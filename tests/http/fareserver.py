"""Runs `tokenfare serve` in a home of its own and talks to it.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import http.client
import json
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'cli'))

from farecli import TIME_LIMIT, PROGRAM  # noqa: E402


class Reply:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body.decode('utf-8'))


class Server:
    def __init__(self, process, port):
        self.process = process
        self.port = port

    def ask(self, path, method='GET', body=None, headers=None, timeout=TIME_LIMIT):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            sent = {'Host': f'127.0.0.1:{self.port}'} | (headers or {})
            if body is not None:
                sent.setdefault('Content-Length', str(len(body)))
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            reply = connection.getresponse()
            return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()},
                         reply.read())
        finally:
            connection.close()

    def get(self, path, status=200, **parameters):
        query = '?' + urllib.parse.urlencode(parameters) if parameters else ''
        reply = self.ask(path + query)
        assert reply.status == status, f'{path}{query}: {reply.status} {reply.body[:300]!r}'
        answer = reply.json()
        scan = answer.pop('scan', None)
        assert scan is None or (scan['running'] is True and 0 <= scan['done'] <= scan['total']), scan
        return answer

    def detail(self, path, status, **parameters):
        return self.get(path, status, **parameters)['detail']

    def raw(self, data, timeout=10):
        """Sends bytes as they are; returns all that comes back."""
        with socket.create_connection(('127.0.0.1', self.port), timeout=timeout) as peer:
            answer = b''
            with contextlib.suppress(OSError):
                peer.sendall(data)
                peer.shutdown(socket.SHUT_WR)
            with contextlib.suppress(OSError):
                while chunk := peer.recv(65536):
                    answer += chunk
            return answer

    def wait(self):
        """Until all logs have been read."""
        end = time.monotonic() + TIME_LIMIT
        while time.monotonic() < end:
            text = self.ask('/metrics').body.decode()
            if re.search(r'^tokenfare_last_scan_timestamp_seconds \d', text, re.M) \
               and 'tokenfare_scan_running 0' in text:
                return self
            time.sleep(0.05)
        raise AssertionError('the logs were never read')

    def is_alive(self):
        return self.process.poll() is None and self.get('/health')['status'] == 'ok'


@contextlib.contextmanager
def serving(home, *args, env=None, wait=True):
    process = subprocess.Popen([PROGRAM, 'serve', '--port', '0', *args],
                               env=home.env(**(env or {})), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        found = re.fullmatch(r'Tokenfare answers at http://127\.0\.0\.1:(\d+)/\n', line)
        assert found, f'no address in {line!r}'
        server = Server(process, int(found[1]))
        yield server.wait() if wait else server
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=TIME_LIMIT)
        assert process.returncode == 0, f'ended with {process.returncode}: {errors}'
        assert errors == '', f'said {errors!r}'
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
