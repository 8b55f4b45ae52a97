/* fare-pricing-picker.c
 *
 * The dialog in which a model of the price table is chosen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-pricing-list.h"
#include "pages/fare-pricing-cell.h"
#include "pages/fare-pricing-picker.h"

struct _FarePricingPicker
{
  AdwWindow        parent_instance;

  GtkSearchEntry  *search_entry;
  GtkListView     *list_view;

  FarePricingList *list;
};

G_DEFINE_FINAL_TYPE (FarePricingPicker, fare_pricing_picker, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
activate_cb (FarePricingPicker *self,
             guint              position)
{
  GListModel *model = G_LIST_MODEL (fare_pricing_list_get_model (self->list));
  g_autoptr(FarePricingItem) item = g_list_model_get_item (model, position);
  const FarePricingLine *line = item != NULL ? fare_pricing_item_get_line (item) : NULL;

  if (line == NULL)
    return;

  g_signal_emit (self, signals[SIGNAL_PICKED], 0, line->id, line->name);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
search_cb (FarePricingPicker *self)
{
  fare_pricing_list_set_search (self->list,
                                gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* The first one found. */
static void
search_activated_cb (FarePricingPicker *self)
{
  search_cb (self);
  activate_cb (self, 0);
}

static void
stop_cb (FarePricingPicker *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  gtk_list_item_set_child (list_item, fare_pricing_cell_new (FARE_PRICING_COLUMN_ROW));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  fare_pricing_cell_set_item (FARE_PRICING_CELL (gtk_list_item_get_child (list_item)),
                              gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  fare_pricing_cell_set_item (FARE_PRICING_CELL (gtk_list_item_get_child (list_item)), NULL);
}

static void
fare_pricing_picker_dispose (GObject *object)
{
  FarePricingPicker *self = FARE_PRICING_PICKER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_PRICING_PICKER);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (fare_pricing_picker_parent_class)->dispose (object);
}

static void
fare_pricing_picker_class_init (FarePricingPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_pricing_picker_dispose;

  signals[SIGNAL_PICKED] =
    g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-pricing-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, FarePricingPicker, search_entry);
  gtk_widget_class_bind_template_child (widget_class, FarePricingPicker, list_view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
fare_pricing_picker_init (FarePricingPicker *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = fare_pricing_list_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, fare_pricing_list_get_model (self->list));
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self));
  g_object_unref (factory);
}

FarePricingPicker *
fare_pricing_picker_new (GtkWindow  *parent,
                         const char *title,
                         GPtrArray  *lines)
{
  FarePricingPicker *self = g_object_new (FARE_TYPE_PRICING_PICKER, "transient-for", parent,
                                          "title", title, NULL);
  g_autoptr(GPtrArray) offered = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      FarePricingLine *line = g_ptr_array_index (lines, i);

      if (line->id != NULL && line->has_rates && line->source != FARE_PRICING_HIDDEN &&
          line->source != FARE_PRICING_MISSING)
        g_ptr_array_add (offered, line);
    }

  fare_pricing_list_set_hide (self->list, TRUE);
  fare_pricing_list_update (self->list, offered);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->search_entry));

  return self;
}
