/* fare-command-whatif.c
 *
 * tokenfare whatif: the same tokens at another model's prices.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "accounting/fare-sums.h"
#include "accounting/fare-what-if.h"
#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-filter.h"
#include "fare-money.h"
#include "fare-view.h"

typedef struct
{
  const FareFilter *filter;
  const char       *model;
  gboolean          json;
} Request;

static void
write_cost (FareJsonWriter *json,
            const char     *name,
            const FareSums *sums)
{
  fare_json_writer_add_double (json, name, fare_sums_has_cost (sums) ? sums->cost : NAN);
}

static void
write_sums (FareJsonWriter       *json,
            const FareWhatIfSums *sums)
{
  gboolean is_comparable = sums->compared_tokens > 0 || sums->left_out_tokens == 0;

  fare_json_writer_add_int (json, "total", fare_usage_total (&sums->now.usage));
  write_cost (json, "cost", &sums->now);
  fare_json_writer_add_int (json, "unpriced_tokens", sums->now.unpriced_tokens);
  write_cost (json, "cost_then", &sums->then);
  fare_json_writer_add_int (json, "unpriced_tokens_then", sums->then.unpriced_tokens);
  fare_json_writer_add_int (json, "compared_tokens", sums->compared_tokens);
  fare_json_writer_add_int (json, "left_out_tokens", sums->left_out_tokens);
  fare_json_writer_add_double (json, "difference",
                               is_comparable ? fare_what_if_sums_get_difference (sums) : NAN);
}

static void
write_day (FareJsonWriter *json,
           const char     *name,
           gboolean        is_known,
           FareDay         day)
{
  g_autofree char *text = is_known ? fare_day_to_string (day) : NULL;

  fare_json_writer_add_string (json, name, text);
}

static void
print_json (const FareFilter *filter,
            gboolean          has_days,
            const FareWhatIf *answer)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "period", filter->id);
  write_day (json, "from", has_days, filter->range.first);
  write_day (json, "to", has_days, filter->range.end - 1);
  fare_json_writer_add_string (json, "timezone", fare_figures_get_zone_name (filter->now.zone));
  fare_json_writer_add_string (json, "as",
                               fare_price_entry_get_id (fare_what_if_get_entry (answer)));

  fare_json_writer_begin_array (json, "rows");
  for (guint i = 0; i < fare_what_if_get_n_rows (answer); i++)
    {
      const FareWhatIfRow *row = fare_what_if_get_row (answer, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "provider", row->provider);
      fare_json_writer_add_string (json, "model", row->model);
      write_sums (json, &row->sums);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);

  fare_json_writer_begin_object (json, "total");
  write_sums (json, fare_what_if_get_total (answer));
  fare_json_writer_end_object (json);
  fare_json_writer_end_object (json);
}

static char *
format_difference (const FareWhatIfSums *sums)
{
  double difference = fare_what_if_sums_get_difference (sums);
  g_autofree char *money = fare_text_money (difference);

  if (sums->compared_tokens == 0)
    return g_strdup (_("no price"));

  /* Less than a cent has a sign of its own. */
  return difference >= 0.005 ? g_strconcat ("+", money, NULL) : g_steal_pointer (&money);
}

static void
add_row (FareTable            *table,
         FareStyle             style,
         const char           *title,
         const FareWhatIfSums *sums)
{
  fare_table_add_cell (table, style, title);
  fare_table_take_cell (table, style, fare_text_tokens (fare_usage_total (&sums->now.usage)));
  fare_table_take_cell (table, style, fare_sums_cost_to_text (&sums->now));
  fare_table_take_cell (table, style, fare_sums_cost_to_text (&sums->then));
  fare_table_take_cell (table, style, format_difference (sums));
}

static void
print_table (const FareFilter *filter,
             const FareWhatIf *answer)
{
  const FareWhatIfSums *total = fare_what_if_get_total (answer);
  const char *other = fare_price_entry_get_name (fare_what_if_get_entry (answer));
  g_autofree char *title = fare_period_to_title (filter->period, filter->range, &filter->now);
  g_autofree char *heading = g_strdup_printf (_("As %s"), other);
  g_autoptr(FareTable) table = fare_table_new ();

  fare_print_styled (FARE_STYLE_BOLD, title);
  fare_print ("\n\n");
  fare_table_add_column (table, _("Model"), FARE_COLUMN_TEXT, 0);
  fare_table_add_column (table, _("Tokens"), FARE_COLUMN_NUMBER, 1);
  fare_table_add_column (table, _("Now"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, heading, FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Difference"), FARE_COLUMN_NUMBER, 0);
  for (guint i = 0; i < fare_what_if_get_n_rows (answer); i++)
    {
      const FareWhatIfRow *row = fare_what_if_get_row (answer, i);

      add_row (table, FARE_STYLE_PLAIN, row->model, &row->sums);
    }
  fare_table_add_rule (table);
  add_row (table, FARE_STYLE_BOLD, _("Total"), total);
  fare_table_print (table);

  if (total->left_out_tokens > 0)
    {
      g_autofree char *tokens = fare_text_tokens (total->left_out_tokens);

      fare_print ("\n");
      fare_print (ngettext ("The difference leaves out %s token that has no price on one side.",
                            "The difference leaves out %s tokens that have no price on one side.",
                            (gulong) MIN (total->left_out_tokens, G_MAXINT32)),
                  tokens);
      fare_print ("\n");
    }
}

static gboolean
reprice (FareView  *view,
         gpointer   user_data,
         GError   **error)
{
  const Request *request = user_data;
  FareFilter filter = *request->filter;
  gboolean has_days = fare_filter_narrow (&filter, view->reader);
  g_autoptr(FareWhatIf) answer = fare_what_if_new (view->reader, view->prices, &filter.query,
                                                   request->model, NULL, error);

  if (answer == NULL)
    return FALSE;

  if (request->json)
    print_json (&filter, has_days, answer);
  else if (fare_what_if_get_n_rows (answer) == 0)
    fare_view_explain_empty (view);
  else
    {
      fare_money_begin (view, filter.range.end - 1, &filter.now);
      print_table (&filter, answer);
    }

  return TRUE;
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  g_autofree char *model = NULL;
  gboolean json = FALSE;
  g_auto(FareFilterOptions) options = { 0 };
  g_auto(FareFilter) filter = { 0 };
  g_auto(GStrv) rest = NULL;
  g_autoptr(GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  const GOptionEntry own[] = {
    { "as", 0, 0, G_OPTION_ARG_FILENAME, &model, N_("The other model"), N_("MODEL") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
  };
  Request request = { .filter = &filter };
  FareExit status;

  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
  fare_filter_append_options (entries, &options);
  if (!fare_command_parse (self, (const GOptionEntry *) (gpointer) entries->data, args, &rest,
                           &status))
    return status;

  if (model == NULL)
    return fare_command_misused (self, _("Name the other model: --as MODEL."));
  if (!fare_filter_init (&filter, self, &options, (const char * const *) rest, FARE_PERIOD_TODAY,
                         &status))
    return status;

  request.model = model;
  request.json = json;
  return fare_view_ask (reprice, &request);
}

const FareCommand fare_command_whatif = {
  .name = "whatif",
  .summary = N_("Show what the same tokens would have cost with another model"),
  .usage = N_("[PERIOD] --as MODEL"),
  .details = N_("The other model is given the same tokens; whether it would have needed as many, "
                "nobody knows."),
  .notes = fare_filter_notes_today,
  .run = run,
};
