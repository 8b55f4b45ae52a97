/* fare-weekly-alert.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-weekly-alert.h"

#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "fare-alert-memory.h"
#include "fare-notify.h"

#define MONDAY 1
#define FROM_HOUR 9
#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))

/* The mark with the Monday on which it was last sent. */
#define WEEKLY "weekly"

/* A question on its way to a worker thread, and its answer. */
typedef struct
{
  GApplication    *application;
  FareMeter       *meter;
  FarePreferences *preferences;
  GTimeZone       *zone;
  FareDay          monday;
  FareSums         total;
  FareSums         top_sums;
  char            *top; /* client that cost most */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->application);
  g_object_unref (errand->meter);
  g_object_unref (errand->preferences);
  g_time_zone_unref (errand->zone);
  g_free (errand->top);
  g_free (errand);
}

static void
answer_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Errand *errand = task_data;
  GError *error = NULL;
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (errand->meter);
  g_autoptr(FareIndexReader) reader = fare_meter_read (errand->meter, &error);
  g_autoptr(FareSummary) summary = NULL;
  FareQuery query = { .zone = errand->zone };
  FareRange range = { errand->monday - 7, errand->monday };

  fare_range_to_span (range, errand->zone, &query.from_ms, &query.to_ms);
  if (reader != NULL)
    summary = fare_summary_new (reader, prices, &query, FARE_GROUP_CLIENT, &error);
  if (summary == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  errand->total = *fare_summary_get_total (summary);
  if (fare_summary_get_n_rows (summary) > 0)
    {
      errand->top = g_strdup (fare_summary_get_row (summary, 0)->key);
      errand->top_sums = fare_summary_get_row (summary, 0)->sums;
    }
  g_task_return_boolean (task, TRUE);
}

static char *
make_body (const Errand *errand)
{
  gboolean hide = fare_preferences_get_hide_amounts (errand->preferences);
  g_autofree char *tokens = fare_text_tokens (fare_usage_total (&errand->total.usage));
  g_autofree char *cost = fare_sums_total_to_text (&errand->total);
  g_autofree char *share = fare_text_percent (fare_sums_get_share (&errand->top_sums,
                                                                   &errand->total));
  const char *client = fare_text_client (errand->top);

  if (hide)
    /* Translators: tokens, a tool and its share: "45M tokens. Mostly Claude Code (65%)." */
    return g_strdup_printf (_("%s tokens. Mostly %s (%s)."), tokens, client, share);

  /* Translators: a cost, tokens, a tool and its share: "$184.20 for 45M tokens. Mostly Claude Code (65%)." */
  return g_strdup_printf (_("%s for %s tokens. Mostly %s (%s)."), cost, tokens, client, share);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Errand *errand = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  g_autoptr(GNotification) notification = NULL;
  g_autoptr(GIcon) icon = g_themed_icon_new (APP_ID);
  g_autofree char *body = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_message ("%s", error->message);
      return;
    }
  if (errand->top == NULL)
    return;

  body = make_body (errand);
  notification = g_notification_new (_("Last Week’s Use"));
  g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_LOW);
  g_notification_set_default_action_and_target (notification, "app.show-page", "s", "overview");
  fare_notify_send (errand->application, "weekly", notification);
}

static void
ask (GApplication    *application,
     FareMeter       *meter,
     FarePreferences *preferences,
     GTimeZone       *zone,
     FareDay          monday)
{
  Errand *errand = g_new0 (Errand, 1);
  g_autoptr(GTask) task = g_task_new (application, NULL, answered_cb, NULL);

  errand->application = g_object_ref (application);
  errand->meter = g_object_ref (meter);
  errand->preferences = g_object_ref (preferences);
  errand->zone = g_time_zone_ref (zone);
  errand->monday = monday;
  g_task_set_source_tag (task, ask);
  g_task_set_task_data (task, errand, errand_free);
  g_task_run_in_thread (task, answer_in_thread);
}

void
fare_weekly_alert_look (GApplication    *application,
                        FareMeter       *meter,
                        FarePreferences *preferences)
{
  GSettings *settings = fare_preferences_get_settings (preferences);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint64 now_ms = g_get_real_time () / 1000;
  FareDay monday;
  g_autofree char *text = NULL, *told = NULL;

  if (!g_settings_get_boolean (settings, "notify-weekly"))
    return;

  /* The last Monday of which nine o'clock is past. */
  monday = fare_day_get_week_start (fare_day_of (zone, now_ms), MONDAY);
  if (now_ms < fare_day_start (zone, monday) + FROM_HOUR * HOUR_MS)
    monday -= 7;

  text = fare_day_to_string (monday);
  told = fare_alert_memory_dup_mark (settings, WEEKLY);
  /* Not again when the clock is set back. */
  if (told != NULL && strcmp (told, text) >= 0)
    return;

  fare_alert_memory_set_mark (settings, WEEKLY, text);
  if (told != NULL)
    ask (application, meter, preferences, zone, monday);
}
