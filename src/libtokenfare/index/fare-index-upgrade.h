/* fare-index-upgrade.h
 *
 * Steps of fare-index-schema.c that SQL alone cannot take.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * fare_upgrade_pack_events:
 *
 * Moves all rows of the table event, which version 2 had, into packs.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean fare_upgrade_pack_events (sqlite3 *db);

G_END_DECLS
