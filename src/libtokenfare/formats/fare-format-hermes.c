/* fare-format-hermes.c
 *
 * Hermes keeps sums, not calls: per session, newer versions also per session, model and
 * task, the newest also per session and day.  A session becomes as many events as its
 * database can tell apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-hermes.h"

#include <string.h>

#include "base/fare-hash.h"
#include "formats/fare-hermes-tables.h"

/* Ranks of titles, best first. */
enum
{
  TITLE_OWN,
  TITLE_PROMPT
};

typedef struct
{
  FareLog          *log;
  FareHermesTables  tables;
  gint64            n_rows; /* given out so far */
} Reading;

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "state.db");
}

static GStrv
list_roots (FarePaths *paths)
{
  const char *override = fare_paths_get_env (paths, "HERMES_HOME");
  g_auto(GStrv) homes = fare_paths_expand (paths, override != NULL ? override : "~/.hermes");
  g_autoptr(GStrvBuilder) roots = g_strv_builder_new ();

  for (guint i = 0; homes[i] != NULL; i++)
    {
      g_autofree char *profiles = g_build_filename (homes[i], "profiles", NULL);
      g_autoptr(GDir) dir = g_dir_open (profiles, 0, NULL);
      const char *name;

      g_strv_builder_add (roots, homes[i]);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *root = g_build_filename (profiles, name, NULL);
          g_strv_builder_add (roots, root);
        }
    }

  return g_strv_builder_end (roots);
}

static FareUsage
sum_of (GArray *parts)
{
  FareUsage sum = { 0 };

  for (guint i = 0; i < parts->len; i++)
    fare_usage_add (&sum, &g_array_index (parts, FareHermesPart, i).usage, 1);

  return sum;
}

/* Damaged counts are kept from overflowing sums here, and left out later. */
static gboolean
is_sane (const FareHermesPart *part)
{
  const FareUsage *usage = &part->usage;

  return usage->input <= FARE_USAGE_LIMIT && usage->output <= FARE_USAGE_LIMIT
         && usage->cache_read <= FARE_USAGE_LIMIT && usage->cache_write_5m <= FARE_USAGE_LIMIT
         && usage->reasoning <= FARE_USAGE_LIMIT;
}

static void
drop_damaged (Reading *reading,
              GArray  *parts)
{
  for (guint i = parts->len; i > 0; i--)
    if (!is_sane (&g_array_index (parts, FareHermesPart, i - 1)))
      {
        fare_log_malformed (reading->log, reading->n_rows);
        g_array_remove_index (parts, i - 1);
      }
}

/* Returns how many tokens the event stands for. */
static gint64
add_event (Reading           *reading,
           FareHermesSession *session,
           FareHermesPart    *part)
{
  FareRow row = { .lines = 1, .offset = reading->n_rows };
  gint64 total = fare_usage_total (&part->usage);

  if (total == 0 && part->cost_pico == 0)
    return 0;
  if (part->time_ms == 0)
    {
      fare_log_malformed (reading->log, row.offset);
      return 0;
    }
  row.usage = part->usage;
  row.usage.reasoning = MIN (row.usage.reasoning, row.usage.output);
  row.cluster = fare_hash_finish (fare_hash_bytes (FARE_HASH_SEED, session->id,
                                                   strlen (session->id)));
  row.sub = part->key;
  row.own_ms = part->time_ms;
  row.own_session = fare_log_intern (reading->log, session->id);
  row.model = part->model;
  row.messages = (guint32) session->messages;
  row.reported_pico = part->cost_pico;
  row.flags = part->cost_pico > 0 ? FARE_ROW_REPORTED : 0;
  /* A cost without tokens is use all the same. */
  if (total > 0)
    fare_log_add_row (reading->log, &row);
  else
    g_array_append_val (reading->log->rows, row);
  session->messages = 0;
  reading->n_rows++;

  return total;
}

static gint64
add_events (Reading           *reading,
            FareHermesSession *session,
            GArray            *parts)
{
  gint64 total = 0;

  for (guint i = 0; i < parts->len; i++)
    total += add_event (reading, session, &g_array_index (parts, FareHermesPart, i));

  return total;
}

