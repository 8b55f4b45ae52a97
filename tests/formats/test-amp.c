/* test-amp.c
 *
 * Amp's threads, as far as the fixture home has no case for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "client-home.h"

#define THREAD(name) ".local/share/amp/threads/T-" name ".json"
#define EVENT(thread, ms, counts) \
  "amp " thread " - |  | unknown | " ms " openai/gpt-5.4 " counts " t0\n"
#define ENTRY(id, input)                                                                      \
  "{" id "\"timestamp\":\"2026-01-19T10:00:09Z\",\"model\":\"gpt-5.4\",\"toMessageId\":4,"    \
  "\"tokens\":{\"input\":" input ",\"cacheReadInputTokens\":null}}"

static const char message[] = "{\"id\":\"%s\",\"created\":1000,\"messages\":[{\"role\":"
                              "\"assistant\",\"messageId\":4,\"usage\":{\"model\":\"gpt-5.4\","
                              "\"inputTokens\":%d,\"cacheReadInputTokens\":2}}]}";

static void
write_thread (LogHome    *home,
              const char *path,
              const char *id,
              int         input)
{
  g_autofree char *text = g_strdup_printf (message, id, input);

  log_home_write (home, path, text);
}

static void
test_roots (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  write_thread (home, THREAD ("a"), "a", 1);
  write_thread (home, ".var/app/com.editor/data/amp/threads/T-b.json", "b", 2);
  write_thread (home, "one/threads/T-c.json", "c", 3);
  write_thread (home, "two/threads/T-d.json", "d", 4);
  write_thread (home, "two/threads/notes.json", "e", 5);
  client_home_expect (home, EVENT ("a", "5000", "i1 r2 w0+0 o0")
                            EVENT ("b", "5000", "i2 r2 w0+0 o0"));
  log_home_forget (home);
  client_home_set_env (home, "AMP_DATA_DIR=~/one, %s/two,~/one", NULL);
  client_home_expect (home, EVENT ("c", "5000", "i3 r2 w0+0 o0")
                            EVENT ("d", "5000", "i4 r2 w0+0 o0"));
}

/* A thread that is being written keeps what it had. */
static void
test_half_written (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  write_thread (home, THREAD ("a"), "a", 1);
  client_home_expect (home, EVENT ("a", "5000", "i1 r2 w0+0 o0"));
  log_home_write (home, THREAD ("a"), "{\"id\":\"a\",\"messages\":[{\"role\":\"assi");
  client_home_expect (home, EVENT ("a", "5000", "i1 r2 w0+0 o0"));
  log_home_write (home, THREAD ("a"), "");
  client_home_expect (home, EVENT ("a", "5000", "i1 r2 w0+0 o0"));
  write_thread (home, THREAD ("a"), "a", 9);
  client_home_expect (home, EVENT ("a", "5000", "i9 r2 w0+0 o0"));
}

/* A copied thread keeps its ledger's ids; without ids the thread is part of the key. */
static void
test_ledger (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *path = g_strdup_printf (THREAD ("%d"), i);
      g_autofree char *text = g_strdup_printf (
        "{\"usageLedger\":{\"events\":[" ENTRY ("\"id\":\"ev\",", "5") "," ENTRY ("", "6") ",7]},"
        "\"messages\":[{\"role\":\"assistant\",\"messageId\":4,\"usage\":{\"model\":\"m\","
        "\"cacheReadInputTokens\":%d}}],\"id\":\"t%d\"}", 3, i);

      log_home_write (home, path, text);
    }
  client_home_expect (home, EVENT ("t0", "1768816809000", "i5 r3 w0+0 o0")
                            EVENT ("t0", "1768816809000", "i6 r3 w0+0 o0")
                            EVENT ("t1", "1768816809000", "i6 r3 w0+0 o0"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/amp/roots", test_roots);
  g_test_add_func ("/formats/amp/half-written", test_half_written);
  g_test_add_func ("/formats/amp/ledger", test_ledger);

  return g_test_run ();
}
