/* fare-index.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "index/fare-index.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "index/fare-index-lock.h"
#include "index/fare-index-schema.h"

/* A writer holds its lock for milliseconds, a checkpoint for some more. */
#define BUSY_TIMEOUT_MS 5000
#define RETRY_US (20 * 1000)

/* When the journal is put away, in pages: SQLite's own number. */
#define JOURNAL_PAGES 1000

struct _FareIndex
{
  GObject        parent_instance;

  char          *path;       /* NULL in memory */
  char          *name;       /* what sqlite3_open_v2() gets */
  sqlite3       *anchor;     /* keeps an index in memory alive */
  int            wait_ms;    /* how long to wait for other connections */
  gboolean       is_lasting; /* keeps a connection that nobody uses; guarded by the mutex, as is that */
  sqlite3       *spare;
  GMutex         mutex;
  FareIndexLock  lock;       /* the writer's */
};

G_DEFINE_FINAL_TYPE (FareIndex, fare_index, G_TYPE_OBJECT)

static void
fare_index_finalize (GObject *object)
{
  FareIndex *self = FARE_INDEX (object);

  fare_index_unlock (self);
  g_clear_pointer (&self->spare, sqlite3_close);
  g_clear_pointer (&self->anchor, sqlite3_close);
  g_mutex_clear (&self->mutex);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (fare_index_parent_class)->finalize (object);
}

static void
fare_index_class_init (FareIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_index_finalize;
}

/* Before SQLite's first use: nobody asks how much memory it has in use, and counting that costs a
 * lock at every allocation. */
static void
set_up_sqlite (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&done, 1);
}

static void
fare_index_init (FareIndex *self)
{
  set_up_sqlite ();
  g_mutex_init (&self->mutex);
  self->lock = FARE_INDEX_LOCK_INIT;
  self->wait_ms = BUSY_TIMEOUT_MS;
}

gboolean
fare_index_take_error (FareIndex  *self,
                       sqlite3    *db,
                       GError    **error)
{
  return fare_index_error_take (self->path, db, error);
}

gboolean
fare_index_take_corrupt (FareIndex  *self,
                         GError    **error)
{
  return fare_index_error_take_corrupt (self->path, error);
}

static gboolean
prepare (FareIndex *self,
         sqlite3   *db,
         gboolean   writable)
{
  sqlite3_busy_timeout (db, self->wait_ms);
  sqlite3_extended_result_codes (db, 1);
  if (sqlite3_exec (db, writable ? "PRAGMA query_only = 0" : "PRAGMA query_only = 1", NULL, NULL, NULL)
      != SQLITE_OK)
    return FALSE;
  if (!writable)
    return TRUE;
  /* NORMAL: after a power failure the last batch may be missing, and is simply read again. */
  if (self->path != NULL
      && sqlite3_exec (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                           "PRAGMA journal_size_limit = 4194304;"
                           "PRAGMA cache_size = -2048; PRAGMA temp_store = MEMORY",
                       NULL, NULL, NULL) != SQLITE_OK)
    return FALSE;

  return TRUE;
}

static sqlite3 *
take_spare (FareIndex *self)
{
  sqlite3 *db;

  g_mutex_lock (&self->mutex);
  db = g_steal_pointer (&self->spare);
  g_mutex_unlock (&self->mutex);

  return db;
}

