"""What a screen reader is told over the accessibility bus: every page of the real program is walked.

TOKENFARE_APP names the program, TOKENFARE_APP_HOME the script that makes up a home.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

PAGES = ['overview', 'sessions', 'calendar', 'pricing']

# What somebody can operate has to be told apart by its name.
OPERATED = {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.CHECK_BOX, Atspi.Role.ENTRY,
            Atspi.Role.COMBO_BOX, Atspi.Role.PAGE_TAB, Atspi.Role.IMAGE, Atspi.Role.SPIN_BUTTON,
            Atspi.Role.MENU_ITEM}

# GTK says the name of the type where it knows no other.
OF_TYPE = re.compile(r'^(Gtk|Adw|Fare)[A-Z]\w+$')
PATIENCE = 20 * float(os.environ.get('TEST_PATIENCE', '1'))

results = []


def check(name, problems):
    results.append(not problems)
    print(f'{"not ok" if problems else "ok"} {len(results)} {name}', flush=True)
    for problem in problems:
        print(f'# {problem}', flush=True)


def wait_for(function):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = function()
        except GLib.Error:
            found = None
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit('Bail out! waited in vain')


def children(node):
    for place in range(node.get_child_count()):
        child = node.get_child_at_index(place)
        if child is not None:
            yield child


def walk(node):
    yield node
    try:
        for child in children(node):
            yield from walk(child)
    except GLib.Error:
        pass  # went while we looked


def find_program():
    for node in children(Atspi.get_desktop(0)):
        if 'tokenfare' in (node.get_name() or ''):
            return node
    return None


def is_seen(node):
    return Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW).width > 0


def find_problems(root):
    problems, n_seen = [], 0
    for node in walk(root):
        states = node.get_state_set()
        name = node.get_name() or ''
        if node.get_role() not in OPERATED or not states.contains(Atspi.StateType.FOCUSABLE):
            continue
        # What is hidden gets its name when it is shown.
        if (not name or OF_TYPE.match(name)) and not is_seen(node):
            continue
        n_seen += 1
        what = f'{node.get_role_name()} “{name}”'
        words = name.split()
        if not name or OF_TYPE.match(name):
            problems.append(f'{what} has no name')
        elif name.startswith('_') or ' _' in name:
            problems.append(f'{what} is spoken with its underscore')
        elif len(words) % 2 == 0 and words[:len(words) // 2] == words[len(words) // 2:]:
            problems.append(f'{what} is said twice')
    if n_seen < 12:
        problems.append(f'only {n_seen} operable things were found')
    return sorted(set(problems))


def settle(window):
    """It is named a moment after it is seen."""
    end = time.monotonic() + PATIENCE / 2
    while (problems := find_problems(window)) and time.monotonic() < end:
        time.sleep(0.3)
    return problems


def run(home):
    log = home / 'said'
    env = dict(os.environ, HOME=str(home / 'home'), TOKENFARE_DATA_DIR=str(home / 'state'))
    env.pop('GTK_A11Y', None)
    with open(log, 'wb') as said:
        program = subprocess.Popen([os.environ['TOKENFARE_APP']], env=env, stdout=said, stderr=said)
    try:
        root = wait_for(find_program)
        window = wait_for(lambda: root.get_child_at_index(0))
        for page in PAGES:
            subprocess.run([os.environ['TOKENFARE_APP'], '--page', page], env=env, check=True)
            check(f'/ui/spoken/{page}', settle(window))
    finally:
        program.terminate()
        program.wait()
    text = log.read_text()
    check('/ui/spoken/no-complaint', text.splitlines())


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        subprocess.run([sys.executable, os.environ['TOKENFARE_APP_HOME'], str(home / 'home')], check=True)
        run(home)
    print(f'1..{len(results)}')
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
