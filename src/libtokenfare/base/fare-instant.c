/* fare-instant.c
 *
 * Written by hand because a GDateTime costs an allocation and a time zone per log
 * line; the calendar rule is the proleptic Gregorian one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-instant.h"

#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

/* Days from 1970-01-01; the year is counted from March, so that a leap day comes last. */
static gint64
days_from_civil (int year,
                 int month,
                 int day)
{
  int y = month > 2 ? year : year - 1;
  int m = month > 2 ? month - 3 : month + 9;
  gint64 century = y / 100, rest = y % 100;

  return 146097 * century / 4 + 1461 * rest / 4 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static gboolean
read_digits (const char **p,
             const char  *end,
             int          count,
             int         *value)
{
  int result = 0;

  if (end - *p < count)
    return FALSE;
  for (int i = 0; i < count; i++, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      result = result * 10 + (**p - '0');
    }
  *value = result;

  return TRUE;
}

static gboolean
read_char (const char **p,
           const char  *end,
           char         wanted)
{
  if (*p >= end || **p != wanted)
    return FALSE;
  (*p)++;

  return TRUE;
}

static gboolean
read_date (const char **p,
           const char  *end,
           gint64      *days)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  int year, month, day, length;

  if (!read_digits (p, end, 4, &year) || !read_char (p, end, '-')
      || !read_digits (p, end, 2, &month) || !read_char (p, end, '-')
      || !read_digits (p, end, 2, &day))
    return FALSE;
  if (year < 1970 || month < 1 || month > 12)
    return FALSE;
  length = lengths[month - 1];
  if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
    length = 29;
  if (day < 1 || day > length)
    return FALSE;
  *days = days_from_civil (year, month, day);

  return TRUE;
}

static gboolean
read_fraction (const char **p,
               const char  *end,
               int         *ms)
{
  int digits = 0;

  *ms = 0;
  if (*p >= end || (**p != '.' && **p != ','))
    return TRUE;
  for ((*p)++; *p < end && g_ascii_isdigit (**p); (*p)++, digits++)
    if (digits < 3)
      *ms = *ms * 10 + (**p - '0');
  for (int i = digits; i < 3; i++)
    *ms *= 10;

  return digits > 0;
}

static gboolean
read_zone (const char **p,
           const char  *end,
           int         *offset_minutes)
{
  int sign, hours, minutes = 0;

  *offset_minutes = 0;
  if (*p >= end)
    return TRUE;
  if (**p == 'Z' || **p == 'z')
    {
      (*p)++;
      return TRUE;
    }
  if (**p != '+' && **p != '-')
    return FALSE;
  sign = **p == '-' ? -1 : 1;
  (*p)++;
  if (!read_digits (p, end, 2, &hours))
    return FALSE;
  if (*p < end && **p == ':')
    (*p)++;
  if (*p < end && !read_digits (p, end, 2, &minutes))
    return FALSE;
  *offset_minutes = sign * (hours * 60 + minutes);

  return hours < 24 && minutes < 60;
}

gboolean
fare_instant_parse (const char *text,
                    gsize       length,
                    gint64     *time_ms)
{
  const char *p = text, *end = text + length;
  int hour, minute, second, ms, offset;
  gint64 days;

  if (!read_date (&p, end, &days) || p >= end || (*p != 'T' && *p != 't' && *p != ' '))
    return FALSE;
  p++;
  if (!read_digits (&p, end, 2, &hour) || !read_char (&p, end, ':')
      || !read_digits (&p, end, 2, &minute) || !read_char (&p, end, ':')
      || !read_digits (&p, end, 2, &second))
    return FALSE;
  if (hour > 23 || minute > 59 || second > 60)
    return FALSE;
  if (!read_fraction (&p, end, &ms) || !read_zone (&p, end, &offset) || p != end)
    return FALSE;

  *time_ms = days * MS_PER_DAY
             + ((hour * 60 + minute - offset) * G_GINT64_CONSTANT (60) + second) * 1000 + ms;

  return *time_ms >= 0;
}

/* So many digits of @value, and what follows them. */
static char *
write_digits (char *p,
              int   value,
              int   n_digits,
              char  after)
{
  for (int i = n_digits - 1; i >= 0; i--, value /= 10)
    p[i] = (char) ('0' + value % 10);
  p[n_digits] = after;

  return p + n_digits + 1;
}

void
fare_instant_format (gint64 time_ms,
                     char   buffer[FARE_INSTANT_SIZE])
{
  gint64 days = time_ms / MS_PER_DAY;
  int in_day = (int) (MAX (time_ms, 0) % MS_PER_DAY);
  GDate date;
  char *p;

  g_date_clear (&date, 1);
  /* GDate counts 1 January of year 1 as day 1; 1970-01-01 is day 719163. */
  g_date_set_julian (&date, (guint32) CLAMP (days, 0, 2932896) + 719163);

  p = write_digits (buffer, g_date_get_year (&date), 4, '-');
  p = write_digits (p, g_date_get_month (&date), 2, '-');
  p = write_digits (p, g_date_get_day (&date), 2, 'T');
  p = write_digits (p, in_day / 3600000, 2, ':');
  p = write_digits (p, in_day / 60000 % 60, 2, ':');
  p = write_digits (p, in_day / 1000 % 60, 2, '.');
  p = write_digits (p, in_day % 1000, 3, 'Z');
  *p = '\0';
}
