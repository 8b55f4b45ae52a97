/* fare-limits.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-limits.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "formats/fare-pull.h"

#define FILE_NAME "limits.json"
#define FILE_LIMIT (64 * 1024)
#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))

/* Providers round; two resets this close are the same. */
#define SAME_RESET_MS (2 * MINUTE_MS)

/* What was seen again is written again only after this long. */
#define REWRITE_MS (5 * MINUTE_MS)

#define MS_MAX 253402300800000.0 /* the year 10000 */

static gboolean
is_over (const FareLimit *self,
         gint64           now_ms)
{
  if (self->resets_ms > 0)
    return now_ms >= self->resets_ms;

  /* Nobody knows longer than one window lasts. */
  return now_ms - self->seen_ms >= (self->minutes > 0 ? self->minutes * MINUTE_MS : 300 * MINUTE_MS);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const FareLimit *left = *(FareLimit * const *) a, *right = *(FareLimit * const *) b;
  int order = strcmp (left->client, right->client);

  return order != 0 ? order : (left->minutes > right->minutes) - (left->minutes < right->minutes);
}

static void
add_limit (GPtrArray       *limits,
           const FareLimit *limit,
           gint64           now_ms)
{
  FareLimit *copy = g_memdup2 (limit, sizeof *limit);

  copy->is_stale = is_over (copy, now_ms);
  g_ptr_array_add (limits, copy);
}

static void
load_codex (GPtrArray  *limits,
            const char *text,
            gint64      seen_ms,
            gint64      now_ms)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      FareLimit limit = { .client = "codex", .seen_ms = seen_ms };
      int share;
      gint64 reset_s;

      if (sscanf (lines[i], "%u %d %" G_GINT64_FORMAT, &limit.minutes, &share, &reset_s) != 3)
        continue;
      limit.used = share / 10000.0;
      limit.resets_ms = reset_s * 1000;
      add_limit (limits, &limit, now_ms);
    }
}

static gboolean
read_member (FarePull *pull,
             gint64   *value)
{
  double number;

  if (!fare_pull_number (pull, &number) || !(number >= 0 && number < MS_MAX))
    return FALSE;
  *value = (gint64) number;

  return TRUE;
}

static void
read_window (FarePull *pull,
             GArray   *windows)
{
  FareLimit limit = { .client = "claude", .used = -1 };
  gint64 minutes = 0;
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "minutes"))
        read_member (pull, &minutes);
      else if (fare_span_equal (&key, "used"))
        fare_pull_number (pull, &limit.used);
      else if (fare_span_equal (&key, "resets"))
        read_member (pull, &limit.resets_ms);
      else if (fare_span_equal (&key, "seen"))
        read_member (pull, &limit.seen_ms);
      else
        fare_pull_skip (pull);
    }
  limit.minutes = (guint) MIN (minutes, G_MAXINT);
  if (limit.used >= 0 && limit.used <= 1000 && limit.seen_ms > 0)
    g_array_append_val (windows, limit);
}

char *
fare_limits_dup_file (FarePaths *paths)
{
  return g_build_filename (fare_paths_get_data_dir (paths), FILE_NAME, NULL);
}

/* A file that is damaged half way through says what it says until there; the next statement of
 * Claude Code mends it. */
static GArray *
read_file (FarePaths *paths)
{
  GArray *windows = g_array_new (FALSE, FALSE, sizeof (FareLimit));
  g_autofree char *path = fare_limits_dup_file (paths);
  g_autofree char *text = g_malloc (FILE_LIMIT);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  ssize_t length = fd >= 0 ? read (fd, text, FILE_LIMIT) : -1;
  FareSpan key;
  FarePull pull;

  if (fd >= 0)
    close (fd);
  if (length <= 0)
    return windows;
  fare_pull_init (&pull, text, (gsize) length);
  if (!fare_pull_enter (&pull, '{'))
    return windows;
  while (fare_pull_next_member (&pull, &key))
    if (!fare_span_equal (&key, "claude"))
      fare_pull_skip (&pull);
    else if (fare_pull_enter (&pull, '['))
      while (fare_pull_next_item (&pull))
        read_window (&pull, windows);

  return windows;
}

GPtrArray *
fare_limits_load (const char *logged,
                  gint64      logged_ms,
                  FarePaths  *paths,
                  gint64      now_ms)
{
  GPtrArray *limits = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) windows = read_file (paths);

  if (logged != NULL)
    load_codex (limits, logged, logged_ms, now_ms);
  for (guint i = 0; i < windows->len; i++)
    add_limit (limits, &g_array_index (windows, FareLimit, i), now_ms);
  g_ptr_array_sort (limits, compare);

  return limits;
}

