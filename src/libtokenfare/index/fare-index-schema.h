/* fare-index-schema.h
 *
 * Tables of the index and the steps that bring an older file up to date.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Kept in SQLite's user_version; "TFar" in its application_id. */
#define FARE_SCHEMA_VERSION 4
#define FARE_SCHEMA_APPLICATION_ID 0x54466172

/**
 * fare_schema_get_version:
 * @is_ours: (out): whether the file is an index of ours, or empty
 *
 * Returns: the schema version of an open database, -1 when it cannot be read
 */
int      fare_schema_get_version (sqlite3   *db,
                                  gboolean  *is_ours);

/**
 * fare_schema_is_current:
 *
 * Quicker than fare_schema_get_version().
 *
 * Returns: whether the file is an index of ours, of this very version
 */
gboolean fare_schema_is_current  (sqlite3   *db);

/**
 * fare_schema_is_current_file:
 *
 * Looks at the file alone, without SQLite: no connection, and nothing changes.
 *
 * Returns: whether it is surely an index of ours, of this very version
 */
gboolean fare_schema_is_current_file (const char *path);

/**
 * fare_schema_migrate:
 *
 * Takes every step between the file's version and ours, in one transaction.  No step ever drops
 * counted rows.
 *
 * Returns: %FALSE when SQLite reports an error; nothing has changed then
 */
gboolean fare_schema_migrate     (sqlite3   *db);

G_END_DECLS
