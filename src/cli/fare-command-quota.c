/* fare-command-quota.c
 *
 * tokenfare quota: usage limits of providers, as far as they are known on this computer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-limits.h"
#include "base/fare-text.h"
#include "fare-json-writer.h"
#include "fare-table.h"
#include "fare-view.h"
#include "index/fare-index-limits.h"

static void
write_limit (FareJsonWriter  *json,
             const FareLimit *limit)
{
  g_autofree char *window = fare_limit_to_id (limit);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "client", limit->client);
  fare_json_writer_add_string (json, "window", window);
  fare_json_writer_add_int (json, "minutes", limit->minutes);
  fare_json_writer_add_double (json, "used", limit->used);
  fare_json_writer_add_time_or_null (json, "resets_at", MAX (limit->resets_ms, 0));
  fare_json_writer_add_time (json, "seen_at", limit->seen_ms);
  fare_json_writer_add_boolean (json, "stale", limit->is_stale);
  fare_json_writer_end_object (json);
}

static void
print_json (GPtrArray *limits)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_begin_array (json, "limits");
  for (guint i = 0; i < limits->len; i++)
    write_limit (json, limits->pdata[i]);
  fare_json_writer_end_array (json);
  fare_json_writer_end_object (json);
}

/* The day stands in front of the time where it is another than today. */
static char *
format_moment (gint64         time_ms,
               const FareNow *now)
{
  FareDay day = fare_day_of (now->zone, time_ms);
  FareDay today = fare_day_of (now->zone, now->now_ms);
  g_autofree char *clock = fare_text_clock (time_ms, now->zone);
  g_autofree char *date = NULL;

  if (day == today)
    return g_steal_pointer (&clock);
  date = fare_text_day (day, today);

  return g_strdup_printf ("%s %s", date, clock);
}

static void
add_row (FareTable       *table,
         const FareLimit *limit,
         const FareNow   *now)
{
  FareStyle style = limit->is_stale ? FARE_STYLE_DIM : FARE_STYLE_PLAIN;
  g_autofree char *countdown = fare_limit_to_countdown (limit, now->now_ms);
  g_autofree char *when = NULL;

  fare_table_add_cell (table, style, fare_text_client (limit->client));
  fare_table_take_cell (table, style, fare_limit_to_label (limit));
  fare_table_take_cell (table, style, limit->is_stale ? g_strdup (_("–"))
                                                      : fare_text_percent (limit->used));
  if (limit->resets_ms > 0)
    when = format_moment (limit->resets_ms, now);
  if (limit->is_stale)
    fare_table_add_cell (table, style, _("has begun anew, waiting for new data"));
  else if (when != NULL)
    /* Translators: a moment, and the time until then: “14:40 (in 2h 11m)” */
    fare_table_take_cell (table, style, g_strdup_printf (_("%s (in %s)"), when, countdown));
  else
    fare_table_add_cell (table, style, _("–"));
  fare_table_take_cell (table, style, format_moment (limit->seen_ms, now));
}

static void
print_text (GPtrArray *limits)
{
  g_autoptr(FareTable) table = fare_table_new ();
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  FareNow now = { g_get_real_time () / 1000, zone };

  if (limits->len == 0)
    {
      fare_print ("%s\n", _("No usage limits are known. Codex writes them into its logs; Claude Code "
                            "tells them to “tokenfare statusline”."));
      return;
    }

  fare_table_add_column (table, _("Tool"), FARE_COLUMN_TEXT, 0);
  fare_table_add_column (table, _("Window"), FARE_COLUMN_WORD, 0);
  fare_table_add_column (table, _("Used"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Resets"), FARE_COLUMN_TEXT, 0);
  fare_table_add_column (table, _("As of"), FARE_COLUMN_WORD, 1);
  for (guint i = 0; i < limits->len; i++)
    add_row (table, limits->pdata[i], &now);
  fare_table_print (table);
}

static gboolean
show_limits (FareView  *view,
             gpointer   user_data,
             GError   **error)
{
  const gboolean *json = user_data;
  gint64 logged_ms = 0;
  g_autofree char *logged = fare_index_reader_dup_limits (view->reader, "codex", &logged_ms);
  g_autoptr(GPtrArray) limits = fare_limits_load (logged, logged_ms,
                                                  fare_meter_get_paths (view->meter),
                                                  g_get_real_time () / 1000);

  if (*json)
    print_json (limits);
  else
    print_text (limits);

  return TRUE;
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  gboolean json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto(GStrv) rest = NULL;
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;
  if (rest[0] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), rest[0]);

  return fare_view_ask (show_limits, &json);
}

const FareCommand fare_command_quota = {
  .name = "quota",
  .summary = N_("Show how much of the providers’ usage limits is used"),
  .details = N_("Nobody is asked: Codex writes its limits into its logs, and Claude Code tells them "
                "to “tokenfare statusline”. What is older than the window’s end is marked."),
  .run = run,
};
