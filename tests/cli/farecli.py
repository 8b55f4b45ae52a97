"""Runs the built program in homes of its own and reports in TAP.

A test file defines functions decorated with @case('/cli/area/what-is-true'), each given a fresh
Home, and ends with run_cases().  The program's path comes in TOKENFARE.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import traceback

TESTS = pathlib.Path(__file__).resolve().parent.parent
DATA = TESTS / 'data'
PRICES = TESTS.parent / 'pricing'
PROGRAM = os.environ['TOKENFARE']

# How many times as long as usual everything may take; tests/meson.build knows slow builds.
PATIENCE = float(os.environ.get('TEST_PATIENCE', 1))
# Seconds until something hangs.
TIME_LIMIT = 120 * PATIENCE

# What a slow machine is told while it reads, besides anything else.
PROGRESS = 'tokenfare: Reading the logs; this takes a moment.\n'

cases = []


class Skip(Exception):
    """This machine cannot make what the case needs."""


class Result:
    def __init__(self, status, stdout, stderr):
        self.status = status
        self.raw = stdout
        self.out = stdout.decode('utf-8')
        self.all_err = stderr.decode('utf-8')
        self.err = self.all_err.replace(PROGRESS, '')

    def json(self):
        return json.loads(self.out)

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Home:
    """A home folder with nothing in it."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.data = self.path / 'tokenfare'

    def env(self, **changes):
        kept = ('PATH', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS', 'G_DEBUG', 'MALLOC_CHECK_', 'LD_PRELOAD')
        env = {name: os.environ[name] for name in kept if name in os.environ}
        env |= {
            'HOME': str(self.path), 'TOKENFARE_DATA_DIR': str(self.data), 'TZ': 'UTC',
            'TOKENFARE_PKGDATA_DIR': str(PRICES), 'LC_ALL': 'C.UTF-8', 'TERM': 'xterm',
            'GSETTINGS_BACKEND': 'memory', 'GIO_USE_VFS': 'local',
        }
        env |= changes
        return {name: value for name, value in env.items() if value is not None}

    def run(self, *args, status=0, env=None, **options):
        """Runs the program and checks that it ends with STATUS (None for any but a crash)."""
        done = subprocess.run([PROGRAM, *args], env=self.env(**(env or {})), capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=TIME_LIMIT, **options)
        result = Result(done.returncode, done.stdout, done.stderr)
        told = f'tokenfare {" ".join(map(str, args))}: exit {result.status}\n{result.err}'
        assert result.status >= 0, told
        assert status is None or result.status == status, told
        assert 'CRITICAL' not in result.err and 'WARNING **' not in result.err, told
        return result

    def start(self, *args, env=None, **options):
        return subprocess.Popen([PROGRAM, *args], env=self.env(**(env or {})),
                                stdin=subprocess.DEVNULL, **options)

    def fill(self, client):
        """Copies the whole home of tests/data/CLIENT."""
        shutil.copytree(DATA / client / 'home', self.path, symlinks=True,
                        dirs_exist_ok=True)

    def claude_log(self, name='s1', slug='-tmp-p'):
        folder = self.path / '.claude' / 'projects' / slug
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f'{name}.jsonl'

    def use(self, *times, model='claude-sonnet-4-6'):
        """Each time $6, in ten requests, each below the size from which prompts cost more."""
        self.claude_log().write_bytes(b''.join(
            claude_line(number * 10 + part, time=at, model=model, input_tokens=100000, output_tokens=20000)
            for number, at in enumerate(times) for part in range(10)))

    def write_settings(self, **values):
        self.data.mkdir(exist_ok=True)
        lines = [f'{name.replace("_", "-")}={value}' for name, value in values.items()]
        (self.data / 'settings.ini').write_text('\n'.join(['[tokenfare]', *lines, '']))

    def events(self, *args, **options):
        return self.run('events', '--json', *args, **options).lines()


def utc(ago=0):
    """That many seconds ago, as Claude Code writes it."""
    return time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime(time.time() - ago))


def expected(client):
    with open(DATA / client / 'expected.json', encoding='utf-8') as file:
        return json.load(file)


