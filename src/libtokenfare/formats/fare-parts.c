/* fare-parts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "formats/fare-parts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More of a prompt than this never gets into a title. */
#define PROMPT_BYTES 4096

/* Side files are some kilobytes; a larger one is not what it seems. */
#define SIDE_FILE_LIMIT (16 * 1024 * 1024)

/* 9999-12-31T23:59:59.999Z */
#define LAST_MS 253402300799999.0

gint64
fare_parts_count (FarePull *pull)
{
  gint64 count = fare_pull_count (pull);

  return MIN (count, 4 * FARE_USAGE_LIMIT);
}

gboolean
fare_parts_instant (FarePull *pull,
                    double    scale,
                    gint64   *time_ms)
{
  double value;

  *time_ms = 0;
  if (!fare_pull_number (pull, &value))
    return FALSE;
  /* Seconds as a float fall short of the millisecond they mean by some 10^-4 ms. */
  value = value * scale + 0.0005;
  if (value < 1 || value > LAST_MS)
    return FALSE;
  *time_ms = (gint64) value;

  return TRUE;
}

static void
join_part (FarePull *pull,
           GString  *text)
{
  FareSpan key, span;

  if (fare_pull_peek (pull) == '"')
    {
      if (fare_pull_string (pull, &span))
        g_string_append_len (text, span.text, (gssize) span.length);
      return;
    }
  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (!fare_span_equal (&key, "text"))
        fare_pull_skip (pull);
      else if (fare_pull_string (pull, &span))
        g_string_append_len (text, span.text, (gssize) span.length);
    }
}

guint32
fare_parts_title (FareLog            *log,
                  const FareSpan     *content,
                  const char * const *ignored)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *start = NULL;
  FarePull pull;
  FareSpan span;

  fare_pull_init (&pull, content->text, content->length);
  if (fare_pull_peek (&pull) != '[')
    join_part (&pull, text);
  else if (fare_pull_enter (&pull, '['))
    while (text->len < PROMPT_BYTES && fare_pull_next_item (&pull))
      join_part (&pull, text);

  span = (FareSpan) { text->str, text->len };
  start = fare_span_dup (&span, PROMPT_BYTES);
  g_strchug (start);
  for (guint i = 0; ignored != NULL && ignored[i] != NULL; i++)
    if (g_str_has_prefix (start, ignored[i]))
      return 0;

  return fare_log_intern_title (log, &span);
}

char *
fare_parts_load (const char *path,
                 gsize      *length)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInfo) info = NULL;
  char *text = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
      || g_file_info_get_size (info) > SIDE_FILE_LIMIT
      || !g_file_get_contents (path, &text, length, NULL))
    return NULL;

  return text;
}

char *
fare_parts_folder (const char *path,
                   guint       levels)
{
  char *folder = g_strdup (path);

  for (guint i = 0; i < levels; i++)
    {
      char *above = g_path_get_dirname (folder);

      g_free (folder);
      folder = above;
    }

  return folder;
}

guint32
fare_parts_intern_name (FareLog    *log,
                        const char *name)
{
  g_autofree char *text = g_utf8_make_valid (name, -1);

  return fare_log_intern (log, text);
}

gboolean
fare_parts_fail (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _("The file is not a whole JSON document."));

  return FALSE;
}
