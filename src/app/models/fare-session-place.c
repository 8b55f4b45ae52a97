/* fare-session-place.c
 *
 * A place in a log.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/fare-text.h"
#include "models/fare-session-place.h"

/* Every database of SQLite begins with this. */
#define DATABASE_MARK "SQLite format 3"

/* Every file compressed by zstd begins with these four bytes. */
#define ZSTD_MARK "\x28\xb5\x2f\xfd"

#define CHUNK (64 * 1024)

typedef struct
{
  char   *path;
  gint64  offset;
} Place;

typedef struct
{
  char    *text;
  guint64  line;
} Found;

/* How editors are told the line. */
typedef enum
{
  STYLE_GOTO,  /* -g PATH:LINE */
  STYLE_PLUS,  /* +LINE PATH */
  STYLE_COLON, /* PATH:LINE */
  STYLE_LINE,  /* --line LINE PATH */
} Style;

static const struct
{
  const char *program;
  Style       style;
} editors[] = {
  { "gnome-text-editor", STYLE_PLUS },
  { "code", STYLE_GOTO },
  { "codium", STYLE_GOTO },
  { "zed", STYLE_COLON },
  { "gedit", STYLE_PLUS },
  { "kate", STYLE_LINE },
  { "kwrite", STYLE_LINE },
  { "xed", STYLE_PLUS },
  { "pluma", STYLE_PLUS },
  { "mousepad", STYLE_LINE },
  { "subl", STYLE_COLON },
  { "gvim", STYLE_PLUS },
  { "emacs", STYLE_PLUS },
};

static void
place_free (gpointer data)
{
  g_free (((Place *) data)->path);
  g_free (data);
}

static void
found_free (gpointer data)
{
  g_free (((Found *) data)->text);
  g_free (data);
}

/* Lines before @offset; -1 with @error. */
static gint64
count_lines (GInputStream  *stream,
             gint64         offset,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  gint64 n = 0;

  while (offset > 0)
    {
      gssize size = g_input_stream_read (stream, chunk, (gsize) MIN (offset, CHUNK), cancellable,
                                         error);

      if (size < 0)
        return -1;
      if (size == 0)
        break;

      for (const char *p = chunk; (p = memchr (p, '\n', (gsize) (chunk + size - p))) != NULL; p++)
        n++;

      offset -= size;
    }

  return n;
}

static Found *
find (const Place   *place,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (place->path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);
  char mark[16] = "";
  gsize size = 0;
  gint64 lines;
  Found *found;
  g_autofree char *offset = NULL;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), mark, sizeof mark, &size, cancellable,
                                error))
    return NULL;

  found = g_new0 (Found, 1);
  offset = fare_text_count (place->offset);

  if (size >= strlen (DATABASE_MARK) && memcmp (mark, DATABASE_MARK, strlen (DATABASE_MARK)) == 0)
    {
      /* Translators: a file and the number of a row in it */
      found->text = g_strdup_printf (_("%s, row %s"), place->path, offset);
      return found;
    }

  if (size >= 4 && memcmp (mark, ZSTD_MARK, 4) == 0)
    {
      /* Translators: a file and the number of a byte in it */
      found->text = g_strdup_printf (_("%s, byte %s when unpacked"), place->path, offset);
      return found;
    }

  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    lines = -1;
  else
    lines = count_lines (G_INPUT_STREAM (stream), place->offset, cancellable, error);

  if (lines < 0)
    {
      found_free (found);
      return NULL;
    }

  found->line = (guint64) lines + 1;
  found->text = g_strdup_printf ("%s:%" G_GUINT64_FORMAT, place->path, found->line);

  return found;
}

static void
find_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  Found *found = find (task_data, cancellable, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, found_free);
  else
    g_task_return_error (task, error);
}

void
fare_session_place_find (const char          *path,
                         gint64               offset,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Place *place = g_new0 (Place, 1);

  *place = (Place) { g_strdup (path), offset };
  g_task_set_task_data (task, place, place_free);
  g_task_run_in_thread (task, find_thread);
}

char *
fare_session_place_find_finish (GAsyncResult  *result,
                                guint64       *line,
                                GError       **error)
{
  Found *found = g_task_propagate_pointer (G_TASK (result), error);
  char *text = NULL;

  *line = 0;

  if (found != NULL)
    {
      *line = found->line;
      text = g_steal_pointer (&found->text);
      found_free (found);
    }

  return text;
}

static GStrv
write_command (Style       style,
               const char *program,
               const char *path,
               guint64     line)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, line);
  g_autofree char *plus = g_strconcat ("+", number, NULL);
  g_autofree char *place = g_strconcat (path, ":", number, NULL);

  g_strv_builder_add (builder, program);

  switch (style)
    {
    case STYLE_GOTO:
      g_strv_builder_add_many (builder, "-g", place, NULL);
      break;

    case STYLE_PLUS:
      g_strv_builder_add_many (builder, plus, path, NULL);
      break;

    case STYLE_LINE:
      g_strv_builder_add_many (builder, "--line", number, path, NULL);
      break;

    default:
      g_strv_builder_add (builder, place);
    }

  return g_strv_builder_end (builder);
}

GStrv
fare_session_place_get_command (const char *path,
                                guint64     line)
{
  g_autoptr(GAppInfo) usual = g_app_info_get_default_for_type ("text/plain", FALSE);
  const char *executable = usual != NULL ? g_app_info_get_executable (usual) : NULL;
  g_autofree char *preferred = executable != NULL ? g_path_get_basename (executable) : NULL;

  g_return_val_if_fail (path != NULL, NULL);

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (editors); i++)
      {
        g_autofree char *program = NULL;

        if (round == 0 && g_strcmp0 (preferred, editors[i].program) != 0)
          continue;

        program = g_find_program_in_path (editors[i].program);
        if (program != NULL)
          return write_command (editors[i].style, program, path, line);
      }

  return NULL;
}
