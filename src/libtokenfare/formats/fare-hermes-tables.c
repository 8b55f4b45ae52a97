/* fare-hermes-tables.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-hermes-tables.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-zone.h"
#include "formats/fare-column.h"
#include "formats/fare-provider.h"

/* A number of seconds above this is milliseconds already. */
#define FIRST_MILLISECONDS 1e12

/* The first moment of the year 10000. */
#define LAST_MILLISECONDS 253402300800000.0

#define MAX_COST 1e6
#define MAX_MESSAGES 1000000
#define HALF_DAY_MS (G_GINT64_CONSTANT (12) * 60 * 60 * 1000)

/* The columns all three tables share, in this order at the beginning of every query. */
#define COUNTERS                                                                               \
  "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens",                  \
    "reasoning_tokens", "actual_cost_usd", "estimated_cost_usd"
enum
{
  COLUMN_FIRST_OWN = 7
};

void
fare_hermes_session_clear (FareHermesSession *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->provider, g_free);
  g_clear_pointer (&self->parent, g_free);
  g_clear_pointer (&self->cwd, g_free);
}

static gint64
read_time (sqlite3_stmt *statement,
           int           column)
{
  double value = fare_column_number (statement, column);

  if (value <= FIRST_MILLISECONDS)
    value *= 1000;

  return value > 0 && value < LAST_MILLISECONDS ? (gint64) (value + 0.5) : 0;
}

static const char *
find_provider (const char *model)
{
  static const struct { const char *start; const char *provider; } makers[] = {
    { "qwen", "alibaba" },
    { "deepseek", "deepseek" },
    { "kimi", "moonshot" },
    { "glm", "zai" },
    { "minimax", "minimax" },
    { "mistral", "mistral" },
  };
  g_autofree char *lower = g_ascii_strdown (model, -1);

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (g_str_has_prefix (lower, makers[i].start))
      return makers[i].provider;

  return fare_provider_guess (lower, "");
}

static guint32
intern_model (FareLog    *log,
              const char *billing,
              const char *model)
{
  static const struct { const char *billing; const char *provider; } names[] = {
    { "openai-codex", "openai" },
    { "openai-api", "openai" },
    { "claude", "anthropic" },
    { "gemini", "google" },
    { "vertex", "google" },
    { "google-ai-studio", "google" },
  };
  g_autofree char *lower = g_ascii_strdown (billing, -1);
  const char *provider = *lower != '\0' ? lower : find_provider (model);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (lower, names[i].billing))
      provider = names[i].provider;

  return fare_log_intern_model (log, provider, *model != '\0' ? model : "unknown");
}

static gint64
to_pico (double cost)
{
  return cost > 0 && cost < MAX_COST ? (gint64) (cost * 1e12 + 0.5) : 0;
}

/* A cost of 0 is "unknown" or "part of a plan", not free. */
static FareHermesPart
read_part (sqlite3_stmt *statement)
{
  FareHermesPart part = { .key = 1 };

  part.usage.input = fare_column_count (statement, 0);
  part.usage.output = fare_column_count (statement, 1);
  part.usage.cache_read = fare_column_count (statement, 2);
  part.usage.cache_write_5m = fare_column_count (statement, 3);
  part.usage.reasoning = fare_column_count (statement, 4);
  part.cost_pico = to_pico (fare_column_number (statement, 5));
  if (part.cost_pico == 0)
    part.cost_pico = to_pico (fare_column_number (statement, 6));

  return part;
}

/* Of the texts as they stand in the table: a name with a blank behind it is another name. */
static gint64
hash_key (const char   *kind,
          sqlite3_stmt *statement,
          int           first,
          int           n)
{
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, kind, strlen (kind) + 1);

  for (int i = first; i < first + n; i++)
    {
      const char *text = (const char *) sqlite3_column_text (statement, i);

      text = text != NULL ? text : "";
      hash = fare_hash_bytes (hash, text, strlen (text) + 1);
    }

  return fare_hash_finish (hash);
}

/* Goes to the next line; a query that breaks off makes the whole reading fail. */
static gboolean
step (FareHermesTables *self,
      sqlite3_stmt     *statement)
{
  int result = sqlite3_step (statement);

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    self->result = result;

  return result == SQLITE_ROW;
}

static void
read_models (FareHermesTables        *self,
             const FareHermesSession *session)
{
  sqlite3_stmt *statement = self->models;

  g_array_set_size (self->main, 0);
  g_array_set_size (self->others, 0);
  if (statement == NULL)
    return;
  sqlite3_bind_text (statement, 1, session->id, -1, SQLITE_STATIC);
  while (step (self, statement))
    {
      FareHermesPart part = read_part (statement);
      g_autofree char *model = fare_column_text (statement, COLUMN_FIRST_OWN);
      g_autofree char *provider = fare_column_text (statement, COLUMN_FIRST_OWN + 1);
      g_autofree char *task = fare_column_text (statement, COLUMN_FIRST_OWN + 4);
      /* The one task that is counted in the session's own sums too. */
      gboolean is_main = *task == '\0' || g_str_equal (task, "voice_chat");

      part.key = hash_key ("model", statement, COLUMN_FIRST_OWN, 5);
      part.model = intern_model (self->log, provider, model);
      part.time_ms = read_time (statement, COLUMN_FIRST_OWN + 5);
      if (part.time_ms == 0)
        part.time_ms = session->started_ms;
      g_array_append_val (is_main ? self->main : self->others, part);
    }
  sqlite3_reset (statement);
}

