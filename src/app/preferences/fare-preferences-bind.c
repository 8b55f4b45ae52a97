/* fare-preferences-bind.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "preferences/fare-preferences-bind.h"

static gboolean
get_place (GValue   *value,
           GVariant *variant,
           gpointer  user_data)
{
  const FareChoice *choices = user_data;
  guint place = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; choices[i].value != NULL; i++)
    {
      if (g_str_equal (choices[i].value, g_variant_get_string (variant, NULL)))
        place = i;
    }

  g_value_set_uint (value, place);

  return TRUE;
}

static GVariant *
get_word (const GValue       *value,
          const GVariantType *expected_type,
          gpointer            user_data)
{
  const FareChoice *choices = user_data;
  guint place = g_value_get_uint (value);

  /* No answer leaves the key as it is. */
  return place != GTK_INVALID_LIST_POSITION ? g_variant_new_string (choices[place].value) : NULL;
}

void
fare_preferences_bind_choice (GSettings        *settings,
                              const char       *key,
                              AdwComboRow      *row,
                              const FareChoice *choices)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; choices[i].value != NULL; i++)
    gtk_string_list_append (list, _(choices[i].title));

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_place, get_word, (gpointer) choices, NULL);
}
