/* fare-meter-glance.c
 *
 * Keeps the figures of status lines ready, so that none of them has to count.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-glance-take.h"
#include "fare-meter-private.h"

/* Longer than files take to look settled to fare_glance_dup_state(). */
#define PAUSE_MS 120

#define PERIOD "today"

static gboolean
take_cb (gpointer user_data)
{
  FareMeter *self = user_data;
  FarePaths *paths = fare_meter_get_paths (self);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  FareNow now = { g_get_real_time () / 1000, zone };
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  g_autofree char *state = NULL;
  g_autoptr(FareIndexReader) reader = NULL;
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(FareGlance) glance = NULL;

  g_clear_pointer (&self->glancing, g_source_unref);
  if (fare_index_get_path (index) == NULL || !fare_glance_is_wanted (paths, PERIOD))
    return G_SOURCE_REMOVE;

  /* Whoever asks counts for himself where this fails. */
  state = fare_glance_dup_state (paths);
  prices = fare_meter_ref_prices (self);
  reader = state != NULL ? fare_meter_read (self, NULL) : NULL;
  if (reader != NULL)
    glance = fare_glance_take (paths, reader, prices, PERIOD, &now, NULL);
  if (glance != NULL)
    fare_glance_keep (glance, paths, state);

  return G_SOURCE_REMOVE;
}

void
fare_meter_keep_glance (FareMeter *self)
{
  if (self->glancing != NULL)
    return;

  self->glancing = g_timeout_source_new (PAUSE_MS);
  g_source_set_callback (self->glancing, take_cb, self, NULL);
  g_source_attach (self->glancing, self->context);
}

void
fare_meter_forget_glance (FareMeter *self)
{
  if (self->glancing == NULL)
    return;

  g_source_destroy (self->glancing);
  g_clear_pointer (&self->glancing, g_source_unref);
}
