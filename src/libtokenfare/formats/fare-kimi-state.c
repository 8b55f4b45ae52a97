/* fare-kimi-state.c
 *
 * The small files around a wire: state.json of its session, and the list of projects
 * of the whole home (kimi.json of Kimi CLI, workspaces.json of Kimi Code).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-kimi.h"

#include "base/fare-instant.h"
#include "formats/fare-parts.h"

/* Kimi CLI names forks so; it has no other mark of them. */
#define FORK_TITLE "Fork"

/*   sessions/<dir>/<session>/wire.jsonl
 *   sessions/<dir>/<session>/subagents/<agent>/wire.jsonl
 *   sessions/<workspace>/<session>/agents/<agent>/wire.jsonl */
void
fare_kimi_place_init (FareKimiPlace *self,
                      const char    *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *above = g_path_get_dirname (folder);
  g_autofree char *kind = g_path_get_basename (above);

  self->is_code = g_str_equal (kind, "agents");
  if (self->is_code || g_str_equal (kind, "subagents"))
    {
      self->session = g_path_get_dirname (above);
      self->agent = g_path_get_basename (folder);
      self->is_helper = !self->is_code || !g_str_equal (self->agent, "main");
    }
  else
    {
      self->session = g_steal_pointer (&folder);
      self->agent = g_strdup ("main");
      self->is_helper = FALSE;
    }
  self->home = fare_parts_folder (self->session, 3);
}

void
fare_kimi_place_clear (FareKimiPlace *self)
{
  g_clear_pointer (&self->session, g_free);
  g_clear_pointer (&self->home, g_free);
  g_clear_pointer (&self->agent, g_free);
}

static char *
list_file (const FareKimiPlace *place)
{
  return g_build_filename (place->home, place->is_code ? "workspaces.json" : "kimi.json", NULL);
}

GStrv
fare_kimi_list_companions (const char *root,
                           const char *path)
{
  g_auto(FareKimiPlace) place = { 0 };
  GStrv companions = g_new0 (char *, 3);

  fare_kimi_place_init (&place, path);
  companions[0] = g_build_filename (place.session, "state.json", NULL);
  companions[1] = list_file (&place);

  return companions;
}

/* Members of state.json, and of an entry in a list of projects. */
typedef struct
{
  FareSpan title;
  FareSpan folder;
  FareSpan forked_from;
  FareSpan kaos;
  gint64   created_ms;
} Members;

static void
read_created (FarePull *pull,
              gint64   *created_ms)
{
  FareSpan text;

  if (fare_pull_peek (pull) != '"')
    fare_parts_instant (pull, 1, created_ms);
  else if (fare_pull_string (pull, &text)
           && !fare_instant_parse (text.text, text.length, created_ms))
    *created_ms = 0;
}

static void
read_members (FarePull *pull,
              Members  *members)
{
  const struct { const char *name; FareSpan *span; } names[] = {
    { "title", &members->title }, { "custom_title", &members->title },
    { "customTitle", &members->title },
    { "cwd", &members->folder }, { "workDir", &members->folder },
    { "root", &members->folder }, { "path", &members->folder },
    { "forkedFrom", &members->forked_from }, { "kaos", &members->kaos },
  };
  FareSpan key, text;

  while (fare_pull_next_member (pull, &key))
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (names) && !fare_span_equal (&key, names[i].name))
        i++;
      if (fare_span_equal (&key, "createdAt"))
        read_created (pull, &members->created_ms);
      else if (i == G_N_ELEMENTS (names))
        fare_pull_skip (pull);
      else if (fare_pull_string (pull, &text) && text.length > 0)
        *names[i].span = text;
    }
}

static gboolean
starts_with_fork (const FareSpan *title)
{
  g_autofree char *text = fare_span_dup (title, 64);

  return g_str_has_prefix (g_strchug (text), FORK_TITLE);
}

