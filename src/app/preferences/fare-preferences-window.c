/* fare-preferences-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "index/fare-index-maintenance.h"
#include "models/fare-live-query.h"
#include "models/fare-sources-data.h"
#include "preferences/fare-copy-row.h"
#include "preferences/fare-preferences-bind.h"
#include "preferences/fare-preferences-window.h"
#include "preferences/fare-rates-group.h"
#include "preferences/fare-rebuild-dialog.h"
#include "preferences/fare-sources-group.h"
#include "preferences/fare-tray-row.h"
#include "scanner/fare-retention.h"
#include "widgets/fare-style.h"

struct _FarePreferencesWindow
{
  AdwPreferencesWindow  parent_instance;

  AdwComboRow          *style_row;
  AdwComboRow          *scheme_row;
  AdwComboRow          *range_row;
  GtkSwitch            *hide_switch;
  GtkSwitch            *background_switch;
  GtkSwitch            *autostart_switch;
  GtkSwitch            *tray_switch;
  AdwComboRow          *tray_row;
  FareSourcesGroup     *sources_group;
  AdwComboRow          *payment_row;
  GtkSpinButton        *plan_spin;
  GtkSpinButton        *day_spin;
  GtkSpinButton        *week_spin;
  GtkSpinButton        *month_spin;
  GtkSpinButton        *warn_spin;
  AdwEntryRow          *currency_row;
  FareRatesGroup       *rates_group;
  GtkSwitch            *limits_switch;
  GtkSpinButton        *limit_spin;
  GtkSwitch            *weekly_switch;
  AdwPreferencesGroup  *snippets_group;
  GtkSwitch            *api_switch;
  GtkSpinButton        *port_spin;
  AdwActionRow         *size_row;
  AdwActionRow         *first_row;
  GtkWidget            *export_row;
  AdwActionRow         *verify_row;
  GtkWidget            *verify_button;
  AdwPreferencesGroup  *retention_group;

  FareMeter            *meter;
  FarePreferences      *preferences;
  FareLiveQuery        *query; /* a FareSourcesData */
};

G_DEFINE_FINAL_TYPE (FarePreferencesWindow, fare_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static const FareChoice scheme_choices[] = {
  { "system", N_("As the System") }, { "light", N_("Light") }, { "dark", N_("Dark") }, { NULL }
};

static const FareChoice range_choices[] = {
  { "today", N_("Today") },           { "yesterday", N_("Yesterday") },
  { "7", N_("Last 7 Days") },         { "30", N_("Last 30 Days") },
  { "month", N_("This Month") },      { "last-month", N_("Last Month") },
  { "year", N_("This Year") },        { "all", N_("All Time") },
  { "last-week", N_("Last Week") },   { "14", N_("Last 14 Days") },
  { "28", N_("Last 4 Weeks") },       { "last-year", N_("Last Year") },
  { NULL }
};

static const FareChoice tray_choices[] = {
  { "icon", N_("Icon Only") }, { "cost", N_("Cost") }, { "tokens", N_("Tokens") }, { NULL }
};

static const FareChoice payment_choices[] = {
  { "per-use", N_("By Use") }, { "flat", N_("Plan With a Fixed Price") }, { NULL }
};

/* What other programs need to know of us. */
static const struct
{
  const char *title;
  const char *text;
} snippets[] = {
  { "Claude Code",
    "{\n  \"statusLine\": {\n    \"type\": \"command\",\n    \"command\": \"tokenfare statusline\"\n  }\n}" },
  { "Waybar",
    "\"custom/tokenfare\": {\n  \"exec\": \"tokenfare statusline --format waybar\",\n"
    "  \"return-type\": \"json\",\n  \"interval\": 30\n}" },
};

static const char * const forgetful_clients[] = { "claude", "gemini_cli" };

static gboolean
get_style_place (GValue   *value,
                 GVariant *variant,
                 gpointer  user_data)
{
  g_autofree const char **names = fare_style_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], g_variant_get_string (variant, NULL)))
        g_value_set_uint (value, i);
    }

  return TRUE;
}

static GVariant *
get_style_name (const GValue       *value,
                const GVariantType *expected_type,
                gpointer            user_data)
{
  g_autofree const char **names = fare_style_get_names ();
  guint place = g_value_get_uint (value);

  return place != GTK_INVALID_LIST_POSITION ? g_variant_new_string (names[place]) : NULL;
}

