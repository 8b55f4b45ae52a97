/* fare-index-outbox.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-outbox.h"

#include <string.h>

#include "base/fare-hash.h"
#include "index/fare-index-packs.h"

/* What fold sets stands in the index beside what the log says. */
#define FOLDED_FLAGS (FARE_ROW_SIBLING | FARE_ROW_BY_HELPER)

struct _FareOutbox
{
  sqlite3       *db;
  gboolean       with_names;
  FareStatement *file;
  FarePacks     *packs;
  FareStatement *facts;
  FareStatement *session;
  FareStatement *model;
  FareStatement *branch;
};

/* Texts of one log by their numbers in the index. */
typedef struct
{
  FareOutbox *outbox;
  FareLog    *log;
  GHashTable *sessions; /* number in the index → number in the log, plus 1 */
  GHashTable *models;
  GHashTable *branches;
  gboolean    failed;
} Translation;

FareOutbox *
fare_outbox_new (sqlite3  *db,
                 gboolean  with_names)
{
  FareOutbox *self = g_new0 (FareOutbox, 1);

  self->db = db;
  self->packs = fare_packs_new (db);
  self->with_names = with_names;

  return self;
}

void
fare_outbox_free (FareOutbox *self)
{
  g_clear_pointer (&self->file, sqlite3_finalize);
  g_clear_pointer (&self->packs, fare_packs_free);
  g_clear_pointer (&self->facts, sqlite3_finalize);
  g_clear_pointer (&self->session, sqlite3_finalize);
  g_clear_pointer (&self->model, sqlite3_finalize);
  g_clear_pointer (&self->branch, sqlite3_finalize);
  g_free (self);
}

GArray *
fare_outbox_list (FareOutbox *self)
{
  g_autoptr(FareStatement) statement = NULL;
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (FareOutboxItem));
  int result;

  /* Rows change only when the log is read, and then one of these does. */
  statement = fare_statement_new (
    self->db, "SELECT id, size, mtime_ns, stamp, offset, head, tail, parser, newest_ms, next_seq,"
              " flags & 1 FROM file WHERE machine = 0 AND next_seq > 0 ORDER BY id");
  if (statement == NULL)
    return NULL;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      FareOutboxItem item = { .file = (guint32) fare_statement_int (statement, 0) };
      guint64 hash = fare_hash_int (FARE_HASH_SEED, self->with_names);

      for (int i = 0; i < 11; i++)
        hash = fare_hash_int (hash, fare_statement_int (statement, i));
      item.signature = fare_hash_finish (hash);
      g_array_append_val (items, item);
    }

  return result == SQLITE_DONE ? g_steal_pointer (&items) : NULL;
}

static gboolean
prepare (FareOutbox     *self,
         FareStatement **statement,
         const char     *sql)
{
  if (*statement == NULL)
    *statement = fare_statement_new (self->db, sql);

  return *statement != NULL;
}

static gboolean
prepare_all (FareOutbox *self)
{
  return prepare (self, &self->file, "SELECT client.name, file.key, file.newest_ms, file.flags & 1,"
                                     " file.lines FROM file JOIN client ON client.id = file.client"
                                     " WHERE file.id = ?1")
         && prepare (self, &self->facts, "SELECT session, kind, rank, ord, text FROM fact"
                                         " WHERE file = ?1 ORDER BY session, kind, rank")
         && prepare (self, &self->session, "SELECT uid, '' FROM session WHERE id = ?1")
         && prepare (self, &self->model, "SELECT name, provider FROM model WHERE id = ?1")
         && prepare (self, &self->branch, "SELECT name, '' FROM branch WHERE id = ?1");
}

static guint32
translate (Translation   *self,
           GHashTable    *known,
           FareStatement *find,
           guint32        number)
{
  gpointer found = g_hash_table_lookup (known, GUINT_TO_POINTER (number));
  guint32 text = 0;

  if (found != NULL)
    return GPOINTER_TO_UINT (found) - 1;
  fare_statement_bind (find, "i", (gint64) number);
  if (sqlite3_step (find) != SQLITE_ROW)
    self->failed = TRUE;
  else if (find == self->outbox->model)
    text = fare_log_intern_model (self->log, fare_statement_text (find, 1),
                                  fare_statement_text (find, 0));
  else
    text = fare_log_intern (self->log, fare_statement_text (find, 0));
  sqlite3_reset (find);
  g_hash_table_insert (known, GUINT_TO_POINTER (number), GUINT_TO_POINTER (text + 1));

  return text;
}

