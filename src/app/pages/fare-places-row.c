/* fare-places-row.c
 *
 * Opens to the folders in which logs were looked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "pages/fare-places-row.h"

/* An extension may have been used in any of many editors; the tooltip names all folders. */
#define MAX_LINES 4

struct _FarePlacesRow
{
  AdwExpanderRow  parent_instance;

  GPtrArray      *rows; /* of the places shown; owned by the expander */
  GStrv           shown;
};

G_DEFINE_FINAL_TYPE (FarePlacesRow, fare_places_row, ADW_TYPE_EXPANDER_ROW)

static char *
join_lines (GPtrArray *paths,
            guint      n_lines)
{
  g_autoptr(GString) lines = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (paths, i));

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
add_client (FarePlacesRow *self,
            const char    *client,
            GPtrArray     *paths)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *lines = join_lines (paths, MIN (paths->len, MAX_LINES));

  if (paths->len > MAX_LINES)
    {
      guint n_more = paths->len - MAX_LINES;
      g_autofree char *all = join_lines (paths, paths->len);
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more),
                                               n_more);
      g_autofree char *first = g_steal_pointer (&lines);

      lines = g_strconcat (first, "\n", more, NULL);
      gtk_widget_set_tooltip_text (row, all);
    }

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fare_text_client (client));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), lines);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

/* A client reads some folders in more than one way; each is named once. */
static void
add_clients (FarePlacesRow      *self,
             const char * const *roots)
{
  g_autoptr(GPtrArray) clients = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                       (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; roots[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (roots[i], "\t", 2);
      g_autofree char *path = NULL;
      GPtrArray *list;

      if (g_strv_length (parts) != 2)
        continue;

      list = g_hash_table_lookup (paths, parts[0]);
      if (list == NULL)
        {
          list = g_ptr_array_new_with_free_func (g_free);
          g_ptr_array_add (clients, g_strdup (parts[0]));
          g_hash_table_insert (paths, g_ptr_array_index (clients, clients->len - 1), list);
        }

      path = fare_text_path (parts[1]);
      if (!g_ptr_array_find_with_equal_func (list, path, g_str_equal, NULL))
        g_ptr_array_add (list, g_steal_pointer (&path));
    }

  for (guint i = 0; i < clients->len; i++)
    {
      const char *client = g_ptr_array_index (clients, i);

      add_client (self, client, g_hash_table_lookup (paths, client));
    }
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

  add_clients (self, roots);
}
