/* fare-cost.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-cost.h"

#include "accounting/fare-cost-policy.h"
#include "accounting/fare-summary.h"

static FarePrice
take_logged (const FareCostBasis *basis)
{
  return (FarePrice) { .usd = basis->reported_pico / 1e12, .reason = FARE_UNPRICED_NOT };
}

FarePrice
fare_cost_decide (FarePriceBook        *prices,
                  const FarePriceMatch *match,
                  gboolean              prefers_log,
                  const FareCostBasis  *basis)
{
  FarePrice price;

  if (basis->has_reported && prefers_log)
    return take_logged (basis);

  price = fare_price_book_cost (prices, match, basis->modes, basis->prompt_size, basis->time_ms,
                                basis->usage);

  return price.reason != FARE_UNPRICED_NOT && basis->has_reported ? take_logged (basis) : price;
}

FarePrice
fare_event_price (const FareEventRow *event,
                  FarePriceBook      *prices)
{
  FarePriceMatch match = fare_price_book_match (prices, event->model->provider,
                                                event->model->name);
  FareCostBasis basis = {
    .modes = event->modes,
    .prompt_size = fare_usage_prompt (&event->usage),
    .time_ms = event->time_ms,
    .usage = &event->usage,
    .reported_pico = event->reported_pico,
    .has_reported = event->has_reported,
  };

  return fare_cost_decide (prices, &match, fare_cost_policy_prefers_log (event->session->client),
                           &basis);
}
