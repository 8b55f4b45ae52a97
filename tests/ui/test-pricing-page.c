/* test-pricing-page.c
 *
 * The pricing page of the real application: its figures are those of the command line, what
 * is changed on it shows everywhere and can be taken back, and nothing typed is lost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

#include <glib/gstdio.h>

#include "models/fare-pricing-check.h"
#include "models/fare-pricing-text.h"
#include "pages/fare-pricing-editor.h"
#include "pages/fare-pricing-import.h"
#include "pages/fare-pricing-page-private.h"

typedef struct
{
  UiRoom          *room;
  FarePricingPage *page;
  guint            n_missing; /* to wait for */
} PricingRoom;

static gboolean
has_answer (gpointer data)
{
  return fare_pricing_page_get_data (data) != NULL;
}

/* A home in which two models with a price were used today, and one without. */
static PricingRoom
open_room (void)
{
  gint64 now_ms = g_get_real_time () / 1000;
  PricingRoom self = { .room = ui_room_new () };

  ui_room_add_claude (self.room, "one", now_ms, "claude-opus-4-8", 1000000, 100000);
  ui_room_add_claude (self.room, "two", now_ms, "claude-haiku-4-5", 2000000, 10000);
  ui_room_add_claude (self.room, "three", now_ms, "harbor-preview-2", 300000, 0);
  ui_room_add_claude (self.room, "three", now_ms, "lab/kimi-k3", 200000, 0);

  return self;
}

static void
show_page (PricingRoom *self)
{
  ui_room_open (self->room);
  ui_room_wait_settled (self->room);
  fare_window_show_page (self->room->window, "pricing");
  self->page = FARE_PRICING_PAGE (ui_find (GTK_WIDGET (self->room->window), FARE_TYPE_PRICING_PAGE,
                                           NULL));
  ui_wait (has_answer, self->page, 10.0);
}

static char *
get_prices_path (PricingRoom *self)
{
  return g_build_filename (self->room->home, "state", "prices.json", NULL);
}

static void
write_prices (PricingRoom *self,
              const char  *text)
{
  g_autofree char *path = get_prices_path (self);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* What the file holds; NULL when there is none. */
static char *
read_prices (PricingRoom *self)
{
  g_autofree char *path = get_prices_path (self);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);

  return text;
}

static JsonNode *
ask_cli (const char *command,
         const char *word,
         const char *option)
{
  const char *argv[] = { g_getenv ("TOKENFARE_CLI"), command, word, option, "--json", NULL };
  g_autofree char *output = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *node;
  int status;

  if (option == NULL)
    {
      argv[3] = "--json";
      argv[4] = NULL;
    }

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  node = json_from_string (output, &error);
  g_assert_no_error (error);

  return node;
}

static double
ask_cost (void)
{
  g_autoptr(JsonNode) root = ask_cli ("report", "today", NULL);

  return json_object_get_double_member (json_object_get_object_member (json_node_get_object (root),
                                                                       "total"), "cost");
}

static guint
count_lines (PricingRoom *self)
{
  return fare_pricing_list_count (fare_pricing_page_get_list (self->page));
}

static const FarePricingLine *
get_line (PricingRoom *self,
          guint        position)
{
  GListModel *model = G_LIST_MODEL (fare_pricing_list_get_model (fare_pricing_page_get_list (self->page)));
  g_autoptr(FarePricingItem) item = NULL;

  g_assert_cmpuint (position, <, count_lines (self));
  while (g_list_model_get_n_items (model) <= position)
    g_main_context_iteration (NULL, TRUE);
  item = g_list_model_get_item (model, position);

  return fare_pricing_item_get_line (item);
}

static const FarePricingLine *
find_line (PricingRoom *self,
           const char  *key)
{
  guint position = fare_pricing_list_find (fare_pricing_page_get_list (self->page), key);

  return position != GTK_INVALID_LIST_POSITION ? get_line (self, position) : NULL;
}

