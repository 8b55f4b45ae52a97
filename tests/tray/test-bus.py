"""What the window's program offers on the bus: figures, and results for a search.  No window is shown.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import math
import time

from gi.repository import GLib

from trayroom import (APP, CALL_MS, CLI, Panel, TRAY, WINDOW, WINDOW_PATH, claude_line, equal, room_case,
                      run_all, settle, wait_for)

USAGE = WINDOW + '.Usage1'
SEARCH = 'org.gnome.Shell.SearchProvider2'


def serve(room):
    """Starts the program as the bus would."""
    child = room.spawn(APP, '--gapplication-service')
    wait_for('the program', lambda: room.has_name(WINDOW))
    return child


def install(room):
    """Lets the bus start the program itself."""
    (room.services / 'app.service').write_text(
        f'[D-BUS Service]\nName={WINDOW}\nExec={APP} --gapplication-service\n')
    room.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                       'ReloadConfig', None, None, 0, CALL_MS, None)
    room.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                       'UpdateActivationEnvironment', GLib.Variant('(a{ss})', (room.env(),)), None, 0,
                       CALL_MS, None)


def call(room, method, arguments=None, interface=USAGE, path=WINDOW_PATH):
    return room.bus.call_sync(WINDOW, path, interface, method, arguments, None, 0, CALL_MS,
                              None).unpack()


def usage(room, period):
    return json.loads(call(room, 'GetUsage', GLib.Variant('(s)', (period,)))[0])


def today_cost(room):
    return call(room, 'Get', GLib.Variant('(ss)', (USAGE, 'TodayCost')),
                'org.freedesktop.DBus.Properties')[0]


def search(room, *terms):
    return call(room, 'GetInitialResultSet', GLib.Variant('(as)', (terms,)), SEARCH,
                WINDOW_PATH + '/SearchProvider')[0]


def describe(room, ids):
    return call(room, 'GetResultMetas', GLib.Variant('(as)', (ids,)), SEARCH,
                WINDOW_PATH + '/SearchProvider')[0]


def error_of(function, *arguments):
    try:
        function(*arguments)
    except GLib.Error as error:
        return error.message
    raise AssertionError('no error')


def titled(room, name, title, number):
    """A session with a title, some minutes old."""
    now = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime(time.time() - 60 * number))
    summary = json.dumps({'type': 'custom-title', 'customTitle': title, 'sessionId': name}).encode()
    room.claude_log(name).write_bytes(claude_line(1, session=name, time=now) + summary + b'\n')


@room_case('/bus/usage-is-what-the-report-prints')
def same_json(room):
    room.fill('claude-code')
    room.use(4.5)
    serve(room)
    for period in ('today', 'week', 'month', 'year', 'all', '7 days', '12 days', 'yesterday'):
        equal(usage(room, period), room.run('report', *period.split(), '--json').json(), period)
    assert 'InvalidArgs' in error_of(usage, room, 'sometimes')


@room_case('/bus/one-figure-everywhere')
def one_figure(room):
    room.fill('claude-code')
    room.use(7.2)
    room.use(0.18, 's2')
    serve(room)
    report = room.run('report', 'today', '--json').json()['total']['cost']
    equal(round(report, 4), 7.38, 'report')
    equal(room.run('--json').json()['today']['cost'], report, 'tokenfare')
    equal(usage(room, 'today')['total']['cost'], report, 'GetUsage')
    equal(today_cost(room), report, 'TodayCost')
    assert '$7.38' in room.run().out.splitlines()[0], room.run().out
    assert '$7.38' in describe(room, ['today'])[0]['description']
    if TRAY is None:
        return
    panel = Panel(room.bus)
    room.tray()
    item = panel.item()
    wait_for('the title', lambda: item.get('Title') == 'Tokenfare — $7.38 today')
    equal(item.get('XAyatanaLabel'), '$7.38', 'label')


@room_case('/bus/tells-when-figures-change')
def tells(room):
    room.use(0.9)
    serve(room)
    equal(today_cost(room), 0.9, 'at first')
    heard = []
    room.bus.signal_subscribe(WINDOW, None, None, WINDOW_PATH, None, 0,
                              lambda _b, _s, _p, interface, name, arguments:
                              heard.append((name, arguments.unpack())))
    settle(1)
    room.use(1.5)
    wait_for('Changed', lambda: ('Changed', ()) in heard)
    wait_for('the property', lambda: ('PropertiesChanged', (USAGE, {'TodayCost': 2.4}, [])) in heard)
    equal(call(room, 'Refresh'), (), 'Refresh')


@room_case('/bus/starts-by-itself-and-answers-with-fresh-figures')
def activation(room):
    room.use(0.9)
    room.run()
    room.use(1.5)
    install(room)
    equal(usage(room, 'today')['total']['cost'], 2.4, 'today')
    pid = room.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                             'GetConnectionUnixProcessID', GLib.Variant('(s)', (WINDOW,)), None, 0,
                             CALL_MS, None).unpack()[0]
    call(room, 'ActivateAction', GLib.Variant('(sava{sv})', ('quit', [], {})),
         'org.freedesktop.Application')
    wait_for('the end', lambda: not room.has_name(WINDOW))
    assert pid > 0


@room_case('/bus/nothing-is-no-number-without-price')
def unpriced(room):
    now = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime())
    room.claude_log('u').write_bytes(claude_line(1, time=now, model='nobody-knows-1', session='u'))
    serve(room)
    assert math.isnan(today_cost(room))
    equal(usage(room, 'today')['total']['cost'], None, 'cost')


@room_case('/search/finds-the-figure-of-today')
def finds_today(room):
    room.use(12.40)
    serve(room)
    equal(usage(room, 'today')['total']['messages'], 1, 'read')
    for words in (['cost'], ['Token'], ['usa'], ['my', 'COSTS']):
        equal(search(room, *words)[:1], ['today'], str(words))
    for words in (['co'], ['costume'], ['x']):
        equal('today' in search(room, *words), False, str(words))
    meta = describe(room, ['today'])[0]
    equal((meta['id'], meta['name'], meta['description']),
          ('today', 'AI Coding Cost Today', '$12.40 · 826.7K tokens'), 'words')

    room.set('hide-amounts', 'true')
    wait_for('no amount', lambda: '$' not in describe(room, ['today'])[0]['description'])


@room_case('/search/finds-sessions-by-title')
def finds_sessions(room):
    for number in range(7):
        titled(room, f'f{number}', f'Mend the Flux Capacitor {number}', number)
    titled(room, 'other', 'Über den Wolken', 30)
    serve(room)
    equal(usage(room, 'today')['total']['messages'] > 0, True, 'read')
    equal(search(room, 'flux'), [f'session:claude:f{number}' for number in range(5)], 'five, latest first')
    equal(search(room, 'CAPACITOR', '6'), ['session:claude:f6'], 'all words, any case')
    equal(search(room, 'ÜBER'), ['session:claude:other'], 'not only ASCII')
    equal(search(room, 'fl'), [], 'too short')
    equal(call(room, 'GetSubsearchResultSet', GLib.Variant('(asas)', (['session:claude:f1'], ['wolken'])),
               SEARCH, WINDOW_PATH + '/SearchProvider')[0], ['session:claude:other'], 'narrowed')
    meta = describe(room, ['session:claude:f3', 'session:claude:gone'])
    equal([(one['name'], one['description']) for one in meta],
          [('Mend the Flux Capacitor 3', 'Claude Code · p')], 'words')


@room_case('/search/opens-what-was-chosen')
def opens(room):
    titled(room, 'f1', 'Mend the Flux Capacitor', 1)
    serve(room)
    search(room, 'flux')
    for method, arguments in [
            ('ActivateResult', GLib.Variant('(sasu)', ('session:claude:f1', ['flux'], 0))),
            ('ActivateResult', GLib.Variant('(sasu)', ('today', ['cost'], 0))),
            ('LaunchSearch', GLib.Variant('(asu)', (['flux'], 0)))]:
        call(room, method, arguments, SEARCH, WINDOW_PATH + '/SearchProvider')
        windows = wait_for('a window', lambda: [
            path for path in call(room, 'Introspect', None, 'org.freedesktop.DBus.Introspectable',
                                  WINDOW_PATH)[0].split('"') if path == 'window'])
        equal(windows, ['window'], method)


run_all()
