/* fare-pi-record.h
 *
 * One line of a session as Pi writes it, and those who took over its format: a header,
 * a message, a change of the model.  What a line means to a client is the client's own
 * matter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-log.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_PI_UNKNOWN,
  FARE_PI_SESSION, /* the header */
  FARE_PI_MESSAGE,
  FARE_PI_MODEL,   /* another model from here on */
  FARE_PI_NAME,    /* the user named the session */
  FARE_PI_OTHER
} FarePiType;

/* Spans are empty where the line has no such member. */
typedef struct
{
  FarePiType type;
  FareSpan   id;
  gint64     outer_ms;   /* the line's own time, UTC milliseconds; 0 when there is none */
  FareSpan   cwd;
  FareSpan   parent;     /* path of the session this one was forked from */
  FareSpan   name;
  FareSpan   provider;
  FareSpan   model;
  gboolean   has_usage;  /* an assistant's message with a usage object */
  gboolean   is_prompt;  /* a user's message */
  gint64     inner_ms;   /* the message's own time; 0 when there is none */
  FareSpan   content;    /* raw JSON of what was said */
  FareRow    row;        /* usage and cost filled */
} FarePiRecord;

/* Which model a session's earlier lines named, as numbers of the log's texts. */
typedef struct
{
  guint32 provider;
  guint32 model;
} FarePiModel;

/**
 * fare_pi_record_read:
 * @line: need not end in NUL; must outlive the record
 *
 * Returns: %FALSE when the line is not what it should be
 */
gboolean fare_pi_record_read         (FarePiRecord       *self,
                                      const char         *line,
                                      gsize               length);

/**
 * fare_pi_record_get_model:
 *
 * Returns: the model a header or a change of the model names; numbers are 0 where it names none
 */
FarePiModel fare_pi_record_get_model (const FarePiRecord *self,
                                      FareLog            *log);

/**
 * fare_pi_record_add_call:
 * @session: number of the session that it stands in
 * @current: what was named last, for messages that name no model
 * @time_ms: the time the client goes by; 0 when there is none
 *
 * Adds the row of an assistant's message.  Usage without a time is counted as malformed.  What else
 * the client knows of the row is set before.
 */
void     fare_pi_record_add_call     (FarePiRecord       *self,
                                      FareLog            *log,
                                      guint32             session,
                                      const FarePiModel  *current,
                                      gint64              time_ms,
                                      gint64              offset);

/**
 * fare_pi_record_add_prompt:
 * @rank: of a title from a prompt
 *
 * Takes a user's message as the session's title.
 *
 * Returns: %FALSE when there is nothing in it
 */
gboolean fare_pi_record_add_prompt   (const FarePiRecord *self,
                                      FareLog            *log,
                                      guint32             session,
                                      guint               rank,
                                      gint64              offset);

G_END_DECLS
