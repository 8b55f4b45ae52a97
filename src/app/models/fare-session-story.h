/* fare-session-story.h
 *
 * Everything the details page shows of one session, from its first response to its last,
 * taken from one snapshot of the index.  A plain value: made in a worker thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-prompts.h"
#include "models/fare-live-query.h"
#include "models/fare-session-row.h"

G_BEGIN_DECLS

/* A turn with its place. */
typedef struct
{
  const FarePromptTurn *turn;
  guint                 group;   /* of the prompt that caused it */
  FareSums              sums;    /* of this turn */
  FareSums              running; /* from the beginning, this one included */
} FareStoryTurn;

typedef struct
{
  char     *name;
  FareSums  sums;
} FareStoryModel;

typedef struct
{
  gatomicrefcount  ref_count;
  FareSessionRow  *row;          /* of its whole life */
  gint64           first_ms;     /* UTC milliseconds */
  gint64           active_ms;    /* estimated milliseconds at work */
  char            *parent_title; /* (nullable): of the session it comes from, where that is known */
  GPtrArray       *helpers;      /* of FareSessionRow: agents it started, most expensive first */
  FareSums         helper_sums;  /* of them; not in the sums of row */
  GPtrArray       *models;       /* of FareStoryModel, most expensive first */
  FarePrompts     *prompts;
  GArray          *turns;        /* of FareStoryTurn, in the order of the prompts */
  GArray          *starts;       /* of guint: where each prompt's turns begin in turns, and the end */
  GTimeZone       *zone;
  FareDay          today;
} FareSessionStory;

FareSessionStory *fare_session_story_ref   (FareSessionStory    *self);
void              fare_session_story_unref (FareSessionStory    *self);

/**
 * fare_session_story_load:
 *
 * A #FareAnswerFunc.  The subject is "(ss)": client and id.
 *
 * Returns: (transfer full): a #FareSessionStory, or %NULL with @error set
 */
gpointer          fare_session_story_load  (const FareQuestion  *question,
                                            GCancellable        *cancellable,
                                            GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSessionStory, fare_session_story_unref)

G_END_DECLS
