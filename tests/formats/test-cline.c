/* test-cline.c
 *
 * Cline's two stores, as far as the fixture home has no case for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "client-home.h"

#define STORED(id, input)                                                                     \
  "{\"messages\":[{\"id\":\"" id "\",\"role\":\"assistant\",\"ts\":1780300801000,"            \
  "\"modelInfo\":{\"id\":\"gpt-5\"},\"metrics\":{\"inputTokens\":" input "}}]}"
#define TASK(input)                                                                           \
  "[{\"ts\":1780300801000,\"say\":\"api_req_started\",\"text\":\"{\\\"tokensIn\\\":" input "}\"}]"
#define EVENT(session, parent, model, input)                                                  \
  "cline " session " " parent " |  | " session " | 1780300801000 " model                      \
  " i" input " r0 w0+0 o0 t0\n"
#define CODE ".config/Code/User/globalStorage/saoudrizwan.claude-dev/"
#define CURSOR ".cursor-server/data/User/globalStorage/saoudrizwan.claude-dev/"

static void
test_roots (void)
{
  static const struct { const char *first, *second, *wanted; } cases[] = {
    { "CLINE_DIR=~/one", NULL, EVENT ("b", "-", "openai/gpt-5", "2")
                               EVENT ("t", "-", "/unknown", "7") },
    { "CLINE_DATA_DIR=%s/two, ~/two", "CLINE_DIR=%s/one", EVENT ("c", "-", "openai/gpt-5", "3") },
    { "CLINE_DATA_DIR=%s/two", "CLINE_SESSION_DATA_DIR=~/three, ~/four",
      EVENT ("d", "-", "openai/gpt-5", "4") EVENT ("e", "-", "openai/gpt-5", "5") },
    { NULL, NULL, EVENT ("a", "-", "openai/gpt-5", "1") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LogHome) home = log_home_new ();

      log_home_write (home, ".cline/data/sessions/a/a.messages.json", STORED ("m1", "1"));
      log_home_write (home, "one/data/sessions/b/b.messages.json", STORED ("m2", "2"));
      log_home_write (home, "one/data/tasks/t/ui_messages.json", TASK ("7"));
      log_home_write (home, "two/sessions/c/c.messages.json", STORED ("m3", "3"));
      log_home_write (home, "three/d/d.messages.json", STORED ("m4", "4"));
      log_home_write (home, "four/e/e.messages.json", STORED ("m5", "5"));
      client_home_set_env (home, cases[i].first, cases[i].second);
      client_home_expect (home, cases[i].wanted);
    }
}

/* The fork shows what it shares with its origin only while the origin is not there. */
static void
test_fork (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, ".cline/data/sessions/a/a.messages.json", STORED ("m", "1"));
  log_home_write (home, ".cline/data/sessions/b/b.messages.json", STORED ("m", "1"));
  client_home_expect (home, EVENT ("a", "-", "openai/gpt-5", "1"));
  log_home_write (home, ".cline/data/sessions/a/a.json",
                  "{\"metadata\":{\"fork\":{\"forkedFromSessionId\":\"b\"}}}");
  client_home_expect (home, EVENT ("b", "-", "openai/gpt-5", "1"));
  log_home_write (home, ".cline/data/sessions/b/b.messages.json", "{\"messages\":[{");
  client_home_expect (home, EVENT ("b", "-", "openai/gpt-5", "1"));
  log_home_write (home, ".cline/data/sessions/b/b.messages.json", "{\"messages\":[]}");
  client_home_expect (home, EVENT ("a", "b", "openai/gpt-5", "1"));
}

/* A copy that knows its model comes first; the list of tasks stands in for task_metadata.json. */
static void
test_models (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, CODE "tasks/1/ui_messages.json", TASK ("3"));
  log_home_write (home, CURSOR "tasks/1/ui_messages.json", TASK ("3"));
  client_home_expect (home, EVENT ("1", "-", "/unknown", "3"));
  log_home_write (home, CURSOR "state/taskHistory.json",
                  "[{\"id\":\"2\",\"modelId\":\"x\"},{\"id\":\"1\",\"modelId\":\"claude-x\"}]");
  client_home_expect (home, EVENT ("1", "-", "anthropic/claude-x", "3"));
  log_home_write (home, CURSOR "tasks/1/task_metadata.json", "{\"model_usage\":[{\"ts\":1,"
                  "\"model_id\":\"y\",\"model_provider_id\":\"p\"},{\"ts\":1880300801000,"
                  "\"model_id\":\"z\"}]}");
  client_home_expect (home, EVENT ("1", "-", "p/y", "3"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/cline/roots", test_roots);
  g_test_add_func ("/formats/cline/fork", test_fork);
  g_test_add_func ("/formats/cline/models", test_models);

  return g_test_run ();
}
