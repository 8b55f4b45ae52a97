/* fare-index-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-writer-private.h"

#include <fcntl.h>
#include <unistd.h>

#include "index/fare-index-meta.h"
#include "index/fare-index-roster.h"

/* Pages that gather in the journal before they are moved into the index.  In a first scan most are
 * written again by the next batch, and each move waits for the disk. */
#define JOURNAL_PAGES       1000 /* what SQLite has when nothing is said */
#define JOURNAL_PAGES_FIRST 8192

/* Most have more of the one and fewer of the other. */
#define BYTES_OF_RESPONSE 8192
#define RESPONSES_OF_LOG  4

FareKnownFile *
fare_index_writer_get_file (gpointer world,
                            guint32  file)
{
  FareIndexWriter *self = world;

  return fare_files_get (self->files, file);
}

static const FareFormat *
get_format (gpointer world,
            guint32  client)
{
  FareIndexWriter *self = world;

  return g_hash_table_lookup (self->formats, GUINT_TO_POINTER (client));
}

static guint32
get_root (gpointer world,
          guint32  session)
{
  FareIndexWriter *self = world;

  return fare_sessions_get_root (self->sessions, session);
}

/* Every client of the list has a number, so that a cluster of any file can be decided. */
static gboolean
load_formats (FareIndexWriter *self)
{
  guint n;
  const FareFormat * const *formats = fare_format_get_all (&n);

  g_hash_table_remove_all (self->formats);
  for (guint i = 0; i < n; i++)
    {
      guint32 client = fare_names_get_client (self->names, formats[i]->id);

      if (client == 0)
        return FALSE;
      if (!g_hash_table_contains (self->formats, GUINT_TO_POINTER (client)))
        g_hash_table_insert (self->formats, GUINT_TO_POINTER (client), (gpointer) formats[i]);
    }

  return TRUE;
}

FareIndexWriter *
fare_index_writer_new (FareIndex     *index,
                       const gint64  *thresholds,
                       guint          n_thresholds,
                       GError       **error)
{
  g_autoptr(FareIndexWriter) self = g_new0 (FareIndexWriter, 1);
  const FareClusterWorld world = { fare_index_writer_get_file, get_format, get_root, self };

  self->journal_fd = -1;
  self->index = g_object_ref (index);
  self->formats = g_hash_table_new (NULL, NULL);
  self->batch = g_ptr_array_new ();
  self->db = fare_index_connect (index, TRUE, error);
  if (self->db == NULL)
    return NULL;
  self->files = fare_files_new (self->db);
  self->names = fare_names_new (self->db);
  self->sessions = fare_sessions_new (self->db, self->names, self->files);
  self->rollup = fare_rollup_new (self->db, thresholds, n_thresholds);
  self->places = fare_places_new (self->db);
  self->clusters = fare_clusters_new (self->db, self->rollup, self->places, &world);
  if (!load_formats (self) || !fare_rollup_ensure_bands (self->rollup))
    {
      fare_index_take_error (index, self->db, error);
      return NULL;
    }

  if (fare_clusters_is_empty (self->clusters))
    sqlite3_wal_autocheckpoint (self->db, JOURNAL_PAGES_FIRST);

  return g_steal_pointer (&self);
}

void
fare_index_writer_free (FareIndexWriter *self)
{
  g_clear_pointer (&self->clusters, fare_clusters_free);
  g_clear_pointer (&self->places, fare_places_free);
  g_clear_pointer (&self->rollup, fare_rollup_free);
  g_clear_pointer (&self->sessions, fare_sessions_free);
  g_clear_pointer (&self->names, fare_names_free);
  g_clear_pointer (&self->files, fare_files_free);
  fare_index_disconnect (self->index, g_steal_pointer (&self->db));
  g_clear_pointer (&self->formats, g_hash_table_unref);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  if (self->journal_fd >= 0)
    close (self->journal_fd);
  g_clear_object (&self->index);
  g_free (self);
}

void
fare_index_writer_expect (FareIndexWriter *self,
                          guint            n_logs,
                          gint64           bytes)
{
  fare_clusters_expect (self->clusters, MAX ((guint64) bytes / BYTES_OF_RESPONSE,
                                             (guint64) n_logs * RESPONSES_OF_LOG));
}

