/* fare-codex-limits.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-codex-limits.h"

#include <string.h>

#include "base/fare-instant.h"

/* A window of a year is the longest that makes sense; more is damage. */
#define MINUTES_MAX (366 * 24 * 60)

void
fare_codex_limits_remember (FareCodexLimits *self,
                            const FareSpan  *limits,
                            const FareSpan  *timestamp)
{
  if (limits->length < 3 || limits->text[0] != '{' || limits->length > sizeof self->text
      || timestamp->length > sizeof self->time)
    return;

  memcpy (self->text, limits->text, limits->length);
  self->length = limits->length;
  memcpy (self->time, timestamp->text, timestamp->length);
  self->time_length = timestamp->length;
}

/* One window: "MINUTES SHARE RESET", the share in 1/10000, the reset in UTC seconds or 0. */
static void
read_window (FarePull *pull,
             gint64    time_ms,
             GString  *text)
{
  double percent = -1, resets_at = 0, resets_in = -1, minutes = 0;
  gint64 reset_s = 0;
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "used_percent"))
        fare_pull_number (pull, &percent);
      else if (fare_span_equal (&key, "window_minutes"))
        fare_pull_number (pull, &minutes);
      else if (fare_span_equal (&key, "resets_at"))
        fare_pull_number (pull, &resets_at);
      else if (fare_span_equal (&key, "resets_in_seconds"))
        fare_pull_number (pull, &resets_in);
      else
        fare_pull_skip (pull);
    }
  if (!(percent >= 0 && percent <= 1000) || !(minutes >= 0 && minutes <= MINUTES_MAX))
    return;

  if (resets_at > 0 && resets_at < 253402300800.0) /* the year 10000 */
    reset_s = (gint64) resets_at;
  else if (resets_in >= 0 && resets_in <= MINUTES_MAX * 60.0)
    reset_s = time_ms / 1000 + (gint64) resets_in;
  g_string_append_printf (text, "%d %d %" G_GINT64_FORMAT "\n", (int) minutes,
                          (int) (percent * 100 + 0.5), reset_s);
}

/* Other limits than that of the client itself are named; theirs must not pass for it. */
static gboolean
is_own (const FareSpan *id)
{
  return id->length == 0 || fare_span_equal (id, "codex");
}

void
fare_codex_limits_finish (FareCodexLimits *self,
                          FareLog         *log)
{
  g_autoptr(GString) text = g_string_new (NULL);
  FareSpan key, id = { "", 0 };
  gint64 time_ms;
  FarePull pull;

  fare_pull_init (&pull, self->text, self->length);
  if (self->length == 0 || !fare_instant_parse (self->time, self->time_length, &time_ms)
      || !fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "primary") || fare_span_equal (&key, "secondary"))
        read_window (&pull, time_ms, text);
      else if (fare_span_equal (&key, "limit_id"))
        fare_pull_string (&pull, &id);
      else
        fare_pull_skip (&pull);
    }
  if (pull.failed || text->len == 0 || !is_own (&id))
    return;

  g_free (log->limits);
  log->limits = g_strdup (text->str);
  log->limits_ms = time_ms;
}
