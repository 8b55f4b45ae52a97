/* fare-pricing-list.c
 *
 * The price table as a list model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-pricing-list.h"

#include "models/fare-gradual-list.h"

struct _FarePricingList
{
  GObject             parent_instance;

  GListStore         *store;
  GHashTable         *by_key;   /* key of the line → FarePricingItem, owned by the store */
  GtkFilter          *filter;
  GtkMultiSorter     *sorters;
  GtkSorter          *missing;  /* those without price first */
  GtkSorter          *usual;
  GtkSortListModel   *sorted;
  FareGradualList    *shown;    /* the first of them, soon all */
  GtkSingleSelection *selection;
  GStrv               words;
  gboolean            only_used;
  gboolean            hide;
};

G_DEFINE_FINAL_TYPE (FarePricingList, fare_pricing_list, G_TYPE_OBJECT)

static gboolean
is_wanted (gpointer item,
           gpointer user_data)
{
  FarePricingList *self = user_data;

  return (!self->only_used || fare_pricing_item_get_line (item)->is_used) &&
         fare_pricing_item_matches (item, (const char * const *) self->words);
}

static int
compare_missing (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const FarePricingLine *one = fare_pricing_item_get_line ((gpointer) a);
  const FarePricingLine *other = fare_pricing_item_get_line ((gpointer) b);

  return (one->source != FARE_PRICING_MISSING) - (other->source != FARE_PRICING_MISSING);
}

static int
compare_ranks (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  guint one = fare_pricing_item_get_rank ((gpointer) a);
  guint other = fare_pricing_item_get_rank ((gpointer) b);

  return one < other ? -1 : one > other ? 1 : 0;
}

static void
fare_pricing_list_dispose (GObject *object)
{
  FarePricingList *self = FARE_PRICING_LIST (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorters);
  g_clear_object (&self->missing);
  g_clear_object (&self->usual);
  g_clear_object (&self->store);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (fare_pricing_list_parent_class)->dispose (object);
}

static void
fare_pricing_list_class_init (FarePricingListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_pricing_list_dispose;
}

static void
fare_pricing_list_init (FarePricingList *self)
{
  GtkFilterListModel *filtered;

  self->store = g_list_store_new (FARE_TYPE_PRICING_ITEM);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL));
  self->missing = GTK_SORTER (gtk_custom_sorter_new (compare_missing, NULL, NULL));
  self->usual = GTK_SORTER (gtk_custom_sorter_new (compare_ranks, NULL, NULL));
  self->sorters = gtk_multi_sorter_new ();
  fare_pricing_list_set_sorter (self, NULL);

  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->store)),
                                        g_object_ref (self->filter));
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered),
                                          g_object_ref (GTK_SORTER (self->sorters)));
  self->shown = fare_gradual_list_new (G_LIST_MODEL (self->sorted));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
}

FarePricingList *
fare_pricing_list_new (void)
{
  return g_object_new (FARE_TYPE_PRICING_LIST, NULL);
}

GtkSelectionModel *
fare_pricing_list_get_model (FarePricingList *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_LIST (self), NULL);

  return GTK_SELECTION_MODEL (self->selection);
}

guint
fare_pricing_list_count (FarePricingList *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_LIST (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->sorted));
}

/* Takes out what @lines no longer has. */
static void
remove_missing (FarePricingList *self,
                GPtrArray       *lines)
{
  g_autoptr(GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < lines->len; i++)
    g_hash_table_add (present, ((FarePricingLine *) g_ptr_array_index (lines, i))->key);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->store)); i > 0; i--)
    {
      g_autoptr(FarePricingItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i - 1);
      const char *key = fare_pricing_item_get_line (item)->key;

      if (!g_hash_table_contains (present, key))
        {
          g_hash_table_remove (self->by_key, key);
          g_list_store_remove (self->store, i - 1);
        }
    }
}

/* An updated item owns another copy of its key. */
static gboolean
update_item (FarePricingList *self,
             FarePricingItem *item,
             FarePricingLine *line,
             guint            rank)
{
  gboolean is_moved;

  g_hash_table_steal (self->by_key, line->key);
  is_moved = fare_pricing_item_update (item, line, rank);
  g_hash_table_insert (self->by_key, fare_pricing_item_get_line (item)->key, item);

  return is_moved;
}

void
fare_pricing_list_update (FarePricingList *self,
                          GPtrArray       *lines)
{
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean is_moved = FALSE;

  g_return_if_fail (FARE_IS_PRICING_LIST (self));

  if (lines == NULL)
    lines = none;

  remove_missing (self, lines);
  for (guint i = 0; i < lines->len; i++)
    {
      FarePricingLine *line = g_ptr_array_index (lines, i);
      FarePricingItem *item = g_hash_table_lookup (self->by_key, line->key);

      if (item != NULL)
        {
          is_moved |= update_item (self, item, line, i);
          continue;
        }

      item = fare_pricing_item_new (line, i);
      fare_pricing_item_set_hide (item, self->hide);
      g_hash_table_insert (self->by_key, fare_pricing_item_get_line (item)->key, item);
      g_ptr_array_add (fresh, item);
    }

  if (is_moved)
    {
      gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
      gtk_sorter_changed (self->usual, GTK_SORTER_CHANGE_DIFFERENT);
    }

  if (fresh->len > 0)
    g_list_store_splice (self->store, g_list_model_get_n_items (G_LIST_MODEL (self->store)), 0,
                         fresh->pdata, fresh->len);
}

void
fare_pricing_list_set_search (FarePricingList *self,
                              const char      *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto(GStrv) words = g_strsplit_set (folded, " \t\n", -1);

  g_return_if_fail (FARE_IS_PRICING_LIST (self));

  if (self->words != NULL && g_strv_equal ((const char * const *) self->words,
                                           (const char * const *) words))
    return;

  g_strfreev (self->words);
  self->words = g_steal_pointer (&words);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

void
fare_pricing_list_set_only_used (FarePricingList *self,
                                 gboolean         only_used)
{
  g_return_if_fail (FARE_IS_PRICING_LIST (self));

  self->only_used = only_used;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

void
fare_pricing_list_set_hide (FarePricingList *self,
                            gboolean         hide)
{
  guint n_items;

  g_return_if_fail (FARE_IS_PRICING_LIST (self));

  self->hide = hide;
  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(FarePricingItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      fare_pricing_item_set_hide (item, hide);
    }
}

void
fare_pricing_list_set_sorter (FarePricingList *self,
                              GtkSorter       *sorter)
{
  g_return_if_fail (FARE_IS_PRICING_LIST (self));

  while (g_list_model_get_n_items (G_LIST_MODEL (self->sorters)) > 0)
    gtk_multi_sorter_remove (self->sorters, 0);

  gtk_multi_sorter_append (self->sorters, g_object_ref (self->missing));
  if (sorter != NULL)
    gtk_multi_sorter_append (self->sorters, g_object_ref (sorter));
  gtk_multi_sorter_append (self->sorters, g_object_ref (self->usual));
}

FarePricingItem *
fare_pricing_list_get_selected (FarePricingList *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_LIST (self), NULL);

  return gtk_single_selection_get_selected_item (self->selection);
}

guint
fare_pricing_list_find (FarePricingList *self,
                        const char      *key)
{
  guint n_items;

  g_return_val_if_fail (FARE_IS_PRICING_LIST (self), GTK_INVALID_LIST_POSITION);

  fare_gradual_list_show_all (self->shown);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(FarePricingItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_str_equal (fare_pricing_item_get_line (item)->key, key))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}
