/* test-breakdown.c
 *
 * The table of tools and models: whether it adds up to the cards and says what the command says, its
 * order, and what stays where it is while agents work.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "pages/fare-breakdown-cells.h"
#include "pages/fare-breakdown-view.h"
#include "widgets/fare-stat-card.h"

typedef struct
{
  UiRoom            *room;
  FareBreakdownView *view;
  FareBreakdownList *list;
} Stage;

/* A Codex log with one prompt and one answer. */
static void
add_codex (UiRoom     *room,
           guint       number,
           const char *model,
           gint64      time_ms,
           guint       input)
{
  g_autofree char *folder = g_build_filename (room->home, ".codex/sessions/2026/04/03", NULL);
  g_autofree char *uid = g_strdup_printf ("019d0000-000%u-7000-8000-00000000000d", number);
  g_autofree char *name = g_strdup_printf ("rollout-2026-04-03T10-00-00-%s.jsonl", uid);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autofree char *when = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S.000Z");
  FILE *file;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  file = fopen (path, "w");
  g_assert_nonnull (file);
  fprintf (file,
           "{\"timestamp\":\"%s\",\"type\":\"session_meta\",\"payload\":{\"id\":\"%s\","
           "\"timestamp\":\"%s\",\"cwd\":\"/src/ferry\",\"originator\":\"codex_cli_rs\","
           "\"cli_version\":\"0.148.0\",\"source\":\"cli\",\"model_provider\":\"openai\"}}\n"
           "{\"timestamp\":\"%s\",\"type\":\"turn_context\",\"payload\":{\"cwd\":\"/src/ferry\","
           "\"model\":\"%s\",\"turn_id\":\"t-1\"}}\n"
           "{\"timestamp\":\"%s\",\"type\":\"event_msg\",\"payload\":{\"type\":\"user_message\","
           "\"message\":\"Paint\",\"images\":[]}}\n"
           "{\"timestamp\":\"%s\",\"type\":\"event_msg\",\"payload\":{\"type\":\"token_count\","
           "\"info\":{\"total_token_usage\":{\"input_tokens\":%u,\"cached_input_tokens\":%u,"
           "\"output_tokens\":1000,\"reasoning_output_tokens\":0,\"total_tokens\":%u},"
           "\"last_token_usage\":{\"input_tokens\":%u,\"cached_input_tokens\":%u,"
           "\"output_tokens\":1000,\"reasoning_output_tokens\":0,\"total_tokens\":%u},"
           "\"model_context_window\":272000},\"rate_limits\":null}}\n",
           when, uid, when, when, model, when, when, input, input / 2, input + 1000, input, input / 2,
           input + 1000);
  g_assert_cmpint (fclose (file), ==, 0);
}

static FareBreakdownItem *
get_line (Stage *self,
          guint  i)
{
  GListModel *model = G_LIST_MODEL (fare_breakdown_list_get_model (self->list));
  g_autoptr(GtkTreeListRow) row = g_list_model_get_item (model, i);
  g_autoptr(FareBreakdownItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return item; /* the list holds it */
}

static guint
count_lines (Stage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fare_breakdown_list_get_model (self->list)));
}

static gboolean
has_figures (gpointer data)
{
  Stage *self = data;

  return count_lines (self) > 0 && fare_breakdown_item_get_sums (get_line (self, 0)) != NULL;
}

static GtkWidget *
find (Stage      *self,
      GType       type,
      const char *id)
{
  GtkWidget *widget = ui_find (GTK_WIDGET (self->room->page), type, id);

  g_assert_nonnull (widget);

  return widget;
}

