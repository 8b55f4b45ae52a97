/* test-line-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "formats/fare-line-reader.h"

static char *
write_file (const char *text,
            gsize       length)
{
  g_autoptr(GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("tokenfare-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, text, (gssize) length, &error);
  g_assert_no_error (error);

  return path;
}

static void
test_offsets (void)
{
  static const char text[] = "one\n\nthree\nfour without end";
  g_autofree char *path = write_file (text, strlen (text));
  g_autoptr(FareLineReader) reader = fare_line_reader_new ();
  static const struct { gint64 offset; const char *line; } expected[] = {
    { 0, "one" }, { 4, "" }, { 5, "three" },
  };
  const char *line;
  gsize length;
  gint64 offset;

  g_assert_true (fare_line_reader_open (reader, path, 0, G_MAXINT64, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpint (fare_line_reader_next (reader, &line, &length, &offset), ==, FARE_LINE_OK);
      g_assert_cmpint (offset, ==, expected[i].offset);
      g_assert_cmpmem (line, length, expected[i].line, strlen (expected[i].line));
    }
  g_assert_cmpint (fare_line_reader_next (reader, &line, &length, &offset), ==, FARE_LINE_END);
  g_assert_cmpint (fare_line_reader_get_offset (reader), ==, 11);
  fare_line_reader_close (reader);

  /* From the middle, and no further than was seen. */
  g_assert_true (fare_line_reader_open (reader, path, 4, 8, NULL));
  g_assert_cmpint (fare_line_reader_next (reader, &line, &length, &offset), ==, FARE_LINE_OK);
  g_assert_cmpint (offset, ==, 4);
  g_assert_cmpint (fare_line_reader_next (reader, &line, &length, &offset), ==, FARE_LINE_END);
  g_assert_cmpint (fare_line_reader_get_offset (reader), ==, 5);
  fare_line_reader_close (reader);
  g_remove (path);
}

/* Lines around the size of the block that is read at once. */
static void
test_long_lines (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(FareLineReader) reader = fare_line_reader_new ();
  g_autofree char *path = NULL;
  static const gsize lengths[] = { 262143, 262144, 262145, 1, 5000000, 0, 131072 };
  const char *line;
  gsize length;
  gint64 offset, expected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      for (gsize j = 0; j < lengths[i]; j++)
        g_string_append_c (text, 'a' + (char) ((i + j) % 26));
      g_string_append_c (text, '\n');
    }
  path = write_file (text->str, text->len);
  g_assert_true (fare_line_reader_open (reader, path, 0, G_MAXINT64, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_assert_cmpint (fare_line_reader_next (reader, &line, &length, &offset), ==, FARE_LINE_OK);
      g_assert_cmpint (offset, ==, expected);
      g_assert_cmpmem (line, length, text->str + expected, lengths[i]);
      expected += (gint64) lengths[i] + 1;
    }
  g_assert_cmpint (fare_line_reader_next (reader, &line, &length, &offset), ==, FARE_LINE_END);
  fare_line_reader_close (reader);
  g_remove (path);
}

/* Put there by an editor; in the middle of a file it is damage, and whose line that is says so. */
static void
test_byte_order_mark (void)
{
  static const char text[] = "\xef\xbb\xbfone\n\xef\xbb\xbftwo\n";
  g_autofree char *path = write_file (text, strlen (text));
  g_autoptr(FareLineReader) reader = fare_line_reader_new ();
  const char *line;
  gsize length;
  gint64 offset;

  g_assert_true (fare_line_reader_open (reader, path, 0, G_MAXINT64, NULL));
  g_assert_cmpint (fare_line_reader_next (reader, &line, &length, &offset), ==, FARE_LINE_OK);
  g_assert_cmpint (offset, ==, 0);
  g_assert_cmpmem (line, length, "one", 3);
  g_assert_cmpint (fare_line_reader_next (reader, &line, &length, &offset), ==, FARE_LINE_OK);
  g_assert_cmpint (offset, ==, 7);
  g_assert_cmpint (length, ==, 6);
  fare_line_reader_close (reader);
  g_remove (path);
}

static void
test_missing (void)
{
  g_autoptr(FareLineReader) reader = fare_line_reader_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (fare_line_reader_open (reader, "/nonexistent/x", 0, G_MAXINT64, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_directory (void)
{
  g_autoptr(FareLineReader) reader = fare_line_reader_new ();
  const char *line;
  gsize length;
  gint64 offset;

  if (fare_line_reader_open (reader, "/", 0, G_MAXINT64, NULL))
    {
      g_assert_cmpint (fare_line_reader_next (reader, &line, &length, &offset), ==,
                       FARE_LINE_ERROR);
      g_assert_cmpint (fare_line_reader_get_errno (reader), !=, 0);
      fare_line_reader_close (reader);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/line-reader/offsets", test_offsets);
  g_test_add_func ("/formats/line-reader/long-lines", test_long_lines);
  g_test_add_func ("/formats/line-reader/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/formats/line-reader/missing", test_missing);
  g_test_add_func ("/formats/line-reader/directory", test_directory);

  return g_test_run ();
}
