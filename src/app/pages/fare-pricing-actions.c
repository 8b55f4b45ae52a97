/* fare-pricing-actions.c
 *
 * What can be done on the pricing page: setting prices and names, deleting, resetting, taking
 * back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "models/fare-pricing-form.h"
#include "pages/fare-pricing-editor.h"
#include "pages/fare-pricing-page-private.h"
#include "pages/fare-pricing-picker.h"

#define UNDO_SECONDS 10

static GtkWindow *
get_window (FarePricingPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static const FarePricingLine *
get_line (FarePricingPage *self)
{
  FarePricingItem *item = fare_pricing_list_get_selected (self->list);

  return item != NULL ? fare_pricing_item_get_line (item) : NULL;
}

/* A form that says which model is meant, and nothing else. */
static FarePricingForm *
create_form (const FarePricingLine *line)
{
  FarePricingForm *form = fare_pricing_form_new ();

  form->id = g_strdup (line->id);
  form->logged_provider = g_strdup (line->logged_provider);
  form->logged_name = g_strdup (line->logged_name);

  return form;
}

void
fare_pricing_page_report (FarePricingPage *self,
                          const char      *message)
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (self), _("Prices Are Unchanged"), NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
fare_pricing_page_toast (FarePricingPage *self,
                         const char      *text)
{
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (text));
}

void
fare_pricing_page_set_busy (FarePricingPage *self,
                            gboolean         is_busy)
{
  self->is_busy = is_busy;
  fare_pricing_page_update_actions (self);
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(FarePricingPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePricingUndo) undo = fare_pricing_change_finish (result, &error);

  fare_pricing_page_set_busy (self, FALSE);
  if (undo != NULL)
    fare_pricing_page_toast (self, _("Prices are as before"));
  else
    fare_pricing_page_report (self, error->message);
}

static void
undo_cb (AdwToast        *toast,
         FarePricingPage *self)
{
  const FarePricingUndo *undo = g_object_get_data (G_OBJECT (toast), "undo");

  if (self->is_busy || self->meter == NULL)
    return;

  fare_pricing_page_set_busy (self, TRUE);
  fare_pricing_undo_async (self->meter, undo, undone_cb, g_object_ref (self));
}

/* A change on its way: what to say when it is done, and where to say that it is not. */
typedef struct
{
  FarePricingPage   *page;
  FarePricingEditor *editor; /* (nullable) */
  const char        *done;
} Change;

void
fare_pricing_page_offer_undo (FarePricingPage *self,
                              FarePricingUndo *undo,
                              const char      *done)
{
  AdwToast *toast = adw_toast_new (done);

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "undo", undo, (GDestroyNotify) fare_pricing_undo_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
changed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Change *change = user_data;
  g_autoptr(FarePricingPage) self = change->page;
  g_autoptr(FarePricingEditor) editor = change->editor;
  g_autoptr(GError) error = NULL;
  FarePricingUndo *undo = fare_pricing_change_finish (result, &error);

  fare_pricing_page_set_busy (self, FALSE);
  if (undo != NULL)
    {
      fare_pricing_page_offer_undo (self, undo, change->done);
      if (editor != NULL)
        gtk_window_destroy (GTK_WINDOW (editor));
    }
  else if (editor != NULL)
    fare_pricing_editor_show_error (editor, error->message);
  else
    fare_pricing_page_report (self, error->message);

  g_free (change);
}

static void
start_change (FarePricingPage     *self,
              FarePricingEditor   *editor,
              FarePricingEditFunc  func,
              gpointer             data,
              GDestroyNotify       free_data,
              const char          *done)
{
  Change *change;

  if (self->is_busy || self->meter == NULL)
    {
      if (free_data != NULL)
        free_data (data);
      return;
    }

  change = g_new0 (Change, 1);
  change->page = g_object_ref (self);
  change->editor = editor != NULL ? g_object_ref (editor) : NULL;
  change->done = done;
  fare_pricing_page_set_busy (self, TRUE);
  fare_pricing_change_async (self->meter, func, data, free_data, changed_cb, change);
}

void
fare_pricing_page_change (FarePricingPage     *self,
                          FarePricingEditFunc  func,
                          gpointer             data,
                          GDestroyNotify       free_data,
                          const char          *done)
{
  start_change (self, NULL, func, data, free_data, done);
}