static void
select_line (PricingRoom *self,
             const char  *key)
{
  guint position = fare_pricing_list_find (fare_pricing_page_get_list (self->page), key);

  g_assert_cmpuint (position, !=, GTK_INVALID_LIST_POSITION);
  fare_pricing_table_show_line (self->page->table, position);
}

static void
activate (PricingRoom *self,
          const char  *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), action, NULL));
}

static GtkWindow *
find_window (GType type)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type))
      return l->data;

  return NULL;
}

static gboolean
has_window (gpointer data)
{
  return find_window (*(GType *) data) != NULL;
}

static gboolean
has_no_window (gpointer data)
{
  return find_window (*(GType *) data) == NULL;
}

static GtkWindow *
wait_window (GType type)
{
  ui_wait (has_window, &type, 5.0);

  return find_window (type);
}

static gboolean
is_idle (gpointer data)
{
  return !((FarePricingPage *) data)->is_busy;
}

static void
type_row (GtkWindow  *editor,
          const char *title,
          const char *text)
{
  GtkWidget *row = ui_find_row (GTK_WIDGET (editor), ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static GtkWidget *
get_save_button (GtkWindow *editor)
{
  return ui_find (GTK_WIDGET (editor), GTK_TYPE_BUTTON, "save_button");
}

static gboolean
is_changed (gpointer data)
{
  const FarePricingLine *line = find_line (data, "claude-opus-4-8");

  return line != NULL && line->is_changed;
}

static gboolean
is_unchanged (gpointer data)
{
  const FarePricingLine *line = find_line (data, "claude-opus-4-8");

  return line != NULL && !line->is_changed;
}

/* Doubles the prices of Claude Opus 4.8, through the dialog. */
static void
edit_opus (PricingRoom *self)
{
  GType type = FARE_TYPE_PRICING_EDITOR;
  GtkWindow *editor;

  select_line (self, "claude-opus-4-8");
  activate (self, "pricing.edit");
  editor = wait_window (type);
  g_assert_false (gtk_widget_get_sensitive (get_save_button (editor)));
  type_row (editor, "Input", "10");
  type_row (editor, "Output", "50.0");
  g_assert_true (gtk_widget_get_sensitive (get_save_button (editor)));
  g_signal_emit_by_name (get_save_button (editor), "clicked");
  ui_wait (has_no_window, &type, 5.0);
  ui_wait (is_changed, self, 1.0);
}

/* Presses “Undo”. */
static void
undo (PricingRoom *self)
{
  GtkWidget *button = NULL;

  ui_wait (is_idle, self->page, 5.0);
  button = ui_find (GTK_WIDGET (self->page->toast_overlay), GTK_TYPE_BUTTON, "action_button");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
respond (const char *response)
{
  GtkWindow *dialog = wait_window (ADW_TYPE_MESSAGE_DIALOG);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  ui_pause (50);
}

static void
test_figures (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  g_autoptr(JsonNode) prices = NULL;
  g_autoptr(JsonNode) report = NULL;
  JsonArray *models, *rows;
  double cost = 0.0;

  show_page (&self);
  prices = ask_cli ("pricing", "list", NULL);
  models = json_object_get_array_member (json_node_get_object (prices), "models");
  g_assert_cmpuint (json_array_get_length (models), >, 400);

  /* Every price. */
  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonObject *model = json_array_get_object_element (models, i);
      const FarePricingLine *line = find_line (&self, json_object_get_string_member (model, "id"));

      g_assert_nonnull (line);
      g_assert_cmpint (line->has_rates, ==, json_object_get_boolean_member (model, "priced"));
      if (!line->has_rates)
        continue;
      g_assert_cmpfloat (line->rates[0], ==, json_object_get_double_member (model, "input"));
      g_assert_cmpfloat (line->rates[1], ==, json_object_get_double_member (model, "output"));
      g_assert_cmpfloat (line->rates[2], ==, json_object_get_double_member (model, "cache_read"));
      g_assert_cmpfloat (line->rates[3], ==, json_object_get_double_member (model, "cache_write_5m"));
      g_assert_cmpfloat (line->rates[4], ==, json_object_get_double_member (model, "cache_write_1h"));
    }

  /* All use; names that lead to no entry are lines of their own. */
  report = ask_cli ("report", "today", "--by=model");
  rows = json_object_get_array_member (json_node_get_object (report), "rows");
  g_assert_cmpuint (count_lines (&self), ==, json_array_get_length (models) + 2);
  for (guint i = 0; i < count_lines (&self); i++)
    cost += get_line (&self, i)->sums.cost;
  g_assert_cmpfloat_with_epsilon (cost, ask_cost (), 1e-9);
  g_assert_cmpuint (json_array_get_length (rows), ==, 4);
}

static void
test_order (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  guint n_used = 0;

  show_page (&self);

  /* What misses a price first, most tokens first; then what was used, the dearest first. */
  g_assert_cmpstr (get_line (&self, 0)->name, ==, "harbor-preview-2");
  g_assert_cmpint (get_line (&self, 0)->source, ==, FARE_PRICING_MISSING);
  g_assert_cmpint (get_line (&self, 0)->reason, ==, FARE_UNPRICED_NO_ENTRY);
  g_assert_cmpint (get_line (&self, 1)->reason, ==, FARE_UNPRICED_UNKNOWN_PREFIX);
  g_assert_cmpstr (get_line (&self, 1)->seller, ==, "lab");
  g_assert_cmpstr (get_line (&self, 2)->key, ==, "claude-opus-4-8");
  g_assert_cmpstr (get_line (&self, 3)->key, ==, "claude-haiku-4-5");
  g_assert_false (get_line (&self, 4)->is_used);

  /* Whatever it is sorted by, what misses a price stays in sight. */
  fare_pricing_table_sort (self.page->table, FARE_PRICING_COLUMN_INPUT, GTK_SORT_DESCENDING);
  g_assert_cmpstr (get_line (&self, 0)->name, ==, "harbor-preview-2");
  for (guint i = 3; i < count_lines (&self); i++)
    g_assert_true (!get_line (&self, i)->has_rates ||
                   get_line (&self, i - 1)->rates[0] >= get_line (&self, i)->rates[0]);

  gtk_toggle_button_set_active (self.page->used_button, TRUE);
  n_used = count_lines (&self);
  gtk_toggle_button_set_active (self.page->used_button, FALSE);
  g_assert_cmpuint (n_used, ==, 4);

  fare_page_set_search (FARE_PAGE (self.page), "OPUS 4.8");
  for (guint i = 0; i < count_lines (&self); i++)
    g_assert_nonnull (strstr (get_line (&self, i)->name, "Opus 4.8"));
  g_assert_cmpuint (count_lines (&self), >=, 1);
  fare_page_set_search (FARE_PAGE (self.page), "no such model anywhere");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (self.page->table_stack), ==, "nothing");
}

static void
test_edit_and_undo (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  g_autofree char *before = NULL;
  g_autofree char *edited = NULL;
  g_autofree char *after = NULL;
  const char *cost = "$17.05"; /* 10 + 5 of Opus at twice its price, 2.05 of Haiku */

  /* Spaces and unknown keys are the user's own and come back as they were. */
  write_prices (&self, "{ \"schema\":1,\n\n\"kind\": \"tokenfare-prices\",  \"mine\": [1,  2] }");
  before = read_prices (&self);
  show_page (&self);
  g_assert_cmpstr (ui_room_get_cost (self.room), ==, "$9.55");

  edit_opus (&self);
  edited = read_prices (&self);
  g_assert_nonnull (strstr (edited, "\"mine\""));
  g_assert_cmpfloat_with_epsilon (ask_cost (), 17.05, 1e-9);
  g_assert_cmpfloat (find_line (&self, "claude-opus-4-8")->shipped[0], ==, 5.0);

  /* The overview shows it, too. */
  fare_window_show_page (self.room->window, "overview");
  ui_room_wait_cost (self.room, cost, 2.0);
  fare_window_show_page (self.room->window, "pricing");

  undo (&self);
  ui_wait (is_unchanged, &self, 2.0);
  after = read_prices (&self);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpfloat_with_epsilon (ask_cost (), 9.55, 1e-9);
}

/* Where there was no file, there is none again. */
static void
test_undo_of_first_edit (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  g_autofree char *path = get_prices_path (&self);

  show_page (&self);
  edit_opus (&self);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  undo (&self);
  ui_wait (is_unchanged, &self, 2.0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* What somebody else wrote meanwhile is not undone. */
static void
test_undo_keeps_others (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  const char *other = "{\"schema\": 1, \"kind\": \"tokenfare-prices\"}";
  g_autofree char *after = NULL;

  show_page (&self);
  edit_opus (&self);
  write_prices (&self, other);
  undo (&self);
  wait_window (ADW_TYPE_MESSAGE_DIALOG);
  respond ("close");
  after = read_prices (&self);
  g_assert_cmpstr (after, ==, other);
  /* And what they wrote is shown, without being asked for. */
  ui_wait (is_unchanged, &self, 3.0);
}

static void
test_reset (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;

  show_page (&self);
  edit_opus (&self);
  select_line (&self, "claude-opus-4-8");
  activate (&self, "pricing.reset");
  ui_wait (is_unchanged, &self, 2.0);
  ui_wait (is_idle, self.page, 2.0);

  edit_opus (&self);
  ui_wait (is_idle, self.page, 2.0);
  activate (&self, "pricing.reset-all");
  respond ("cancel");
  g_assert_true (find_line (&self, "claude-opus-4-8")->is_changed);
  activate (&self, "pricing.reset-all");
  respond ("reset");
  ui_wait (is_unchanged, &self, 2.0);
  g_assert_cmpfloat_with_epsilon (ask_cost (), 9.55, 1e-9);
}

static gboolean
is_hidden (gpointer data)
{
  const FarePricingLine *line = find_line (data, "claude-opus-4-8");

  return line != NULL && line->source == FARE_PRICING_HIDDEN;
}

/* A deleted model is unpriced where it was used, and can be had back. */
static void
test_delete (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;

  show_page (&self);
  select_line (&self, "claude-opus-4-8");
  activate (&self, "pricing.delete");
  respond ("delete");
  ui_wait (is_hidden, &self, 2.0);
  g_assert_cmpstr (get_line (&self, 0)->logged_name, ==, "claude-opus-4-8");
  g_assert_cmpint (get_line (&self, 0)->source, ==, FARE_PRICING_MISSING);
  g_assert_cmpfloat_with_epsilon (ask_cost (), 2.05, 1e-9);

  ui_wait (is_idle, self.page, 2.0);
  select_line (&self, "claude-opus-4-8");
  activate (&self, "pricing.reset");
  ui_wait (is_unchanged, &self, 2.0);
  g_assert_cmpfloat_with_epsilon (ask_cost (), 9.55, 1e-9);
}

static gboolean
has_no_missing (gpointer data)
{
  return fare_pricing_page_get_data (data) != NULL &&
         fare_pricing_page_get_data (data)->n_missing == 0;
}

static gboolean
has_fewer_missing (gpointer data)
{
  const PricingRoom *self = data;
  const FarePricingData *shown = fare_pricing_page_get_data (self->page);

  return shown != NULL && shown->n_missing == self->n_missing;
}

/* What misses a price gets one, wherever it was bought. */
static void
test_set_missing (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  GType type = FARE_TYPE_PRICING_EDITOR;
  g_autofree char *key = NULL;

  show_page (&self);
  fare_pricing_page_show_unpriced (self.page);
  for (guint i = 0; i < 2; i++)
    {
      guint n_missing = fare_pricing_page_get_data (self.page)->n_missing;
      GtkWindow *editor;

      fare_pricing_table_show_line (self.page->table, 0);
      activate (&self, "pricing.edit");
      editor = wait_window (type);
      type_row (editor, "Input", "1");
      g_assert_false (gtk_widget_get_sensitive (get_save_button (editor)));
      type_row (editor, "Output", "0");
      g_assert_true (gtk_widget_get_sensitive (get_save_button (editor)));
      g_signal_emit_by_name (get_save_button (editor), "clicked");
      ui_wait (has_no_window, &type, 5.0);
      self.n_missing = n_missing - 1;
      ui_wait (has_fewer_missing, &self, 5.0);
    }

  ui_wait (has_no_missing, self.page, 2.0);
  g_assert_cmpfloat_with_epsilon (ask_cost (), 10.05, 1e-9);
}

static void
test_gateway (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  guint n_missing;

  show_page (&self);
  n_missing = fare_pricing_page_get_data (self.page)->n_missing;
  fare_pricing_table_show_line (self.page->table, 1);
  activate (&self, "pricing.gateway");
  ui_wait (is_idle, self.page, 2.0);
  self.n_missing = n_missing - 1;
  ui_wait (has_fewer_missing, &self, 5.0);
  g_assert_true (find_line (&self, "kimi-k3")->is_used);
}

static void
test_invalid_input (void)
{
  static const char * const bad[] = { "", "x", "-1", "1,2,3", "1.2.3", "1e5", ".", "99999999999", "0x10" };
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  GtkWindow *editor;
  GtkWidget *row;

  show_page (&self);
  select_line (&self, "claude-opus-4-8");
  activate (&self, "pricing.edit");
  editor = wait_window (FARE_TYPE_PRICING_EDITOR);
  row = ui_find_row (GTK_WIDGET (editor), ADW_TYPE_ENTRY_ROW, "Input");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      type_row (editor, "Input", bad[i]);
      g_assert_false (gtk_widget_get_sensitive (get_save_button (editor)));
      g_assert_true (gtk_widget_has_css_class (row, "error"));
    }

  /* A cache rate may be left to follow. */
  type_row (editor, "Input", "6");
  type_row (editor, "Cache Read", "");
  g_assert_true (gtk_widget_get_sensitive (get_save_button (editor)));
  g_assert_false (gtk_widget_has_css_class (row, "error"));

  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find (GTK_WIDGET (editor), ADW_TYPE_COMBO_ROW,
                                                      "time_row")), 1);
  type_row (editor, "First Day, as in 2026-11-22", "22.11.2026");
  g_assert_false (gtk_widget_get_sensitive (get_save_button (editor)));
  type_row (editor, "First Day, as in 2026-11-22", "2026-02-29");
  g_assert_false (gtk_widget_get_sensitive (get_save_button (editor)));
  type_row (editor, "First Day, as in 2026-11-22", "2026-02-28");
  g_assert_true (gtk_widget_get_sensitive (get_save_button (editor)));
  gtk_window_destroy (editor);
}

