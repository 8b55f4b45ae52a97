/* fare-retention.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "scanner/fare-retention.h"

#include "base/fare-json-parse.h"

/* What both do unless told otherwise. */
#define DEFAULT_DAYS 30

/* Reads the setting, of which @value may be anything. */
typedef int (*ReadDaysFunc) (JsonNode *value);

/* A number of days. */
static int
read_claude_days (JsonNode *value)
{
  gboolean is_number = JSON_NODE_HOLDS_VALUE (value)
                       && (json_node_get_value_type (value) == G_TYPE_INT64
                           || json_node_get_value_type (value) == G_TYPE_DOUBLE);
  double days = is_number ? json_node_get_double (value) : DEFAULT_DAYS;

  return days >= 0 && days < G_MAXINT ? (int) days : DEFAULT_DAYS;
}

/* "30d", "12h", "2w", "1m" (a month). */
static int
parse_age (const char *text)
{
  char *end = NULL;
  guint64 count = g_ascii_strtoull (text, &end, 10);

  if (end == text || end[0] == '\0' || end[1] != '\0' || count > 100000)
    return DEFAULT_DAYS;

  switch (end[0])
    {
    case 'h':
      return (int) (count / 24);
    case 'd':
      return (int) count;
    case 'w':
      return (int) count * 7;
    case 'm':
      return (int) count * 30;
    default:
      return DEFAULT_DAYS;
    }
}

static int
read_gemini_days (JsonNode *value)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
  JsonNode *age;

  if (object == NULL)
    return DEFAULT_DAYS;
  if (!json_object_get_boolean_member_with_default (object, "enabled", TRUE))
    return FARE_RETENTION_FOREVER;

  age = json_object_get_member (object, "maxAge");
  return age != NULL && JSON_NODE_HOLDS_VALUE (age)
         && json_node_get_value_type (age) == G_TYPE_STRING
         ? parse_age (json_node_get_string (age)) : DEFAULT_DAYS;
}

typedef struct
{
  FareRetention  retention;
  const char    *variable; /* (nullable): names the folder that holds the settings */
  const char    *parent;   /* (nullable): the object that has the member */
  const char    *member;
  ReadDaysFunc   read_days;
} Known;

static const Known known[] = {
  { { "claude", ".claude/settings.json", "{ \"cleanupPeriodDays\": 36500 }" },
    "CLAUDE_CONFIG_DIR", NULL, "cleanupPeriodDays", read_claude_days },
  { { "gemini_cli", ".gemini/settings.json",
      "{ \"general\": { \"sessionRetention\": { \"enabled\": false } } }" },
    NULL, "general", "sessionRetention", read_gemini_days },
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

/* Each retention is the first member of its Known. */
static const Known *
get_known (const FareRetention *self)
{
  return (const Known *) self;
}

char *
fare_retention_dup_file (const FareRetention *self,
                         FarePaths           *paths)
{
  const char *variable = get_known (self)->variable;
  g_auto(GStrv) folders = NULL;

  if (variable != NULL)
    folders = fare_paths_expand (paths, fare_paths_get_env (paths, variable));

  if (folders != NULL && folders[0] != NULL)
    {
      g_autofree char *name = g_path_get_basename (self->file);

      return g_build_filename (folders[0], name, NULL);
    }

  return g_build_filename (fare_paths_get_home (paths), self->file, NULL);
}

static JsonNode *
get_member (JsonNode   *node,
            const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
         ? json_object_get_member (json_node_get_object (node), name) : NULL;
}

/* Returns: (transfer full) (nullable): the setting; NULL where there is no file, or none that can be
 * understood: the agent then does what it does by itself */
static JsonNode *
load_setting (const FareRetention *self,
              FarePaths           *paths)
{
  const Known *entry = get_known (self);
  g_autofree char *file = fare_retention_dup_file (self, paths);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonNode *node;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, NULL))
    return NULL;

  node = root = fare_json_parse (text, length, NULL);
  if (entry->parent != NULL)
    node = get_member (node, entry->parent);
  node = get_member (node, entry->member);

  return node != NULL ? json_node_copy (node) : NULL;
}

gboolean
fare_retention_is_default (const FareRetention *self,
                           FarePaths           *paths)
{
  g_autoptr(JsonNode) setting = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (FARE_IS_PATHS (paths), FALSE);

  setting = load_setting (self, paths);

  return setting == NULL;
}

int
fare_retention_get_days (const FareRetention *self,
                         FarePaths           *paths)
{
  g_autoptr(JsonNode) setting = NULL;

  g_return_val_if_fail (self != NULL, DEFAULT_DAYS);
  g_return_val_if_fail (FARE_IS_PATHS (paths), DEFAULT_DAYS);

  setting = load_setting (self, paths);

  return setting != NULL ? get_known (self)->read_days (setting) : DEFAULT_DAYS;
}
