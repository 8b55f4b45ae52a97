/* fare-index-maintenance.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "index/fare-index-maintenance.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "index/fare-index-locator.h"
#include "index/fare-index-packs.h"
#include "index/fare-index-places.h"
#include "index/fare-index-reader.h"
#include "index/fare-index-rollup.h"
#include "index/fare-index-roster.h"

static gboolean
check_pages (sqlite3      *db,
             GStrvBuilder *problems)
{
  g_autoptr(FareStatement) statement = NULL;
  int result;

  statement = fare_statement_new (db, "PRAGMA integrity_check(20)");
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    if (g_strcmp0 (fare_statement_text (statement, 0), "ok") != 0)
      g_strv_builder_add (problems, fare_statement_text (statement, 0));

  return result == SQLITE_DONE;
}

/* More sentences than this help nobody. */
#define MAX_PROBLEMS 20

static gboolean
check_rollup (sqlite3      *db,
              GStrvBuilder *problems)
{
  g_autoptr(GArray) quarters = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!fare_rollup_find_faults (db, quarters))
    return FALSE;
  for (guint i = 0; i < MIN (quarters->len, MAX_PROBLEMS); i++)
    {
      gint64 seconds = g_array_index (quarters, gint64, i) * (FARE_QUARTER_MS / 1000);
      g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;
      g_autofree char *problem = NULL;

      problem = g_strdup_printf (_("The sums of the quarter hour %s differ from its responses."),
                                 text != NULL ? text : "?");
      g_strv_builder_add (problems, problem);
    }

  return TRUE;
}

static gboolean
check_locator (sqlite3      *db,
               GStrvBuilder *problems)
{
  g_autoptr(FareLocator) locator = fare_locator_new (db);
  gboolean is_sound = FALSE;

  if (!fare_locator_check (locator, &is_sound))
    return FALSE;
  if (!is_sound)
    g_strv_builder_add (problems, _("Responses cannot all be found by their fingerprints."));

  return TRUE;
}

gboolean
fare_index_check (FareIndex  *index,
                  GStrv      *problems,
                  GError    **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  sqlite3 *db = fare_index_connect (index, FALSE, error);
  gboolean done;

  if (db == NULL)
    return FALSE;
  done = check_pages (db, builder) && check_rollup (db, builder) && check_locator (db, builder);
  if (!done)
    fare_index_take_error (index, db, error);
  else
    *problems = g_strv_builder_end (builder);
  sqlite3_close (db);

  return done;
}

