/* fare-statusline-bars.c
 *
 * The formats for bars.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/fare-instant.h"
#include "base/fare-text.h"
#include "fare-json-writer.h"
#include "fare-statusline-parts.h"

#define NOTHING "–"

/* What a used-up budget looks like where the bar takes a colour. */
#define COLOUR_OVER "#e01b24"

static const char * const states[] = { "none", "fresh", "stale", "over" };

static gboolean
has_figures (const FareStatus *self)
{
  return self->state != FARE_STATE_NONE;
}

/* JSON needs no more; bytes that are no UTF-8 never come here. */
static void
append_json_string (GString    *out,
                    const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      guchar byte = (guchar) *text;

      if (byte == '"' || byte == '\\')
        g_string_append_printf (out, "\\%c", byte);
      else if (byte == '\n')
        g_string_append (out, "\\n");
      else if (byte < 0x20 || byte == 0x7f)
        g_string_append_printf (out, "\\u%04x", byte);
      else
        g_string_append_c (out, (char) byte);
    }
  g_string_append_c (out, '"');
}

static void
append_json_member (GString    *out,
                    const char *name,
                    const char *value)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  append_json_string (out, name);
  g_string_append_c (out, ':');
  append_json_string (out, value);
}

static void
append_json_number (GString    *out,
                    const char *name,
                    double      value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE] = "null";

  if (isfinite (value))
    fare_json_format_double (value, digits, sizeof digits);
  g_string_append_printf (out, "%s\"%s\":%s", out->str[out->len - 1] != '{' ? "," : "", name, digits);
}

static void
append_json_int (GString    *out,
                 const char *name,
                 gint64      value)
{
  g_string_append_printf (out, "%s\"%s\":%" G_GINT64_FORMAT, out->str[out->len - 1] != '{' ? "," : "",
                          name, value);
}

static void
append_json_time (GString    *out,
                  const char *name,
                  gint64      time_ms)
{
  char text[FARE_INSTANT_SIZE];

  if (time_ms > 0)
    {
      fare_instant_format (time_ms, text);
      append_json_member (out, name, text);
    }
  else
    g_string_append_printf (out, ",\"%s\":null", name);
}

/* The share that a bar can draw: of the budget, else of the limit that is used most. */
static double
find_share (const FareStatus *self)
{
  double share = -1;

  if (self->glance != NULL && *self->glance->budget != '\0')
    return self->glance->budget_share;
  for (guint i = 0; i < self->limits->len; i++)
    {
      const FareLimit *limit = self->limits->pdata[i];

      if (!limit->is_stale)
        share = MAX (share, limit->used);
    }

  return share;
}

static char *
format_limit (const FareStatus *self,
              const FareLimit  *limit)
{
  g_autofree char *label = fare_limit_to_label (limit);
  g_autofree char *used = fare_text_percent (limit->used);
  g_autofree char *countdown = fare_limit_to_countdown (limit, self->now_ms);
  const char *client = fare_text_client (limit->client);

  if (limit->is_stale)
    return g_strdup_printf ("%s %s: %s", client, label, _("has begun anew, waiting for new data"));
  if (*countdown == '\0')
    return g_strdup_printf (_("%s %s: %s used"), client, label, used);

  /* Translators: a tool, the length of its usage window, the share used of it, a time to wait */
  return g_strdup_printf (_("%s %s: %s used, resets in %s"), client, label, used, countdown);
}