static void
bind_style (FarePreferencesWindow *self,
            GSettings             *settings)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree const char **names = fare_style_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (list, fare_style_get_title (names[i]));

  adw_combo_row_set_model (self->style_row, G_LIST_MODEL (list));
  g_settings_bind_with_mapping (settings, "style", self->style_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_style_place, get_style_name, NULL, NULL);
}

static void
bind_all (FarePreferencesWindow *self)
{
  GSettings *settings = fare_preferences_get_settings (self->preferences);
  const struct
  {
    const char *key;
    gpointer    widget;
    const char *property;
  } bindings[] = {
    { "hide-amounts", self->hide_switch, "active" },
    { "run-in-background", self->background_switch, "active" },
    { "autostart", self->autostart_switch, "active" },
    { "tray-enabled", self->tray_switch, "active" },
    { "plan-price", self->plan_spin, "value" },
    { "budget-day", self->day_spin, "value" },
    { "budget-week", self->week_spin, "value" },
    { "budget-month", self->month_spin, "value" },
    { "budget-warn-percent", self->warn_spin, "value" },
    { "notify-limits", self->limits_switch, "active" },
    { "limit-warn-percent", self->limit_spin, "value" },
    { "notify-weekly", self->weekly_switch, "active" },
    { "api-enabled", self->api_switch, "active" },
    { "api-port", self->port_spin, "value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    g_settings_bind (settings, bindings[i].key, bindings[i].widget, bindings[i].property,
                     G_SETTINGS_BIND_DEFAULT);

  bind_style (self, settings);
  fare_preferences_bind_choice (settings, "color-scheme", self->scheme_row, scheme_choices);
  fare_preferences_bind_choice (settings, "default-range", self->range_row, range_choices);
  fare_preferences_bind_choice (settings, "tray-display", self->tray_row, tray_choices);
  fare_preferences_bind_choice (settings, "payment-mode", self->payment_row, payment_choices);
}

static void
payment_cb (FarePreferencesWindow *self)
{
  gtk_widget_set_sensitive (gtk_widget_get_ancestor (GTK_WIDGET (self->plan_spin), ADW_TYPE_ACTION_ROW),
                            adw_combo_row_get_selected (self->payment_row) == 1);
}

/* Three letters, as ISO 4217 has them; until then the last good ones hold. */
static void
currency_changed_cb (FarePreferencesWindow *self)
{
  g_autofree char *code = NULL;
  gboolean is_code;

  if (self->preferences == NULL)
    return;

  code = g_ascii_strup (gtk_editable_get_text (GTK_EDITABLE (self->currency_row)), -1);
  is_code = strlen (code) == 3;

  for (guint i = 0; is_code && i < 3; i++)
    is_code = g_ascii_isupper (code[i]);

  if (is_code)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->currency_row), "error");
      g_settings_set_string (fare_preferences_get_settings (self->preferences), "currency", code);
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->currency_row), "error");
    }
}

static void
answer_changed_cb (FarePreferencesWindow *self)
{
  const FareSourcesData *data = fare_live_query_get_answer (self->query);
  g_autofree char *size = NULL;

  if (data == NULL)
    return;

  fare_sources_group_show (self->sources_group, data);
  size = data->index_size > 0 ? g_format_size ((guint64) data->index_size)
                              : g_strdup (_("In memory only"));
  adw_action_row_set_subtitle (self->size_row, size);
  adw_action_row_set_subtitle (self->first_row,
                               *data->first_day != '\0' ? data->first_day : _("No use yet"));
}

static void
check_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  GStrv problems = NULL;

  if (fare_index_check (task_data, &problems, &error))
    g_task_return_pointer (task, problems, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  FarePreferencesWindow *self = FARE_PREFERENCES_WINDOW (object);
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) problems = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = NULL;

  /* The window may have been closed meanwhile. */
  if (self->verify_row == NULL)
    return;

  if (problems == NULL)
    text = g_strdup (error->message);
  else if (problems[0] == NULL)
    text = g_strdup (_("Nothing is wrong with the index"));
  else
    text = g_strjoinv ("\n", problems);

  adw_action_row_set_subtitle (self->verify_row, text);
  gtk_widget_set_sensitive (self->verify_button, TRUE);
}

static void
verify_cb (FarePreferencesWindow *self)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, checked_cb, NULL);

  gtk_widget_set_sensitive (self->verify_button, FALSE);
  adw_action_row_set_subtitle (self->verify_row, _("Verifying…"));
  g_task_set_task_data (task, fare_meter_ref_index (self->meter), g_object_unref);
  g_task_run_in_thread (task, check_in_thread);
}

