#!/usr/bin/env python3
# bench.py PROGRAM: how fast and how frugal the command line is on an invented home, and whether
# its sums are exact; a run with wrong sums has no figures.
#
# Ratios tell more than times: each figure stands beside the plain work that nothing could avoid,
# done on the same files in the same round.  Files come from the page cache.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import make_home

TIME = '/usr/bin/time'


class Program:
    """The command line in a home of its own."""

    def __init__(self, path, home):
        self.path = os.path.abspath(path)
        self.state = os.path.join(home, '.local', 'share', 'tokenfare')
        kept = ('PATH', 'TOKENFARE_PKGDATA_DIR', 'LD_LIBRARY_PATH')
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.environment |= {'HOME': home, 'TZ': 'UTC', 'LC_ALL': 'C.UTF-8'}

    def forget(self):
        shutil.rmtree(self.state, ignore_errors=True)

    def report(self, *arguments, before=()):
        command = [*before, self.path, 'report', 'all', '--json', *arguments]
        result = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=True)
        return json.loads(result.stdout)

    def timed(self):
        """Seconds until the report is there, and seconds of processor time."""
        before, start = os.times(), time.perf_counter()
        self.report()
        wall, after = time.perf_counter() - start, os.times()
        return wall, (after.children_user + after.children_system) - (before.children_user + before.children_system)

    def peak_megabytes(self):
        """Peak memory of a cold scan.  Asked of a small program: a child of ours starts with our peak."""
        if not os.access(TIME, os.X_OK):
            return None
        with tempfile.NamedTemporaryFile('r') as file:
            self.report(before=(TIME, '-f', '%M', '-o', file.name))
            return int(file.read()) / 1024

    def index_bytes(self):
        return sum(entry.stat().st_size for entry in os.scandir(self.state) if entry.is_file())


def log_files(home):
    return [os.path.join(folder, name)
            for root in ('.claude', '.codex')
            for folder, _, names in os.walk(os.path.join(home, root)) for name in names]


def read_all(paths):
    """Seconds to read every file once and count its lines, in one thread."""
    buffer, lines, start = bytearray(1 << 18), 0, time.perf_counter()
    view = memoryview(buffer)
    for path in paths:
        with open(path, 'rb', buffering=0) as file:
            while size := file.readinto(view):
                lines += buffer.count(b'\n', 0, size)
    return time.perf_counter() - start


def look_at_all(home):
    """Seconds to list every folder and look at every file, without reading it."""
    start = time.perf_counter()
    subprocess.run(['find', home + '/.claude', home + '/.codex', '-type', 'f', '-size', '+0'],
                   stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


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
                      for field in make_home.FIELDS if rows[key][field] != expected[key][field]]
    return found


def measure(program, home, rounds):
    figures = {name: [] for name in ('cold', 'cold_cpu', 'read', 'warm', 'append', 'look')}
    paths = log_files(home.path)
    read_all(paths)
    for _ in range(rounds):
        program.forget()
        wall, cpu = program.timed()
        figures['cold'].append(wall)
        figures['cold_cpu'].append(cpu)
        figures['read'].append(read_all(paths))
        figures['warm'].append(program.timed()[0])
        make_home.append_response(home)
        figures['append'].append(program.timed()[0])
        figures['look'].append(look_at_all(home.path))
    return figures


def show(figures, home, peak, index):
    median = {name: statistics.median(values) for name, values in figures.items()}
    messages = sum(row['messages'] for row in home.truth.sums.values())

    def row(title, name, limit=None, words=None):
        values = figures[name]
        against = f'{median[name] / median[limit]:.2f} × {words}' if limit else ''
        print(f'{title:<22}{median[name] * 1000:>8.1f} ms   '
              f'{min(values) * 1000:>7.1f} – {max(values) * 1000:<7.1f}  {against}')

    print(f'{home.bytes / 1e6:.0f} MB in {home.files} files, {messages} responses; '
          f'{len(figures["cold"])} rounds; files in the page cache\n')
    print(f'{"":<22}{"median":>11}   {"lowest – highest":<17}  ratio')
    row('cold scan', 'cold', 'read', 'reading every file once, one thread')
    row('  processor time', 'cold_cpu', 'read', 'the same')
    row('nothing changed', 'warm', 'look', 'looking at every file (find)')
    row('one response more', 'append', 'look', 'the same')
    row('reading every file', 'read')
    row('looking at every file', 'look')
    if peak is not None:
        print(f'{"peak memory, cold scan":<22}{peak:>8.1f} MB')
    print(f'{"index":<22}{index / 1e6:>8.1f} MB   {index / messages:.0f} bytes a response')
    print('\nThe sums equal what was written, in every field, by client, by day and by model.')


def main():
    parser = argparse.ArgumentParser(description='Measures the tokenfare command on invented logs.')
    parser.add_argument('program')
    parser.add_argument('--megabytes', type=float, default=100)
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--days', type=int, default=365)
    parser.add_argument('--json', action='store_true', help='medians, seconds and bytes, for programs')
    options = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix='tokenfare-bench-') as folder:
        home = make_home.make_home(folder, options.megabytes, options.seed, options.days)
        program = Program(options.program, folder)
        wrong = differences(program, home.truth)
        if not wrong:
            figures = measure(program, home, options.rounds)
            program.forget()
            peak = program.peak_megabytes()
            index = program.index_bytes()
            wrong = differences(program, home.truth)

    if wrong:
        print('The sums are wrong, so there are no figures:', *wrong[:20], sep='\n  ', file=sys.stderr)
        return 1
    if options.json:
        medians = {name: statistics.median(values) for name, values in figures.items()}
        print(json.dumps({'seconds': medians, 'peak_megabytes': peak, 'index_bytes': index,
                          'log_bytes': home.bytes, 'files': home.files, 'rounds': options.rounds}, indent=2))
    else:
        show(figures, home, peak, index)
    return 0


if __name__ == '__main__':
    sys.exit(main())
