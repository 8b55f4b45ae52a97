"""Trouble with the index: figures stay right and the user is told in one sentence.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import re
import shutil
import sqlite3
import subprocess

from farecli import PROGRAM, PROGRESS, TIME_LIMIT, Skip, case, claude_line, equal, one_sentence, run_cases

NOBODY = 65534


def fill(home, sessions=5, messages=200):
    for s in range(sessions):
        home.claude_log(f's{s}').write_bytes(b''.join(
            claude_line(i, session=f's{s}', time=f'2026-03-{s + 1:02}T10:{i % 60:02}:00.000Z')
            for i in range(messages)))
    return sessions * messages


def index_of(home):
    return home.data / 'usage.sqlite3'


def check_report(home, messages, *needles, **options):
    """Right figures, and one sentence with NEEDLES, or none at all."""
    result = home.run('report', 'all', '--json', **options)
    equal(result.json()['total']['messages'], messages, 'messages')
    equal(result.json()['total']['total'], messages * 15, 'tokens')
    if needles:
        one_sentence(result.err, *needles)
    else:
        equal(result.err, '', 'errors')


def backups(home):
    return sorted(path.name for path in home.data.iterdir()
                  if re.fullmatch(r'usage\.sqlite3\.bak\.\d{14}', path.name))


@case('/cli/index/damaged-in-the-middle')
def damaged(home):
    messages = fill(home)
    home.run('db', 'sync')
    with open(index_of(home), 'r+b') as file:
        size = file.seek(0, os.SEEK_END)
        for page in range(4096, size, 8192):
            file.seek(page)
            file.write(b'\xa5' * 2000)
    for args in (('report', 'all', '--json'), ('events', '--json'), ('sessions', '--json'),
                 ('why', 'all', '--json'), ('session', 's1', '--json'), ()):
        result = home.run(*args, status=None)
        one_sentence(result.err, 'usage.sqlite3', 'resync')
        if args[:1] == ('report',) and result.status == 0:
            equal(result.json()['total']['messages'], messages, 'messages')
        if args[:1] == ('events',) and result.status == 0:
            equal(len(result.lines()), messages, 'events')
    one_sentence(home.run('db', 'status', status=1).err, 'usage.sqlite3', 'tokenfare db resync')
    equal(home.run('db', 'repair', '--json', status=1).json()['ok'], False, 'repair')
    home.run('db', 'resync')
    check_report(home, messages)
    home.run('db', 'verify')
    equal(len(backups(home)), 1, 'backups')


@case('/cli/index/no-database-at-all')
def garbage(home):
    messages = fill(home)
    home.data.mkdir()
    index_of(home).write_bytes(b'this is no database, ' * 500)
    check_report(home, messages, 'usage.sqlite3')
    equal(index_of(home).read_bytes()[:7], b'this is', 'the file')


@case('/cli/index/cut-short')
def cut(home):
    messages = fill(home)
    home.run('db', 'sync')
    os.truncate(index_of(home), os.path.getsize(index_of(home)) // 2)
    result = home.run('report', 'all', '--json', status=None)
    one_sentence(result.err, 'usage.sqlite3')
    home.run('db', 'resync')
    check_report(home, messages)


@case('/cli/index/empty-file-becomes-an-index')
def empty(home):
    messages = fill(home)
    home.data.mkdir()
    index_of(home).touch()
    check_report(home, messages)


@case('/cli/index/somebody-elses-database-is-left-alone')
def foreign(home):
    messages = fill(home)
    home.data.mkdir()
    db = sqlite3.connect(index_of(home))
    db.execute('CREATE TABLE music (title TEXT)')
    db.commit()
    db.close()
    before = index_of(home).read_bytes()
    check_report(home, messages, 'usage.sqlite3')
    equal(index_of(home).read_bytes(), before, 'the file')


@case('/cli/index/written-by-a-newer-version')
def newer(home):
    messages = fill(home)
    home.run('db', 'sync')
    db = sqlite3.connect(index_of(home))
    db.execute('PRAGMA user_version = 99')
    db.commit()
    db.close()
    home.claude_log('later').write_bytes(claude_line(1, session='later'))
    check_report(home, messages + 1, 'newer')
    for verb in ('status', 'sync', 'verify', 'repair', 'resync'):
        result = home.run('db', verb, status=1)
        equal(result.out, '', f'db {verb} tells nothing of what it cannot read')
        one_sentence(result.err, 'newer', 'update Tokenfare')
    db = sqlite3.connect(index_of(home))
    equal(db.execute('PRAGMA user_version').fetchone()[0], 99, 'version')
    equal(db.execute("SELECT count(*) FROM session WHERE uid = 'later'").fetchone()[0], 0, 'rows')
    db.close()


@case('/cli/index/numbers-that-lead-nowhere')
def nowhere(home):
    messages = fill(home)
    home.run('db', 'sync')
    whole = index_of(home).read_bytes()
    for table in ('model', 'session'):
        db = sqlite3.connect(index_of(home))
        db.execute(f'DELETE FROM {table}')
        db.commit()
        db.close()
        check_report(home, messages, 'usage.sqlite3', 'is damaged', 'tokenfare db resync')
        index_of(home).write_bytes(whole)


@case('/cli/index/read-only-folder')
def read_only(home):
    if os.geteuid() != 0:
        raise Skip('only root can become somebody else')
    messages = fill(home)
    options = {'user': NOBODY, 'group': NOBODY, 'extra_groups': []}
    os.chmod(home.path, 0o755)
    try:
        home.run('--version', **options)
    except PermissionError as error:
        raise Skip(f'{PROGRAM} is not for everybody') from error

    check_report(home, messages, 'folder', **options)
    assert not home.data.exists()
    home.run('db', 'sync')
    os.chmod(home.data, 0o555)
    os.chmod(index_of(home), 0o444)
    home.claude_log('later').write_bytes(claude_line(1, session='later'))
    check_report(home, messages + 1, 'index', **options)
    result = home.run('db', 'sync', status=1, **options)
    equal(result.out, '', 'an index that knows nothing of this')
    one_sentence(result.err, 'index', 'not kept')
    check_report(home, messages + 1)


@case('/cli/index/full-disk')
def full_disk(home):
    messages = fill(home, sessions=20)
    home.data.mkdir()
    script = 'mount -t tmpfs -o size=64k tokenfare "$0" && shift 0 && exec "$@"'
    probe = subprocess.run(['unshare', '-m', 'sh', '-c', script, home.data, 'true'],
                           capture_output=True, check=False)
    if probe.returncode != 0:
        raise Skip('no small disk can be mounted here')
    done = subprocess.run(['unshare', '-m', 'sh', '-c', script, home.data, PROGRAM, 'report', 'all',
                           '--by', 'client', '--csv'], env=home.env(), capture_output=True,
                          check=False)
    equal(done.returncode, 0, f'status ({done.stderr.decode()})')
    assert f',{messages},20,' in done.stdout.decode(), done.stdout
    one_sentence(done.stderr.decode().replace(PROGRESS, ''), 'index')


@case('/cli/index/folder-is-a-file')
def no_folder(home):
    messages = fill(home)
    home.data.write_bytes(b'')
    check_report(home, messages, 'tokenfare')


@case('/cli/index/two-scanners-at-once')
def two_scanners(home):
    messages = fill(home, sessions=30, messages=400)
    for round_number in range(3):
        running = [home.start('report', 'all', '--json', stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) for _ in range(4)]
        for process in running:
            out, errors = process.communicate(timeout=TIME_LIMIT)
            equal((process.returncode, errors.decode().replace(PROGRESS, '')), (0, ''), 'status')
            assert f'"messages": {messages}'.encode() in out, out[-500:]
        log = home.claude_log(f'more{round_number}')
        log.write_bytes(claude_line(1, session=f'more{round_number}'))
        home.run('db', 'sync')
        messages += 1
    home.run('db', 'verify')


@case('/cli/index/killed-while-writing')
def killed(home):
    messages = fill(home, sessions=30, messages=400)
    for _ in range(5):
        process = home.start('db', 'sync', stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(0.03)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    check_report(home, messages)
    home.run('db', 'verify')


@case('/cli/index/status')
def status(home):
    messages = fill(home)
    home.run('db', 'sync')
    account = home.run('db', 'status', '--json').json()
    equal(account['path'], str(index_of(home)), 'path')
    equal(account['usage_entries'], messages, 'entries')
    equal(account['sources'][0]['source'], 'claude', 'source')
    equal((account['files'][0]['files'], account['files'][0]['missing_files']), (5, 0), 'files')
    home.claude_log('s0').unlink()
    synced = home.run('db', 'sync', '--json').json()
    equal((synced['files'][0]['files'], synced['files'][0]['missing_files']), (5, 1), 'files')
    equal(synced['sessions'][0]['missing_sessions'], 1, 'sessions whose logs are gone')
    equal(synced['usage_entries'], messages, 'entries')
    assert '1,000' in home.run('db').out or '1000' in home.run('db').out


@case('/cli/index/status-reads-no-log')
def status_only(home):
    fill(home)
    equal(home.run('db', 'status', '--json').json()['usage_entries'], 0, 'entries')


@case('/cli/index/verify-finds-the-first-difference')
def verify(home):
    fill(home)
    equal(home.run('db', 'verify', '--json').json()['ok'], True, 'verify')
    db = sqlite3.connect(index_of(home))
    # The first row has input 10, no cached input, output 5 and one line; every sum is stored doubled.
    number, rows = db.execute('SELECT id, rows FROM pack WHERE first_ms >= 1772532000000 '
                              'ORDER BY first_ms LIMIT 1').fetchone()
    rows = rows.replace(bytes((20, 0, 10, 1)), bytes((20, 0, 24, 1)), 1)
    db.execute('UPDATE pack SET rows = ? WHERE id = ?', (rows, number))
    db.commit()
    db.close()
    result = home.run('db', 'verify', '--json', status=1).json()
    equal((result['ok'], result['diff']['total_tokens']), (False, 7), 'verify')
    equal(result['first_difference']['db_tokens'], 22, 'tokens in the index')
    equal(result['first_difference']['live_tokens'], 15, 'tokens in the logs')
    equal(result['first_difference']['day'], '2026-03-03', 'day')
    assert 'resync' in home.run('db', 'verify', status=1).out
    # The days before agree with their logs; that the index contradicts itself is told all the same.
    before = home.run('db', 'verify', '--to', '2026-03-02', '--json', status=1).json()
    equal((before['first_difference'], len(before['problems'])), (None, 1), 'earlier days')


@case('/cli/index/verify-compares-the-sums-with-their-rows')
def verify_sums(home):
    messages = fill(home)
    home.run('db', 'sync')
    equal(home.run('db', 'verify', '--json').json()['problems'], [], 'problems of a whole index')
    db = sqlite3.connect(index_of(home))
    db.execute('DELETE FROM rollup WHERE day = (SELECT min(day) FROM rollup)')
    db.commit()
    db.close()
    result = home.run('db', 'verify', '--json', status=1).json()
    equal((result['ok'], result['first_difference'], len(result['problems'])), (False, None, 4),
          'verify')
    assert '2026-03-01T10' in result['problems'][0], result['problems']
    assert 'repair' in home.run('db', 'verify', status=1).out
    home.run('db', 'repair')
    home.run('db', 'verify')
    check_report(home, messages)


@case('/cli/index/verify-keeps-apart-what-only-the-index-knows')
def verify_kept(home):
    messages = fill(home)
    home.run('db', 'sync')
    home.claude_log('s0').unlink()
    result = home.run('db', 'verify', '--json').json()
    equal((result['ok'], result['kept']['total_messages']), (True, 200), 'verify')
    equal(result['db'], result['live'], 'sums')
    check_report(home, messages)


@case('/cli/index/repair-computes-the-sums-anew')
def repair(home):
    messages = fill(home)
    home.run('db', 'sync')
    equal(home.run('db', 'repair', '--json').json()['ok'], True, 'repair of a whole index')
    db = sqlite3.connect(index_of(home))
    db.execute('DELETE FROM rollup WHERE day = (SELECT max(day) FROM rollup)')
    db.commit()
    db.close()
    dry = home.run('db', 'repair', '--dry-run', '--json', status=None).json()
    assert dry['actions'], dry
    assert home.run('report', 'all', '--json').json()['total']['total'] != messages * 15, 'dry run'
    assert home.run('db', 'repair', '--json').json()['ok']
    check_report(home, messages)


@case('/cli/index/resync-builds-anew-and-keeps-the-old-one')
def resync(home):
    messages = fill(home)
    home.run('db', 'sync')
    result = home.run('db', 'resync', '--json').json()
    equal(result['ok'], True, 'resync')
    equal(len(backups(home)), 1, 'backups')
    equal([os.path.basename(path) for path in result['backups']], backups(home), 'backups told')
    check_report(home, messages)


@case('/cli/index/resync-does-not-lose-what-only-the-index-knows')
def resync_kept(home):
    messages = fill(home)
    home.run('db', 'sync')
    home.claude_log('s0').unlink()
    home.run('db', 'sync')
    home.run('db', 'resync', status=None)
    check_report(home, messages)


@case('/cli/index/resync-without-any-log-keeps-what-is-known')
def resync_without_logs(home):
    messages = fill(home)
    home.run('db', 'sync')
    shutil.rmtree(home.path / '.claude')
    home.run('db', 'resync')
    check_report(home, messages)


@case('/cli/index/resync-does-not-replace-use-by-nothing')
def resync_empty(home):
    fill(home)
    home.run('db', 'sync')
    os.truncate(index_of(home), os.path.getsize(index_of(home)) // 2)
    before = index_of(home).read_bytes()
    shutil.rmtree(home.path / '.claude')
    result = home.run('db', 'resync', status=1)
    one_sentence(result.err, 'usage.sqlite3')
    equal(index_of(home).read_bytes(), before, 'the file')
    equal(backups(home), [], 'backups')
    equal(home.run('db', 'resync', '--json', status=1).json()['ok'], False, 'resync')


@case('/cli/index/nothing-of-it-is-for-others')
def private(home):
    fill(home)
    home.run('db', 'sync')
    for path in (home.data, *home.data.iterdir()):
        equal(path.stat().st_mode & 0o077, 0, f'permissions of {path.name}')


run_cases()
