/* test-prompts.c
 *
 * Turns under the prompts that caused them: by place in the log, by time for helpers,
 * by pauses where the log is gone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-prompts.h"

#include <glib/gstdio.h>
#include <string.h>

#include "formats/fare-prompt-list.h"
#include "log-home.h"

/* One million tokens of input cost $5. */
#define MILLION 1000000

static gint64
add_prompt (LogHome    *home,
            const char *file,
            const char *time,
            const char *content)
{
  g_autofree char *line = g_strdup_printf (
    "{\"type\":\"user\",\"uuid\":\"p%s\",\"sessionId\":\"s\",\"timestamp\":\"%s\",\"isSidechain\":"
    "false,\"agentId\":null,\"message\":{\"role\":\"user\",\"content\":%s}}", time, time, content);

  return log_home_add_line (home, file, line);
}

static void
add_turn (LogHome    *home,
          const char *file,
          const char *time,
          gint64      input)
{
  LogTurn turn = { .file = file, .session = "s", .time = time, .usage = { .input = input } };

  log_home_add_turn (home, &turn);
}

static FarePrompts *
ask (LogHome *home)
{
  g_autoptr(GError) error = NULL;
  FarePrompts *prompts;

  log_home_scan (home);
  prompts = fare_prompts_new (home->reader, home->prices, log_home_find_session (home, "s"), NULL,
                              &error);
  g_assert_no_error (error);

  return prompts;
}

static void
assert_group (FarePrompts *prompts,
              guint        i,
              const char  *text,
              guint        n_turns,
              double       cost,
              double       running)
{
  const FarePromptGroup *group = fare_prompts_get_group (prompts, i);

  g_assert_cmpstr (group->text, ==, text);
  g_assert_cmpuint (group->turns->len, ==, n_turns);
  g_assert_cmpint (group->sums.messages, ==, n_turns);
  g_assert_cmpfloat_with_epsilon (group->sums.cost, cost, 1e-9);
  g_assert_cmpfloat_with_epsilon (group->running.cost, running, 1e-9);
}

static void
fill (LogHome *home)
{
  add_prompt (home, "s.jsonl", "2026-03-02T10:00:00Z", "\"Plant\\n\\n  a tree\"");
  add_turn (home, "s.jsonl", "2026-03-02T10:00:10Z", MILLION / 10);
  add_prompt (home, "s.jsonl", "2026-03-02T10:00:11Z",
              "[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"x\"}]");
  add_turn (home, "s.jsonl", "2026-03-02T10:00:20Z", MILLION / 10);
  add_prompt (home, "s.jsonl", "2026-03-02T10:10:00Z",
              "[{\"type\":\"text\",\"text\":\"<command-name>/water</command-name><command-args>"
              "it well</command-args>\"}]");
  add_turn (home, "s.jsonl", "2026-03-02T10:10:10Z", MILLION / 5);
  add_turn (home, "s/subagents/agent-1.jsonl", "2026-03-02T10:05:00Z", MILLION / 20);
  add_turn (home, "s/subagents/agent-1.jsonl", "2026-03-02T10:11:00Z", MILLION / 20);
  add_prompt (home, "s.jsonl", "2026-03-02T10:20:00Z", "\"Never answered\"");
}

static void
test_turns_stand_under_their_prompts (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FarePrompts) prompts = NULL;

  fill (home);
  prompts = ask (home);

  g_assert_cmpint (fare_prompts_get_basis (prompts), ==, FARE_PROMPTS_READ);
  g_assert_null (fare_prompts_to_notice (prompts));
  g_assert_cmpuint (fare_prompts_get_n_groups (prompts), ==, 3);
  assert_group (prompts, 0, "Plant a tree", 3, 1.25, 1.25);
  assert_group (prompts, 1, "/water it well", 2, 1.25, 2.5);
  assert_group (prompts, 2, "Never answered", 0, 0, 2.5);
  g_assert_cmpint (fare_prompts_get_group (prompts, 0)->offset, ==, 0);
  g_assert_cmpint (fare_prompts_get_group (prompts, 0)->last_ms, ==,
                   log_home_get_time ("2026-03-02T10:05:00Z"));
}