static void
test_import (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  g_autofree char *folder = g_build_filename (self.room->home, ".tokdash", NULL);
  g_autofree char *path = g_build_filename (folder, "pricing_db.json", NULL);
  GType type = FARE_TYPE_PRICING_IMPORT;
  const FarePricingPreview *preview;
  GtkWindow *dialog;
  g_autofree char *text = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"models\": {"
                                      "\"claude-opus-4.8\": {\"input\": 10, \"output\": 50},"
                                      "\"nobody/x\": {\"input\": 1, \"output\": 1}}}", -1, NULL));
  show_page (&self);
  activate (&self, "pricing.import-tokdash");
  dialog = wait_window (type);
  preview = fare_pricing_import_get_preview (FARE_PRICING_IMPORT (dialog));
  g_assert_cmpuint (preview->diffs->len, ==, 1);
  g_assert_cmpuint (g_strv_length (preview->problems), ==, 1);
  text = read_prices (&self);
  g_assert_null (text);

  g_signal_emit_by_name (ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "import_button"), "clicked");
  ui_wait (has_no_window, &type, 2.0);
  ui_wait (is_changed, &self, 2.0);
  g_assert_cmpfloat_with_epsilon (ask_cost (), 17.05, 1e-9);
}

static GtkTextBuffer *
get_buffer (PricingRoom *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_find (GTK_WIDGET (self->page->json),
                                                           GTK_TYPE_TEXT_VIEW, NULL)));
}

