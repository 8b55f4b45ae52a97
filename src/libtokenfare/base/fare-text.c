/* fare-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/fare-conventions.h"

#define NOTHING "–"

/* Trade names, so none of them is translated. */
static const struct
{
  const char *client;
  const char *title;
} clients[] = {
  { "amp", "Amp" },
  { "antigravity", "Antigravity" },
  { "claude", "Claude Code" },
  { "cline", "Cline" },
  { "codex", "Codex" },
  { "copilot_cli", "Copilot CLI" },
  { "droid", "Droid" },
  { "gemini_cli", "Gemini CLI" },
  { "goose", "Goose" },
  { "grok", "Grok Build" },
  { "hermes", "Hermes" },
  { "kilocode", "Kilo Code" },
  { "kimi", "Kimi" },
  { "mimo", "MiMo Code" },
  { "omp", "omp" },
  { "openclaw", "OpenClaw" },
  { "opencode", "OpenCode" },
  { "pi_agent", "Pi" },
  { "qwen", "Qwen Code" },
  { "roo_code", "Roo Code" },
};

static const char *
get_unit_pattern (guint unit)
{
  switch (unit)
    {
    case 1:
      /* Translators: a number of thousand tokens: "12.3K" */
      return C_("thousands", "%sK");
    case 2:
      /* Translators: a number of million tokens: "85.7M" */
      return C_("millions", "%sM");
    case 3:
      /* Translators: a number of thousand million tokens: "2B" */
      return C_("thousand millions", "%sB");
    default:
      /* Translators: a number of million million tokens: "1.5T" */
      return C_("million millions", "%sT");
    }
}