/* Two tools; a model of the same name with two providers, and one that nobody has a price for. */
static void
stage_open (Stage *self)
{
  gint64 now = g_get_real_time () / 1000;

  self->room = ui_room_new ();
  ui_room_add_claude (self->room, "alpha", now - 5000, "claude-opus-4-8", 1000000, 1000);
  ui_room_add_claude (self->room, "beta", now - 4000, "claude-haiku-4-5", 3000000, 2000);
  ui_room_add_claude (self->room, "gamma", now - 3000, "harbor-9", 2000000, 3000);
  add_codex (self->room, 1, "gpt-5.4", now - 60000, 400000);
  add_codex (self->room, 2, "claude-haiku-4-5", now - 50000, 50000);

  ui_room_open (self->room);
  fare_range_choice_from_string (fare_application_get_choice (self->room->application), "all");
  ui_room_wait_settled (self->room);
  self->view = NULL;
}

static void
show_table (Stage *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (self, GTK_TYPE_TOGGLE_BUTTON,
                                                         "table_toggle")), TRUE);
  self->view = FARE_BREAKDOWN_VIEW (find (self, FARE_TYPE_BREAKDOWN_VIEW, NULL));
  self->list = fare_breakdown_view_get_list (self->view);
  ui_wait (has_figures, self, 5.0);
  ui_pause (50);
}

static void
stage_close (Stage *self)
{
  g_clear_pointer (&self->room, ui_room_free);
}

static void
show_face (Stage             *self,
           FareBreakdownFace  face)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (ui_find (fare_breakdown_view_get_bar (self->view),
                                                      GTK_TYPE_DROP_DOWN, NULL)), face);
}

/* Nobody pays for a table that nobody asked for. */
static void
test_late (void)
{
  Stage stage;
  GtkWidget *toggle;

  stage_open (&stage);
  g_assert_null (ui_find (GTK_WIDGET (stage.room->page), FARE_TYPE_BREAKDOWN_VIEW, NULL));
  g_assert_true (gtk_widget_get_visible (find (&stage, GTK_TYPE_BOX, "models_section")));

  show_table (&stage);
  g_assert_false (gtk_widget_get_visible (find (&stage, GTK_TYPE_BOX, "models_section")));
  g_assert_false (gtk_widget_get_visible (find (&stage, GTK_TYPE_BOX, "tools_box")));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (stage.view)));

  toggle = find (&stage, GTK_TYPE_TOGGLE_BUTTON, "table_toggle");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), FALSE);
  g_assert_true (gtk_widget_get_visible (find (&stage, GTK_TYPE_BOX, "models_section")));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (stage.view)));
  g_assert_false (gtk_widget_get_visible (fare_breakdown_view_get_bar (stage.view)));
  stage_close (&stage);
}

static JsonNode *
ask_command (const char *by,
             const char *client)
{
  g_autofree char *narrow = client != NULL ? g_strconcat ("--client=", client, NULL) : NULL;
  g_autofree char *group = g_strconcat ("--by=", by, NULL);
  const char *argv[] = { g_getenv ("TOKENFARE_CLI"), "report", "--json", group, "all", narrow, NULL };
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL;
  JsonNode *node;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);
  node = json_from_string (output, &error);
  g_assert_no_error (error);

  return node;
}

static JsonObject *
find_row (JsonNode   *report,
          const char *key,
          const char *provider)
{
  JsonArray *rows = json_object_get_array_member (json_node_get_object (report), "rows");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_str_equal (json_object_get_string_member (row, "key"), key) &&
          (provider == NULL ||
           g_strcmp0 (json_object_get_string_member_with_default (row, "provider", NULL),
                      provider) == 0))
        return row;
    }

  g_assert_not_reached ();
}

