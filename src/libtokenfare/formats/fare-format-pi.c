/* fare-format-pi.c
 *
 * One line is one entry of a tree; every branch of it was sent and billed, so all
 * entries count.  Forking copies entries byte for byte into a new file.  The file whose
 * header is the oldest shows a call, so a fork shows only what is new in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-pi.h"

#include <stdlib.h>
#include <string.h>

#include "formats/fare-pi-record.h"

/* Ranks of titles, best first. */
enum
{
  TITLE_NAME,
  TITLE_PROMPT
};

/* What a file's earlier lines tell its later ones. */
typedef struct
{
  guint32     session;
  gint64      born_ms;    /* time of the header; 0 before it */
  FarePiModel model;      /* named last */
  gboolean    has_header;
  gboolean    has_prompt;
} Reading;

static gboolean
claims (const char *name)
{
  return g_str_has_suffix (name, ".jsonl");
}

static void
add_all (GStrvBuilder *roots,
         GStrv         entries,
         const char   *tail)
{
  for (guint i = 0; entries[i] != NULL; i++)
    {
      g_autofree char *root = g_build_filename (entries[i], tail, NULL);
      g_strv_builder_add (roots, root);
    }
}

static GStrv
list_pi_roots (FarePaths *paths)
{
  static const struct { const char *name; const char *tail; } overrides[] = {
    { "PI_CODING_AGENT_SESSION_DIR", "" },
    { "PI_CODING_AGENT_DIR", "sessions" },
    { "PI_AGENT_DIR", "" },
  };
  g_autoptr(GStrvBuilder) roots = g_strv_builder_new ();
  const char *list = "~/.pi/agent", *tail = "sessions";
  g_auto(GStrv) entries = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (overrides); i++)
    {
      const char *value = fare_paths_get_env (paths, overrides[i].name);

      if (value == NULL)
        continue;
      list = value;
      tail = overrides[i].tail;
      break;
    }
  entries = fare_paths_expand (paths, list);
  add_all (roots, entries, tail);

  return g_strv_builder_end (roots);
}

/* The value is taken below the home folder by omp itself; a full path is understood too. */
static GStrv
list_omp_configs (FarePaths *paths)
{
  const char *value = fare_paths_get_env (paths, "PI_CONFIG_DIR");
  g_autofree char *below_home = NULL;

  if (value != NULL && (value[0] == '~' || g_path_is_absolute (value)))
    return fare_paths_expand (paths, value);
  below_home = g_strconcat ("~/", value != NULL ? value : ".omp", NULL);

  return fare_paths_expand (paths, below_home);
}

static void
add_profiles (GStrvBuilder *roots,
              const char   *config)
{
  g_autofree char *profiles = g_build_filename (config, "profiles", NULL);
  g_autoptr(GDir) dir = g_dir_open (profiles, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *root = g_build_filename (profiles, name, "agent", "sessions", NULL);
      g_strv_builder_add (roots, root);
    }
}

static gboolean
is_inside (const char *path,
           const char *folder)
{
  g_autofree char *real_path = realpath (path, NULL);
  g_autofree char *real_folder = realpath (folder, NULL);

  return real_path != NULL && real_folder != NULL && g_str_has_prefix (real_path, real_folder)
         && strchr ("/", real_path[strlen (real_folder)]) != NULL;
}

static GStrv
list_omp_roots (FarePaths *paths)
{
  g_autoptr(GStrvBuilder) all = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) own = g_strv_builder_new ();
  g_auto(GStrv) configs = list_omp_configs (paths);
  g_auto(GStrv) pi = list_pi_roots (paths);
  g_autofree char *shared = g_build_filename (fare_paths_get_data_home (paths), "omp", "sessions",
                                              NULL);
  g_auto(GStrv) roots = NULL;

  add_all (all, configs, "agent/sessions");
  for (guint i = 0; configs[i] != NULL; i++)
    add_profiles (all, configs[i]);
  g_strv_builder_add (all, shared);
  roots = g_strv_builder_end (all);

  /* Both honour Pi's variables; a folder of Pi's is not omp's too. */
  for (guint i = 0; roots[i] != NULL; i++)
    {
      gboolean is_pis = FALSE;

      for (guint j = 0; pi[j] != NULL; j++)
        is_pis |= is_inside (roots[i], pi[j]);
      if (!is_pis)
        g_strv_builder_add (own, roots[i]);
    }

  return g_strv_builder_end (own);
}

/* The id in a file name: <time>_<id>.jsonl. */
static guint32
intern_file_id (FareLog    *log,
                const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *valid = NULL;
  const char *id = strchr (name, '_');

  if (g_str_has_suffix (name, ".jsonl"))
    name[strlen (name) - strlen (".jsonl")] = '\0';
  valid = g_utf8_make_valid (id != NULL ? id + 1 : name, -1);

  return fare_log_intern (log, valid);
}

