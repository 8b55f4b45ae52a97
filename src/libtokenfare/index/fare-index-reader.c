/* fare-index-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-reader.h"

#include <stdio.h>
#include <string.h>

#include "formats/fare-format.h"
#include "index/fare-index-rollup.h"
#include "index/fare-index-rows.h"
#include "index/fare-index-sessions.h"

struct _FareIndexReader
{
  FareIndex    *index;
  sqlite3      *db;
  GArray       *bands;       /* thresholds of the stored rollup */
  GArray       *thresholds;  /* (nullable): thresholds asked for, when bands lack some of them */

  /* Looked up when first met, then kept: the strings of buckets and events. */
  GHashTable   *sessions;    /* FareSessionInfo by number */
  GHashTable   *models;      /* FareModelInfo by number */
  GHashTable   *branches;
  GHashTable   *projects;
  GHashTable   *clients;
  GHashTable   *paths;
  FareStatement *find_session;
};

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

/* The first read fixes the moment the snapshot shows. */
static gboolean
begin_snapshot (FareIndexReader *self)
{
  return sqlite3_exec (self->db, "BEGIN; SELECT count(*) FROM meta", NULL, NULL, NULL) == SQLITE_OK
         && load_models (self)
         && load_texts (self, self->branches, "SELECT id, name FROM branch")
         && load_texts (self, self->projects, "SELECT id, path FROM project")
         && load_texts (self, self->clients, "SELECT id, name FROM client");
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
  if (!begin_snapshot (self))
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
  g_clear_pointer (&self->db, sqlite3_close);
  g_clear_pointer (&self->bands, g_array_unref);
  g_clear_pointer (&self->thresholds, g_array_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->models, g_hash_table_unref);
  g_clear_pointer (&self->branches, g_hash_table_unref);
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
  gboolean covered = TRUE;

  for (guint i = 0; i < n_thresholds; i++)
    covered = covered && contains (self->bands, thresholds[i]);
  g_clear_pointer (&self->thresholds, g_array_unref);
  if (covered)
    return;
  self->thresholds = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (self->thresholds, thresholds, n_thresholds);
}

static const char *
get_text (GHashTable *table,
          gint64      number)
{
  const char *text = g_hash_table_lookup (table, GUINT_TO_POINTER ((guint) number));

  return text != NULL ? text : "";
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
  session->client = get_text (self->clients, fare_statement_int (statement, 1));
  session->uid = g_strdup (fare_statement_text (statement, 2));
  session->project = get_text (self->projects, fare_statement_int (statement, 3));
  session->title = find_title (fare_statement_text (statement, 4), session->project, session->uid);
  session->parent = g_strdup (fare_statement_text (statement, 5));
  session->is_subagent = (flags & FARE_SESSION_SUBAGENT) != 0;
  session->is_review = (flags & FARE_SESSION_REVIEW) != 0;
  session->first_ms = fare_statement_int (statement, 7);
  session->last_ms = fare_statement_int (statement, 8);
  g_hash_table_insert (self->sessions, GUINT_TO_POINTER (id), session);

  return session;
}

static const FareSessionInfo *
get_session (FareIndexReader *self,
             gint64           id)
{
  const FareSessionInfo *session;

  session = g_hash_table_lookup (self->sessions, GUINT_TO_POINTER ((guint) id));
  if (session != NULL)
    return session;
  if (self->find_session == NULL)
    self->find_session = fare_statement_new (self->db, "SELECT " SESSION_COLUMNS
                                                       " WHERE s.id = ?1");
  if (self->find_session == NULL)
    return NULL;
  fare_statement_bind (self->find_session, "i", id);
  if (sqlite3_step (self->find_session) == SQLITE_ROW)
    session = take_session (self, self->find_session);
  sqlite3_reset (self->find_session);

  return session;
}

static gint64
get_floor (const GArray *bands,
           gint64        band)
{
  return band > 0 && band <= bands->len ? g_array_index (bands, gint64, band - 1) + 1 : 0;
}

