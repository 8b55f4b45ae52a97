"""A prefix with the built programs, and a systemd for the user, for tests of setup and uninstall.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import http.server
import json
import os
import pathlib
import pty
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import farecli

UNIT = 'tokenfare.service'
ENTRY = '.config/autostart/io.github.tokenfare.Tokenfare-tray.desktop'
SERVER = pathlib.Path(farecli.PROGRAM).parent.parent / 'http' / 'tokenfare-server'


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


class Room:
    """A home, a prefix beside it and a systemd that can be seen through."""

    def __init__(self, home, *, session=True, searched=True, tray=True):
        self.home = home
        self.base = home.path
        self.prefix = self.base / 'prefix'
        self.state = self.base / 'systemd'
        self.home.path = self.base / 'home'
        self.home.data = self.home.path / '.local/share/tokenfare'
        self.port = free_port()
        for folder in ('bin', 'libexec', 'lib/systemd/user'):
            (self.prefix / folder).mkdir(parents=True)
        self.home.path.mkdir()
        (self.state / 'units').mkdir(parents=True)
        self.install(tray)
        self.unit = self.prefix / 'lib/systemd/user' / UNIT
        self.write_unit(f'{self.prefix}/bin/tokenfare serve')
        if searched:
            (self.state / 'units' / UNIT).symlink_to(self.unit)
        if not session:
            (self.state / 'no-session').touch()

    def install(self, tray):
        program = pathlib.Path(farecli.PROGRAM)
        for file in (program, program.parent / 'libtokenfare-commands.so'):
            shutil.copy(file, self.prefix / 'bin')
        if SERVER.exists():
            shutil.copy(SERVER, self.prefix / 'libexec')
        if tray:
            self.script('tokenfare-tray', 'exit 0')
        fake = pathlib.Path(__file__).parent / 'fakesystemctl.py'
        self.script('systemctl', f'exec {sys.executable} {fake} "$@"')

    def script(self, name, text):
        path = self.prefix / 'bin' / name
        path.write_text(f'#!/bin/sh\n{text}\n')
        path.chmod(0o755)

    def write_unit(self, command):
        self.unit.write_text(f'[Service]\nExecStart={command}\n[Install]\nWantedBy=default.target\n')

    def env(self, **changes):
        env = self.home.env(TOKENFARE_DATA_DIR=None, FAKE_SYSTEMD=str(self.state), **changes)
        env['PATH'] = f'{self.prefix}/bin:{env["PATH"]}'
        return env

    def run(self, *args, status=0, env=None):
        done = subprocess.run([self.prefix / 'bin/tokenfare', *args], env=self.env(**(env or {})),
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=farecli.TIME_LIMIT)
        result = farecli.Result(done.returncode, done.stdout, done.stderr)
        assert result.status == status, f'{args}: exit {result.status}\n{result.out}\n{result.err}'
        assert 'CRITICAL' not in result.err and 'WARNING **' not in result.err, result.err
        return result

    def talk(self, *args, answers, status=0):
        """Runs the program on a terminal; returns all that was seen there."""
        master, slave = pty.openpty()
        child = subprocess.Popen([self.prefix / 'bin/tokenfare', *args], env=self.env(), stdin=slave,
                                 stdout=slave, stderr=slave, start_new_session=True)
        os.close(slave)
        os.write(master, answers.encode())
        seen = b''
        with contextlib.suppress(OSError):
            while chunk := os.read(master, 65536):
                seen += chunk
        os.close(master)
        farecli.equal(child.wait(farecli.TIME_LIMIT), status, seen.decode())
        return seen.decode()

    def use_port(self):
        """Has the settings name a port of this test's own."""
        path = self.home.path / '.config/tokenfare/settings.ini'
        path.parent.mkdir(parents=True)
        path.write_text(f'# mine\n[tokenfare]\napi-port={self.port}\nstyle=\'paper\'\n')
        return path

    def setup(self, *args, status=0, **options):
        """By JSON, without questions."""
        return self.run('setup', '--auto', '--json', *args, status=status, **options).json()

    def uninstall(self, *args, status=0, **options):
        return self.run('uninstall', '--auto', '--json', *args, status=status, **options).json()

    def manifest(self):
        return json.loads((self.home.data / 'setup.json').read_text())

    def calls(self, *verbs):
        path = self.state / 'calls'
        lines = path.read_text().splitlines() if path.exists() else []
        return [line for line in lines if line.split()[1] in verbs]

    def server(self):
        """The process of the running server, 0 when there is none."""
        path = self.state / 'pid'
        pid = int(path.read_text()) if path.exists() else 0
        return pid if pid and os.path.exists(f'/proc/{pid}/exe') else 0

    def is_enabled(self):
        return (self.home.path / '.config/systemd/user/default.target.wants' / UNIT).is_symlink()

    def snapshot(self, without=()):
        """Every path in the home with its kind, permissions and content."""
        seen = {}
        for path in [self.home.path, *sorted(self.home.path.rglob('*'))]:
            name = str(path.relative_to(self.home.path))
            mode = path.lstat().st_mode
            content = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else None
            if not any(name.startswith(one) for one in without):
                seen[name] = (oct(mode), content)
        return seen

    def end(self):
        pid = self.server()
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            while os.path.exists(f'/proc/{pid}/exe'):
                time.sleep(0.01)


def parts(answer):
    return {part['part']: part['state'] for part in answer['parts']}


def reasons(answer):
    return {part['part']: part['reason'] for part in answer['parts'] if part['reason']}


@contextlib.contextmanager
def somebody_on(port, health=None):
    """Another program that listens; answers HEALTH where it is asked for that."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if health else 404)
            self.end_headers()
            self.wfile.write(json.dumps(health).encode() if health else b'no')

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def setup_case(name, **options):
    """Like farecli.case, but gives a Room."""
    def add(function):
        def run(home):
            room = Room(home, **options)
            try:
                function(room)
            finally:
                room.end()
        farecli.cases.append((name, run))
        return function
    return add
