/* fare-format-copilot.h
 *
 * GitHub Copilot CLI: session logs, the OpenTelemetry export that a user may have
 * switched on, and the names of sessions.  What each file says is in its own format;
 * which of them is believed where they tell of the same calls is in the fold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_copilot;
extern const FareFormat fare_format_copilot_names;
extern const FareFormat fare_format_copilot_otel;

/* Ranks of titles, best first; the first two come from fare_format_copilot_names. */
typedef enum
{
  FARE_COPILOT_TITLE_NAME,
  FARE_COPILOT_TITLE_SUMMARY,
  FARE_COPILOT_TITLE_PROMPT,
  FARE_COPILOT_TITLE_ID
} FareCopilotTitle;

/* Ranks of projects, best first. */
typedef enum
{
  FARE_COPILOT_PROJECT_NAMES,
  FARE_COPILOT_PROJECT_START,
  FARE_COPILOT_PROJECT_GIT
} FareCopilotProject;

/* What a row is.  One cluster holds what the logs of all sessions say, because the id of a message is one
 * for all of them, and marks for when something happened; a trace's cluster holds the export's records of it, a response's cluster those that
 * belong to no trace.  Marks have no tokens and are never counted. */
typedef enum
{
  FARE_COPILOT_MODEL,       /* a segment's sum of one model */
  FARE_COPILOT_MESSAGE,     /* a message of a segment: its output only */
  FARE_COPILOT_MARK_BEGIN,  /* a segment's first record */
  FARE_COPILOT_MARK_FIRST,  /* a segment's first message */
  FARE_COPILOT_MARK_END,    /* a segment's shutdown, which names sums */
  FARE_COPILOT_MARK_EXPORT, /* an exported record of the session */
  FARE_COPILOT_CALL,        /* an exported record; the number is its class, 0 best */
  FARE_COPILOT_NAMED_CALL,  /* one that names its session */
  FARE_COPILOT_MARK_CALL    /* in a response's cluster: it also stands in a trace */
} FareCopilotKind;

#define FARE_COPILOT_MAX_NUMBER 0x7fff

/**
 * fare_copilot_pack:
 * @number: of the segment, or the class; at most %FARE_COPILOT_MAX_NUMBER
 * @hash: tells rows of one kind and number apart
 *
 * Returns: a row's sub, which holds all three
 */
static inline gint64
fare_copilot_pack (FareCopilotKind kind,
                   guint           number,
                   gint64          hash)
{
  return ((gint64) number << 48) | ((gint64) kind << 44)
         | (hash & G_GINT64_CONSTANT (0xfffffffffff));
}

/* What fare_copilot_pack() put into a row. */
static inline FareCopilotKind
fare_copilot_kind (const FareRow *row)
{
  return (FareCopilotKind) (row->sub >> 44 & 0xf);
}

/* The number that was packed. */
static inline guint
fare_copilot_number (const FareRow *row)
{
  return (guint) (row->sub >> 48 & FARE_COPILOT_MAX_NUMBER);
}

/* What was kept of the hash. */
static inline gint64
fare_copilot_hash (const FareRow *row)
{
  return row->sub & G_GINT64_CONSTANT (0xfffffffffff);
}

/**
 * fare_copilot_list_folders:
 * @folders: names of folders below a home, %NULL at the end
 *
 * Returns: (transfer full): those folders in each of the client's homes
 */
GStrv    fare_copilot_list_folders  (FarePaths              *paths,
                                     const char * const     *folders) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_copilot_log_cluster:
 *
 * Returns: the cluster of what all session logs say, and of marks in them
 */
gint64   fare_copilot_log_cluster   (void);

/**
 * fare_copilot_add_mark:
 * @row: with cluster, sub, time, session and model
 *
 * Adds a row that has no tokens.
 */
void     fare_copilot_add_mark      (FareLog                *log,
                                     const FareRow          *row);

/**
 * fare_copilot_add_session:
 *
 * Adds the facts that hold of any session with rows.
 */
void     fare_copilot_add_session   (FareLog                *log,
                                     guint32                 session,
                                     gint64                  offset);

/**
 * fare_copilot_intern_model:
 *
 * Returns: the pair of provider and @model, "unknown" for an empty one
 */
guint32  fare_copilot_intern_model  (FareLog                *log,
                                     const char             *model);

/**
 * fare_copilot_split_prompt:
 * @prompt: the whole prompt, both cache kinds included
 *
 * Fills the prompt's buckets, each cut to what is left.
 */
void     fare_copilot_split_prompt  (FareUsage              *usage,
                                     gint64                  prompt,
                                     gint64                  cache_read,
                                     gint64                  cache_write);

/**
 * fare_copilot_fold:
 *
 * Decides which of export, sums and messages is counted (fare-copilot-fold.c).
 */
void     fare_copilot_fold          (const FareFoldContext  *context,
                                     FareRow               **rows,
                                     guint                   n_rows);

G_END_DECLS
