/* test-slow-spinner.c
 *
 * Work that is done in no time does not flicker, and what is not seen does not turn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "widgets/fare-slow-spinner.h"

static void
test_waits (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *spinner = g_object_new (FARE_TYPE_SLOW_SPINNER, NULL);
  GtkWidget *stack = gtk_stack_new ();

  gtk_stack_add_named (GTK_STACK (stack), spinner, "busy");
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("…"), "done");
  gtk_window_set_child (GTK_WINDOW (window), stack);

  /* Nobody sees it. */
  ui_pause (2 * FARE_SLOW_MS);
  g_assert_false (fare_slow_spinner_is_turning (FARE_SLOW_SPINNER (spinner)));

  /* As soon as it is seen, it waits; then it turns until it goes. */
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (gtk_widget_get_mapped (spinner));
  g_assert_false (fare_slow_spinner_is_turning (FARE_SLOW_SPINNER (spinner)));
  ui_pause (2 * FARE_SLOW_MS);
  g_assert_true (fare_slow_spinner_is_turning (FARE_SLOW_SPINNER (spinner)));
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "done");
  g_assert_false (fare_slow_spinner_is_turning (FARE_SLOW_SPINNER (spinner)));

  /* Seen for a moment only. */
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "busy");
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "done");
  ui_pause (2 * FARE_SLOW_MS);
  g_assert_false (fare_slow_spinner_is_turning (FARE_SLOW_SPINNER (spinner)));

  /* It may go while it waits. */
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "busy");
  gtk_window_destroy (GTK_WINDOW (window));
  ui_pause (2 * FARE_SLOW_MS);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/slow-spinner/waits", test_waits);

  return g_test_run ();
}
