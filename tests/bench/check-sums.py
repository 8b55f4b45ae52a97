#!/usr/bin/env python3
# check-sums.py PROGRAM: reads small invented homes and compares the report with what was written.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import shutil
import sys
import tempfile

import make_home
from programs import Tokenfare, differences, log_folders

SEEDS = (1, 2, 3)


def cases(program, home):
    """Names of the steps, each done before what the program then reports is compared."""
    yield 'first-scan'
    make_home.append_response(home)
    yield 'one-response-more'
    program.forget()
    yield 'index-made-anew'
    for folder in log_folders(home.path):
        shutil.rmtree(folder)
    yield 'logs-deleted'


def main(path):
    number = 0
    for seed in SEEDS:
        with tempfile.TemporaryDirectory(prefix='tokenfare-sums-') as folder:
            home = make_home.make_home(folder, megabytes=4, seed=seed, days=40)
            program = Tokenfare(path, folder)
            for case in cases(program, home):
                number += 1
                wrong = differences(program, home.truth)
                for difference in wrong:
                    print('#', difference)
                print('not ok' if wrong else 'ok', number, f'/sums/{case}/seed-{seed}', flush=True)
    print(f'1..{number}')


main(sys.argv[1])
