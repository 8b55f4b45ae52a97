/* fare-source-footer.c
 *
 * The line under every page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "pages/fare-source-footer.h"
#include "widgets/fare-quiet-label.h"

/* A folder without permission can hold thousands of files; the list names the first ones. */
#define MAX_LISTED 50

struct _FareSourceFooter
{
  GtkBox         parent_instance;

  GtkLabel      *status_label;
  GtkMenuButton *failures_button;
  GtkLabel      *failures_label;
  GtkLabel      *failures_text;
};

G_DEFINE_FINAL_TYPE (FareSourceFooter, fare_source_footer, GTK_TYPE_BOX)

static void
show_failures (FareSourceFooter *self,
               GPtrArray        *failures)
{
  g_autoptr(GString) list = g_string_new (NULL);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->failures_button), failures->len > 0);

  if (failures->len == 0)
    return;

  for (guint i = 0; i < MIN (failures->len, MAX_LISTED); i++)
    {
      const FareFailure *failure = g_ptr_array_index (failures, i);

      g_string_append_printf (list, "%s%s · %s\n%s", i > 0 ? "\n\n" : "",
                              fare_text_client (failure->client), failure->path, failure->reason);
    }

  if (failures->len > MAX_LISTED)
    {
      guint n_more = failures->len - MAX_LISTED;

      g_string_append (list, "\n\n");
      g_string_append_printf (list, ngettext ("and %u more", "and %u more", n_more), n_more);
    }

  label = g_strdup_printf (ngettext ("%u file could not be read", "%u files could not be read",
                                     failures->len), failures->len);
  fare_quiet_label_set (self->failures_label, label);
  fare_quiet_label_set (self->failures_text, list->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->failures_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
fare_source_footer_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FARE_TYPE_SOURCE_FOOTER);

  G_OBJECT_CLASS (fare_source_footer_parent_class)->dispose (object);
}

static void
fare_source_footer_class_init (FareSourceFooterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_source_footer_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-source-footer.ui");
  gtk_widget_class_bind_template_child (widget_class, FareSourceFooter, status_label);
  gtk_widget_class_bind_template_child (widget_class, FareSourceFooter, failures_button);
  gtk_widget_class_bind_template_child (widget_class, FareSourceFooter, failures_label);
  gtk_widget_class_bind_template_child (widget_class, FareSourceFooter, failures_text);
}

static void
fare_source_footer_init (FareSourceFooter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fare_source_footer_show (FareSourceFooter      *self,
                         const FareSourceState *state)
{
  g_autofree char *sources = NULL;
  g_autofree char *status = NULL;

  g_return_if_fail (FARE_IS_SOURCE_FOOTER (self));
  g_return_if_fail (state != NULL);

  sources = g_strdup_printf (ngettext ("%u source", "%u sources", state->n_sources),
                             state->n_sources);

  if (*state->last_scan != '\0')
    /* Translators: a time and a number of tools, as in “Updated 14:32 · 2 sources” */
    status = g_strdup_printf (_("Updated %s · %s"), state->last_scan, sources);
  else
    status = g_strdup ("");

  fare_quiet_label_set (self->status_label, status);
  show_failures (self, state->failures);
  gtk_widget_set_visible (GTK_WIDGET (self), *status != '\0' || state->failures->len > 0);
}

const char *
fare_source_footer_get_text (FareSourceFooter *self)
{
  g_return_val_if_fail (FARE_IS_SOURCE_FOOTER (self), NULL);

  return gtk_label_get_label (self->status_label);
}

void
fare_source_footer_popup_failures (FareSourceFooter *self)
{
  g_return_if_fail (FARE_IS_SOURCE_FOOTER (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->failures_button)))
    gtk_menu_button_popup (self->failures_button);
}
