/* test-gradual-list.c
 *
 * A list that comes a screenful at a time: nothing is missing in the end, and places are kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <gtk/gtk.h>

#include "models/fare-gradual-list.h"

static void
append (GListStore *store,
        guint       n)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      char text[16];

      g_snprintf (text, sizeof text, "%u", g_list_model_get_n_items (G_LIST_MODEL (store)) + i);
      g_ptr_array_add (items, gtk_string_object_new (text));
    }
  g_list_store_splice (store, g_list_model_get_n_items (G_LIST_MODEL (store)), 0, items->pdata, n);
}

static guint
count (FareGradualList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

/* Returns the number of turns it took until nothing was left to do. */
static guint
settle (FareGradualList *list)
{
  guint turns = 0, before = count (list);

  while (g_main_context_iteration (NULL, FALSE))
    {
      g_assert_cmpuint (count (list), >=, before);
      before = count (list);
      turns++;
    }

  return turns;
}

/* Widgets take their time. */
static void
slow_cb (void)
{
  g_usleep (2000);
}

static void
test_growth (void)
{
  g_autoptr(GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr(FareGradualList) list = fare_gradual_list_new (G_LIST_MODEL (store));
  guint first;

  g_signal_connect (list, "items-changed", G_CALLBACK (slow_cb), NULL);
  append (store, 5);
  g_assert_cmpuint (count (list), ==, 5);
  append (store, 995);
  first = count (list);
  g_assert_cmpuint (first, >, 5);
  g_assert_cmpuint (first, <, 100);

  g_assert_cmpuint (settle (list), >, 20);
  g_assert_cmpuint (count (list), ==, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr(GtkStringObject) shown = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autoptr(GtkStringObject) item = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_assert_true (shown == item);
    }

  /* Little of what comes later is there at once, much is not. */
  append (store, 10);
  g_assert_cmpuint (count (list), ==, 1010);
  append (store, 490);
  g_assert_cmpuint (count (list), >=, 1010);
  g_assert_cmpuint (count (list), <, 1100);
  settle (list);
  g_assert_cmpuint (count (list), ==, 1500);

  /* Another list begins anew. */
  g_list_store_remove_all (store);
  g_assert_cmpuint (count (list), ==, 0);
  append (store, 1000);
  g_assert_cmpuint (count (list), ==, first);
}

static void
test_hurry (void)
{
  g_autoptr(GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr(FareGradualList) list = NULL;

  append (store, 1000);
  list = fare_gradual_list_new (G_LIST_MODEL (store));
  g_assert_cmpuint (count (list), <, 100);
  fare_gradual_list_show_all (list);
  g_assert_cmpuint (count (list), ==, 1000);
  g_assert_cmpuint (settle (list), ==, 0);
}

/* What the signals tell, as a table hears it. */
static void
mirror_cb (GListModel *model,
           guint       position,
           guint       n_removed,
           guint       n_added,
           GPtrArray  *mirror)
{
  g_assert_cmpuint (position + n_removed, <=, mirror->len);
  if (n_removed > 0)
    g_ptr_array_remove_range (mirror, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (mirror, (int) (position + i), g_list_model_get_item (model, position + i));
}

/* The lines that are there are some of the whole list, in its order. */
static void
assert_order (FareGradualList *list,
              GListModel      *whole,
              GPtrArray       *mirror)
{
  guint n = g_list_model_get_n_items (whole), place = 0;

  g_assert_cmpuint (mirror->len, ==, count (list));
  for (guint i = 0; i < mirror->len; i++)
    {
      g_autoptr(GObject) line = g_list_model_get_item (G_LIST_MODEL (list), i);
      gboolean is_found = FALSE;

      g_assert_true (line == g_ptr_array_index (mirror, i));
      while (!is_found && place < n)
        {
          g_autoptr(GObject) other = g_list_model_get_item (whole, place++);

          is_found = other == line;
        }
      g_assert_true (is_found);
    }
}

static void
turn_over (GListStore *store)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint position = (guint) g_test_rand_int_range (0, (int) n + 1);
  guint n_removed = (guint) g_test_rand_int_range (0, (int) MIN (n - position, 60) + 1);
  guint n_added = (guint) g_test_rand_int_range (0, 80);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_added; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", g_test_rand_int_range (0, 100000));

      g_ptr_array_add (items, gtk_string_object_new (text));
    }
  g_list_store_splice (store, position, n_removed, items->pdata, n_added);
}

static GtkSorter *
make_sorter (void)
{
  GtkExpression *text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  return GTK_SORTER (gtk_string_sorter_new (text));
}

/* Whatever happens to the whole list, and whenever: no signal is wrong, no line is lost. */
static void
test_turmoil (gconstpointer is_sorted)
{
  g_autoptr(GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr(GListModel) whole = is_sorted != NULL
    ? G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (store)), make_sorter ()))
    : G_LIST_MODEL (g_object_ref (store));
  g_autoptr(FareGradualList) list = fare_gradual_list_new (whole);
  g_autoptr(GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);

  g_signal_connect (list, "items-changed", G_CALLBACK (mirror_cb), mirror);

  for (guint i = 0; i < 300; i++)
    {
      turn_over (store);
      assert_order (list, whole, mirror);
      for (int turns = g_test_rand_int_range (0, 4); turns > 0; turns--)
        g_main_context_iteration (NULL, FALSE);
      assert_order (list, whole, mirror);
    }

  settle (list);
  assert_order (list, whole, mirror);
  g_assert_cmpuint (count (list), ==, g_list_model_get_n_items (whole));
}

/* A line that many others come around stays, and so does whoever holds it. */
static void
test_selection (void)
{
  g_autoptr(GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr(GtkSortListModel) sorted =
    gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (store)), make_sorter ());
  g_autoptr(FareGradualList) list = fare_gradual_list_new (G_LIST_MODEL (sorted));
  g_autoptr(GtkSingleSelection) selection =
    gtk_single_selection_new (G_LIST_MODEL (g_object_ref (list)));
  g_autoptr(GtkStringObject) line = NULL;

  append (store, 12);
  gtk_single_selection_set_selected (selection, 7);
  line = g_object_ref (gtk_single_selection_get_selected_item (selection));

  append (store, 600);
  g_assert_cmpuint (count (list), <, 100);
  g_assert_true (gtk_single_selection_get_selected_item (selection) == line);
  settle (list);
  g_assert_cmpuint (count (list), ==, 612);
  g_assert_true (gtk_single_selection_get_selected_item (selection) == line);
}

/* Nobody is called back after the end. */
static void
test_end (void)
{
  g_autoptr(GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  FareGradualList *list = fare_gradual_list_new (G_LIST_MODEL (store));

  append (store, 1000);
  g_assert_finalize_object (list);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  append (store, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gradual-list/growth", test_growth);
  g_test_add_func ("/gradual-list/hurry", test_hurry);
  g_test_add_data_func ("/gradual-list/turmoil", NULL, test_turmoil);
  g_test_add_data_func ("/gradual-list/turmoil-sorted", GINT_TO_POINTER (TRUE), test_turmoil);
  g_test_add_func ("/gradual-list/selection", test_selection);
  g_test_add_func ("/gradual-list/end", test_end);

  return g_test_run ();
}