static gboolean
has_status (gpointer data)
{
  return *fare_pricing_json_get_status (data) != '\0';
}

/* As by hand. */
static void
type_text (PricingRoom *self,
           const char  *text)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer = get_buffer (self);

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  ui_wait (has_status, self->page->json, 3.0);
}

static void
test_unsaved_text (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  g_autofree char *kept = NULL;
  g_autoptr(GBytes) draft = NULL;
  const char *text = "{\"schema\": 1, \"kind\": \"tokenfare-prices\", \"local_hosts\": [\"lab\"]}";

  show_page (&self);
  activate (&self, "pricing.json");
  ui_wait (has_status, self.page->json, 5.0);
  type_text (&self, "{\"schema\": 1");
  g_assert_false (fare_pricing_draft_can_save (fare_pricing_json_get_draft (self.page->json)));
  g_assert_cmpstr (fare_pricing_json_get_status (self.page->json), ==,
                   "Line 1: a closing “}” is missing.");

  /* Going away and coming back, and news of the index, leave it alone. */
  fare_page_go_back (FARE_PAGE (self.page));
  g_assert_true (gtk_widget_get_visible (self.page->notice_box));
  fare_window_show_page (self.room->window, "overview");
  fare_window_show_page (self.room->window, "pricing");
  activate (&self, "pricing.json");
  ui_pause (300);
  draft = fare_pricing_draft_dup_text (fare_pricing_json_get_draft (self.page->json));
  g_assert_cmpmem (g_bytes_get_data (draft, NULL), g_bytes_get_size (draft), "{\"schema\": 1", 12);

  /* The window does not close over it. */
  gtk_window_close (GTK_WINDOW (self.room->window));
  wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self.room->window)));
  respond ("cancel");
  g_assert_true (fare_pricing_draft_is_unsaved (fare_pricing_json_get_draft (self.page->json)));

  type_text (&self, text);
  g_assert_true (fare_pricing_draft_can_save (fare_pricing_json_get_draft (self.page->json)));
  g_signal_emit_by_name (self.page->json, "save");
  ui_wait (is_idle, self.page, 3.0);
  kept = read_prices (&self);
  g_assert_cmpstr (kept, ==, text);
  g_assert_false (fare_pricing_draft_is_unsaved (fare_pricing_json_get_draft (self.page->json)));
}

