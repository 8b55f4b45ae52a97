/* fare-source-state.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "models/fare-source-state.h"
#include "scanner/fare-retention.h"
#include "sharing/fare-share.h"

static void
failure_free (gpointer data)
{
  FareFailure *failure = data;

  g_free (failure->client);
  g_free (failure->path);
  g_free (failure->reason);
  g_free (failure);
}

FareSourceState *
fare_source_state_new (void)
{
  FareSourceState *self = g_new0 (FareSourceState, 1);

  self->failures = g_ptr_array_new_with_free_func (failure_free);
  self->last_scan = g_strdup ("");
  self->forgetful = g_new0 (char *, 1);

  return self;
}

void
fare_source_state_free (FareSourceState *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->failures);
  g_free (self->trouble);
  g_free (self->last_scan);
  g_strfreev (self->forgetful);
  g_free (self);
}

void
fare_source_state_add_failure (FareSourceState *self,
                               const char      *client,
                               const char      *path,
                               const char      *reason)
{
  FareFailure *failure;

  g_return_if_fail (self != NULL);
  g_return_if_fail (client != NULL && path != NULL && reason != NULL);

  failure = g_new0 (FareFailure, 1);
  failure->client = g_strdup (client);
  failure->path = fare_text_path (path);
  failure->reason = g_utf8_make_valid (reason, -1);
  g_ptr_array_add (self->failures, failure);
}

/* What a load needs besides its result. */
typedef struct
{
  FareSourceState *state;
  GHashTable      *sources; /* interned client ids that have log files */
  GHashTable      *healthy; /* those of them with a file that could be read */
  GHashTable      *failed;  /* paths that are in the list of failures already */
} Load;

static gboolean
add_file_cb (const FareFileInfo *file,
             gpointer            user_data)
{
  Load *load = user_data;
  /* The strings of a callback are valid only during the call. */
  gpointer client = (gpointer) g_intern_string (file->client);

  g_hash_table_add (load->sources, client);

  if (file->error == NULL)
    g_hash_table_add (load->healthy, client);
  else if (g_hash_table_add (load->failed, g_strdup (file->path)))
    fare_source_state_add_failure (load->state, file->client, file->path, file->error);

  return TRUE;
}

/* The scan knows of folders, too, that the index has no row for. */
static void
add_scan_failures (Load      *load,
                   FareMeter *meter)
{
  g_auto(GStrv) failures = fare_meter_dup_failures (meter);

  for (guint i = 0; failures != NULL && failures[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (failures[i], "\t", 3);

      if (g_strv_length (parts) == 3 && g_hash_table_add (load->failed, g_strdup (parts[1])))
        fare_source_state_add_failure (load->state, parts[0], parts[1], parts[2]);
    }
}

/* A file that cannot be read is a line in the footer; a whole tool is worth a notice. */
static void
find_trouble (Load *load)
{
  FareSourceState *state = load->state;

  for (guint i = 0; i < state->failures->len && state->trouble == NULL; i++)
    {
      const FareFailure *failure = g_ptr_array_index (state->failures, i);

      /* What another machine is still writing is whole in a moment. */
      if (!g_str_equal (failure->client, FARE_SHARE_SOURCE)
          && !g_hash_table_contains (load->healthy, g_intern_string (failure->client)))
        /* Translators: the first placeholder is a tool's name, the second one the reason */
        state->trouble = g_strdup_printf (_("%s could not be read: %s"),
                                          fare_text_client (failure->client), failure->reason);
    }
}

static void
find_forgetful (Load      *load,
                FarePaths *paths)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer client;

  g_hash_table_iter_init (&iter, load->healthy);

  while (g_hash_table_iter_next (&iter, &client, NULL))
    {
      const FareRetention *retention = fare_retention_find (client);

      if (retention != NULL && fare_retention_is_default (retention, paths))
        g_strv_builder_add (builder, client);
    }

  g_strfreev (load->state->forgetful);
  load->state->forgetful = g_strv_builder_end (builder);
}

/* "14:32" today, with its day in front when older. */
static char *
describe_scan (const FareQuestion *question,
               gint64              time_ms)
{
  g_autofree char *clock = NULL;
  g_autofree char *day = NULL;
  FareDay scan_day, today;

  if (time_ms <= 0)
    return g_strdup ("");

  clock = fare_text_clock (time_ms, question->now.zone);
  scan_day = fare_day_of (question->now.zone, time_ms);
  today = fare_day_of (question->now.zone, question->now.now_ms);
  if (scan_day == today)
    return g_steal_pointer (&clock);

  day = fare_text_day (scan_day, today);

  /* Translators: a day and a time of that day, as in “4 Mar, 14:32” */
  return g_strdup_printf (C_("day and time", "%s, %s"), day, clock);
}

static FareSourceState *
load_snapshot (const FareQuestion  *question,
               GError             **error)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FareSourceState) state = NULL;
  g_autoptr(GHashTable) sources = NULL;
  g_autoptr(GHashTable) healthy = NULL;
  g_autoptr(GHashTable) failed = NULL;
  Load load;

  if (reader == NULL)
    return NULL;

  state = fare_source_state_new ();
  sources = g_hash_table_new (NULL, NULL);
  healthy = g_hash_table_new (NULL, NULL);
  failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  load = (Load) { state, sources, healthy, failed };

  if (!fare_index_reader_foreach_file (reader, add_file_cb, &load, error))
    return NULL;

  add_scan_failures (&load, question->meter);
  find_trouble (&load);
  find_forgetful (&load, fare_meter_get_paths (question->meter));
  state->n_sources = g_hash_table_size (sources);
  state->last_scan_ms = fare_index_reader_get_last_scan (reader);
  g_free (state->last_scan);
  state->last_scan = describe_scan (question, state->last_scan_ms);

  return g_steal_pointer (&state);
}

gpointer
fare_source_state_load (const FareQuestion  *question,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_return_val_if_fail (question != NULL, NULL);

  return load_snapshot (question, error);
}
