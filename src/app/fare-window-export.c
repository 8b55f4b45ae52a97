/* fare-window-export.c
 *
 * Writes what the window shows to a file, by way of the command line program: one program
 * decides what a file looks like.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-window-private.h"

/* Beside this program where it is installed, in a neighbouring folder where it was built, or
 * wherever the user has it. */
static char *
find_command (void)
{
  static const char * const places[] = { "tokenfare", "../cli/tokenfare" };
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }

  return g_find_program_in_path ("tokenfare");
}

static void
add_range (FareWindow   *self,
           GStrvBuilder *argv)
{
  FareRange range = fare_range_choice_get_range (self->choice);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (fare_range_choice_get_period (self->choice) == FARE_PERIOD_ALL)
    {
      g_strv_builder_add (argv, "all");
      return;
    }

  first = fare_day_to_string (range.first);
  last = fare_day_to_string (range.end - 1);
  g_strv_builder_add_many (argv, "--from", first, "--to", last, NULL);
}

static void
add_filter (FareWindow   *self,
            GStrvBuilder *argv)
{
  static const char * const options[FARE_FILTER_N_KINDS] = { "--client", "--model", "--project",
                                                            "--machine" };

  for (guint kind = 0; kind < FARE_FILTER_N_KINDS; kind++)
    {
      const char * const *values = fare_filter_get (self->filter, kind);

      for (guint i = 0; values != NULL && values[i] != NULL; i++)
        g_strv_builder_add_many (argv, options[kind], values[i], NULL);
    }
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  FareWindow *self = FARE_WINDOW (g_task_get_source_object (task));
  g_autofree char *complaint = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, NULL, &complaint, &error))
    text = g_strdup (error->message);
  else if (!g_subprocess_get_successful (G_SUBPROCESS (object)))
    text = g_strdup (g_strstrip (complaint));

  path = fare_text_path (g_task_get_task_data (task));

  /* Translators: the placeholder is a file */
  if (text == NULL)
    text = g_strdup_printf (_("Exported to %s"), path);

  if (self->toast_overlay != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);

  g_task_return_boolean (task, error == NULL);
}

void
fare_window_export_to (FareWindow *self,
                       const char *what,
                       const char *path)
{
  g_autofree char *command = find_command ();
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) argv = NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  GTask *task;

  g_return_if_fail (FARE_IS_WINDOW (self));
  g_return_if_fail (what != NULL && path != NULL);

  if (command == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                  _("The program “tokenfare” is missing, which writes files"));
      return;
    }

  g_strv_builder_add_many (builder, command, "export", NULL);
  add_range (self, builder);
  add_filter (self, builder);
  g_strv_builder_add_many (builder, "--what", what,
                           "--format", g_str_has_suffix (path, ".json") ? "json" : "csv",
                           "--output", path, NULL);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char * const *) argv, G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);

  if (process == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
      return;
    }

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, exported_cb, task);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           FareWindow      *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);
      const char *what = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (dialog), "what");

      if (path != NULL)
        fare_window_export_to (self, what != NULL ? what : "usage", path);
    }

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
add_pattern (GtkFileChooser *chooser,
             const char     *title,
             const char     *pattern)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, title);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
fare_window_export (FareWindow *self)
{
  const char *names[] = { "usage", "days", "sessions", "events", NULL };
  const char *titles[] = { _("Tools and Models"), _("Days"), _("Sessions"), _("Every Response"), NULL };
  GtkFileChooserNative *dialog;
  GtkFileChooser *chooser;

  g_return_if_fail (FARE_IS_WINDOW (self));

  dialog = gtk_file_chooser_native_new (_("Export"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _("_Export"), NULL);
  chooser = GTK_FILE_CHOOSER (dialog);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (chooser, "tokenfare.csv");
  gtk_file_chooser_add_choice (chooser, "what", _("Rows"), names, titles);
  gtk_file_chooser_set_choice (chooser, "what", "usage");
  add_pattern (chooser, _("Comma-Separated Values (.csv)"), "*.csv");
  add_pattern (chooser, _("JSON (.json)"), "*.json");
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
