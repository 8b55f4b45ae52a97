/* fare-places-row.h
 *
 * A row that opens to the folders in which logs were looked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FARE_TYPE_PLACES_ROW (fare_places_row_get_type ())
G_DECLARE_FINAL_TYPE (FarePlacesRow, fare_places_row, FARE, PLACES_ROW, AdwExpanderRow)

/**
 * fare_places_row_show:
 * @roots: "client\tpath", as from fare_meter_dup_roots()
 */
void fare_places_row_show (FarePlacesRow      *self,
                           const char * const *roots);

G_END_DECLS
