/* fare-index-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-reader-private.h"

#include "index/fare-index-rollup.h"
#include "index/fare-index-sessions.h"

static void
session_info_free (gpointer data)
{
  FareSessionInfo *session = data;

  g_free ((char *) session->uid);
  g_free ((char *) session->title);
  g_free ((char *) session->parent);
  g_free (session);
}

static void
model_info_free (gpointer data)
{
  FareModelInfo *model = data;

  g_free ((char *) model->provider);
  g_free ((char *) model->name);
  g_free (model);
}

static gboolean
load_texts (FareIndexReader *self,
            GHashTable      *table,
            const char      *sql)
{
  g_autoptr(FareStatement) statement = fare_statement_new (self->db, sql);
  int result;

  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_hash_table_insert (table, GUINT_TO_POINTER ((guint) fare_statement_int (statement, 0)),
                         g_strdup (fare_statement_text (statement, 1)));

  return result == SQLITE_DONE;
}

static gboolean
load_models (FareIndexReader *self)
{
  g_autoptr(FareStatement) statement = NULL;
  int result;

  statement = fare_statement_new (self->db, "SELECT id, provider, name FROM model");
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      FareModelInfo *model = g_new0 (FareModelInfo, 1);

      model->id = (guint32) fare_statement_int (statement, 0);
      model->provider = g_strdup (fare_statement_text (statement, 1));
      model->name = g_strdup (fare_statement_text (statement, 2));
      g_hash_table_insert (self->models, GUINT_TO_POINTER (model->id), model);
    }

  return result == SQLITE_DONE;
}

FareIndexReader *
fare_index_reader_new (FareIndex  *index,
                       GError    **error)
{
  g_autoptr(FareIndexReader) self = g_new0 (FareIndexReader, 1);

  self->index = g_object_ref (index);
  self->sessions = g_hash_table_new_full (NULL, NULL, NULL, session_info_free);
  self->models = g_hash_table_new_full (NULL, NULL, NULL, model_info_free);
  self->branches = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->projects = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->clients = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->paths = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->db = fare_index_connect (index, FALSE, error);
  if (self->db == NULL)
    return NULL;
  /* The first read fixes the moment the snapshot shows. */
  if (sqlite3_exec (self->db, "BEGIN; SELECT count(*) FROM meta", NULL, NULL, NULL) != SQLITE_OK)
    {
      fare_index_take_error (index, self->db, error);
      return NULL;
    }
  self->bands = fare_rollup_read_bands (self->db);

  return g_steal_pointer (&self);
}

void
fare_index_reader_free (FareIndexReader *self)
{
  g_clear_pointer (&self->find_session, sqlite3_finalize);
  g_clear_pointer (&self->find_day, sqlite3_finalize);
  g_clear_pointer (&self->roster, fare_roster_free);
  fare_index_disconnect (self->index, g_steal_pointer (&self->db));
  g_clear_pointer (&self->bands, g_array_unref);
  g_clear_pointer (&self->thresholds, g_array_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->models, g_hash_table_unref);
  g_clear_pointer (&self->branches, g_hash_table_unref);
  g_clear_pointer (&self->homes, g_hash_table_unref);
  g_clear_pointer (&self->machines, g_ptr_array_unref);
  g_clear_pointer (&self->projects, g_hash_table_unref);
  g_clear_pointer (&self->clients, g_hash_table_unref);
  g_clear_pointer (&self->paths, g_hash_table_unref);
  g_clear_object (&self->index);
  g_free (self);
}

static gboolean
contains (const GArray *bands,
          gint64        threshold)
{
  for (guint i = 0; i < bands->len; i++)
    if (g_array_index (bands, gint64, i) == threshold)
      return TRUE;

  return FALSE;
}

void
fare_index_reader_set_thresholds (FareIndexReader *self,
                                  const gint64    *thresholds,
                                  guint            n_thresholds)
{
  gboolean covered = self->bands != NULL;

  for (guint i = 0; i < n_thresholds; i++)
    covered = covered && contains (self->bands, thresholds[i]);
  g_clear_pointer (&self->thresholds, g_array_unref);
  if (covered)
    return;
  self->thresholds = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (self->thresholds, thresholds, n_thresholds);
}

