"""Budgets, and amounts in the user's currency: what counts, what is said, what stays in US dollars.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import datetime

from farecli import case, equal, run_cases, same_money, utc

COST = 6.0  # of ten requests, each below the size from which prompts cost more


def budgets(home, *args, **options):
    answer = home.run('budget', '--json', *args, **options).json()
    return answer, {budget['period']: budget for budget in answer['budgets']}


@case('Without a budget there is nothing to be over')
def none(home):
    home.use(utc())
    answer, _ = budgets(home, '--check')
    equal((answer['over'], answer['budgets']), (False, []), 'answer')
    assert 'no budget' in home.run('budget', '--check').out


@case('Share and state of each budget, the check fails only when one is used up')
def shares(home):
    home.use(utc())
    home.write_settings(budget_day='10.0', budget_month='100.0')
    answer, found = budgets(home, '--check')
    equal(list(found), ['day', 'month'], 'periods')
    same_money(found['day']['spent'], COST, 'spent')
    same_money(found['day']['share'], COST / 10, 'share')
    equal((found['day']['over'], answer['over']), (False, False), 'over')
    home.write_settings(budget_day='6.0', budget_month='100.0')
    answer, found = budgets(home, '--check', status=1)
    equal((found['day']['over'], found['month']['over'], answer['over']), (True, False, True), 'over')
    home.run('budget', status=0)
    text = home.run('budget', '--check', status=1).out
    assert 'Today' in text and '$6.00' in text and '100%' in text and 'over' in text, text


@case('The day is the local one')
def local_day(home):
    zone = 'Pacific/Kiritimati'  # 14 hours ahead
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=14)))
    into_day = now.hour * 3600 + now.minute * 60 + now.second
    home.use(utc(), utc(into_day + 600))
    home.write_settings(budget_day='100.0')
    _, found = budgets(home, env={'TZ': zone})
    same_money(found['day']['spent'], COST, 'spent')
    equal(found['day']['from'], now.strftime('%Y-%m-%d'), 'day')


@case('Tokens without a price stand beside the budget')
def unpriced(home):
    home.use(utc(), model='nobody-knows')
    home.write_settings(budget_day='10.0')
    _, found = budgets(home, '--check')
    equal(found['day']['unpriced_tokens'], 1200000, 'unpriced')
    assert '1.2M' in home.run('budget').out


@case('Settings that are damaged or senseless are no budget')
def damaged(home):
    home.use(utc())
    for values in ({'budget_day': 'x'}, {'budget_day': '-5.0'}, {'budget_day': 'nan'}, {'budget_day': '0.0'}):
        home.write_settings(**values)
        answer, _ = budgets(home, '--check')
        equal(answer['budgets'], [], str(values))


@case('Amounts for people are in the currency, at the rate of the last day shown')
def currency(home):
    home.use('2026-03-02T10:00:00.000Z', '2026-03-05T10:00:00.000Z')
    home.write_settings(currency="'EUR'",
             currency_rates="[('2026-03-04', 0.5), ('2026-01-01', 0.25), ('nonsense', 3.0), ('2026-03-05', -1.0)]")
    text = home.run('report', '--from', '2026-03-02', '--to', '2026-03-02').out
    assert '€1.50' in text and '0.25 EUR' in text and '$' not in text, text
    text = home.run('report', '--from', '2026-03-02', '--to', '2026-03-05').out
    assert '€6.00' in text and '€3.00' in text and '0.5 EUR' in text and '$' not in text, text
    for command, amount in (('sessions', '€6.00'), ('events', '€0.30'), ('why', '€6.00')):
        text = home.run(command, 'all').out
        assert amount in text, (command, text)
        assert '$' not in text, (command, text)
    text = home.run('session', 's1').out
    assert '€6.00' in text and '$' not in text, text


@case('Without a rate nothing is guessed')
def no_rate(home):
    home.use('2026-03-02T10:00:00.000Z')
    home.write_settings(currency="'EUR'", currency_rates="[('2026-03-04', 0.5)]")
    text = home.run('report', '--from', '2026-03-02', '--to', '2026-03-02').out
    assert '$6.00' in text and 'No rate of EUR' in text, text


@case('Machine output stays in US dollars')
def machine(home):
    home.use('2026-03-02T10:00:00.000Z')
    home.write_settings(currency="'EUR'", currency_rates="[('2026-01-01', 0.5)]", budget_month='1.0')
    same_money(home.run('report', 'all', '--json').json()['total']['cost'], COST, 'report')
    assert '6' in home.run('report', 'all', '--csv').out.splitlines()[1]
    same_money(home.events()[0]['cost'], COST / 10, 'event')
    same_money(home.run('budget', '--json').json()['budgets'][0]['limit'], 1, 'limit')


@case('Currencies without cents have none')
def yen(home):
    home.use('2026-03-02T10:00:00.000Z')
    home.write_settings(currency="'JPY'", currency_rates="[('2026-01-01', 150.0)]")
    assert '¥900 ' in home.run('report', 'all').out.replace('\n', ' ')
    home.write_settings(currency="'CHF'", currency_rates="[('2026-01-01', 0.9)]")
    assert 'CHF\u00a05.40' in home.run('report', 'all').out
    home.write_settings(currency="'money'", currency_rates="[('2026-01-01', 0.9)]")
    assert '$6.00' in home.run('report', 'all').out


run_cases()
