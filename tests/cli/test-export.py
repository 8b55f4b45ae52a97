"""Exports say what reports say, in both formats, and never leave half a file.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import csv
import io
import json
import os
import shutil
import stat
import subprocess

from farecli import PRICES, PROGRAM, PROGRESS, Skip, case, claude_line, equal, one_sentence, run_cases, same_money

KINDS = ('usage', 'days', 'sessions', 'events')


def fill(home):
    home.fill('claude-code')
    home.fill('codex')


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text, newline='')))


def money(rows):
    return sum(float(row['cost'] or 0) for row in rows)


@case('Rows of every kind add up to the total')
def totals(home):
    fill(home)
    total = home.run('report', 'all', '--json').json()['total']
    for kind in KINDS:
        answer = home.run('export', 'all', '--format', 'json', '--what', kind).json()
        equal(answer['what'], kind, 'what')
        equal(answer['total'], total, f'total of {kind}')
        same_money(money(answer['rows']), total['cost'], f'cost of {kind}')
        equal(sum(row['messages'] for row in answer['rows']), total['messages'], f'messages of {kind}')


@case('Both formats say the same')
def formats(home):
    fill(home)
    for kind in KINDS:
        objects = home.run('export', 'all', '--format', 'json', '--what', kind).json()['rows']
        rows = read_csv(home.run('export', 'all', '--format', 'csv', '--what', kind).out)
        equal(len(rows), len(objects), f'rows of {kind}')
        for row, fields in zip(rows, objects):
            for name, text in row.items():
                value = fields['source'][name[7:]] if name.startswith('source_') else fields[name]
                equal(text, '' if value is None else str(value)
                      if not isinstance(value, float) else text, name)
                if isinstance(value, float):
                    same_money(float(text), value, name)


@case('Usage is split by client and model')
def usage(home):
    fill(home)
    rows = home.run('export', 'all', '--format', 'json').json()['rows']
    equal({row['client'] for row in rows}, {'claude', 'codex'}, 'clients')
    for client in ('claude', 'codex'):
        models = home.run('report', 'all', '--by', 'model', '--client', client, '--json').json()['rows']
        equal([row['model'] for row in rows if row['client'] == client],
              [row['key'] for row in models], 'models')


@case('Days have no gaps')
def days(home):
    home.claude_log().write_bytes(claude_line(1, time='2026-03-01T10:00:00.000Z')
                                  + claude_line(2, time='2026-03-04T10:00:00.000Z'))
    rows = home.run('export', 'all', '--format', 'json', '--what', 'days').json()['rows']
    equal([row['day'] for row in rows],
          ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'], 'days')
    equal([row['messages'] for row in rows], [1, 0, 0, 1], 'messages')
    equal(rows[1]['cost'], 0, 'cost of a day without use')
    assert rows[0]['energy_j'] > 0 and rows[1]['energy_j'] == 0, rows


@case('Cells are quoted as RFC 4180 says')
def quoting(home):
    line = json.loads(claude_line(1))
    line['cwd'] = '/tmp/a "b", c\nd'
    home.claude_log().write_text(json.dumps(line) + '\n')
    result = home.run('export', 'all', '--format', 'csv', '--what', 'events').out
    equal(read_csv(result)[0]['project'], line['cwd'], 'project')


@case('A file gets all of it')
def output(home):
    fill(home)
    path = os.path.join(home.path, 'out.csv')
    shown = home.run('export', 'all', '--format', 'csv').out
    result = home.run('export', 'all', '--format', 'csv', '--output', path)
    equal(result.out, '', 'standard output')
    with open(path, newline='') as file:
        equal(file.read(), shown, 'file')
    equal(stat.S_IMODE(os.stat(path).st_mode) & 0o600, 0o600, 'mode')
    equal([name for name in os.listdir(home.path) if name.startswith('out.csv.')], [], 'remains')


@case('A failed export leaves the old file alone')
def failure(home):
    fill(home)
    path = os.path.join(home.path, 'out.json')
    with open(path, 'w') as file:
        file.write('old')
    # Without the table of energy classes, which days need once the file has been begun.
    tables = os.path.join(home.path, 'tables')
    os.mkdir(tables)
    shutil.copy(PRICES / 'models.json', tables)
    result = home.run('export', 'all', '--format', 'json', '--what', 'days', '-o', path, status=1,
                      env={'TOKENFARE_PKGDATA_DIR': tables})
    one_sentence(result.err, 'energy.json')
    with open(path) as file:
        equal(file.read(), 'old', 'file')
    equal([name for name in os.listdir(home.path) if name.startswith('out.json.')], [], 'remains')
    one_sentence(home.run('export', '--format', 'json', '-o', '/nonexistent/x', status=1).err,
                 '/nonexistent/x')


@case('A full disk leaves nothing behind')
def full_disk(home):
    fill(home)
    disk = home.path / 'disk'
    disk.mkdir()
    script = 'mount -t tmpfs -o size=8k tokenfare "$0" && "$@"; echo "$?" "$(ls -A "$0")"'
    done = subprocess.run(['unshare', '-m', 'sh', '-c', script, disk, PROGRAM, 'export', 'all', '--format', 'json',
                           '--what', 'events', '--output', disk / 'out.json'], env=home.env(),
                          capture_output=True, text=True, check=False)
    if 'mount' in done.stderr or 'unshare' in done.stderr:
        raise Skip('no small disk can be mounted here')
    one_sentence(done.stderr.replace(PROGRESS, ''), 'cannot be written', 'space')
    equal(done.stdout, '1 \n', 'status and files')


@case('A pipe and a link are written through')
def special(home):
    fill(home)
    shown = home.run('export', 'all', '--format', 'csv').out
    equal(home.run('export', 'all', '--format', 'csv', '-o', '/dev/stdout').out, shown, 'pipe')
    target, link = os.path.join(home.path, 'target'), os.path.join(home.path, 'link')
    with open(target, 'w') as file:
        file.write('old')
    os.symlink(target, link)
    home.run('export', 'all', '--format', 'csv', '-o', link)
    assert os.path.islink(link), 'the link was replaced'
    with open(target, newline='') as file:
        equal(file.read(), shown, 'file')


@case('Without use the document is whole')
def empty(home):
    for kind in KINDS:
        equal(home.run('export', '--format', 'json', '--what', kind).json()['total']['messages'], 0,
              f'messages of {kind}')
        text = home.run('export', '--format', 'csv', '--what', kind).out
        assert text.startswith(('client,', 'day,')), text


@case('Wrong use is refused')
def refused(home):
    assert '--format' in home.run('export', status=2).err
    assert 'xml' in home.run('export', '--format', 'xml', status=2).err
    assert 'money' in home.run('export', '--format', 'csv', '--what', 'money', status=2).err


run_cases()
