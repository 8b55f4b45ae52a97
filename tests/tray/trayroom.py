"""A session with a bus of its own, a panel's half of the tray protocols, and programs in homes of
their own.  Needs an X server; uirun gives one.

A test file defines functions decorated with @case('/tray/what-is-true'), each given a fresh Room, and
ends with run_all().

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import pathlib
import signal
import subprocess
import sys
import time

from gi.repository import Gio, GLib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'cli'))
from farecli import PATIENCE, TIME_LIMIT, Home, case, claude_line, equal, run_cases  # noqa: E402,F401

UIRUN = pathlib.Path(__file__).resolve().parent.parent / 'uirun'
TRAY = os.environ.get('TOKENFARE_TRAY')
APP = os.environ.get('TOKENFARE_APP')
CLI = os.environ['TOKENFARE']

WATCHER = 'org.kde.StatusNotifierWatcher'
ITEM = 'org.kde.StatusNotifierItem'
MENU = 'com.canonical.dbusmenu'
WINDOW = 'io.github.tokenfare.Tokenfare'
WINDOW_PATH = '/io/github/tokenfare/Tokenfare'
TRAY_NAME = WINDOW + '.Tray'

# How long an answer on the bus is waited for.
CALL_MS = round(60000 * PATIENCE)

BUS_CONFIG = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><servicedir>%s</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>'''

WATCHER_XML = f'''<node><interface name="{WATCHER}">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierHostRegistered"/>
<signal name="StatusNotifierItemRegistered"><arg type="s"/></signal></interface></node>'''

WINDOW_XML = '''<node><interface name="org.freedesktop.Application">
<method name="Activate"><arg type="a{sv}" direction="in"/></method>
<method name="ActivateAction"><arg type="s" direction="in"/><arg type="av" direction="in"/>
<arg type="a{sv}" direction="in"/></method></interface></node>'''


def wait_for(what, condition, seconds=60):
    """Runs the main loop until CONDITION() is true, and returns what it returned."""
    context = GLib.MainContext.default()
    end = time.monotonic() + seconds * PATIENCE
    while True:
        while context.iteration(False):
            pass
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f'waited in vain: {what}'
        time.sleep(0.02)


def settle(seconds):
    """Lets that time go by with the main loop running."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        GLib.MainContext.default().iteration(False)
        time.sleep(0.02)


class Recorder:
    """An object on a bus that notes calls and answers with nothing, or what REPLIES names."""

    def __init__(self, bus, name, path, xml, replies=None, get=None):
        self.calls = []
        self.bus = bus
        self.replies = replies or {}
        info = Gio.DBusNodeInfo.new_for_xml(xml)
        self.ids = [bus.register_object(path, interface, self._called, get, None)
                    for interface in info.interfaces]
        self.owner = Gio.bus_own_name_on_connection(bus, name, 0, None, None)

    def _called(self, _bus, sender, _path, _interface, method, arguments, invocation):
        self.calls.append((method, *arguments.unpack()))
        self.senders = getattr(self, 'senders', []) + [sender]
        reply = self.replies.get(method)
        invocation.return_value(reply(*arguments.unpack()) if callable(reply) else reply)

    def leave(self):
        Gio.bus_unown_name(self.owner)
        for number in self.ids:
            self.bus.unregister_object(number)


class Panel(Recorder):
    """A StatusNotifierWatcher with a host."""

    def __init__(self, bus):
        self.signals = []
        super().__init__(bus, WATCHER, '/StatusNotifierWatcher', WATCHER_XML, get=self._get)
        self.subscription = bus.signal_subscribe(
            None, ITEM, None, None, None, 0,
            lambda _b, _s, _p, _i, name, arguments: self.signals.append((name, arguments.unpack())))

    @staticmethod
    def _get(_bus, _sender, _path, _interface, name):
        return {'RegisteredStatusNotifierItems': GLib.Variant('as', []),
                'IsStatusNotifierHostRegistered': GLib.Variant('b', True),
                'ProtocolVersion': GLib.Variant('i', 0)}[name]

    def leave(self):
        self.bus.signal_unsubscribe(self.subscription)
        super().leave()

    def item(self):
        """Waits until an item has registered."""
        wait_for('an item', lambda: self.calls)
        service = self.calls[-1][1]
        return Item(self.bus, self.senders[-1], service)


