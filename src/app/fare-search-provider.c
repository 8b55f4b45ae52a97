/* fare-search-provider.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-search-provider.h"

#include "fare-bus-errand.h"
#include "fare-window.h"
#include "models/fare-session-search.h"

#define INTERFACE "org.gnome.Shell.SearchProvider2"

struct _FareSearchProvider
{
  FareDesktopLink *link; /* (not owned) */
  GDBusConnection *bus;
  guint            registration;
};

/* A question on its way to a worker thread. */
typedef struct
{
  FareMeter *meter;
  GStrv      words;      /* terms, or ids to be described */
  gboolean   is_describing;
  gboolean   hide_amounts;
} Errand;

static const char introspection[] =
  "<node><interface name='" INTERFACE "'>"
  "<method name='GetInitialResultSet'><arg name='terms' type='as' direction='in'/>"
  "<arg name='results' type='as' direction='out'/></method>"
  "<method name='GetSubsearchResultSet'><arg name='previous_results' type='as' direction='in'/>"
  "<arg name='terms' type='as' direction='in'/><arg name='results' type='as' direction='out'/></method>"
  "<method name='GetResultMetas'><arg name='identifiers' type='as' direction='in'/>"
  "<arg name='metas' type='aa{sv}' direction='out'/></method>"
  "<method name='ActivateResult'><arg name='identifier' type='s' direction='in'/>"
  "<arg name='terms' type='as' direction='in'/><arg name='timestamp' type='u' direction='in'/></method>"
  "<method name='LaunchSearch'><arg name='terms' type='as' direction='in'/>"
  "<arg name='timestamp' type='u' direction='in'/></method>"
  "</interface></node>";

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->meter);
  g_strfreev (errand->words);
  g_free (errand);
}

static GVariant *
pack_results (GPtrArray *results)
{
  GVariantBuilder metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; i < results->len; i++)
    {
      const FareSearchResult *result = g_ptr_array_index (results, i);

      g_variant_builder_open (&metas, G_VARIANT_TYPE ("a{sv}"));
      g_variant_builder_add (&metas, "{sv}", "id", g_variant_new_string (result->id));
      g_variant_builder_add (&metas, "{sv}", "name", g_variant_new_string (result->name));
      g_variant_builder_add (&metas, "{sv}", "description",
                             g_variant_new_string (result->description));
      g_variant_builder_add (&metas, "{sv}", "gicon", g_variant_new_string (APP_ID));
      g_variant_builder_close (&metas);
    }

  return g_variant_new ("(aa{sv})", &metas);
}

static GVariant *
answer (gpointer   user_data,
        GError   **error)
{
  const Errand *errand = user_data;
  const char * const *words = (const char * const *) errand->words;
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (errand->meter);
  g_autoptr(FareIndexReader) reader = fare_meter_read (errand->meter, error);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  FareNow now = { g_get_real_time () / 1000, zone };
  g_autoptr(GPtrArray) results = NULL;
  g_auto(GStrv) ids = NULL;

  if (reader == NULL)
    return NULL;

  if (errand->is_describing)
    {
      results = fare_session_search_describe (reader, prices, words, errand->hide_amounts, &now,
                                              error);
      return results != NULL ? pack_results (results) : NULL;
    }

  ids = fare_session_search_find (reader, words, error);
  return ids != NULL ? g_variant_new ("(^as)", ids) : NULL;
}

static void
ask (FareSearchProvider    *self,
     GDBusMethodInvocation *invocation,
     GVariant              *words,
     gboolean               is_describing)
{
  FarePreferences *preferences = fare_desktop_link_get_preferences (self->link);
  Errand *errand = g_new0 (Errand, 1);

  errand->meter = g_object_ref (fare_desktop_link_get_meter (self->link));
  errand->words = g_variant_dup_strv (words, NULL);
  errand->is_describing = is_describing;
  errand->hide_amounts = fare_preferences_get_hide_amounts (preferences);

  fare_bus_errand_run (fare_desktop_link_get_application (self->link), invocation, answer, errand,
                       errand_free);
}

/* With the window: what was found is shown there. */
static void
activate (FareSearchProvider *self,
          const char         *page,
          const char         *action,
          GVariant           *target)
{
  g_autoptr(GVariant) owned = target != NULL ? g_variant_ref_sink (target) : NULL;
  GtkApplication *application = fare_desktop_link_get_application (self->link);

  g_action_group_activate_action (G_ACTION_GROUP (application), "show-page",
                                  g_variant_new_string (page));
  /* Preferences may stand in front of it. */
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      if (FARE_IS_WINDOW (l->data))
        gtk_widget_activate_action_variant (l->data, action, owned);
    }
}

static void
show_result (FareSearchProvider *self,
             const char         *id)
{
  g_auto(GStrv) session = fare_session_search_split (id);

  if (session != NULL)
    activate (self, "sessions", "win.show-session", g_variant_new ("(ss)", session[0], session[1]));
  else
    activate (self, "overview", "win.today", NULL);
}

static void
show_all (FareSearchProvider *self,
          GVariant           *terms)
{
  g_autofree const char **words = g_variant_get_strv (terms, NULL);
  g_autofree char *text = g_strjoinv (" ", (char **) words);

  activate (self, "sessions", "win.find-sessions", g_variant_new_string (text));
}

static void
called_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *arguments,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  FareSearchProvider *self = user_data;
  g_autoptr(GVariant) first = g_variant_get_child_value (arguments, 0);

  fare_desktop_link_linger (self->link);
  if (g_str_equal (method, "ActivateResult"))
    {
      show_result (self, g_variant_get_string (first, NULL));
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else if (g_str_equal (method, "LaunchSearch"))
    {
      show_all (self, first);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else if (fare_desktop_link_get_meter (self->link) == NULL)
    {
      fare_bus_errand_refuse (invocation);
    }
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      g_autoptr(GVariant) terms = g_variant_get_child_value (arguments, 1);

      ask (self, invocation, terms, FALSE);
    }
  else
    {
      ask (self, invocation, first, g_str_equal (method, "GetResultMetas"));
    }
}

FareSearchProvider *
fare_search_provider_new (FareDesktopLink  *link,
                          GDBusConnection  *bus,
                          const char       *path,
                          GError          **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (introspection, error);
  g_autoptr(FareSearchProvider) self = g_new0 (FareSearchProvider, 1);
  g_autofree char *own_path = g_strconcat (path, "/SearchProvider", NULL);

  if (info == NULL)
    return NULL;

  self->link = link;
  self->bus = g_object_ref (bus);
  self->registration = g_dbus_connection_register_object (bus, own_path, info->interfaces[0],
                                                          &vtable, self, NULL, error);
  return self->registration != 0 ? g_steal_pointer (&self) : NULL;
}

void
fare_search_provider_free (FareSearchProvider *self)
{
  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->bus, self->registration);
  g_clear_object (&self->bus);
  g_free (self);
}
