/* fare-spending-section.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "pages/fare-spending-section.h"
#include "widgets/fare-bar-chart.h"
#include "widgets/fare-button-row.h"
#include "widgets/fare-chart-key.h"
#include "widgets/fare-fold-box.h"
#include "widgets/fare-palette.h"

struct _FareSpendingSection
{
  GtkBox              parent_instance;

  FareBarChart       *chart;
  GtkWidget          *no_price_label;
  FareChartKey       *key;

  GSettings          *settings;
  GSimpleActionGroup *actions;
  FareMetric          metric;
  FareOverviewText    text;     /* without data while nothing is shown */
  double              step;     /* of the axis, as it counts */
};

G_DEFINE_FINAL_TYPE (FareSpendingSection, fare_spending_section, GTK_TYPE_BOX)

enum
{
  SIGNAL_NARROWED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
write_axis (double   value,
            gpointer user_data)
{
  FareSpendingSection *self = user_data;

  if (self->metric == FARE_METRIC_COST && self->text.hide_amounts)
    return g_strdup (value > 0.0 ? FARE_TEXT_HIDDEN : "0");

  return fare_metric_tick_to_label (self->metric, value, self->step);
}

static char *
write_value (FareSpendingSection *self,
             double               value)
{
  if (self->metric == FARE_METRIC_COST && self->text.hide_amounts)
    return g_strdup (FARE_TEXT_HIDDEN);

  return fare_metric_value_to_text (self->metric, value);
}

/* What stands below the bar; its title would be too long. */
static char *
write_label (FareSpendingSection *self,
             const FareTimeBar   *bar)
{
  const FareOverviewData *data = self->text.data;
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (bar->start_ms / 1000);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, data->zone);

  switch (fare_time_bars_get_group (data->bars))
    {
    case FARE_GROUP_HOUR:
      return fare_text_clock (bar->start_ms, data->zone);

    case FARE_GROUP_MONTH:
      return g_date_time_format (local, "%b");

    default:
      return fare_text_day (fare_day_of (data->zone, bar->start_ms), data->today);
    }
}

static char *
write_sentence (FareSpendingSection *self,
                const FareTimeBar   *bar,
                guint                i,
                const FareBarSeries *series,
                guint                n_series)
{
  FareTimeBars *bars = self->text.data->bars;
  g_autofree char *height = write_value (self, fare_time_bars_get_height (bars, self->metric, i));
  GString *sentence = g_string_new (NULL);

  /* Translators: a stretch of time and its value, as in “4 Mar 2026: $12.40” */
  g_string_append_printf (sentence, C_("time and value", "%s: %s"), bar->title, height);

  for (guint k = 0; k < n_series; k++)
    {
      double value = fare_time_bars_get_value (bars, self->metric, i, k);
      g_autofree char *part = write_value (self, value);

      if (value > 0.0)
        g_string_append_printf (sentence, "\n%s  %s",
                                series[k].client != NULL ? fare_text_client (series[k].client)
                                                         : _("Other tools"), part);
    }

  if (bar->sums.unpriced_tokens > 0 && self->metric == FARE_METRIC_COST)
    {
      g_autofree char *tokens = fare_text_tokens (bar->sums.unpriced_tokens);

      g_string_append_c (sentence, '\n');
      g_string_append_printf (sentence, _("+ %s tokens without price"), tokens);
    }

  return g_string_free (sentence, FALSE);
}

/* Days open, weeks and months become the days shown; an hour has no page of its own. */
static char *
find_target (FareSpendingSection *self,
             const FareTimeBar   *bar)
{
  const FareOverviewData *data = self->text.data;
  FareGroup group = fare_time_bars_get_group (data->bars);
  FareDay first = fare_day_of (data->zone, bar->start_ms);
  FareDay last = MIN (fare_day_of (data->zone, bar->end_ms - 1), data->today);

  if (group == FARE_GROUP_DAY)
    return fare_day_to_string (first);

  return group != FARE_GROUP_HOUR ? g_strdup_printf ("%d/%d", first, last + 1) : NULL;
}

