/* fare-command-report.c
 *
 * tokenfare report: the sums of a period, split as asked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-report.h"
#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-filter.h"
#include "fare-money.h"
#include "fare-view.h"

typedef enum
{
  OUTPUT_TABLE,
  OUTPUT_JSON,
  OUTPUT_CSV
} Output;

typedef struct
{
  const FareFilter *filter;
  FareGroup         group;
  Output            output;
} Request;

static const struct
{
  const char *name;
  FareGroup   group;
} groups[] = {
  { "day", FARE_GROUP_DAY },         { "week", FARE_GROUP_WEEK },
  { "month", FARE_GROUP_MONTH },     { "hour", FARE_GROUP_HOUR },
  { "client", FARE_GROUP_CLIENT },   { "model", FARE_GROUP_MODEL },
  { "project", FARE_GROUP_PROJECT }, { "branch", FARE_GROUP_BRANCH },
  { "session", FARE_GROUP_SESSION }, { "machine", FARE_GROUP_MACHINE },
};

static gboolean
find_group (const char *name,
            FareGroup  *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i].name, name))
      {
        *group = groups[i].group;
        return TRUE;
      }

  return FALSE;
}

static const char *
get_heading (FareGroup group)
{
  switch (group)
    {
    case FARE_GROUP_CLIENT:
      return _("Tool");
    case FARE_GROUP_MODEL:
      return _("Model");
    case FARE_GROUP_PROJECT:
      return _("Project");
    case FARE_GROUP_BRANCH:
      return _("Branch");
    case FARE_GROUP_SESSION:
      return _("Session");
    case FARE_GROUP_MACHINE:
      return _("Machine");
    case FARE_GROUP_HOUR:
      return _("Hour");
    case FARE_GROUP_WEEK:
      return _("Week from");
    case FARE_GROUP_MONTH:
      return _("Month");
    case FARE_GROUP_DAY:
    case FARE_GROUP_NONE:
    default:
      return _("Day");
    }
}

static void
print_json (const FareFilter *filter,
            gboolean          has_days,
            FareSummary      *summary)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_report_write (json, filter->id, has_days ? &filter->range : NULL, filter->now.zone, summary);
}

/* One table of equal rows: the total is left to whoever reads it. */
static void
print_csv (FareSummary *summary,
           FareGroup    group)
{
  g_auto(FareCsv) csv = { 0 };

  fare_csv_add_string (&csv, "key");
  if (group == FARE_GROUP_MODEL)
    fare_csv_add_string (&csv, "provider");
  if (group == FARE_GROUP_BRANCH || group == FARE_GROUP_SESSION)
    fare_csv_add_string (&csv, "project");
  if (group == FARE_GROUP_SESSION)
    {
      fare_csv_add_string (&csv, "client");
      fare_csv_add_string (&csv, "title");
    }
  fare_figures_add_csv_names (&csv);
  fare_csv_end_row (&csv);

  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);

      fare_csv_add_string (&csv, row->key);
      if (group == FARE_GROUP_MODEL)
        fare_csv_add_string (&csv, row->provider);
      if (group == FARE_GROUP_BRANCH)
        fare_csv_add_string (&csv, row->project);
      if (group == FARE_GROUP_SESSION)
        {
          fare_csv_add_string (&csv, row->session->project);
          fare_csv_add_string (&csv, row->session->client);
          fare_csv_add_string (&csv, row->session->title);
        }
      fare_figures_add_csv_sums (&csv, &row->sums);
      fare_csv_end_row (&csv);
    }
}

static FareTable *
create_table (FareGroup       group,
              const FareSums *total)
{
  FareTable *table = fare_table_new ();

  fare_table_add_column (table, get_heading (group),
                         group == FARE_GROUP_PROJECT ? FARE_COLUMN_PATH : FARE_COLUMN_TEXT, 0);
  if (group == FARE_GROUP_BRANCH)
    fare_table_add_column (table, _("Project"), FARE_COLUMN_PATH, 0);
  if (group == FARE_GROUP_SESSION)
    fare_table_add_column (table, _("Title"), FARE_COLUMN_TEXT, 0);
  fare_figures_add_columns (table, total);

  return table;
}

