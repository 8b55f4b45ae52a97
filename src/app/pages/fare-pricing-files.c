/* fare-pricing-files.c
 *
 * The pricing page and files: the user's prices as text, prices taken over from elsewhere, what
 * other programs write, and nothing unsaved lost when the window closes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "models/fare-pricing-preview.h"
#include "pages/fare-pricing-import.h"
#include "pages/fare-pricing-page-private.h"
#include "pricing/fare-price-json.h"

/* A file that is written in several steps is read once. */
#define RELOAD_MS 250

static GtkWindow *
get_window (FarePricingPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
show_json_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  FarePricingPage *self = FARE_PRICING_PAGE (widget);

  fare_pricing_draft_refresh (fare_pricing_json_get_draft (self->json));
  gtk_stack_set_visible_child_name (self->stack, "json");
  gtk_widget_child_focus (GTK_WIDGET (self->json), GTK_DIR_TAB_FORWARD);
}

void
fare_pricing_page_show_table (FarePricingPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "table");
  fare_pricing_page_update_notice (self);
}

/* The text on its way to the file, and whether the window waits for it to close. */
typedef struct
{
  FarePricingPage *page;
  GBytes          *contents;
  gboolean         closes;
} Saving;

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saving *saving = user_data;
  g_autoptr(FarePricingPage) self = saving->page;
  g_autoptr(GBytes) contents = saving->contents;
  g_autoptr(GError) error = NULL;
  FarePricingUndo *undo = fare_pricing_change_finish (result, &error);
  gboolean closes = saving->closes;

  g_free (saving);
  fare_pricing_page_set_busy (self, FALSE);
  if (undo == NULL)
    {
      fare_pricing_page_report (self, error->message);
      return;
    }

  fare_pricing_draft_set_saved (fare_pricing_json_get_draft (self->json), contents);
  fare_pricing_page_offer_undo (self, undo, _("Prices saved"));
  if (closes && get_window (self) != NULL)
    gtk_window_close (get_window (self));
}

static void
save (FarePricingPage *self,
      gboolean         closes)
{
  Saving *saving;

  if (self->is_busy || self->meter == NULL)
    return;

  saving = g_new0 (Saving, 1);
  saving->page = g_object_ref (self);
  saving->contents = fare_pricing_draft_dup_text (fare_pricing_json_get_draft (self->json));
  saving->closes = closes;
  fare_pricing_page_set_busy (self, TRUE);
  fare_pricing_write_async (self->meter, saving->contents, fare_pricing_draft_get_base (fare_pricing_json_get_draft (self->json)),
                            saved_cb, saving);
}

static void
json_save_cb (FarePricingPage *self)
{
  save (self, FALSE);
}

static gboolean
close_cb (gpointer user_data)
{
  gtk_window_close (user_data);

  return G_SOURCE_REMOVE;
}

static void
close_response_cb (FarePricingPage *self,
                   const char      *response)
{
  self->is_asking = FALSE;
  if (g_str_equal (response, "save"))
    save (self, TRUE);
  else if (g_str_equal (response, "discard"))
    {
      fare_pricing_draft_discard (fare_pricing_json_get_draft (self->json));
      /* Not before the question itself is gone: it still speaks to the window it lies over. */
      if (get_window (self) != NULL)
        g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_cb, g_object_ref (get_window (self)),
                         g_object_unref);
    }
}

static void
ask_before_close (FarePricingPage *self)
{
  AdwMessageDialog *dialog;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (get_window (self), _("Save Prices?"), NULL));
  adw_message_dialog_set_body (dialog,
                               fare_pricing_draft_can_save (fare_pricing_json_get_draft (self->json))
                                   ? _("The prices as JSON have changes that are not saved.")
                                   : _("The prices as JSON have changes that are not saved, and they "
                                       "are no valid price file yet."));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "discard", _("_Discard"),
                                    "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "save", fare_pricing_draft_can_save (fare_pricing_json_get_draft (self->json)));
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self,
                           G_CONNECT_SWAPPED);
  self->is_asking = TRUE;
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
close_request_cb (FarePricingPage *self)
{
  FarePricingDraft *draft = fare_pricing_json_get_draft (self->json);

  if (self->editor != NULL && fare_pricing_editor_is_unsaved (self->editor))
    {
      gtk_window_close (GTK_WINDOW (self->editor));
      return GDK_EVENT_STOP;
    }

  if (draft == NULL || !fare_pricing_draft_is_unsaved (draft))
    return GDK_EVENT_PROPAGATE;

  if (!self->is_asking)
    ask_before_close (self);

  return GDK_EVENT_STOP;
}

void
fare_pricing_page_watch_window (FarePricingPage *self)
{
  GtkWindow *window = get_window (self);

  if (window != NULL)
    g_signal_connect_object (window, "close-request", G_CALLBACK (close_request_cb), self,
                             G_CONNECT_SWAPPED);
}

void
fare_pricing_page_connect_json (FarePricingPage *self)
{
  fare_pricing_json_set_meter (self->json, self->meter);
  g_signal_connect_object (self->json, "save", G_CALLBACK (json_save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->json, "back", G_CALLBACK (fare_pricing_page_show_table), self,
                           G_CONNECT_SWAPPED);
}

static void
reload_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  fare_meter_reload_prices (task_data, NULL);
  g_task_return_boolean (task, TRUE);
}

