/* fare-index-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-writer.h"

#include <string.h>

#include "base/fare-hash.h"
#include "index/fare-index-clusters.h"
#include "index/fare-index-rollup.h"
#include "index/fare-index-sessions.h"

/* Bits of file.flags. */
#define FILE_FORK    (1 << 0)
#define FILE_MISSING (1 << 1)

struct _FareIndexWriter
{
  FareIndex     *index;
  sqlite3       *db;
  FareNames     *names;
  FareSessions  *sessions;
  FareRollup    *rollup;
  FareClusters  *clusters;

  GHashTable    *by_key;      /* FareKnownFile */
  GHashTable    *by_id;
  GHashTable    *formats;     /* client number → FareFormat */
  GPtrArray     *batch;       /* files that change in the current batch */
  gboolean       in_transaction;
  gboolean       is_visible;  /* the batch changes something that can be seen */

  FareStatement *store_file;
  FareStatement *count_lines;
};

static void
known_file_free (FareKnownFile *file)
{
  g_free (file->key);
  g_free (file->path);
  g_free (file);
}

static FareKnownFile *
get_file (gpointer world,
          guint32  file)
{
  FareIndexWriter *self = world;

  return g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (file));
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

static void
set_path (FareKnownFile *file,
          const char    *path)
{
  g_free (file->path);
  file->path = g_strdup (path);
}

/* Ties between files are broken by their keys: a log that is moved keeps its place. */
static void
take_key (FareKnownFile *file,
          char          *key)
{
  g_free (file->key);
  file->key = key;
  file->fold.key = file->before.key = key;
}

static gboolean
load_files (FareIndexWriter *self)
{
  g_autoptr(FareStatement) statement = NULL;
  int result;

  g_hash_table_remove_all (self->by_id);
  g_hash_table_remove_all (self->by_key);
  statement = fare_statement_new (
    self->db, "SELECT id, key, path, device, inode, size, mtime_ns, offset, head, tail, parser,"
              " newest_ms, next_seq, flags, client, error IS NOT NULL, stamp FROM file");
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      FareKnownFile *file = g_new0 (FareKnownFile, 1);
      gint64 flags = fare_statement_int (statement, 13);

      file->id = (guint32) fare_statement_int (statement, 0);
      take_key (file, g_strdup (fare_statement_text (statement, 1)));
      set_path (file, fare_statement_text (statement, 2));
      file->device = (guint64) fare_statement_int (statement, 3);
      file->inode = (guint64) fare_statement_int (statement, 4);
      file->size = fare_statement_int (statement, 5);
      file->mtime_ns = fare_statement_int (statement, 6);
      file->offset = fare_statement_int (statement, 7);
      file->head = fare_statement_int (statement, 8);
      file->tail = fare_statement_int (statement, 9);
      file->parser = fare_statement_int (statement, 10);
      file->fold.newest_ms = fare_statement_int (statement, 11);
      file->next_seq = fare_statement_int (statement, 12);
      file->fold.is_fork = (flags & FILE_FORK) != 0;
      file->is_missing = (flags & FILE_MISSING) != 0;
      file->client = (guint32) fare_statement_int (statement, 14);
      file->has_error = fare_statement_int (statement, 15) != 0;
      file->stamp = fare_statement_int (statement, 16);
      g_hash_table_insert (self->by_id, GUINT_TO_POINTER (file->id), file);
      g_hash_table_insert (self->by_key, file->key, file);
    }

  return result == SQLITE_DONE;
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
  const FareClusterWorld world = { get_file, get_format, get_root, self };

  self->index = g_object_ref (index);
  self->by_id = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) known_file_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->formats = g_hash_table_new (NULL, NULL);
  self->batch = g_ptr_array_new ();
  self->db = fare_index_connect (index, TRUE, error);
  if (self->db == NULL)
    return NULL;
  self->names = fare_names_new (self->db);
  self->sessions = fare_sessions_new (self->db, self->names);
  self->rollup = fare_rollup_new (self->db, thresholds, n_thresholds);
  self->clusters = fare_clusters_new (self->db, self->rollup, &world);
  if (!load_files (self) || !load_formats (self) || !fare_rollup_ensure_bands (self->rollup))
    {
      fare_index_take_error (index, self->db, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
fare_index_writer_free (FareIndexWriter *self)
{
  g_clear_pointer (&self->store_file, sqlite3_finalize);
  g_clear_pointer (&self->count_lines, sqlite3_finalize);
  g_clear_pointer (&self->clusters, fare_clusters_free);
  g_clear_pointer (&self->rollup, fare_rollup_free);
  g_clear_pointer (&self->sessions, fare_sessions_free);
  g_clear_pointer (&self->names, fare_names_free);
  g_clear_pointer (&self->db, sqlite3_close);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->formats, g_hash_table_unref);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_object (&self->index);
  g_free (self);
}

FareKnownFile *
fare_index_writer_find_file (FareIndexWriter *self,
                             const char      *key)
{
  return g_hash_table_lookup (self->by_key, key);
}

GPtrArray *
fare_index_writer_list_files (FareIndexWriter *self)
{
  GPtrArray *files = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer file;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    g_ptr_array_add (files, file);

  return files;
}

GBytes *
fare_index_writer_dup_note (FareIndexWriter     *self,
                            const FareKnownFile *file)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "SELECT note FROM file WHERE id = ?1");
  if (statement == NULL)
    return NULL;
  fare_statement_bind (statement, "i", (gint64) file->id);
  if (sqlite3_step (statement) != SQLITE_ROW
      || sqlite3_column_type (statement, 0) == SQLITE_NULL)
    return NULL;

  return g_bytes_new (sqlite3_column_blob (statement, 0),
                      (gsize) sqlite3_column_bytes (statement, 0));
}

