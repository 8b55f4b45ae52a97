/* fare-retention.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <json-glib/json-glib.h>

#include "models/fare-retention.h"

/* Both delete what is older than 30 days when they start, unless told otherwise. */
static const struct
{
  FareRetention  retention;
  const char    *variable; /* (nullable): names the folder that holds the settings */
  const char    *parent;   /* (nullable): the object that has the member */
  const char    *member;
} known[] = {
  { { "claude", ".claude/settings.json", "{ \"cleanupPeriodDays\": 36500 }" },
    "CLAUDE_CONFIG_DIR", NULL, "cleanupPeriodDays" },
  { { "gemini_cli", ".gemini/settings.json",
      "{ \"general\": { \"sessionRetention\": { \"enabled\": false } } }" },
    NULL, "general", "sessionRetention" },
};

const FareRetention *
fare_retention_find (const char *client)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_strcmp0 (known[i].retention.client, client) == 0)
        return &known[i].retention;
    }

  return NULL;
}

static char *
find_file (guint      place,
           FarePaths *paths)
{
  g_auto(GStrv) folders = NULL;

  if (known[place].variable != NULL)
    folders = fare_paths_expand (paths, fare_paths_get_env (paths, known[place].variable));

  if (folders != NULL && folders[0] != NULL)
    {
      g_autofree char *name = g_path_get_basename (known[place].retention.file);

      return g_build_filename (folders[0], name, NULL);
    }

  return g_build_filename (fare_paths_get_home (paths), known[place].retention.file, NULL);
}

static gboolean
has_member (JsonNode   *root,
            const char *parent,
            const char *member)
{
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;

  object = json_node_get_object (root);

  if (parent != NULL)
    {
      JsonNode *node = json_object_get_member (object, parent);

      return has_member (node, NULL, member);
    }

  return json_object_has_member (object, member);
}

gboolean
fare_retention_is_default (const FareRetention *self,
                           FarePaths           *paths)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (FARE_IS_PATHS (paths), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr(JsonParser) parser = NULL;
      g_autofree char *file = NULL;

      if (self != &known[i].retention)
        continue;

      parser = json_parser_new ();
      file = find_file (i, paths);

      /* No file, or none that can be understood: the agent does what it does by itself. */
      return !json_parser_load_from_file (parser, file, NULL) ||
             !has_member (json_parser_get_root (parser), known[i].parent, known[i].member);
    }

  g_return_val_if_reached (FALSE);
}
