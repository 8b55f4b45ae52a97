/* fare-price-time.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-time.h"

#include <string.h>

#include "base/fare-instant.h"

#define MINUTE_MS 60000
#define DAY_MS G_GINT64_CONSTANT (86400000)

/* Julian day number of 1970-01-01 as GDate counts, where day 1 is 0001-01-01. */
#define UNIX_EPOCH_JULIAN 719163

/* Matches @text with @pattern, in which "0" stands for any digit. */
static gboolean
has_form (const char *text,
          const char *pattern)
{
  gsize i = 0;

  for (; pattern[i] != '\0'; i++)
    if (pattern[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != pattern[i])
      return FALSE;

  return text[i] == '\0';
}

static guint
read_digits (const char *text,
             guint       n_digits)
{
  guint number = 0;

  for (guint i = 0; i < n_digits; i++)
    number = number * 10 + (guint) g_ascii_digit_value (text[i]);

  return number;
}

gboolean
fare_price_date_parse (const char *text,
                       gint32     *day)
{
  guint year, month, day_of_month;
  GDate date;

  if (!has_form (text, "0000-00-00"))
    return FALSE;

  year = read_digits (text, 4);
  month = read_digits (text + 5, 2);
  day_of_month = read_digits (text + 8, 2);
  if (year < 1970
      || !g_date_valid_dmy ((GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year);
  if (day != NULL)
    *day = (gint32) g_date_get_julian (&date) - UNIX_EPOCH_JULIAN;
  return TRUE;
}

gboolean
fare_price_time_parse (const char *text,
                       gint64     *time_ms)
{
  gint32 day;

  if (!fare_price_date_parse (text, &day))
    return fare_instant_parse (text, strlen (text), time_ms);

  *time_ms = day * DAY_MS;
  return TRUE;
}

char *
fare_price_time_to_string (gint64 time_ms)
{
  char text[FARE_INSTANT_SIZE];

  fare_instant_format (time_ms, text);
  if (time_ms % DAY_MS == 0)
    return g_strndup (text, strlen ("YYYY-MM-DD"));
  if (time_ms % 1000 == 0)
    strcpy (strrchr (text, '.'), "Z");
  return g_strdup (text);
}

gboolean
fare_price_clock_parse (const char *text,
                        gint32     *time_of_day_ms)
{
  guint hours, minutes;

  if (!has_form (text, "00:00"))
    return FALSE;

  hours = read_digits (text, 2);
  minutes = read_digits (text + 3, 2);
  if (minutes > 59 || hours * 60 + minutes > 24 * 60)
    return FALSE;

  *time_of_day_ms = (gint32) (hours * 60 + minutes) * MINUTE_MS;
  return TRUE;
}

char *
fare_price_clock_to_string (gint32 time_of_day_ms)
{
  int minutes = time_of_day_ms / MINUTE_MS;

  return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
}
