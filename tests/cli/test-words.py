"""The words of the command line stand in the manual page and in the completions of all three shells.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import termios

from farecli import PROGRAM, TESTS, Skip, case, equal, run_cases, utc

DATA = TESTS.parent / 'data'
SHELLS = ('tokenfare.bash', '_tokenfare', 'tokenfare.fish')


def commands(home):
    listed = home.run('--help').out.split('\nCommands:\n')[1].split('\n\n')[0]
    names = [line.split()[0] for line in listed.splitlines()]
    assert len(names) > 10, names
    return names


def options(home, command):
    told = home.run(command, '--help').out.split('\nOptions:\n')[1].split('\n\n')[0]
    names = set(re.findall(r'^ +(?:-\w, )?--([\w-]+)', told, re.MULTILINE)) - {'help'}
    return names


def page():
    """The manual page by its sections: SYNOPSIS of one command, and all of it; quotes undone."""
    text = (DATA / 'man' / 'tokenfare.1').read_text(encoding='utf-8').replace('\\-', '-')
    synopsis = text.split('.Sh SYNOPSIS\n')[1].split('.Sh DESCRIPTION\n')[0]
    usages = {}
    for usage in synopsis.split('.Nm\n')[1:]:
        first = usage.split('\n')[0].split()
        if first[0] == '.Cm':
            usages.setdefault(first[1], '')
            usages[first[1]] += usage
    return usages, text


@case('Every command and option is in the manual page')
def manual(home):
    usages, text = page()
    missing = []
    flags = set(re.findall(r'(?:Fl|\|) -([\w-]+)', text))
    for command in commands(home):
        if command not in usages:
            missing.append(f'{command}: synopsis')
        if not re.search(rf'^\.It Cm {command}\b', text, re.MULTILINE):
            missing.append(f'{command}: description')
        missing += [f'{command} --{option}' for option in sorted(options(home, command) - flags)]
    missing += [f'{command}: is no command' for command in sorted(set(usages) - set(commands(home)))]
    assert not missing, '\n'.join(missing)


@case('“version” and “help” are taken for the options, and suggested to who mistypes them')
def words_for_options(home):
    version = home.run('--version').out
    equal(home.run('version').out, version, 'version')
    equal(home.run('help').out, home.run('--help').out, 'help')
    equal(home.run('help', 'db').out, home.run('db', '--help').out, 'help of a command')
    for word, meant in (('versoin', 'version'), ('hepl', 'help'), ('sesion', 'session')):
        assert f'“{meant}”?' in home.run(word, status=2).err, word
    home.run('help', 'nothing', status=2)
    home.run('version', 'now', status=2)


@case('A number is one in decimal digits')
def numbers(home):
    for word in ('0x1', '010x', ' 80', '+80', '-1', '65536', '1e3', ''):
        for command in ('serve', 'tailscale', 'setup'):
            assert 'number from' in home.run(command, f'--port={word}', status=2).err, (command, word)
    for word in ('+3', '-0', '0x3', ' 3', 'inf'):
        home.run('pricing', 'set', 'mine', f'--input={word}', '--output=1', status=2)


def shown(home, columns, *args, **env):
    """The lines that a terminal of that width gets."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 30, columns, 0, 0))
    child = subprocess.Popen([PROGRAM, *args], env=home.env(**env), stdin=subprocess.DEVNULL, stdout=slave, stderr=slave)
    os.close(slave)
    seen = b''
    with contextlib.suppress(OSError):
        while chunk := os.read(master, 65536):
            seen += chunk
    os.close(master)
    child.wait(30)
    return re.sub(r'\x1b\[[0-9;]*[A-Za-z]|\r', '', seen.decode()).split('\n')


