/* fare-calendar-figures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "models/fare-calendar-text.h"
#include "pages/fare-calendar-figures.h"
#include "pricing/fare-energy.h"
#include "widgets/fare-card-grid.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-stat-card.h"

enum
{
  FIGURE_COST,
  FIGURE_TOKENS,
  FIGURE_ENERGY,
  FIGURE_MESSAGES,
  FIGURE_ACTIVE,
  FIGURE_LONGEST,
  FIGURE_HIT_RATE,
  FIGURE_TOP_MODEL,
  FIGURE_CURRENT,
  FIGURE_PEAK_DAY,
  FIGURE_PEAK_WEEK,
  FIGURE_WEEKDAY,
  FIGURE_AVERAGE,
  N_FIGURES
};

#define N_FACTS (FIGURE_TOP_MODEL + 1)

struct _FareCalendarFigures
{
  GtkBox        parent_instance;

  FareStatCard *cards[N_FIGURES];
  GtkWidget    *grid;
  GtkWidget    *facts;               /* the first figures again, as a list */
  GtkWidget    *fact_rows[N_FACTS];
  GtkWidget    *months_title;
  GtkListBox   *months;
  GtkWidget    *rows[12];
  FareDay       firsts[12];
};

G_DEFINE_FINAL_TYPE (FareCalendarFigures, fare_calendar_figures, GTK_TYPE_BOX)

enum
{
  SIGNAL_MONTH_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char * const captions[N_FIGURES] = {
  N_("Cost"), N_("Tokens"), N_("Energy"), N_("Messages"), N_("Active Days"), N_("Longest Streak"),
  N_("Cache Hit Rate"), N_("Top Model"), N_("Current Streak"), N_("Busiest Day"), N_("Busiest Week"),
  N_("Top Weekday"), N_("Average per Active Day"),
};

static void
show_fact (GtkWidget  *row,
           const char *value,
           const char *detail,
           const char *tooltip)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (row), "value");

  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (label)), value) != 0)
    gtk_label_set_label (GTK_LABEL (label), value);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail != NULL ? detail : "");
  fare_quiet_tooltip_set (row, tooltip);
}

static void
show_card (FareCalendarFigures     *self,
           const FareCalendarSheet *sheet,
           guint                    figure,
           const char              *value,
           const char              *detail,
           const char              *tooltip)
{
  g_autofree char *title = NULL;
  g_auto(FareCardText) text = { NULL };

  if (sheet->period.is_month)
    {
      if (figure < N_FACTS)
        show_fact (self->fact_rows[figure], value, detail, tooltip);
      return;
    }

  title = fare_calendar_text_title (sheet->period);
  text.value = g_strdup (value);
  text.detail = g_strdup (detail != NULL ? detail : "");
  text.tooltip = g_strdup (tooltip);
  /* Translators: a figure read aloud: its name, the days it is of, the figure itself */
  text.spoken = g_strdup_printf (_("%s, %s: %s"), _(captions[figure]), title, value);
  fare_stat_card_show (self->cards[figure], &text);
}

static void
show_sums (FareCalendarFigures     *self,
           const FareCalendarSheet *sheet)
{
  gint64 n_tokens = fare_usage_total (&sheet->total.usage);
  g_autofree char *money = fare_calendar_text_money (sheet, &sheet->total);
  g_autofree char *unpriced = fare_sums_unpriced_to_text (&sheet->total);
  g_autofree char *tokens = fare_text_tokens (n_tokens);
  g_autofree char *exact = fare_text_count (n_tokens);
  g_autofree char *messages = fare_text_count (sheet->total.messages);
  g_autofree char *energy = fare_energy_to_text (sheet->total_energy_j);
  g_autofree char *hit_rate = fare_text_percent (fare_usage_hit_rate (&sheet->total.usage));

  show_card (self, sheet, FIGURE_COST, money, unpriced != NULL ? unpriced : _("estimated"), NULL);
  show_card (self, sheet, FIGURE_TOKENS, tokens, NULL, exact);
  show_card (self, sheet, FIGURE_MESSAGES, messages, NULL, NULL);
  show_card (self, sheet, FIGURE_ENERGY, energy, _("order of magnitude"),
             _("No vendor publishes energy per token; this is an order of magnitude."));
  show_card (self, sheet, FIGURE_HIT_RATE, hit_rate, NULL,
             _("The part of all prompts that came from a cache"));
}

