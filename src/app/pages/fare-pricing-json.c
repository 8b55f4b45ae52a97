/* fare-pricing-json.c
 *
 * The user's price file as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/fare-text.h"
#include "models/fare-pricing-change.h"
#include "models/fare-pricing-check.h"
#include "pages/fare-pricing-json.h"
#include "pricing/fare-price-document.h"
#include "pricing/fare-price-file.h"
#include "pricing/fare-price-json.h"
#include "widgets/fare-line-numbers.h"

/* How long after the last key the text is looked over. */
#define CHECK_MS 300

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

  GtkTextBuffer    *own;         /* what is typed */
  GtkTextBuffer    *shipped;
  GtkTextTag       *fault;

  FareMeter        *meter;
  GBytes           *base;        /* what the file held; NULL for no file */
  FarePricingCheck *check;       /* NULL: not looked over yet */
  guint             check_id;
  guint             generation;  /* of the text; an answer about an older one is dropped */
  guint             is_loading : 1;
  guint             is_broken : 1; /* the file is no text and must not be touched here */
};

G_DEFINE_FINAL_TYPE (FarePricingJson, fare_pricing_json, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_UNSAVED,
  N_PROPS
};

enum
{
  SIGNAL_SAVE,
  SIGNAL_BACK,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
dup_buffer (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static gboolean
shows_shipped (FarePricingJson *self)
{
  return gtk_toggle_button_get_active (self->shipped_button);
}

static void
mark_fault (FarePricingJson *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->own, &start, &end);
  gtk_text_buffer_remove_tag (self->own, self->fault, &start, &end);
  if (self->check == NULL || self->check->line == 0)
    return;

  gtk_text_buffer_get_iter_at_line (self->own, &start, (int) self->check->line - 1);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (self->own, self->fault, &start, &end);
}

static const char *
get_sentence (FarePricingJson *self)
{
  if (shows_shipped (self))
    return _("The built-in table can be read here and is never changed.");
  if (self->is_broken)
    return _("The file is not text in UTF-8 and cannot be edited here.");

  return self->check != NULL ? self->check->sentence : "";
}

static void
update (FarePricingJson *self)
{
  gboolean is_shipped = shows_shipped (self);
  gboolean is_unsaved = fare_pricing_json_is_unsaved (self);
  gboolean is_wrong = !is_shipped && (self->is_broken ||
                                      (self->check != NULL && self->check->n_problems > 0));

  gtk_widget_set_sensitive (self->save_button, !is_shipped && is_unsaved &&
                                               fare_pricing_json_can_save (self));
  gtk_widget_set_sensitive (self->format_button, !is_shipped && self->check != NULL &&
                                                 self->check->can_save);
  gtk_widget_set_sensitive (self->reload_button, !is_shipped);
  gtk_widget_set_visible (self->line_button, !is_shipped && self->check != NULL &&
                                             self->check->line > 0);
  gtk_label_set_label (self->state_label, is_shipped ? _("Built-in price table")
                                          : is_unsaved ? _("Unsaved changes")
                                          : self->base == NULL ? _("No file yet")
                                                               : _("Saved"));
  gtk_label_set_label (self->status_label, get_sentence (self));
  gtk_image_set_from_icon_name (self->status_icon, is_wrong ? "dialog-warning-symbolic"
                                : is_shipped ? "dialog-information-symbolic" : "emblem-ok-symbolic");
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->status_icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status_icon), "warning");
}

/* What travels to a worker: a text, and the generation it is of. */
typedef struct
{
  FareMeter *meter;
  char      *text;
  guint      generation;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->meter);
  g_free (errand->text);
  g_free (errand);
}

static GTask *
create_task (FarePricingJson     *self,
             GAsyncReadyCallback  callback)
{
  GTask *task = g_task_new (self, NULL, callback, NULL);
  Errand *errand = g_new0 (Errand, 1);

  errand->meter = g_object_ref (self->meter);
  errand->text = dup_buffer (self->own);
  errand->generation = self->generation;
  g_task_set_task_data (task, errand, errand_free);

  return task;
}

static void
check_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Errand *errand = task_data;
  FarePaths *paths = fare_meter_get_paths (errand->meter);
  g_autofree char *energy = g_build_filename (fare_paths_get_pkgdata_dir (paths), "energy.json",
                                              NULL);
  g_autoptr(GHashTable) classes = fare_price_file_load_classes (energy);

  g_task_return_pointer (task, fare_pricing_check_text (errand->text, classes),
                         (GDestroyNotify) fare_pricing_check_free);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  FarePricingJson *self = FARE_PRICING_JSON (object);
  Errand *errand = g_task_get_task_data (G_TASK (result));
  FarePricingCheck *check = g_task_propagate_pointer (G_TASK (result), NULL);

  if (errand->generation != self->generation || self->own == NULL)
    {
      fare_pricing_check_free (check);
      return;
    }

  g_clear_pointer (&self->check, fare_pricing_check_free);
  self->check = check;
  mark_fault (self);
  update (self);
}

