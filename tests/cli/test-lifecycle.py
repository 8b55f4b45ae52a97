"""From setup over doctor to uninstall: what is said is what is, and nothing is left behind.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import signal
import time

from farecli import claude_line, equal, run_cases
from faresetup import ENTRY, SERVER, setup_case

if not SERVER.exists():
    print('1..0 # SKIP the server is not built')
    raise SystemExit


def examine(room, status):
    before = room.snapshot()
    result = room.run('doctor', '--json', status=status)
    equal(room.snapshot(), before, 'files after doctor')
    return result.json()


def ids(answer, kind='issues'):
    return [issue['id'] for issue in answer[kind]]


def fill(room):
    log = room.home.path / '.claude/projects/-tmp-p/s1.jsonl'
    log.parent.mkdir(parents=True)
    log.write_bytes(claude_line(1))
    (room.home.path / '.claude/settings.json').write_text('{\n  "model": "opus"\n}\n')
    room.run('report', 'all')


@setup_case('/cli/lifecycle/setup-doctor-uninstall-leaves-the-home-as-it-was')
def round_trip(room):
    room.use_port()
    fill(room)
    before = room.snapshot()
    answer = examine(room, status=0)
    equal((answer['manifest_present'], answer['statusline']['owner']), (False, 'none'), 'before')
    equal((answer['systemd_user'], answer['port']['state']), (True, 'silent'), 'before')

    room.setup()
    answer = examine(room, status=0)
    equal({part: answer['setup'][part] for part in ('service', 'tray', 'statusline', 'tailscale')},
          {'service': True, 'tray': True, 'statusline': True, 'tailscale': False}, 'setup')
    equal((answer['port']['state'], answer['port']['port']), ('tokenfare', room.port), 'port')
    equal((answer['service']['enabled'], answer['service']['active']), ('enabled', 'active'), 'service')
    equal((answer['statusline']['owner'], answer['statusline']['program_missing']), ('tokenfare', False),
          'status line')
    assert 'tokenfare-server' in [program['name'] for program in answer['programs']], answer['programs']

    room.uninstall()
    answer = examine(room, status=0)
    equal((answer['manifest_present'], answer['statusline']['owner'], answer['port']['state']),
          (False, 'none', 'silent'), 'afterwards')
    after = room.snapshot()
    for name in set(before) | set(after):
        if 'usage.sqlite3' not in name and 'glance' not in name:
            equal(after.get(name), before.get(name), name)


@setup_case('/cli/lifecycle/doctor-sees-what-setup-switched-on-and-is-off')
def off(room):
    room.use_port()
    fill(room)
    room.setup()
    os.kill(room.server(), signal.SIGKILL)
    while room.server():
        time.sleep(0.02)
    (room.home.path / ENTRY).unlink()
    settings = room.home.path / '.claude/settings.json'
    settings.write_text(json.dumps({'statusLine': {'type': 'command', 'command': 'theirs'}}))
    answer = examine(room, status=1)
    assert set(ids(answer)) <= {'server-stopped', 'server-failed', 'server-silent'}, answer['issues']
    assert len(ids(answer)) == 1, answer['issues']
    assert {'tray-off', 'statusline-gone'} <= set(ids(answer, 'notes')), answer['notes']


@setup_case('/cli/lifecycle/without-systemd', session=False)
def no_systemd(room):
    fill(room)
    before = room.snapshot()
    room.setup()
    answer = examine(room, status=0)
    equal((answer['systemd_user'], answer['setup']['service'], answer['setup']['tray']),
          (False, False, True), 'setup')
    room.uninstall()
    after = room.snapshot()
    for name in set(before) | set(after):
        if 'usage.sqlite3' not in name and 'glance' not in name:
            equal(after.get(name), before.get(name), name)


run_cases()