/* After a failure nothing that was numbered or noted in the transaction is true any more. */
static gboolean
roll_back (FareIndexWriter  *self,
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
  load_files (self);

  return FALSE;
}

static gboolean
begin (FareIndexWriter  *self,
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

static void
join_batch (FareIndexWriter *self,
            FareKnownFile   *file)
{
  if (file->in_batch)
    return;
  file->in_batch = TRUE;
  file->before = file->fold;
  g_ptr_array_add (self->batch, file);
}

static FareKnownFile *
ensure_file (FareIndexWriter  *self,
             const FareSource *source)
{
  g_autoptr(FareStatement) statement = NULL;
  FareKnownFile *file = fare_index_writer_find_file (self, source->key);
  guint32 client;

  if (file != NULL)
    return file;
  client = fare_names_get_client (self->names, source->format->id);
  statement = fare_statement_new (
    self->db, "INSERT INTO file (client, key, path, device, inode, size, mtime_ns, stamp, offset,"
              " head, tail, parser, newest_ms, next_seq, flags, lines, malformed, malformed_at, repeated)"
              " VALUES (?1, ?2, ?3, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0)");
  if (client == 0 || statement == NULL)
    return NULL;
  fare_statement_bind (statement, "iss", (gint64) client, source->key, source->path);
  if (!fare_statement_run (statement))
    return NULL;

  file = g_new0 (FareKnownFile, 1);
  file->id = (guint32) sqlite3_last_insert_rowid (self->db);
  take_key (file, g_strdup (source->key));
  file->client = client;
  file->size = -1;
  file->seen = 1;
  set_path (file, source->path);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (file->id), file);
  g_hash_table_insert (self->by_key, file->key, file);

  return file;
}

