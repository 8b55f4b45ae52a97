/* test-quit.c
 *
 * The end of the program, chosen from the menu: it comes at once, or once it is clear what becomes of
 * unsaved work.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "pages/fare-pricing-page-private.h"

/* One run of the application, in steps. */
typedef struct
{
  UiRoom   *room;
  void    (*step) (gpointer run);
  guint     n_steps;
  gboolean  is_late;
} Run;

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
        return l->data;
    }

  return NULL;
}

static void
respond (const char *response)
{
  AdwMessageDialog *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  adw_message_dialog_response (dialog, response);
}

static gboolean
has_window (Run *run)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (run->room->application));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (FARE_IS_WINDOW (l->data))
        return TRUE;
    }

  return FALSE;
}

static void
quit (Run *run)
{
  g_action_group_activate_action (G_ACTION_GROUP (run->room->application), "quit", NULL);
}

static gboolean
has_answer (gpointer data)
{
  return fare_pricing_page_get_data (data) != NULL;
}

static gboolean
has_status (gpointer data)
{
  return *fare_pricing_json_get_status (data) != '\0';
}

static gboolean
is_unsaved (gpointer data)
{
  return fare_pricing_draft_is_unsaved (fare_pricing_json_get_draft (data));
}

static void
type_draft (Run *run)
{
  FarePricingPage *page;
  GtkTextBuffer *buffer;

  fare_window_show_page (run->room->window, "pricing");
  page = FARE_PRICING_PAGE (ui_find (GTK_WIDGET (run->room->window), FARE_TYPE_PRICING_PAGE, NULL));
  ui_wait (has_answer, page, 10);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "pricing.json", NULL));
  ui_wait (has_status, page->json, 5);
  buffer = fare_pricing_draft_get_buffer (fare_pricing_json_get_draft (page->json));
  gtk_text_buffer_insert_at_cursor (buffer, "{\"schema\": 1", -1);
  ui_wait (is_unsaved, page->json, 5);
}

/* What is typed in a dialog over the window. */
static void
type_price (Run *run)
{
  FarePricingPage *page;
  GtkWidget *row;

  fare_window_show_page (run->room->window, "pricing");
  page = FARE_PRICING_PAGE (ui_find (GTK_WIDGET (run->room->window), FARE_TYPE_PRICING_PAGE, NULL));
  ui_wait (has_answer, page, 10);
  gtk_selection_model_select_item (fare_pricing_list_get_model (page->list), 0, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "pricing.edit", NULL));
  row = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (page->editor)), ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (row), "7");
}

static gboolean
step_cb (gpointer data)
{
  Run *run = data;

  /* What is left to do when it has ended already is done without it. */
  if (!g_application_get_is_registered (G_APPLICATION (run->room->application)))
    return G_SOURCE_CONTINUE;

  run->n_steps++;
  run->step (run);

  return G_SOURCE_CONTINUE;
}

static gboolean
late_cb (gpointer data)
{
  Run *run = data;

  run->is_late = TRUE;
  g_application_quit (G_APPLICATION (run->room->application));

  return G_SOURCE_REMOVE;
}

/* Lets the application run until it ends, and returns in how many steps. */
static guint
run_steps (void     (*type) (Run *run),
           void     (*step) (gpointer run))
{
  Run run = { .room = ui_room_new (), .step = step };
  guint step_id, late_id;

  ui_room_add_claude (run.room, "one", g_get_real_time () / 1000, "claude-opus-4-8", 1000, 500);
  ui_room_open (run.room);
  ui_room_wait_settled (run.room);
  if (type != NULL)
    type (&run);

  step_id = g_timeout_add (400, step_cb, &run);
  late_id = g_timeout_add_seconds (20, late_cb, &run);
  g_application_run (G_APPLICATION (run.room->application), 0, NULL);
  g_source_remove (step_id);
  g_assert_false (run.is_late);
  g_source_remove (late_id);

  if (has_window (&run))
    ui_room_close (run.room);
  run.room->window = NULL;
  g_assert_finalize_object (g_steal_pointer (&run.room->application));
  ui_room_free (run.room);

  return run.n_steps;
}

static void
quit_step (gpointer data)
{
  quit (data);
}

static void
test_at_once (void)
{
  g_assert_cmpuint (run_steps (NULL, quit_step), ==, 1);
}

static void
discard_step (gpointer data)
{
  Run *run = data;

  if (run->n_steps == 1)
    quit (run);
  else
    respond ("discard");

  g_assert_true (run->n_steps == 2 || has_window (run));
}

/* It ends with the answer. */
static void
test_asks (void)
{
  g_assert_cmpuint (run_steps (type_draft, discard_step), ==, 2);
}

static void
test_asks_for_dialog (void)
{
  g_assert_cmpuint (run_steps (type_price, discard_step), ==, 2);
}

static void
cancel_step (gpointer data)
{
  Run *run = data;

  switch (run->n_steps)
    {
    case 1:
      quit (run);
      break;

    case 2:
      respond ("cancel");
      break;

    case 3:
      g_assert_true (has_window (run));
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (run->room->window)));
      quit (run);
      break;

    default:
      respond ("discard");
    }
}

/* Whoever thinks better of it has a program as before, that asks again. */
static void
test_cancelled (void)
{
  g_assert_cmpuint (run_steps (type_draft, cancel_step), ==, 4);
  g_assert_cmpuint (run_steps (type_price, cancel_step), ==, 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/quit/at-once", test_at_once);
  g_test_add_func ("/quit/asks", test_asks);
  g_test_add_func ("/quit/asks-for-dialog", test_asks_for_dialog);
  g_test_add_func ("/quit/cancelled", test_cancelled);

  return g_test_run ();
}
