/* fare-copilot-reading.h
 *
 * What the earlier lines of a Copilot log tell its later ones, and how that is kept
 * from one pass to the next.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format-copilot.h"

G_BEGIN_DECLS

typedef struct
{
  guint32  session;
  guint32  model;      /* chosen for the session; 0 before any */
  guint    segment;    /* how many segments have ended with sums */
  gboolean has_begin;  /* the segment's first record has been seen */
  gboolean has_first;  /* likewise its first message */
  gboolean has_prompt;
  gint64   last_ms;    /* newest record so far */
  GArray  *heard;      /* when each model was last heard in the segment */
} FareCopilotReading;

/**
 * fare_copilot_reading_init:
 *
 * Goes on where the log's note says, or begins with the session that its place names.
 */
void   fare_copilot_reading_init  (FareCopilotReading       *self,
                                   FareLog                  *log);
void   fare_copilot_reading_clear (FareCopilotReading       *self);

/**
 * fare_copilot_reading_save:
 *
 * Leaves the note for the next pass.
 */
void   fare_copilot_reading_save  (const FareCopilotReading *self,
                                   FareLog                  *log);

/**
 * fare_copilot_reading_begin:
 *
 * The log is @session's from here on.
 */
void   fare_copilot_reading_begin (FareCopilotReading       *self,
                                   FareLog                  *log,
                                   guint32                   session,
                                   gint64                    offset);

/**
 * fare_copilot_reading_hear:
 *
 * A message of @model was written at @time_ms, UTC milliseconds.
 */
void   fare_copilot_reading_hear  (FareCopilotReading       *self,
                                   guint32                   model,
                                   gint64                    time_ms);

/**
 * fare_copilot_reading_heard:
 *
 * Returns: when the model was last heard in this segment, 0 for never
 */
gint64 fare_copilot_reading_heard (const FareCopilotReading *self,
                                   guint32                   model);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareCopilotReading, fare_copilot_reading_clear)

G_END_DECLS
