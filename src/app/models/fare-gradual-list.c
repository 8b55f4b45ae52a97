/* fare-gradual-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-gradual-list.h"

/* More than a screenful of lines at first; then what takes about as long as a frame. */
#define FIRST_LINES 24
#define MORE_LINES 12

/* GTK makes widgets for at most 200 lines around those that are seen. */
#define ENOUGH_LINES 208

#define GROWTH_KEY "fare-growth"

static gboolean
grow_cb (gpointer user_data)
{
  GtkSliceListModel *self = user_data;
  guint size = gtk_slice_list_model_get_size (self);
  guint n = g_list_model_get_n_items (gtk_slice_list_model_get_model (self));

  if (size < MIN (n, ENOUGH_LINES))
    {
      gtk_slice_list_model_set_size (self, size + MORE_LINES);
      return G_SOURCE_CONTINUE;
    }

  fare_gradual_list_show_all (self);

  return G_SOURCE_REMOVE;
}

static void
stop (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static void
items_changed_cb (GtkSliceListModel *self,
                  guint              position,
                  guint              n_removed,
                  guint              n_added,
                  GListModel        *model)
{
  guint n = g_list_model_get_n_items (model);
  GSource *source;

  if (n == 0)
    {
      g_object_set_data (G_OBJECT (self), GROWTH_KEY, NULL);
      gtk_slice_list_model_set_size (self, FIRST_LINES);
      return;
    }

  if (n <= gtk_slice_list_model_get_size (self)
      || g_object_get_data (G_OBJECT (self), GROWTH_KEY) != NULL)
    return;

  source = g_idle_source_new ();
  g_source_set_callback (source, grow_cb, self, NULL);
  g_source_set_static_name (source, "fare-gradual-list");
  g_source_attach (source, NULL);
  g_object_set_data_full (G_OBJECT (self), GROWTH_KEY, source, stop);
}

GtkSliceListModel *
fare_gradual_list_new (GListModel *model)
{
  GtkSliceListModel *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = gtk_slice_list_model_new (g_object_ref (model), 0, FIRST_LINES);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, 0, model);

  return self;
}

void
fare_gradual_list_show_all (GtkSliceListModel *self)
{
  g_return_if_fail (GTK_IS_SLICE_LIST_MODEL (self));

  g_object_set_data (G_OBJECT (self), GROWTH_KEY, NULL);
  gtk_slice_list_model_set_size (self, G_MAXUINT);
}