/* Unlike printf, this does no harm when a translation lacks the "%s" or has more. */
static char *
fill_in (const char *pattern,
         const char *value)
{
  g_autoptr(GString) text = g_string_new (pattern);

  g_string_replace (text, "%s", value, 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
fare_text_tokens (gint64 tokens)
{
  guint64 magnitude = tokens < 0 ? -(guint64) tokens : (guint64) tokens;
  guint64 size = 1000;
  guint unit = 1;
  guint64 tenths;
  g_autofree char *digits = NULL;
  g_autofree char *number = NULL;
  FareConventions conventions;

  if (magnitude < 1000)
    return g_strdup_printf ("%d", (int) tokens);

  /* What would round to 1000.0 of one unit is 1 of the next: 999,950 is the first such. */
  while (unit < 4 && magnitude >= size * 1000 - size / 20)
    {
      size *= 1000;
      unit++;
    }

  /* Half away from zero, in integers; a product of ten might not fit. */
  tenths = magnitude / size * 10 + (magnitude % size * 10 + size / 2) / size;
  digits = tenths % 10 == 0
             ? g_strdup_printf ("%" G_GUINT64_FORMAT, tenths / 10)
             : g_strdup_printf ("%" G_GUINT64_FORMAT ".%d", tenths / 10, (int) (tenths % 10));

  fare_conventions_init (&conventions);
  number = fare_conventions_format_number (&conventions.number, digits);
  if (tokens < 0)
    {
      g_autofree char *positive = g_steal_pointer (&number);

      number = g_strconcat ("-", positive, NULL);
    }

  return fill_in (get_unit_pattern (unit), number);
}

char *
fare_text_count (gint64 count)
{
  FareConventions conventions;

  fare_conventions_init (&conventions);

  return fare_conventions_format_count (&conventions, count);
}

/* The limit lies where the coarser form begins after rounding: 9,999.995 would read 10,000.00. */
char *
fare_text_money_in (const FareMoneyUnit *unit,
                    double               usd)
{
  double amount = usd * unit->rate;
  double smallest = pow (10, -(double) unit->decimals);
  FareConventions conventions;
  g_autofree char *least = NULL;

  if (!isfinite (amount))
    return g_strdup (NOTHING);

  fare_conventions_init (&conventions);
  if (amount == 0 || fabs (amount) >= smallest)
    return fare_conventions_format_amount (&conventions, amount, unit->symbol,
                                           fabs (amount) < 10000 - smallest / 2 ? unit->decimals
                                                                                : 0);

  least = fare_conventions_format_amount (&conventions, amount < 0 ? -smallest : smallest,
                                          unit->symbol, unit->decimals);

  /* Translators: less than an amount of money: "<$0.01" */
  return amount < 0 ? g_steal_pointer (&least) : fill_in (C_("money", "<%s"), least);
}

char *
fare_text_money (double usd)
{
  return fare_text_money_in (fare_currency_get_unit (), usd);
}

char *
fare_text_money_short (double usd)
{
  FareMoneyUnit unit = *fare_currency_get_unit ();
  double amount = fabs (usd * unit.rate);

  if (amount >= 99.995)
    unit.decimals = MIN (unit.decimals, amount < 999.95 ? 1 : 0);

  return fare_text_money_in (&unit, usd);
}

char *
fare_text_percent (double part)
{
  if (!(part >= 0))
    return g_strdup (NOTHING);

  if (part > 0 && part < 0.01)
    /* Translators: less than one percent; xgettext:no-c-format */
    return g_strdup (C_("percentage", "<1%"));

  if (part > 0.99 && part < 1)
    /* Translators: more than 99 percent; xgettext:no-c-format */
    return g_strdup (C_("percentage", ">99%"));

  /* Translators: a percentage, with a space in front of the sign where that is the custom */
  return g_strdup_printf (C_("percentage", "%d%%"), (int) MIN (round (part * 100), G_MAXINT));
}

char *
fare_text_project (const char *path)
{
  g_autofree char *name = NULL;
  gsize end, start;

  g_return_val_if_fail (path != NULL, NULL);

  if (*path == '\0')
    /* Translators: a project whose log does not name it */
    return g_strdup (C_("project", "unknown"));

  end = strlen (path);
  while (end > 1 && path[end - 1] == '/')
    end--;

  start = end;
  while (start > 0 && path[start - 1] != '/')
    start--;

  /* Logs brought here from Windows. */
  if (start == 0 && g_ascii_isalpha (path[0]) && path[1] == ':')
    {
      const char *backslash = strrchr (path, '\\');

      start = backslash != NULL && backslash[1] != '\0' ? backslash + 1 - path : 0;
    }

  name = start < end ? g_strndup (path + start, end - start) : g_strdup (path);

  return g_utf8_make_valid (name, -1);
}

const char *
fare_text_client (const char *client)
{
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    if (g_strcmp0 (clients[i].client, client) == 0)
      return clients[i].title;
  /* No client, but in the place of one where something could not be read. */
  if (g_strcmp0 (client, "share") == 0)
    return _("Shared folder");

  return client;
}

char *
fare_text_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);
  g_autofree char *tilde = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  while (length > 0 && home[length - 1] == '/')
    length--;

  if (length > 0 && strncmp (path, home, length) == 0 &&
      (path[length] == '/' || path[length] == '\0'))
    tilde = g_strconcat ("~", path + length, NULL);

  return g_utf8_make_valid (tilde != NULL ? tilde : path, -1);
}

char *
fare_text_age (gint64 minutes)
{
  gint64 hours = minutes / 60, days = hours / 24;

  if (hours < 2)
    return g_strdup_printf (ngettext ("%d min old", "%d min old", (gulong) minutes), (int) minutes);
  if (days < 2)
    return g_strdup_printf (ngettext ("%d h old", "%d h old", (gulong) hours), (int) hours);

  return g_strdup_printf (ngettext ("%d day old", "%d days old", (gulong) days),
                          (int) MIN (days, G_MAXINT));
}

char *
fare_text_day (FareDay day,
               FareDay today)
{
  g_autoptr(GDateTime) date = NULL;
  int year, month, day_of_month, this_year;

  fare_day_to_ymd (today, &this_year, &month, &day_of_month);
  fare_day_to_ymd (day, &year, &month, &day_of_month);
  date = g_date_time_new_utc (CLAMP (year, 1, 9999), month, day_of_month, 0, 0, 0);

  return g_date_time_format (date, year == this_year ? C_("date without year", "%-d %b")
                                                     : C_("date", "%-d %b %Y"));
}