static void
test_without_the_log_pauses_divide (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FarePrompts) prompts = NULL;
  g_autofree char *path = g_build_filename (home->folder, ".claude/projects/p/s.jsonl", NULL);

  fill (home);
  log_home_scan (home);
  g_unlink (path);
  prompts = ask (home);

  g_assert_cmpint (fare_prompts_get_basis (prompts), ==, FARE_PROMPTS_GONE);
  g_assert_nonnull (fare_prompts_to_notice (prompts));
  g_assert_cmpuint (fare_prompts_get_n_groups (prompts), ==, 2);
  assert_group (prompts, 0, NULL, 3, 1.25, 1.25);
  assert_group (prompts, 1, NULL, 2, 1.25, 2.5);
}

static void
test_turns_before_any_prompt (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FarePrompts) prompts = NULL;

  add_turn (home, "s.jsonl", "2026-03-02T10:00:10Z", MILLION);
  add_prompt (home, "s.jsonl", "2026-03-02T10:01:00Z", "\"Hello\"");
  prompts = ask (home);

  g_assert_cmpuint (fare_prompts_get_n_groups (prompts), ==, 2);
  assert_group (prompts, 0, NULL, 1, 5, 5);
  assert_group (prompts, 1, "Hello", 0, 0, 5);
}

/* The same prompts once more in a second log of the session, and a copied history before. */
static void
test_copied_prompts_are_one (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FarePrompts) prompts = NULL;

  add_prompt (home, "s.jsonl", "2026-03-02T09:00:00Z", "\"Of another session\"");
  add_prompt (home, "s.jsonl", "2026-03-02T10:00:00Z", "\"One\"");
  add_turn (home, "s.jsonl", "2026-03-02T10:00:10Z", MILLION);
  add_prompt (home, "s2.jsonl", "2026-03-02T10:00:00Z", "\"One\"");
  add_turn (home, "s2.jsonl", "2026-03-02T10:00:20Z", MILLION);
  add_prompt (home, "s2.jsonl", "2026-03-02T10:01:00Z", "\"Two\"");
  add_turn (home, "s2.jsonl", "2026-03-02T10:01:10Z", MILLION);
  prompts = ask (home);

  g_assert_cmpuint (fare_prompts_get_n_groups (prompts), ==, 2);
  assert_group (prompts, 0, "One", 2, 10, 10);
  assert_group (prompts, 1, "Two", 1, 5, 15);
}

/* Where the log of a client was found below its fixture, and what its prompts are. */
static const struct
{
  const char *client;
  const char *file;
  const char *lines;
  const char *expected; /* joined by "|" */
} logs[] = {
  { "claude", "a.jsonl",
    "{\"type\":\"user\",\"timestamp\":\"2026-03-02T10:00:00Z\",\"message\":{\"content\":\"one\"}}\n"
    "{\"type\":\"user\",\"isMeta\":true,\"message\":{\"content\":\"meta\"}}\n"
    "{\"type\":\"user\",\"isCompactSummary\":true,\"message\":{\"content\":\"summary\"}}\n"
    "{\"type\":\"user\",\"message\":{\"content\":\"<local-command-stdout>x\"}}\n"
    "{\"type\":\"user\",\"message\":{\"content\":\"[Request interrupted by user]\"}}\n"
    "{\"type\":\"assistant\",\"message\":{\"role\":\"user\",\"content\":\"no\"}}\n"
    "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"<system-reminder>\"},"
    "{\"type\":\"text\",\"text\":\"two\"}]}}\n"
    "{\"type\":\"user\",\"message\":{\"content\":\"cut\n",
    "one|two" },
  { "codex", "rollout-2026-03-02T10-00-00-0.jsonl",
    "{\"timestamp\":\"2026-03-02T10:00:00Z\",\"type\":\"response_item\",\"payload\":{\"type\":"
    "\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"sent\"}]}}\n"
    "{\"timestamp\":\"2026-03-02T10:00:00Z\",\"type\":\"event_msg\",\"payload\":{\"type\":"
    "\"user_message\",\"message\":\"typed\"}}\n"
    "{\"type\":\"event_msg\",\"payload\":{\"type\":\"agent_message\",\"message\":\"user\"}}\n",
    "typed" },
  { "codex", "rollout-2026-03-02T10-00-00-1.jsonl",
    "{\"type\":\"response_item\",\"payload\":{\"type\":\"message\",\"role\":\"user\",\"content\":["
    "{\"type\":\"input_text\",\"text\":\"<environment_context>x\"}]}}\n"
    "{\"type\":\"response_item\",\"payload\":{\"type\":\"message\",\"role\":\"user\",\"content\":["
    "{\"type\":\"input_text\",\"text\":\"# AGENTS.md instructions\"},"
    "{\"type\":\"input_text\",\"text\":\"sent\"}]}}\n",
    "sent" },
  { "pi_agent", "a.jsonl",
    "{\"type\":\"message\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":"
    "\"one\"}]}}\n"
    "{\"type\":\"message\",\"message\":{\"role\":\"assistant\",\"content\":\"user\"}}\n"
    "{\"type\":\"message\",\"message\":{\"role\":\"user\",\"content\":\"two\"}}\n",
    "one|two" },
  { "qwen", "a.jsonl",
    "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"parts\":[{\"text\":\"<session_context>\"}]}}\n"
    "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"parts\":[{\"text\":\"one\"}]}}\n",
    "one" },
  { "gemini_cli", "session-a.jsonl",
    "{\"type\":\"user\",\"content\":\"one\"}\n"
    "{\"type\":\"gemini\",\"content\":\"user\"}\n"
    "{\"type\":\"user\",\"content\":[{\"text\":\"two\"},{\"text\":\"and more\"}]}\n",
    "one|two" },
};

