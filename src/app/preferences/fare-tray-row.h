/* fare-tray-row.h
 *
 * The row that shows or hides the tray icon.  Says so while the desktop has no place for one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FARE_TYPE_TRAY_ROW (fare_tray_row_get_type ())
G_DECLARE_FINAL_TYPE (FareTrayRow, fare_tray_row, FARE, TRAY_ROW, AdwActionRow)

G_END_DECLS
