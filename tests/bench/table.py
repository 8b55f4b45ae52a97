# table.py: what was measured as lines with targets, as JSON, as a table for people, and in README.md.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import datetime
import os
import platform
import statistics

SUBJECTS = ('tokenfare', 'ccusage', 'tokscale', 'limit')
HEADS = ('', 'Tokenfare', 'user+sys', 'ccusage', 'tokscale', 'limit')
MARKS = ('<!-- table -->\n', '<!-- end of table -->\n')
TITLES = {
    'cold': 'cold scan', 'peak': 'peak memory of a cold scan', 'disk': 'cold scan from disk',
    'warm': 'nothing changed', 'append': 'one response more', 'index': 'kept bytes per response',
    'line-first': 'statusline, for the first time', 'statusline': 'statusline, counted anew',
    'line-kept': 'statusline, nothing changed', 'query': 'a year, slowest split', 'price': 'a changed price shows',
    'frame': 'window: first frame with data', 'resident': 'window: memory',
    'anonymous': 'window: memory that no file backs', 'idle': 'window: idle',
    'page': 'window: another page', 'range': 'window: other days', 'sessions': 'window: other days, sessions',
    'details': 'window: a session of 5,000 turns', 'blocked-details': 'window: that, longest without an ear',
    'prompt': 'window: 1,000 turns of one prompt', 'live': 'window: a response is written', 'scroll': 'window: a screen of sessions further',
    'jump': 'window: to the other end of a table',
    'changed': 'window: a tenth of the sessions changed', 'blocked': 'window: longest without an ear',
    'scene': '3D calendar', 'scene-2': '3D calendar, twice the pixels', 'hover': '3D calendar: hover',
    'watch': 'db watch: idle', 'watch-memory': 'db watch: memory', 'event': 'db watch: one response more',
}
# What a person does in the window.
DEEDS = ('page', 'range', 'sessions', 'details', 'blocked-details', 'prompt', 'scroll', 'jump', 'changed', 'live', 'blocked')
# Bytes without which nothing can be kept: for a response, and for a file.
RESPONSE_BYTES, FILE_BYTES = 48, 300


class Lines:
    """Figures by line and subject, and which targets they meet."""

    def __init__(self):
        self.lines = []
        self.targets = []

    def add(self, name, unit, **figures):
        figures = {subject: spread(values) if isinstance(values, list) else values
                   for subject, values in figures.items() if values}
        if 'tokenfare' in figures:
            self.lines.append({'name': name, 'title': TITLES[name], 'unit': unit, 'figures': figures})

    def timed(self, name, samples):
        """A line of walls and processor seconds."""
        self.add(name, 's', **{subject: spread([sample.wall for sample in taken])
                               | {'cpu': statistics.median(sample.cpu for sample in taken)}
                               for subject, taken in samples.items() if taken})

    def median(self, name, subject):
        for line in self.lines:
            if line['name'] == name and subject in line['figures']:
                return line['figures'][subject]['median']
        return None

    def ahead(self, name, peers, wanted):
        """Target: the leanest of the peers takes so many times as much."""
        ours, theirs = self.median(name, 'tokenfare'), [self.median(name, peer) for peer in peers]
        theirs = [value for value in theirs if value is not None]
        if ours and theirs:
            value = min(theirs) / ours
            self.target(name, f'1/{wanted:g} of {" and ".join(peers)}', f'1/{value:.1f}', value >= wanted)

    def within(self, name, wanted, words):
        """Target: at most so many times the limit."""
        ours, limit = self.median(name, 'tokenfare'), self.median(name, 'limit')
        if ours and limit:
            self.target(name, f'{wanted:g} × {words}', f'{ours / limit:.2f} ×', ours / limit <= wanted)

    def at_most(self, name, wanted, unit, add_limit=False):
        """Target: at most so much, on top of the limit where asked."""
        ours, limit = self.median(name, 'tokenfare'), self.median(name, 'limit') if add_limit else 0
        if ours is not None and limit is not None:
            words = ('the empty window + ' if add_limit else '') + quantity(wanted, unit)
            self.target(name, words, quantity(ours - limit, unit), ours - limit <= wanted)

    def target(self, name, wanted, value, met):
        self.targets.append({'name': name, 'title': TITLES[name], 'wanted': wanted, 'value': value, 'met': met})


def spread(values):
    return {'median': statistics.median(values), 'lowest': min(values), 'highest': max(values)}


