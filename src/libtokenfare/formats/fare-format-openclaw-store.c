/* fare-format-openclaw-store.c
 *
 * What OpenClaw keeps of an agent beside its transcripts in files: sessions.json, a list
 * of sessions by key with their names, and openclaw-agent.sqlite, which holds the
 * transcripts of newer versions and the same list.  The list's token counters are sizes
 * of contexts, not use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "formats/fare-format-openclaw.h"

#include <string.h>

#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

#include "formats/fare-column.h"
#include "formats/fare-openclaw-reading.h"
#include "formats/fare-parts.h"

/* A packed transcript that unpacks to more than this is damage. */
#define UNPACKED_LIMIT (256 * 1024 * 1024)

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "sessions.json") || g_str_equal (name, "openclaw-agent.sqlite");
}

/* One session as a list names it. */
typedef struct
{
  char    *key;
  guint32  session;
  guint32  title;
  char    *parent_key; /* (nullable) */
} Entry;

static void
entry_free (Entry *self)
{
  g_free (self->key);
  g_free (self->parent_key);
  g_free (self);
}

/* Reads what stands behind a key: {"sessionId":…,"label":…,"spawnedBy":…} */
static void
read_entry (FareLog  *log,
            FarePull *pull,
            Entry    *entry)
{
  FareSpan key, text;
  guint32 label = 0, name = 0;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (!fare_pull_string (pull, &text) || text.length == 0)
        continue;
      if (fare_span_equal (&key, "sessionId"))
        entry->session = fare_log_intern_span (log, &text, NULL);
      else if (fare_span_equal (&key, "label"))
        label = fare_log_intern_title (log, &text);
      else if (fare_span_equal (&key, "displayName"))
        name = fare_log_intern_title (log, &text);
      else if (fare_span_equal (&key, "spawnedBy") && entry->parent_key == NULL)
        entry->parent_key = fare_span_dup (&text, 0);
    }
  entry->title = label != 0 ? label : name;
}

/* A parent is named by its key, which the same list resolves. */
static void
add_facts (FareLog           *log,
           GPtrArray         *entries,
           FareOpenclawTitle  rank)
{
  g_autoptr(GHashTable) sessions = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);
      g_hash_table_insert (sessions, entry->key, GUINT_TO_POINTER (entry->session));
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);
      guint32 parent = 0;

      if (entry->parent_key != NULL)
        parent = GPOINTER_TO_UINT (g_hash_table_lookup (sessions, entry->parent_key));
      if (entry->session != 0 && entry->title != 0)
        fare_log_add_fact (log, entry->session, FARE_FACT_TITLE, rank, i, entry->title);
      if (entry->session != 0 && parent != 0 && parent != entry->session)
        fare_log_add_fact (log, entry->session, FARE_FACT_PARENT, rank, i, parent);
    }
}

/* The list is written anew again and again; a broken one leaves the names of the last whole one. */
static gboolean
read_list (FareLog  *log,
           GError  **error)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_autofree char *text = NULL;
  FarePull pull;
  FareSpan key;
  gsize length;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  fare_pull_init (&pull, text, length);
  if (fare_pull_peek (&pull) == '{' && fare_pull_enter (&pull, '{'))
    while (fare_pull_next_member (&pull, &key))
      {
        Entry *entry = g_new0 (Entry, 1);

        entry->key = fare_span_dup (&key, 0);
        g_ptr_array_add (entries, entry);
        read_entry (log, &pull, entry);
      }
  if (text == NULL || length == 0 || !fare_pull_at_end (&pull))
    return fare_parts_fail (error);
  add_facts (log, entries, FARE_OPENCLAW_TITLE_INDEX);

  return TRUE;
}

static gboolean
unpack (const void *data,
        gsize       length,
        GByteArray *text)
{
#ifdef HAVE_ZSTD
  ZSTD_DCtx *context = ZSTD_createDCtx ();
  ZSTD_inBuffer in = { data, length, 0 };
  g_autofree guint8 *block = g_malloc (ZSTD_DStreamOutSize ());
  gsize rest = 1;

  while (in.pos < in.size || rest > 0)
    {
      ZSTD_outBuffer out = { block, ZSTD_DStreamOutSize (), 0 };

      rest = ZSTD_decompressStream (context, &out, &in);
      if (ZSTD_isError (rest) || text->len + out.pos > UNPACKED_LIMIT
          || (out.pos == 0 && in.pos == in.size && rest > 0))
        break;
      g_byte_array_append (text, block, (guint) out.pos);
    }
  ZSTD_freeDCtx (context);

  return rest == 0;
#else
  return FALSE;
#endif
}

/* Takes one line, or a whole transcript, as text or packed.  What cannot be unpacked is counted as
 * damaged, so that it can be seen that something is missing. */
