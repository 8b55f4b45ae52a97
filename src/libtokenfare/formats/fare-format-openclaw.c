/* fare-format-openclaw.c
 *
 * One line is one entry.  Compaction, reset and deletion rewrite or rename a transcript
 * and leave copies of its lines in other files; an entry's id and time together say
 * what is the same call.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-openclaw.h"

#include <stdlib.h>
#include <string.h>

#include "formats/fare-openclaw-reading.h"

#define CHECKPOINT ".checkpoint."
#define UUID_LENGTH 36

/* The part of a file name before ".jsonl", and what stands behind it. */
static gboolean
split_name (const char  *name,
            gsize       *stem,
            const char **tail)
{
  const char *found = NULL, *next = name;

  /* Session names are free; the last one is the extension. */
  while ((next = strstr (next, ".jsonl")) != NULL)
    found = next++;
  if (found == NULL || found == name)
    return FALSE;
  *stem = (gsize) (found - name);
  *tail = found + strlen (".jsonl");

  return TRUE;
}

static gboolean
ends_in (const char *name,
         gsize       stem,
         const char *end)
{
  gsize length = strlen (end);

  return stem > length && memcmp (name + stem - length, end, length) == 0;
}

static gboolean
claims (const char *name)
{
  const char *tail;
  gsize stem;

  if (!split_name (name, &stem, &tail) || ends_in (name, stem, ".trajectory")
      || ends_in (name, stem, ".acp-stream") || strstr (tail, ".bak") != NULL)
    return FALSE;

  return *tail == '\0' || g_str_equal (tail, ".zst") || g_str_has_prefix (tail, ".reset.")
         || g_str_has_prefix (tail, ".deleted.");
}

/* Returns the length of a session's name within a stem that may name a checkpoint of it.  The
 * search is tied to the id at the end, for a session's name may contain the word. */
static gsize
find_session_length (const char *name,
                     gsize       stem)
{
  gsize length = strlen (CHECKPOINT) + UUID_LENGTH;
  g_autofree char *uuid = NULL;

  if (stem <= length || memcmp (name + stem - length, CHECKPOINT, strlen (CHECKPOINT)) != 0)
    return stem;
  uuid = g_strndup (name + stem - UUID_LENGTH, UUID_LENGTH);

  return g_uuid_string_is_valid (uuid) ? stem - length : stem;
}

/* Older names are often links to the new folder; a log's path is the one behind them. */
static void
add_root (GStrvBuilder *roots,
          const char   *folder,
          const char   *below)
{
  g_autofree char *root = g_build_filename (folder, below, "agents", NULL);
  g_autofree char *real = realpath (root, NULL);

  g_strv_builder_add (roots, real != NULL ? real : root);
}

GStrv
fare_openclaw_list_roots (FarePaths *paths)
{
  static const char * const overrides[] = {
    "OPENCLAW_STATE_DIR", "OPENCLAW_HOME", "OPENCLAW_DIR"
  };
  static const char * const names[] = { ".openclaw", ".clawdbot", ".moltbot", ".moldbot" };
  g_autoptr(GStrvBuilder) roots = g_strv_builder_new ();
  gboolean is_set = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (overrides); i++)
    {
      const char *value = fare_paths_get_env (paths, overrides[i]);
      g_auto(GStrv) entries = fare_paths_expand (paths, value);

      is_set |= value != NULL;
      for (guint j = 0; entries[j] != NULL; j++)
        {
          add_root (roots, entries[j], "");
          /* Some take the variable for the home folder. */
          add_root (roots, entries[j], ".openclaw");
        }
    }
  for (guint i = 0; !is_set && i < G_N_ELEMENTS (names); i++)
    add_root (roots, fare_paths_get_home (paths), names[i]);

  return g_strv_builder_end (roots);
}

#define NOTE_TYPE "(sssb)"

static void
restore (FareLog             *log,
         FareOpenclawReading *reading)
{
  g_autoptr(GVariant) note = fare_log_open_note (log, NOTE_TYPE);
  const char *session, *provider, *model;

  if (note == NULL)
    return;
  g_variant_get (note, "(&s&s&sb)", &session, &provider, &model, &reading->has_prompt);
  reading->session = fare_log_intern (log, session);
  reading->model.provider = fare_log_intern (log, provider);
  reading->model.model = fare_log_intern (log, model);
}

static void
save (FareLog                   *log,
      const FareOpenclawReading *reading)
{
  fare_log_leave_note (
    log, g_variant_new (NOTE_TYPE, fare_log_text (log, reading->session),
                        fare_log_text (log, reading->model.provider),
                        fare_log_text (log, reading->model.model), reading->has_prompt));
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autofree char *folder = g_path_get_dirname (log->path);
  g_autofree char *kind = g_path_get_basename (folder);
  g_autofree char *name = g_path_get_basename (log->path);
  g_autofree char *session = NULL;
  FareOpenclawReading reading = { 0 };
  const char *tail, *line;
  gsize stem = strlen (name), length;
  gint64 offset;

  /* Cold transcripts are named by their checksum, so only the header tells whose they are. */
  reading.named_by_header = g_str_equal (kind, "cold");
  /* Other files of the same kind lie beside an agent's folder of sessions. */
  if (!reading.named_by_header && !g_str_equal (kind, "sessions"))
    return TRUE;
  split_name (name, &stem, &tail);
  name[find_session_length (name, stem)] = '\0';
  session = g_utf8_make_valid (name, -1);
  reading.session = fare_log_intern (log, session);

  restore (log, &reading);
  while (fare_log_next_line (log, &line, &length, &offset))
    fare_openclaw_reading_take_line (&reading, log, line, length, offset);
  save (log, &reading);

  return TRUE;
}

/* Files before databases before checkpoints. */
static int
rank_of (const FareFoldContext *context,
         const FareRow         *row)
{
  g_autofree char *name = g_path_get_basename (context->get_file (context->world, row->file)->key);
  const char *tail;
  gsize stem;

  if (!split_name (name, &stem, &tail))
    return 1;

  return find_session_length (name, stem) != stem ? 2 : 0;
}

void
fare_openclaw_fold (const FareFoldContext  *context,
                    FareRow               **rows,
                    guint                   n_rows)
{
  FareRow *best = rows[0];
  int best_rank = n_rows > 1 ? rank_of (context, best) : 0;

  for (guint i = 1; i < n_rows; i++)
    {
      int rank = rank_of (context, rows[i]);

      if (rank < best_rank
          || (rank == best_rank && fare_fold_compare_place (context, rows[i], best) < 0))
        {
          best = rows[i];
          best_rank = rank;
        }
    }
  for (guint i = 0; i < n_rows; i++)
    {
      fare_fold_single (rows[i]);
      if (rows[i] != best)
        rows[i]->role = FARE_ROLE_COPY;
    }
}

const FareFormat fare_format_openclaw = {
  .id = "openclaw",
  .claims = claims,
  .list_roots = fare_openclaw_list_roots,
  .max_depth = 4,
  .read = read_log,
  .fold = fare_openclaw_fold,
};
