"""The window's program without its window, and what starts at login.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import re
import signal
import subprocess

from gi.repository import GLib

from trayroom import (APP, CALL_MS, Recorder, TRAY, TRAY_NAME, WINDOW, WINDOW_PATH, equal, room_case,
                      run_all, settle, wait_for)

NAME = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
XML = f'''<node><interface name="{NAME}">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="as" direction="in"/><arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method></interface></node>'''

PORTAL_XML = '''<node><interface name="org.freedesktop.portal.Background">
<method name="RequestBackground"><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="o" direction="out"/></method>
<method name="SetStatus"><arg type="a{sv}" direction="in"/></method></interface></node>'''


def ring(room):
    """The desktop's notifications."""
    return Recorder(room.bus, NAME, PATH, XML, {'Notify': GLib.Variant('(u)', (1,))})


def windows(room):
    """The program's windows on the screen."""
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'tokenfare-app'],
                           env=room.env(), capture_output=True, text=True).stdout.split()
    return found


def act(room, action, *parameters):
    room.bus.call_sync(WINDOW, WINDOW_PATH, 'org.freedesktop.Application', 'ActivateAction',
                       GLib.Variant('(sava{sv})', (action, parameters, {})), None, 0, CALL_MS, None)


def open_window(room, **env):
    child = room.spawn(APP, '--low-memory', **env)
    wait_for('a window', lambda: windows(room))
    settle(1)
    return child


def close_window(room):
    for number in windows(room):
        subprocess.run(['xdotool', 'windowfocus', '--sync', number, 'key', 'ctrl+w'], env=room.env(),
                       check=True)
    wait_for('no window', lambda: not windows(room))


@room_case('/background/ends-with-its-window-unless-told-otherwise')
def ends(room):
    child = open_window(room)
    close_window(room)
    wait_for('the end', lambda: child.poll() is not None)
    equal(child.returncode, 0, 'exit status')


@room_case('/background/ends-in-good-order-on-signals')
def signals(room):
    for number in signal.SIGTERM, signal.SIGINT, signal.SIGHUP:
        child = open_window(room)
        child.send_signal(number)
        wait_for('the end', lambda: child.poll() is not None)
        equal(child.returncode, 0, f'exit status after {number.name}')


@room_case('/background/leaves-nothing-of-a-demonstration')
def demonstration(room):
    places = room.path / 'places'
    places.mkdir()

    def rooms():
        return list(places.glob('tokenfare-demo-*'))

    # While it is shown, and while it is being written.
    for is_shown in True, False:
        child = room.spawn(APP, '--low-memory', '--demo', TMPDIR=str(places))
        wait_for('the folder', rooms)
        if is_shown:
            wait_for('a window', lambda: windows(room))
        child.send_signal(signal.SIGTERM)
        wait_for('the end', lambda: child.poll() is not None)
        equal(rooms(), [], 'what is left')
        equal(child.returncode, 0, 'exit status')


@room_case('/background/goes-on-and-says-so-once')
def goes_on(room):
    room.set('run-in-background', 'true')
    bell = ring(room)
    child = open_window(room)
    for _ in range(2):
        close_window(room)
        settle(2)
        equal(child.poll(), None, 'it goes on')
        told = [call for call in bell.calls if call[0] == 'Notify']
        equal([call[4] for call in told], ['Tokenfare keeps counting in the background'], 'once')
        equal(told[0][6][1::2], ['Quit', 'Preferences'], 'buttons')
        second = room.spawn(APP)
        wait_for('the window again', lambda: windows(room))
        wait_for('the end of the second', lambda: second.poll() is not None)

    act(room, 'quit')
    wait_for('the end', lambda: child.poll() is not None)
    equal(len(bell.calls), 1, 'nothing is said at the end')


@room_case('/background/ends-when-that-is-switched-off')
def switched_off(room):
    room.set('run-in-background', 'true')
    ring(room)
    child = open_window(room)
    close_window(room)
    settle(1)
    equal(child.poll(), None, 'it goes on')
    room.set('run-in-background', 'false')
    wait_for('the end', lambda: child.poll() is not None)


