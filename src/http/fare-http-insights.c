/* fare-http-insights.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-insights.h"

#include <string.h>

#include "fare-http-json.h"
#include "formats/fare-codex-activity.h"

#define CLIENT "codex"

typedef struct
{
  FareCodexActivity  activity;
  GPtrArray         *paths;    /* of char */
} Insights;

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
    g_hash_table_add (self->activity.others, g_strdup (session->uid));

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
  FareCodexFact *fact;
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
new_chats (const FareCodexActivity *self)
{
  JsonObject *chats = json_object_new ();
  JsonObject *coverage = json_object_new ();

  json_object_set_int_member (coverage, "primary_files", self->files);
  json_object_set_int_member (coverage, "files_with_session_id", self->files_with_id);
  json_object_set_int_member (coverage, "legacy_unavailable_records", self->files - self->files_with_id);
  json_object_set_int_member (chats, "value", g_hash_table_size (self->chats));
  json_object_set_object_member (chats, "coverage", coverage);
  return chats;
}

static JsonObject *
new_reasoning (const FareCodexActivity *self)
{
  JsonObject *reasoning = json_object_new ();
  JsonObject *coverage = json_object_new ();
  gint64 ambiguous, known = set_distribution (reasoning, self->turns, "effort", &ambiguous);

  json_object_set_int_member (coverage, "identified_turns", g_hash_table_size (self->turns));
  json_object_set_int_member (coverage, "known_effort_turns", known);
  json_object_set_int_member (coverage, "ambiguous_turns", ambiguous);
  json_object_set_int_member (coverage, "excluded_records", self->turns_without_id);
  json_object_set_object_member (reasoning, "coverage", coverage);
  return reasoning;
}

static JsonObject *
new_tools (const FareCodexActivity *self)
{
  JsonObject *tools = json_object_new ();
  JsonObject *coverage = json_object_new ();
  gint64 ambiguous, named = set_distribution (tools, self->calls, "name", &ambiguous);

  json_object_set_int_member (tools, "total_calls", g_hash_table_size (self->calls));
  json_object_set_int_member (coverage, "named_calls", named);
  json_object_set_int_member (coverage, "ambiguous_name_calls", ambiguous);
  json_object_set_int_member (coverage, "excluded_records", self->calls_without_id);
  json_object_set_object_member (tools, "coverage", coverage);
  return tools;
}

static JsonNode *
new_answer (const FareHttpQuestion  *question,
            const FareCodexActivity *self)
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
  fare_http_json_set_utc_time (answer, "timestamp", question->request->now_us / 1000);
  return fare_http_json_take_object (answer);
}

JsonNode *
fare_http_insights_answer (FareHttpQuestion  *question,
                           GError           **error)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  Insights self = { .paths = paths };
  JsonNode *answer = NULL;

  fare_codex_activity_init (&self.activity);
  if (fare_index_reader_foreach_session (question->reader, session_cb, &self, error)
      && fare_index_reader_foreach_file (question->reader, file_cb, &self, error))
    {
      for (guint i = 0; i < paths->len; i++)
        fare_codex_activity_read (&self.activity, paths->pdata[i], question->cancellable);
      if (!g_cancellable_set_error_if_cancelled (question->cancellable, error))
        answer = new_answer (question, &self.activity);
    }

  fare_codex_activity_clear (&self.activity);
  return answer;
}