static gboolean
check_now_cb (gpointer user_data)
{
  FarePricingJson *self = user_data;
  g_autoptr(GTask) task = create_task (self, checked_cb);

  self->check_id = 0;
  g_task_run_in_thread (task, check_in_thread);

  return G_SOURCE_REMOVE;
}

static void
buffer_changed_cb (FarePricingJson *self)
{
  self->generation++;
  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->meter != NULL)
    self->check_id = g_timeout_add (self->is_loading ? 0 : CHECK_MS, check_now_cb, self);
  /* Until it was looked over again nothing is known about the text. */
  g_clear_pointer (&self->check, fare_pricing_check_free);
  update (self);
}

static void
modified_cb (FarePricingJson *self)
{
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSAVED]);
}

static void
set_text (FarePricingJson *self,
          GtkTextBuffer   *buffer,
          const char      *text)
{
  self->is_loading = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_set_modified (buffer, FALSE);
  self->is_loading = FALSE;
}

/* What the files hold. */
typedef struct
{
  GBytes *own;     /* NULL: no file */
  char   *shipped;
  char   *empty;   /* what to begin with where there is no file */
} Contents;

static void
contents_free (gpointer data)
{
  Contents *contents = data;

  g_clear_pointer (&contents->own, g_bytes_unref);
  g_free (contents->shipped);
  g_free (contents->empty);
  g_free (contents);
}

static void
load_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Errand *errand = task_data;
  FarePaths *paths = fare_meter_get_paths (errand->meter);
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json",
                                               NULL);
  g_autoptr(JsonNode) empty = fare_price_document_create ();
  Contents *contents = g_new0 (Contents, 1);
  GError *error = NULL;

  contents->empty = fare_price_json_to_text (empty);
  if (!g_file_get_contents (shipped, &contents->shipped, NULL, NULL))
    contents->shipped = g_strdup ("");

  if (fare_pricing_change_read (fare_paths_get_prices_file (paths), &contents->own, &error))
    g_task_return_pointer (task, contents, contents_free);
  else
    {
      contents_free (contents);
      g_task_return_error (task, error);
    }
}

static void
show_contents (FarePricingJson *self,
               Contents        *contents)
{
  gsize length = 0;
  const char *text = contents->own != NULL ? g_bytes_get_data (contents->own, &length) : NULL;
  g_autofree char *own = text != NULL ? g_strndup (text, length) : g_strdup (contents->empty);

  /* An empty file is one, too. */
  if (contents->own != NULL && text == NULL)
    own[0] = '\0';

  g_clear_pointer (&self->base, g_bytes_unref);
  self->base = g_steal_pointer (&contents->own);
  self->is_broken = text != NULL && !g_utf8_validate (text, (gssize) length, NULL);
  if (self->is_broken)
    {
      g_free (own);
      own = g_utf8_make_valid (text, (gssize) length);
    }

  set_text (self, self->own, own);
  if (gtk_text_buffer_get_char_count (self->shipped) == 0 &&
      g_utf8_validate (contents->shipped, -1, NULL))
    set_text (self, self->shipped, contents->shipped);
  gtk_text_view_set_editable (self->text_view, !self->is_broken && !shows_shipped (self));
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  FarePricingJson *self = FARE_PRICING_JSON (object);
  g_autoptr(GError) error = NULL;
  Contents *contents = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->own == NULL)
    {
      g_clear_pointer (&contents, contents_free);
      return;
    }

  if (contents == NULL)
    {
      self->is_broken = TRUE;
      gtk_text_view_set_editable (self->text_view, FALSE);
      update (self);
      gtk_label_set_label (self->status_label, error->message);
      return;
    }

  /* Somebody has begun to type meanwhile; what was typed counts. */
  if (!fare_pricing_json_is_unsaved (self))
    {
      gboolean is_same = self->base != NULL && contents->own != NULL &&
                         g_bytes_equal (self->base, contents->own);

      if (!is_same || self->is_broken)
        show_contents (self, contents);
    }
  contents_free (contents);
}

void
fare_pricing_json_refresh (FarePricingJson *self)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (FARE_IS_PRICING_JSON (self));

  if (fare_pricing_json_is_unsaved (self) || self->meter == NULL)
    return;

  task = create_task (self, loaded_cb);
  g_task_run_in_thread (task, load_in_thread);
}

static void
format_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Errand *errand = task_data;
  g_autoptr(JsonNode) root = fare_price_json_parse (errand->text, strlen (errand->text),
                                                    "prices.json", NULL);

  g_task_return_pointer (task, root != NULL ? fare_price_json_to_text (root) : NULL, g_free);
}

static void
formatted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  FarePricingJson *self = FARE_PRICING_JSON (object);
  Errand *errand = g_task_get_task_data (G_TASK (result));
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);
  GtkTextIter start, end;

  if (text == NULL || errand->generation != self->generation || self->own == NULL ||
      g_str_equal (text, errand->text))
    return;

  /* One step for undo. */
  gtk_text_buffer_begin_user_action (self->own);
  gtk_text_buffer_get_bounds (self->own, &start, &end);
  gtk_text_buffer_delete (self->own, &start, &end);
  gtk_text_buffer_insert (self->own, &start, text, -1);
  gtk_text_buffer_end_user_action (self->own);
}

