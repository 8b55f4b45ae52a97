/* fare-opencode-store.c
 *
 * The JSON store of older releases, migrated into the database and left on disk:
 *
 *   storage/message/<session>/<message>.json   one message
 *   storage/part/<message>/<part>.json         what it consists of
 *   storage/session/<project>/<session>.json
 *   storage/project/<project>.json
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-opencode.h"

#include <string.h>

#include "formats/fare-opencode-message.h"

static char *
dup_stem (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  if (g_str_has_suffix (name, ".json"))
    name[strlen (name) - strlen (".json")] = '\0';

  return g_utf8_make_valid (name, -1);
}

/* The folder "storage", two above the file's own. */
static char *
dup_storage (const char *path)
{
  g_autofree char *own = g_path_get_dirname (path);
  g_autofree char *kind = g_path_get_dirname (own);

  return g_path_get_dirname (kind);
}

/* Where the part of @path that ends before @end has its last slash; the beginning where it has none. */
static const char *
find_slash (const char *path,
            const char *end)
{
  while (end > path && *--end != '/')
    ;

  return end;
}

/* Asked of every message at every walk, so put together without a copy of each step. */
static char *
dup_parts_folder (const char *path)
{
  const char *end = path + strlen (path) - strlen (".json");
  const char *name = find_slash (path, end);
  const char *storage_end = find_slash (path, find_slash (path, name));

  return g_strdup_printf ("%.*s/part%.*s", (int) (storage_end - path), path, (int) (end - name), name);
}

static char *
dup_project_file (const char *path)
{
  g_autofree char *storage = dup_storage (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *project = g_path_get_basename (folder);
  g_autofree char *name = g_strconcat (project, ".json", NULL);

  return g_build_filename (storage, "project", name, NULL);
}

static GStrv
list_one (char *path)
{
  GStrv list = g_new0 (char *, 2);

  list[0] = path;

  return list;
}

/* Parts are written once, so the folder's time tells when one is added. */
GStrv
fare_opencode_list_parts (const char *root G_GNUC_UNUSED,
                          const char *path)
{
  return list_one (dup_parts_folder (path));
}

GStrv
fare_opencode_list_project (const char *root G_GNUC_UNUSED,
                            const char *path)
{
  return list_one (dup_project_file (path));
}

static void
add_parts (FareLog             *log,
           FareOpencodeMessage *message)
{
  g_autofree char *folder = dup_parts_folder (log->path);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (!g_str_has_prefix (name, "prt_") || !g_str_has_suffix (name, ".json"))
        continue;
      if (!g_file_get_contents (path, &text, &length, NULL)
          || !fare_opencode_message_add_part (message, text, length))
        fare_log_malformed (log, 0);
    }
}

static guint32
intern_session (FareLog        *log,
                const FareSpan *id)
{
  g_autofree char *folder = g_path_get_dirname (log->path);
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *valid = NULL;

  if (id->length > 0)
    return fare_log_intern_span (log, id, NULL);
  valid = g_utf8_make_valid (name, -1);

  return fare_log_intern (log, valid);
}

gboolean
fare_opencode_read_message (FareLog  *log,
                            GError  **error)
{
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;
  g_autofree char *cwd = NULL;
  FareOpencodeMessage message;
  guint32 session;
  gsize length;
  FareRow row;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  log->lines++;
  if (!fare_opencode_message_parse (&message, text, length))
    {
      fare_log_malformed (log, 0);
      return TRUE;
    }
  if (!fare_span_equal (&message.role, "assistant") || !message.has_tokens)
    return TRUE;
  id = message.id.length > 0 ? fare_span_dup (&message.id, 0) : dup_stem (log->path);
  session = intern_session (log, &message.session);
  if (fare_opencode_message_is_empty (&message))
    add_parts (log, &message);
  if (!fare_opencode_message_fill_row (&message, log, id, session, FALSE, &row)
      || !fare_log_add_row (log, &row))
    return TRUE;
  fare_log_add_fact (log, session, FARE_FACT_PRESENT, 0, 0, 0);
  cwd = fare_span_dup (&message.cwd, 0);
  fare_opencode_add_project (log, session, FARE_OPENCODE_PROJECT_MESSAGE, message.created_ms, cwd);

  return TRUE;
}

static void
add_worktree (FareLog *log,
              guint32  session)
{
  g_autofree char *path = dup_project_file (log->path);
  g_autofree char *text = NULL;
  g_autofree char *worktree = NULL;
  FareSpan key, found = { "", 0 };
  FarePull pull;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return;
  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "worktree"))
        fare_pull_string (&pull, &found);
      else
        fare_pull_skip (&pull);
    }
  worktree = fare_span_dup (&found, 0);
  fare_opencode_add_project (log, session, FARE_OPENCODE_PROJECT_WORKTREE, 0, worktree);
}

typedef struct
{
  FareSpan id;
  FareSpan directory;
  FareSpan title;
  FareSpan slug;
  FareSpan parent;
} Session;

static gboolean
parse_session (Session    *self,
               const char *text,
               gsize       length)
{
  const FareMember members[] = {
    { "id", &self->id },
    { "directory", &self->directory },
    { "title", &self->title },
    { "slug", &self->slug },
    { "parentID", &self->parent },
  };
  FarePull pull;

  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  fare_pull_members (&pull, members, G_N_ELEMENTS (members));

  return fare_pull_at_end (&pull);
}

gboolean
fare_opencode_read_session (FareLog  *log,
                            GError  **error)
{
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *title = NULL;
  g_autofree char *slug = NULL;
  Session found = { 0 };
  guint32 session;
  gsize length;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  log->lines++;
  if (!parse_session (&found, text, length))
    {
      fare_log_malformed (log, 0);
      return TRUE;
    }
  id = found.id.length > 0 ? fare_span_dup (&found.id, 0) : dup_stem (log->path);
  directory = fare_span_dup (&found.directory, 0);
  title = fare_span_dup (&found.title, 0);
  slug = fare_span_dup (&found.slug, 0);
  session = fare_log_intern (log, id);
  fare_opencode_add_title (log, session, title, slug);
  fare_opencode_add_project (log, session, FARE_OPENCODE_PROJECT_SESSION, 0, directory);
  add_worktree (log, session);
  if (found.parent.length > 0)
    {
      fare_log_add_fact (log, session, FARE_FACT_PARENT,
                         FARE_OPENCODE_PARENT_TASK + FARE_OPENCODE_RANK_STORE, 0,
                         fare_log_intern_span (log, &found.parent, NULL));
      fare_log_add_fact (log, session, FARE_FACT_SUBAGENT, 0, 0, 0);
    }

  return TRUE;
}