static void
show_habits (FareCalendarFigures     *self,
             const FareCalendarSheet *sheet)
{
  const FareHighlights *highlights = &sheet->highlights;
  g_autofree char *active = fare_calendar_text_active (sheet);
  g_autofree char *longest = fare_calendar_text_days (sheet->streaks.longest);
  g_autofree char *overall = fare_calendar_text_days (sheet->longest_streak);
  g_autofree char *current = fare_calendar_text_days (sheet->current_streak);
  g_autofree char *longest_detail = NULL;

  /* Translators: a number of days */
  longest_detail = g_strdup_printf (_("longest ever: %s"), overall);
  show_card (self, sheet, FIGURE_ACTIVE, active, NULL, NULL);
  show_card (self, sheet, FIGURE_LONGEST, longest,
             sheet->period.is_month ? _("in this month") : _("in this year"), longest_detail);
  show_card (self, sheet, FIGURE_CURRENT, current, longest_detail, NULL);

  if (highlights->has_value)
    {
      g_autofree char *day = fare_calendar_text_short_day (highlights->peak_day);
      g_autofree char *day_value = fare_calendar_text_amount (sheet, highlights->peak_day_value);
      g_autofree char *week = fare_range_to_title ((FareRange) { highlights->peak_week,
                                                                 highlights->peak_week + 7 });
      g_autofree char *week_value = fare_calendar_text_amount (sheet, highlights->peak_week_value);
      g_autofree char *weekday =
        fare_calendar_text_weekday (sheet, (highlights->top_weekday - sheet->first_weekday + 7) % 7,
                                    FALSE);
      g_autofree char *weekday_value =
        fare_calendar_text_amount (sheet, highlights->top_weekday_value);
      g_autofree char *average = fare_calendar_text_amount (sheet, highlights->average);

      show_card (self, sheet, FIGURE_PEAK_DAY, day, day_value, NULL);
      show_card (self, sheet, FIGURE_PEAK_WEEK, week, week_value, NULL);
      show_card (self, sheet, FIGURE_WEEKDAY, weekday, weekday_value, NULL);
      show_card (self, sheet, FIGURE_AVERAGE, average, NULL, NULL);
    }
  else
    {
      for (guint i = FIGURE_PEAK_DAY; i < N_FIGURES; i++)
        show_card (self, sheet, i, "–", NULL, NULL);
    }
}

static void
show_top_model (FareCalendarFigures     *self,
                const FareCalendarSheet *sheet,
                const FareCalendarBill  *bill)
{
  const FareBillLine *line;
  g_autofree char *money = NULL;

  if (bill == NULL)
    {
      show_card (self, sheet, FIGURE_TOP_MODEL, "", NULL, NULL);
      return;
    }

  if (bill->models->len == 0)
    {
      show_card (self, sheet, FIGURE_TOP_MODEL, "–", NULL, NULL);
      return;
    }

  line = g_ptr_array_index (bill->models, 0);
  money = fare_calendar_text_money (sheet, &line->sums);
  show_card (self, sheet, FIGURE_TOP_MODEL, line->title, money, line->title);
}

/* Sums of one month of the sheet. */
typedef struct
{
  FareSums sums;
  double   energy_j;
  gboolean is_used;
} MonthSums;

static void
sum_month (const FareCalendarSheet *sheet,
           FareRange                range,
           MonthSums               *month)
{
  *month = (MonthSums) { .is_used = FALSE };

  for (FareDay day = range.first; day < range.end; day++)
    {
      const FareCalendarCell *cell = fare_calendar_sheet_find (sheet, day);

      if (cell == NULL || !cell->is_used)
        continue;

      fare_usage_add (&month->sums.usage, &cell->sums.usage, 1);
      month->sums.messages += cell->sums.messages;
      month->sums.cost += cell->sums.cost;
      month->sums.unpriced_tokens += cell->sums.unpriced_tokens;
      month->sums.has_price |= cell->sums.has_price;
      month->sums.is_estimate |= cell->sums.is_estimate;
      month->energy_j += cell->energy_j;
      month->is_used = TRUE;
    }
}

