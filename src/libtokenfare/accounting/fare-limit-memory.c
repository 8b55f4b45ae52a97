/* fare-limit-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-limit-memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/fare-text.h"

#define FULL 100 /* percent */
#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))

/* How a line begins. */
#define KIND "limit"

/* Windows remembered, more than there are at a time, so that a clock that jumps into another window
 * and back repeats nothing. */
#define MAX_MARKS 32

/* What was said longer ago than this was not said just now; the longest time between two looks at the
 * logs while programs run. */
#define FRESH_MS (15 * MINUTE_MS)

/* How long a window lasts whose length nobody names, and how far two statements of its end may differ. */
#define UNNAMED_MS (300 * MINUTE_MS)
#define SAME_END_MS (2 * MINUTE_MS)

/* What was told, or silently noted, of one window. */
typedef struct
{
  char    client[32];
  guint   minutes; /* its length */
  gint64  end_s;   /* UTC seconds; when it begins anew, or at the latest */
  gboolean is_named; /* the provider named that moment */
  guint   percent; /* all thresholds up to here are done with */
} Mark;

struct _FareLimitMemory
{
  GArray *marks; /* of Mark, those looked at last behind the others */
};

static gboolean
parse_number (const char *text,
              gint64      least,
              gint64      greatest,
              gint64     *number)
{
  return g_ascii_string_to_signed (text, 10, least, greatest, number, NULL);
}

/* "limit CLIENT MINUTES END PERCENT", the end with a ~ in front when it is only assumed. */
static gboolean
parse_mark (const char *line,
            Mark       *mark)
{
  g_auto(GStrv) words = g_strsplit (line, " ", -1);
  const char *end;
  gint64 minutes, percent;

  if (g_strv_length (words) != 5 || !g_str_equal (words[0], KIND) || *words[1] == '\0')
    return FALSE;

  mark->is_named = *words[3] != '~';
  end = mark->is_named ? words[3] : words[3] + 1;
  if (g_strlcpy (mark->client, words[1], sizeof mark->client) >= sizeof mark->client
      || !parse_number (words[2], 0, G_MAXINT32, &minutes)
      || !parse_number (end, 1, G_MAXINT64 / 1000, &mark->end_s)
      || !parse_number (words[4], 1, FULL, &percent))
    return FALSE;

  mark->minutes = (guint) minutes;
  mark->percent = (guint) percent;
  return TRUE;
}

FareLimitMemory *
fare_limit_memory_new (const char *text)
{
  FareLimitMemory *self = g_new0 (FareLimitMemory, 1);
  g_auto(GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", MAX_MARKS * 2);

  self->marks = g_array_new (FALSE, TRUE, sizeof (Mark));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      Mark mark = { 0 };

      if (parse_mark (lines[i], &mark))
        g_array_append_val (self->marks, mark);
    }

  return self;
}

void
fare_limit_memory_free (FareLimitMemory *self)
{
  g_array_unref (self->marks);
  g_free (self);
}

char *
fare_limit_memory_to_text (FareLimitMemory *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *mark = &g_array_index (self->marks, Mark, i);

      g_string_append_printf (text, KIND " %s %u %s%" G_GINT64_FORMAT " %u\n", mark->client,
                              mark->minutes, mark->is_named ? "" : "~", mark->end_s, mark->percent);
    }

  return g_string_free (text, FALSE);
}

static gint64
get_length_s (guint minutes)
{
  return (minutes > 0 ? minutes * MINUTE_MS : UNNAMED_MS) / 1000;
}

static Mark
make_mark (const FareLimit *limit)
{
  Mark mark = { .minutes = limit->minutes, .is_named = limit->resets_ms > 0 };

  g_strlcpy (mark.client, limit->client, sizeof mark.client);
  mark.end_s = mark.is_named ? limit->resets_ms / 1000
                             : limit->seen_ms / 1000 + get_length_s (limit->minutes);
  return mark;
}

/* The next window ends a whole length later, if not after a break.  An end that is counted from what
 * was said last moves on with every statement, up to one length. */
static gboolean
is_same_window (const Mark *one,
                const Mark *other)
{
  gint64 length_s = get_length_s (one->minutes);
  gint64 apart_s = ABS (one->end_s - other->end_s);

  if (one->minutes != other->minutes || strcmp (one->client, other->client) != 0)
    return FALSE;

  if (!one->is_named || !other->is_named)
    return apart_s < length_s;

  return apart_s <= SAME_END_MS / 1000 || apart_s < length_s / 2;
}

/* Takes the mark of the same window out; @mark as it is where there is none. */
static Mark
take_mark (GArray     *marks,
           const Mark *mark)
{
  for (guint i = 0; i < marks->len; i++)
    {
      Mark other = g_array_index (marks, Mark, i);

      if (is_same_window (mark, &other))
        {
          g_array_remove_index (marks, i);
          return other;
        }
    }

  return *mark;
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
fare_limit_memory_look (FareLimitMemory *self,
                        const FareLimit *limit,
                        guint            warn_percent,
                        gint64           now_ms,
                        gboolean         is_live)
{
  Mark mark = make_mark (limit);
  guint reached = find_threshold (limit, warn_percent);
  guint told = 0;

  if (is_over (limit, now_ms))
    return 0;

  mark = take_mark (self->marks, &mark);
  if (reached > mark.percent)
    {
      told = is_live && ABS (now_ms - limit->seen_ms) <= FRESH_MS ? reached : 0;
      mark.percent = reached;
    }
  if (mark.percent == 0)
    return 0;

  g_array_append_val (self->marks, mark);
  if (self->marks->len > MAX_MARKS)
    g_array_remove_range (self->marks, 0, self->marks->len - MAX_MARKS);

  return told;
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