static void
take_cell (FareOpenclawReading *reading,
           FareLog             *log,
           sqlite3_stmt        *statement,
           int                  column,
           gint64               offset)
{
  static const guint8 magic[] = { 0x28, 0xb5, 0x2f, 0xfd };
  const void *data = sqlite3_column_blob (statement, column);
  gsize length = (gsize) sqlite3_column_bytes (statement, column);
  g_autoptr(GByteArray) text = NULL;

  if (data == NULL || length == 0)
    return;
  log->lines++;
  if (length < sizeof magic || memcmp (data, magic, sizeof magic) != 0)
    {
      fare_openclaw_reading_take_text (reading, log, data, length, offset);
      return;
    }
  text = g_byte_array_new ();
  if (unpack (data, length, text))
    fare_openclaw_reading_take_text (reading, log, (const char *) text->data, text->len, offset);
  else
    fare_log_malformed (log, offset);
}

/* Columns: session, text, packed text. */
static gboolean
read_transcripts (FareLog        *log,
                  FareForeignDb  *db,
                  const char     *table,
                  const char     *text_column,
                  const char     *packed_column,
                  const char     *order,
                  GError        **error)
{
  const char * const columns[] = { "session_id", text_column, packed_column, NULL };
  g_autofree char *sql = fare_column_select (db, table, columns, order);
  FareOpenclawReading reading = { 0 };
  sqlite3_stmt *statement;
  gboolean done;
  int result;

  if (!fare_foreign_db_has_table (db, table, "session_id"))
    return TRUE;
  statement = fare_foreign_db_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  for (gint64 n = 0; (result = sqlite3_step (statement)) == SQLITE_ROW; n++)
    {
      g_autofree char *name = fare_column_text (statement, 0);
      guint32 session = fare_log_intern (log, name);

      if (session != reading.session)
        reading = (FareOpenclawReading) { .session = session };
      if (session != 0)
        take_cell (&reading, log, statement,
                   sqlite3_column_type (statement, 1) != SQLITE_NULL ? 1 : 2, n);
    }
  done = fare_foreign_db_check (db, result, error);
  sqlite3_finalize (statement);

  return done;
}

static Entry *
read_node (FareLog      *log,
           sqlite3_stmt *statement)
{
  Entry *entry = g_new0 (Entry, 1);
  g_autofree char *session = fare_column_text (statement, 1);
  g_autofree char *json = fare_column_text (statement, 4);
  guint32 label = fare_column_title (statement, 2, log);
  guint32 name = fare_column_title (statement, 3, log);
  FarePull pull;

  entry->key = fare_column_text (statement, 0);
  fare_pull_init (&pull, json, strlen (json));
  if (*json != '\0')
    read_entry (log, &pull, entry);
  entry->session = fare_log_intern (log, session);
  if (label != 0 || name != 0)
    entry->title = label != 0 ? label : name;

  return entry;
}

static gboolean
read_nodes (FareLog        *log,
            FareForeignDb  *db,
            GError        **error)
{
  static const char * const columns[] = {
    "session_key", "current_session_id", "label", "display_name", "entry_json", NULL
  };
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_autofree char *sql = fare_column_select (db, "session_nodes", columns, "ORDER BY 1");
  sqlite3_stmt *statement;
  gboolean done;
  int result;

  if (!fare_foreign_db_has_table (db, "session_nodes", "current_session_id"))
    return TRUE;
  statement = fare_foreign_db_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (entries, read_node (log, statement));
  done = fare_foreign_db_check (db, result, error);
  sqlite3_finalize (statement);
  if (done)
    add_facts (log, entries, FARE_OPENCLAW_TITLE_NODE);

  return done;
}

/* Cold and deleted sessions leave the table of lines for one packed transcript each; a cold one may
 * also be a file of its own, which the walk finds. */
static gboolean
read_database (FareLog  *log,
               GError  **error)
{
  g_autoptr(FareForeignDb) db = fare_foreign_db_open (log->path, error);

  return db != NULL
         && read_transcripts (log, db, "transcript_events", "event_json", "event_zstd",
                              "ORDER BY session_id, seq", error)
         && read_transcripts (log, db, "session_transcript_cold_archives", "NULL", "archive_blob",
                              "ORDER BY session_id", error)
         && read_transcripts (log, db, "session_transcript_archives", "NULL", "archive_blob",
                              "ORDER BY session_id", error)
         && read_nodes (log, db, error);
}

static gboolean
read_store (FareLog  *log,
            GError  **error)
{
  return g_str_has_suffix (log->path, ".sqlite") ? read_database (log, error)
                                                 : read_list (log, error);
}

const FareFormat fare_format_openclaw_store = {
  .id = "openclaw",
  .claims = claims,
  .list_roots = fare_openclaw_list_roots,
  .max_depth = 3,
  .read = read_store,
  .fold = fare_openclaw_fold,
  .is_document = TRUE,
};
