/* test-gradual-list.c
 *
 * A list that comes a screenful at a time: nothing is missing in the end, and places are kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

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
count (GtkSliceListModel *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

/* Returns the number of turns it took until nothing was left to do. */
static guint
settle (GtkSliceListModel *list)
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

static void
test_growth (void)
{
  g_autoptr(GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr(GtkSliceListModel) list = fare_gradual_list_new (G_LIST_MODEL (store));
  guint first;

  append (store, 5);
  g_assert_cmpuint (count (list), ==, 5);
  append (store, 995);
  first = count (list);
  g_assert_cmpuint (first, >, 5);
  g_assert_cmpuint (first, <, 100);

  g_assert_cmpuint (settle (list), >, 3);
  g_assert_cmpuint (count (list), ==, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr(GtkStringObject) shown = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autoptr(GtkStringObject) item = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_assert_true (shown == item);
    }

  /* What comes later is there at once. */
  append (store, 500);
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
  g_autoptr(GtkSliceListModel) list = NULL;

  append (store, 1000);
  list = fare_gradual_list_new (G_LIST_MODEL (store));
  g_assert_cmpuint (count (list), <, 100);
  fare_gradual_list_show_all (list);
  g_assert_cmpuint (count (list), ==, 1000);
  g_assert_cmpuint (settle (list), ==, 0);
}

/* Nobody is called back after the end. */
static void
test_end (void)
{
  g_autoptr(GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  GtkSliceListModel *list = fare_gradual_list_new (G_LIST_MODEL (store));

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
  g_test_add_func ("/gradual-list/end", test_end);

  return g_test_run ();
}
