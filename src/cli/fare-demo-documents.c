/* fare-demo-documents.c
 *
 * Clients that keep a session in one JSON document.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-demo-home.h"

#define FOLDER "/home/kim/src/"

static gboolean
write_amp (FareDemoHome           *home,
           const FareDemoSession  *session,
           GError                **error)
{
  GString *text = g_string_new (NULL);
  guint n_said = 0, n_messages = 0;

  g_string_append_printf (text,
    "{\"v\":40,\"id\":\"T-00000000-0000-4000-8000-%012u\",\"created\":%" G_GINT64_FORMAT ",\"title\":\"%s\","
    "\"env\":{\"initial\":{\"trees\":[{\"displayName\":\"%s\",\"uri\":\"file://" FOLDER "%s\"}]}},\"messages\":[",
    session->number, session->calls[0].time_ms - 4000, session->title, session->project,
    session->project);

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      const char *prompt = fare_demo_prompt (session, call, &n_said);
      g_autofree char *stamp = fare_demo_stamp (call->time_ms);

      if (prompt != NULL)
        g_string_append_printf (text,
          "%s{\"role\":\"user\",\"messageId\":%u,\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}",
          i > 0 ? "," : "", n_messages++, prompt);

      g_string_append_printf (text,
        ",{\"role\":\"assistant\",\"messageId\":%u,\"content\":[],\"usage\":{\"model\":\"%s\","
        "\"maxInputTokens\":168000,\"inputTokens\":%" G_GINT64_FORMAT ",\"outputTokens\":%" G_GINT64_FORMAT ","
        "\"cacheCreationInputTokens\":%" G_GINT64_FORMAT ",\"cacheReadInputTokens\":%" G_GINT64_FORMAT ","
        "\"totalInputTokens\":%" G_GINT64_FORMAT ",\"timestamp\":\"%s\"}}",
        n_messages++, session->model, call->input, call->output, call->cache_write, call->cache_read,
        call->input + call->cache_write + call->cache_read, stamp);
    }

  g_string_append (text, "]}\n");

  return fare_demo_home_save (home, session, text, error,
                              ".local/share/amp/threads/T-00000000-0000-4000-8000-%012u.json",
                              session->number);
}

static gboolean
write_cline (FareDemoHome           *home,
             const FareDemoSession  *session,
             GError                **error)
{
  GString *text = g_string_new (NULL);
  GString *about = g_string_new (NULL);
  gint64 start_ms = session->calls[0].time_ms - 4000;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT "_%05u", start_ms, session->number);
  g_autofree char *start = fare_demo_stamp (start_ms);
  guint n_said = 0;

  g_string_append_printf (text, "{\"version\":1,\"updated_at\":\"%s\",\"agent\":\"lead\",\"sessionId\":\"%s\","
                          "\"messages\":[", start, id);

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      const char *prompt = fare_demo_prompt (session, call, &n_said);

      if (prompt != NULL)
        g_string_append_printf (text,
          "%s{\"id\":\"u%u\",\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}",
          i > 0 ? "," : "", i, prompt);

      g_string_append_printf (text,
        ",{\"id\":\"a%u-%u\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"ok\"}],"
        "\"ts\":%" G_GINT64_FORMAT ",\"modelInfo\":{\"id\":\"%s\",\"provider\":\"%s\"},\"metrics\":"
        "{\"inputTokens\":%" G_GINT64_FORMAT ",\"outputTokens\":%" G_GINT64_FORMAT ",\"cacheReadTokens\":%"
        G_GINT64_FORMAT ",\"cacheWriteTokens\":%" G_GINT64_FORMAT "}}",
        session->number, i, call->time_ms, session->model, session->provider,
        call->input + call->cache_read + call->cache_write, call->output, call->cache_read,
        call->cache_write);
    }

  g_string_append (text, "]}\n");
  g_string_append_printf (about,
    "{\"version\":1,\"session_id\":\"%s\",\"source\":\"cli\",\"started_at\":\"%s\",\"status\":\"completed\","
    "\"provider\":\"%s\",\"model\":\"%s\",\"cwd\":\"" FOLDER "%s\",\"workspace_root\":\"" FOLDER "%s\","
    "\"metadata\":{\"title\":\"%s\"}}\n",
    id, start, session->provider, session->model, session->project, session->project, session->title);

  return fare_demo_home_save (home, session, about, error, ".cline/data/sessions/%s/%s.json", id, id) &&
         fare_demo_home_save (home, session, text, error, ".cline/data/sessions/%s/%s.messages.json",
                              id, id);
}

/* Droid keeps the sum of a session beside its transcript. */
static gboolean
write_droid (FareDemoHome           *home,
             const FareDemoSession  *session,
             GError                **error)
{
  GString *text = g_string_new (NULL);
  GString *settings = g_string_new (NULL);
  g_autofree char *start = fare_demo_stamp (session->calls[0].time_ms);
  FareDemoCall sum = { 0 };

  for (guint i = 0; i < session->n_calls; i++)
    {
      sum.input += session->calls[i].input;
      sum.output += session->calls[i].output;
      sum.cache_read += session->calls[i].cache_read;
      sum.cache_write += session->calls[i].cache_write;
      sum.reasoning += session->calls[i].reasoning;
    }

  g_string_append_printf (text,
    "{\"type\":\"session_start\",\"id\":\"d-%u\",\"title\":\"%s\",\"owner\":\"kim\",\"cwd\":\"" FOLDER "%s\"}\n"
    "{\"type\":\"message\",\"id\":\"m\",\"timestamp\":\"%s\",\"message\":{\"role\":\"user\",\"content\":"
    "[{\"type\":\"text\",\"text\":\"%s\"}]}}\n",
    session->number, session->title, session->project, start, session->title);
  g_string_append_printf (settings,
    "{\"model\":\"%s\",\"providerLock\":\"%s\",\"providerLockTimestamp\":\"%s\",\"tokenUsage\":"
    "{\"inputTokens\":%" G_GINT64_FORMAT ",\"outputTokens\":%" G_GINT64_FORMAT ",\"cacheCreationTokens\":%"
    G_GINT64_FORMAT ",\"cacheReadTokens\":%" G_GINT64_FORMAT ",\"thinkingTokens\":0}}\n",
    session->model, session->provider, start, sum.input, sum.output, sum.cache_write, sum.cache_read);

  return fare_demo_home_save (home, session, text, error, ".factory/sessions/-home-kim-src-%s/d-%u.jsonl",
                              session->project, session->number) &&
         fare_demo_home_save (home, session, settings, error,
                              ".factory/sessions/-home-kim-src-%s/d-%u.settings.json",
                              session->project, session->number);
}

