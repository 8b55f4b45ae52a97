/* fare-tree-keys.c
 *
 * Arrow keys that open and close the rows of a tree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-tree-keys.h"

/* The first arrow in @widget, of @row where that is given. */
static GtkTreeExpander *
find_expander (GtkWidget      *widget,
               GtkTreeListRow *row)
{
  if (GTK_IS_TREE_EXPANDER (widget))
    {
      GtkTreeExpander *expander = GTK_TREE_EXPANDER (widget);

      return row == NULL || gtk_tree_expander_get_list_row (expander) == row ? expander : NULL;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkTreeExpander *expander = find_expander (child, row);

      if (expander != NULL)
        return expander;
    }

  return NULL;
}

static GtkTreeListRow *
find_focused (GtkWidget *view)
{
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *widget = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkTreeExpander *expander;

  if (widget == NULL || !gtk_widget_is_ancestor (widget, view))
    return NULL;

  while (widget != view && !g_str_equal (gtk_widget_get_css_name (widget), "row"))
    widget = gtk_widget_get_parent (widget);

  expander = widget != view ? find_expander (widget, NULL) : NULL;

  return expander != NULL ? gtk_tree_expander_get_list_row (expander) : NULL;
}

static gboolean
go_out (GtkWidget      *view,
        GtkTreeListRow *row)
{
  g_autoptr(GtkTreeListRow) above = gtk_tree_list_row_get_parent (row);
  GtkTreeExpander *expander = above != NULL ? find_expander (view, above) : NULL;
  guint position;

  if (above == NULL)
    return FALSE;

  position = gtk_tree_list_row_get_position (above);
  gtk_widget_activate_action (view, "list.select-item", "(ubb)", position, FALSE, FALSE);
  /* A row far away has no widget; it is selected and comes into sight. */
  if (expander != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (expander));
  else
    gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);

  return TRUE;
}

gboolean
fare_tree_keys_press (GtkWidget *view,
                      gboolean   is_inwards)
{
  GtkTreeListRow *row;

  g_return_val_if_fail (GTK_IS_WIDGET (view), FALSE);

  row = find_focused (view);
  if (row == NULL)
    return FALSE;

  if (is_inwards)
    {
      if (!gtk_tree_list_row_is_expandable (row) || gtk_tree_list_row_get_expanded (row))
        return FALSE;

      gtk_tree_list_row_set_expanded (row, TRUE);
      return TRUE;
    }

  if (gtk_tree_list_row_get_expanded (row))
    {
      gtk_tree_list_row_set_expanded (row, FALSE);
      return TRUE;
    }

  return go_out (view, row);
}

static gboolean
pressed_cb (GtkEventControllerKey *controller,
            guint                  keyval,
            guint                  keycode,
            GdkModifierType        state,
            gpointer               user_data)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  gboolean is_rtl = gtk_widget_get_direction (view) == GTK_TEXT_DIR_RTL;
  gboolean is_left = keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left;
  gboolean is_right = keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right;

  if ((!is_left && !is_right) || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  return fare_tree_keys_press (view, is_left == is_rtl);
}

void
fare_tree_keys_add (GtkWidget *view)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_return_if_fail (GTK_IS_WIDGET (view));

  /* The view itself has other uses for these keys. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (pressed_cb), NULL);
  gtk_widget_add_controller (view, keys);
}
