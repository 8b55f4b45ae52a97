/* fare-index-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-writer.h"

#include <string.h>

#include "base/fare-hash.h"
#include "index/fare-index-clusters.h"
#include "index/fare-index-limits.h"
#include "index/fare-index-rollup.h"
#include "index/fare-index-roster.h"
#include "index/fare-index-sessions.h"

/* Pages that gather in the journal before they are moved into the index.  In a first scan most are
 * written again by the next batch, and each move waits for the disk. */
#define JOURNAL_PAGES       1000 /* what SQLite has when nothing is said */
#define JOURNAL_PAGES_FIRST 8192

struct _FareIndexWriter
{
  FareIndex     *index;
  sqlite3       *db;
  FareNames     *names;
  FareSessions  *sessions;
  FareRollup    *rollup;
  FarePlaces    *places;
  FareClusters  *clusters;

  FareFiles     *files;
  GHashTable    *formats;     /* client number → FareFormat */
  GPtrArray     *batch;       /* files that change in the current batch */
  gboolean       in_transaction;
  gboolean       is_visible;  /* the batch changes something that can be seen */
  gint64         scan_ms;     /* how long the scan that ends took, 0 when it is not to be kept */
};

static FareKnownFile *
get_file (gpointer world,
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
  const FareClusterWorld world = { get_file, get_format, get_root, self };

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
  g_clear_object (&self->index);
  g_free (self);
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
             const FareSource *source,
             guint32           machine)
{
  guint32 client = fare_names_get_client (self->names, source->format->id);

  return client != 0 ? fare_files_ensure (self->files, source, client, machine) : NULL;
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
           Translation     *translation)
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
  fare_clusters_take_rows (self->clusters, &log->rows);

  return TRUE;
}

static gboolean
drop_file (FareIndexWriter *self,
           FareKnownFile   *file,
           GHashTable      *present)
{
  self->is_visible = TRUE;

  if (!fare_clusters_drop_file (self->clusters, file, present))
    return FALSE;
  file->next_seq = 0;

  return fare_sessions_drop_file (self->sessions, file->id, present);
}

static gboolean decide (FareIndexWriter *self);

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
  Translation translation = { self, log, file->client, sessions, models, branches };

  if (reading->anew)
    file->fold = (FareFoldFile) { .key = file->fold.key };
  if (reading->anew && reading->source->format->keeps_sessions)
    present = find_sessions (&translation);
  if (reading->anew && file->next_seq > 0 && !drop_file (self, file, present))
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
         && take_rows (self, file, reading->source->format->id, &translation);
}

gboolean
fare_index_writer_add (FareIndexWriter    *self,
                       const FareReading  *reading,
                       GError            **error)
{
  FareKnownFile *file;

  if (!begin (self, error))
    return FALSE;
  file = ensure_file (self, reading->source, reading->machine);
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
  fare_known_file_take_source (file, source);
  fare_known_file_note_place (file, NULL);

  return TRUE;
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
  fare_known_file_note_place (file, NULL);

  return TRUE;
}

gboolean
fare_index_writer_set_orphan (FareIndexWriter  *self,
                              FareKnownFile    *file,
                              GError          **error)
{
  if (!begin (self, error))
    return FALSE;
  join_batch (self, file);

  return fare_files_orphan (self->files, file) || roll_back (self, error);
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
  file = ensure_file (self, source, 0);
  if (file == NULL)
    return roll_back (self, error);
  join_batch (self, file);
  fare_known_file_note_place (file, message);

  return TRUE;
}

sqlite3 *
fare_index_writer_get_db (FareIndexWriter *self)
{
  return self->db;
}

gboolean
fare_index_writer_begin (FareIndexWriter  *self,
                         GError          **error)
{
  return begin (self, error);
}

gboolean
fare_index_writer_fail (FareIndexWriter  *self,
                        GError          **error)
{
  return roll_back (self, error);
}

static gboolean
run_for_machine (FareIndexWriter *self,
                 const char      *sql,
                 guint32          machine)
{
  g_autoptr(FareStatement) statement = fare_statement_new (self->db, sql);

  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "i", (gint64) machine);

  return fare_statement_run (statement);
}

static gboolean
collect_files (FareIndexWriter *self,
               const char      *sql,
               guint32          machine,
               GPtrArray       *files)
{
  g_autoptr(FareStatement) statement = fare_statement_new (self->db, sql);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  int result;

  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "i", (gint64) machine);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      guint32 id = (guint32) fare_statement_int (statement, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      FareKnownFile *file = get_file (self, g_array_index (ids, guint32, i));

      if (file != NULL)
        g_ptr_array_add (files, file);
    }

  return result == SQLITE_DONE;
}