static void
read_session_file (FareLog             *log,
                   const FareKimiPlace *place,
                   FareKimiState       *state)
{
  g_autofree char *path = g_build_filename (place->session, "state.json", NULL);
  gsize length = 0;
  g_autofree char *text = fare_parts_load (path, &length);
  Members members = { .title = { "", 0 } };
  FarePull pull;
  guint32 title;

  if (text == NULL)
    return;
  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  read_members (&pull, &members);
  if (!fare_pull_at_end (&pull))
    return;

  state->created_ms = members.created_ms;
  state->is_fork = place->is_code ? members.forked_from.length > 0
                                  : starts_with_fork (&members.title);
  title = fare_log_intern_title (log, &members.title);
  if (title != 0)
    fare_log_add_fact (log, state->session, FARE_FACT_TITLE, FARE_KIMI_TITLE_STATE, 0, title);
  if (members.folder.length > 0)
    fare_log_add_fact (log, state->session, FARE_FACT_PROJECT, FARE_KIMI_PROJECT_STATE, 0,
                       fare_log_intern_span (log, &members.folder, NULL));
}

/* Kimi CLI names a project's folder after its path's MD5, with the place in front when that is not
 * this machine. */
static gboolean
is_folder_of (const char    *name,
              const Members *members)
{
  g_autofree char *path = fare_span_dup (&members->folder, 0);
  g_autofree char *kaos = fare_span_dup (&members->kaos, 0);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_MD5, path, -1);
  g_autofree char *prefixed = g_strconcat (kaos, "_", hash, NULL);

  if (*kaos == '\0' || g_str_equal (kaos, "local"))
    return g_str_equal (name, hash);

  return g_str_equal (name, prefixed);
}

/* {"work_dirs":[{"path":"/p","kaos":"local"}]} */
static void
find_work_dir (FarePull   *pull,
               const char *name,
               FareSpan   *folder)
{
  if (!fare_pull_enter (pull, '['))
    return;
  while (fare_pull_next_item (pull))
    {
      Members members = { .title = { "", 0 } };

      if (!fare_pull_enter (pull, '{'))
        continue;
      read_members (pull, &members);
      if (!pull->failed && members.folder.length > 0 && is_folder_of (name, &members))
        *folder = members.folder;
    }
}

/* {"workspaces":{"wd_name_0123":{"root":"/p"}}} */
static void
find_workspace (FarePull   *pull,
                const char *name,
                FareSpan   *folder)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      Members members = { .title = { "", 0 } };

      if (!fare_span_equal (&key, name))
        fare_pull_skip (pull);
      else if (fare_pull_enter (pull, '{'))
        {
          read_members (pull, &members);
          *folder = members.folder;
        }
    }
}

static void
read_list_file (FareLog             *log,
                const FareKimiPlace *place,
                const FareKimiState *state)
{
  g_autofree char *path = list_file (place);
  gsize length = 0;
  g_autofree char *text = fare_parts_load (path, &length);
  g_autofree char *above = g_path_get_dirname (place->session);
  g_autofree char *name = g_path_get_basename (above);
  FareSpan key, folder = { "", 0 };
  FarePull pull;

  if (text == NULL)
    return;
  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (place->is_code && fare_span_equal (&key, "workspaces"))
        find_workspace (&pull, name, &folder);
      else if (!place->is_code && fare_span_equal (&key, "work_dirs"))
        find_work_dir (&pull, name, &folder);
      else
        fare_pull_skip (&pull);
    }
  if (fare_pull_at_end (&pull) && folder.length > 0)
    fare_log_add_fact (log, state->session, FARE_FACT_PROJECT, FARE_KIMI_PROJECT_LIST, 0,
                       fare_log_intern_span (log, &folder, NULL));
}

void
fare_kimi_read_state (FareLog             *log,
                      const FareKimiPlace *place,
                      FareKimiState       *state)
{
  g_autofree char *name = g_path_get_basename (place->session);

  *state = (FareKimiState) { .session = fare_parts_intern_name (log, name) };
  read_session_file (log, place, state);
  read_list_file (log, place, state);
}
