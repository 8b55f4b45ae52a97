/* test-roo.c
 *
 * Roo Code, as far as the fixture home has no case for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "client-home.h"

#define STORAGE(editor) ".config/" editor "/User/globalStorage/rooveterinaryinc.roo-cline/"
#define TASK STORAGE ("Code") "tasks/t/"
#define REQUEST(time, input)                                                                  \
  "{\"ts\":" time ",\"type\":\"say\",\"say\":\"api_req_started\",\"text\":"                     \
  "\"{\\\"apiProtocol\\\":\\\"openai\\\",\\\"tokensIn\\\":" input "}\"}"
#define SENT(model) "{\"role\":\"user\",\"content\":\"<model>" model "</model>\"}"
#define EVENT(session, parent, project, title, time, model, input)                            \
  "roo_code " session " " parent " | " project " | " title " | " time " " model               \
  " i" input " r0 w0+0 o0 t0\n"
#define PLAIN(session, time, model, input)                                                    \
  EVENT (session, "-", "", "unknown", time, model, input)

/* The editor's settings are no plain JSON. */
static void
test_custom_storage (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *folder = log_home_path (home, "my \xc3\xbc tasks");
  g_autofree char *settings = g_strdup_printf (
    "{ // mine\n  \"editor.fontSize\": 11,\n  \"roo-cline.customStoragePath\" :\n \"%s\", }\n",
    folder);

  log_home_write (home, STORAGE ("Code") "tasks/a/ui_messages.json",
                  "[" REQUEST ("1786000000000", "1") "]");
  log_home_write (home, "my \xc3\xbc tasks/tasks/b/ui_messages.json",
                  "[" REQUEST ("1786000000000", "2") "]");
  client_home_expect (home, PLAIN ("a", "1786000000000", "/unknown", "1"));
  log_home_write (home, ".config/Code/User/settings.json",
                  "{\"roo-cline.customStoragePath\":\"relative\"}");
  log_home_write (home, ".config/Cursor/User/settings.json",
                  "{\"roo-cline.customStoragePath\":");
  client_home_expect (home, PLAIN ("a", "1786000000000", "/unknown", "1"));
  log_home_write (home, ".config/VSCodium/User/settings.json", settings);
  client_home_expect (home, PLAIN ("a", "1786000000000", "/unknown", "1")
                            PLAIN ("b", "1786000000000", "/unknown", "2"));
}

/* A file that is being written hides nothing; a request is filled in later. */
static void
test_rewriting (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, TASK "ui_messages.json", "[" REQUEST ("1786000000000", "1") "]");
  client_home_expect (home, PLAIN ("t", "1786000000000", "/unknown", "1"));
  log_home_write (home, TASK "ui_messages.json", "[" REQUEST ("1786000000000", "3") ",");
  client_home_expect (home, PLAIN ("t", "1786000000000", "/unknown", "1"));
  log_home_write (home, TASK "ui_messages.json", "[" REQUEST ("1786000000000", "3") "]");
  client_home_expect (home, PLAIN ("t", "1786000000000", "/unknown", "3"));
}

/* Files beside the messages may come later, and may be broken. */
static void
test_side_files (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, TASK "ui_messages.json",
                  "[" REQUEST ("1786000000000", "1") "," REQUEST ("1786000001000", "2") "]");
  client_home_expect (home, PLAIN ("t", "1786000000000", "/unknown", "1")
                            PLAIN ("t", "1786000001000", "/unknown", "2"));
  log_home_write (home, TASK "api_conversation_history.json", "[" SENT ("gpt-5") "," SENT ("x<y"));
  client_home_expect (home, PLAIN ("t", "1786000000000", "openai/gpt-5", "1")
                            PLAIN ("t", "1786000001000", "openai/gpt-5", "2"));
  log_home_write (home, TASK "api_conversation_history.json",
                  "[" SENT ("<model>gpt-5") "," SENT (" grok-4 ") "]");
  log_home_write (home, TASK "history_item.json", "{\"task\":\"Half");
  client_home_expect (home, PLAIN ("t", "1786000000000", "openai/gpt-5", "1")
                            PLAIN ("t", "1786000001000", "xai/grok-4", "2"));
  log_home_write (home, TASK "history_item.json",
                  "{\"task\":\"Whole\",\"number\":1,\"cwd\":\"/p\",\"parentTaskId\":null}");
  client_home_expect (home,
                      EVENT ("t", "-", "/p", "Whole", "1786000000000", "openai/gpt-5", "1")
                      EVENT ("t", "-", "/p", "Whole", "1786000001000", "xai/grok-4", "2"));
}

/* A summary at the very moment of a request is another call. */
static void
test_condensation (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, TASK "ui_messages.json",
                  "[" REQUEST ("1786000000000", "1") ",{\"ts\":1786000000000,\"type\":\"say\","
                  "\"say\":\"condense_context\",\"contextCondense\":{\"cost\":0.5}},"
                  "{\"ts\":1786000000001,\"say\":\"condense_context\",\"contextCondense\":7},"
                  "{\"ts\":1786000000002,\"say\":\"condense_context\"}]");
  client_home_expect (home, PLAIN ("t", "1786000000000", "/unknown", "0")
                            PLAIN ("t", "1786000000000", "/unknown", "1"));
  log_home_check (home);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/roo/custom-storage", test_custom_storage);
  g_test_add_func ("/formats/roo/rewriting", test_rewriting);
  g_test_add_func ("/formats/roo/side-files", test_side_files);
  g_test_add_func ("/formats/roo/condensation", test_condensation);

  return g_test_run ();
}
