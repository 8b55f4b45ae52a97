/* fare-format-goose.c
 *
 * Goose keeps sums per session, and since schema 15 a ledger of calls.  The ledger is
 * taken where it is whole; where it began in the middle of a session, the session's
 * sums are one event, with the right total but a coarse day.
 *
 * Assumed: a ledger is whole when neither its input nor its output falls short of the
 * sums; ledger lines whose session was deleted are use all the same; a ledger line
 * without a time has that of its session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-goose.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-column.h"
#include "formats/fare-format-hermes.h"
#include "formats/fare-parts.h"
#include "formats/fare-provider.h"

/* A number of seconds above this is milliseconds already. */
#define FIRST_MILLISECONDS 1e10

/* The first moment of the year 10000. */
#define LAST_MILLISECONDS 253402300800000.0

/* The columns of a set of counters, in the order of Counters. */
enum
{
  COUNT_TOTAL,
  COUNT_INPUT,
  COUNT_OUTPUT,
  COUNT_READ,
  COUNT_WRITE,
  N_COUNTS
};

typedef struct
{
  gint64   counts[N_COUNTS];
  gboolean is_known; /* any column is not NULL */
} Counters;

typedef struct
{
  gint64   id;
  char    *session;
  char    *model;
  gint64   time_ms;
  double   cost;
  Counters counters;
} Call;

typedef struct
{
  char    *id;
  char    *provider;
  char    *model;
  gint64   created_ms;
  double   cost;
  gboolean is_subagent;
  Counters sums;
} Session;

typedef struct
{
  FareLog       *log;
  FareForeignDb *db;
  GHashTable    *ledger;          /* session id → GPtrArray of Call */
  GPtrArray     *order;           /* ids of sessions in the ledger, as they come */
  gint64         n_sessions; /* read so far */
  gboolean       session_has_cache;
  gboolean       ledger_has_cache;
} Reading;

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "sessions.db");
}

static GStrv
list_roots (FarePaths *paths)
{
  const char *override = fare_paths_get_env (paths, "GOOSE_PATH_ROOT");
  const char *data_home = fare_paths_get_data_home (paths);
  g_autoptr(GStrvBuilder) roots = g_strv_builder_new ();
  g_auto(GStrv) entries = fare_paths_expand (paths, override);

  for (guint i = 0; entries[i] != NULL; i++)
    {
      g_autofree char *root = g_build_filename (entries[i], "data", "sessions", NULL);
      g_strv_builder_add (roots, root);
    }
  if (entries[0] == NULL)
    {
      g_autofree char *root = g_build_filename (data_home, "goose", "sessions", NULL);
      g_autofree char *older = g_build_filename (data_home, "Block", "goose", "sessions", NULL);

      g_strv_builder_add (roots, root);
      g_strv_builder_add (roots, older);
    }

  return g_strv_builder_end (roots);
}

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->session);
  g_free (call->model);
  g_free (call);
}

