/* fare-demo-lines.c
 *
 * Clients that append one JSON object a line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-demo-home.h"

#define FOLDER "/home/kim/src/"

/* What Claude Code's helper agents do beside the main one. */
static gboolean
write_claude_helper (FareDemoHome           *home,
                     const FareDemoSession  *session,
                     GError                **error)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < session->n_calls; i += 3)
    {
      const FareDemoCall *call = &session->calls[i];
      g_autofree char *stamp = fare_demo_stamp (call->time_ms + 700);

      g_string_append_printf (text,
        "{\"parentUuid\":null,\"isSidechain\":true,\"userType\":\"external\",\"cwd\":\"" FOLDER "%s\","
        "\"sessionId\":\"5e551000-0000-4000-8000-%012u\",\"version\":\"2.1.40\",\"gitBranch\":\"%s\","
        "\"agentId\":\"a%06x\",\"type\":\"assistant\",\"uuid\":\"h-%u-%u\",\"requestId\":\"req_h_%u_%u\","
        "\"message\":{\"id\":\"msg_h_%u_%u\",\"type\":\"message\",\"role\":\"assistant\","
        "\"model\":\"claude-haiku-4-5\",\"content\":[{\"type\":\"text\",\"text\":\"Found it.\"}],"
        "\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":%" G_GINT64_FORMAT ","
        "\"cache_creation_input_tokens\":%" G_GINT64_FORMAT ",\"cache_read_input_tokens\":%" G_GINT64_FORMAT ","
        "\"output_tokens\":%" G_GINT64_FORMAT ",\"service_tier\":\"standard\"}},\"timestamp\":\"%s\"}\n",
        session->project, session->number, session->branch, session->number, session->number, i,
        session->number, i, session->number, i, call->input, call->cache_write / 2,
        call->cache_read / 4, call->output / 2, stamp);
    }

  return fare_demo_home_save (home, session, text, error,
                              ".claude/projects/-home-kim-src-%s/5e551000-0000-4000-8000-%012u/"
                              "subagents/agent-a%06x.jsonl",
                              session->project, session->number, session->number);
}

static gboolean
write_claude (FareDemoHome           *home,
              const FareDemoSession  *session,
              GError                **error)
{
  GString *text = g_string_new (NULL);
  guint n_said = 0;

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      const char *prompt = fare_demo_prompt (session, call, &n_said);
      g_autofree char *asked = fare_demo_stamp (call->time_ms - 3000);
      g_autofree char *stamp = fare_demo_stamp (call->time_ms);
      g_autofree char *frame =
        g_strdup_printf ("\"isSidechain\":false,\"userType\":\"external\",\"cwd\":\"" FOLDER "%s\","
                         "\"sessionId\":\"5e551000-0000-4000-8000-%012u\",\"version\":\"2.1.40\","
                         "\"gitBranch\":\"%s\"",
                         session->project, session->number, session->branch);

      if (prompt != NULL)
        g_string_append_printf (text,
          "{\"parentUuid\":null,%s,\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"%s\"},"
          "\"uuid\":\"u-%u-%u\",\"timestamp\":\"%s\"}\n",
          frame, prompt, session->number, i, asked);

      g_string_append_printf (text,
        "{\"parentUuid\":null,%s,\"type\":\"assistant\",\"uuid\":\"a-%u-%u\",\"requestId\":\"req_%u_%u\","
        "\"message\":{\"id\":\"msg_%u_%u\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"%s\","
        "\"content\":[{\"type\":\"text\",\"text\":\"Done.\"}],\"stop_reason\":\"end_turn\","
        "\"stop_sequence\":null,\"usage\":{\"input_tokens\":%" G_GINT64_FORMAT ","
        "\"cache_creation_input_tokens\":%" G_GINT64_FORMAT ",\"cache_read_input_tokens\":%" G_GINT64_FORMAT ","
        "\"cache_creation\":{\"ephemeral_5m_input_tokens\":%" G_GINT64_FORMAT ","
        "\"ephemeral_1h_input_tokens\":0},\"output_tokens\":%" G_GINT64_FORMAT ","
        "\"service_tier\":\"standard\"}},\"timestamp\":\"%s\"}\n",
        frame, session->number, i, session->number, i, session->number, i, session->model,
        call->input, call->cache_write, call->cache_read, call->cache_write, call->output, stamp);
    }

  return fare_demo_home_save (home, session, text, error,
                              ".claude/projects/-home-kim-src-%s/5e551000-0000-4000-8000-%012u.jsonl",
                              session->project, session->number) &&
         (session->number % 6 != 0 || write_claude_helper (home, session, error));
}

