/* test-sessions-page.c
 *
 * The sessions page: its sums, its order, what stays where it is while agents work, and
 * whether the details say what the command says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "base/fare-text.h"
#include "models/fare-session-merge.h"
#include "models/fare-session-place.h"
#include "pages/fare-sessions-cells.h"
#include "pages/fare-sessions-details.h"
#include "pages/fare-sessions-page.h"
#include "pages/fare-sessions-text.h"
#include "pages/fare-sessions-why.h"
#include "widgets/fare-line-chart.h"
#include "widgets/fare-line-item.h"

#define PARENT "019d0000-0004-7000-8000-00000000000d"
#define HELPER "019d0000-0005-7000-8000-00000000000e"
#define REVIEW "019d0000-0007-7000-8000-000000000010"

typedef struct
{
  UiRoom           *room;
  FareSessionsPage *page;
  FareSessionList  *list;
} Stage;

static char *
write_time (gint64 time_ms)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (time_ms / 1000);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%S.000Z");
}

/* A Codex log with one prompt and as many answers as asked. */
static void
add_codex (UiRoom     *room,
           const char *uid,
           const char *source,
           gint64      time_ms,
           guint       input,
           guint       n_turns)
{
  g_autofree char *folder = g_build_filename (room->home, ".codex/sessions/2026/04/03", NULL);
  g_autofree char *name = g_strdup_printf ("rollout-2026-04-03T10-00-00-%s.jsonl", uid);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *when = write_time (time_ms);
  FILE *file;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  file = fopen (path, "w");
  g_assert_nonnull (file);
  fprintf (file,
           "{\"timestamp\":\"%s\",\"type\":\"session_meta\",\"payload\":{\"id\":\"%s\","
           "\"timestamp\":\"%s\",\"cwd\":\"/src/ferry\",\"originator\":\"codex_cli_rs\","
           "\"cli_version\":\"0.148.0\",\"source\":%s,\"model_provider\":\"openai\"}}\n"
           "{\"timestamp\":\"%s\",\"type\":\"turn_context\",\"payload\":{\"cwd\":\"/src/ferry\","
           "\"model\":\"gpt-5.4\",\"turn_id\":\"t-1\"}}\n"
           "{\"timestamp\":\"%s\",\"type\":\"event_msg\",\"payload\":{\"type\":\"user_message\","
           "\"message\":\"Paint the Café\",\"images\":[]}}\n",
           when, uid, when, source, when, when);

  for (guint i = 1; i <= n_turns; i++)
    {
      g_autofree char *later = write_time (time_ms + i * 1000);

      fprintf (file,
               "{\"timestamp\":\"%s\",\"type\":\"event_msg\",\"payload\":{\"type\":\"token_count\","
               "\"info\":{\"total_token_usage\":{\"input_tokens\":%u,\"cached_input_tokens\":0,"
               "\"output_tokens\":%u,\"reasoning_output_tokens\":0,\"total_tokens\":%u},"
               "\"last_token_usage\":{\"input_tokens\":%u,\"cached_input_tokens\":0,"
               "\"output_tokens\":1000,\"reasoning_output_tokens\":0,\"total_tokens\":%u},"
               "\"model_context_window\":272000},\"rate_limits\":null}}\n",
               later, i * input, i * 1000, i * (input + 1000), input, input + 1000);
    }

  g_assert_cmpint (fclose (file), ==, 0);
}

static gboolean
has_answer (gpointer data)
{
  Stage *self = data;

  return fare_session_list_get_total (self->list)->n_sessions > 0;
}

static void
stage_open (Stage *self)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FarePreferences) preferences = fare_preferences_new (paths);
  GSettings *settings = fare_preferences_get_settings (preferences);
  gint64 now = g_get_real_time () / 1000;

  self->room = ui_room_new ();
  g_settings_reset (settings, "sessions-sort");
  g_settings_reset (settings, "sessions-group");
  g_settings_reset (settings, "show-review-sessions");
  g_settings_set_string (settings, "default-range", "all");

  ui_room_add_claude (self->room, "alpha", now - 5000, "claude-opus-4-8", 1000000, 1000);
  ui_room_add_claude (self->room, "beta", now - 4000, "claude-opus-4-8", 3000000, 2000);
  ui_room_add_claude (self->room, "gamma", now - 3000, "claude-haiku-4-5", 2000000, 3000);
  add_codex (self->room, PARENT, "\"cli\"", now - 60000, 100000, 2);
  add_codex (self->room, HELPER,
             "{\"subagent\":{\"thread_spawn\":{\"parent_thread_id\":\"" PARENT "\",\"depth\":1}}}",
             now - 50000, 50000, 1);
  add_codex (self->room, REVIEW, "{\"subagent\":{\"other\":\"guardian\"}}", now - 40000, 70000, 1);

  ui_room_open (self->room);
  fare_range_choice_from_string (fare_application_get_choice (self->room->application), "all");
  ui_room_wait_settled (self->room);
  gtk_widget_activate_action (GTK_WIDGET (self->room->window), "win.show-page", "s", "sessions");
  self->page = FARE_SESSIONS_PAGE (ui_find (GTK_WIDGET (self->room->window),
                                            FARE_TYPE_SESSIONS_PAGE, NULL));
  self->list = fare_sessions_page_get_list (self->page);
  ui_wait (has_answer, self, 5.0);
  ui_pause (50);
}