static void
session_clear (Session *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->provider, g_free);
  g_clear_pointer (&self->model, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

/* Damage stays recognisable, but a few of them can be added. */
static Counters
read_counters (sqlite3_stmt *statement,
               int           first)
{
  Counters counters = { .is_known = FALSE };

  for (int i = 0; i < N_COUNTS; i++)
    {
      counters.counts[i] = MIN (fare_column_count (statement, first + i), 4 * FARE_USAGE_LIMIT);
      counters.is_known |= sqlite3_column_type (statement, first + i) != SQLITE_NULL;
    }

  return counters;
}

/* The input holds what was read from and written to a cache.  A total that is larger than its parts
 * holds cached tokens of builds that left them out of the input, unless nothing else tells of the
 * output. */
static FareUsage
to_usage (const Counters *counters,
          gboolean        has_cache)
{
  const gint64 *counts = counters->counts;
  FareUsage usage = {
    .input = MAX (counts[COUNT_INPUT] - counts[COUNT_READ] - counts[COUNT_WRITE], 0),
    .cache_read = counts[COUNT_READ],
    .cache_write_5m = counts[COUNT_WRITE],
    .output = counts[COUNT_OUTPUT],
  };

  if (!has_cache && usage.output == 0)
    usage.output = MAX (counts[COUNT_TOTAL] - counts[COUNT_INPUT], 0);

  return usage;
}

static gint64
read_seconds (sqlite3_stmt *statement,
              int           column)
{
  double value = fare_column_number (statement, column);

  if (value <= FIRST_MILLISECONDS)
    value *= 1000;

  return value >= 1 && value < LAST_MILLISECONDS ? (gint64) value : 0;
}

static gboolean
load_ledger (Reading  *reading,
             GError  **error)
{
  static const char * const columns[] = {
    "id", "session_id", "created_timestamp", "model", "cost", "total_tokens", "input_tokens",
    "output_tokens", "cache_read_tokens", "cache_write_tokens", NULL
  };
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  gboolean done;
  int result;

  if (!fare_foreign_db_has_table (reading->db, "usage_ledger", "session_id"))
    return TRUE;
  reading->ledger_has_cache = fare_foreign_db_has_table (reading->db, "usage_ledger",
                                                         "cache_read_tokens");
  sql = fare_column_select (reading->db, "usage_ledger", columns, "ORDER BY rowid");
  statement = fare_foreign_db_prepare (reading->db, sql, error);
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      Call *call = g_new0 (Call, 1);
      GPtrArray *calls;

      call->id = sqlite3_column_int64 (statement, 0);
      call->session = fare_column_text (statement, 1);
      call->time_ms = read_seconds (statement, 2);
      call->model = fare_column_text (statement, 3);
      call->cost = fare_column_number (statement, 4);
      call->counters = read_counters (statement, 5);
      calls = g_hash_table_lookup (reading->ledger, call->session);
      if (calls == NULL)
        {
          calls = g_ptr_array_new_with_free_func (call_free);
          g_hash_table_insert (reading->ledger, g_strdup (call->session), calls);
          g_ptr_array_add (reading->order, g_strdup (call->session));
        }
      g_ptr_array_add (calls, call);
    }
  done = fare_foreign_db_check (reading->db, result, error);
  sqlite3_finalize (statement);

  return done;
}

static gboolean
is_whole (GPtrArray      *calls,
          const Counters *sums)
{
  gint64 input = 0, output = 0, missing_input, missing_output;

  if (calls == NULL)
    return FALSE;
  for (guint i = 0; i < calls->len; i++)
    {
      const Call *call = g_ptr_array_index (calls, i);

      input = MIN (input + call->counters.counts[COUNT_INPUT], 4 * FARE_USAGE_LIMIT);
      output = MIN (output + call->counters.counts[COUNT_OUTPUT], 4 * FARE_USAGE_LIMIT);
    }
  missing_input = sums->counts[COUNT_INPUT] - input;
  missing_output = sums->counts[COUNT_OUTPUT] - output;

  return input + output > 0 && missing_input <= 0 && missing_output <= 0;
}

static guint32
intern_model (FareLog    *log,
              const char *provider,
              const char *model)
{
  g_autofree char *lower = g_ascii_strdown (provider, -1);

  if (*model == '\0')
    model = "unknown";

  return fare_log_intern_model (log, *lower != '\0' ? lower : fare_provider_guess (model, ""),
                                model);
}

/* Returns how many tokens the event stands for. */
static gint64
add_event (Reading       *reading,
           const Session *session,
           FareRow       *row,
           double         cost,
           gint64         time_ms)
{
  if (time_ms == 0)
    {
      if (fare_usage_total (&row->usage) > 0)
        fare_log_malformed (reading->log, row->offset);
      return 0;
    }
  row->own_ms = time_ms;
  row->cluster = fare_hash_finish (fare_hash_bytes (FARE_HASH_SEED, session->id,
                                                    strlen (session->id)));
  row->own_session = fare_log_intern (reading->log, session->id);
  row->lines = row->messages = 1;
  row->flags |= session->is_subagent ? FARE_ROW_HELPER : 0;
  /* Zero is "unknown" here. */
  if (cost > 0)
    fare_row_take_cost (row, cost);

  return fare_log_add_row (reading->log, row) ? fare_usage_total (&row->usage) : 0;
}

