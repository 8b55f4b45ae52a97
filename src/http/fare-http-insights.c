/* fare-http-insights.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-insights.h"

#include <string.h>

#include "fare-http-json.h"
#include "formats/fare-line-reader.h"
#include "pricing/fare-price-json.h"

#define CLIENT "codex"

/* Records that count are short; a longer line has only a word of theirs in a text. */
#define MAX_LINE (1024 * 1024)

/* What is known of one turn or call. */
typedef struct
{
  char     *name;         /* (nullable) */
  int       rank;         /* a name of a higher rank beats others */
  gboolean  is_ambiguous; /* two names of the same rank */
} Fact;

typedef struct
{
  FareHttpQuestion *question;
  GHashTable       *others;   /* set of ids: sessions of helpers and reviews */
  GHashTable       *chats;    /* set of ids */
  GHashTable       *turns;    /* id → Fact */
  GHashTable       *calls;    /* id → Fact */
  GPtrArray        *paths;
  gint64            files;    /* primary ones */
  gint64            files_with_id;
  gint64            files_without_id;
  gint64            turns_excluded;
  gint64            calls_excluded;
  gboolean          is_primary; /* these are of the file being read */
  gboolean          has_id;
} Insights;

static void
fact_free (Fact *self)
{
  g_free (self->name);
  g_free (self);
}

static void
note (GHashTable *facts,
      const char *id,
      const char *name,
      int         rank)
{
  Fact *fact = g_hash_table_lookup (facts, id);

  if (fact == NULL)
    {
      fact = g_new0 (Fact, 1);
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
note_session (Insights   *self,
              JsonObject *payload)
{
  const char *id = fare_price_json_get_string (payload, "id");

  /* A fork's file repeats the beginning of the file that it came from. */
  if (self->has_id)
    return;

  self->has_id = id != NULL && *id != '\0';
  self->is_primary = fare_price_json_get_object (payload, "source") == NULL
                     && (id == NULL || !g_hash_table_contains (self->others, id));
  if (self->has_id && self->is_primary)
    g_hash_table_add (self->chats, g_strdup (id));
}

static void
note_call (Insights   *self,
           JsonObject *payload,
           const char *type)
{
  const char *id = fare_price_json_get_string (payload, "call_id");
  JsonObject *invocation = fare_price_json_get_object (payload, "invocation");
  const char *server = NULL, *tool = NULL;

  if (invocation != NULL)
    {
      server = fare_price_json_get_string (invocation, "server");
      tool = fare_price_json_get_string (invocation, "tool");
    }

  if (id == NULL)
    self->calls_excluded++;
  else if (g_str_equal (type, "mcp_tool_call_end"))
    {
      g_autofree char *name = server != NULL && tool != NULL
                                  ? g_strconcat (server, "/", tool, NULL) : NULL;

      note (self->calls, id, name, 1);
    }
  else
    note (self->calls, id, fare_price_json_get_string (payload, "name"), 0);
}

static void
note_record (Insights   *self,
             JsonObject *record)
{
  const char *type = fare_price_json_get_string (record, "type");
  JsonObject *payload = fare_price_json_get_object (record, "payload");
  const char *inner = payload != NULL ? fare_price_json_get_string (payload, "type") : NULL;
  const char *id;

  if (type == NULL || payload == NULL)
    return;

  if (g_str_equal (type, "session_meta"))
    note_session (self, payload);
  else if (!self->is_primary)
    return;
  else if (g_str_equal (type, "turn_context"))
    {
      id = fare_price_json_get_string (payload, "turn_id");
      if (id != NULL)
        note (self->turns, id, fare_price_json_get_string (payload, "effort"), 0);
      else
        self->turns_excluded++;
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
read_file (Insights       *self,
           FareLineReader *reader,
           const char     *path)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  FareLineResult result;
  const char *line;
  gsize length;
  gint64 offset;

  self->is_primary = TRUE;
  self->has_id = FALSE;
  if (!fare_line_reader_open (reader, path, 0, G_MAXINT64, NULL))
    return;

  while ((result = fare_line_reader_next (reader, &line, &length, &offset)) == FARE_LINE_OK
         || result == FARE_LINE_TOO_LONG)
    {
      JsonNode *root;

      if (result != FARE_LINE_OK || !may_count (line, length)
          || !g_utf8_validate (line, (gssize) length, NULL)
          || !json_parser_load_from_data (parser, line, (gssize) length, NULL))
        continue;

      root = json_parser_get_root (parser);
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        note_record (self, json_node_get_object (root));
    }

  fare_line_reader_close (reader);
  if (self->is_primary)
    {
      self->files++;
      self->files_with_id += self->has_id;
      self->files_without_id += !self->has_id;
    }
}

static gboolean
file_cb (const FareFileInfo *file,
         gpointer            user_data)
{
  Insights *self = user_data;

  if (g_str_equal (file->client, CLIENT) && !file->missing
      && (g_str_has_suffix (file->path, ".jsonl") || g_str_has_suffix (file->path, ".jsonl.zst")))
    g_ptr_array_add (self->paths, g_strdup (file->path));

  return TRUE;
}

static gboolean
session_cb (const FareSessionInfo *session,
            gpointer               user_data)
{
  Insights *self = user_data;

  if (g_str_equal (session->client, CLIENT) && (session->is_subagent || session->is_review))
    g_hash_table_add (self->others, g_strdup (session->uid));

  return TRUE;
}

static int
compare_counts (gconstpointer a,
                gconstpointer b,
                gpointer      counts)
{
  const char *first = *(const char * const *) a, *second = *(const char * const *) b;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, first));
  guint other = GPOINTER_TO_UINT (g_hash_table_lookup (counts, second));

  return count != other ? (count < other ? 1 : -1) : strcmp (first, second);
}

/* Names by how often they occur; sets "distribution" and "most_used" of @object. */
static gint64
set_distribution (JsonObject *object,
                  GHashTable *facts,
                  const char *label,
                  gint64     *ambiguous)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  JsonArray *rows = json_array_new ();
  GHashTableIter iter;
  Fact *fact;
  gint64 total = 0;

  *ambiguous = 0;
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &fact))
    {
      guint count = fact->name != NULL
                        ? GPOINTER_TO_UINT (g_hash_table_lookup (counts, fact->name)) : 0;

      *ambiguous += fact->is_ambiguous;
      if (fact->name == NULL || fact->is_ambiguous)
        continue;
      if (count == 0)
        g_ptr_array_add (names, fact->name);
      g_hash_table_insert (counts, fact->name, GUINT_TO_POINTER (count + 1));
      total++;
    }

  g_ptr_array_sort_with_data (names, compare_counts, counts);
  for (guint i = 0; i < names->len; i++)
    {
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, names->pdata[i]));
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, label, names->pdata[i]);
      json_object_set_int_member (row, "count", count);
      json_object_set_double_member (row, "share",
                                     fare_http_round ((double) count / (double) total, 6));
      json_array_add_object_element (rows, row);
    }

  if (names->len > 0)
    json_object_set_object_member (object, "most_used",
                                   json_object_ref (json_array_get_object_element (rows, 0)));
  else
    json_object_set_null_member (object, "most_used");
  json_object_set_array_member (object, "distribution", rows);
  return total;
}

