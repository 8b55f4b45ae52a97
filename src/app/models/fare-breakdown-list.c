/* fare-breakdown-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "models/fare-breakdown-list.h"
#include "models/fare-session-merge.h"

struct _FareBreakdownList
{
  GObject               parent_instance;

  GListStore           *store;
  GtkTreeListModel     *model;
  GHashTable           *items; /* key → FareBreakdownItem, of the face that is shown */
  FareBreakdownItem    *total;
  FareBreakdownItem    *pinned;

  FareBreakdownFace     face;
  FareBreakdownColumn   column;
  gboolean              is_descending;
};

G_DEFINE_FINAL_TYPE (FareBreakdownList, fare_breakdown_list, G_TYPE_OBJECT)

static GListModel *
open_cb (gpointer item,
         gpointer user_data)
{
  GListStore *children = fare_breakdown_item_get_children (item);

  return children != NULL ? G_LIST_MODEL (g_object_ref (children)) : NULL;
}

static void
fare_breakdown_list_dispose (GObject *object)
{
  FareBreakdownList *self = FARE_BREAKDOWN_LIST (object);

  g_clear_object (&self->model);
  g_clear_object (&self->store);
  g_clear_object (&self->total);
  g_clear_object (&self->pinned);
  g_clear_pointer (&self->items, g_hash_table_unref);

  G_OBJECT_CLASS (fare_breakdown_list_parent_class)->dispose (object);
}

static void
fare_breakdown_list_class_init (FareBreakdownListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_breakdown_list_dispose;
}

static GHashTable *
new_items (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static void
fare_breakdown_list_init (FareBreakdownList *self)
{
  FareBreakdownRow total = { .title = _("Total") };

  self->store = g_list_store_new (FARE_TYPE_BREAKDOWN_ITEM);
  self->model = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (self->store)), FALSE, FALSE,
                                         open_cb, NULL, NULL);
  self->items = new_items ();
  self->total = fare_breakdown_item_new (FARE_BREAKDOWN_TOTAL, &total);
  self->column = FARE_BREAKDOWN_COST;
  self->is_descending = TRUE;
}

FareBreakdownList *
fare_breakdown_list_new (void)
{
  return g_object_new (FARE_TYPE_BREAKDOWN_LIST, NULL);
}

GtkTreeListModel *
fare_breakdown_list_get_model (FareBreakdownList *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_LIST (self), NULL);

  return self->model;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  FareBreakdownList *self = user_data;
  FareBreakdownItem *first = *(FareBreakdownItem * const *) a;
  FareBreakdownItem *second = *(FareBreakdownItem * const *) b;
  int order = fare_breakdown_item_compare (first, second, self->column);

  if (order != 0)
    return self->is_descending ? -order : order;

  /* The same twice goes as it does everywhere: by cost, tokens and name. */
  order = -fare_breakdown_item_compare (first, second, FARE_BREAKDOWN_COST);
  if (order == 0)
    order = -fare_breakdown_item_compare (first, second, FARE_BREAKDOWN_TOKENS);
  if (order == 0)
    order = fare_breakdown_item_compare (first, second, FARE_BREAKDOWN_NAME);

  return order != 0 ? order : g_strcmp0 (fare_breakdown_item_get_provider (first),
                                         fare_breakdown_item_get_provider (second));
}

/* The line of the pinned one, or of the tool it stands below. */
static gboolean
is_above_pinned (FareBreakdownList *self,
                 FareBreakdownItem *item)
{
  return self->pinned != NULL && self->pinned != item &&
         fare_breakdown_item_get_kind (self->pinned) == FARE_BREAKDOWN_PART &&
         fare_breakdown_item_get_kind (item) == FARE_BREAKDOWN_TOOL &&
         g_strcmp0 (fare_breakdown_item_get_client (self->pinned),
                    fare_breakdown_item_get_client (item)) == 0;
}

static FareBreakdownItem *
find_pinned (FareBreakdownList *self,
             GPtrArray         *lines)
{
  for (guint i = 0; i < lines->len; i++)
    if (is_above_pinned (self, lines->pdata[i]))
      return lines->pdata[i];

  return self->pinned;
}

static void
open_again (FareBreakdownList *self,
            GPtrArray         *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr(GtkTreeListRow) row = NULL;

      if (!fare_breakdown_item_get_expanded (lines->pdata[i]))
        continue;

      row = gtk_tree_list_model_get_child_row (self->model, i);
      gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

/* Puts the lines below a tool in order. */
static void
place_children (FareBreakdownList *self,
                FareBreakdownItem *tool,
                GPtrArray         *lines)
{
  g_ptr_array_sort_with_data (lines, compare_lines, self);
  fare_session_merge (fare_breakdown_item_get_children (tool), lines, self->pinned);
}

/* Takes over @lines, which own what they hold. */
static void
place_lines (FareBreakdownList *self,
             GPtrArray         *lines)
{
  g_ptr_array_sort_with_data (lines, compare_lines, self);
  if (lines->len > 0)
    g_ptr_array_add (lines, g_object_ref (self->total));

  fare_session_merge (self->store, lines, find_pinned (self, lines));
  open_again (self, lines);
}

static GPtrArray *
list_store (GListStore *store)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    g_ptr_array_add (lines, g_list_model_get_item (G_LIST_MODEL (store), i));

  return lines;
}

/* The lines there are, without the total. */
static GPtrArray *
list_top (FareBreakdownList *self)
{
  GPtrArray *lines = list_store (self->store);

  g_ptr_array_remove (lines, self->total);

  return lines;
}

