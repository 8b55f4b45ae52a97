/* fare-rebuild-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-rebuild.h"
#include "preferences/fare-rebuild-dialog.h"

#define TICK_MS 100

struct _FareRebuildDialog
{
  AdwWindow        parent_instance;

  GtkStack        *stack;
  GtkProgressBar  *bar;
  GtkLabel        *result_label;

  FareMeter       *meter;
  guint            tick_id;
};

/* Shared with the worker, which outlives nobody: the dialog cannot be closed before it ends. */
typedef struct
{
  FarePaths       *paths;
  GMutex           mutex;    /* guards what follows */
  FareProgress     progress;
} Work;

G_DEFINE_FINAL_TYPE (FareRebuildDialog, fare_rebuild_dialog, ADW_TYPE_WINDOW)

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->paths);
  g_mutex_clear (&work->mutex);
  g_free (work);
}

static void
progress_cb (const FareProgress *progress,
             gpointer            user_data)
{
  Work *work = user_data;

  g_mutex_lock (&work->mutex);
  work->progress = *progress;
  g_mutex_unlock (&work->mutex);
}

static void
rebuild_in_thread (GTask        *task,
                   gpointer      source_object,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Work *work = task_data;
  g_auto(FareRebuilt) rebuilt = { NULL };
  GError *error = NULL;
  char *text;

  if (!fare_rebuild_index (work->paths, progress_cb, work, cancellable, &rebuilt, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (rebuilt.backup != NULL)
    {
      g_autofree char *path = fare_text_path (rebuilt.backup);

      /* Translators: the placeholder is a file */
      text = g_strdup_printf (_("The index has been made anew. The old one is kept as %s."), path);
    }
  else
    {
      text = g_strdup (_("The index has been made anew."));
    }

  if (!rebuilt.has_history && rebuilt.backup != NULL)
    {
      g_autofree char *first = text;

      text = g_strjoin (" ", first, _("What the old one knew of deleted logs could not be taken over."),
                        NULL);
    }

  g_task_return_pointer (task, text, g_free);
}

static gboolean
tick_cb (gpointer user_data)
{
  FareRebuildDialog *self = user_data;
  Work *work = g_object_get_data (G_OBJECT (self), "work");
  g_autofree char *done = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;
  FareProgress progress;

  g_mutex_lock (&work->mutex);
  progress = work->progress;
  g_mutex_unlock (&work->mutex);

  if (progress.files_total <= 0)
    {
      gtk_progress_bar_pulse (self->bar);
      return G_SOURCE_CONTINUE;
    }

  done = fare_text_count (progress.files_done);
  all = fare_text_count (progress.files_total);
  /* Translators: two numbers of files, as in “1,204 of 3,880 files” */
  text = g_strdup_printf (_("%s of %s files"), done, all);
  gtk_progress_bar_set_fraction (self->bar, (double) progress.files_done / progress.files_total);
  gtk_progress_bar_set_text (self->bar, text);

  return G_SOURCE_CONTINUE;
}

static void
rebuilt_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  FareRebuildDialog *self = FARE_REBUILD_DIALOG (object);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  if (text != NULL)
    fare_meter_reopen (self->meter, &error);

  /* Whatever became of it, figures go on. */
  fare_meter_start (self->meter);
  gtk_label_set_label (self->result_label, error != NULL ? error->message : text);
  gtk_stack_set_visible_child_name (self->stack, "result");
  gtk_window_set_deletable (GTK_WINDOW (self), TRUE);
}

static void
begin (FareRebuildDialog *self)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, rebuilt_cb, NULL);
  Work *work = g_new0 (Work, 1);

  work->paths = g_object_ref (fare_meter_get_paths (self->meter));
  g_mutex_init (&work->mutex);
  g_object_set_data_full (G_OBJECT (self), "work", work, work_free);
  /* The task holds the dialog, and the dialog the work. */
  g_task_set_task_data (task, work, NULL);
  self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);

  fare_meter_stop (self->meter);
  g_task_run_in_thread (task, rebuild_in_thread);
}

static gboolean
fare_rebuild_dialog_close_request (GtkWindow *window)
{
  FareRebuildDialog *self = FARE_REBUILD_DIALOG (window);

  if (self->tick_id != 0)
    return TRUE;

  return GTK_WINDOW_CLASS (fare_rebuild_dialog_parent_class)->close_request (window);
}

static void
fare_rebuild_dialog_dispose (GObject *object)
{
  FareRebuildDialog *self = FARE_REBUILD_DIALOG (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->meter);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_REBUILD_DIALOG);

  G_OBJECT_CLASS (fare_rebuild_dialog_parent_class)->dispose (object);
}

static void
fare_rebuild_dialog_class_init (FareRebuildDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_rebuild_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = fare_rebuild_dialog_close_request;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-rebuild-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FareRebuildDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, FareRebuildDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, FareRebuildDialog, result_label);
}

static void
fare_rebuild_dialog_init (FareRebuildDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
answered_cb (AdwMessageDialog *question,
             const char       *response,
             FareMeter        *meter)
{
  FareRebuildDialog *self;

  if (g_strcmp0 (response, "rebuild") != 0)
    return;

  self = g_object_new (FARE_TYPE_REBUILD_DIALOG,
                       "transient-for", gtk_window_get_transient_for (GTK_WINDOW (question)),
                       "application", g_application_get_default (),
                       NULL);
  self->meter = g_object_ref (meter);
  gtk_window_present (GTK_WINDOW (self));
  begin (self);
}

GtkWindow *
fare_rebuild_dialog_ask (GtkWindow *parent,
                         FareMeter *meter)
{
  GtkWidget *question;

  g_return_val_if_fail (FARE_IS_METER (meter), NULL);

  question = adw_message_dialog_new (parent, _("Rebuild the Index?"),
                                     _("All logs are read again, which takes as long as the first "
                                       "time. What is known of deleted logs is taken over where it can "
                                       "be read, and the old index is kept beside the new one."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question),
                                    "cancel", _("_Cancel"), "rebuild", _("_Rebuild"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "rebuild",
                                              ADW_RESPONSE_SUGGESTED);
  g_signal_connect_object (question, "response", G_CALLBACK (answered_cb), meter, 0);
  gtk_window_present (GTK_WINDOW (question));

  return GTK_WINDOW (question);
}