static void
show_month (FareCalendarFigures     *self,
            const FareCalendarSheet *sheet,
            guint                    i)
{
  FareDay first = fare_day_get_month_start (sheet->range.first, i);
  MonthSums month;
  g_autofree char *title = fare_calendar_text_month (first, FALSE);
  g_autofree char *tokens = NULL;
  g_autofree char *messages = NULL;
  g_autofree char *energy = NULL;
  g_autofree char *details = NULL;
  g_autofree char *unpriced = NULL;
  g_autofree char *money = NULL;
  GtkWidget *amount = g_object_get_data (G_OBJECT (self->rows[i]), "amount");

  sum_month (sheet, (FareRange) { first, fare_day_get_month_start (first, 1) }, &month);
  self->firsts[i] = first;
  gtk_widget_set_visible (self->rows[i], month.is_used);
  if (!month.is_used)
    return;

  tokens = fare_metric_value_to_text (FARE_METRIC_TOKENS, fare_usage_total (&month.sums.usage));
  messages = fare_metric_value_to_text (FARE_METRIC_MESSAGES, month.sums.messages);
  energy = fare_energy_to_text (month.energy_j);
  details = g_strdup_printf ("%s · %s · %s", tokens, messages, energy);
  money = fare_calendar_text_money (sheet, &month.sums);
  unpriced = fare_sums_has_cost (&month.sums) ? fare_sums_unpriced_to_text (&month.sums) : NULL;
  if (unpriced != NULL)
    {
      g_autofree char *all = g_strdup_printf ("%s · %s", details, unpriced);

      g_free (details);
      details = g_steal_pointer (&all);
    }

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[i]), details);
  gtk_label_set_label (GTK_LABEL (amount), money);
}

static void
row_activated_cb (FareCalendarFigures *self,
                  GtkListBoxRow       *row)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    {
      if (self->rows[i] == GTK_WIDGET (row))
        g_signal_emit (self, signals[SIGNAL_MONTH_ACTIVATED], 0, self->firsts[i]);
    }
}

static void
add_months (FareCalendarFigures *self)
{
  self->months_title = gtk_label_new (_("Months"));
  gtk_label_set_xalign (GTK_LABEL (self->months_title), 0.0);
  gtk_widget_add_css_class (self->months_title, "heading");
  gtk_box_append (GTK_BOX (self), self->months_title);

  self->months = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->months, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->months), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->months),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Months"), -1);
  g_signal_connect_swapped (self->months, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->months));

  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    {
      GtkWidget *amount = gtk_label_new (NULL);

      self->rows[i] = adw_action_row_new ();
      /* “<$0.01” is no markup. */
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->rows[i]), FALSE);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->rows[i]), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (self->rows[i]), amount);
      adw_action_row_add_suffix (ADW_ACTION_ROW (self->rows[i]),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_widget_add_css_class (amount, "numeric");
      g_object_set_data (G_OBJECT (self->rows[i]), "amount", amount);
      gtk_list_box_append (self->months, self->rows[i]);
    }
}

static void
add_facts (FareCalendarFigures *self)
{
  self->facts = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->facts), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->facts, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->facts),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Totals"), -1);
  gtk_box_append (GTK_BOX (self), self->facts);

  for (guint i = 0; i < N_FACTS; i++)
    {
      GtkWidget *value = gtk_label_new (NULL);

      self->fact_rows[i] = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->fact_rows[i]), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fact_rows[i]), _(captions[i]));
      adw_action_row_add_suffix (ADW_ACTION_ROW (self->fact_rows[i]), value);
      gtk_widget_add_css_class (value, "numeric");
      gtk_widget_add_css_class (value, "heading");
      /* A name may be shortened, a figure never. */
      if (i == FIGURE_TOP_MODEL)
        {
          gtk_label_set_ellipsize (GTK_LABEL (value), PANGO_ELLIPSIZE_END);
          gtk_label_set_max_width_chars (GTK_LABEL (value), 18);
        }
      g_object_set_data (G_OBJECT (self->fact_rows[i]), "value", value);
      gtk_list_box_append (GTK_LIST_BOX (self->facts), self->fact_rows[i]);
    }
}

static void
fare_calendar_figures_class_init (FareCalendarFiguresClass *klass)
{
  signals[SIGNAL_MONTH_ACTIVATED] =
    g_signal_new ("month-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
fare_calendar_figures_init (FareCalendarFigures *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);

  self->grid = g_object_new (FARE_TYPE_CARD_GRID, NULL);
  gtk_box_append (GTK_BOX (self), self->grid);
  for (guint i = 0; i < N_FIGURES; i++)
    {
      self->cards[i] = g_object_new (FARE_TYPE_STAT_CARD, "caption", _(captions[i]),
                                     "is-name", i == FIGURE_TOP_MODEL || i == FIGURE_PEAK_DAY ||
                                                i == FIGURE_PEAK_WEEK || i == FIGURE_WEEKDAY, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->cards[i]),
                              i != FIGURE_ENERGY && i != FIGURE_HIT_RATE && i != FIGURE_TOP_MODEL);
      gtk_box_append (GTK_BOX (self->grid), GTK_WIDGET (self->cards[i]));
    }

  add_facts (self);
  add_months (self);
}

