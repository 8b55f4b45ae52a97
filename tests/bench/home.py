# home.py: an invented home folder while it is written, and the sums of what was written.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import collections
import datetime
import json
import os
import random
import uuid

FIELDS = ('input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output', 'reasoning', 'messages')
PROSE = ('reads the file and names the line that fails; the test passes now; größer als erwartet; '
         'see src/main.c:214; {"usage":{"input_tokens":12,"output_tokens":34}}; \t\t-> done\n')
BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
LONGEST_TEXT = 200_000


class Truth:
    """Sums of what was written, by (client, day, model)."""

    def __init__(self):
        self.sums = collections.defaultdict(lambda: dict.fromkeys(FIELDS, 0))
        # Reasoning of which the logs do not tell whether the output has it, by client, day and model.
        self.unsure = collections.Counter()

    def add(self, client, when, model, **tokens):
        row = self.sums[client, when.isoformat()[:10], model]
        row['messages'] += 1
        for field, count in tokens.items():
            row[field] += count

    def by(self, position):
        """Sums by client (0), day (1) or model (2)."""
        result = collections.defaultdict(lambda: dict.fromkeys(FIELDS, 0))
        for key, row in self.sums.items():
            for field in FIELDS:
                result[key[position]][field] += row[field]
        return dict(result)

    def totals(self):
        """Sums of everything."""
        return {field: sum(row[field] for row in self.sums.values()) for field in FIELDS}

    def save(self, path):
        days = collections.defaultdict(lambda: collections.defaultdict(dict))
        for (client, day, model), row in self.sums.items():
            days[day][client][model] = row
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'day_models': days}, file, indent=1, sort_keys=True)


# Names in truth files of other generators.
OTHER_NAMES = {'gemini': 'gemini_cli', 'pi': 'pi_agent'}


def load_truth(path):
    """Reads what save() wrote, or a file whose "day_models" has tokens as each client writes them:
    cache_write includes cache_write_1h, and output leaves out the reasoning of Gemini CLI; that of
    OpenCode, in messages without a total, may be inside or beside."""
    with open(path, encoding='utf-8') as file:
        content = json.load(file)
    truth = Truth()
    for day, clients in content['day_models'].items():
        for client, models in clients.items():
            for model, given in models.items():
                add_given(truth, (OTHER_NAMES.get(client, client), day, model), given)
    return truth


def add_given(truth, key, given):
    row = truth.sums[key]
    for field in FIELDS:
        row[field] += given.get(field, 0)
    if 'cache_write_5m' in given:
        return
    row['cache_write_5m'] += given['cache_write'] - given['cache_write_1h']
    if key[0] == 'gemini_cli':
        row['output'] += given['reasoning']
    elif key[0] == 'opencode':
        for part in key:
            truth.unsure[part] += given['reasoning']


class Home:
    def __init__(self, path, seed, days, end):
        self.path = path
        self.random = random.Random(seed)
        self.days = days
        self.end = end
        self.truth = Truth()
        self.bytes = 0
        self.files = 0
        self.filler = self.make_filler(1 << 20)
        self.noise = ''.join(self.random.choices(BASE64, k=1 << 19))

    def make_filler(self, size):
        parts, words, have = [], PROSE.split('; '), 0
        while have < size:
            parts.append(self.random.choice(words) + ' %x' % self.random.getrandbits(64))
            have += len(parts[-1])
        return '\n'.join(parts)

    def length(self, median, spread=1.2, top=LONGEST_TEXT):
        return min(int(median * 2.72 ** self.random.gauss(0, spread)) + 1, top)

    def text(self, median, top=LONGEST_TEXT):
        length = self.length(median, top=top)
        start = self.random.randrange(len(self.filler) - top)
        return self.filler[start:start + length]

    def base64(self, median):
        """Signatures, encrypted reasoning, images."""
        start = self.random.randrange(len(self.noise) - LONGEST_TEXT)
        return self.noise[start:start + self.length(median) // 4 * 4]

    def identity(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def start(self):
        """A moment of the span, in the working hours of its day; no session runs past midnight."""
        day = self.end - datetime.timedelta(days=self.random.randrange(self.days))
        return day + datetime.timedelta(milliseconds=self.random.randrange(6 * 3_600_000, 18 * 3_600_000))

    def later(self, when):
        return when + datetime.timedelta(milliseconds=self.random.randrange(300, 9_000))

    def write(self, path, lines, when, mode='wb'):
        path = os.path.join(self.path, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = b''.join(lines)
        with open(path, mode) as file:
            file.write(data)
        os.utime(path, (when.timestamp(), when.timestamp()))
        self.bytes += len(data)
        self.files += mode == 'wb'

    def sizes(self, budget):
        """Sizes of files until budget bytes are written: half below 100 KB, some of many megabytes."""
        limit = self.bytes + budget
        while self.bytes < limit:
            yield min(self.length(100_000, 1.3, 40_000_000), limit - self.bytes)


ENCODER = json.JSONEncoder(separators=(',', ':'), ensure_ascii=False)


def line(record):
    return ENCODER.encode(record).encode() + b'\n'


def stamp(when):
    """In UTC, as all moments of a home are."""
    return when.isoformat(timespec='milliseconds')[:-6] + 'Z'


def milliseconds(when):
    return int(when.timestamp() * 1000)