static void
find_slots (FareSpendingSection *self,
            const FareBarSeries *series,
            guint                n_series,
            guint               *slots)
{
  GPtrArray *clients = self->text.data->clients;
  g_autofree const char **ids = g_new (const char *, clients->len + 1);
  g_autofree guint *all = g_new (guint, clients->len + 1);

  /* The same colours as in the list of tools, whatever is measured. */
  for (guint i = 0; i < clients->len; i++)
    ids[i] = ((const FareShare *) g_ptr_array_index (clients, i))->key;

  fare_palette_assign (ids, clients->len, all);

  for (guint i = 0; i < n_series; i++)
    {
      slots[i] = FARE_PALETTE_OTHER;

      for (guint k = 0; k < clients->len; k++)
        {
          if (g_strcmp0 (series[i].client, ids[k]) == 0)
            slots[i] = all[k];
        }
    }
}

/* What has no colour of its own looks alike and is named once. */
static void
show_key (FareSpendingSection *self,
          const FareBarSeries *series,
          const guint         *slots,
          guint                n_series)
{
  FareChartKeyEntry entries[FARE_TIME_BARS_N_CLIENTS + 1];
  guint n_entries = 0;
  gboolean has_other = FALSE;

  for (guint i = 0; i < n_series; i++)
    {
      if (slots[i] != FARE_PALETTE_OTHER)
        entries[n_entries++] = (FareChartKeyEntry) { fare_text_client (series[i].client), slots[i] };
      else
        has_other = TRUE;
    }

  if (has_other)
    entries[n_entries++] = (FareChartKeyEntry) { _("Other tools"), FARE_PALETTE_OTHER };

  fare_chart_key_show (self->key, entries, n_entries);
}

/* From the bottom up: those with a colour of their own, then, as one block, the others. */
static void
order_series (const guint *slots,
              guint        n_series,
              guint       *order)
{
  guint n_ordered = 0;

  for (guint is_other = 0; is_other < 2; is_other++)
    {
      for (guint i = 0; i < n_series; i++)
        {
          if ((slots[i] == FARE_PALETTE_OTHER) == is_other)
            order[n_ordered++] = i;
        }
    }
}

static FareBars *
make_bars (FareSpendingSection *self)
{
  FareTimeBars *bars = self->text.data->bars;
  guint slots[FARE_TIME_BARS_N_CLIENTS + 1];
  guint order[FARE_TIME_BARS_N_CLIENTS + 1];
  guint ordered_slots[FARE_TIME_BARS_N_CLIENTS + 1];
  double values[FARE_TIME_BARS_N_CLIENTS + 1];
  double rate = fare_metric_get_rate (self->metric);
  guint n_series = 0;
  const FareBarSeries *series = fare_time_bars_get_series (bars, self->metric, &n_series);
  FareBars *made;

  find_slots (self, series, n_series, slots);
  show_key (self, series, slots, n_series);
  order_series (slots, n_series, order);
  for (guint i = 0; i < n_series; i++)
    ordered_slots[i] = slots[order[i]];

  made = fare_bars_new (ordered_slots, n_series);
  fare_bars_set_unit (made, fare_metric_get_unit (self->metric));

  for (guint i = 0; i < fare_time_bars_get_n_bars (bars); i++)
    {
      const FareTimeBar *bar = fare_time_bars_get_bar (bars, i);
      FareBar words = {
        .label = write_label (self, bar),
        .sentence = write_sentence (self, bar, i, series, n_series),
        .target = bar->is_future ? NULL : find_target (self, bar),
        .is_incomplete = bar->is_incomplete,
        .is_marked = self->metric == FARE_METRIC_COST && bar->sums.unpriced_tokens > 0,
      };

      for (guint k = 0; k < n_series; k++)
        values[k] = rate * fare_time_bars_get_value (bars, self->metric, i, order[k]);

      fare_bars_add (made, words, values);
    }

  return made;
}

static void
show_no_price (FareSpendingSection *self,
               gboolean             is_shown)
{
  gtk_widget_set_visible (self->no_price_label, is_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->chart), !is_shown);
}