static void
stage_close (Stage *self)
{
  g_clear_pointer (&self->room, ui_room_free);
}

static GSettings *
get_settings (Stage *self)
{
  return fare_preferences_get_settings (
    fare_application_get_preferences (self->room->application));
}

static FareSessionItem *
get_line (Stage *self,
          guint  i)
{
  GListModel *model = G_LIST_MODEL (fare_session_list_get_model (self->list));
  g_autoptr(GtkTreeListRow) row = g_list_model_get_item (model, i);
  g_autoptr(FareSessionItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return item; /* the list holds it */
}

static guint
count_lines (Stage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fare_session_list_get_model (self->list)));
}

/* What the lines add up to that one sees without opening any. */
static void
add_lines (Stage    *self,
           FareSums *sums)
{
  *sums = (FareSums) { 0 };

  for (guint i = 0; i < count_lines (self); i++)
    if (fare_session_item_get_above (get_line (self, i)) == NULL)
      fare_session_sums_add (sums, &fare_session_item_get_figures (get_line (self, i))->sums);
}

static void
assert_same (const FareSums *a,
             const FareSums *b)
{
  g_assert_cmpint (fare_usage_total (&a->usage), ==, fare_usage_total (&b->usage));
  g_assert_cmpint (a->messages, ==, b->messages);
  g_assert_cmpint (a->unpriced_tokens, ==, b->unpriced_tokens);
  g_assert_cmpfloat_with_epsilon (a->cost, b->cost, 1e-9);
}

static GtkWidget *
find (Stage      *self,
      GType       type,
      const char *id)
{
  GtkWidget *widget = ui_find (GTK_WIDGET (self->page), type, id);

  g_assert_nonnull (widget);

  return widget;
}

static gboolean
shows_all (gpointer data)
{
  return fare_session_list_get_total (((Stage *) data)->list)->n_hidden == 0;
}

/* Review sessions are kept from sight, and that is said; what is shown and hidden is everything. */
static void
test_sums (void)
{
  Stage stage;
  const FareSessionTotal *total;
  FareSums lines;
  g_autofree char *hidden = NULL;
  g_autofree char *cost = NULL;

  stage_open (&stage);
  total = fare_session_list_get_total (stage.list);
  g_assert_cmpuint (total->n_sessions, ==, 5);
  g_assert_cmpuint (total->n_hidden, ==, 1);
  add_lines (&stage, &lines);
  assert_same (&lines, &total->sums);

  hidden = g_strdup (gtk_label_get_label (GTK_LABEL (find (&stage, GTK_TYPE_LABEL, "hidden_label"))));
  g_assert_true (g_str_has_prefix (hidden, "1 review session hidden ("));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (&stage, GTK_TYPE_CHECK_BUTTON,
                                                       "reviews_check")), TRUE);
  ui_wait (shows_all, &stage, 1.0);
  g_assert_true (g_settings_get_boolean (get_settings (&stage), "show-review-sessions"));
  g_assert_cmpuint (total->n_sessions, ==, 6);
  add_lines (&stage, &lines);
  assert_same (&lines, &total->sums);
  cost = fare_text_money (total->sums.cost);
  g_assert_cmpstr (cost, ==, ui_room_get_cost (stage.room));
  stage_close (&stage);
}

/* A session's line counts its helpers in; the helper below it is a part of that. */
static void
test_helpers (void)
{
  Stage stage;
  FareSessionItem *item;
  const FareSessionFigures *figures;
  g_autoptr(FareSessionItem) helper = NULL;
  g_autofree char *key = fare_session_row_dup_key ("codex", PARENT);

  stage_open (&stage);
  item = fare_session_list_find (stage.list, key);
  g_assert_nonnull (item);
  figures = fare_session_item_get_figures (item);
  g_assert_cmpuint (figures->n_helpers, ==, 1);
  g_assert_cmpint (fare_usage_total (&figures->row->sums.usage), ==, 2 * 101000);
  g_assert_cmpint (fare_usage_total (&figures->sums.usage), ==, 2 * 101000 + 51000);

  helper = g_list_model_get_item (G_LIST_MODEL (fare_session_item_get_children (item)), 0);
  g_assert_cmpstr (fare_session_item_get_figures (helper)->row->uid, ==, HELPER);
  g_assert_cmpint (fare_usage_total (&fare_session_item_get_figures (helper)->sums.usage), ==, 51000);
  stage_close (&stage);
}

