/* fare-pricing-field.c
 *
 * A row of a form to type into, and under it what is to be said about that.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "pages/fare-pricing-field.h"

void
fare_pricing_field_init (FarePricingField *self,
                         GtkListBox       *list,
                         const char       *title)
{
  GtkWidget *hint = gtk_label_new (NULL);
  GtkWidget *row = gtk_list_box_row_new ();

  self->row = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
  self->hint = GTK_LABEL (hint);
  self->hint_row = row;
  gtk_label_set_xalign (self->hint, 0.0);
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (row, "fare-pricing-hint");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), hint);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_hide (row);
  gtk_list_box_append (list, GTK_WIDGET (self->row));
  gtk_list_box_append (list, row);
}

char *
fare_pricing_field_dup_text (const FarePricingField *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row))));
}

void
fare_pricing_field_show (FarePricingField *self,
                         const char       *error,
                         const char       *remark)
{
  const char *text = error != NULL ? error : remark;

  if (error != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->row), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->hint), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "dim-label");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->row), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->hint), "dim-label");
    }

  gtk_label_set_label (self->hint, text != NULL ? text : "");
  gtk_widget_set_visible (self->hint_row, text != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                             : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}
