/* fare-format-antigravity.c
 *
 * conversations/<uuid>.db, table gen_metadata: a row for each generation.  A conversation
 * that lies in a backup too has the same file name there, so the copies are one.
 *
 * Titles and folders stand somewhere in another table's blobs whose members are not known;
 * they are left alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-antigravity.h"

#include <string.h>
#include <sys/stat.h>

#include "base/fare-hash.h"
#include "formats/fare-antigravity-record.h"
#include "formats/fare-foreign-db.h"
#include "formats/fare-parts.h"

#define SUFFIX ".db"
#define TABLE "gen_metadata"
#define CONVERSATIONS "conversations"

typedef struct
{
  FareLog *log;
  char    *stem;    /* of the file's name */
  guint32  session;
  gint64   file_ms; /* when the database was changed last; 0 when unknown */
} Reading;

static gboolean
claims (const char *name)
{
  return g_str_has_suffix (name, SUFFIX) && strlen (name) > strlen (SUFFIX);
}

/* Old *.pb files in the same places hold no usage. */
static void
add_products (GStrvBuilder *builder,
              const char   *home)
{
  static const char * const products[] = {
    "antigravity", "antigravity-backup", "antigravity-cli", "antigravity-ide",
  };

  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    {
      g_autofree char *root = g_build_filename (home, ".gemini", products[i], CONVERSATIONS, NULL);

      g_strv_builder_add (builder, root);
    }
}

/* ANTIGRAVITY_DATA_DIR is known to other programs that read these files: each of its folders holds
 * the conversations, or a folder with them. */
static void
add_override (GStrvBuilder *builder,
              const char   *folder)
{
  g_autofree char *root = g_build_filename (folder, CONVERSATIONS, NULL);

  g_strv_builder_add (builder, g_file_test (root, G_FILE_TEST_IS_DIR) ? root : folder);
}

static GStrv
list_roots (FarePaths *paths)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const char *override = fare_paths_get_env (paths, "ANTIGRAVITY_DATA_DIR");
  const char *moved = fare_paths_get_env (paths, "GEMINI_CLI_HOME");
  g_auto(GStrv) folders = fare_paths_expand (paths, override);
  g_auto(GStrv) homes = fare_paths_expand (paths, moved != NULL ? moved : "~");
  g_autofree char *config = g_build_filename (fare_paths_get_config_home (paths), "antigravity",
                                              CONVERSATIONS, NULL);

  for (guint i = 0; folders[i] != NULL; i++)
    add_override (builder, folders[i]);
  if (folders[0] != NULL)
    return g_strv_builder_end (builder);
  for (guint i = 0; homes[i] != NULL; i++)
    add_products (builder, homes[i]);
  g_strv_builder_add (builder, config);

  return g_strv_builder_end (builder);
}

static void
set_model (FareLog                     *log,
           FareRow                     *row,
           const FareAntigravityRecord *record)
{
  const char *model = record->model;

  if (model == NULL || *model == '\0')
    model = record->display_name;
  if (model == NULL || *model == '\0')
    {
      model = "unknown";
      row->flags |= FARE_ROW_NO_MODEL;
    }
  row->model = fare_log_intern_model (log, g_str_has_prefix (model, "claude") ? "anthropic"
                                                                              : "google", model);
}

static void
take_record (const Reading               *reading,
             const FareAntigravityRecord *record,
             gint64                       index,
             gint64                       place)
{
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, reading->stem, strlen (reading->stem) + 1);
  FareRow row = { .sub = 1, .lines = 1, .messages = 1 };

  row.cluster = fare_hash_finish (fare_hash_int (hash, index));
  row.usage = record->usage;
  row.own_ms = record->time_ms != 0 ? record->time_ms : reading->file_ms;
  row.offset = place;
  row.own_session = reading->session;
  set_model (reading->log, &row, record);
  if (row.own_ms > 0)
    fare_log_add_row (reading->log, &row);
  else
    fare_log_malformed (reading->log, place);
}

static void
take_line (const Reading *reading,
           sqlite3_stmt  *statement)
{
  gint64 place = sqlite3_column_int64 (statement, 0);
  const guint8 *data = sqlite3_column_blob (statement, 2);
  FareAntigravityRecord record;

  /* Nothing, or nothing yet. */
  if (data == NULL)
    return;
  if (fare_antigravity_record_read (&record, data, (gsize) sqlite3_column_bytes (statement, 2))
      && sqlite3_column_type (statement, 1) == SQLITE_INTEGER)
    take_record (reading, &record, sqlite3_column_int64 (statement, 1), place);
  else
    fare_log_malformed (reading->log, place);
  fare_antigravity_record_clear (&record);
}

static gboolean
read_lines (const Reading  *reading,
            FareForeignDb  *db,
            GError        **error)
{
  sqlite3_stmt *statement = fare_foreign_db_prepare (db, "SELECT rowid, idx, data FROM " TABLE,
                                                     error);
  gboolean done;
  int result;

  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    take_line (reading, statement);
  done = fare_foreign_db_check (db, result, error);
  sqlite3_finalize (statement);

  return done;
}

static gint64
find_file_time (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0
         ? (gint64) info.st_mtim.tv_sec * 1000 + info.st_mtim.tv_nsec / 1000000 : 0;
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autoptr(FareForeignDb) db = fare_foreign_db_open (log->path, error);
  g_autofree char *stem = g_path_get_basename (log->path);
  Reading reading = { .log = log, .stem = stem };

  if (db == NULL)
    return FALSE;
  /* Older versions, and databases of something else. */
  if (!fare_foreign_db_has_table (db, TABLE, "idx")
      || !fare_foreign_db_has_table (db, TABLE, "data"))
    return TRUE;
  stem[strlen (stem) - strlen (SUFFIX)] = '\0';
  reading.session = fare_parts_intern_name (log, stem);
  reading.file_ms = find_file_time (log->path);
  if (!read_lines (&reading, db, error))
    return FALSE;
  if (log->rows->len > 0)
    fare_log_add_fact (log, reading.session, FARE_FACT_PRESENT, 0, 0, 0);

  return TRUE;
}

const FareFormat fare_format_antigravity = {
  .id = "antigravity",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 1,
  .read = read_log,
  .fold = fare_fold_by_key,
  .is_document = TRUE,
};
