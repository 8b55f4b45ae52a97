/* fare-http-request.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-request.h"

#include <string.h>

#include "fare-http-error.h"

/* "all": a hundred years, and the most that any period reaches back. */
#define ALL_DAYS 36500

static GStrv
dup_machines (const FareHttpRequest *self)
{
  const char *name = fare_http_request_get (self, "machine");
  const char * const names[] = { name, NULL };

  return name != NULL && *name != '\0' ? g_strdupv ((GStrv) names) : NULL;
}

/* Names and values as they were meant.  What is no escape stands for itself, and bytes that are no text become
 * U+FFFD: a value that nobody can read is an unknown one, not a missing one. */
static char *
decode (const char *text)
{
  g_autoptr(GString) bytes = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean is_escape = *p == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]);
      char c = *p == '+' ? ' ' : *p;

      if (is_escape)
        {
          c = (char) (g_ascii_xdigit_value (p[1]) << 4 | g_ascii_xdigit_value (p[2]));
          p += 2;
        }
      g_string_append_c (bytes, c != '\0' ? c : '\xff');
    }

  return g_utf8_make_valid (bytes->str, (gssize) bytes->len);
}

FareHttpRequest *
fare_http_request_new (const char *query)
{
  FareHttpRequest *self = g_new0 (FareHttpRequest, 1);

  self->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->now_us = g_get_real_time ();
  self->zone = g_time_zone_new_local ();

  if (query != NULL)
    {
      g_auto(GStrv) pairs = g_strsplit (query, "&", -1);

      for (guint i = 0; pairs[i] != NULL; i++)
        {
          char *equals = strchr (pairs[i], '=');
          g_autofree char *value = decode (equals != NULL ? equals + 1 : "");
          g_autofree char *name = NULL;

          if (equals != NULL)
            *equals = '\0';
          name = decode (pairs[i]);
          if (*name != '\0')
            g_hash_table_replace (self->query, g_steal_pointer (&name), g_steal_pointer (&value));
        }
    }

  self->machines = dup_machines (self);

  return self;
}

void
fare_http_request_free (FareHttpRequest *self)
{
  g_hash_table_unref (self->query);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_strfreev (self->machines);
  g_free (self->content_type);
  g_free (self);
}

char *
fare_http_request_to_key (const FareHttpRequest *self,
                          const char            *path)
{
  g_autoptr(GList) names = g_hash_table_get_keys (self->query);
  GString *key = g_string_new (path);

  g_string_append_printf (key, "\n%d\n%s", fare_http_request_get_today (self),
                          g_time_zone_get_identifier (self->zone));
  names = g_list_sort (names, (GCompareFunc) strcmp);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;
      const char *value = fare_http_request_get (self, name);

      /* With the lengths, because names and values may contain whatever separates them. */
      if (!g_str_equal (name, "refresh"))
        g_string_append_printf (key, "\n%zu %zu %s=%s", strlen (name), strlen (value), name, value);
    }

  return g_string_free (key, FALSE);
}

FareDay
fare_http_request_get_today (const FareHttpRequest *self)
{
  return fare_day_of (self->zone, self->now_us / 1000);
}

const char *
fare_http_request_get (const FareHttpRequest *self,
                       const char            *name)
{
  return g_hash_table_lookup (self->query, name);
}

const char *
fare_http_request_require (const FareHttpRequest  *self,
                           const char             *name,
                           GError                **error)
{
  const char *value = fare_http_request_get (self, name);

  if (value == NULL)
    fare_http_error_set_parameter (error, name, "missing", "Field required");

  return value;
}

gboolean
fare_http_request_get_boolean (const FareHttpRequest  *self,
                               const char             *name,
                               gboolean               *value,
                               GError                **error)
{
  static const char * const words[] = { "0", "1", "false", "true", "off", "on", "no", "yes",
                                        "n", "y", "f", "t" };
  const char *text = fare_http_request_get (self, name);

  if (text == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_ascii_strcasecmp (text, words[i]) == 0)
        {
          *value = i % 2 == 1;
          return TRUE;
        }
    }

  fare_http_error_set_parameter (error, name, "bool_parsing", "Input should be a valid boolean");
  return FALSE;
}