FareKnownFile *
fare_index_writer_find_file (FareIndexWriter *self,
                             const char      *key)
{
  return fare_files_find (self->files, key);
}

gboolean
fare_index_writer_foreach_file (FareIndexWriter  *self,
                                FareKnownFileFunc func,
                                gpointer          user_data,
                                GError          **error)
{
  return fare_files_foreach (self->files, func, user_data)
         || fare_index_take_error (self->index, self->db, error);
}

void
fare_index_writer_forget_files (FareIndexWriter *self)
{
  fare_files_forget (self->files);
}

GBytes *
fare_index_writer_dup_note (FareIndexWriter     *self,
                            const FareKnownFile *file)
{
  return fare_files_dup_note (self->files, file);
}

/* After a failure nothing that was numbered or noted in the transaction is true any more, and the
 * writer is of no further use.  What it knows of files stays where it is: readers of logs may still be
 * looking at it. */
gboolean
fare_index_writer_fail (FareIndexWriter  *self,
                        GError          **error)
{
  fare_index_take_error (self->index, self->db, error);
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  self->in_transaction = FALSE;
  fare_clusters_drop (self->clusters);
  fare_rollup_drop (self->rollup);
  fare_names_forget (self->names);
  fare_sessions_forget (self->sessions);
  g_ptr_array_set_size (self->batch, 0);

  return FALSE;
}

gboolean
fare_index_writer_begin (FareIndexWriter  *self,
                         GError          **error)
{
  if (self->in_transaction)
    return TRUE;
  if (sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    return fare_index_take_error (self->index, self->db, error);
  self->in_transaction = TRUE;
  self->is_visible = FALSE;

  return TRUE;
}

void
fare_index_writer_join (FareIndexWriter *self,
                        FareKnownFile   *file)
{
  if (file->in_batch)
    return;
  file->in_batch = TRUE;
  file->before = file->fold;
  g_ptr_array_add (self->batch, file);
}

FareKnownFile *
fare_index_writer_ensure_file (FareIndexWriter  *self,
                               const FareSource *source,
                               guint32           machine,
                               gboolean          is_new)
{
  guint32 client = fare_names_get_client (self->names, source->format->id);

  return client != 0 ? fare_files_ensure (self->files, source, client, machine, is_new) : NULL;
}

gboolean
fare_index_writer_drop_file (FareIndexWriter *self,
                             FareKnownFile   *file,
                             GHashTable      *present,
                             FareRemains     *remains)
{
  self->is_visible = TRUE;

  if (!fare_clusters_drop_file (self->clusters, file, remains))
    return FALSE;
  file->next_seq = 0;

  return fare_sessions_drop_file (self->sessions, file->id, present);
}

gboolean
fare_index_writer_set_place (FareIndexWriter   *self,
                             FareKnownFile     *file,
                             const FareSource  *source,
                             GError           **error)
{
  if (!fare_index_writer_begin (self, error))
    return FALSE;
  fare_index_writer_join (self, file);
  fare_known_file_take_source (file, source);
  fare_known_file_note_place (file, NULL);

  return TRUE;
}

gboolean
fare_index_writer_set_missing (FareIndexWriter  *self,
                               FareKnownFile    *file,
                               GError          **error)
{
  if (!fare_index_writer_begin (self, error))
    return FALSE;
  fare_index_writer_join (self, file);
  file->is_missing = TRUE;
  fare_known_file_note_place (file, NULL);

  return TRUE;
}

gboolean
fare_index_writer_set_orphan (FareIndexWriter  *self,
                              FareKnownFile    *file,
                              GError          **error)
{
  if (!fare_index_writer_begin (self, error))
    return FALSE;
  fare_index_writer_join (self, file);

  return fare_files_orphan (self->files, file) || fare_index_writer_fail (self, error);
}

gboolean
fare_index_writer_set_error (FareIndexWriter   *self,
                             const FareSource  *source,
                             const char        *message,
                             GError           **error)
{
  FareKnownFile *file;

  if (!fare_index_writer_begin (self, error))
    return FALSE;
  file = fare_index_writer_ensure_file (self, source, 0, FALSE);
  if (file == NULL)
    return fare_index_writer_fail (self, error);
  fare_index_writer_join (self, file);
  fare_known_file_note_place (file, message);

  return TRUE;
}

sqlite3 *
fare_index_writer_get_db (FareIndexWriter *self)
{
  return self->db;
}

gboolean
fare_index_writer_is_open (FareIndexWriter *self)
{
  return self->in_transaction;
}

guint
fare_index_writer_get_n_rows (FareIndexWriter *self)
{
  return fare_clusters_get_n_rows (self->clusters);
}

static gboolean
store_scan_end (FareIndexWriter *self,
                gint64           scan_end_ms)
{
  return fare_meta_store_number (self->db, "last_scan", scan_end_ms)
         && (self->scan_ms == 0 || fare_meta_store_number (self->db, "scan_ms", self->scan_ms));
}

static gboolean
change_span (FareIndexWriter      *self,
             guint32               session,
             const FareSpanChange *change)
{
  return change->is_less
         ? fare_sessions_set_span (self->sessions, session)
         : fare_sessions_widen_span (self->sessions, session, change->first_ms, change->last_ms);
}

gboolean
fare_index_writer_decide (FareIndexWriter *self)
{
  g_autoptr(GHashTable) moved = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) sessions = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  GHashTableIter iter;
  gpointer session, change;

  if (!fare_sessions_settle (self->sessions, moved)
      || !fare_index_writer_touch_families (self, moved)
      || !fare_index_writer_touch_shared (self)
      || !fare_clusters_decide (self->clusters, sessions)
      || !fare_rollup_flush (self->rollup)
      || !fare_files_store (self->files, self->batch))
    return FALSE;
  g_hash_table_iter_init (&iter, sessions);
  while (g_hash_table_iter_next (&iter, &session, &change))
    if (!change_span (self, GPOINTER_TO_UINT (session), change))
      return FALSE;

  return fare_sessions_store_fresh (self->sessions) && fare_roster_update (self->db);
}

