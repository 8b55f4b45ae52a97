/* fare-index-writer-take.c
 *
 * Taking over what was read of a log: its texts become the numbers of the index.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-writer-private.h"

#include <string.h>

#include "base/fare-hash.h"
#include "index/fare-index-limits.h"

/* The log's own numbers of texts, as the index numbers them. */
typedef struct
{
  FareIndexWriter *writer;
  FareLog         *log;
  guint32          client;
  guint32         *sessions;
  guint32         *models;
  guint32         *branches;
} Translation;

static guint32
translate_model (Translation *self,
                 guint32      number)
{
  if (self->models[number] == 0)
    self->models[number] = fare_names_get_model (self->writer->names,
                                                 fare_log_text (self->log, number));

  return self->models[number];
}

static guint32
translate_branch (Translation *self,
                  guint32      machine,
                  guint32      number)
{
  if (self->branches[number] == 0)
    self->branches[number] = fare_names_get_branch (self->writer->names, machine,
                                                    fare_log_text (self->log, number));

  return self->branches[number];
}

static guint32
translate_session (Translation *self,
                   guint32      number)
{
  if (self->sessions[number] == 0)
    self->sessions[number] = fare_names_get_session (self->writer->names, self->client,
                                                     fare_log_text (self->log, number));

  return self->sessions[number];
}

/* The sessions a log speaks of. */
static GHashTable *
find_sessions (Translation *translation)
{
  GHashTable *sessions = g_hash_table_new (NULL, NULL);
  FareLog *log = translation->log;

  for (guint i = 0; i < log->rows->len; i++)
    g_hash_table_add (sessions, GUINT_TO_POINTER (translate_session (
      translation, g_array_index (log->rows, FareRow, i).own_session)));
  for (guint i = 0; i < log->facts->len; i++)
    g_hash_table_add (sessions, GUINT_TO_POINTER (translate_session (
      translation, g_array_index (log->facts, FareFact, i).session)));

  return sessions;
}

static gboolean
take_facts (FareIndexWriter *self,
            FareKnownFile   *file,
            Translation     *translation)
{
  FareLog *log = translation->log;

  for (guint i = 0; i < log->facts->len; i++)
    {
      const FareFact *fact = &g_array_index (log->facts, FareFact, i);
      guint32 session = translate_session (translation, fact->session);

      if (session == 0
          || !fare_sessions_add_fact (self->sessions, file->id, session, fact,
                                      fare_log_text (log, fact->text)))
        return FALSE;
    }

  return TRUE;
}

/* Clients may use the same ids for different things, so the client is part of a cluster. */
static gint64
cluster_of_client (gint64      cluster,
                   const char *client)
{
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, client, strlen (client));

  return fare_hash_finish (fare_hash_int (hash, cluster));
}

static gboolean
take_rows (FareIndexWriter *self,
           FareKnownFile   *file,
           const char      *client,
           Translation     *translation,
           FareRemains     *remains)
{
  FareLog *log = translation->log;

  for (guint i = 0; i < log->rows->len; i++)
    {
      FareRow *row = &g_array_index (log->rows, FareRow, i);

      row->file = file->id;
      row->id = 0;
      if (row->value_ms == 0) /* put together by hand, from one record */
        row->value_ms = row->own_ms;
      if (file->machine == 0)
        row->cluster = cluster_of_client (row->cluster, client);
      row->own_session = translate_session (translation, row->own_session);
      row->model = translate_model (translation, row->model);
      row->branch = translate_branch (translation, file->machine, row->branch);
      if (row->own_session == 0 || row->model == 0 || row->branch == 0)
        return FALSE;
    }
  if (log->rows->len > 0)
    self->is_visible = TRUE;
  if (remains != NULL)
    fare_remains_mark_copies (remains, log->rows);
  fare_clusters_take_rows (self->clusters, &log->rows);

  return TRUE;
}

static gboolean
take_reading (FareIndexWriter   *self,
              FareKnownFile     *file,
              const FareReading *reading)
{
  FareLog *log = reading->log;
  guint n = log->strings->len;
  g_autofree guint32 *sessions = g_new0 (guint32, n);
  g_autofree guint32 *models = g_new0 (guint32, n);
  g_autofree guint32 *branches = g_new0 (guint32, n);
  g_autoptr(GHashTable) present = NULL;
  g_autoptr(FareRemains) remains = NULL;
  Translation translation = { self, log, file->client, sessions, models, branches };

  if (reading->anew)
    file->fold = (FareFoldFile) { .key = file->fold.key };
  if (reading->anew && reading->source->format->keeps_sessions && !log->is_superseded)
    {
      present = find_sessions (&translation);
      remains = fare_remains_new (present, log->calls);
    }
  if (reading->anew && file->next_seq > 0 && !fare_index_writer_drop_file (self, file, present, remains))
    return FALSE;
  if (reading->anew && file->is_stored && file->next_seq == 0
      && !fare_sessions_drop_file (self->sessions, file->id, present))
    return FALSE;
  fare_known_file_take_source (file, reading->source);
  file->offset = reading->offset;
  file->head = reading->head;
  file->tail = reading->tail;
  file->parser = FARE_PARSER_VERSION;
  file->fold.newest_ms = MAX (file->fold.newest_ms, log->newest_ms);
  file->fold.is_fork |= log->is_fork;
  if (log->facts->len > 0 || log->limits != NULL)
    self->is_visible = TRUE;
  if (log->limits != NULL
      && !fare_index_limits_store (self->db, reading->source->format->id, log->limits_ms, log->limits))
    return FALSE;

  fare_known_file_note_log (file, log, reading->anew);

  return take_facts (self, file, &translation)
         && take_rows (self, file, reading->source->format->id, &translation, remains);
}

gboolean
fare_index_writer_add (FareIndexWriter    *self,
                       const FareReading  *reading,
                       GError            **error)
{
  FareKnownFile *file;

  if (!fare_index_writer_begin (self, error))
    return FALSE;
  file = fare_index_writer_ensure_file (self, reading->source, reading->machine, reading->is_new);
  if (file == NULL)
    return fare_index_writer_fail (self, error);
  fare_index_writer_join (self, file);

  return take_reading (self, file, reading) || fare_index_writer_fail (self, error);
}
