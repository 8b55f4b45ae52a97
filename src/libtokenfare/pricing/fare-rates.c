/* fare-rates.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-rates.h"

#include <math.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* In the order in which a speed is chosen when several are wanted. */
static const FareModes speeds[] = {
  FARE_MODE_BATCH, FARE_MODE_FLEX, FARE_MODE_FAST, FARE_MODE_PRIORITY,
};

static const FareModes places[] = { FARE_MODE_REGIONAL, FARE_MODE_US_ONLY };

static const FareRateMode *
get_mode (const FareRates *self,
          FareModes        mode)
{
  return &self->mode[g_bit_nth_lsf (mode, -1)];
}

static gint64
day_of (gint64 time_ms)
{
  gint64 day = time_ms / DAY_MS;

  return time_ms % DAY_MS < 0 ? day - 1 : day;
}

static gboolean
window_begins_on (const FareRateWindow *self,
                  gint64                day)
{
  /* 1970-01-01 was a Thursday, bit 3. */
  guint weekday = (guint) (((day + 3) % 7 + 7) % 7);

  if ((self->days & (1u << weekday)) == 0)
    return FALSE;

  for (guint i = 0; self->except != NULL && i < self->except->len; i++)
    if (g_array_index (self->except, gint32, i) == day)
      return FALSE;

  return TRUE;
}

static gboolean
window_contains (const FareRateWindow *self,
                 gint64                time_ms)
{
  gint64 day = day_of (time_ms);
  gint32 time_of_day = (gint32) (time_ms - day * DAY_MS);

  if (self->from_ms < self->to_ms)
    return time_of_day >= self->from_ms && time_of_day < self->to_ms
           && window_begins_on (self, day);

  return (time_of_day >= self->from_ms && window_begins_on (self, day))
         || (time_of_day < self->to_ms && window_begins_on (self, day - 1));
}

static const FareRateWindow *
find_window (const FareRateSegment *segment,
             gint64                 time_ms)
{
  for (guint i = 0; i < segment->windows->len; i++)
    {
      const FareRateWindow *window = &g_array_index (segment->windows, FareRateWindow, i);

      if (window_contains (window, time_ms))
        return window;
    }

  return NULL;
}

static const FareRateCard *
find_tier (const FareRateSegment *segment,
           gint64                 prompt_size)
{
  for (guint i = segment->tiers->len; i > 0; i--)
    {
      const FareRateTier *tier = &g_array_index (segment->tiers, FareRateTier, i - 1);

      if (prompt_size > tier->above)
        return &tier->card;
    }

  return &segment->card;
}

static double
apply_card (const FareRateCard *card,
            const FareUsage    *usage)
{
  double sum = (double) usage->input * card->input
               + (double) usage->cache_read * card->cache_read
               + (double) usage->cache_write_5m * card->cache_write_5m
               + (double) usage->cache_write_1h * card->cache_write_1h
               + (double) usage->output * card->output;

  /* Reasoning is a part of output: only the difference is added. */
  if (card->reasoning != card->output)
    sum += (double) usage->reasoning * (card->reasoning - card->output);

  return sum / 1e6;
}

static FareModes
pick_speed (const FareRates *self,
            FareModes        wanted,
            gint64           prompt_size)
{
  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (wanted & self->modes & speeds[i])
      return prompt_size > get_mode (self, speeds[i])->max_prompt ? FARE_MODE_NONE : speeds[i];

  return FARE_MODE_NONE;
}

static FareModes
pick_place (const FareRates *self,
            FareModes        wanted,
            gint64           prompt_size)
{
  FareModes best = FARE_MODE_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const FareRateMode *mode = get_mode (self, places[i]);

      if ((wanted & self->modes & places[i]) == 0 || prompt_size > mode->max_prompt)
        continue;
      if (best == FARE_MODE_NONE || mode->multiplier > get_mode (self, best)->multiplier)
        best = places[i];
    }

  return best;
}

static void
clear_window (gpointer data)
{
  FareRateWindow *self = data;

  g_clear_pointer (&self->except, g_array_unref);
}

static void
clear_segment (gpointer data)
{
  FareRateSegment *self = data;

  for (guint i = 0; self->windows != NULL && i < self->windows->len; i++)
    clear_window (&g_array_index (self->windows, FareRateWindow, i));
  g_clear_pointer (&self->tiers, g_array_unref);
  g_clear_pointer (&self->windows, g_array_unref);
}

void
fare_rates_init (FareRates *self)
{
  *self = (FareRates) { .segments = g_array_new (FALSE, TRUE, sizeof (FareRateSegment)) };
  g_array_set_clear_func (self->segments, clear_segment);

  for (guint i = 0; i < G_N_ELEMENTS (self->mode); i++)
    self->mode[i] = (FareRateMode) { .multiplier = 1.0, .max_prompt = G_MAXINT64 };
}

