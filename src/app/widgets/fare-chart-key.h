/* fare-chart-key.h
 *
 * Says below a chart which colour is what: a dot and a name for each, in as many lines as it takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_CHART_KEY (fare_chart_key_get_type ())
G_DECLARE_FINAL_TYPE (FareChartKey, fare_chart_key, FARE, CHART_KEY, GtkWidget)

typedef struct
{
  const char *name;
  guint       slot;  /* FARE_PALETTE_… */
} FareChartKeyEntry;

/**
 * fare_chart_key_show:
 * @entries: in the order of the chart; copied
 *
 * Shows these and no others; without any, the key takes no room.
 */
void  fare_chart_key_show      (FareChartKey            *self,
                                const FareChartKeyEntry *entries,
                                guint                    n_entries);

/**
 * fare_chart_key_dup_text:
 *
 * Returns: (transfer full): the names, with a comma and a space between them
 */
char *fare_chart_key_dup_text  (FareChartKey            *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
