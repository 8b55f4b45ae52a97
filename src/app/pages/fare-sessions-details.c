/* fare-sessions-details.c
 *
 * The details of one session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-active-time.h"
#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "models/fare-gradual-list.h"
#include "models/fare-session-turns.h"
#include "models/fare-share-item.h"
#include "pages/fare-sessions-details.h"
#include "pages/fare-sessions-menu.h"
#include "pages/fare-sessions-turns-view.h"
#include "widgets/fare-line-chart.h"
#include "widgets/fare-palette.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-share-list.h"
#include "widgets/fare-slow-spinner.h"

/* The story is read again at most this often while an agent works. */
#define PAUSE_MS 2000

/* Width of the summary beside the prompts, in pixels. */
#define SUMMARY_WIDTH 380

struct _FareSessionsDetails
{
  AdwBin            parent_instance;

  GtkLabel         *title_label;
  GtkWidget        *switch_box;
  GtkToggleButton  *summary_toggle;
  GtkStack         *stack;
  AdwStatusPage    *failed_page;
  GtkWidget        *summary;
  GtkWidget        *separator;
  GtkWidget        *prompts;
  GtkLabel         *cost_label;
  GtkLabel         *cost_note;
  GtkWidget        *prices_button;
  GtkWidget        *chart_box;
  FareLineChart    *chart;
  GtkLabel         *chart_label;
  FareShareList    *tokens_list;
  FareShareList    *models_list;
  AdwActionRow     *client_row;
  AdwActionRow     *project_row;
  AdwActionRow     *branch_row;
  AdwActionRow     *time_row;
  AdwActionRow     *active_row;
  AdwActionRow     *id_row;
  AdwActionRow     *parent_row;
  AdwExpanderRow   *helpers_row;
  GtkLabel         *notice_label;
  FareTableBin     *turns_bin;
  GtkColumnView    *turns_view;
  GMenuModel       *session_menu;

  FareSessionsLook  look;
  FareSessionsMenu *menu;
  FareSessionTurns *turns;
  FareSessionStory *story;       /* (nullable): what is shown */
  GPtrArray        *helper_rows; /* widgets below helpers_row */
  FareRangeChoice  *choice;
  FarePreferences  *preferences;
  FareLiveQuery    *query;
  FareWidth         width;
};

G_DEFINE_FINAL_TYPE (FareSessionsDetails, fare_sessions_details, ADW_TYPE_BIN)

/* Facts come from logs and may look like markup. */
static void
set_fact (AdwActionRow *row,
          const char   *fact)
{
  g_autofree char *escaped = g_markup_escape_text (fact != NULL ? fact : "", -1);

  if (g_strcmp0 (adw_action_row_get_subtitle (row), escaped) != 0)
    adw_action_row_set_subtitle (row, escaped);

  gtk_widget_set_visible (GTK_WIDGET (row), *escaped != '\0');
}

static char *
write_axis (double   value,
            gpointer user_data)
{
  FareSessionsDetails *self = user_data;

  return self->look.hide_amounts ? g_strdup (FARE_TEXT_HIDDEN) : fare_text_money (value);
}

static char *
describe_point (guint    point,
                gpointer user_data)
{
  FareSessionsDetails *self = user_data;
  const FareStoryTurn *turn = &g_array_index (self->story->turns, FareStoryTurn, point);
  g_autofree char *time = fare_sessions_text_time (&self->look, turn->turn->time_ms);
  g_autofree char *cost = fare_sessions_text_money (&self->look, &turn->sums);
  g_autofree char *running = fare_sessions_text_money (&self->look, &turn->running);

  /* Translators: number of a turn, its time, its cost, and the cost of all turns up to it */
  return g_strdup_printf (_("Turn %u, %s: %s, running total %s"), point + 1, time, cost, running);
}

static void
show_chart (FareSessionsDetails *self)
{
  GArray *turns = self->story->turns;
  g_autofree double *values = g_new (double, turns->len + 1);
  g_autofree char *cost = fare_sessions_text_money (&self->look, &self->story->row->sums);
  g_autofree char *summary = NULL;

  for (guint i = 0; i < turns->len; i++)
    values[i] = g_array_index (turns, FareStoryTurn, i).running.cost;

  /* Translators: a chart in a sentence; the placeholders are a number of turns and money */
  summary = g_strdup_printf (ngettext ("Cost of the session over %u turn, total %s",
                                       "Cost of the session over %u turns, total %s", turns->len),
                             turns->len, cost);
  fare_line_chart_show (self->chart, values, turns->len, write_axis, describe_point, self, summary);
  /* A line along zero would say that it was free. */
  gtk_widget_set_visible (self->chart_box, fare_sums_has_cost (&self->story->row->sums));
}