void
fare_rates_clear (FareRates *self)
{
  g_clear_pointer (&self->segments, g_array_unref);
}

const FareRateSegment *
fare_rates_find_segment (const FareRates *self,
                         gint64           time_ms)
{
  for (guint i = self->segments->len; i > 0; i--)
    {
      const FareRateSegment *segment = &g_array_index (self->segments, FareRateSegment, i - 1);

      if (segment->from_ms <= time_ms)
        return segment;
    }

  return NULL;
}

FareModes
fare_rates_pick_modes (const FareRates *self,
                       FareModes        wanted,
                       gint64           prompt_size,
                       gboolean        *is_lacking)
{
  if ((wanted & FARE_MODE_FAST) && (self->modes & FARE_MODE_FAST) == 0)
    {
      /* Where there is no fast mode, the word means priority processing. */
      if (self->modes & FARE_MODE_PRIORITY)
        wanted = (wanted & ~FARE_MODE_FAST) | FARE_MODE_PRIORITY;
    }

  if (is_lacking != NULL)
    *is_lacking = (wanted & ~self->modes) != 0;

  return pick_speed (self, wanted, prompt_size) | pick_place (self, wanted, prompt_size);
}

gboolean
fare_rates_find (const FareRates *self,
                 FareModes        wanted,
                 gint64           prompt_size,
                 gint64           time_ms,
                 FareRatesAt     *at,
                 gboolean        *is_lacking)
{
  const FareRateSegment *segment = fare_rates_find_segment (self, time_ms);
  FareModes modes = fare_rates_pick_modes (self, wanted, prompt_size, is_lacking);
  FareModes speed = modes & FARE_MODES_SPEED;
  FareModes place = modes & FARE_MODES_PLACE;
  const FareRateWindow *window = NULL;
  const FareRateCard *card = NULL;
  double multiplier = 1.0;

  if (segment == NULL)
    return FALSE;

  if (speed != FARE_MODE_NONE && get_mode (self, speed)->has_card)
    {
      card = &get_mode (self, speed)->card;
    }
  else
    {
      window = find_window (segment, time_ms);
      card = window != NULL && window->has_card ? &window->card
                                                : find_tier (segment, prompt_size);
      if (window != NULL && !window->has_card)
        multiplier *= window->multiplier;
      if (speed != FARE_MODE_NONE)
        multiplier *= get_mode (self, speed)->multiplier;
    }

  if (place != FARE_MODE_NONE)
    multiplier *= get_mode (self, place)->multiplier;

  *at = (FareRatesAt) { card, multiplier };
  return TRUE;
}

double
fare_rates_apply (const FareRatesAt *at,
                  const FareUsage   *usage)
{
  return apply_card (at->card, usage) * at->multiplier;
}

/* Whether a window of a segment that is valid during the span begins or ends inside it. */
static gboolean
window_changes_inside (const FareRateWindow *self,
                       gint64                from_ms,
                       gint64                to_ms)
{
  gint64 length = self->to_ms - self->from_ms + (self->to_ms <= self->from_ms ? DAY_MS : 0);

  if (to_ms - from_ms > 7 * DAY_MS)
    return TRUE;

  for (gint64 day = day_of (from_ms) - 1; day <= day_of (to_ms); day++)
    {
      gint64 start = day * DAY_MS + self->from_ms;

      if (window_begins_on (self, day)
          && ((start > from_ms && start < to_ms)
              || (start + length > from_ms && start + length < to_ms)))
        return TRUE;
    }

  return FALSE;
}

gboolean
fare_rates_is_steady (const FareRates *self,
                      gint64           from_ms,
                      gint64           to_ms)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      const FareRateSegment *segment = &g_array_index (self->segments, FareRateSegment, i);
      gint64 end_ms = i + 1 < self->segments->len
                          ? g_array_index (self->segments, FareRateSegment, i + 1).from_ms
                          : G_MAXINT64;

      if (segment->from_ms > from_ms && segment->from_ms < to_ms)
        return FALSE;
      if (segment->from_ms >= to_ms || end_ms <= from_ms)
        continue;

      for (guint j = 0; j < segment->windows->len; j++)
        if (window_changes_inside (&g_array_index (segment->windows, FareRateWindow, j),
                                   from_ms, to_ms))
          return FALSE;
    }

  return TRUE;
}

void
fare_rates_add_thresholds (const FareRates *self,
                           GArray          *thresholds)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      const FareRateSegment *segment = &g_array_index (self->segments, FareRateSegment, i);

      for (guint j = 0; j < segment->tiers->len; j++)
        g_array_append_val (thresholds, g_array_index (segment->tiers, FareRateTier, j).above);
    }

  for (guint i = 0; i < G_N_ELEMENTS (self->mode); i++)
    if (self->mode[i].max_prompt != G_MAXINT64)
      g_array_append_val (thresholds, self->mode[i].max_prompt);
}
