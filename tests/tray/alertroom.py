"""The desktop's notifications, as a service that records them receives them.

SPDX-License-Identifier: GPL-3.0-or-later
"""

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
    wait_for('the program', lambda: room.has_name(name), 30)
    return child


def ready(room):
    """Starts the tray icon and waits until it has looked once at the first scan's figures."""
    room.panel = panel = getattr(room, 'panel', None) or Panel(room.bus)
    panel.calls.clear()
    child = start(room, TRAY)
    item = panel.item()
    wait_for('figures', lambda: item.get('XAyatanaLabel') not in ('–', ''))
    settle(3)
    return child, item
