"""The tray icon in a panel as people have it: xfce4-panel with its indicator plugin.

TRAY_SHOTS=FOLDER keeps the screenshots.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import gi
gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf, GLib  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'cli'))
from farecli import Skip  # noqa: E402
from fakeclock import stamp  # noqa: E402
from trayroom import CALL_MS, CLI, equal, room_case, run_all, settle, wait_for  # noqa: E402

DATA = pathlib.Path(__file__).resolve().parent.parent.parent / 'data'
SERVICE = '/usr/libexec/ayatana-indicator-application/ayatana-indicator-application-service'
HEIGHT = 32

CHANNEL = f'''<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0"><property name="configver" type="int" value="2"/>
<property name="panels" type="array"><value type="int" value="1"/>
<property name="panel-1" type="empty"><property name="position" type="string" value="p=6;x=0;y=0"/>
<property name="length" type="uint" value="100"/><property name="position-locked" type="bool" value="true"/>
<property name="size" type="uint" value="{HEIGHT}"/>
<property name="plugin-ids" type="array"><value type="int" value="1"/><value type="int" value="2"/></property>
</property></property><property name="plugins" type="empty">
<property name="plugin-1" type="string" value="indicator"/>
<property name="plugin-2" type="string" value="separator"><property name="style" type="uint" value="1"/></property>
</property>
</channel>'''


def start_panel(room):
    """A panel with nothing in it but a place for indicators, and a line as its neighbour."""
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
                           method, arguments, None, 0, CALL_MS, None)

    child = room.spawn('xfce4-panel', '--disable-wm-check', **room.look)
    child.log = os.devnull
    wait_for('the panel', lambda: room.has_name('org.xfce.Panel'))
    start_service(room)
    settle(2)


def start_service(room):
    """What hands the icons to the panel."""
    room.service = room.spawn(SERVICE, **room.look)
    room.service.log = os.devnull
    wait_for('the watcher', lambda: room.has_name('org.kde.StatusNotifierWatcher'))


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


def open_menu(room, name, x):
    """Clicks there and takes a screenshot."""
    subprocess.run(['xdotool', 'mousemove', str(x), '16', 'click', '1'], env=room.env(), check=True)
    settle(2)
    return shoot(room, name)


def rows(picture):
    """The height of the menu, in lines of the screen that are not black."""
    data, stride = picture.get_pixels(), picture.get_rowstride()
    return sum(data[y * stride + 100 * 3] > 0 for y in range(HEIGHT + 2, picture.get_height()))


def frame(picture):
    """The last column in which the panel is not its own plain colour: where the neighbour stands."""
    data, stride, step = picture.get_pixels(), picture.get_rowstride(), picture.get_n_channels()
    def point(x, y):
        return data[y * stride + x * step:y * stride + x * step + 3]
    plain = point(picture.get_width() - 5, 16)
    return max(x for x in range(picture.get_width())
               if any(point(x, y) != plain for y in range(2, HEIGHT - 2)))


def use_codex(room, tokens):
    """A response of now with GPT-5."""
    uuid = '019d0000-0001-7000-8000-000000000001'
    folder = room.path / '.codex' / 'sessions' / '2026' / '03' / '02'
    folder.mkdir(parents=True)
    counts = {'input_tokens': tokens, 'cached_input_tokens': 0, 'output_tokens': tokens // 2,
              'reasoning_output_tokens': 0, 'total_tokens': tokens * 3 // 2}
    (folder / f'rollout-2026-03-02T09-00-00-{uuid}.jsonl').write_text(''.join(
        json.dumps({'timestamp': stamp(time.time()), 'type': kind, 'payload': payload}) + '\n'
        for kind, payload in (
            ('session_meta', {'id': uuid, 'cwd': '/tmp/p', 'model_provider': 'openai'}),
            ('turn_context', {'cwd': '/tmp/p', 'model': 'gpt-5'}),
            ('event_msg', {'type': 'token_count', 'info': {'total_token_usage': counts,
                                                           'last_token_usage': counts}}))))


def use_pi(room, tokens):
    """A response of now with Claude Haiku."""
    folder = room.path / '.pi' / 'agent' / 'sessions' / '--tmp-p--'
    folder.mkdir(parents=True)
    now = stamp(time.time())
    (folder / '2026-08-07T07-00-00-000Z_c1000000-0000-4000-8000-000000000002.jsonl').write_text(
        json.dumps({'type': 'session', 'version': 3, 'id': 'c1000000-0000-4000-8000-000000000002',
                    'timestamp': now, 'cwd': '/tmp/p'}) + '\n'
        + json.dumps({'type': 'message', 'id': '2', 'parentId': None, 'timestamp': now, 'message': {
            'role': 'assistant', 'content': [], 'api': 'x', 'provider': 'anthropic',
            'model': 'claude-haiku-4-5', 'usage': {'input': tokens, 'output': tokens, 'cacheRead': 0,
                                                   'cacheWrite': 0, 'totalTokens': 2 * tokens},
            'stopReason': 'stop', 'timestamp': round(time.time() * 1000)}}) + '\n')


@room_case('/panel/everything-the-menu-can-have')
def full(room):
    start_panel(room)
    now = time.time()
    room.use(41.5)
    use_codex(room, 900_000)
    use_pi(room, 200_000)
    told = {'rate_limits': {'five_hour': {'used_percentage': 38, 'resets_at': now + 2 * 3600 + 650},
                            'seven_day': {'used_percentage': 81, 'resets_at': now + 50 * 3600 + 30}}}
    room.run()
    subprocess.run([CLI, 'statusline'], input=json.dumps(told).encode(), env=room.env(), check=True,
                   stdout=subprocess.DEVNULL)
    room.set('budget-month', '250.0')
    room.tray(**room.look)
    shown = wait_for('icon and cost', lambda: (lambda ink: len(ink) > 40 and ink)(
        inked(shoot(room, 'tray-panel-full'))))
    settle(3)
    menu = open_menu(room, 'tray-panel-full-menu', shown[3])
    height = rows(menu)
    assert height > 250, f'too few rows: {height}'

    # It stands open while its words change.
    room.use(20)
    settle(5)
    equal(rows(shoot(room, 'tray-panel-full-later')), height, 'height of the open menu')
    room.set('hide-amounts', 'true')
    settle(3)
    shoot(room, 'tray-panel-full-hidden')
    subprocess.run(['xdotool', 'key', 'Escape'], env=room.env(), check=True)


@room_case('/panel/neighbours-stay-where-they-are')
def steady(room):
    start_panel(room)
    room.use(9.99)
    room.tray(**room.look)
    wait_for('icon and cost', lambda: len(inked(shoot(room, 'tray-panel-narrow'))) > 40)
    first = frame(shoot(room, 'tray-panel-narrow'))
    room.use(90)
    settle(5)
    equal(frame(shoot(room, 'tray-panel-wide')), first, 'width')


@room_case('/panel/comes-back-with-the-panel')
def again(room):
    start_panel(room)
    room.use(12.4)
    room.tray(**room.look)
    wait_for('icon and cost', lambda: len(inked(shoot(room, 'tray-panel-before'))) > 40)
    for number in range(2):
        room.service.kill()
        room.service.wait()
        wait_for('an empty panel', lambda: not inked(shoot(room, 'tray-panel-gone')))
        start_service(room)
        wait_for('icon and cost', lambda: len(inked(shoot(room, 'tray-panel-again'))) > 40)


@room_case('/panel/icon-and-cost-are-seen')
def seen(room):
    start_panel(room)
    empty = inked(shoot(room, 'tray-panel-empty'))
    equal(empty, [], 'an empty panel')

    room.use(12.4)
    room.tray(**room.look)
    shown = wait_for('icon and cost', lambda: (lambda ink: len(ink) > 40 and ink)(
        inked(shoot(room, 'tray-panel'))))
    # The icon, a gap, and six characters.
    gaps = [b - a for a, b in zip(shown, shown[1:])]
    assert max(gaps) >= 5, shown
    assert shown[-1] - shown[0] < 120, shown

    menu = open_menu(room, 'tray-panel-menu', shown[3])
    bright = sum(menu.get_pixels()[200 * menu.get_rowstride() + x * 3] > 128 for x in range(300))
    assert bright > 100, f'no menu below the icon: {bright}'
    subprocess.run(['xdotool', 'key', 'Escape'], env=room.env(), check=True)

    room.set('budget-day', '10.0')
    settle(4)
    attention = shoot(room, 'tray-panel-attention')
    assert inked(attention) != shown, 'the icon of attention'


run_all(own_screens=True)
