/* window-figure.c
 *
 * Opens the window on the home it finds itself in, and prints what its cost card shows, with each
 * change another line, until its standard input ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib-unix.h>
#include <stdio.h>

#include "ui-room.h"

typedef struct
{
  UiRoom   room;
  char    *shown;
  gboolean is_over;
} Show;

static gboolean
ended_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  Show *self = user_data;

  self->is_over = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
look_cb (gpointer user_data)
{
  Show *self = user_data;
  const char *text = ui_room_get_cost (&self->room);

  if (g_strcmp0 (text, self->shown) != 0)
    {
      g_free (self->shown);
      self->shown = g_strdup (text);
      printf ("%s\n", text);
      fflush (stdout);
    }

  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  Show self = { 0 };
  guint look_id;

  ui_room_open (&self.room);
  ui_room_wait_settled (&self.room);
  look_id = g_timeout_add (50, look_cb, &self);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, ended_cb, &self);
  while (!self.is_over)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (look_id);
  ui_room_close (&self.room);
  g_object_unref (self.room.application);
  g_free (self.shown);
  return 0;
}
