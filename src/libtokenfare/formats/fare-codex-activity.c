/* fare-codex-activity.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-codex-activity.h"

#include <string.h>

#include "base/fare-json-parse.h"
#include "formats/fare-line-reader.h"

/* Records that count are short; a longer line has only a word of theirs in a text. */
#define MAX_LINE (1024 * 1024)

/* Lines between two looks at the cancellable. */
#define PATIENCE 256

/* One file. */
typedef struct
{
  FareCodexActivity *activity;
  gboolean           is_primary;
  gboolean           has_id;
} Reading;

static void
fact_free (FareCodexFact *self)
{
  g_free (self->name);
  g_free (self);
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node) : NULL;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
note (GHashTable *facts,
      const char *id,
      const char *name,
      int         rank)
{
  FareCodexFact *fact = g_hash_table_lookup (facts, id);

  if (fact == NULL)
    {
      fact = g_new0 (FareCodexFact, 1);
      g_hash_table_insert (facts, g_strdup (id), fact);
    }

  if (name == NULL || *name == '\0' || (fact->name != NULL && rank < fact->rank))
    return;

  if (fact->name == NULL || rank > fact->rank)
    {
      g_free (fact->name);
      fact->name = g_utf8_make_valid (name, -1);
      fact->rank = rank;
      fact->is_ambiguous = FALSE;
    }
  else if (!g_str_equal (fact->name, name))
    fact->is_ambiguous = TRUE;
}

static void
note_session (Reading    *self,
              JsonObject *payload)
{
  const char *id = get_string (payload, "id");

  /* A fork's file repeats the beginning of the file that it came from. */
  if (self->has_id)
    return;

  self->has_id = id != NULL && *id != '\0';
  self->is_primary = get_object (payload, "source") == NULL
                     && (id == NULL || !g_hash_table_contains (self->activity->others, id));
  if (self->has_id && self->is_primary)
    g_hash_table_add (self->activity->chats, g_strdup (id));
}

static void
note_call (Reading    *self,
           JsonObject *payload,
           const char *type)
{
  const char *id = get_string (payload, "call_id");
  JsonObject *invocation = get_object (payload, "invocation");
  const char *server = NULL, *tool = NULL;

  if (invocation != NULL)
    {
      server = get_string (invocation, "server");
      tool = get_string (invocation, "tool");
    }

  if (id == NULL)
    self->activity->calls_without_id++;
  else if (g_str_equal (type, "mcp_tool_call_end"))
    {
      g_autofree char *name = server != NULL && tool != NULL
                                  ? g_strconcat (server, "/", tool, NULL) : NULL;

      note (self->activity->calls, id, name, 1);
    }
  else
    note (self->activity->calls, id, get_string (payload, "name"), 0);
}

static void
note_record (Reading    *self,
             JsonObject *record)
{
  const char *type = get_string (record, "type");
  JsonObject *payload = get_object (record, "payload");
  const char *inner = payload != NULL ? get_string (payload, "type") : NULL;
  const char *id;

  if (type == NULL || payload == NULL)
    return;

  if (g_str_equal (type, "session_meta"))
    note_session (self, payload);
  else if (!self->is_primary)
    return;
  else if (g_str_equal (type, "turn_context"))
    {
      id = get_string (payload, "turn_id");
      if (id != NULL)
        note (self->activity->turns, id, get_string (payload, "effort"), 0);
      else
        self->activity->turns_without_id++;
    }
  else if (inner != NULL
           && (g_str_equal (inner, "function_call") || g_str_equal (inner, "custom_tool_call")
               || g_str_equal (inner, "mcp_tool_call_end")))
    note_call (self, payload, inner);
}

static gboolean
may_count (const char *line,
           gsize       length)
{
  static const char * const words[] = { "\"session_meta\"", "\"turn_context\"", "\"function_call\"",
                                        "\"custom_tool_call\"", "\"mcp_tool_call_end\"" };

  for (guint i = 0; length <= MAX_LINE && i < G_N_ELEMENTS (words); i++)
    {
      if (memmem (line, length, words[i], strlen (words[i])) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
read_line (Reading    *self,
           const char *line,
           gsize       length)
{
  g_autoptr(JsonNode) root = NULL;

  if (!may_count (line, length))
    return;

  root = fare_json_parse (line, length, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    note_record (self, json_node_get_object (root));
}

static void
read_lines (Reading        *self,
            FareLineReader *reader,
            GCancellable   *cancellable)
{
  FareLineResult result;
  const char *line;
  gsize length;
  gint64 offset;
  guint n_lines = 0;

  while ((result = fare_line_reader_next (reader, &line, &length, &offset)) == FARE_LINE_OK
         || result == FARE_LINE_TOO_LONG)
    {
      if (n_lines++ % PATIENCE == 0 && g_cancellable_is_cancelled (cancellable))
        return;
      if (result == FARE_LINE_OK)
        read_line (self, line, length);
    }
}

static GHashTable *
new_set (GDestroyNotify free_value)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_value);
}

void
fare_codex_activity_init (FareCodexActivity *self)
{
  *self = (FareCodexActivity) {
    .others = new_set (NULL),
    .chats = new_set (NULL),
    .turns = new_set ((GDestroyNotify) fact_free),
    .calls = new_set ((GDestroyNotify) fact_free),
  };
}

void
fare_codex_activity_clear (FareCodexActivity *self)
{
  g_clear_pointer (&self->others, g_hash_table_unref);
  g_clear_pointer (&self->chats, g_hash_table_unref);
  g_clear_pointer (&self->turns, g_hash_table_unref);
  g_clear_pointer (&self->calls, g_hash_table_unref);
}

void
fare_codex_activity_read (FareCodexActivity *self,
                          const char        *path,
                          GCancellable      *cancellable)
{
  Reading reading = { .activity = self, .is_primary = TRUE };
  FareLineReader *reader = fare_line_reader_new ();

  if (fare_line_reader_open (reader, path, 0, G_MAXINT64, NULL))
    {
      read_lines (&reading, reader, cancellable);
      fare_line_reader_close (reader);
      self->files += reading.is_primary;
      self->files_with_id += reading.is_primary && reading.has_id;
    }

  fare_line_reader_free (reader);
}
