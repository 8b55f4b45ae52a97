/* fare-format-qwen.h
 *
 * Qwen Code: transcripts, the ledger of sessions whose transcripts may be gone, and
 * the chats of releases that were still like Gemini CLI.
 *
 * Rows of calls have no sub.  Rows with one are about a session as a whole: what the
 * ledger says of it, and marks without any use that say its transcript was read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_qwen;
extern const FareFormat fare_format_qwen_ledger;
extern const FareFormat fare_format_qwen_old;

/* Counts as Qwen Code logs them; the prompt includes its cached part. */
typedef struct
{
  gint64 prompt;
  gint64 candidates;
  gint64 cached;
  gint64 thoughts;
  gint64 total;
} FareQwenCounts;

/* Ranks of projects, best first. */
enum
{
  FARE_QWEN_PROJECT_TRANSCRIPT,
  FARE_QWEN_PROJECT_LEDGER
};

/* Tokens as we count them: cached ones are part of the prompt, thoughts may be part of the answer. */
void        fare_qwen_fill_usage    (FareUsage              *usage,
                                     const FareQwenCounts   *counts);

/**
 * fare_qwen_find_provider:
 *
 * Returns: who makes the model, "" when its name does not tell
 */
const char *fare_qwen_find_provider (const char             *model);

/**
 * fare_qwen_list_folders:
 * @name: (nullable): a folder in each
 * @is_session: whether sessions or other things are looked for
 *
 * Returns: (transfer full): Qwen Code's folders
 */
GStrv       fare_qwen_list_folders  (FarePaths              *paths,
                                     const char             *name,
                                     gboolean                is_session) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_qwen_mark_session:
 * @row: a row of a transcript
 *
 * Adds a row that says: this session's calls are known one by one.
 */
void        fare_qwen_mark_session  (FareLog                *log,
                                     const FareRow          *row);

/**
 * fare_qwen_fold:
 *
 * (fare-qwen-fold.c)
 */
void        fare_qwen_fold          (const FareFoldContext  *context,
                                     FareRow               **rows,
                                     guint                   n_rows);

G_END_DECLS
