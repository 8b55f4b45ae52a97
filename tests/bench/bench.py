#!/usr/bin/env python3
# bench.py BUILD: how fast and how frugal Tokenfare is beside other programs of its kind and
# beside the least work that nothing could avoid, and whether its sums are exact.
#
# A run with wrong sums has no figures.  README.md here says what each line means.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import json
import os
import sys
import tempfile

import make_home
import measure
import table


def arguments():
    parser = argparse.ArgumentParser(prog='./dev bench', description='Measures Tokenfare beside its peers and the limits.')
    parser.add_argument('build', help=argparse.SUPPRESS)
    parser.add_argument('--megabytes', type=float, help='size of the invented home; 500')
    parser.add_argument('--rounds', type=int, help='how often everything runs in turn; 5')
    parser.add_argument('--idle', type=float, default=30, metavar='SECONDS', help='how long idle programs are watched; 30')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--days', type=int, default=365)
    parser.add_argument('--corpus', metavar='FOLDER', help='measure on this home; responses will be added to its newest log')
    parser.add_argument('--truth', metavar='FILE', help='the sums of that home')
    parser.add_argument('--quick', action='store_true', help='60 MB, two rounds, the command line alone')
    parser.add_argument('--extremes', action='store_true',
                        help='only 100,000 small files, one file of 4 GB, and a million responses')
    parser.add_argument('--json', action='store_true', help='print JSON')
    parser.add_argument('--write-readme', action='store_true', help='put the table into tests/bench/README.md')
    options = parser.parse_args()
    if bool(options.corpus) != bool(options.truth):
        parser.error('--corpus and --truth go together')
    options.build = os.path.abspath(options.build)
    options.megabytes = options.megabytes or (60 if options.quick else 500)
    options.rounds = options.rounds or (2 if options.quick else 5)
    return options


def say(words):
    print(words, file=sys.stderr, flush=True)


def run(options, folder):
    if options.extremes:
        return table.of_extremes(measure.extremes(options.build, folder, say))
    if options.corpus:
        home = measure.given_home(os.path.abspath(options.corpus), options.truth)
    else:
        home = make_home.make_home(folder + '/home', options.megabytes, options.seed, options.days)
    bench = measure.Bench(options.build, home, folder, options.quick)
    bench.everything(options.rounds, options.idle)
    return table.of_bench(bench, options.rounds)


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix='bench-', dir=options.build) as folder:
        try:
            result = run(options, folder)
        except measure.WrongSums as error:
            print(error, file=sys.stderr)
            return 1
    if options.write_readme:
        table.write_readme(result)
    print(json.dumps(result, indent=2) if options.json else table.as_text(result))
    return 0


if __name__ == '__main__':
    sys.exit(main())