static void
test_damaged_file (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  g_autofree char *after = NULL;

  write_prices (&self, "{\"schema\": 1,\n \"kind\" oops");
  show_page (&self);
  g_assert_true (gtk_widget_get_visible (self.page->notice_box));
  g_assert_true (gtk_widget_get_visible (self.page->notice_button));
  /* The built-in prices hold meanwhile. */
  g_assert_cmpstr (ui_room_get_cost (self.room), ==, "$9.55");

  /* A change is refused, and the file stays as it is. */
  select_line (&self, "claude-haiku-4-5");
  activate (&self, "pricing.delete");
  respond ("delete");
  wait_window (ADW_TYPE_MESSAGE_DIALOG);
  respond ("close");
  after = read_prices (&self);
  g_assert_cmpstr (after, ==, "{\"schema\": 1,\n \"kind\" oops");

  /* The text says where it is wrong. */
  activate (&self, "pricing.json");
  ui_wait (has_status, self.page->json, 5.0);
  g_assert_cmpstr (fare_pricing_json_get_status (self.page->json), ==, "Line 2: a colon is missing.");
}

static gboolean
has_real_cost (gpointer data)
{
  PricingRoom *self = data;
  FarePricingList *list = fare_pricing_page_get_list (self->page);

  return fare_pricing_item_get_line (fare_pricing_list_get_selected (list))->sums.cost < 53;
}

