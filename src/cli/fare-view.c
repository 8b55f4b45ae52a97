/* fare-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/fare-text.h"
#include "fare-print.h"
#include "fare-progress-line.h"

/* How long a line gets where no terminal has a width. */
#define LINE_COLUMNS 100

gboolean
fare_view_sync (FareMeter  *meter,
                GError    **error)
{
  FareProgressLine line;
  gboolean is_ok;

  fare_progress_line_begin (&line);
  is_ok = fare_meter_sync (meter, fare_progress_line_show, &line, NULL, error);
  fare_progress_line_end (&line);
  return is_ok;
}

void
fare_view_tell_notice (FareMeter *meter)
{
  FareNoticeLevel level;
  g_autofree char *notice = fare_meter_dup_notice (meter, &level);

  if (notice != NULL)
    fare_print_message ("%s", notice);
}

/* Prices and snapshot belong together: the snapshot knows the prices' thresholds. */
static gboolean
take_snapshot (FareView  *self,
               GError   **error)
{
  g_clear_pointer (&self->reader, fare_index_reader_free);
  g_clear_pointer (&self->prices, fare_price_book_unref);
  self->prices = fare_meter_ref_prices (self->meter);
  self->reader = fare_meter_read (self->meter, error);
  return self->reader != NULL;
}

static gboolean
recover (FareView      *self,
         const GError  *reason,
         GError       **error)
{
  if (self->has_output || !fare_meter_recover (self->meter, reason, NULL))
    return FALSE;

  fare_view_tell_notice (self->meter);
  return take_snapshot (self, error);
}

gboolean
fare_view_open (FareView  *self,
                GError   **error)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(GError) reason = NULL;

  self->meter = fare_meter_new (paths);
  if (!fare_meter_open (self->meter, error) || !fare_view_sync (self->meter, error))
    return FALSE;

  if (take_snapshot (self, &reason))
    {
      fare_view_tell_notice (self->meter);
      return TRUE;
    }

  if (recover (self, reason, NULL))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

FareExit
fare_view_ask (FareViewFunc func,
               gpointer     user_data)
{
  g_auto(FareView) self = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) reason = NULL;

  if (!fare_view_open (&self, &error))
    return fare_command_failed (error);
  if (func (&self, user_data, &reason))
    return FARE_EXIT_DONE;
  if (!recover (&self, reason, NULL))
    return fare_command_failed (reason);
  if (func (&self, user_data, &error))
    return FARE_EXIT_DONE;

  return fare_command_failed (error);
}

void
fare_view_begin_output (FareView *self)
{
  self->has_output = TRUE;
}

void
fare_view_clear (FareView *self)
{
  g_clear_pointer (&self->reader, fare_index_reader_free);
  g_clear_pointer (&self->prices, fare_price_book_unref);
  g_clear_object (&self->meter);
}

/* Begins the line of @client.  Returns: %FALSE when the terminal has no room for more */
static gboolean
begin_roots (GString    *line,
             const char *client,
             const char *path,
             int         columns)
{
  g_string_printf (line, "  %s  %s", fare_text_client (client), path);
  if (columns < 2 || fare_print_width (line->str) + fare_print_width (", …") <= columns)
    return TRUE;

  g_string_truncate (line, fare_print_find_cut (line->str, columns - 1));
  g_string_append (line, "…");
  return FALSE;
}

/* Adds @path to a client's @line, in a pipe on a line of its own where that gets long: an agent that lives in
 * many editors has two dozen.  Returns: %FALSE when the terminal has no room for it */
static gboolean
append_root (GString    *line,
             const char *path,
             int         columns)
{
  const char *last;
  gboolean is_long;

  if (columns > 0
      && fare_print_width (line->str) + fare_print_width (path) + fare_print_width (", , …") > columns)
    {
      g_string_append (line, ", …");
      return FALSE;
    }

  last = strrchr (line->str, '\n');
  is_long = columns == 0 && fare_print_width (last != NULL ? last + 1 : line->str)
                            + fare_print_width (path) + fare_print_width (", ,") > LINE_COLUMNS;
  g_string_append_printf (line, is_long ? ",\n    %s" : ", %s", path);
  return TRUE;
}

/* A line for each client; the same folder can be there for several reasons. */
static void
print_roots (const char * const *roots)
{
  int columns = fare_print_get_columns ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GString) line = g_string_new (NULL);
  g_autofree char *client = NULL;
  gboolean has_room = TRUE;

  for (guint i = 0; roots[i] != NULL; i++)
    {
      const char *tab = strchr (roots[i], '\t');
      g_autofree char *id = tab != NULL ? g_strndup (roots[i], tab - roots[i]) : g_strdup ("");
      g_autofree char *path = fare_text_path (tab != NULL ? tab + 1 : roots[i]);

      if (!g_hash_table_add (seen, (gpointer) roots[i]))
        continue;

      if (g_strcmp0 (id, client) == 0)
        {
          has_room = has_room && append_root (line, path, columns);
          continue;
        }
      if (line->len > 0)
        fare_print ("%s\n", line->str);
      has_room = begin_roots (line, id, path, columns);
      g_free (client);
      client = g_steal_pointer (&id);
    }

  fare_print ("%s\n", line->str);
}

void
fare_view_explain_empty (FareView *self)
{
  g_auto(GStrv) roots = NULL;
  gint64 first, last;

  if (fare_index_reader_get_span (self->reader, &first, &last))
    {
      fare_print ("%s\n", _("Nothing was used in this period, or nothing fits what was asked."));
      return;
    }
  roots = fare_meter_dup_roots (self->meter);
  fare_print ("%s\n", _("No use has been found yet."));
  if (roots == NULL || roots[0] == NULL)
    fare_print ("%s\n", _("None of the folders in which agents keep their logs exists."));
  else
    {
      fare_print ("%s\n", _("These folders were looked at:"));
      print_roots ((const char * const *) roots);
    }

  fare_print ("\n%s\n", _("“tokenfare demo FOLDER” writes a year of invented logs, to look around in."));
}
