/* test-guide.c
 *
 * The user's guide: all its pages can be read, lead to each other, and are shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <locale.h>
#include <string.h>

#include "fare-guide-window.h"
#include "models/fare-guide.h"

#define FOLDER "/io/github/tokenfare/Tokenfare/help/"

static gboolean
is_page (const char *id)
{
  return g_strv_contains (fare_guide_list_pages (), id);
}

/* Pango takes every block, and every link has a page behind it. */
static void
check_page (const char *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareGuidePage) page = fare_guide_page_load (id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->blocks->len, >, 0);

  for (guint k = 0; k < page->links->len; k++)
    g_assert_true (is_page (g_ptr_array_index (page->links, k)));

  for (guint k = 0; k < page->blocks->len; k++)
    {
      const FareGuideBlock *block = g_ptr_array_index (page->blocks, k);
      g_autofree char *plain = g_strdup (block->markup);
      char *link;

      /* Links are the label's, not Pango's. */
      while ((link = strstr (plain, "<a href=\"")) != NULL)
        {
          char *end = strchr (link, '>');
          char *close = strstr (link, "</a>");

          g_assert_nonnull (close);
          memmove (close, close + 4, strlen (close + 4) + 1);
          memmove (link, end + 1, strlen (end + 1) + 1);
        }

      g_assert_true (pango_parse_markup (plain, -1, 0, NULL, NULL, NULL, &error));
      g_assert_no_error (error);
    }
}

static void
test_pages (void)
{
  g_auto(GStrv) languages = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  const char * const *ids = fare_guide_list_pages ();

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *language = g_strdup (languages[i]);

      language[strcspn (language, "/")] = '\0';
      g_setenv ("LANGUAGE", language, TRUE);
      g_test_message ("%s", language);

      for (guint k = 0; ids[k] != NULL; k++)
        check_page (ids[k]);
    }

  g_setenv ("LANGUAGE", "", TRUE);
}

/* A file that is not in the list would be installed but never be seen in the window. */
static void
test_complete (void)
{
  g_auto(GStrv) languages = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "help", "C", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = g_strndup (name, strcspn (name, "."));

      g_assert_true (is_page (id));
    }

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, languages[i], NULL);
      g_auto(GStrv) files = g_resources_enumerate_children (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      g_assert_cmpuint (g_strv_length (files), ==, g_strv_length ((char **) fare_guide_list_pages ()));
    }
}

static void
assert_title (const char *languages,
              const char *expected)
{
  g_autoptr(FareGuidePage) page = NULL;

  g_setenv ("LANGUAGE", languages, TRUE);
  page = fare_guide_page_load ("calendar", NULL);
  g_assert_nonnull (page);
  g_assert_cmpstr (page->title, ==, expected);
  g_setenv ("LANGUAGE", "", TRUE);
}

static void
test_languages (void)
{
  assert_title ("", "Calendar");
  assert_title ("de", "Kalender");
  assert_title ("de_AT", "Kalender");
  assert_title ("zh_CN", "日历");
  assert_title ("zh", "Calendar");
  assert_title ("fr:de", "Kalender");
  assert_title ("fr", "Calendar");
  assert_title ("../C", "Calendar");

  /* As the words around it are not translated in this locale. */
  setlocale (LC_MESSAGES, "C");
  assert_title ("de", "Calendar");
  setlocale (LC_MESSAGES, "");
}

static void
assert_page (const char *text,
             const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareGuidePage) page = fare_guide_page_parse ("test", text, -1, &error);
  g_autoptr(GString) found = g_string_new (NULL);

  if (expected == NULL)
    {
      g_assert_null (page);
      g_assert_nonnull (error);
      return;
    }

  g_assert_no_error (error);
  for (guint i = 0; i < page->blocks->len; i++)
    {
      const FareGuideBlock *block = g_ptr_array_index (page->blocks, i);

      g_string_append_printf (found, "%d %s|", block->kind, block->markup);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_parse (void)
{
#define HEAD "<page><info><link type=\"guide\" xref=\"index\"/><desc>d</desc></info><title>t</title>"

  assert_page (HEAD "<p>One\n   <key>A&amp;B</key>,  two.</p></page>", "0 One <b>A&amp;B</b>, two.|");
  assert_page (HEAD "<list><item><p>x</p></item></list><section><title>s</title><p>y</p></section></page>",
               "2 x|1 s|0 y|");
  assert_page (HEAD "<screen>a  b\n  c</screen><p>see <link xref=\"costs\">it</link></p></page>",
               "3 a  b\n  c|0 see <a href=\"costs\">it</a>|");
  /* What is slanted in one script is bold in another. */
  assert_page (HEAD "<p><em>one</em> <em>实付</em> <em>two</em></p></page>",
               "0 <i>one</i> <b>实付</b> <i>two</i>|");
  /* An option is not broken after its dashes, and stands in a terminal as it is typed. */
  assert_page (HEAD "<screen>a --b</screen><p><cmd>--b-c</cmd></p></page>",
               "3 a --b|0 <tt>-\u2060-\u2060b-c</tt>|");
  /* Who translated a page is not a part of it. */
  assert_page ("<page><info><desc>d</desc><credit type=\"translator\"><name>N</name><email>e</email>"
               "</credit></info><title>t</title><p>x</p></page>", "0 x|");
  /* What it does not know it refuses, rather than to leave it out. */
  assert_page (HEAD "<table/></page>", NULL);
  assert_page (HEAD "<p>see <link xref=\"costs\"/></p></page>", NULL);
  assert_page (HEAD "<p>one <p>two</p></p></page>", NULL);
  assert_page (HEAD "<p>cut", NULL);
  assert_page ("<page><p>no title</p></page>", NULL);
}

/* The window's own words come from a catalogue, which tests do not have; its topics do not. */
static void
test_german (void)
{
  g_autoptr(UiRoom) room = NULL;
  GtkWindow *window;
  GtkWidget *topics, *text;

  g_setenv ("LANGUAGE", "de", TRUE);
  room = ui_room_new ();
  ui_room_open (room);
  ui_room_wait_settled (room);

  g_action_group_activate_action (G_ACTION_GROUP (room->application), "help", NULL);
  ui_pause (200);
  window = gtk_application_get_active_window (GTK_APPLICATION (room->application));
  g_assert_true (FARE_IS_GUIDE_WINDOW (window));

  topics = ui_find (GTK_WIDGET (window), GTK_TYPE_LIST_BOX, "topics");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (
                     gtk_list_box_get_row_at_index (GTK_LIST_BOX (topics), 1)))), ==, "Übersicht");

  g_assert_true (fare_guide_window_show_page (FARE_GUIDE_WINDOW (window), "costs"));
  text = ui_find (GTK_WIDGET (window), GTK_TYPE_BOX, "text_box");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (text))), ==,
                   "Wie genau die Kosten sind");

  gtk_window_destroy (window);
  g_setenv ("LANGUAGE", "", TRUE);
}