static void
assert_row (FareBreakdownItem *item,
            JsonNode          *report)
{
  const FareSums *sums = fare_breakdown_item_get_sums (item);
  const char *model = fare_breakdown_item_get_model (item);
  JsonObject *row = find_row (report, model != NULL ? model : fare_breakdown_item_get_client (item),
                              fare_breakdown_item_get_provider (item));

  g_assert_cmpint (sums->usage.input, ==, json_object_get_int_member (row, "input"));
  g_assert_cmpint (sums->usage.output, ==, json_object_get_int_member (row, "output"));
  g_assert_cmpint (sums->usage.cache_read, ==, json_object_get_int_member (row, "cache_read"));
  g_assert_cmpint (fare_usage_total (&sums->usage), ==, json_object_get_int_member (row, "total"));
  g_assert_cmpint (sums->messages, ==, json_object_get_int_member (row, "messages"));
  g_assert_cmpint (sums->unpriced_tokens, ==, json_object_get_int_member (row, "unpriced_tokens"));
  if (fare_sums_has_cost (sums))
    g_assert_cmpfloat_with_epsilon (sums->cost, json_object_get_double_member (row, "cost"), 1e-9);
  else
    g_assert_true (json_object_get_null_member (row, "cost"));
}

/* What the lines one sees without opening any add up to is the total, and the total is the cards'. */
static void
assert_total (Stage *self)
{
  FareBreakdownLook look = { FALSE, NULL };
  FareSums sums = { { 0 } };
  FareBreakdownItem *total = get_line (self, count_lines (self) - 1);
  const FareSums *all = fare_breakdown_item_get_sums (total);
  g_autofree char *cost = fare_breakdown_text_cell (&look, total, FARE_BREAKDOWN_COST);
  g_autofree char *tokens = fare_breakdown_text_cell (&look, total, FARE_BREAKDOWN_TOKENS);
  g_autofree char *messages = fare_breakdown_text_cell (&look, total, FARE_BREAKDOWN_MESSAGES);
  g_autofree char *hit = fare_breakdown_text_cell (&look, total, FARE_BREAKDOWN_HIT);

  g_assert_cmpint (fare_breakdown_item_get_kind (total), ==, FARE_BREAKDOWN_TOTAL);
  for (guint i = 0; i + 1 < count_lines (self); i++)
    {
      const FareSums *part = fare_breakdown_item_get_sums (get_line (self, i));

      if (fare_breakdown_item_get_kind (get_line (self, i)) == FARE_BREAKDOWN_PART)
        continue;
      fare_usage_add (&sums.usage, &part->usage, 1);
      sums.cost += part->cost;
      sums.messages += part->messages;
      sums.unpriced_tokens += part->unpriced_tokens;
    }

  g_assert_cmpmem (&sums.usage, sizeof sums.usage, &all->usage, sizeof all->usage);
  g_assert_cmpint (sums.messages, ==, all->messages);
  g_assert_cmpint (sums.unpriced_tokens, ==, all->unpriced_tokens);
  g_assert_cmpfloat_with_epsilon (sums.cost, all->cost, 1e-9);

  g_assert_cmpstr (cost, ==, ui_room_get_cost (self->room));
  g_assert_cmpstr (tokens, ==, fare_stat_card_get_value
                                 (FARE_STAT_CARD (find (self, FARE_TYPE_STAT_CARD, "tokens_card"))));
  g_assert_cmpstr (messages, ==, fare_stat_card_get_value
                                 (FARE_STAT_CARD (find (self, FARE_TYPE_STAT_CARD, "messages_card"))));
  g_assert_cmpstr (hit, ==, fare_stat_card_get_value
                                 (FARE_STAT_CARD (find (self, FARE_TYPE_STAT_CARD, "hit_rate_card"))));
}

