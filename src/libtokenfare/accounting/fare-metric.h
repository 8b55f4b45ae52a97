/* fare-metric.h
 *
 * What a chart or a calendar shows of a stretch of time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/* Values of a metric are doubles in the unit given here. */
typedef enum
{
  FARE_METRIC_COST,     /* USD; what has no price is not in it */
  FARE_METRIC_TOKENS,
  FARE_METRIC_MESSAGES,
  FARE_METRIC_ENERGY    /* joules, an order of magnitude */
} FareMetric;

#define FARE_N_METRICS (FARE_METRIC_ENERGY + 1)

/**
 * fare_metric_to_id:
 *
 * Returns: "cost", "tokens", "messages" or "energy", static; for settings and machine output
 */
const char *fare_metric_to_id     (FareMetric  self);

/**
 * fare_metric_from_id:
 *
 * Returns: the metric; %FARE_METRIC_COST for an id that is none
 */
FareMetric  fare_metric_from_id   (const char *id);

/**
 * fare_metric_to_title:
 *
 * Returns: "Cost", "Tokens", "Messages" or "Energy", translated, static
 */
const char *fare_metric_to_title  (FareMetric  self);

/**
 * fare_metric_value_to_text:
 * @value: in the metric's unit
 *
 * Returns: (transfer full): the value with its unit, as short as the pages write it: "$12.40",
 *   "3.1M tokens", "88 messages", "28.9 Wh"; translated
 */
char       *fare_metric_value_to_text
                                  (FareMetric  self,
                                   double      value) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_metric_get_rate:
 *
 * Returns: what an axis of this metric counts in, per unit of its values: for costs the currency of the
 *   calling thread, so that round steps are round for whom they are written
 */
double      fare_metric_get_rate       (FareMetric  self);

/**
 * fare_metric_get_unit:
 *
 * Returns: the least that a label of such an axis tells apart: a cent, a token
 */
double      fare_metric_get_unit       (FareMetric  self);

/**
 * fare_metric_tick_to_label:
 * @value: as the axis counts
 * @step: from one label to the next
 *
 * Returns: (transfer full): "$20" in steps of $10, "$2.50" in steps of $2.50
 */
char       *fare_metric_tick_to_label  (FareMetric  self,
                                        double      value,
                                        double      step) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_metric_value_to_label:
 *
 * Returns: (transfer full): the value where its unit is understood, for an axis or a cell:
 *   "$12.40", "3.1M", "88", "28.9 Wh"
 */
char       *fare_metric_value_to_label
                                  (FareMetric  self,
                                   double      value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
