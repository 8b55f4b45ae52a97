/* fare-filter-pills.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "models/fare-filter-choices.h"
#include "widgets/fare-filter-pills.h"

struct _FareFilterPills
{
  GtkWidget    parent_instance;

  GtkRevealer *revealer;
  GtkBox      *box;
  GtkButton   *clear_button;

  FareFilter  *filter;
  guint        is_relevant : 1;
};

G_DEFINE_FINAL_TYPE (FareFilterPills, fare_filter_pills, GTK_TYPE_WIDGET)

static void
pill_clicked_cb (GtkWidget       *pill,
                 FareFilterPills *self)
{
  FareFilterKind kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (pill), "kind"));
  /* The pill, and its value with it, is gone when the filter has changed. */
  g_autofree char *value = g_strdup (g_object_get_data (G_OBJECT (pill), "value"));

  fare_filter_set (self->filter, kind, value, FALSE);
}

static GtkWidget *
make_pill (FareFilterPills *self,
           FareFilterKind   kind,
           const char      *value)
{
  g_autofree char *title = fare_filter_dup_title (kind, value);
  /* Translators: a button that takes away a filter, as in “Remove filter: Claude Code” */
  g_autofree char *spoken = g_strdup_printf (_("Remove filter: %s"), title);
  GtkWidget *pill = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (pill), content);
  gtk_widget_add_css_class (pill, "fare-pill");
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (pill, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pill), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (pill), "kind", GUINT_TO_POINTER (kind));
  g_object_set_data_full (G_OBJECT (pill), "value", g_strdup (value), g_free);
  g_signal_connect (pill, "clicked", G_CALLBACK (pill_clicked_cb), self);

  return pill;
}

/* The place of the pill that has the keyboard, or the number of pills. */
static guint
find_focus (FareFilterPills *self)
{
  guint place = 0;

  for (GtkWidget *pill = gtk_widget_get_first_child (GTK_WIDGET (self->box));
       pill != NULL && !gtk_widget_has_focus (pill);
       pill = gtk_widget_get_next_sibling (pill))
    place++;

  return place;
}

/* After a pill was pressed its neighbour has the keyboard, so that one after the other can go. */
static void
restore_focus (FareFilterPills *self,
               guint            place)
{
  GtkWidget *pill = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  while (pill != NULL && place-- > 0 && gtk_widget_get_next_sibling (pill) != NULL)
    pill = gtk_widget_get_next_sibling (pill);

  if (pill != NULL)
    gtk_widget_grab_focus (pill);
}

static void
update (FareFilterPills *self)
{
  guint focus = find_focus (self);
  gboolean had_focus = focus < fare_filter_pills_get_n_pills (self);
  GtkWidget *pill;

  while ((pill = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, pill);

  for (guint kind = 0; kind < FARE_FILTER_N_KINDS; kind++)
    {
      const char * const *values = fare_filter_get (self->filter, kind);

      for (guint i = 0; values != NULL && values[i] != NULL; i++)
        gtk_box_append (self->box, make_pill (self, kind, values[i]));
    }

  gtk_revealer_set_reveal_child (self->revealer,
                                 self->is_relevant && !fare_filter_is_empty (self->filter));

  if (had_focus)
    restore_focus (self, focus);
}

static void
fare_filter_pills_dispose (GObject *object)
{
  FareFilterPills *self = FARE_FILTER_PILLS (object);

  g_clear_object (&self->filter);
  gtk_widget_dispose_template (GTK_WIDGET (object), FARE_TYPE_FILTER_PILLS);

  G_OBJECT_CLASS (fare_filter_pills_parent_class)->dispose (object);
}

static void
fare_filter_pills_class_init (FareFilterPillsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_filter_pills_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-filter-pills.ui");
  gtk_widget_class_bind_template_child (widget_class, FareFilterPills, revealer);
  gtk_widget_class_bind_template_child (widget_class, FareFilterPills, box);
  gtk_widget_class_bind_template_child (widget_class, FareFilterPills, clear_button);
}

static void
fare_filter_pills_init (FareFilterPills *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fare_filter_pills_set_filter (FareFilterPills *self,
                              FareFilter      *filter)
{
  g_return_if_fail (FARE_IS_FILTER_PILLS (self));
  g_return_if_fail (FARE_IS_FILTER (filter) && self->filter == NULL);

  self->filter = g_object_ref (filter);
  g_signal_connect_object (filter, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
fare_filter_pills_set_relevant (FareFilterPills *self,
                                gboolean         is_relevant)
{
  g_return_if_fail (FARE_IS_FILTER_PILLS (self));

  if (self->is_relevant == !!is_relevant)
    return;

  self->is_relevant = !!is_relevant;
  update (self);
}

guint
fare_filter_pills_get_n_pills (FareFilterPills *self)
{
  guint n_pills = 0;

  g_return_val_if_fail (FARE_IS_FILTER_PILLS (self), 0);

  for (GtkWidget *pill = gtk_widget_get_first_child (GTK_WIDGET (self->box));
       pill != NULL;
       pill = gtk_widget_get_next_sibling (pill))
    n_pills++;

  return n_pills;
}
