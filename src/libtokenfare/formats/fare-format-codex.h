/* fare-format-codex.h
 *
 * Codex: rollout files under sessions/ and archived_sessions/, plain or compressed,
 * and the two places where it keeps names of threads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_codex;
extern const FareFormat fare_format_codex_titles;

/* Ranks of titles, best first; the first two come from fare_format_codex_titles. */
typedef enum
{
  FARE_CODEX_TITLE_INDEX,
  FARE_CODEX_TITLE_STATE,
  FARE_CODEX_TITLE_RENAMED,
  FARE_CODEX_TITLE_PROMPT,
  FARE_CODEX_TITLE_INPUT
} FareCodexTitle;

/**
 * fare_codex_list_homes:
 *
 * Returns: (transfer full): $CODEX_HOME (a comma-separated list is accepted), else ~/.codex
 */
GStrv fare_codex_list_homes (FarePaths              *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_codex_fold:
 *
 * Decides which rows with the same counters are the same call (fare-codex-fold.c).
 */
void  fare_codex_fold       (const FareFoldContext  *context,
                             FareRow               **rows,
                             guint                   n_rows);

G_END_DECLS
