"""The desktop's notifications, as a service that records them receives them.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import sqlite3
import time

from gi.repository import GLib

from trayroom import Panel, Recorder, TRAY, TRAY_NAME, WINDOW, settle, wait_for

NAME = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
XML = f'''<node><interface name="{NAME}">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="as" direction="in"/><arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
</interface></node>'''


# A program that has not begun to scan by then leaves that to others; fare-standing-watch.c has the same.
OTHERS_SECONDS = 2.2


class Bell(Recorder):
    """The desktop's notifications."""

    def __init__(self, room):
        self.count = 0
        super().__init__(room.bus, NAME, PATH, XML, {
            'Notify': self._notify,
            'GetCapabilities': GLib.Variant('(as)', (['actions', 'body'],)),
            'GetServerInformation': GLib.Variant('(ssss)', ('bell', 'test', '1', '1.2'))})

    def _notify(self, *_arguments):
        self.count += 1
        return GLib.Variant('(u)', (self.count,))

    def told(self):
        """(title, body, urgency, labels of the buttons) of all that came."""
        calls = [call for call in self.calls if call[0] == 'Notify']
        return [(call[4], call[5], call[7].get('urgency'), call[6][1::2]) for call in calls]

    def press(self, number, action):
        """The user presses a button of the last notification."""
        call = [call for call in self.calls if call[0] == 'Notify'][-1]
        key = next(key for key in call[6][0::2] if key.startswith(action))
        self.bus.emit_signal(None, PATH, NAME, 'ActionInvoked', GLib.Variant('(us)', (number, key)))


def start(room, program, *arguments):
    child = room.spawn(program, *arguments)
    name = TRAY_NAME if program == TRAY else WINDOW
    wait_for('the program', lambda: room.has_name(name))
    return child


def last_scan(room):
    """When the logs were last read to the end, in seconds since 1970."""
    with contextlib.closing(sqlite3.connect(f'file:{room.data}/usage.sqlite3?mode=ro', uri=True)) as index:
        row = index.execute("SELECT value FROM meta WHERE key = 'last_scan'").fetchone()
    return int(row[0]) / 1000 if row else 0


def wait_for_answer(room, item, number=[0]):
    """Waits for figures that were asked for after this: a budget that nobody reaches stands beside them."""
    number[0] += 1
    budget = 900 + number[0]
    room.set('budget-month', f'{budget}.0')
    wait_for('an answer', lambda: any(f'of ${budget}.00' in label for label in item.labels()))


def ready(room, other_scans=False):
    """Starts the tray icon and waits until it has looked once at the first scan's figures.  OTHER_SCANS: another
    program keeps the index in step."""
    room.panel = panel = getattr(room, 'panel', None) or Panel(room.bus)
    panel.calls.clear()
    is_new = not (room.data / 'usage.sqlite3').exists()
    begin = time.time()
    child = start(room, TRAY)
    item = panel.item()
    wait_for('figures', lambda: item.get('XAyatanaLabel') not in ('–', ''))
    wait_for('all figures', lambda: 'reading' not in item.labels()[0])
    if not is_new:
        if other_scans:
            settle(OTHERS_SECONDS)
        else:
            wait_for('a scan', lambda: last_scan(room) >= begin)
        wait_for_answer(room, item)
    return child, item