static void
rebuild_cb (FarePreferencesWindow *self)
{
  fare_rebuild_dialog_ask (GTK_WINDOW (self), self->meter);
}

/* What is exported are the days of the window behind, so that one asks for the file. */
static void
export_cb (FarePreferencesWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.export", NULL);
}

static void
add_snippets (FarePreferencesWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (snippets); i++)
    adw_preferences_group_add (self->snippets_group,
                               fare_copy_row_new (snippets[i].title, snippets[i].text));

  for (guint i = 0; i < G_N_ELEMENTS (forgetful_clients); i++)
    {
      const FareRetention *retention = fare_retention_find (forgetful_clients[i]);

      adw_preferences_group_add (self->retention_group,
                                 fare_copy_row_new (fare_text_client (retention->client),
                                                    retention->setting));
    }
}

static void
fare_preferences_window_dispose (GObject *object)
{
  FarePreferencesWindow *self = FARE_PREFERENCES_WINDOW (object);

  g_clear_object (&self->query);
  g_clear_object (&self->meter);
  g_clear_object (&self->preferences);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (fare_preferences_window_parent_class)->dispose (object);
}

static void
bind_template_children (GtkWidgetClass *widget_class)
{
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, FarePreferencesWindow, child)
  BIND (style_row);
  BIND (scheme_row);
  BIND (range_row);
  BIND (hide_switch);
  BIND (background_switch);
  BIND (autostart_switch);
  BIND (tray_switch);
  BIND (tray_row);
  BIND (sources_group);
  BIND (payment_row);
  BIND (plan_spin);
  BIND (day_spin);
  BIND (week_spin);
  BIND (month_spin);
  BIND (warn_spin);
  BIND (currency_row);
  BIND (rates_group);
  BIND (limits_switch);
  BIND (limit_spin);
  BIND (weekly_switch);
  BIND (snippets_group);
  BIND (api_switch);
  BIND (port_spin);
  BIND (size_row);
  BIND (first_row);
  BIND (export_row);
  BIND (verify_row);
  BIND (verify_button);
  BIND (retention_group);
#undef BIND
}

static void
fare_preferences_window_class_init (FarePreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_preferences_window_dispose;

  g_type_ensure (FARE_TYPE_RATES_GROUP);
  g_type_ensure (FARE_TYPE_SOURCES_GROUP);
  g_type_ensure (FARE_TYPE_TRAY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-preferences-window.ui");
  bind_template_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, currency_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, verify_cb);
  gtk_widget_class_bind_template_callback (widget_class, rebuild_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
}

static void
fare_preferences_window_init (FarePreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
settings_changed_cb (FarePreferencesWindow *self)
{
  fare_live_query_ask (self->query);
}

GtkWindow *
fare_preferences_window_new (GtkWindow       *parent,
                             FareMeter       *meter,
                             FareRangeChoice *choice,
                             FarePreferences *preferences)
{
  FarePreferencesWindow *self;
  g_autofree char *currency = NULL;
  GSettings *settings;

  g_return_val_if_fail (FARE_IS_METER (meter), NULL);
  g_return_val_if_fail (FARE_IS_RANGE_CHOICE (choice), NULL);
  g_return_val_if_fail (FARE_IS_PREFERENCES (preferences), NULL);

  self = g_object_new (FARE_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal", parent != NULL,
                       NULL);
  self->meter = g_object_ref (meter);
  self->preferences = g_object_ref (preferences);
  settings = fare_preferences_get_settings (preferences);
  currency = g_settings_get_string (settings, "currency");
  gtk_editable_set_text (GTK_EDITABLE (self->currency_row), currency);

  bind_all (self);
  add_snippets (self);
  gtk_widget_set_visible (self->export_row, parent != NULL);
  g_signal_connect_object (self->payment_row, "notify::selected",
                           G_CALLBACK (payment_cb), self, G_CONNECT_SWAPPED);
  payment_cb (self);
  fare_rates_group_connect (self->rates_group, preferences);
  fare_sources_group_connect (self->sources_group, meter, preferences);

  self->query = fare_live_query_new (meter, choice, FALSE, NULL, fare_sources_data_load,
                                     (GDestroyNotify) fare_sources_data_free);
  g_signal_connect_object (self->query, "changed",
                           G_CALLBACK (answer_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::disabled-sources",
                           G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::extra-roots",
                           G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  fare_live_query_set_active (self->query, TRUE);

  return GTK_WINDOW (self);
}
