"""Programs that were written for this interface elsewhere: a statusline script, a dashboard, a companion
and Prometheus.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import datetime
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

from fareserver import serving
from farecli import TIME_LIMIT, Skip, case, claude_line, equal, run_cases

# Takes the figures out as scripts do that know no library: curl and sed, one second, silent.
STATUSLINE = r'''
url=${TOKDASH_URL:-http://127.0.0.1:55423}
period=${TOKDASH_STATUSLINE_PERIOD:-today}
model=$(sed -n 's/.*"display_name":"\([^"]*\)".*/\1/p')
json=$(curl -sf --max-time 1 "$url/api/usage?period=$period") || json=
part=
if [ -n "$json" ]
then
  tokens=$(printf %s "$json" | sed 's/.*"total_tokens":\([0-9]*\).*/\1/')
  cost=$(printf %s "$json" | sed 's/.*"total_cost":\([0-9.]*\).*/\1/')
  part=$(LC_ALL=C awk -v t="$tokens" -v c="$cost" -v p="$period" 'BEGIN {
    if (t >= 1e9) s = sprintf("%.1fB", t / 1e9); else if (t >= 1e6) s = sprintf("%.1fM", t / 1e6)
    else if (t >= 1e3) s = sprintf("%dk", t / 1e3 + .5); else s = t
    printf " | 📊 %s ($%.2f) %s", s, c, p }')
fi
printf '[%s]%s\n' "$model" "$part"
'''


def today():
    return datetime.datetime.now(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.000Z')


def statusline(home, url, period='today'):
    done = subprocess.run(['sh', '-c', STATUSLINE], input=b'{"model":{"display_name":"Claude Sonnet 4.6"}}',
                          env=home.env(TOKDASH_URL=url, TOKDASH_STATUSLINE_PERIOD=period),
                          capture_output=True, timeout=TIME_LIMIT)
    return done.stdout.decode().strip()


@case('/http/clients/statusline-script')
def script(home):
    if not shutil.which('curl'):
        raise Skip('curl is not installed')
    home.claude_log().write_bytes(claude_line(1, time=today(), input_tokens=0, output_tokens=123456) +
                                  claude_line(2, time='2026-03-02T10:00:00.000Z', input_tokens=0,
                                              output_tokens=2000000))
    with serving(home) as server:
        url = f'http://127.0.0.1:{server.port}'
        equal(statusline(home, url), '[Claude Sonnet 4.6] | 📊 123k ($1.85) today', 'today')
        equal(statusline(home, url + '/tokdash', 'all'), '[Claude Sonnet 4.6] | 📊 2.1M ($31.85) all', 'all')
    equal(statusline(home, url), '[Claude Sonnet 4.6]', 'without a server')


class Dashboard:
    """What a dashboard does: it trusts only what calls itself by the name it knows, asks for all at once,
    adds up days, and tries again only when told that the server is busy."""

    def __init__(self, base):
        self.base = base

    def fetch(self, path):
        for pause in (0.45, 0.9, None):
            request = urllib.request.Request(self.base + path, headers={'Origin': 'http://localhost:8080'})
            try:
                with urllib.request.urlopen(request, timeout=TIME_LIMIT) as reply:
                    assert reply.headers['Access-Control-Allow-Origin'] == 'http://localhost:8080'
                    return json.load(reply)
            except urllib.error.HTTPError as error:
                if error.code != 503 or pause is None:
                    raise
                time.sleep(pause)

    def show(self, tools):
        assert self.fetch('/health')['service'] == 'tokdash'
        usage = self.fetch('/api/usage?period=month')
        stats = self.fetch('/api/stats')
        sessions = [self.fetch(f'/api/sessions?tool={tool}&period=month') for tool in tools]
        active = self.fetch('/api/active-time?period=month')
        quota = self.fetch('/api/quota')
        month = usage['timestamp'][:7]
        days = [day for day in stats['contributions'] if day['date'].startswith(month)]
        leading = max(usage['by_tool'].items(), key=lambda one: one[1]['cost'])[0]
        equal(sum(day['totals']['tokens'] for day in days), usage['total_tokens'], 'calendar')
        equal(sum(one['summary']['tokens'] for one in sessions), usage['total_tokens'], 'sessions')
        equal(round(sum(one['summary']['cost'] for one in sessions), 2), usage['total_cost'], 'cost')
        equal(active['active_ms_sum'], sum(one['summary']['active_ms_sum'] for one in sessions), 'time')
        equal(list(quota['providers']), ['codex', 'claude', 'antigravity', 'minimax', 'kimi', 'grok'], 'quota')
        return leading, usage['total_tokens']


@case('/http/clients/dashboard')
def dashboard(home):
    home.claude_log().write_bytes(b''.join(claude_line(i, time=today()) for i in range(5)))
    tools = ('codex', 'claude', 'opencode', 'pi_agent', 'mimo', 'kimi', 'dsh', 'reasonix', 'zcode')
    with serving(home) as server:
        for prefix in ('', '/tokdash'):
            equal(Dashboard(f'http://127.0.0.1:{server.port}{prefix}').show(tools), ('claude', 75), prefix)


def parse_metrics(text):
    assert text.endswith('# EOF\n'), text[-50:]
    types, samples = {}, {}
    for line in text.splitlines()[:-1]:
        if line.startswith('# TYPE '):
            name, kind = line[7:].split(' ')
            assert name not in types, f'{name} comes twice'
            types[name] = kind
        elif not line.startswith('#'):
            found = re.fullmatch(r'([a-z0-9_]+)(\{.*\})? (\S+)', line)
            assert found, line
            assert (found[1], found[2]) not in samples, f'{line} comes twice'
            samples[found[1], found[2] or ''] = float(found[3])
    return types, samples


@case('/http/clients/metrics')
def metrics(home):
    home.claude_log().write_bytes(
        claude_line(1, time=today(), input_tokens=10, output_tokens=1000) +
        claude_line(2, time='2026-03-02T10:00:00.000Z', model='no "body"\\ knows\nthis'))
    with serving(home) as server:
        reply = server.ask('/metrics')
        assert reply.headers['content-type'].startswith('application/openmetrics-text; version=1.0.0')
        types, samples = parse_metrics(reply.body.decode())
        equal(types['tokenfare_tokens'], 'counter', 'type')
        sonnet = '{client="claude",provider="anthropic",model="claude-sonnet-4-6"'
        equal(samples['tokenfare_tokens_total', sonnet + ',kind="output"}'], 1000, 'output')
        equal(samples['tokenfare_today_tokens', sonnet + ',kind="input"}'], 10, 'input today')
        wanted = server.get('/api/usage')['by_tool']['claude']['cost']
        equal(samples['tokenfare_today_cost_usd', sonnet + '}'], wanted, 'cost today')
        unknown = [(name, value) for (name, labels), value in samples.items() if 'knows' in labels]
        equal(sum(value for name, value in unknown if name == 'tokenfare_unpriced_tokens'), 15, 'unpriced')
        assert not [name for name, _ in unknown if 'cost' in name], 'a cost without a price'
        assert abs(samples['tokenfare_last_scan_timestamp_seconds', ''] - time.time()) < 600


def free_port():
    with socket.socket() as peer:
        peer.bind(('127.0.0.1', 0))
        return peer.getsockname()[1]


def query(port, text):
    url = f'http://127.0.0.1:{port}/api/v1/query?query=' + urllib.request.quote(text)
    with urllib.request.urlopen(url, timeout=TIME_LIMIT) as reply:
        return {frozenset(one['metric'].items()): float(one['value'][1])
                for one in json.load(reply)['data']['result']}


@case('/http/clients/prometheus')
def prometheus(home):
    program = os.environ.get('PROMETHEUS')
    if not program:
        raise Skip('prometheus is not installed')
    home.claude_log().write_bytes(claude_line(1, time=today(), input_tokens=10, output_tokens=1000))
    port = free_port()
    with serving(home) as server, tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, 'prometheus.yml')
        with open(config, 'w') as file:
            json.dump({'global': {'scrape_interval': '1s'}, 'scrape_configs': [
                {'job_name': 'tokenfare',
                 'static_configs': [{'targets': [f'127.0.0.1:{server.port}']}]}]}, file)
        with open(os.path.join(folder, 'log'), 'w') as log:
            running = subprocess.Popen([program, f'--config.file={config}',
                                        f'--storage.tsdb.path={folder}/data',
                                        f'--web.listen-address=127.0.0.1:{port}'],
                                       env=home.env(), stdout=log, stderr=log)
        try:
            end, up = time.monotonic() + TIME_LIMIT, {}
            while list(up.values()) != [1.0]:
                assert time.monotonic() < end, f'never scraped: {up}'
                time.sleep(0.3)
                try:
                    up = query(port, 'up')
                except OSError:
                    pass
            equal(list(query(port, 'sum(tokenfare_tokens_total)').values()), [1010], 'tokens')
            equal(list(query(port, 'sum(tokenfare_today_cost_usd)').values()),
                  [server.get('/api/usage')['by_tool']['claude']['cost']], 'cost')
        finally:
            running.terminate()
            running.wait()


if __name__ == '__main__':
    run_cases()
