/* test-pull.c
 *
 * The pull reader against json-glib on random documents, and against broken text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <json-glib/json-glib.h>
#include <string.h>

#include "formats/fare-pull.h"

static void
add_string (GString *text,
            GRand   *rand)
{
  static const char * const parts[] = {
    "a", "\\\"", "\\\\", "\\n", "{", "}", "[", "]", ":", ",", "é", "✓", "\\u00e9", "\\ud83d\\ude00",
    "a longer run of plain text that fills more than one block of sixteen bytes ", "\\/", "\t",
  };

  g_string_append_c (text, '"');
  for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--)
    g_string_append (text, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts) - 1)]);
  g_string_append_c (text, '"');
}

static void
add_blank (GString *text,
           GRand   *rand)
{
  if (g_rand_int_range (rand, 0, 4) == 0)
    g_string_append (text, g_rand_boolean (rand) ? " " : "\n  ");
}

static void
add_value (GString *text,
           GRand   *rand,
           int      depth)
{
  static const char * const scalars[] = { "0", "17", "-3", "1.5", "2e3", "true", "false", "null" };
  int kind = g_rand_int_range (rand, 0, depth > 0 ? 4 : 2);

  add_blank (text, rand);
  if (kind == 0)
    g_string_append (text, scalars[g_rand_int_range (rand, 0, G_N_ELEMENTS (scalars))]);
  else if (kind == 1)
    add_string (text, rand);
  else
    {
      g_string_append_c (text, kind == 2 ? '{' : '[');
      for (int n = g_rand_int_range (rand, 0, 5), i = 0; i < n; i++)
        {
          if (i > 0)
            g_string_append_c (text, ',');
          add_blank (text, rand);
          if (kind == 2)
            g_string_append_printf (text, "\"k%d\":", i);
          add_value (text, rand, depth - 1);
        }
      add_blank (text, rand);
      g_string_append_c (text, kind == 2 ? '}' : ']');
    }
  add_blank (text, rand);
}

static char *
random_object (GRand *rand)
{
  GString *text = g_string_new ("{");

  for (int n = g_rand_int_range (rand, 0, 6), i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s\"m%d\":", i > 0 ? "," : "", i);
      add_value (text, rand, 4);
    }
  g_string_append_c (text, '}');

  return g_string_free (text, FALSE);
}

/* Every member's raw text must be what json-glib makes of that member. */
static void
test_members (void)
{
  for (guint32 seed = 1; seed <= 500; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autofree char *text = random_object (rand);
      g_autoptr(JsonParser) parser = json_parser_new ();
      g_autoptr(GError) error = NULL;
      JsonObject *object;
      FarePull pull;
      FareSpan key;
      guint n = 0;

      json_parser_load_from_data (parser, text, -1, &error);
      g_assert_no_error (error);
      object = json_node_get_object (json_parser_get_root (parser));
      fare_pull_init (&pull, text, strlen (text));
      g_assert_true (fare_pull_enter (&pull, '{'));
      while (fare_pull_next_member (&pull, &key))
        {
          g_autofree char *name = fare_span_dup (&key, 0);
          const char *start = pull.p;
          g_autofree char *raw = NULL;
          g_autoptr(JsonNode) node = NULL;

          fare_pull_skip (&pull);
          raw = g_strndup (start, pull.p - start);
          node = json_from_string (raw, &error);
          g_assert_no_error (error);
          /* json-glib gives no node for a bare null. */
          if (node != NULL)
            g_assert_true (json_node_equal (node, json_object_get_member (object, name)));
          n++;
        }
      g_assert_true (fare_pull_at_end (&pull));
      g_assert_cmpuint (n, ==, json_object_get_size (object));
    }
}

/* Cut anywhere, a document is never taken for a whole one; the buffer ends where the text ends, so
 * that a sanitizer sees any look beyond it. */
static void
test_cut (void)
{
  for (guint32 seed = 1; seed <= 60; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autofree char *text = random_object (rand);
      gsize length = strlen (text);

      for (gsize cut = 0; cut < length; cut++)
        {
          g_autofree char *part = g_memdup2 (text, cut);
          FarePull pull;

          fare_pull_init (&pull, part != NULL ? part : "", cut);
          fare_pull_skip (&pull);
          g_assert_false (fare_pull_at_end (&pull));
        }
    }
}

static void
test_junk (void)
{
  for (guint32 seed = 1; seed <= 2000; seed++)
    {
      static const char bytes[] = "{}[]\",:\\ tfn01-.eu\x00\xff";
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      gsize length = (gsize) g_rand_int_range (rand, 1, 80);
      g_autofree char *text = g_malloc (length);
      FarePull pull;
      FareSpan key;

      for (gsize i = 0; i < length; i++)
        text[i] = bytes[g_rand_int_range (rand, 0, sizeof bytes)];
      fare_pull_init (&pull, text, length);
      if (fare_pull_enter (&pull, '{'))
        while (fare_pull_next_member (&pull, &key))
          fare_pull_skip (&pull);
      g_assert_true (pull.p <= pull.end);
    }
}

