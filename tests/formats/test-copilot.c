/* test-copilot.c
 *
 * Copilot's logs and export, as far as the fixture home has no case for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "client-home.h"

#define LOG(session) ".copilot/session-state/" session "/events.jsonl"
#define NAMES(session) ".copilot/session-state/" session "/workspace.yaml"
#define OTEL(name) ".copilot/otel/" name ".jsonl"

#define AT(second) "\"timestamp\":\"2026-05-04T09:00:" second "Z\""
#define MESSAGE(id, second, output)                                                           \
  "{\"type\":\"assistant.message\",\"data\":{\"messageId\":\"" id "\",\"model\":\"gpt-5.4\"," \
  "\"outputTokens\":" output "}," AT (second) "}\n"
#define SHUTDOWN(second, input, output)                                                       \
  "{\"type\":\"session.shutdown\",\"data\":{\"modelMetrics\":{\"gpt-5.4\":{\"requests\":"     \
  "{\"count\":2},\"usage\":{\"inputTokens\":" input ",\"outputTokens\":" output "}}}},"       \
  AT (second) "}\n"
#define EMPTY_SHUTDOWN(second) \
  "{\"type\":\"session.shutdown\",\"data\":{\"modelMetrics\":{}}," AT (second) "}\n"

/* 1777885200 is 2026-05-04T09:00:00Z. */
#define SPAN(trace, span, second, input, more)                                                \
  "{\"traceId\":\"" trace "\",\"spanId\":\"" span "\",\"name\":\"chat gpt-5.4\",\"endTime\":" \
  "[17778852" second ",0],\"attributes\":{\"gen_ai.response.model\":\"gpt-5.4\"," more        \
  "\"gen_ai.usage.input_tokens\":" input "}}\n"
#define INFERENCE(trace, second, input, more)                                                 \
  "{" trace "\"hrTime\":[17778852" second ",0],\"attributes\":{\"event.name\":"               \
  "\"gen_ai.client.inference.operation.details\",\"gen_ai.response.model\":\"gpt-5.4\"," more \
  "\"gen_ai.usage.input_tokens\":" input "}}\n"
#define SESSION(session) "\"gen_ai.conversation.id\":\"" session "\","
#define RESPONSE(id) "\"gen_ai.response.id\":\"" id "\","

#define EVENT(session, second, input, output)                                                 \
  "copilot_cli " session " - |  | " session " | 17778852" second "000 openai/gpt-5.4"         \
  " i" input " r0 w0+0 o" output " t0\n"

static void
test_roots (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, LOG ("a"), MESSAGE ("m1", "01", "1"));
  log_home_write (home, "one/session-state/b/events.jsonl", MESSAGE ("m2", "02", "2"));
  log_home_write (home, "two/otel/deep/x.jsonl", SPAN ("t", "s", "03", "3", SESSION ("c")));
  log_home_write (home, "export/file.log", SPAN ("t", "t", "04", "4", SESSION ("d")));
  log_home_write (home, "export/other.jsonl", SPAN ("t", "u", "05", "5", SESSION ("e")));
  client_home_set_env (home, "COPILOT_HOME=~/one, %s/two,~/one",
                       "COPILOT_OTEL_FILE_EXPORTER_PATH=%s/export/file.log");
  client_home_expect (home, EVENT ("b", "02", "0", "2") EVENT ("c", "03", "3", "0")
                            EVENT ("d", "04", "4", "0"));
}

/* A shutdown without sums leaves its messages to the next one, or to the tail. */
static void
test_segments (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, LOG ("a"), MESSAGE ("m1", "01", "1") EMPTY_SHUTDOWN ("02"));
  client_home_expect (home, EVENT ("a", "01", "0", "1"));
  log_home_append (home, LOG ("a"), MESSAGE ("m2", "03", "2"));
  client_home_expect (home, EVENT ("a", "01", "0", "1") EVENT ("a", "03", "0", "2"));
  log_home_append (home, LOG ("a"), SHUTDOWN ("09", "10", "3"));
  client_home_expect (home, EVENT ("a", "03", "10", "3"));
  /* A message that is repeated after the shutdown was in its sums. */
  log_home_append (home, LOG ("a"), MESSAGE ("m2", "10", "2") MESSAGE ("m3", "11", "4"));
  client_home_expect (home, EVENT ("a", "03", "10", "3") EVENT ("a", "11", "0", "4"));
}

