"""One figure everywhere: what today costs is the same wherever it is said, to the last second of the day.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys

from gi.repository import GLib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'http'))
from fakeclock import Clock, local, stamp  # noqa: E402
from trayroom import (APP, CALL_MS, CLI, Panel, WINDOW, WINDOW_PATH, claude_line, equal, room_case,  # noqa: E402
                      run_all, wait_for)
from farecli import TIME_LIMIT, same_money  # noqa: E402
from fareserver import serving  # noqa: E402

USAGE = WINDOW + '.Usage1'
PRICE = {'claude-sonnet-4-6': 15e-6, 'claude-opus-4-6': 25e-6}


class Uses(list):
    """(moment, tokens, cost) of what was used."""

    def __init__(self, room):
        super().__init__()
        self.room = room

    def add(self, at, tokens, model='claude-sonnet-4-6'):
        name = f's{len(self) % 3}'
        path = self.room.claude_log(name)
        with open(path, 'ab') as file:
            file.write(claude_line(f'{name}-{len(self)}', session=name, time=stamp(at), model=model,
                                   input_tokens=0, output_tokens=tokens))
        os.utime(path, (at, at))
        self.append((at, tokens, tokens * PRICE[model]))

    def within(self, start, end):
        """Tokens and cost from START to before END."""
        mine = [use for use in self if start <= use[0] < end]
        return sum(use[1] for use in mine), sum(use[2] for use in mine)


class Everybody:
    """All that say what today costs, running at the same time on one clock."""

    def __init__(self, room, clock, stack):
        self.room, self.clock = room, clock
        panel = Panel(room.bus)
        room.tray(**clock.env())
        room.spawn(APP, '--gapplication-service', **clock.env())
        self.window = subprocess.Popen([os.environ['WINDOW_FIGURE']], env=room.env(**clock.env()),
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        os.set_blocking(self.window.stdout.fileno(), False)
        self.lines = b''
        stack.callback(self.close_window)
        self.server = stack.enter_context(serving(room, env=clock.env()))
        self.item = panel.item()
        wait_for('the program', lambda: room.has_name(WINDOW))

    def close_window(self):
        self.window.communicate(timeout=TIME_LIMIT)
        equal(self.window.returncode, 0, 'the window’s end')

    def run(self, *args):
        return self.room.run(*args, env=self.clock.env())

    def line(self, name):
        """The status line, which is right or, rather than late, empty: for a busy machine there is a second try."""
        for _ in range(5):
            done = subprocess.run([CLI, 'statusline', '--format', name],
                                  env=self.room.env(**self.clock.env()),
                                  capture_output=True, stdin=subprocess.DEVNULL, timeout=TIME_LIMIT)
            equal((done.returncode, done.stderr), (0, b''), f'end of the status line {name}')
            if done.stdout and b'"none"' not in done.stdout:
                break
        return done.stdout.decode()

    def bus(self, method, arguments, interface=USAGE, path=WINDOW_PATH):
        return self.room.bus.call_sync(WINDOW, path, interface, method, arguments, None, 0, CALL_MS,
                                       None).unpack()[0]

    def on_window(self):
        self.lines += self.window.stdout.read() or b''
        return (self.lines.decode().splitlines() or [''])[-1]

    def numbers(self):
        """(who, tokens, cost); None where nobody says."""
        usage = json.loads(self.bus('GetUsage', GLib.Variant('(s)', ('today',))))['total']
        yield 'GetUsage', usage['total'], usage['cost']
        yield 'TodayCost', None, self.bus('Get', GLib.Variant('(ss)', (USAGE, 'TodayCost')),
                                          'org.freedesktop.DBus.Properties')
        today = self.run('--json').json()['today']
        yield 'tokenfare', today['total'], today['cost']
        total = self.run('report', '--json').json()['total']
        yield 'report', total['total'], total['cost']
        total = self.run('report', '--by', 'hour', '--json').json()['total']
        yield 'report by hour', total['total'], total['cost']
        total = json.loads(self.line('json'))
        yield 'statusline json', total['total'], total['cost']
        text = self.server.ask('/metrics').body.decode()
        yield ('/metrics', *[sum(float(value) for value in re.findall(
            rf'^tokenfare_today_{name}\{{.*\}} (\S+)$', text, re.M)) for name in ('tokens', 'cost_usd')])

    def words(self):
        """(who, text in which the amount stands)."""
        yield 'tokenfare', self.run().out.splitlines()[0]
        yield 'report', self.run('report').out.splitlines()[-1]
        for name in ('minimal', 'full', 'i3blocks', 'polybar', 'tmux'):
            yield f'statusline {name}', self.line(name)
        yield 'statusline waybar', json.loads(self.line('waybar'))['text']
        yield 'search', self.bus('GetResultMetas', GLib.Variant('(as)', (['today'],)),
                                 'org.gnome.Shell.SearchProvider2', WINDOW_PATH + '/SearchProvider')[0]['description']

    def agree(self, tokens, cost, when):
        shown = f'${cost:.2f}'
        wait_for(f'{when}: {shown} in the panel', lambda: self.item.get('XAyatanaLabel') == shown)
        wait_for(f'{when}: {shown} in the window', lambda: self.on_window() == shown)
        for who, said_tokens, said_cost in self.numbers():
            if said_tokens is not None:
                equal(said_tokens, tokens, f'{when}: tokens of {who}')
            same_money(said_cost, cost, f'{when}: {who}')
        answer = self.server.get('/api/usage', period='today')  # which rounds to cents
        equal((answer['total_tokens'], answer['total_cost']), (tokens, round(cost, 2)), f'{when}: /api/usage')
        for who, text in self.words():
            amounts = re.findall(r'\$\d+\.\d\d', text.replace('no use', '$0.00'))
            equal(amounts[:1], [shown], f'{when}: {who} in {text!r}')
        equal(self.item.get('Title'), f'Tokenfare — {shown} today', f'{when}: title')
        equal(self.item.labels()[0].split(' ')[0], shown, f'{when}: menu')


def tell_a_day(room, zone, start, end):
    """Everybody from the last minutes of the day from START to END into the next."""
    uses = Uses(room)
    uses.add(start - 0.001, 400_000)
    uses.add(start, 123_457)
    uses.add(start + 3599.999, 65_432, 'claude-opus-4-6')
    uses.add((start + end) / 2, 1_234_567)
    uses.add(end - 600, 777_777, 'claude-opus-4-6')
    clock = Clock(room.path, end - 300, zone)
    with contextlib.ExitStack() as stack:
        everybody = Everybody(room, clock, stack)
        everybody.agree(*uses.within(start, end), 'in the evening')

        uses.add(end - 200, 311_111)
        everybody.agree(*uses.within(start, end), 'after more use')

        clock.set(end + 1)
        everybody.agree(0, 0.0, 'after midnight')
        uses.add(end, 99_999)
        uses.add(end - 0.001, 55_555)
        everybody.agree(*uses.within(end, end + 3600), 'on the new day')

        clock.set(end - 120)
        everybody.agree(*uses.within(start, end), 'set back to the old day')


@room_case('/figures/on-the-day-on-which-summer-time-ends')
def longer(room):
    zone = 'Europe/Berlin'
    tell_a_day(room, zone, local(zone, 2026, 10, 25), local(zone, 2026, 10, 26))


@room_case('/figures/on-the-eve-of-a-day-without-midnight')
def shorter(room):
    zone = 'Asia/Beirut'
    tell_a_day(room, zone, local(zone, 2026, 3, 28), local(zone, 2026, 3, 29, 1))


@room_case('/figures/where-clocks-are-set-back-at-midnight')
def twice(room):
    # Clocks go from 24:00 to 23:00, so the last hour of the day comes twice.
    zone = 'Asia/Beirut'
    tell_a_day(room, zone, local(zone, 2026, 10, 24), local(zone, 2026, 10, 25))


run_all()
