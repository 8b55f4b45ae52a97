"""The words of the command line stand in the manual page and in the completions of all three shells.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import re
import shutil
import subprocess

from farecli import TESTS, Skip, case, run_cases

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