static gboolean
write_roo (FareDemoHome           *home,
           const FareDemoSession  *session,
           GError                **error)
{
  static const char below[] = ".config/Code/User/globalStorage/rooveterinaryinc.roo-cline/tasks";
  GString *text = g_string_new (NULL);
  GString *item = g_string_new (NULL);
  GString *history = g_string_new (NULL);
  guint n_said = 0;

  g_string_append_c (text, '[');

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      const char *prompt = fare_demo_prompt (session, call, &n_said);

      if (prompt != NULL)
        g_string_append_printf (text,
          "%s{\"ts\":%" G_GINT64_FORMAT ",\"type\":\"say\",\"say\":\"text\",\"text\":\"%s\"}",
          i > 0 ? "," : "", call->time_ms - 2000, prompt);

      g_string_append_printf (text,
        ",{\"ts\":%" G_GINT64_FORMAT ",\"type\":\"say\",\"say\":\"api_req_started\",\"text\":\"{\\\"apiProtocol\\\":"
        "\\\"anthropic\\\",\\\"tokensIn\\\":%" G_GINT64_FORMAT ",\\\"tokensOut\\\":%" G_GINT64_FORMAT ","
        "\\\"cacheWrites\\\":%" G_GINT64_FORMAT ",\\\"cacheReads\\\":%" G_GINT64_FORMAT "}\"}",
        call->time_ms, call->input + call->cache_write + call->cache_read, call->output,
        call->cache_write, call->cache_read);
    }

  g_string_append (text, "]\n");
  g_string_append_printf (item,
    "{\"id\":\"0198a000-0000-4000-8000-%012u\",\"number\":%u,\"ts\":%" G_GINT64_FORMAT ",\"task\":\"%s\","
    "\"workspace\":\"" FOLDER "%s\"}\n",
    session->number, session->number, session->calls[0].time_ms, session->title, session->project);
  g_string_append_printf (history,
    "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"<environment_details>\\n<model>%s</model>\\n"
    "</environment_details>\"}]}]\n", session->model);

  return fare_demo_home_save (home, session, item, error, "%s/0198a000-0000-4000-8000-%012u/history_item.json",
                              below, session->number) &&
         fare_demo_home_save (home, session, history, error,
                              "%s/0198a000-0000-4000-8000-%012u/api_conversation_history.json",
                              below, session->number) &&
         fare_demo_home_save (home, session, text, error,
                              "%s/0198a000-0000-4000-8000-%012u/ui_messages.json", below,
                              session->number);
}

gboolean
fare_demo_write_documents (FareDemoHome           *home,
                           const FareDemoSession  *session,
                           GError                **error)
{
  if (g_str_equal (session->client, "amp"))
    return write_amp (home, session, error);

  if (g_str_equal (session->client, "cline"))
    return write_cline (home, session, error);

  if (g_str_equal (session->client, "droid"))
    return write_droid (home, session, error);

  return write_roo (home, session, error);
}