/* Noon of a day on the local clock, but not before the session began. */
static gint64
find_noon (const FareHermesTables *self,
           const char    *day,
           gint64         started_ms)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = g_strconcat (day, "T00:00:00", NULL);
  g_autoptr(GDateTime) midnight = g_date_time_new_from_iso8601 (text, utc);
  gint64 begin, end, noon;

  if (midnight == NULL || g_date_time_to_unix (midnight) < 0)
    return 0;
  begin = g_date_time_to_unix (midnight) * 1000;
  end = fare_zone_find_time (self->zone, begin + 2 * HALF_DAY_MS);
  noon = fare_zone_find_time (self->zone, begin + HALF_DAY_MS);

  return started_ms > noon && started_ms < end ? started_ms : noon;
}

static void
read_days (FareHermesTables        *self,
           const FareHermesSession *session)
{
  sqlite3_stmt *statement = self->days;

  g_array_set_size (self->daily, 0);
  if (statement == NULL)
    return;
  sqlite3_bind_text (statement, 1, session->id, -1, SQLITE_STATIC);
  while (step (self, statement))
    {
      FareHermesPart part = read_part (statement);
      g_autofree char *day = fare_column_text (statement, COLUMN_FIRST_OWN);

      part.key = hash_key ("day", statement, COLUMN_FIRST_OWN, 1);
      part.time_ms = find_noon (self, day, session->started_ms);
      g_array_append_val (self->daily, part);
    }
  sqlite3_reset (statement);
}

/* Prepares the query for a table that may be missing. */
static sqlite3_stmt *
prepare_optional (FareForeignDb      *db,
                  const char         *table,
                  const char * const *columns,
                  const char         *tail)
{
  g_autofree char *sql = fare_column_select (db, table, columns, tail);

  if (!fare_foreign_db_has_table (db, table, "session_id"))
    return NULL;

  return fare_foreign_db_prepare (db, sql, NULL);
}

gboolean
fare_hermes_tables_open (FareHermesTables  *self,
                         FareLog           *log,
                         FareForeignDb     *db,
                         GError           **error)
{
  static const char * const session_columns[] = {
    COUNTERS, "id", "model", "billing_provider", "parent_session_id", "cwd", "started_at",
    "message_count", "title", NULL
  };
  static const char * const model_columns[] = {
    COUNTERS, "model", "billing_provider", "billing_base_url", "billing_mode", "task",
    "first_seen", NULL
  };
  static const char * const day_columns[] = { COUNTERS, "day", NULL };
  g_autofree char *sql = fare_column_select (db, "sessions", session_columns, "ORDER BY 8");

  *self = (FareHermesTables) { .log = log, .db = db, .result = SQLITE_DONE };
  self->zone = g_time_zone_new_local ();
  self->main = g_array_new (FALSE, FALSE, sizeof (FareHermesPart));
  self->others = g_array_new (FALSE, FALSE, sizeof (FareHermesPart));
  self->daily = g_array_new (FALSE, FALSE, sizeof (FareHermesPart));
  self->models = prepare_optional (db, "session_model_usage", model_columns,
                                   "WHERE session_id = ?1 ORDER BY 13, 8, 9, 10, 11, 12");
  self->days = prepare_optional (db, "session_daily_usage", day_columns,
                                 "WHERE session_id = ?1 ORDER BY 8");
  self->prompts = fare_foreign_db_prepare (
    db, "SELECT content FROM messages WHERE session_id = ?1 AND role = 'user'"
        " AND length (content) > 0 ORDER BY timestamp, id LIMIT 1", NULL);
  self->sessions = fare_foreign_db_prepare (db, sql, error);

  return self->sessions != NULL;
}

void
fare_hermes_tables_clear (FareHermesTables *self)
{
  g_clear_pointer (&self->sessions, sqlite3_finalize);
  g_clear_pointer (&self->models, sqlite3_finalize);
  g_clear_pointer (&self->days, sqlite3_finalize);
  g_clear_pointer (&self->prompts, sqlite3_finalize);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->main, g_array_unref);
  g_clear_pointer (&self->others, g_array_unref);
  g_clear_pointer (&self->daily, g_array_unref);
}

gboolean
fare_hermes_tables_next (FareHermesTables  *self,
                         FareHermesSession *session)
{
  sqlite3_stmt *statement = self->sessions;
  int column = COLUMN_FIRST_OWN;

  if (self->result != SQLITE_DONE || !step (self, statement))
    return FALSE;
  *session = (FareHermesSession) { .part = read_part (statement) };
  session->id = fare_column_text (statement, column++);
  session->model = fare_column_text (statement, column++);
  session->provider = fare_column_text (statement, column++);
  session->parent = fare_column_text (statement, column++);
  session->cwd = fare_column_text (statement, column++);
  session->started_ms = read_time (statement, column++);
  session->messages = fare_column_count (statement, column++);
  session->messages = MIN (session->messages, MAX_MESSAGES);
  session->title = fare_column_title (statement, column, self->log);
  session->part.time_ms = session->started_ms;
  session->part.model = intern_model (self->log, session->provider, session->model);
  read_models (self, session);
  read_days (self, session);

  return TRUE;
}

gboolean
fare_hermes_tables_check (FareHermesTables  *self,
                          GError           **error)
{
  return fare_foreign_db_check (self->db, self->result, error);
}

guint32
fare_hermes_tables_find_prompt (FareHermesTables        *self,
                                const FareHermesSession *session)
{
  guint32 title = 0;

  if (self->prompts == NULL)
    return 0;
  sqlite3_bind_text (self->prompts, 1, session->id, -1, SQLITE_STATIC);
  if (step (self, self->prompts))
    title = fare_column_title (self->prompts, 0, self->log);
  sqlite3_reset (self->prompts);

  return title;
}
