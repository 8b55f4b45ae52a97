/* fare-index-limits.h
 *
 * The newest usage limits that a client's logs speak of.  Newest means by the time in
 * the log, so the order of reading never matters; they stay when the log goes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-reader.h"

G_BEGIN_DECLS

/**
 * fare_index_limits_store:
 * @client: a client id
 * @time_ms: when the log said so, UTC milliseconds
 * @text: as limits of #FareLog
 *
 * Keeps @text unless newer limits of @client are known.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean  fare_index_limits_store          (sqlite3          *db,
                                            const char       *client,
                                            gint64            time_ms,
                                            const char       *text);

/**
 * fare_index_reader_dup_limits:
 * @time_ms: (out): when the log said so, UTC milliseconds
 *
 * Returns: (transfer full) (nullable): the newest limits of @client, as limits of #FareLog; %NULL
 *   when none are known
 */
char     *fare_index_reader_dup_limits     (FareIndexReader  *self,
                                            const char       *client,
                                            gint64           *time_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
