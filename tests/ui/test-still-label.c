/* test-still-label.c
 *
 * A label that keeps still: it asks for room only when its text would not fit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "widgets/fare-still-label.h"

static GtkWidget *
show_label (FareStillLabel **label,
            const char      *first,
            gboolean         wrap)
{
  GtkWidget *window = gtk_window_new ();

  *label = g_object_new (FARE_TYPE_STILL_LABEL, "label", first, "wrap", wrap, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (*label), "numeric");
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 200);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (*label));
  gtk_window_present (GTK_WINDOW (window));
  ui_pause (200);

  return window;
}

static void
test_figures_keep_still (void)
{
  FareStillLabel *label;
  GtkWidget *window = show_label (&label, "$10.00", FALSE);
  guint n_asked = fare_still_label_get_n_asked (label);

  for (int i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("$1%d.%02d", i % 10, i);

      fare_still_label_set_label (label, text);
      ui_pause (2);
    }

  g_assert_cmpuint (fare_still_label_get_n_asked (label), ==, n_asked);
  g_assert_cmpstr (fare_still_label_get_label (label), ==, "$19.49");
  gtk_test_accessible_assert_property (label, GTK_ACCESSIBLE_PROPERTY_LABEL, "$19.49");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What does not fit asks for room, and gets it. */
static void
test_asks_when_it_must (void)
{
  FareStillLabel *label;
  GtkWidget *window = show_label (&label, "short", TRUE);
  guint n_asked = fare_still_label_get_n_asked (label);
  int before, after, minimum;

  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_VERTICAL, 300, &before, NULL, NULL, NULL);
  fare_still_label_set_label (label, "a text that is so long that it takes more than a single line of "
                                     "the room that there is for it in this window");
  g_assert_cmpuint (fare_still_label_get_n_asked (label), ==, n_asked + 1);
  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_VERTICAL, 300, &after, NULL, NULL, NULL);
  g_assert_cmpint (after, >=, 2 * before);

  /* A label that wraps can be as narrow as its longest word, one that does not cannot. */
  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 150);
  g_object_set (label, "wrap", FALSE, NULL);
  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, >, 300);
  g_object_set (label, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 150);
  ui_pause (50);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/still-label/keeps-still", test_figures_keep_still);
  g_test_add_func ("/ui/still-label/asks-when-it-must", test_asks_when_it_must);

  return g_test_run ();
}
