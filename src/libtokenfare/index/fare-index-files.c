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
  char          *own;         /* (nullable): this machine's id, once it shares */
  guint32        last_id;     /* of the stored files and those to be stored; 0 when not looked up */
  FareStatement *find;
  FareStatement *get;
  FareStatement *add;
  FareStatement *change;
};

static void
clear_change (FareKnownFile *file)
{
  g_clear_pointer (&file->change.note, g_bytes_unref);
  g_clear_pointer (&file->change.message, g_free);
  file->change = (FareFileChange) { .malformed_at = -1 };
}

static void
known_file_free (FareKnownFile *file)
{
  clear_change (file);
  g_free (file->fold_key);
  g_free (file->key);
  g_free (file->path);
  g_free (file);
}

static char *
find_own_id (sqlite3 *db)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (db, "SELECT value FROM meta WHERE key = 'machine_uid'");

  return statement != NULL && sqlite3_step (statement) == SQLITE_ROW
         ? g_strdup (fare_statement_text (statement, 0)) : NULL;
}

void
fare_files_read_own_id (FareFiles *self)
{
  g_free (self->own);
  self->own = find_own_id (self->db);
}

FareFiles *
fare_files_new (sqlite3 *db)
{
  FareFiles *self = g_new0 (FareFiles, 1);

  self->db = db;
  self->own = find_own_id (db);
  self->by_id = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) known_file_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
fare_files_free (FareFiles *self)
{
  g_clear_pointer (&self->find, sqlite3_finalize);
  g_clear_pointer (&self->get, sqlite3_finalize);
  g_clear_pointer (&self->add, sqlite3_finalize);
  g_clear_pointer (&self->change, sqlite3_finalize);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_free (self->own);
  g_free (self);
}

static void
set_path (FareKnownFile *file,
          const char    *path)
{
  g_free (file->path);
  file->path = g_strdup (path);
}

/* Ties between files are broken by their keys: a log that is moved keeps its place.  A tie between
 * machines has to end alike on all of them, so the machine comes first; the key of another
 * machine's file begins with it. */
static void
take_key (FareFiles     *self,
          FareKnownFile *file,
          char          *key)
{
  g_free (file->key);
  file->key = key;
  g_free (file->fold_key);
  file->fold_key = file->machine == 0 && self->own != NULL ? g_strconcat (self->own, key, NULL)
                                                           : NULL;
  file->fold.key = file->before.key = file->fold_key != NULL ? file->fold_key : key;
}

#define COLUMNS "id, key, iif(path = '', key, path), device, inode, size, mtime_ns, offset, head, tail, parser," \
                " newest_ms, next_seq, flags, client, error IS NOT NULL, stamp, machine"

static FareKnownFile *
take_row (FareFiles     *self,
          FareStatement *statement)
{
  FareKnownFile *file = g_new0 (FareKnownFile, 1);
  gint64 flags = fare_statement_int (statement, 13);

  file->id = (guint32) fare_statement_int (statement, 0);
  file->machine = (guint32) fare_statement_int (statement, 17);
  take_key (self, file, g_strdup (fare_statement_text (statement, 1)));
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
  file->is_stored = TRUE;
  file->change.malformed_at = -1;
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
  fare_statement_bind (self->find, "t", key);

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
    self->db, "SELECT id, key, nullif(nullif(path, ''), key), device, inode, size, mtime_ns, parser, flags, stamp,"
              " error IS NOT NULL FROM file WHERE machine = 0");
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

  if (file->change.sets_note)
    return file->change.note != NULL ? g_bytes_ref (file->change.note) : NULL;
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

/* Another program may have written since the last batch, but not since this one began. */
static gboolean
find_last_id (FareFiles *self)
{
  g_autoptr(FareStatement) statement = NULL;

  if (self->last_id != 0)
    return TRUE;
  statement = fare_statement_new (self->db, "SELECT max(id) FROM file");
  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW)
    return FALSE;
  self->last_id = (guint32) fare_statement_int (statement, 0);

  return TRUE;
}

FareKnownFile *
fare_files_ensure (FareFiles        *self,
                   const FareSource *source,
                   guint32           client,
                   guint32           machine,
                   gboolean          is_new)
{
  FareKnownFile *file = is_new ? g_hash_table_lookup (self->by_key, source->key)
                               : fare_files_find (self, source->key);

  if (file != NULL)
    return file;
  if (!find_last_id (self))
    return NULL;

  file = g_new0 (FareKnownFile, 1);
  file->id = ++self->last_id;
  file->machine = machine;
  take_key (self, file, g_strdup (source->key));
  file->client = client;
  file->size = -1;
  file->change.malformed_at = -1;
  set_path (file, source->path);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (file->id), file);
  g_hash_table_insert (self->by_key, file->key, file);

  return file;
}

