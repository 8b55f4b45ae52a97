/* fare-http-metrics.c
 *
 * A model without price has no sample of cost: 0 would be one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-http-metrics.h"

#include "fare-http-ledger.h"

typedef gint64 (*CountFunc) (const FareSums *sums);

static void
append_head (GString    *text,
             const char *name,
             const char *type,
             const char *unit,
             const char *help)
{
  g_string_append_printf (text, "# TYPE %s %s\n", name, type);
  if (unit != NULL)
    g_string_append_printf (text, "# UNIT %s %s\n", name, unit);
  g_string_append_printf (text, "# HELP %s %s\n", name, help);
}

/* ,NAME="VALUE" */
static void
append_label (GString    *text,
              const char *separator,
              const char *name,
              const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_printf (text, "%s%s=\"", separator, name);
  for (const char *p = valid; *p != '\0'; p++)
    {
      if (*p == '\\' || *p == '"')
        g_string_append_c (text, '\\');
      if (*p == '\n')
        g_string_append (text, "\\n");
      else
        g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

/* NAME{client="",provider="",model=""…, open for more. */
static void
append_entry (GString             *text,
              const char          *name,
              const FareHttpEntry *entry)
{
  g_string_append (text, name);
  append_label (text, "{", "client", entry->tool);
  append_label (text, ",", "provider", entry->model->provider);
  append_label (text, ",", "model", entry->model->name);
}

static void
append_count (GString             *text,
              const char          *name,
              const FareHttpEntry *entry,
              const char          *kind,
              gint64               count)
{
  append_entry (text, name, entry);
  if (kind != NULL)
    append_label (text, ",", "kind", kind);
  g_string_append_printf (text, "} %" G_GINT64_FORMAT "\n", count);
}

static void
append_tokens (GString    *text,
               const char *name,
               GPtrArray  *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const FareHttpEntry *entry = entries->pdata[i];
      const FareUsage *usage = &entry->sums.usage;

      append_count (text, name, entry, "input", usage->input);
      append_count (text, name, entry, "cache_read", usage->cache_read);
      append_count (text, name, entry, "cache_write_5m", usage->cache_write_5m);
      append_count (text, name, entry, "cache_write_1h", usage->cache_write_1h);
      append_count (text, name, entry, "output", usage->output);
    }
}

static void
append_costs (GString    *text,
              const char *name,
              GPtrArray  *entries)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < entries->len; i++)
    {
      const FareHttpEntry *entry = entries->pdata[i];

      if (!entry->sums.has_price)
        continue;

      append_entry (text, name, entry);
      g_string_append_printf (text, "} %s\n",
                              g_ascii_dtostr (number, sizeof number, entry->sums.cost));
    }
}

static gint64
get_messages (const FareSums *sums)
{
  return sums->messages;
}

static gint64
get_unpriced (const FareSums *sums)
{
  return sums->unpriced_tokens;
}

static void
append_counts (GString    *text,
               const char *name,
               GPtrArray  *entries,
               CountFunc   func)
{
  for (guint i = 0; i < entries->len; i++)
    append_count (text, name, entries->pdata[i], NULL,
                  func (&((FareHttpEntry *) entries->pdata[i])->sums));
}

static void
append_total (GString   *text,
              GPtrArray *entries)
{
  append_head (text, "tokenfare_tokens", "counter", NULL,
               "Tokens in the index, reasoning inside output.");
  append_tokens (text, "tokenfare_tokens_total", entries);
  append_head (text, "tokenfare_messages", "counter", NULL, "Responses in the index.");
  append_counts (text, "tokenfare_messages_total", entries, get_messages);
  append_head (text, "tokenfare_cost_usd", "gauge", "usd",
               "Cost of all that has a price, at the prices of their time.");
  append_costs (text, "tokenfare_cost_usd", entries);
  append_head (text, "tokenfare_unpriced_tokens", "gauge", "tokens",
               "Tokens that no price is known for and that are in no cost.");
  append_counts (text, "tokenfare_unpriced_tokens", entries, get_unpriced);
}

static void
append_today (GString   *text,
              GPtrArray *entries)
{
  append_head (text, "tokenfare_today_tokens", "gauge", "tokens", "Tokens of this local day.");
  append_tokens (text, "tokenfare_today_tokens", entries);
  append_head (text, "tokenfare_today_messages", "gauge", "messages",
               "Responses of this local day.");
  append_counts (text, "tokenfare_today_messages", entries, get_messages);
  append_head (text, "tokenfare_today_cost_usd", "gauge", "usd",
               "Cost of this local day, of all that has a price.");
  append_costs (text, "tokenfare_today_cost_usd", entries);
  append_head (text, "tokenfare_today_unpriced_tokens", "gauge", "tokens",
               "Tokens of this local day that no price is known for.");
  append_counts (text, "tokenfare_today_unpriced_tokens", entries, get_unpriced);
}

static void
append_state (GString                *text,
              const FareHttpQuestion *question)
{
  gint64 last_ms = fare_index_reader_get_last_scan (question->reader);
  FareProgress progress;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  append_head (text, "tokenfare_last_scan_timestamp_seconds", "gauge", "seconds",
               "When the logs were last read completely.");
  if (last_ms > 0)
    g_string_append_printf (text, "tokenfare_last_scan_timestamp_seconds %s\n",
                            g_ascii_formatd (number, sizeof number, "%.3f", last_ms / 1000.0));
  append_head (text, "tokenfare_scan_running", "gauge", NULL, "Whether logs are being read.");
  g_string_append_printf (text, "tokenfare_scan_running %d\n",
                          fare_meter_get_progress (question->meter, &progress));
  append_head (text, "tokenfare_build", "info", NULL, "The program.");
  g_string_append (text, "tokenfare_build_info{version=\"" FARE_VERSION "\"} 1\n# EOF\n");
}

char *
fare_http_metrics_text (FareHttpQuestion  *question,
                        GError           **error)
{
  FareDay day = fare_http_request_get_today (question->request);
  FareQuery all = { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = question->request->zone };
  FareQuery today = fare_http_question_get_query (question, (FareRange) { day, day + 1 });
  g_autoptr(GPtrArray) total_entries = NULL;
  g_autoptr(GPtrArray) today_entries = NULL;
  GString *text;

  /* Half of them narrowed to a machine would be wrong, and a counter that changes its sense is no use. */
  today.machines = NULL;
  total_entries = fare_http_ledger_new (question, &all, FARE_HTTP_SPLIT_NONE, error);
  today_entries = total_entries != NULL
                      ? fare_http_ledger_new (question, &today, FARE_HTTP_SPLIT_NONE, error) : NULL;
  if (today_entries == NULL)
    return NULL;

  text = g_string_sized_new (16 * 1024);
  append_total (text, total_entries);
  append_today (text, today_entries);
  append_state (text, question);
  return g_string_free (text, FALSE);
}
