/* fare-pricing-names.c
 *
 * The other names of a model, to be taken away and added.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-pricing-field.h"
#include "pages/fare-pricing-names.h"
#include "pricing/fare-model-name.h"

struct _FarePricingNames
{
  AdwPreferencesGroup   parent_instance;

  GtkListBox           *list;
  FarePricingField      field;
  GPtrArray            *names; /* of char *: in the order of the rows */
  FarePriceBook        *book;
  const FarePriceEntry *entry; /* (nullable): belongs to the book */
};

G_DEFINE_FINAL_TYPE (FarePricingNames, fare_pricing_names, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
remove_cb (GtkWidget        *button,
           FarePricingNames *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);

  g_ptr_array_remove_index (self->names,
                            (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
  gtk_list_box_remove (self->list, row);
  fare_pricing_names_focus (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_name (FarePricingNames *self,
          const char       *name)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  /* Translators: the placeholder is the name of a model */
  g_autofree char *label = g_strdup_printf (_("Remove %s"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_insert (self->list, row, (int) self->names->len);
  g_ptr_array_add (self->names, g_strdup (name));
}

static void
apply_cb (FarePricingNames *self)
{
  g_autofree char *raw = fare_pricing_field_dup_text (&self->field);
  g_autofree char *name = fare_model_name_normalise (raw);
  const FarePriceEntry *owner = *name != '\0' ? fare_price_book_find_entry (self->book, name) : NULL;
  gboolean is_listed = g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, NULL);
  g_autofree char *error = NULL;

  if (*name == '\0')
    return;

  /* A name that was taken away a moment ago may come back. */
  if (owner != NULL && owner != self->entry)
    error = g_strdup_printf (_("“%s” is a name of %s already."), name,
                             fare_price_entry_get_name (owner));
  else if (is_listed)
    error = g_strdup (_("This model has this name already."));

  fare_pricing_field_show (&self->field, error, NULL);
  if (error != NULL)
    return;

  add_name (self, name);
  gtk_editable_set_text (GTK_EDITABLE (self->field.row), "");
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
typed_cb (FarePricingNames *self)
{
  fare_pricing_field_show (&self->field, NULL, NULL);
}

static void
fare_pricing_names_finalize (GObject *object)
{
  FarePricingNames *self = FARE_PRICING_NAMES (object);

  g_ptr_array_unref (self->names);
  g_clear_pointer (&self->book, fare_price_book_unref);

  G_OBJECT_CLASS (fare_pricing_names_parent_class)->finalize (object);
}

static void
fare_pricing_names_class_init (FarePricingNamesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_pricing_names_finalize;

  /**
   * FarePricingNames::changed:
   *
   * A name was added or taken away.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_pricing_names_init (FarePricingNames *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Other Names"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), list);

  fare_pricing_field_init (&self->field, self->list, _("Add a Name"));
  adw_entry_row_set_show_apply_button (self->field.row, TRUE);
  g_signal_connect_object (self->field.row, "changed", G_CALLBACK (typed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->field.row, "apply", G_CALLBACK (apply_cb), self,
                           G_CONNECT_SWAPPED);
}

void
fare_pricing_names_set (FarePricingNames     *self,
                        FarePriceBook        *book,
                        const FarePriceEntry *entry)
{
  const char * const *aliases = entry != NULL ? fare_price_entry_get_aliases (entry) : NULL;

  g_return_if_fail (FARE_IS_PRICING_NAMES (self));

  self->book = fare_price_book_ref (book);
  self->entry = entry;
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    add_name (self, aliases[i]);
}

GStrv
fare_pricing_names_dup (FarePricingNames *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (FARE_IS_PRICING_NAMES (self), NULL);

  for (guint i = 0; i < self->names->len; i++)
    g_strv_builder_add (names, g_ptr_array_index (self->names, i));

  return g_strv_builder_end (names);
}

void
fare_pricing_names_focus (FarePricingNames *self)
{
  g_return_if_fail (FARE_IS_PRICING_NAMES (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->field.row));
}
