/* fare-overview-figures.c
 *
 * The figures of the overview: cards, then what was used by day, by tool and by model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "models/fare-year-data.h"
#include "pages/fare-overview-habits.h"
#include "pages/fare-overview-page-private.h"
#include "pages/fare-overview-text.h"
#include "widgets/fare-quiet-label.h"

/* A blank page that lasts longer than this shows that work is going on. */
#define SLOW_MS 200

/* Cards of sums, then those on habits. */
#define N_CARDS       5
#define N_HABIT_CARDS 5

static gboolean
hides_amounts (FareOverviewPage *self)
{
  return self->preferences != NULL && fare_preferences_get_hide_amounts (self->preferences);
}

/* In the order of the page. */
static void
list_cards (FareOverviewPage  *self,
            FareStatCard     **cards)
{
  cards[0] = self->cost_card;
  cards[1] = self->tokens_card;
  cards[2] = self->messages_card;
  cards[3] = self->hit_rate_card;
  cards[4] = self->top_model_card;
  cards[5] = self->saving_card;
  cards[6] = self->energy_card;
  cards[7] = self->days_card;
  cards[8] = self->time_card;
  cards[9] = self->forecast_card;
}

static void
show_cards (FareOverviewPage       *self,
            const FareOverviewText *text)
{
  static void (* const describe[]) (const FareOverviewText *, FareCardText *) = {
    fare_overview_text_cost,
    fare_overview_text_tokens,
    fare_overview_text_messages,
    fare_overview_text_hit_rate,
    fare_overview_text_top_model,
    fare_overview_habits_saving,
    fare_overview_habits_energy,
  };
  FareStatCard *cards[N_CARDS + N_HABIT_CARDS];

  list_cards (self, cards);

  for (guint i = 0; i < G_N_ELEMENTS (describe); i++)
    {
      g_auto(FareCardText) card_text = { NULL };

      describe[i] (text, &card_text);
      fare_stat_card_show (cards[i], &card_text);
    }
}

/* The same whatever days are chosen, so it stays while they change. */
static void
show_year (FareOverviewPage *self)
{
  fare_year_strip_show (self->year_strip, fare_live_query_get_answer (self->year_query),
                        fare_preferences_get_hide_amounts (self->preferences));
}

static gboolean
describe_forecast (FareOverviewPage       *self,
                   const FareOverviewText *text,
                   const FareYearData     *year,
                   FareCardText           *forecast)
{
  GSettings *settings = fare_preferences_get_settings (self->preferences);

  return fare_overview_habits_forecast (text, year,
                                        fare_limits_section_get_budget (self->limits_section),
                                        g_settings_get_uint (settings, "budget-warn-percent"),
                                        forecast);
}

void
fare_overview_page_show_habits (FareOverviewPage       *self,
                                const FareOverviewData *data)
{
  FareOverviewText text = { data, hides_amounts (self) };
  const FareYearData *year;
  const FareActiveTime *work;

  /* What came later joins the sums on the page; without them it waits. */
  if (self->year_query == NULL)
    return;

  show_year (self);
  if (data == NULL)
    return;

  year = fare_live_query_get_answer (self->year_query);
  work = fare_live_query_get_answer (self->work_query);

  if (year != NULL)
    {
      g_auto(FareCardText) forecast = { NULL };
      g_auto(FareCardText) days = { NULL };
      g_autofree char *unusual = fare_overview_habits_unusual (&text, year);
      gboolean has_forecast = describe_forecast (self, &text, year, &forecast);

      gtk_widget_set_visible (GTK_WIDGET (self->forecast_card), has_forecast);
      if (has_forecast)
        fare_stat_card_show (self->forecast_card, &forecast);

      fare_overview_habits_days (&text, year, &days);
      fare_stat_card_show (self->days_card, &days);
      gtk_widget_set_visible (self->unusual_list, unusual != NULL);

      if (unusual != NULL)
        adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->unusual_row), unusual);
    }

  if (work != NULL)
    {
      g_auto(FareCardText) time = { NULL };

      fare_overview_habits_time (&text, work, &time);
      fare_stat_card_show (self->time_card, &time);
    }
}