static void
format_cb (FarePricingJson *self)
{
  g_autoptr(GTask) task = create_task (self, formatted_cb);

  g_task_run_in_thread (task, format_in_thread);
}

static void
reload_response_cb (FarePricingJson *self,
                    const char      *response)
{
  if (g_str_equal (response, "discard"))
    fare_pricing_json_discard (self);
}

static void
reload_cb (FarePricingJson *self)
{
  AdwMessageDialog *dialog;

  if (!fare_pricing_json_is_unsaved (self))
    {
      fare_pricing_json_refresh (self);
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
  GtkTextIter iter;

  if (self->check == NULL || self->check->line == 0)
    return;

  gtk_text_buffer_get_iter_at_line (self->own, &iter, (int) self->check->line - 1);
  gtk_text_buffer_place_cursor (self->own, &iter);
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

  gtk_text_view_set_buffer (self->text_view, is_shipped ? self->shipped : self->own);
  gtk_text_view_set_editable (self->text_view, !is_shipped && !self->is_broken);
  fare_line_numbers_attach (self->text_view);
  show_path (self);
  update (self);
}

static void
fare_pricing_json_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (prop_id == PROP_UNSAVED)
    g_value_set_boolean (value, fare_pricing_json_is_unsaved (FARE_PRICING_JSON (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
fare_pricing_json_dispose (GObject *object)
{
  FarePricingJson *self = FARE_PRICING_JSON (object);

  g_clear_handle_id (&self->check_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_PRICING_JSON);
  if (self->own != NULL)
    g_signal_handlers_disconnect_by_data (self->own, self);
  g_clear_object (&self->own);
  g_clear_object (&self->shipped);
  g_clear_object (&self->meter);
  g_clear_pointer (&self->base, g_bytes_unref);
  g_clear_pointer (&self->check, fare_pricing_check_free);

  G_OBJECT_CLASS (fare_pricing_json_parent_class)->dispose (object);
}

static void
fare_pricing_json_class_init (FarePricingJsonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_pricing_json_dispose;
  object_class->get_property = fare_pricing_json_get_property;

  properties[PROP_UNSAVED] =
    g_param_spec_boolean ("unsaved", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

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

  self->own = gtk_text_buffer_new (NULL);
  self->shipped = gtk_text_buffer_new (NULL);
  self->fault = gtk_text_buffer_create_tag (self->own, "fault",
                                            "underline", PANGO_UNDERLINE_ERROR, NULL);
  gtk_text_buffer_set_enable_undo (self->own, TRUE);
  gtk_text_view_set_buffer (self->text_view, self->own);
  fare_line_numbers_attach (self->text_view);
  g_signal_connect_swapped (self->own, "changed", G_CALLBACK (buffer_changed_cb), self);
  g_signal_connect_swapped (self->own, "modified-changed", G_CALLBACK (modified_cb), self);
}

void
fare_pricing_json_set_meter (FarePricingJson *self,
                             FareMeter       *meter)
{
  g_return_if_fail (FARE_IS_PRICING_JSON (self));
  g_return_if_fail (FARE_IS_METER (meter));

  g_set_object (&self->meter, meter);
  show_path (self);
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

gboolean
fare_pricing_json_is_unsaved (FarePricingJson *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_JSON (self), FALSE);

  return self->own != NULL && gtk_text_buffer_get_modified (self->own);
}

gboolean
fare_pricing_json_can_save (FarePricingJson *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_JSON (self), FALSE);

  return !self->is_broken && self->check != NULL && self->check->can_save;
}

GBytes *
fare_pricing_json_dup_text (FarePricingJson *self)
{
  char *text;

  g_return_val_if_fail (FARE_IS_PRICING_JSON (self), NULL);

  text = dup_buffer (self->own);

  return g_bytes_new_take (text, strlen (text));
}

GBytes *
fare_pricing_json_get_base (FarePricingJson *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_JSON (self), NULL);

  return self->base;
}

void
fare_pricing_json_set_saved (FarePricingJson *self,
                             GBytes          *contents)
{
  g_autoptr(GBytes) text = NULL;

  g_return_if_fail (FARE_IS_PRICING_JSON (self));
  g_return_if_fail (contents != NULL);

  g_clear_pointer (&self->base, g_bytes_unref);
  self->base = g_bytes_ref (contents);
  text = fare_pricing_json_dup_text (self);
  /* What was typed while it was written is not saved. */
  gtk_text_buffer_set_modified (self->own, !g_bytes_equal (text, contents));
  update (self);
}

void
fare_pricing_json_discard (FarePricingJson *self)
{
  g_return_if_fail (FARE_IS_PRICING_JSON (self));

  /* What is there now is not what the file says, whatever that is. */
  g_clear_pointer (&self->base, g_bytes_unref);
  gtk_text_buffer_set_modified (self->own, FALSE);
  fare_pricing_json_refresh (self);
}

const char *
fare_pricing_json_get_status (FarePricingJson *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_JSON (self), NULL);

  return gtk_label_get_label (self->status_label);
}
