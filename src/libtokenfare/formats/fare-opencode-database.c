/* fare-opencode-database.c
 *
 * The database of OpenCode 1.1.53 and later.  OpenCode 2 has tables of its own and
 * leaves the older ones as they were at the migration, ids and all; so a message of
 * the newer tables stands for the older row of the same id.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-opencode.h"

#include <string.h>

#include "formats/fare-foreign-db.h"
#include "formats/fare-opencode-copies.h"

typedef struct
{
  FareLog       *log;
  FareForeignDb *db;
  GHashTable    *sessions;  /* id → FareOpencodeSession */
  GHashTable    *worktrees; /* project id → folder */
  GHashTable    *taken;     /* ids of messages that are read, or not to be */
  GArray        *records;   /* FareOpencodeRecord */
  sqlite3_stmt  *parts;     /* (nullable): parts of a message */
  int            result;    /* what reading parts came to, SQLITE_DONE as long as all is well */
} Reading;

static void
session_free (FareOpencodeSession *session)
{
  g_free (session->origin);
  g_free (session);
}

static void
record_clear (gpointer record)
{
  g_free (((FareOpencodeRecord *) record)->id);
}

/* SQLite hands out whatever bytes its owner stored as text. */
static char *
dup_text (sqlite3_stmt *statement,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

/* A SELECT of @columns; those that this release of the program does not have give NULL. */
static sqlite3_stmt *
prepare (Reading            *self,
         const char         *table,
         const char * const *columns,
         const char         *tail,
         GError            **error)
{
  g_autoptr(GString) sql = g_string_new ("SELECT ");

  for (guint i = 0; columns[i] != NULL; i++)
    {
      gboolean has = g_str_equal (columns[i], "rowid")
                     || fare_foreign_db_has_table (self->db, table, columns[i]);

      g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", has ? columns[i] : "NULL");
    }
  g_string_append_printf (sql, " FROM %s%s", table, tail);

  return fare_foreign_db_prepare (self->db, sql->str, error);
}

static FareOpencodeSession *
ensure_session (Reading    *self,
                const char *id)
{
  FareOpencodeSession *session = g_hash_table_lookup (self->sessions, id);

  if (session == NULL)
    {
      session = g_new0 (FareOpencodeSession, 1);
      session->number = fare_log_intern (self->log, id);
      g_hash_table_insert (self->sessions, g_strdup (id), session);
    }

  return session;
}

static void
add_parent (Reading             *self,
            FareOpencodeSession *session,
            guint                rank,
            const char          *parent)
{
  fare_log_add_fact (self->log, session->number, FARE_FACT_PARENT,
                     rank + fare_opencode_rank_file (self->log->key), 0,
                     fare_log_intern (self->log, parent));
}

/* The title that OpenCode gives to a fork: " (fork #1)" at the end. */
static gboolean
is_fork_title (const char *title)
{
  static const char begin[] = " (fork #";
  const char *found = title != NULL ? g_strrstr (title, begin) : NULL;

  if (found == NULL)
    return FALSE;
  found += strlen (begin);
  if (!g_ascii_isdigit (*found))
    return FALSE;
  while (g_ascii_isdigit (*found))
    found++;

  return g_str_equal (found, ")");
}

enum { SESSION_ID, SESSION_PARENT, SESSION_ORIGIN, SESSION_SLUG, SESSION_DIRECTORY, SESSION_TITLE,
       SESSION_CREATED, SESSION_PROJECT };

static void
take_session (Reading      *self,
              sqlite3_stmt *statement)
{
  g_autofree char *id = dup_text (statement, SESSION_ID);
  g_autofree char *parent = dup_text (statement, SESSION_PARENT);
  g_autofree char *origin = dup_text (statement, SESSION_ORIGIN);
  g_autofree char *slug = dup_text (statement, SESSION_SLUG);
  g_autofree char *directory = dup_text (statement, SESSION_DIRECTORY);
  g_autofree char *title = dup_text (statement, SESSION_TITLE);
  g_autofree char *project = dup_text (statement, SESSION_PROJECT);
  FareOpencodeSession *session;

  /* The newer table is read first. */
  if (id == NULL || *id == '\0' || g_hash_table_contains (self->sessions, id))
    return;
  session = ensure_session (self, id);
  session->created_ms = MAX (sqlite3_column_int64 (statement, SESSION_CREATED), 0);
  session->is_task = parent != NULL && *parent != '\0';
  session->is_fork = (origin != NULL && *origin != '\0') || is_fork_title (title);
  fare_opencode_add_title (self->log, session->number, title, slug);
  fare_opencode_add_project (self->log, session->number, FARE_OPENCODE_PROJECT_SESSION, 0,
                             directory);
  fare_opencode_add_project (self->log, session->number, FARE_OPENCODE_PROJECT_WORKTREE, 0,
                             project != NULL ? g_hash_table_lookup (self->worktrees, project)
                                             : NULL);
  if (session->is_task)
    {
      add_parent (self, session, FARE_OPENCODE_PARENT_TASK, parent);
      fare_log_add_fact (self->log, session->number, FARE_FACT_SUBAGENT, 0, 0, 0);
    }
  if (origin != NULL && *origin != '\0')
    {
      add_parent (self, session, FARE_OPENCODE_PARENT_FORK, origin);
      session->origin = g_steal_pointer (&origin);
    }
}


typedef void (*TakeFunc) (Reading      *self,
                          sqlite3_stmt *statement);

/* Gives every row of a table to @take; a table that is not there has none. */
static gboolean
read_table (Reading             *self,
            const char          *table,
            const char * const  *columns,
            const char          *tail,
            TakeFunc             take,
            GError             **error)
{
  sqlite3_stmt *statement;
  int result;

  if (!fare_foreign_db_has_table (self->db, table, NULL))
    return TRUE;
  statement = prepare (self, table, columns, tail, error);
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW
         && !g_cancellable_is_cancelled (self->log->cancellable))
    take (self, statement);
  sqlite3_finalize (statement);

  return result == SQLITE_ROW || fare_foreign_db_check (self->db, result, error);
}

