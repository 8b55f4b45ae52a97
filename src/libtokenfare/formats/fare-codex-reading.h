/* fare-codex-reading.h
 *
 * What a rollout's earlier lines tell its later ones, and how that is kept until the
 * next scan.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-codex-counters.h"
#include "formats/fare-codex-limits.h"
#include "formats/fare-log.h"

G_BEGIN_DECLS

/* Numbers are those of the log. */
typedef struct
{
  guint32  own;          /* id of the file's first session_meta; 0 before it */
  guint32  nameless_session; /* by the file's name, for a rollout without session_meta */
  guint32  logical;      /* session the rows belong to now */
  guint32  provider;
  guint32  model;        /* named by the current turn; 0 before any */
  gboolean has_turn;     /* a turn_context has named a model */
  guint32  first_model;
  gboolean is_fork;
  gboolean is_helper;    /* of the current logical session */
  gint64   turn;         /* fingerprint of the turn id, 0 when unknown */
  guint8   modes;
  gboolean is_fast;
  guint32  branch;
  gboolean has_prompt;
  gboolean has_input;
  gboolean has_project;
  FareCodexCounters total;        /* of the last token_count */
  gint64   nameless;     /* rows of earlier passes written before any model was named */
  FareCodexLimits limits;         /* not kept: the index has those of earlier passes */
  FareMemo model_memo;
  guint32  numbered;     /* the model that model_number stands for */
  guint32  model_number; /* its pair with the provider */
} FareCodexReading;

/**
 * fare_codex_reading_restore:
 * @reading: zeroed by the caller
 *
 * Fills @reading from the log's resume note, if it has one.
 */
void fare_codex_reading_restore (FareCodexReading       *reading,
                                 FareLog                *log);

/**
 * fare_codex_reading_save:
 *
 * Leaves the log's next resume note.
 */
void fare_codex_reading_save    (const FareCodexReading *reading,
                                 FareLog                *log);

G_END_DECLS