static gboolean
reload_cb (gpointer user_data)
{
  FarePricingPage *self = user_data;
  g_autoptr(GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  self->reload_id = 0;
  g_task_set_task_data (task, g_object_ref (self->meter), g_object_unref);
  g_task_run_in_thread (task, reload_in_thread);

  return G_SOURCE_REMOVE;
}

/* Another program, or an editor, wrote the file.  Our own changes have loaded the prices already, but
 * events do not say whose they are. */
static void
file_changed_cb (FarePricingPage   *self,
                 GFile             *file,
                 GFile             *other_file,
                 GFileMonitorEvent  event)
{
  if (event == G_FILE_MONITOR_EVENT_CHANGED)
    return;

  g_clear_handle_id (&self->reload_id, g_source_remove);
  self->reload_id = g_timeout_add (RELOAD_MS, reload_cb, self);
}

void
fare_pricing_page_watch_file (FarePricingPage *self)
{
  g_autoptr(GFile) file =
    g_file_new_for_path (fare_paths_get_prices_file (fare_meter_get_paths (self->meter)));

  /* Without a monitor the prices are read when the program starts, and after every change here. */
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (file_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
import_cb (FarePricingImport *dialog,
           FarePricingPage   *self)
{
  fare_pricing_page_change (self, fare_pricing_preview_apply,
                            g_strdup (fare_pricing_import_get_preview (dialog)->path), g_free,
                            _("Prices imported"));
}

static void
previewed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(FarePricingPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePricingPreview) preview = fare_pricing_preview_finish (result, &error);
  FarePricingImport *dialog;

  fare_pricing_page_set_busy (self, FALSE);
  if (get_window (self) == NULL)
    return;

  if (preview == NULL)
    {
      fare_pricing_page_report (self, error->message);
      return;
    }

  dialog = fare_pricing_import_new (get_window (self), g_steal_pointer (&preview));
  g_signal_connect_object (dialog, "import", G_CALLBACK (import_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
fare_pricing_page_import (FarePricingPage *self,
                          const char      *path)
{
  if (self->is_busy || self->meter == NULL)
    return;

  fare_pricing_page_set_busy (self, TRUE);
  fare_pricing_preview_async (self->meter, path, previewed_cb, g_object_ref (self));
}

static void
file_chosen_cb (FarePricingPage      *self,
                int                   response,
                GtkFileChooserNative *chooser)
{
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    path = g_file_get_path (file);

  if (path != NULL)
    fare_pricing_page_import (self, path);
  else if (file != NULL)
    fare_pricing_page_report (self, _("Only files of this computer can be imported."));

  g_clear_object (&self->chooser);
}

static void
choose_file_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  FarePricingPage *self = FARE_PRICING_PAGE (widget);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  /* Nothing else holds a native dialog while it is open. */
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Import Prices"), get_window (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"),
                                               _("_Cancel"));
  gtk_file_filter_set_name (filter, _("JSON files"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
import_tokdash_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  FarePricingPage *self = FARE_PRICING_PAGE (widget);
  const FarePricingData *data = fare_pricing_page_get_data (self);

  if (data != NULL && data->tokdash_path != NULL)
    fare_pricing_page_import (self, data->tokdash_path);
}

/* Finding an entry's text means reading the files, which is not for the thread that draws. */
static void
copy_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr(FarePriceEdit) edit = fare_pricing_change_open (FARE_METER (task_data), &error);
  const char *id = g_object_get_data (G_OBJECT (task), "id");
  g_autoptr(JsonNode) entry = edit != NULL ? fare_price_edit_dup_entry (edit, id) : NULL;

  if (edit == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, entry != NULL ? fare_price_json_to_text (entry) : NULL, g_free);
}

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  FarePricingPage *self = FARE_PRICING_PAGE (object);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    fare_pricing_page_report (self, error->message);
  else if (text != NULL)
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
      fare_pricing_page_toast (self, _("Copied as JSON"));
    }
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  FarePricingPage *self = FARE_PRICING_PAGE (widget);
  FarePricingItem *item = fare_pricing_list_get_selected (self->list);
  const FarePricingLine *line = item != NULL ? fare_pricing_item_get_line (item) : NULL;
  g_autoptr(GTask) task = NULL;

  if (line == NULL || line->id == NULL)
    return;

  task = g_task_new (self, NULL, copied_cb, NULL);
  g_task_set_task_data (task, g_object_ref (self->meter), g_object_unref);
  g_object_set_data_full (G_OBJECT (task), "id", g_strdup (line->id), g_free);
  g_task_run_in_thread (task, copy_in_thread);
}

void
fare_pricing_page_update_file_actions (FarePricingPage *self)
{
  const FarePricingData *data = fare_pricing_page_get_data (self);
  gboolean can_write = data != NULL && data->is_writable && !self->is_busy;
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "pricing.json", self->meter != NULL);
  gtk_widget_action_set_enabled (widget, "pricing.import", can_write);
  gtk_widget_action_set_enabled (widget, "pricing.import-tokdash",
                                 can_write && data->tokdash_path != NULL);
}

void
fare_pricing_page_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "pricing.json", NULL, show_json_cb);
  gtk_widget_class_install_action (widget_class, "pricing.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "pricing.import", NULL, choose_file_cb);
  gtk_widget_class_install_action (widget_class, "pricing.import-tokdash", NULL, import_tokdash_cb);
}
