/* main.c
 *
 * tokenfare, the command line.
 *
 * All commands are in a module, because the libraries that they need take longer to load
 * than a status line may: that one is asked every second.  It is answered here as long as
 * nothing has changed since the last time, then by a small module that counts anew with the
 * prices of last time, and otherwise by its command.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fare-locale.h"
#include "fare-main.h"
#include "fare-statusline.h"

/* Who starts a program with one of them closed must not have a file in its place, the index for instance. */
static void
fill_standard_streams (void)
{
  int fd;

  for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", fd == STDIN_FILENO ? O_RDONLY : O_WRONLY) != fd)
      exit (EXIT_FAILURE);
}

static gboolean
is_statusline (int    argc,
               char **argv)
{
  return argc > 1 && strcmp (argv[1], "statusline") == 0;
}

/* Whatever GLib has to say, about a zone that it does not understand for instance, has no place there. */
static GLogWriterOutput
keep_quiet (GLogLevelFlags   level,
            const GLogField *fields,
            gsize            n_fields,
            gpointer         user_data)
{
  return G_LOG_WRITER_HANDLED;
}

/* Returns: whether the line has been printed */
static gboolean
print_statusline (const char * const *args)
{
  g_autoptr(FarePaths) paths = NULL;
  g_autoptr(FareGlance) glance = NULL;
  gint64 now_ms = g_get_real_time () / 1000;
  FareStatusline line;

  if (!fare_statusline_read_args (&line, args))
    return FALSE;

  paths = fare_paths_new ();
  glance = fare_glance_look_up (paths, line.period, now_ms);
  if (glance == NULL)
    return FALSE;

  signal (SIGPIPE, SIG_IGN);
  fare_statusline_print (&line, glance, paths, now_ms);
  return TRUE;
}

/* It stands beside a program that runs where it was built.  Symbols are looked up when they are
 * used, because most of the libraries' never are. */
static void *
open_module (const char *name)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *installed = NULL;

  if (beside != NULL && access (beside, F_OK) == 0)
    return dlopen (beside, RTLD_LAZY | RTLD_LOCAL);

  installed = g_build_filename (FARE_COMMANDS_DIR, name, NULL);
  return dlopen (installed, RTLD_LAZY | RTLD_LOCAL);
}

/* Without the libraries of the other commands.  Returns: whether the line has been printed */
static gboolean
count_statusline (const char * const *args)
{
  void *module = open_module (FARE_LINE_MODULE);
  FareLineFunc func = NULL;

  if (module != NULL)
    *(void **) &func = dlsym (module, FARE_LINE_SYMBOL);

  return func != NULL && func (args);
}

static int
run_command (int    argc,
             char **argv)
{
  void *module = open_module (FARE_MAIN_MODULE);
  FareMainFunc func = NULL;

  if (module != NULL)
    *(void **) &func = dlsym (module, FARE_MAIN_SYMBOL);
  /* While it is being upgraded there is nothing to show for a moment. */
  if (func == NULL && is_statusline (argc, argv))
    return EXIT_SUCCESS;
  if (func == NULL)
    {
      fprintf (stderr, _("tokenfare: A part of the program is missing (%s). Install it anew.\n"),
               dlerror ());
      return EXIT_FAILURE;
    }

  return func (argc, argv);
}

int
main (int    argc,
      char **argv)
{
  fill_standard_streams ();
  if (is_statusline (argc, argv))
    g_log_set_writer_func (keep_quiet, NULL, NULL);

  fare_locale_init ();

  if (is_statusline (argc, argv)
      && (print_statusline ((const char * const *) argv + 2)
          || count_statusline ((const char * const *) argv + 2)))
    return EXIT_SUCCESS;

  return run_command (argc, argv);
}
