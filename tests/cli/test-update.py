"""tokenfare update: names who installed the program, and changes nothing.

SPDX-License-Identifier: GPL-3.0-or-later
"""

from farecli import equal, run_cases
from faresetup import SERVER, setup_case

KEYS = ['ok', 'action', 'updated', 'reason', 'install_method', 'program', 'package', 'folder', 'command', 'version',
        'has_service', 'restart_command']


def update(room, method, **options):
    before = room.snapshot()
    answer = room.run('update', '--json', **options).json()
    equal(list(answer), KEYS, 'keys')
    equal((answer['ok'], answer['action'], answer['updated'], answer['install_method']), (True, 'update', False, method),
          'values')
    told = room.run('update', **options)
    assert answer['command'] in told.out and told.err == '', told.out
    equal(room.snapshot(), before, 'the home')
    return answer


def no_manager(room):
    for name in ('dpkg-query', 'rpm', 'pacman'):
        room.script(name, 'echo "no path found" >&2; exit 1')


def own(room, name, text):
    """Has one package manager know every file, as long as it is asked for this program's."""
    no_manager(room)
    room.script(name, f'for last; do :; done; [ "$last" = {room.prefix}/bin/tokenfare ] || exit 1\n{text}')


@setup_case('/update/knows-dpkg', session=False)
def dpkg(room):
    own(room, 'dpkg-query', 'echo "tokenfare: $last"')
    answer = update(room, 'dpkg')
    equal((answer['package'], answer['reason']), ('tokenfare', 'package-manager'), 'owner')
    assert 'apt install --only-upgrade tokenfare' in answer['command'], answer
    assert room.calls('restart', 'enable') == []


@setup_case('/update/knows-rpm', session=False)
def rpm(room):
    own(room, 'rpm', '[ "$1 $2 $3" = "-qf --queryformat %{NAME}\n" ] || [ "$1" = -qf ] && echo tokenfare-gtk')
    room.script('dnf', 'exit 1')
    answer = update(room, 'rpm')
    equal((answer['package'], answer['command']), ('tokenfare-gtk', 'sudo dnf upgrade tokenfare-gtk'), 'owner')


@setup_case('/update/knows-pacman', session=False)
def pacman(room):
    own(room, 'pacman', '[ "$1" = -Qoq ] && echo tokenfare')
    equal(update(room, 'pacman')['command'], 'sudo pacman -Syu', 'command')


@setup_case('/update/knows-flatpak', session=False)
def flatpak(room):
    answer = update(room, 'flatpak', env={'FLATPAK_ID': 'io.github.tokenfare.Tokenfare'})
    equal(answer['command'], 'flatpak update io.github.tokenfare.Tokenfare', 'command')


@setup_case('/update/knows-a-prefix-and-a-build-folder', session=False)
def prefix(room):
    no_manager(room)
    answer = update(room, 'prefix')
    equal((answer['folder'], answer['package'], answer['reason']), (str(room.prefix), None, 'from-source'), 'owner')
    (room.prefix / 'bin').rename(room.prefix / 'cli')
    (room.prefix / 'bin').symlink_to('cli')
    equal(update(room, 'build')['folder'], str(room.prefix / 'cli'), 'folder')


@setup_case('/update/tells-to-restart-the-server')
def server(room):
    no_manager(room)
    if not SERVER.exists():
        return
    room.use_port()
    equal(update(room, 'prefix')['has_service'], False, 'before')
    room.setup('--no-tray')
    answer = room.run('update', '--json').json()
    equal((answer['has_service'], answer['restart_command']), (True, 'systemctl --user restart tokenfare.service'),
          'afterwards')
    assert 'restart tokenfare.service' in room.run('update').out


@setup_case('/update/knows-its-words', session=False)
def misused(room):
    for words in (['now'], ['--force'], ['--auto']):
        result = room.run('update', *words, status=2)
        assert result.out == '' and '--help' in result.err, (words, result.err)


run_cases()
