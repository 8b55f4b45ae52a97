/* fare-calendar-legend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "models/fare-calendar-text.h"
#include "widgets/fare-calendar-legend.h"
#include "widgets/fare-level-swatch.h"
#include "widgets/fare-quiet-tooltip.h"

struct _FareCalendarLegend
{
  GtkBox     parent_instance;

  GtkWidget *swatches[FARE_CALENDAR_N_LEVELS];
};

G_DEFINE_FINAL_TYPE (FareCalendarLegend, fare_calendar_legend, GTK_TYPE_BOX)

static void
fare_calendar_legend_class_init (FareCalendarLegendClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_word (FareCalendarLegend *self,
          const char         *word)
{
  GtkWidget *label = gtk_label_new (word);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (self), label);

  return label;
}

static void
fare_calendar_legend_init (FareCalendarLegend *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 3);

  gtk_widget_set_margin_end (add_word (self, C_("legend", "Less")), 3);
  for (guint i = 0; i < FARE_CALENDAR_N_LEVELS; i++)
    {
      self->swatches[i] = fare_level_swatch_new (14, 14);
      gtk_widget_set_valign (self->swatches[i], GTK_ALIGN_CENTER);
      fare_level_swatch_set_level (FARE_LEVEL_SWATCH (self->swatches[i]), i);
      gtk_box_append (GTK_BOX (self), self->swatches[i]);
    }
  gtk_widget_set_margin_start (add_word (self, C_("legend", "More")), 3);
}

void
fare_calendar_legend_show (FareCalendarLegend      *self,
                           const FareCalendarSheet *sheet)
{
  g_autoptr(GString) all = g_string_new (NULL);

  g_return_if_fail (FARE_IS_CALENDAR_LEGEND (self));
  g_return_if_fail (sheet != NULL);

  for (guint i = 0; i < FARE_CALENDAR_N_LEVELS; i++)
    {
      g_autofree char *text = fare_calendar_text_level (sheet, i);

      fare_quiet_tooltip_set (self->swatches[i], text);
      g_string_append_printf (all, "%s%s", i > 0 ? "; " : "", text);
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, all->str, -1);
}