static gboolean
run (sqlite3    *db,
     const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static gboolean
rebuild_rollup (sqlite3 *db)
{
  g_autoptr(FareRollup) rollup = fare_rollup_new (db, NULL, 0);

  return fare_rollup_rebuild (rollup);
}

static gboolean
rebuild_locator (sqlite3 *db)
{
  g_autoptr(FareLocator) locator = fare_locator_new (db);

  return fare_locator_rebuild (locator);
}

typedef struct
{
  gint64 first_ms;
  gint64 last_ms;
} Span;

static gboolean
widen_cb (const FareRow *row,
          gpointer       user_data)
{
  GHashTable *spans = user_data;
  Span *span = g_hash_table_lookup (spans, GUINT_TO_POINTER (row->event_session));

  if (row->role != FARE_ROLE_COUNTED)
    return TRUE;
  if (span == NULL)
    {
      span = g_new (Span, 1);
      *span = (Span) { row->event_ms, row->event_ms };
      g_hash_table_insert (spans, GUINT_TO_POINTER (row->event_session), span);
    }
  span->first_ms = MIN (span->first_ms, row->event_ms);
  span->last_ms = MAX (span->last_ms, row->event_ms);

  return TRUE;
}

/* When each session was at work, from its rows. */
static gboolean
rebuild_spans (sqlite3 *db)
{
  g_autoptr(FarePacks) packs = fare_packs_new (db);
  g_autoptr(GHashTable) spans = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr(FareStatement) store = NULL;
  GHashTableIter iter;
  gpointer session, value;

  store = fare_statement_new (db, "UPDATE session SET first_ms = ?2, last_ms = ?3 WHERE id = ?1");
  if (store == NULL
      || !run (db, "UPDATE session SET first_ms = NULL, last_ms = NULL")
      || !fare_packs_foreach (packs, G_MININT64, G_MAXINT64, widen_cb, spans))
    return FALSE;
  g_hash_table_iter_init (&iter, spans);
  while (g_hash_table_iter_next (&iter, &session, &value))
    {
      const Span *span = value;

      fare_statement_bind (store, "iii", (gint64) GPOINTER_TO_UINT (session), span->first_ms,
                           span->last_ms);
      if (!fare_statement_run (store))
        return FALSE;
    }

  return TRUE;
}

gboolean
fare_index_repair (FareIndex  *index,
                   GError    **error)
{
  sqlite3 *db = fare_index_connect (index, TRUE, error);
  gboolean done;

  if (db == NULL)
    return FALSE;
  done = run (db, "BEGIN IMMEDIATE")
         && run (db, "REINDEX")
         && rebuild_rollup (db)
         && fare_places_rebuild (db)
         && rebuild_locator (db)
         && rebuild_spans (db)
         && run (db, "DELETE FROM roster")
         && fare_roster_update (db)
         && run (db, "COMMIT");
  if (!done)
    fare_index_take_error (index, db, error);
  sqlite3_close (db);

  return done;
}

gboolean
fare_index_forget_notes (FareIndex  *index,
                         GError    **error)
{
  sqlite3 *db = fare_index_connect (index, TRUE, error);
  gboolean done;

  if (db == NULL)
    return FALSE;
  done = run (db, "UPDATE file SET parser = 0 WHERE flags & 2 = 0");
  if (!done)
    fare_index_take_error (index, db, error);
  sqlite3_close (db);

  return done;
}

gboolean
fare_index_copy (const char  *source,
                 const char  *target,
                 GError     **error)
{
  sqlite3 *from = NULL, *to = NULL;
  sqlite3_backup *backup = NULL;
  gboolean done = FALSE;

  if (sqlite3_open_v2 (source, &from, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
      && sqlite3_open_v2 (target, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK)
    backup = sqlite3_backup_init (to, "main", from, "main");
  if (backup != NULL)
    {
      done = sqlite3_backup_step (backup, -1) == SQLITE_DONE;
      done = sqlite3_backup_finish (backup) == SQLITE_OK && done;
    }
  if (!done)
    {
      g_set_error (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT,
                   _("The index “%s” cannot be read completely (%s)."), source,
                   sqlite3_errmsg (to != NULL ? to : from));
      g_unlink (target);
    }
  sqlite3_close (to);
  sqlite3_close (from);

  return done;
}

static gboolean
move (const char  *from,
      const char  *to,
      GError     **error)
{
  int saved;

  if (g_rename (from, to) == 0)
    return TRUE;
  saved = errno;
  g_set_error (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_FAILED,
               _("“%s” cannot be renamed to “%s” (%s)."), from, to, g_strerror (saved));

  return FALSE;
}

/* The journal belongs to the old file and goes with it. */
static gboolean
move_aside (const char  *path,
            const char  *backup,
            GError     **error)
{
  static const char * const tails[] = { "-wal", "-shm" };

  if (!move (path, backup, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *from = g_strconcat (path, tails[i], NULL);
      g_autofree char *to = g_strconcat (backup, tails[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && !move (from, to, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
fare_index_replace (const char  *path,
                    const char  *fresh,
                    char       **backup,
                    GError     **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d%H%M%S");
  g_autofree char *aside = g_strconcat (path, ".bak.", stamp, NULL);

  *backup = NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      if (!move_aside (path, aside, error))
        return FALSE;
      *backup = g_steal_pointer (&aside);
    }

  return move (fresh, path, error);
}

gint64
fare_index_count_events (const char *path)
{
  sqlite3 *db = NULL;
  gint64 count = -1;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
    {
      g_autoptr(FareStatement) statement = NULL;

      statement = fare_statement_new (db, "SELECT coalesce(sum(counted), 0) FROM pack");
      if (statement == NULL) /* of an earlier version */
        statement = fare_statement_new (db, "SELECT count(*) FROM event WHERE role = 0");
      if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
        count = fare_statement_int (statement, 0);
    }
  sqlite3_close (db);

  return count;
}