static void
chart_moved_cb (FareSessionsDetails *self)
{
  g_autofree char *sentence = fare_chart_dup_sentence (FARE_CHART (self->chart));
  guint n = self->story != NULL ? self->story->turns->len : 0;
  g_autofree char *count = g_strdup_printf (ngettext ("%u turn", "%u turns", n), n);

  fare_quiet_label_set (self->chart_label, sentence != NULL ? sentence : count);
}

static FareShareItem *
new_share (const char *key,
           const char *title,
           const char *subtitle,
           const char *value,
           double      fraction,
           guint       slot)
{
  FareShareItem *item = fare_share_item_new (key);
  g_autofree char *spoken = *subtitle != '\0' ? g_strdup_printf ("%s: %s, %s", title, value, subtitle)
                                              : g_strdup_printf ("%s: %s", title, value);

  g_object_set (item, "title", title, "subtitle", subtitle, "value", value,
                "fraction", MAX (fraction, 0.0), "slot", slot, "tooltip", spoken,
                "spoken", spoken, NULL);

  return item;
}

static void
add_tokens (GPtrArray  *items,
            const char *title,
            gint64      tokens,
            gint64      total)
{
  g_autofree char *short_count = fare_text_tokens (tokens);
  g_autofree char *count = fare_text_count (tokens);
  g_autofree char *exact = g_strdup_printf (_("%s tokens"), count);
  double fraction = total > 0 ? (double) tokens / (double) total : 0.0;
  g_autofree char *percent = fare_text_percent (fraction);
  g_autofree char *value = g_strdup_printf ("%s · %s", percent, short_count);

  g_ptr_array_add (items, new_share (title, title, exact, value, fraction, FARE_PALETTE_ACCENT));
}

static void
show_tokens (FareSessionsDetails *self)
{
  const FareUsage *usage = &self->story->row->sums.usage;
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 total = fare_usage_total (usage);

  add_tokens (items, _("Input"), usage->input, total);
  add_tokens (items, _("Cache Read"), usage->cache_read, total);
  add_tokens (items, _("Cache Write"), usage->cache_write_5m + usage->cache_write_1h, total);
  add_tokens (items, _("Output"), usage->output, total);
  if (usage->reasoning > 0)
    add_tokens (items, _("Reasoning, Part of Output"), usage->reasoning, total);

  fare_share_list_update (self->tokens_list, items);
}

static void
show_models (FareSessionsDetails *self)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->story->models->len; i++)
    {
      const FareStoryModel *model = g_ptr_array_index (self->story->models, i);
      double fraction = fare_sums_get_share (&model->sums, &self->story->row->sums);
      g_autofree char *key = g_strdup_printf ("%u %s", i, model->name);
      g_autofree char *cost = fare_sessions_text_money (&self->look, &model->sums);
      g_autofree char *percent = fare_text_percent (fraction);
      g_autofree char *tokens = fare_text_tokens (fare_usage_total (&model->sums.usage));
      /* Translators: share of the whole, and tokens */
      g_autofree char *subtitle = g_strdup_printf (_("%s · %s tokens"), percent, tokens);

      g_ptr_array_add (items, new_share (key, model->name, subtitle, cost, fraction,
                                         FARE_PALETTE_ACCENT));
    }

  fare_share_list_update (self->models_list, items);
}

static char *
describe_span (FareSessionsDetails *self)
{
  gint64 last_ms = self->story->row->last_ms;
  g_autofree char *first = fare_sessions_text_time (&self->look, self->story->first_ms);
  g_autofree char *first_day = NULL;
  g_autofree char *first_clock = NULL;
  g_autofree char *last_day = NULL;
  g_autofree char *last_clock = NULL;
  g_autofree char *last = NULL;

  fare_sessions_text_moment (&self->look, self->story->first_ms, &first_day, &first_clock);
  fare_sessions_text_moment (&self->look, last_ms, &last_day, &last_clock);
  if (g_str_equal (first_day, last_day) && g_str_equal (first_clock, last_clock))
    return g_steal_pointer (&first);

  /* A day is named once. */
  last = g_str_equal (first_day, last_day) ? g_steal_pointer (&last_clock)
                                           : fare_sessions_text_time (&self->look, last_ms);

  return g_strdup_printf ("%s – %s", first, last);
}

