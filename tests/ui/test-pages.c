/* test-pages.c
 *
 * What holds over all pages: they agree with one another and with the events, news leaves everybody
 * where they are, and all can be reached with the keyboard alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "models/fare-overview-data.h"
#include "models/fare-session-data.h"
#include "pages/fare-calendar-page.h"
#include "pages/fare-sessions-page.h"
#include "widgets/fare-bar-chart.h"
#include "widgets/fare-calendar-canvas.h"
#include "widgets/fare-share-list.h"

#define DAY_MS (24 * G_TIME_SPAN_HOUR / 1000)

static const char * const pages[] = { "overview", "sessions", "calendar", "pricing" };

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

/* Three sessions in two days, several models, one of them without a price. */
static void
add_logs (UiRoom *room)
{
  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1234567, 89012);
  ui_room_add_claude (room, "s-1", now_ms (), "claude-haiku-4-5", 700001, 13);
  ui_room_add_claude (room, "s-2", now_ms (), "no-such-model-1", 345678, 9012);
  ui_room_add_claude (room, "s-2", now_ms () - DAY_MS, "claude-sonnet-4-6", 45678, 90123);
  ui_room_add_claude (room, "s-3", now_ms () - DAY_MS, "claude-opus-4-8", 999999, 999);
}

typedef struct
{
  double cost;
  gint64 tokens;
  gint64 messages;
} Sum;

static void
add_sums (Sum            *self,
          const FareSums *sums)
{
  self->cost += sums->cost;
  self->tokens += fare_usage_total (&sums->usage);
  self->messages += sums->messages;
}

static void
assert_sum (const char *what,
            Sum         found,
            Sum         wanted)
{
  if (fabs (found.cost - wanted.cost) > 1e-9 || found.tokens != wanted.tokens ||
      found.messages != wanted.messages)
    g_error ("%s: %.9f of %" G_GINT64_FORMAT " tokens in %" G_GINT64_FORMAT " messages, not %.9f of "
             "%" G_GINT64_FORMAT " in %" G_GINT64_FORMAT, what, found.cost, found.tokens,
             found.messages, wanted.cost, wanted.tokens, wanted.messages);
}

/* All events one by one, as the command line lists them. */
static Sum
ask_events (void)
{
  const char *argv[] = { g_getenv ("TOKENFARE_CLI"), "events", "all", "--json", NULL };
  g_autofree char *output = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  Sum sum = { 0 };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (output), "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      static const char * const tokens[] = { "input", "cache_read", "cache_write_5m", "cache_write_1h",
                                             "output" };
      g_autoptr(JsonNode) node = json_from_string (lines[i], &error);
      JsonObject *event;

      g_assert_no_error (error);
      event = json_node_get_object (node);
      sum.messages += json_object_get_int_member (event, "messages");
      if (json_object_get_boolean_member (event, "priced"))
        sum.cost += json_object_get_double_member (event, "cost");
      for (guint j = 0; j < G_N_ELEMENTS (tokens); j++)
        sum.tokens += json_object_get_int_member (event, tokens[j]);
    }

  return sum;
}

static gpointer
get_answer (UiRoom     *room,
            const char *name)
{
  AdwViewStack *stack = ADW_VIEW_STACK (ui_find (GTK_WIDGET (room->window), ADW_TYPE_VIEW_STACK, NULL));
  GType type = g_str_equal (name, "sessions") ? FARE_TYPE_SESSIONS_PAGE : FARE_TYPE_OVERVIEW_PAGE;
  GtkWidget *page = ui_find (adw_view_stack_get_child_by_name (stack, name), type, NULL);

  return page != NULL ? fare_live_query_get_answer (fare_page_get_query (FARE_PAGE (page))) : NULL;
}

static gboolean
has_sessions (gpointer data)
{
  return get_answer (data, "sessions") != NULL;
}

static gboolean
has_sheet (gpointer data)
{
  GtkWidget *page = ui_find (GTK_WIDGET (((UiRoom *) data)->window), FARE_TYPE_CALENDAR_PAGE, NULL);

  return page != NULL && fare_calendar_page_get_sheet (FARE_CALENDAR_PAGE (page)) != NULL;
}

/* The days of the calendar from @first on, which may lie in two of its years. */
static Sum
sum_calendar (UiRoom *room,
              FareDay first,
              FareDay last)
{
  FareCalendarPage *page =
    FARE_CALENDAR_PAGE (ui_find (GTK_WIDGET (room->window), FARE_TYPE_CALENDAR_PAGE, NULL));
  Sum sum = { 0 };

  for (FareDay day = first; day <= last; day++)
    {
      const FareCalendarCell *cell;

      fare_calendar_page_show_period (page, FARE_CALENDAR_MONTH, day);
      ui_wait (has_sheet, room, 5.0);
      cell = fare_calendar_sheet_find (fare_calendar_page_get_sheet (page), day);
      g_assert_nonnull (cell);
      add_sums (&sum, &cell->sums);
    }

  return sum;
}

