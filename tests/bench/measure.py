# measure.py: runs everything in turns and collects what it took.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import collections
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import home as home_module
import home_reference
import make_home
import peers
from programs import ROOT, Limits, Stopwatch, Tokenfare, differences

DROP_CACHES = '/proc/sys/vm/drop_caches'
DISK_ROUNDS = 3
QUERY_ROUNDS = 21
EVENTS = 20
EVENT_PAUSE = 0.4
LINE_SETTLES = 0.2


class WrongSums(Exception):
    """Sums are not those of the truth: nothing that was measured means anything."""


class Bench:
    """One home, the programs that read it, and samples by line and by program."""

    def __init__(self, build, home, folder, quick=False):
        self.build = os.path.abspath(build)
        self.home = home
        self.quick = quick
        self.stopwatch = Stopwatch(self.build)
        self.ours = Tokenfare(os.path.join(self.build, 'src', 'cli', 'tokenfare'), home.path)
        self.limits = Limits(self.build, home.path, self.stopwatch)
        self.output = os.path.join(folder, 'output.json')
        self.peers, self.missing = ([], {}) if quick else peers.find(folder, home.path)
        self.samples = collections.defaultdict(lambda: collections.defaultdict(list))
        self.values = collections.defaultdict(dict)
        self.judgements = {}

    def say(self, words):
        print(words, file=sys.stderr, flush=True)

    def check(self):
        wrong = differences(self.ours, self.home.truth)
        if wrong:
            raise WrongSums('\n  '.join(['The sums are wrong, so there are no figures:', *wrong[:20]]))

    def run(self, line, program, *arguments, stdin=subprocess.DEVNULL):
        sample = self.stopwatch.run([*program.command, *arguments], program.environment, stdin, self.output)
        self.samples[line][program.name].append(sample)

    def judge(self):
        """Compares the peers' sums with the truth too; they only are told."""
        for peer in self.peers:
            self.stopwatch.run([*peer.command, *peer.details], peer.environment, output=self.output)
            with open(self.output, encoding='utf-8') as file:
                self.judgements[peer.name] = peers.judge(peer.sums(json.load(file)), self.home.truth)

    # One line of the table each; every program and the limit take turns in every round.

    def cold(self):
        for program in (self.ours, *self.peers):
            program.forget()
            self.run('cold', program)
        self.samples['cold']['limit'].append(self.limits.read())

    def start(self, line):
        """Once more with what was kept."""
        for program in (self.ours, *(peer for peer in self.peers if peer.keeps)):
            self.run(line, program)
        self.samples[line]['limit'].append(self.limits.walk())

    def ask_line(self, line, question, *peers_too):
        """One status line, asked as Claude Code asks, and what nothing could avoid for it."""
        commands = [(self.ours, [self.ours.path, 'statusline'])]
        commands += [(peer, [peer.command[0], 'statusline', '--offline']) for peer in peers_too]
        for program, command in commands:
            with open(question, 'rb') as stdin:
                try:
                    sample = self.stopwatch.run(command, program.environment, stdin)
                except RuntimeError:
                    continue
                self.samples[line][program.name].append(sample)
        self.samples[line]['limit'].append(self.limits.row(os.path.join(self.ours.state, 'usage.sqlite3')))

    def statusline(self):
        """What a prompt shows: for the first time, counted anew after more use, and once more."""
        question = os.path.join(os.path.dirname(self.output), 'statusline.json')
        session = make_home.newest_session(self.home)
        with open(question, 'w', encoding='utf-8') as file:
            json.dump({'session_id': os.path.splitext(os.path.basename(session))[0], 'transcript_path': session,
                       'cwd': '/home/alex/src/ferry', 'hook_event_name': 'Status', 'version': '2.1.40',
                       'model': {'id': 'claude-opus-4-6', 'display_name': 'Opus'},
                       'workspace': {'current_dir': '/home/alex/src/ferry', 'project_dir': '/home/alex/src/ferry'},
                       'cost': {'total_cost_usd': 0.1, 'total_duration_ms': 1000}}, file)
        self.ask_line('line-first', question)
        make_home.append_response(self.home)
        self.stopwatch.run(self.ours.command, self.ours.environment)
        self.ask_line('statusline', question, *(peer for peer in self.peers if isinstance(peer, peers.Ccusage)))
        # What is counted is kept once the index has been left alone for a moment; the first run puts away
        # the journal that the one before, which only reads, has left.
        time.sleep(LINE_SETTLES)
        for _ in range(2):
            with open(question, 'rb') as stdin:
                self.stopwatch.run([self.ours.path, 'statusline'], self.ours.environment, stdin)
        self.ask_line('line-kept', question)

    def round(self):
        self.cold()
        self.start('warm')
        make_home.append_response(self.home)
        self.start('append')
        self.statusline()

    def sizes(self):
        """Kept bytes of one cold scan, so that they do not depend on how many runs there were."""
        for program in (self.ours, *(peer for peer in self.peers if peer.keeps)):
            program.forget()
            self.stopwatch.run(program.command, program.environment)
            self.values['index'][program.name] = program.kept_bytes()

    def queries(self):
        command = [os.path.join(self.build, 'tests', 'bench', 'queries'), str(QUERY_ROUNDS)]
        result = subprocess.run(command, env=self.ours.environment, stdout=subprocess.PIPE, text=True, check=True)
        for text in result.stdout.splitlines():
            name, *times = text.split()
            self.values['queries'][name] = [int(value) / 1e6 for value in times]

    def disk(self):
        """Cold scans with an empty page cache; only root can empty it."""
        if not os.access(DROP_CACHES, os.W_OK):
            return
        readers = [peer for peer in self.peers if isinstance(peer, peers.Ccusage)]
        for _ in range(DISK_ROUNDS):
            for program in (self.ours, *readers):
                program.forget()
                if not empty_page_cache():
                    return
                self.run('disk', program)
            empty_page_cache()
            self.samples['disk']['limit'].append(self.limits.read(threads=2))

    def watch(self, seconds):
        """A program that keeps the index in step: idle, then while a client writes."""
        process = subprocess.Popen([self.ours.path, 'db', 'watch'], env=self.ours.environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(3)
            before = cpu_seconds(process.pid)
            time.sleep(seconds)
            after = cpu_seconds(process.pid)
            self.values['watch'] = {'idle': (after - before) / seconds, 'resident': resident(process.pid)}
            for _ in range(EVENTS):
                make_home.append_response(self.home)
                time.sleep(EVENT_PAUSE)
            time.sleep(2)
            self.values['watch']['event'] = (cpu_seconds(process.pid) - after) / EVENTS
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()

    def windows(self, rounds, seconds):
        app = os.path.join(self.build, 'src', 'app', 'tokenfare-app')
        if not os.path.exists(app) or not shutil.which('Xvfb'):
            self.missing['the window'] = 'it is not built, or there is no Xvfb'
            return
        reference, news = self.make_reference()
        command = [os.path.join(ROOT, 'tests', 'uirun'), sys.executable,
                   os.path.join(ROOT, 'tests', 'bench', 'desktop.py'), self.build, self.home.path,
                   reference, news, str(rounds), str(seconds), self.output]
        patience = int(rounds * 60 + seconds + 60)
        subprocess.run(command, env=os.environ | {'UI_TIMEOUT': str(patience)}, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(self.output, encoding='utf-8') as file:
            self.values['windows'] = json.load(file)
        self.values['scene'] = self.scene()
        shutil.rmtree(reference)

    def make_reference(self):
        """The home in which a person uses the window, read already, and what clients write there."""
        folder = os.path.dirname(self.output)
        path, news = os.path.join(folder, 'reference'), os.path.join(folder, 'news')
        home = make_home.make_reference(path)
        program = Tokenfare(self.ours.path, path)
        if wrong := differences(program, home.truth):
            raise WrongSums('\n  '.join(['The sums of the reference home are wrong:', *wrong[:20]]))
        home_reference.write_news(home, news, EVENTS // 2)
        return path, news

    def scene(self):
        """Seconds that the parts of the 3D calendar take to draw."""
        result = subprocess.run([os.path.join(self.build, 'tests', 'bench', 'iso-bench')],
                                stdout=subprocess.PIPE, text=True, check=True)
        return {name: float(value) / 1e3 for name, value in (text.split() for text in result.stdout.splitlines())}

    def everything(self, rounds, idle_seconds):
        self.check()
        self.judge()
        self.limits.read()
        for number in range(rounds):
            self.say(f'round {number + 1} of {rounds}')
            self.round()
        self.check()
        self.sizes()
        self.queries()
        if not self.quick:
            self.say('from disk, windows, idle programs')
            self.disk()
            self.windows(rounds, idle_seconds)
            self.watch(idle_seconds)
        self.check()


def empty_page_cache():
    os.sync()
    try:
        with open(DROP_CACHES, 'w', encoding='ascii') as file:
            file.write('3')
    except OSError:
        return False
    return True


def cpu_seconds(pid):
    """Processor time of all threads so far, to the nanosecond where the kernel tells."""
    total = 0
    for task in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{task}/schedstat', encoding='ascii') as file:
            total += int(file.read().split()[0])
    return total / 1e9


def resident(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as file:
        return next(int(text.split()[1]) * 1024 for text in file if text.startswith('VmRSS'))


def peers_at_the_edge(bench, folder):
    """What one cold scan of each peer took; they are not asked again, some take very long."""
    found, room = {}, os.path.join(folder, 'extreme-peers')
    for peer in peers.find(room, bench.home.path)[0]:
        peer.forget()
        try:
            sample = bench.stopwatch.run(peer.command, peer.environment, output=bench.output)
        except RuntimeError:
            continue  # this home is too much for it
        found[peer.name] = {'cold': sample.wall, 'cold_cpu': sample.cpu, 'peak': sample.peak}
    shutil.rmtree(room, ignore_errors=True)
    return found


def extremes(build, folder, say, scale=1.0):
    """Homes at the edge of what happens.  Returns what each took; raises when its sums are wrong."""
    kinds = {'100,000 small files': lambda path: make_home.make_many(path, int(100_000 * scale)),
             'one file of 4 GB': lambda path: make_home.make_long(path, 4_000 * scale),
             'a million responses': lambda path: make_home.make_dense(path, int(1_000_000 * scale))}
    found = {}
    for name, make in kinds.items():
        say(name)
        path = os.path.join(folder, 'extreme')
        home = make(path)
        bench = Bench(build, home, folder, quick=True)
        bench.run('cold', bench.ours)
        bench.run('warm', bench.ours)
        bench.check()
        bench.queries()
        cold, warm = (bench.samples[line]['tokenfare'][0] for line in ('cold', 'warm'))
        found[name] = {'bytes': home.bytes, 'files': home.files, 'responses': home.truth.totals()['messages'],
                       'cold': cold.wall, 'cold_cpu': cold.cpu, 'peak': cold.peak, 'warm': warm.wall,
                       'index': bench.ours.kept_bytes(), 'peers': peers_at_the_edge(bench, folder),
                       'queries': {key: values[0] for key, values in bench.values['queries'].items()}}
        shutil.rmtree(path)
    return found


def given_home(path, truth):
    return make_home.existing_home(path, home_module.load_truth(truth))