static void
show_facts (FareSessionsDetails *self)
{
  const FareSessionRow *row = self->story->row;
  g_autofree char *path = *row->project != '\0' ? fare_text_path (row->project)
                                                : fare_text_project ("");
  g_autofree char *span = describe_span (self);
  g_autofree char *active = fare_active_time_to_text (self->story->active_ms);

  set_fact (self->client_row, fare_text_client (row->client));
  set_fact (self->project_row, path);
  set_fact (self->branch_row, row->branch);
  set_fact (self->time_row, span);
  set_fact (self->active_row, active);
  set_fact (self->id_row, row->uid);
  set_fact (self->parent_row, self->story->parent_title);
}

static void
helper_cb (FareSessionsDetails *self,
           AdwActionRow        *widget)
{
  const char *uid = g_object_get_data (G_OBJECT (widget), "uid");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-session", "(ss)",
                              self->story->row->client, uid);
}

static void
parent_cb (FareSessionsDetails *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-session", "(ss)",
                              self->story->row->client, self->story->row->parent);
}

static void
add_helper (FareSessionsDetails  *self,
            const FareSessionRow *row)
{
  GtkWidget *widget = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (row->title, -1);
  g_autofree char *cost = fare_sessions_text_money (&self->look, &row->sums);
  g_autofree char *tokens = fare_text_tokens (fare_usage_total (&row->sums.usage));
  g_autofree char *subtitle = g_strdup_printf (_("%s tokens"), tokens);
  GtkWidget *label = gtk_label_new (cost);

  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
  g_object_set_data_full (G_OBJECT (widget), "uid", g_strdup (row->uid), g_free);
  g_signal_connect_object (widget, "activated", G_CALLBACK (helper_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (self->helpers_row, widget);
  g_ptr_array_add (self->helper_rows, widget);
}

static void
show_helpers (FareSessionsDetails *self)
{
  GPtrArray *helpers = self->story->helpers;
  g_autofree char *cost = fare_sessions_text_money (&self->look, &self->story->helper_sums);
  g_autofree char *title = g_strdup_printf (ngettext ("%u Helper Agent", "%u Helper Agents",
                                                      helpers->len), helpers->len);

  for (guint i = 0; i < self->helper_rows->len; i++)
    adw_expander_row_remove (self->helpers_row, g_ptr_array_index (self->helper_rows, i));

  g_ptr_array_set_size (self->helper_rows, 0);
  for (guint i = 0; i < helpers->len; i++)
    add_helper (self, g_ptr_array_index (helpers, i));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->helpers_row), title);
  adw_expander_row_set_subtitle (self->helpers_row, cost);
  gtk_widget_set_visible (GTK_WIDGET (self->helpers_row), helpers->len > 0);
}

static void
show_cost (FareSessionsDetails *self)
{
  const FareSessionStory *story = self->story;
  g_autofree char *cost = fare_sessions_text_money (&self->look, &story->row->sums);
  g_autofree char *tokens = fare_text_tokens (fare_usage_total (&story->row->sums.usage));
  g_autofree char *missing = fare_sums_unpriced_to_text (&story->row->sums);
  g_autofree char *helpers = fare_sessions_text_money (&self->look, &story->helper_sums);
  g_autofree char *exact = fare_text_count (fare_usage_total (&story->row->sums.usage));
  g_autofree char *tooltip = g_strdup_printf (_("%s tokens"), exact);
  GString *note = g_string_new (NULL);

  if (fare_sums_has_cost (&story->row->sums))
    g_string_append_printf (note, _("estimated · %s tokens"), tokens);
  if (missing != NULL)
    g_string_append_printf (note, "%s%s", note->len > 0 ? " · " : "", missing);
  if (story->helpers->len > 0)
    {
      /* Translators: money that comes on top */
      g_string_append_printf (note, _("\nplus %s by helper agents"), helpers);
    }

  fare_quiet_label_set (self->cost_label, cost);
  fare_quiet_label_set (self->cost_note, note->str);
  gtk_widget_set_visible (self->prices_button, missing != NULL);
  fare_quiet_tooltip_set (GTK_WIDGET (self->cost_note), tooltip);
  g_string_free (note, TRUE);
}

static void
show_story (FareSessionsDetails *self)
{
  const char *notice = fare_prompts_to_notice (self->story->prompts);

  fare_quiet_label_set (self->title_label, self->story->row->title);
  fare_quiet_tooltip_set (GTK_WIDGET (self->title_label), self->story->row->title);
  fare_quiet_label_set (self->notice_label, notice != NULL ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), notice != NULL);
  show_cost (self);
  show_chart (self);
  chart_moved_cb (self);
  show_tokens (self);
  show_models (self);
  show_facts (self);
  show_helpers (self);
}

