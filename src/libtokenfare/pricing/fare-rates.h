/* fare-rates.h
 *
 * What one model costs: its dated segments with context tiers and times of day, and
 * its modes, as plain numbers.  Pricing one request allocates nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "base/fare-modes.h"
#include "base/fare-usage.h"

G_BEGIN_DECLS

/* Which rates a price file states; the others are filled in. */
typedef enum
{
  FARE_RATE_INPUT          = 1 << 0,
  FARE_RATE_OUTPUT         = 1 << 1,
  FARE_RATE_CACHE_READ     = 1 << 2,
  FARE_RATE_CACHE_WRITE_5M = 1 << 3,
  FARE_RATE_CACHE_WRITE_1H = 1 << 4,
  FARE_RATE_REASONING      = 1 << 5
} FareRateKinds;

/* Unit of every rate: USD per million tokens.  Missing rates are filled in already. */
typedef struct
{
  double        input;
  double        output;
  double        cache_read;
  double        cache_write_5m;
  double        cache_write_1h;
  double        reasoning;
  FareRateKinds stated;
} FareRateCard;

/* Replaces all rates of a request whose prompt has more than @above tokens. */
typedef struct
{
  gint64       above;
  FareRateCard card;
} FareRateTier;

/* A time of day, UTC.  It wraps midnight when it ends before it begins. */
typedef struct
{
  gint32       from_ms;    /* milliseconds since midnight */
  gint32       to_ms;      /* exclusive */
  guint8       days;       /* bit 0 is Monday; days on which it begins */
  GArray      *except;     /* (nullable): of gint32, days since 1970 on which it does not begin */
  gboolean     has_card;   /* @card replaces rates and tier; otherwise @multiplier applies */
  double       multiplier;
  FareRateCard card;
} FareRateWindow;

typedef struct
{
  gint64       from_ms;    /* UTC milliseconds; FARE_RATES_ALWAYS for no beginning */
  FareRateCard card;
  GArray      *tiers;      /* of FareRateTier, ascending */
  GArray      *windows;    /* of FareRateWindow */
} FareRateSegment;

#define FARE_RATES_ALWAYS G_MININT64

typedef struct
{
  gboolean     has_card;   /* @card replaces the rates; tier and window do not apply */
  double       multiplier; /* otherwise */
  FareRateCard card;
  gint64       max_prompt; /* tokens above which the mode is not offered */
} FareRateMode;

#define FARE_RATES_N_MODES 6

/* One model's prices.  Start with fare_rates_init(). */
typedef struct
{
  GArray      *segments;                 /* of FareRateSegment, ascending; empty when unpriced */
  FareModes    modes;                    /* the modes that have a price */
  FareRateMode mode[FARE_RATES_N_MODES]; /* by bit of FareModes */
} FareRates;

/* No prices yet.  Freed with fare_rates_clear(). */
void                   fare_rates_init         (FareRates       *self);
void                   fare_rates_clear        (FareRates       *self);

/**
 * fare_rates_find_segment:
 * @time_ms: UTC milliseconds
 *
 * Returns: (nullable): the prices valid then; %NULL before the first one
 */
const FareRateSegment *fare_rates_find_segment (const FareRates *self,
                                                gint64           time_ms);

/**
 * fare_rates_pick_modes:
 * @wanted: modes stated by log and name
 * @prompt_size: tokens of the prompt
 * @is_lacking: (out) (optional): whether @wanted has a mode without a price here
 *
 * At most one speed and one place count.
 *
 * Returns: the modes that shape the price
 */
FareModes              fare_rates_pick_modes   (const FareRates *self,
                                                FareModes        wanted,
                                                gint64           prompt_size,
                                                gboolean        *is_lacking);

/* What requests of one kind cost at one time: a card, times a number. */
typedef struct
{
  const FareRateCard *card;
  double              multiplier;
} FareRatesAt;

/**
 * fare_rates_find:
 * @wanted: modes stated by log and name
 * @prompt_size: tokens of one request's prompt
 * @time_ms: UTC milliseconds
 * @at: (out): what fare_rates_apply() multiplies tokens with; belongs to @self
 * @is_lacking: (out) (optional): whether @wanted has a mode without a price here
 *
 * Returns: %FALSE when no price was valid yet at @time_ms
 */
gboolean               fare_rates_find         (const FareRates *self,
                                                FareModes        wanted,
                                                gint64           prompt_size,
                                                gint64           time_ms,
                                                FareRatesAt     *at,
                                                gboolean        *is_lacking);

/**
 * fare_rates_apply:
 *
 * The price is linear in @usage, so that sums may be priced as well as requests.
 *
 * Returns: the price of @usage in USD, unrounded
 */
double                 fare_rates_apply        (const FareRatesAt *at,
                                                const FareUsage   *usage);

/**
 * fare_rates_is_steady:
 * @from_ms: start, UTC milliseconds
 * @to_ms: end, exclusive
 *
 * Returns: %TRUE when no segment and no time of day begins or ends strictly inside the span.  Of
 *   a span longer than a week no time of day is looked at closely.
 */
gboolean               fare_rates_is_steady    (const FareRates *self,
                                                gint64           from_ms,
                                                gint64           to_ms);

/**
 * fare_rates_add_thresholds:
 * @thresholds: (element-type gint64): array to append to
 *
 * Adds every prompt size in tokens above which a price or a mode changes.
 */
void                   fare_rates_add_thresholds (const FareRates *self,
                                                  GArray          *thresholds);

G_END_DECLS
