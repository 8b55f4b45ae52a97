/* fare-statusline-rows.c
 *
 * The formats for Claude Code: one line, and four.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "base/fare-text.h"
#include "fare-git.h"
#include "fare-statusline-parts.h"

#define N_BLOCKS 10

static gboolean
has_figures (const FareStatus *self)
{
  return self->state != FARE_STATE_NONE;
}

static char *
format_model (const FareStatus *self)
{
  return self->input->model != NULL ? g_strdup_printf ("[%s]", self->input->model) : NULL;
}

/* Titles stand in the middle of a line here. */
static char *
get_period_title (const FareStatus *self)
{
  return g_str_equal (self->glance->period, "today") ? g_strdup (_("today"))
                                                     : g_strdup (self->glance->title);
}

static void
end_row (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');
}

void
fare_status_append_minimal (const FareStatus *self,
                            GString          *out)
{
  g_autoptr(GString) head = g_string_new (NULL);
  g_autofree char *model = format_model (self);
  g_autofree char *folder = fare_status_with_emoji (self, "📁", fare_status_dup_folder (self));

  if (!has_figures (self) && self->input->model == NULL && self->input->directory == NULL)
    return;

  if (model != NULL)
    g_string_append (head, model);
  if (folder != NULL)
    g_string_append_printf (head, "%s%s", head->len > 0 ? " " : "", folder);
  fare_status_append_part (out, g_strdup (head->str));
  if (has_figures (self))
    {
      g_autofree char *title = get_period_title (self);

      fare_status_append_part (out, fare_status_with_emoji (
        self, "📊", fare_status_format_sum (&self->glance->sum, title)));
      fare_status_append_part (out, fare_status_format_age (self));
    }
  end_row (out);
}

static void
append_model_row (const FareStatus *self,
                  GString          *out)
{
  const FareStatusInput *input = self->input;
  char *branch = input->directory != NULL ? fare_git_dup_branch (input->directory) : NULL;

  fare_status_append_part (out, format_model (self));
  fare_status_append_part (out, fare_status_with_emoji (self, "🌿", branch));
  if (input->effort != NULL)
    /* Translators: how hard a model is to think, as it calls it itself: “effort: high” */
    fare_status_append_part (out, g_strdup_printf (_("effort: %s"), input->effort));
  end_row (out);
}