static void
test_prompts_of_each_client (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tokenfare-prompts-XXXXXX", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *path = g_build_filename (folder, logs[i].file, NULL);
      g_autoptr(GPtrArray) prompts = NULL;
      g_autoptr(GString) texts = g_string_new (NULL);

      g_test_message ("%s", logs[i].client);
      g_file_set_contents (path, logs[i].lines, -1, &error);
      g_assert_no_error (error);
      g_assert_true (fare_prompt_list_can_read (logs[i].client, path));
      prompts = fare_prompt_list_read (logs[i].client, path, NULL, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < prompts->len; j++)
        g_string_append_printf (texts, "%s%s", j > 0 ? "|" : "",
                                ((FarePrompt *) prompts->pdata[j])->text);
      g_assert_cmpstr (texts->str, ==, logs[i].expected);
    }

  log_home_remove_tree (folder);
}

static void
test_long_prompts_are_cut (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *path = g_build_filename (home->folder, ".claude/projects/p/s.jsonl", NULL);
  g_autoptr(GString) content = g_string_new ("\"");
  g_autoptr(GPtrArray) prompts = NULL;
  g_autoptr(GError) error = NULL;
  const FarePrompt *prompt;

  for (guint i = 0; i < 50000; i++)
    g_string_append (content, i % 10 == 9 ? "\\t\\u0007" : "ä");
  g_string_append_c (content, '"');
  add_prompt (home, "s.jsonl", "2026-03-02T10:00:00Z", content->str);
  prompts = fare_prompt_list_read ("claude", path, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (prompts->len, ==, 1);
  prompt = g_ptr_array_index (prompts, 0);
  g_assert_true (g_utf8_validate (prompt->text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (prompt->text, -1), >=, FARE_PROMPT_LENGTH - 1);
  g_assert_cmpint (g_utf8_strlen (prompt->text, -1), <=, FARE_PROMPT_LENGTH + 1);
}

static void
test_other_clients_are_refused (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) prompts = fare_prompt_list_read ("goose", "/nonexistent/sessions.db", NULL,
                                                        &error);

  g_assert_null (prompts);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/prompts/turns-stand-under-their-prompts",
                   test_turns_stand_under_their_prompts);
  g_test_add_func ("/prompts/without-the-log-pauses-divide", test_without_the_log_pauses_divide);
  g_test_add_func ("/prompts/turns-before-any-prompt", test_turns_before_any_prompt);
  g_test_add_func ("/prompts/copied-prompts-are-one", test_copied_prompts_are_one);
  g_test_add_func ("/prompts/of-each-client", test_prompts_of_each_client);
  g_test_add_func ("/prompts/long-ones-are-cut", test_long_prompts_are_cut);
  g_test_add_func ("/prompts/other-clients-are-refused", test_other_clients_are_refused);

  return g_test_run ();
}