/* Codex counts what is cached as a part of the input, and adds everything up. */
static void
append_codex_usage (GString            *text,
                    const char         *name,
                    const FareDemoCall *sum)
{
  gint64 input = sum->input + sum->cache_read + sum->cache_write;

  g_string_append_printf (text,
    "\"%s\":{\"input_tokens\":%" G_GINT64_FORMAT ",\"cached_input_tokens\":%" G_GINT64_FORMAT ","
    "\"output_tokens\":%" G_GINT64_FORMAT ",\"reasoning_output_tokens\":%" G_GINT64_FORMAT ","
    "\"total_tokens\":%" G_GINT64_FORMAT "}",
    name, input, sum->cache_read, sum->output, sum->reasoning, input + sum->output);
}

static void
append_codex_call (GString               *text,
                   const FareDemoSession *session,
                   const FareDemoCall    *call,
                   FareDemoCall          *sum)
{
  const gint64 five_hours = 5 * 3600, week = 7 * 24 * 3600;
  gint64 seconds = call->time_ms / 1000;
  g_autofree char *stamp = fare_demo_stamp (call->time_ms);

  sum->input += call->input;
  sum->cache_read += call->cache_read;
  sum->cache_write += call->cache_write;
  sum->output += call->output;
  sum->reasoning += call->reasoning;

  g_string_append_printf (text, "{\"timestamp\":\"%s\",\"type\":\"event_msg\",\"payload\":"
                          "{\"type\":\"token_count\",\"info\":{", stamp);
  append_codex_usage (text, "total_token_usage", sum);
  g_string_append_c (text, ',');
  append_codex_usage (text, "last_token_usage", call);

  /* The longer a window runs, the more of it is used up. */
  g_string_append_printf (text,
    ",\"model_context_window\":272000},\"rate_limits\":{\"primary\":{\"used_percent\":%d.0,"
    "\"window_minutes\":300,\"resets_at\":%" G_GINT64_FORMAT "},\"secondary\":{\"used_percent\":%d.0,"
    "\"window_minutes\":10080,\"resets_at\":%" G_GINT64_FORMAT "}}}}\n",
    (int) (seconds % five_hours * 70 / five_hours), (seconds / five_hours + 1) * five_hours,
    (int) (seconds % week * 60 / week), (seconds / week + 1) * week);
}