static void
test_sums (void)
{
  Stage stage;
  g_autoptr(JsonNode) by_client = NULL;
  g_autoptr(JsonNode) by_model = NULL;
  g_autoptr(JsonNode) of_claude = NULL;
  g_autoptr(JsonNode) of_codex = NULL;
  g_autoptr(GPtrArray) tools = NULL;
  g_autoptr(GPtrArray) models = NULL;

  stage_open (&stage);
  show_table (&stage);
  by_client = ask_command ("client", NULL);
  by_model = ask_command ("model", NULL);
  of_claude = ask_command ("model", "claude");
  of_codex = ask_command ("model", "codex");

  tools = fare_breakdown_list_get_lines (stage.list);
  g_assert_cmpuint (tools->len, ==, 2 + 3 + 2);
  for (guint i = 0; i < tools->len; i++)
    {
      const char *client = fare_breakdown_item_get_client (tools->pdata[i]);

      assert_row (tools->pdata[i], fare_breakdown_item_get_model (tools->pdata[i]) == NULL ? by_client
                                   : g_str_equal (client, "claude") ? of_claude : of_codex);
    }
  assert_total (&stage);

  show_face (&stage, FARE_BREAKDOWN_BY_MODEL);
  models = fare_breakdown_list_get_lines (stage.list);
  g_assert_cmpuint (models->len, ==,
                    json_array_get_length (json_object_get_array_member
                                             (json_node_get_object (by_model), "rows")));
  for (guint i = 0; i < models->len; i++)
    {
      g_assert_null (fare_breakdown_item_get_client (models->pdata[i]));
      assert_row (models->pdata[i], by_model);
    }
  assert_total (&stage);
  stage_close (&stage);
}

/* Two models of one name are told apart. */
static void
test_names (void)
{
  Stage stage;
  g_autoptr(GPtrArray) lines = NULL;
  g_autoptr(GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  stage_open (&stage);
  show_table (&stage);
  show_face (&stage, FARE_BREAKDOWN_BY_MODEL);
  lines = fare_breakdown_list_get_lines (stage.list);
  for (guint i = 0; i < lines->len; i++)
    g_assert_true (g_hash_table_add (titles, (gpointer) fare_breakdown_item_get_title (lines->pdata[i])));
  g_assert_true (g_hash_table_contains (titles, "gpt-5.4"));
  stage_close (&stage);
}

/* A click on a heading; the view asks its sorter what that means. */
static void
click_heading (Stage *self,
               guint  place)
{
  GtkColumnView *table = GTK_COLUMN_VIEW (find (self, GTK_TYPE_COLUMN_VIEW, NULL));
  g_autoptr(GtkColumnViewColumn) column =
    g_list_model_get_item (gtk_column_view_get_columns (table), place);

  gtk_column_view_sort_by_column (table, column, GTK_SORT_ASCENDING);
}

static void
assert_order (Stage               *self,
              FareBreakdownColumn  column,
              gboolean             is_descending)
{
  for (guint i = 1; i + 1 < count_lines (self); i++)
    {
      FareBreakdownItem *first = get_line (self, i - 1);
      FareBreakdownItem *second = get_line (self, i);
      int order;

      if (fare_breakdown_item_get_kind (first) != fare_breakdown_item_get_kind (second))
        continue;

      order = fare_breakdown_item_compare (first, second, column);
      g_assert_cmpint (is_descending ? -order : order, <=, 0);
    }

  g_assert_cmpint (fare_breakdown_item_get_kind (get_line (self, count_lines (self) - 1)), ==,
                   FARE_BREAKDOWN_TOTAL);
}

static void
test_sort (void)
{
  Stage stage;

  stage_open (&stage);
  show_table (&stage);
  show_face (&stage, FARE_BREAKDOWN_BY_MODEL);
  assert_order (&stage, FARE_BREAKDOWN_COST, TRUE);

  /* Each for the first time, then once more. */
  for (guint i = 0; i < FARE_BREAKDOWN_N_COLUMNS; i++)
    {
      if (i == FARE_BREAKDOWN_COST)
        continue;
      click_heading (&stage, i);
      assert_order (&stage, i, i != FARE_BREAKDOWN_NAME);
      gtk_widget_activate_action (GTK_WIDGET (fare_breakdown_view_get_bar (stage.view)),
                                  "breakdown.sort", "s", fare_breakdown_column_get_name (i));
      assert_order (&stage, i, i == FARE_BREAKDOWN_NAME);
    }

  /* Models within a tool go by the same column. */
  show_face (&stage, FARE_BREAKDOWN_BY_TOOL);
  click_heading (&stage, FARE_BREAKDOWN_INPUT);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GtkTreeListRow) row =
        gtk_tree_list_model_get_child_row (fare_breakdown_list_get_model (stage.list), i);

      gtk_tree_list_row_set_expanded (row, TRUE);
    }
  g_assert_cmpuint (count_lines (&stage), ==, 2 + 3 + 2 + 1);
  assert_order (&stage, FARE_BREAKDOWN_INPUT, TRUE);
  stage_close (&stage);
}