/* The id of a message is one for all sessions: a log that was copied into another session. */
static void
test_copied_messages (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, LOG ("b"), MESSAGE ("m1", "01", "7") MESSAGE ("m2", "02", "2")
                                   MESSAGE ("m9", "09", "9"));
  log_home_scan (home);
  log_home_write (home, LOG ("a"), MESSAGE ("m1", "01", "7") MESSAGE ("m2", "02", "2")
                                   MESSAGE ("m3", "03", "3"));
  client_home_expect (home, EVENT ("a", "01", "0", "7") EVENT ("a", "02", "0", "2")
                            EVENT ("a", "03", "0", "3") EVENT ("b", "09", "0", "9"));
  /* The sums of the one have what both tell. */
  log_home_append (home, LOG ("a"), SHUTDOWN ("10", "10", "12"));
  client_home_expect (home, EVENT ("a", "03", "10", "12") EVENT ("b", "09", "0", "9"));
  log_home_append (home, OTEL ("x"), SPAN ("t", "1", "11", "7", SESSION ("b")));
  client_home_expect (home, EVENT ("a", "03", "10", "12") EVENT ("b", "11", "7", "0"));
}

/* Messages without an id are told apart by where they stand; of those with the same one the first counts. */
static void
test_message_ids (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, LOG ("a"), MESSAGE ("", "01", "1") MESSAGE ("m1", "02", "2")
                                   MESSAGE ("m1", "03", "3"));
  log_home_write (home, LOG ("b"), MESSAGE ("", "01", "1"));
  client_home_expect (home, EVENT ("a", "01", "0", "1") EVENT ("a", "02", "0", "2")
                            EVENT ("b", "01", "0", "1"));
}

static void
test_coverage (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, LOG ("a"), MESSAGE ("m1", "10", "1") SHUTDOWN ("20", "10", "3")
                                   MESSAGE ("m2", "30", "5"));
  log_home_write (home, OTEL ("x"), SPAN ("t", "1", "25", "7", SESSION ("a")));
  client_home_expect (home, EVENT ("a", "10", "10", "3") EVENT ("a", "25", "7", "0")
                            EVENT ("a", "30", "0", "5"));
  log_home_append (home, OTEL ("x"), SPAN ("t", "2", "31", "8", SESSION ("a")));
  client_home_expect (home, EVENT ("a", "10", "10", "3") EVENT ("a", "25", "7", "0")
                            EVENT ("a", "31", "8", "0"));
  log_home_append (home, OTEL ("x"), SPAN ("t", "3", "15", "9", SESSION ("a")));
  client_home_expect (home, EVENT ("a", "15", "9", "0") EVENT ("a", "25", "7", "0")
                            EVENT ("a", "31", "8", "0"));
}

/* A call's log record counts until its span is found, in whichever file. */
static void
test_classes (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, OTEL ("logs"), INFERENCE ("\"traceId\":\"t\",", "01", "1", ""));
  log_home_append (home, OTEL ("logs"), INFERENCE ("", "02", "2", RESPONSE ("r2")));
  client_home_expect (home, EVENT ("r2", "02", "2", "0") EVENT ("t", "01", "1", "0"));
  log_home_write (home, OTEL ("spans"), SPAN ("t", "s1", "01", "1", SESSION ("a")));
  client_home_expect (home, EVENT ("a", "01", "1", "0") EVENT ("r2", "02", "2", "0"));
  log_home_append (home, OTEL ("spans"), SPAN ("u", "s2", "02", "2", SESSION ("a") RESPONSE ("r2")));
  client_home_expect (home, EVENT ("a", "01", "1", "0") EVENT ("a", "02", "2", "0"));
  /* A record without a session is shown where another of its trace says. */
  log_home_append (home, OTEL ("spans"), SPAN ("t", "s3", "03", "3", ""));
  client_home_expect (home, EVENT ("a", "01", "1", "0") EVENT ("a", "02", "2", "0")
                            EVENT ("a", "03", "3", "0"));
}

