/* fare-roots.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-roots.h"

#include <string.h>

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/* Sorted, so that of several names of one folder always the same one is taken. */
static GStrv
end_sorted (GPtrArray *roots)
{
  g_ptr_array_sort (roots, compare_texts);

  for (guint i = roots->len; i > 1; i--)
    if (g_str_equal (g_ptr_array_index (roots, i - 1), g_ptr_array_index (roots, i - 2)))
      g_ptr_array_remove_index (roots, i - 1);
  g_ptr_array_add (roots, NULL);

  return (GStrv) g_ptr_array_steal (roots, NULL);
}

static void
add_all (GPtrArray *roots,
         GStrv      more)
{
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (roots, g_strdup (more[i]));
}

GStrv
fare_roots_list_extra (FareSettings *settings,
                       const char   *client)
{
  g_autoptr(GVariant) all = fare_settings_dup_value (settings, "extra-roots", G_VARIANT_TYPE ("a{sas}"));
  GStrv roots = NULL;

  if (all == NULL || !g_variant_lookup (all, client, "^as", &roots))
    return g_new0 (char *, 1);

  return roots;
}

GStrv
fare_roots_list_own (const FareFormat *format,
                     FarePaths        *paths)
{
  g_autoptr(GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) own = format->list_roots (paths);

  add_all (roots, own);

  return end_sorted (roots);
}

GStrv
fare_roots_list (const FareFormat *format,
                 FarePaths        *paths,
                 FareSettings     *settings)
{
  g_autoptr(GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) disabled = fare_settings_dup_strv (settings, "disabled-sources");
  g_auto(GStrv) own = NULL;
  g_auto(GStrv) extra = NULL;

  if (g_strv_contains ((const char * const *) disabled, format->id))
    return g_new0 (char *, 1);

  own = format->list_roots (paths);
  extra = fare_roots_list_extra (settings, format->id);
  add_all (roots, own);
  add_all (roots, extra);

  return end_sorted (roots);
}
