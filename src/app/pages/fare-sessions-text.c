/* fare-sessions-text.c
 *
 * Words and figures of the table of sessions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "accounting/fare-active-time.h"
#include "accounting/fare-sums.h"
#include "base/fare-csv.h"
#include "base/fare-text.h"
#include "pages/fare-sessions-text.h"

const char *
fare_sessions_text_column (FareSessionColumn column)
{
  static const char * const titles[FARE_SESSION_N_COLUMNS] = {
    N_("Session"), N_("Tool"), N_("Models"), N_("Input"), N_("Cache"), N_("Hit"), N_("Output"),
    N_("Total"), N_("Cost"), N_("Active (est.)"), N_("Last Activity")
  };

  g_return_val_if_fail (column < FARE_SESSION_N_COLUMNS, NULL);

  return _(titles[column]);
}

char *
fare_sessions_text_money (const FareSessionsLook *look,
                          const FareSums         *sums)
{
  /* No price is a state of its own, and not an amount to hide. */
  if (look->hide_amounts && fare_sums_has_cost (sums))
    return g_strdup (FARE_TEXT_HIDDEN);

  return fare_sums_cost_to_text (sums);
}

void
fare_sessions_text_moment (const FareSessionsLook  *look,
                           gint64                   time_ms,
                           char                   **day_text,
                           char                   **clock)
{
  FareDay day;

  if (time_ms <= 0 || look->zone == NULL)
    {
      *day_text = g_strdup ("");
      *clock = g_strdup ("");
      return;
    }

  day = fare_day_of (look->zone, time_ms);
  *clock = fare_text_clock (time_ms, look->zone);
  *day_text = day == look->today ? g_strdup (_("Today"))
              : day == look->today - 1 ? g_strdup (_("Yesterday"))
              : fare_text_day (day, look->today);
}

char *
fare_sessions_text_time (const FareSessionsLook *look,
                         gint64                  time_ms)
{
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  fare_sessions_text_moment (look, time_ms, &day, &clock);

  /* Translators: a day and a time of that day, as in “4 Mar, 14:32” */
  return *clock != '\0' ? g_strdup_printf (C_("day and time", "%s, %s"), day, clock)
                        : g_strdup ("");
}

static char *
get_duration (gint64 active_ms)
{
  return active_ms < 0 ? g_strdup ("") : fare_active_time_to_text (active_ms);
}

/* The model that most tokens went to; names cut in the middle say less than one of them. */
static char *
get_models (FareSessionItem *item)
{
  const FareSessionRow *row = fare_session_item_get_figures (item)->row;
  g_auto(GStrv) names = NULL;
  guint n;

  if (row == NULL || row->models == NULL)
    return g_strdup ("");

  names = g_strsplit (row->models, ", ", -1);
  n = g_strv_length (names);

  /* Translators: a model, and how many others there are, as in “gpt-5.4 +2” */
  return n > 1 ? g_strdup_printf (C_("models", "%s +%u"), names[0], n - 1) : g_strdup (row->models);
}

static char *
get_text (FareSessionItem   *item,
          FareSessionColumn  column)
{
  const FareSessionFigures *figures = fare_session_item_get_figures (item);

  if (column == FARE_SESSION_TITLE || figures->row != NULL)
    return g_strdup (fare_session_item_get_text (item, column));

  return g_strdup ("");
}

char *
fare_sessions_text_cell (const FareSessionsLook *look,
                         FareSessionItem        *item,
                         FareSessionColumn       column)
{
  const FareSessionFigures *figures = fare_session_item_get_figures (item);
  const FareUsage *usage = &figures->sums.usage;

  switch (column)
    {
    case FARE_SESSION_MODELS:
      return get_models (item);

    case FARE_SESSION_INPUT:
      return fare_text_tokens (usage->input);

    case FARE_SESSION_CACHE:
      return fare_text_tokens (fare_usage_prompt (usage) - usage->input);

    case FARE_SESSION_HIT:
      return fare_text_percent (fare_usage_hit_rate (usage));

    case FARE_SESSION_OUTPUT:
      return fare_text_tokens (usage->output);

    case FARE_SESSION_TOTAL:
      return fare_text_tokens (fare_usage_total (usage));

    case FARE_SESSION_COST:
      return fare_sessions_text_money (look, &figures->sums);

    case FARE_SESSION_ACTIVE:
      return get_duration (figures->active_ms);

    case FARE_SESSION_LAST:
      return fare_sessions_text_time (look, figures->last_ms);

    default:
      return get_text (item, column);
    }
}