static void
test_live_update (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  gint64 now_ms = g_get_real_time () / 1000;
  const FarePricingLine *line;

  show_page (&self);
  select_line (&self, "claude-haiku-4-5");

  for (guint i = 0; i < 100; i++)
    {
      const FarePricingData *data = fare_pricing_page_get_data (self.page);
      g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_pricing_line_unref);

      /* The same lines in another order, with other figures. */
      for (guint j = 0; j < data->lines->len; j++)
        {
          const FarePricingLine *old = g_ptr_array_index (data->lines, (j + i) % data->lines->len);
          FarePricingLine *fresh = fare_pricing_line_new ();

          fresh->key = g_strdup (old->key);
          fresh->id = g_strdup (old->id);
          fresh->name = g_strdup (old->name);
          fresh->provider = g_strdup (old->provider);
          fresh->aliases = g_strdup (old->aliases);
          fresh->source = old->source;
          fresh->is_used = old->is_used;
          fresh->sums = old->sums;
          fresh->sums.cost += i;
          g_ptr_array_add (lines, fresh);
        }
      fare_pricing_list_update (fare_pricing_page_get_list (self.page), lines);
      line = fare_pricing_item_get_line (fare_pricing_list_get_selected (
          fare_pricing_page_get_list (self.page)));
      g_assert_cmpstr (line->key, ==, "claude-haiku-4-5");
    }

  /* And with a real one. */
  ui_room_add_claude (self.room, "one", now_ms, "claude-haiku-4-5", 50000000, 0);
  ui_wait (has_real_cost, &self, 5.0);
  line = fare_pricing_item_get_line (fare_pricing_list_get_selected (
      fare_pricing_page_get_list (self.page)));
  g_assert_cmpstr (line->key, ==, "claude-haiku-4-5");
  g_assert_cmpfloat_with_epsilon (line->sums.cost, 52.05, 1e-9);
  g_assert_cmpstr (get_line (&self, 2)->key, ==, "claude-haiku-4-5");
}

