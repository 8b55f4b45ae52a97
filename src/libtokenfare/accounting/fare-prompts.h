/* fare-prompts.h
 *
 * A session by the prompts that caused its turns: what each of them cost, and the
 * running total.
 *
 * The index knows no prompt's text.  It is read from the session's logs when somebody
 * looks, and kept nowhere.  Call from a worker thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/* A pause this long begins a new group where prompts cannot be read. */
#define FARE_PROMPTS_GAP_MS (5 * 60 * G_GINT64_CONSTANT (1000))

typedef enum
{
  FARE_PROMPTS_READ,        /* prompts come from the logs */
  FARE_PROMPTS_GONE,        /* a log is gone or unreadable; groups are stretches between pauses */
  FARE_PROMPTS_UNSUPPORTED  /* this client's prompts cannot be read; likewise */
} FarePromptsBasis;

/* One turn: an event with its price. */
typedef struct
{
  gint64     time_ms;     /* UTC milliseconds */
  char      *provider;
  char      *model;       /* as logged */
  FareUsage  usage;
  gint64     messages;
  FarePrice  price;
  gboolean   is_subagent;
  char      *path;        /* receipt: the log file */
  gint64     offset;      /* and the byte where the line begins */
} FarePromptTurn;

/* The turns that one prompt caused.  It may have none, but the first group has: prompts before it
 * that caused nothing are a history copied from another session. */
typedef struct
{
  char      *text;        /* (nullable): one line, at most 200 characters; %NULL for turns before the
                             first prompt and for stretches between pauses */
  gint64     time_ms;     /* UTC milliseconds of the prompt, of the first turn without one */
  gint64     last_ms;     /* of the last turn; time_ms without any */
  char      *path;        /* (nullable): where the prompt is */
  gint64     offset;      /* bytes, -1 without a prompt */
  GPtrArray *turns;       /* of FarePromptTurn, oldest first */
  FareSums   sums;        /* of its turns */
  FareSums   running;     /* from the session's beginning, this one included */
} FarePromptGroup;

typedef struct _FarePrompts FarePrompts;

/**
 * fare_prompts_new:
 * @session: of @reader
 * @cancellable: (nullable): asked now and then
 *
 * A turn belongs to the last prompt before it in its own log; one of a helper agent, which has a
 * log of its own, to the last prompt of the session by time.  The sums of all groups are those of
 * the session.
 *
 * Returns: (transfer full): the groups, or %NULL with @error when the index could not be read
 */
FarePrompts           *fare_prompts_new          (FareIndexReader       *reader,
                                                  FarePriceBook         *prices,
                                                  const FareSessionInfo *session,
                                                  GCancellable          *cancellable,
                                                  GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void                   fare_prompts_free         (FarePrompts           *self);
FarePromptsBasis       fare_prompts_get_basis    (const FarePrompts     *self);

/**
 * fare_prompts_to_notice:
 *
 * Returns: (nullable): why prompts are not shown, a translated sentence, static; %NULL when they are
 */
const char            *fare_prompts_to_notice    (const FarePrompts     *self);

/* Oldest first. */
guint                  fare_prompts_get_n_groups (const FarePrompts     *self);
const FarePromptGroup *fare_prompts_get_group    (const FarePrompts     *self,
                                                  guint                  i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePrompts, fare_prompts_free)

G_END_DECLS