static void
add_row (FareTable            *table,
         FareGroup             group,
         const FareSummaryRow *row,
         const FareSums       *total)
{
  if (group == FARE_GROUP_PROJECT && row->key[0] != '\0')
    fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_path (row->key));
  else
    fare_table_add_cell (table, FARE_STYLE_PLAIN,
                         group == FARE_GROUP_SESSION ? row->key : row->title);

  if (group == FARE_GROUP_BRANCH)
    fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_path (row->project));
  if (group == FARE_GROUP_SESSION)
    fare_table_add_cell (table, FARE_STYLE_PLAIN, row->session->title);

  fare_figures_add_cells (table, FARE_STYLE_PLAIN, &row->sums, total);
}

static void
print_table (FareView         *view,
             const FareFilter *filter,
             FareSummary      *summary,
             FareGroup         group)
{
  const FareSums *total = fare_summary_get_total (summary);
  g_autofree char *title = fare_period_to_title (filter->period, filter->range, &filter->now);
  g_autofree char *cost = total->messages > 0 ? fare_sums_total_to_text (total)
                                              : g_strdup (_("no use"));
  g_autoptr(FareTable) table = NULL;
  gint64 first, last;

  if (!fare_index_reader_get_span (view->reader, &first, &last))
    {
      fare_view_explain_empty (view);
      return;
    }

  fare_print_styled (FARE_STYLE_BOLD, title);
  fare_print ("  %s\n", cost);
  if (fare_summary_get_n_rows (summary) == 0)
    return;

  fare_print ("\n");
  table = create_table (group, total);
  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    add_row (table, group, fare_summary_get_row (summary, i), total);

  fare_table_add_rule (table);
  fare_table_add_cell (table, FARE_STYLE_BOLD, _("Total"));
  if (group == FARE_GROUP_BRANCH || group == FARE_GROUP_SESSION)
    fare_table_add_cell (table, FARE_STYLE_PLAIN, "");
  fare_figures_add_cells (table, FARE_STYLE_BOLD, total, total);
  fare_table_print (table);
}

static gboolean
report (FareView  *view,
        gpointer   user_data,
        GError   **error)
{
  const Request *request = user_data;
  FareFilter filter = *request->filter;
  gboolean has_days = fare_filter_narrow (&filter, view->reader);
  g_autoptr(FareSummary) summary = fare_summary_new (view->reader, view->prices, &filter.query,
                                                     request->group, error);

  if (summary == NULL)
    return FALSE;

  if (request->output == OUTPUT_JSON)
    print_json (&filter, has_days, summary);
  else if (request->output == OUTPUT_CSV)
    print_csv (summary, request->group);
  else
    {
      fare_money_begin (view, filter.range.end - 1, &filter.now);
      print_table (view, &filter, summary, request->group);
    }

  return TRUE;
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  g_autofree char *by = NULL;
  gboolean json = FALSE, csv = FALSE;
  g_auto(FareFilterOptions) options = { 0 };
  g_auto(FareFilter) filter = { 0 };
  g_auto(GStrv) rest = NULL;
  g_autoptr(GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  const GOptionEntry own[] = {
    { "by", 0, 0, G_OPTION_ARG_FILENAME, &by,
      N_("How to split: day (the default), week, month, hour, client, model, project, branch, "
         "session or machine"),
      N_("GROUP") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_("Print comma-separated values"), NULL },
  };
  Request request = { &filter, FARE_GROUP_DAY, OUTPUT_TABLE };
  FareExit status;

  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
  fare_filter_append_options (entries, &options);
  if (!fare_command_parse (self, (const GOptionEntry *) (gpointer) entries->data, args, &rest,
                           &status))
    return status;

  if (by != NULL && !find_group (by, &request.group))
    return fare_command_misused (self, _("“%s” is no way to split a report."), by);
  if (json && csv)
    return fare_command_misused (self, _("--json and --csv exclude each other."));
  if (!fare_filter_init (&filter, self, &options, (const char * const *) rest, FARE_PERIOD_TODAY,
                         &status))
    return status;

  request.output = json ? OUTPUT_JSON : csv ? OUTPUT_CSV : OUTPUT_TABLE;
  return fare_view_ask (report, &request);
}

const FareCommand fare_command_report = {
  .name = "report",
  .summary = N_("Show what a period cost, split by day, tool, model, project, …"),
  .usage = N_("[PERIOD]"),
  .notes = fare_filter_notes_today,
  .run = run,
};
