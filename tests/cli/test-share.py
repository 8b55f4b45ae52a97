"""Several machines with one folder: everyone shows the union, and every call once.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import itertools
import os
import shutil
import sqlite3
import struct

from farecli import DATA, Home, case, claude_line, equal, one_sentence, run_cases, total

CLIENTS = tuple(sorted(path.name for path in DATA.iterdir() if (path / 'home').is_dir()))


def machines(home, *names):
    """Homes of their own, as many machines have them, and the folder between them."""
    folder = home.path / 'between'
    folder.mkdir()
    found = []
    for name in names:
        path = home.path / name
        path.mkdir()
        found.append(Home(path))
        found[-1].name = name
    return folder, found


def share(machine, folder, *options):
    return machine.run('share', folder, '--name', machine.name, *options)


def status(machine):
    return machine.run('share', '--json').json()


def write_now(machine):
    """As if a minute had gone by since the last time."""
    if machine.data.joinpath('usage.sqlite3').exists():
        with sqlite3.connect(machine.data / 'usage.sqlite3') as db:
            db.execute("UPDATE meta SET value = 0 WHERE key = 'share_written'")
        db.close()
    machine.run('share')


def settle(*all_machines):
    for machine in all_machines + all_machines:
        write_now(machine)


def figures(machine, *filters):
    """What every machine has to agree about, of each event."""
    return sorted((e['dedup_key'], e['timestamp'], e['model'], e['session_id'], e.get('machine'), total(e),
                   e['reasoning'], e['messages'], e['cost'] or 0) for e in machine.events(*filters))


def sums(machine, by, *filters):
    report = machine.run('report', 'all', '--by', by, '--json', *filters).json()
    rows = report['rows']
    for name in ('input', 'cache_read', 'output', 'messages'):
        equal(sum(row[name] for row in rows), report['total'][name], f'{by} {name}')
    assert abs(sum(row['cost'] or 0 for row in rows) - (report['total']['cost'] or 0)) < 1e-9
    return {row['key']: (row['messages'], row['output'], row['sessions']) for row in rows}


def tokens(machine, *filters):
    return sum(total(event) for event in machine.events(*filters))


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def log(machine, name, numbers, slug='-tmp-p', **more):
    machine.claude_log(name, slug).write_bytes(
        b''.join(claude_line(number, session=name, **more) for number in numbers))


@case('/cli/share/nothing-is-shared-unless-asked')
def nothing(home):
    log(home, 's1', range(3))
    home.run('report')
    told = status(home)
    equal((told['folder'], told['names'], told['written_at'], told['problems']),
          (None, False, None, []), 'status')
    equal(len(told['machines']), 1, 'machines')
    equal(told['machines'][0]['own'], True, 'own')
    assert 'Nothing is shared' in home.run('share').out


@case('/cli/share/all-machines-show-the-union-in-any-order')
def union(home):
    folder, (a, b, c) = machines(home, 'a', 'b', 'c')
    for number, client in enumerate(CLIENTS):
        (a, b, c)[number % 3].fill(client)
    alone = sorted(event for one in (a, b, c) for event in figures(one))
    for machine in (c, a, b):
        share(machine, folder)
    settle(b, c, a)
    whole = figures(a)
    equal(len(whole), len(alone), 'events')
    # Machines had other names before they were given these.
    equal([e[:4] + e[5:] for e in whole], [e[:4] + e[5:] for e in alone], 'the union')
    equal({e[4] for e in whole}, {'a', 'b', 'c'}, 'machines')
    for other in (b, c):
        equal(figures(other), whole, other.name)
    for by in ('machine', 'model', 'client', 'session', 'day'):
        equal(sums(b, by), sums(a, by), by)
        equal(sums(c, by), sums(a, by), by)
    equal([m['own'] for m in status(b)['machines']], [False, True, False], 'own')


@case('/cli/share/a-call-that-two-machines-have-is-counted-once')
def duplicates(home):
    folder, (a, b, c) = machines(home, 'a', 'b', 'c')
    for client in CLIENTS:
        for machine in (a, b, c):
            machine.fill(client)
    alone = figures(a)
    for machine in (a, b, c):
        share(machine, folder)
    settle(a, b, c)
    for machine in (a, b, c):
        equal([e[:4] + e[5:] for e in figures(machine)], [e[:4] + e[5:] for e in alone], machine.name)
    equal(figures(b), figures(a), 'machines of b')
    equal(figures(c), figures(a), 'machines of c')
    # Where the logs are in other folders, too.
    d = Home(home.path / 'd')
    d.name = 'd'
    d.path.mkdir()
    shutil.copytree(a.path / '.claude', d.path / '.claude')
    share(d, folder)
    settle(a, d)
    equal([e[:4] + e[5:] for e in figures(d)], [e[:4] + e[5:] for e in alone], 'd')
    equal(figures(a), figures(d), 'a after d')


@case('/cli/share/a-log-that-is-further-on-elsewhere')
def further(home):
    folder, (a, b) = machines(home, 'a', 'b')
    log(a, 's1', range(5))
    log(b, 's1', range(9))
    log(b, 's2', range(4), time='2026-03-03T10:00:00.000Z')
    share(a, folder)
    share(b, folder)
    settle(a, b)
    equal(len(a.events()), 13, 'events')
    equal(figures(a), figures(b), 'b')
    log(a, 's1', range(12))
    write_now(a)
    settle(b)
    equal(len(b.events()), 16, 'events after it grew')
    equal(figures(a), figures(b), 'b after it grew')


@case('/cli/share/filters-split-the-whole')
def filters(home):
    folder, (a, b) = machines(home, 'a', 'b')
    a.fill('claude-code')
    b.fill('codex')
    b.fill('claude-code')
    log(a, 'only-a', range(3))
    share(a, folder)
    share(b, folder)
    settle(a, b)
    whole = tokens(a)
    assert whole > 0 and tokens(a, '--machine', 'b') > 0
    equal(tokens(a, '--machine', 'a') + tokens(a, '--machine', 'B'), whole, 'parts')
    equal(tokens(a, '--machine', 'a', '--machine', 'b'), whole, 'both')
    equal(tokens(a, '--machine', 'nobody'), 0, 'nobody')
    ids = {m['name']: m['id'] for m in status(a)['machines']}
    equal(tokens(a, '--machine', ids['b']), tokens(b, '--machine', 'b'), 'by id')
    by_machine = sums(a, 'machine')
    for name in ('a', 'b'):
        for by in ('day', 'hour', 'model', 'session', 'branch', 'project'):
            part = a.run('report', 'all', '--by', by, '--json', '--machine', name).json()
            equal(sum(row['messages'] for row in part['rows']), by_machine[name][0], f'{name} {by}')
        sessions = a.run('sessions', 'all', '--json', '--machine', name).json()
        equal(sum(s['messages'] for s in sessions), by_machine[name][0], f'{name} sessions')
        rows = a.run('export', 'all', '--format', 'json', '--machine', name).json()
        equal(rows['total']['messages'], by_machine[name][0], f'{name} export')


@case('/cli/share/names-stay-at-home-unless-told')
def names(home):
    folder, (a, b) = machines(home, 'a', 'b')
    log(a, 's1', range(3), slug='-home-anna-secret', cwd='/home/anna/secret')
    share(a, folder)
    share(b, folder)
    settle(a, b)
    everything = b''.join(path.read_bytes() for path in folder.iterdir())
    assert b'secret' not in everything and b'anna' not in everything
    equal({e['project'] for e in b.events()}, {''}, 'project')
    assert 'secret' not in b.run('events', '--json').out
    share(a, folder, '--names')
    settle(b)
    equal({e['project'] for e in b.events()}, {'/home/anna/secret'}, 'project when told')
    share(a, folder)
    settle(b)
    equal({e['project'] for e in b.events()}, {''}, 'project when no more told')


@case('/cli/share/copies-that-synchronising-makes-change-nothing')
def conflicts(home):
    folder, (a, b) = machines(home, 'a', 'b')
    a.fill('claude-code')
    share(a, folder)
    old = {path.name: path.read_bytes() for path in folder.iterdir()}
    log(a, 'more', range(7))
    write_now(a)
    for name, text in old.items():
        stem = name.removesuffix('.share')
        (folder / f'{stem} (conflicted copy 2026-11-22).share').write_bytes(text)
        (folder / f'{stem}.sync-conflict-20261122-101112-ABCDEFG.share').write_bytes(text)
        (folder / f'.syncthing.{name}.tmp').write_bytes(text[:100])
        (folder / f'{name}.part').write_bytes(text[:200])
    share(b, folder)
    equal(figures(b), figures(a), 'b')
    equal(status(b)['problems'], [], 'problems')
    # An old one comes back in the place of the new one, and is replaced.
    for name, text in old.items():
        (folder / name).write_bytes(text)
    settle(b)
    equal(figures(b), figures(a), 'b with an old file')
    ids = [m['id'] for m in status(a)['machines']]
    settle(a)
    equal([m['id'] for m in status(a)['machines']], ids, 'machines')
    shutil.rmtree(b.data)
    share(b, folder)
    equal(figures(b), figures(a), 'b anew')


@case('/cli/share/what-is-not-whole-is-named-and-waited-for')
def truncated(home):
    folder, (a, b, c) = machines(home, 'a', 'b', 'c')
    log(a, 's1', range(50))
    log(c, 's3', range(20))
    share(a, folder)
    share(c, folder)
    mine = next(path for path in folder.iterdir() if status(a)['machines'][0]['id'] in path.name)
    text = mine.read_bytes()
    share(b, folder)
    equal(len(b.events()), 70, 'whole')
    for cut in (0, 7, 79, 80, 81, len(text) // 2, len(text) - 1):
        mine.write_bytes(text[:cut])
        told = status(b)
        equal([p['path'] for p in told['problems']], [str(mine)], f'problems at {cut}')
        equal(len(b.events()), 70, f'events at {cut}')
    for place in (3, 8, 20, 45, 60, 75, 90, len(text) - 3):
        mine.write_bytes(text[:place] + bytes([text[place] ^ 0x41]) + text[place + 1:])
        equal(len(status(b)['problems']), 1, f'problems with a changed byte at {place}')
        equal(len(b.events()), 70, f'events with a changed byte at {place}')
    why = b.run('why', 'all', '--json').out
    assert mine.name in why, why
    mine.write_bytes(text + b'\0')
    equal(len(status(b)['problems']), 1, 'problems with a byte too many')
    mine.write_bytes(text)
    equal(status(b)['problems'], [], 'problems when whole')
    equal(len(b.events()), 70, 'when whole')
    (folder / 'tokenfare-nothing.share').mkdir()
    (folder / 'tokenfare-loop.share').symlink_to('tokenfare-loop.share')
    os.mkfifo(folder / 'tokenfare-fifo.share')
    equal(status(b)['problems'], [], 'odd things')


@case('/cli/share/another-version-is-refused-and-tried-again')
def version(home):
    folder, (a, b) = machines(home, 'a', 'b')
    log(a, 's1', range(5))
    share(a, folder)
    path = next(folder.iterdir())
    text = path.read_bytes()
    path.write_bytes(text[:8] + struct.pack('<Q', 9) + text[16:])
    share(b, folder)
    assert 'newer version' in status(b)['problems'][0]['reason']
    path.write_bytes(text[:8] + struct.pack('<Q', 0) + text[16:])
    assert 'older version' in status(b)['problems'][0]['reason']
    assert 'older version' in status(b)['problems'][0]['reason'], 'the second time'
    path.write_bytes(text)
    equal(status(b)['problems'], [], 'problems')
    equal(len(b.events()), 5, 'events')


@case('/cli/share/nothing-is-forgotten-when-a-file-is-gone-for-a-moment')
def gone(home):
    folder, (a, b) = machines(home, 'a', 'b')
    log(a, 's1', range(5))
    share(a, folder)
    share(b, folder)
    before = figures(b)
    equal(len(before), 5, 'events')
    moved = folder.rename(home.path / 'away')
    equal(figures(b), before, 'without the folder')
    equal([p['path'] for p in status(b)['problems']], [str(folder)], 'problems')
    folder.mkdir()
    equal(figures(b), before, 'with an empty folder')
    equal(status(b)['problems'], [], 'problems of an empty folder')
    for path in moved.iterdir():
        shutil.copy(path, folder)
    equal(figures(b), before, 'with the files back')
    a.claude_log('s1').unlink()
    settle(a, b)
    equal(figures(b), before, 'without the log')


@case('/cli/share/off-removes-only-its-own-files')
def off(home):
    folder, (a, b) = machines(home, 'a', 'b')
    log(a, 's1', range(5))
    log(b, 's2', range(6))
    (folder / 'notes.txt').write_text('mine')
    share(a, folder)
    share(b, folder)
    settle(a, b)
    uids = {m['name']: m['id'] for m in status(a)['machines']}
    foreign = next(path for path in folder.iterdir() if uids['b'] in path.name)
    # A name of ours around what is not.
    fake = folder / f'tokenfare-{uids["a"]}-77.share'
    fake.write_bytes(foreign.read_bytes())
    before = figures(a)
    a.run('share', '--off')
    equal(files(folder), sorted(['notes.txt', foreign.name, fake.name]), 'files')
    equal(status(a)['folder'], None, 'folder')
    equal(figures(a), before, 'what came from others stays')
    log(a, 's4', range(2))
    a.run('report')
    equal(files(folder), sorted(['notes.txt', foreign.name, fake.name]), 'files later')
    a.run('share', '--off', '--forget')
    equal(sorted({e['session_id'] for e in a.events()}), ['s1', 's4'], 'sessions')
    equal(len(a.events()), 7, 'events')
    equal(len(status(a)['machines']), 1, 'machines')
    problems = a.run('db', 'verify', status=None)
    equal(problems.status, 0, problems.out)
    share(a, folder)
    equal(len(a.events()), 13, 'events when shared again')


@case('/cli/share/a-copied-home-becomes-a-machine-of-its-own')
def cloned(home):
    folder, (a, b) = machines(home, 'a', 'b')
    log(a, 's1', range(5))
    share(a, folder)
    b.path.rmdir()
    shutil.copytree(a.path, b.path)
    b.path.joinpath('.claude/projects/-tmp-p/s1.jsonl').unlink()
    log(a, 's1', range(8))
    log(b, 's2', range(4))
    write_now(a)
    write_now(b)
    settle(a, b, a, b)
    equal(len(a.events()), 12, 'events of a')
    equal(figures(a), figures(b), 'b')
    own = [next(m for m in status(one)['machines'] if m['own'])['id'] for one in (a, b)]
    assert own[0] != own[1], own
    settle(a, b)
    after = [next(m for m in status(one)['machines'] if m['own'])['id'] for one in (a, b)]
    equal(after, own, 'no fight')
    equal(len(status(a)['machines']), 2, 'machines')


@case('/cli/share/the-same-name-twice')
def same_name(home):
    folder, (a, b) = machines(home, 'a', 'b')
    log(a, 's1', range(5))
    log(b, 's2', range(4))
    a.name = b.name = 'laptop'
    share(a, folder)
    share(b, folder)
    settle(a, b)
    told = sums(a, 'machine')
    equal(sorted(told), ['laptop', 'laptop (2)'], 'names')
    equal(sums(b, 'machine'), told, 'names on b')
    b.name = 'desk'
    b.run('share', '--name', 'desk')
    settle(a)
    equal(sorted(sums(a, 'machine')), ['desk', 'laptop'], 'after a new name')


@case('/cli/share/many-programs-at-once')
def at_once(home):
    folder, (a, b, c) = machines(home, 'a', 'b', 'c')
    for number, machine in enumerate((a, b, c)):
        for session in range(4):
            log(machine, f's{number}-{session}', range(20))
        share(machine, folder)
    running = [machine.start('report', 'all', '--json', stdout=-3, stderr=-3)
               for _, machine in itertools.product(range(4), (a, b, c))]
    for process in running:
        equal(process.wait(60), 0, 'exit')
    settle(a, b, c)
    equal(len(a.events()), 240, 'events')
    equal(figures(a), figures(b), 'b')
    equal(figures(a), figures(c), 'c')
    for machine in (a, b, c):
        equal(status(machine)['problems'], [], 'problems')
        equal(len(status(machine)['machines']), 3, 'machines')
        machine.run('db', 'verify')


@case('/cli/share/an-index-that-is-built-anew-keeps-the-others')
def resync(home):
    folder, (a, b) = machines(home, 'a', 'b')
    a.fill('claude-code')
    b.fill('claude-code')
    b.fill('codex')
    share(a, folder)
    share(b, folder)
    settle(a, b)
    before = figures(a)
    for machine in (a, b):
        machine.run('db', 'verify')
    a.run('db', 'resync')
    settle(a, b)
    equal(figures(a), before, 'a')
    equal(figures(b), before, 'b')
    equal(len(status(b)['machines']), 2, 'machines')
    # Lost altogether, the machine is a new one, and its old files are those of another.
    shutil.rmtree(a.data)
    share(a, folder)
    settle(a, b)
    strip = [e[:4] + e[5:] for e in before]
    equal([e[:4] + e[5:] for e in figures(a)], strip, 'a without its index')
    equal([e[:4] + e[5:] for e in figures(b)], strip, 'b after that')


@case('/cli/share/purging-takes-its-own-files-along')
def purge(home):
    folder, (a, b) = machines(home, 'a', 'b')
    log(a, 's1', range(3))
    log(b, 's2', range(3))
    share(b, folder)
    others = files(folder)
    share(a, folder)
    assert len(files(folder)) > len(others)
    a.run('uninstall', '--purge', '--yes')
    equal(files(folder), others, 'files')


@case('/cli/share/an-index-that-is-in-use-is-told')
def in_use(home):
    folder, (a,) = machines(home, 'a')
    a.run('db', 'sync')
    db = sqlite3.connect(a.data / 'usage.sqlite3', isolation_level=None)
    db.execute('BEGIN IMMEDIATE')
    one_sentence(a.run('share', folder, status=1).err, 'usage.sqlite3', 'Try again in a moment')
    db.close()
    equal(status(a)['folder'], None, 'what is shared')


@case('/cli/share/wrong-use-is-told')
def usage(home):
    log(home, 's1', range(3))
    for args in (['x', 'y'], ['--off', str(home.path)], ['--forget'], ['--names'],
                 ['--name', ''], ['--name', 'a\tb'], ['--off', '--name', 'x']):
        home.run('share', *args, status=2)
    refused = home.run('share', home.path / 'missing', status=1)
    assert 'cannot be shared' in refused.err, refused.err
    (home.path / 'file').write_text('')
    home.run('share', home.path / 'file', status=1)
    equal(status(home)['folder'], None, 'folder')


run_cases()