@room_case('/background/preferences-open-without-a-window')
def preferences(room):
    room.spawn(APP, '--gapplication-service')
    wait_for('the program', lambda: room.has_name(WINDOW))
    act(room, 'preferences')
    wait_for('the preferences', lambda: windows(room))


@room_case('/background/has-the-tray-icon-beside-its-window')
def tray_beside(room):
    (room.services / 'tray.service').write_text(
        f'[D-BUS Service]\nName={TRAY_NAME}\nExec={TRAY} --gapplication-service\n')
    room.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                       'ReloadConfig', None, None, 0, CALL_MS, None)
    room.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                       'UpdateActivationEnvironment', GLib.Variant('(a{ss})', (room.env(),)), None, 0,
                       CALL_MS, None)
    child = open_window(room)
    wait_for('the icon', lambda: room.has_name(TRAY_NAME))
    room.set('tray-enabled', 'false')
    wait_for('no icon', lambda: not room.has_name(TRAY_NAME))
    room.set('tray-enabled', 'true')
    wait_for('the icon again', lambda: room.has_name(TRAY_NAME))
    act(room, 'quit')
    wait_for('the end', lambda: child.poll() is not None)
    wait_for('no icon', lambda: not room.has_name(TRAY_NAME))


@room_case('/autostart/is-an-entry-while-that-is-wanted')
def autostart(room):
    entry = room.path / '.config' / 'autostart' / 'io.github.tokenfare.Tokenfare-tray.desktop'
    open_window(room)
    equal(entry.exists(), False, 'before')
    room.set('autostart', 'true')
    wait_for('the entry', entry.exists)
    text = entry.read_text()
    program = re.search(r'^Exec="(.*tokenfare-tray)"$', text, re.MULTILINE)
    assert program, text
    # Only a whole path can be looked for; where the programs were built the icon's is not beside the window's.
    equal(f'\nTryExec={program[1]}\n' in text, program[1].startswith('/'), 'TryExec')
    equal('TryExec' in text, program[1].startswith('/'), 'any TryExec')
    assert 'Type=Application' in text, text
    checked = subprocess.run(['desktop-file-validate', str(entry)], capture_output=True, text=True)
    equal(checked.stdout, '', 'desktop-file-validate')
    room.set('autostart', 'false')
    wait_for('no entry', lambda: not entry.exists())


@room_case('/autostart/is-what-the-entry-says')
def autostart_elsewhere(room):
    entry = room.path / '.config' / 'autostart' / 'io.github.tokenfare.Tokenfare-tray.desktop'
    entry.parent.mkdir(parents=True)
    entry.write_text('[Desktop Entry]\nType=Application\nName=Tokenfare\nExec="/opt/bin/tokenfare-tray"\n')
    open_window(room)
    wait_for('the preference', lambda: room.settings().get('autostart') == 'true')
    room.set('autostart', 'false')
    wait_for('no entry', lambda: not entry.exists())


@room_case('/background/asks-the-portal-in-a-sandbox')
def portal(room):
    room.use(12.4)
    room.set('run-in-background', 'true')
    ring(room)
    desk = Recorder(room.bus, 'org.freedesktop.portal.Desktop', '/org/freedesktop/portal/desktop',
                    PORTAL_XML, {'RequestBackground': GLib.Variant('(o)', ('/request/1',))})
    open_window(room, FLATPAK_ID=WINDOW)
    wait_for('the status', lambda: ('SetStatus', {'message': '$12.40 today'}) in desk.calls)
    close_window(room)
    asked = wait_for('the question', lambda: [call for call in desk.calls
                                              if call[0] == 'RequestBackground'])
    equal(asked[0][2]['autostart'], False, 'autostart')
    room.set('autostart', 'true')
    wait_for('the second question', lambda: desk.calls[-1][0] == 'RequestBackground'
             and desk.calls[-1][2]['autostart'] is True)
    equal(asked[0][2]['commandline'], ['tokenfare-tray'], 'command')
    equal(pathlib.Path(room.path / '.config' / 'autostart').exists(), False, 'no entry of our own')


run_all(own_screens=True)