static gboolean
write_codex (FareDemoHome           *home,
             const FareDemoSession  *session,
             GError                **error)
{
  GString *text = g_string_new (NULL);
  g_autofree char *start = fare_demo_stamp (session->calls[0].time_ms - 4000);
  g_autofree char *day = g_strdup_printf ("%.4s/%.2s/%.2s", start, start + 5, start + 8);
  g_autofree char *name = g_strdelimit (g_strndup (start, 19), ":", '-');
  FareDemoCall sum = { 0 };
  guint n_said = 0;

  g_string_append_printf (text,
    "{\"timestamp\":\"%s\",\"type\":\"session_meta\",\"payload\":{\"id\":\"019d5e55-0000-7000-8000-%012u\","
    "\"timestamp\":\"%s\",\"cwd\":\"" FOLDER "%s\",\"originator\":\"codex_cli_rs\",\"cli_version\":\"0.148.0\","
    "\"source\":\"cli\",\"model_provider\":\"openai\",\"git\":{\"branch\":\"%s\"}}}\n"
    "{\"timestamp\":\"%s\",\"type\":\"turn_context\",\"payload\":{\"cwd\":\"" FOLDER "%s\",\"model\":\"%s\","
    "\"effort\":\"medium\",\"turn_id\":\"t-1\"}}\n",
    start, session->number, start, session->project, session->branch, start, session->project,
    session->model);

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      const char *prompt = fare_demo_prompt (session, call, &n_said);
      g_autofree char *asked = fare_demo_stamp (call->time_ms - 3000);

      if (prompt != NULL)
        g_string_append_printf (text,
          "{\"timestamp\":\"%s\",\"type\":\"event_msg\",\"payload\":{\"type\":\"user_message\","
          "\"message\":\"%s\",\"images\":[]}}\n", asked, prompt);

      append_codex_call (text, session, call, &sum);
    }

  return fare_demo_home_save (home, session, text, error,
                              ".codex/sessions/%s/rollout-%s-019d5e55-0000-7000-8000-%012u.jsonl",
                              day, name, session->number);
}

static gboolean
write_gemini (FareDemoHome           *home,
              const FareDemoSession  *session,
              GError                **error)
{
  GString *text = g_string_new (NULL);
  g_autofree char *start = fare_demo_stamp (session->calls[0].time_ms - 4000);
  g_autofree char *name = g_strdelimit (g_strndup (start, 16), ":", '-');
  guint n_said = 0;

  g_string_append_printf (text,
    "{\"sessionId\":\"%08x-0000-4000-8000-000000000001\",\"startTime\":\"%s\",\"lastUpdated\":\"%s\","
    "\"kind\":\"main\"}\n", session->number, start, start);

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      const char *prompt = fare_demo_prompt (session, call, &n_said);
      g_autofree char *stamp = fare_demo_stamp (call->time_ms);
      gint64 input = call->input + call->cache_write + call->cache_read;

      if (prompt != NULL)
        g_string_append_printf (text,
          "{\"id\":\"u%u-%u\",\"timestamp\":\"%s\",\"type\":\"user\",\"content\":[{\"text\":\"%s\"}]}\n",
          session->number, i, stamp, prompt);

      g_string_append_printf (text,
        "{\"id\":\"m%u-%u\",\"timestamp\":\"%s\",\"type\":\"gemini\",\"content\":\"ok\",\"thoughts\":[],"
        "\"tokens\":{\"input\":%" G_GINT64_FORMAT ",\"output\":%" G_GINT64_FORMAT ",\"cached\":%"
        G_GINT64_FORMAT ",\"thoughts\":%" G_GINT64_FORMAT ",\"tool\":0,\"total\":%" G_GINT64_FORMAT "},"
        "\"model\":\"%s\"}\n",
        session->number, i, stamp, input, call->output - call->reasoning, call->cache_read,
        call->reasoning, input + call->output, session->model);
    }

  return fare_demo_home_save (home, session, text, error, ".gemini/tmp/%s/chats/session-%s-%08x.jsonl",
                              session->project, name, session->number);
}

