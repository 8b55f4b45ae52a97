/* fare-pricing-kept.c
 *
 * What an entry says besides the rates of today, in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "models/fare-pricing-kept.h"
#include "models/fare-pricing-text.h"
#include "pricing/fare-price-time.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

static char *
describe_card (const FareRateCard *card)
{
  g_autofree char *input = fare_pricing_text_rate (card->input);
  g_autofree char *output = fare_pricing_text_rate (card->output);
  g_autofree char *cache_read = fare_pricing_text_rate (card->cache_read);

  /* Translators: three prices per million tokens */
  return g_strdup_printf (_("Input %s, output %s, cache read %s"), input, output, cache_read);
}

static char *
describe_factor (double multiplier)
{
  g_autofree char *factor = fare_pricing_text_entry (multiplier);

  /* Translators: what prices are multiplied by, as in “× 2.5” */
  return g_strdup_printf (C_("price", "× %s"), factor);
}

static void
list_tiers (const FareRateSegment *segment,
            FarePricingKeptFunc    func,
            gpointer               user_data)
{
  for (guint i = 0; i < segment->tiers->len; i++)
    {
      const FareRateTier *tier = &g_array_index (segment->tiers, FareRateTier, i);
      g_autofree char *above = fare_text_tokens (tier->above);
      g_autofree char *title = NULL;
      g_autofree char *detail = describe_card (&tier->card);

      /* Translators: the placeholder is a count of tokens, as in “200K” */
      title = g_strdup_printf (_("Prompts above %s tokens"), above);
      func (title, detail, user_data);
    }
}

static void
list_windows (const FareRateSegment *segment,
              FarePricingKeptFunc    func,
              gpointer               user_data)
{
  for (guint i = 0; i < segment->windows->len; i++)
    {
      const FareRateWindow *window = &g_array_index (segment->windows, FareRateWindow, i);
      g_autofree char *from = fare_price_clock_to_string (window->from_ms);
      g_autofree char *to = fare_price_clock_to_string (window->to_ms);
      g_autofree char *title = NULL;
      g_autofree char *detail = window->has_card ? describe_card (&window->card)
                                                 : describe_factor (window->multiplier);

      /* Translators: two times of day */
      title = g_strdup_printf (_("From %s to %s UTC"), from, to);
      func (title, detail, user_data);
    }
}

static void
list_others (const FareRates     *rates,
             const FareRateSegment *present,
             FareDay              today,
             FarePricingKeptFunc  func,
             gpointer             user_data)
{
  for (guint i = 0; i < rates->segments->len; i++)
    {
      const FareRateSegment *segment = &g_array_index (rates->segments, FareRateSegment, i);
      g_autofree char *detail = NULL;
      g_autofree char *day = NULL;
      g_autofree char *title = NULL;

      if (segment == present)
        continue;

      detail = describe_card (&segment->card);
      if (segment->from_ms == FARE_RATES_ALWAYS)
        title = g_strdup (_("Before all other prices"));
      else
        {
          day = fare_text_day ((FareDay) (segment->from_ms / DAY_MS), today);
          /* Translators: the placeholder is a date */
          title = g_strdup_printf (_("From %s"), day);
        }
      func (title, detail, user_data);
    }
}

static void
list_modes (const FareRates     *rates,
            FarePricingKeptFunc  func,
            gpointer             user_data)
{
  /* By bit of FareModes. */
  static const char * const titles[FARE_RATES_N_MODES] = {
    N_("Batch mode"), N_("Flex mode"), N_("Fast mode"), N_("Priority mode"),
    N_("Regional servers"), N_("Servers in the US only")
  };

  for (guint i = 0; i < FARE_RATES_N_MODES; i++)
    {
      const FareRateMode *mode = &rates->mode[i];
      g_autofree char *detail = NULL;

      if ((rates->modes & (1u << i)) == 0)
        continue;

      detail = mode->has_card ? describe_card (&mode->card) : describe_factor (mode->multiplier);
      func (_(titles[i]), detail, user_data);
    }
}

void
fare_pricing_kept_foreach (const FareRates     *rates,
                           gint64               now_ms,
                           FareDay              today,
                           FarePricingKeptFunc  func,
                           gpointer             user_data)
{
  const FareRateSegment *present = fare_rates_find_segment (rates, now_ms);

  if (present == NULL && rates->segments->len > 0)
    present = &g_array_index (rates->segments, FareRateSegment, 0);

  list_others (rates, present, today, func, user_data);
  if (present != NULL)
    {
      list_tiers (present, func, user_data);
      list_windows (present, func, user_data);
    }
  list_modes (rates, func, user_data);
}