/* @note is stored with set_note only; a change of place leaves the old one. */
static gboolean
store_file (FareIndexWriter *self,
            FareKnownFile   *file,
            gboolean         set_note,
            GBytes          *note,
            const char      *message)
{
  gint64 flags = (file->fold.is_fork ? FILE_FORK : 0) | (file->is_missing ? FILE_MISSING : 0);

  if (self->store_file == NULL)
    self->store_file = fare_statement_new (
      self->db, "UPDATE file SET key = ?2, path = ?3, device = ?4, inode = ?5, size = ?6,"
                " mtime_ns = ?7, offset = ?8, head = ?9, tail = ?10, parser = ?11, newest_ms = ?12,"
                " next_seq = ?13, flags = ?14, note = iif(?15, ?16, note), error = ?17,"
                " stamp = ?18 WHERE id = ?1");
  if (self->store_file == NULL)
    return FALSE;
  fare_statement_bind (self->store_file, "issiiiiiiiiiiiibsi", (gint64) file->id, file->key,
                       file->path, (gint64) file->device, (gint64) file->inode, file->size,
                       file->mtime_ns, file->offset, file->head, file->tail, file->parser,
                       file->fold.newest_ms, file->next_seq, flags, (gint64) set_note, note,
                       message, file->stamp);
  file->has_error = message != NULL;

  return fare_statement_run (self->store_file);
}

static gboolean
count_lines (FareIndexWriter     *self,
             const FareKnownFile *file,
             const FareLog       *log,
             gboolean             anew)
{
  if (self->count_lines == NULL)
    self->count_lines = fare_statement_new (
      self->db, "UPDATE file SET lines = iif(?2, 0, lines) + ?3,"
                " malformed = iif(?2, 0, malformed) + ?4,"
                " malformed_at = iif(?2 OR malformed_at < 0, ?5, malformed_at),"
                " repeated = iif(?2, 0, repeated) + ?6 WHERE id = ?1");
  if (self->count_lines == NULL)
    return FALSE;
  fare_statement_bind (self->count_lines, "iiiiii", (gint64) file->id, (gint64) anew, log->lines,
                       log->malformed, log->malformed_at, log->repeated);

  return fare_statement_run (self->count_lines);
}

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
translate (Translation *self,
           guint32     *known,
           guint32      number,
           guint32    (*look_up) (FareNames *, const char *))
{
  if (known[number] == 0)
    known[number] = look_up (self->writer->names, fare_log_text (self->log, number));

  return known[number];
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
           Translation     *translation)
{
  FareLog *log = translation->log;

  for (guint i = 0; i < log->rows->len; i++)
    {
      FareRow row = g_array_index (log->rows, FareRow, i);

      row.file = file->id;
      row.id = 0;
      row.cluster = cluster_of_client (row.cluster, client);
      row.own_session = translate_session (translation, row.own_session);
      row.model = translate (translation, translation->models, row.model, fare_names_get_model);
      row.branch = translate (translation, translation->branches, row.branch,
                              fare_names_get_branch);
      if (row.own_session == 0 || row.model == 0 || row.branch == 0)
        return FALSE;
      fare_clusters_add_row (self->clusters, &row);
    }
  if (log->rows->len > 0)
    self->is_visible = TRUE;

  return TRUE;
}

static gboolean
drop_file (FareIndexWriter *self,
           FareKnownFile   *file)
{
  file->fold.newest_ms = 0;
  file->fold.is_fork = FALSE;
  self->is_visible = TRUE;

  if (!fare_clusters_drop_file (self->clusters, file))
    return FALSE;
  file->next_seq = 0;

  return fare_sessions_drop_file (self->sessions, file->id);
}

static void
take_source (FareKnownFile    *file,
             const FareSource *source)
{
  set_path (file, source->path);
  file->device = source->device;
  file->inode = source->inode;
  file->size = source->size;
  file->mtime_ns = source->mtime_ns;
  file->stamp = source->stamp;
  file->is_missing = FALSE;
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
  Translation translation = { self, log, file->client, sessions, models, branches };

  if (reading->anew && file->next_seq > 0 && !drop_file (self, file))
    return FALSE;
  if (reading->anew && file->next_seq == 0 && !fare_sessions_drop_file (self->sessions, file->id))
    return FALSE;
  take_source (file, reading->source);
  file->offset = reading->offset;
  file->head = reading->head;
  file->tail = reading->tail;
  file->parser = FARE_PARSER_VERSION;
  file->fold.newest_ms = MAX (file->fold.newest_ms, log->newest_ms);
  file->fold.is_fork |= log->is_fork;
  if (log->facts->len > 0)
    self->is_visible = TRUE;

  return take_facts (self, file, &translation)
         && take_rows (self, file, reading->source->format->id, &translation)
         && store_file (self, file, TRUE, log->new_note, NULL)
         && count_lines (self, file, log, reading->anew);
}

