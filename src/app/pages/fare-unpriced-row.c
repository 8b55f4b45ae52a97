/* fare-unpriced-row.c
 *
 * Says how many tokens of the range have no price.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "pages/fare-unpriced-row.h"

struct _FareUnpricedRow
{
  AdwExpanderRow  parent_instance;

  GHashTable     *rows; /* key → AdwActionRow, as long as it is in the row */
};

G_DEFINE_FINAL_TYPE (FareUnpricedRow, fare_unpriced_row, ADW_TYPE_EXPANDER_ROW)

static void
set_title (AdwPreferencesRow *row,
           const char        *title)
{
  if (g_strcmp0 (adw_preferences_row_get_title (row), title) != 0)
    adw_preferences_row_set_title (row, title);
}

static void
show_model (FareUnpricedRow *self,
            const FareShare *share)
{
  AdwActionRow *row = g_hash_table_lookup (self->rows, share->key);
  g_autofree char *tokens = fare_text_tokens (share->sums.unpriced_tokens);
  g_autofree char *subtitle = NULL;

  /* Translators: a reason as a sentence of its own, and a count of tokens */
  subtitle = g_strdup_printf (_("%s Tokens: %s"), fare_unpriced_to_sentence (share->reason), tokens);

  if (row == NULL)
    {
      row = ADW_ACTION_ROW (adw_action_row_new ());
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_action_row_set_title_lines (row, 1);
      g_hash_table_insert (self->rows, g_strdup (share->key), row);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (row));
    }

  set_title (ADW_PREFERENCES_ROW (row), share->title);

  if (g_strcmp0 (adw_action_row_get_subtitle (row), subtitle) != 0)
    adw_action_row_set_subtitle (row, subtitle);
}

static void
remove_missing (FareUnpricedRow *self,
                GHashTable      *present)
{
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);

  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      if (g_hash_table_contains (present, key))
        continue;

      adw_expander_row_remove (ADW_EXPANDER_ROW (self), row);
      g_hash_table_iter_remove (&iter);
    }
}

static void
fare_unpriced_row_finalize (GObject *object)
{
  g_clear_pointer (&FARE_UNPRICED_ROW (object)->rows, g_hash_table_unref);

  G_OBJECT_CLASS (fare_unpriced_row_parent_class)->finalize (object);
}

static void
fare_unpriced_row_class_init (FareUnpricedRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_unpriced_row_finalize;
}

static void
fare_unpriced_row_init (FareUnpricedRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Set Prices"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-prices");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), button);
  gtk_widget_add_css_class (icon, "warning");
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
fare_unpriced_row_show (FareUnpricedRow *self,
                        GPtrArray       *models,
                        gint64           n_tokens)
{
  g_autoptr(GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *tokens = fare_text_tokens (n_tokens);
  g_autofree char *exact = fare_text_count (n_tokens);
  g_autofree char *title = NULL;

  g_return_if_fail (FARE_IS_UNPRICED_ROW (self));
  g_return_if_fail (models != NULL);

  for (guint i = 0; i < models->len; i++)
    {
      const FareShare *share = g_ptr_array_index (models, i);

      if (share->sums.unpriced_tokens > 0)
        {
          show_model (self, share);
          g_hash_table_add (present, share->key);
        }
    }

  remove_missing (self, present);

  /* Translators: the placeholder is a count of tokens, as in “3.1M” */
  title = g_strdup_printf (_("%s tokens have no price"), tokens);
  set_title (ADW_PREFERENCES_ROW (self), title);

  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), exact) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), exact);
}
