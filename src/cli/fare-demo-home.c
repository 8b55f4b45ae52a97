/* fare-demo-home.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-demo-home.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <utime.h>

struct _FareDemoHome
{
  char       *folder;
  GHashTable *databases; /* path → sqlite3 */
};

static void
close_database (gpointer data)
{
  sqlite3_close (data);
}

FareDemoHome *
fare_demo_home_new (const char *folder)
{
  FareDemoHome *self = g_new0 (FareDemoHome, 1);

  self->folder = g_strdup (folder);
  self->databases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, close_database);

  return self;
}

gboolean
fare_demo_home_write (const FareDemoSession  *session,
                      gpointer                user_data,
                      GError                **error)
{
  static const char * const documents[] = { "amp", "cline", "droid", "roo_code", NULL };
  static const char * const rows[] = {
    "antigravity", "goose", "hermes", "kilocode", "mimo", "opencode", NULL
  };

  if (g_strv_contains (documents, session->client))
    return fare_demo_write_documents (user_data, session, error);

  if (g_strv_contains (rows, session->client))
    return fare_demo_write_rows (user_data, session, error);

  return fare_demo_write_lines (user_data, session, error);
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int saved;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  saved = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved),
               _("The folder “%s” cannot be made: %s"), folder, g_strerror (saved));

  return FALSE;
}

gboolean
fare_demo_home_save (FareDemoHome           *home,
                     const FareDemoSession  *session,
                     GString                *text,
                     GError                **error,
                     const char             *format,
                     ...)
{
  g_autofree char *below = NULL;
  g_autofree char *path = NULL;
  struct utimbuf times;
  gboolean is_saved;
  va_list args;

  va_start (args, format);
  below = g_strdup_vprintf (format, args);
  va_end (args);

  path = g_build_filename (home->folder, below, NULL);
  is_saved = make_folder (path, error) && g_file_set_contents (path, text->str, (gssize) text->len, error);
  times.actime = times.modtime = session->calls[session->n_calls - 1].time_ms / 1000;

  if (is_saved)
    utime (path, &times);

  g_string_free (text, TRUE);

  return is_saved;
}

static gboolean
execute (sqlite3     *database,
         const char  *sql,
         const char  *path,
         GError     **error)
{
  if (sqlite3_exec (database, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               _("The database “%s” cannot be written: %s"), path, sqlite3_errmsg (database));

  return FALSE;
}

static sqlite3 *
open_database (FareDemoHome  *home,
               const char    *below,
               const char    *schema,
               GError       **error)
{
  g_autofree char *path = g_build_filename (home->folder, below, NULL);
  sqlite3 *database = g_hash_table_lookup (home->databases, path);

  if (database != NULL)
    return database;

  if (!make_folder (path, error))
    return NULL;

  sqlite3_open (path, &database);
  g_hash_table_insert (home->databases, g_strdup (path), database);

  if (!execute (database, "BEGIN", path, error) || !execute (database, schema, path, error))
    return NULL;

  return database;
}

gboolean
fare_demo_home_run (FareDemoHome  *home,
                    const char    *path,
                    const char    *schema,
                    GError       **error,
                    const char    *format,
                    ...)
{
  sqlite3 *database = open_database (home, path, schema, error);
  g_autofree char *sql = NULL;
  va_list args;

  if (database == NULL)
    return FALSE;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);

  return execute (database, sql, path, error);
}

gboolean
fare_demo_home_close (FareDemoHome  *self,
                      GError       **error)
{
  GHashTableIter iter;
  gpointer path, database;
  gboolean is_done = TRUE;

  g_hash_table_iter_init (&iter, self->databases);

  while (is_done && g_hash_table_iter_next (&iter, &path, &database))
    is_done = execute (database, "COMMIT", path, error);

  g_hash_table_unref (self->databases);
  g_free (self->folder);
  g_free (self);

  return is_done;
}

char *
fare_demo_stamp (gint64 time_ms)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, (int) (time_ms % 1000));
}

const char *
fare_demo_prompt (const FareDemoSession *session,
                  const FareDemoCall    *call,
                  guint                 *n_seen)
{
  if (!call->is_prompted)
    return NULL;

  /* What was asked first is what the session is called after. */
  if ((*n_seen)++ == 0)
    return session->title;

  return g_ptr_array_index (session->prompts, *n_seen - 1);
}
