/* fare-index-roster.h
 *
 * Client and project of every session, packed, for answers that need no more of them.
 * The table roster holds them by the hundred; a trigger drops what has become untrue,
 * and what is missing is looked up where it stands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-statement.h"

G_BEGIN_DECLS

typedef struct _FareRoster FareRoster;

/**
 * fare_roster_new:
 * @db: a connection inside a transaction; must outlive the roster
 *
 * Returns: (transfer full): the sessions, or %NULL after an SQLite error or when they are damaged
 */
FareRoster *fare_roster_new    (sqlite3    *db) G_GNUC_WARN_UNUSED_RESULT;
void        fare_roster_free   (FareRoster *self);

/**
 * fare_roster_count:
 *
 * Returns: a number above that of every session
 */
guint32     fare_roster_count  (FareRoster *self);

/**
 * fare_roster_find:
 * @client: (out): number of the session's client
 * @project: (out): number of its project, 0 when unknown
 *
 * Returns: %FALSE when there is no such session
 */
gboolean    fare_roster_find   (FareRoster *self,
                                guint32     session,
                                guint32    *client,
                                guint32    *project);

/**
 * fare_roster_update:
 *
 * Packs what is missing.  For the writer, inside its transaction.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean    fare_roster_update (sqlite3    *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareRoster, fare_roster_free)

G_END_DECLS
