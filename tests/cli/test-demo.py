"""The invented home: every client is in it, and what is read out of it is sound.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import datetime
import subprocess

from farecli import PROGRAM, Home, Skip, case, equal, run_cases

CLIENTS = ['amp', 'antigravity', 'claude', 'cline', 'codex', 'copilot_cli', 'droid', 'gemini_cli', 'goose',
           'grok', 'hermes', 'kilocode', 'kimi', 'mimo', 'omp', 'openclaw', 'opencode', 'pi_agent', 'qwen',
           'roo_code']


def rows(home, key):
    return home.run('report', 'all', '--by', key, '--json').json()['rows']


@case('/cli/demo/a-year-of-all-clients')
def a_year_of_all_clients(home):
    folder = home.path / 'demo'
    equal(str(folder) in home.run('demo', folder).out, True, 'the folder is named')
    demo = Home(folder)

    by_client = rows(demo, 'client')
    equal(sorted(row['key'] for row in by_client), CLIENTS, 'clients')
    equal(min(row['total'] for row in by_client) > 0, True, 'use of each')
    equal([row['key'] for row in rows(demo, 'model') if row['unpriced_tokens']], ['harbor-preview-2'],
          'models without a price')
    equal(demo.run('report', 'today', '--json').json()['total']['messages'] > 0, True, 'use today')

    days = [0.0] * 7
    for row in rows(demo, 'day'):
        days[datetime.date.fromisoformat(row['key']).weekday()] += row['cost']
    equal(days[0] > 1.5 * days[4], True, 'Mondays are heavier than Fridays')

    counts = demo.run('why', 'all', '--json').json()
    equal(counts['lines']['malformed'], 0, 'damaged lines')
    demo.run('db', 'verify')


@case('/cli/demo/is-named-where-there-are-no-logs-yet')
def named_at_first(home):
    """Whoever has no logs yet is told how to see something; whoever has some is not."""
    equal('tokenfare demo' in home.run().out, True, 'said without logs')
    folder = home.path / 'demo'
    home.run('demo', folder)
    demo = Home(folder)
    equal('tokenfare demo' in demo.run('report', '--from', '2001-01-01', '--to', '2001-01-02').out, False,
          'said in an empty period')


@case('/cli/demo/never-among-other-files')
def never_among_other_files(home):
    folder = home.path / 'full'
    folder.mkdir()
    (folder / 'mine').write_text('x')
    result = home.run('demo', folder, status=1)
    equal('not empty' in result.err, True, 'the reason')
    equal([entry.name for entry in folder.iterdir()], ['mine'], 'files')


@case('/cli/demo/a-full-disk-leaves-nothing-behind')
def full_disk(home):
    disk = home.path / 'disk'
    disk.mkdir()
    script = 'mount -t tmpfs -o size=300k tokenfare "$0" && mkdir "$0/empty" && { "$@"; echo $?; find "$0"; }'

    def write(folder, program=PROGRAM):
        return subprocess.run(['unshare', '-m', 'sh', '-c', script, disk, program, 'demo', folder],
                              env=home.env(), capture_output=True, check=False, text=True)

    if write(disk / 'new', 'true').returncode != 0:
        raise Skip('no small disk can be mounted here')
    for folder in ('new', 'a/b/new', 'empty'):
        done = write(disk / folder)
        equal(done.stdout.split(), ['1', str(disk), str(disk / 'empty')], f'status, and what is left of {folder}')
        assert done.stderr.startswith('tokenfare: ') and done.stderr.count('\n') == 1, done.stderr


@case('/cli/demo/wrong-usage')
def wrong_usage(home):
    home.run('demo', status=2)
    home.run('demo', 'a', 'b', status=2)


run_cases()