/* Tables of names are short, so they are read whole when the first name is asked for. */
static const char *
get_text (FareIndexReader *self,
          GHashTable      *table,
          const char      *sql,
          gint64           number)
{
  const char *text;

  if (g_hash_table_size (table) == 0)
    load_texts (self, table, sql);
  text = g_hash_table_lookup (table, GUINT_TO_POINTER ((guint) number));

  return text != NULL ? text : "";
}

const char *
fare_index_reader_get_client (FareIndexReader *self,
                              guint32          number)
{
  return get_text (self, self->clients, "SELECT id, name FROM client", number);
}

const char *
fare_index_reader_get_project (FareIndexReader *self,
                               guint32          number)
{
  return get_text (self, self->projects, "SELECT id, path FROM project", number);
}

const char *
fare_index_reader_get_branch (FareIndexReader *self,
                              guint32          number)
{
  return get_text (self, self->branches, "SELECT id, name FROM branch", number);
}

/* Of one branch on one machine. */
typedef struct
{
  const FareMachine *machine;
  guint32            first;   /* the lowest number of a branch of that name */
} BranchHome;

const GPtrArray *
fare_index_reader_get_machines (FareIndexReader *self)
{
  if (self->machines == NULL)
    self->machines = fare_machines_load (self->db);
  /* What cannot be read now fails elsewhere too, where there is an error to set. */
  if (self->machines == NULL)
    self->machines = g_ptr_array_new ();

  return self->machines;
}

gboolean
fare_index_reader_load_sharing (FareIndexReader  *self,
                                FareSharing      *sharing,
                                GError          **error)
{
  return fare_sharing_load (self->db, sharing)
         || fare_index_take_error (self->index, self->db, error);
}