/* A click on a heading: GTK begins with ascending order. */
static void
click_heading (Stage      *self,
               const char *title)
{
  GtkColumnView *table = GTK_COLUMN_VIEW (find (self, GTK_TYPE_COLUMN_VIEW, "table"));
  GListModel *columns = gtk_column_view_get_columns (table);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        {
          gtk_column_view_sort_by_column (table, column, GTK_SORT_ASCENDING);
          return;
        }
    }

  g_assert_not_reached ();
}

static void
test_sort (void)
{
  static const char * const titles[] = {
    "Session", "Tool", "Models", "Input", "Cache", "Hit", "Output", "Total", "Cost",
    "Active (est.)"
  };
  Stage stage;
  g_autofree char *text = NULL;
  const char *first;

  stage_open (&stage);
  first = fare_session_item_get_figures (get_line (&stage, 0))->row->uid;
  g_assert_cmpstr (first, ==, "gamma");

  click_heading (&stage, "Cost");
  g_assert_cmpstr (fare_session_item_get_figures (get_line (&stage, 0))->row->uid, ==, "beta");
  text = g_settings_get_string (get_settings (&stage), "sessions-sort");
  g_assert_cmpstr (text, ==, "cost-desc");

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *sort = NULL;
      g_autofree char *start = NULL;

      click_heading (&stage, titles[i]);
      sort = g_settings_get_string (get_settings (&stage), "sessions-sort");
      start = g_strconcat (fare_session_column_get_name (i), "-", NULL);
      g_assert_true (g_str_has_prefix (sort, start));

      for (guint j = 1; j < count_lines (&stage); j++)
        {
          int order = fare_session_item_compare (get_line (&stage, j - 1), get_line (&stage, j), i);

          g_assert_cmpint (order, >=, 0);
        }
    }

  stage_close (&stage);
}

static void
test_groups (void)
{
  static const struct
  {
    const char *name;
    guint       n_groups;
  } groupings[] = { { "project", 2 }, { "branch", 2 }, { "client", 2 }, { "day", 1 } };
  Stage stage;
  FareSums lines;

  stage_open (&stage);

  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++)
    {
      guint n_groups = 0;

      g_settings_set_string (get_settings (&stage), "sessions-group", groupings[i].name);
      ui_pause (20);

      for (guint j = 0; j < count_lines (&stage); j++)
        {
          FareSessionItem *group = get_line (&stage, j);
          GListModel *children = G_LIST_MODEL (fare_session_item_get_children (group));
          FareSums below = { 0 };

          if (fare_session_item_get_kind (group) != FARE_SESSION_ITEM_GROUP)
            continue;

          n_groups++;
          for (guint k = 0; k < g_list_model_get_n_items (children); k++)
            {
              g_autoptr(FareSessionItem) child = g_list_model_get_item (children, k);

              fare_session_sums_add (&below, &fare_session_item_get_figures (child)->sums);
            }
          assert_same (&below, &fare_session_item_get_figures (group)->sums);
        }

      /* Around midnight the sessions lie on two days. */
      if (i < 3)
        g_assert_cmpuint (n_groups, ==, groupings[i].n_groups);
      else
        g_assert_cmpuint (n_groups, >=, groupings[i].n_groups);

      g_assert_true (fare_session_item_get_expanded (get_line (&stage, 0)));
      add_lines (&stage, &lines);
      assert_same (&lines, &fare_session_list_get_total (stage.list)->sums);
    }

  stage_close (&stage);
}

static void
search (Stage      *self,
        const char *text,
        guint       n_expected,
        const char *note_expected)
{
  g_autofree char *note = NULL;

  fare_page_set_search (FARE_PAGE (self->page), text);
  note = fare_page_dup_search_note (FARE_PAGE (self->page));
  g_assert_cmpuint (fare_session_list_get_total (self->list)->n_sessions, ==, n_expected);
  g_assert_cmpstr (note, ==, note_expected);
}