static gboolean
has_result (gpointer data)
{
  GtkWidget *label = ui_find (data, GTK_TYPE_LABEL, "result_label");

  return *gtk_label_get_label (GTK_LABEL (label)) != '\0';
}

static void
test_what_if (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  GtkLabel *label;

  show_page (&self);
  gtk_toggle_button_set_active (self.page->what_if_button, TRUE);
  fare_pricing_what_if_set_model (self.page->what_if, "claude-haiku-4-5", "Claude Haiku 4.5");
  ui_wait (has_result, self.page->what_if, 5.0);
  label = GTK_LABEL (ui_find (GTK_WIDGET (self.page->what_if), GTK_TYPE_LABEL, "result_label"));
  /* 3 million tokens in, 110 thousand out. */
  g_assert_cmpstr (gtk_label_get_label (label), ==, "$9.55 → $3.55, $6.00 (63%) less");

  g_signal_emit_by_name (ui_find (GTK_WIDGET (self.page->what_if), GTK_TYPE_BUTTON, "reset_button"),
                         "clicked");
  g_assert_cmpstr (gtk_label_get_label (label), ==, "");
}

static void
test_hidden_amounts (void)
{
  PricingRoom self = open_room ();
  g_autoptr(UiRoom) room = self.room;
  FarePricingItem *item;
  g_autofree char *cost = NULL;
  g_autofree char *rate = NULL;

  show_page (&self);
  select_line (&self, "claude-opus-4-8");
  fare_preferences_set_hide_amounts (fare_application_get_preferences (self.room->application), TRUE);
  item = fare_pricing_list_get_selected (fare_pricing_page_get_list (self.page));
  cost = fare_pricing_text_cell (fare_pricing_item_get_line (item), FARE_PRICING_COLUMN_COST,
                                 fare_pricing_item_get_hide (item));
  rate = fare_pricing_text_cell (fare_pricing_item_get_line (item), FARE_PRICING_COLUMN_INPUT,
                                 fare_pricing_item_get_hide (item));
  g_assert_cmpstr (cost, ==, "•••");
  /* List prices are no secret. */
  g_assert_cmpstr (rate, ==, "5.00");
}

