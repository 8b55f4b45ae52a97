/* test-kimi.c
 *
 * Kimi's wires, as far as the fixture home has no case for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "client-home.h"

#define CODE(session) ".kimi-code/sessions/wd_p_0/" session "/agents/main/wire.jsonl"
#define CODE_STATE(session) ".kimi-code/sessions/wd_p_0/" session "/state.json"
#define CLI ".kimi/sessions/d/s1/wire.jsonl"

#define REQUEST(alias, provider, model)                                                       \
  "{\"type\":\"llm.request\",\"provider\":\"" provider "\",\"model\":\"" model "\","          \
  "\"modelAlias\":\"" alias "\",\"time\":1785503600000}\n"
#define USAGE(alias, time)                                                                    \
  "{\"type\":\"usage.record\"," alias "\"usage\":{\"inputOther\":5,\"output\":2,"             \
  "\"inputCacheRead\":3,\"inputCacheCreation\":1},\"time\":" time "}\n"
#define STATUS(id, input)                                                                     \
  "{\"type\":\"StatusUpdate\",\"payload\":{\"message_id\":" id ",\"token_usage\":"            \
  "{\"input_other\":" input ",\"output\":2}}}"
#define LINE(message) "{\"timestamp\":1785500009.123,\"message\":" message "}\n"
#define WRAPPED(event) "{\"type\":\"SubagentEvent\",\"payload\":{\"event\":" event "}}"

static void
test_roots (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, "cli/sessions/d/s1/wire.jsonl", LINE (STATUS ("\"a\"", "1")));
  log_home_write (home, "more/sessions/d/s2/wire.jsonl", LINE (STATUS ("\"b\"", "2")));
  log_home_write (home, "even/sessions/w/s3/agents/main/wire.jsonl",
                  USAGE ("\"model\":\"kimi-code/k3\",", "1785500009123"));
  log_home_write (home, CLI, LINE (STATUS ("\"c\"", "3")));
  client_home_set_env (home, "KIMI_SHARE_DIR=%s/cli", "KIMI_DATA_DIR=~/more, %s/even,~/more");
  client_home_expect (home,
                      "kimi s1 - |  | unknown | 1785500009123 moonshotai/kimi-for-coding"
                      " i1 r0 w0+0 o2 t0\n"
                      "kimi s2 - |  | unknown | 1785500009123 moonshotai/kimi-for-coding"
                      " i2 r0 w0+0 o2 t0\n"
                      "kimi s3 - |  | unknown | 1785500009123 moonshotai/k3 i5 r3 w1+0 o2 t0\n");
}

static void
test_requests (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, CODE ("s1"), REQUEST ("kimi-code/a", "google-genai", "gemini-3-pro"));
  log_home_append (home, CODE ("s1"), REQUEST ("kimi-code/b", "kimi", "kimi-k3"));
  client_home_expect (home, "");
  log_home_append (home, CODE ("s1"), USAGE ("\"model\":\"kimi-code/a\",", "1785503600001"));
  log_home_append (home, CODE ("s1"), USAGE ("", "1785503600002"));
  log_home_append (home, CODE ("s1"), REQUEST ("kimi-code/a", "openai", "gpt-5"));
  log_home_append (home, CODE ("s1"), USAGE ("\"model\":\"kimi-code/a\",", "1785503600003"));
  client_home_expect (home,
                      "kimi s1 - |  | unknown | 1785503600001 google/gemini-3-pro"
                      " i5 r3 w1+0 o2 t0\n"
                      "kimi s1 - |  | unknown | 1785503600002 moonshotai/kimi-k3 i5 r3 w1+0 o2 t0\n"
                      "kimi s1 - |  | unknown | 1785503600003 openai/gpt-5 i5 r3 w1+0 o2 t0\n");
}

#define FORKED(session) \
  "kimi " session " - |  | unknown | 1785503600001 moonshotai/k3 i5 r3 w1+0 o2 t0\n"

/* The oldest fork shows what they share, until the original is found. */
static void
test_forks (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  static const char call[] = USAGE ("\"model\":\"k3\",", "1785503600001");

  log_home_write (home, CODE ("a"), call);
  log_home_write (home, CODE_STATE ("a"), "{\"forkedFrom\":\"z\",\"createdAt\":1785503609000}");
  client_home_expect (home, FORKED ("a"));
  log_home_write (home, CODE ("b"), call);
  log_home_write (home, CODE_STATE ("b"), "{\"forkedFrom\":\"z\",\"createdAt\":1785503605000}");
  client_home_expect (home, FORKED ("b"));
  log_home_write (home, CODE_STATE ("z"), "{\"createdAt\":1785503600000}");
  log_home_write (home, CODE ("z"), call);
  client_home_expect (home, FORKED ("z"));
  log_home_forget (home);
  client_home_expect (home, FORKED ("z"));
}