gboolean
fare_index_writer_add (FareIndexWriter    *self,
                       const FareReading  *reading,
                       GError            **error)
{
  FareKnownFile *file;

  if (!begin (self, error))
    return FALSE;
  file = ensure_file (self, reading->source);
  if (file == NULL)
    return roll_back (self, error);
  join_batch (self, file);

  return take_reading (self, file, reading) || roll_back (self, error);
}

gboolean
fare_index_writer_set_place (FareIndexWriter   *self,
                             FareKnownFile     *file,
                             const FareSource  *source,
                             GError           **error)
{
  if (!begin (self, error))
    return FALSE;
  join_batch (self, file);
  take_source (file, source);

  return store_file (self, file, FALSE, NULL, NULL) || roll_back (self, error);
}

gboolean
fare_index_writer_set_missing (FareIndexWriter  *self,
                               FareKnownFile    *file,
                               GError          **error)
{
  if (!begin (self, error))
    return FALSE;
  join_batch (self, file);
  file->is_missing = TRUE;

  return store_file (self, file, FALSE, NULL, NULL) || roll_back (self, error);
}

gboolean
fare_index_writer_set_orphan (FareIndexWriter  *self,
                              FareKnownFile    *file,
                              GError          **error)
{
  g_autofree char *key = g_strdup_printf ("%s\x1f%u", file->key, file->id);

  if (!begin (self, error))
    return FALSE;
  join_batch (self, file);
  g_hash_table_remove (self->by_key, file->key);
  take_key (file, g_steal_pointer (&key));
  file->is_missing = TRUE;
  g_hash_table_insert (self->by_key, file->key, file);

  return store_file (self, file, FALSE, NULL, NULL) || roll_back (self, error);
}

gboolean
fare_index_writer_set_error (FareIndexWriter   *self,
                             const FareSource  *source,
                             const char        *message,
                             GError           **error)
{
  FareKnownFile *file;

  if (!begin (self, error))
    return FALSE;
  file = ensure_file (self, source);
  if (file == NULL)
    return roll_back (self, error);
  join_batch (self, file);

  return store_file (self, file, FALSE, NULL, message) || roll_back (self, error);
}

guint
fare_index_writer_get_n_rows (FareIndexWriter *self)
{
  return fare_clusters_get_n_rows (self->clusters);
}

/* Whether a call that stands in both files would be shown by @a's session. */
static gboolean
comes_before (const FareFoldFile *a,
              const FareFoldFile *b)
{
  if (a->is_fork != b->is_fork)
    return !a->is_fork;
  if (a->newest_ms != b->newest_ms)
    return a->newest_ms < b->newest_ms;

  return strcmp (a->key, b->key) < 0;
}

/* A file that grew may no longer be the one to show the calls it shares with another. */
static gboolean
touch_shared (FareIndexWriter *self,
              FareStatement   *shares,
              FareKnownFile   *file)
{
  g_autoptr(GPtrArray) others = g_ptr_array_new ();

  fare_statement_bind (shares, "i", (gint64) file->id);
  while (sqlite3_step (shares) == SQLITE_ROW)
    {
      FareKnownFile *other = get_file (self, (guint32) fare_statement_int (shares, 0));

      if (other != NULL)
        g_ptr_array_add (others, other);
    }
  sqlite3_reset (shares);
  for (guint i = 0; i < others->len; i++)
    {
      FareKnownFile *other = g_ptr_array_index (others, i);
      const FareFoldFile *before = other->in_batch ? &other->before : &other->fold;

      if (comes_before (&file->before, before) != comes_before (&file->fold, &other->fold))
        return fare_clusters_touch_file (self->clusters, file, TRUE, NULL);
    }

  return TRUE;
}

