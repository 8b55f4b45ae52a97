#!/usr/bin/env python3
# make_home.py: writes a home folder full of invented logs of coding agents, and knows their sums.
#
# The sums are kept while writing and never read back from the logs, so that they can judge a
# program that reads them.  The same arguments give the same bytes.  The logs have what makes real
# ones hard to count:
#
#   Claude Code  every response is written two to five times while it grows, with tool output in
#                between; helper agents have files of their own, and the session repeats some of
#                their lines inside its own; resumed sessions repeat earlier lines; tool output
#                quotes usage objects and carries others; pasted images; errors stand as
#                "<synthetic>" responses; last lines are cut
#   Codex        running totals; totals repeated without a new response; rate limit rows without
#                figures; model changes; forked threads that repeat their parent in one second
#   OpenCode     a database; its oldest fifth also as small files, as left behind by the move
#   Gemini CLI   sessions as one JSON document and as lines; cached input inside input
#   Pi           one line a response, with a cost of its own
#
# Most bytes are tool output, as in life; half of the sessions are below 100 KB, a few are huge.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import datetime
import os

import home_claude
import home_codex
import home_others
import home_reference
from home import Home

# What writes a client's logs, and its share of all bytes.
WRITERS = ((home_claude.write_all, 0.60), (home_codex.write_all, 0.27), (home_others.write_opencode, 0.06),
           (home_others.write_gemini, 0.04), (home_others.write_pi, 0.03))
LAST_DAY = '2026-11-21'


def empty_home(path, seed, days, end):
    last = datetime.datetime.fromisoformat(end).replace(tzinfo=datetime.timezone.utc)
    return Home(path, seed, days, last)


def make_home(path, megabytes, seed=1, days=365, end=LAST_DAY):
    """Writes the home and returns it, with .truth, .bytes and .files."""
    home = empty_home(path, seed, days, end)
    for write, share in WRITERS:
        write(home, int(megabytes * 1e6 * share))
    return home


def make_many(path, files, seed=1, days=365, end=LAST_DAY):
    """A home of so many small files."""
    home = empty_home(path, seed, days, end)
    home_claude.write_many(home, files)
    return home


def make_long(path, megabytes, seed=1, days=365, end=LAST_DAY):
    """A home of one long file."""
    home = empty_home(path, seed, days, end)
    home_claude.write_long(home, int(megabytes * 1e6))
    return home


def make_dense(path, responses, seed=1, days=365, end=LAST_DAY):
    """A home of so many responses with little text."""
    home = empty_home(path, seed, days, end)
    home_codex.write_dense(home, responses)
    return home


def make_reference(path, share=1, seed=1, days=365, end=None):
    """The home by which the window is judged, or a share of it.  Its days end yesterday, for the ranges that end today."""
    end = end or (datetime.date.today() - datetime.timedelta(days=1)).isoformat()
    home = empty_home(path, seed, days, end)
    home_reference.write_all(home, *(int(size * share) for size in (
        home_reference.SESSIONS, home_reference.RESPONSES, home_reference.LONG)))
    return home


def existing_home(path, truth, seed=1, end=LAST_DAY):
    """A home that is there already, so that responses can be added to it."""
    home = empty_home(path, seed, 1, end)
    home.truth = truth
    for folder, _, names in os.walk(path):
        home.files += len(names)
        home.bytes += sum(os.path.getsize(os.path.join(folder, name)) for name in names)
    return home


def newest_session(home):
    root = os.path.join(home.path, '.claude', 'projects')
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(root)
             for name in names if name.endswith('.jsonl') and not name.startswith('agent-')]
    return max(paths, key=lambda name: (os.stat(name).st_mtime, name))


def append_response(home):
    """Adds one response to the newest Claude Code file, as if the agent went on."""
    path = newest_session(home)
    with open(path, 'rb') as file:
        file.seek(-1, os.SEEK_END)
        cut = file.read() != b'\n'
    session = os.path.splitext(os.path.basename(path))[0]
    common = {'isSidechain': False, 'cwd': '/home/alex/src/ferry', 'sessionId': session, 'version': '2.1.40'}
    lines, _ = home_claude.response(home, common, home.end + datetime.timedelta(hours=12), home_claude.MODELS[0])
    with open(path, 'ab') as file:
        file.write(b'\n' * cut + b''.join(lines))


def main():
    parser = argparse.ArgumentParser(description='Writes invented logs of coding agents and their sums.')
    parser.add_argument('home', help='folder to write into')
    parser.add_argument('--megabytes', type=float, default=100)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--days', type=int, default=365)
    parser.add_argument('--end', default=LAST_DAY, help='last day, YYYY-MM-DD')
    parser.add_argument('--small-files', type=int, metavar='COUNT', help='so many files of one response instead')
    parser.add_argument('--one-file', action='store_true', help='one file of all the bytes instead')
    parser.add_argument('--reference', action='store_true', help='10,000 sessions of a million responses instead')
    parser.add_argument('--truth', help='file for the sums by day, client and model, JSON')
    options = parser.parse_args()

    span = (options.seed, options.days, options.end)
    if options.small_files:
        home = make_many(options.home, options.small_files, *span)
    elif options.reference:
        home = make_reference(options.home, 1, *span)
    elif options.one_file:
        home = make_long(options.home, options.megabytes, *span)
    else:
        home = make_home(options.home, options.megabytes, *span)
    if options.truth:
        home.truth.save(options.truth)
    print(f'{home.files} files, {home.bytes / 1e6:.0f} MB')


if __name__ == '__main__':
    main()
