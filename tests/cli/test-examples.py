"""The examples for other programs' bars do what they say.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import re
import shlex
import time

from farecli import TESTS, case, claude_line, equal, run_cases

EXAMPLES = TESTS.parent / 'data' / 'examples'


def lines():
    """Every call of the program in an example: file name and arguments."""
    found = []
    for path in sorted(EXAMPLES.iterdir()):
        if path.suffix != '.md':
            found += [(path.name, shlex.split(call)) for call
                      in re.findall(r'tokenfare (statusline[^"\n)]*)', path.read_text(encoding='utf-8'))]
    return found


@case('Every example prints today\'s cost')
def run(home):
    now = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime())
    folder = home.path / '.claude' / 'projects' / 'p'
    folder.mkdir(parents=True)
    (folder / 's.jsonl').write_bytes(claude_line(1, time=now, input_tokens=1000000))
    home.run('db', 'sync')
    equal([name for name, _ in lines()],
          ['claude-settings.json', 'i3blocks.conf', 'polybar.ini', 'tmux.conf', 'waybar.json'], 'examples')
    for name, call in lines():
        printed = home.run(*call)
        assert '$' in printed.out and not printed.err, f'{name}: {printed.out}{printed.err}'
        if name == 'waybar.json':
            json.loads(printed.out)


@case('The example for Claude Code is what --install writes')
def installed(home):
    (home.path / '.claude').mkdir()
    home.run('statusline', '--install')
    written = json.loads((home.path / '.claude' / 'settings.json').read_text(encoding='utf-8'))
    example = json.loads((EXAMPLES / 'claude-settings.json').read_text(encoding='utf-8'))
    equal(sorted(example), ['statusLine'], 'members')
    written['statusLine']['command'] = re.sub(r"^.*/tokenfare'?", 'tokenfare', written['statusLine']['command'])
    equal(example['statusLine'], written['statusLine'], 'the line')


@case('The style for Waybar knows the classes that the line can have')
def classes(home):
    style = (EXAMPLES / 'waybar.css').read_text(encoding='utf-8')
    source = (TESTS.parent / 'src' / 'cli' / 'fare-statusline-bars.c').read_text(encoding='utf-8')
    known = set(re.findall(r'"(\w+)"', re.search(r'states\[\] = \{([^}]*)\}', source).group(1)))
    assert known >= {'fresh', 'over'}, known
    assert set(re.findall(r'#custom-tokenfare\.(\w+)', style)) == known - {'fresh'}


run_cases()
