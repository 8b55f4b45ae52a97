/* fare-format-claude.h
 *
 * Claude Code: projects/<slug>/<session>.jsonl and the files of its helper agents.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_claude;

/**
 * fare_claude_fold:
 *
 * Decides which rows with one message id are the same call (fare-claude-fold.c).
 */
void fare_claude_fold (const FareFoldContext  *context,
                       FareRow               **rows,
                       guint                   n_rows);

G_END_DECLS
