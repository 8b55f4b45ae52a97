/* fare-pricing-json.c
 *
 * The user's price file as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "pages/fare-pricing-json.h"
#include "widgets/fare-button-row.h"
#include "widgets/fare-line-numbers.h"

struct _FarePricingJson
{
  AdwBin            parent_instance;

  GtkBox           *header;
  GtkLabel         *path_label;
  GtkLabel         *state_label;
  GtkToggleButton  *shipped_button;
  GtkWidget        *reload_button;
  GtkWidget        *format_button;
  GtkWidget        *save_button;
  GtkImage         *status_icon;
  GtkLabel         *status_label;
  GtkWidget        *line_button;
  GtkTextView      *text_view;

  GtkTextTag       *fault;
  FareMeter        *meter;
  FarePricingDraft *draft;
};

G_DEFINE_FINAL_TYPE (FarePricingJson, fare_pricing_json, ADW_TYPE_BIN)

enum
{
  SIGNAL_SAVE,
  SIGNAL_BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
shows_shipped (FarePricingJson *self)
{
  return gtk_toggle_button_get_active (self->shipped_button);
}

/* The line that the sentence names; 0 for none. */
static guint
get_line (FarePricingJson *self)
{
  const FarePricingCheck *check = fare_pricing_draft_get_check (self->draft);

  return check != NULL && !shows_shipped (self) ? check->line : 0;
}

static void
mark_fault (FarePricingJson *self)
{
  GtkTextBuffer *buffer = fare_pricing_draft_get_buffer (self->draft);
  guint line = get_line (self);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->fault, &start, &end);
  if (line == 0)
    return;

  gtk_text_buffer_get_iter_at_line (buffer, &start, (int) line - 1);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (buffer, self->fault, &start, &end);
}

static const char *
get_sentence (FarePricingJson *self)
{
  const FarePricingCheck *check = fare_pricing_draft_get_check (self->draft);
  const char *trouble = fare_pricing_draft_get_trouble (self->draft);

  if (shows_shipped (self))
    return _("The built-in table can be read here and is never changed.");

  return trouble != NULL ? trouble : check != NULL ? check->sentence : "";
}

static const char *
get_state (FarePricingJson *self)
{
  if (shows_shipped (self))
    return _("Built-in price table");
  if (fare_pricing_draft_is_unsaved (self->draft))
    return _("Unsaved changes");

  return fare_pricing_draft_get_base (self->draft) != NULL ? _("Saved") : _("No file yet");
}

static void
update (FarePricingJson *self)
{
  const FarePricingCheck *check = fare_pricing_draft_get_check (self->draft);
  gboolean is_shipped = shows_shipped (self);
  gboolean is_broken = fare_pricing_draft_get_trouble (self->draft) != NULL;
  gboolean is_wrong = !is_shipped && (is_broken || (check != NULL && check->n_problems > 0));

  mark_fault (self);
  gtk_text_view_set_editable (self->text_view, !is_shipped && !is_broken);
  gtk_widget_set_sensitive (self->save_button, !is_shipped &&
                                               fare_pricing_draft_is_unsaved (self->draft) &&
                                               fare_pricing_draft_can_save (self->draft));
  gtk_widget_set_sensitive (self->format_button, !is_shipped && !is_broken && check != NULL &&
                                                 check->can_save);
  gtk_widget_set_sensitive (self->reload_button, !is_shipped);
  gtk_widget_set_visible (self->line_button, get_line (self) > 0);
  gtk_label_set_label (self->state_label, get_state (self));
  gtk_label_set_label (self->status_label, get_sentence (self));
  gtk_image_set_from_icon_name (self->status_icon, is_wrong ? "dialog-warning-symbolic"
                                : is_shipped ? "dialog-information-symbolic" : "emblem-ok-symbolic");
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->status_icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status_icon), "warning");
}

static void
format_cb (FarePricingJson *self)
{
  fare_pricing_draft_format (self->draft);
}

static void
reload_response_cb (FarePricingJson *self,
                    const char      *response)
{
  if (g_str_equal (response, "discard"))
    fare_pricing_draft_discard (self->draft);
}