static void
sort_again (FareBreakdownList *self)
{
  g_autoptr(GPtrArray) lines = list_top (self);

  for (guint i = 0; i < lines->len; i++)
    {
      GListStore *children = fare_breakdown_item_get_children (lines->pdata[i]);
      g_autoptr(GPtrArray) parts = children != NULL ? list_store (children) : NULL;

      if (parts != NULL)
        place_children (self, lines->pdata[i], parts);
    }

  place_lines (self, lines);
}

/* Two providers may offer a model of the same name. */
static char *
make_title (const FareBreakdownRow *row,
            GPtrArray              *rows)
{
  for (guint i = 0; i < rows->len && row->model != NULL; i++)
    {
      const FareBreakdownRow *other = g_ptr_array_index (rows, i);

      if (other != row && g_strcmp0 (other->model, row->model) == 0 &&
          g_strcmp0 (other->client, row->client) == 0 && row->provider != NULL)
        return g_strdup_printf ("%s · %s", row->title, row->provider);
    }

  return g_strdup (row->title);
}

/* The line of @row, the same as before where there was one. */
static FareBreakdownItem *
take_item (FareBreakdownList      *self,
           GHashTable             *fresh,
           FareBreakdownKind       kind,
           const FareBreakdownRow *row,
           GPtrArray              *rows)
{
  g_autofree char *key = fare_breakdown_item_dup_key (kind, row);
  g_autofree char *title = make_title (row, rows);
  FareBreakdownItem *item = g_hash_table_lookup (self->items, key);

  item = item != NULL ? g_object_ref (item) : fare_breakdown_item_new (kind, row);
  fare_breakdown_item_take (item, title, &row->sums);
  g_hash_table_replace (fresh, g_steal_pointer (&key), item);

  return item;
}

static void
add_parts (FareBreakdownList       *self,
           GHashTable              *fresh,
           const FareBreakdownData *data,
           FareBreakdownItem       *tool)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < data->parts->len; i++)
    {
      const FareBreakdownRow *row = g_ptr_array_index (data->parts, i);

      if (g_strcmp0 (row->client, fare_breakdown_item_get_client (tool)) == 0)
        g_ptr_array_add (lines, take_item (self, fresh, FARE_BREAKDOWN_PART, row, data->parts));
    }

  place_children (self, tool, lines);
}

static void
blank (FareBreakdownList *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    fare_breakdown_item_blank (item);
  fare_breakdown_item_blank (self->total);
}

void
fare_breakdown_list_show (FareBreakdownList       *self,
                          const FareBreakdownData *data)
{
  g_autoptr(GHashTable) fresh = NULL;
  g_autoptr(GPtrArray) lines = NULL;
  gboolean by_tool;
  GPtrArray *rows;

  g_return_if_fail (FARE_IS_BREAKDOWN_LIST (self));

  if (data == NULL)
    {
      blank (self);
      return;
    }

  by_tool = self->face == FARE_BREAKDOWN_BY_TOOL;
  rows = by_tool ? data->tools : data->models;
  fresh = new_items ();
  lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      FareBreakdownItem *item =
        take_item (self, fresh, by_tool ? FARE_BREAKDOWN_TOOL : FARE_BREAKDOWN_MODEL,
                   g_ptr_array_index (rows, i), rows);

      g_ptr_array_add (lines, g_object_ref (item));
      if (by_tool)
        add_parts (self, fresh, data, item);
    }

  fare_breakdown_item_take (self->total, _("Total"), &data->total);
  place_lines (self, lines);
  g_hash_table_unref (self->items);
  self->items = g_steal_pointer (&fresh);
}

void
fare_breakdown_list_set_face (FareBreakdownList *self,
                              FareBreakdownFace  face)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_LIST (self));

  self->face = face;
}

FareBreakdownFace
fare_breakdown_list_get_face (FareBreakdownList *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_LIST (self), FARE_BREAKDOWN_BY_TOOL);

  return self->face;
}

void
fare_breakdown_list_set_sort (FareBreakdownList   *self,
                              FareBreakdownColumn  column,
                              gboolean             is_descending)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_LIST (self));

  self->column = column;
  self->is_descending = !!is_descending;
  sort_again (self);
}

void
fare_breakdown_list_pin (FareBreakdownList *self,
                         FareBreakdownItem *item)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_LIST (self));

  g_set_object (&self->pinned, item);
}

void
fare_breakdown_list_touch (FareBreakdownList *self)
{
  GHashTableIter iter;
  gpointer item;

  g_return_if_fail (FARE_IS_BREAKDOWN_LIST (self));

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_signal_emit_by_name (item, "changed");
  g_signal_emit_by_name (self->total, "changed");
}

GPtrArray *
fare_breakdown_list_get_lines (FareBreakdownList *self)
{
  GPtrArray *lines;
  g_autoptr(GPtrArray) top = NULL;

  g_return_val_if_fail (FARE_IS_BREAKDOWN_LIST (self), NULL);

  lines = g_ptr_array_new_with_free_func (g_object_unref);
  top = list_top (self);

  for (guint i = 0; i < top->len; i++)
    {
      GListStore *children = fare_breakdown_item_get_children (top->pdata[i]);
      g_autoptr(GPtrArray) parts = children != NULL ? list_store (children) : NULL;

      g_ptr_array_add (lines, g_object_ref (top->pdata[i]));
      for (guint j = 0; parts != NULL && j < parts->len; j++)
        g_ptr_array_add (lines, g_object_ref (parts->pdata[j]));
    }

  return lines;
}