static void
test_agree (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  Sum events, overview = { 0 }, sessions = { 0 }, total = { 0 };
  const FareSessionData *data;

  add_logs (room);
  ui_room_open (room);
  fare_range_choice_set_period (fare_application_get_choice (room->application), FARE_PERIOD_LAST_7_DAYS);
  ui_room_wait_settled (room);
  events = ask_events ();
  g_assert_cmpint (events.messages, ==, 5);
  g_assert_cmpfloat (events.cost, >, 5);

  add_sums (&overview, &((const FareOverviewData *) get_answer (room, "overview"))->total);
  assert_sum ("overview", overview, events);

  fare_window_show_page (room->window, "sessions");
  ui_wait (has_sessions, room, 5.0);
  data = get_answer (room, "sessions");
  g_assert_cmpuint (data->rows->len, ==, 3);
  for (guint i = 0; i < data->rows->len; i++)
    add_sums (&sessions, &((const FareSessionRow *) g_ptr_array_index (data->rows, i))->sums);
  add_sums (&total, &data->total);
  assert_sum ("sessions", sessions, events);
  assert_sum ("the line under them", total, events);

  fare_window_show_page (room->window, "calendar");
  ui_wait (has_sheet, room, 5.0);
  assert_sum ("calendar", sum_calendar (room, data->today - 1, data->today), events);
}

/* What one page has made of news can be seen in its cost. */
static void
append_news (UiRoom *room,
             int     round)
{
  g_autofree char *before = g_strdup (ui_room_get_cost (room));
  g_autofree char *model = g_strdup_printf ("claude-%s", round % 2 ? "opus-4-8" : "sonnet-4-6");

  ui_room_add_claude (room, round % 3 ? "s-1" : "s-3", now_ms (), model, 50000 + 4000 * round, 10);
  fare_meter_refresh (fare_application_get_meter (room->application));

  for (gint64 start = g_get_monotonic_time (); g_strcmp0 (ui_room_get_cost (room), before) == 0;)
    {
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
count_rows_cb (GtkWidget *widget,
               gpointer   data)
{
  if (GTK_IS_LIST_BOX_ROW (widget) && gtk_widget_get_child_visible (widget))
    ++*(guint *) data;
}

/* A hundred rounds of news, and the keyboard, the place on the page and the opened list stay. */
static void
test_hundred_updates (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *list, *box, *row;
  GtkAdjustment *scroll;
  guint n_rows = 0;
  double place;

  for (int i = 0; i < 12; i++)
    {
      g_autofree char *model = g_strdup_printf ("no-such-model-%d", i);

      ui_room_add_claude (room, "s-2", now_ms (), model, 1000 + i, 10);
    }

  add_logs (room);
  ui_room_open (room);
  ui_room_wait_settled (room);
  list = ui_find (GTK_WIDGET (room->page), FARE_TYPE_SHARE_LIST, "models_list");
  box = ui_find (list, GTK_TYPE_LIST_BOX, NULL);
  g_signal_emit_by_name (box, "row-activated", gtk_widget_get_last_child (box));
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (box), 6));
  g_assert_true (gtk_widget_grab_focus (row));
  ui_pause (300);
  scroll = gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW)));
  gtk_adjustment_set_value (scroll, (gtk_adjustment_get_upper (scroll) -
                                     gtk_adjustment_get_page_size (scroll)) / 2);
  ui_pause (100);
  place = gtk_adjustment_get_value (scroll);
  g_assert_cmpfloat (place, >, 100);
  ui_walk (box, count_rows_cb, &n_rows);
  g_assert_cmpuint (n_rows, >, 12);

  for (int i = 0; i < 100; i++)
    {
      guint n_now = 0;

      append_news (room, i);
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (room->window)) == row);
      g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (scroll), place, 0.5);
      ui_walk (box, count_rows_cb, &n_now);
      g_assert_cmpuint (n_now, >=, n_rows);
    }
}

static gboolean
is_inside (GtkWidget *widget,
           GType      type)
{
  return gtk_widget_get_ancestor (widget, type) != NULL;
}

/* What somebody wants to get at, as far as it shows. */
static gboolean
is_control (GtkWidget *widget)
{
  return gtk_widget_get_focusable (widget) && gtk_widget_get_mapped (widget) &&
         gtk_widget_is_sensitive (widget) && gtk_widget_get_can_focus (widget) &&
         (GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_TEXT (widget) ||
          FARE_IS_BAR_CHART (widget) || FARE_IS_CALENDAR_CANVAS (widget)) &&
         !is_inside (widget, GTK_TYPE_POPOVER) && !is_inside (widget, GTK_TYPE_WINDOW_CONTROLS);
}

static void
collect_controls_cb (GtkWidget *widget,
                     gpointer   data)
{
  if (is_control (widget))
    g_hash_table_add (data, widget);
}

/* Presses Tab until the keyboard is back where it was.  A table has the same widgets for other lines when
 * it scrolls, so that one that comes again there says nothing. */
