#!/usr/bin/env python3
# soak.py: agents write for a long time while the window, a watching command and short commands run.
#
# Twenty logs of Claude Code and Codex grow by ten lines a second.  Responses are written several
# times while they grow, some lines come in two pieces, totals repeat: what is counted is known from
# what was meant, never read back from the logs.  Checked are
#
#   sums     of every short command while all runs (not older than three seconds, nothing twice),
#            of the watching command, and of everything at the end, against an index made anew
#   memory   of window and watching command: growth from the first minute (or fifth of the time) on
#   time     of processor that both take together
#
#   soak.py BUILD-FOLDER [--seconds 900] [--rate 10] [--logs 20] [--no-window]
#
# Ends with 1 when a limit is broken, 77 when the window is wanted and there is no way to show it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import collections
import datetime
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TICKS = os.sysconf('SC_CLK_TCK')

GROWTH_KB = 5 * 1024
CPU_SHARE = 0.02
LATE_S = 3
FIELDS = ('messages', 'input', 'cache_read', 'output')


def now_text():
    now = datetime.datetime.now(datetime.timezone.utc)
    return now.strftime('%Y-%m-%dT%H:%M:%S.') + f'{now.microsecond // 1000:03d}Z'


def dump(record):
    return json.dumps(record, separators=(',', ':')) + '\n'


class Truth:
    """What was used so far, and when which of it became true."""

    def __init__(self):
        self.sums = dict.fromkeys(FIELDS, 0)
        self.past = collections.deque()

    def add(self, **counts):
        for name, count in counts.items():
            self.sums[name] += count
        self.past.append((time.monotonic(), dict(self.sums)))
        while len(self.past) > 2000:
            self.past.popleft()

    def at(self, moment):
        """The sums as they were at that MOMENT."""
        last = dict.fromkeys(FIELDS, 0)
        for when, sums in self.past:
            if when > moment:
                break
            last = sums
        return last


class ClaudeLog:
    """Each response is written one to four times, with more output each time."""

    def __init__(self, home, number, rng):
        self.session = f'c{number}'
        self.path = home / '.claude/projects' / f'-home-me-p{number % 4}' / f'{self.session}.jsonl'
        self.rng = rng
        self.number = 0
        self.left = 0
        self.output = 0

    def write(self, truth):
        new = self.left == 0
        if new:
            self.number += 1
            self.left = self.rng.randrange(1, 5)
            self.input, self.cached = self.rng.randrange(1, 50), self.rng.randrange(0, 9000)
            self.output = 0
        self.left -= 1
        more = self.rng.randrange(1, 300)
        self.output += more
        name = f'{self.session}-{self.number}'
        line = dump({
            'type': 'assistant', 'sessionId': self.session, 'cwd': f'/home/me/{self.session}',
            'uuid': f'{name}-{self.left}', 'requestId': f'req-{name}', 'timestamp': now_text(),
            'message': {'id': f'msg-{name}', 'type': 'message', 'role': 'assistant', 'content': [],
                        'model': 'claude-sonnet-4-6',
                        'usage': {'input_tokens': self.input, 'cache_read_input_tokens': self.cached,
                                  'cache_creation_input_tokens': 0, 'output_tokens': self.output}}})
        self.append(line)
        if new:
            truth.add(messages=1, input=self.input, cache_read=self.cached, output=more)
        else:
            truth.add(output=more)

    def append(self, line):
        """Now and then a line reaches the disk in two pieces."""
        with open(self.path, 'a', encoding='utf-8') as file:
            if self.rng.random() < 0.1:
                cut = self.rng.randrange(1, len(line))
                file.write(line[:cut])
                file.flush()
                time.sleep(0.02)
                line = line[cut:]
            file.write(line)


class CodexLog(ClaudeLog):
    """Running totals; every third line repeats the last one."""

    def __init__(self, home, number, rng):
        super().__init__(home, number, rng)
        thread = f'00000000-0000-4000-8000-{number:012d}'
        day = time.strftime('%Y/%m/%d', time.gmtime())
        stamp = time.strftime('%Y-%m-%dT%H-%M-%S', time.gmtime())
        self.path = home / '.codex/sessions' / day / f'rollout-{stamp}-{thread}.jsonl'
        self.thread = thread
        self.totals = {'input_tokens': 0, 'cached_input_tokens': 0, 'output_tokens': 0,
                       'reasoning_output_tokens': 0, 'total_tokens': 0}
        self.last = None

    def begin(self):
        self.append(dump({'timestamp': now_text(), 'type': 'session_meta', 'payload': {
            'id': self.thread, 'cwd': '/home/me/ferry', 'model_provider': 'openai'}}))
        self.append(dump({'timestamp': now_text(), 'type': 'turn_context', 'payload': {
            'model': 'gpt-5-codex', 'turn_id': 'turn'}}))

    def write(self, truth):
        if self.last is None:
            self.begin()
        self.number += 1
        repeats = self.last is not None and self.number % 3 == 0
        if not repeats:
            whole, cached, output = (self.rng.randrange(1000, 9000), self.rng.randrange(0, 900),
                                     self.rng.randrange(1, 400))
            self.last = {'input_tokens': whole, 'cached_input_tokens': cached, 'output_tokens': output,
                         'reasoning_output_tokens': 0, 'total_tokens': whole + output}
            for name, count in self.last.items():
                self.totals[name] += count
        self.append(dump({'timestamp': now_text(), 'type': 'event_msg', 'payload': {
            'type': 'token_count', 'info': {'total_token_usage': self.totals,
                                            'last_token_usage': self.last}}}))
        if not repeats:
            truth.add(messages=1, input=whole - cached, cache_read=cached, output=output)