static JsonObject *
new_chats (const Insights *self)
{
  JsonObject *chats = json_object_new ();
  JsonObject *coverage = json_object_new ();

  json_object_set_int_member (coverage, "primary_files", self->files);
  json_object_set_int_member (coverage, "files_with_session_id", self->files_with_id);
  json_object_set_int_member (coverage, "legacy_unavailable_records", self->files_without_id);
  json_object_set_int_member (chats, "value", g_hash_table_size (self->chats));
  json_object_set_object_member (chats, "coverage", coverage);
  return chats;
}

static JsonObject *
new_reasoning (const Insights *self)
{
  JsonObject *reasoning = json_object_new ();
  JsonObject *coverage = json_object_new ();
  gint64 ambiguous, known = set_distribution (reasoning, self->turns, "effort", &ambiguous);

  json_object_set_int_member (coverage, "identified_turns", g_hash_table_size (self->turns));
  json_object_set_int_member (coverage, "known_effort_turns", known);
  json_object_set_int_member (coverage, "ambiguous_turns", ambiguous);
  json_object_set_int_member (coverage, "excluded_records", self->turns_excluded);
  json_object_set_object_member (reasoning, "coverage", coverage);
  return reasoning;
}

static JsonObject *
new_tools (const Insights *self)
{
  JsonObject *tools = json_object_new ();
  JsonObject *coverage = json_object_new ();
  gint64 ambiguous, named = set_distribution (tools, self->calls, "name", &ambiguous);

  json_object_set_int_member (tools, "total_calls", g_hash_table_size (self->calls));
  json_object_set_int_member (coverage, "named_calls", named);
  json_object_set_int_member (coverage, "ambiguous_name_calls", ambiguous);
  json_object_set_int_member (coverage, "excluded_records", self->calls_excluded);
  json_object_set_object_member (tools, "coverage", coverage);
  return tools;
}

static JsonNode *
new_answer (const Insights *self)
{
  JsonObject *answer = json_object_new ();
  JsonObject *scope = json_object_new ();

  json_object_set_string_member (scope, "tool", CLIENT);
  json_object_set_boolean_member (scope, "local", TRUE);
  json_object_set_boolean_member (scope, "primary_only", TRUE);
  json_object_set_object_member (answer, "scope", scope);
  json_object_set_object_member (answer, "recorded_chats", new_chats (self));
  json_object_set_object_member (answer, "reasoning", new_reasoning (self));
  json_object_set_object_member (answer, "tools", new_tools (self));
  fare_http_json_set_utc_time (answer, "timestamp", self->question->request->now_us / 1000);
  return fare_http_json_take_object (answer);
}

static GHashTable *
new_set (GDestroyNotify free_value)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_value);
}

JsonNode *
fare_http_insights_answer (FareHttpQuestion  *question,
                           GError           **error)
{
  g_autoptr(GHashTable) others = new_set (NULL);
  g_autoptr(GHashTable) chats = new_set (NULL);
  g_autoptr(GHashTable) turns = new_set ((GDestroyNotify) fact_free);
  g_autoptr(GHashTable) calls = new_set ((GDestroyNotify) fact_free);
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  FareLineReader *reader;
  Insights self = { .question = question, .others = others, .chats = chats, .turns = turns,
                    .calls = calls, .paths = paths };

  if (!fare_index_reader_foreach_session (question->reader, session_cb, &self, error)
      || !fare_index_reader_foreach_file (question->reader, file_cb, &self, error))
    return NULL;

  reader = fare_line_reader_new ();
  for (guint i = 0; i < paths->len && !g_cancellable_is_cancelled (question->cancellable); i++)
    read_file (&self, reader, paths->pdata[i]);
  fare_line_reader_free (reader);

  return g_cancellable_set_error_if_cancelled (question->cancellable, error) ? NULL
                                                                             : new_answer (&self);
}
