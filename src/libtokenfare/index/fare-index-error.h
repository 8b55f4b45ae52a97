/* fare-index-error.h
 *
 * What can be wrong with the index, in sentences that name the file and say what to do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef enum
{
  FARE_INDEX_ERROR_OPEN,      /* cannot be opened or created */
  FARE_INDEX_ERROR_READ_ONLY, /* may be read, not written */
  FARE_INDEX_ERROR_FULL,      /* no space left */
  FARE_INDEX_ERROR_CORRUPT,   /* damaged, or no index at all */
  FARE_INDEX_ERROR_NEWER,     /* written by a newer version */
  FARE_INDEX_ERROR_BUSY,      /* another program holds the lock */
  FARE_INDEX_ERROR_FAILED,    /* anything else SQLite reports */
  FARE_INDEX_ERROR_UNFINISHED /* a crash left a journal, and nothing may be written now */
} FareIndexError;

#define FARE_INDEX_ERROR (fare_index_error_quark ())
GQuark fare_index_error_quark (void);

/**
 * fare_index_error_take:
 * @path: (nullable): the index, %NULL in memory
 * @db: (nullable): the connection that failed; %NULL when there was no memory for one
 * @error: (out): set to an error of this domain
 *
 * Translates SQLite's last error.
 *
 * Returns: %FALSE always
 */
gboolean  fare_index_error_take         (const char  *path,
                                         sqlite3     *db,
                                         GError     **error);

/**
 * fare_index_error_take_corrupt:
 * @path: (nullable): the index, %NULL in memory
 * @error: (out): set to %FARE_INDEX_ERROR_CORRUPT
 *
 * For damage that SQLite cannot see.
 *
 * Returns: %FALSE always
 */
gboolean  fare_index_error_take_corrupt (const char  *path,
                                         GError     **error);

G_END_DECLS
