/* fare-key-tip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-key-tip.h"
#include "widgets/fare-quiet-label.h"

#define MAX_WIDTH 48  /* characters */

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("fare-key-tip");
}

static GtkPopover *
find_tip (GtkWidget *owner)
{
  return g_object_get_qdata (G_OBJECT (owner), get_quark ());
}

static GtkPopover *
make_tip (GtkWidget *owner)
{
  /* It takes neither focus nor clicks, so it is no dialog; and the picture says the same to screen
   * readers. */
  GtkWidget *tip = g_object_new (GTK_TYPE_POPOVER, "autohide", FALSE, "can-focus", FALSE,
                                 "can-target", FALSE, "position", GTK_POS_TOP,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_TOOLTIP, NULL);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_WIDTH);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (tip, "fare-key-tip");
  gtk_popover_set_child (GTK_POPOVER (tip), label);
  gtk_widget_set_parent (tip, owner);
  g_object_set_qdata (G_OBJECT (owner), get_quark (), tip);
  g_signal_connect (owner, "unmap", G_CALLBACK (fare_key_tip_hide), NULL);

  return GTK_POPOVER (tip);
}

void
fare_key_tip_show (GtkWidget          *owner,
                   const GdkRectangle *area,
                   const char         *text)
{
  GtkPopover *tip;

  g_return_if_fail (GTK_IS_WIDGET (owner));
  g_return_if_fail (area != NULL && text != NULL);

  if (!gtk_widget_get_mapped (owner))
    return;

  tip = find_tip (owner);
  if (tip == NULL)
    tip = make_tip (owner);

  fare_quiet_label_set (GTK_LABEL (gtk_popover_get_child (tip)), text);
  gtk_popover_set_pointing_to (tip, area);
  gtk_popover_popup (tip);
}

void
fare_key_tip_hide (GtkWidget *owner)
{
  GtkPopover *tip;

  g_return_if_fail (GTK_IS_WIDGET (owner));

  tip = find_tip (owner);
  if (tip != NULL)
    gtk_popover_popdown (tip);
}

const char *
fare_key_tip_get_text (GtkWidget *owner)
{
  GtkPopover *tip;

  g_return_val_if_fail (GTK_IS_WIDGET (owner), NULL);

  tip = find_tip (owner);

  return tip != NULL && gtk_widget_get_visible (GTK_WIDGET (tip))
         ? gtk_label_get_label (GTK_LABEL (gtk_popover_get_child (tip))) : NULL;
}

void
fare_key_tip_dispose (GtkWidget *owner)
{
  GtkPopover *tip;

  g_return_if_fail (GTK_IS_WIDGET (owner));

  tip = g_object_steal_qdata (G_OBJECT (owner), get_quark ());
  if (tip != NULL)
    gtk_widget_unparent (GTK_WIDGET (tip));
}