static void
show_tools (FareOverviewPage       *self,
            const FareOverviewText *text)
{
  g_autoptr(GPtrArray) items = fare_overview_text_items (text, text->data->clients, TRUE);
  g_autofree char *money = fare_overview_text_money (text, &text->data->total);
  g_autofree char *ring = fare_overview_text_ring (text);

  fare_share_list_update (self->tools_list, items);
  fare_donut_set_shares (self->donut, items, ring);
  fare_still_label_set_label (self->donut_value, money);
  fare_quiet_label_set (self->donut_caption, text->data->range_title);
}

static void
show_models (FareOverviewPage       *self,
             const FareOverviewText *text)
{
  g_autoptr(GPtrArray) items = fare_overview_text_items (text, text->data->models, FALSE);

  fare_share_list_update (self->models_list, items);
}

static void
show_unpriced (FareOverviewPage       *self,
               const FareOverviewData *data)
{
  fare_unpriced_row_show (self->unpriced_row, data->models, data->total.unpriced_tokens);
  gtk_widget_set_opacity (self->unpriced_list, 1.0);
  gtk_widget_set_visible (self->unpriced_list, data->total.unpriced_tokens > 0);
}

/* Says so when the days shown have no use, and where some is to be seen. */
static void
show_nothing (FareOverviewPage       *self,
              const FareOverviewText *text)
{
  g_autofree char *sentence = NULL;
  g_autofree char *day = NULL;
  g_autofree char *button = NULL;

  gtk_widget_set_visible (self->nothing_box, !text->data->is_empty);

  if (text->data->is_empty)
    return;

  self->is_filtered = text->data->is_filtered;
  self->last_day = text->data->last_day;
  sentence = fare_overview_text_nothing (text);
  day = fare_text_day (text->data->last_day, text->data->today);
  /* Translators: the placeholder is a day, as in “19 Nov” */
  button = self->is_filtered ? g_strdup (_("_Clear Filters")) : g_strdup_printf (_("_Show %s"), day);
  fare_quiet_label_set (self->nothing_label, sentence);

  if (g_strcmp0 (gtk_button_get_label (self->nothing_button), button) != 0)
    gtk_button_set_label (self->nothing_button, button);
}

/* Most people never look at the table: until somebody does, it does not exist. */
static void
make_breakdown (FareOverviewPage *self)
{
  FarePageContext context = {
    .meter = self->meter, .choice = self->choice, .filter = self->filter,
    .preferences = self->preferences
  };
  GtkWidget *view = fare_breakdown_view_new (self->meter != NULL ? &context : NULL);

  self->breakdown = FARE_BREAKDOWN_VIEW (view);
  fare_breakdown_view_set_narrow (self->breakdown, self->is_narrow);
  gtk_box_append (GTK_BOX (self->tools_section), view);
  gtk_widget_set_hexpand (fare_breakdown_view_get_bar (self->breakdown), TRUE);
  gtk_box_insert_child_after (GTK_BOX (self->tools_header),
                              fare_breakdown_view_get_bar (self->breakdown), self->tools_heading);
}

void
fare_overview_page_show_faces (FareOverviewPage *self)
{
  gboolean has_table = gtk_toggle_button_get_active (self->table_toggle);
  gboolean has_use = gtk_widget_get_visible (self->tools_section);

  if (has_table && self->breakdown == NULL)
    make_breakdown (self);

  if (self->breakdown != NULL)
    {
      fare_breakdown_view_set_active (self->breakdown, has_table && self->is_active);
      gtk_widget_set_visible (GTK_WIDGET (self->breakdown), has_table);
      gtk_widget_set_visible (fare_breakdown_view_get_bar (self->breakdown), has_table);
    }

  gtk_widget_set_visible (self->tools_heading, !has_table);
  gtk_widget_set_visible (GTK_WIDGET (self->tools_box), !has_table);
  gtk_widget_set_visible (self->models_section, has_use && !has_table);
}

