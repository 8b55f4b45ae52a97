/* fare-grok-session.h
 *
 * What stands beside a session's ledger: its summary, and which model it used when.
 *
 * Assumed: session_kind "subagent…" marks a session that is folded into its parent; a
 * summary that names a parent without it is a fork.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-log.h"

G_BEGIN_DECLS

typedef struct
{
  char     *id;
  char     *cwd;
  char     *model;  /* current one; "" when unknown */
  char     *parent; /* "" without one */
  guint32   title;   /* number in the log, 0 for none */
  guint32   summary; /* likewise */
  gboolean  is_subagent;
  GArray   *turns;   /* (nullable): FareGrokTurn, as they stand in the file */
} FareGrokSession;

typedef struct
{
  gint64  begin_ms;
  char   *model;
} FareGrokTurn;

/* Ranks of titles, best first. */
enum
{
  FARE_GROK_TITLE_GENERATED,
  FARE_GROK_TITLE_SUMMARY,
  FARE_GROK_TITLE_PROMPT
};

/**
 * fare_grok_session_load:
 * @folder: sessions/<encoded working directory>/<session id>
 *
 * Returns: (transfer full): what summary.json tells; the rest from the folder's names
 */
FareGrokSession *fare_grok_session_load       (FareLog               *log,
                                               const char            *folder)
  G_GNUC_WARN_UNUSED_RESULT;
void             fare_grok_session_free       (FareGrokSession       *self);

/**
 * fare_grok_session_load_turns:
 *
 * Reads events.jsonl.
 */
void             fare_grok_session_load_turns (FareGrokSession       *self,
                                               const char            *folder);

/**
 * fare_grok_session_find_model:
 *
 * Returns: the model of the turn that had begun last at @time_ms, else the current one; "" when
 *   unknown
 */
const char      *fare_grok_session_find_model (const FareGrokSession *self,
                                               gint64                 time_ms);

/**
 * fare_grok_session_add_facts:
 * @session: its number in the log
 */
void             fare_grok_session_add_facts  (const FareGrokSession *self,
                                               FareLog               *log,
                                               guint32                session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareGrokSession, fare_grok_session_free)

G_END_DECLS