static void
change_line (FarePricingPage     *self,
             FarePricingEditFunc  func,
             const char          *done)
{
  const FarePricingLine *line = get_line (self);

  if (line != NULL)
    fare_pricing_page_change (self, func, create_form (line),
                              (GDestroyNotify) fare_pricing_form_free, done);
}

static void
save_cb (FarePricingEditor *editor,
         FarePricingPage   *self)
{
  start_change (self, editor, fare_pricing_form_save, fare_pricing_editor_create_form (editor),
                (GDestroyNotify) fare_pricing_form_free, _("Prices saved"));
}

static FarePricingEditor *
open_editor (FarePricingPage       *self,
             const FarePricingLine *line)
{
  const FarePricingData *data = fare_pricing_page_get_data (self);
  g_autoptr(FarePriceBook) book = fare_meter_ref_prices (self->meter);
  FarePricingEditor *editor;

  if (data == NULL)
    return NULL;

  editor = fare_pricing_editor_new (get_window (self), book, line, data->today);
  g_signal_connect_object (editor, "save", G_CALLBACK (save_cb), self, 0);
  g_set_weak_pointer (&self->editor, editor);
  gtk_window_present (GTK_WINDOW (editor));

  return editor;
}

static gboolean
can_edit (const FarePricingLine *line)
{
  return line != NULL && line->source != FARE_PRICING_HIDDEN &&
         (line->id != NULL || (line->source == FARE_PRICING_MISSING && line->can_price));
}

static void
edit_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  FarePricingPage *self = FARE_PRICING_PAGE (widget);

  if (can_edit (get_line (self)))
    open_editor (self, get_line (self));
}

static void
alias_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  FarePricingPage *self = FARE_PRICING_PAGE (widget);
  FarePricingEditor *editor = can_edit (get_line (self)) ? open_editor (self, get_line (self)) : NULL;

  if (editor != NULL)
    fare_pricing_editor_focus_names (editor);
}

static void
add_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  open_editor (FARE_PRICING_PAGE (widget), NULL);
}

static void
delete_response_cb (FarePricingPage  *self,
                    const char       *response,
                    AdwMessageDialog *dialog)
{
  FarePricingForm *form;

  if (!g_str_equal (response, "delete"))
    return;

  form = fare_pricing_form_new ();
  form->id = g_strdup (g_object_get_data (G_OBJECT (dialog), "id"));
  fare_pricing_page_change (self, fare_pricing_form_hide, form,
                            (GDestroyNotify) fare_pricing_form_free, _("Model deleted"));
}

static void
delete_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  FarePricingPage *self = FARE_PRICING_PAGE (widget);
  const FarePricingLine *line = get_line (self);
  AdwMessageDialog *dialog;

  if (line == NULL || line->id == NULL)
    return;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (get_window (self), NULL, NULL));
  adw_message_dialog_format_heading (dialog, _("Delete “%s”?"), line->name);
  adw_message_dialog_set_body (dialog, _("Its use will have no price. Logs and figures of tokens "
                                         "stay as they are."));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_strdup (line->id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
reset_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  change_line (FARE_PRICING_PAGE (widget), fare_pricing_form_reset, _("Price reset"));
}

/* The name in the logs becomes another name of the model chosen. */
static void
same_as_picked_cb (FarePricingPage   *self,
                   const char        *id,
                   const char        *name,
                   FarePricingPicker *picker)
{
  const char *alias = g_object_get_data (G_OBJECT (picker), "alias");
  FarePricingForm *form = fare_pricing_form_new ();
  const char * const aliases[] = { alias, NULL };

  form->id = g_strdup (id);
  form->aliases = g_strdupv ((GStrv) aliases);
  fare_pricing_page_change (self, fare_pricing_form_add_names, form,
                            (GDestroyNotify) fare_pricing_form_free, _("Prices saved"));
}

