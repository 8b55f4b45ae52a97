/* fare-index-meta.h
 *
 * Single values that the index keeps by name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-statement.h"

G_BEGIN_DECLS

/**
 * fare_meta_store_number:
 *
 * Returns: %FALSE after an error, which @db still knows
 */
gboolean fare_meta_store_number (sqlite3    *db,
                                 const char *key,
                                 gint64      number);

/**
 * fare_meta_store_text:
 *
 * Returns: %FALSE after an error, which @db still knows
 */
gboolean fare_meta_store_text   (sqlite3    *db,
                                 const char *key,
                                 const char *text);

G_END_DECLS
