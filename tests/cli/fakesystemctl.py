"""systemctl --user for tests: keeps its state in FAKE_SYSTEMD and runs the unit's program.

Enabling makes the links that systemd makes; folders that are empty then stay, as older versions
leave them.  A file named "no-session" in FAKE_SYSTEMD makes it fail as without a user's systemd, one
named "fail-VERB" makes that verb fail.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import pathlib
import shlex
import signal
import subprocess
import sys
import time

STATE = pathlib.Path(os.environ['FAKE_SYSTEMD'])
USER = pathlib.Path(os.environ.get('XDG_CONFIG_HOME') or os.environ['HOME'] + '/.config') / 'systemd/user'
WANTS = USER / 'default.target.wants'
PID = STATE / 'pid'


def fail(sentence):
    print(sentence, file=sys.stderr)
    sys.exit(1)


def find(unit):
    for folder in (USER, STATE / 'units'):
        if (folder / unit).exists():
            return folder / unit
    return None


def read_pid():
    return int(PID.read_text()) if PID.exists() else 0


def is_running(pid):
    try:
        return pid > 0 and pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(') ', 1)[1][0] != 'Z'
    except FileNotFoundError:
        return False


def show(unit):
    path = find(unit)
    pid = read_pid()
    running = is_running(pid)
    masked = path is not None and os.path.realpath(path) == '/dev/null'
    enabled = (WANTS / unit).is_symlink()
    print('LoadState=' + ('masked' if masked else 'loaded' if path else 'not-found'))
    print('UnitFileState=' + ('' if path is None else 'enabled' if enabled else 'disabled'))
    print('ActiveState=' + ('active' if running else 'failed' if pid else 'inactive'))
    print(f'FragmentPath={path or ""}')
    print(f'MainPID={pid if running else 0}')


def start(unit):
    if is_running(read_pid()):
        return
    lines = find(unit).read_text().splitlines()
    command = next(line.split('=', 1)[1] for line in lines if line.startswith('ExecStart='))
    with open(STATE / 'journal', 'ab') as journal:
        child = subprocess.Popen(shlex.split(command), stdin=subprocess.DEVNULL, stdout=journal,
                                 stderr=journal, start_new_session=True)
    PID.write_text(str(child.pid))


def stop():
    pid = read_pid()
    if is_running(pid):
        os.kill(pid, signal.SIGTERM)
        while is_running(pid):
            time.sleep(0.01)
    PID.unlink(missing_ok=True)


def link(place, target):
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.is_symlink():
        place.symlink_to(target)


def enable(unit, now):
    if unit.startswith('/'):
        target, unit = unit, os.path.basename(unit)
        link(USER / unit, target)
    if find(unit) is None:
        fail(f'Failed to enable unit: Unit file {unit} does not exist.')
    link(WANTS / unit, find(unit))
    if now:
        start(unit)


def disable(unit, now):
    for place in (WANTS / unit, USER / unit):
        if place.is_symlink():
            place.unlink()
    if now:
        stop()


def main():
    words = sys.argv[1:]
    with open(STATE / 'calls', 'a', encoding='utf-8') as calls:
        calls.write(' '.join(words) + '\n')
    assert words.pop(0) == '--user', words
    verb = words.pop(0)
    if (STATE / 'no-session').exists():
        fail('Failed to connect to bus: No medium found')
    if (STATE / f'fail-{verb}').exists():
        fail(f'Failed to {verb} unit: Access denied')
    now = '--now' in words
    unit = next((word for word in words if not word.startswith('-')), None)
    if verb == 'show':
        show(unit)
    elif verb == 'show-environment':
        print('\n'.join(f'{name}={value}' for name, value in os.environ.items()))
    elif verb == 'enable':
        enable(unit, now)
    elif verb == 'disable':
        disable(unit, now)
    elif verb == 'start':
        start(unit)
    elif verb == 'restart':
        stop()
        start(unit)
    elif verb == 'stop':
        stop()
    else:
        fail(f'Unknown command verb {verb}.')


main()
