/* fare-index-remains.h
 *
 * What stays of a file that holds many sessions, when it is read anew: rows of sessions
 * and of single calls that were deleted from it.  And copies whose original was: the
 * file no longer shows what they are copies of; the index, which keeps it, does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-row.h"

G_BEGIN_DECLS

typedef struct _FareRemains FareRemains;

/**
 * fare_remains_new:
 * @sessions: set of sessions that the file still has; must outlive the remains
 * @calls: (nullable) (element-type gint64): set of the subs of all calls that the file still has,
 *   likewise; %NULL when a call cannot be deleted without its session
 *
 * Returns: (transfer full): nothing yet, for one reading of one file
 */
FareRemains *fare_remains_new         (GHashTable    *sessions,
                                       GHashTable    *calls) G_GNUC_WARN_UNUSED_RESULT;
void         fare_remains_free        (FareRemains   *self);

/**
 * fare_remains_take:
 * @row: a row that the index has of the file
 *
 * Returns: whether it stays
 */
gboolean     fare_remains_take        (FareRemains   *self,
                                       const FareRow *row);

/**
 * fare_remains_mark_copies:
 * @rows: (element-type FareRow): what the file has now, with all numbers those of the index
 *
 * Has those of @rows that were copies of a row which stays be its copies again.
 */
void         fare_remains_mark_copies (FareRemains   *self,
                                       GArray        *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareRemains, fare_remains_free)

G_END_DECLS
