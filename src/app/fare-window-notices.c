/* fare-window-notices.c
 *
 * The bar under the header: one sentence at a time, the gravest first, and what can be
 * done about it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-window-private.h"
#include "scanner/fare-retention.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-spoken-names.h"

/* What the bar says. */
typedef struct
{
  FareNoticeLevel  level;
  char            *text;
  char            *reason; /* (nullable): what happened in detail */
  char            *hint;   /* (nullable): under this name the dismissal is kept for good */
  const char      *label;  /* (nullable): of the button */
  const char      *action;
  GVariant        *target; /* (nullable) */
} Notice;

static void
notice_free (Notice *self)
{
  g_free (self->text);
  g_free (self->reason);
  g_free (self->hint);
  g_clear_pointer (&self->target, g_variant_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Notice, notice_free)

static gboolean
is_dismissed (FareWindow *self,
              const char *hint)
{
  g_auto(GStrv) hints = g_settings_get_strv (fare_preferences_get_settings (self->preferences),
                                             "dismissed-hints");

  return g_strv_contains ((const char * const *) hints, hint);
}

static Notice *
find_index_notice (FareWindow *self)
{
  FareNoticeLevel level = FARE_NOTICE_NONE;
  g_autofree char *reason = fare_meter_dup_notice (self->meter, &level);
  /* Only a damaged index is an error; one of a newer version must not be replaced. */
  gboolean is_damaged = level == FARE_NOTICE_ERROR;
  const char *text = is_damaged ? _("The index is damaged. Figures are of what can still be read. "
                                    "Rebuilding reads all logs again and keeps the old file.")
                                : reason;
  Notice *notice;

  if (reason == NULL || g_hash_table_contains (self->dismissed, text))
    return NULL;

  notice = g_new0 (Notice, 1);
  notice->level = level;
  notice->text = g_strdup (text);

  if (is_damaged)
    {
      notice->reason = g_steal_pointer (&reason);
      notice->label = _("_Rebuild…");
      notice->action = "win.rebuild";
    }

  return notice;
}

static Notice *
find_trouble_notice (FareWindow            *self,
                     const FareSourceState *state)
{
  Notice *notice;

  if (state == NULL || state->trouble == NULL ||
      g_hash_table_contains (self->dismissed, state->trouble))
    return NULL;

  notice = g_new0 (Notice, 1);
  notice->level = FARE_NOTICE_WARNING;
  notice->text = g_strdup (state->trouble);
  notice->label = _("_Details");
  notice->action = "win.show-failures";

  return notice;
}

static Notice *
find_retention_notice (FareWindow            *self,
                       const FareSourceState *state)
{
  for (guint i = 0; state != NULL && state->last_scan_ms > 0 && state->forgetful[i] != NULL; i++)
    {
      const char *client = state->forgetful[i];
      g_autofree char *hint = g_strconcat ("retention-", client, NULL);
      Notice *notice;

      if (is_dismissed (self, hint))
        continue;

      notice = g_new0 (Notice, 1);
      notice->level = FARE_NOTICE_INFO;
      /* Translators: the placeholder is the name of a coding agent */
      notice->text = g_strdup_printf (_("%s deletes sessions after 30 days. Tokenfare keeps what it "
                                        "has counted."), fare_text_client (client));
      notice->hint = g_steal_pointer (&hint);
      notice->label = _("_Keep Sessions Longer…");
      notice->action = "win.keep-sessions";
      notice->target = g_variant_ref_sink (g_variant_new_string (client));

      return notice;
    }

  return NULL;
}

static GtkMessageType
get_message_type (FareNoticeLevel level)
{
  switch (level)
    {
    case FARE_NOTICE_ERROR:
      return GTK_MESSAGE_ERROR;

    case FARE_NOTICE_WARNING:
      return GTK_MESSAGE_WARNING;

    case FARE_NOTICE_NONE:
    case FARE_NOTICE_INFO:
    default:
      return GTK_MESSAGE_INFO;
    }
}

static void
show_notice (FareWindow   *self,
             const Notice *notice)
{
  g_free (self->hint);
  self->hint = g_strdup (notice->hint);
  gtk_info_bar_set_message_type (self->info_bar, get_message_type (notice->level));

  if (g_strcmp0 (gtk_label_get_label (self->info_label), notice->text) != 0)
    gtk_label_set_label (self->info_label, notice->text);

  fare_quiet_tooltip_set (GTK_WIDGET (self->info_label), notice->reason);
  gtk_widget_set_visible (GTK_WIDGET (self->info_button), notice->label != NULL);

  if (notice->label != NULL)
    {
      gtk_button_set_label (self->info_button, notice->label);
      fare_spoken_names_complete (GTK_WIDGET (self->info_button));
      /* A target of another action would not fit this one for a moment. */
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->info_button), NULL);
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->info_button), notice->target);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->info_button), notice->action);
    }
}

void
fare_window_update_notice (FareWindow *self)
{
  const FareSourceState *state = fare_live_query_get_answer (self->source_query);
  g_autoptr(Notice) notice = find_index_notice (self);

  if (notice == NULL)
    notice = find_trouble_notice (self, state);
  if (notice == NULL)
    notice = find_retention_notice (self, state);

  if (notice != NULL)
    show_notice (self, notice);

  gtk_info_bar_set_revealed (self->info_bar, notice != NULL);
}

void
fare_window_dismiss_notice (FareWindow *self)
{
  GSettings *settings = fare_preferences_get_settings (self->preferences);

  if (self->hint != NULL)
    {
      g_auto(GStrv) hints = g_settings_get_strv (settings, "dismissed-hints");
      g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
      g_auto(GStrv) all = NULL;

      g_strv_builder_addv (builder, (const char **) hints);
      g_strv_builder_add (builder, self->hint);
      all = g_strv_builder_end (builder);
      g_settings_set_strv (settings, "dismissed-hints", (const char * const *) all);
    }
  else
    {
      g_hash_table_add (self->dismissed, g_strdup (gtk_label_get_label (self->info_label)));
    }

  fare_window_update_notice (self);
}

static void
copy_cb (GtkWidget *button)
{
  const char *text = g_object_get_data (G_OBJECT (button), "text");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), text);
  gtk_button_set_label (GTK_BUTTON (button), _("Copied"));
}

/* The setting is shown, never written: the file belongs to the other program. */
void
fare_window_show_retention (FareWindow *self,
                            const char *client)
{
  const FareRetention *retention = fare_retention_find (client);
  g_autofree char *body = NULL;
  GtkWidget *dialog, *box, *label, *button;

  if (retention == NULL)
    return;

  /* Translators: the name of a coding agent and one of its files, as in “~/.claude/settings.json” */
  body = g_strdup_printf (_("%s keeps sessions longer with this in ~/%s:"),
                          fare_text_client (client), retention->file);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Keep Sessions Longer"), body);
  label = gtk_label_new (retention->setting);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "monospace");
  button = gtk_button_new_with_label (_("Copy"));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "text", (gpointer) retention->setting);
  g_signal_connect (button, "clicked", G_CALLBACK (copy_cb), NULL);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