static void
test_names (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, LOG ("12345678-9"),
                  "{\"type\":\"user.message\",\"agentId\":\"x\",\"data\":{\"content\":\"no\"}}\n"
                  MESSAGE ("m1", "01", "1"));
  client_home_expect (home, "copilot_cli 12345678-9 - |  | 12345678 | 1777885201000 openai/gpt-5.4"
                            " i0 r0 w0+0 o1 t0\n");
  log_home_write (home, NAMES ("12345678-9"), "cwd: '/it''s'\nsummary: |-\n  a block\n  more\n"
                                              "name: ~\n");
  client_home_expect (home, "copilot_cli 12345678-9 - | /it's | a block | 1777885201000"
                            " openai/gpt-5.4 i0 r0 w0+0 o1 t0\n");
  log_home_append (home, NAMES ("12345678-9"), "name: \"with \\\"quotes\\\"\"\n");
  client_home_expect (home, "copilot_cli 12345678-9 - | /it's | with \"quotes\" | 1777885201000"
                            " openai/gpt-5.4 i0 r0 w0+0 o1 t0\n");
}

static char *
random_line (GRand   *rand,
             gboolean is_export)
{
  gint id = g_rand_int_range (rand, 0, 4), second = g_rand_int_range (rand, 10, 60);

  if (is_export)
    {
      g_autofree char *session = g_rand_boolean (rand)
                                 ? g_strdup_printf (SESSION ("s%d"), id % 3) : g_strdup ("");

      if (g_rand_boolean (rand))
        return g_strdup_printf (SPAN ("t%d", "p%d", "%d", "%d", "%s" RESPONSE ("r%d")), id,
                                g_rand_int_range (rand, 0, 3), second, session, id, id + 1);
      return g_strdup_printf (INFERENCE ("%s", "%d", "%d", "%s" RESPONSE ("r%d")),
                              g_rand_boolean (rand) ? "" : "\"traceId\":\"t1\",", second,
                              session, id, id + 1);
    }
  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      return g_strdup_printf (SHUTDOWN ("%d", "%d", "%d"), second, second, id);
    case 1:
      return g_strdup_printf (EMPTY_SHUTDOWN ("%d"), second);
    default:
      return g_strdup_printf (MESSAGE ("m%d", "%d", "%d"), g_rand_int_range (rand, 0, 9), second,
                              id);
    }
}

/* Grown bit by bit in any order, and read in one pass: the same events. */
static void
test_order (void)
{
  static const char * const paths[] = {
    LOG ("s0"), LOG ("s1"), OTEL ("x"), OTEL ("y"),
    ".copilot/history-session-state/s0/events.jsonl",
  };

  for (guint32 seed = 0; seed < 20; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr(LogHome) home = log_home_new ();
      g_autofree char *grown = NULL, *at_once = NULL;

      for (int step = 0; step < 30; step++)
        {
          const char *path = paths[g_rand_int_range (rand, 0, G_N_ELEMENTS (paths))];
          g_autofree char *line = random_line (rand, strstr (path, "/otel/") != NULL);

          log_home_append (home, path, line);
          if (g_rand_boolean (rand))
            log_home_scan (home);
        }
      log_home_scan (home);
      grown = log_home_dump (home);
      log_home_forget (home);
      log_home_scan (home);
      at_once = log_home_dump (home);
      g_assert_cmpstr (grown, ==, at_once);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/copilot/roots", test_roots);
  g_test_add_func ("/formats/copilot/segments", test_segments);
  g_test_add_func ("/formats/copilot/copied-messages", test_copied_messages);
  g_test_add_func ("/formats/copilot/message-ids", test_message_ids);
  g_test_add_func ("/formats/copilot/coverage", test_coverage);
  g_test_add_func ("/formats/copilot/classes", test_classes);
  g_test_add_func ("/formats/copilot/names", test_names);
  g_test_add_func ("/formats/copilot/order", test_order);

  return g_test_run ();
}