def of_bench(bench, rounds):
    lines, samples, values = Lines(), bench.samples, bench.values
    count = bench.home.truth.totals()['messages']
    for name in ('cold', 'disk', 'warm', 'append', 'line-first', 'statusline', 'line-kept'):
        lines.timed(name, samples[name])
    lines.add('peak', 'bytes', **{subject: [sample.peak for sample in taken]
                                  for subject, taken in samples['cold'].items() if subject != 'limit'})
    lines.add('index', 'bytes', limit=[RESPONSE_BYTES + FILE_BYTES * bench.home.files / count],
              **{subject: [value / count] for subject, value in values['index'].items()})
    add_queries(lines, values['queries'])
    add_programs(lines, values)
    set_targets(lines)
    return {'kind': 'bench', 'date': datetime.date.today().isoformat(), 'machine': machine(),
            'home': {'bytes': bench.home.bytes, 'files': bench.home.files, 'responses': count},
            'rounds': rounds, 'peers': {peer.name: peer.version for peer in bench.peers}, 'missing': bench.missing,
            'sums': {'tokenfare': 'exact', **bench.judgements}, 'lines': lines.lines, 'targets': lines.targets}


def add_queries(lines, queries):
    splits = {name: times for name, times in queries.items() if name != 'price-change'}
    if splits:
        lines.add('query', 's', tokenfare=max(splits.values()))
        lines.add('price', 's', tokenfare=queries['price-change'])


def add_programs(lines, values):
    windows, watch = values.get('windows'), values.get('watch')
    if windows:
        ours, empty = windows['tokenfare'], windows['empty']
        lines.add('frame', 's', tokenfare=ours['frame'], limit=empty['frame'])
        lines.add('resident', 'bytes', tokenfare=ours['resident'], limit=empty['resident'])
        lines.add('anonymous', 'bytes', tokenfare=ours['anonymous'], limit=empty['anonymous'])
        lines.add('idle', 'share', tokenfare=[ours['idle']], limit=[empty['idle']])
        for name in DEEDS:
            taken = windows['deeds'].get(name)
            if taken:
                lines.add(name, 's', tokenfare=spread([wall for wall, _ in taken])
                          | {'cpu': statistics.median(cpu for _, cpu in taken)})
    for name in ('scene', 'scene-2', 'hover'):
        if name in values.get('scene', {}):
            lines.add(name, 's', tokenfare=[values['scene'][name]])
    if watch:
        lines.add('watch', 'share', tokenfare=[watch['idle']])
        lines.add('watch-memory', 'bytes', tokenfare=[watch['resident']])
        lines.add('event', 's', tokenfare=[watch['event']])


def set_targets(lines):
    lines.ahead('cold', ['ccusage'], 3)
    lines.ahead('cold', ['ccusage'], 5)
    lines.ahead('cold', ['tokscale'], 10)
    lines.within('cold', 3, 'reading every log, one thread')
    lines.ahead('peak', ['ccusage', 'tokscale'], 8)
    lines.ahead('disk', ['ccusage'], 2)
    lines.within('disk', 1.25, 'reading every log, two threads')
    for name in ('warm', 'append'):
        lines.ahead(name, ['tokscale'], 20)
        lines.within(name, 2, 'looking at every file')
    lines.ahead('index', ['tokscale'], 2)
    lines.within('index', 2, f'{RESPONSE_BYTES} bytes + {FILE_BYTES} a file')
    lines.ahead('statusline', ['ccusage'], 1)
    for name in ('statusline', 'line-kept'):
        lines.within(name, 2, 'reading one row')
    lines.at_most('statusline', 0.020, 's')
    lines.at_most('query', 0.010, 's')
    lines.at_most('price', 0.100, 's')
    lines.within('frame', 1.3, 'the empty window')
    lines.at_most('frame', 0.600, 's')
    lines.at_most('resident', 40e6, 'bytes', add_limit=True)
    lines.at_most('anonymous', 60e6, 'bytes')
    for name in ('page', 'range', 'sessions'):
        lines.at_most(name, 0.100, 's')
    lines.at_most('live', 2.0, 's')
    for name in ('blocked', 'blocked-details'):
        lines.at_most(name, 0.050, 's')
    lines.at_most('scene', 0.006, 's')
    lines.at_most('scene-2', 0.010, 's')
    lines.at_most('hover', 0.002, 's')
    lines.at_most('idle', 0.001, 'share')
    lines.at_most('watch', 0.001, 'share')
    lines.at_most('event', 0.005, 's')


def of_extremes(found):
    return {'kind': 'extremes', 'date': datetime.date.today().isoformat(), 'machine': machine(), 'homes': found}


def machine():
    try:
        with open('/proc/cpuinfo', encoding='utf-8') as file:
            model = next(text.split(':', 1)[1].strip() for text in file if text.startswith('model name'))
    except (OSError, StopIteration):
        model = platform.machine()
    system = platform.freedesktop_os_release()['PRETTY_NAME'] if os.path.exists('/etc/os-release') else 'Linux'
    memory = os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES')
    return f'{model}, {os.cpu_count()} cores, {memory / 2**30:.0f} GB; {system}, Linux {platform.release()}'


# Tables