static void
test_wrapped (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  static const char wanted[] =
    "kimi s1 - |  | unknown | 1785500009123 moonshotai/kimi-for-coding helper"
    " i7 r0 w0+0 o2 t0\n";

  log_home_write (home, CLI, LINE (WRAPPED (WRAPPED (STATUS ("\"a\"", "7")))));
  client_home_expect (home, wanted);
  log_home_write (home, ".kimi/sessions/d/s1/subagents/x/wire.jsonl",
                  LINE (STATUS ("\"a\"", "7")));
  client_home_expect (home, wanted);
}

static void
test_projects (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_MD5, "/src/p", -1);
  g_autofree char *path = g_strdup_printf (".kimi/sessions/ssh_%s/s1/wire.jsonl", hash);

  log_home_write (home, path, LINE (STATUS ("\"a\"", "7")));
  log_home_write (home, ".kimi/kimi.json",
                  "{\"work_dirs\":[{},{\"path\":\"/src/q\"},"
                  "{\"path\":\"/src/p\",\"kaos\":\"ssh\"}]}");
  log_home_write (home, ".kimi-code/workspaces.json",
                  "{\"workspaces\":{\"wd_q_0\":{\"root\":\"/q\"},\"wd_p_0\":{\"name\":\"p\"}}}");
  log_home_write (home, CODE ("s2"), "{\"type\":\"config.update\",\"cwd\":\"/wire\",\"time\":1}\n"
                                     USAGE ("\"model\":\"k3\",", "1785503600001"));
  client_home_expect (home,
                      "kimi s1 - | /src/p | p | 1785500009123 moonshotai/kimi-for-coding"
                      " i7 r0 w0+0 o2 t0\n"
                      "kimi s2 - | /wire | wire | 1785503600001 moonshotai/k3 i5 r3 w1+0 o2 t0\n");
  log_home_write (home, ".kimi-code/workspaces.json",
                  "{\"workspaces\":{\"wd_p_0\":{\"root\":\"/list\"}}}");
  log_home_write (home, CODE_STATE ("s2"), "{\"workDir\":\"/state\",\"customTitle\":\"Named\"");
  client_home_expect (home,
                      "kimi s1 - | /src/p | p | 1785500009123 moonshotai/kimi-for-coding"
                      " i7 r0 w0+0 o2 t0\n"
                      "kimi s2 - | /list | list | 1785503600001 moonshotai/k3 i5 r3 w1+0 o2 t0\n");
  log_home_write (home, CODE_STATE ("s2"), "{\"workDir\":\"/state\",\"customTitle\":\"Named\"}");
  client_home_expect (home,
                      "kimi s1 - | /src/p | p | 1785500009123 moonshotai/kimi-for-coding"
                      " i7 r0 w0+0 o2 t0\n"
                      "kimi s2 - | /state | Named | 1785503600001 moonshotai/k3"
                      " i5 r3 w1+0 o2 t0\n");
}

static void
test_damage (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, CLI, "{\"timestamp\":\"soon\",\"message\":" STATUS ("\"a\"", "7") "}\n"
                             "{\"timestamp\":-5,\"message\":" STATUS ("\"b\"", "7") "}\n"
                             LINE (STATUS ("\"c\"", "99999999999999999999"))
                             LINE (STATUS ("\"d\"", "null"))
                             "[]\n{\"timestamp\":17");
  client_home_expect (home, "kimi s1 - |  | unknown | 1785500009123 moonshotai/kimi-for-coding"
                            " i0 r0 w0+0 o2 t0\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/formats/kimi/every-folder-is-read-once", test_roots);
  g_test_add_func ("/formats/kimi/the-newest-request-names-the-model", test_requests);
  g_test_add_func ("/formats/kimi/the-oldest-fork-shows-the-call", test_forks);
  g_test_add_func ("/formats/kimi/wrapped-steps-are-one-call", test_wrapped);
  g_test_add_func ("/formats/kimi/projects", test_projects);
  g_test_add_func ("/formats/kimi/damaged-lines", test_damage);

  return g_test_run ();
}
