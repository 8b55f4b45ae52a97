"""The status line counted with prices that were kept: as right as with the price files.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import subprocess
import time

from farecli import PRICES, PROGRAM, case, claude_line, equal, run_cases, utc


def use(home, *models):
    """A request in each of two sizes for each model."""
    home.claude_log().write_bytes(b''.join(
        claude_line(number * 2 + part, time=utc(), model=model, input_tokens=1000 + part * 300000, output_tokens=777,
                    cache_read_input_tokens=12345)
        for number, model in enumerate(models) for part in range(2)))
    home.run('report', '--json')
    time.sleep(0.1)


def count(home):
    """What the line says when it has to count, in machine form and as people read it."""
    for path in home.data.glob('glance-*'):
        path.unlink()
    said = []
    for arguments in (['--format', 'json'], ['--period', 'week']):
        done = subprocess.run([PROGRAM, 'statusline', *arguments], env=home.env(), capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=20)
        equal((done.returncode, done.stderr), (0, b''), 'end')
        said.append(done.stdout.decode())
    answer = json.loads(said[0])
    answer.pop('taken', None)
    return answer, said[1]


def kept(home):
    return home.data / 'line-prices'


def some_models():
    with open(PRICES / 'models.json', encoding='utf-8') as file:
        models = [model['id'] for model in json.load(file)['models']]
    return models[::7] + ['nobody-knows', 'openai/gpt-5']


@case('Kept prices give the same figures as the files')
def same(home):
    use(home, *some_models())
    with_files = count(home)
    assert with_files[0]['unpriced_tokens'] > 0 and with_files[0]['cost'] > 1, with_files
    inode = kept(home).stat().st_ino
    equal(count(home), with_files, 'with kept prices')
    equal(kept(home).stat().st_ino, inode, 'the price files were read once more')


@case('A model that was not kept is priced all the same')
def more(home):
    use(home, 'claude-sonnet-4-6')
    before = count(home)[0]['cost']
    use(home, 'claude-sonnet-4-6', 'claude-opus-4-6')
    with_more = count(home)
    assert with_more[0]['cost'] > before and with_more[0]['unpriced_tokens'] == 0, with_more
    inode = kept(home).stat().st_ino
    equal(count(home), with_more, 'once more')
    equal(kept(home).stat().st_ino, inode, 'the second model was not kept')


@case('A price that changes shows at once')
def changed(home):
    use(home, 'claude-sonnet-4-6')
    count(home)
    home.run('pricing', 'set', 'claude-sonnet-4-6', '--input', '0', '--output', '0', '--cache-read', '0')
    equal(count(home)[0]['cost'], 0, 'free')
    time.sleep(0.1)
    equal(count(home)[0]['cost'], 0, 'read again, and kept')
    equal(count(home)[0]['cost'], 0, 'as kept')


@case('Kept prices that are damaged, or of another program, are none')
def damaged(home):
    use(home, 'claude-sonnet-4-6', 'claude-opus-4-6')
    right = count(home)
    good = kept(home).read_bytes()
    for bad in (b'', b'x', good[:-1], good[:100], bytes(255 - byte for byte in good), good * 3,
                good.replace(b'prices 2', b'prices 0')):
        kept(home).write_bytes(bad)
        equal(count(home), right, 'figures')
        equal(kept(home).read_bytes()[:20], good[:20], 'kept anew')
    kept(home).unlink()
    os.mkfifo(kept(home))
    equal(count(home), right, 'in place of a pipe')


@case('A period that is none, or no index, is left to the command')
def odd(home):
    use(home, 'claude-sonnet-4-6')
    right = count(home)
    equal(home.run('statusline', '--period', 'sometime').out, home.run('statusline').out, 'a period that is none')
    index = home.data / 'usage.sqlite3'
    index.rename(home.data / 'away')
    equal(count(home)[0], {'class': 'none', 'limits': []}, 'without an index')
    assert not index.exists()
    (home.data / 'away').rename(index)
    equal(count(home), right, 'with it again')


run_cases()