def claude_line(number, *, session='s1', time='2026-03-02T10:00:00.000Z', model='claude-sonnet-4-6',
                cwd='/tmp/p', **usage):
    """One assistant row with a message id of its own."""
    counts = {'input_tokens': 10, 'cache_creation_input_tokens': 0, 'cache_read_input_tokens': 0,
              'output_tokens': 5} | usage
    return json.dumps({
        'type': 'assistant', 'sessionId': session, 'timestamp': time, 'cwd': cwd,
        'uuid': f'u-{session}-{number}', 'requestId': f'req-{session}-{number}', 'version': '2.1.0',
        'message': {'id': f'msg-{session}-{number}', 'type': 'message', 'role': 'assistant',
                    'model': model, 'content': [], 'usage': counts},
    }, separators=(',', ':')).encode() + b'\n'


def total(event):
    return sum(event[name] for name in
               ('input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output'))


def equal(actual, wanted, what):
    assert actual == wanted, f'{what}: {actual!r} instead of {wanted!r}'


def same_money(actual, wanted, what):
    assert abs(actual - wanted) <= 1e-9 * max(1, abs(wanted)), f'{what}: {actual} instead of {wanted}'


def one_sentence(text, *needles):
    """The user was told something, in one line, with these words in it."""
    lines = text.splitlines()
    assert len(lines) == 1 and lines[0].startswith('tokenfare: '), f'not one sentence: {text!r}'
    for needle in needles:
        assert needle in text, f'{needle!r} is not in {text!r}'


def case(name):
    def add(function):
        cases.append((name, function))
        return function
    return add


def make_removable(folder):
    for name, folders, _ in os.walk(folder):
        for path in [name, *(os.path.join(name, child) for child in folders)]:
            if not os.path.islink(path):
                os.chmod(path, stat.S_IRWXU)


def run_case(number, name, function):
    folder = tempfile.mkdtemp(prefix='fare-cli-')
    try:
        function(Home(folder))
        print(f'ok {number} {name}', flush=True)
        return True
    except Skip as reason:
        print(f'ok {number} {name} # SKIP {reason}', flush=True)
        return True
    except Exception:  # whatever it is, the other cases go on
        print(f'not ok {number} {name}')
        for line in traceback.format_exc().splitlines():
            print('#', line)
        sys.stdout.flush()
        return False
    finally:
        make_removable(folder)
        shutil.rmtree(folder)


def run_apart(name, command=()):
    """Runs the case in a process of its own; returns its line and what it says of it."""
    done = subprocess.run([*command, sys.executable, sys.argv[0], f'={name}='], capture_output=True,
                          stdin=subprocess.DEVNULL, text=True, check=False)
    said = [line for line in done.stdout.splitlines() if not line.startswith('1..')]
    errors = [f'# {line}' for line in done.stderr.splitlines()]
    if not said or not re.match('(not )?ok 1 ', said[0]):
        said = [f'not ok 1 {name}', f'# ended with {done.returncode}', *said]
    return said + errors


def run_at_once(chosen, number, command):
    results = []
    with concurrent.futures.ThreadPoolExecutor(number) as pool:
        for i, said in enumerate(pool.map(lambda one: run_apart(one[0], command), chosen), 1):
            results.append(said[0].startswith('ok'))
            print(said[0].replace('ok 1 ', f'ok {i} ', 1), *said[1:], sep='\n', flush=True)
    return results


def run_cases(at_once=1, command=()):
    """All cases, or those whose names have one of the arguments in them, or are it.
    Of cases that mostly wait AT_ONCE can run, each in a process of its own that COMMAND starts."""
    wanted = sys.argv[1:]
    chosen = [one for one in cases if not wanted or any(part in f'={one[0]}=' for part in wanted)]
    print(f'1..{len(chosen)}', flush=True)
    if at_once > 1 and len(chosen) > 1:
        results = run_at_once(chosen, at_once, command)
    else:
        results = [run_case(i, *one) for i, one in enumerate(chosen, 1)]
    sys.exit(0 if all(results) else 1)