/* Chinese can be broken after every character; the list of topics makes room before it has to be. */
static void
test_narrow (void)
{
  g_autoptr(UiRoom) room = NULL;
  GtkWindow *window;

  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  room = ui_room_new ();
  ui_room_open (room);
  ui_room_wait_settled (room);

  g_action_group_activate_action (G_ACTION_GROUP (room->application), "help", NULL);
  window = gtk_application_get_active_window (GTK_APPLICATION (room->application));
  gtk_window_set_default_size (window, 400, 500);
  ui_pause (300);
  g_assert_true (fare_guide_window_show_page (FARE_GUIDE_WINDOW (window), "privacy"));
  g_assert_true (adw_leaflet_get_folded (ADW_LEAFLET (ui_find (GTK_WIDGET (window), ADW_TYPE_LEAFLET,
                                                               "leaflet"))));

  gtk_window_destroy (window);
  g_setenv ("LANGUAGE", "", TRUE);
}

static void
test_window (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWindow *window;
  GtkWidget *topics, *label;
  gboolean is_handled = FALSE;

  ui_room_add_claude (room, "one", g_get_real_time () / 1000, "claude-opus-4-8", 1000, 500);
  ui_room_open (room);
  ui_room_wait_settled (room);

  g_action_group_activate_action (G_ACTION_GROUP (room->application), "help", NULL);
  ui_pause (200);
  window = gtk_application_get_active_window (GTK_APPLICATION (room->application));
  g_assert_true (FARE_IS_GUIDE_WINDOW (window));
  g_assert_cmpstr (fare_guide_window_get_page (FARE_GUIDE_WINDOW (window)), ==, "index");

  topics = ui_find (GTK_WIDGET (window), GTK_TYPE_LIST_BOX, "topics");
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (GTK_LIST_BOX (topics), 3), "activate");
  g_assert_cmpstr (fare_guide_window_get_page (FARE_GUIDE_WINDOW (window)), ==,
                   fare_guide_list_pages ()[3]);

  /* A link leads on, and the list of topics follows. */
  label = ui_find (ui_find (GTK_WIDGET (window), GTK_TYPE_BOX, "text_box"), GTK_TYPE_LABEL, NULL);
  g_signal_emit_by_name (label, "activate-link", "pricing", &is_handled);
  g_assert_true (is_handled);
  g_assert_cmpstr (fare_guide_window_get_page (FARE_GUIDE_WINDOW (window)), ==, "pricing");
  g_assert_cmpstr (fare_guide_list_pages ()[gtk_list_box_row_get_index (gtk_list_box_get_selected_row (GTK_LIST_BOX (topics)))],
                   ==, "pricing");
  g_assert_false (fare_guide_window_show_page (FARE_GUIDE_WINDOW (window), "nonsense"));

  /* Help that is open comes to the front, where it was. */
  g_action_group_activate_action (G_ACTION_GROUP (room->application), "help", NULL);
  g_assert_true (gtk_application_get_active_window (GTK_APPLICATION (room->application)) == window);
  g_assert_cmpstr (fare_guide_window_get_page (FARE_GUIDE_WINDOW (window)), ==, "pricing");
  gtk_window_destroy (window);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/guide/pages", test_pages);
  g_test_add_func ("/guide/complete", test_complete);
  g_test_add_func ("/guide/languages", test_languages);
  g_test_add_func ("/guide/parse", test_parse);
  g_test_add_func ("/guide/window", test_window);
  g_test_add_func ("/guide/window/german", test_german);
  g_test_add_func ("/guide/window/narrow", test_narrow);

  return g_test_run ();
}
