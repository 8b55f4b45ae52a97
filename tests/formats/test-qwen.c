/* test-qwen.c
 *
 * Qwen Code's transcripts and ledger, as far as the fixture home has no case for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "client-home.h"

#define CHAT(session) ".qwen/projects/-p/chats/" session ".jsonl"
#define LEDGER ".qwen/usage_record.jsonl"
#define TIME "2026-08-10T09:00:05.000Z"

#define ANSWER(session, uuid, counts, more)                                                       \
  "{\"uuid\":\"" uuid "\",\"sessionId\":\"" session "\",\"timestamp\":\"" TIME "\","              \
  "\"type\":\"assistant\",\"cwd\":\"/p\",\"model\":\"qwen3-max\"," more                           \
  "\"usageMetadata\":{" counts "}}\n"
#define TELEMETRY(session, id, counts, more)                                                      \
  "{\"uuid\":\"t\",\"sessionId\":\"" session "\",\"type\":\"system\",\"cwd\":\"/p\","             \
  "\"subtype\":\"ui_telemetry\",\"systemPayload\":{\"uiEvent\":{\"event.name\":"                  \
  "\"qwen-code.api_response\",\"event.timestamp\":\"" TIME "\",\"response_id\":\"" id "\","       \
  more "\"model\":\"qwen3-max\"," counts "}}}\n"
#define SUMMARY(session, time, models)                                                            \
  "{\"sessionId\":\"" session "\",\"timestamp\":" time ",\"project\":\"/p\",\"models\":{" models  \
  "}}\n"
#define FORKED "\"forkedFrom\":{\"sessionId\":\"s1\",\"messageUuid\":\"x\"},"

#define EVENT(session, counts) \
  "qwen " session " - | /p | p | 1786352405000 alibaba/qwen3-max" counts "\n"

static void
test_roots (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  static const char call[] = ANSWER ("s1", "a", "\"promptTokenCount\":1", "");

  log_home_write (home, CHAT ("s0"), ANSWER ("s0", "z", "\"promptTokenCount\":9", ""));
  log_home_write (home, "run/projects/-p/chats/s1.jsonl", call);
  log_home_write (home, "more/projects/-p/chats/s2.jsonl",
                  ANSWER ("s2", "b", "\"promptTokenCount\":2", ""));
  log_home_write (home, "run/projects/-p/subagents/s3.jsonl",
                  ANSWER ("s3", "c", "\"promptTokenCount\":3", ""));
  log_home_write (home, LEDGER, SUMMARY ("s4", "1786352405000",
                                         "\"qwen3-max\":{\"requests\":2,\"inputTokens\":4}"));
  client_home_set_env (home, "QWEN_RUNTIME_DIR=%s/run", "QWEN_DATA_DIR=~/more,%s/more");
  client_home_expect (home,
                      EVENT ("s1", " i1 r0 w0+0 o0 t0")
                      EVENT ("s2", " i2 r0 w0+0 o0 t0")
                      EVENT ("s4", " i4 r0 w0+0 o0 t0"));
}

static void
test_late_telemetry (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  static const char wanted[] =
    EVENT ("s1", " helper i7 r0 w0+0 o1 t0") EVENT ("s1", " i5 r0 w0+0 o2 t0");

  log_home_write (home, CHAT ("s1"), ANSWER ("s1", "a", "\"promptTokenCount\":5,"
                                             "\"candidatesTokenCount\":2", ""));
  client_home_expect (home, EVENT ("s1", " i5 r0 w0+0 o2 t0"));
  log_home_append (home, CHAT ("s1"), TELEMETRY ("s1", "r1", "\"input_token_count\":5,"
                                                 "\"output_token_count\":2", ""));
  client_home_expect (home, EVENT ("s1", " i5 r0 w0+0 o2 t0"));
  log_home_append (home, CHAT ("s1"), ANSWER ("s1", "b", "\"promptTokenCount\":7", ""));
  log_home_append (home, CHAT ("s1"), TELEMETRY ("s1", "r2", "\"input_token_count\":7,"
                                                 "\"output_token_count\":1",
                                                 "\"subagent_name\":\"x\","));
  client_home_expect (home, wanted);
  log_home_forget (home);
  client_home_expect (home, wanted);
}

static void
test_ledger (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, LEDGER, SUMMARY ("s1", "1786352405000",
                                         "\"qwen3-max\":{\"inputTokens\":50,\"cachedTokens\":20},"
                                         "\"coder-model\":{\"inputTokens\":50}"));
  client_home_expect (home,
                      "qwen s1 - | /p | p | 1786352405000 alibaba/coder-model i50 r0 w0+0 o0 t0\n"
                      EVENT ("s1", " i30 r20 w0+0 o0 t0"));
  /* The session went on; what its last record leaves out is gone. */
  log_home_append (home, LEDGER, "[]\n" SUMMARY ("s1", "1786352406000",
                                                 "\"qwen3-max\":{\"inputTokens\":40}"));
  client_home_expect (home, "qwen s1 - | /p | p | 1786352406000 alibaba/qwen3-max i40 r0 w0+0 o0"
                            " t0\n");
  log_home_write (home, CHAT ("s1"), ANSWER ("s1", "a", "\"promptTokenCount\":5", ""));
  client_home_expect (home, EVENT ("s1", " i5 r0 w0+0 o0 t0"));
  /* Deleting a session writes the ledger; its calls are known all the same. */
  log_home_remove (home, CHAT ("s1"));
  log_home_append (home, LEDGER, SUMMARY ("s1", "1786352407000",
                                          "\"qwen3-max\":{\"inputTokens\":5}"));
  client_home_expect (home, EVENT ("s1", " i5 r0 w0+0 o0 t0"));
}

