/* fare-http-rival.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-rival.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define ANSWER_SIZE 4096
#define LISTENING 0x0a

/* The beginning of what /health answers there; "" when it does not. */
static void
ask (guint port,
     char  answer[ANSWER_SIZE])
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  g_autofree char *text = g_strdup_printf ("GET /health HTTP/1.0\r\nHost: 127.0.0.1:%u\r\n\r\n",
                                           port);
  gsize size = 0;

  answer[0] = '\0';
  g_socket_client_set_timeout (client, 1);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, NULL);
  if (connection == NULL
      || !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                     text, strlen (text), NULL, NULL, NULL))
    return;

  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                           ANSWER_SIZE - 1, &size, NULL, NULL);
  answer[size] = '\0';
}

/* The inode of the socket that listens there, 0 when there is none. */
static gulong
find_inode (guint port)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  if (!g_file_get_contents ("/proc/net/tcp", &text, NULL, NULL))
    return 0;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      guint local, state;
      gulong inode;

      if (sscanf (lines[i], " %*u: %*8x:%4x %*8x:%*4x %2x %*x:%*x %*x:%*x %*x %*u %*u %lu", &local,
                  &state, &inode) == 3
          && local == port && state == LISTENING)
        return inode;
    }

  return 0;
}

static gboolean
has_socket (const char *pid,
            gulong      inode)
{
  g_autofree char *folder = g_build_filename ("/proc", pid, "fd", NULL);
  g_autofree char *wanted = g_strdup_printf ("socket:[%lu]", inode);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (g_strcmp0 (target, wanted) == 0)
        return TRUE;
    }

  return FALSE;
}

static char *
find_process (gulong inode)
{
  g_autoptr(GDir) dir = inode != 0 ? g_dir_open ("/proc", 0, NULL) : NULL;
  const char *pid;

  while (dir != NULL && (pid = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", pid, "comm", NULL);
      g_autofree char *name = NULL;

      if (g_ascii_isdigit (*pid) && has_socket (pid, inode)
          && g_file_get_contents (path, &name, NULL, NULL))
        return g_strdup_printf ("%s (%s)", g_strstrip (name), pid);
    }

  return NULL;
}

char *
fare_http_rival_find (guint port)
{
  char answer[ANSWER_SIZE];

  ask (port, answer);
  if (strstr (answer, "\"tokdash\"") != NULL)
    return g_strdup (strstr (answer, "\"tokenfare\"") != NULL ? "Tokenfare" : "Tokdash");

  return find_process (find_inode (port));
}
