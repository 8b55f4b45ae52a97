#!/usr/bin/env python3
# check-bench.py BUILD: does the measuring itself work, and refuse to show figures of wrong sums?
#
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import subprocess
import sys
import tempfile

import make_home

BENCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'bench.py')
LINES = {'cold', 'warm', 'append', 'line-first', 'statusline', 'line-kept', 'peak', 'index', 'query', 'price'}


def run(build, *arguments):
    return subprocess.run([sys.executable, BENCH, build, '--quick', '--rounds', '1', *arguments],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def every_line_has_a_figure(build):
    result = run(build, '--megabytes', '6', '--json')
    found = json.loads(result.stdout)
    medians = {line['name']: line['figures']['tokenfare']['median'] for line in found['lines']}
    return LINES <= medians.keys() and all(medians[name] > 0 for name in LINES) and found['targets'] != []


def the_table_names_the_targets(build):
    result = run(build, '--megabytes', '6')
    return result.returncode == 0 and 'cold scan' in result.stdout and 'target' in result.stdout


def given_home(build, surplus):
    """A run on a home that was there already, whose truth file is wrong by so many tokens."""
    with tempfile.TemporaryDirectory(prefix='tokenfare-bench-') as folder:
        home = make_home.make_home(folder + '/home', megabytes=2, seed=5, days=30)
        next(iter(home.truth.sums.values()))['output'] += surplus
        home.truth.save(folder + '/truth.json')
        return run(build, '--corpus', home.path, '--truth', folder + '/truth.json', '--json')


def a_given_home_is_measured(build):
    result = given_home(build, 0)
    return result.returncode == 0 and json.loads(result.stdout)['sums']['tokenfare'] == 'exact'


def wrong_sums_have_no_figures(build):
    result = given_home(build, 1)
    return result.returncode == 1 and result.stdout == '' and 'output is' in result.stderr


CASES = (every_line_has_a_figure, the_table_names_the_targets, a_given_home_is_measured, wrong_sums_have_no_figures)


def main(build):
    print(f'1..{len(CASES)}')
    for number, case in enumerate(CASES, 1):
        print('ok' if case(build) else 'not ok', number, '/bench/' + case.__name__.replace('_', '-'), flush=True)


main(sys.argv[1])