static void
load_homes (FareIndexReader *self)
{
  g_autoptr(FareStatement) statement = NULL;

  self->homes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  statement = fare_statement_new (self->db, "SELECT id, machine, min(id) OVER (PARTITION BY name)"
                                            " FROM branch");
  while (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    {
      BranchHome *home = g_new (BranchHome, 1);

      home->machine = fare_machines_find (self->machines,
                                          (guint32) fare_statement_int (statement, 1));
      home->first = (guint32) fare_statement_int (statement, 2);
      g_hash_table_insert (self->homes, GUINT_TO_POINTER ((guint) fare_statement_int (statement, 0)),
                           home);
    }
}

static const BranchHome *
find_home (FareIndexReader *self,
           guint32          branch)
{
  if (fare_index_reader_get_machines (self)->len < 2)
    return NULL;
  if (self->homes == NULL)
    load_homes (self);

  return g_hash_table_lookup (self->homes, GUINT_TO_POINTER (branch));
}

const FareMachine *
fare_index_reader_get_machine (FareIndexReader *self,
                               guint32          branch)
{
  static const FareMachine nowhere = { .uid = (char *) "", .given = (char *) "", .name = (char *) "" };
  const BranchHome *home = find_home (self, branch);
  const FareMachine *own;

  if (home != NULL && home->machine != NULL)
    return home->machine;
  own = fare_machines_find (self->machines, FARE_OWN_MACHINE);

  return own != NULL ? own : &nowhere;
}

guint32
fare_index_reader_find_branch (FareIndexReader *self,
                               guint32          branch)
{
  const BranchHome *home = find_home (self, branch);

  return home != NULL ? home->first : branch;
}

const char *
fare_index_reader_get_path (FareIndexReader *self,
                            guint32          file)
{
  return get_text (self, self->paths,
                   "SELECT file.id, iif(machine.id IS NULL, iif(path = '', key, path),"
                   " machine.name || ':' || substr(key, " G_STRINGIFY (FARE_THEIR_KEY_NAME) "))"
                   " FROM file LEFT JOIN machine ON machine.id = file.machine", file);
}

const FareModelInfo *
fare_index_reader_get_model (FareIndexReader *self,
                             guint32          number)
{
  if (g_hash_table_size (self->models) == 0)
    load_models (self);

  return g_hash_table_lookup (self->models, GUINT_TO_POINTER (number));
}

static char *
find_title (const char *title,
            const char *project,
            const char *uid)
{
  g_autofree char *base = NULL;

  if (title != NULL && *title != '\0')
    return g_strdup (title);
  base = g_path_get_basename (project);
  if (*project != '\0' && !g_str_equal (base, "/"))
    return g_steal_pointer (&base);

  return g_strdup (*project != '\0' ? project : "unknown");
}

/* Columns: id, client, uid, project, title, parent's uid, flags, first_ms, last_ms. */
#define SESSION_COLUMNS                                                                      \
  "s.id, s.client, s.uid, s.project, s.title, p.uid, s.flags, s.first_ms, s.last_ms"         \
  " FROM session AS s LEFT JOIN session AS p ON p.id = s.parent"

static const FareSessionInfo *
take_session (FareIndexReader *self,
              FareStatement   *statement)
{
  guint32 id = (guint32) fare_statement_int (statement, 0);
  FareSessionInfo *session = g_hash_table_lookup (self->sessions, GUINT_TO_POINTER (id));
  gint64 flags = fare_statement_int (statement, 6);

  if (session != NULL)
    return session;
  session = g_new0 (FareSessionInfo, 1);
  session->id = id;
  session->client = fare_index_reader_get_client (self, (guint32) fare_statement_int (statement, 1));
  session->uid = g_strdup (fare_statement_text (statement, 2));
  session->project = fare_index_reader_get_project (self,
                                                    (guint32) fare_statement_int (statement, 3));
  session->title = find_title (fare_statement_text (statement, 4), session->project, session->uid);
  session->parent = g_strdup (fare_statement_text (statement, 5));
  session->is_subagent = (flags & FARE_SESSION_SUBAGENT) != 0;
  session->is_review = (flags & FARE_SESSION_REVIEW) != 0;
  session->first_ms = fare_statement_int (statement, 7);
  session->last_ms = fare_statement_int (statement, 8);
  g_hash_table_insert (self->sessions, GUINT_TO_POINTER (id), session);

  return session;
}

const FareSessionInfo *
fare_index_reader_get_session (FareIndexReader *self,
                               guint32          id)
{
  const FareSessionInfo *session;

  session = g_hash_table_lookup (self->sessions, GUINT_TO_POINTER (id));
  if (session != NULL || self->has_sessions)
    return session;
  if (self->find_session == NULL)
    self->find_session = fare_statement_new (self->db, "SELECT " SESSION_COLUMNS
                                                       " WHERE s.id = ?1");
  if (self->find_session == NULL)
    return NULL;
  fare_statement_bind (self->find_session, "i", (gint64) id);
  if (sqlite3_step (self->find_session) == SQLITE_ROW)
    session = take_session (self, self->find_session);
  sqlite3_reset (self->find_session);

  return session;
}

gboolean
fare_index_reader_load_sessions (FareIndexReader  *self,
                                 GError          **error)
{
  g_autoptr(FareStatement) statement = NULL;
  int result;

  if (self->has_sessions)
    return TRUE;
  statement = fare_statement_new (self->db, "SELECT " SESSION_COLUMNS);
  if (statement == NULL)
    return fare_index_take_error (self->index, self->db, error);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    take_session (self, statement);
  if (result != SQLITE_DONE)
    return fare_index_take_error (self->index, self->db, error);
  self->has_sessions = TRUE;

  return TRUE;
}

gboolean
fare_index_reader_find_uid (FareIndexReader  *self,
                            const char       *uid,
                            GArray           *sessions,
                            GError          **error)
{
  g_autoptr(FareStatement) statement = NULL;
  int result;

  statement = fare_statement_new (self->db, "SELECT id FROM session WHERE uid = ?1");
  if (statement == NULL)
    return fare_index_take_error (self->index, self->db, error);
  fare_statement_bind (statement, "s", uid);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      guint32 session = (guint32) fare_statement_int (statement, 0);

      g_array_append_val (sessions, session);
    }

  return result == SQLITE_DONE || fare_index_take_error (self->index, self->db, error);
}

