/* fare-rates-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/fare-range.h"
#include "preferences/fare-rates-group.h"

struct _FareRatesGroup
{
  AdwPreferencesGroup  parent_instance;

  AdwEntryRow         *day_row;
  AdwEntryRow         *rate_row;
  GtkButton           *add_button;
  GPtrArray           *rows;     /* AdwActionRow, one per rate */
  FarePreferences     *preferences;
};

G_DEFINE_FINAL_TYPE (FareRatesGroup, fare_rates_group, ADW_TYPE_PREFERENCES_GROUP)

static GSettings *
get_settings (FareRatesGroup *self)
{
  return fare_preferences_get_settings (self->preferences);
}

/* Only a date in full; “today” would mean another day tomorrow. */
static gboolean
is_day (const char *text)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  FareNow now = { 0, zone };
  FareDay day;

  return g_ascii_isdigit (*text) && fare_day_parse (text, &now, &day, NULL);
}

/* With the mark of the locale, and with a dot. */
static double
parse_rate (const char *text)
{
  char *end;
  double rate = g_strtod (text, &end);

  return end != text && *end == '\0' && isfinite (rate) && rate > 0 ? rate : 0;
}

/* All rates but that of @day, and @rate for it when it is more than 0, in the order of days. */
static void
replace (FareRatesGroup *self,
         const char     *day,
         double          rate)
{
  g_autoptr(GVariant) all = g_settings_get_value (get_settings (self), "currency-rates");
  GVariantBuilder builder;
  GVariantIter iter;
  const char *known;
  gboolean is_put = rate <= 0;
  double value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sd)"));
  g_variant_iter_init (&iter, all);

  while (g_variant_iter_next (&iter, "(&sd)", &known, &value))
    {
      int order = g_strcmp0 (known, day);

      if (!is_put && order >= 0)
        {
          g_variant_builder_add (&builder, "(sd)", day, rate);
          is_put = TRUE;
        }

      if (order != 0)
        g_variant_builder_add (&builder, "(sd)", known, value);
    }

  if (!is_put)
    g_variant_builder_add (&builder, "(sd)", day, rate);

  g_settings_set_value (get_settings (self), "currency-rates", g_variant_builder_end (&builder));
}

gboolean
fare_rates_group_add (FareRatesGroup *self,
                      const char     *day,
                      double          rate)
{
  g_return_val_if_fail (FARE_IS_RATES_GROUP (self), FALSE);
  g_return_val_if_fail (day != NULL, FALSE);

  if (!is_day (day) || !isfinite (rate) || rate <= 0)
    return FALSE;

  replace (self, day, rate);

  return TRUE;
}

void
fare_rates_group_remove (FareRatesGroup *self,
                         const char     *day)
{
  g_return_if_fail (FARE_IS_RATES_GROUP (self));

  replace (self, day, 0);
}

static void
remove_cb (GtkWidget      *button,
           FareRatesGroup *self)
{
  /* The button goes with its row. */
  g_autofree char *day = g_strdup (g_object_get_data (G_OBJECT (button), "day"));

  fare_rates_group_remove (self, day);
}

static void
set_error (AdwEntryRow *row,
           gboolean     is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
entry_changed_cb (FareRatesGroup *self)
{
  const char *day = gtk_editable_get_text (GTK_EDITABLE (self->day_row));
  const char *rate = gtk_editable_get_text (GTK_EDITABLE (self->rate_row));
  gboolean has_day = is_day (day);
  gboolean has_rate = parse_rate (rate) > 0;

  set_error (self->day_row, *day != '\0' && !has_day);
  set_error (self->rate_row, *rate != '\0' && !has_rate);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), has_day && has_rate);
}

static void
add_cb (FareRatesGroup *self)
{
  if (fare_rates_group_add (self, gtk_editable_get_text (GTK_EDITABLE (self->day_row)),
                            parse_rate (gtk_editable_get_text (GTK_EDITABLE (self->rate_row)))))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->day_row), "");
      gtk_editable_set_text (GTK_EDITABLE (self->rate_row), "");
    }
}

static void
add_row (FareRatesGroup *self,
         const char     *day,
         double          rate)
{
  g_autofree char *currency = g_settings_get_string (get_settings (self), "currency");
  /* Translators: an exchange rate, as in “1 USD = 0.92 EUR” */
  g_autofree char *title = g_strdup_printf (_("1 USD = %g %s"), rate, currency);
  /* Translators: the placeholder is a date, as in “From 2026-01-01” */
  g_autofree char *subtitle = g_strdup_printf (_("From %s"), day);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove Rate"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove Rate"), -1);
  g_object_set_data_full (G_OBJECT (button), "day", g_strdup (day), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
show_rates (FareRatesGroup *self)
{
  g_autoptr(GVariant) all = g_settings_get_value (get_settings (self), "currency-rates");
  GVariantIter iter;
  const char *day;
  double rate;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));

  g_ptr_array_set_size (self->rows, 0);
  g_variant_iter_init (&iter, all);

  while (g_variant_iter_next (&iter, "(&sd)", &day, &rate))
    add_row (self, day, rate);
}

static void
fare_rates_group_dispose (GObject *object)
{
  FareRatesGroup *self = FARE_RATES_GROUP (object);

  g_clear_object (&self->preferences);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_RATES_GROUP);

  G_OBJECT_CLASS (fare_rates_group_parent_class)->dispose (object);
}

static void
fare_rates_group_finalize (GObject *object)
{
  g_clear_pointer (&FARE_RATES_GROUP (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (fare_rates_group_parent_class)->finalize (object);
}

static void
fare_rates_group_class_init (FareRatesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_rates_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = fare_rates_group_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-rates-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FareRatesGroup, day_row);
  gtk_widget_class_bind_template_child (widget_class, FareRatesGroup, rate_row);
  gtk_widget_class_bind_template_child (widget_class, FareRatesGroup, add_button);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
fare_rates_group_init (FareRatesGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}

void
fare_rates_group_connect (FareRatesGroup  *self,
                          FarePreferences *preferences)
{
  g_return_if_fail (FARE_IS_RATES_GROUP (self));
  g_return_if_fail (self->preferences == NULL);

  self->preferences = g_object_ref (preferences);
  g_signal_connect_object (get_settings (self), "changed::currency-rates",
                           G_CALLBACK (show_rates), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_settings (self), "changed::currency",
                           G_CALLBACK (show_rates), self, G_CONNECT_SWAPPED);
  show_rates (self);
}
