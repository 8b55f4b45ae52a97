"""Makes a language that nobody speaks, to see what a translator was never shown.

Every message comes back in ⟦brackets⟧, with accents, and a third longer, as German or Russian
would have it.  What stands outside brackets on the screen was never marked for translation; what
is cut off on the screen has too little room.

    pseudo.py SOURCE-ROOT TARGET   writes TARGET/qps/LC_MESSAGES/tokenfare.mo
    TOKENFARE_LOCALE_DIR=TARGET LANGUAGE=qps LC_ALL=C.UTF-8 tokenfare

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import re
import struct
import subprocess
import sys

LANGUAGE = 'qps'

# The words that gettext looks for in our sources, as GLib defines them.
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dngettext:2,3',
            'g_dpgettext2:2c,3']

# What has to stay as it is: a conversion or a part of a date, a tag, a named part, an escape.
KEPT = re.compile(r'(%[-+ #0OE]*[0-9.$]*[A-Za-z%]|<[^>]*>|\{[a-z]+\}|\n|%[12])')

ACCENTS = str.maketrans('aceinouyAEINOUY', 'áçéíñöüýÁÉÍÑÖÜÝ')

MAGIC = 0x950412de


def extract(root):
    """The messages of the sources at ROOT, as the bytes of a compiled catalogue in English."""
    command = ['xgettext', '--from-code=UTF-8', '--files-from=po/POTFILES.in', '--output=-',
               *(f'--keyword={word}' for word in KEYWORDS)]
    template = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    english = subprocess.run(['msgen', '-'], input=template, check=True, capture_output=True).stdout
    return subprocess.run(['msgfmt', '-o', '-', '-'], input=english, check=True,
                          capture_output=True).stdout


def read(catalogue):
    """The pairs of message and translation in the bytes of a CATALOGUE."""
    magic, _, count, originals, translations = struct.unpack_from('<5I', catalogue)
    assert magic == MAGIC, 'not a catalogue'

    def text(table, i):
        length, start = struct.unpack_from('<2I', catalogue, table + 8 * i)
        return catalogue[start:start + length].decode('utf-8')

    return [(text(originals, i), text(translations, i)) for i in range(count)]


def write(pairs):
    """The bytes of a catalogue of PAIRS, which are in the order of their messages."""
    head, body = [], b''
    start = 28 + 16 * len(pairs)
    for column in (0, 1):
        for pair in pairs:
            text = pair[column].encode('utf-8')
            head.append(struct.pack('<2I', len(text), start + len(body)))
            body += text + b'\0'
    return struct.pack('<7I', MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0) \
        + b''.join(head) + body


def pretend(text):
    """TEXT as it stands in the language that nobody speaks."""
    parts = KEPT.split(text)
    words = ''.join(part if i % 2 else part.translate(ACCENTS) for i, part in enumerate(parts))
    stripped = words.rstrip('\n')
    longer = '·' * (sum(len(part) for part in parts[::2]) // 3)
    return f'⟦{stripped}{longer}⟧' + words[len(stripped):]


def translate(message, english):
    if message == '':
        return english.replace('Language: \n', f'Language: {LANGUAGE}\n')
    if message.startswith('language code\4'):
        return english
    return '\0'.join(pretend(form) for form in english.split('\0'))


def make(root, target):
    folder = pathlib.Path(target) / LANGUAGE / 'LC_MESSAGES'
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [(message, translate(message, english)) for message, english in read(extract(root))]
    (folder / 'tokenfare.mo').write_bytes(write(pairs))


if __name__ == '__main__':
    make(sys.argv[1], sys.argv[2])
