/* fare-slow-spinner.c
 *
 * Shows that work is going on, once it takes long enough to be noticed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-slow-spinner.h"

#define SPINNER_SIZE 32

struct _FareSlowSpinner
{
  AdwBin      parent_instance;

  GtkSpinner *spinner;
  guint       slow_id;
};

G_DEFINE_FINAL_TYPE (FareSlowSpinner, fare_slow_spinner, ADW_TYPE_BIN)

static gboolean
slow_cb (gpointer user_data)
{
  FareSlowSpinner *self = user_data;

  self->slow_id = 0;
  gtk_spinner_start (self->spinner);

  return G_SOURCE_REMOVE;
}

static void
fare_slow_spinner_map (GtkWidget *widget)
{
  FareSlowSpinner *self = FARE_SLOW_SPINNER (widget);

  GTK_WIDGET_CLASS (fare_slow_spinner_parent_class)->map (widget);
  g_clear_handle_id (&self->slow_id, g_source_remove);
  self->slow_id = g_timeout_add (FARE_SLOW_MS, slow_cb, self);
}

static void
fare_slow_spinner_unmap (GtkWidget *widget)
{
  FareSlowSpinner *self = FARE_SLOW_SPINNER (widget);

  g_clear_handle_id (&self->slow_id, g_source_remove);
  gtk_spinner_stop (self->spinner);
  GTK_WIDGET_CLASS (fare_slow_spinner_parent_class)->unmap (widget);
}

static void
fare_slow_spinner_dispose (GObject *object)
{
  g_clear_handle_id (&FARE_SLOW_SPINNER (object)->slow_id, g_source_remove);

  G_OBJECT_CLASS (fare_slow_spinner_parent_class)->dispose (object);
}

static void
fare_slow_spinner_class_init (FareSlowSpinnerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_slow_spinner_dispose;
  widget_class->map = fare_slow_spinner_map;
  widget_class->unmap = fare_slow_spinner_unmap;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
fare_slow_spinner_init (FareSlowSpinner *self)
{
  /* A spinner that stands still draws nothing. */
  self->spinner = g_object_new (GTK_TYPE_SPINNER,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                "width-request", SPINNER_SIZE,
                                "height-request", SPINNER_SIZE,
                                NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->spinner));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

gboolean
fare_slow_spinner_is_turning (FareSlowSpinner *self)
{
  g_return_val_if_fail (FARE_IS_SLOW_SPINNER (self), FALSE);

  return gtk_spinner_get_spinning (self->spinner);
}
