#!/usr/bin/env python3
# desktop.py BUILD HOME REFERENCE NEWS ROUNDS SECONDS FILE: measures windows on the display it runs on
# and writes JSON to FILE.
#
# Tokenfare's window and an empty one take turns.  Seconds until the first frame (of Tokenfare: with
# data), then resident bytes; both windows then stay idle for SECONDS, and the share of one core
# that they used is taken.  Last, what a person does in the window is timed from inside (window-bench.c),
# in the home REFERENCE; NEWS is what clients write there meanwhile.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import re
import select
import subprocess
import sys
import time

from programs import ROOT

FRAME = re.compile(rb'first frame at (\d+) us')
PATIENCE = 20
SETTLED = 3
TICKS = os.sysconf('SC_CLK_TCK')


def environment(build, home):
    data = os.environ.get('XDG_DATA_DIRS') or '/usr/local/share:/usr/share'
    return os.environ | {'HOME': home, 'TZ': 'UTC', 'G_MESSAGES_DEBUG': 'tokenfare-first-frame',
                         'GSETTINGS_SCHEMA_DIR': os.path.join(build, 'data'),
                         'TOKENFARE_PKGDATA_DIR': os.path.join(ROOT, 'pricing'),
                         'XDG_DATA_DIRS': os.path.join(ROOT, 'data') + ':' + data}


class Window:
    def __init__(self, command, environ):
        self.start = time.monotonic()
        self.process = subprocess.Popen(command, env=environ, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def first_frame(self):
        """Seconds from the start until the first frame, None when the program does not tell."""
        said, end = b'', self.start + PATIENCE
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.process.stdout], [], [], left)[0]:
                return None
            part = os.read(self.process.stdout.fileno(), 65536)
            said += part
            if found := FRAME.search(said):
                return int(found[1]) / 1e6 - self.start
            if not part:
                return None
        return None

    def resident(self):
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as file:
            return next(int(text.split()[1]) * 1024 for text in file if text.startswith('VmRSS'))

    def anonymous(self):
        """Bytes that no file backs."""
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as file:
            return next(int(text.split()[1]) * 1024 for text in file if text.startswith('RssAnon'))

    def cpu(self):
        """Seconds of processor time so far."""
        with open(f'/proc/{self.process.pid}/stat', encoding='utf-8') as file:
            fields = file.read().rpartition(')')[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def deeds(build, environ, rounds, news):
    """Seconds that each deed took, and those of processor time, by name."""
    command = [os.path.join(build, 'tests', 'bench', 'window-bench'), str(rounds), news]
    done = subprocess.run(command, env=environ | {'G_MESSAGES_DEBUG': '', 'GSETTINGS_BACKEND': 'memory'},
                          stdout=subprocess.PIPE, text=True, check=True)
    found = {}
    for name, wall, cpu in map(str.split, done.stdout.splitlines()):
        found.setdefault(name, []).append((int(wall) / 1e6, int(cpu) / 1e6))
    return found


def main(build, home, reference, news, rounds, seconds, path):
    programs = {'tokenfare': [os.path.join(build, 'src', 'app', 'tokenfare-app')],
                'empty': [os.path.join(build, 'tests', 'bench', 'empty-window')]}
    environ = environment(build, home)
    result = {name: {'frame': [], 'resident': [], 'anonymous': [], 'idle': None} for name in programs}

    # The first window of a session also starts the desktop's services.
    first = Window(programs['empty'], environ)
    first.first_frame()
    first.end()

    for _ in range(rounds):
        for name, command in programs.items():
            window = Window(command, environ)
            frame = window.first_frame()
            time.sleep(SETTLED)
            result[name]['resident'].append(window.resident())
            result[name]['anonymous'].append(window.anonymous())
            if frame is not None:
                result[name]['frame'].append(frame)
            window.end()

    windows = {name: Window(command, environ) for name, command in programs.items()}
    time.sleep(SETTLED)
    before = {name: window.cpu() for name, window in windows.items()}
    time.sleep(seconds)
    for name, window in windows.items():
        result[name]['idle'] = (window.cpu() - before[name]) / seconds
        window.end()
    result['deeds'] = deeds(build, environment(build, reference), rounds, news)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(result, file)


if __name__ == '__main__':
    main(*sys.argv[1:5], int(sys.argv[5]), float(sys.argv[6]), sys.argv[7])
