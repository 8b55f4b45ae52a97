/* main.c
 *
 * tokenfare-server: starts the interface and keeps the index in step.  "tokenfare serve"
 * becomes this program, so that no other command loads an HTTP library.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "base/fare-locale.h"
#include "base/fare-settings.h"
#include "fare-http-rival.h"
#include "fare-http-server.h"

#define FILES 4096

typedef struct
{
  GMainLoop    *loop;
  FareMeter    *meter;
  GFileMonitor *prices;
} Program;

/* Connections and the index need more than the usual 1024. */
static void
raise_limits (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < FILES)
    {
      limit.rlim_cur = MIN (FILES, limit.rlim_max);
      setrlimit (RLIMIT_NOFILE, &limit);
    }
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* Another program edited the prices. */
static void
prices_changed_cb (GFileMonitor      *monitor,
                   GFile             *file,
                   GFile             *other,
                   GFileMonitorEvent  event,
                   gpointer           user_data)
{
  if (event != G_FILE_MONITOR_EVENT_CHANGED && event != G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    fare_meter_reload_prices (user_data, NULL);
}

static GFileMonitor *
watch_prices (FareMeter *meter)
{
  const char *path = fare_paths_get_prices_file (fare_meter_get_paths (meter));
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor != NULL)
    g_signal_connect (monitor, "changed", G_CALLBACK (prices_changed_cb), meter);

  return monitor;
}

static void
say_taken (guint         port,
           const GError *error)
{
  g_autofree char *rival = NULL;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      g_printerr ("tokenfare: %s\n", error->message);
      return;
    }

  rival = fare_http_rival_find (port);
  /* Translators: %2$s is the name of a program. */
  if (rival != NULL)
    g_printerr (_("tokenfare: Port %1$u is in use by %2$s. Name another one with --port."), port,
                rival);
  else
    g_printerr (_("tokenfare: Port %u is in use by another program. Name another one with --port."),
                port);
  g_printerr ("\n");
}

static int
serve (FareMeter           *meter,
       guint                port,
       const char * const  *hosts)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  g_autoptr(FareHttpServer) server = fare_http_server_new (meter, port, hosts, &error);
  g_autoptr(GFileMonitor) prices = NULL;
  g_autofree char *address = NULL;

  if (server == NULL)
    {
      say_taken (port, error);
      return 1;
    }

  prices = watch_prices (meter);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  fare_meter_start (meter);

  address = g_strdup_printf ("http://127.0.0.1:%u/", fare_http_server_get_port (server));
  printf (_("Tokenfare answers at %s"), address);
  printf ("\n");
  fflush (stdout);

  g_main_loop_run (loop);
  g_clear_pointer (&server, fare_http_server_free);
  fare_meter_stop (meter);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *asked = NULL;
  guint64 port = 0;
  g_auto(GStrv) named = NULL;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_FILENAME, &asked, NULL, NULL },
    { "host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &named, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(FarePaths) paths = NULL;
  g_autoptr(FareMeter) meter = NULL;
  g_autoptr(FareSettings) settings = NULL;
  g_autoptr(GError) error = NULL;

  fare_locale_init ();
  signal (SIGPIPE, SIG_IGN);
  raise_limits ();

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1
      || (asked != NULL && !g_ascii_string_to_unsigned (asked, 10, 0, G_MAXUINT16, &port, NULL)))
    {
      g_printerr ("tokenfare-server [--port N] [--host NAME]…\n");
      return 2;
    }

  paths = fare_paths_new ();
  meter = fare_meter_new (paths);
  if (!fare_meter_open (meter, &error))
    {
      g_printerr ("tokenfare: %s\n", error->message);
      return 1;
    }

  settings = fare_settings_load (paths);
  if (asked == NULL)
    port = MIN (fare_settings_get_uint (settings, "api-port", FARE_HTTP_PORT), 65535);
  return serve (meter, (guint) port, (const char * const *) named);
}
