/* fare-index-files.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-files.h"

/* Bits of file.flags. */
#define FILE_FORK    (1 << 0)
#define FILE_MISSING (1 << 1)

struct _FareFiles
{
  sqlite3       *db;
  GHashTable    *by_key;      /* FareKnownFile, of those that were asked for */
  GHashTable    *by_id;
  FareStatement *find;
  FareStatement *get;
  FareStatement *store;
  FareStatement *count;
};

static void
known_file_free (FareKnownFile *file)
{
  g_free (file->key);
  g_free (file->path);
  g_free (file);
}

FareFiles *
fare_files_new (sqlite3 *db)
{
  FareFiles *self = g_new0 (FareFiles, 1);

  self->db = db;
  self->by_id = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) known_file_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
fare_files_free (FareFiles *self)
{
  g_clear_pointer (&self->find, sqlite3_finalize);
  g_clear_pointer (&self->get, sqlite3_finalize);
  g_clear_pointer (&self->store, sqlite3_finalize);
  g_clear_pointer (&self->count, sqlite3_finalize);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_free (self);
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

#define COLUMNS "id, key, path, device, inode, size, mtime_ns, offset, head, tail, parser," \
                " newest_ms, next_seq, flags, client, error IS NOT NULL, stamp"

static FareKnownFile *
take_row (FareFiles     *self,
          FareStatement *statement)
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

  return file;
}

static FareKnownFile *
load_one (FareFiles     *self,
          FareStatement *statement)
{
  FareKnownFile *file = NULL;

  if (sqlite3_step (statement) == SQLITE_ROW)
    file = take_row (self, statement);
  sqlite3_reset (statement);

  return file;
}

FareKnownFile *
fare_files_find (FareFiles  *self,
                 const char *key)
{
  FareKnownFile *file = g_hash_table_lookup (self->by_key, key);

  if (file != NULL)
    return file;
  if (self->find == NULL)
    self->find = fare_statement_new (self->db, "SELECT " COLUMNS " FROM file WHERE key = ?1");
  if (self->find == NULL)
    return NULL;
  fare_statement_bind (self->find, "s", key);

  return load_one (self, self->find);
}

FareKnownFile *
fare_files_get (FareFiles *self,
                guint32    id)
{
  FareKnownFile *file = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));

  if (file != NULL)
    return file;
  if (self->get == NULL)
    self->get = fare_statement_new (self->db, "SELECT " COLUMNS " FROM file WHERE id = ?1");
  if (self->get == NULL)
    return NULL;
  fare_statement_bind (self->get, "i", (gint64) id);

  return load_one (self, self->get);
}

gboolean
fare_files_foreach (FareFiles    *self,
                    FareKnownFileFunc  func,
                    gpointer      user_data)
{
  g_autoptr(FareStatement) statement = NULL;
  int result;

  statement = fare_statement_new (
    self->db, "SELECT id, key, nullif(path, key), device, inode, size, mtime_ns, parser, flags, stamp,"
              " error IS NOT NULL FROM file");
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const FareKnownFile file = {
        .id = (guint32) fare_statement_int (statement, 0),
        .key = (char *) fare_statement_text (statement, 1),
        .path = (char *) (sqlite3_column_type (statement, 2) != SQLITE_NULL
                          ? fare_statement_text (statement, 2) : NULL),
        .device = (guint64) fare_statement_int (statement, 3),
        .inode = (guint64) fare_statement_int (statement, 4),
        .size = fare_statement_int (statement, 5),
        .mtime_ns = fare_statement_int (statement, 6),
        .parser = fare_statement_int (statement, 7),
        .is_missing = (fare_statement_int (statement, 8) & FILE_MISSING) != 0,
        .stamp = fare_statement_int (statement, 9),
        .has_error = fare_statement_int (statement, 10) != 0,
      };

      func (&file, user_data);
    }

  return result == SQLITE_DONE;
}

static gboolean
is_free (gpointer key,
         gpointer value,
         gpointer user_data)
{
  const FareKnownFile *file = value;

  return !file->in_use && !file->in_batch;
}

void
fare_files_forget (FareFiles *self)
{
  g_hash_table_foreach_remove (self->by_key, is_free, NULL);
  g_hash_table_foreach_remove (self->by_id, is_free, NULL);
}

