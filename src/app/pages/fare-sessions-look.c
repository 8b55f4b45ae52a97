/* fare-sessions-look.c
 *
 * What decides how sessions read besides their figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-session-row.h"
#include "pages/fare-sessions-look.h"
#include "widgets/fare-palette.h"

gboolean
fare_sessions_look_set_clock (FareSessionsLook *self,
                              GTimeZone        *zone,
                              FareDay           today)
{
  gboolean is_other_day = self->today != today;

  if (self->zone != zone)
    {
      g_clear_pointer (&self->zone, g_time_zone_unref);
      self->zone = g_time_zone_ref (zone);
    }
  self->today = today;

  return is_other_day;
}

static int
compare_weights (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const gint64 *x = g_hash_table_lookup (user_data, *(const char * const *) a);
  const gint64 *y = g_hash_table_lookup (user_data, *(const char * const *) b);

  return *x < *y ? 1 : *x > *y ? -1 : g_strcmp0 (*(const char * const *) a,
                                                 *(const char * const *) b);
}

void
fare_sessions_look_assign_slots (FareSessionsLook *self,
                                 GPtrArray        *rows)
{
  g_autoptr(GHashTable) weights = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autofree gpointer *clients = NULL;
  g_autofree guint *slots = NULL;
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const FareSessionRow *row = g_ptr_array_index (rows, i);
      gint64 *weight = g_hash_table_lookup (weights, row->client);

      if (weight == NULL)
        {
          weight = g_new0 (gint64, 1);
          g_hash_table_insert (weights, row->client, weight);
        }
      *weight += fare_usage_total (&row->sums.usage);
    }

  clients = g_hash_table_get_keys_as_array (weights, &n);
  slots = g_new0 (guint, n + 1);
  g_qsort_with_data (clients, (int) n, sizeof *clients, compare_weights, weights);
  fare_palette_assign ((const char * const *) clients, n, slots);

  g_clear_pointer (&self->slots, g_hash_table_unref);
  self->slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++)
    g_hash_table_insert (self->slots, g_strdup (clients[i]), GUINT_TO_POINTER (slots[i]));
}

void
fare_sessions_look_clear (FareSessionsLook *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->slots, g_hash_table_unref);
}