void
fare_index_writer_set_scan_time (FareIndexWriter *self,
                                 gint64           scan_ms)
{
  self->scan_ms = scan_ms;
}

/* What a first scan has in the journal has to be on the disk before it is moved into the index.  Without
 * this the disk rests while logs are read, and all wait for it in the end. */
static void
begin_writing_out (FareIndexWriter *self)
{
  g_autofree char *journal = NULL;

  if (!fare_clusters_is_empty (self->clusters) || fare_index_get_path (self->index) == NULL)
    return;
  if (self->journal_fd < 0)
    {
      journal = g_strconcat (fare_index_get_path (self->index), "-wal", NULL);
      self->journal_fd = open (journal, O_RDONLY | O_CLOEXEC);
    }
  if (self->journal_fd >= 0)
    sync_file_range (self->journal_fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

gboolean
fare_index_writer_commit (FareIndexWriter  *self,
                          gint64            scan_end_ms,
                          gboolean         *changed,
                          GError          **error)
{
  if (changed != NULL)
    *changed = FALSE;
  if (!self->in_transaction && scan_end_ms == 0)
    return TRUE;
  if (!fare_index_writer_begin (self, error))
    return FALSE;
  if (!fare_index_writer_decide (self)
      || (scan_end_ms != 0 && !store_scan_end (self, scan_end_ms))
      || sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    return fare_index_writer_fail (self, error);

  for (guint i = 0; i < self->batch->len; i++)
    ((FareKnownFile *) g_ptr_array_index (self->batch, i))->in_batch = FALSE;
  g_ptr_array_set_size (self->batch, 0);
  self->in_transaction = FALSE;
  begin_writing_out (self);
  if (scan_end_ms != 0)
    sqlite3_wal_autocheckpoint (self->db, JOURNAL_PAGES);
  fare_names_trim (self->names);
  fare_sessions_trim (self->sessions);
  if (changed != NULL)
    *changed = self->is_visible;

  return TRUE;
}