static gboolean
says_more (const FareLimit *new,
           const FareLimit *old,
           gint64           now_ms)
{
  if (is_over (old, now_ms) || new->resets_ms == 0 || old->resets_ms == 0)
    return TRUE;
  if (ABS (new->resets_ms - old->resets_ms) > SAME_RESET_MS)
    return new->resets_ms > old->resets_ms;

  return new->used >= old->used;
}

/* Returns: whether the file should be written */
static gboolean
merge (GArray          *known,
       const FareLimit *limit,
       gint64           now_ms)
{
  FareLimit new = *limit;

  new.client = "claude";
  new.seen_ms = now_ms;
  if (!(new.used >= 0 && new.used <= 1000) || is_over (&new, now_ms))
    return FALSE;
  for (guint i = 0; i < known->len; i++)
    {
      FareLimit *old = &g_array_index (known, FareLimit, i);
      gboolean is_same = old->used == new.used && old->resets_ms == new.resets_ms;

      if (old->minutes != new.minutes)
        continue;
      if (!says_more (&new, old, now_ms) || (is_same && now_ms - old->seen_ms < REWRITE_MS
                                             && now_ms >= old->seen_ms))
        return FALSE;
      *old = new;
      return TRUE;
    }
  g_array_append_val (known, new);

  return TRUE;
}

/* Complete or not at all, so that a reader at the same moment sees one or the other.  Not worth
 * waiting for the disk. */
static void
write_file (FarePaths *paths,
            GArray    *windows)
{
  g_autofree char *path = fare_limits_dup_file (paths);
  g_autofree char *draft = g_strdup_printf ("%s.%d", path, (int) getpid ());
  g_autoptr(GString) text = g_string_new ("{\"claude\":[");
  gboolean done;
  int fd;

  for (guint i = 0; i < windows->len; i++)
    {
      const FareLimit *limit = &g_array_index (windows, FareLimit, i);
      char used[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s{\"minutes\":%u,\"used\":%s,\"resets\":%" G_GINT64_FORMAT
                              ",\"seen\":%" G_GINT64_FORMAT "}", i > 0 ? "," : "", limit->minutes,
                              g_ascii_dtostr (used, sizeof used, limit->used), limit->resets_ms,
                              limit->seen_ms);
    }
  g_string_append (text, "]}\n");

  fd = open (draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return;
  done = write (fd, text->str, text->len) == (ssize_t) text->len;
  done = close (fd) == 0 && done;
  if (!done || rename (draft, path) != 0)
    unlink (draft);
}

void
fare_limits_remember_claude (FarePaths       *paths,
                             const FareLimit *windows,
                             guint            n_windows,
                             gint64           now_ms)
{
  g_autoptr(GArray) known = read_file (paths);
  gboolean is_new = FALSE;

  for (guint i = 0; i < n_windows; i++)
    is_new = merge (known, &windows[i], now_ms) || is_new;
  if (is_new)
    write_file (paths, known);
}

/* Codex counts a window of five hours as 299 minutes. */
static guint
round_minutes (guint minutes)
{
  return (minutes + 1) % 60 == 0 ? minutes + 1 : minutes;
}

char *
fare_limit_to_label (const FareLimit *self)
{
  guint minutes = round_minutes (self->minutes);

  if (minutes == 0)
    return g_strdup ("");
  if (minutes % (24 * 60) == 0)
    /* Translators: length of a usage window in days */
    return g_strdup_printf (C_("window", "%u d"), minutes / (24 * 60));
  if (minutes % 60 == 0)
    /* Translators: length of a usage window in hours */
    return g_strdup_printf (C_("window", "%u h"), minutes / 60);

  /* Translators: length of a usage window in minutes */
  return g_strdup_printf (C_("window", "%u min"), minutes);
}

char *
fare_limit_to_id (const FareLimit *self)
{
  guint minutes = round_minutes (self->minutes);

  if (minutes == 0)
    return g_strdup ("");
  if (minutes % (24 * 60) == 0)
    return g_strdup_printf ("%ud", minutes / (24 * 60));

  return minutes % 60 == 0 ? g_strdup_printf ("%uh", minutes / 60)
                           : g_strdup_printf ("%um", minutes);
}

char *
fare_limit_to_countdown (const FareLimit *self,
                         gint64           now_ms)
{
  gint64 minutes = (self->resets_ms - now_ms + MINUTE_MS - 1) / MINUTE_MS;

  if (self->resets_ms == 0 || minutes <= 0)
    return g_strdup ("");
  if (minutes >= 24 * 60)
    /* Translators: days and hours until something happens */
    return g_strdup_printf (C_("countdown", "%dd %dh"), (int) (minutes / (24 * 60)),
                            (int) (minutes / 60 % 24));
  if (minutes >= 60)
    /* Translators: hours and minutes until something happens */
    return g_strdup_printf (C_("countdown", "%dh %dm"), (int) (minutes / 60), (int) (minutes % 60));

  /* Translators: minutes until something happens */
  return g_strdup_printf (C_("countdown", "%dm"), (int) minutes);
}
