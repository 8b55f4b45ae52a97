"""The tray icon in a panel as people have it: xfce4-panel with its indicator plugin.

TRAY_SHOTS=FOLDER keeps the screenshots.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import pathlib
import shutil
import subprocess
import sys

import gi
gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf, GLib  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'cli'))
from farecli import Skip  # noqa: E402
from trayroom import equal, room_case, run_cases, settle, wait_for  # noqa: E402

DATA = pathlib.Path(__file__).resolve().parent.parent.parent / 'data'
SERVICE = '/usr/libexec/ayatana-indicator-application/ayatana-indicator-application-service'
HEIGHT = 32

CHANNEL = f'''<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0"><property name="configver" type="int" value="2"/>
<property name="panels" type="array"><value type="int" value="1"/>
<property name="panel-1" type="empty"><property name="position" type="string" value="p=6;x=0;y=0"/>
<property name="length" type="uint" value="100"/><property name="position-locked" type="bool" value="true"/>
<property name="size" type="uint" value="{HEIGHT}"/>
<property name="plugin-ids" type="array"><value type="int" value="1"/></property></property></property>
<property name="plugins" type="empty"><property name="plugin-1" type="string" value="indicator"/></property>
</channel>'''


def start_panel(room):
    """A panel with nothing in it but a place for indicators."""
    if not shutil.which('xfce4-panel') or not os.path.exists(SERVICE):
        raise Skip('xfce4-panel, xfce4-indicator-plugin or ayatana-indicator-application')

    channels = room.path / 'config' / 'xfce4' / 'xfconf' / 'xfce-perchannel-xml'
    channels.mkdir(parents=True)
    (channels / 'xfce4-panel.xml').write_text(CHANNEL)
    for service in pathlib.Path('/usr/share/dbus-1/services').glob('*fconf*'):
        shutil.copy(service, room.services)
    room.look = {'XDG_CONFIG_HOME': str(room.path / 'config'),
                 'XDG_DATA_DIRS': f'{DATA}:/usr/local/share:/usr/share'}
    for method, arguments in [
            ('ReloadConfig', None),
            ('UpdateActivationEnvironment', GLib.Variant('(a{ss})', (room.env(**room.look),)))]:
        room.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                           method, arguments, None, 0, 5000, None)

    for command in (['xfce4-panel', '--disable-wm-check'], [SERVICE]):
        child = room.spawn(*command, **room.look)
        child.log = os.devnull
    wait_for('the panel', lambda: room.has_name('org.xfce.Panel'))
    wait_for('the watcher', lambda: room.has_name('org.kde.StatusNotifierWatcher'))
    settle(2)


def shoot(room, name):
    """Takes a screenshot."""
    folder = pathlib.Path(os.environ.get('TRAY_SHOTS') or room.path)
    path = folder / f'{name}.png'
    subprocess.run(['import', '-window', 'root', str(path)], env=room.env(), check=True)
    return GdkPixbuf.Pixbuf.new_from_file(str(path))


def inked(picture):
    """The columns of the panel in which something dark stands."""
    data, stride, step = picture.get_pixels(), picture.get_rowstride(), picture.get_n_channels()
    return [x for x in range(picture.get_width())
            if any(sum(data[y * stride + x * step:y * stride + x * step + 3]) < 3 * 110
                   for y in range(4, HEIGHT - 4))]


@room_case('/panel/icon-and-cost-are-seen')
def seen(room):
    start_panel(room)
    empty = inked(shoot(room, 'tray-panel-empty'))
    equal(empty, [], 'an empty panel')

    room.use(12.4)
    room.tray(**room.look)
    shown = wait_for('icon and cost', lambda: (lambda ink: len(ink) > 40 and ink)(
        inked(shoot(room, 'tray-panel'))), 20)
    # The icon, a gap, and six characters.
    gaps = [b - a for a, b in zip(shown, shown[1:])]
    assert max(gaps) >= 5, shown
    assert shown[-1] - shown[0] < 120, shown

    subprocess.run(['xdotool', 'mousemove', str(shown[3]), '16', 'click', '1'], env=room.env(), check=True)
    settle(2)
    menu = shoot(room, 'tray-panel-menu')
    bright = sum(menu.get_pixels()[200 * menu.get_rowstride() + x * 3] > 128 for x in range(300))
    assert bright > 100, f'no menu below the icon: {bright}'
    subprocess.run(['xdotool', 'key', 'Escape'], env=room.env(), check=True)

    room.set('budget-day', '10.0')
    settle(4)
    attention = shoot(room, 'tray-panel-attention')
    assert inked(attention) != shown, 'the icon of attention'


run_cases()