/* Copilot CLI sums up per model when a session ends. */
static gboolean
write_copilot (FareDemoHome           *home,
               const FareDemoSession  *session,
               GError                **error)
{
  GString *text = g_string_new (NULL);
  const FareDemoCall *last = &session->calls[session->n_calls - 1];
  g_autofree char *start = fare_demo_stamp (session->calls[0].time_ms - 4000);
  g_autofree char *end = fare_demo_stamp (last->time_ms + 1000);
  FareDemoCall sum = { 0 };
  guint n_said = 0;

  g_string_append_printf (text,
    "{\"type\":\"session.start\",\"data\":{\"sessionId\":\"c0c0c0c0-0000-4000-8000-%012u\","
    "\"context\":{\"cwd\":\"" FOLDER "%s\"}},\"id\":\"s\",\"timestamp\":\"%s\",\"parentId\":null}\n",
    session->number, session->project, start);

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      const char *prompt = fare_demo_prompt (session, call, &n_said);
      g_autofree char *stamp = fare_demo_stamp (call->time_ms);

      if (prompt != NULL)
        g_string_append_printf (text,
          "{\"type\":\"user.message\",\"data\":{\"content\":\"%s\"},\"id\":\"u%u\",\"timestamp\":\"%s\","
          "\"parentId\":null}\n", prompt, i, stamp);

      g_string_append_printf (text,
        "{\"type\":\"assistant.message\",\"data\":{\"messageId\":\"m%u\",\"requestId\":\"R%u-%u\","
        "\"model\":\"%s\",\"outputTokens\":%" G_GINT64_FORMAT "},\"id\":\"a%u\",\"timestamp\":\"%s\","
        "\"parentId\":null}\n", i, session->number, i, session->model, call->output, i, stamp);
      sum.input += call->input + call->cache_read + call->cache_write;
      sum.cache_read += call->cache_read;
      sum.cache_write += call->cache_write;
      sum.output += call->output;
    }

  g_string_append_printf (text,
    "{\"type\":\"session.shutdown\",\"data\":{\"modelMetrics\":{\"%s\":{\"requests\":{\"count\":%u,\"cost\":1},"
    "\"usage\":{\"inputTokens\":%" G_GINT64_FORMAT ",\"outputTokens\":%" G_GINT64_FORMAT ","
    "\"cacheReadTokens\":%" G_GINT64_FORMAT ",\"cacheWriteTokens\":%" G_GINT64_FORMAT ",\"reasoningTokens\":0}}}},"
    "\"id\":\"e\",\"timestamp\":\"%s\",\"parentId\":null}\n",
    session->model, session->n_calls, sum.input, sum.output, sum.cache_read, sum.cache_write, end);

  return fare_demo_home_save (home, session, text, error,
                              ".copilot/session-state/c0c0c0c0-0000-4000-8000-%012u/events.jsonl",
                              session->number);
}

/* Pi, and those that grew from it. */
static gboolean
write_pi (FareDemoHome           *home,
          const FareDemoSession  *session,
          GError                **error)
{
  gboolean is_claw = g_str_equal (session->client, "openclaw");
  GString *text = g_string_new (NULL);
  g_autofree char *start = fare_demo_stamp (session->calls[0].time_ms - 4000);
  g_autofree char *name = g_strdelimit (g_strdup (start), ":.", '-');
  guint n_said = 0;

  g_string_append_printf (text,
    "{\"type\":\"session\",\"version\":3,\"id\":\"b1000000-0000-4000-8000-%012u\",\"timestamp\":\"%s\","
    "\"cwd\":\"" FOLDER "%s\"}\n", session->number, start, session->project);

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      const char *prompt = fare_demo_prompt (session, call, &n_said);
      g_autofree char *stamp = fare_demo_stamp (call->time_ms);

      if (prompt != NULL)
        g_string_append_printf (text,
          "{\"type\":\"message\",\"id\":\"u%u\",\"parentId\":null,\"timestamp\":\"%s\",\"message\":"
          "{\"role\":\"user\",\"content\":\"%s\",\"timestamp\":%" G_GINT64_FORMAT "}}\n",
          i, stamp, prompt, call->time_ms - 2000);

      g_string_append_printf (text,
        "{\"type\":\"message\",\"id\":\"%08x\",\"parentId\":null,\"timestamp\":\"%s\",\"message\":"
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"ok\"}],\"api\":\"x\","
        "\"provider\":\"%s\",\"model\":\"%s\",\"usage\":{\"input\":%" G_GINT64_FORMAT ",\"output\":%"
        G_GINT64_FORMAT ",\"cacheRead\":%" G_GINT64_FORMAT ",\"cacheWrite\":%" G_GINT64_FORMAT ","
        "\"totalTokens\":%" G_GINT64_FORMAT "},\"stopReason\":\"stop\",\"timestamp\":%" G_GINT64_FORMAT "}}\n",
        session->number * 256 + i, stamp, session->provider, session->model, call->input, call->output,
        call->cache_read, call->cache_write,
        call->input + call->output + call->cache_read + call->cache_write, call->time_ms);
    }

  if (is_claw)
    return fare_demo_home_save (home, session, text, error,
                                ".openclaw/agents/main/sessions/b1000000-0000-4000-8000-%012u.jsonl",
                                session->number);

  return fare_demo_home_save (home, session, text, error,
                              "%s/agent/sessions/--home-kim-src-%s--/%s_b1000000-0000-4000-8000-%012u.jsonl",
                              g_str_equal (session->client, "omp") ? ".omp" : ".pi",
                              session->project, name, session->number);
}

