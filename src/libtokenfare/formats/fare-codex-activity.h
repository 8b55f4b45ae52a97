/* fare-codex-activity.h
 *
 * How Codex was used besides tokens: chats, reasoning effort by turn, calls of tools.  Read
 * from the logs when somebody asks; nothing of it is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is known of one turn or call. */
typedef struct
{
  char     *name;         /* (nullable): effort or tool */
  int       rank;         /* a name of a higher rank beats others */
  gboolean  is_ambiguous; /* two names of the same rank */
} FareCodexFact;

/* Over any number of files; repeated records of resumed and forked chats count once. */
typedef struct
{
  GHashTable *others;           /* set of session ids that do not count: helpers and reviews */
  GHashTable *chats;            /* set of session ids */
  GHashTable *turns;            /* id → FareCodexFact */
  GHashTable *calls;            /* id → FareCodexFact */
  gint64      files;            /* that count */
  gint64      files_with_id;
  gint64      turns_without_id; /* records */
  gint64      calls_without_id; /* records */
} FareCodexActivity;

/* Nothing is counted yet.  Freed with fare_codex_activity_clear(). */
void fare_codex_activity_init  (FareCodexActivity  *self);
void fare_codex_activity_clear (FareCodexActivity  *self);

/**
 * fare_codex_activity_read:
 * @path: a rollout; one that cannot be read is passed over
 * @cancellable: (nullable): asked now and then; what was read then is not complete
 */
void fare_codex_activity_read  (FareCodexActivity  *self,
                                const char         *path,
                                GCancellable       *cancellable);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareCodexActivity, fare_codex_activity_clear)

G_END_DECLS
