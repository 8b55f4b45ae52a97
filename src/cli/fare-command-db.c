/* fare-command-db.c
 *
 * tokenfare db: looks after the index.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "fare-db-actions.h"

static const struct
{
  const char *name;
  FareExit  (*run) (const FareDbRequest *request);
} verbs[] = {
  { "status", fare_db_status }, { "sync", fare_db_sync },     { "verify", fare_db_verify },
  { "repair", fare_db_repair }, { "resync", fare_db_resync }, { "watch", fare_db_watch },
};

static FareExit
refuse_verb (const FareCommand *self,
             const char        *name)
{
  const char *names[G_N_ELEMENTS (verbs) + 1] = { NULL };
  g_autofree char *sentence = g_strdup_printf (_("The index cannot be asked to “%s”."), name);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    names[i] = verbs[i].name;

  return fare_command_misspelt (self, sentence, name, names);
}

static FareExit
run_verb (const FareCommand       *self,
          const char              *name,
          const char * const      *words,
          const FareFilterOptions *days,
          FareDbRequest           *request)
{
  g_auto(FareFilter) filter = { 0 };
  gboolean takes_days = g_str_equal (name, "verify");
  FareExit status;
  guint i = 0;

  while (i < G_N_ELEMENTS (verbs) && !g_str_equal (verbs[i].name, name))
    i++;
  if (i == G_N_ELEMENTS (verbs))
    return refuse_verb (self, name);

  if (request->dry_run && !g_str_equal (name, "repair"))
    return fare_command_misused (self, _("Only “repair” knows --dry-run."));
  if (!takes_days && (days->from != NULL || days->to != NULL))
    return fare_command_misused (self, _("Only “verify” knows --from and --to."));
  if (!takes_days && words[0] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), words[0]);

  if (!fare_filter_init (&filter, self, days, words, FARE_PERIOD_ALL, &status))
    return status;

  request->filter = &filter;
  return verbs[i].run (request);
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  FareDbRequest request = { 0 };
  g_auto(FareFilterOptions) days = { 0 };
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &request.json, N_("Print JSON"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &request.dry_run,
      N_("With repair: only tell what would be done"), NULL },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &days.from, N_("With verify: the first day"),
      N_("YYYY-MM-DD") },
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &days.to, N_("With verify: the last day, included"),
      N_("YYYY-MM-DD") },
    G_OPTION_ENTRY_NULL
  };
  g_auto(GStrv) rest = NULL;
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;

  if (rest[0] == NULL)
    return run_verb (self, "status", (const char * const *) rest, &days, &request);

  return run_verb (self, rest[0], (const char * const *) rest + 1, &days, &request);
}

const FareCommand fare_command_db = {
  .name = "db",
  .summary = N_("Look after the index in which all use is remembered"),
  .usage = N_("[status|sync|verify|repair|resync|watch]"),
  .details =
    N_("status   show what the index holds\n"
       "sync     read what is new in the logs, then status\n"
       "verify   read all logs anew and compare: verify [PERIOD]\n"
       "repair   check the file and compute its sums anew\n"
       "resync   build the index anew from the logs, and keep the old one as a backup\n"
       "watch    keep the index in step with the logs until you end it"),
  .run = run,
};
