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

typedef struct
{
  guint32  n_sessions; /* all numbers are below this one */
  guint32 *clients;    /* by session; 0 where there is no such session */
  guint32 *projects;   /* by session; 0 when unknown */
} FareRoster;

/**
 * fare_roster_load:
 *
 * Returns: (transfer full): the sessions, or %NULL after an SQLite error or when they are damaged
 */
FareRoster *fare_roster_load   (sqlite3    *db) G_GNUC_WARN_UNUSED_RESULT;
void        fare_roster_free   (FareRoster *self);

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
