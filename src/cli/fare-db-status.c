/* fare-db-status.c
 *
 * tokenfare db status, sync and watch: what the index holds, now and from now on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "fare-db-actions.h"
#include "fare-db-problems.h"
#include "fare-figures.h"
#include "fare-index-status.h"
#include "fare-print.h"
#include "fare-view.h"

typedef struct
{
  const FareDbRequest *request;
  FareMeter           *meter;
  GMainLoop           *loop;
  char                *notice; /* (nullable): about folders, as told last */
  GError              *error;
} Watch;

typedef struct
{
  const FareDbRequest *request;
  gboolean             is_kept; /* what was read is in the file */
} Sync;

static gboolean
print_status (FareMeter            *meter,
              FareIndexReader      *reader,
              const FareDbRequest  *request,
              GError              **error)
{
  const char *path = fare_paths_get_index_file (fare_meter_get_paths (meter));
  g_autoptr(FareIndexStatus) status = fare_index_status_new (reader, path, error);
  g_autoptr(FareJsonWriter) json = NULL;

  if (status == NULL)
    return FALSE;

  if (!request->json)
    {
      fare_index_status_print (status, request->filter->now.zone);
      return TRUE;
    }

  json = fare_json_writer_new (FALSE);
  fare_json_writer_begin_object (json, NULL);
  fare_index_status_write (status, json);
  fare_json_writer_end_object (json);
  return TRUE;
}

/* Without fare_view_ask(): it would read the logs. */
FareExit
fare_db_status (const FareDbRequest *request)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FareMeter) meter = fare_meter_new (paths);
  g_autoptr(FareIndexReader) reader = NULL;
  g_autoptr(GError) error = NULL;

  if (fare_db_check_file (paths, &error) && fare_meter_open (meter, &error))
    {
      fare_view_tell_notice (meter);
      reader = fare_meter_read (meter, &error);
    }
  if (reader == NULL || !print_status (meter, reader, request, &error))
    return fare_command_failed (error);

  return FARE_EXIT_DONE;
}

/* Where nothing can be kept, the view has said why, and there is no index to tell of. */
static gboolean
print_synced (FareView  *view,
              gpointer   user_data,
              GError   **error)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (view->meter);
  Sync *sync = user_data;

  sync->is_kept = fare_index_get_path (index) != NULL;
  return !sync->is_kept || print_status (view->meter, view->reader, sync->request, error);
}

FareExit
fare_db_sync (const FareDbRequest *request)
{
  Sync sync = { request, FALSE };
  FareExit status = fare_view_ask (print_synced, &sync);

  return status == FARE_EXIT_DONE && !sync.is_kept ? FARE_EXIT_FAILED : status;
}

static void
print_watch_line (Watch          *self,
                  const FareSums *total)
{
  gint64 now_ms = g_get_real_time () / 1000;
  g_autofree char *time = fare_figures_format_time (now_ms, self->request->filter->now.zone);
  g_autofree char *messages = fare_text_count (total->messages);
  g_autofree char *tokens = fare_text_tokens (fare_usage_total (&total->usage));
  g_autofree char *cost = fare_sums_total_to_text (total);

  if (self->request->json)
    {
      g_autoptr(FareJsonWriter) json = fare_json_writer_new (TRUE);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_time (json, "time", now_ms);
      fare_figures_write_sums (json, total);
      fare_json_writer_end_object (json);
    }
  else
    {
      /* Translators: time, numbers of messages and tokens, amount of money */
      fare_print (_("%s  %s messages, %s tokens, %s\n"), time, messages, tokens, cost);
    }
}

/* Why some changes are seen late, once. */
static void
tell_unwatched (Watch *self)
{
  guint n_watched, n_unwatched;
  g_autofree char *notice = fare_meter_dup_watch_notice (self->meter, &n_watched, &n_unwatched);

  if (notice == NULL || g_strcmp0 (notice, self->notice) == 0)
    return;

  fare_print_message ("%s", notice);
  g_free (self->notice);
  self->notice = g_steal_pointer (&notice);
}

static void
changed_cb (Watch *self)
{
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (self->meter);
  g_autoptr(FareIndexReader) reader = fare_meter_read (self->meter, &self->error);
  g_autoptr(FareSummary) summary = NULL;

  if (reader != NULL)
    summary = fare_summary_new (reader, prices, &self->request->filter->query, FARE_GROUP_NONE,
                                &self->error);
  if (summary == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }

  print_watch_line (self, fare_summary_get_total (summary));
  fare_print_flush ();
  tell_unwatched (self);
}

static gboolean
signal_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
run_until_signal (GMainLoop *loop)
{
  guint interrupt = g_unix_signal_add (SIGINT, signal_cb, loop);
  guint terminate = g_unix_signal_add (SIGTERM, signal_cb, loop);
  guint hangup = g_unix_signal_add (SIGHUP, signal_cb, loop);

  g_main_loop_run (loop);
  g_source_remove (hangup);
  g_source_remove (terminate);
  g_source_remove (interrupt);
}

FareExit
fare_db_watch (const FareDbRequest *request)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FareMeter) meter = fare_meter_new (paths);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  Watch watch = { .request = request, .meter = meter, .loop = loop };

  if (!fare_meter_open (meter, &error) || !fare_view_sync (meter, &error))
    return fare_command_failed (error);

  fare_view_tell_notice (meter);
  g_signal_connect_swapped (meter, "changed", G_CALLBACK (changed_cb), &watch);
  changed_cb (&watch);
  if (watch.error == NULL)
    {
      fare_meter_start (meter);
      run_until_signal (loop);
      fare_meter_stop (meter);
    }
  g_signal_handlers_disconnect_by_data (meter, &watch);

  g_free (watch.notice);
  error = g_steal_pointer (&watch.error);
  return error != NULL ? fare_command_failed (error) : FARE_EXIT_DONE;
}