static void
forget (FareSessionsDetails *self)
{
  fare_session_turns_show (self->turns, NULL);
  fare_line_chart_show (self->chart, NULL, 0, write_axis, describe_point, self, "");
  g_clear_pointer (&self->story, fare_session_story_unref);
}

static void
answer_changed_cb (FareSessionsDetails *self)
{
  const GError *error = fare_live_query_get_error (self->query);
  FareSessionStory *story = fare_live_query_get_answer (self->query);

  if (error != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, escaped);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }

  if (story == NULL)
    {
      forget (self);
      fare_quiet_label_set (self->title_label, "");
      gtk_stack_set_visible_child_name (self->stack, "blank");
      return;
    }

  fare_session_story_ref (story);
  g_clear_pointer (&self->story, fare_session_story_unref);
  self->story = story;
  fare_sessions_look_set_clock (&self->look, story->zone, story->today);
  show_story (self);
  fare_session_turns_show (self->turns, story);
  gtk_stack_set_visible_child_name (self->stack, "story");
}

static void
hide_amounts_cb (FareSessionsDetails *self)
{
  self->look.hide_amounts = fare_preferences_get_hide_amounts (self->preferences);

  if (self->story != NULL)
    {
      show_story (self);
      fare_session_turns_touch (self->turns);
    }
}

static void
arrange_cb (FareSessionsDetails *self)
{
  gboolean is_wide = self->width == FARE_WIDTH_WIDE;
  gboolean is_summary = gtk_toggle_button_get_active (self->summary_toggle);

  gtk_widget_set_visible (self->switch_box, !is_wide);
  gtk_widget_set_visible (self->summary, is_wide || is_summary);
  gtk_widget_set_visible (self->separator, is_wide);
  gtk_widget_set_visible (self->prompts, is_wide || !is_summary);
  gtk_widget_set_hexpand (self->summary, !is_wide);
  gtk_widget_set_size_request (self->summary, is_wide ? SUMMARY_WIDTH : -1, -1);
}

static void
back_cb (FareSessionsDetails *self)
{
  g_signal_emit_by_name (self, "back");
}

static void
why_cb (FareSessionsDetails *self)
{
  if (self->story != NULL)
    g_signal_emit_by_name (self, "why", self->story->row);
}

/* The pricing page knows what was used in the days chosen, which the session may lie outside of. */
static void
prices_cb (FareSessionsDetails *self)
{
  FareRange chosen = fare_range_choice_get_range (self->choice);
  FareRange days;

  if (self->story == NULL)
    return;

  days.first = fare_day_of (self->story->zone, self->story->first_ms);
  days.end = self->story->row->last_day + 1;
  if (days.first < chosen.first || days.end > chosen.end)
    fare_range_choice_set_days (self->choice, days);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-prices", "s", "");
}

/* What is said of the session as a line of the table, of its whole life and without its helpers. */
static void
menu_clicked_cb (FareSessionsDetails *self,
                 GtkWidget           *button)
{
  g_autoptr(FareSessionItem) item = NULL;
  FareSessionFigures figures = { .active_ms = -1 };

  if (self->story == NULL)
    return;

  item = fare_session_item_new (FARE_SESSION_ITEM_SESSION, self->story->row->key, FALSE);
  figures.row = fare_session_row_ref (self->story->row);
  figures.sums = self->story->row->sums;
  figures.active_ms = self->story->active_ms;
  figures.last_ms = self->story->row->last_ms;
  figures.last_day = self->story->row->last_day;
  fare_session_item_take (item, &figures);
  fare_sessions_menu_popup_for (self->menu, button, item);
}

/* A prompt opens and closes. */
static void
turn_activated_cb (FareSessionsDetails *self,
                   guint                position)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (self->turns_view));
  g_autoptr(GtkTreeListRow) row = g_list_model_get_item (model, position);

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
try_again_cb (FareSessionsDetails *self)
{
  fare_live_query_ask (self->query);
}

static void
fare_sessions_details_dispose (GObject *object)
{
  FareSessionsDetails *self = FARE_SESSIONS_DETAILS (object);

  if (self->turns_view != NULL)
    gtk_column_view_set_model (self->turns_view, NULL);
  if (self->menu != NULL)
    fare_sessions_menu_detach (self->menu);
  g_clear_object (&self->menu);
  g_clear_object (&self->query);
  g_clear_object (&self->turns);
  g_clear_object (&self->choice);
  g_clear_object (&self->preferences);
  g_clear_pointer (&self->helper_rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_SESSIONS_DETAILS);

  G_OBJECT_CLASS (fare_sessions_details_parent_class)->dispose (object);
}