static guint
tour (GtkWindow        *window,
      GtkDirectionType  direction,
      GHashTable       *left)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint n_steps = 0; TRUE; n_steps++)
    {
      GtkWidget *focus;

      g_assert_cmpuint (n_steps, <, 20000);
      gtk_widget_child_focus (GTK_WIDGET (window), direction);
      focus = gtk_window_get_focus (window);
      if (focus == NULL)
        continue;

      g_hash_table_remove (left, focus);
      if (!is_inside (focus, GTK_TYPE_COLUMN_VIEW) && !g_hash_table_add (seen, focus))
        return g_hash_table_size (seen);
    }
}

static void
fail_on_left (GHashTable *left,
              const char *page)
{
  GHashTableIter iter;
  GtkWidget *widget;

  g_hash_table_iter_init (&iter, left);
  while (g_hash_table_iter_next (&iter, (gpointer *) &widget, NULL))
    {
      g_autoptr(GString) chain = g_string_new (NULL);

      for (GtkWidget *up = widget; up != NULL; up = gtk_widget_get_parent (up))
        g_string_append_printf (chain, " %s", G_OBJECT_TYPE_NAME (up));

      g_error ("%s: Tab never comes to this, from the inside out:%s", page, chain->str);
    }
}

static void
check_tour (UiRoom     *room,
            const char *page)
{
  GtkWindow *window = GTK_WINDOW (room->window);
  g_autoptr(GHashTable) forward = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) back = g_hash_table_new (NULL, NULL);
  guint n_forward, n_back;

  ui_pause (600);
  gtk_window_set_focus (window, NULL);
  ui_walk (GTK_WIDGET (window), collect_controls_cb, forward);
  ui_walk (GTK_WIDGET (window), collect_controls_cb, back);
  g_assert_cmpuint (g_hash_table_size (forward), >, 8);

  n_forward = tour (window, GTK_DIR_TAB_FORWARD, forward);
  fail_on_left (forward, page);
  n_back = tour (window, GTK_DIR_TAB_BACKWARD, back);
  fail_on_left (back, page);
  g_assert_cmpuint (n_back, ==, n_forward);
}

/* All that can be operated is reached by Tab, forwards and back, and nothing holds the keyboard. */
static void
test_keyboard_tour (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();

  add_logs (room);
  ui_room_open (room);
  ui_room_wait_settled (room);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      fare_window_show_page (room->window, pages[i]);
      check_tour (room, pages[i]);
    }

  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.show-session", "(ss)", "claude", "s-1");
  check_tour (room, "a session");
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.filter", "(ss)", "client", "claude");
  fare_window_show_page (room->window, "overview");
  check_tour (room, "overview with a filter");
}

/* Takes its time for today, whoever does not want to know any more. */
static gpointer
answer_slowly (const FareQuestion  *question,
               GCancellable        *cancellable,
               GError             **error)
{
  if (question->period == FARE_PERIOD_TODAY)
    g_usleep (G_USEC_PER_SEC / 2);

  return GINT_TO_POINTER (question->period + 1);
}

static void
forget_answer (gpointer answer)
{
}

static void
note_cb (FareLiveQuery *query,
         GArray        *answers)
{
  int period = GPOINTER_TO_INT (fare_live_query_get_answer (query)) - 1;

  if (period >= 0)
    g_array_append_val (answers, period);
}

static gboolean
has_answer (gpointer data)
{
  return fare_live_query_get_answer (data) != NULL;
}

/* The answer to a question that is not asked any more is never seen, even when it comes last. */
static void
test_late_answer (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autoptr(GArray) answers = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(FareLiveQuery) query = NULL;
  FareRangeChoice *choice;

  ui_room_open (room);
  choice = fare_application_get_choice (room->application);
  fare_range_choice_set_period (choice, FARE_PERIOD_TODAY);
  query = fare_live_query_new (fare_application_get_meter (room->application), choice, TRUE, NULL,
                               answer_slowly, forget_answer);
  g_signal_connect (query, "changed", G_CALLBACK (note_cb), answers);
  fare_live_query_set_active (query, TRUE);
  ui_pause (100);
  fare_range_choice_set_period (choice, FARE_PERIOD_YEAR);
  ui_wait (has_answer, query, 5.0);
  ui_pause (1000);

  g_assert_cmpint (GPOINTER_TO_INT (fare_live_query_get_answer (query)) - 1, ==, FARE_PERIOD_YEAR);
  g_assert_cmpuint (answers->len, >=, 1);
  for (guint i = 0; i < answers->len; i++)
    g_assert_cmpint (g_array_index (answers, int, i), ==, FARE_PERIOD_YEAR);

  g_signal_handlers_disconnect_by_data (query, answers);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/pages/agree", test_agree);
  g_test_add_func ("/ui/pages/late-answer", test_late_answer);
  g_test_add_func ("/ui/pages/hundred-updates", test_hundred_updates);
  g_test_add_func ("/ui/pages/keyboard-tour", test_keyboard_tour);

  return g_test_run ();
}