static void
test_branch (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, CHAT ("s0"), ANSWER ("s0", "a", "\"promptTokenCount\":5", FORKED));
  client_home_expect (home, "qwen s0 s1 | /p | p | 1786352405000 alibaba/qwen3-max i5 r0 w0+0 o0"
                            " t0\n");
  log_home_write (home, CHAT ("s1"), ANSWER ("s1", "a", "\"promptTokenCount\":5", ""));
  client_home_expect (home, EVENT ("s1", " i5 r0 w0+0 o0 t0"));
}

static void
check_thoughts (const char *counts,
                const char *wanted)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *line = g_strdup_printf (ANSWER ("s1", "a", "%s", ""), counts);
  g_autofree char *event = g_strdup_printf (EVENT ("s1", " i10 r0 w0+0 %s"), wanted);

  log_home_write (home, CHAT ("s1"), line);
  client_home_expect (home, event);
}

static void
test_thoughts (void)
{
#define COUNTS(candidates, thoughts)                                                       \
  "\"promptTokenCount\":10,\"candidatesTokenCount\":" candidates ",\"thoughtsTokenCount\":" \
  thoughts
  check_thoughts (COUNTS ("50", "20") ",\"totalTokenCount\":60", "o50 t20");
  check_thoughts (COUNTS ("50", "20") ",\"totalTokenCount\":80", "o70 t20");
  check_thoughts (COUNTS ("50", "20"), "o50 t20");
  check_thoughts (COUNTS ("20", "50"), "o70 t50");
  check_thoughts (COUNTS ("20", "50") ",\"totalTokenCount\":30", "o20 t20");
#undef COUNTS
}

static void
test_old (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, ".qwen/tmp/p/.project_root", "/p");
  log_home_write (home, ".qwen/tmp/p/chats/session-1.json",
                  "{\"sessionId\":\"s1\",\"messages\":[{\"id\":\"m1\",\"type\":\"gemini\","
                  "\"timestamp\":\"" TIME "\",\"model\":\"qwen3-max\",\"tokens\":{\"input\":5,"
                  "\"output\":2}}]}");
  log_home_write (home, LEDGER, SUMMARY ("s1", "1786352405000",
                                         "\"qwen3-max\":{\"inputTokens\":5}"));
  client_home_expect (home, EVENT ("s1", " i5 r0 w0+0 o2 t0"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/formats/qwen/folders-and-what-is-left-out", test_roots);
  g_test_add_func ("/formats/qwen/telemetry-replaces-answers", test_late_telemetry);
  g_test_add_func ("/formats/qwen/the-ledger-stands-in-for-transcripts", test_ledger);
  g_test_add_func ("/formats/qwen/a-branch-gives-back-what-it-copied", test_branch);
  g_test_add_func ("/formats/qwen/thoughts-inside-or-outside", test_thoughts);
  g_test_add_func ("/formats/qwen/chats-of-old-releases", test_old);

  return g_test_run ();
}
