/* fare-opencode-message.h
 *
 * One message as OpenCode and its forks store it: in the data column of either table
 * generation, or as a file of the JSON store.  Not a public interface of the room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-log.h"

G_BEGIN_DECLS

/* Counts as logged, tokens. */
typedef struct
{
  gint64 input;
  gint64 output;
  gint64 reasoning;
  gint64 cache_read;
  gint64 cache_write;
  gint64 total;     /* 0 when not logged */
} FareOpencodeTokens;

/* Spans point into the text that was parsed. */
typedef struct
{
  FareSpan           id;           /* JSON store only, like session */
  FareSpan           session;
  FareSpan           role;
  FareSpan           provider;
  FareSpan           model;
  FareSpan           cwd;
  gboolean           has_tokens;
  FareOpencodeTokens tokens;
  gint64             created_ms;   /* UTC milliseconds, 0 when not logged */
  gint64             completed_ms; /* likewise */
  double             cost;         /* USD */
} FareOpencodeMessage;

/**
 * fare_opencode_message_parse:
 * @text: must outlive @self
 *
 * Returns: %FALSE when @text is not one whole JSON object
 */
gboolean fare_opencode_message_parse    (FareOpencodeMessage *self,
                                         const char          *text,
                                         gsize                length);

/**
 * fare_opencode_message_is_empty:
 *
 * Returns: whether not a single token is logged in the message itself; its steps may know
 */
gboolean fare_opencode_message_is_empty (const FareOpencodeMessage *self);

/**
 * fare_opencode_message_add_part:
 * @text: a part of the message
 *
 * Adds tokens and cost of a "step-finish" part; other parts are passed over.
 *
 * Returns: %FALSE when @text is not one whole JSON object
 */
gboolean fare_opencode_message_add_part (FareOpencodeMessage *self,
                                         const char          *text,
                                         gsize                length);

/**
 * fare_opencode_hash_id:
 * @id: a message's id
 *
 * Returns: the sub of its row
 */
gint64   fare_opencode_hash_id          (const char                *id);

/**
 * fare_opencode_message_fill_row:
 * @id: the message's id
 * @session: number of the session in @log
 * @is_v2: the message stands in the tables of OpenCode 2
 *
 * Makes the row: cluster, sub, time, session, model, usage and cost.
 *
 * Returns: %FALSE when the message says nothing about use, or has no time
 */
gboolean fare_opencode_message_fill_row (const FareOpencodeMessage *self,
                                         FareLog                   *log,
                                         const char                *id,
                                         guint32                    session,
                                         gboolean                   is_v2,
                                         FareRow                   *row);

G_END_DECLS
