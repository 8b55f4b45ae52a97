/* fare-doctor-sources.c
 *
 * The agents: where their logs are, what is there now and what the index has of it.  The folders are
 * walked, no log is read but for the number of a line in a few of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "scanner/fare-discovery.h"
#include "scanner/fare-retention.h"
#include "scanner/fare-roots.h"

/* Bytes read to number lines, of all files together. */
#define MAX_COUNTED (G_GINT64_CONSTANT (64) << 20)

/* While facts are gathered. */
typedef struct
{
  FareDoctor *doctor;
  GHashTable *by_client;  /* client id → FareDoctorSource */
  GHashTable *known;      /* set of paths that the index knows and has not lost */
  GHashTable *failed;     /* set of paths in the list of failures */
} Round;

static gboolean
contains (GStrv       list,
          const char *text)
{
  return g_strv_contains ((const char * const *) list, text);
}

/* Several formats may be of one agent; a folder that they share is told once. */
static void
add_folders (FareDoctorSource *source,
             GStrv             roots)
{
  g_autoptr(GStrvBuilder) there = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) absent = g_strv_builder_new ();

  g_strv_builder_addv (there, (const char **) source->folders);
  g_strv_builder_addv (absent, (const char **) source->absent);
  for (guint i = 0; roots[i] != NULL; i++)
    if (!contains (source->folders, roots[i]) && !contains (source->absent, roots[i]))
      g_strv_builder_add (g_file_test (roots[i], G_FILE_TEST_EXISTS) ? there : absent, roots[i]);

  g_strfreev (source->folders);
  g_strfreev (source->absent);
  source->folders = g_strv_builder_end (there);
  source->absent = g_strv_builder_end (absent);
}

static FareDoctorSource *
source_new (FareDoctor   *doctor,
            const char   *client,
            FareSettings *settings,
            GStrv         disabled,
            gboolean      is_known)
{
  FareDoctorSource *self = g_new0 (FareDoctorSource, 1);
  const FareRetention *retention = fare_retention_find (client);

  self->client = client;
  self->is_off = contains (disabled, client);
  self->folders = g_new0 (char *, 1);
  self->absent = g_new0 (char *, 1);
  self->extra = fare_roots_list_extra (settings, client);
  add_folders (self, self->extra);
  if (!is_known)
    self->unread = self->gone = self->sessions = FARE_DOCTOR_UNKNOWN;
  if (retention != NULL)
    {
      self->is_forgetful = TRUE;
      self->keeps_days = fare_retention_get_days (retention, doctor->paths);
      self->is_default = fare_retention_is_default (retention, doctor->paths);
    }

  return self;
}

static FareDoctorFailure *
add_failure (Round                 *round,
             FareDoctorFailureKind  kind,
             const char            *client,
             const char            *path)
{
  FareDoctorFailure *failure = g_new0 (FareDoctorFailure, 1);

  failure->kind = kind;
  failure->client = g_strdup (client);
  failure->path = g_strdup (path);
  failure->offset = -1;
  g_ptr_array_add (round->doctor->failures, failure);
  return failure;
}

static gboolean
add_file_cb (const FareFileInfo *file,
             gpointer            user_data)
{
  Round *round = user_data;
  FareDoctorSource *source = g_hash_table_lookup (round->by_client, file->client);

  if (source != NULL)
    {
      source->gone += file->missing;
      source->newest_ms = MAX (source->newest_ms, file->newest_ms);
    }
  if (file->missing)
    return TRUE;

  g_hash_table_add (round->known, g_strdup (file->path));
  if (file->error != NULL)
    {
      FareDoctorFailure *failure = add_failure (round, FARE_DOCTOR_UNREADABLE, file->client,
                                                file->path);

      failure->reason = g_strdup (file->error);
      g_hash_table_add (round->failed, g_strdup (file->path));
    }
  if (file->malformed > 0)
    {
      FareDoctorFailure *failure = add_failure (round, FARE_DOCTOR_MALFORMED, file->client,
                                                file->path);

      failure->lines = file->malformed;
      failure->offset = file->malformed_at;
    }

  return TRUE;
}

static gboolean
add_session_cb (const FareSessionInfo *session,
                gpointer               user_data)
{
  Round *round = user_data;
  FareDoctorSource *source = g_hash_table_lookup (round->by_client, session->client);

  if (source != NULL)
    {
      source->sessions++;
      source->newest_ms = MAX (source->newest_ms, session->last_ms);
    }
  round->doctor->index.sessions++;
  return TRUE;
}

