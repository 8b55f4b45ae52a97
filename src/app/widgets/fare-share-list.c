/* fare-share-list.c
 *
 * A boxed list of shares, updated by key.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "widgets/fare-share-list.h"
#include "widgets/fare-share-row.h"

struct _FareShareList
{
  GtkWidget   parent_instance;

  GtkListBox *list_box;
  GtkWidget  *more_row;  /* "Show All", the last row; NULL while all are shown */
  char       *label;

  GHashTable *rows;      /* key → FareShareRow, as long as it is in the list */
  GHashTable *positions; /* key → where it belongs */
  guint       limit;
  guint       is_activatable : 1;
  guint       is_expanded : 1;
};

G_DEFINE_FINAL_TYPE (FareShareList, fare_share_list, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_LIMIT,
  PROP_LABEL,
  PROP_ACTIVATABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
get_position (FareShareList *self,
              GtkListBoxRow *row)
{
  FareShareItem *item;

  if (!FARE_IS_SHARE_ROW (row))
    return G_MAXUINT;

  item = fare_share_row_get_item (FARE_SHARE_ROW (row));

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->positions, fare_share_item_get_key (item)));
}

static int
compare_rows_cb (GtkListBoxRow *a,
                 GtkListBoxRow *b,
                 gpointer       user_data)
{
  guint position_a = get_position (user_data, a);
  guint position_b = get_position (user_data, b);

  return (position_a > position_b) - (position_a < position_b);
}

/* A list that is one row too long shows that row in the place of "Show All". */
static gboolean
is_cut (FareShareList *self)
{
  return self->limit > 0 && !self->is_expanded &&
         g_hash_table_size (self->rows) > self->limit + 1;
}

static gboolean
filter_row_cb (GtkListBoxRow *row,
               gpointer       user_data)
{
  FareShareList *self = user_data;

  return GTK_WIDGET (row) == self->more_row || !is_cut (self) ||
         get_position (self, row) < self->limit;
}

static void
update_more_row (FareShareList *self)
{
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (!is_cut (self))
    {
      if (self->more_row != NULL)
        gtk_list_box_remove (self->list_box, g_steal_pointer (&self->more_row));

      return;
    }

  if (self->more_row == NULL)
    {
      label = gtk_label_new (NULL);
      gtk_widget_add_css_class (label, "fare-more");
      self->more_row = gtk_list_box_row_new ();
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->more_row), label);
      gtk_list_box_insert (self->list_box, self->more_row, -1);
    }

  /* Translators: the number is how many there are in all, as in “Show All (23)” */
  text = g_strdup_printf (_("Show All (%u)"), g_hash_table_size (self->rows));
  label = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self->more_row));

  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (label)), text) != 0)
    gtk_label_set_label (GTK_LABEL (label), text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more_row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
row_activated_cb (FareShareList *self,
                  GtkListBoxRow *row)
{
  GtkListBoxRow *next;

  if (GTK_WIDGET (row) != self->more_row)
    {
      FareShareItem *item = fare_share_row_get_item (FARE_SHARE_ROW (row));

      g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, fare_share_item_get_key (item), row);
      return;
    }

  self->is_expanded = TRUE;
  gtk_list_box_invalidate_filter (self->list_box);

  /* The row with the focus goes away; go on with the first of the new ones. */
  next = gtk_list_box_get_row_at_index (self->list_box, self->limit);
  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (next));

  update_more_row (self);
}

static void
remove_missing (FareShareList *self)
{
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);

  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      if (g_hash_table_contains (self->positions, key))
        continue;

      gtk_list_box_remove (self->list_box, row);
      g_hash_table_iter_remove (&iter);
    }
}

static void
show_item (FareShareList *self,
           FareShareItem *item)
{
  const char *key = fare_share_item_get_key (item);
  GtkWidget *row = g_hash_table_lookup (self->rows, key);

  if (row != NULL)
    {
      fare_share_item_update (fare_share_row_get_item (FARE_SHARE_ROW (row)), item);
      return;
    }

  row = fare_share_row_new (item);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), self->is_activatable);
  g_hash_table_insert (self->rows, g_strdup (key), row);
  gtk_list_box_insert (self->list_box, row, -1);
}

