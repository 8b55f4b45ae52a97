/* fare-codex-counters.h
 *
 * Codex's running counters, and how they become single calls.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-usage.h"
#include "formats/fare-pull.h"

G_BEGIN_DECLS

/* input, cached, cache_write, output, reasoning; total_tokens is not among them. */
#define FARE_CODEX_N_COUNTERS 5

typedef struct
{
  gboolean present;
  gint64   v[FARE_CODEX_N_COUNTERS];
} FareCodexCounters;

/**
 * fare_codex_counters_read:
 *
 * Reads a counter object; anything else leaves @counters absent.
 */
void     fare_codex_counters_read (FarePull                *pull,
                                   FareCodexCounters       *counters);

/**
 * fare_codex_take_call:
 * @previous: (inout): running counters of the last record
 * @total: running counters of this one
 * @last: what this one says of the newest call
 * @call: (out): what that call used
 *
 * Returns: %FALSE when the record stands for no call
 */
gboolean fare_codex_take_call     (FareCodexCounters       *previous,
                                   const FareCodexCounters *total,
                                   const FareCodexCounters *last,
                                   FareCodexCounters       *call);

/**
 * fare_codex_fill_usage:
 *
 * Takes the cached parts out of the input, which contains them, and caps each by the whole.
 */
void     fare_codex_fill_usage    (FareUsage               *usage,
                                   const FareCodexCounters *call);

G_END_DECLS