static void
reload_cb (FarePricingJson *self)
{
  AdwMessageDialog *dialog;

  if (!fare_pricing_draft_is_unsaved (self->draft))
    {
      fare_pricing_draft_refresh (self->draft);
      return;
    }

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Discard Changes?"),
      _("What you typed is lost, and the file is read again.")));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (reload_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
save_cb (FarePricingJson *self)
{
  if (gtk_widget_get_sensitive (self->save_button))
    g_signal_emit (self, signals[SIGNAL_SAVE], 0);
}

static void
save_action_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  save_cb (FARE_PRICING_JSON (widget));
}

static void
back_cb (FarePricingJson *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
line_cb (FarePricingJson *self)
{
  GtkTextBuffer *buffer = fare_pricing_draft_get_buffer (self->draft);
  guint line = get_line (self);
  GtkTextIter iter;

  if (line == 0)
    return;

  gtk_text_buffer_get_iter_at_line (buffer, &iter, (int) line - 1);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_to_iter (self->text_view, &iter, 0.1, TRUE, 0.0, 0.3);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
show_path (FarePricingJson *self)
{
  FarePaths *paths = fare_meter_get_paths (self->meter);
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json",
                                               NULL);
  g_autofree char *label = fare_text_path (shows_shipped (self) ? shipped
                                                                : fare_paths_get_prices_file (paths));

  gtk_label_set_label (self->path_label, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->path_label), label);
}

static void
shipped_toggled_cb (FarePricingJson *self)
{
  gboolean is_shipped = shows_shipped (self);

  gtk_text_view_set_buffer (self->text_view, is_shipped ? fare_pricing_draft_get_shipped (self->draft)
                                                        : fare_pricing_draft_get_buffer (self->draft));
  fare_line_numbers_attach (self->text_view);
  show_path (self);
  update (self);
}

static void
fare_pricing_json_dispose (GObject *object)
{
  FarePricingJson *self = FARE_PRICING_JSON (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_PRICING_JSON);
  g_clear_object (&self->draft);
  g_clear_object (&self->meter);

  G_OBJECT_CLASS (fare_pricing_json_parent_class)->dispose (object);
}

static void
fare_pricing_json_class_init (FarePricingJsonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_pricing_json_dispose;

  signals[SIGNAL_SAVE] =
    g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_BACK] =
    g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "pricing-json.save", NULL, save_action_cb);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-pricing-json.ui");
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, header);
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, path_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, state_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, shipped_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, reload_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, format_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, save_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, status_icon);
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, status_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, line_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingJson, text_view);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, shipped_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, reload_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, line_cb);
}

static void
fare_pricing_json_init (FarePricingJson *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fare_button_row_allow_short (GTK_WIDGET (self->header));
}

void
fare_pricing_json_set_meter (FarePricingJson *self,
                             FareMeter       *meter)
{
  g_return_if_fail (FARE_IS_PRICING_JSON (self));
  g_return_if_fail (FARE_IS_METER (meter));

  g_set_object (&self->meter, meter);
  self->draft = fare_pricing_draft_new (meter);
  self->fault = gtk_text_buffer_create_tag (fare_pricing_draft_get_buffer (self->draft), "fault",
                                            "underline", PANGO_UNDERLINE_ERROR, NULL);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  shipped_toggled_cb (self);
}

void
fare_pricing_json_set_width (FarePricingJson *self,
                             FareWidth        width)
{
  g_return_if_fail (FARE_IS_PRICING_JSON (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->header),
                                  width == FARE_WIDTH_NARROW ? GTK_ORIENTATION_VERTICAL
                                                             : GTK_ORIENTATION_HORIZONTAL);
}

FarePricingDraft *
fare_pricing_json_get_draft (FarePricingJson *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_JSON (self), NULL);

  return self->draft;
}

const char *
fare_pricing_json_get_status (FarePricingJson *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_JSON (self), NULL);

  return gtk_label_get_label (self->status_label);
}