static gboolean
load_bucket (FareIndexReader *self,
             FareStatement   *statement,
             FareBucket      *bucket)
{
  gint64 kind = fare_statement_int (statement, 4);

  bucket->quarter = fare_statement_int (statement, 0);
  bucket->session = get_session (self, fare_statement_int (statement, 1));
  bucket->model = g_hash_table_lookup (self->models,
                                       GUINT_TO_POINTER ((guint) fare_statement_int (statement, 2)));
  bucket->branch = get_text (self->branches, fare_statement_int (statement, 3));
  bucket->modes = kind & FARE_KIND_MODES;
  bucket->is_subagent = (kind & FARE_KIND_BY_HELPER) != 0;
  bucket->has_reported = (kind & FARE_KIND_REPORTED) != 0;
  bucket->prompt_floor = get_floor (self->bands, fare_statement_int (statement, 5));
  bucket->events = fare_statement_int (statement, 6);
  bucket->messages = fare_statement_int (statement, 7);
  bucket->usage.input = fare_statement_int (statement, 8);
  bucket->usage.cache_read = fare_statement_int (statement, 9);
  bucket->usage.cache_write_5m = fare_statement_int (statement, 10);
  bucket->usage.cache_write_1h = fare_statement_int (statement, 11);
  bucket->usage.output = fare_statement_int (statement, 12);
  bucket->usage.reasoning = fare_statement_int (statement, 13);
  bucket->web_searches = fare_statement_int (statement, 14);
  bucket->reported_pico = fare_statement_int (statement, 15);

  /* A number without its text means a damaged file; never hand out half a bucket. */
  return bucket->session != NULL && bucket->model != NULL;
}

static gboolean
take_corrupt (FareIndexReader  *self,
              GError          **error)
{
  g_set_error (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT,
               "%s: %s", fare_index_get_path (self->index) != NULL
                         ? fare_index_get_path (self->index) : ":memory:",
               sqlite3_errstr (SQLITE_CORRUPT));

  return FALSE;
}

/* Whole quarter hours [from, to) out of the rollup. */
static gboolean
read_rollup (FareIndexReader  *self,
             gint64            from,
             gint64            to,
             FareBucketFunc    func,
             gpointer          user_data,
             gboolean         *go_on,
             GError          **error)
{
  g_autoptr(FareStatement) statement = NULL;
  FareBucket bucket = { 0 };
  int result = SQLITE_DONE;

  statement = fare_statement_new (self->db, "SELECT * FROM rollup WHERE quarter >= ?1"
                                            " AND quarter < ?2 ORDER BY quarter");
  if (statement == NULL)
    return fare_index_take_error (self->index, self->db, error);
  fare_statement_bind (statement, "ii", from, to);
  while (*go_on && (result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      if (!load_bucket (self, statement, &bucket))
        return take_corrupt (self, error);
      *go_on = func (&bucket, user_data);
    }
  if (result != SQLITE_DONE && result != SQLITE_ROW)
    return fare_index_take_error (self->index, self->db, error);

  return TRUE;
}

/* Sums events into buckets by hand: for the edges of a span, and where the stored bands do not fit. */
typedef struct
{
  FareIndexReader *reader;
  const GArray    *bands;
  GHashTable      *cells;   /* FareBucket by a text key */
  GPtrArray       *order;
} Summing;

static gboolean
sum_event (const FareEventRow *event,
           gpointer            user_data)
{
  Summing *self = user_data;
  gint64 quarter = event->time_ms / FARE_QUARTER_MS;
  guint band = fare_rollup_get_band (self->bands, fare_usage_prompt (&event->usage));
  char key[160];
  FareBucket *bucket;

  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT " %u %u %p %u %u %u %u", quarter,
              event->session->id, event->model->id, (gpointer) event->branch, event->modes,
              event->is_subagent, event->has_reported, band);
  bucket = g_hash_table_lookup (self->cells, key);
  if (bucket == NULL)
    {
      bucket = g_new0 (FareBucket, 1);
      bucket->quarter = quarter;
      bucket->session = event->session;
      bucket->model = event->model;
      bucket->branch = event->branch;
      bucket->modes = event->modes;
      bucket->is_subagent = event->is_subagent;
      bucket->has_reported = event->has_reported;
      bucket->prompt_floor = get_floor (self->bands, band);
      g_hash_table_insert (self->cells, g_strdup (key), bucket);
      g_ptr_array_add (self->order, bucket);
    }
  fare_usage_add (&bucket->usage, &event->usage, 1);
  bucket->events++;
  bucket->messages += event->messages;
  bucket->web_searches += event->web_searches;
  if (__builtin_add_overflow (bucket->reported_pico, event->reported_pico, &bucket->reported_pico))
    bucket->reported_pico = G_MAXINT64;

  return TRUE;
}

