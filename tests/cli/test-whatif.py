"""The same tokens at another model's prices: what is compared, what is left out, what is refused.

SPDX-License-Identifier: GPL-3.0-or-later
"""

from farecli import case, claude_line, equal, one_sentence, run_cases, same_money

MODELS = ('claude-opus-4-8', 'claude-haiku-4-5', 'nobody-knows')


def write(home, *lines):
    home.claude_log().write_bytes(b''.join(lines))


def write_both(home):
    """A million input tokens each: $5 as Opus 4.8, $1 as Haiku 4.5, and one nobody knows."""
    write(home, *(claude_line(number, model=model, input_tokens=1000000, output_tokens=0)
                  for number, model in enumerate(MODELS)))


@case('Difference is of what has a price on both sides')
def difference(home):
    write_both(home)
    answer = home.run('whatif', 'all', '--as', 'claude-haiku-4-5', '--json').json()
    equal(answer['as'], 'claude-haiku-4-5', 'other model')
    total = answer['total']
    same_money(total['cost'], 6.0, 'cost')
    same_money(total['cost_then'], 3.0, 'cost then')
    same_money(total['difference'], -4.0, 'difference')
    equal(total['unpriced_tokens'], 1000000, 'unpriced')
    equal(total['unpriced_tokens_then'], 0, 'unpriced then')
    equal(total['left_out_tokens'], 1000000, 'left out')
    equal(total['compared_tokens'], 2000000, 'compared')
    equal([row['model'] for row in answer['rows']],
          list(MODELS), 'order')
    equal(answer['rows'][2]['cost'], None, 'cost of the unknown')
    equal(answer['rows'][2]['difference'], None, 'difference of the unknown')


@case('Same model costs the same')
def same_model(home):
    home.fill('claude-code')
    report = home.run('report', 'all', '--by', 'model', '--json').json()
    model = report['rows'][0]['key']
    answer = home.run('whatif', 'all', '--as', model, '--model', model, '--json').json()
    same_money(answer['total']['cost'], report['rows'][0]['cost'], 'cost')
    same_money(answer['total']['difference'], 0.0, 'difference')


@case('Table names what is left out')
def table(home):
    write_both(home)
    text = home.run('whatif', 'all', '--as', 'claude-haiku-4-5').out
    for needle in ('As Claude Haiku 4.5', '$5.00', '-$4.00', 'no price', '1M tokens'):
        assert needle in text, (needle, text)


@case('Without use there is nothing to compare')
def empty(home):
    answer = home.run('whatif', '--as', 'claude-haiku-4-5', '--json').json()
    equal(answer['rows'], [], 'rows')
    same_money(answer['total']['difference'], 0.0, 'difference')
    assert home.run('whatif', '--as', 'claude-haiku-4-5').out, 'no word'


@case('Wrong use is refused')
def refused(home):
    write_both(home)
    one_sentence(home.run('whatif', 'all', '--as', 'nobody-knows', status=1).err, 'nobody-knows')
    assert '--as' in home.run('whatif', 'all', status=2).err
    assert home.run('whatif', 'all', '--by', 'day', '--as', 'claude-haiku-4-5', status=2).err


run_cases()