/* Whether the name now leads to another file than the one that is open. */
static gboolean
has_moved (sqlite3 *db)
{
  int moved = 0;

  return sqlite3_file_control (db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || moved;
}

/* A connection with an error or an open statement behind it is not for anybody else. */
static gboolean
is_clean (sqlite3 *db)
{
  int result = sqlite3_errcode (db) & 0xff;

  return (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE)
         && sqlite3_next_stmt (db, NULL) == NULL
         && (sqlite3_get_autocommit (db)
             || sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK);
}

void
fare_index_disconnect (FareIndex *self,
                       sqlite3   *db)
{
  if (db != NULL && self->is_lasting && is_clean (db))
    {
      sqlite3_wal_autocheckpoint (db, JOURNAL_PAGES);
      g_mutex_lock (&self->mutex);
      if (self->is_lasting && self->spare == NULL)
        self->spare = g_steal_pointer (&db);
      g_mutex_unlock (&self->mutex);
    }
  sqlite3_close (db);
}

void
fare_index_keep_none (FareIndex *self)
{
  g_mutex_lock (&self->mutex);
  self->is_lasting = FALSE;
  g_mutex_unlock (&self->mutex);
  sqlite3_close (take_spare (self));
}

sqlite3 *
fare_index_connect (FareIndex  *self,
                    gboolean    writable,
                    GError    **error)
{
  sqlite3 *db;
  /* Readers too may have to put the journal of a crashed writer in order; the pragma in prepare()
   * keeps them from writing anything else. */
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_READWRITE
              | (self->path == NULL ? SQLITE_OPEN_CREATE : 0);

  g_return_val_if_fail (FARE_IS_INDEX (self), NULL);

  db = take_spare (self);
  if (db != NULL && !has_moved (db) && prepare (self, db, writable))
    return db;
  g_clear_pointer (&db, sqlite3_close);
  if (sqlite3_open_v2 (self->name, &db, flags, NULL) != SQLITE_OK || !prepare (self, db, writable))
    {
      fare_index_take_error (self, db, error);
      sqlite3_close (db);
      return NULL;
    }

  return db;
}

static gboolean
check_version (FareIndex  *self,
               sqlite3    *db,
               GError    **error)
{
  gboolean is_ours = FALSE;
  int version = fare_schema_get_version (db, &is_ours);

  if (version < 0)
    return fare_index_take_error (self, db, error);
  if (!is_ours)
    {
      g_set_error (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT,
                   _("“%s” is not an index of Tokenfare. Move it away to have a new one built."),
                   self->path);
      return FALSE;
    }
  if (version > FARE_SCHEMA_VERSION)
    {
      g_set_error (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_NEWER,
                   _("The index “%s” was written by a newer version of Tokenfare. It is left as it "
                     "is; update Tokenfare to use it."), self->path);
      return FALSE;
    }

  return TRUE;
}

/* Looks at a file before anything may be written to it: one that is not ours, or that is newer, is
 * not to change by a byte. */
static gboolean
check_file_with (FareIndex  *self,
                 int         flags,
                 GError    **error)
{
  sqlite3 *db = NULL;
  gboolean done;

  done = sqlite3_open_v2 (self->path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
  if (done)
    {
      sqlite3_busy_timeout (db, self->wait_ms);
      done = check_version (self, db, error);
    }
  else
    fare_index_take_error (self, db, error);
  sqlite3_close (db);

  return done;
}

static gboolean
check_file (FareIndex  *self,
            GError    **error)
{
  g_autoptr(GError) reason = NULL;

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS) || fare_schema_is_current_file (self->path)
      || check_file_with (self, SQLITE_OPEN_READONLY, &reason))
    return TRUE;
  /* After a crash the journal has to be put in order before anything can be read, and only a
   * connection that may write can do that. */
  if (g_error_matches (reason, FARE_INDEX_ERROR, FARE_INDEX_ERROR_READ_ONLY))
    return check_file_with (self, SQLITE_OPEN_READWRITE, error);
  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

/* Nothing of a new index has to be safe before something is in it, and waiting for the disk takes longer
 * than all else here.  Whatever comes of a power failure is a new index again: one page at most is
 * written into the file, and the journal proves itself. */
static gboolean
set_synchronous (sqlite3  *db,
                 gboolean  is_new)
{
  return sqlite3_exec (db, is_new ? "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL"
                                  : "PRAGMA synchronous = NORMAL", NULL, NULL, NULL) == SQLITE_OK;
}

static gboolean
is_empty (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) != 0 || info.st_size == 0;
}