/* A second header, left by a crash or a repair, says nothing new. */
static void
take_header (FareLog            *log,
             Reading            *reading,
             const FarePiRecord *record,
             gint64              offset)
{
  if (reading->has_header)
    return;
  reading->has_header = TRUE;
  reading->born_ms = record->outer_ms;
  reading->model = fare_pi_record_get_model (record, log);
  if (record->id.length > 0)
    reading->session = fare_log_intern_span (log, &record->id, NULL);
  if (record->cwd.length > 0)
    fare_log_add_fact (log, reading->session, FARE_FACT_PROJECT, 0, offset,
                       fare_log_intern_span (log, &record->cwd, NULL));
  if (record->parent.length > 0)
    {
      /* The path may be stale, the id in its last part is not. */
      g_autofree char *parent = fare_span_dup (&record->parent, 0);

      fare_log_add_fact (log, reading->session, FARE_FACT_PARENT, 0, offset,
                         intern_file_id (log, parent));
    }
}

static void
take_call (FareLog       *log,
           const Reading *reading,
           FarePiRecord  *record,
           gint64         offset)
{
  gint64 time_ms = record->outer_ms != 0 ? record->outer_ms : record->inner_ms;

  record->row.sub = reading->born_ms;
  fare_pi_record_add_call (record, log, reading->session, &reading->model, time_ms, offset);
}

static void
read_line (FareLog    *log,
           Reading    *reading,
           const char *line,
           gsize       length,
           gint64      offset)
{
  FarePiRecord record;

  if (!fare_pi_record_read (&record, line, length))
    {
      fare_log_malformed (log, offset);
      return;
    }
  if (record.type == FARE_PI_SESSION)
    take_header (log, reading, &record, offset);
  else if (record.type == FARE_PI_MODEL && record.model.length > 0)
    reading->model = fare_pi_record_get_model (&record, log);
  else if (record.type == FARE_PI_NAME)
    fare_log_add_text (log, reading->session, FARE_FACT_TITLE, TITLE_NAME, -offset, &record.name);
  else if (record.has_usage)
    take_call (log, reading, &record, offset);
  else if (record.is_prompt && !reading->has_prompt)
    reading->has_prompt = fare_pi_record_add_prompt (&record, log, reading->session, TITLE_PROMPT,
                                                     offset);
}

#define NOTE_TYPE "(sxssbb)"

static void
restore (FareLog *log,
         Reading *reading)
{
  g_autoptr(GVariant) note = fare_log_open_note (log, NOTE_TYPE);
  const char *session, *provider, *model;

  if (note == NULL)
    return;
  g_variant_get (note, "(&sx&s&sbb)", &session, &reading->born_ms, &provider, &model,
                 &reading->has_header, &reading->has_prompt);
  reading->session = fare_log_intern (log, session);
  reading->model.provider = fare_log_intern (log, provider);
  reading->model.model = fare_log_intern (log, model);
}

static void
save (FareLog       *log,
      const Reading *reading)
{
  fare_log_leave_note (
    log, g_variant_new (NOTE_TYPE, fare_log_text (log, reading->session), reading->born_ms,
                        fare_log_text (log, reading->model.provider),
                        fare_log_text (log, reading->model.model), reading->has_header,
                        reading->has_prompt));
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  Reading reading = { .session = intern_file_id (log, log->path) };
  const char *line;
  gsize length;
  gint64 offset;

  restore (log, &reading);
  while (fare_log_next_line (log, &line, &length, &offset))
    read_line (log, &reading, line, length, offset);
  save (log, &reading);

  return TRUE;
}

/* sub holds the time of the file's header.  A file without one is younger than all others. */
static gboolean
is_older (const FareFoldContext *context,
          const FareRow         *a,
          const FareRow         *b)
{
  gint64 born_a = a->sub != 0 ? a->sub : G_MAXINT64, born_b = b->sub != 0 ? b->sub : G_MAXINT64;

  return born_a != born_b ? born_a < born_b : fare_fold_compare_place (context, a, b) < 0;
}

static void
fold (const FareFoldContext  *context,
      FareRow               **rows,
      guint                   n_rows)
{
  FareRow *oldest = rows[0];

  for (guint i = 1; i < n_rows; i++)
    if (is_older (context, rows[i], oldest))
      oldest = rows[i];
  for (guint i = 0; i < n_rows; i++)
    {
      fare_fold_single (rows[i]);
      if (rows[i] != oldest)
        rows[i]->role = FARE_ROLE_COPY;
    }
}

const FareFormat fare_format_pi = {
  .id = "pi_agent",
  .claims = claims,
  .list_roots = list_pi_roots,
  .read = read_log,
  .fold = fold,
  .read_prompt = fare_pi_read_prompt,
};

const FareFormat fare_format_omp = {
  .id = "omp",
  .claims = claims,
  .list_roots = list_omp_roots,
  .read = read_log,
  .fold = fold,
  .read_prompt = fare_pi_read_prompt,
};