guint32
fare_index_reader_count_sessions (FareIndexReader *self)
{
  if (self->roster == NULL)
    self->roster = fare_roster_new (self->db);

  return self->roster != NULL ? fare_roster_count (self->roster) : 0;
}

gboolean
fare_index_reader_get_place (FareIndexReader  *self,
                             guint32           session,
                             guint32          *client,
                             guint32          *project,
                             GError          **error)
{
  return (fare_index_reader_count_sessions (self) > 0
          && fare_roster_find (self->roster, session, client, project))
         || fare_index_reader_take_corrupt (self, error);
}

gboolean
fare_index_reader_take_corrupt (FareIndexReader  *self,
                                GError          **error)
{
  return fare_index_take_corrupt (self->index, error);
}

gboolean
fare_index_reader_foreach_session (FareIndexReader  *self,
                                   FareSessionFunc   func,
                                   gpointer          user_data,
                                   GError          **error)
{
  g_autoptr(FareStatement) statement = NULL;
  gboolean go_on = TRUE;
  int result = SQLITE_DONE;

  statement = fare_statement_new (self->db, "SELECT " SESSION_COLUMNS
                                            " WHERE s.first_ms IS NOT NULL"
                                            " ORDER BY s.first_ms, s.uid");
  if (statement == NULL)
    return fare_index_take_error (self->index, self->db, error);
  while (go_on && (result = sqlite3_step (statement)) == SQLITE_ROW)
    go_on = func (take_session (self, statement), user_data);
  if (result != SQLITE_DONE && result != SQLITE_ROW)
    return fare_index_take_error (self->index, self->db, error);

  return TRUE;
}

static void
load_file_info (FareIndexReader *self,
                FareStatement   *statement,
                FareFileInfo    *file)
{
  file->client = fare_index_reader_get_client (self, (guint32) fare_statement_int (statement, 0));
  file->path = fare_statement_text (statement, 1);
  file->size = fare_statement_int (statement, 2);
  file->lines = fare_statement_int (statement, 3);
  file->malformed = fare_statement_int (statement, 4);
  file->malformed_at = fare_statement_int (statement, 5);
  file->repeated = fare_statement_int (statement, 6);
  file->newest_ms = fare_statement_int (statement, 7);
  file->missing = (fare_statement_int (statement, 8) & 2) != 0;
  file->error = fare_statement_text (statement, 9);
}

gboolean
fare_index_reader_foreach_file (FareIndexReader  *self,
                                FareFileFunc      func,
                                gpointer          user_data,
                                GError          **error)
{
  g_autoptr(FareStatement) statement = NULL;
  gboolean go_on = TRUE;
  FareFileInfo file = { 0 };
  int result = SQLITE_DONE;

  statement = fare_statement_new (self->db, "SELECT client, iif(path = '', key, path), size, lines, malformed,"
                                            " malformed_at, repeated, newest_ms, flags, error"
                                            " FROM file WHERE machine = 0 ORDER BY 2");
  if (statement == NULL)
    return fare_index_take_error (self->index, self->db, error);
  while (go_on && (result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      load_file_info (self, statement, &file);
      go_on = func (&file, user_data);
    }
  if (result != SQLITE_DONE && result != SQLITE_ROW)
    return fare_index_take_error (self->index, self->db, error);

  return TRUE;
}

static gint64
get_number (FareIndexReader *self,
            const char      *key)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "SELECT value FROM meta WHERE key = ?1");
  if (statement == NULL)
    return 0;
  fare_statement_bind (statement, "s", key);

  return sqlite3_step (statement) == SQLITE_ROW ? fare_statement_int (statement, 0) : 0;
}

gint64
fare_index_reader_get_last_scan (FareIndexReader *self)
{
  return get_number (self, "last_scan");
}

gint64
fare_index_reader_get_scan_time (FareIndexReader *self)
{
  return get_number (self, "scan_ms");
}
