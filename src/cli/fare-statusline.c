/* fare-statusline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-statusline.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "base/fare-text.h"
#include "fare-print.h"
#include "fare-statusline-parts.h"

/* A program that keeps the index in step reads everything at least every quarter of an hour. */
#define STALE_MS (20 * 60 * G_GINT64_CONSTANT (1000))

/* For Claude Code and for git, together.  With what it takes to start and to count anew that is less than
 * the tenth of a second after which people notice. */
#define PATIENCE_US 75000

#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))

static const struct
{
  const char *name;
  gboolean    has_input; /* takes what Claude Code says */
  void      (*append) (const FareStatus *status,
                       GString          *out);
} formats[] = {
  [FARE_BAR_MINIMAL]  = { "minimal", TRUE, fare_status_append_minimal },
  [FARE_BAR_FULL]     = { "full", TRUE, fare_status_append_full },
  [FARE_BAR_WAYBAR]   = { "waybar", FALSE, fare_status_append_waybar },
  [FARE_BAR_I3BLOCKS] = { "i3blocks", FALSE, fare_status_append_i3blocks },
  [FARE_BAR_POLYBAR]  = { "polybar", FALSE, fare_status_append_polybar },
  [FARE_BAR_TMUX]     = { "tmux", FALSE, fare_status_append_tmux },
  [FARE_BAR_JSON]     = { "json", TRUE, fare_status_append_json },
};

gboolean
fare_statusline_find_format (const char    *name,
                             FareBarFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, name))
      {
        *format = i;
        return TRUE;
      }

  return FALSE;
}

/* "--name value" or "--name=value" */
static const char *
read_value (const char * const **args,
            const char          *name)
{
  const char *text = (*args)[0];
  gsize length = strlen (name);

  if (strncmp (text, name, length) != 0)
    return NULL;
  if (text[length] == '=')
    return text + length + 1;
  if (text[length] != '\0' || (*args)[1] == NULL)
    return NULL;
  *args += 1;

  return (*args)[0];
}

gboolean
fare_statusline_read_args (FareStatusline     *self,
                           const char * const *args)
{
  *self = (FareStatusline) { "today", FARE_BAR_MINIMAL, TRUE };
  for (; args[0] != NULL; args++)
    {
      const char *value;

      if (g_str_equal (args[0], "--no-emoji"))
        self->has_emoji = FALSE;
      else if ((value = read_value (&args, "--period")) != NULL)
        self->period = value;
      else if ((value = read_value (&args, "--format")) == NULL
               || !fare_statusline_find_format (value, &self->format))
        return FALSE;
    }

  return TRUE;
}

void
fare_status_append_part (GString *row,
                         char    *text)
{
  g_autofree char *owned = text;
  g_autofree char *clean = NULL;

  if (text == NULL || *text == '\0')
    return;
  clean = fare_print_clean (text);
  if (row->len > 0 && row->str[row->len - 1] != '\n')
    g_string_append (row, " | ");
  g_string_append (row, clean);
}

char *
fare_status_with_emoji (const FareStatus *self,
                        const char       *emoji,
                        char             *text)
{
  g_autofree char *owned = text;

  if (text == NULL || !self->options->has_emoji)
    return g_steal_pointer (&owned);

  return g_strconcat (emoji, " ", text, NULL);
}

char *
fare_status_format_sum (const FareGlanceSum *sum,
                        const char          *title)
{
  /* Translators: tokens, an amount of money, a period in the middle of a line: “12.3M ($4.56) today” */
  return g_strdup_printf (_("%s (%s) %s"), sum->tokens_text, sum->cost_text, title);
}

char *
fare_status_format_age (const FareStatus *self)
{
  gint64 minutes;

  if (self->glance == NULL || self->glance->last_scan_ms == 0)
    return NULL;
  minutes = (self->now_ms - self->glance->last_scan_ms) / MINUTE_MS;
  if (minutes * MINUTE_MS < STALE_MS)
    return NULL;

  return fare_text_age (minutes);
}

char *
fare_status_dup_folder (const FareStatus *self)
{
  return self->input->directory != NULL ? g_path_get_basename (self->input->directory) : NULL;
}

static FareState
find_state (const FareGlance *glance,
            gint64            now_ms)
{
  if (glance == NULL || !glance->has_use)
    return FARE_STATE_NONE;
  if (glance->is_over)
    return FARE_STATE_OVER;

  return now_ms - glance->last_scan_ms >= STALE_MS ? FARE_STATE_STALE : FARE_STATE_FRESH;
}

/* A reader that has gone, or a full disk, is nobody's failure here. */
static void
write_out (const GString *out)
{
  gsize done = 0;

  while (done < out->len)
    {
      ssize_t n = write (STDOUT_FILENO, out->str + done, out->len - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return;
      done += (gsize) n;
    }
}

void
fare_statusline_print (const FareStatusline *self,
                       const FareGlance     *glance,
                       FarePaths            *paths,
                       gint64                now_ms)
{
  g_auto(FareStatusInput) input = { .cost = -1, .context_used = -1 };
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GPtrArray) limits = NULL;
  FareStatus status = { self, glance, &input, NULL, find_state (glance, now_ms), now_ms,
                        g_get_monotonic_time () + PATIENCE_US };

  if (formats[self->format].has_input)
    fare_status_input_read (&input, STDIN_FILENO);
  if (input.n_limits > 0)
    fare_limits_remember_claude (paths, input.limits, input.n_limits, now_ms);
  limits = fare_limits_load (glance != NULL ? glance->limits : NULL,
                             glance != NULL ? glance->limits_ms : 0, paths, now_ms);
  status.limits = limits;

  formats[self->format].append (&status, out);
  write_out (out);
}
