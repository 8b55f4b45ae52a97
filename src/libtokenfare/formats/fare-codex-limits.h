/* fare-codex-limits.h
 *
 * What a rollout says about the account's usage limits: the rate_limits beside the
 * counters.  The last of them in a file stands for the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-log.h"

G_BEGIN_DECLS

/* The last rate_limits as they stand in the log, to be read when the file is at its end. */
typedef struct
{
  char  text[1000];
  gsize length;
  char  time[40];
  gsize time_length;
} FareCodexLimits;

/**
 * fare_codex_limits_remember:
 * @limits: the raw value of rate_limits; of no use where it is no object or absurdly long
 * @timestamp: the record's
 */
void fare_codex_limits_remember (FareCodexLimits *self,
                                 const FareSpan  *limits,
                                 const FareSpan  *timestamp);

/**
 * fare_codex_limits_finish:
 *
 * Hands what was remembered to the log.
 */
void fare_codex_limits_finish   (FareCodexLimits *self,
                                 FareLog         *log);

G_END_DECLS
