/* fare-command-budget.c
 *
 * tokenfare budget: how much of the budgets for day, week and month is used.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-budget.h"
#include "base/fare-settings.h"
#include "base/fare-text.h"
#include "fare-json-writer.h"
#include "fare-money.h"
#include "fare-table.h"

typedef struct
{
  gboolean json;
  gboolean check;
  gboolean is_over; /* any of them */
} Request;

static void
write_budget (FareJsonWriter   *json,
              const FareBudget *budget)
{
  g_autofree char *from = fare_day_to_string (budget->range.first);
  g_autofree char *to = fare_day_to_string (budget->range.end - 1);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "period", fare_budget_period_to_id (budget->period));
  fare_json_writer_add_string (json, "from", from);
  fare_json_writer_add_string (json, "to", to);
  fare_json_writer_add_double (json, "limit", budget->limit);
  fare_json_writer_add_double (json, "spent", budget->spent);
  fare_json_writer_add_double (json, "share", budget->share);
  fare_json_writer_add_int (json, "unpriced_tokens", budget->unpriced_tokens);
  fare_json_writer_add_boolean (json, "over", budget->is_over);
  fare_json_writer_end_object (json);
}

static void
print_json (GArray  *budgets,
            guint    warn_percent,
            gboolean is_over)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_boolean (json, "over", is_over);
  fare_json_writer_add_int (json, "warn_percent", warn_percent);
  fare_json_writer_begin_array (json, "budgets");
  for (guint i = 0; i < budgets->len; i++)
    write_budget (json, &g_array_index (budgets, FareBudget, i));
  fare_json_writer_end_array (json);
  fare_json_writer_end_object (json);
}

static const char *
get_title (FareBudgetPeriod period)
{
  static const char * const titles[] = { N_("Today"), N_("This week"), N_("This month") };

  return _(titles[period]);
}

static const char *
get_state (const FareBudget *budget,
           guint             warn_percent)
{
  if (budget->is_over)
    return _("over");

  return budget->share * 100 >= warn_percent ? _("nearly used") : "";
}

static void
add_row (FareTable        *table,
         const FareBudget *budget,
         guint             warn_percent)
{
  gboolean is_near = budget->share * 100 >= warn_percent;
  FareStyle style = is_near ? FARE_STYLE_WARNING : FARE_STYLE_PLAIN;

  fare_table_add_cell (table, FARE_STYLE_PLAIN, get_title (budget->period));
  fare_table_take_cell (table, style, fare_text_money (budget->spent));
  fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_money (budget->limit));
  fare_table_take_cell (table, style, fare_text_percent (budget->share));
  fare_table_add_cell (table, style, get_state (budget, warn_percent));
  fare_table_take_cell (table, FARE_STYLE_PLAIN,
                        budget->unpriced_tokens > 0 ? fare_text_tokens (budget->unpriced_tokens)
                                                    : g_strdup (""));
}

static gboolean
has_unpriced (GArray *budgets)
{
  for (guint i = 0; i < budgets->len; i++)
    if (g_array_index (budgets, FareBudget, i).unpriced_tokens > 0)
      return TRUE;

  return FALSE;
}

static void
print_text (GArray *budgets,
            guint   warn_percent)
{
  g_autoptr(FareTable) table = fare_table_new ();

  if (budgets->len == 0)
    {
      fare_print ("%s\n", _("There is no budget. Set one in the window’s preferences."));
      return;
    }

  fare_table_add_column (table, _("Budget"), FARE_COLUMN_TEXT, 0);
  fare_table_add_column (table, _("Spent"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Limit"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Used"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, "", FARE_COLUMN_WORD, 0);
  fare_table_add_column (table, has_unpriced (budgets) ? _("Without price") : "",
                         FARE_COLUMN_NUMBER, 0);
  for (guint i = 0; i < budgets->len; i++)
    add_row (table, &g_array_index (budgets, FareBudget, i), warn_percent);
  fare_table_print (table);
}

static gboolean
read_budgets (FareView       *view,
              FareSettings   *settings,
              const FareNow  *now,
              GArray         *budgets,
              GError        **error)
{
  static const char * const keys[] = { "budget-day", "budget-week", "budget-month" };

  G_STATIC_ASSERT (G_N_ELEMENTS (keys) == FARE_N_BUDGETS);

  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    {
      FareBudget budget = { 0 };

      if (!fare_budget_read (&budget, i, now, fare_settings_get_double (settings, keys[i], 0),
                             view->reader, view->prices, error))
        return FALSE;
      if (budget.limit > 0)
        g_array_append_val (budgets, budget);
    }

  return TRUE;
}

static gboolean
show_budgets (FareView  *view,
              gpointer   user_data,
              GError   **error)
{
  Request *request = user_data;
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  FareNow now = { g_get_real_time () / 1000, zone };
  g_autoptr(FareSettings) settings = fare_settings_load (fare_meter_get_paths (view->meter));
  guint warn_percent = CLAMP (fare_settings_get_uint (settings, "budget-warn-percent", 80), 1, 100);
  g_autoptr(GArray) budgets = g_array_new (FALSE, FALSE, sizeof (FareBudget));

  if (!read_budgets (view, settings, &now, budgets, error))
    return FALSE;

  for (guint i = 0; i < budgets->len; i++)
    request->is_over |= g_array_index (budgets, FareBudget, i).is_over;
  if (request->json)
    {
      print_json (budgets, warn_percent, request->is_over);
      return TRUE;
    }

  fare_money_begin (view, fare_day_of (zone, now.now_ms), &now);
  print_text (budgets, warn_percent);

  return TRUE;
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  Request request = { 0 };
  const GOptionEntry options[] = {
    { "check", 0, 0, G_OPTION_ARG_NONE, &request.check,
      N_("End with status 1 when a budget is used up"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &request.json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto(GStrv) rest = NULL;
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;
  if (rest[0] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), rest[0]);

  status = fare_view_ask (show_budgets, &request);

  return status == FARE_EXIT_DONE && request.check && request.is_over ? FARE_EXIT_FAILED : status;
}

const FareCommand fare_command_budget = {
  .name = "budget",
  .summary = N_("Show how much of the budgets for day, week and month is used"),
  .details = N_("Tokens without a price are not in what was spent; they stand beside it."),
  .run = run,
};
