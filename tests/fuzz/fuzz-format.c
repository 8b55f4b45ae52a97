/* fuzz-format.c
 *
 * Feeds bytes to one client's reader as if they were its log, in one pass and again from a
 * resume note.  FARE_FUZZ_FORMAT names the client, FARE_FUZZ_NAME the file's name where it
 * matters ("state_5.sqlite").  Nothing may crash, hang or upset a sanitizer, and no
 * row may break what the index relies on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <stdint.h>
#include <stdlib.h>

#include "formats/fare-format.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static char *
make_folder (void)
{
  char *folder = g_dir_make_tmp ("tokenfare-fuzz-XXXXXX", NULL);

  if (folder == NULL)
    g_error ("no temporary folder");

  return folder;
}

static const FareFormat *
find_format (const char *name)
{
  const char *id = g_getenv ("FARE_FUZZ_FORMAT");
  guint n;
  const FareFormat * const *formats = fare_format_get_all (&n);

  /* A client may have several formats; the file's name tells which is meant. */
  for (guint i = 0; i < n; i++)
    if (g_str_equal (formats[i]->id, id != NULL ? id : "claude") && formats[i]->claims (name))
      return formats[i];

  g_error ("no format of “%s” reads “%s”", id, name);
}

static void
check_row (FareLog       *log,
           const FareRow *row)
{
  const FareUsage *usage = &row->usage;

  g_assert_true (usage->input >= 0 && usage->cache_read >= 0 && usage->cache_write_5m >= 0
                 && usage->cache_write_1h >= 0 && usage->output >= 0 && usage->reasoning >= 0);
  g_assert_true (usage->reasoning <= usage->output);
  /* Marks that only tell fold something have neither use nor lines. */
  g_assert_true (fare_usage_total (usage) > 0 || row->reported_pico > 0 || row->lines == 0);
  g_assert_true (row->own_ms >= 0);
  g_assert_true (row->own_session < log->strings->len && row->model < log->strings->len
                 && row->branch < log->strings->len);
}

static GBytes *
read_log (const FareFormat *format,
          const char       *path,
          GBytes           *note,
          gint64            offset,
          gint64            size)
{
  g_autoptr(FareLineReader) reader = fare_line_reader_new ();
  g_autoptr(FareLog) log = fare_log_new ();

  log->path = log->key = path;
  log->size = size;
  log->offset = offset;
  log->note = note != NULL ? g_bytes_ref (note) : NULL;
  log->reader = reader;
  if (!fare_line_reader_open (reader, path, offset, size, NULL))
    return NULL;
  if (format->read (log, NULL))
    {
      for (guint i = 0; i < log->rows->len; i++)
        check_row (log, &g_array_index (log->rows, FareRow, i));
      for (guint i = 0; i < log->strings->len; i++)
        g_assert_true (g_utf8_validate (g_ptr_array_index (log->strings, i), -1, NULL));
    }
  fare_line_reader_close (reader);

  return log->new_note != NULL ? g_bytes_ref (log->new_note) : NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static char *path;
  static const FareFormat *format;
  g_autoptr(GBytes) note = NULL;
  g_autoptr(GBytes) last = NULL;
  gint64 half = (gint64) size / 2;

  if (path == NULL)
    {
      const char *name = g_getenv ("FARE_FUZZ_NAME");
      g_autofree char *folder = make_folder ();

      path = g_build_filename (folder, name != NULL ? name : "s.jsonl", NULL);
      format = find_format (name != NULL ? name : "s.jsonl");
    }
  if (!g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE,
                                 0600, NULL))
    return 0;
  note = read_log (format, path, NULL, 0, (gint64) size);
  if (!format->is_document && note != NULL)
    last = read_log (format, path, note, half, (gint64) size);

  return 0;
}
