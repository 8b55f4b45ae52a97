/* fare-month-report.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-metric.h"
#include "accounting/fare-sums.h"
#include "base/fare-currency.h"
#include "base/fare-text.h"
#include "print/fare-month-report.h"
#include "widgets/fare-palette.h"

/* Rows of a table; the rest is added up. */
#define MAX_ROWS 12

#define MAX_STEPS 4

/* While a report is made. */
typedef struct
{
  FareMonthReport *report;
  FareRange        range;
  gboolean         hide_amounts;
  FareSums         total;
} Maker;

GVariant *
fare_month_report_make_subject (FareDay  first,
                                gboolean hide_amounts)
{
  return g_variant_new ("(ib)", (gint32) first, hide_amounts);
}

static void
row_free (gpointer data)
{
  FareReportRow *row = data;

  for (guint i = 0; i < FARE_REPORT_N_CELLS; i++)
    g_free (row->cells[i]);
  g_free (row);
}

FareMonthReport *
fare_month_report_ref (FareMonthReport *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fare_month_report_unref (FareMonthReport *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < FARE_REPORT_N_FIGURES; i++)
    {
      g_free (self->figures[i].caption);
      g_free (self->figures[i].value);
      g_free (self->figures[i].detail);
    }
  for (guint i = 0; i < FARE_REPORT_N_TABLES; i++)
    {
      g_free (self->tables[i].title);
      g_clear_pointer (&self->tables[i].rows, g_ptr_array_unref);
    }
  g_ptr_array_unref (self->notes);
  g_strfreev (self->names);
  g_strfreev (self->axis_labels);
  g_free (self->title);
  g_free (self->file_name);
  g_free (self->as_of);
  g_free (self->values);
  g_free (self->slots);
  g_free (self);
}

/* No price is a state of its own, and not an amount to hide. */
static char *
write_cost (const Maker    *maker,
            const FareSums *sums)
{
  if (maker->hide_amounts && fare_sums_has_cost (sums))
    return g_strdup (FARE_TEXT_HIDDEN);

  return fare_sums_cost_to_text (sums);
}

static void
add_row (const Maker    *maker,
         GPtrArray      *rows,
         char           *title,
         const FareSums *sums)
{
  FareReportRow *row = g_new0 (FareReportRow, 1);
  double share = maker->total.cost > 0.0 && fare_sums_has_cost (sums) ? sums->cost / maker->total.cost
                                                                      : -1.0;

  row->cells[0] = title;
  row->cells[1] = fare_text_count (sums->messages);
  row->cells[2] = fare_text_tokens (fare_usage_total (&sums->usage));
  row->cells[3] = write_cost (maker, sums);
  row->cells[4] = fare_text_percent (share);
  g_ptr_array_add (rows, row);
}

static void
add_up (FareSums       *total,
        const FareSums *sums)
{
  fare_usage_add (&total->usage, &sums->usage, 1);
  total->messages += sums->messages;
  total->cost += sums->cost;
  total->unpriced_tokens += sums->unpriced_tokens;
  total->has_price |= sums->has_price;
  total->is_estimate |= sums->is_estimate;
}

static void
fill_table (const Maker     *maker,
            FareReportTable *table,
            const char      *title,
            FareSummary     *summary)
{
  guint n_rows = fare_summary_get_n_rows (summary);
  /* One row more stands in the place of "1 other". */
  guint n_shown = n_rows <= MAX_ROWS + 1 ? n_rows : MAX_ROWS;
  FareSums others = { .messages = 0 };

  table->title = g_strdup (title);
  table->rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; i < n_rows; i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);

      if (i < n_shown)
        add_row (maker, table->rows, g_strdup (row->title), &row->sums);
      else
        add_up (&others, &row->sums);
    }

  if (n_rows > n_shown)
    /* Translators: the last row of a table: how many more there are */
    add_row (maker, table->rows,
             g_strdup_printf (ngettext ("%u other", "%u others", n_rows - n_shown), n_rows - n_shown),
             &others);
}

static void
set_figure (FareReportFigure *figure,
            const char       *caption,
            char             *value,
            char             *detail)
{
  figure->caption = g_strdup (caption);
  figure->value = value;
  figure->detail = detail;
}