GBytes *
fare_files_dup_note (FareFiles           *self,
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

FareKnownFile *
fare_files_ensure (FareFiles        *self,
                   const FareSource *source,
                   guint32           client)
{
  g_autoptr(FareStatement) statement = NULL;
  FareKnownFile *file = fare_files_find (self, source->key);

  if (file != NULL)
    return file;
  statement = fare_statement_new (
    self->db, "INSERT INTO file (client, key, path, device, inode, size, mtime_ns, stamp, offset,"
              " head, tail, parser, newest_ms, next_seq, flags, lines, malformed, malformed_at, repeated)"
              " VALUES (?1, ?2, ?3, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0)");
  if (statement == NULL)
    return NULL;
  fare_statement_bind (statement, "iss", (gint64) client, source->key, source->path);
  if (!fare_statement_run (statement))
    return NULL;

  file = g_new0 (FareKnownFile, 1);
  file->id = (guint32) sqlite3_last_insert_rowid (self->db);
  take_key (file, g_strdup (source->key));
  file->client = client;
  file->size = -1;
  set_path (file, source->path);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (file->id), file);
  g_hash_table_insert (self->by_key, file->key, file);

  return file;
}

gboolean
fare_files_store (FareFiles     *self,
                  FareKnownFile *file,
                  gboolean       set_note,
                  GBytes        *note,
                  const char    *message)
{
  gint64 flags = (file->fold.is_fork ? FILE_FORK : 0) | (file->is_missing ? FILE_MISSING : 0);

  if (self->store == NULL)
    self->store = fare_statement_new (
      self->db, "UPDATE file SET key = ?2, path = ?3, device = ?4, inode = ?5, size = ?6,"
                " mtime_ns = ?7, offset = ?8, head = ?9, tail = ?10, parser = ?11, newest_ms = ?12,"
                " next_seq = ?13, flags = ?14, note = iif(?15, ?16, note), error = ?17,"
                " stamp = ?18 WHERE id = ?1");
  if (self->store == NULL)
    return FALSE;
  fare_statement_bind (self->store, "issiiiiiiiiiiiibsi", (gint64) file->id, file->key,
                       file->path, (gint64) file->device, (gint64) file->inode, file->size,
                       file->mtime_ns, file->offset, file->head, file->tail, file->parser,
                       file->fold.newest_ms, file->next_seq, flags, (gint64) set_note, note,
                       message, file->stamp);
  file->has_error = message != NULL;

  return fare_statement_run (self->store);
}

gboolean
fare_files_count_lines (FareFiles           *self,
                        const FareKnownFile *file,
                        const FareLog       *log,
                        gboolean             anew)
{
  if (self->count == NULL)
    self->count = fare_statement_new (
      self->db, "UPDATE file SET lines = iif(?2, 0, lines) + ?3,"
                " malformed = iif(?2, 0, malformed) + ?4,"
                " malformed_at = iif(?2 OR malformed_at < 0, ?5, malformed_at),"
                " repeated = iif(?2, 0, repeated) + ?6 WHERE id = ?1");
  if (self->count == NULL)
    return FALSE;
  fare_statement_bind (self->count, "iiiiii", (gint64) file->id, (gint64) anew, log->lines,
                       log->malformed, log->malformed_at, log->repeated);

  return fare_statement_run (self->count);
}

void
fare_known_file_take_source (FareKnownFile    *file,
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

void
fare_files_orphan (FareFiles     *self,
                   FareKnownFile *file)
{
  g_hash_table_remove (self->by_key, file->key);
  take_key (file, g_strdup_printf ("%s\x1f%u", file->key, file->id));
  file->is_missing = TRUE;
  g_hash_table_insert (self->by_key, file->key, file);
}

/* Rows were given their numbers while deciding. */
gboolean
fare_files_store_sequences (FareFiles       *self,
                            const GPtrArray *files)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "UPDATE file SET next_seq = ?2 WHERE id = ?1"
                                            " AND next_seq <> ?2");
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      FareKnownFile *file = g_ptr_array_index (files, i);

      fare_statement_bind (statement, "ii", (gint64) file->id, file->next_seq);
      if (!fare_statement_run (statement))
        return FALSE;
    }

  return TRUE;
}