static gboolean
read_index (Round           *round,
            FareIndexReader *reader)
{
  FareDoctorIndex *index = &round->doctor->index;
  g_autoptr(GError) error = NULL;

  index->sessions = 0;
  if (fare_index_reader_foreach_file (reader, add_file_cb, round, &error)
      && fare_index_reader_foreach_session (reader, add_session_cb, round, &error))
    return TRUE;

  index->state = FARE_DOCTOR_INDEX_DAMAGED;
  index->sessions = FARE_DOCTOR_UNKNOWN;
  g_free (index->error);
  index->error = g_strdup (error->message);
  return FALSE;
}

static void
enter_cb (const FareFormat *format,
          const char       *root,
          const char       *path,
          guint             depth,
          gpointer          user_data)
{
  ((Round *) user_data)->doctor->watches.needed++;
}

static void
companion_cb (const FareFormat *format,
              const char       *root,
              const char       *path,
              const char       *companion,
              gpointer          user_data)
{
}

static void
odd_cb (const FareFormat *format,
        gpointer          user_data)
{
}

static void
walk (Round    *round,
      gboolean  is_known)
{
  const FareWalkHooks hooks = { enter_cb, companion_cb, odd_cb, round };
  g_autoptr(FareDiscovery) found = fare_discovery_new (round->doctor->paths, &hooks);

  for (guint i = 0; i < found->sources->len; i++)
    {
      const FareSource *file = g_ptr_array_index (found->sources, i);
      FareDoctorSource *source = g_hash_table_lookup (round->by_client, file->format->id);

      source->files++;
      if (is_known && !g_hash_table_contains (round->known, file->path))
        source->unread++;
    }

  for (guint i = 0; i < found->failures->len; i++)
    {
      g_auto(GStrv) parts = g_strsplit (g_ptr_array_index (found->failures, i), "\t", 3);
      FareDoctorFailure *failure;

      if (g_strv_length (parts) != 3 || !g_hash_table_add (round->failed, g_strdup (parts[1])))
        continue;
      failure = add_failure (round, FARE_DOCTOR_UNREADABLE, parts[0], parts[1]);
      failure->reason = g_strdup (parts[2]);
    }
}

/* Only where bytes of the file are what the index counts: neither databases nor compressed logs. */
static gboolean
has_lines (const char *path)
{
  return g_str_has_suffix (path, ".jsonl") || g_str_has_suffix (path, ".json")
         || g_str_has_suffix (path, ".log");
}

static gint64
count_lines (const char *path,
             gint64      offset)
{
  g_autofree char *block = g_malloc (1 << 16);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, NULL);
  gint64 line = 1, left = offset;

  while (stream != NULL && left > 0)
    {
      gssize got = g_input_stream_read (G_INPUT_STREAM (stream), block,
                                        (gsize) MIN (left, 1 << 16), NULL, NULL);
      const char *end;

      if (got <= 0)
        return 0;
      for (const char *at = block; (end = memchr (at, '\n', (gsize) (block + got - at))) != NULL;
           at = end + 1)
        line++;
      left -= got;
    }

  return stream != NULL ? line : 0;
}

static void
number_lines (GPtrArray *failures)
{
  gint64 left = MAX_COUNTED;

  for (guint i = 0; i < failures->len; i++)
    {
      FareDoctorFailure *failure = g_ptr_array_index (failures, i);

      if (failure->offset < 0 || failure->offset > left || !has_lines (failure->path))
        continue;
      left -= failure->offset;
      failure->line = count_lines (failure->path, failure->offset);
    }
}

void
fare_doctor_look_at_sources (FareDoctor      *self,
                             FareSettings    *settings,
                             FareIndexReader *reader)
{
  g_auto(GStrv) disabled = fare_settings_dup_strv (settings, "disabled-sources");
  g_autoptr(GHashTable) by_client = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Round round = { self, by_client, known, failed };
  guint n_formats;
  const FareFormat * const *formats = fare_format_get_all (&n_formats);

  for (guint i = 0; i < n_formats; i++)
    {
      FareDoctorSource *source = g_hash_table_lookup (by_client, formats[i]->id);
      g_auto(GStrv) roots = fare_roots_list_own (formats[i], self->paths);

      if (source == NULL)
        {
          source = source_new (self, formats[i]->id, settings, disabled, reader != NULL);
          g_ptr_array_add (self->sources, source);
          g_hash_table_insert (by_client, (gpointer) source->client, source);
        }
      add_folders (source, roots);
    }

  walk (&round, reader != NULL && read_index (&round, reader));
  number_lines (self->failures);
}