static void
same_as_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  FarePricingPage *self = FARE_PRICING_PAGE (widget);
  const FarePricingLine *line = get_line (self);
  const FarePricingData *data = fare_pricing_page_get_data (self);
  g_autofree char *title = NULL;
  FarePricingPicker *picker;

  if (line == NULL || line->target == NULL || data == NULL)
    return;

  /* Translators: the placeholder is the name of a model */
  title = g_strdup_printf (_("“%s” Is the Same as"), line->name);
  picker = fare_pricing_picker_new (get_window (self), title, data->lines);
  g_object_set_data_full (G_OBJECT (picker), "alias", g_strdup (line->target), g_free);
  g_signal_connect_object (picker, "picked", G_CALLBACK (same_as_picked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

static void
what_if_picked_cb (FarePricingPage *self,
                   const char      *id,
                   const char      *name)
{
  fare_pricing_what_if_set_model (self->what_if, id, name);
}

void
fare_pricing_page_choose_what_if (FarePricingPage *self)
{
  const FarePricingData *data = fare_pricing_page_get_data (self);
  FarePricingPicker *picker;

  if (data == NULL)
    return;

  picker = fare_pricing_picker_new (get_window (self), _("Reprice As"), data->lines);
  g_signal_connect_object (picker, "picked", G_CALLBACK (what_if_picked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

static void
gateway_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  change_line (FARE_PRICING_PAGE (widget), fare_pricing_form_gateway, _("Prices saved"));
}

static void
local_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  change_line (FARE_PRICING_PAGE (widget), fare_pricing_form_local, _("Prices saved"));
}

static void
reset_all_response_cb (FarePricingPage *self,
                       const char      *response)
{
  if (g_str_equal (response, "reset"))
    fare_pricing_page_change (self, fare_pricing_form_reset_all, NULL, NULL, _("Prices reset"));
}

static void
reset_all_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  FarePricingPage *self = FARE_PRICING_PAGE (widget);
  AdwMessageDialog *dialog;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (get_window (self), _("Reset All Prices?"), NULL));
  adw_message_dialog_set_body (dialog, _("Every price, model and seller of your own is dropped, and "
                                         "the built-in prices hold again."));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "reset", _("_Reset"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "reset", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (reset_all_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sessions_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  const FarePricingLine *line = get_line (FARE_PRICING_PAGE (widget));

  if (line != NULL && line->is_used)
    gtk_widget_activate_action (widget, "win.show-sessions", "(ss)", "model", line->used_name);
}

void
fare_pricing_page_update_actions (FarePricingPage *self)
{
  const FarePricingLine *line = get_line (self);
  const FarePricingData *data = fare_pricing_page_get_data (self);
  gboolean can_write = data != NULL && data->is_writable && !self->is_busy;
  gboolean has_entry = line != NULL && line->id != NULL && line->source != FARE_PRICING_HIDDEN;
  gboolean has_seller = line != NULL && line->seller != NULL;
  const struct
  {
    const char *name;
    gboolean    is_enabled;
  } states[] = {
    { "pricing.edit", can_write && can_edit (line) },
    { "pricing.alias", can_write && has_entry },
    { "pricing.add", can_write },
    { "pricing.copy", has_entry },
    { "pricing.delete", can_write && has_entry },
    { "pricing.reset", can_write && line != NULL && line->is_changed },
    { "pricing.same-as", can_write && line != NULL && line->target != NULL },
    { "pricing.gateway", can_write && has_seller },
    { "pricing.local", can_write && has_seller },
    { "pricing.sessions", line != NULL && line->is_used },
    { "pricing.reset-all", can_write && data->n_changed > 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), states[i].name, states[i].is_enabled);
  fare_pricing_table_set_can_edit (self->table, data != NULL && data->is_writable);
  fare_pricing_page_update_file_actions (self);
}

void
fare_pricing_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                  *name;
    GtkWidgetActionActivateFunc  activate;
  } actions[] = {
    { "pricing.edit", edit_cb },
    { "pricing.alias", alias_cb },
    { "pricing.add", add_cb },
    { "pricing.delete", delete_cb },
    { "pricing.reset", reset_cb },
    { "pricing.same-as", same_as_cb },
    { "pricing.gateway", gateway_cb },
    { "pricing.local", local_cb },
    { "pricing.sessions", sessions_cb },
    { "pricing.reset-all", reset_all_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  fare_pricing_page_install_file_actions (widget_class);
}
