'use strict'
const words = JSON.parse(document.getElementById('words').textContent)
const names = JSON.parse(document.getElementById('names').textContent)
const language = document.documentElement.lang
const base = location.pathname.endsWith('/') ? location.pathname : location.pathname + '/'
const id = name => document.getElementById(name)
const exact = new Intl.NumberFormat(language)
const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
const dollars = new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' })
const ranges = ['today', 'week', 'month', 'year', 'all']
let range = 'week'
let last = null

const money = value => value > 0 && value < 0.005 ? '<' + dollars.format(0.01) : dollars.format(value)
const fill = (text, ...values) => text.replace('%s', values[0]).replace('%1', values[0]).replace('%2', values[1]).replace('%3', values[2])

// A cost never hides what is missing from it, and no price is not zero.
function price (row) {
  if (row.tokens > 0 && row.unpriced_tokens >= row.tokens) return words.unpriced_row
  return money(row.cost) + (row.unpriced_tokens > 0 ? ' +?' : '')
}

function make (tag, text, kind) {
  const element = document.createElement(tag)
  if (text !== undefined) element.textContent = text
  if (kind) element.className = kind
  return element
}

async function ask (path) {
  const reply = await fetch(base + path, { cache: 'no-store' })
  if (!reply.ok) throw new Error(String(reply.status))
  return reply.json()
}

function showRows (list, rows) {
  const most = Math.max(...rows.map(row => row.cost), 0)
  const mostTokens = Math.max(...rows.map(row => row.tokens), 1)
  list.replaceChildren(...rows.map(row => {
    const item = make('li')
    const line = make('div', undefined, 'line')
    const bar = make('progress')
    line.append(make('span', row.name), make('span', price(row)))
    bar.max = 1
    bar.value = most > 0 ? row.cost / most : row.tokens / mostTokens
    bar.setAttribute('aria-hidden', 'true')
    const tokens = make('div', fill(words.some, compact.format(row.tokens)), 'dim')
    tokens.title = exact.format(row.tokens)
    item.append(line, bar, tokens)
    return item
  }))
  if (rows.length === 0) list.replaceChildren(make('li', words.nothing, 'dim'))
}

function showRange (usage) {
  const facts = [
    [words.cost, price({ tokens: usage.total_tokens, cost: usage.total_cost, unpriced_tokens: usage.unpriced_tokens })],
    [words.tokens, compact.format(usage.total_tokens)],
    [words.messages, exact.format(usage.total_messages)],
    [words.cached, usage.cache_hit_rate === null ? '–' : share.format(usage.cache_hit_rate)]
  ]
  id('totals').replaceChildren(...facts.map(([name, value]) => {
    const group = make('div')
    group.append(make('dt', name), make('dd', value))
    return group
  }))
  id('unpriced').textContent = usage.unpriced_tokens > 0 ? fill(words.unpriced, compact.format(usage.unpriced_tokens)) : ''
  const tools = Object.entries(usage.by_tool).map(([name, row]) => ({ name: names[name] || name, ...row })).filter(row => row.tokens > 0)
  tools.sort((a, b) => b.cost - a.cost || b.tokens - a.tokens)
  showRows(id('tools'), tools)
  showRows(id('models'), usage.combined_models)
}

function showToday (usage) {
  const total = { tokens: usage.total_tokens, cost: usage.total_cost, unpriced_tokens: usage.unpriced_tokens }
  const before = { tokens: usage.comparison.tokens_prev, cost: usage.comparison.cost_prev, unpriced_tokens: usage.comparison.unpriced_tokens_prev }
  id('today').textContent = price(total)
  id('yesterday').textContent = fill(words.some, compact.format(usage.total_tokens)) + ' · ' +
    fill(words.yesterday, price(before))
  id('note').textContent = usage.scan ? fill(words.scanning, exact.format(usage.scan.done), exact.format(usage.scan.total)) : ''
  id('updated').textContent = fill(words.updated, new Date(usage.timestamp).toLocaleString(language))
}

// Days are dates, not moments: they are counted in UTC so that no change of clocks moves them.
function showDays (stats) {
  const days = new Map(stats.contributions.map(day => [day.date, day]))
  const end = new Date(stats.timestamp.slice(0, 10) + 'T00:00:00Z')
  const cells = []
  for (let back = 364; back >= 0; back--) {
    const when = new Date(end.getTime() - back * 86400000)
    const date = when.toISOString().slice(0, 10)
    const day = days.get(date)
    const cell = make('div', undefined, 'd l' + (day ? day.intensity : 0))
    const text = fill(words.day, when.toLocaleDateString(language, { timeZone: 'UTC', dateStyle: 'medium' }),
      day ? price({ ...day.totals }) : money(0), compact.format(day ? day.totals.tokens : 0))
    cell.title = text
    cell.dataset.text = text
    if (back === 364) cell.style.gridRowStart = String((when.getUTCDay() + 6) % 7 + 1)
    cells.push(cell)
  }
  const box = id('days')
  box.replaceChildren(...cells)
  box.setAttribute('aria-label', words.days + ': ' + money(stats.summary.totalCost))
}

async function refresh () {
  const asked = range
  try {
    const [today, usage, stats] = await Promise.all([ask('api/usage?period=today'), ask('api/usage?period=' + asked), ask('api/stats')])
    last = today.timestamp
    showToday(today)
    showDays(stats)
    if (asked === range) showRange(usage)
  } catch (error) {
    if (last !== null) id('note').textContent = fill(words.away, new Date(last).toLocaleString(language))
  }
}

function choose (name) {
  range = name
  for (const button of id('ranges').children) button.setAttribute('aria-pressed', String(button.dataset.range === name))
  refresh()
}

for (const name of ['today', 'range', 'tools', 'models', 'days']) id('h-' + name).textContent = words[name]
for (const name of ranges) {
  const button = make('button', words[name])
  button.type = 'button'
  button.dataset.range = name
  button.addEventListener('click', () => choose(name))
  id('ranges').append(button)
}
id('legend').append(words.less, ...[0, 1, 2, 3, 4].map(level => make('i', undefined, 'l' + level)), words.more)
id('days').addEventListener('click', event => { id('day').textContent = event.target.dataset.text || '' })
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh() })
setInterval(() => { if (!document.hidden) refresh() }, 30000)
choose(range)
