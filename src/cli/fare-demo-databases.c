/* fare-demo-databases.c
 *
 * Clients that keep sessions in SQLite.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-demo-home.h"

#define FOLDER "/home/kim/src/"

/* OpenCode, Kilo Code and MiMo Code. */
static gboolean
write_opencode (FareDemoHome           *home,
                const FareDemoSession  *session,
                GError                **error)
{
  static const char schema[] =
    "CREATE TABLE project (id TEXT PRIMARY KEY, worktree TEXT NOT NULL, vcs TEXT, name TEXT,"
    " time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, sandboxes TEXT NOT NULL DEFAULT '[]');"
    "CREATE TABLE session (id TEXT PRIMARY KEY, project_id TEXT NOT NULL, workspace_id TEXT, parent_id TEXT,"
    " slug TEXT NOT NULL DEFAULT '', directory TEXT NOT NULL, title TEXT NOT NULL, version TEXT NOT NULL"
    " DEFAULT '', time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, time_archived INTEGER);"
    "CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, time_created INTEGER NOT NULL,"
    " time_updated INTEGER NOT NULL, data TEXT NOT NULL);"
    "CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT NOT NULL, session_id TEXT NOT NULL,"
    " time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, data TEXT NOT NULL);";
  const char *path = g_str_equal (session->client, "kilocode") ? ".local/share/kilo/kilo.db"
                     : g_str_equal (session->client, "mimo") ? ".local/share/mimocode/mimocode.db"
                     : ".local/share/opencode/opencode.db";
  gint64 start_ms = session->calls[0].time_ms - 4000;

  if (!fare_demo_home_run (home, path, schema, error,
                           "INSERT INTO session (id, project_id, directory, title, time_created, time_updated)"
                           " VALUES ('ses_%u', 'p', '" FOLDER "%s', '%s', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")",
                           session->number, session->project, session->title, start_ms, start_ms))
    return FALSE;

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];

      if (!fare_demo_home_run (home, path, schema, error,
            "INSERT INTO message VALUES ('msg_%u_%u', 'ses_%u', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ","
            " '{\"role\":\"assistant\",\"time\":{\"created\":%" G_GINT64_FORMAT ",\"completed\":%" G_GINT64_FORMAT "},"
            "\"modelID\":\"%s\",\"providerID\":\"%s\",\"mode\":\"build\",\"cost\":0,\"tokens\":{\"input\":%"
            G_GINT64_FORMAT ",\"output\":%" G_GINT64_FORMAT ",\"reasoning\":0,\"cache\":{\"read\":%"
            G_GINT64_FORMAT ",\"write\":%" G_GINT64_FORMAT "}},\"finish\":\"stop\"}')",
            session->number, i, session->number, call->time_ms, call->time_ms, call->time_ms,
            call->time_ms + 3000, session->model, session->provider, call->input, call->output,
            call->cache_read, call->cache_write))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_goose (FareDemoHome           *home,
             const FareDemoSession  *session,
             GError                **error)
{
  static const char path[] = ".local/share/goose/sessions/sessions.db";
  static const char schema[] =
    "CREATE TABLE schema_version (version INTEGER PRIMARY KEY); INSERT INTO schema_version VALUES (16);"
    "CREATE TABLE sessions (id TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '', description TEXT NOT NULL"
    " DEFAULT '', session_type TEXT NOT NULL DEFAULT 'user', working_dir TEXT NOT NULL, created_at TIMESTAMP,"
    " updated_at TIMESTAMP, total_tokens INTEGER, input_tokens INTEGER, output_tokens INTEGER,"
    " cache_read_tokens INTEGER, cache_write_tokens INTEGER, accumulated_total_tokens INTEGER,"
    " accumulated_input_tokens INTEGER, accumulated_output_tokens INTEGER,"
    " accumulated_cache_read_tokens INTEGER, accumulated_cache_write_tokens INTEGER, accumulated_cost REAL,"
    " provider_name TEXT, model_config_json TEXT, parent_session_id TEXT);"
    "CREATE TABLE usage_ledger (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL,"
    " created_timestamp INTEGER NOT NULL, model TEXT, input_tokens INTEGER, output_tokens INTEGER,"
    " total_tokens INTEGER, cache_read_tokens INTEGER, cache_write_tokens INTEGER, cost REAL,"
    " cost_source TEXT, is_compaction BOOLEAN DEFAULT 0);";
  g_autofree char *start = fare_demo_stamp (session->calls[0].time_ms);
  gint64 input = 0, output = 0, cache_read = 0, cache_write = 0;

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      gint64 whole = call->input + call->cache_read + call->cache_write;

      input += whole;
      output += call->output;
      cache_read += call->cache_read;
      cache_write += call->cache_write;

      if (!fare_demo_home_run (home, path, schema, error,
            "INSERT INTO usage_ledger (session_id, created_timestamp, model, input_tokens, output_tokens,"
            " total_tokens, cache_read_tokens, cache_write_tokens) VALUES ('s%u', %" G_GINT64_FORMAT ", '%s', %"
            G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %"
            G_GINT64_FORMAT ")",
            session->number, call->time_ms / 1000, session->model, whole, call->output,
            whole + call->output, call->cache_read, call->cache_write))
        return FALSE;
    }

  return fare_demo_home_run (home, path, schema, error,
    "INSERT INTO sessions (id, name, working_dir, created_at, accumulated_total_tokens,"
    " accumulated_input_tokens, accumulated_output_tokens, accumulated_cache_read_tokens,"
    " accumulated_cache_write_tokens, provider_name, model_config_json) VALUES ('s%u', '%s', '" FOLDER "%s',"
    " '%.10s %.8s', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %"
    G_GINT64_FORMAT ", '%s', '{\"model_name\":\"%s\"}')",
    session->number, session->title, session->project, start, start + 11, input + output, input, output,
    cache_read, cache_write, session->provider, session->model);
}

