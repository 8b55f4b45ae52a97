/* test-gemini.c
 *
 * Gemini CLI's chats, as far as the fixture home has no case for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <unistd.h>

#include "client-home.h"

#define HEADER "{\"sessionId\":\"s1\",\"kind\":\"main\"}\n"
#define CHAT ".gemini/tmp/p/chats/session-1.jsonl"

static char *
answer (const char *id,
        const char *tokens)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"timestamp\":\"2026-08-03T09:15:06+00:00\","
                          "\"type\":\"gemini\",\"model\":\"gemini-2.5-pro\",\"tokens\":%s}\n",
                          id, tokens);
}

#define EVENT(session, project, title, counts) \
  "gemini_cli " session " - | " project " | " title                  \
  " | 1785748506000 google/gemini-2.5-pro " counts "\n"

static void
test_roots (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  static const char * const places[] = {
    "a/.gemini/tmp/p", "b/.gemini/tmp/p", "c/p", ".gemini/tmp/p"
  };
  g_autofree char *alias = log_home_path (home, "alias");
  g_autofree char *target = log_home_path (home, "c");

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/chats/session-%u.jsonl", places[i], i);
      g_autofree char *id = g_strdup_printf ("m%u", i);
      g_autofree char *tokens = g_strdup_printf ("{\"input\":%u}", i + 1);
      g_autofree char *line = answer (id, tokens);

      log_home_write (home, path, line);
    }
  g_assert_cmpint (symlink (target, alias), ==, 0);
  client_home_set_env (home, "GEMINI_CLI_HOME=%s/a, %s/b", "GEMINI_DATA_DIR=~/c,%s/alias,%s/c");
  client_home_expect (home,
                      EVENT ("session-0", "", "unknown", "i1 r0 w0+0 o0 t0")
                      EVENT ("session-1", "", "unknown", "i2 r0 w0+0 o0 t0")
                      EVENT ("session-2", "", "unknown", "i3 r0 w0+0 o0 t0"));
}

static void
check_tokens (const char *tokens,
              const char *counts)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *line = answer ("m1", tokens);
  g_autofree char *wanted = *counts != '\0' ? g_strdup_printf (
    EVENT ("s1", "", "unknown", "%s"), counts) : g_strdup ("");

  log_home_write (home, CHAT, HEADER);
  log_home_append (home, CHAT, line);
  client_home_expect (home, wanted);
}

static void
test_tokens (void)
{
  /* The cached part is beside the prompt only where the total says so. */
  check_tokens ("{\"input\":100,\"cached\":40,\"output\":7,\"total\":147}", "i100 r40 w0+0 o7 t0");
  check_tokens ("{\"input\":100,\"cached\":40,\"output\":7,\"total\":107}", "i60 r40 w0+0 o7 t0");
  check_tokens ("{\"input\":100,\"cached\":400,\"output\":7}", "i0 r100 w0+0 o7 t0");
  check_tokens ("{\"input\":\"100\",\"output\":7.9,\"cached\":-3,\"tool\":true,\"thoughts\":null}",
                "i100 r0 w0+0 o7 t0");
  check_tokens ("{\"input\":1,\"output\":9000000000000000000,\"total\":9000000000000000000}", "");
  check_tokens ("{\"input\":9223372036854775807,\"cached\":1,\"tool\":9223372036854775807,"
                "\"thoughts\":9223372036854775807,\"total\":9223372036854775807}", "");
  check_tokens ("[1,2]", "");
}

static void
test_union (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, CHAT, "\xef\xbb\xbf" HEADER);
  log_home_append (home, CHAT,
                   "{\"$set\":{\"messages\":[{\"id\":\"m1\",\"type\":\"gemini\","
                   "\"timestamp\":\"2026-08-03T09:15:06Z\",\"model\":\"gemini-2.5-pro\","
                   "\"tokens\":{\"input\":5,\"output\":2}},7,{\"id\":\"u\",\"type\":\"user\","
                   "\"content\":\"  /model\"}],\"summary\":\"One\"}}\r\n");
  log_home_append (home, CHAT, "{\"id\":\"m1\",\"type\":\"gemini\",\"timestamp\":"
                               "\"2026-08-03T09:15:06Z\",\"tokens\":null}\n");
  log_home_append (home, CHAT, "{\"$rewindTo\":\"m1\"}\n{\"$set\":{\"summary\":\" Two \"}}\n"
                               "{\"$set\":{\"summary\":\" \"}}\n");
  client_home_expect (home, EVENT ("s1", "", "Two", "i5 r0 w0+0 o2 t0"));
  log_home_append (home, CHAT, "{\"$set\":{\"summary\":\"Three\"}}\n");
  client_home_expect (home, EVENT ("s1", "", "Three", "i5 r0 w0+0 o2 t0"));
}

static void
test_document (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  static const char path[] = ".gemini/tmp/p/chats/session-1.json";
  static const char whole[] =
    "{\"sessionId\":\"s1\",\"messages\":[{\"id\":\"m1\",\"type\":\"gemini\",\"timestamp\":"
    "\"2026-08-03T09:15:06Z\",\"model\":\"gemini-2.5-pro\","
    "\"tokens\":{\"input\":5,\"output\":2}}]}";
  g_autofree char *half = g_strndup (whole, sizeof whole / 2);
  static const char wanted[] = EVENT ("s1", "", "unknown", "i5 r0 w0+0 o2 t0");

  log_home_write (home, path, half);
  client_home_expect (home, "");
  log_home_write (home, path, whole);
  client_home_expect (home, wanted);
  log_home_write (home, path, half);
  client_home_expect (home, wanted);
  log_home_write (home, path, "");
  client_home_expect (home, wanted);
}

static void
test_places (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *line = answer ("m1", "{\"input\":5}");
  g_autofree char *other = answer ("m2", "{\"input\":6}");

  log_home_write (home, ".gemini/tmp/p/logs.jsonl", other);
  log_home_write (home, ".gemini/tmp/p/checkpoint-x.json", other);
  log_home_write (home, ".gemini/tmp/p/chats/session-2.jsonl.tmp-12", other);
  log_home_write (home, CHAT, line);
  client_home_expect (home, EVENT ("session-1", "", "unknown", "i5 r0 w0+0 o0 t0"));
  /* The project's name comes later. */
  log_home_write (home, ".gemini/projects.json",
                  "{\"projects\":{\"/src/q\":\"q\",\"/src/\\u0070\":\"p\"}}");
  client_home_expect (home, EVENT ("session-1", "/src/p", "p", "i5 r0 w0+0 o0 t0"));
  log_home_write (home, ".gemini/tmp/p/.project_root", " /src/pears \n");
  client_home_expect (home, EVENT ("session-1", "/src/pears", "pears", "i5 r0 w0+0 o0 t0"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/formats/gemini/every-folder-is-read-once", test_roots);
  g_test_add_func ("/formats/gemini/token-counts", test_tokens);
  g_test_add_func ("/formats/gemini/checkpoints-add-and-never-take-away", test_union);
  g_test_add_func ("/formats/gemini/a-document-being-written-keeps-its-last-rows", test_document);
  g_test_add_func ("/formats/gemini/only-chats-and-their-projects", test_places);

  return g_test_run ();
}