static void
fare_share_list_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  FareShareList *self = FARE_SHARE_LIST (object);

  switch (prop_id)
    {
    case PROP_LIMIT:
      g_value_set_uint (value, self->limit);
      break;

    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    case PROP_ACTIVATABLE:
      g_value_set_boolean (value, self->is_activatable);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_share_list_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  FareShareList *self = FARE_SHARE_LIST (object);

  switch (prop_id)
    {
    case PROP_LIMIT:
      self->limit = g_value_get_uint (value);
      gtk_list_box_invalidate_filter (self->list_box);
      update_more_row (self);
      break;

    case PROP_LABEL:
      g_free (self->label);
      self->label = g_value_dup_string (value);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_box),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
      break;

    case PROP_ACTIVATABLE:
      self->is_activatable = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_share_list_dispose (GObject *object)
{
  FareShareList *self = FARE_SHARE_LIST (object);

  g_hash_table_remove_all (self->rows);

  if (self->list_box != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->list_box)));

  G_OBJECT_CLASS (fare_share_list_parent_class)->dispose (object);
}

static void
fare_share_list_finalize (GObject *object)
{
  FareShareList *self = FARE_SHARE_LIST (object);

  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->positions, g_hash_table_unref);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (fare_share_list_parent_class)->finalize (object);
}

static void
fare_share_list_class_init (FareShareListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = fare_share_list_dispose;
  object_class->finalize = fare_share_list_finalize;
  object_class->get_property = fare_share_list_get_property;
  object_class->set_property = fare_share_list_set_property;

  properties[PROP_LIMIT] =
    g_param_spec_uint ("limit", NULL, NULL, 0, G_MAXUINT - 1, 0, flags);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, flags);

  properties[PROP_ACTIVATABLE] =
    g_param_spec_boolean ("activatable", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_ACTIVATED] =
    g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, GTK_TYPE_WIDGET);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
fare_share_list_init (FareShareList *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->positions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->list_box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list_box, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list_box), "boxed-list");
  gtk_widget_set_parent (GTK_WIDGET (self->list_box), GTK_WIDGET (self));

  gtk_list_box_set_sort_func (self->list_box, compare_rows_cb, self, NULL);
  gtk_list_box_set_filter_func (self->list_box, filter_row_cb, self, NULL);
  g_signal_connect_swapped (self->list_box, "row-activated", G_CALLBACK (row_activated_cb), self);
}

/* Sorting moves every row in the widget tree; only do it when the order really changed. */
static gboolean
take_positions (FareShareList *self,
                GPtrArray     *items)
{
  gboolean is_same = items->len == g_hash_table_size (self->positions);
  GHashTable *positions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const char *key = fare_share_item_get_key (g_ptr_array_index (items, i));
      gpointer old;

      is_same = is_same &&
                g_hash_table_lookup_extended (self->positions, key, NULL, &old) &&
                GPOINTER_TO_UINT (old) == i;
      g_hash_table_insert (positions, g_strdup (key), GUINT_TO_POINTER (i));
    }

  g_hash_table_unref (self->positions);
  self->positions = positions;

  return !is_same;
}

void
fare_share_list_update (FareShareList *self,
                        GPtrArray     *items)
{
  gboolean moved;

  g_return_if_fail (FARE_IS_SHARE_LIST (self));
  g_return_if_fail (items != NULL);

  moved = take_positions (self, items);
  remove_missing (self);

  for (guint i = 0; i < items->len; i++)
    show_item (self, g_ptr_array_index (items, i));

  if (moved)
    {
      gtk_list_box_invalidate_sort (self->list_box);
      gtk_list_box_invalidate_filter (self->list_box);
      update_more_row (self);
    }
}

void
fare_share_list_blank (FareShareList *self)
{
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (FARE_IS_SHARE_LIST (self));

  g_hash_table_iter_init (&iter, self->rows);

  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      FareShareItem *item = fare_share_row_get_item (row);
      g_autoptr(FareShareItem) blank = fare_share_item_new (fare_share_item_get_key (item));

      g_object_set (blank,
                    "title", fare_share_item_get_title (item),
                    "spoken", fare_share_item_get_title (item),
                    "subtitle", "",
                    "value", "",
                    "slot", fare_share_item_get_slot (item),
                    NULL);
      fare_share_item_update (item, blank);
    }
}

guint
fare_share_list_get_n_items (FareShareList *self)
{
  g_return_val_if_fail (FARE_IS_SHARE_LIST (self), 0);

  return g_hash_table_size (self->rows);
}

GtkWidget *
fare_share_list_find_row (FareShareList *self,
                          const char    *key)
{
  g_return_val_if_fail (FARE_IS_SHARE_LIST (self), NULL);

  return g_hash_table_lookup (self->rows, key);
}
