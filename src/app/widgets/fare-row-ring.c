/* fare-row-ring.c
 *
 * A ring around the row of a list that the keyboard is in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-row-ring.h"

#define FOCUSED_CLASS "fare-focused"

static GtkWidget *
find_row (GtkWidget *widget)
{
  while (widget != NULL && !g_str_equal (gtk_widget_get_css_name (widget), "row"))
    widget = gtk_widget_get_parent (widget);

  return widget;
}

static void
flags_cb (GtkWidget *widget)
{
  GtkStateFlags flags = gtk_widget_get_state_flags (widget);
  GtkWidget *row = find_row (widget);

  if (row == NULL)
    return;

  if ((flags & GTK_STATE_FLAG_FOCUSED) != 0 && (flags & GTK_STATE_FLAG_FOCUS_VISIBLE) != 0)
    gtk_widget_add_css_class (row, FOCUSED_CLASS);
  else
    gtk_widget_remove_css_class (row, FOCUSED_CLASS);
}

void
fare_row_ring_follow (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_signal_connect (widget, "state-flags-changed", G_CALLBACK (flags_cb), NULL);
}