class Program:
    """A program that runs all the time."""

    def __init__(self, name, command, env, **options):
        self.name = name
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, **options)
        self.rss = []
        self.cpu_start = 0.0
        self.threads_start = collections.Counter()

    def cpu(self):
        with open(f'/proc/{self.process.pid}/stat', encoding='ascii') as file:
            fields = file.read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def threads(self):
        """Seconds of processor by the names of its threads that live."""
        seconds = collections.Counter()
        folder = pathlib.Path(f'/proc/{self.process.pid}/task')
        for task in folder.iterdir():
            name = (task / 'comm').read_text().strip()
            seconds[name] += int((task / 'schedstat').read_text().split()[0]) / 1e9
        return seconds

    def sample(self):
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as file:
            self.rss.append(int(next(line for line in file if line.startswith('VmRSS')).split()[1]))

    def growth(self):
        """Kilobytes from the first samples to the last ones."""
        n = max(1, len(self.rss) // 10)
        return int(statistics.median(self.rss[-n:]) - statistics.median(self.rss[:n]))

    def end(self):
        self.process.terminate()
        try:
            _, err = self.process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, err = self.process.communicate()
        return [line for line in err.decode().splitlines()
                if 'WARNING' in line or 'CRITICAL' in line or 'Sanitizer' in line]


class Watch(Program):
    """The watching command, and what it said last."""

    def __init__(self, command, env):
        super().__init__('watch', command, env, stdout=subprocess.PIPE)
        self.last = {}
        self.lines = 0
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self):
        for line in self.process.stdout:
            self.last = json.loads(line)
            self.lines += 1

    def end(self):
        self.process.terminate()
        self.thread.join(20)
        self.process.stdout.close()
        self.process.stdout = None
        return super().end()