static GtkSelectionModel *
get_selection (Stage *self)
{
  return gtk_column_view_get_model (GTK_COLUMN_VIEW (find (self, GTK_TYPE_COLUMN_VIEW, NULL)));
}

static gboolean
has_more_messages (gpointer data)
{
  Stage *self = data;
  const FareSums *sums = fare_breakdown_item_get_sums (get_line (self, count_lines (self) - 1));

  return sums != NULL && sums->messages == 6;
}

/* Open tools stay open and the chosen line stays chosen, though the order of tools turns around. */
static void
test_live (void)
{
  Stage stage;
  g_autoptr(GtkTreeListRow) row = NULL;
  g_autoptr(FareBreakdownItem) before = NULL;
  g_autoptr(FareBreakdownItem) after = NULL;
  g_autofree char *cost = NULL;
  FareBreakdownLook look = { FALSE, NULL };
  GtkTreeListRow *selected;

  stage_open (&stage);
  show_table (&stage);
  g_assert_cmpstr (fare_breakdown_item_get_client (get_line (&stage, 0)), ==, "claude");
  row = gtk_tree_list_model_get_child_row (fare_breakdown_list_get_model (stage.list), 0);
  gtk_tree_list_row_set_expanded (row, TRUE);
  ui_pause (50);
  g_assert_cmpuint (count_lines (&stage), ==, 3 + 3);
  gtk_selection_model_select_item (get_selection (&stage), 2, TRUE);
  before = g_object_ref (get_line (&stage, 2));
  g_assert_cmpint (fare_breakdown_item_get_kind (before), ==, FARE_BREAKDOWN_PART);

  add_codex (stage.room, 3, "gpt-5.4", g_get_real_time () / 1000 - 1000, 90000000);
  ui_wait (has_more_messages, &stage, 10.0);
  cost = fare_breakdown_text_cell (&look, get_line (&stage, count_lines (&stage) - 1),
                                   FARE_BREAKDOWN_COST);
  ui_room_wait_cost (stage.room, cost, 5.0);

  g_assert_cmpstr (fare_breakdown_item_get_client (get_line (&stage, 0)), ==, "codex");
  g_assert_cmpuint (count_lines (&stage), ==, 3 + 3);
  selected = gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (get_selection (&stage)));
  g_assert_nonnull (selected);
  after = gtk_tree_list_row_get_item (selected);
  g_assert_true (after == before);
  assert_total (&stage);
  stage_close (&stage);
}

static gboolean
has_label (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;

  return FALSE;
}

/* What has no price says so, alone and as a part; hidden amounts are no figures, in either face. */
static void
test_unpriced_and_hidden (void)
{
  Stage stage;
  FarePreferences *preferences;
  g_autofree char *cost = NULL;

  stage_open (&stage);
  preferences = fare_application_get_preferences (stage.room->application);
  show_table (&stage);
  cost = g_strdup (ui_room_get_cost (stage.room));
  g_assert_true (has_label (GTK_WIDGET (stage.view), cost));
  /* Beside the tool, and beside the total. */
  g_assert_true (has_label (GTK_WIDGET (stage.view), "2M tokens without price"));
  g_assert_false (has_label (GTK_WIDGET (stage.view), "no price"));

  show_face (&stage, FARE_BREAKDOWN_BY_MODEL);
  ui_pause (100);
  g_assert_true (has_label (GTK_WIDGET (stage.view), "no price"));
  /* The most expensive first, what has no price last. */
  g_assert_true (fare_sums_has_cost (fare_breakdown_item_get_sums (get_line (&stage, 0))));
  g_assert_false (fare_sums_has_cost (fare_breakdown_item_get_sums
                                        (get_line (&stage, count_lines (&stage) - 2))));

  fare_preferences_set_hide_amounts (preferences, TRUE);
  ui_pause (50);
  g_assert_false (has_label (GTK_WIDGET (stage.view), cost));
  g_assert_true (has_label (GTK_WIDGET (stage.view), FARE_TEXT_HIDDEN));
  g_assert_true (has_label (GTK_WIDGET (stage.view), "no price"));
  fare_preferences_set_hide_amounts (preferences, FALSE);
  g_assert_true (has_label (GTK_WIDGET (stage.view), cost));
  stage_close (&stage);
}