static gboolean
sum_events (FareIndexReader  *self,
            gint64            from_ms,
            gint64            to_ms,
            FareBucketFunc    func,
            gpointer          user_data,
            gboolean         *go_on,
            GError          **error)
{
  g_autoptr(GHashTable) cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Summing summing = { self, self->thresholds != NULL ? self->thresholds : self->bands, cells, order };

  if (from_ms >= to_ms || !*go_on)
    return TRUE;
  /* Events come by time, so the buckets stand in the order of their quarter hours. */
  if (!fare_index_reader_foreach_event (self, from_ms, to_ms, NULL, sum_event, &summing, error))
    return FALSE;
  for (guint i = 0; *go_on && i < order->len; i++)
    *go_on = func (g_ptr_array_index (order, i), user_data);

  return TRUE;
}

gboolean
fare_index_reader_foreach_bucket (FareIndexReader  *self,
                                  gint64            from_ms,
                                  gint64            to_ms,
                                  FareBucketFunc    func,
                                  gpointer          user_data,
                                  GError          **error)
{
  gint64 first, last, edge;
  gboolean go_on = TRUE;

  from_ms = MAX (from_ms, 0);
  if (from_ms >= to_ms)
    return TRUE;
  if (self->thresholds != NULL)
    return sum_events (self, from_ms, to_ms, func, user_data, &go_on, error);

  first = from_ms / FARE_QUARTER_MS + (from_ms % FARE_QUARTER_MS != 0);
  last = to_ms / FARE_QUARTER_MS;
  if (first > last)
    return sum_events (self, from_ms, to_ms, func, user_data, &go_on, error);
  edge = MIN (first * FARE_QUARTER_MS, to_ms);

  return sum_events (self, from_ms, edge, func, user_data, &go_on, error)
         && read_rollup (self, first, last, func, user_data, &go_on, error)
         && (to_ms == G_MAXINT64
             || sum_events (self, last * FARE_QUARTER_MS, to_ms, func, user_data, &go_on, error));
}

static void
write_key (FareEventRow  *event,
           const FareRow *row)
{
  const char *client = event->session->client;
  const FareFormat *format = fare_format_find (client);
  guint64 cluster = (guint64) row->cluster;

  if (format != NULL && format->keys_by_session)
    g_snprintf (event->key, sizeof event->key, "%s:%.80s:%016" G_GINT64_MODIFIER "x", client,
                event->session->uid, cluster);
  else if (row->flags & FARE_ROW_ALONE)
    g_snprintf (event->key, sizeof event->key, "%s:%016" G_GINT64_MODIFIER "x@%.80s:%"
                G_GINT64_FORMAT ":%" G_GINT64_FORMAT, client, cluster, event->session->uid,
                event->time_ms, fare_usage_prompt (&event->usage));
  else
    g_snprintf (event->key, sizeof event->key, "%s:%016" G_GINT64_MODIFIER "x:%016"
                G_GINT64_MODIFIER "x", client, cluster, (guint64) row->sub);
}

static const char *
get_path (FareIndexReader *self,
          guint32          file)
{
  if (g_hash_table_size (self->paths) == 0)
    load_texts (self, self->paths, "SELECT id, path FROM file");

  return get_text (self->paths, file);
}

static gboolean
load_event (FareIndexReader *self,
            FareStatement   *statement,
            FareEventRow    *event,
            FareRole        *role)
{
  FareRow row = { 0 };

  fare_rows_load (statement, &row);
  event->time_ms = row.event_ms;
  event->session = get_session (self, row.event_session);
  event->model = g_hash_table_lookup (self->models, GUINT_TO_POINTER (row.model));
  if (event->session == NULL || event->model == NULL)
    return FALSE;
  event->branch = get_text (self->branches, row.branch);
  event->modes = row.modes;
  event->is_fast = (row.flags & FARE_ROW_FAST) != 0;
  event->is_subagent = (row.flags & FARE_ROW_BY_HELPER) != 0;
  event->has_reported = (row.flags & FARE_ROW_REPORTED) != 0;
  event->usage = row.usage;
  event->messages = row.messages;
  event->web_searches = row.web_searches;
  event->reported_pico = row.reported_pico;
  event->lines = row.lines;
  event->path = get_path (self, row.file);
  event->offset = row.offset;
  write_key (event, &row);
  *role = row.role;

  return TRUE;
}