/* Hermes knows the sum of a session only. */
static gboolean
write_hermes (FareDemoHome           *home,
              const FareDemoSession  *session,
              GError                **error)
{
  static const char schema[] =
    "CREATE TABLE sessions (id TEXT PRIMARY KEY, source TEXT NOT NULL, user_id TEXT, model TEXT,"
    " model_config TEXT, system_prompt TEXT, parent_session_id TEXT, started_at REAL NOT NULL, ended_at REAL,"
    " end_reason TEXT, message_count INTEGER DEFAULT 0, tool_call_count INTEGER DEFAULT 0,"
    " input_tokens INTEGER DEFAULT 0, output_tokens INTEGER DEFAULT 0, cache_read_tokens INTEGER DEFAULT 0,"
    " cache_write_tokens INTEGER DEFAULT 0, reasoning_tokens INTEGER DEFAULT 0, billing_provider TEXT,"
    " estimated_cost_usd REAL, actual_cost_usd REAL, title TEXT);"
    "CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL, role TEXT NOT NULL,"
    " content TEXT, timestamp REAL NOT NULL);";
  gint64 input = 0, output = 0, cache_read = 0, cache_write = 0;

  for (guint i = 0; i < session->n_calls; i++)
    {
      input += session->calls[i].input;
      output += session->calls[i].output;
      cache_read += session->calls[i].cache_read;
      cache_write += session->calls[i].cache_write;
    }

  return fare_demo_home_run (home, ".hermes/state.db", schema, error,
    "INSERT INTO sessions (id, source, model, started_at, message_count, input_tokens, output_tokens,"
    " cache_read_tokens, cache_write_tokens, billing_provider, title) VALUES ('h-%u', 'cli', '%s', %"
    G_GINT64_FORMAT ".0, %u, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %"
    G_GINT64_FORMAT ", '%s', '%s')",
    session->number, session->model, session->calls[0].time_ms / 1000, session->n_calls, input, output,
    cache_read, cache_write, session->provider, session->title);
}

static void
append_varint (GByteArray *bytes,
               guint64     value)
{
  do
    {
      guint8 byte = (guint8) (value & 0x7f) | (value > 0x7f ? 0x80 : 0);

      g_byte_array_append (bytes, &byte, 1);
      value >>= 7;
    }
  while (value > 0);
}

static void
append_number (GByteArray *bytes,
               guint       field,
               gint64      value)
{
  append_varint (bytes, field << 3);
  append_varint (bytes, (guint64) value);
}

static void
append_bytes (GByteArray *bytes,
              guint       field,
              const void *data,
              gsize       size)
{
  append_varint (bytes, field << 3 | 2);
  append_varint (bytes, size);
  g_byte_array_append (bytes, data, (guint) size);
}

/* Antigravity keeps one protocol buffers message for each response. */
static GByteArray *
encode_generation (const FareDemoSession *session,
                   const FareDemoCall    *call)
{
  g_autoptr(GByteArray) usage = g_byte_array_new ();
  g_autoptr(GByteArray) time = g_byte_array_new ();
  g_autoptr(GByteArray) done = g_byte_array_new ();
  g_autoptr(GByteArray) generation = g_byte_array_new ();
  GByteArray *row = g_byte_array_new ();

  append_number (usage, 2, call->input);
  append_number (usage, 3, call->output);
  append_number (usage, 4, call->cache_write);
  append_number (usage, 5, call->cache_read);
  append_number (usage, 9, call->reasoning);
  append_number (time, 1, call->time_ms / 1000);
  append_number (time, 2, call->time_ms % 1000 * 1000000);
  append_bytes (done, 4, time->data, time->len);
  append_bytes (generation, 4, usage->data, usage->len);
  append_bytes (generation, 9, done->data, done->len);
  append_bytes (generation, 19, session->model, strlen (session->model));
  append_bytes (row, 1, generation->data, generation->len);

  return row;
}

static gboolean
write_antigravity (FareDemoHome           *home,
                   const FareDemoSession  *session,
                   GError                **error)
{
  static const char schema[] =
    "CREATE TABLE gen_metadata (idx INTEGER PRIMARY KEY, data BLOB, size INTEGER);"
    "CREATE TABLE steps (idx INTEGER PRIMARY KEY, data BLOB);";
  g_autofree char *path =
    g_strdup_printf (".gemini/antigravity-cli/conversations/11111111-2222-4333-8444-%012u.db",
                     session->number);

  for (guint i = 0; i < session->n_calls; i++)
    {
      g_autoptr(GByteArray) row = encode_generation (session, &session->calls[i]);
      g_autoptr(GString) hex = g_string_new (NULL);

      for (guint k = 0; k < row->len; k++)
        g_string_append_printf (hex, "%02x", row->data[k]);

      if (!fare_demo_home_run (home, path, schema, error,
                               "INSERT INTO gen_metadata VALUES (%u, X'%s', %u)", i, hex->str, row->len))
        return FALSE;
    }

  return TRUE;
}

gboolean
fare_demo_write_rows (FareDemoHome           *home,
                      const FareDemoSession  *session,
                      GError                **error)
{
  if (g_str_equal (session->client, "antigravity"))
    return write_antigravity (home, session, error);

  if (g_str_equal (session->client, "goose"))
    return write_goose (home, session, error);

  if (g_str_equal (session->client, "hermes"))
    return write_hermes (home, session, error);

  return write_opencode (home, session, error);
}