static void
take_project (Reading      *self,
              sqlite3_stmt *statement)
{
  g_autofree char *id = dup_text (statement, 0);

  if (id != NULL)
    g_hash_table_replace (self->worktrees, g_steal_pointer (&id), dup_text (statement, 1));
}

static void
link_forks (Reading *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      FareOpencodeSession *session = value;

      if (session->origin != NULL)
        session->fork_of = g_hash_table_lookup (self->sessions, session->origin);
    }
}

static gboolean
read_sessions (Reading  *self,
               GError  **error)
{
  static const char * const of_project[] = { "id", "worktree", NULL };
  static const char * const of_session[] = {
    "id", "parent_id", "fork_session_id", "slug", "directory", "title", "time_created",
    "project_id", NULL
  };

  if (!read_table (self, "project", of_project, "", take_project, error)
      || !read_table (self, "session_v2", of_session, "", take_session, error)
      || !read_table (self, "session", of_session, "", take_session, error))
    return FALSE;
  link_forks (self);

  return TRUE;
}

/* MiMo lists the messages that it took over from other clients' logs. */
static void
take_import (Reading      *self,
             sqlite3_stmt *statement)
{
  const char *text = (const char *) sqlite3_column_text (statement, 0);
  FarePull pull;
  FareSpan id;

  if (text == NULL)
    return;
  fare_pull_init (&pull, text, strlen (text));
  if (!fare_pull_enter (&pull, '['))
    return;
  while (fare_pull_next_item (&pull))
    if (fare_pull_string (&pull, &id) && id.length > 0)
      g_hash_table_add (self->taken, fare_span_dup (&id, 0));
}

static gboolean
read_imports (Reading  *self,
              GError  **error)
{
  static const char * const columns[] = { "message_ids", NULL };

  return read_table (self, "external_import", columns, "", take_import, error)
         && read_table (self, "claude_import", columns, "", take_import, error);
}

/* A message that was counted step by step, but not as a whole. */
static void
add_parts (Reading             *self,
           FareOpencodeMessage *message,
           const char          *id,
           gint64               offset)
{
  int result;

  if (self->parts == NULL)
    return;
  sqlite3_bind_text (self->parts, 1, id, -1, SQLITE_STATIC);
  while ((result = sqlite3_step (self->parts)) == SQLITE_ROW)
    {
      const char *text = (const char *) sqlite3_column_text (self->parts, 0);

      if (text != NULL
          && !fare_opencode_message_add_part (message, text,
                                              (gsize) sqlite3_column_bytes (self->parts, 0)))
        fare_log_malformed (self->log, offset);
    }
  if (result != SQLITE_DONE)
    self->result = result;
  sqlite3_reset (self->parts);
}

enum { MESSAGE_ROW, MESSAGE_ID, MESSAGE_SESSION, MESSAGE_CREATED, MESSAGE_DATA, MESSAGE_SEQ };

static void
add_record (Reading                   *self,
            const FareOpencodeMessage *message,
            FareOpencodeRecord        *record,
            const char                *session)
{
  g_autofree char *cwd = fare_span_dup (&message->cwd, 0);

  record->session = ensure_session (self, session);
  record->row.own_session = record->session->number;
  if (record->session->is_task)
    record->row.flags |= FARE_ROW_HELPER;
  record->completed_ms = message->completed_ms;
  record->tokens = message->tokens;
  g_hash_table_add (self->taken, g_strdup (record->id));
  fare_opencode_add_project (self->log, record->session->number, FARE_OPENCODE_PROJECT_MESSAGE,
                             message->created_ms, cwd);
  g_array_append_val (self->records, *record);
}

/* Undoing a prompt deletes its messages, which were paid for. */
static void
note_call (Reading    *self,
           const char *id)
{
  gint64 call = fare_opencode_hash_id (id);

  g_hash_table_add (self->log->calls, g_memdup2 (&call, sizeof call));
}