static void
test_search (void)
{
  Stage stage;

  stage_open (&stage);
  search (&stage, "BETA", 1, "1 session");
  search (&stage, "cafe", 2, "2 sessions");
  search (&stage, "CAFÉ ferry", 2, "2 sessions");
  search (&stage, "haiku", 1, "1 session");
  search (&stage, "pier", 3, "3 sessions");
  /* What a helper says finds the session above it. */
  search (&stage, "0005-7000", 2, "2 sessions");
  search (&stage, "nowhere", 0, "0 sessions");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (
                     GTK_STACK (gtk_widget_get_ancestor (find (&stage, GTK_TYPE_BUTTON, "clear_button"),
                                                         GTK_TYPE_STACK))),
                   ==, "unmatched");
  search (&stage, "", 5, "5 sessions");
  stage_close (&stage);
}

static FareSessionData *
make_data (guint n,
           guint round)
{
  FareSessionData *data = g_new0 (FareSessionData, 1);

  data->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_session_row_unref);
  data->zone = g_time_zone_new_utc ();
  data->today = fare_day_from_ymd (2026, 11, 22);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uid = g_strdup_printf ("session-%05u", i);
      FareSessionRow *row = fare_session_row_new (i % 3 == 0 ? "codex" : "claude", uid);
      /* Each round some go on, so they cost more and are the newest. */
      guint goes_on = (i * 7 + round) % 10 == 0 ? round : 0;

      row->title = g_strdup_printf ("Work on part %u", i);
      row->project = g_strdup_printf ("/src/project-%u", i % 4);
      row->branch = g_strdup ("main");
      row->models = g_strdup ("claude-opus-4-8");
      row->sums.usage.input = 1000 + i + goes_on;
      row->sums.messages = 1;
      row->sums.sessions = 1;
      row->sums.cost = 0.5 + i * 0.01 + goes_on;
      row->sums.has_price = TRUE;
      row->last_ms = G_GINT64_CONSTANT (1795300000000) + (goes_on > 0 ? n + round * n + i : i);
      row->last_day = data->today;
      fare_session_row_fold (row);
      fare_session_sums_add (&data->total, &row->sums);
      g_ptr_array_add (data->rows, row);
    }

  return data;
}

static FareSessionItem *
get_selected (GtkSelectionModel *model)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (model));
  g_autoptr(FareSessionItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return item; /* the list holds it */
}

static GtkAdjustment *
get_scroll (Stage *self)
{
  return gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (find (self, GTK_TYPE_SCROLLED_WINDOW, "table_scroller")));
}

static void
show_round (Stage *self,
            guint  round)
{
  g_autoptr(FareSessionData) data = make_data (60, round);

  fare_session_list_show (self->list, data);
}

static GtkWidget *
find_focus (Stage *self)
{
  return gtk_window_get_focus (GTK_WINDOW (self->room->window));
}

static void
focus_cb (GtkWidget *widget,
          gpointer   data)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (parent != NULL && g_str_equal (G_OBJECT_TYPE_NAME (parent), "GtkColumnListView") &&
      fare_line_item_find (widget) == data)
    gtk_widget_grab_focus (widget);
}

typedef struct
{
  GListModel *model;
  guint       position;
} Position;

static gboolean
is_there (gpointer data)
{
  const Position *place = data;

  return g_list_model_get_n_items (place->model) > place->position;
}

/* Has a line selected and focused, as a person would with the arrow keys. */
static FareSessionItem *
select_line (Stage *self,
             guint  position)
{
  GtkColumnView *table = GTK_COLUMN_VIEW (find (self, GTK_TYPE_COLUMN_VIEW, "table"));
  GtkSelectionModel *selection = gtk_column_view_get_model (table);

  ui_wait (is_there, &(Position) { G_LIST_MODEL (selection), position }, 5.0);
  gtk_selection_model_select_item (selection, position, TRUE);
  ui_pause (20);
  ui_walk (GTK_WIDGET (table), focus_cb, get_selected (selection));
  g_assert_true (fare_line_item_find (find_focus (self)) == get_selected (selection));

  return get_selected (selection);
}

/* A hundred rounds of news change what is said, but neither selection nor focus, order of columns,
 * place or what is open. */
static void
test_live_updates (void)
{
  Stage stage;
  FareSessionItem *selected, *open;
  GtkWidget *focus;
  GtkSelectionModel *selection;
  g_autofree char *open_key = NULL;

  stage_open (&stage);
  show_round (&stage, 1);
  g_settings_set_string (get_settings (&stage), "sessions-group", "project");
  ui_pause (50);
  open = get_line (&stage, 0);
  open_key = g_strdup (fare_session_item_get_key (open));
  g_assert_true (fare_session_item_get_expanded (open));
  selected = select_line (&stage, 5);
  focus = find_focus (&stage);
  g_assert_nonnull (selected);
  g_assert_true (gtk_widget_is_ancestor (focus, find (&stage, GTK_TYPE_COLUMN_VIEW, "table")));
  selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (find (&stage, GTK_TYPE_COLUMN_VIEW,
                                                                "table")));
  fare_session_list_pin (stage.list, selected);

  for (guint round = 2; round < 102; round++)
    {
      show_round (&stage, round);
      if (round % 10 == 0)
        ui_pause (5);
      g_assert_true (get_selected (selection) == selected);
      g_assert_true (find_focus (&stage) == focus);
      g_assert_cmpstr (fare_session_item_get_key (fare_session_item_get_above (selected)), ==,
                       open_key);
      g_assert_true (fare_session_item_get_expanded (fare_session_item_get_above (selected)));
    }

  stage_close (&stage);
}

