"""The status line: what it says, what it survives, and that it is never wrong, slow or loud.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import contextlib
import json
import os
import pty
import re
import sqlite3
import subprocess
import threading
import time

from farecli import PATIENCE, PROGRAM, TIME_LIMIT, Skip, case, claude_line, equal, run_cases, same_money, utc

FORMATS = ('minimal', 'full', 'waybar', 'i3blocks', 'polybar', 'tmux', 'json')


def scan(home, **options):
    home.run('report', '--json', **options)


def line(home, *args, says=None, env=None):
    """Runs the status line, which may neither fail nor say anything on standard error."""
    words = says if says is None or isinstance(says, bytes) else json.dumps(says).encode()
    done = subprocess.run([PROGRAM, 'statusline', *args], env=home.env(**(env or {})), capture_output=True,
                          timeout=TIME_LIMIT, **({'input': words} if words is not None else {'stdin': subprocess.DEVNULL}))
    equal((done.returncode, done.stderr), (0, b''), f'end of statusline {args}')
    return done.stdout.decode()


def bar(home, **options):
    return json.loads(line(home, '--format', 'waybar', **options))


def forget(home):
    for path in home.data.glob('glance-*'):
        path.unlink(missing_ok=True)


@case('Without an index there is nothing to say, and nothing is created')
def missing(home):
    for name in FORMATS:
        out = line(home, '--format', name)
        if name == 'waybar':
            equal((json.loads(out)['text'], json.loads(out)['class']), ('–', 'none'), 'waybar')
            assert 'percentage' not in json.loads(out)
        elif name == 'json':
            equal(json.loads(out), {'class': 'none', 'limits': []}, 'json')
        else:
            equal(out, '', name)
    assert not home.data.exists()


@case('Every format says the same, the first time and again')
def same(home):
    home.use(utc())
    scan(home)
    for _ in range(2):
        equal(line(home), '📊 1.2M ($6.00) today\n', 'minimal')
        equal(line(home, '--no-emoji'), '1.2M ($6.00) today\n', 'without emoji')
        equal(line(home, '--format', 'i3blocks'), '$6.00 today\n$6.00\n', 'i3blocks')
        equal(line(home, '--format=polybar'), '$6.00\n', 'polybar')
        equal(line(home, '--format', 'tmux'), '$6.00\n', 'tmux')
        equal((bar(home)['text'], bar(home)['class']), ('$6.00', 'fresh'), 'waybar')
        answer = json.loads(line(home, '--format', 'json'))
        same_money(answer['cost'], 6, 'json')
        equal((answer['total'], answer['unpriced_tokens'], answer['tools'][0]['key']), (1200000, 0, 'claude'), 'json')
        time.sleep(0.1)


@case('What is kept from the last time is taken up only while nothing has changed')
def kept(home):
    home.use(utc())
    scan(home)
    time.sleep(0.1)
    equal(line(home), '📊 1.2M ($6.00) today\n', 'at first')
    assert list(home.data.glob('glance-*')), 'nothing was kept'
    home.use(utc(), utc())
    scan(home)
    equal(line(home), '📊 2.4M ($12.00) today\n', 'after more use')
    time.sleep(0.1)
    line(home)
    home.write_settings(currency="'EUR'", currency_rates="[('2020-01-01', 0.5)]")
    equal(line(home), '📊 2.4M (€6.00) today\n', 'in another currency')
    time.sleep(0.1)
    line(home)
    home.write_settings(hide_amounts='true')
    equal(line(home), '📊 2.4M (•••) today\n', 'hidden')
    time.sleep(0.1)
    line(home)
    home.write_settings()
    home.run('pricing', 'set', 'claude-sonnet-4-6', '--input', '6', '--output', '30')
    equal(line(home), '📊 2.4M ($24.00) today\n', 'at another price')


@case('A program that keeps the index in step keeps the line ready')
def keeper(home):
    home.use(utc())
    scan(home)
    time.sleep(0.1)
    line(home)
    kept_file, = home.data.glob('glance-*')
    watch = home.start('db', 'watch', stdout=subprocess.DEVNULL)
    try:
        for count in (2, 3):
            before = kept_file.read_bytes()
            home.use(*[utc()] * count)
            end = time.monotonic() + 20
            while kept_file.read_bytes() == before and time.monotonic() < end:
                time.sleep(0.05)
            for _ in range(100):
                if f'${6 * count}.00' in line(home):
                    break
                time.sleep(0.05)
            ready = kept_file.read_bytes()
            assert f'${6 * count}.00'.encode() in ready, ready
            time.sleep(0.3)
            inode = kept_file.stat().st_ino
            line(home)
            equal(kept_file.stat().st_ino, inode, 'the line was counted anew')
    finally:
        watch.terminate()
        watch.wait()
    equal(line(home), '📊 3.6M ($18.00) today\n', 'after the keeper')


@case('A damaged memory is no memory')
def damaged_memory(home):
    home.use(utc())
    scan(home)
    time.sleep(0.1)
    line(home)
    path, = home.data.glob('glance-*')
    good = path.read_bytes()
    for bad in (b'', b'x', good[:-1], good[:100], bytes(255 - byte for byte in good), good * 300):
        path.write_bytes(bad)
        equal(line(home), '📊 1.2M ($6.00) today\n', 'line')


@case('Empty, locked, damaged and newer indexes say nothing')
def odd(home):
    scan(home)
    equal(line(home), '', 'empty')
    equal(bar(home)['class'], 'none', 'empty')
    home.use(utc())
    scan(home)
    index = home.data / 'usage.sqlite3'
    connection = sqlite3.connect(index, isolation_level=None)
    connection.execute('PRAGMA locking_mode = EXCLUSIVE')
    connection.execute('BEGIN EXCLUSIVE')
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('x', 1)")
    start = time.monotonic()
    equal(bar(home)['class'], 'none', 'locked')
    assert time.monotonic() - start < 2 * PATIENCE, 'waited for the lock'
    connection.execute('ROLLBACK')
    connection.close()
    equal(bar(home)['text'], '$6.00', 'unlocked')
    connection = sqlite3.connect(index)
    version, = connection.execute('PRAGMA user_version').fetchone()
    connection.execute('PRAGMA user_version = 999')
    connection.commit()
    equal(bar(home)['class'], 'none', 'newer')
    connection.execute(f'PRAGMA user_version = {version}')
    connection.commit()
    connection.close()
    forget(home)
    index.write_bytes(b'no database' * 1000)
    for name in FORMATS:
        line(home, '--format', name)
    equal(index.read_bytes(), b'no database' * 1000, 'damaged file')


@case('Another program that is writing is not waited for')
def writing(home):
    home.use(utc())
    scan(home)
    connection = sqlite3.connect(home.data / 'usage.sqlite3', isolation_level=None)
    connection.execute('BEGIN IMMEDIATE')
    equal(bar(home)['text'], '$6.00', 'text')
    connection.execute('ROLLBACK')


@case('Tokens without a price stand beside the amount')
def unpriced(home):
    home.use(utc(), model='nobody-knows')
    scan(home)
    assert '1.2M tokens without price' in line(home)
    equal(json.loads(line(home, '--format', 'json'))['unpriced_tokens'], 1200000, 'json')


@case('Old figures say how old they are')
def stale(home):
    home.use(utc())
    scan(home)
    connection = sqlite3.connect(home.data / 'usage.sqlite3')
    connection.execute("UPDATE meta SET value = ? WHERE key = 'last_scan'", (int((time.time() - 1850) * 1000),))
    connection.commit()
    connection.close()
    assert '30 min old' in line(home), line(home)
    equal(bar(home)['class'], 'stale', 'class')
    equal(line(home, '--format', 'i3blocks'), '$6.00 today · 30 min old\n$6.00\n', 'i3blocks')
    for name in ('polybar', 'tmux'):
        equal(line(home, '--format', name), '$6.00 · 30 min old\n', name)


@case('Budgets and limits give a percentage, and a class')
def budget(home):
    home.use(utc())
    scan(home)
    home.write_settings(budget_day='8.0', budget_month='1000.0')
    answer = bar(home)
    equal((answer['class'], answer['percentage']), ('fresh', 75), 'below')
    assert '$8' in answer['tooltip'], answer
    home.write_settings(budget_day='5.0')
    answer = bar(home)
    equal((answer['class'], answer['percentage']), ('over', 100), 'over')
    assert line(home, '--format', 'i3blocks').splitlines()[2].startswith('#')
    assert '%{F' in line(home, '--format', 'polybar') and '#[fg=red]' in line(home, '--format', 'tmux')


@case('Hidden amounts are hidden wherever people look')
def hidden(home):
    home.use(utc())
    scan(home)
    home.write_settings(hide_amounts='true', budget_day='8.0')
    says = {'cost': {'total_cost_usd': 4.56}, 'model': 'Opus'}
    for _ in range(2):
        for name in FORMATS[:-1]:
            out = line(home, '--format', name, says=says)
            assert '•••' in out and not re.search(r'\$|[68]\.00|4\.56', out), (name, out)
        assert '75%' in bar(home)['tooltip'], bar(home)
        # A program that asks for figures gets figures.
        same_money(json.loads(line(home, '--format', 'json'))['cost'], 6, 'json')
        time.sleep(0.1)


@case('Markup in what is shown stays text')
def markup(home):
    home.claude_log().write_bytes(claude_line(1, time=utc(), input_tokens=1, output_tokens=1))
    scan(home)
    equal(bar(home)['text'], '&lt;$0.01', 'text')


@case('What Claude Code says is shown, all of it optional')
def words(home):
    home.use(utc())
    scan(home)
    project = home.path / 'my project'
    (project / '.git').mkdir(parents=True)
    (project / '.git' / 'HEAD').write_text('ref: refs/heads/topic/one\n')
    now = int(time.time())
    says = {'model': {'id': 'claude-sonnet-4-6', 'display_name': 'Sonnet 4.6'},
            'workspace': {'current_dir': str(project)}, 'cwd': '/elsewhere', 'effort': {'level': 'high'},
            'cost': {'total_cost_usd': 4.56, 'total_duration_ms': 192000},
            'context_window': {'total_input_tokens': 120000, 'total_output_tokens': 18000,
                               'context_window_size': 200000, 'used_percentage': 80},
            'rate_limits': {'five_hour': {'used_percentage': 34, 'resets_at': now + 7859},
                            'seven_day': {'used_percentage': 12, 'resets_at': now + 300000}}}
    equal(line(home, says=says), '[Sonnet 4.6] 📁 my project | 📊 1.2M ($6.00) today\n', 'minimal')
    rows = line(home, '--format', 'full', says=says).splitlines()
    equal(rows[0], '[Sonnet 4.6] | 🌿 topic/one | effort: high', 'first row')
    equal(rows[1], '████████░░ 80% [120K in + 18K out / 200K] | $4.56 | ⏱️ 3m 12s', 'second row')
    assert rows[2].startswith('📁 my project | 📊 1.2M ($6.00) today | 📊 1.2M ($6.00) this week'), rows
    assert '2h 11m [5h:34% 7d:12%]' in rows[3] and rows[3].endswith('Claude Code 1.2M'), rows
    equal(len(rows), 4, 'rows')
    for name in list(says):
        for value in (None, [], {}, 'x', 7, True, -1e300, {'total_cost_usd': 'x'}, {'five_hour': 3}):
            line(home, '--format', 'full', says=says | {name: value})
        line(home, '--format', 'full', says={key: says[key] for key in says if key != name})
    for bad in (b'', b'{', b'[' * 5000, b'null', b'\xff\xfe{}', b'{"model":"\\u001b[31mred\\u0007"}', b'x' * 400000):
        out = line(home, '--format', 'full', says=bad)
        assert '\x1b' not in out and '\x07' not in out, out


@case('Changes in the working tree are counted by git')
def git(home):
    project = home.path / 'tree'
    project.mkdir()
    env = {'HOME': str(home.path), 'PATH': os.environ['PATH'], 'GIT_CONFIG_NOSYSTEM': '1'}

    def run(*args):
        subprocess.run(['git', '-C', str(project), '-c', 'user.name=a', '-c', 'user.email=a@b', *args], env=env,
                       check=True, capture_output=True)
    try:
        run('init', '-q', '-b', 'main')
    except OSError:
        raise Skip('git is not there') from None
    for name in 'abc':
        (project / name).write_text('1\n')
    run('add', '.')
    run('commit', '-qm', 'one')
    (project / 'a').write_text('2\n')
    (project / 'b').write_text('2\n')
    run('add', 'a', 'b')
    (project / 'c').write_text('2\n')
    (project / 'untracked').write_text('2\n')
    (project / 'below').mkdir()
    home.use(utc())
    scan(home)
    for _ in range(20):  # git may not be quick enough on a busy machine
        rows = line(home, '--format', 'full', says={'cwd': str(project / 'below')}).splitlines()
        assert '🌿 main' in rows[0], rows
        if 'staged' in rows[1]:
            break
    assert rows[1].endswith('+2 staged ~1 changed'), rows


@case('Programs that come and go around it do not silence the line')
def coming_and_going(home):
    home.use(utc())
    scan(home)
    over = threading.Event()

    def come_and_go():
        while not over.is_set():
            home.run('report')
    others = [threading.Thread(target=come_and_go) for _ in range(2)]
    for other in others:
        other.start()
    try:
        empty = 0
        for _ in range(60):
            forget(home)
            empty += line(home) == ''
    finally:
        over.set()
        for other in others:
            other.join()
    assert empty <= 1, f'{empty} of 60 lines were empty'


@case('Limits that Claude Code names are remembered, and stale after their reset')
def limits(home):
    now = int(time.time())
    five, week = {'used_percentage': 34.5, 'resets_at': now + 3000}, {'used_percentage': 12, 'resets_at': now + 90000}

    def tell(**windows):
        line(home, says={'rate_limits': windows})
        return {limit['window']: (limit['used'], limit['stale'])
                for limit in home.run('quota', '--json').json()['limits']}

    home.data.mkdir()
    equal(tell(five_hour=five, seven_day=week), {'5h': (0.345, False), '7d': (0.12, False)}, 'at first')
    equal(tell(), {'5h': (0.345, False), '7d': (0.12, False)}, 'when nothing is said')
    equal(tell(five_hour=five | {'used_percentage': 20})['5h'], (0.345, False), 'an older word')
    equal(tell(five_hour=five | {'used_percentage': 60})['5h'], (0.6, False), 'a newer word')
    equal(tell(five_hour={'used_percentage': 1, 'resets_at': now + 18000})['5h'], (0.01, False), 'a new window')
    equal(tell(five_hour={'used_percentage': 99, 'resets_at': now - 10})['5h'], (0.01, False), 'a window of the past')
    path = home.data / 'limits.json'
    text = path.read_text()
    path.write_text(re.sub(r'"resets":\d+', f'"resets":{(now - 5) * 1000}', text))
    equal({name: stale for name, (_, stale) in tell().items()}, {'5h': True, '7d': True}, 'later')
    assert '5h:–' in line(home, '--format', 'full', says={'model': 'x'})
    for bad in ('', '{', text[:30], '{"claude":[{"minutes":1e300,"used":"x"}]}', '[]'):
        path.write_text(bad)
        line(home, '--format', 'json')
    equal(tell(five_hour=five)['5h'], (0.345, False), 'after damage')


@case('A pipe in which nothing comes is not waited for')
def silent_pipe(home):
    home.use(utc())
    scan(home)
    read, write = os.pipe()
    start = time.monotonic()
    done = subprocess.run([PROGRAM, 'statusline'], env=home.env(), capture_output=True, stdin=read, timeout=TIME_LIMIT)
    took = time.monotonic() - start
    os.close(read)
    os.close(write)
    equal((done.returncode, done.stdout.decode()), (0, '📊 1.2M ($6.00) today\n'), 'line')
    assert took < 2 * PATIENCE, took


@case('Nobody to read, and a full disk, are no failure')
def nobody(home):
    home.use(utc())
    scan(home)
    for _ in range(2):
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([PROGRAM, 'statusline'], env=home.env(), stdout=full, stderr=subprocess.PIPE,
                                  stdin=subprocess.DEVNULL, timeout=TIME_LIMIT)
        equal((done.returncode, done.stderr), (0, b''), 'full disk')
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([PROGRAM, 'statusline'], env=home.env(), stdout=write, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, timeout=TIME_LIMIT)
        os.close(write)
        equal((done.returncode, done.stderr), (0, b''), 'closed pipe')
        time.sleep(0.1)


@case('Periods are those of the report')
def periods(home):
    home.use(utc(), utc(86400), utc(5 * 86400))
    scan(home)
    for period in ('today', 'yesterday', 'week', 'month', 'year', 'all', '7 days'):
        wanted = home.run('report', *period.split(), '--json').json()['total']['cost']
        for _ in range(2):
            same_money(json.loads(line(home, '--period', period, '--format', 'json'))['cost'], wanted, period)
            time.sleep(0.06)


def on_terminal(home, *args):
    """What a terminal shows, and the exit status."""
    master, slave = pty.openpty()
    child = subprocess.Popen([PROGRAM, *args], env=home.env(), stdin=subprocess.DEVNULL, stdout=slave, stderr=slave)
    os.close(slave)
    seen = b''
    with contextlib.suppress(OSError):
        while chunk := os.read(master, 65536):
            seen += chunk
    os.close(master)
    return seen.decode(), child.wait(30)


@case('Wrong usage spoils no prompt, and is refused on a terminal')
def refused(home):
    home.use(utc())
    scan(home)
    wanted = line(home)
    assert '$' in wanted, wanted
    for args in (('--format', 'xmobar'), ('--period', 'soon'), ('--colour',), ('today',), ('--format',), ('--period=',)):
        for _ in range(2):
            equal(line(home, *args), wanted, args)
        seen, status = on_terminal(home, 'statusline', *args)
        equal((status, wanted.strip() in seen), (2, False), args)
    equal(line(home, 'soon', '--format=polybar', '--period', 'month', '--colour'),
          line(home, '--format', 'polybar', '--period', 'month'), 'the rest')
    result = home.run('statusline', '--install', '--uninstall', status=2)
    equal((result.out, bool(result.err)), ('', True), 'both')


def claude_settings(home, folder='.claude'):
    return home.path / folder / 'settings.json'


@case('Claude Code is told, and gets back what it had')
def install(home):
    path = claude_settings(home)
    before = {'statusLine': {'type': 'command', 'command': '~/mine.sh', 'padding': 0}, 'model': 'opus', 'x': {'é': [1.5]}}
    path.parent.mkdir()
    path.write_text(json.dumps(before))
    path.chmod(0o640)
    for extra, end in (((), 'statusline'), (('--format', 'full', '--no-emoji'), 'statusline --format full --no-emoji')):
        home.run('statusline', '--install', *extra)
        after = json.loads(path.read_text())
        assert after['statusLine']['command'].endswith(end) and 'tokenfare' in after['statusLine']['command'], after
        equal({key: after[key] for key in after if key != 'statusLine'}, {'model': 'opus', 'x': {'é': [1.5]}}, 'the rest')
    equal(path.stat().st_mode & 0o777, 0o640, 'mode')
    done = subprocess.run(after['statusLine']['command'], shell=True, env=home.env(), capture_output=True, input=b'{}')
    equal((done.returncode, done.stderr), (0, b''), 'the command that was written')
    assert list(path.parent.glob('settings.json.before-*')), 'no copy was kept'
    home.run('statusline', '--uninstall')
    equal(path.read_text(), json.dumps(before), 'after uninstalling')
    equal(os.listdir(path.parent), ['settings.json'], 'files beside it')
    home.run('statusline', '--uninstall')
    equal(json.loads(path.read_text()), before, 'uninstalled twice')


@case('Without settings they are made, and what was not there is not there afterwards')
def install_new(home):
    path = claude_settings(home, 'elsewhere')
    env = {'CLAUDE_CONFIG_DIR': str(path.parent)}
    home.run('statusline', '--install', env=env)
    assert json.loads(path.read_text())['statusLine']['type'] == 'command'
    assert not claude_settings(home).exists()
    home.run('statusline', '--uninstall', env=env)
    equal(list(path.parent.iterdir()), [], 'after uninstalling')


@case('What was changed since is kept when Claude Code gets back its line')
def install_changed(home):
    path = claude_settings(home)
    path.parent.mkdir()
    path.write_text(json.dumps({'statusLine': {'type': 'command', 'command': '~/mine.sh'}}))
    home.run('statusline', '--install')
    settings = json.loads(path.read_text()) | {'model': 'opus'}
    path.write_text(json.dumps(settings))
    home.run('statusline', '--install', '--format', 'full')
    home.run('statusline', '--uninstall')
    equal(json.loads(path.read_text()), {'statusLine': {'type': 'command', 'command': '~/mine.sh'}, 'model': 'opus'}, 'settings')
    equal(os.listdir(path.parent), ['settings.json'], 'files beside it')


@case('A remembered line that is damaged does not come back')
def install_forgotten(home):
    path = claude_settings(home)
    path.parent.mkdir()
    path.write_text('{"statusLine": {"type": "command", "command": "~/mine.sh"}}')
    home.run('statusline', '--install')
    for file in (home.data / 'statusline-before.json', path.parent / 'settings.json.before-tokenfare'):
        file.write_text('[' * 400_000)
    home.run('statusline', '--uninstall')
    equal(json.loads(path.read_text()), {}, 'settings')


@case('Settings that are not understood are left as they are')
def install_odd(home):
    path = claude_settings(home)
    path.parent.mkdir()
    for text in ('{', '[]', '"x"', '{"statusLine": 7}', '{"statusLine": {"type": "new"}}', '{} // comment', '',
                 '[' * 400_000, '{"a":' * 400_000):
        path.write_text(text)
        for action in ('--install', '--uninstall'):
            result = home.run('statusline', action, status=None)
            equal(path.read_text(), text, f'{action} {text[:40]!r}')
            assert action == '--uninstall' or result.status == 1, (text[:40], result.out)
        equal(os.listdir(path.parent), ['settings.json'], 'files beside it')


run_cases()
