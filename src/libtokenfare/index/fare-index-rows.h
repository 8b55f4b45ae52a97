/* fare-index-rows.h
 *
 * Rows of the table event, in and out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-row.h"
#include "index/fare-statement.h"

G_BEGIN_DECLS

/* The columns fare_rows_load() expects, in its order. */
#define FARE_ROW_COLUMNS                                                                     \
  "event.id, event.cluster, event.sub, event.role, event.session, event.time_ms, "           \
  "event.offset, event.model, event.branch, event.flags, event.modes, event.input, "         \
  "event.cache_read, event.write_5m, event.write_1h, event.output, event.reasoning, "        \
  "event.lines, event.messages, event.searches, event.reported, event.own_ms, "              \
  "event.own_session, event.value_delta"

#define FARE_ROW_FILE_SHIFT 24

/**
 * fare_rows_load:
 * @statement: stands on a row that begins with %FARE_ROW_COLUMNS
 */
void            fare_rows_load       (FareStatement *statement,
                                      FareRow       *row);

/**
 * fare_rows_new_store:
 * @is_known: whether the rows to be stored have been stored before, and are to be replaced
 *
 * Returns: (transfer full) (nullable): a statement for fare_rows_store()
 */
FareStatement  *fare_rows_new_store  (sqlite3       *db,
                                      gboolean       is_known) G_GNUC_WARN_UNUSED_RESULT;
gboolean        fare_rows_store      (FareStatement *statement,
                                      const FareRow *row);

G_END_DECLS