static void
show_lower (FareOverviewPage       *self,
            const FareOverviewText *text)
{
  gboolean is_nothing = text->data->clients->len == 0;

  show_tools (self, text);
  show_models (self, text);
  gtk_widget_set_visible (self->tools_section, !is_nothing);
  fare_overview_page_show_faces (self);
}

/* The first tick belongs to the frame that is about to be painted. */
static gboolean
lower_tick_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  FareOverviewPage *self = FARE_OVERVIEW_PAGE (widget);
  const FareOverviewData *data;

  if (gdk_frame_clock_get_frame_counter (clock) == self->first_frame)
    return G_SOURCE_CONTINUE;

  if (self->first_frame < 0)
    {
      self->first_frame = gdk_frame_clock_get_frame_counter (clock);
      return G_SOURCE_CONTINUE;
    }

  self->lower_id = 0;
  data = fare_live_query_get_answer (self->query);

  if (data != NULL)
    show_lower (self, &(FareOverviewText) { data, hides_amounts (self) });

  gtk_widget_set_visible (self->lower_box, TRUE);

  return G_SOURCE_REMOVE;
}

/* Where the page opens with its figures, what is further down does not keep the first ones waiting. */
static gboolean
has_lower (FareOverviewPage *self)
{
  if (self->lower_id == 0 && !self->was_mapped && self->query != NULL &&
      gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      self->first_frame = -1;
      self->lower_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), lower_tick_cb, NULL, NULL);
      gtk_widget_set_visible (self->lower_box, FALSE);
    }

  return self->lower_id == 0;
}

void
fare_overview_page_show_figures (FareOverviewPage       *self,
                                 const FareOverviewData *data)
{
  FareOverviewText text = { data, hides_amounts (self) };
  gboolean is_nothing = data->clients->len == 0;

  g_clear_handle_id (&self->slow_id, g_source_remove);
  show_cards (self, &text);
  show_unpriced (self, data);
  fare_spending_section_show (self->spending_section, &text);
  fare_overview_page_show_habits (self, data);

  if (has_lower (self))
    show_lower (self, &text);

  gtk_widget_set_visible (GTK_WIDGET (self->spending_section), !is_nothing);

  if (is_nothing)
    show_nothing (self, &text);
  else
    gtk_widget_set_visible (self->nothing_box, FALSE);

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->content),
                               GTK_ACCESSIBLE_STATE_BUSY, FALSE, -1);
}

static gboolean
slow_cb (gpointer user_data)
{
  FareOverviewPage *self = user_data;
  FareStatCard *cards[N_CARDS + N_HABIT_CARDS];

  self->slow_id = 0;
  list_cards (self, cards);

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    fare_stat_card_blank (cards[i], TRUE);

  return G_SOURCE_REMOVE;
}

void
fare_overview_page_blank_figures (FareOverviewPage *self)
{
  g_autoptr(GPtrArray) no_items = g_ptr_array_new ();
  FareStatCard *cards[N_CARDS + N_HABIT_CARDS];

  list_cards (self, cards);

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    fare_stat_card_blank (cards[i], FALSE);

  fare_share_list_blank (self->tools_list);
  fare_share_list_blank (self->models_list);
  fare_spending_section_show (self->spending_section, NULL);
  gtk_widget_set_visible (self->unusual_list, FALSE);
  fare_donut_set_shares (self->donut, no_items, "");
  fare_still_label_set_label (self->donut_value, "");
  fare_quiet_label_set (self->donut_caption, "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->unpriced_row), "");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->unpriced_row), FALSE);
  gtk_widget_set_opacity (self->unpriced_list, 0.0);
  gtk_widget_set_visible (self->nothing_box, FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->content),
                               GTK_ACCESSIBLE_STATE_BUSY, TRUE, -1);

  if (self->slow_id == 0)
    self->slow_id = g_timeout_add (SLOW_MS, slow_cb, self);
}