static gboolean
is_long (gpointer data)
{
  GtkAdjustment *scroll = data;

  return gtk_adjustment_get_upper (scroll) > 1500.0 + gtk_adjustment_get_page_size (scroll);
}

static gboolean
is_scrolled (gpointer data)
{
  return gtk_adjustment_get_value (data) > 600.0;
}

/* News of costs alone move nothing at all. */
static void
test_scroll_stays (void)
{
  Stage stage;
  GtkAdjustment *scroll;
  double place;

  stage_open (&stage);
  click_heading (&stage, "Session");
  show_round (&stage, 1);
  scroll = get_scroll (&stage);
  ui_wait (is_long, scroll, 5.0);
  gtk_adjustment_set_value (scroll, 700.0);
  ui_wait (is_scrolled, scroll, 5.0);
  ui_pause (50);
  place = gtk_adjustment_get_value (scroll);
  for (guint round = 2; round < 102; round++)
    {
      show_round (&stage, round);
      if (round % 10 == 0)
        ui_pause (5);
      g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (scroll), place, 0.5);
    }

  stage_close (&stage);
}

static gboolean
has_all (gpointer data)
{
  return g_list_model_get_n_items (data) == 4 + 5000 / 4;
}

/* A group of very many sessions opens at once, with those that fit into the window; the rest follows, and
 * what was chosen stays so. */
static void
test_large_group (void)
{
  g_autoptr(FareSessionData) data = make_data (5000, 1);
  Stage stage;
  FareSessionItem *selected;
  GListModel *shown;

  stage_open (&stage);
  fare_session_list_show (stage.list, data);
  ui_pause (100);
  shown = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (find (&stage, GTK_TYPE_COLUMN_VIEW,
                                                                          "table"))));
  g_settings_set_string (get_settings (&stage), "sessions-group", "project");
  g_assert_cmpuint (count_lines (&stage), ==, 4 + 5000 / 4);
  g_assert_cmpuint (g_list_model_get_n_items (shown), <, 100);

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (shown), 3, TRUE);
  selected = get_selected (GTK_SELECTION_MODEL (shown));
  ui_wait (has_all, shown, 5.0);
  g_assert_true (get_selected (GTK_SELECTION_MODEL (shown)) == selected);
  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (shown, i);
      g_autoptr(FareSessionItem) item = gtk_tree_list_row_get_item (row);

      g_assert_true (item == get_line (&stage, i));
    }

  stage_close (&stage);
}

static gboolean
is_filled (gpointer data)
{
  return g_list_model_get_n_items (data) == 10000;
}

/* News of a thousand among ten thousand: some change places, who is chosen stays chosen. */
static void
test_many_news (void)
{
  g_autoptr(FareSessionData) data = make_data (10000, 1);
  g_autoptr(FareSessionData) later = make_data (10000, 2);
  Stage stage;
  FareSessionItem *selected;
  GtkSelectionModel *selection;
  gint64 start;

  stage_open (&stage);
  fare_session_list_show (stage.list, data);
  selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (find (&stage, GTK_TYPE_COLUMN_VIEW, "table")));
  start = g_get_monotonic_time ();
  ui_wait (is_filled, selection, 10.0);
  g_test_message ("all 10,000 are there after %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  gtk_selection_model_select_item (selection, 1500, TRUE);
  selected = get_selected (selection);
  g_assert_nonnull (selected);

  fare_session_list_pin (stage.list, selected);
  fare_session_list_show (stage.list, later);
  g_assert_true (get_selected (selection) == selected);
  ui_pause (100);
  g_assert_true (get_selected (selection) == selected);
  ui_wait (is_filled, selection, 10.0);

  stage_close (&stage);
}

