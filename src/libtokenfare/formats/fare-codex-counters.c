/* fare-codex-counters.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-codex-counters.h"

#include <string.h>

void
fare_codex_counters_read (FarePull          *pull,
                          FareCodexCounters *counters)
{
  static const struct { const char *name; int at; } names[] = {
    { "input_tokens", 0 },
    { "cached_input_tokens", 1 },
    { "cache_read_input_tokens", 1 },
    { "cached_tokens", 1 },
    { "cache_write_input_tokens", 2 },
    { "output_tokens", 3 },
    { "reasoning_output_tokens", 4 },
  };
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  counters->present = TRUE;
  while (fare_pull_next_member (pull, &key))
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (names) && !fare_span_equal (&key, names[i].name))
        i++;
      if (i < G_N_ELEMENTS (names))
        counters->v[names[i].at] = fare_pull_count (pull);
      else
        fare_pull_skip (pull);
    }
}

static gboolean
is_zero (const FareCodexCounters *counters)
{
  for (int i = 0; i < FARE_CODEX_N_COUNTERS; i++)
    if (counters->v[i] != 0)
      return FALSE;

  return TRUE;
}

gboolean
fare_codex_take_call (FareCodexCounters       *previous,
                      const FareCodexCounters *total,
                      const FareCodexCounters *last,
                      FareCodexCounters       *call)
{
  FareCodexCounters before = *previous;
  gboolean grew = TRUE, within = TRUE;

  if (!total->present && !last->present)
    return FALSE;
  if (total->present)
    {
      if (before.present && memcmp (before.v, total->v, sizeof before.v) == 0)
        return FALSE;
      *previous = *total;
    }
  for (int i = 0; i < FARE_CODEX_N_COUNTERS; i++)
    {
      gint64 difference = total->v[i] - (before.present ? before.v[i] : 0);

      grew = grew && difference >= 0;
      within = within && difference <= last->v[i];
      call->v[i] = difference;
    }
  call->present = TRUE;

  if (last->present)
    {
      if (is_zero (last))
        return FALSE;
      /* The last call is repeated, but part of it was counted before. */
      if (!(total->present && before.present && grew && within))
        *call = *last;
    }
  else if (!before.present || !grew)
    *call = *total;

  return !is_zero (call);
}

void
fare_codex_fill_usage (FareUsage               *usage,
                       const FareCodexCounters *call)
{
  gint64 input = call->v[0];

  usage->cache_read = MIN (call->v[1], input);
  usage->cache_write_5m = MIN (call->v[2], input - usage->cache_read);
  usage->input = input - usage->cache_read - usage->cache_write_5m;
  usage->output = call->v[3];
  usage->reasoning = MIN (call->v[4], call->v[3]);
}