static void
fill_figures (const Maker *maker)
{
  const FareSums *total = &maker->total;
  FareReportFigure *figures = maker->report->figures;
  g_autofree char *input = fare_text_tokens (total->usage.input);
  g_autofree char *output = fare_text_tokens (total->usage.output);
  g_autofree char *sessions = fare_text_count (total->sessions);
  double rate = fare_usage_hit_rate (&total->usage);

  set_figure (&figures[0], _("Cost"), write_cost (maker, total), g_strdup (_("estimated at list prices")));
  set_figure (&figures[1], _("Tokens"), fare_text_tokens (fare_usage_total (&total->usage)),
              /* Translators: tokens of input and of output */
              g_strdup_printf (_("in %s · out %s"), input, output));
  set_figure (&figures[2], _("Messages"), fare_text_count (total->messages),
              g_strdup_printf (ngettext ("in %s session", "in %s sessions", (gulong) total->sessions),
                               sessions));
  set_figure (&figures[3], _("Cache Hit Rate"), fare_text_percent (rate), g_strdup (""));
}

static char *
describe_filter (const FareFilterValues *filter)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;
  g_autofree char *list = NULL;

  for (guint kind = 0; kind < FARE_FILTER_N_KINDS; kind++)
    {
      for (guint i = 0; filter->values[kind] != NULL && filter->values[kind][i] != NULL; i++)
        {
          const char *value = filter->values[kind][i];
          g_autofree char *project = kind == FARE_FILTER_PROJECT ? fare_text_project (value) : NULL;

          g_strv_builder_add (builder, project != NULL ? project
                                       : kind == FARE_FILTER_CLIENT ? fare_text_client (value) : value);
        }
    }

  names = g_strv_builder_end (builder);
  if (names[0] == NULL)
    return NULL;

  list = g_strjoinv (", ", names);

  /* Translators: a list of tools, models and projects that a report was narrowed to */
  return g_strdup_printf (_("Only: %s"), list);
}

static void
add_note (const Maker *maker,
          char        *note)
{
  if (note != NULL)
    g_ptr_array_add (maker->report->notes, note);
}

static void
fill_notes (const Maker        *maker,
            const FareQuestion *question)
{
  FareDay today = fare_day_of (question->now.zone, question->now.now_ms);
  g_autofree char *tokens = fare_text_tokens (maker->total.unpriced_tokens);

  add_note (maker, describe_filter (&question->filter));
  if (today < maker->range.end)
    add_note (maker, g_strdup (_("The month is not over yet.")));
  if (maker->total.unpriced_tokens > 0)
    /* Translators: a number of tokens */
    add_note (maker, g_strdup_printf (_("%s tokens have no price and are in no amount."), tokens));
}

static void
fill_head (const Maker        *maker,
           const FareQuestion *question)
{
  FareDay today = fare_day_of (question->now.zone, question->now.now_ms);
  g_autofree char *first = fare_day_to_string (maker->range.first);
  g_autofree char *day = fare_text_day (today, today - 400);
  g_autofree char *clock = fare_text_clock (question->now.now_ms, question->now.zone);

  maker->report->title = fare_range_to_title (maker->range);
  maker->report->file_name = g_strdup_printf ("tokenfare-%.7s", first);
  /* Translators: a day and a time of day */
  maker->report->as_of = g_strdup_printf (_("What AI coding agents cost, as of %s, %s"), day, clock);
}

/* The same colours as everywhere. */
static void
find_slots (FareSummary         *clients,
            const FareBarSeries *series,
            guint                n_series,
            guint               *slots)
{
  guint n_clients = fare_summary_get_n_rows (clients);
  g_autofree const char **ids = g_new (const char *, n_clients + 1);
  g_autofree guint *all = g_new (guint, n_clients + 1);

  for (guint i = 0; i < n_clients; i++)
    ids[i] = fare_summary_get_row (clients, i)->key;

  fare_palette_assign (ids, n_clients, all);

  for (guint k = 0; k < n_series; k++)
    {
      slots[k] = FARE_PALETTE_OTHER;
      for (guint i = 0; i < n_clients; i++)
        {
          if (g_strcmp0 (series[k].client, ids[i]) == 0)
            slots[k] = all[i];
        }
    }
}

/* What has no colour of its own is one series with one name, on top of the others.  Says for each of
 * the @n_series where it went. */
static void
merge_series (FareMonthReport     *report,
              const FareBarSeries *series,
              const guint         *slots,
              guint                n_series,
              guint               *places)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  report->n_series = 0;
  for (guint k = 0; k < n_series; k++)
    {
      if (slots[k] == FARE_PALETTE_OTHER)
        continue;

      g_strv_builder_add (names, fare_text_client (series[k].client));
      report->slots[report->n_series] = slots[k];
      places[k] = report->n_series++;
    }

  for (guint k = 0; k < n_series; k++)
    {
      if (slots[k] == FARE_PALETTE_OTHER)
        places[k] = report->n_series;
    }

  if (report->n_series < n_series)
    {
      g_strv_builder_add (names, _("Other tools"));
      report->slots[report->n_series++] = FARE_PALETTE_OTHER;
    }

  report->names = g_strv_builder_end (names);
}