void
fare_calendar_figures_show (FareCalendarFigures     *self,
                            const FareCalendarSheet *sheet,
                            const FareCalendarBill  *bill)
{
  gboolean is_month;

  g_return_if_fail (FARE_IS_CALENDAR_FIGURES (self));
  g_return_if_fail (sheet != NULL);

  is_month = sheet->period.is_month;
  gtk_widget_set_visible (self->grid, !is_month);
  gtk_widget_set_visible (self->facts, is_month);
  gtk_widget_set_visible (self->months_title, !is_month);
  gtk_widget_set_visible (GTK_WIDGET (self->months), !is_month);

  show_sums (self, sheet);
  show_habits (self, sheet);
  show_top_model (self, sheet, bill);
  for (guint i = 0; i < G_N_ELEMENTS (self->rows) && !is_month; i++)
    show_month (self, sheet, i);
}

static const char *
get_alpha (gboolean is_plain)
{
  return is_plain ? "100%" : "70%";
}

char *
fare_calendar_figures_total (const FareCalendarSheet *sheet,
                             gboolean                 is_plain)
{
  const char *alpha = get_alpha (is_plain);
  g_autofree char *total = fare_calendar_text_total (sheet);
  g_autofree char *money = fare_calendar_text_money (sheet, &sheet->total);
  g_autofree char *tokens = fare_metric_value_to_text (FARE_METRIC_TOKENS,
                                                       fare_usage_total (&sheet->total.usage));
  g_autofree char *messages = fare_metric_value_to_text (FARE_METRIC_MESSAGES, sheet->total.messages);
  g_autofree char *unpriced = fare_sums_unpriced_to_text (&sheet->total);
  g_autofree char *title = fare_calendar_text_title (sheet->period);
  /* Translators: an amount of money */
  g_autofree char *estimate = fare_sums_has_cost (&sheet->total)
                              ? g_strdup_printf (_("%s estimated"), money) : g_strdup (money);
  const char *first = sheet->metric == FARE_METRIC_TOKENS ? estimate : tokens;
  const char *second = sheet->metric == FARE_METRIC_MESSAGES ? estimate : messages;
  const char *kind = !sheet->highlights.has_value ? NULL
                   : sheet->metric == FARE_METRIC_COST ? _("estimated")
                   : sheet->metric == FARE_METRIC_ENERGY ? _("order of magnitude") : NULL;

  return g_markup_printf_escaped ("<span alpha='%s'>%s</span>\n"
                                  "<span size='200%%' weight='bold'>%s</span>\n"
                                  "<span alpha='%s'>%s%s%s\n%s%s%s</span>",
                                  alpha, title, total, alpha, kind != NULL ? kind : "", kind != NULL ? "\n" : "",
                                  first, second, unpriced != NULL ? "\n" : "",
                                  unpriced != NULL ? unpriced : "");
}

static void
add_fact (GString    *text,
          gboolean    is_plain,
          const char *name,
          const char *value)
{
  g_autofree char *line = g_markup_printf_escaped ("%s<span alpha='%s'>%s</span>\n<b>%s</b>",
                                                   text->len > 0 ? "\n" : "", get_alpha (is_plain),
                                                   name, value);

  g_string_append (text, line);
}

char *
fare_calendar_figures_habits (const FareCalendarSheet *sheet,
                              gboolean                 is_plain)
{
  GString *text = g_string_new (NULL);
  g_autofree char *current = fare_calendar_text_days (sheet->current_streak);
  g_autofree char *longest = fare_calendar_text_days (sheet->longest_streak);

  if (sheet->highlights.has_value)
    {
      g_autofree char *day = fare_calendar_text_short_day (sheet->highlights.peak_day);
      g_autofree char *value = fare_calendar_text_amount (sheet, sheet->highlights.peak_day_value);
      g_autofree char *average = fare_calendar_text_amount (sheet, sheet->highlights.average);
      g_autofree char *both = g_strdup_printf ("%s · %s", day, value);

      add_fact (text, is_plain, _("Busiest day"), both);
      add_fact (text, is_plain, _("Average per active day"), average);
    }

  add_fact (text, is_plain, _("Current streak"), current);
  add_fact (text, is_plain, _("Longest streak"), longest);

  return g_string_free (text, FALSE);
}
