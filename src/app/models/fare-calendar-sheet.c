/* fare-calendar-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <string.h>

#include "models/fare-calendar-sheet.h"

FareCalendarPeriod
fare_calendar_period_of (gboolean is_month,
                         FareDay  day)
{
  int year, month, mday;

  fare_day_to_ymd (day, &year, &month, &mday);

  return (FareCalendarPeriod) { is_month, fare_day_from_ymd (year, is_month ? month : 1, 1) };
}

FareRange
fare_calendar_period_get_range (FareCalendarPeriod self)
{
  return (FareRange) { self.first, fare_calendar_period_step (self, 1).first };
}

FareCalendarPeriod
fare_calendar_period_step (FareCalendarPeriod self,
                           int                n)
{
  return (FareCalendarPeriod) { self.is_month,
                                fare_day_get_month_start (self.first, self.is_month ? n : 12 * n) };
}

static void
add_sums (FareSums       *total,
          const FareSums *sums)
{
  fare_usage_add (&total->usage, &sums->usage, 1);
  total->messages += sums->messages;
  total->web_searches += sums->web_searches;
  total->cost += sums->cost;
  total->unpriced_tokens += sums->unpriced_tokens;
  total->has_price |= sums->has_price;
  total->is_estimate |= sums->is_estimate;
}

static void
fill_cells (FareCalendarSheet  *self,
            const FareYearData *data)
{
  self->n_cells = self->range.end - self->range.first;
  self->cells = g_new0 (FareCalendarCell, self->n_cells);

  for (guint i = 0; i < self->n_cells; i++)
    {
      FareCalendarCell *cell = &self->cells[i];
      const FareDayTotals *totals;

      cell->day = self->range.first + (FareDay) i;
      cell->is_future = cell->day > self->today;
      totals = data->series != NULL ? fare_day_series_find (data->series, cell->day) : NULL;
      if (totals == NULL)
        continue;

      cell->sums = totals->sums;
      cell->energy_j = totals->energy_j;
      cell->top_client = totals->top_client != NULL ? g_intern_string (totals->top_client) : NULL;
      cell->value = fare_day_totals_get_value (totals, self->metric);
      cell->is_used = fare_usage_total (&cell->sums.usage) > 0 || cell->sums.messages > 0;
      /* A clock that runs ahead may log tomorrow; use is use. */
      cell->is_future = cell->is_future && !cell->is_used;
      add_sums (&self->total, &cell->sums);
      self->total_energy_j += cell->energy_j;
    }
}

static void
summarize (FareCalendarSheet  *self,
           const FareYearData *data)
{
  g_autofree double *values = g_new (double, self->n_cells);
  FareDayValues days = { self->range.first, self->n_cells, values };
  FareDay last = fare_calendar_sheet_last_day (self);

  for (guint i = 0; i < self->n_cells; i++)
    values[i] = self->cells[i].value;

  fare_calendar_levels_init (&self->levels, values, self->n_cells);
  for (guint i = 0; i < self->n_cells; i++)
    self->cells[i].level = fare_calendar_levels_get_level (&self->levels, self->cells[i].value);

  /* Days to come are no idle days: they are left out of what is said about the period. */
  days.n_days = MAX (0, last + 1 - self->range.first);
  fare_highlights_init (&self->highlights, days, self->first_weekday);

  for (guint i = 0; i < self->n_cells; i++)
    values[i] = fare_usage_total (&self->cells[i].sums.usage);
  fare_streaks_init (&self->streaks, days, self->today);

  /* Nobody was idle before there was anything, nor will be tomorrow. */
  if (data->series != NULL)
    self->n_days_so_far = MAX (0, last + 1 - MAX (self->range.first,
                                                  fare_day_series_get_range (data->series).first));
  self->current_streak = data->streaks.current;
  self->longest_streak = data->streaks.longest;
}

FareCalendarSheet *
fare_calendar_sheet_new (const FareYearData     *data,
                         const FareCalendarView *view)
{
  FareCalendarSheet *self;
  int weekday;

  g_return_val_if_fail (data != NULL && view != NULL, NULL);

  self = g_new0 (FareCalendarSheet, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->period = view->period;
  self->range = view->days.end > view->days.first ? view->days
                                                 : fare_calendar_period_get_range (view->period);
  self->today = data->today;
  self->metric = view->metric;
  self->hide_amounts = !!view->hide_amounts;
  self->first_weekday = view->first_weekday;
  fill_cells (self, data);
  summarize (self, data);
  fare_calendar_sheet_place (self, self->range.end - 1, (int *) &self->n_weeks, &weekday);
  self->n_weeks++;

  return self;
}

FareCalendarSheet *
fare_calendar_sheet_ref (FareCalendarSheet *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fare_calendar_sheet_unref (FareCalendarSheet *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->cells);
  g_free (self);
}

gboolean
fare_calendar_sheet_equal (const FareCalendarSheet *self,
                           const FareCalendarSheet *other)
{
  if (self == other)
    return TRUE;

  /* Cells were allocated as zeros, so their padding compares, too. */
  return self != NULL && other != NULL && self->today == other->today &&
         self->range.first == other->range.first && self->range.end == other->range.end &&
         self->metric == other->metric && self->hide_amounts == other->hide_amounts &&
         self->first_weekday == other->first_weekday &&
         self->current_streak == other->current_streak &&
         self->longest_streak == other->longest_streak &&
         self->n_days_so_far == other->n_days_so_far &&
         memcmp (self->cells, other->cells, self->n_cells * sizeof *self->cells) == 0;
}

const FareCalendarCell *
fare_calendar_sheet_find (const FareCalendarSheet *self,
                          FareDay                  day)
{
  if (day < self->range.first || day >= self->range.end)
    return NULL;

  return &self->cells[day - self->range.first];
}

void
fare_calendar_sheet_place (const FareCalendarSheet *self,
                           FareDay                  day,
                           int                     *week,
                           int                     *weekday)
{
  FareDay offset = day - fare_day_get_week_start (self->range.first, self->first_weekday);

  *week = offset / 7;
  *weekday = offset % 7;
}

FareDay
fare_calendar_sheet_last_day (const FareCalendarSheet *self)
{
  for (guint i = self->n_cells; i > 0; i--)
    {
      if (!self->cells[i - 1].is_future)
        return self->cells[i - 1].day;
    }

  return self->range.first - 1;
}

FareDay
fare_calendar_sheet_clamp (const FareCalendarSheet *self,
                           FareDay                  day)
{
  FareDay last = fare_calendar_sheet_last_day (self);

  return CLAMP (day, self->range.first, MAX (self->range.first, last));
}
