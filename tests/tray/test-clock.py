"""Days that end, clocks that are set and zones that change while the programs run.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import signal

from gi.repository import GLib

from fakeclock import Clock, local, stamp
from trayroom import (APP, CALL_MS, CLI, Panel, WINDOW, WINDOW_PATH, claude_line, equal, room_case, run_all,
                      settle, wait_for)

BERLIN = 'Europe/Berlin'
BEIRUT = 'Asia/Beirut'

# Programs are told; without that they would notice within a minute.
SOON = 25


def use(room, dollars, at, name='s1', number=[0]):
    """Adds a response of that moment."""
    number[0] += 1
    path = room.claude_log(name)
    with open(path, 'ab') as file:
        file.write(claude_line(f'{name}-{number[0]}', session=name, time=stamp(at), input_tokens=0,
                               output_tokens=round(dollars / 15e-6)))
    os.utime(path, (at, at))


def show(room, clock):
    panel = Panel(room.bus)
    room.tray(**clock.env())
    return panel.item()


def told(item, *parts, seconds=60):
    wait_for(f'{parts} in the menu',
             lambda: (lambda labels: all(part in labels for part in parts))(' | '.join(item.labels())), seconds)


@room_case('/clock/the-day-ends-at-local-midnight')
def midnight(room):
    end = local(BERLIN, 2026, 10, 25)
    use(room, 3, end - 3600)
    clock = Clock(room.path, end - 12, BERLIN)
    item = show(room, clock)
    told(item, '$3.00 today')
    clock.set(end - 2)
    told(item, '$3.00 today')
    told(item, '$0.00 today', 'This month $3.00', seconds=SOON)
    use(room, 2, end + 5)
    told(item, '$2.00 today', 'This month $5.00')

    # The day on which summer time ends has 25 hours.
    clock.set(end + 24 * 3600 + 1800)
    told(item, '$2.00 today')
    settle(2)
    told(item, '$2.00 today')
    clock.set(end + 25 * 3600 - 2)
    told(item, '$0.00 today', 'This month $5.00', seconds=SOON)


@room_case('/clock/a-day-whose-midnight-is-left-out')
def no_midnight(room):
    start = local(BEIRUT, 2026, 3, 29, 1)
    use(room, 3, start - 60)
    clock = Clock(room.path, start - 12, BEIRUT)
    item = show(room, clock)
    told(item, '$3.00 today')
    clock.set(start - 2)
    told(item, '$0.00 today', seconds=SOON)
    use(room, 1, start + 3)
    told(item, '$1.00 today')


@room_case('/clock/the-day-ends-in-sleep')
def asleep(room):
    end = local(BERLIN, 2026, 7, 2)
    use(room, 3, end - 7200)
    clock = Clock(room.path, end - 3600, BERLIN)
    item = show(room, clock)
    told(item, '$3.00 today')
    clock.set(end + 9 * 3600)
    told(item, '$0.00 today', seconds=SOON)
    wait_for('figures of now', lambda: 'old' not in item.labels()[0], SOON)


@room_case('/clock/figures-that-grow-old-say-so')
def old(room):
    noon = local(BERLIN, 2026, 7, 2, 12)
    use(room, 3, noon - 7200)
    clock = Clock(room.path, noon, BERLIN)
    # It keeps the index in step, until it hangs.
    keeper = room.spawn(CLI, 'db', 'watch', **clock.env())
    wait_for('the index', lambda: (room.data / 'usage.sqlite3').exists())
    settle(2)
    item = show(room, clock)
    told(item, '$3.00 today')
    keeper.send_signal(signal.SIGSTOP)
    try:
        clock.set(noon + 12.5 * 60)
        told(item, '$3.00 today', '· 12 min old', seconds=SOON)
        clock.set(noon)
        wait_for('figures of now', lambda: 'old' not in item.labels()[0], SOON)
        clock.set(noon + 25 * 60)
        told(item, '· 25 min old', seconds=SOON)
        keeper.kill()
        wait_for('somebody else looks', lambda: 'old' not in item.labels()[0])
    finally:
        keeper.send_signal(signal.SIGCONT)
        keeper.kill()


@room_case('/clock/set-back-it-shows-the-day-it-says')
def set_back(room):
    end = local(BERLIN, 2026, 7, 2)
    use(room, 3, end - 7200)
    use(room, 5, end + 1800)
    clock = Clock(room.path, end + 3600, BERLIN)
    item = show(room, clock)
    told(item, '$5.00 today')
    clock.set(end - 3600)
    told(item, '$3.00 today', seconds=SOON)
    clock.set(end + 3600)
    told(item, '$5.00 today', seconds=SOON)


@room_case('/clock/another-zone-is-another-day')
def zone(room):
    noon = local('UTC', 2026, 11, 21, 12)
    use(room, 3, noon + 10.5 * 3600)
    use(room, 5, noon + 11.2 * 3600)
    clock = Clock(room.path, noon + 11.5 * 3600, 'UTC')
    item = show(room, clock)
    told(item, '$8.00 today')
    clock.move(BERLIN)
    told(item, '$5.00 today', seconds=SOON)
    clock.move('America/New_York')
    told(item, '$8.00 today', seconds=SOON)


@room_case('/clock/the-window-and-the-bus-turn-over-too')
def window(room):
    end = local(BERLIN, 2026, 10, 25)
    use(room, 3, end - 3600)
    clock = Clock(room.path, end - 600, BERLIN)
    room.spawn(APP, '--gapplication-service', **clock.env())
    wait_for('the program', lambda: room.has_name(WINDOW))

    def today():
        return room.bus.call_sync(WINDOW, WINDOW_PATH, 'org.freedesktop.DBus.Properties', 'Get',
                                  GLib.Variant('(ss)', (WINDOW + '.Usage1', 'TodayCost')), None, 0, CALL_MS,
                                  None).unpack()[0]
    equal(today(), 3, 'before')
    heard = []
    room.bus.signal_subscribe(WINDOW, None, 'PropertiesChanged', WINDOW_PATH, None, 0,
                              lambda *arguments: heard.append(arguments[-1].unpack()[1].get('TodayCost')))
    settle(1)
    clock.set(end + 1)
    wait_for('the news', lambda: 0 in heard, SOON)
    equal(today(), 0, 'after')


run_all()