static void
test_merge (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (7);
  g_autoptr(GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 40; i++)
    g_ptr_array_add (objects, gtk_string_object_new ("x"));

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr(GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
      g_autoptr(GPtrArray) wanted = g_ptr_array_new ();
      gpointer pinned = g_ptr_array_index (objects, g_rand_int_range (random, 0, 40));

      for (guint list = 0; list < 2; list++)
        {
          for (guint i = objects->len - 1; i > 0; i--)
            {
              guint j = (guint) g_rand_int_range (random, 0, (gint32) i + 1);
              gpointer other = objects->pdata[i];

              objects->pdata[i] = objects->pdata[j];
              objects->pdata[j] = other;
            }

          for (guint i = 0; i < objects->len; i++)
            {
              gboolean is_in = g_rand_boolean (random) || objects->pdata[i] == pinned;

              if (is_in && list == 0)
                g_list_store_append (store, objects->pdata[i]);
              else if (is_in)
                g_ptr_array_add (wanted, objects->pdata[i]);
            }
        }

      fare_session_merge (store, wanted, pinned);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, wanted->len);

      for (guint i = 0; i < wanted->len; i++)
        {
          g_autoptr(GObject) object = g_list_model_get_item (G_LIST_MODEL (store), i);

          g_assert_true ((gpointer) object == wanted->pdata[i]);
        }
    }
}

static FareSessionStory *
get_story (Stage *self)
{
  return fare_sessions_details_get_story (
    FARE_SESSIONS_DETAILS (find (self, FARE_TYPE_SESSIONS_DETAILS, NULL)));
}

static gboolean
has_story (gpointer data)
{
  return get_story (data) != NULL;
}

static char *
ask_command (const char *uid)
{
  const char *argv[] = { g_getenv ("TOKENFARE_CLI"), "session", uid, "--json", NULL };
  g_autoptr(GError) error = NULL;
  char *output = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);

  return output;
}

/* The number that follows the last "NAME": of a JSON text, where the totals stand. */
static double
find_number (const char *json,
             const char *name)
{
  g_autofree char *key = g_strdup_printf ("\"%s\":", name);
  const char *place = strstr (json, key);

  g_assert_nonnull (place);

  return g_ascii_strtod (place + strlen (key), NULL);
}

static void
test_details (void)
{
  Stage stage;
  g_autofree char *json = NULL;
  const char *facts;
  FareSessionStory *story;
  FareSums turns = { 0 };
  GtkWidget *chart;

  stage_open (&stage);
  gtk_widget_activate_action (GTK_WIDGET (stage.room->window), "win.show-session", "(ss)", "codex",
                              PARENT);
  ui_wait (has_story, &stage, 5.0);
  story = get_story (&stage);
  json = ask_command (PARENT);
  facts = strstr (json, "\"client\":\"codex\",\"id\":");
  if (facts == NULL)
    facts = strstr (json, "\"parent\":");
  g_assert_nonnull (facts);
  g_assert_cmpfloat_with_epsilon (find_number (facts, "cost"), story->row->sums.cost, 1e-6);
  g_assert_cmpfloat (find_number (facts, "total"), ==,
                     (double) fare_usage_total (&story->row->sums.usage));

  g_assert_cmpuint (story->turns->len, ==, 2);
  for (guint i = 0; i < story->turns->len; i++)
    fare_session_sums_add (&turns, &g_array_index (story->turns, FareStoryTurn, i).sums);
  g_assert_cmpfloat_with_epsilon (turns.cost, story->row->sums.cost, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (story->turns, FareStoryTurn, 1).running.cost,
                                  story->row->sums.cost, 1e-9);
  g_assert_cmpuint (story->helpers->len, ==, 1);
  g_assert_cmpstr (fare_prompts_get_group (story->prompts, 0)->text, ==, "Paint the Café");

  chart = find (&stage, FARE_TYPE_LINE_CHART, "chart");
  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_grab_focus (chart);
  ui_pause (20);
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (find (&stage, GTK_TYPE_LABEL,
                                                                  "chart_label"))), "Turn 2,"));

  gtk_widget_activate_action (GTK_WIDGET (stage.room->window), "win.show-session", "(ss)", "codex",
                              HELPER);
  ui_wait (has_story, &stage, 5.0);
  g_assert_cmpstr (get_story (&stage)->row->parent, ==, PARENT);
  g_assert_true (gtk_widget_get_visible (find (&stage, ADW_TYPE_ACTION_ROW, "parent_row")));
  g_assert_true (fare_page_go_back (FARE_PAGE (stage.page)));
  g_assert_false (fare_page_go_back (FARE_PAGE (stage.page)));
  stage_close (&stage);
}

/* What Enter does: the first widget from the focus upwards that can be activated is. */
static void
press_enter (Stage *self)
{
  for (GtkWidget *widget = find_focus (self); widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_activate (widget))
      return;

  g_assert_not_reached ();
}

