# peers.py: other programs of this kind, from npm, to compare with.
#
# They are kept in the user's cache folder.  Without npm or network the comparison is left out and
# the table says so.  Every peer has a home of its own with links to the same logs, and its prices
# from what it carries.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import platform
import shutil
import subprocess

from programs import log_folders, tree_bytes

CACHE = os.path.join(os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache'), 'tokenfare-bench')
MACHINE = {'x86_64': 'x64', 'aarch64': 'arm64'}.get(platform.machine(), platform.machine())


class Peer:
    def __init__(self, binary, version, home):
        self.version = version
        self.home = home
        self.command = [binary, *self.arguments]
        self.environment = {'PATH': os.environ.get('PATH', ''), 'HOME': home, 'TZ': 'UTC', 'LC_ALL': 'C.UTF-8',
                            **self.variables}


class Ccusage(Peer):
    """Reads all logs each time and keeps nothing."""

    name = 'ccusage'
    package = f'@ccusage/ccusage-linux-{MACHINE}'
    binary = 'bin/ccusage'
    arguments = ('daily', '--json', '--offline')
    details = ('--by-agent',)
    variables = {}
    keeps = False

    def forget(self):
        pass

    def sums(self, output):
        return add_up((row for day in output['daily'] for row in day['agents']), 'agent',
                      ('inputTokens', 'cacheReadTokens', 'cacheCreationTokens', 'outputTokens'))


class Tokscale(Peer):
    """Keeps what it read from each file."""

    name = 'tokscale'
    package = f'@tokscale/cli-linux-{MACHINE}-gnu'
    binary = 'bin/tokscale'
    arguments = ('models', '--json', '--no-spinner')
    details = ()
    # Otherwise it would ask the network for prices and, without one, wait for that to fail.
    variables = {'TOKSCALE_PRICING_CACHE_ONLY': '1'}
    keeps = True

    def kept_folder(self):
        return os.path.join(self.home, '.config', 'tokscale', 'cache')

    def forget(self):
        shutil.rmtree(self.kept_folder(), ignore_errors=True)

    def kept_bytes(self):
        return tree_bytes(self.kept_folder())

    def sums(self, output):
        return add_up(output['entries'], 'client', ('input', 'cacheRead', 'cacheWrite', 'output'))


# Our names of clients that peers name otherwise.
CLIENTS = {'gemini': 'gemini_cli', 'pi': 'pi_agent'}


def add_up(rows, client, fields):
    """Sums of input, cache read, cache write and output by client."""
    sums = {}
    for row in rows:
        name = CLIENTS.get(row[client], row[client])
        sums[name] = [have + row[field] for have, field in zip(sums.get(name, [0] * len(fields)), fields)]
    return sums


KINDS = (Ccusage, Tokscale)


def install():
    """Gets the newest release of each peer that there is for this machine, or keeps what is there."""
    os.makedirs(CACHE, exist_ok=True)
    if not shutil.which('npm'):
        return 'npm is not installed'
    result = subprocess.run(['npm', 'install', '--prefix', CACHE, '--ignore-scripts', '--no-audit', '--no-fund',
                             *(kind.package + '@latest' for kind in KINDS)],
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return None if result.returncode == 0 else 'npm could not get them'


def find(folder, home):
    """Peers that can be run, each with a home below folder, and why others are missing."""
    trouble, found, missing = install(), [], {}
    for kind in KINDS:
        package = os.path.join(CACHE, 'node_modules', kind.package)
        binary = os.path.join(package, kind.binary)
        if not os.path.exists(binary):
            missing[kind.name] = trouble or f'{kind.package} has no {kind.binary}'
            continue
        os.chmod(binary, 0o755)
        with open(os.path.join(package, 'package.json'), encoding='utf-8') as file:
            version = json.load(file)['version']
        found.append(kind(binary, version, make_view(os.path.join(folder, kind.name), home)))
    return found, missing


def make_view(path, home):
    """A home folder that links to the logs of another."""
    for folder in log_folders(home):
        link = os.path.join(path, os.path.relpath(folder, home))
        os.makedirs(os.path.dirname(link), exist_ok=True)
        os.symlink(folder, link)
    return path


def judge(sums, truth):
    """How a peer's sums compare with the truth, in words."""
    wrong, leaves_out = [], False
    for client, row in sorted(truth.by(0).items()):
        found = sums.get(client, (0, 0, 0, 0))
        expected = (row['input'], row['cache_read'], row['cache_write_5m'] + row['cache_write_1h'])
        names = ('input', 'cache read', 'cache write')
        wrong += [f'{client} {name} {100 * (value / count - 1):+.2g} %' if count else f'{client} {name} {value}'
                  for name, value, count in zip(names, found, expected) if value != count]
        # Some show reasoning in a column of its own, others do not show it.
        fewest = row['output'] - row['reasoning']
        if not fewest <= found[3] <= row['output'] + truth.unsure[client]:
            wrong.append(f'{client} output {100 * (found[3] / row["output"] - 1):+.2g} %')
        leaves_out = leaves_out or found[3] < row['output']
    return ', '.join(wrong) or 'exact' + (', reasoning left out of the output of some clients' if leaves_out else '')
