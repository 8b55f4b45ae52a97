/* fare-pricing-import.c
 *
 * The dialog that shows what an import would change before it does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "pages/fare-pricing-import.h"

/* A list of hundreds of rows is not read; it says how many more there are. */
#define MAX_ROWS 200

struct _FarePricingImport
{
  AdwWindow            parent_instance;

  GtkWidget           *import_button;
  GtkLabel            *summary_label;
  AdwPreferencesGroup *diffs_group;
  AdwPreferencesGroup *problems_group;

  FarePricingPreview  *preview;
};

G_DEFINE_FINAL_TYPE (FarePricingImport, fare_pricing_import, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_IMPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
import_cb (FarePricingImport *self)
{
  g_signal_emit (self, signals[SIGNAL_IMPORT], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
fare_pricing_import_dispose (GObject *object)
{
  FarePricingImport *self = FARE_PRICING_IMPORT (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_PRICING_IMPORT);
  g_clear_pointer (&self->preview, fare_pricing_preview_free);

  G_OBJECT_CLASS (fare_pricing_import_parent_class)->dispose (object);
}

static void
fare_pricing_import_class_init (FarePricingImportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_pricing_import_dispose;

  signals[SIGNAL_IMPORT] =
    g_signal_new ("import", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-pricing-import.ui");
  gtk_widget_class_bind_template_child (widget_class, FarePricingImport, import_button);
  gtk_widget_class_bind_template_child (widget_class, FarePricingImport, summary_label);
  gtk_widget_class_bind_template_child (widget_class, FarePricingImport, diffs_group);
  gtk_widget_class_bind_template_child (widget_class, FarePricingImport, problems_group);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
}

static void
fare_pricing_import_init (FarePricingImport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_row (AdwPreferencesGroup *group,
         const char          *title,
         const char          *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
}

static void
add_more (AdwPreferencesGroup *group,
          guint                n_all)
{
  guint n_more = n_all > MAX_ROWS ? n_all - MAX_ROWS : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

  if (n_more > 0)
    add_row (group, text, NULL);
}

static void
show_summary (FarePricingImport *self)
{
  const FarePricingPreview *preview = self->preview;
  guint n_diffs = preview->diffs->len;
  g_autofree char *path = fare_text_path (preview->path);
  g_autofree char *changes =
    g_strdup_printf (ngettext ("%u model would change", "%u models would change", n_diffs), n_diffs);
  g_autofree char *same =
    g_strdup_printf (ngettext ("%u has these prices already", "%u have these prices already",
                               preview->n_same), preview->n_same);
  /* Translators: a file, and two counts of models */
  g_autofree char *text = g_strdup_printf (_("%s: %s, %s."), path, changes, same);

  gtk_label_set_label (self->summary_label, text);
}

FarePricingImport *
fare_pricing_import_new (GtkWindow          *parent,
                         FarePricingPreview *preview)
{
  FarePricingImport *self = g_object_new (FARE_TYPE_PRICING_IMPORT, "transient-for", parent, NULL);
  guint n_problems = g_strv_length (preview->problems);

  self->preview = preview;
  show_summary (self);
  for (guint i = 0; i < MIN (preview->diffs->len, MAX_ROWS); i++)
    {
      const FarePricingDiff *diff = g_ptr_array_index (preview->diffs, i);

      add_row (self->diffs_group, diff->name, diff->detail);
    }
  add_more (self->diffs_group, preview->diffs->len);
  for (guint i = 0; i < MIN (n_problems, MAX_ROWS); i++)
    add_row (self->problems_group, preview->problems[i], NULL);
  add_more (self->problems_group, n_problems);

  gtk_widget_set_visible (GTK_WIDGET (self->diffs_group), preview->diffs->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->problems_group), n_problems > 0);
  gtk_widget_set_sensitive (self->import_button, preview->diffs->len > 0);

  return self;
}

const FarePricingPreview *
fare_pricing_import_get_preview (FarePricingImport *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_IMPORT (self), NULL);

  return self->preview;
}