@case('Lines fit the terminal, and are whole where there is none')
def width(home):
    home.use(utc())
    home.run('report')
    for args in (('doctor',), ('pricing', 'show', 'gpt-5.5'), ('quota',), ('--help',), ('db', '--help'), ('why',),
                 ('serve', 'here'), ('budget',)):
        plain = home.run(*args, status=None)
        assert max(map(len, plain.out.splitlines() + plain.err.splitlines() + [''])) > 40, args
        for columns in (80, 40):
            # A word stays whole: a path can be copied.
            long = [line for line in shown(home, columns, *args)
                    if len(line) > columns and len(line.split()) > 1 and max(map(len, line.split())) < columns - 20]
            equal(long, [], f'{args} at {columns}')
    for args in (('report', 'today', '--by', 'model'), ('sessions',), ('pricing',), ('why',), ()):
        wide = [line for line in shown(home, 40, *args) if len(line) > 40 and '  ' in line.strip()]
        equal(wide, [], f'the table of {args}')
    shown(home, 40, 'report', b'\xff\xfe' * 30 + b' \xe4\xf0')
    wanted = ' '.join(home.run('--help').out.split())
    equal(' '.join(' '.join(shown(home, 50, '--help')).split()), wanted, 'the words')
    lines = shown(home, 50, '--help')
    first = next(i for i, line in enumerate(lines) if line.startswith('  statusline'))
    assert lines[first + 1].startswith(' ' * 14) and lines[first + 1].strip(), lines[first:first + 2]


@case('Before any use the folders are listed in short lines, in a pipe too')
def folders(home):
    told = home.run().out.splitlines()
    listed = [line for line in told if line.startswith('  ')]
    assert len(listed) > 15 and '…' not in ''.join(listed), told
    # A path stays whole.
    long = [line for line in listed if len(line) > 100 and ', ' in line]
    assert not long, long
    places = [home.path / '.config' / editor / 'User/globalStorage/saoudrizwan.claude-dev/tasks'
              for editor in ('Code', 'Cursor', 'VSCodium', 'Windsurf', 'Trae')]
    for place in places:
        place.mkdir(parents=True)
    line = next(line for line in home.run('doctor').out.splitlines() if line.startswith('Cline '))
    assert line.endswith(', …') and line.count('saoudrizwan') == 3, line
    source = next(one for one in home.run('doctor', '--json').json()['sources'] if one['source'] == 'cline')
    assert len(source['folders']) >= 5, source


@case('Every command and option is completed in bash, zsh and fish')
def completed(home):
    missing = []
    for shell in SHELLS:
        text = (DATA / 'completions' / shell).read_text(encoding='utf-8')
        words = set(re.findall(r'[\w][\w-]*', text))
        for command in commands(home):
            missing += [f'{shell}: {word}' for word in sorted({command} | options(home, command)) if word not in words]
    assert not missing, '\n'.join(missing)


def complete(*line):
    """What bash offers for the last word of LINE."""
    words = ' '.join(f"'{word}'" for word in line)
    script = (f'. "{DATA}/completions/tokenfare.bash"; COMP_WORDS=({words}); COMP_CWORD={len(line) - 1}; '
              '_tokenfare; printf "%s\\n" "${COMPREPLY[@]}"')
    return subprocess.run(['bash', '-c', script], capture_output=True, check=True, text=True).stdout.split()


@case('bash offers the commands, and after a command its options')
def bash(home):
    if not shutil.which('bash'):
        raise Skip('bash is not there')
    offered = complete('tokenfare', '')
    assert set(commands(home)) <= set(offered), offered
    assert complete('tokenfare', 'rep') == ['report'], complete('tokenfare', 'rep')
    missing = []
    for command in commands(home):
        # A verb has options of its own; those of the command's help come with one or another of them.
        offered = set(complete('tokenfare', command, '--'))
        for verb in complete('tokenfare', command, ''):
            offered |= set(complete('tokenfare', command, verb, '--'))
        missing += [f'{command} --{option}' for option in sorted(options(home, command))
                    if f'--{option}' not in offered]
    assert not missing, '\n'.join(missing)


@case('Manual pages are without faults')
def faults(home):
    if not shutil.which('man'):
        raise Skip('man is not there')
    for name in sorted((DATA / 'man').glob('*.1')):
        done = subprocess.run(['man', '--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z', str(name)],
                              env=home.env(LC_ALL='C.UTF-8', MANROFFSEQ='', MAN_KEEP_STDERR='1'),
                              capture_output=True, stdin=subprocess.DEVNULL, check=False)
        if not done.stdout:
            raise Skip('man cannot format here')
        assert done.returncode == 0 and not done.stderr, f'{name}: {done.stderr.decode()}'


run_cases()
