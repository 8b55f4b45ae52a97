"""A clock and a time zone of one's own for programs under test; see fake-clock.c.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import datetime
import os
import struct
import time
import zoneinfo

LIBRARY = os.environ.get('FAKE_CLOCK_LIBRARY')


def local(zone, *fields, fold=0):
    """Seconds since 1970 of a wall clock reading in ZONE."""
    return datetime.datetime(*fields, tzinfo=zoneinfo.ZoneInfo(zone), fold=fold).timestamp()


def stamp(seconds):
    """As logs write it."""
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime(
        '%Y-%m-%dT%H:%M:%S.%f')[:-3] + 'Z'


def preload(library):
    """What loads LIBRARY in front of a program, beside what is loaded there already."""
    options = os.environ.get('ASAN_OPTIONS')
    return {'LD_PRELOAD': f'{library} {os.environ.get("LD_PRELOAD", "")}'.strip()} | (
        {'ASAN_OPTIONS': options + ':verify_asan_link_order=0'} if options else {})


class Clock:
    """A clock that shows SECONDS since 1970 now, and goes on."""

    def __init__(self, folder, seconds, zone=None):
        self.path = folder / 'clock'
        self.etc = folder / 'etc'
        self.set(seconds)
        if zone is not None:
            self.move(zone)

    def set(self, seconds):
        """Sets it, as the user or the network may; programs that run are told."""
        if not self.path.exists():
            self.path.write_bytes(bytes(8))
        with open(self.path, 'r+b', buffering=0) as file:
            file.write(struct.pack('=q', round((seconds - time.time()) * 1e6)))

    def move(self, zone):
        """Travels to another zone, as timedatectl does it."""
        self.etc.mkdir(exist_ok=True)
        link = self.etc / 'localtime.new'
        link.symlink_to(f'/usr/share/zoneinfo/{zone}')
        link.replace(self.etc / 'localtime')

    def env(self):
        """What a program has to be started with; the zone only where it was named."""
        env = preload(LIBRARY) | {'FAKE_CLOCK': str(self.path)}
        if self.etc.exists():
            env |= {'FAKE_ETC': str(self.etc), 'TZ': None}
        return env
