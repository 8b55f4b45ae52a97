# programs.py: the programs that are measured, each in a home of its own, and what they take.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import shutil
import subprocess
import tempfile
from typing import NamedTuple

from home import FIELDS

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Sample(NamedTuple):
    wall: float   # seconds
    cpu: float    # seconds, user and system
    peak: int     # bytes


class Stopwatch:
    """Runs a command through a small program, because a child of Python starts with Python's peak memory."""

    def __init__(self, build):
        self.path = os.path.join(build, 'tests', 'bench', 'stopwatch')

    def run(self, command, environment, stdin=subprocess.DEVNULL, output=None):
        """What the command took.  Its output goes to the file output."""
        with tempfile.NamedTemporaryFile('r') as result, open(output or os.devnull, 'wb') as stdout:
            subprocess.run([self.path, result.name, *command], env=environment, stdin=stdin, stdout=stdout,
                           stderr=subprocess.DEVNULL, check=True)
            wall, user, system, peak, status = map(int, result.read().split())
        if status != 0:
            raise RuntimeError(f'{command[0]} ended with status {status}')
        return Sample(wall / 1e6, (user + system) / 1e6, peak * 1024)


class Tokenfare:
    """The command line in a home."""

    name = 'tokenfare'

    def __init__(self, path, home):
        self.path = os.path.abspath(path)
        self.state = os.path.join(home, '.local', 'share', 'tokenfare')
        kept = ('PATH', 'LD_LIBRARY_PATH', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS')
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.environment |= {'HOME': home, 'TZ': 'UTC', 'LC_ALL': 'C.UTF-8',
                             'TOKENFARE_PKGDATA_DIR': os.path.join(ROOT, 'pricing')}
        self.command = [self.path, 'report', 'all', '--json']

    def forget(self):
        shutil.rmtree(self.state, ignore_errors=True)

    def report(self, *arguments):
        result = subprocess.run([*self.command, *arguments], env=self.environment, stdout=subprocess.PIPE, check=True)
        return json.loads(result.stdout)

    def kept_bytes(self):
        return tree_bytes(self.state)


def tree_bytes(path):
    return sum(os.path.getsize(os.path.join(folder, name))
               for folder, _, names in os.walk(path) for name in names)


def differences(program, truth):
    """Where the program's sums are not those of the truth, in words."""
    found = []
    for position, name in enumerate(('client', 'day', 'model')):
        rows = {row['key']: row for row in program.report('--by', name)['rows']}
        expected = truth.by(position)
        for key in sorted(expected.keys() | rows.keys()):
            if key not in rows or key not in expected:
                found.append(f'{name} {key}: only in the ' + ('truth' if key in expected else 'report'))
                continue
            found += [f'{name} {key}: {field} is {rows[key][field]}, not {expected[key][field]}'
                      for field in FIELDS if not agrees(field, rows[key][field], expected[key][field], truth.unsure[key])]
    return found


def agrees(field, value, expected, unsure):
    return expected <= value <= expected + (unsure if field == 'output' else 0)


def log_folders(home):
    """Folders of a home in which clients write, as far as a program that measures has to know."""
    share = os.path.join(home, '.local', 'share')
    beside = [os.path.join(home, name) for name in os.listdir(home) if name not in ('.local', '.config', '.cache')]
    data = [os.path.join(share, name) for name in os.listdir(share) if name != 'tokenfare'] if os.path.isdir(share) else []
    return sorted(path for path in beside + data if os.path.isdir(path))


class Limits:
    """The least work that nothing could avoid, on the same files."""

    def __init__(self, build, home, stopwatch):
        self.path = os.path.join(build, 'tests', 'bench', 'limits')
        self.folders = log_folders(home)
        self.stopwatch = stopwatch
        self.environment = {'PATH': os.environ.get('PATH', '')}

    def read(self, threads=1):
        return self.stopwatch.run([self.path, 'read', str(threads), *self.folders], self.environment)

    def walk(self):
        return self.stopwatch.run([self.path, 'walk', *self.folders], self.environment)

    def row(self, database):
        return self.stopwatch.run([self.path, 'row', database], self.environment)