gboolean
fare_http_request_get_int (const FareHttpRequest  *self,
                           const char             *name,
                           gint64                 *value,
                           GError                **error)
{
  const char *text = fare_http_request_get (self, name);

  if (text == NULL || g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL))
    return TRUE;

  fare_http_error_set_parameter (error, name, "int_parsing", "Input should be a valid integer");
  return FALSE;
}

/* A whole number with blanks around it, a sign, and underscores between its digits; one that is
 * too large for the calendar is as many days as there can be. */
static gboolean
parse_days (const char *text,
            gint64     *days)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  const char *p = copy;
  gboolean is_negative = *p == '-';
  gint64 value = 0;

  if (*p == '-' || *p == '+')
    p++;
  if (!g_ascii_isdigit (*p))
    return FALSE;

  for (; *p != '\0'; p++)
    {
      if (*p == '_' && g_ascii_isdigit (p[1]))
        continue;
      if (!g_ascii_isdigit (*p))
        return FALSE;
      value = MIN (value * 10 + (*p - '0'), ALL_DAYS);
    }

  *days = is_negative ? 1 : MAX (value, 1);
  return TRUE;
}

static void
set_period (FareHttpSpan *span,
            FareDay       today)
{
  static const struct
  {
    const char *name;
    int         days;
  } names[] = {
    { "today", 1 }, { "3days", 3 }, { "week", 7 }, { "14days", 14 }, { "year", 365 },
  };
  gint64 days = ALL_DAYS;

  if (g_str_equal (span->period, "month"))
    {
      span->range.first = fare_day_get_month_start (today, 0);
      span->range.end = today + 1;
      span->before.first = fare_day_get_month_start (today, -1);
      span->before.end = span->range.first;
      return;
    }

  if (!parse_days (span->period, &days))
    {
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          if (g_str_equal (span->period, names[i].name))
            days = names[i].days;
        }
    }

  span->range = (FareRange) { today + 1 - (FareDay) days, today + 1 };
  span->before = (FareRange) { span->range.first - (FareDay) days, span->range.first };
}

/* Only "YYYY-MM-DD" of a day that there is. */
static gboolean
parse_date (const char  *text,
            FareDay     *day,
            GError     **error)
{
  FareNow now = { 0 };

  if (strlen (text) == 10 && g_ascii_isdigit (text[0]) && fare_day_parse (text, &now, day, NULL))
    return TRUE;

  g_set_error_literal (error, FARE_HTTP_ERROR, FARE_HTTP_BAD_REQUEST,
                       "Invalid date format, expected YYYY-MM-DD");
  return FALSE;
}

gboolean
fare_http_request_get_span (const FareHttpRequest  *self,
                            gboolean                takes_dates,
                            FareHttpSpan           *span,
                            GError                **error)
{
  const char *period = fare_http_request_get (self, "period");
  const char *from = takes_dates ? fare_http_request_get (self, "date_from") : NULL;
  const char *to = takes_dates ? fare_http_request_get (self, "date_to") : NULL;
  FareDay first, last;

  span->period = period != NULL ? period : "today";
  set_period (span, fare_http_request_get_today (self));
  if (from == NULL && to == NULL)
    return TRUE;

  if (from == NULL || to == NULL)
    {
      g_set_error_literal (error, FARE_HTTP_ERROR, FARE_HTTP_BAD_REQUEST,
                           "Both date_from and date_to are required");
      return FALSE;
    }

  if (!parse_date (from, &first, error) || !parse_date (to, &last, error))
    return FALSE;
  if (first > last)
    {
      g_set_error_literal (error, FARE_HTTP_ERROR, FARE_HTTP_BAD_REQUEST,
                           "date_from must be on or before date_to");
      return FALSE;
    }

  span->range = (FareRange) { first, last + 1 };
  span->before = (FareRange) { first - (last + 1 - first), first };
  return TRUE;
}
