/* fare-foreign-db.c
 *
 * Three cases.  Without a journal the file is read as it lies there, without any lock.
 * With a journal and its owner at work, SQLite's shared memory file exists and an
 * ordinary read-only connection disturbs nobody.  With a journal that a crash left
 * behind, reading would have to create that file, so a private copy is read instead.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "formats/fare-foreign-db.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

/* The owner may be writing; waiting longer would hold up the scan for something the next one sees. */
#define BUSY_TIMEOUT_MS 50

struct _FareForeignDb
{
  sqlite3 *db;
  char    *copy; /* (nullable): folder with the private copy */
};

static void
remove_copy (FareForeignDb *self)
{
  static const char * const names[] = { "db", "db-wal", "db-shm", "db-journal" };

  if (self->copy == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->copy, names[i], NULL);
      g_unlink (path);
    }
  g_rmdir (self->copy);
  g_clear_pointer (&self->copy, g_free);
}

void
fare_foreign_db_free (FareForeignDb *self)
{
  g_clear_pointer (&self->db, sqlite3_close);
  remove_copy (self);
  g_free (self);
}

static gint64
file_size (const char *path,
           const char *tail)
{
  g_autofree char *full = g_strconcat (path, tail, NULL);
  struct stat info;

  return stat (full, &info) == 0 ? (gint64) info.st_size : -1;
}

static gboolean
copy_file (const char  *from,
           const char  *tail,
           const char  *folder,
           GError     **error)
{
  g_autofree char *source = g_strconcat (from, tail, NULL);
  g_autofree char *name = g_strconcat ("db", tail, NULL);
  g_autofree char *target = g_build_filename (folder, name, NULL);
  g_autoptr(GFile) source_file = g_file_new_for_path (source);
  g_autoptr(GFile) target_file = g_file_new_for_path (target);

  return g_file_copy (source_file, target_file, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
}

static char *
make_copy (FareForeignDb  *self,
           const char     *path,
           GError        **error)
{
  self->copy = g_dir_make_tmp ("tokenfare-XXXXXX", error);
  if (self->copy == NULL
      || !copy_file (path, "", self->copy, error) || !copy_file (path, "-wal", self->copy, error))
    return NULL;

  return g_build_filename (self->copy, "db", NULL);
}

/* Says how to open the file, as the query part of its URI. */
static const char *
find_way (FareForeignDb  *self,
          const char     *path,
          char          **readable,
          GError        **error)
{
  gboolean has_journal = file_size (path, "-wal") > 0;

  if (has_journal && file_size (path, "-shm") < 0)
    {
      *readable = make_copy (self, path, error);
      return *readable != NULL ? "" : NULL;
    }
  *readable = g_strdup (path);

  return has_journal ? "?mode=ro" : "?mode=ro&immutable=1";
}

FareForeignDb *
fare_foreign_db_open (const char  *path,
                      GError     **error)
{
  g_autoptr(FareForeignDb) self = g_new0 (FareForeignDb, 1);
  g_autofree char *readable = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *name = NULL;
  const char *way = find_way (self, path, &readable, error);
  int flags = self->copy != NULL ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;

  if (way == NULL)
    return NULL;
  uri = g_filename_to_uri (readable, NULL, error);
  if (uri == NULL)
    return NULL;
  name = g_strconcat (uri, way, NULL);
  if (sqlite3_open_v2 (name, &self->db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL)
      != SQLITE_OK
      || sqlite3_exec (self->db, "PRAGMA query_only = 1; SELECT count(*) FROM sqlite_master", NULL,
                       NULL, NULL) != SQLITE_OK)
    {
      fare_foreign_db_check (self, SQLITE_ERROR, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);

  return g_steal_pointer (&self);
}

sqlite3 *
fare_foreign_db_get (FareForeignDb *self)
{
  return self->db;
}

gboolean
fare_foreign_db_has_table (FareForeignDb *self,
                           const char    *table,
                           const char    *column)
{
  sqlite3_stmt *statement = NULL;
  gboolean found = FALSE;

  if (sqlite3_prepare_v2 (self->db, "SELECT 1 FROM pragma_table_info(?1)"
                                    " WHERE ?2 IS NULL OR name = ?2 LIMIT 1",
                          -1, &statement, NULL) == SQLITE_OK)
    {
      sqlite3_bind_text (statement, 1, table, -1, SQLITE_STATIC);
      if (column != NULL)
        sqlite3_bind_text (statement, 2, column, -1, SQLITE_STATIC);
      found = sqlite3_step (statement) == SQLITE_ROW;
    }
  sqlite3_finalize (statement);

  return found;
}

sqlite3_stmt *
fare_foreign_db_prepare (FareForeignDb  *self,
                         const char     *sql,
                         GError        **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    fare_foreign_db_check (self, SQLITE_ERROR, error);

  return statement;
}

gboolean
fare_foreign_db_check (FareForeignDb  *self,
                       int             result,
                       GError        **error)
{
  if (result == SQLITE_DONE)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The database cannot be read (%s)."),
               sqlite3_errmsg (self->db));

  return FALSE;
}
