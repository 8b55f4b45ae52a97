/* fare-usage-service.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-usage-service.h"

#include <math.h>

#include "accounting/fare-report.h"
#include "accounting/fare-sums.h"
#include "fare-bus-errand.h"

#define INTERFACE     APP_ID ".Usage1"
#define PROPERTIES    "org.freedesktop.DBus.Properties"
#define READING_ERROR APP_ID ".Error.Reading"

/* A program that was just started waits this long for its first look at the logs before it answers,
 * and only so long for it to begin: where another program looks at them it never does. */
#define PATIENCE_MS 5000
#define BEGIN_MS 300
#define NAP_MS 50

struct _FareUsageService
{
  FareDesktopLink *link; /* (not owned) */
  GDBusConnection *bus;
  char            *path;
  guint            registration;
};

/* A question on its way to a worker thread. */
typedef struct
{
  FareMeter  *meter;
  const char *method;     /* static */
  FarePeriod  period;
  FareRange   range;
  FareNow     now;
  gint64      start_ms;   /* when the program began to read logs */
} Errand;

static const char introspection[] =
  "<node><interface name='" INTERFACE "'>"
  "<method name='GetUsage'>"
  "<arg name='range' type='s' direction='in'/><arg name='json' type='s' direction='out'/>"
  "</method>"
  "<method name='Refresh'/>"
  "<property name='TodayCost' type='d' access='read'/>"
  "<signal name='Changed'/>"
  "</interface></node>";

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->meter);
  g_time_zone_unref (errand->now.zone);
  g_free (errand);
}

/* Whether the index has what the logs said when the program was started. */
static gboolean
is_fresh (const Errand *errand,
          gint64        scan_ms,
          gint64        age_ms)
{
  FareProgress progress;

  if (scan_ms == 0)
    return FALSE;

  return scan_ms >= errand->start_ms || age_ms >= PATIENCE_MS
         || (age_ms >= BEGIN_MS && !fare_meter_get_progress (errand->meter, &progress));
}

static FareIndexReader *
open_fresh (const Errand  *errand,
            GError       **error)
{
  for (guint waited = 0; waited <= PATIENCE_MS; waited += NAP_MS)
    {
      gint64 age_ms = g_get_real_time () / 1000 - errand->start_ms;
      g_autoptr(FareIndexReader) reader = fare_meter_read (errand->meter, error);

      if (reader == NULL
          || is_fresh (errand, fare_index_reader_get_last_scan (reader), age_ms))
        return g_steal_pointer (&reader);

      g_usleep (NAP_MS * 1000);
    }

  g_propagate_error (error, g_dbus_error_new_for_dbus_error (
                              READING_ERROR, "The logs are being read for the first time"));
  return NULL;
}

static double
find_cost (const FareSums *sums)
{
  return fare_sums_has_cost (sums) ? sums->cost : NAN;
}

static GVariant *
pack_properties (double cost)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "TodayCost", "d", cost);
  return g_variant_dict_end (&dict);
}

static GVariant *
pack_usage (const Errand    *errand,
            FareIndexReader *reader,
            FareSummary     *summary)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(FareJsonWriter) json = fare_json_writer_new_for_string (text);
  g_autofree char *period = fare_report_dup_period_id (errand->period, errand->range);
  FareRange range = errand->range;
  gboolean has_days = fare_report_narrow (&range, errand->now.zone, reader);

  fare_report_write (json, period, has_days ? &range : NULL, errand->now.zone, summary);
  g_clear_pointer (&json, fare_json_writer_free);
  return g_variant_new ("(s)", text->str);
}

static GVariant *
answer (gpointer   user_data,
        GError   **error)
{
  const Errand *errand = user_data;
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (errand->meter);
  g_autoptr(FareIndexReader) reader = open_fresh (errand, error);
  g_autoptr(FareSummary) summary = NULL;
  FareQuery query = { .zone = errand->now.zone };
  double cost;

  if (reader == NULL)
    return NULL;

  fare_range_to_span (errand->range, query.zone, &query.from_ms, &query.to_ms);
  summary = fare_summary_new (reader, prices, &query, FARE_GROUP_DAY, error);
  if (summary == NULL)
    return NULL;

  cost = find_cost (fare_summary_get_total (summary));
  if (g_str_equal (errand->method, "Get"))
    return g_variant_new ("(v)", g_variant_new_double (cost));
  if (g_str_equal (errand->method, "GetAll"))
    return g_variant_new ("(@a{sv})", pack_properties (cost));

  return pack_usage (errand, reader, summary);
}

static void
ask (FareUsageService      *self,
     GDBusMethodInvocation *invocation,
     const char            *period)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GError) error = NULL;
  Errand *errand = g_new0 (Errand, 1);

  errand->meter = g_object_ref (fare_desktop_link_get_meter (self->link));
  errand->method = g_intern_string (g_dbus_method_invocation_get_method_name (invocation));
  errand->start_ms = fare_desktop_link_get_start_ms (self->link);
  errand->now = (FareNow) { g_get_real_time () / 1000, g_time_zone_ref (zone) };
  if (!fare_period_parse (period, &errand->now, &errand->period, &errand->range, &error))
    {
      g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                     G_DBUS_ERROR_INVALID_ARGS, error->message);
      errand_free (errand);
      return;
    }

  fare_bus_errand_run (fare_desktop_link_get_application (self->link), invocation, answer, errand,
                       errand_free);
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
  FareUsageService *self = user_data;
  const char *period = "today";

  fare_desktop_link_linger (self->link);
  if (fare_desktop_link_get_meter (self->link) == NULL)
    {
      fare_bus_errand_refuse (invocation);
      return;
    }

  if (g_str_equal (method, "Refresh"))
    {
      fare_meter_refresh (fare_desktop_link_get_meter (self->link));
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }

  /* Whoever asks for a property comes here too, and is answered when there is an answer. */
  if (g_str_equal (method, "GetUsage"))
    g_variant_get (arguments, "(&s)", &period);
  ask (self, invocation, period);
}

FareUsageService *
fare_usage_service_new (FareDesktopLink  *link,
                        GDBusConnection  *bus,
                        const char       *path,
                        GError          **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (introspection, error);
  g_autoptr(FareUsageService) self = g_new0 (FareUsageService, 1);

  if (info == NULL)
    return NULL;

  self->link = link;
  self->bus = g_object_ref (bus);
  self->path = g_strdup (path);
  self->registration = g_dbus_connection_register_object (bus, path, info->interfaces[0], &vtable,
                                                          self, NULL, error);
  return self->registration != 0 ? g_steal_pointer (&self) : NULL;
}

void
fare_usage_service_free (FareUsageService *self)
{
  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->bus, self->registration);
  g_clear_object (&self->bus);
  g_free (self->path);
  g_free (self);
}

void
fare_usage_service_tell (FareUsageService *self,
                         double            today_cost)
{
  g_dbus_connection_emit_signal (self->bus, NULL, self->path, PROPERTIES, "PropertiesChanged",
                                 g_variant_new ("(s@a{sv}as)", INTERFACE,
                                                pack_properties (today_cost), NULL),
                                 NULL);
  g_dbus_connection_emit_signal (self->bus, NULL, self->path, INTERFACE, "Changed", NULL, NULL);
}
