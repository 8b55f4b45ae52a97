/* fare-claude-record.h
 *
 * One line of a Claude Code transcript, as far as it matters: what kind of record it is,
 * whose, when, and what the response in it used.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-pull.h"
#include "formats/fare-row.h"

G_BEGIN_DECLS

/* Ranks of titles, best first. */
typedef enum
{
  FARE_CLAUDE_TITLE_CUSTOM,
  FARE_CLAUDE_TITLE_AI,
  FARE_CLAUDE_TITLE_SUMMARY,
  FARE_CLAUDE_TITLE_AGENT,
  FARE_CLAUDE_TITLE_PROMPT
} FareClaudeTitle;

typedef enum
{
  FARE_CLAUDE_UNKNOWN,
  FARE_CLAUDE_ASSISTANT,
  FARE_CLAUDE_USER,
  FARE_CLAUDE_PROGRESS,
  FARE_CLAUDE_NAMING,
  FARE_CLAUDE_OTHER
} FareClaudeKind;

/* A message as far as it matters here. */
typedef struct
{
  FareSpan  id;
  FareSpan  model;
  FareSpan  prompt;      /* raw JSON of content, for titles only */
  gboolean  has_usage;
  gboolean  wrong_role;
  FareRow   row;         /* usage, flags and modes filled */
  FareSpan  iterations;  /* raw JSON */
} FareClaudeMessage;

typedef struct
{
  FareClaudeKind type;
  FareSpan   session;
  FareSpan   cwd;
  FareSpan   branch;
  FareSpan   request;
  FareSpan   uuid;
  FareSpan   timestamp;
  FareSpan   title;
  int        title_rank;
  gboolean   is_sidechain;
  gboolean   has_agent;
  gboolean   is_fork;
  gboolean   is_meta;
  gboolean   has_cost;
  double     cost;
  gboolean   has_message;
  FareClaudeMessage    message;
  FareSpan   data;       /* raw JSON of a progress record */
} FareClaudeRecord;

/* What is known of a session already, so that its user records need not be read. */
typedef struct
{
  const char *session;    /* as it stands in the log */
  gsize       length;
  gboolean    has_prompt;
  gboolean    is_settled; /* prompt and project are known */
} FareClaudeKnown;

/**
 * fare_claude_record_read:
 * @pull: at the beginning of the record
 * @record: (out): zeroed by the caller, filled as far as the record can matter
 *
 * Returns: %FALSE when the line is not a whole JSON object
 */
gboolean fare_claude_record_read (FarePull              *pull,
                                  FareClaudeRecord      *record,
                                  const FareClaudeKnown *known);

/**
 * fare_claude_usage_read:
 * @pull: inside a usage object, or one of its iterations
 * @row: usage, web searches and modes are filled
 * @type: (nullable) (out): the iteration's type
 * @model: (nullable) (out): the iteration's model
 * @iterations: (nullable) (out): raw JSON of the iterations
 */
void     fare_claude_usage_read  (FarePull              *pull,
                                  FareRow               *row,
                                  FareSpan              *type,
                                  FareSpan              *model,
                                  FareSpan              *iterations);

G_END_DECLS
