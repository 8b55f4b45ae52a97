"""Notifications, as a recording service receives them.

SPDX-License-Identifier: GPL-3.0-or-later
"""

from gi.repository import GLib

from fakeclock import Clock, local, stamp
from alertroom import Bell, ready, start
from trayroom import (APP, CALL_MS, Panel, WINDOW, claude_line, equal, room_case, run_all, settle,
                      wait_for)


@room_case('/alerts/at-the-warning-share-and-at-the-budget')
def budget(room):
    room.set('budget-day', '10.0')
    room.use(2)
    bell = Bell(room)
    child, _ = ready(room)
    equal(bell.told(), [], 'before')

    room.use(6.1)
    wait_for('the warning', lambda: len(bell.told()) == 1)
    equal(bell.told()[0], ('80% of today’s budget used', '$8.10 of $10. Mostly Claude Code ($8.10).',
                           1, ['', 'Mute Today']), 'warning')
    room.use(0.5)
    settle(4)
    equal(len(bell.told()), 1, 'once')

    room.use(2)
    wait_for('the budget', lambda: len(bell.told()) == 2)
    equal(bell.told()[1][0], '100% of today’s budget used', 'title')
    equal(bell.told()[1][2], 1, 'urgency')

    child.terminate()
    child.wait()
    room.use(1)
    ready(room)
    room.use(1)
    settle(4)
    equal(len(bell.told()), 2, 'not again after a restart')


@room_case('/alerts/not-for-what-was-used-before')
def history(room):
    room.set('budget-day', '10.0')
    room.set('budget-month', '12.0')
    room.use(50)
    bell = Bell(room)
    ready(room)
    room.set('budget-week', '20.0')
    settle(4)
    equal(bell.told(), [], 'history')


@room_case('/alerts/another-threshold-is-reached-by-no-use')
def another_threshold(room):
    room.set('budget-day', '10.0')
    room.use(1)
    bell = Bell(room)
    ready(room)
    room.use(5)
    settle(4)
    room.set('budget-warn-percent', 'uint32 50')
    settle(4)
    equal(bell.told(), [], 'after the setting')
    room.use(4.5)
    wait_for('the budget', lambda: bell.told())
    equal(bell.told()[0][0], '100% of today’s budget used', 'title')


@room_case('/alerts/clocks-that-are-set-and-zones-that-change-tell-nothing')
def clocks(room):
    def use_at(dollars, at, number=[0]):
        number[0] += 1
        with open(room.claude_log('c'), 'ab') as file:
            file.write(claude_line(f'c{number[0]}', session='c', time=stamp(at), input_tokens=0,
                                   output_tokens=round(dollars / 15e-6)))

    zone = 'Europe/Berlin'
    noon = local(zone, 2026, 7, 2, 12)
    room.set('budget-day', '10.0')
    use_at(9.5, noon - 86400 + 7200)
    use_at(1, noon - 3600)
    clock = Clock(room.path, noon, zone)
    bell = Bell(room)
    room.set('budget-week', '10.5')
    room.panel = Panel(room.bus)
    room.tray(**clock.env())
    item = room.panel.item()
    wait_for('figures', lambda: item.get('XAyatanaLabel') == '$1.00')
    settle(3)

    # Yesterday came near its budget, which nobody saw.
    clock.set(noon - 86400 + 10000)
    wait_for('yesterday', lambda: item.get('XAyatanaLabel') == '$9.50')
    clock.set(noon)
    wait_for('today', lambda: item.get('XAyatanaLabel') == '$1.00')
    settle(3)
    equal(bell.told(), [], 'clocks')

    use_at(7.5, noon + 10)
    wait_for('the warning', lambda: bell.told())
    equal([title for title, *_ in bell.told()], ['80% of today’s budget used'], 'live')
    for moment in (noon - 86400 + 10000, noon + 86400, noon + 60):
        clock.set(moment)
        settle(3)
    # Where the day began earlier it has more.
    clock.move('Pacific/Tongatapu')
    wait_for('both days', lambda: item.get('XAyatanaLabel') == '$18.00')
    settle(3)
    equal(len(bell.told()), 1, 'not again')


@room_case('/alerts/of-month-and-without-amounts')
def hidden(room):
    room.set('hide-amounts', 'true')
    room.set('budget-month', '100.0')
    room.use(60)
    bell = Bell(room)
    ready(room)
    room.use(25)
    wait_for('the warning', lambda: bell.told())
    title, body, _, _ = bell.told()[0]
    equal(body, 'Mostly Claude Code (100%).', 'body')
    assert '$' not in title and '80%' in title, title


@room_case('/alerts/buttons-do-what-they-say')
def buttons(room):
    room.set('budget-day', '10.0')
    room.use(1)
    window = room.window_stub()
    bell = Bell(room)
    ready(room)
    room.use(7.5)
    wait_for('the warning', lambda: bell.told())
    bell.press(1, 'app.mute-today')
    wait_for('the mark', lambda: 'mark:muted' in room.settings().get('fired-alerts', ''))
    room.use(5)
    settle(5)
    equal(len(bell.told()), 1, 'muted')

    room.set('fired-alerts', '[]')
    room.set('budget-week', '20.0')
    settle(4)
    room.use(4)
    wait_for('the warning', lambda: len(bell.told()) == 2)
    bell.press(2, 'default')
    wait_for('the window', lambda: ('ActivateAction', 'show-page', ['overview'], {}) in window.calls)


@room_case('/alerts/one-program-tells')
def one_tells(room):
    room.set('budget-day', '10.0')
    room.use(1)
    bell = Bell(room)
    start(room, APP, '--gapplication-service')
    room.bus.call_sync(WINDOW, '/io/github/tokenfare/Tokenfare', WINDOW + '.Usage1', 'GetUsage',
                       GLib.Variant('(s)', ('today',)), None, 0, CALL_MS, None)
    settle(3)
    child, _ = ready(room, other_scans=True)
    room.use(7.5)
    wait_for('the warning', lambda: bell.told())
    settle(4)
    equal(len(bell.told()), 1, 'two programs, one notification')

    child.terminate()
    child.wait()
    settle(4)
    room.use(3)
    wait_for('the budget', lambda: len(bell.told()) == 2)
    settle(3)
    equal(len(bell.told()), 2, 'the window tells alone')


@room_case('/alerts/once-a-week')
def weekly(room):
    import time
    week = time.strftime('%Y-%m-%dT12:00:00.000Z', time.gmtime(
        time.time() - 86400 * (time.gmtime().tm_wday + (14 if time.gmtime().tm_wday == 0 and
                                                        time.gmtime().tm_hour < 9 else 7))))
    room.claude_log('w').write_bytes(claude_line(1, session='w', time=week, input_tokens=0,
                                                 output_tokens=1000000))
    room.set('notify-weekly', 'true')
    bell = Bell(room)
    child, _ = ready(room)
    equal(bell.told(), [], 'not in the week in which it was switched on')
    child.terminate()
    child.wait()

    room.set('fired-alerts', "['mark:weekly 2020-01-06']")
    child, _ = ready(room)
    wait_for('the summary', lambda: bell.told())
    equal(bell.told()[0][:2], ('Last Week’s Use', '$15.00 for 1M tokens. Mostly Claude Code (100%).'),
          'words')
    child.terminate()
    child.wait()
    ready(room)
    equal(len(bell.told()), 1, 'once')


run_all()