static gboolean
touch_all_shared (FareIndexWriter *self)
{
  g_autoptr(FareStatement) shares = NULL;

  shares = fare_statement_new (self->db, "SELECT other FROM share WHERE file = ?1");
  if (shares == NULL)
    return FALSE;
  for (guint i = 0; i < self->batch->len; i++)
    {
      FareKnownFile *file = g_ptr_array_index (self->batch, i);

      if ((file->before.newest_ms != file->fold.newest_ms
           || file->before.is_fork != file->fold.is_fork)
          && !touch_shared (self, shares, file))
        return FALSE;
    }

  return TRUE;
}

/* When a session gets another parent, the family of all its descendants changes, and with it which
 * rows are the same call. */
static gboolean
touch_families (FareIndexWriter *self,
                GHashTable      *moved)
{
  g_autoptr(FareStatement) files = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer session;

  if (g_hash_table_size (moved) == 0)
    return TRUE;
  files = fare_statement_new (self->db, "SELECT file FROM fact WHERE session = ?1");
  if (files == NULL || !fare_sessions_add_descendants (self->sessions, moved))
    return FALSE;
  g_hash_table_iter_init (&iter, moved);
  while (g_hash_table_iter_next (&iter, &session, NULL))
    {
      fare_statement_bind (files, "i", (gint64) GPOINTER_TO_UINT (session));
      while (sqlite3_step (files) == SQLITE_ROW)
        g_hash_table_add (seen, GUINT_TO_POINTER ((guint) fare_statement_int (files, 0)));
      sqlite3_reset (files);
    }
  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &session, NULL))
    {
      FareKnownFile *file = get_file (self, GPOINTER_TO_UINT (session));

      if (file != NULL && file->next_seq > 0
          && !fare_clusters_touch_file (self->clusters, file, FALSE, moved))
        return FALSE;
    }

  return TRUE;
}

/* Rows were given their numbers while deciding. */
static gboolean
store_sequences (FareIndexWriter *self)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "UPDATE file SET next_seq = ?2 WHERE id = ?1"
                                            " AND next_seq <> ?2");
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->batch->len; i++)
    {
      FareKnownFile *file = g_ptr_array_index (self->batch, i);

      fare_statement_bind (statement, "ii", (gint64) file->id, file->next_seq);
      if (!fare_statement_run (statement))
        return FALSE;
    }

  return TRUE;
}

static gboolean
store_scan_end (FareIndexWriter *self,
                gint64           scan_end_ms)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "INSERT OR REPLACE INTO meta VALUES ('last_scan', ?1)");
  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "i", scan_end_ms);

  return fare_statement_run (statement);
}

static gboolean
decide (FareIndexWriter *self)
{
  g_autoptr(GHashTable) moved = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) sessions = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer session;

  if (!fare_sessions_settle (self->sessions, moved)
      || !touch_families (self, moved)
      || !touch_all_shared (self)
      || !fare_clusters_decide (self->clusters, sessions)
      || !fare_rollup_flush (self->rollup)
      || !store_sequences (self))
    return FALSE;
  g_hash_table_iter_init (&iter, sessions);
  while (g_hash_table_iter_next (&iter, &session, NULL))
    if (!fare_sessions_set_span (self->sessions, GPOINTER_TO_UINT (session)))
      return FALSE;

  return TRUE;
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
  if (!begin (self, error))
    return FALSE;
  if (!decide (self)
      || (scan_end_ms != 0 && !store_scan_end (self, scan_end_ms))
      || sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    return roll_back (self, error);

  for (guint i = 0; i < self->batch->len; i++)
    ((FareKnownFile *) g_ptr_array_index (self->batch, i))->in_batch = FALSE;
  g_ptr_array_set_size (self->batch, 0);
  self->in_transaction = FALSE;
  if (changed != NULL)
    *changed = self->is_visible;

  return TRUE;
}