/* Enter on a line shows its details; on a group it opens and closes it. */
static void
test_activation (void)
{
  Stage stage;
  FareSessionItem *selected;

  stage_open (&stage);
  selected = select_line (&stage, 1);
  press_enter (&stage);
  ui_wait (has_story, &stage, 5.0);
  g_assert_cmpstr (get_story (&stage)->row->uid, ==,
                   fare_session_item_get_figures (selected)->row->uid);
  fare_page_go_back (FARE_PAGE (stage.page));

  g_settings_set_string (get_settings (&stage), "sessions-group", "client");
  ui_pause (50);
  selected = select_line (&stage, 0);
  g_assert_true (fare_session_item_get_expanded (selected));
  press_enter (&stage);
  g_assert_false (fare_session_item_get_expanded (selected));
  stage_close (&stage);
}

static FareSessionsWhy *
find_why (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *one = windows; one != NULL; one = one->next)
    if (FARE_IS_SESSIONS_WHY (one->data))
      return one->data;

  return NULL;
}

static gboolean
has_why (gpointer data)
{
  FareSessionsWhy *window = find_why ();

  return window != NULL && fare_sessions_why_get_answer (window) != NULL;
}

/* The counted lines are exactly the number. */
static void
test_why (void)
{
  Stage stage;
  const FareSessionWhy *why;
  FareSums lines = { 0 };

  stage_open (&stage);
  fare_sessions_page_show_session (stage.page, "codex", PARENT);
  ui_wait (has_story, &stage, 5.0);
  g_signal_emit_by_name (find (&stage, GTK_TYPE_BUTTON, "why_button"), "clicked");
  ui_wait (has_why, &stage, 5.0);
  why = fare_sessions_why_get_answer (find_why ());

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (why->lines)); i++)
    {
      g_autoptr(FareLogLine) line = g_list_model_get_item (G_LIST_MODEL (why->lines), i);

      fare_session_sums_add (&lines, &fare_log_line_get_facts (line)->sums);
    }

  g_assert_cmpint (why->events, ==, g_list_model_get_n_items (G_LIST_MODEL (why->lines)));
  assert_same (&lines, &why->total);
  assert_same (&lines, &get_story (&stage)->row->sums);
  g_assert_cmpuint (why->files->len, ==, 1);
  gtk_window_destroy (GTK_WINDOW (find_why ()));
  stage_close (&stage);
}

typedef struct
{
  char    *text;
  guint64  line;
  gboolean is_done;
} Place;

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Place *place = data;

  place->text = fare_session_place_find_finish (result, &place->line, NULL);
  place->is_done = TRUE;
}

static gboolean
is_found (gpointer data)
{
  return ((Place *) data)->is_done;
}

static void
test_places (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tokenfare-place-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log.jsonl", NULL);
  Place line = { NULL };
  Place row = { NULL };
  g_autofree char *expected = g_strdup_printf ("%s:3", path);

  g_assert_true (g_file_set_contents (path, "one\ntwo\nthree\n", -1, NULL));
  fare_session_place_find (path, 8, NULL, found_cb, &line);
  ui_wait (is_found, &line, 5.0);
  g_assert_cmpstr (line.text, ==, expected);
  g_assert_cmpuint (line.line, ==, 3);

  g_assert_true (g_file_set_contents (path, "SQLite format 3\0\0\0\0\0", 20, NULL));
  fare_session_place_find (path, 12, NULL, found_cb, &row);
  ui_wait (is_found, &row, 5.0);
  g_assert_cmpuint (row.line, ==, 0);
  g_assert_true (g_str_has_suffix (row.text, ", row 12"));

  g_free (line.text);
  g_free (row.text);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_narrow (void)
{
  Stage stage;
  GtkWidget *check;
  GtkListView *lines;
  GtkColumnView *table;

  stage_open (&stage);
  lines = GTK_LIST_VIEW (find (&stage, GTK_TYPE_LIST_VIEW, "lines"));
  table = GTK_COLUMN_VIEW (find (&stage, GTK_TYPE_COLUMN_VIEW, "table"));
  fare_page_set_width (FARE_PAGE (stage.page), FARE_WIDTH_NARROW);
  g_assert_null (gtk_column_view_get_model (table));
  g_assert_nonnull (gtk_list_view_get_model (lines));
  ui_pause (50);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (lines)));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (find (&stage, GTK_TYPE_LABEL,
                                                                  "total_label"))),
                            "1 review session hidden"));

  /* What has no room beside the groups is among the options. */
  check = find (&stage, GTK_TYPE_CHECK_BUTTON, "reviews_check");
  g_assert_false (gtk_widget_get_visible (check));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (stage.page), "sessions.reviews", NULL));
  ui_wait (shows_all, &stage, 1.0);
  g_assert_true (g_settings_get_boolean (get_settings (&stage), "show-review-sessions"));
  fare_page_set_width (FARE_PAGE (stage.page), FARE_WIDTH_WIDE);
  g_assert_true (gtk_widget_get_visible (check));
  g_assert_nonnull (gtk_column_view_get_model (table));
  stage_close (&stage);
}