static gboolean
write_qwen (FareDemoHome           *home,
            const FareDemoSession  *session,
            GError                **error)
{
  GString *text = g_string_new (NULL);
  guint n_said = 0;

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      const char *prompt = fare_demo_prompt (session, call, &n_said);
      g_autofree char *stamp = fare_demo_stamp (call->time_ms);
      gint64 input = call->input + call->cache_write + call->cache_read;

      if (prompt != NULL)
        g_string_append_printf (text,
          "{\"uuid\":\"u%u-%u\",\"parentUuid\":null,\"sessionId\":\"q-%u\",\"timestamp\":\"%s\",\"type\":\"user\","
          "\"cwd\":\"" FOLDER "%s\",\"version\":\"0.21.0\",\"message\":{\"role\":\"user\",\"parts\":"
          "[{\"text\":\"%s\"}]}}\n",
          session->number, i, session->number, stamp, session->project, prompt);

      g_string_append_printf (text,
        "{\"uuid\":\"a%u-%u\",\"parentUuid\":null,\"sessionId\":\"q-%u\",\"timestamp\":\"%s\","
        "\"type\":\"assistant\",\"cwd\":\"" FOLDER "%s\",\"version\":\"0.21.0\",\"model\":\"%s\","
        "\"message\":{\"role\":\"model\",\"parts\":[{\"text\":\"ok\"}]},\"usageMetadata\":"
        "{\"promptTokenCount\":%" G_GINT64_FORMAT ",\"candidatesTokenCount\":%" G_GINT64_FORMAT ","
        "\"cachedContentTokenCount\":%" G_GINT64_FORMAT ",\"thoughtsTokenCount\":%" G_GINT64_FORMAT ","
        "\"totalTokenCount\":%" G_GINT64_FORMAT "}}\n",
        session->number, i, session->number, stamp, session->project, session->model, input,
        call->output, call->cache_read, call->reasoning, input + call->output);
    }

  return fare_demo_home_save (home, session, text, error,
                              ".qwen/projects/-home-kim-src-%s/chats/q-%u.jsonl",
                              session->project, session->number);
}

/* Kimi names a project's folder by the MD5 sum of its path. */
static gboolean
write_kimi (FareDemoHome           *home,
            const FareDemoSession  *session,
            GError                **error)
{
  GString *text = g_string_new ("{\"type\":\"metadata\",\"protocol_version\":\"1.7\"}\n");
  g_autofree char *path = g_strconcat (FOLDER, session->project, NULL);
  g_autofree char *folder = g_compute_checksum_for_string (G_CHECKSUM_MD5, path, -1);
  guint n_said = 0;

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      const char *prompt = fare_demo_prompt (session, call, &n_said);
      gint64 seconds = call->time_ms / 1000;

      if (prompt != NULL)
        g_string_append_printf (text,
          "{\"timestamp\":%" G_GINT64_FORMAT ",\"message\":{\"type\":\"TurnBegin\",\"payload\":"
          "{\"user_input\":\"%s\"}}}\n", seconds - 2, prompt);

      g_string_append_printf (text,
        "{\"timestamp\":%" G_GINT64_FORMAT ".%03d,\"message\":{\"type\":\"StatusUpdate\",\"payload\":"
        "{\"token_usage\":{\"input_other\":%" G_GINT64_FORMAT ",\"output\":%" G_GINT64_FORMAT ","
        "\"input_cache_read\":%" G_GINT64_FORMAT ",\"input_cache_creation\":%" G_GINT64_FORMAT "},"
        "\"message_id\":\"chatcmpl-%u-%u\"}}}\n",
        seconds, (int) (call->time_ms % 1000), call->input, call->output, call->cache_read,
        call->cache_write, session->number, i);
    }

  return fare_demo_home_save (home, session, text, error,
                              ".kimi/sessions/%s/a0000000-0000-4000-8000-%012u/wire.jsonl", folder,
                              session->number);
}

