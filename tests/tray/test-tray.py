"""The tray icon as a panel sees it: a StatusNotifierItem with a label and a menu.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import pathlib
import signal
import subprocess
import time

from fakeclock import preload
from trayroom import (CLI, PATIENCE, Panel, Recorder, TRAY_NAME, WINDOW, equal, room_case, run_all, settle,
                      wait_for)


def shown(item, part):
    return wait_for(f'“{part}” in the menu', lambda: part in ' | '.join(item.labels()))


def busy_ms(child):
    fields = pathlib.Path(f'/proc/{child.pid}/stat').read_text().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf('SC_CLK_TCK')


@room_case('/tray/says-what-today-costs')
def says_today(room):
    room.use(12.40)
    panel = Panel(room.bus)
    room.tray()
    item = panel.item()
    shown(item, '$12.40')

    properties = item.properties()
    equal(properties['Title'], 'Tokenfare — $12.40 today', 'title')
    equal(properties['XAyatanaLabel'], '$12.40', 'label')
    equal(properties['XAyatanaLabelGuide'], '$8888.88', 'guide')
    equal(properties['IconName'], WINDOW + '-symbolic', 'icon')
    equal(properties['AttentionIconName'], WINDOW + '-attention-symbolic', 'attention icon')
    equal(properties['Status'], 'Active', 'status')
    equal(properties['Category'], 'ApplicationStatus', 'category')
    equal(item.labels(), [
        '$12.40 today · 826.7K tokens', 'This month $12.40', 'Claude Code  $12.40', '---',
        'Open Tokenfare', 'Refresh', 'Hide Amounts', 'Preferences', '---', 'Quit'], 'menu')
    enabled = {label: row.get('enabled', True) for _, label, row in item.menu() if label}
    assert not enabled['Claude Code  $12.40'] and enabled['Open Tokenfare'], enabled


@room_case('/tray/follows-the-logs-in-place')
def follows(room):
    room.use(1)
    panel = Panel(room.bus)
    room.tray()
    item = panel.item()
    shown(item, '$1.00 today')
    before = [number for number, _, _ in item.menu()]

    panel.signals.clear()
    room.use(2.5)
    shown(item, '$3.50 today')
    equal([number for number, _, _ in item.menu()], before, 'rows are the same ones')
    equal(item.get('XAyatanaLabel'), '$3.50', 'label')
    wait_for('the signal', lambda: ('XAyatanaNewLabel', ('$3.50', '$8888.88')) in panel.signals)


@room_case('/tray/every-row-does-what-it-says')
def clicks(room):
    room.use(2)
    window = room.window_stub()
    panel = Panel(room.bus)
    child = room.tray()
    item = panel.item()
    shown(item, '$2.00 today')

    for label, wanted in [
            ('Open Tokenfare', ('Activate', {})),
            ('$2.00 today · 133.3K tokens', ('ActivateAction', 'show-page', ['overview'], {})),
            ('This month $2.00', ('ActivateAction', 'show-page', ['calendar'], {})),
            ('Preferences', ('ActivateAction', 'preferences', [], {})),
            ('Refresh', ('ActivateAction', 'refresh', [], {}))]:
        window.calls.clear()
        item.click(label)
        wait_for(f'{label}: {wanted}', lambda: wanted in window.calls)

    item.click('Hide Amounts')
    wait_for('no amounts', lambda: '$' not in ' '.join(item.labels()))
    equal(room.settings()['hide-amounts'], 'true', 'the setting')
    equal(item.get('XAyatanaLabel'), '•••', 'label')
    assert '$' not in item.get('Title'), item.get('Title')
    equal(item.labels()[:3], ['••• today · 133.3K tokens', 'This month •••', 'Claude Code  100%'],
          'menu')
    item.click('Hide Amounts')
    shown(item, '$2.00 today')

    window.calls.clear()
    item.click('Quit')
    wait_for('the end', lambda: child.poll() is not None)
    equal(child.returncode, 0, 'exit status')
    assert ('ActivateAction', 'quit', [], {}) in window.calls, window.calls


@room_case('/tray/middle-click-opens-the-window')
def middle_click(room):
    window = room.window_stub()
    panel = Panel(room.bus)
    room.tray()
    item = panel.item()
    from gi.repository import GLib
    item.call(item.path, 'org.kde.StatusNotifierItem', 'SecondaryActivate',
              GLib.Variant('(ii)', (5, 5)))
    wait_for('the window', lambda: ('Activate', {}) in window.calls)


@room_case('/tray/appears-on-a-busy-machine')
def busy(room):
    room.use(3)
    panel = Panel(room.bus)
    room.tray(**preload(os.environ['LATE_BUS']))
    shown(panel.item(), '$3.00 today')


@room_case('/tray/waits-for-a-panel-and-for-the-next-one')
def waits(room):
    room.use(3)
    child = room.tray()
    wait_for('the program', lambda: room.has_name(TRAY_NAME))
    settle(3)
    before = busy_ms(child)
    settle(5)
    assert busy_ms(child) - before <= 30, 'it looks for a panel'

    panel = Panel(room.bus)
    shown(panel.item(), '$3.00 today')
    panel.leave()
    settle(2)
    equal(child.poll(), None, 'it lives on')

    panel = Panel(room.bus)
    item = panel.item()
    shown(item, '$3.00 today')
    room.use(1)
    shown(item, '$4.00 today')


@room_case('/tray/wants-attention-over-budget')
def attention(room):
    room.use(8)
    room.set('budget-day', '10.0')
    room.set('budget-month', '250.0')
    panel = Panel(room.bus)
    room.tray()
    item = panel.item()
    shown(item, '$8.00 of $10.00 today')
    shown(item, 'This month $8.00 of $250.00')
    equal(item.get('Status'), 'Active', 'below the budget')

    room.use(3)
    wait_for('attention', lambda: item.get('Status') == 'NeedsAttention')
    room.set('budget-day', '20.0')
    wait_for('calm', lambda: item.get('Status') == 'Active')
    shown(item, '$11.00 of $20.00 today')

    room.set('budget-week', '5.0')
    wait_for('attention', lambda: item.get('Status') == 'NeedsAttention')
    shown(item, 'This week $11.00 of $5.00')


@room_case('/tray/shows-what-was-chosen')
def display(room):
    room.use(6)
    panel = Panel(room.bus)
    room.tray()
    item = panel.item()
    shown(item, '$6.00 today')
    room.set('tray-display', "'tokens'")
    wait_for('tokens', lambda: item.get('XAyatanaLabel') == '400K')
    room.set('tray-display', "'icon'")
    wait_for('nothing', lambda: item.get('XAyatanaLabel') == '')


@room_case('/tray/never-shows-zero-for-what-has-no-price')
def unpriced(room):
    from trayroom import claude_line
    now = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime())
    room.claude_log('u').write_bytes(claude_line(1, time=now, model='nobody-knows-1', session='u',
                                                 output_tokens=5000))
    panel = Panel(room.bus)
    room.tray()
    item = panel.item()
    shown(item, 'no price today')
    equal(item.get('XAyatanaLabel'), 'no price', 'label')
    equal(item.get('Title'), 'Tokenfare — 5K tokens without price today', 'title')

    room.use(2)
    shown(item, '$2.00 today')
    equal(item.get('XAyatanaLabel'), '$2.00+', 'label')
    equal(item.get('Title'), 'Tokenfare — $2.00 + 5K tokens without price today', 'title')


@room_case('/tray/says-so-when-there-is-nothing')
def nothing(room):
    panel = Panel(room.bus)
    room.tray()
    item = panel.item()
    shown(item, 'No Use Found Yet')
    equal(item.get('XAyatanaLabel'), '–', 'label')
    equal(item.get('Title'), 'Tokenfare', 'title')


@room_case('/tray/names-the-limits-that-are-known')
def limits(room):
    room.use(1)
    now = int(time.time())
    told = {'rate_limits': {'five_hour': {'used_percentage': 38, 'resets_at': now + 2 * 3600 + 650},
                            'seven_day': {'used_percentage': 81, 'resets_at': now + 50 * 3600 + 30}}}
    room.run()
    subprocess.run([CLI, 'statusline'], input=json.dumps(told).encode(), env=room.env(), check=True,
                   stdout=subprocess.DEVNULL)
    panel = Panel(room.bus)
    room.tray()
    item = panel.item()
    shown(item, '$1.00 today')
    rows = [label for label in item.labels() if 'used' in label]
    equal(rows, ['Claude Code 7 d  81% used · resets in 2d 2h',
                 'Claude Code 5 h  38% used · resets in 2h 11m'], 'limits')


@room_case('/tray/speaks-in-the-currency-of-the-user')
def currency(room):
    room.use(10)
    panel = Panel(room.bus)
    room.tray()
    item = panel.item()
    shown(item, '$10.00 today')
    room.set('currency', "'EUR'")
    room.set('currency-rates', "[('2026-01-01', 0.5)]")
    shown(item, '€5.00 today')
    equal(item.get('XAyatanaLabel'), '€5.00', 'label')


@room_case('/tray/runs-once')
def once(room):
    first = room.tray()
    wait_for('the program', lambda: room.has_name(TRAY_NAME))
    second = room.tray()
    wait_for('the end of the second', lambda: second.poll() is not None)
    equal((second.returncode, first.poll()), (0, None), 'exit status, the first one')


@room_case('/tray/goes-when-it-is-switched-off')
def switched_off(room):
    child = room.tray()
    wait_for('the program', lambda: room.has_name(TRAY_NAME))
    room.set('tray-enabled', 'false')
    wait_for('the end', lambda: child.poll() is not None)
    equal(child.returncode, 0, 'exit status')

    child = room.tray()
    wait_for('the end', lambda: child.poll() is not None)
    equal(child.returncode, 0, 'exit status')


@room_case('/tray/ends-when-told-to')
def told_to_end(room):
    room.use(1)
    panel = Panel(room.bus)
    for number in (signal.SIGTERM, signal.SIGINT):
        panel.calls.clear()
        child = room.tray()
        shown(panel.item(), '$1.00 today')
        start = time.monotonic()
        child.send_signal(number)
        wait_for('the end', lambda: child.poll() is not None)
        equal(child.returncode, 0, 'exit status')
        assert time.monotonic() - start < 10 * PATIENCE, 'it took its time'


@room_case('/tray/ends-with-the-session')
def session_end(room):
    child = room.tray()
    wait_for('the program', lambda: room.has_name(TRAY_NAME))
    settle(2)
    room.bus.set_exit_on_close(False)
    os.kill(room.daemon.pid, signal.SIGTERM)
    wait_for('the end', lambda: child.poll() is not None)


@room_case('/tray/says-quietly-that-there-is-no-display')
def no_display(room):
    child = room.tray(DISPLAY=None, WAYLAND_DISPLAY=None)
    wait_for('the end', lambda: child.poll() is not None)
    equal(child.returncode, 3, 'exit status')
    equal(pathlib.Path(child.log).read_text(), '', 'messages')


@room_case('/tray/started-by-the-window-goes-with-it')
def goes_with_window(room):
    window = room.window_stub()
    child = room.tray('--gapplication-service')
    wait_for('the program', lambda: room.has_name(TRAY_NAME))
    settle(1)
    equal(child.poll(), None, 'it runs')
    window.leave()
    wait_for('the end', lambda: child.poll() is not None)


@room_case('/tray/started-by-a-window-that-is-gone-goes-too')
def goes_alone(room):
    child = room.tray('--gapplication-service')
    wait_for('the program', lambda: room.has_name(TRAY_NAME))
    wait_for('the end', lambda: child.poll() is not None)
    equal(child.returncode, 0, 'exit status')

    # From login on it is there by itself.
    room.set('autostart', 'true')
    child = room.tray('--gapplication-service')
    wait_for('the program', lambda: room.has_name(TRAY_NAME))
    settle(7)
    equal(child.poll(), None, 'it stays')


run_all()