static void
test_hidden_amounts (void)
{
  Stage stage;
  const char *total;

  stage_open (&stage);
  fare_preferences_set_hide_amounts (
    fare_application_get_preferences (stage.room->application), TRUE);
  ui_pause (20);
  total = gtk_label_get_label (GTK_LABEL (find (&stage, GTK_TYPE_LABEL, "total_label")));
  g_assert_null (strchr (total, '$'));
  g_assert_nonnull (strstr (total, FARE_TEXT_HIDDEN));
  stage_close (&stage);
}

static void
test_csv (void)
{
  g_autoptr(FareSessionItem) item =
    fare_session_item_new (FARE_SESSION_ITEM_SESSION, "key", FALSE);
  FareSessionRow *row = fare_session_row_new ("claude", "id-1");
  FareSessionFigures figures = { .row = row };
  g_autofree char *line = NULL;

  row->title = g_strdup ("Say \"hello\", twice");
  row->project = g_strdup ("/src/pier");
  row->branch = g_strdup ("main");
  row->models = g_strdup ("a, b");
  figures.sums = (FareSums) {
    .usage = { .input = 1, .cache_read = 2, .cache_write_5m = 3, .cache_write_1h = 4, .output = 5 },
    .cost = 1.5, .has_price = TRUE
  };
  fare_session_item_take (item, &figures);
  line = fare_sessions_text_csv (item);
  g_assert_cmpstr (line, ==,
                   "claude,id-1,\"Say \"\"hello\"\", twice\",/src/pier,main,\"a, b\",1,2,3,4,5,15,"
                   "1.500000,0,1970-01-01T00:00:00Z");
}

static void
test_fold (void)
{
  g_autofree char *cafe = fare_session_fold ("CAFÉ Straße");
  g_autofree char *plain = fare_session_fold ("cafe strasse");

  g_assert_cmpstr (cafe, ==, plain);
}

/* Ten thousand sessions are put into groups and sorted at once. */
static void
test_many (void)
{
  g_autoptr(FareSessionList) list = fare_session_list_new ();
  g_autoptr(FareSessionData) data = make_data (10000, 1);
  g_autoptr(FareSessionData) later = make_data (10000, 2);
  GListModel *rows = G_LIST_MODEL (fare_session_list_get_model (list));
  gint64 start = g_get_monotonic_time ();

  fare_session_list_show (list, data);
  g_test_message ("10,000 sessions: %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  /* What is seen first is there at once, the rest follows by itself. */
  g_assert_cmpuint (g_list_model_get_n_items (rows), <, 100);
  ui_wait (is_filled, rows, 5.0);
  start = g_get_monotonic_time ();
  fare_session_list_show (list, later);
  g_test_message ("the same with news of 1,000: %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  fare_session_list_set_group (list, FARE_SESSION_GROUP_PROJECT);
  g_assert_cmpuint (fare_session_list_get_total (list)->n_sessions, ==, 10000);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 4 + 2500);
  assert_same (&fare_session_list_get_total (list)->sums, &later->total);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/sessions/many", test_many);
  g_test_add_func ("/ui/sessions/sums", test_sums);
  g_test_add_func ("/ui/sessions/helpers", test_helpers);
  g_test_add_func ("/ui/sessions/sort", test_sort);
  g_test_add_func ("/ui/sessions/groups", test_groups);
  g_test_add_func ("/ui/sessions/search", test_search);
  g_test_add_func ("/ui/sessions/live-updates", test_live_updates);
  g_test_add_func ("/ui/sessions/scroll-stays", test_scroll_stays);
  g_test_add_func ("/ui/sessions/large-group", test_large_group);
  g_test_add_func ("/ui/sessions/many-news", test_many_news);
  g_test_add_func ("/ui/sessions/merge", test_merge);
  g_test_add_func ("/ui/sessions/details", test_details);
  g_test_add_func ("/ui/sessions/activation", test_activation);
  g_test_add_func ("/ui/sessions/why", test_why);
  g_test_add_func ("/ui/sessions/places", test_places);
  g_test_add_func ("/ui/sessions/narrow", test_narrow);
  g_test_add_func ("/ui/sessions/hidden-amounts", test_hidden_amounts);
  g_test_add_func ("/ui/sessions/csv", test_csv);
  g_test_add_func ("/ui/sessions/fold", test_fold);

  return g_test_run ();
}
