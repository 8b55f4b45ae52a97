/* fare-format-droid.h
 *
 * Droid, the command line of Factory: <session>.settings.json with the running counters,
 * and <session>.jsonl beside it with what was said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_droid;

/* What the beginning of a session's transcript tells. */
typedef struct
{
  guint32 title;    /* 0 where none is logged */
  guint32 project;
  guint32 prompt;   /* the first thing the user said, as a title */
  char   *model;    /* (nullable) */
  gint64  time_ms;  /* the first moment in it; 0 for none */
} FareDroidTranscript;

/**
 * fare_droid_read_transcript:
 * @path: may not exist
 * @transcript: (out): to be cleared with fare_droid_transcript_clear()
 *
 * Reads a transcript only until everything is known.
 */
void   fare_droid_read_transcript  (FareLog             *log,
                                    const char          *path,
                                    FareDroidTranscript *transcript);
void   fare_droid_transcript_clear (FareDroidTranscript *transcript);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareDroidTranscript, fare_droid_transcript_clear)

G_END_DECLS
