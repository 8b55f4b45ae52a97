/* fare-pricing-cell.c
 *
 * One cell of the price table, or on a narrow screen a whole row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-pricing-cell.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-row-ring.h"

struct _FarePricingCell
{
  GtkBox           parent_instance;

  guint            column;
  FarePricingItem *item;

  GtkWidget       *icon;   /* NULL where nothing can be missing */
  GtkLabel        *label;
  GtkLabel        *detail;
  GtkLabel        *amount; /* of a row */
  GtkWidget       *button; /* NULL where nothing can be set */
};

G_DEFINE_FINAL_TYPE (FarePricingCell, fare_pricing_cell, GTK_TYPE_BOX)

static void
set_detail (GtkLabel   *label,
            const char *text)
{
  fare_quiet_label_set (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* Price and use in one line, and under it what is wrong. */
static char *
describe_row (const FarePricingLine *line)
{
  g_autofree char *rates = fare_pricing_text_rates (line);
  g_autofree char *reason = fare_pricing_text_detail (line, FARE_PRICING_COLUMN_MODEL);
  g_autofree char *source = fare_pricing_text_cell (line, FARE_PRICING_COLUMN_SOURCE, FALSE);
  g_autofree char *tokens = fare_pricing_text_cell (line, FARE_PRICING_COLUMN_TOKENS, FALSE);
  g_autoptr(GString) text = g_string_new (NULL);

  if (line->has_rates)
    g_string_append (text, rates);
  if (line->source != FARE_PRICING_BUILT_IN && line->source != FARE_PRICING_MISSING)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", source);
  if (line->is_used)
    {
      g_autofree char *use = g_strdup_printf (_("%s tokens"), tokens);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", use);
    }
  if (reason != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", reason);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_row (FarePricingCell       *self,
          const FarePricingLine *line)
{
  g_autofree char *detail = describe_row (line);
  g_autofree char *amount = fare_pricing_text_cell (line, FARE_PRICING_COLUMN_COST,
                                                    fare_pricing_item_get_hide (self->item));

  fare_quiet_label_set (self->label, line->name);
  set_detail (self->detail, detail);
  set_detail (self->amount, amount);
}

static void
show_cell (FarePricingCell       *self,
           const FarePricingLine *line)
{
  gboolean hide = fare_pricing_item_get_hide (self->item);
  g_autofree char *text = fare_pricing_text_cell (line, self->column, hide);
  g_autofree char *detail = fare_pricing_text_detail (line, self->column);
  g_autofree char *tooltip = fare_pricing_text_tooltip (line, self->column, hide);

  fare_quiet_label_set (self->label, text);
  set_detail (self->detail, detail);
  fare_quiet_tooltip_set (GTK_WIDGET (self), tooltip);
}

/* A row with buttons does not take the focus itself; what names it does in its place, and says what a
 * person sees of the row. */
static gboolean
stands_for_row (FarePricingCell *self)
{
  return self->column == FARE_PRICING_COLUMN_ROW || self->column == FARE_PRICING_COLUMN_MODEL;
}

static void
speak (FarePricingCell       *self,
       const FarePricingLine *line)
{
  g_autofree char *rest = describe_row (line);
  g_autofree char *amount = fare_pricing_text_cell (line, FARE_PRICING_COLUMN_COST,
                                                    fare_pricing_item_get_hide (self->item));
  g_autoptr(GString) text = g_string_new (line->name);

  if (*rest != '\0')
    g_string_append_printf (text, ", %s", rest);
  if (*amount != '\0')
    g_string_append_printf (text, ", %s", amount);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str, -1);
}

static void
show (FarePricingCell *self)
{
  const FarePricingLine *line = fare_pricing_item_get_line (self->item);
  gboolean is_missing = line->source == FARE_PRICING_MISSING;

  if (self->column == FARE_PRICING_COLUMN_ROW)
    show_row (self, line);
  else
    show_cell (self, line);

  if (stands_for_row (self))
    speak (self, line);
  set_class (GTK_WIDGET (self), "fare-unused", !line->is_used);
  if (self->icon != NULL)
    gtk_widget_set_visible (self->icon, is_missing);
  if (self->button == NULL)
    return;

  gtk_widget_set_visible (self->button, is_missing && line->can_price);
  if (is_missing)
    {
      /* Translators: the placeholder is the name of a model */
      g_autofree char *name = g_strdup_printf (_("Set price of %s"), line->name);

      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", line->key);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
fare_pricing_cell_dispose (GObject *object)
{
  fare_pricing_cell_set_item (FARE_PRICING_CELL (object), NULL);

  G_OBJECT_CLASS (fare_pricing_cell_parent_class)->dispose (object);
}

static void
fare_pricing_cell_class_init (FarePricingCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_pricing_cell_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
fare_pricing_cell_init (FarePricingCell *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

static GtkLabel *
add_label (GtkBox     *box,
           const char *css_class,
           float       xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);

  return GTK_LABEL (label);
}

static void
allow_wrap (GtkLabel *label)
{
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);
}

static GtkWidget *
add_icon (GtkBox *box)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, "warning");
  gtk_box_append (box, icon);

  return icon;
}

static GtkWidget *
add_button (GtkBox *box)
{
  GtkWidget *button = gtk_button_new_with_label (_("Set Price…"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (box, button);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "pricing-table.set-price");

  return button;
}

static void
build_row (FarePricingCell *self)
{
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "fare-pricing-row");

  self->icon = add_icon (GTK_BOX (self));
  gtk_widget_set_hexpand (middle, TRUE);
  gtk_box_append (GTK_BOX (self), middle);
  self->label = add_label (GTK_BOX (middle), NULL, 0.0);
  allow_wrap (self->label);
  self->detail = add_label (GTK_BOX (middle), "caption", 0.0);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dim-label");
  allow_wrap (self->detail);
  self->button = add_button (GTK_BOX (middle));
  self->amount = add_label (GTK_BOX (self), "numeric", 1.0);
}

static void
build_cell (FarePricingCell *self)
{
  gboolean is_text = self->column == FARE_PRICING_COLUMN_MODEL ||
                     self->column == FARE_PRICING_COLUMN_PROVIDER;
  gboolean is_source = self->column == FARE_PRICING_COLUMN_SOURCE;
  float xalign = is_text || is_source ? 0.0f : 1.0f;
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  gtk_box_append (GTK_BOX (self), top);
  if (is_source)
    self->icon = add_icon (GTK_BOX (top));
  self->label = add_label (GTK_BOX (top), is_text || is_source ? NULL : "numeric", xalign);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  if (is_text)
    gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  /* Names are told apart by their ends, and what is missing is said in words. */
  if (self->column == FARE_PRICING_COLUMN_MODEL)
    gtk_label_set_width_chars (self->label, 18);
  self->detail = add_label (GTK_BOX (self), "caption", xalign);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dim-label");
  if (is_text)
    allow_wrap (self->detail);
  if (is_source)
    self->button = add_button (GTK_BOX (self));
}

GtkWidget *
fare_pricing_cell_new (guint column)
{
  FarePricingCell *self = g_object_new (FARE_TYPE_PRICING_CELL, NULL);

  self->column = column;
  if (column == FARE_PRICING_COLUMN_ROW)
    build_row (self);
  else
    build_cell (self);

  if (stands_for_row (self))
    {
      gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
      fare_row_ring_follow (GTK_WIDGET (self));
    }

  return GTK_WIDGET (self);
}

void
fare_pricing_cell_set_item (FarePricingCell *self,
                            FarePricingItem *item)
{
  g_return_if_fail (FARE_IS_PRICING_CELL (self));
  g_return_if_fail (item == NULL || FARE_IS_PRICING_ITEM (item));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show, self);

  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_swapped (item, "changed", G_CALLBACK (show), self);
  show (self);
}

FarePricingItem *
fare_pricing_cell_get_item (FarePricingCell *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_CELL (self), NULL);

  return self->item;
}
