/* fare-gemini-project.c
 *
 * Chats lie in a folder with a short name, or the SHA-256 of the project's path.  The
 * path stands in a file beside them, or in a list for all projects.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-gemini.h"

#include <string.h>

#include "formats/fare-parts.h"

char *
fare_gemini_find_folder (const char *path)
{
  const char *chats = g_strrstr (path, "/chats/");

  return chats != NULL && chats > path ? g_strndup (path, (gsize) (chats - path)) : NULL;
}

GStrv
fare_gemini_list_companions (const char *root,
                             const char *path)
{
  g_autoptr(GStrvBuilder) companions = g_strv_builder_new ();
  g_autofree char *folder = fare_gemini_find_folder (path);

  if (folder != NULL)
    {
      g_autofree char *mark = g_build_filename (folder, ".project_root", NULL);
      g_autofree char *home = fare_parts_folder (folder, 2);
      g_autofree char *list = g_build_filename (home, "projects.json", NULL);

      g_strv_builder_add (companions, mark);
      g_strv_builder_add (companions, list);
    }

  return g_strv_builder_end (companions);
}

static gboolean
is_project (const char     *name,
            const char     *path,
            const FareSpan *listed)
{
  g_autofree char *hash = NULL;
  g_autofree char *text = fare_span_dup (listed, 0);

  if (g_str_equal (text, name))
    return TRUE;
  if (strlen (name) != 64)
    return FALSE;
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);

  return g_ascii_strcasecmp (hash, name) == 0;
}

/* {"projects":{"/path":"name"}}: looks for a folder's short name, or its path's SHA-256. */
static char *
find_listed_project (const char *file,
                     const char *name)
{
  gsize length = 0;
  g_autofree char *text = fare_parts_load (file, &length);
  g_autofree char *found = NULL;
  FarePull pull;
  FareSpan key, listed;

  if (text == NULL)
    return NULL;
  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return NULL;
  while (fare_pull_next_member (&pull, &key))
    {
      if (!fare_span_equal (&key, "projects"))
        {
          fare_pull_skip (&pull);
          continue;
        }
      if (!fare_pull_enter (&pull, '{'))
        continue;
      while (fare_pull_next_member (&pull, &key))
        {
          g_autofree char *path = NULL;

          fare_pull_string (&pull, &listed);
          path = fare_span_dup (&key, 0);
          if (found == NULL && is_project (name, path, &listed))
            found = g_steal_pointer (&path);
        }
    }

  return fare_pull_at_end (&pull) ? g_steal_pointer (&found) : NULL;
}

guint32
fare_gemini_find_project (FareLog    *log,
                          const char *folder)
{
  g_autofree char *mark = g_build_filename (folder, ".project_root", NULL);
  g_autofree char *home = fare_parts_folder (folder, 2);
  g_autofree char *list = g_build_filename (home, "projects.json", NULL);
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *path = NULL;
  gsize length = 0;

  path = fare_parts_load (mark, &length);
  if (path == NULL || *g_strstrip (path) == '\0')
    {
      g_free (path);
      path = find_listed_project (list, name);
    }

  return path != NULL ? fare_parts_intern_name (log, path) : 0;
}