static char *
format_context (const FareStatusInput *input)
{
  g_autoptr(GString) text = g_string_new (NULL);
  int n_full = (int) (input->context_used * N_BLOCKS + 0.5);

  if (input->context_used >= 0)
    {
      for (int i = 0; i < N_BLOCKS; i++)
        g_string_append (text, i < n_full ? "█" : "░");
      g_string_append_printf (text, " %d%%", (int) floor (input->context_used * 100 + 1e-9));
    }
  if (input->input > 0 || input->output > 0)
    {
      g_autofree char *in = fare_text_tokens (input->input);
      g_autofree char *out = fare_text_tokens (input->output);
      g_autofree char *size = input->context_size > 0 ? fare_text_tokens (input->context_size) : NULL;

      g_string_append (text, text->len > 0 ? " [" : "[");
      /* Translators: tokens of a session: “120K in + 18K out” */
      g_string_append_printf (text, _("%s in + %s out"), in, out);
      if (size != NULL)
        g_string_append_printf (text, " / %s", size);
      g_string_append_c (text, ']');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
format_duration (gint64 duration_ms)
{
  gint64 seconds = duration_ms / 1000;

  if (seconds >= 3600)
    return g_strdup_printf (C_("duration", "%dh %dm"), (int) MIN (seconds / 3600, G_MAXINT),
                            (int) (seconds / 60 % 60));

  return seconds >= 60
         ? g_strdup_printf (C_("duration", "%dm %ds"), (int) (seconds / 60), (int) (seconds % 60))
         : g_strdup_printf (C_("duration", "%ds"), (int) seconds);
}

static char *
format_session_cost (const FareStatus *self)
{
  if (self->input->cost < 0)
    return NULL;
  if (self->glance == NULL)
    return fare_text_money (self->input->cost);

  return self->glance->hides_amounts ? g_strdup (FARE_TEXT_HIDDEN)
                                     : fare_text_money_in (&self->glance->unit, self->input->cost);
}

static void
append_session_row (const FareStatus *self,
                    GString          *out)
{
  const FareStatusInput *input = self->input;

  fare_status_append_part (out, format_context (input));
  fare_status_append_part (out, format_session_cost (self));
  if (input->duration_ms > 0)
    fare_status_append_part (out, fare_status_with_emoji (self, "⏱️",
                                                          format_duration (input->duration_ms)));
  end_row (out);
}

static char *
format_changes (const FareStatus *self)
{
  guint n_staged = 0, n_changed = 0;
  g_autoptr(GString) text = g_string_new (NULL);
  const char *directory = self->input->directory;
  g_autofree char *branch = directory != NULL ? fare_git_dup_branch (directory) : NULL;

  if (branch == NULL || !fare_git_count (directory, self->end_us, &n_staged, &n_changed))
    return NULL;
  if (n_staged > 0)
    /* Translators: files with staged changes in git: “+2 staged” */
    g_string_append_printf (text, ngettext ("+%u staged", "+%u staged", n_staged), n_staged);
  if (n_changed > 0)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      /* Translators: files with changes that are not staged in git: “~1 changed” */
      g_string_append_printf (text, ngettext ("~%u changed", "~%u changed", n_changed), n_changed);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_use_row (const FareStatus *self,
                GString          *out)
{
  fare_status_append_part (out, fare_status_with_emoji (self, "📁", fare_status_dup_folder (self)));
  if (has_figures (self))
    {
      fare_status_append_part (out, fare_status_with_emoji (
        self, "📊", fare_status_format_sum (&self->glance->today, _("today"))));
      fare_status_append_part (out, fare_status_with_emoji (
        self, "📊", fare_status_format_sum (&self->glance->week, _("this week"))));
      fare_status_append_part (out, fare_status_format_age (self));
    }
  fare_status_append_part (out, format_changes (self));
  end_row (out);
}

static char *
format_clock (gint64 now_ms)
{
  time_t now = now_ms / 1000;
  struct tm local;
  char text[100];

  if (localtime_r (&now, &local) == NULL || strftime (text, sizeof text, "%a %b %e %H:%M:%S", &local) == 0)
    return NULL;

  return g_strdup (text);
}

/* "2h 11m [5h:34% 7d:12%]" of Claude Code; what is stale is not known any more. */
static char *
format_limits (const FareStatus *self)
{
  g_autoptr(GString) windows = g_string_new (NULL);
  g_autofree char *countdown = NULL;

  for (guint i = 0; i < self->limits->len; i++)
    {
      const FareLimit *limit = self->limits->pdata[i];
      g_autofree char *id = fare_limit_to_id (limit);
      g_autofree char *used = limit->is_stale ? g_strdup ("–") : fare_text_percent (limit->used);

      if (!g_str_equal (limit->client, "claude"))
        continue;
      g_string_append_printf (windows, "%s%s:%s", windows->len > 0 ? " " : "", id, used);
      if (countdown == NULL && !limit->is_stale)
        countdown = fare_limit_to_countdown (limit, self->now_ms);
    }
  if (windows->len == 0)
    return NULL;

  return countdown != NULL && *countdown != '\0'
         ? g_strdup_printf ("%s [%s]", countdown, windows->str) : g_strdup_printf ("[%s]", windows->str);
}

static void
append_clock_row (const FareStatus *self,
                  GString          *out)
{
  fare_status_append_part (out, format_clock (self->now_ms));
  fare_status_append_part (out, fare_status_with_emoji (self, "🔄", format_limits (self)));
  for (guint i = 0; has_figures (self) && i < self->glance->n_tools; i++)
    fare_status_append_part (out, g_strdup_printf ("%s %s", fare_text_client (self->glance->tools[i]),
                                                   self->glance->tool_sums[i].tokens_text));
  end_row (out);
}

void
fare_status_append_full (const FareStatus *self,
                         GString          *out)
{
  if (!has_figures (self) && self->input->model == NULL && self->input->directory == NULL)
    return;

  append_model_row (self, out);
  append_session_row (self, out);
  append_use_row (self, out);
  append_clock_row (self, out);
}