static gboolean
set_up (FareIndex  *self,
        GError    **error)
{
  gboolean is_new = self->path != NULL && is_empty (self->path);
  gboolean is_ours = FALSE, done;
  sqlite3 *db = NULL;
  int version = 0;

  done = sqlite3_open_v2 (self->name, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                           | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL)
         == SQLITE_OK;
  /* What agents were asked is nobody else's business. */
  if (done && self->path != NULL)
    g_chmod (self->path, 0600);
  done = done && (!is_new || set_synchronous (db, TRUE)) && prepare (self, db, TRUE)
         && (!is_new || set_synchronous (db, TRUE));
  if (done)
    version = fare_schema_get_version (db, &is_ours);
  /* Written in the meantime by a newer version, or the journal knows of one. */
  if (version > FARE_SCHEMA_VERSION)
    {
      check_version (self, db, error);
      sqlite3_close (db);
      return FALSE;
    }
  done = done && (version == FARE_SCHEMA_VERSION || fare_schema_migrate (db))
         && (!is_new || set_synchronous (db, FALSE));
  if (done)
    {
      fare_index_disconnect (self, db);
      return TRUE;
    }
  fare_index_take_error (self, db, error);
  sqlite3_close (db);

  return FALSE;
}

/* Two programs that create the index at the same moment get in each other's way while one of them
 * turns the journal on, and there SQLite does not wait by itself. */
static gboolean
open_patiently (FareIndex  *self,
                GError    **error)
{
  gint64 end = g_get_monotonic_time () + BUSY_TIMEOUT_MS * 1000;

  for (;;)
    {
      g_autoptr(GError) reason = NULL;

      if (check_file (self, &reason) && set_up (self, &reason))
        return TRUE;
      if (!g_error_matches (reason, FARE_INDEX_ERROR, FARE_INDEX_ERROR_BUSY)
          || g_get_monotonic_time () > end)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      g_usleep (RETRY_US);
    }
}

