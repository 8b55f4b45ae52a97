"""Notifications of usage limits, as a recording service receives them.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import subprocess
import time

from alertroom import Bell, ready
from trayroom import CLI, equal, room_case, run_all, settle, wait_for

HOUR = 3600


def wish(room, percent=80):
    """A user who has used Claude Code before and wants to hear of limits."""
    room.use(1)
    room.run()
    room.set('notify-limits', 'true')
    room.set('limit-warn-percent', f'uint32 {percent}')


def say(room, percent, resets, window='five_hour'):
    """Claude Code tells its status line."""
    told = {'rate_limits': {window: {'used_percentage': percent, 'resets_at': int(resets)}}}
    subprocess.run([CLI, 'statusline'], input=json.dumps(told).encode(), env=room.env(), check=True,
                   stdout=subprocess.DEVNULL)


def codex(room, percent, resets, ago=0):
    """Codex writes it into its log."""
    def line(kind, payload):
        at = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime(time.time() - ago))
        return json.dumps({'timestamp': at, 'type': kind, 'payload': payload}, separators=(',', ':')) + '\n'

    uuid = '019d0000-0001-7000-8000-000000000001'
    folder = room.path / '.codex' / 'sessions' / '2026' / '03' / '02'
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f'rollout-2026-03-02T09-00-00-{uuid}.jsonl'
    with open(path, 'a', encoding='utf-8') as file:
        if file.tell() == 0:
            file.write(line('session_meta', {'id': uuid, 'cwd': '/tmp/p', 'model_provider': 'openai'}))
        limits = {'primary': {'used_percent': percent, 'window_minutes': 299, 'resets_at': int(resets)}}
        file.write(line('event_msg', {'type': 'token_count', 'info': None, 'rate_limits': limits}))


@room_case('/limits/at-the-threshold-and-when-reached-once-until-the-reset')
def threshold(room):
    wish(room)
    bell = Bell(room)
    resets = (int(time.time()) + 3 * HOUR) // 60 * 60
    say(room, 38, resets)
    child, item = ready(room)
    wait_for('the limit', lambda: any('38% used' in label for label in item.labels()))
    equal(bell.told(), [], 'before')

    say(room, 83, resets)
    wait_for('the warning', lambda: len(bell.told()) == 1)
    zone = [time.strftime('%H:%M', time.gmtime(resets)), time.strftime('%-d %b', time.gmtime(resets))]
    today = time.strftime('%-d %b', time.gmtime())
    body = f'Resets at {zone[0]}.' if zone[1] == today else f'Resets on {zone[1]} at {zone[0]}.'
    equal(bell.told()[0], ('Claude Code: 83% of the 5 h limit used', body, 1, ['', 'Mute Today']), 'warning')
    say(room, 90, resets)
    settle(4)
    equal(len(bell.told()), 1, 'once')

    say(room, 100, resets)
    wait_for('the limit', lambda: len(bell.told()) == 2)
    equal(bell.told()[1][0], 'Claude Code: 5 h limit reached', 'title')

    child.terminate()
    child.wait()
    ready(room)
    say(room, 100.5, resets + 20)
    settle(4)
    equal(len(bell.told()), 2, 'not again after a restart, or when the reset moves by seconds')

    say(room, 10, resets + 5 * HOUR)
    say(room, 85, resets + 5 * HOUR)
    wait_for('the next window', lambda: len(bell.told()) == 3)
    equal(bell.told()[2][0], 'Claude Code: 85% of the 5 h limit used', 'title')


@room_case('/limits/not-for-what-was-said-before')
def history(room):
    wish(room)
    resets = time.time() + 2 * HOUR
    say(room, 91, resets)
    codex(room, 95, resets)
    bell = Bell(room)
    ready(room)
    say(room, 92, resets)
    codex(room, 96, resets)
    settle(4)
    equal(bell.told(), [], 'history')


@room_case('/limits/of-codex-when-its-log-says-so')
def of_codex(room):
    wish(room, 60)
    resets = time.time() + 2 * HOUR
    codex(room, 20, resets)
    bell = Bell(room)
    ready(room)
    codex(room, 61.5, resets)
    wait_for('the warning', lambda: bell.told())
    equal(bell.told()[0][0], 'Codex: 62% of the 5 h limit used', 'title')


@room_case('/limits/of-a-window-that-is-over-nothing-is-said')
def stale(room):
    wish(room)
    bell = Bell(room)
    ready(room)
    codex(room, 99, time.time() - 5)
    codex(room, 97, time.time() + HOUR, ago=HOUR)
    settle(5)
    equal(bell.told(), [], 'stale, and long ago')


@room_case('/limits/silent-until-wanted')
def silent(room):
    wish(room)
    room.set('notify-limits', 'false')
    resets = time.time() + 2 * HOUR
    say(room, 10, resets)
    bell = Bell(room)
    ready(room)
    say(room, 85, resets)
    settle(4)
    room.set('notify-limits', 'true')
    settle(3)
    say(room, 86, resets)
    settle(4)
    equal(bell.told(), [], 'switched on later')
    say(room, 100, resets)
    wait_for('the limit', lambda: bell.told())


run_all()