static void
test_check_sentences (void)
{
#define HEAD "{\"schema\": 1, \"kind\": \"tokenfare-prices\",\n\"models\": [\n"
  static const struct
  {
    const char *text;
    gboolean    can_save;
    guint       line;
    const char *sentence;
  } cases[] = {
    { HEAD "]}", TRUE, 0, "0 entries, no errors" },
    { HEAD "{\"id\": \"x\", \"prices\": [{\"from\": null, \"input\": 1, \"output\": 2}]}]}", TRUE, 0,
      "1 entry, no errors" },
    { "", FALSE, 1, "Line 1: a price file begins with “{”." },
    { "[]", FALSE, 1, "Line 1: a price file begins with “{”." },
    { HEAD "{\"id\": \"x\"\n\"name\": \"y\"}]}", FALSE, 3, "Line 3: a comma is missing." },
    { HEAD "{\"id\": \"x\",\n}]}", FALSE, 4, "Line 4: there is a comma too many." },
    { HEAD "{\"id\": x}]}", FALSE, 3, "Line 3: text has to stand in quotation marks." },
    { HEAD "{\"id\": \"x}]}", FALSE, 3, "Line 3: the quotation mark at the end is missing." },
    { HEAD "{\"id\": 1.2.3}]}", FALSE, 3, "Line 3: this is not a number." },
    { HEAD "{\"id\": }]}", FALSE, 3, "Line 3: a value is missing." },
    { HEAD "]", FALSE, 3, "Line 3: a closing “}” is missing." },
    { HEAD "]}\n\nmore", FALSE, 5, "Line 5: something stands behind the end." },
    { "{\"schema\": 99, \"kind\": \"tokenfare-prices\"}", FALSE, 0,
      "“prices.json” was written for a newer version of Tokenfare" },
    { HEAD "{\"id\": \"a\"},\n{\"id\": \"b\", \"prices\": [{\"from\": null, \"input\": -1, \"output\": 2}]}]}",
      TRUE, 4, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(FarePricingCheck) check = fare_pricing_check_text (cases[i].text, NULL);

      g_test_message ("%s", check->sentence);
      g_assert_cmpint (check->can_save, ==, cases[i].can_save);
      g_assert_cmpuint (check->line, ==, cases[i].line);
      if (cases[i].sentence != NULL)
        g_assert_cmpstr (check->sentence, ==, cases[i].sentence);
    }
}

static void
test_rates (void)
{
  static const struct
  {
    double      usd;
    const char *text;
    const char *entry;
  } cases[] = {
    { 0, "Free", "0" }, { 5, "5.00", "5" }, { 0.0375, "0.0375", "0.0375" }, { 12.5, "12.50", "12.5" },
    { 1000, "1000.00", "1000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = fare_pricing_text_rate (cases[i].usd);
      g_autofree char *entry = fare_pricing_text_entry (cases[i].usd);
      double usd;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (entry, ==, cases[i].entry);
      g_assert_null (fare_pricing_text_parse (entry, &usd));
      g_assert_cmpfloat (usd, ==, cases[i].usd);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/pricing/check-sentences", test_check_sentences);
  g_test_add_func ("/ui/pricing/rates", test_rates);
  g_test_add_func ("/ui/pricing/figures", test_figures);
  g_test_add_func ("/ui/pricing/order", test_order);
  g_test_add_func ("/ui/pricing/edit-and-undo", test_edit_and_undo);
  g_test_add_func ("/ui/pricing/undo-of-first-edit", test_undo_of_first_edit);
  g_test_add_func ("/ui/pricing/undo-keeps-others", test_undo_keeps_others);
  g_test_add_func ("/ui/pricing/reset", test_reset);
  g_test_add_func ("/ui/pricing/delete", test_delete);
  g_test_add_func ("/ui/pricing/set-missing", test_set_missing);
  g_test_add_func ("/ui/pricing/gateway", test_gateway);
  g_test_add_func ("/ui/pricing/invalid-input", test_invalid_input);
  g_test_add_func ("/ui/pricing/import", test_import);
  g_test_add_func ("/ui/pricing/unsaved-text", test_unsaved_text);
  g_test_add_func ("/ui/pricing/damaged-file", test_damaged_file);
  g_test_add_func ("/ui/pricing/live-update", test_live_update);
  g_test_add_func ("/ui/pricing/what-if", test_what_if);
  g_test_add_func ("/ui/pricing/hidden-amounts", test_hidden_amounts);

  return g_test_run ();
}
