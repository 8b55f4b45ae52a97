/* fare-format-codex-titles.c
 *
 * Names of Codex threads: session_index.jsonl, where the last line of a thread wins,
 * and the table of threads in state_<n>.sqlite.  Neither holds any use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-codex.h"

#include <stdlib.h>
#include <string.h>

#include "formats/fare-foreign-db.h"

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "session_index.jsonl")
         || (g_str_has_prefix (name, "state_") && g_str_has_suffix (name, ".sqlite"));
}

/* The number in the name changes with Codex's schema; all are the same table to us. */
static char *
make_key (const char *root,
          const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_build_filename (root, g_str_has_prefix (name, "state_") ? "state.sqlite" : name, NULL);
}

static int
schema_number (const char *path)
{
  const char *number = strrchr (path, '_');

  return number != NULL ? atoi (number + 1) : 0;
}

static gboolean
is_preferred (const char *path,
              const char *other)
{
  return schema_number (path) > schema_number (other);
}

static void
read_name_line (FareLog    *log,
                const char *line,
                gsize       length,
                gint64      offset)
{
  FarePull pull;
  FareSpan key, id = { "", 0 }, name = { "", 0 };
  guint32 title;

  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    {
      fare_log_malformed (log, offset);
      return;
    }
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        fare_pull_string (&pull, &id);
      else if (fare_span_equal (&key, "thread_name"))
        fare_pull_string (&pull, &name);
      else
        fare_pull_skip (&pull);
    }
  if (!fare_pull_at_end (&pull))
    {
      fare_log_malformed (log, offset);
      return;
    }
  title = fare_log_intern_title (log, &name);
  if (id.length > 0 && title != 0)
    fare_log_add_fact (log, fare_log_intern_span (log, &id, NULL), FARE_FACT_TITLE,
                       FARE_CODEX_TITLE_INDEX, -offset, title);
}

static void
take_thread (FareLog    *log,
             const char *id,
             const char *text)
{
  guint32 title;

  if (id == NULL || *id == '\0' || text == NULL || !g_utf8_validate (id, -1, NULL))
    return;
  title = fare_log_intern_plain_title (log, text);
  if (title != 0)
    fare_log_add_fact (log, fare_log_intern (log, id), FARE_FACT_TITLE, FARE_CODEX_TITLE_STATE, 0,
                       title);
}

static gboolean
read_threads (FareLog  *log,
              GError  **error)
{
  g_autoptr(FareForeignDb) db = fare_foreign_db_open (log->path, error);
  sqlite3_stmt *statement;
  int result;

  if (db == NULL)
    return FALSE;
  /* Names are a comfort: a schema that has none is no fault. */
  if (!fare_foreign_db_has_table (db, "threads", "title"))
    return TRUE;
  statement = fare_foreign_db_prepare (db, "SELECT id, title FROM threads", error);
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    take_thread (log, (const char *) sqlite3_column_text (statement, 0),
                 (const char *) sqlite3_column_text (statement, 1));
  sqlite3_finalize (statement);

  return fare_foreign_db_check (db, result, error);
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  const char *line;
  gsize length;
  gint64 offset;

  if (g_str_has_suffix (log->path, ".sqlite"))
    return read_threads (log, error);
  while (fare_log_next_line (log, &line, &length, &offset))
    read_name_line (log, line, length, offset);

  return TRUE;
}

const FareFormat fare_format_codex_titles = {
  .id = "codex",
  .claims = claims,
  .list_roots = fare_codex_list_homes,
  .max_depth = 1,
  .make_key = make_key,
  .is_preferred = is_preferred,
  .read = read_log,
  .fold = fare_codex_fold,
  .is_document = TRUE,
};