/* What the line says in figures too long for a column. */
static char *
describe_cost (const FareSessionsLook *look,
               FareSessionItem        *item)
{
  const FareSessionFigures *figures = fare_session_item_get_figures (item);
  g_autofree char *missing = fare_sums_unpriced_to_text (&figures->sums);
  g_autofree char *own = NULL;
  GString *text = g_string_new (_("Estimated: the tokens of every response at the price of its day"));

  if (missing != NULL)
    g_string_append_printf (text, "\n%s", missing);

  if (figures->n_helpers > 0 && figures->row != NULL)
    {
      g_autofree char *line = NULL;

      own = fare_sessions_text_money (look, &figures->row->sums);
      line = g_strdup_printf (ngettext ("With %u helper agent; %s without it",
                                        "With %u helper agents; %s without them",
                                        figures->n_helpers),
                              figures->n_helpers, own);
      g_string_append_printf (text, "\n%s", line);
    }

  return g_string_free (text, FALSE);
}

static char *
describe_cache (const FareUsage *usage)
{
  g_autofree char *read = fare_text_count (usage->cache_read);
  g_autofree char *write = fare_text_count (usage->cache_write_5m + usage->cache_write_1h);

  return g_strdup_printf (_("Read from the cache: %s tokens\nWritten to the cache: %s tokens"),
                          read, write);
}

static char *
describe_session (const FareSessionsLook *look,
                  FareSessionItem        *item)
{
  const FareSessionFigures *figures = fare_session_item_get_figures (item);
  const FareSessionRow *row = figures->row;
  g_autofree char *subtitle = fare_sessions_text_subtitle (look, item, FALSE);

  if (row == NULL)
    return g_strdup_printf ("%s\n%s", figures->title, subtitle);

  return g_strdup_printf ("%s\n%s\n%s", row->title, subtitle, row->uid);
}

char *
fare_sessions_text_tooltip (const FareSessionsLook *look,
                            FareSessionItem        *item,
                            FareSessionColumn       column)
{
  const FareSessionFigures *figures = fare_session_item_get_figures (item);
  const FareUsage *usage = &figures->sums.usage;
  g_autofree char *count = NULL;

  switch (column)
    {
    case FARE_SESSION_TITLE:
      return describe_session (look, item);

    case FARE_SESSION_MODELS:
      return get_text (item, column);

    case FARE_SESSION_INPUT:
      count = fare_text_count (usage->input);
      return g_strdup_printf (_("Input: %s tokens"), count);

    case FARE_SESSION_CACHE:
    case FARE_SESSION_HIT:
      return describe_cache (usage);

    case FARE_SESSION_OUTPUT:
      count = fare_text_count (usage->output);
      return g_strdup_printf (_("Output: %s tokens"), count);

    case FARE_SESSION_TOTAL:
      count = fare_text_count (fare_usage_total (usage));
      return g_strdup_printf (_("Total: %s tokens"), count);

    case FARE_SESSION_COST:
      return describe_cost (look, item);

    case FARE_SESSION_ACTIVE:
      return g_strdup (_("Estimated from the times of the responses; "
                         "pauses count for five minutes at most"));

    default:
      return NULL;
    }
}