static gint64
add_calls (Reading       *reading,
           const Session *session,
           GPtrArray     *calls)
{
  gint64 total = 0;

  for (guint i = 0; i < calls->len; i++)
    {
      const Call *call = g_ptr_array_index (calls, i);
      const char *model = *call->model != '\0' ? call->model : session->model;
      FareRow row = { .offset = call->id };

      row.usage = to_usage (&call->counters, reading->ledger_has_cache);
      row.sub = fare_hash_finish (fare_hash_int (FARE_HASH_SEED, call->id));
      row.model = intern_model (reading->log, session->provider, model);
      total += add_event (reading, session, &row, call->cost,
                          call->time_ms != 0 ? call->time_ms : session->created_ms);
    }

  return total;
}

static gint64
add_sums (Reading       *reading,
          const Session *session,
          gint64         offset)
{
  FareRow row = { .offset = offset, .sub = 1 };

  row.usage = to_usage (&session->sums, reading->session_has_cache);
  row.model = intern_model (reading->log, session->provider, session->model);

  return add_event (reading, session, &row, session->cost, session->created_ms);
}

static char *
read_model_name (sqlite3_stmt *statement,
                 int           column)
{
  g_autofree char *text = fare_column_text (statement, column);
  FareSpan key, name = { "", 0 };
  FarePull pull;

  fare_pull_init (&pull, text, strlen (text));
  if (fare_pull_enter (&pull, '{'))
    while (fare_pull_next_member (&pull, &key))
      {
        if (fare_span_equal (&key, "model_name"))
          fare_pull_string (&pull, &name);
        else
          fare_pull_skip (&pull);
      }

  return g_strstrip (fare_span_dup (&name, 0));
}

enum
{
  COLUMN_ID,
  COLUMN_PROVIDER,
  COLUMN_CONFIG,
  COLUMN_CREATED,
  COLUMN_COST,
  COLUMN_NAME,
  COLUMN_DESCRIPTION,
  COLUMN_FOLDER,
  COLUMN_TYPE,
  COLUMN_PARENT,
  COLUMN_SUMS,
  COLUMN_LAST_CALL = COLUMN_SUMS + N_COUNTS
};

static void
read_session (sqlite3_stmt *statement,
              Session      *session)
{
  g_autofree char *created = fare_column_text (statement, COLUMN_CREATED);
  g_autofree char *type = fare_column_text (statement, COLUMN_TYPE);

  session->id = fare_column_text (statement, COLUMN_ID);
  session->provider = fare_column_text (statement, COLUMN_PROVIDER);
  session->model = read_model_name (statement, COLUMN_CONFIG);
  session->is_subagent = g_str_equal (type, "sub_agent");
  session->cost = fare_column_number (statement, COLUMN_COST);
  session->sums = read_counters (statement, COLUMN_SUMS);
  /* Those describe the last call only, which is all of an imported session. */
  if (!session->sums.is_known)
    session->sums = read_counters (statement, COLUMN_LAST_CALL);
  if (!fare_instant_parse (created, strlen (created), &session->created_ms))
    session->created_ms = 0;
}

