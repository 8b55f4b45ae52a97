/* fare-figures.h
 *
 * Sums and events as the commands show them: the same words, the same member names
 * and the same columns everywhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"
#include "fare-csv.h"
#include "fare-json-writer.h"
#include "fare-table.h"

G_BEGIN_DECLS

/**
 * fare_figures_add:
 *
 * Adds the tokens and the price of one event to @sums, except for the number of sessions.
 */
void   fare_figures_add             (FareSums            *sums,
                                     const FareEventRow  *event,
                                     const FarePrice     *price);

/**
 * fare_figures_format_time:
 *
 * Returns: (transfer full): "2026-03-02 10:15:04" in @zone
 */
char  *fare_figures_format_time     (gint64               time_ms,
                                     GTimeZone           *zone) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_figures_get_zone_name:
 *
 * Returns: the zone's name for machine output: "Europe/Berlin"; the zone's own string
 */
const char *fare_figures_get_zone_name (GTimeZone        *zone);

/**
 * fare_figures_add_columns:
 * @total: sums over all rows; where a part of them has no price there is a column for that
 *
 * Adds the columns Cost, Tokens, ….
 */
void   fare_figures_add_columns     (FareTable           *table,
                                     const FareSums      *total);

/**
 * fare_figures_add_cells:
 * @total: as for fare_figures_add_columns()
 *
 * Adds a row's cells for those columns.
 */
void   fare_figures_add_cells       (FareTable           *table,
                                     FareStyle            style,
                                     const FareSums      *sums,
                                     const FareSums      *total);

/* The first two of these columns alone: Cost and, where needed, Without price. */
void   fare_figures_add_cost_columns (FareTable          *table,
                                     const FareSums      *total);
void   fare_figures_add_cost_cells  (FareTable           *table,
                                     FareStyle            style,
                                     const FareSums      *sums,
                                     const FareSums      *total);

/**
 * fare_figures_write_sums:
 *
 * Adds input … unpriced_tokens to the open object; cost is null when nothing has a price.
 */
void   fare_figures_write_sums      (FareJsonWriter      *json,
                                     const FareSums      *sums);

/* The same as CSV: the names, and the values. */
void   fare_figures_add_csv_names   (FareCsv             *csv);
void   fare_figures_add_csv_sums    (FareCsv             *csv,
                                     const FareSums      *sums);

/**
 * fare_figures_write_event:
 *
 * Adds an event's members to the open object.
 */
void   fare_figures_write_event     (FareJsonWriter      *json,
                                     const FareEventRow  *event,
                                     const FarePrice     *price);

G_END_DECLS