static FareIndex *
open_file (const char  *path,
           gboolean     is_lasting,
           GError     **error)
{
  g_autoptr(FareIndex) self = g_object_new (FARE_TYPE_INDEX, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  self->is_lasting = is_lasting;
  self->path = g_strdup (path);
  self->name = g_strdup (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int saved = errno;

      g_set_error (error, FARE_INDEX_ERROR,
                   saved == ENOSPC ? FARE_INDEX_ERROR_FULL : FARE_INDEX_ERROR_READ_ONLY,
                   _("The folder “%s” cannot be created (%s)."), folder, g_strerror (saved));
      return NULL;
    }
  if (!open_patiently (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

FareIndex *
fare_index_open (const char  *path,
                 GError     **error)
{
  return open_file (path, FALSE, error);
}

FareIndex *
fare_index_open_lasting (const char  *path,
                         GError     **error)
{
  return open_file (path, TRUE, error);
}

static gint64
get_size_beside (const char *path,
                 const char *tail)
{
  g_autofree char *name = g_strconcat (path, tail, NULL);
  GStatBuf info;

  return g_stat (name, &info) == 0 ? (gint64) info.st_size : -1;
}

FareIndex *
fare_index_open_untouched (const char  *path,
                           GError     **error)
{
  g_autoptr(FareIndex) self = g_object_new (FARE_TYPE_INDEX, NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, error);
  gboolean has_journal = get_size_beside (path, "-wal") > 0;
  sqlite3 *db;
  gboolean done;

  if (uri == NULL)
    return NULL;
  self->path = g_strdup (path);
  if (has_journal && get_size_beside (path, "-shm") <= 0)
    {
      g_set_error (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_UNFINISHED,
                   _("The program that wrote the index “%s” last was interrupted."), path);
      return NULL;
    }

  /* Without a journal nobody has it open, or nobody has written yet. */
  self->name = g_strconcat (uri, has_journal ? "?mode=ro&readonly_shm=1" : "?mode=ro&immutable=1",
                            NULL);
  db = fare_index_connect (self, FALSE, error);
  if (db == NULL)
    return NULL;
  done = check_version (self, db, error);
  sqlite3_close (db);

  return done ? g_steal_pointer (&self) : NULL;
}

FareIndex *
fare_index_open_existing (const char *path,
                          guint       wait_ms)
{
  g_autoptr(FareIndex) self = g_object_new (FARE_TYPE_INDEX, NULL);
  sqlite3 *db = NULL;
  gboolean done;

  self->path = g_strdup (path);
  self->name = g_strdup (path);
  fare_index_set_wait (self, wait_ms);
  done = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
         && sqlite3_busy_timeout (db, self->wait_ms) == SQLITE_OK
         && sqlite3_extended_result_codes (db, 1) == SQLITE_OK
         && fare_schema_is_current (db);
  self->is_lasting = done;
  fare_index_disconnect (self, db);

  return done ? g_steal_pointer (&self) : NULL;
}

void
fare_index_set_wait (FareIndex *self,
                     guint      wait_ms)
{
  self->wait_ms = (int) MIN (wait_ms, BUSY_TIMEOUT_MS);
}

/* The memdb file system lets several connections share one database by its name; it lives as long
 * as one of them. */
static gboolean
open_anchor (FareIndex  *self,
             GError    **error)
{
  g_clear_pointer (&self->anchor, sqlite3_close);
  g_free (self->name);
  self->name = g_strdup_printf ("file:/tokenfare-%p-%" G_GINT64_FORMAT "?vfs=memdb",
                                (gpointer) self, g_get_monotonic_time ());
  self->anchor = fare_index_connect (self, TRUE, error);

  return self->anchor != NULL;
}

/* Copies a whole file or nothing.  A plain copy of its pages would also copy the mark that it has a
 * journal beside it, which a database in memory cannot have; so it is written anew. */
static gboolean
copy_contents (FareIndex  *self,
               const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  char *statement = sqlite3_mprintf ("VACUUM INTO %Q", self->name);
  /* Without leave to write beside the file its journal cannot be read. */
  static const char * const ways[] = { "?mode=ro", "?mode=ro&immutable=1" };
  gboolean done = FALSE;

  for (guint i = 0; uri != NULL && !done && i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *name = g_strconcat (uri, ways[i], NULL);
      sqlite3 *source = NULL;
      gboolean is_ours = FALSE;
      int version;

      done = sqlite3_open_v2 (name, &source, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL)
             == SQLITE_OK
             && (version = fare_schema_get_version (source, &is_ours)) > 0
             && version <= FARE_SCHEMA_VERSION && is_ours
             && sqlite3_exec (source, statement, NULL, NULL, NULL) == SQLITE_OK;
      sqlite3_close (source);
    }
  sqlite3_free (statement);

  return done;
}

FareIndex *
fare_index_open_memory (const char  *copy_from,
                        GError     **error)
{
  g_autoptr(FareIndex) self = g_object_new (FARE_TYPE_INDEX, NULL);

  if (!open_anchor (self, error))
    return NULL;
  if (copy_from != NULL && !copy_contents (self, copy_from) && !open_anchor (self, error))
    return NULL;
  if (!set_up (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
fare_index_get_path (FareIndex *self)
{
  g_return_val_if_fail (FARE_IS_INDEX (self), NULL);

  return self->path;
}

gboolean
fare_index_try_lock (FareIndex  *self,
                     gboolean    lasting,
                     GError    **error)
{
  g_return_val_if_fail (FARE_IS_INDEX (self), FALSE);

  return self->path == NULL || fare_index_lock_try (&self->lock, self->path, lasting, error);
}

gboolean
fare_index_is_kept (FareIndex *self)
{
  g_return_val_if_fail (FARE_IS_INDEX (self), FALSE);

  return self->path != NULL && fare_index_lock_is_kept (self->path);
}

void
fare_index_unlock (FareIndex *self)
{
  fare_index_lock_release (&self->lock);
}
