/* fare-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-run.h"

#include <glib/gi18n.h>

/* While the program runs. */
typedef struct
{
  GSubprocess *process;
  GMainLoop   *loop;
  char        *output;
  char        *complaint;
  GError      *error;
} Run;

static void
run_clear (Run *self)
{
  g_clear_object (&self->process);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->complaint, g_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Run *self = user_data;

  g_subprocess_communicate_utf8_finish (self->process, result, &self->output, &self->complaint,
                                        &self->error);
  g_main_loop_quit (self->loop);
}

/* What it has printed until then still comes. */
static gboolean
late_cb (gpointer user_data)
{
  g_subprocess_force_exit (((Run *) user_data)->process);
  return G_SOURCE_REMOVE;
}

static void
wait_for (Run   *self,
          guint  seconds)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GSource) timer = g_timeout_source_new_seconds (seconds);

  g_main_context_push_thread_default (context);
  self->loop = g_main_loop_new (context, FALSE);
  g_source_set_callback (timer, late_cb, self, NULL);
  if (seconds > 0)
    g_source_attach (timer, context);
  g_subprocess_communicate_utf8_async (self->process, NULL, NULL, ended_cb, self);
  g_main_loop_run (self->loop);
  g_source_destroy (timer);
  g_main_context_pop_thread_default (context);
}

static void
take_complaint (const Run   *self,
                const char  *program,
                GError     **error)
{
  g_autofree char *text = g_strconcat (self->complaint != NULL ? self->complaint : "", "\n",
                                       self->output != NULL ? self->output : "", NULL);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", program,
               *g_strstrip (text) != '\0' ? text : _("it failed"));
}

char *
fare_run (const char * const  *command,
          guint                seconds,
          GError             **error)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_auto(Run) run = { NULL };

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_setenv (launcher, "LANGUAGE", "", TRUE);
  run.process = g_subprocess_launcher_spawnv (launcher, command, error);
  if (run.process == NULL)
    return NULL;

  wait_for (&run, seconds);
  if (run.error != NULL || !g_subprocess_get_successful (run.process))
    {
      take_complaint (&run, command[0], error);
      return NULL;
    }

  return g_steal_pointer (&run.output);
}