class Item:
    """What has registered, as a panel sees it."""

    def __init__(self, bus, owner, path):
        self.bus, self.owner, self.path = bus, owner, path

    def call(self, path, interface, method, arguments):
        return self.bus.call_sync(self.owner, path, interface, method, arguments, None, 0, CALL_MS,
                                  None).unpack()

    def properties(self):
        return self.call(self.path, 'org.freedesktop.DBus.Properties', 'GetAll',
                         GLib.Variant('(s)', (ITEM,)))[0]

    def get(self, name):
        return self.properties().get(name)

    def menu(self):
        """The visible rows in order: (id, label, properties)."""
        path = self.get('Menu')
        self.call(path, MENU, 'AboutToShow', GLib.Variant('(i)', (0,)))
        _, root = self.call(path, MENU, 'GetLayout', GLib.Variant('(iias)', (0, -1, [])))
        rows = [(number, properties.get('label', '').replace('_', ''), properties)
                for number, properties, _ in root[2]]
        return [row for row in rows if row[2].get('visible', True)]

    def labels(self):
        return [label or '---' for _, label, _ in self.menu()]

    def click(self, label):
        number = next(number for number, text, _ in self.menu() if text == label)
        self.call(self.get('Menu'), MENU, 'Event',
                  GLib.Variant('(isvu)', (number, 'clicked', GLib.Variant('i', 0), 0)))


class Room(Home):
    """A home, a bus, and what runs on it."""

    def __init__(self, path):
        super().__init__(path)
        self.services = self.path / 'services'
        self.services.mkdir(parents=True)
        config = self.path / 'bus.conf'
        config.write_text(BUS_CONFIG % self.services)
        self.daemon = subprocess.Popen(['dbus-daemon', f'--config-file={config}', '--nofork',
                                        '--print-address'], stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, text=True)
        self.address = self.daemon.stdout.readline().strip()
        self.bus = self.connect()
        self.children = []

    def connect(self):
        return Gio.DBusConnection.new_for_address_sync(
            self.address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def env(self, **changes):
        kept = ('DISPLAY', 'XDG_RUNTIME_DIR', 'GDK_BACKEND', 'GSK_RENDERER', 'GDK_DEBUG', 'GDK_DISABLE')
        mine = {name: os.environ[name] for name in kept if name in os.environ}
        return super().env(**(mine | {'DBUS_SESSION_BUS_ADDRESS': getattr(self, 'address', None),
                                      'GTK_A11Y': 'none', 'NO_AT_BRIDGE': '1'} | changes))

    def spawn(self, *command, **env):
        log = open(self.path / f'stderr-{len(self.children)}', 'wb')
        child = subprocess.Popen(command, env=self.env(**env), stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=log)
        child.log = log.name
        self.children.append(child)
        return child

    def tray(self, *arguments, **env):
        return self.spawn(TRAY, *arguments, **env)

    def window_stub(self):
        """Stands in for the window's program."""
        return Recorder(self.bus, WINDOW, WINDOW_PATH, WINDOW_XML)

    def set(self, key, value):
        """Sets one key as the preferences do; VALUE as GVariant text."""
        self.data.mkdir(parents=True, exist_ok=True)
        path = self.data / 'settings.ini'
        lines = path.read_text().splitlines() if path.exists() else ['[tokenfare]']
        lines = [line for line in lines if not line.startswith(key + '=')] + [f'{key}={value}']
        path.with_suffix('.new').write_text('\n'.join(lines) + '\n')
        path.with_suffix('.new').replace(path)

    def settings(self):
        path = self.data / 'settings.ini'
        lines = path.read_text().splitlines() if path.exists() else []
        return dict(line.split('=', 1) for line in lines if '=' in line)

    def use(self, dollars, name='s1', number=[0]):
        """Adds a response of now that costs DOLLARS with Claude Sonnet 4.6 ($15 a million)."""
        number[0] += 1
        now = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime())
        line = claude_line(f'{name}-{number[0]}', session=name, time=now, input_tokens=0,
                           output_tokens=round(dollars / 15e-6))
        with open(self.claude_log(name), 'ab') as file:
            file.write(line)

    def has_name(self, name):
        return self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus',
                                  'org.freedesktop.DBus', 'NameHasOwner',
                                  GLib.Variant('(s)', (name,)), None, 0, CALL_MS, None).unpack()[0]

    def close(self):
        """Ends everything and checks that nobody complained."""
        told = ''
        for child in self.children:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        for child in self.children:
            child.wait(TIME_LIMIT)
            told += pathlib.Path(child.log).read_text(errors='replace')
        self.bus.set_exit_on_close(False)
        if not self.bus.is_closed():
            self.bus.close_sync(None)
        self.daemon.terminate()
        self.daemon.wait(TIME_LIMIT)
        for word in ('WARNING', 'CRITICAL', 'Sanitizer'):
            assert word not in told, told


def run_all(own_screens=False):
    """run_cases(), several at once: most of the time they wait."""
    run_cases(4, [str(UIRUN)] if own_screens else [])


def room_case(name):
    """@case with a Room in place of the Home."""
    def decorate(function):
        @case(name)
        def run(home):
            room = Room(home.path)
            try:
                function(room)
            finally:
                room.close()
        return run
    return decorate
