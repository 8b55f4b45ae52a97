/* fare-index-sessions.h
 *
 * What is known about sessions: facts from files in, the table session out; and the
 * families that parents make of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-log.h"
#include "index/fare-index-files.h"
#include "index/fare-index-names.h"

G_BEGIN_DECLS

/* Bits of session.flags. */
#define FARE_SESSION_SUBAGENT (1 << 0)
#define FARE_SESSION_REVIEW   (1 << 1)

typedef struct _FareSessions FareSessions;

FareSessions *fare_sessions_new         (sqlite3        *db,
                                         FareNames      *names,
                                         FareFiles      *files) G_GNUC_WARN_UNUSED_RESULT;
void          fare_sessions_free        (FareSessions   *self);

/**
 * fare_sessions_drop_file:
 *
 * @present: (nullable): set of sessions that the file still has; facts of others are kept
 *
 * Takes back the facts of a file that is read anew.
 */
gboolean      fare_sessions_drop_file   (FareSessions   *self,
                                         guint32         file,
                                         GHashTable     *present);

/**
 * fare_sessions_add_fact:
 * @text: for a parent: the other session's uid
 */
gboolean      fare_sessions_add_fact    (FareSessions   *self,
                                         guint32         file,
                                         guint32         session,
                                         const FareFact *fact,
                                         const char     *text);

/**
 * fare_sessions_settle:
 * @moved: (inout): set of sessions (guint32 as pointers) whose family changed; one that the batch is the
 *   first to name had none
 *
 * Decides title, project, parent and flags of every session whose facts changed.
 */
gboolean      fare_sessions_settle      (FareSessions   *self,
                                         GHashTable     *moved);

/**
 * fare_sessions_store_fresh:
 *
 * Stores the sessions that the batch was the first to name, when all is known of them.
 */
gboolean      fare_sessions_store_fresh (FareSessions   *self);

/**
 * fare_sessions_get_root:
 *
 * Returns: the first ancestor of @session, itself when it has none
 */
guint32       fare_sessions_get_root    (FareSessions   *self,
                                         guint32         session);

/**
 * fare_sessions_add_descendants:
 *
 * Adds to the set @sessions all that descend from one in it.
 */
gboolean      fare_sessions_add_descendants (FareSessions *self,
                                             GHashTable   *sessions);

/**
 * fare_sessions_set_span:
 *
 * Sets the first and last time of @session from its counted rows.
 */
gboolean      fare_sessions_set_span    (FareSessions   *self,
                                         guint32         session);

/**
 * fare_sessions_widen_span:
 *
 * Takes times of rows that were added into the first and last time of @session.
 */
gboolean      fare_sessions_widen_span  (FareSessions   *self,
                                         guint32         session,
                                         gint64          first_ms,
                                         gint64          last_ms);

/**
 * fare_sessions_forget:
 *
 * Forgets what belongs to a transaction that was undone.
 */
void          fare_sessions_forget      (FareSessions   *self);

/**
 * fare_sessions_trim:
 *
 * Between transactions: forgets parents when there are very many; they are then looked up again.
 */
void          fare_sessions_trim        (FareSessions   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSessions, fare_sessions_free)

G_END_DECLS
