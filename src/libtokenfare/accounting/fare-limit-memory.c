/* fare-limit-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-limit-memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/fare-text.h"

#define FULL FARE_MARKS_FULL
#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))

/* How a line begins. */
#define KIND "limit"

/* Windows remembered, more than there are at a time. */
#define MAX_MARKS 32

/* What was said longer ago than this was not said just now; the longest time between two looks at the
 * logs while programs run. */
#define FRESH_MS (15 * MINUTE_MS)

/* How long a window lasts whose length nobody names, and how far two statements of its end may differ. */
#define UNNAMED_MS (300 * MINUTE_MS)
#define SAME_END_MS (2 * MINUTE_MS)

/* Of which window a mark is: "limit CLIENT MINUTES END", the end with a ~ in front when it is only
 * assumed. */
typedef struct
{
  char    client[32];
  guint   minutes; /* its length */
  gint64  end_s;   /* UTC seconds; when it begins anew, or at the latest */
  gboolean is_named; /* the provider named that moment */
} Window;

static gboolean
parse_window (const char *key,
              Window     *window)
{
  g_auto(GStrv) words = g_strsplit (key, " ", -1);
  const char *end;
  gint64 minutes;

  if (g_strv_length (words) != 4 || !g_str_equal (words[0], KIND) || *words[1] == '\0')
    return FALSE;

  window->is_named = *words[3] != '~';
  end = window->is_named ? words[3] : words[3] + 1;
  if (g_strlcpy (window->client, words[1], sizeof window->client) >= sizeof window->client
      || !fare_marks_parse_number (words[2], 0, G_MAXINT32, &minutes)
      || !fare_marks_parse_number (end, 1, G_MAXINT64 / 1000, &window->end_s))
    return FALSE;

  window->minutes = (guint) minutes;
  return TRUE;
}

static gboolean
is_key (const char *key)
{
  Window window;

  return parse_window (key, &window);
}

FareMarks *
fare_limit_memory_new (const char *text)
{
  return fare_marks_new (text, MAX_MARKS, is_key);
}

static gint64
get_length_s (guint minutes)
{
  return (minutes > 0 ? minutes * MINUTE_MS : UNNAMED_MS) / 1000;
}

static char *
make_key (const FareLimit *limit)
{
  gboolean is_named = limit->resets_ms > 0;
  gint64 end_s = is_named ? limit->resets_ms / 1000
                          : limit->seen_ms / 1000 + get_length_s (limit->minutes);

  return g_strdup_printf (KIND " %.31s %u %s%" G_GINT64_FORMAT, limit->client, limit->minutes,
                          is_named ? "" : "~", end_s);
}

/* The next window ends a whole length later, if not after a break.  An end that is counted from what
 * was said last moves on with every statement, up to one length. */
static gboolean
is_same_window (const char *key,
                const char *other_key)
{
  Window one, other;
  gint64 length_s, apart_s;

  if (!parse_window (key, &one) || !parse_window (other_key, &other))
    return FALSE;

  length_s = get_length_s (one.minutes);
  apart_s = ABS (one.end_s - other.end_s);
  if (one.minutes != other.minutes || strcmp (one.client, other.client) != 0)
    return FALSE;

  if (!one.is_named || !other.is_named)
    return apart_s < length_s;

  return apart_s <= SAME_END_MS / 1000 || apart_s < length_s / 2;
}

/* The highest threshold that @limit has reached, 0 for none. */
static guint
find_threshold (const FareLimit *limit,
                guint            warn_percent)
{
  double percent = limit->used * FULL + 1e-9;

  if (percent >= FULL)
    return FULL;

  return warn_percent > 0 && percent >= warn_percent ? MIN (warn_percent, FULL) : 0;
}

static gboolean
is_over (const FareLimit *limit,
         gint64           now_ms)
{
  return limit->is_stale || (limit->resets_ms > 0 && now_ms >= limit->resets_ms);
}

guint
fare_limit_memory_look (FareMarks       *memory,
                        const FareLimit *limit,
                        guint            warn_percent,
                        gint64           now_ms,
                        gboolean         is_live)
{
  guint reached = find_threshold (limit, warn_percent);
  g_autofree char *key = NULL;

  if (is_over (limit, now_ms))
    return 0;

  key = make_key (limit);
  if (!fare_marks_raise (memory, key, reached, is_same_window))
    return 0;

  return is_live && ABS (now_ms - limit->seen_ms) <= FRESH_MS ? reached : 0;
}

char *
fare_limit_warning_to_title (const FareLimit *limit)
{
  const char *client = fare_text_client (limit->client);
  g_autofree char *window = fare_limit_to_label (limit);
  g_autofree char *share = fare_text_percent (limit->used);
  gboolean is_reached = find_threshold (limit, 0) == FULL;

  if (*window == '\0' && is_reached)
    /* Translators: a tool: "Claude Code: limit reached" */
    return g_strdup_printf (_("%s: limit reached"), client);
  if (*window == '\0')
    /* Translators: a tool, a share: "Claude Code: 83% of the limit used" */
    return g_strdup_printf (_("%s: %s of the limit used"), client, share);
  if (is_reached)
    /* Translators: a tool, a length of time: "Claude Code: 5 h limit reached" */
    return g_strdup_printf (_("%s: %s limit reached"), client, window);

  /* Translators: a tool, a share, a length of time: "Claude Code: 83% of the 5 h limit used" */
  return g_strdup_printf (_("%s: %s of the %s limit used"), client, share, window);
}

char *
fare_limit_warning_to_body (const FareLimit *limit,
                            const FareNow   *now)
{
  FareDay day = fare_day_of (now->zone, limit->resets_ms);
  FareDay today = fare_day_of (now->zone, now->now_ms);
  g_autofree char *clock = NULL, *date = NULL;

  if (limit->resets_ms <= 0)
    return NULL;

  clock = fare_text_clock (limit->resets_ms, now->zone);
  if (day == today)
    /* Translators: a time of day: "Resets at 14:40." */
    return g_strdup_printf (_("Resets at %s."), clock);

  date = fare_text_day (day, today);

  /* Translators: a date and a time of day: "Resets on 24 Nov at 14:40." */
  return g_strdup_printf (_("Resets on %s at %s."), date, clock);
}
