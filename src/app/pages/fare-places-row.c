/* fare-places-row.c
 *
 * Opens to the folders in which logs were looked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "base/fare-text.h"
#include "pages/fare-places-row.h"

struct _FarePlacesRow
{
  AdwExpanderRow  parent_instance;

  GPtrArray      *rows; /* of the places shown; owned by the expander */
  GStrv           shown;
};

G_DEFINE_FINAL_TYPE (FarePlacesRow, fare_places_row, ADW_TYPE_EXPANDER_ROW)

static void
add_place (FarePlacesRow *self,
           const char    *root)
{
  g_auto(GStrv) parts = g_strsplit (root, "\t", 2);
  g_autofree char *path = NULL;
  GtkWidget *row;

  if (g_strv_length (parts) != 2)
    return;

  path = fare_text_path (parts[1]);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fare_text_client (parts[0]));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), path);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
fare_places_row_finalize (GObject *object)
{
  FarePlacesRow *self = FARE_PLACES_ROW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_strfreev);

  G_OBJECT_CLASS (fare_places_row_parent_class)->finalize (object);
}

static void
fare_places_row_class_init (FarePlacesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_places_row_finalize;
}

static void
fare_places_row_init (FarePlacesRow *self)
{
  self->rows = g_ptr_array_new ();
}

void
fare_places_row_show (FarePlacesRow      *self,
                      const char * const *roots)
{
  g_return_if_fail (FARE_IS_PLACES_ROW (self));
  g_return_if_fail (roots != NULL);

  if (self->shown != NULL && g_strv_equal ((const char * const *) self->shown, roots))
    return;

  g_strfreev (self->shown);
  self->shown = g_strdupv ((char **) roots);

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));

  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; roots[i] != NULL; i++)
    add_place (self, roots[i]);
}