static char *
format_tooltip (const FareStatus *self)
{
  const FareGlance *glance = self->glance;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *age = fare_status_format_age (self);
  g_autofree char *sum = NULL;

  if (!has_figures (self))
    return g_strdup (_("No use has been found yet."));

  sum = fare_status_format_sum (&glance->sum, g_str_equal (glance->period, "today")
                                              ? _("today") : glance->title);
  g_string_append (text, sum);
  for (guint i = 0; i < glance->n_tools; i++)
    g_string_append_printf (text, "\n%s  %s", fare_text_client (glance->tools[i]),
                            glance->tool_sums[i].cost_text);
  if (*glance->budget != '\0')
    g_string_append_printf (text, "\n%s: %s", _("Budget"), glance->budget_text);
  for (guint i = 0; i < self->limits->len; i++)
    {
      g_autofree char *limit = format_limit (self, self->limits->pdata[i]);

      g_string_append_printf (text, "\n%s", limit);
    }
  if (age != NULL)
    g_string_append_printf (text, "\n%s", age);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The amount, and where nobody has looked at the logs for a while, since when: a bar has no other place to
 * say so. */
static char *
format_cost (const FareStatus *self,
             const char       *cost)
{
  g_autofree char *age = fare_status_format_age (self);

  return age != NULL ? g_strconcat (cost, " · ", age, NULL) : g_strdup (cost);
}

/* Waybar reads both texts as Pango markup. */
void
fare_status_append_waybar (const FareStatus *self,
                           GString          *out)
{
  g_autofree char *tooltip = format_tooltip (self);
  g_autofree char *text = g_markup_escape_text (
    has_figures (self) ? self->glance->sum.cost_text : NOTHING, -1);
  g_autofree char *escaped = g_markup_escape_text (tooltip, -1);
  double share = find_share (self);

  g_string_append_c (out, '{');
  append_json_member (out, "text", text);
  append_json_member (out, "alt", states[self->state]);
  append_json_member (out, "tooltip", escaped);
  append_json_member (out, "class", states[self->state]);
  if (has_figures (self) && share >= 0)
    append_json_int (out, "percentage", (gint64) floor (MIN (share, 1) * 100 + 1e-9));
  g_string_append (out, "}\n");
}

void
fare_status_append_i3blocks (const FareStatus *self,
                             GString          *out)
{
  g_autofree char *title = NULL, *full = NULL, *text = NULL;

  if (!has_figures (self))
    return;
  title = g_str_equal (self->glance->period, "today") ? g_strdup (_("today"))
                                                      : g_strdup (self->glance->title);
  /* Translators: an amount of money and a period: “$4.56 today” */
  full = g_strdup_printf (_("%s %s"), self->glance->sum.cost_text, title);
  text = format_cost (self, full);
  g_string_append_printf (out, "%s\n%s\n", text, self->glance->sum.cost_text);
  if (self->state == FARE_STATE_OVER)
    g_string_append (out, COLOUR_OVER "\n");
}

void
fare_status_append_polybar (const FareStatus *self,
                            GString          *out)
{
  g_autofree char *text = NULL;

  if (!has_figures (self))
    return;
  text = format_cost (self, self->glance->sum.cost_text);
  if (self->state == FARE_STATE_OVER)
    g_string_append_printf (out, "%%{F" COLOUR_OVER "}%s%%{F-}\n", text);
  else
    g_string_append_printf (out, "%s\n", text);
}

void
fare_status_append_tmux (const FareStatus *self,
                         GString          *out)
{
  g_autofree char *cost = NULL;
  g_autoptr(GString) text = NULL;

  if (!has_figures (self))
    return;
  cost = format_cost (self, self->glance->sum.cost_text);
  text = g_string_new (cost);
  g_string_replace (text, "#", "##", 0);
  if (self->state == FARE_STATE_OVER)
    g_string_append_printf (out, "#[fg=red]%s#[default]\n", text->str);
  else
    g_string_append_printf (out, "%s\n", text->str);
}

static void
append_json_sum (GString             *out,
                 const char          *name,
                 const FareGlanceSum *sum)
{
  g_string_append_printf (out, ",\"%s\":{", name);
  append_json_number (out, "cost", sum->cost);
  append_json_int (out, "total", sum->tokens);
  append_json_int (out, "unpriced_tokens", sum->unpriced_tokens);
  g_string_append_c (out, '}');
}

static void
append_json_figures (const FareStatus *self,
                     GString          *out)
{
  const FareGlance *glance = self->glance;

  append_json_member (out, "period", glance->period);
  append_json_number (out, "cost", glance->sum.cost);
  append_json_int (out, "total", glance->sum.tokens);
  append_json_int (out, "unpriced_tokens", glance->sum.unpriced_tokens);
  append_json_sum (out, "today", &glance->today);
  append_json_sum (out, "week", &glance->week);
  g_string_append (out, ",\"tools\":[");
  for (guint i = 0; i < glance->n_tools; i++)
    {
      g_string_append (out, i > 0 ? ",{" : "{");
      append_json_member (out, "key", glance->tools[i]);
      append_json_number (out, "cost", glance->tool_sums[i].cost);
      append_json_int (out, "total", glance->tool_sums[i].tokens);
      append_json_int (out, "unpriced_tokens", glance->tool_sums[i].unpriced_tokens);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  if (*glance->budget != '\0')
    {
      g_string_append (out, ",\"budget\":{");
      append_json_member (out, "period", glance->budget);
      append_json_number (out, "share", glance->budget_share);
      g_string_append_printf (out, ",\"over\":%s}", glance->is_over ? "true" : "false");
    }
  append_json_time (out, "last_scan", glance->last_scan_ms);
}

void
fare_status_append_json (const FareStatus *self,
                         GString          *out)
{
  g_string_append_c (out, '{');
  append_json_member (out, "class", states[self->state]);
  if (has_figures (self))
    append_json_figures (self, out);
  g_string_append (out, ",\"limits\":[");
  for (guint i = 0; i < self->limits->len; i++)
    {
      const FareLimit *limit = self->limits->pdata[i];
      g_autofree char *id = fare_limit_to_id (limit);

      g_string_append (out, i > 0 ? ",{" : "{");
      append_json_member (out, "client", limit->client);
      append_json_member (out, "window", id);
      append_json_number (out, "used", limit->used);
      append_json_time (out, "resets_at", limit->resets_ms);
      append_json_time (out, "seen_at", limit->seen_ms);
      g_string_append_printf (out, ",\"stale\":%s}", limit->is_stale ? "true" : "false");
    }
  g_string_append (out, "]}\n");
}
