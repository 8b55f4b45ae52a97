/* test-json-parse.c
 *
 * JSON from outside never ends the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "base/fare-json-parse.h"

static gboolean
is_taken (const char *text,
          gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) root = fare_json_parse (text, length, &error);

  g_assert_true ((root == NULL) == (error != NULL));

  return root != NULL;
}

static void
test_takes (void)
{
  static const char * const texts[] = {
    "{}", "[]", "1", "null", "{\"a\": [1, 2.5, \"x\", true]}", " {\"a\":\"[[[[ / # ' \\\" {{{{\"} ",
    "{\"\\\\\": \"\\\\\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (is_taken (texts[i], strlen (texts[i])));

  /* Only as much as it is told. */
  g_assert_true (is_taken ("{} and more", 2));
}

static void
test_refuses (void)
{
  static const char * const texts[] = {
    "", " ", "{", "]", "{\"a\"", "\"", "\"\\", "{\"a\": \xff}", "{\"a\": \"\xff\"}",
    "{} // {}", "/* \" */ {}", "# {}", "{'a': 1}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (is_taken (texts[i], strlen (texts[i])));
}

static void
test_depth (void)
{
  const guint depths[] = { 1, FARE_JSON_MAX_DEPTH, FARE_JSON_MAX_DEPTH + 1, 500000 };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      gboolean is_shallow = depths[i] <= FARE_JSON_MAX_DEPTH;

      for (guint j = 0; j < depths[i]; j++)
        g_string_append_c (text, '[');
      g_assert_false (is_taken (text->str, text->len));
      for (guint j = 0; j < depths[i]; j++)
        g_string_append_c (text, ']');
      g_assert_true (is_taken (text->str, text->len) == is_shallow);

      /* Behind what only looks like the beginning of a string. */
      g_string_prepend (text, "/*\"*/");
      g_assert_false (is_taken (text->str, text->len));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-parse/takes-json", test_takes);
  g_test_add_func ("/json-parse/refuses-the-rest", test_refuses);
  g_test_add_func ("/json-parse/depth", test_depth);

  return g_test_run ();
}
