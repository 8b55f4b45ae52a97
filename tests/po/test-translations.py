"""Every word for people goes through the translations, and the translations fit their programs.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))

from farecli import case, claude_line, equal, run_cases  # noqa: E402
import pseudo  # noqa: E402

# GLib prints these itself, in a language of its own: the frame of --help.
OF_GLIB = {'Usage', 'Options', 'OPTION'}

# What no translation touches: the program, what is typed, and what stands in the logs.
DATA = {'tokenfare', 'claude', 'sonnet', 'Claude', 'Code', 'mystery', 'tmp', 'home', 'local',
        'share', 'sqlite', 'usage', 'csv', 'json', 'true', 'false', 'null', 'USD', 'UTC', 'Bold',
        'msg', 'req', 'jsonl', 'projects', 'nonsense'}

# Properties of GTK's widgets that are read or heard.
SPOKEN = {'label', 'title', 'subtitle', 'description', 'tooltip-text', 'text', 'placeholder-text',
          'body', 'heading', 'tooltip', 'menu-label'}


def plain(text):
    """What stands outside all brackets."""
    shown, depth = [], 0
    for letter in text:
        depth += (letter == '⟦')
        if depth == 0:
            shown.append(letter)
        depth -= (letter == '⟧')
    equal(depth, 0, f'open brackets in {text!r}')
    return ''.join(shown)


def untranslated(text, allowed=frozenset()):
    """The words of TEXT that no translator was shown."""
    # Options, dates, ids and paths are the same in every language.
    rest = re.sub(r'--?[a-z][-a-z]*|[\w.-]*\d[\w.-]*|[~/][\w/.~-]*', ' ', plain(text))
    return set(re.findall(r'[A-Za-z]{3,}', rest)) - DATA - OF_GLIB - set(allowed)


def speak(home, *args, status=0):
    env = {'LANGUAGE': pseudo.LANGUAGE, 'TOKENFARE_LOCALE_DIR': str(home.path / 'locale')}
    if not (home.path / 'locale').exists():
        pseudo.make(ROOT, home.path / 'locale')
    return home.run(*args, status=status, env=env)


def commands(home):
    """The commands, as --help lists them."""
    names = re.findall(r'^  ([a-z]+) +⟦', speak(home, '--help').out, re.MULTILINE)
    assert len(names) > 10, names
    return names


@case('/po/help-is-translated')
def help_text(home):
    names = commands(home)
    for arguments in [[]] + [[name] for name in names]:
        shown = speak(home, *arguments, '--help').out
        equal(untranslated(shown, names), set(), f'{arguments} --help')
        assert '⟦' in shown, arguments


@case('/po/figures-are-translated')
def figures(home):
    home.claude_log().write_bytes(
        claude_line(1) + claude_line(2, model='mystery-1') + b'{"type":"assistant"\n')
    for arguments in ([], ['report', 'all'], ['report', 'all', '--by', 'client'],
                      ['report', 'all', '--by', 'hour'], ['report', 'all', '--by', 'branch'],
                      ['sessions', 'all'], ['session', 's1'], ['events', 'all'], ['why', 'all'],
                      ['why', 'today'], ['budget'], ['quota'], ['db', 'status'], ['db', 'repair'],
                      ['db', 'verify'], ['pricing', 'check'],
                      ['pricing', 'cost', 'mystery-1', '--input', '1'],
                      ['whatif', 'all', '--as', 'claude-sonnet-4-6']):
        shown = speak(home, *arguments, status=None)
        equal(untranslated(shown.out + shown.err), set(), ' '.join(arguments) or 'glance')
        assert '⟦' in shown.out + shown.err, arguments


@case('/po/complaints-are-translated')
def complaints(home):
    for arguments in (['nonsense'], ['report', 'nonsense'], ['report', '--by', 'nonsense'],
                      ['report', '--from', 'nonsense'], ['sessions', '--client', 'nonsense'],
                      ['session'], ['session', 'nonsense'], ['pricing', 'nonsense'],
                      ['pricing', 'set'],
                      ['db', 'nonsense'], ['export'], ['statusline', '--install', '--format', 'nonsense'],
                      ['whatif', 'all'], ['demo'], ['serve', '--port', '99999']):
        shown = speak(home, *arguments, status=None)
        assert shown.status in (1, 2), (arguments, shown.status)
        equal(shown.out, '', f'{arguments}: standard output')
        known = () if arguments != ['sessions', '--client', 'nonsense'] else set(
            re.findall(r'[A-Za-z]+', shown.err))
        equal(untranslated(shown.err, known), set(), ' '.join(arguments))


@case('/po/templates-leave-no-word-out')
def templates(home):
    found = 0
    for path in sorted((ROOT / 'src').rglob('*.ui')):
        for node in xml.etree.ElementTree.parse(path).iter():
            if node.tag not in ('property', 'attribute') or node.get('name') not in SPOKEN:
                continue
            if not re.search(r'[A-Za-z]{2,}', node.text or '') or node.get('bind-source'):
                continue
            found += 1
            assert node.get('translatable') == 'yes', f'{path.name}: “{node.text}”'
    assert found > 100, found


@case('/po/languages-are-complete')
def complete(home):
    """Each language has every message, none of them marked as doubtful or empty."""
    template = home.path / 'all.mo'
    template.write_bytes(pseudo.extract(ROOT))
    wanted = {message.split('\0')[0] for message, _ in pseudo.read(template.read_bytes())}
    languages = [line for line in (ROOT / 'po' / 'LINGUAS').read_text().splitlines()
                 if line and not line.startswith('#')]
    assert {'de', 'zh_CN'} <= set(languages), languages
    for language in languages:
        # msgfmt leaves out what is doubtful or empty.
        catalogue = subprocess.run(['msgfmt', '--check', '-o', '-', ROOT / 'po' / f'{language}.po'],
                                   check=True, capture_output=True).stdout
        known = {message.split('\0')[0]: text for message, text in pseudo.read(catalogue)}
        missing = wanted - known.keys()
        assert not missing, f'{language} lacks {len(missing)}: {sorted(missing)[:5]}'
        for message, text in known.items():
            forms = text.split('\0')
            assert all(forms), f'{language}: “{message}” has an empty form'


def messages(catalogue):
    """The pairs of message and translation of the bytes of a .po file, without its head."""
    compiled = subprocess.run(['msgfmt', '--check', '-o', '-', '-'], input=catalogue, check=True,
                              capture_output=True).stdout
    return {message: text for message, text in pseudo.read(compiled) if message}


@case('/po/guide-is-complete')
def guide(home):
    """Each language has the whole guide, with every command and link as it stands in English."""
    template = home.path / 'guide.pot'
    subprocess.run(['itstool', '-o', template, *sorted((ROOT / 'data' / 'help' / 'C').glob('*.page'))],
                   check=True)
    english = subprocess.run(['msgen', template], check=True, capture_output=True).stdout
    # Whether translators name themselves is their own affair.
    wanted = {message for message in messages(english) if not message.startswith('_\4')}
    assert len(wanted) > 100, len(wanted)
    languages = [line for line in (ROOT / 'po' / 'LINGUAS').read_text().splitlines()
                 if line and not line.startswith('#')]
    for language in languages:
        known = messages((ROOT / 'data' / 'help' / language / f'{language}.po').read_bytes())
        missing = wanted - known.keys()
        assert not missing, f'{language} lacks {len(missing)}: {sorted(missing)[:3]}'
        for message in wanted:
            for kept in (r'<cmd>.*?</cmd>', r'<code>.*?</code>', r'<app>.*?</app>', r'<link [^>]*>'):
                equal(sorted(re.findall(kept, known[message])), sorted(re.findall(kept, message)),
                      f'{language}: “{message}”')


def plain_name(text):
    """TEXT without its access key and context, with plain spaces."""
    return re.sub(r'\(_[A-Z]\)|_', '', text.split('\0')[0].split('\4')[-1]).replace('\u00a0', ' ')


@case('/po/guide-names-what-the-window-shows')
def guide_names(home):
    """What the guide calls a button is what stands on it, in each language."""
    for language in ('de', 'zh_CN'):
        window = {plain_name(message): plain_name(text) for message, text in
                  messages((ROOT / 'po' / f'{language}.po').read_bytes()).items()}
        found = 0
        for message, text in messages(
                (ROOT / 'data' / 'help' / language / f'{language}.po').read_bytes()).items():
            names = re.findall(r'<gui>(.*?)</gui>', message)
            for name in names:
                assert name in window, f'“{name}” stands nowhere in the window'
                found += 1
            equal(sorted(re.findall(r'<gui>(.*?)</gui>', text)), sorted(window[name] for name in names),
                  f'{language}: “{message}”')
        assert found > 20, found


run_cases()
