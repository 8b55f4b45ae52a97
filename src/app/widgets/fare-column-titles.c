/* fare-column-titles.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-column-titles.h"

void
fare_column_titles_align (GtkColumnView *view,
                          gboolean    (* is_number) (guint column))
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  guint n_columns = g_list_model_get_n_items (gtk_column_view_get_columns (view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; title != NULL && i < n_columns; i++)
    {
      GtkWidget *box = gtk_widget_get_first_child (title);

      /* The arrow has its room even while it is not seen; it must not keep words from figures. */
      if (GTK_IS_BOX (box) && is_number (i))
        {
          gtk_widget_set_halign (box, GTK_ALIGN_END);
          gtk_box_reorder_child_after (GTK_BOX (box), gtk_widget_get_last_child (box), NULL);
        }

      title = gtk_widget_get_next_sibling (title);
    }
}