static void
take_message (Reading      *self,
              sqlite3_stmt *statement,
              gboolean      is_v2)
{
  g_autofree char *id = dup_text (statement, MESSAGE_ID);
  g_autofree char *session = dup_text (statement, MESSAGE_SESSION);
  const char *data = (const char *) sqlite3_column_text (statement, MESSAGE_DATA);
  gsize length = (gsize) sqlite3_column_bytes (statement, MESSAGE_DATA);
  gint64 offset = sqlite3_column_int64 (statement, MESSAGE_ROW);
  FareOpencodeRecord record = { .seq = -1 };
  FareOpencodeMessage message;

  self->log->lines++;
  if (id != NULL)
    note_call (self, id);
  if (id == NULL || session == NULL || data == NULL || g_hash_table_contains (self->taken, id))
    return;
  if (!fare_opencode_message_parse (&message, data, length))
    {
      fare_log_malformed (self->log, offset);
      return;
    }
  if ((!is_v2 && !fare_span_equal (&message.role, "assistant")) || !message.has_tokens)
    return;
  if (message.created_ms == 0)
    message.created_ms = sqlite3_column_int64 (statement, MESSAGE_CREATED);
  if (fare_opencode_message_is_empty (&message))
    add_parts (self, &message, id, offset);
  if (!fare_opencode_message_fill_row (&message, self->log, id,
                                       fare_log_intern (self->log, session), is_v2, &record.row))
    return;
  record.row.offset = offset;
  record.id = g_steal_pointer (&id);
  if (is_v2 && sqlite3_column_type (statement, MESSAGE_SEQ) == SQLITE_INTEGER)
    record.seq = sqlite3_column_int64 (statement, MESSAGE_SEQ);
  add_record (self, &message, &record, session);
}

static void
take_newer (Reading      *self,
            sqlite3_stmt *statement)
{
  take_message (self, statement, TRUE);
}

static void
take_older (Reading      *self,
            sqlite3_stmt *statement)
{
  take_message (self, statement, FALSE);
}

/* Without an index every message would cost a pass over the whole table, by far the largest one. */
static gboolean
has_part_index (Reading *self)
{
  sqlite3_stmt *statement;
  gboolean found;

  statement = fare_foreign_db_prepare (self->db,
                                       "SELECT 1 FROM pragma_index_list('part') AS l,"
                                       " pragma_index_info(l.name) AS i"
                                       " WHERE i.seqno = 0 AND i.name = 'message_id'", NULL);
  found = statement != NULL && sqlite3_step (statement) == SQLITE_ROW;
  sqlite3_finalize (statement);

  return found && fare_foreign_db_has_table (self->db, "part", "data");
}

static gboolean
read_messages (Reading  *self,
               GError  **error)
{
  static const char * const of_newer[] = {
    "rowid", "id", "session_id", "time_created", "data", "seq", NULL
  };
  static const char * const of_older[] = {
    "rowid", "id", "session_id", "time_created", "data", NULL
  };

  if (has_part_index (self))
    {
      self->parts = fare_foreign_db_prepare (self->db,
                                             "SELECT data FROM part WHERE message_id = ?1", error);
      if (self->parts == NULL)
        return FALSE;
    }

  /* The role is a column here; the data of the other rows need not even be loaded. */
  if (fare_foreign_db_has_table (self->db, "session_message", "type")
      && !read_table (self, "session_message", of_newer, " WHERE type = 'assistant'", take_newer,
                      error))
    return FALSE;

  return read_table (self, "message", of_older, "", take_older, error);
}

static void
add_rows (Reading *self)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const FareOpencodeRecord *record = &g_array_index (self->records, FareOpencodeRecord, i);

      if (fare_log_add_row (self->log, &record->row))
        fare_log_add_fact (self->log, record->session->number, FARE_FACT_PRESENT, 0, 0, 0);
    }
}

gboolean
fare_opencode_read_database (FareLog  *log,
                             GError  **error)
{
  g_autoptr(GHashTable) sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) session_free);
  g_autoptr(GHashTable) worktrees = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GArray) records = g_array_new (FALSE, FALSE, sizeof (FareOpencodeRecord));
  g_autoptr(FareForeignDb) db = fare_foreign_db_open (log->path, error);
  Reading self = { log, db, sessions, worktrees, taken, records, NULL, SQLITE_DONE };
  gboolean done;

  if (db == NULL)
    return FALSE;
  g_array_set_clear_func (records, record_clear);
  log->calls = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  /* One snapshot for all tables. */
  sqlite3_exec (fare_foreign_db_get (db), "BEGIN", NULL, NULL, NULL);
  done = read_sessions (&self, error) && read_imports (&self, error)
         && read_messages (&self, error) && fare_foreign_db_check (db, self.result, error);
  sqlite3_finalize (self.parts);
  if (!done)
    return FALSE;
  fare_opencode_find_copies (records);
  add_rows (&self);

  return TRUE;
}
