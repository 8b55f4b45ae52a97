/* fare-line-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-line-item.h"

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("fare-line-item");
}

static gpointer
get (GtkWidget *widget)
{
  return g_object_get_qdata (G_OBJECT (widget), get_quark ());
}

static gpointer
find_below (GtkWidget *widget)
{
  gpointer item = get (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && item == NULL;
       child = gtk_widget_get_next_sibling (child))
    item = find_below (child);

  return item;
}

static gboolean
is_table (GtkWidget *widget)
{
  return GTK_IS_COLUMN_VIEW (widget) || GTK_IS_LIST_VIEW (widget);
}

void
fare_line_item_set (GtkWidget *cell,
                    gpointer   item)
{
  g_return_if_fail (GTK_IS_WIDGET (cell));

  g_object_set_qdata (G_OBJECT (cell), get_quark (), item);
}

gpointer
fare_line_item_find (GtkWidget *widget)
{
  for (GtkWidget *above = widget; above != NULL && !is_table (above);
       above = gtk_widget_get_parent (above))
    {
      gpointer item = get (above);

      if (item != NULL)
        return item;
    }

  return widget != NULL && !is_table (widget) ? find_below (widget) : NULL;
}