static void
update (FareSpendingSection *self)
{
  g_autofree char *summary = NULL;
  g_autofree char *total = NULL;
  FareBars *bars;
  double sum = 0.0;

  if (self->text.data == NULL || self->text.data->bars == NULL)
    {
      fare_bar_chart_show (self->chart, fare_bars_new (NULL, 0), write_axis, self, _("Chart"));
      fare_chart_key_show (self->key, NULL, 0);
      show_no_price (self, FALSE);
      return;
    }

  for (guint i = 0; i < fare_time_bars_get_n_bars (self->text.data->bars); i++)
    sum += fare_time_bars_get_height (self->text.data->bars, self->metric, i);

  total = write_value (self, sum);
  /* Translators: read aloud: what is measured, the days shown, the total */
  summary = g_strdup_printf (_("%s over time, %s, total %s"), fare_metric_to_title (self->metric),
                             self->text.data->range_title, total);
  /* An empty axis would say that they cost nothing. */
  show_no_price (self, self->metric == FARE_METRIC_COST &&
                       !fare_sums_has_cost (&self->text.data->total));
  bars = make_bars (self);
  self->step = fare_bar_chart_find_step (bars);
  fare_bar_chart_show (self->chart, bars, write_axis, self, summary);
}

static void
opened_cb (FareSpendingSection *self,
           const char          *target)
{
  FareRange days;

  if (sscanf (target, "%d/%d", &days.first, &days.end) == 2)
    g_signal_emit (self, signals[SIGNAL_NARROWED], 0, days.first, days.end);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-day", "s", target);
}

static void
metric_changed_cb (FareSpendingSection *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, "chart-metric");

  self->metric = fare_metric_from_id (id);
  update (self);
}

static void
fare_spending_section_dispose (GObject *object)
{
  FareSpendingSection *self = FARE_SPENDING_SECTION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->actions);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_SPENDING_SECTION);

  G_OBJECT_CLASS (fare_spending_section_parent_class)->dispose (object);
}

static void
fare_spending_section_class_init (FareSpendingSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_spending_section_dispose;

  /**
   * FareSpendingSection::narrowed:
   * @first: a day
   * @end: the day after the last one
   *
   * Somebody wants to see these days alone.
   */
  signals[SIGNAL_NARROWED] =
    g_signal_new ("narrowed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  g_type_ensure (FARE_TYPE_BAR_CHART);
  g_type_ensure (FARE_TYPE_CHART_KEY);
  g_type_ensure (FARE_TYPE_FOLD_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-spending-section.ui");
  gtk_widget_class_bind_template_child (widget_class, FareSpendingSection, chart);
  gtk_widget_class_bind_template_child (widget_class, FareSpendingSection, key);
  gtk_widget_class_bind_template_child (widget_class, FareSpendingSection, no_price_label);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
}

static void
fare_spending_section_init (FareSpendingSection *self)
{
  /* Before there are buttons: those that look for an action remember where there was none. */
  self->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "chart", G_ACTION_GROUP (self->actions));

  gtk_widget_init_template (GTK_WIDGET (self));
  fare_button_row_allow_short (gtk_widget_get_first_child (GTK_WIDGET (self)));
}

void
fare_spending_section_connect (FareSpendingSection *self,
                               FarePreferences     *preferences)
{
  g_autoptr(GAction) metric = NULL;

  g_return_if_fail (FARE_IS_SPENDING_SECTION (self));
  g_return_if_fail (FARE_IS_PREFERENCES (preferences));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (fare_preferences_get_settings (preferences));
  metric = g_settings_create_action (self->settings, "chart-metric");
  g_action_map_add_action (G_ACTION_MAP (self->actions), metric);

  g_signal_connect_object (self->settings, "changed::chart-metric",
                           G_CALLBACK (metric_changed_cb), self, G_CONNECT_SWAPPED);
  metric_changed_cb (self);
}

void
fare_spending_section_show (FareSpendingSection    *self,
                            const FareOverviewText *text)
{
  g_return_if_fail (FARE_IS_SPENDING_SECTION (self));

  self->text = text != NULL ? *text : (FareOverviewText) { NULL };
  update (self);
}
