"""How the window's program starts: its options, a second start, and what a window remembers.

TOKENFARE_APP names the program, TOKENFARE_APP_HOME the script that makes up a home.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import configparser
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from gi.repository import Gio, GLib

APP = os.environ['TOKENFARE_APP']
NAME = 'io.github.tokenfare.Tokenfare'
PATIENCE = 20 * float(os.environ.get('TEST_PATIENCE', '1'))

cases = []


def case(function):
    cases.append(function)
    return function


def equal(found, wanted, what):
    assert found == wanted, f'{what}: {found!r}, not {wanted!r}'


def wait_for(what, function):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if function():
            return
        time.sleep(0.05)
    raise AssertionError(f'{what} did not come')


class Room:
    def __init__(self, folder):
        self.state = folder / 'state'
        self.env = dict(os.environ, HOME=str(folder / 'home'), TOKENFARE_DATA_DIR=str(self.state))
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.said = folder / 'said'

    def run(self, *options):
        """A start that ends by itself."""
        return subprocess.run([APP, *options], env=self.env, capture_output=True, text=True, timeout=PATIENCE)

    def start(self, *options):
        with open(self.said, 'ab') as said:
            child = subprocess.Popen([APP, *options], env=self.env, stdout=said, stderr=said)
        wait_for('the program', self.is_running)
        wait_for('its window', lambda: self.list_windows())
        return child

    def is_running(self):
        return self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                  'NameHasOwner', GLib.Variant('(s)', (NAME,)), None, 0, 5000,
                                  None).unpack()[0]

    def list_windows(self):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^Tokenfare$'],
                               capture_output=True, text=True)
        return found.stdout.split()

    def stop(self, child):
        child.send_signal(signal.SIGTERM)
        equal(child.wait(PATIENCE), 0, 'exit status')
        equal(self.said.read_text(), '', 'what it said')

    def settings(self):
        parser = configparser.ConfigParser()
        parser.read(self.state / 'settings.ini')
        return dict(parser['tokenfare'])


@case
def wrong_words_are_refused(room):
    for option, right in (('--page', 'overview, sessions, calendar, pricing'), ('--style', 'adwaita, ')):
        result = room.run(option, 'nonsense')
        equal(result.returncode, 2, option)
        assert 'nonsense' in result.stderr and right in result.stderr, result.stderr
    assert not room.is_running()


@case
def a_page_is_opened(room):
    child = room.start('--page', 'pricing')
    time.sleep(0.5)
    room.stop(child)
    equal(room.settings()['last-page'], "'pricing'", 'last page')


@case
def a_second_start_shows_the_first_window(room):
    child = room.start()
    equal(room.run('--page', 'calendar').returncode, 0, 'second start')
    equal(room.run().returncode, 0, 'third start')
    time.sleep(0.5)
    equal(len(room.list_windows()), 1, 'windows')
    assert child.poll() is None
    room.stop(child)
    equal(room.settings()['last-page'], "'calendar'", 'last page')


@case
def size_and_page_come_back(room):
    child = room.start('--page', 'sessions')
    window = room.list_windows()[0]
    subprocess.run(['xdotool', 'windowsize', '--sync', window, '840', '560'], check=True)
    time.sleep(0.5)
    room.stop(child)
    width, height = (int(room.settings()['window-' + name]) for name in ('width', 'height'))
    child = room.start()
    geometry = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', room.list_windows()[0]],
                              capture_output=True, text=True, check=True).stdout
    assert 'WIDTH=840' in geometry and 'HEIGHT=560' in geometry, geometry
    room.stop(child)
    settings = room.settings()
    equal((int(settings['window-width']), int(settings['window-height'])), (width, height), 'size')
    equal(settings['last-page'], "'sessions'", 'last page')


@case
def without_a_folder_of_its_own_it_runs_all_the_same(room):
    room.state.write_text('a file where the folder should be')
    child = room.start()
    time.sleep(1)
    room.stop(child)
    equal(room.state.read_text(), 'a file where the folder should be', 'the file')


def main():
    results = []
    for number, function in enumerate(cases, 1):
        name = '/ui/start/' + function.__name__.replace('_', '-')
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            subprocess.run([sys.executable, os.environ['TOKENFARE_APP_HOME'], str(folder / 'home')],
                           check=True)
            room = Room(folder)
            try:
                function(room)
                results.append(True)
                print(f'ok {number} {name}', flush=True)
            except Exception:
                results.append(False)
                print(f'not ok {number} {name}', flush=True)
                print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()), flush=True)
    print(f'1..{len(cases)}')
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