class Soak:
    def __init__(self, options):
        self.options = options
        self.room = pathlib.Path(tempfile.mkdtemp(prefix='fare-soak-'))
        self.home = self.room / 'home'
        self.truth = Truth()
        self.problems = []
        self.short_cpu = 0.0
        self.short_runs = 0
        rng = random.Random(options.seed)
        kinds = [CodexLog if number % 3 == 2 else ClaudeLog for number in range(options.logs)]
        self.logs = [kind(self.home, number, random.Random(rng.random()))
                     for number, kind in enumerate(kinds)]
        for log in self.logs:
            log.path.parent.mkdir(parents=True, exist_ok=True)
        self.rng = rng

    def env(self, **changes):
        # GDK_*: without them the window would draw with software GL, which takes 60 MB by itself.
        kept = ('PATH', 'DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'ASAN_OPTIONS',
                'LSAN_OPTIONS', 'GDK_DEBUG', 'GDK_DISABLE', 'GDK_GL')
        env = {name: os.environ[name] for name in kept if name in os.environ}
        return env | {'HOME': str(self.home), 'TOKENFARE_DATA_DIR': str(self.room / 'data'), 'TZ': 'UTC',
                      'TOKENFARE_PKGDATA_DIR': str(ROOT / 'pricing'), 'LC_ALL': 'C.UTF-8',
                      'GSETTINGS_SCHEMA_DIR': str(self.build / 'data'), 'GSETTINGS_BACKEND': 'memory',
                      'GIO_USE_VFS': 'local', 'GDK_BACKEND': 'x11', 'GSK_RENDERER': 'cairo',
                      'GTK_A11Y': 'none', 'ADW_DISABLE_PORTAL': '1'} | changes

    @property
    def build(self):
        return pathlib.Path(self.options.build).resolve()

    @property
    def command(self):
        return str(self.build / 'src/cli/tokenfare')

    def start(self):
        programs = []
        if not self.options.no_window:
            programs.append(Program('window', [str(self.build / 'src/app/tokenfare-app')], self.env(),
                                    stdout=subprocess.DEVNULL))
            time.sleep(2)
        self.watch = Watch([self.command, 'db', 'watch', '--json'], self.env())
        programs.append(self.watch)
        return programs

    def ask(self, *args, **changes):
        before = os.times()
        done = subprocess.run([self.command, *args], env=self.env(**changes), capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=120)
        after = os.times()
        self.short_cpu += (after.children_user + after.children_system
                           - before.children_user - before.children_system)
        self.short_runs += 1
        if done.returncode != 0 or done.stderr:
            self.problems.append(f'{" ".join(args)}: exit {done.returncode} {done.stderr.decode()!r}')
        return done.stdout.decode()

    def check_running(self):
        """What a command says now was true a moment ago."""
        start = time.monotonic()
        oldest = self.truth.at(start - LATE_S)
        total = json.loads(self.ask('report', 'all', '--json'))['total']
        newest = self.truth.sums
        for name in FIELDS:
            if not oldest[name] <= total[name] <= newest[name]:
                self.problems.append(f'{name} {total[name]} while running, not within '
                                     f'{oldest[name]} to {newest[name]}')

    def compare(self, what, sums):
        for name in FIELDS:
            if sums.get(name) != self.truth.sums[name]:
                self.problems.append(f'{what}: {name} {sums.get(name)} instead of '
                                     f'{self.truth.sums[name]}')

    def keys(self, **changes):
        return sorted(json.loads(line)['dedup_key']
                      for line in self.ask('events', '--json', **changes).splitlines())

    def check_end(self):
        self.compare('watch', self.watch.last)
        self.compare('report', json.loads(self.ask('report', 'all', '--json'))['total'])
        keys = self.keys()
        if len(keys) != len(set(keys)):
            self.problems.append('an event was counted twice')
        anew = str(self.room / 'anew')
        if self.keys(TOKENFARE_DATA_DIR=anew) != keys:
            self.problems.append('an index made anew has other events')
        self.compare('index made anew', json.loads(
            self.ask('report', 'all', '--json', TOKENFARE_DATA_DIR=anew))['total'])
        self.ask('db', 'verify')

    def run(self):
        options = self.options
        programs = self.start()
        start = time.monotonic()
        # What is set up once is not growth.
        warm = start + min(60, options.seconds / 5)
        next_short = next_sample = start + 5
        measured = None
        number = 0
        while (now := time.monotonic()) < start + options.seconds:
            self.rng.choice(self.logs).write(self.truth)
            number += 1
            if measured is None and now >= warm:
                measured = now
                for program in programs:
                    program.cpu_start = program.cpu()
                    program.threads_start = program.threads()
            if measured and now >= next_sample:
                next_sample = now + 1
                for program in programs:
                    program.sample()
            if now >= next_short:
                next_short = now + options.every
                self.check_running()
            time.sleep(max(0, start + number / options.rate - time.monotonic()))
        span = time.monotonic() - measured
        cpu = {program.name: (program.cpu() - program.cpu_start) / span for program in programs}
        shares = {program.name: {name: seconds / span for name, seconds in
                                 (program.threads() - program.threads_start).most_common(4)}
                  for program in programs}
        time.sleep(LATE_S)
        self.check_end()
        for program in programs:
            if program.process.poll() is not None:
                self.problems.append(f'{program.name} ended by itself')
            self.problems += [f'{program.name} said: {line}' for line in program.end()]
        self.report(programs, cpu, shares, number)

    def report(self, programs, cpu, shares, number):
        print(f'{number} lines in {len(self.logs)} logs, {self.options.seconds} s; '
              f'{self.truth.sums["messages"]} messages; the watch spoke {self.watch.lines} times')
        print(f'{"program":<10}{"CPU":>8}{"memory MB":>12}{"growth KB":>12}')
        for program in programs:
            print(f'{program.name:<10}{cpu[program.name]:>8.2%}{program.rss[-1] / 1024:>12.1f}'
                  f'{program.growth():>12}   '
                  + ', '.join(f'{name} {share:.2%}' for name, share in shares[program.name].items()))
            if program.growth() > GROWTH_KB:
                self.problems.append(f'{program.name} grew by {program.growth()} KB')
        print(f'{"together":<10}{sum(cpu.values()):>8.2%}')
        print(f'{self.short_runs} short commands, {self.short_cpu / self.short_runs * 1000:.0f} ms of CPU each')
        if sum(cpu.values()) > CPU_SHARE:
            self.problems.append(f'{sum(cpu.values()):.2%} of a processor')
        for problem in self.problems:
            print('PROBLEM', problem)


def main():
    parser = argparse.ArgumentParser(description='Runs everything for a long time while logs grow.')
    parser.add_argument('build', help='build folder')
    parser.add_argument('--seconds', type=float, default=900)
    parser.add_argument('--rate', type=float, default=10, help='lines a second')
    parser.add_argument('--logs', type=int, default=20)
    parser.add_argument('--every', type=float, default=10, help='seconds between two short commands')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--no-window', action='store_true')
    options = parser.parse_args()

    if not options.no_window and 'DISPLAY' not in os.environ:
        os.environ['UI_TIMEOUT'] = str(int(options.seconds) + 180)
        os.execv(ROOT / 'tests/uirun', ['uirun', sys.executable, *sys.argv])
    soak = Soak(options)
    try:
        soak.run()
    finally:
        shutil.rmtree(soak.room)
    sys.exit(1 if soak.problems else 0)


if __name__ == '__main__':
    main()