static void
fill_axis (const Maker *maker,
           double       greatest)
{
  FareMonthReport *report = maker->report;
  g_autoptr(GStrvBuilder) labels = g_strv_builder_new ();

  fare_chart_axis_set_reach (&report->axis, greatest, MAX_STEPS);
  fare_chart_axis_round_step (&report->axis, greatest, fare_metric_get_unit (FARE_METRIC_COST));

  for (guint i = 0; i <= report->axis.n_steps; i++)
    {
      g_autofree char *label = maker->hide_amounts
                                 ? g_strdup (i > 0 ? FARE_TEXT_HIDDEN : "0")
                                 : fare_metric_tick_to_label (FARE_METRIC_COST,
                                                              i * report->axis.step,
                                                              report->axis.step);

      g_strv_builder_add (labels, label);
    }

  report->axis_labels = g_strv_builder_end (labels);
}

static void
fill_chart (const Maker  *maker,
            FareTimeBars *bars,
            FareSummary  *clients)
{
  FareMonthReport *report = maker->report;
  guint n_series = 0;
  const FareBarSeries *series = fare_time_bars_get_series (bars, FARE_METRIC_COST, &n_series);
  g_autofree guint *slots = g_new0 (guint, n_series + 1);
  g_autofree guint *places = g_new0 (guint, n_series + 1);
  double rate = fare_metric_get_rate (FARE_METRIC_COST);
  double greatest = 0.0;

  report->n_days = fare_time_bars_get_n_bars (bars);
  report->slots = g_new0 (guint, n_series + 1);
  find_slots (clients, series, n_series, slots);
  merge_series (report, series, slots, n_series, places);
  report->values = g_new0 (double, report->n_days * report->n_series + 1);

  for (guint i = 0; i < report->n_days; i++)
    {
      greatest = MAX (greatest, rate * fare_time_bars_get_height (bars, FARE_METRIC_COST, i));

      for (guint k = 0; k < n_series; k++)
        report->values[i * report->n_series + places[k]] +=
          rate * fare_time_bars_get_value (bars, FARE_METRIC_COST, i, k);
    }

  fill_axis (maker, greatest);
}

static gboolean
fill (Maker               *maker,
      const FareQuestion  *question,
      GCancellable        *cancellable,
      GError             **error)
{
  static const FareGroup groups[FARE_REPORT_N_TABLES] = { FARE_GROUP_CLIENT, FARE_GROUP_MODEL,
                                                          FARE_GROUP_PROJECT };
  const char * const titles[FARE_REPORT_N_TABLES] = { _("By Tool"), _("By Model"), _("By Project") };
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(FareTimeBars) bars = NULL;
  FareSummary *summaries[FARE_REPORT_N_TABLES] = { NULL };
  FareQuery query = { .zone = question->now.zone };

  if (reader == NULL)
    return FALSE;

  prices = fare_meter_ref_prices (question->meter);
  fare_filter_values_narrow (&question->filter, &query);
  fare_range_to_span (maker->range, query.zone, &query.from_ms, &query.to_ms);
  bars = fare_time_bars_new (reader, prices, &query, maker->range, &question->now, cancellable, error);
  if (bars == NULL
      || !fare_summary_new_multi (reader, prices, &query, groups, FARE_REPORT_N_TABLES, summaries,
                                  error))
    return FALSE;

  maker->total = *fare_summary_get_total (summaries[0]);
  fill_head (maker, question);
  fill_notes (maker, question);
  fill_figures (maker);
  fill_chart (maker, bars, summaries[0]);
  for (guint i = 0; i < FARE_REPORT_N_TABLES; i++)
    {
      fill_table (maker, &maker->report->tables[i], titles[i], summaries[i]);
      fare_summary_free (summaries[i]);
    }

  return TRUE;
}

gpointer
fare_month_report_load (const FareQuestion  *question,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_autoptr(FareSettings) settings = fare_settings_load (fare_meter_get_paths (question->meter));
  g_autoptr(FareCurrency) currency = fare_currency_new (settings);
  g_autoptr(FareMonthReport) report = g_new0 (FareMonthReport, 1);
  Maker maker = { .report = report };
  gint32 first = 0;

  g_atomic_ref_count_init (&report->ref_count);
  report->notes = g_ptr_array_new_with_free_func (g_free);
  g_variant_get (question->subject, "(ib)", &first, &maker.hide_amounts);
  maker.range = (FareRange) { first, fare_day_get_month_start (first, 1) };
  fare_currency_use (currency, MIN (maker.range.end - 1,
                                    fare_day_of (question->now.zone, question->now.now_ms)));

  return fill (&maker, question, cancellable, error) ? g_steal_pointer (&report) : NULL;
}