/* The page goes on scrolling where the pointer comes over the table. */
static void
test_wheel (void)
{
  Stage stage;
  GtkWidget *scroller;
  g_autoptr(GListModel) controllers = NULL;
  guint n_found = 0;

  stage_open (&stage);
  show_table (&stage);
  scroller = gtk_widget_get_ancestor (find (&stage, GTK_TYPE_COLUMN_VIEW, NULL),
                                      GTK_TYPE_SCROLLED_WINDOW);
  controllers = gtk_widget_observe_controllers (scroller);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        continue;
      n_found++;
      g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, GTK_PHASE_NONE);
    }
  g_assert_cmpuint (n_found, >, 0);
  /* All of it is on the page. */
  g_assert_cmpfloat (gtk_adjustment_get_upper (gtk_scrolled_window_get_vadjustment
                                                 (GTK_SCROLLED_WINDOW (scroller))), <=,
                     gtk_widget_get_height (scroller));
  stage_close (&stage);
}

/* Without room for columns there are lines, with the same figures, and the same sort. */
static void
test_narrow (void)
{
  Stage stage;
  GtkWidget *table, *lines;
  g_autofree char *details = NULL;

  stage_open (&stage);
  show_table (&stage);
  table = find (&stage, GTK_TYPE_COLUMN_VIEW, NULL);
  g_assert_true (gtk_widget_get_mapped (table));

  fare_page_set_width (FARE_PAGE (stage.room->page), FARE_WIDTH_NARROW);
  ui_pause (100);
  g_assert_false (gtk_widget_get_mapped (table));
  g_assert_null (gtk_column_view_get_model (GTK_COLUMN_VIEW (table)));
  lines = ui_find (GTK_WIDGET (stage.view),
                   GTK_TYPE_LIST_VIEW, NULL);
  g_assert_nonnull (lines);
  g_assert_true (has_label (GTK_WIDGET (stage.view), ui_room_get_cost (stage.room)));
  details = fare_breakdown_text_details (get_line (&stage, 0));
  g_assert_true (has_label (GTK_WIDGET (stage.view), details));

  gtk_widget_activate_action (GTK_WIDGET (fare_breakdown_view_get_bar (stage.view)),
                              "breakdown.sort", "s", "name");
  assert_order (&stage, FARE_BREAKDOWN_NAME, FALSE);

  fare_page_set_width (FARE_PAGE (stage.room->page), FARE_WIDTH_WIDE);
  ui_pause (100);
  g_assert_true (gtk_widget_get_mapped (table));
  stage_close (&stage);
}

static gboolean
is_blank (Stage *self)
{
  for (guint i = 0; i < count_lines (self); i++)
    if (fare_breakdown_item_get_sums (get_line (self, i)) != NULL)
      return FALSE;

  return TRUE;
}

/* Days and filters narrow the table as they do the cards; no figure outlives its question. */
static void
test_filter (void)
{
  Stage stage;

  stage_open (&stage);
  show_table (&stage);
  gtk_widget_activate_action (GTK_WIDGET (stage.room->window), "win.filter", "(ss)", "model",
                              "claude-haiku-4-5");
  g_assert_true (is_blank (&stage));
  ui_wait (has_figures, &stage, 5.0);
  ui_room_wait_settled (stage.room);
  g_assert_cmpuint (count_lines (&stage), ==, 3);
  assert_total (&stage);
  stage_close (&stage);
}