/* What the session's sums hold beyond those by model: gateways store totals past that table. */
static FareHermesPart
find_rest (const FareHermesSession *session,
           GArray                  *parts)
{
  FareUsage sum = sum_of (parts), *rest;
  FareHermesPart part = session->part;

  rest = &part.usage;
  rest->input = MAX (rest->input - sum.input, 0);
  rest->output = MAX (rest->output - sum.output, 0);
  rest->cache_read = MAX (rest->cache_read - sum.cache_read, 0);
  rest->cache_write_5m = MAX (rest->cache_write_5m - sum.cache_write_5m, 0);
  rest->reasoning = MAX (rest->reasoning - sum.reasoning, 0);
  part.cost_pico = 0;
  part.key = fare_hash_finish (fare_hash_bytes (FARE_HASH_SEED, "residual", strlen ("residual")));

  return part;
}

static gboolean
has_whole_days (const Reading           *reading,
                const FareHermesSession *session)
{
  FareUsage days = sum_of (reading->tables.daily);

  return fare_usage_total (&days) > 0 && reading->tables.main->len <= 1
         && memcmp (&days, &session->part.usage, sizeof days) == 0;
}

static void
add_facts (Reading                 *reading,
           const FareHermesSession *session,
           gint64                   total)
{
  FareLog *log = reading->log;
  guint32 id = fare_log_intern (log, session->id);
  guint32 title = session->title;
  guint rank = TITLE_OWN;

  if (title == 0)
    {
      rank = TITLE_PROMPT;
      title = fare_hermes_tables_find_prompt (&reading->tables, session);
    }
  /* As with the rows: of several databases the one with the larger sum knows best. */
  fare_log_add_fact (log, id, FARE_FACT_PRESENT, 0, -total, 0);
  if (title != 0)
    fare_log_add_fact (log, id, FARE_FACT_TITLE, rank, -total, title);
  if (*session->cwd != '\0')
    fare_log_add_fact (log, id, FARE_FACT_PROJECT, 0, -total, fare_log_intern (log, session->cwd));
  if (*session->parent != '\0')
    fare_log_add_fact (log, id, FARE_FACT_PARENT, 0, -total,
                       fare_log_intern (log, session->parent));
}

static void
take_session (Reading           *reading,
              FareHermesSession *session)
{
  gint64 before = reading->n_rows, total;
  gboolean is_damaged = !is_sane (&session->part);
  GArray *own = reading->tables.main;

  drop_damaged (reading, own);
  drop_damaged (reading, reading->tables.others);
  drop_damaged (reading, reading->tables.daily);
  if (is_damaged)
    {
      fare_log_malformed (reading->log, reading->n_rows);
      session->part.usage = (FareUsage) { 0 };
    }
  if (!is_damaged && has_whole_days (reading, session))
    {
      guint32 model = own->len > 0 ? g_array_index (own, FareHermesPart, 0).model
                                    : session->part.model;

      for (guint i = 0; i < reading->tables.daily->len; i++)
        g_array_index (reading->tables.daily, FareHermesPart, i).model = model;
      total = add_events (reading, session, reading->tables.daily);
    }
  else if (own->len > 0)
    {
      FareHermesPart rest = find_rest (session, own);

      total = add_events (reading, session, own);
      total += add_event (reading, session, &rest);
    }
  else
    total = add_event (reading, session, &session->part);
  total += add_events (reading, session, reading->tables.others);
  if (reading->n_rows > before)
    add_facts (reading, session, total);
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autoptr(FareForeignDb) db = fare_foreign_db_open (log->path, error);
  Reading reading = { .log = log };
  FareHermesSession session;
  gboolean done;

  if (db == NULL)
    return FALSE;
  if (!fare_foreign_db_has_table (db, "sessions", "id"))
    return TRUE;
  done = fare_hermes_tables_open (&reading.tables, log, db, error);
  while (done && fare_hermes_tables_next (&reading.tables, &session))
    {
      if (*session.id != '\0')
        take_session (&reading, &session);
      fare_hermes_session_clear (&session);
    }
  done = done && fare_hermes_tables_check (&reading.tables, error);
  fare_hermes_tables_clear (&reading.tables);

  return done;
}

const FareFormat fare_format_hermes = {
  .id = "hermes",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 1,
  .read = read_log,
  .fold = fare_hermes_fold,
  .is_document = TRUE,
  .keeps_sessions = TRUE,
};