void
fare_known_file_note_place (FareKnownFile *file,
                            const char    *message)
{
  file->change.is_any = TRUE;
  g_free (file->change.message);
  file->change.message = g_strdup (message);
  file->has_error = message != NULL;
}

void
fare_known_file_note_log (FareKnownFile *file,
                          const FareLog *log,
                          gboolean       anew)
{
  FareFileChange *change = &file->change;

  fare_known_file_note_place (file, NULL);
  if (anew)
    {
      change->anew = TRUE;
      change->lines = change->malformed = change->repeated = 0;
      change->malformed_at = -1;
    }
  change->lines += log->lines;
  change->malformed += log->malformed;
  if (change->malformed_at < 0)
    change->malformed_at = log->malformed_at;
  change->repeated += log->repeated;
  change->sets_note = TRUE;
  g_clear_pointer (&change->note, g_bytes_unref);
  change->note = log->new_note != NULL ? g_bytes_ref (log->new_note) : NULL;
}

static gboolean
prepare_to_store (FareFiles *self)
{
  if (self->add == NULL)
    self->add = fare_statement_new (
      self->db, "INSERT OR FAIL INTO file (id, key, path, device, inode, size, mtime_ns, offset, head, tail,"
                " parser, newest_ms, next_seq, flags, note, error, stamp, client, lines, malformed,"
                " malformed_at, repeated, machine) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
                " ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)");
  if (self->change == NULL)
    self->change = fare_statement_new (
      self->db, "UPDATE OR FAIL file SET key = ?2, path = ?3, device = ?4, inode = ?5, size = ?6,"
                " mtime_ns = ?7, offset = ?8, head = ?9, tail = ?10, parser = ?11, newest_ms = ?12,"
                " next_seq = ?13, flags = ?14, note = iif(?23, ?15, note), error = ?16,"
                " stamp = ?17, client = ?18, lines = iif(?24, 0, lines) + ?19,"
                " malformed = iif(?24, 0, malformed) + ?20,"
                " malformed_at = iif(?24 OR malformed_at < 0, ?21, malformed_at),"
                " repeated = iif(?24, 0, repeated) + ?22 WHERE id = ?1");

  return self->add != NULL && self->change != NULL;
}

static gboolean
store_one (FareFiles     *self,
           FareKnownFile *file)
{
  const FareFileChange *change = &file->change;
  gint64 flags = (file->fold.is_fork ? FILE_FORK : 0) | (file->is_missing ? FILE_MISSING : 0);
  FareStatement *statement;

  if (!prepare_to_store (self))
    return FALSE;
  statement = file->is_stored ? self->change : self->add;
  fare_statement_bind (statement, "ittiiiiiiiiiiibtiiiiii", (gint64) file->id, file->key,
                       g_str_equal (file->path, file->key) ? "" : file->path, (gint64) file->device, (gint64) file->inode, file->size, file->mtime_ns,
                       file->offset, file->head, file->tail, file->parser, file->fold.newest_ms,
                       file->next_seq, flags, change->note, change->message, file->stamp,
                       (gint64) file->client, change->lines, change->malformed,
                       change->malformed_at, change->repeated);
  if (!file->is_stored)
    sqlite3_bind_int64 (statement, 23, file->machine);
  else
    {
      sqlite3_bind_int64 (statement, 23, change->sets_note);
      sqlite3_bind_int64 (statement, 24, change->anew);
    }
  if (!fare_statement_run (statement))
    return FALSE;
  file->is_stored = TRUE;
  clear_change (file);

  return TRUE;
}

gboolean
fare_files_store (FareFiles       *self,
                  const GPtrArray *files)
{
  self->last_id = 0;
  for (guint i = 0; i < files->len; i++)
    {
      FareKnownFile *file = g_ptr_array_index (files, i);

      if (file->change.is_any && !store_one (self, file))
        return FALSE;
    }

  return TRUE;
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

gboolean
fare_files_orphan (FareFiles     *self,
                   FareKnownFile *file)
{
  g_hash_table_remove (self->by_key, file->key);
  take_key (self, file, g_strdup_printf ("%s\x1f%u", file->key, file->id));
  file->is_missing = TRUE;
  g_hash_table_insert (self->by_key, file->key, file);

  /* At once: the key is free for the other file from here on. */
  return store_one (self, file);
}