/* A line leads to its sessions: of a tool, or of one of its models. */
static void
test_sessions (void)
{
  Stage stage;
  FareFilter *filter;
  g_autoptr(GtkTreeListRow) row = NULL;
  GtkWidget *table;

  stage_open (&stage);
  show_table (&stage);
  filter = fare_window_get_filter (stage.room->window);
  table = find (&stage, GTK_TYPE_COLUMN_VIEW, NULL);
  row = gtk_tree_list_model_get_child_row (fare_breakdown_list_get_model (stage.list), 1);
  gtk_tree_list_row_set_expanded (row, TRUE);
  ui_pause (50);

  g_signal_emit_by_name (table, "activate", 2);
  g_assert_true (fare_filter_has (filter, FARE_FILTER_CLIENT, "codex"));
  g_assert_true (fare_filter_has (filter, FARE_FILTER_MODEL, "gpt-5.4"));
  g_assert_false (gtk_widget_get_mapped (table));
  fare_filter_clear (filter);
  gtk_widget_activate_action (GTK_WIDGET (stage.room->window), "win.show-page", "s", "overview");
  ui_wait (has_figures, &stage, 5.0);

  g_signal_emit_by_name (table, "activate", 0);
  g_assert_true (fare_filter_has (filter, FARE_FILTER_CLIENT, "claude"));
  g_assert_null (fare_filter_get (filter, FARE_FILTER_MODEL));
  stage_close (&stage);
}

static void
text_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  if (*text == NULL)
    *text = g_strdup ("");
}

static gboolean
has_text (gpointer data)
{
  return *(char **) data != NULL;
}

/* The whole table, exact and for programs; a total would be counted twice. */
static void
test_copy (void)
{
  Stage stage;
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_auto(GStrv) head = NULL;
  guint n_fields;

  stage_open (&stage);
  show_table (&stage);
  gtk_widget_activate_action (fare_breakdown_view_get_bar (stage.view), "breakdown.copy-table", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (stage.view)), NULL, text_cb,
                                 &text);
  ui_wait (has_text, &text, 5.0);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 7);
  g_assert_true (g_str_has_prefix (lines[0], "kind,client,provider,model,input,"));
  g_assert_true (g_str_has_prefix (lines[1], "tool,claude,,,6000000,"));
  head = g_strsplit (lines[0], ",", -1);
  n_fields = g_strv_length (head);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto(GStrv) fields = g_strsplit (lines[i], ",", -1);

      g_assert_cmpuint (g_strv_length (fields), ==, n_fields);
      /* No price is not a price of nothing. */
      if (g_str_equal (fields[3], "harbor-9"))
        {
          g_assert_cmpstr (fields[10], ==, "");
          g_assert_cmpstr (fields[11], ==, fields[9]);
        }
    }
  stage_close (&stage);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/breakdown/is-late", test_late);
  g_test_add_func ("/ui/breakdown/sums", test_sums);
  g_test_add_func ("/ui/breakdown/names", test_names);
  g_test_add_func ("/ui/breakdown/sort", test_sort);
  g_test_add_func ("/ui/breakdown/live", test_live);
  g_test_add_func ("/ui/breakdown/unpriced-and-hidden", test_unpriced_and_hidden);
  g_test_add_func ("/ui/breakdown/wheel", test_wheel);
  g_test_add_func ("/ui/breakdown/narrow", test_narrow);
  g_test_add_func ("/ui/breakdown/filter", test_filter);
  g_test_add_func ("/ui/breakdown/sessions", test_sessions);
  g_test_add_func ("/ui/breakdown/copy", test_copy);

  return g_test_run ();
}
