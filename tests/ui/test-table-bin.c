/* test-table-bin.c
 *
 * Columns and rows that make do with the room there is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "ui-room.h"
#include "widgets/fare-button-row.h"
#include "widgets/fare-fold-box.h"
#include "widgets/fare-table-bin.h"

#define N_COLUMNS 4
#define WIDE_CELL 200

typedef struct
{
  GtkWidget           *window;
  FareTableBin        *bin;
  GtkColumnView       *view;
  GtkColumnViewColumn *columns[N_COLUMNS];
} Stage;

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (cell, WIDE_CELL, 20);
  gtk_list_item_set_child (list_item, cell);
}

static void
stage_open (Stage *self)
{
  static const char * const rows[] = { "one", "two", NULL };
  GtkStringList *model = gtk_string_list_new (rows);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (model)))));
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      self->columns[i] = gtk_column_view_column_new ("Column", factory);
      gtk_column_view_append_column (self->view, self->columns[i]);
      g_object_unref (self->columns[i]);
    }

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  self->bin = g_object_new (FARE_TYPE_TABLE_BIN, "child", scroller, NULL);
  /* All but the first, the last one first. */
  fare_table_bin_set_table (self->bin, self->view,
                            (GtkColumnViewColumn *[]) { self->columns[3], self->columns[2], self->columns[1] },
                            3);
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->bin));
}

static guint
count_columns (Stage *self,
               int    width)
{
  guint n_visible = 0;

  gtk_window_set_default_size (GTK_WINDOW (self->window), width, 300);
  gtk_window_present (GTK_WINDOW (self->window));
  ui_pause (400);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      gboolean is_visible = gtk_column_view_column_get_visible (self->columns[i]);

      n_visible += is_visible;
      /* What is missed most goes last. */
      g_assert_cmpint (is_visible, ==, i < n_visible);
    }

  return n_visible;
}

static void
test_columns (void)
{
  Stage stage;

  stage_open (&stage);
  g_assert_cmpuint (count_columns (&stage, 1000), ==, 4);
  /* Two at once. */
  g_assert_cmpuint (count_columns (&stage, 600), ==, 2);
  g_assert_true (fare_table_bin_get_fits (stage.bin));
  g_assert_cmpuint (count_columns (&stage, 800), ==, 3);
  g_assert_cmpuint (count_columns (&stage, 1000), ==, 4);

  g_assert_cmpuint (count_columns (&stage, 150), ==, 1);
  g_assert_false (fare_table_bin_get_fits (stage.bin));
  g_assert_cmpuint (count_columns (&stage, 1000), ==, 4);
  g_assert_true (fare_table_bin_get_fits (stage.bin));
  gtk_window_destroy (GTK_WINDOW (stage.window));
}

static void
test_fold (void)
{
  GtkWidget *box = g_object_ref_sink (g_object_new (FARE_TYPE_FOLD_BOX, NULL));
  int row, column, least;

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_set_size_request (child, 100 + 50 * (int) i, 30);
      gtk_box_append (GTK_BOX (box), child);
    }

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 300, &row, NULL, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 200, &column, NULL, NULL, NULL);
  g_assert_cmpint (least, ==, 150);
  g_assert_cmpint (row, ==, 30);
  g_assert_cmpint (column, >=, 60);
  g_object_unref (box);
}

static void
test_short_buttons (void)
{
  GtkWidget *row = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  int before, after;

  gtk_box_append (GTK_BOX (row), gtk_button_new_with_label ("A long word on a button"));
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &before, NULL, NULL, NULL);
  fare_button_row_allow_short (row);
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &after, NULL, NULL, NULL);
  g_assert_cmpint (after, <, before);
  g_object_unref (row);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/table-bin/columns-that-fit-are-seen", test_columns);
  g_test_add_func ("/table-bin/a-row-folds-where-it-has-no-room", test_fold);
  g_test_add_func ("/table-bin/words-on-buttons-may-be-cut", test_short_buttons);

  return g_test_run ();
}