static gboolean
forget_machine (FareIndexWriter *self,
                guint32          machine)
{
  static const char * const traces[] = {
    "DELETE FROM share WHERE file IN (SELECT id FROM file WHERE machine = ?1)",
    "DELETE FROM share WHERE other IN (SELECT id FROM file WHERE machine = ?1)",
    "DELETE FROM file WHERE machine = ?1",
    "DELETE FROM branch WHERE machine = ?1",
    "DELETE FROM arrival WHERE machine = ?1",
    "DELETE FROM machine WHERE id = ?1",
  };
  g_autoptr(GPtrArray) files = g_ptr_array_new ();

  if (!collect_files (self, "SELECT id FROM file WHERE machine = ?1", machine, files))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      FareKnownFile *file = g_ptr_array_index (files, i);

      join_batch (self, file);
      if (!drop_file (self, file, NULL))
        return FALSE;
    }
  if (!decide (self))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++)
    if (!run_for_machine (self, traces[i], machine))
      return FALSE;

  return TRUE;
}

gboolean
fare_index_writer_forget_machine (FareIndexWriter  *self,
                                  guint32           machine,
                                  GError          **error)
{
  g_return_val_if_fail (machine != 0 && !self->in_transaction, FALSE);

  if (!begin (self, error))
    return FALSE;
  if (!forget_machine (self, machine))
    return roll_back (self, error);
  if (!fare_index_writer_commit (self, 0, NULL, error))
    return FALSE;
  fare_files_forget (self->files);
  fare_names_forget (self->names);

  return TRUE;
}

/* What ended a tie between two machines is another id now. */
static gboolean
touch_ties (FareIndexWriter *self)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new ();

  if (!collect_files (self, "SELECT id FROM file WHERE machine <> ?1", 0, files))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    if (!fare_clusters_touch_file (self->clusters, g_ptr_array_index (files, i), TRUE, NULL))
      return FALSE;

  return TRUE;
}

static gboolean
set_machine (FareIndexWriter *self,
             const char      *uid,
             const char      *name,
             gint64           now_ms)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "INSERT OR REPLACE INTO meta VALUES"
                                            " ('machine_uid', ?1), ('machine_name', ?2),"
                                            " ('machine_named', ?3)");
  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "ssi", uid, name, now_ms);

  return fare_statement_run (statement);
}

gboolean
fare_index_writer_set_machine (FareIndexWriter  *self,
                               const char       *uid,
                               const char       *name,
                               gint64            now_ms,
                               GError          **error)
{
  g_return_val_if_fail (!self->in_transaction, FALSE);

  if (!begin (self, error))
    return FALSE;
  if (!set_machine (self, uid, name, now_ms))
    return roll_back (self, error);
  /* Keys for ties begin with the id. */
  fare_files_forget (self->files);
  fare_files_read_own_id (self->files);
  self->is_visible = TRUE;

  return touch_ties (self) ? fare_index_writer_commit (self, 0, NULL, error)
                           : roll_back (self, error);
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

static gboolean
store_number (FareIndexWriter *self,
              const char      *key,
              gint64           number)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "INSERT OR REPLACE INTO meta VALUES (?1, ?2)");
  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "si", key, number);

  return fare_statement_run (statement);
}

static gboolean
store_scan_end (FareIndexWriter *self,
                gint64           scan_end_ms)
{
  return store_number (self, "last_scan", scan_end_ms)
         && (self->scan_ms == 0 || store_number (self, "scan_ms", self->scan_ms));
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

static gboolean
decide (FareIndexWriter *self)
{
  g_autoptr(GHashTable) moved = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) sessions = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  GHashTableIter iter;
  gpointer session, change;

  if (!fare_sessions_settle (self->sessions, moved)
      || !touch_families (self, moved)
      || !touch_all_shared (self)
      || !fare_clusters_decide (self->clusters, sessions)
      || !fare_rollup_flush (self->rollup)
      || !fare_files_store (self->files, self->batch))
    return FALSE;
  g_hash_table_iter_init (&iter, sessions);
  while (g_hash_table_iter_next (&iter, &session, &change))
    if (!change_span (self, GPOINTER_TO_UINT (session), change))
      return FALSE;

  return fare_roster_update (self->db);
}

void
fare_index_writer_set_scan_time (FareIndexWriter *self,
                                 gint64           scan_ms)
{
  self->scan_ms = scan_ms;
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
  if (scan_end_ms != 0)
    sqlite3_wal_autocheckpoint (self->db, JOURNAL_PAGES);
  fare_names_trim (self->names);
  fare_sessions_trim (self->sessions);
  if (changed != NULL)
    *changed = self->is_visible;

  return TRUE;
}