static gboolean
write_grok (FareDemoHome           *home,
            const FareDemoSession  *session,
            GError                **error)
{
  GString *text = g_string_new (NULL);
  GString *summary = g_string_new (NULL);

  for (guint i = 0; i < session->n_calls; i++)
    {
      const FareDemoCall *call = &session->calls[i];
      gint64 input = call->input + call->cache_write + call->cache_read;
      g_autofree char *usage =
        g_strdup_printf ("\"inputTokens\":%" G_GINT64_FORMAT ",\"outputTokens\":%" G_GINT64_FORMAT ","
                         "\"cachedReadTokens\":%" G_GINT64_FORMAT ",\"cacheCreationTokens\":0,"
                         "\"reasoningTokens\":%" G_GINT64_FORMAT ",\"totalTokens\":%" G_GINT64_FORMAT,
                         input, call->output, call->cache_read, call->reasoning, input + call->output);

      g_string_append_printf (text,
        "{\"timestamp\":%" G_GINT64_FORMAT ",\"method\":\"_x.ai/session/update\",\"params\":{\"sessionId\":\"g-%u\","
        "\"update\":{\"sessionUpdate\":\"turn_completed\",\"prompt_id\":\"p%u\",\"usage\":{%s,\"modelUsage\":"
        "{\"%s\":{%s}}}},\"_meta\":{\"eventId\":\"e%u\",\"agentTimestampMs\":%" G_GINT64_FORMAT "}}}\n",
        call->time_ms / 1000, session->number, i, usage, session->model, usage, i, call->time_ms);
    }

  g_string_append_printf (summary,
    "{\"info\":{\"id\":\"g-%u\",\"cwd\":\"" FOLDER "%s\"},\"current_model_id\":\"%s\",\"generated_title\":\"%s\"}",
    session->number, session->project, session->model, session->title);

  return fare_demo_home_save (home, session, summary, error,
                              ".grok/sessions/%%2Fhome%%2Fkim%%2Fsrc%%2F%s/g-%u/summary.json",
                              session->project, session->number) &&
         fare_demo_home_save (home, session, text, error,
                              ".grok/sessions/%%2Fhome%%2Fkim%%2Fsrc%%2F%s/g-%u/updates.jsonl",
                              session->project, session->number);
}

gboolean
fare_demo_write_lines (FareDemoHome           *home,
                       const FareDemoSession  *session,
                       GError                **error)
{
  static const struct
  {
    const char  *client;
    FareDemoPen  pen;
  } pens[] = {
    { "claude", write_claude }, { "codex", write_codex }, { "copilot_cli", write_copilot },
    { "gemini_cli", write_gemini }, { "grok", write_grok }, { "kimi", write_kimi },
    { "omp", write_pi }, { "openclaw", write_pi }, { "pi_agent", write_pi }, { "qwen", write_qwen },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pens); i++)
    {
      if (g_str_equal (pens[i].client, session->client))
        return pens[i].pen (home, session, error);
    }

  g_return_val_if_reached (FALSE);
}