static gboolean
load_rows (FareOutbox  *self,
           guint32      file,
           Translation *translation)
{
  gint64 first = (gint64) file << FARE_ROW_FILE_SHIFT;
  GArray *rows = translation->log->rows;

  if (!fare_packs_load (self->packs, first, first | FARE_ROW_SEQUENCE, rows))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      FareRow *row = &g_array_index (rows, FareRow, i);

      row->flags &= (guint16) ~FOLDED_FLAGS;
      row->own_session = translate (translation, translation->sessions, self->session,
                                    row->own_session);
      row->model = translate (translation, translation->models, self->model, row->model);
      row->branch = self->with_names ? translate (translation, translation->branches, self->branch,
                                                  row->branch) : 0;
    }

  return !translation->failed;
}

static gboolean
is_told (const FareOutbox *self,
         FareFactKind      kind)
{
  switch (kind)
    {
    case FARE_FACT_PARENT:
    case FARE_FACT_SUBAGENT:
    case FARE_FACT_REVIEW:
    case FARE_FACT_PRESENT:
      return TRUE;
    case FARE_FACT_PROJECT:
      return self->with_names;
    case FARE_FACT_TITLE:
    default:
      return FALSE;
    }
}

static gboolean
load_facts (FareOutbox  *self,
            guint32      file,
            Translation *translation)
{
  int result;

  fare_statement_bind (self->facts, "i", (gint64) file);
  while ((result = sqlite3_step (self->facts)) == SQLITE_ROW)
    {
      FareFact fact = {
        .kind = (guint8) fare_statement_int (self->facts, 1),
        .rank = (guint8) fare_statement_int (self->facts, 2),
        .order = fare_statement_int (self->facts, 3),
      };

      if (!is_told (self, (FareFactKind) fact.kind))
        continue;
      fact.session = translate (translation, translation->sessions, self->session,
                                (guint32) fare_statement_int (self->facts, 0));
      fact.text = fare_log_intern (translation->log, fare_statement_text (self->facts, 4));
      g_array_append_val (translation->log->facts, fact);
    }
  sqlite3_reset (self->facts);

  return result == SQLITE_DONE && !translation->failed;
}

/* The folder's name may be that of a project; the file's is what some clients' folds go by. */
static char *
hide_folder (const char *key)
{
  const char *slash = strrchr (key, '/');
  gsize length = slash != NULL ? (gsize) (slash - key) : 0;
  gint64 hash = fare_hash_finish (fare_hash_bytes (FARE_HASH_SEED, key, length));

  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x/%s", (guint64) hash,
                          slash != NULL ? slash + 1 : key);
}

FareLog *
fare_outbox_load (FareOutbox  *self,
                  guint32      file,
                  char       **client,
                  char       **key)
{
  g_autoptr(FareLog) log = fare_log_new ();
  g_autoptr(GHashTable) sessions = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) models = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) branches = g_hash_table_new (NULL, NULL);
  Translation translation = { self, log, sessions, models, branches, FALSE };

  if (!prepare_all (self))
    return NULL;
  fare_statement_bind (self->file, "i", (gint64) file);
  if (sqlite3_step (self->file) != SQLITE_ROW)
    return NULL;
  *client = g_strdup (fare_statement_text (self->file, 0));
  *key = hide_folder (fare_statement_text (self->file, 1));
  log->newest_ms = fare_statement_int (self->file, 2);
  log->is_fork = fare_statement_int (self->file, 3) != 0;
  log->lines = fare_statement_int (self->file, 4);
  sqlite3_reset (self->file);
  if (load_rows (self, file, &translation) && load_facts (self, file, &translation))
    return g_steal_pointer (&log);
  g_clear_pointer (client, g_free);
  g_clear_pointer (key, g_free);

  return NULL;
}
