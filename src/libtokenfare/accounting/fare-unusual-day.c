/* fare-unusual-day.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-unusual-day.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "accounting/fare-median.h"
#include "base/fare-conventions.h"

/* Iglewicz and Hoaglin's bound for outliers, and what turns a median absolute deviation into a
 * standard deviation where values are normally distributed. */
#define OUTLIER_BOUND 3.5
#define MAD_TO_SIGMA 1.4826

/* Less than this times a usual day is not worth a word. */
#define LEAST_RATIO 2

gboolean
fare_unusual_day_init (FareUnusualDay *self,
                       FareDayValues   cost,
                       FareDay         day)
{
  double days[FARE_UNUSUAL_N_DAYS];
  FareDayValues before = fare_day_values_cut (cost, (FareRange) { FARE_DAY_MIN, day });
  guint n = 0;

  memset (self, 0, sizeof *self);
  self->value = fare_day_values_get (cost, day);
  for (guint i = before.n_days; i > 0 && n < FARE_UNUSUAL_N_DAYS; i--)
    if (before.values[i - 1] > 0)
      days[n++] = before.values[i - 1];
  if (n < FARE_UNUSUAL_MIN_DAYS)
    return FALSE;

  self->median = fare_median (days, n);
  for (guint i = 0; i < n; i++)
    days[i] = fabs (days[i] - self->median);
  self->limit = MAX (self->median + OUTLIER_BOUND * MAD_TO_SIGMA * fare_median (days, n),
                     LEAST_RATIO * self->median);
  self->ratio = self->value / self->median;

  return self->value > self->limit;
}

char *
fare_unusual_day_to_text (const FareUnusualDay *self)
{
  FareConventions conventions;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *number = NULL;

  fare_conventions_init (&conventions);
  g_ascii_formatd (digits, sizeof digits, self->ratio < 10 ? "%.1f" : "%.0f", self->ratio);
  number = fare_conventions_format_number (&conventions.number, digits);

  /* Translators: how a day's cost compares: "2.8 × a usual active day" */
  return g_strdup_printf (_("%s × a usual active day"), number);
}