static gint64
count_of (const char *text)
{
  FarePull pull;

  fare_pull_init (&pull, text, strlen (text));

  return fare_pull_count (&pull);
}

static void
test_counts (void)
{
  g_assert_cmpint (count_of ("12"), ==, 12);
  g_assert_cmpint (count_of ("12.9"), ==, 12);
  g_assert_cmpint (count_of ("1e3"), ==, 1000);
  g_assert_cmpint (count_of ("\"345\""), ==, 345);
  g_assert_cmpint (count_of ("\" 345 \""), ==, 345);
  g_assert_cmpint (count_of ("\"7.5\""), ==, 7);
  g_assert_cmpint (count_of ("-5"), ==, 0);
  g_assert_cmpint (count_of ("null"), ==, 0);
  g_assert_cmpint (count_of ("true"), ==, 0);
  g_assert_cmpint (count_of ("\"many\""), ==, 0);
  g_assert_cmpint (count_of ("\"\""), ==, 0);
  g_assert_cmpint (count_of ("{}"), ==, 0);
  g_assert_cmpint (count_of ("[1]"), ==, 0);
  g_assert_cmpint (count_of ("0x10"), ==, 0);
  g_assert_cmpint (count_of ("nan"), ==, 0);
  g_assert_cmpint (count_of ("9223372036854775808"), ==, FARE_PULL_COUNT_MAX);
  g_assert_cmpint (count_of ("1e300"), ==, FARE_PULL_COUNT_MAX);
}

static void
assert_text (const char *raw,
             const char *expected)
{
  FareSpan span = { raw, strlen (raw) };
  g_autofree char *text = fare_span_dup (&span, 0);

  g_assert_cmpstr (text, ==, expected);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_texts (void)
{
  assert_text ("plain", "plain");
  assert_text ("a\\\"b\\\\c\\/d\\n", "a\"b\\c/d\n");
  assert_text ("\\u00e9\\ud83d\\ude00", "é😀");
  assert_text ("\\ud83d", "\xef\xbf\xbd");
  assert_text ("\\u0000", "\xef\xbf\xbd");
  assert_text ("\\u12", "\xef\xbf\xbd");
  assert_text ("x\\", "x");
  assert_text ("bad \xff byte", "bad \xef\xbf\xbd byte");
}

static void
test_depth (void)
{
  g_autofree char *text = g_malloc (100000);
  FarePull pull;

  memset (text, '[', 100000);
  fare_pull_init (&pull, text, 100000);
  fare_pull_skip (&pull);
  g_assert_true (pull.failed);
}

/* Where strings end that are little but quotes and backslashes, of every length around the sixteen and
 * the sixty-four characters that are looked at together. */
static void
test_string_ends (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (6);

  for (int turn = 0; turn < 30000; turn++)
    {
      g_autoptr(GString) text = g_string_new ("\"");
      guint length = (guint) g_rand_int_range (rand, 0, 300);
      int plain = g_rand_int_range (rand, 1, 100);
      g_autofree char *copy = NULL;
      const char *p;
      FarePull pull;
      FareSpan span;

      while (text->len < length)
        g_string_append_c (text, g_rand_int_range (rand, 0, plain) > 2
                                 ? 'a' : g_rand_int_range (rand, 0, 5) == 0 ? '"' : '\\');
      for (p = text->str + 1; *p != '\0' && *p != '"'; p++)
        if (*p == '\\' && *++p == '\0')
          break;
      copy = g_memdup2 (text->str, text->len); /* without what follows, for who looks after that */
      fare_pull_init (&pull, copy, text->len);
      if (*p == '"')
        {
          g_assert_true (fare_pull_string (&pull, &span));
          g_assert_cmpint (span.length, ==, p - text->str - 1);
        }
      else
        {
          g_assert_false (fare_pull_string (&pull, &span));
          g_assert_true (pull.failed);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/pull/members-as-json-glib", test_members);
  g_test_add_func ("/formats/pull/cut-anywhere", test_cut);
  g_test_add_func ("/formats/pull/junk", test_junk);
  g_test_add_func ("/formats/pull/counts", test_counts);
  g_test_add_func ("/formats/pull/texts", test_texts);
  g_test_add_func ("/formats/pull/depth", test_depth);
  g_test_add_func ("/formats/pull/string-ends", test_string_ends);

  return g_test_run ();
}
