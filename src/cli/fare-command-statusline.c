/* fare-command-statusline.c
 *
 * tokenfare statusline: the figures that stand in Claude Code's status line and in bars.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "fare-command.h"
#include "fare-print.h"
#include "fare-statusline-count.h"
#include "fare-statusline-install.h"
#include "fare-statusline.h"
#include "pricing/fare-price-kept.h"

/* NULL without a usable index.  The prices that were asked for are kept for the next time. */
static FareGlance *
take_glance (FarePaths     *paths,
             const char    *period,
             const FareNow *now)
{
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json", NULL);
  g_autofree char *state = fare_statusline_dup_price_state (paths);
  g_autofree char *warning = NULL;
  g_autoptr(FarePriceBook) prices = fare_price_book_load (shipped, fare_paths_get_prices_file (paths),
                                                          &warning, NULL);
  FareGlance *glance;

  if (prices == NULL)
    return NULL;
  glance = fare_statusline_count (paths, prices, period, now);
  if (glance != NULL)
    fare_glance_keep_prices (paths, fare_price_book_pack (prices), state);

  return glance;
}

static void
print_line (const FareStatusline *line,
            FarePaths            *paths,
            const FareNow        *now)
{
  g_autoptr(FareGlance) glance = fare_glance_look_up (paths, line->period, now->now_ms);

  if (glance == NULL)
    glance = take_glance (paths, line->period, now);
  fare_statusline_print (line, glance, paths, now->now_ms);
}

/* What stands behind an option of that name, in the next word or in this one; NULL for another option. */
static const char *
find_value (const char * const **args,
            const char          *name)
{
  const char *word = (*args)[0];
  gsize length = strlen (name);

  if (strncmp (word, name, length) != 0)
    return NULL;
  if (word[length] == '=')
    return word + length + 1;
  if (word[length] != '\0' || (*args)[1] == NULL)
    return NULL;
  (*args)++;

  return (*args)[0];
}

/* A prompt or a bar has no place for a refusal: what cannot be understood is left out there.
 * Returns: whether there is nothing in @args but what a line could have */
static gboolean
read_leniently (FareStatusline     *line,
                const FareNow      *now,
                const char * const *args)
{
  *line = (FareStatusline) { "today", FARE_BAR_MINIMAL, TRUE };
  for (; args[0] != NULL; args++)
    {
      const char *value;
      FarePeriod kind;
      FareRange range;

      if (g_str_equal (args[0], "--install") || g_str_equal (args[0], "--uninstall")
          || g_str_equal (args[0], "--help") || g_str_equal (args[0], "-h"))
        return FALSE;
      if (g_str_equal (args[0], "--no-emoji"))
        line->has_emoji = FALSE;
      else if ((value = find_value (&args, "--format")) != NULL)
        fare_statusline_find_format (value, &line->format);
      else if ((value = find_value (&args, "--period")) != NULL
               && fare_period_parse (value, now, &kind, &range, NULL))
        line->period = value;
    }

  return TRUE;
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  g_autofree char *period = NULL;
  g_autofree char *format = NULL;
  gboolean no_emoji = FALSE, install = FALSE, uninstall = FALSE;
  const GOptionEntry options[] = {
    { "period", 0, 0, G_OPTION_ARG_FILENAME, &period,
      N_("What to sum up: today (the default), week, month, “7 days”, …"), N_("PERIOD") },
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &format,
      N_("minimal (the default), full, waybar, i3blocks, polybar, tmux or json"), N_("FORMAT") },
    { "no-emoji", 0, 0, G_OPTION_ARG_NONE, &no_emoji, N_("Leave out the emoji"), NULL },
    { "install", 0, 0, G_OPTION_ARG_NONE, &install,
      N_("Have Claude Code show the line, in this period and format"), NULL },
    { "uninstall", 0, 0, G_OPTION_ARG_NONE, &uninstall,
      N_("Give Claude Code back the line it had before"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) rest = NULL;
  FareStatusline line = { "today", FARE_BAR_MINIMAL, TRUE };
  FareNow now = { g_get_real_time () / 1000, zone };
  FarePeriod kind;
  FareRange range;
  FareExit status;

  if (!isatty (STDOUT_FILENO) && read_leniently (&line, &now, args))
    {
      print_line (&line, paths, &now);
      return FARE_EXIT_DONE;
    }
  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;
  if (rest[0] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), rest[0]);
  if (install && uninstall)
    return fare_command_misused (self, _("--install and --uninstall exclude each other."));
  if (format != NULL && !fare_statusline_find_format (format, &line.format))
    return fare_command_misused (self, _("There is no format “%s”."), format);
  if (period != NULL && !fare_period_parse (period, &now, &kind, &range, &error))
    return fare_command_misused (self, "%s", error->message);

  if (uninstall)
    return fare_statusline_uninstall (paths);
  line.period = period != NULL ? period : "today";
  line.has_emoji = !no_emoji;
  if (install)
    return fare_statusline_install (paths, &line, format);

  print_line (&line, paths, &now);
  return FARE_EXIT_DONE;
}

const FareCommand fare_command_statusline = {
  .name = "statusline",
  .summary = N_("Print one line, for Claude Code’s status line and for bars"),
  .details = N_("The index is read as it is, and nothing waited for; something else has to keep it in step: "
                "the window, or “tokenfare db watch”. What Claude Code says on standard input is shown "
                "too, and the usage limits it names are remembered."),
  .run = run,
};
