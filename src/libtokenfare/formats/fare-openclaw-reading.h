/* fare-openclaw-reading.h
 *
 * A transcript of OpenClaw, line by line, wherever it is kept: in a file of its own, in
 * a row per line of a database, or packed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-pi-record.h"

G_BEGIN_DECLS

/* Ranks of titles, best first. */
typedef enum
{
  FARE_OPENCLAW_TITLE_INDEX, /* sessions.json */
  FARE_OPENCLAW_TITLE_NODE,  /* the database's list of sessions */
  FARE_OPENCLAW_TITLE_PROMPT
} FareOpenclawTitle;

/* What a transcript's earlier lines tell its later ones. */
typedef struct
{
  guint32     session;
  gboolean    named_by_header; /* the session is the one that the header names */
  FarePiModel model;           /* named last */
  gboolean    has_prompt;
} FareOpenclawReading;

/**
 * fare_openclaw_reading_take_line:
 * @line: need not end in NUL
 * @offset: its place in the log
 */
void fare_openclaw_reading_take_line (FareOpenclawReading *self,
                                      FareLog             *log,
                                      const char          *line,
                                      gsize                length,
                                      gint64               offset);

/**
 * fare_openclaw_reading_take_text:
 * @text: a whole transcript
 * @offset: the place that stands for all of its lines
 */
void fare_openclaw_reading_take_text (FareOpenclawReading *self,
                                      FareLog             *log,
                                      const char          *text,
                                      gsize                length,
                                      gint64               offset);

G_END_DECLS