/* Rows without lines are marks that only tell fold something.
 *
 * Without a session the table is gone through by time; the index on (session, time) serves a
 * session, and the rollup says which sessions a short span needs. */
static FareStatement *
prepare_events (FareIndexReader *self,
                gboolean         is_short,
                gboolean         with_session,
                gboolean         counted)
{
  const char *place = with_session ? "session = ?3"
                      : is_short   ? "session IN (SELECT session FROM rollup WHERE"
                                     " quarter BETWEEN ?1 / 900000 AND ?2 / 900000)"
                                   : "?3 = 0";
  g_autofree char *sql = g_strdup_printf (
    "SELECT " FARE_ROW_COLUMNS " FROM event WHERE time_ms >= ?1 AND time_ms < ?2 AND role %s"
    " AND %s ORDER BY time_ms, id", counted ? "= 0" : "<> 0 AND lines > 0", place);

  return fare_statement_new (self->db, sql);
}

G_STATIC_ASSERT (FARE_QUARTER_MS == 900000);

/* A span this short has few sessions. */
#define SHORT_SPAN_MS (G_GINT64_CONSTANT (2) * 86400 * 1000)

gboolean
fare_index_reader_foreach_event (FareIndexReader        *self,
                                 gint64                  from_ms,
                                 gint64                  to_ms,
                                 const FareSessionInfo  *session,
                                 FareEventFunc           func,
                                 gpointer                user_data,
                                 GError                **error)
{
  g_autoptr(FareStatement) statement = NULL;
  gboolean is_short = from_ms > 0 && to_ms < G_MAXINT64 && to_ms - from_ms <= SHORT_SPAN_MS;
  gboolean go_on = TRUE;
  FareEventRow event = { 0 };
  FareRole role;
  int result = SQLITE_DONE;

  statement = prepare_events (self, is_short, session != NULL, TRUE);
  if (statement == NULL)
    return fare_index_take_error (self->index, self->db, error);
  fare_statement_bind (statement, is_short && session == NULL ? "ii" : "iii", from_ms, to_ms,
                       session != NULL ? (gint64) session->id : 0);
  while (go_on && (result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      if (!load_event (self, statement, &event, &role))
        return take_corrupt (self, error);
      go_on = func (&event, user_data);
    }
  if (result != SQLITE_DONE && result != SQLITE_ROW)
    return fare_index_take_error (self->index, self->db, error);

  return TRUE;
}

gboolean
fare_index_reader_foreach_copy (FareIndexReader  *self,
                                gint64            from_ms,
                                gint64            to_ms,
                                FareCopyFunc      func,
                                gpointer          user_data,
                                GError          **error)
{
  g_autoptr(FareStatement) statement = prepare_events (self, FALSE, FALSE, FALSE);
  gboolean go_on = TRUE;
  FareEventRow event = { 0 };
  FareRole role;
  int result = SQLITE_DONE;

  if (statement == NULL)
    return fare_index_take_error (self->index, self->db, error);
  fare_statement_bind (statement, "iii", from_ms, to_ms, G_GINT64_CONSTANT (0));
  while (go_on && (result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      if (!load_event (self, statement, &event, &role))
        return take_corrupt (self, error);
      go_on = func (&event, role, user_data);
    }
  if (result != SQLITE_DONE && result != SQLITE_ROW)
    return fare_index_take_error (self->index, self->db, error);

  return TRUE;
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
  file->client = get_text (self->clients, fare_statement_int (statement, 0));
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

  statement = fare_statement_new (self->db, "SELECT client, path, size, lines, malformed,"
                                            " malformed_at, repeated, newest_ms, flags, error"
                                            " FROM file ORDER BY path");
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

gint64
fare_index_reader_get_last_scan (FareIndexReader *self)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "SELECT value FROM meta WHERE key = 'last_scan'");

  return statement != NULL && sqlite3_step (statement) == SQLITE_ROW
         ? fare_statement_int (statement, 0) : 0;
}

gboolean
fare_index_reader_get_span (FareIndexReader *self,
                            gint64          *first_quarter,
                            gint64          *last_quarter)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "SELECT min(quarter), max(quarter) FROM rollup");
  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW
      || sqlite3_column_type (statement, 0) == SQLITE_NULL)
    return FALSE;
  *first_quarter = fare_statement_int (statement, 0);
  *last_quarter = fare_statement_int (statement, 1);

  return TRUE;
}
