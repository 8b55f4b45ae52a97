/* fare-usage.h
 *
 * Exact token counters of one response, or of any sum of responses.  The four
 * prompt buckets are disjoint and add up to the whole prompt; reasoning is a
 * part of output and never added again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Unit of every field: tokens. */
typedef struct
{
  gint64 input;          /* prompt tokens neither read from nor written to a cache */
  gint64 cache_read;     /* prompt tokens served from a cache */
  gint64 cache_write_5m; /* prompt tokens written to a short-lived cache */
  gint64 cache_write_1h; /* prompt tokens written to a long-lived cache */
  gint64 output;         /* everything billed at the output rate, reasoning included */
  gint64 reasoning;      /* informational part of output */
} FareUsage;

/* The largest count one response may claim, in tokens.  A larger one is damage, not
 * use: no model takes more than some ten million tokens.  At this bound eight million
 * responses still add up within 63 bits. */
#define FARE_USAGE_LIMIT (G_GINT64_CONSTANT (1) << 40)

/**
 * fare_usage_prompt:
 *
 * Returns: the whole prompt in tokens: input, cache reads and both cache writes
 */
static inline gint64
fare_usage_prompt (const FareUsage *self)
{
  return self->input + self->cache_read + self->cache_write_5m + self->cache_write_1h;
}

/**
 * fare_usage_total:
 *
 * Returns: prompt plus output, in tokens; reasoning is inside output
 */
static inline gint64
fare_usage_total (const FareUsage *self)
{
  return fare_usage_prompt (self) + self->output;
}

/**
 * fare_usage_add:
 *
 * Adds @other times @sign (1 or -1) to @self, field by field.
 */
static inline void
fare_usage_add (FareUsage       *self,
                const FareUsage *other,
                int              sign)
{
  self->input += sign * other->input;
  self->cache_read += sign * other->cache_read;
  self->cache_write_5m += sign * other->cache_write_5m;
  self->cache_write_1h += sign * other->cache_write_1h;
  self->output += sign * other->output;
  self->reasoning += sign * other->reasoning;
}

/**
 * fare_usage_hit_rate:
 *
 * Cache reads as a share of the prompt.
 *
 * Returns: 0 to 1, or -1 when there was no prompt at all
 */
static inline double
fare_usage_hit_rate (const FareUsage *self)
{
  gint64 prompt = fare_usage_prompt (self);

  return prompt > 0 ? (double) self->cache_read / (double) prompt : -1.0;
}

G_END_DECLS
