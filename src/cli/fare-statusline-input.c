/* fare-statusline-input.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-statusline-input.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/fare-instant.h"
#include "formats/fare-pull.h"

/* For the first byte, and for all of them, in milliseconds. */
#define FIRST_WAIT_MS 30
#define WHOLE_WAIT_MS 50
#define SIZE_LIMIT (256 * 1024)

#define NAME_LIMIT 200 /* bytes of a name that is shown */
#define PATH_LIMIT 4096

static char *
read_string (FarePull *pull,
             gsize     limit)
{
  FareSpan span;
  g_autofree char *text = NULL;

  if (!fare_pull_string (pull, &span) || span.length == 0)
    return NULL;
  text = fare_span_dup (&span, limit);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
take_string (char **text,
             char  *value)
{
  if (value == NULL)
    return;
  g_free (*text);
  *text = value;
}

/* A name, or an object that has it as one of its members; the first of @names is the best. */
static void
read_name (FarePull           *pull,
           const char * const *names,
           char              **text)
{
  guint best = G_MAXUINT;
  FareSpan key;

  if (fare_pull_peek (pull) == '"')
    {
      take_string (text, read_string (pull, NAME_LIMIT));
      return;
    }
  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      guint i = 0;

      while (names[i] != NULL && !fare_span_equal (&key, names[i]))
        i++;
      if (names[i] != NULL && i < best && fare_pull_peek (pull) == '"')
        {
          take_string (text, read_string (pull, PATH_LIMIT));
          best = i;
        }
      else
        fare_pull_skip (pull);
    }
}

static double
read_number (FarePull *pull,
             double    fallback)
{
  double value;

  return fare_pull_number (pull, &value) && value >= 0 && value < 1e15 ? value : fallback;
}

static void
read_cost (FareStatusInput *self,
           FarePull        *pull)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "total_cost_usd"))
        self->cost = read_number (pull, -1);
      else if (fare_span_equal (&key, "total_duration_ms"))
        self->duration_ms = (gint64) read_number (pull, 0);
      else
        fare_pull_skip (pull);
    }
}

static void
read_context (FareStatusInput *self,
              FarePull        *pull)
{
  double percent = -1;
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "total_input_tokens"))
        self->input = (gint64) read_number (pull, 0);
      else if (fare_span_equal (&key, "total_output_tokens"))
        self->output = (gint64) read_number (pull, 0);
      else if (fare_span_equal (&key, "context_window_size"))
        self->context_size = (gint64) read_number (pull, 0);
      else if (fare_span_equal (&key, "used_percentage"))
        percent = read_number (pull, -1);
      else
        fare_pull_skip (pull);
    }
  if (percent >= 0)
    self->context_used = MIN (percent, 100) / 100;
}

/* Seconds, or a date as text. */
static gint64
read_moment (FarePull *pull)
{
  FareSpan text;
  gint64 time_ms;

  if (fare_pull_peek (pull) != '"')
    {
      double seconds = read_number (pull, 0);

      return seconds < 253402300800.0 ? (gint64) (seconds * 1000) : 0; /* the year 10000 */
    }

  return fare_pull_string (pull, &text) && fare_instant_parse (text.text, text.length, &time_ms)
         ? time_ms : 0;
}

static void
read_limit (FareStatusInput *self,
            FarePull        *pull,
            guint            minutes)
{
  FareLimit limit = { .minutes = minutes, .used = -1 };
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "used_percentage"))
        limit.used = read_number (pull, -100) / 100;
      else if (fare_span_equal (&key, "resets_at"))
        limit.resets_ms = read_moment (pull);
      else
        fare_pull_skip (pull);
    }
  if (limit.used >= 0 && self->n_limits < G_N_ELEMENTS (self->limits))
    self->limits[self->n_limits++] = limit;
}

static void
read_limits (FareStatusInput *self,
             FarePull        *pull)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "five_hour"))
        read_limit (self, pull, 5 * 60);
      else if (fare_span_equal (&key, "seven_day"))
        read_limit (self, pull, 7 * 24 * 60);
      else
        fare_pull_skip (pull);
    }
}

/* Understands what of the text can be understood. */
static void
parse (FareStatusInput *self,
       const char      *text,
       gsize            length)
{
  static const char * const model[] = { "display_name", "id", NULL };
  static const char * const workspace[] = { "current_dir", "project_dir", NULL };
  static const char * const effort[] = { "level", NULL };
  g_autofree char *cwd = NULL;
  FarePull pull;
  FareSpan key;

  *self = (FareStatusInput) { .cost = -1, .context_used = -1 };
  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "model"))
        read_name (&pull, model, &self->model);
      else if (fare_span_equal (&key, "workspace"))
        read_name (&pull, workspace, &self->directory);
      else if (fare_span_equal (&key, "cwd"))
        take_string (&cwd, read_string (&pull, PATH_LIMIT));
      else if (fare_span_equal (&key, "effort"))
        read_name (&pull, effort, &self->effort);
      else if (fare_span_equal (&key, "cost"))
        read_cost (self, &pull);
      else if (fare_span_equal (&key, "context_window"))
        read_context (self, &pull);
      else if (fare_span_equal (&key, "rate_limits"))
        read_limits (self, &pull);
      else
        fare_pull_skip (&pull);
    }
  if (self->directory == NULL)
    self->directory = g_steal_pointer (&cwd);
}

static gboolean
has_input (int    fd,
           gint64 end_us)
{
  struct pollfd wanted = { .fd = fd, .events = POLLIN };
  gint64 left_us = end_us - g_get_monotonic_time ();

  return poll (&wanted, 1, (int) MAX ((left_us + 999) / 1000, 0)) == 1
         && (wanted.revents & (POLLIN | POLLHUP)) != 0;
}

void
fare_status_input_read (FareStatusInput *self,
                        int              fd)
{
  gint64 start_us = g_get_monotonic_time ();
  gint64 end_us = start_us + FIRST_WAIT_MS * 1000;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!isatty (fd))
    text = g_malloc (SIZE_LIMIT);
  while (text != NULL && length < SIZE_LIMIT && has_input (fd, end_us))
    {
      ssize_t n_read = read (fd, text + length, SIZE_LIMIT - length);

      if (n_read <= 0)
        break;
      length += (gsize) n_read;
      end_us = start_us + WHOLE_WAIT_MS * 1000;
    }

  parse (self, text != NULL ? text : "", length);
}

void
fare_status_input_clear (FareStatusInput *self)
{
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->effort, g_free);
}