static void
fare_sessions_details_finalize (GObject *object)
{
  FareSessionsDetails *self = FARE_SESSIONS_DETAILS (object);

  g_clear_pointer (&self->story, fare_session_story_unref);
  fare_sessions_look_clear (&self->look);

  G_OBJECT_CLASS (fare_sessions_details_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, title_label);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, switch_box);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, summary_toggle);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, summary);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, separator);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, prompts);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, cost_label);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, cost_note);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, prices_button);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, chart_box);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, chart);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, chart_label);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, tokens_list);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, models_list);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, client_row);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, project_row);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, branch_row);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, time_row);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, active_row);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, id_row);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, parent_row);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, helpers_row);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, notice_label);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, turns_bin);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, turns_view);
  gtk_widget_class_bind_template_child (widget_class, FareSessionsDetails, session_menu);
}

static void
fare_sessions_details_class_init (FareSessionsDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_sessions_details_dispose;
  object_class->finalize = fare_sessions_details_finalize;

  g_signal_new ("back", FARE_TYPE_SESSIONS_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("why", FARE_TYPE_SESSIONS_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (FARE_TYPE_LINE_CHART);
  g_type_ensure (FARE_TYPE_SHARE_LIST);
  g_type_ensure (FARE_TYPE_SLOW_SPINNER);
  g_type_ensure (FARE_TYPE_TABLE_BIN);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/tokenfare/Tokenfare/fare-sessions-details.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, why_cb);
  gtk_widget_class_bind_template_callback (widget_class, prices_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, arrange_cb);
  gtk_widget_class_bind_template_callback (widget_class, chart_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, parent_cb);
  gtk_widget_class_bind_template_callback (widget_class, turn_activated_cb);
}

static void
fare_sessions_details_init (FareSessionsDetails *self)
{
  FareGradualList *lines;
  GtkSingleSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->helper_rows = g_ptr_array_new ();
  self->turns = fare_session_turns_new ();
  lines = fare_gradual_list_new (G_LIST_MODEL (fare_session_turns_get_model (self->turns)));
  selection = gtk_single_selection_new (G_LIST_MODEL (lines));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  fare_sessions_turns_view_set_up (self->turns_view, self->turns_bin, &self->look);
  gtk_column_view_set_model (self->turns_view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  self->menu = fare_sessions_menu_new (GTK_WIDGET (self), self->session_menu);
  g_signal_connect_object (self->menu, "why", G_CALLBACK (why_cb), self, G_CONNECT_SWAPPED);
  arrange_cb (self);
}

void
fare_sessions_details_connect (FareSessionsDetails   *self,
                               const FarePageContext *context)
{
  g_return_if_fail (FARE_IS_SESSIONS_DETAILS (self));

  self->choice = g_object_ref (context->choice);
  self->preferences = g_object_ref (context->preferences);
  self->look.hide_amounts = fare_preferences_get_hide_amounts (self->preferences);
  self->query = fare_live_query_new (context->meter, context->choice, FALSE, NULL,
                                     fare_session_story_load,
                                     (GDestroyNotify) fare_session_story_unref);
  fare_live_query_set_pause (self->query, PAUSE_MS);
  g_signal_connect_object (self->query, "changed",
                           G_CALLBACK (answer_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preferences, "notify::hide-amounts",
                           G_CALLBACK (hide_amounts_cb), self, G_CONNECT_SWAPPED);
}

void
fare_sessions_details_open (FareSessionsDetails *self,
                            const char          *client,
                            const char          *uid)
{
  g_return_if_fail (FARE_IS_SESSIONS_DETAILS (self));

  fare_live_query_set_subject (self->query, g_variant_new ("(ss)", client, uid));
}

void
fare_sessions_details_set_active (FareSessionsDetails *self,
                                  gboolean             is_active)
{
  g_return_if_fail (FARE_IS_SESSIONS_DETAILS (self));

  fare_live_query_set_active (self->query, is_active);
}

void
fare_sessions_details_set_width (FareSessionsDetails *self,
                                 FareWidth            width)
{
  g_return_if_fail (FARE_IS_SESSIONS_DETAILS (self));

  self->width = width;
  arrange_cb (self);
}

FareSessionStory *
fare_sessions_details_get_story (FareSessionsDetails *self)
{
  g_return_val_if_fail (FARE_IS_SESSIONS_DETAILS (self), NULL);

  return self->story;
}
