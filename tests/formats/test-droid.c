/* test-droid.c
 *
 * Droid's sessions, as far as the fixture home has no case for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "client-home.h"

#define SETTINGS(session) ".factory/sessions/-p/" session ".settings.json"
#define USE(input)                                                                            \
  "\"model\":\"gpt-5\",\"providerLockTimestamp\":\"2026-08-08T14:00:02Z\",\"tokenUsage\":"    \
  "{\"inputTokens\":" input "}"
#define EVENT(session, title, model, input)                                                   \
  "droid " session " - |  | " title " | 1786197602000 " model " i" input " r0 w0+0 o0 t0\n"

static void
test_roots (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, SETTINGS ("a"), "{" USE ("1") "}");
  log_home_write (home, "one/b.settings.json", "{" USE ("2") "}");
  log_home_write (home, "two/-x/c.settings.json", "{" USE ("3") "}");
  client_home_set_env (home, "DROID_SESSIONS_DIR=~/one, %s/two,~/one", NULL);
  client_home_expect (home, EVENT ("b", "unknown", "openai/gpt-5", "2")
                            EVENT ("c", "unknown", "openai/gpt-5", "3"));
}

/* Settings that are being written keep what they had; counters of the known file may shrink. */
static void
test_rewritten (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, SETTINGS ("a"), "{" USE ("9") "}");
  client_home_expect (home, EVENT ("a", "unknown", "openai/gpt-5", "9"));
  log_home_write (home, SETTINGS ("a"), "{" USE ("12"));
  client_home_expect (home, EVENT ("a", "unknown", "openai/gpt-5", "9"));
  log_home_write (home, SETTINGS ("a"), "{" USE ("4") "}");
  client_home_expect (home, EVENT ("a", "unknown", "openai/gpt-5", "4"));
}

/* What the transcript tells is found whenever it appears. */
static void
test_transcript (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, SETTINGS ("a"),
                  "{\"providerLockTimestamp\":\"2026-08-08T14:00:02Z\",\"tokenUsage\":"
                  "{\"inputTokens\":4}}");
  client_home_expect (home, EVENT ("a", "unknown", "/unknown", "4"));
  log_home_write (home, ".factory/sessions/-p/a.jsonl",
                  "{broken\n{\"type\":\"message\",\"message\":{\"role\":\"user\",\"content\":"
                  "\"<system-reminder>Model: Gemini 3 Pro\\nx</system-reminder>back\\\\slash\"}}\n");
  client_home_expect (home, EVENT ("a", "back\\slash", "google/gemini-3-pro", "4"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/droid/roots", test_roots);
  g_test_add_func ("/formats/droid/rewritten", test_rewritten);
  g_test_add_func ("/formats/droid/transcript", test_transcript);

  return g_test_run ();
}