static void
append (GString    *text,
        const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

char *
fare_sessions_text_subtitle (const FareSessionsLook *look,
                             FareSessionItem        *item,
                             gboolean                is_narrow)
{
  const FareSessionFigures *figures = fare_session_item_get_figures (item);
  const FareSessionRow *row = figures->row;
  GString *text = g_string_new (NULL);

  if (row == NULL)
    {
      g_autofree char *count = fare_sessions_text_count (figures->n_sessions);

      append (text, count);
      append (text, figures->subtitle);

      return g_string_free (text, FALSE);
    }

  if (row->is_review)
    append (text, _("Review"));
  else if (row->is_helper)
    append (text, _("Helper agent"));

  if (is_narrow)
    {
      g_autofree char *time = fare_sessions_text_time (look, figures->last_ms);
      g_autofree char *tokens = fare_text_tokens (fare_usage_total (&figures->sums.usage));

      append (text, fare_text_client (row->client));
      append (text, time);
      append (text, tokens);
    }
  else
    {
      g_autofree char *project = fare_text_project (row->project);

      append (text, project);
      append (text, row->branch);
    }

  if (figures->n_helpers > 0)
    {
      g_autofree char *helpers = g_strdup_printf (ngettext ("%u helper", "%u helpers",
                                                            figures->n_helpers),
                                                  figures->n_helpers);

      append (text, helpers);
    }

  return g_string_free (text, FALSE);
}

char *
fare_sessions_text_count (guint n_sessions)
{
  g_autofree char *count = fare_text_count (n_sessions);

  return g_strdup_printf (ngettext ("%s session", "%s sessions", n_sessions), count);
}

char *
fare_sessions_text_total (const FareSessionsLook *look,
                          const FareSessionTotal *total)
{
  g_autofree char *count = fare_sessions_text_count (total->n_sessions);
  g_autofree char *tokens = fare_text_tokens (fare_usage_total (&total->sums.usage));
  g_autofree char *money = fare_sessions_text_money (look, &total->sums);
  g_autofree char *missing = fare_sums_unpriced_to_text (&total->sums);
  /* Translators: “12 sessions · 51.3M tokens · $46.70 estimated” */
  g_autofree char *text = g_strdup_printf (_("%s · %s tokens · %s estimated"), count, tokens, money);

  return missing != NULL && total->sums.has_price ? g_strdup_printf ("%s + %s", text, missing)
                                                  : g_steal_pointer (&text);
}

char *
fare_sessions_text_hidden (const FareSessionsLook *look,
                           const FareSessionTotal *total)
{
  g_autofree char *money = NULL;

  if (total->n_hidden == 0)
    return NULL;

  money = fare_sessions_text_money (look, &total->hidden);

  /* Translators: the second placeholder is what they cost */
  return g_strdup_printf (ngettext ("%u review session hidden (%s)",
                                    "%u review sessions hidden (%s)", total->n_hidden),
                          total->n_hidden, money);
}

char *
fare_sessions_text_csv (FareSessionItem *item)
{
  const FareSessionFigures *figures = fare_session_item_get_figures (item);
  const FareSessionRow *row = figures->row;
  const FareUsage *usage = &figures->sums.usage;
  g_auto(FareCsv) csv = { NULL };
  char cost[G_ASCII_DTOSTR_BUF_SIZE] = "";
  g_autoptr(GDateTime) time = NULL;
  g_autofree char *stamp = NULL;

  g_return_val_if_fail (row != NULL, NULL);

  time = g_date_time_new_from_unix_utc (figures->last_ms / 1000);
  stamp = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  if (figures->sums.has_price)
    g_ascii_formatd (cost, sizeof cost, "%.6f", figures->sums.cost);

  fare_csv_add_string (&csv, row->client);
  fare_csv_add_string (&csv, row->uid);
  fare_csv_add_string (&csv, row->title);
  fare_csv_add_string (&csv, row->project);
  fare_csv_add_string (&csv, row->branch);
  fare_csv_add_string (&csv, row->models);
  fare_csv_add_int (&csv, usage->input);
  fare_csv_add_int (&csv, usage->cache_read);
  fare_csv_add_int (&csv, usage->cache_write_5m);
  fare_csv_add_int (&csv, usage->cache_write_1h);
  fare_csv_add_int (&csv, usage->output);
  fare_csv_add_int (&csv, fare_usage_total (usage));
  fare_csv_add_string (&csv, cost);
  fare_csv_add_int (&csv, figures->sums.unpriced_tokens);
  fare_csv_add_string (&csv, stamp);

  return fare_csv_end (&csv);
}