static void
add_facts (Reading       *reading,
           sqlite3_stmt  *statement,
           const Session *session,
           gint64         order)
{
  FareLog *log = reading->log;
  guint32 id = fare_log_intern (log, session->id);
  g_autofree char *folder = fare_column_text (statement, COLUMN_FOLDER);
  g_autofree char *parent = fare_column_text (statement, COLUMN_PARENT);
  guint32 title = fare_column_title (statement, COLUMN_NAME, log);

  /* As with the rows: of several databases the one with the larger sum knows best. */
  fare_log_add_fact (log, id, FARE_FACT_PRESENT, 0, order, 0);
  if (title == 0)
    title = fare_column_title (statement, COLUMN_DESCRIPTION, log);
  if (title != 0)
    fare_log_add_fact (log, id, FARE_FACT_TITLE, 0, order, title);
  if (*folder != '\0')
    fare_log_add_fact (log, id, FARE_FACT_PROJECT, 0, order, fare_log_intern (log, folder));
  if (*parent != '\0')
    fare_log_add_fact (log, id, FARE_FACT_PARENT, 0, order, fare_log_intern (log, parent));
  if (session->is_subagent)
    fare_log_add_fact (log, id, FARE_FACT_SUBAGENT, 0, order, 0);
}

static void
take_session (Reading      *reading,
              sqlite3_stmt *statement)
{
  g_auto(Session) session = { .id = NULL };
  GPtrArray *calls;
  gint64 total;

  read_session (statement, &session);
  if (*session.id == '\0')
    return;
  calls = g_hash_table_lookup (reading->ledger, session.id);
  if (is_whole (calls, &session.sums))
    total = add_calls (reading, &session, calls);
  else
    total = add_sums (reading, &session, reading->n_sessions);
  g_hash_table_remove (reading->ledger, session.id);
  reading->n_sessions++;
  if (total > 0)
    add_facts (reading, statement, &session, -total);
}

static gboolean
take_sessions (Reading  *reading,
               GError  **error)
{
  static const char * const columns[] = {
    "id", "provider_name", "model_config_json", "created_at", "accumulated_cost", "name",
    "description", "working_dir", "session_type", "parent_session_id",
    "accumulated_total_tokens", "accumulated_input_tokens", "accumulated_output_tokens",
    "accumulated_cache_read_tokens", "accumulated_cache_write_tokens",
    "total_tokens", "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", NULL
  };
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  gboolean done;
  int result;

  if (!fare_foreign_db_has_table (reading->db, "sessions", "id"))
    return TRUE;
  reading->session_has_cache = fare_foreign_db_has_table (reading->db, "sessions",
                                                          "accumulated_cache_read_tokens");
  sql = fare_column_select (reading->db, "sessions", columns, "ORDER BY rowid");
  statement = fare_foreign_db_prepare (reading->db, sql, error);
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    take_session (reading, statement);
  done = fare_foreign_db_check (reading->db, result, error);
  sqlite3_finalize (statement);

  return done;
}

/* What the ledger tells of sessions that are gone. */
static void
take_orphans (Reading *reading)
{
  for (guint i = 0; i < reading->order->len; i++)
    {
      char *id = g_ptr_array_index (reading->order, i);
      GPtrArray *calls = g_hash_table_lookup (reading->ledger, id);
      Session session = { .id = id, .provider = (char *) "", .model = (char *) "" };

      if (calls != NULL && *id != '\0' && add_calls (reading, &session, calls) > 0)
        fare_log_add_fact (reading->log, fare_log_intern (reading->log, id), FARE_FACT_PRESENT, 0,
                           0, 0);
    }
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autoptr(FareForeignDb) db = fare_foreign_db_open (log->path, error);
  g_autoptr(GHashTable) ledger = NULL;
  g_autoptr(GPtrArray) order = NULL;
  Reading reading = { .log = log, .db = db };

  if (db == NULL)
    return FALSE;
  reading.ledger = ledger = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                   (GDestroyNotify) g_ptr_array_unref);
  reading.order = order = g_ptr_array_new_with_free_func (g_free);
  if (!load_ledger (&reading, error) || !take_sessions (&reading, error))
    return FALSE;
  take_orphans (&reading);

  return TRUE;
}

/* A database that was moved to a new place leaves an earlier state of it behind; as with Hermes the
 * rows of a cluster are all of one session, and the database with the larger sum knows most. */
const FareFormat fare_format_goose = {
  .id = "goose",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 1,
  .read = read_log,
  .fold = fare_hermes_fold,
  .is_document = TRUE,
  .keeps_sessions = TRUE,
};