def quantity(value, unit):
    if unit == 'share':
        return f'{value * 100:.2f} %'
    if unit == 'bytes':
        return f'{value / 1e6:.1f} MB' if abs(value) >= 1e5 else f'{value:.0f} B'
    return f'{value:.2f} s' if value >= 1 else f'{value * 1e3:.0f} ms' if value >= 0.03 else f'{value * 1e3:.1f} ms'


def cell(line, subject):
    figure, ours = line['figures'].get(subject), line['figures']['tokenfare']['median']
    if figure is None:
        return '–'
    text = quantity(figure['median'], line['unit'])
    if subject == 'tokenfare':
        lowest, highest = (quantity(figure[end], line['unit']) for end in ('lowest', 'highest'))
        if lowest == highest:
            return text
        number, _, unit = lowest.partition(' ')
        return f'{text} ({number if highest.endswith(" " + unit) else lowest} – {highest})'
    if not ours or not figure['median']:
        return text
    return f'{text} · {figure["median"] / ours:.2g}×' + (f' ({quantity(figure["cpu"], "s")})' if 'cpu' in figure else '')


def rows(result):
    for line in result['lines']:
        cpu = line['figures']['tokenfare'].get('cpu')
        yield (line['title'], cell(line, 'tokenfare'), '' if cpu is None else quantity(cpu, 's'),
               *(cell(line, subject) for subject in SUBJECTS[1:]))


def grid(rows_of_text):
    rows_of_text = [list(row) for row in rows_of_text]
    widths = [max(map(len, column)) for column in zip(*rows_of_text)]
    return '\n'.join('  '.join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in rows_of_text)


def markdown(rows_of_text):
    head, *rest = [' | '.join(row) for row in rows_of_text]
    return '\n'.join(f'| {row} |' for row in (head, ' | '.join('---' for _ in rows_of_text[0]), *rest))


def about(result):
    home = result['home']
    words = [f'{home["bytes"] / 1e6:.0f} MB in {home["files"]} files, {home["responses"]} responses; '
             f'{result["rounds"]} rounds; logs in the page cache unless a line says “from disk”.',
             '“4×”: takes four times as much as Tokenfare; in brackets its user+sys.']
    for name, judgement in result['sums'].items():
        version = result['peers'].get(name, '')
        words.append(f'Sums of {" ".join((name, version)).strip()}: {judgement}.')
    words += [f'{name} was not measured: {reason}.' for name, reason in result['missing'].items()]
    return words


def target_rows(result):
    return [('', 'target', 'reached', '')] + [
        (target['title'], target['wanted'], target['value'], 'met' if target['met'] else 'missed')
        for target in result['targets']]


def extreme_rows(result):
    names = list(result['homes'])
    homes = result['homes'].values()

    def row(title, key, unit):
        return (title, *(quantity(home[key], unit) for home in homes))

    def of_peers(title, key, unit):
        for name in sorted({name for home in homes for name in home['peers']}):
            yield (f'  {title} of {name}', *(
                f'{quantity(home["peers"][name][key], unit)} · {home["peers"][name][key] / home[key]:.2g}×'
                if name in home['peers'] else '–' for home in homes))

    return [('', *names), row('logs', 'bytes', 'bytes'),
            ('files', *(str(home['files']) for home in homes)), ('responses', *(str(home['responses']) for home in homes)),
            row('cold scan', 'cold', 's'), row('  user+sys', 'cold_cpu', 's'), *of_peers('that', 'cold', 's'),
            row('peak memory', 'peak', 'bytes'), *of_peers('that', 'peak', 'bytes'),
            row('nothing changed', 'warm', 's'), row('index', 'index', 'bytes'),
            *((f'year: {question}', *(quantity(home['queries'][question], 's') for home in homes))
              for question in next(iter(homes))['queries'])]


def as_text(result):
    if result['kind'] == 'extremes':
        return grid(extreme_rows(result)) + '\n\nThe sums are exact.'
    return '\n'.join([*about(result), '', grid([HEADS, *rows(result)]), '', grid(target_rows(result))])


def as_markdown(result):
    if result['kind'] == 'extremes':
        return markdown(extreme_rows(result)) + '\n\nThe sums are exact.'
    return '\n\n'.join([' '.join(about(result)), markdown([HEADS, *rows(result)]), markdown(target_rows(result))])


def write_readme(result):
    """Puts the table between the marks of its kind in README.md."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'README.md')
    with open(path, encoding='utf-8') as file:
        text = file.read()
    start, end = (mark.replace('table', result['kind'] + ' table') for mark in MARKS)
    before, _, rest = text.partition(start)
    _, _, after = rest.partition(end)
    if not rest or end not in rest:
        raise SystemExit(f'{path} lacks “{start.strip()}” or its end')
    when = f'{result["date"]}, {result["machine"]}.'
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'{before}{start}\n{when}\n\n{as_markdown(result)}\n\n{end}{after}')
