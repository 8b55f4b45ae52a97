/* fare-filter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-filter.h"

#include <glib/gi18n.h>

#include "accounting/fare-query.h"
#include "accounting/fare-report.h"
#include "formats/fare-format.h"

/* Ends of a range that only the index can tell. */
#define EARLIEST G_MININT32
#define LATEST G_MAXINT32

#define ABOUT_PERIODS                                                                             \
  N_("PERIOD is today, yesterday, week, month, last-month, year, all, or a number of days such "  \
     "as “7 days”. --from and --to name the first and the last day instead, both included.")

const char * const fare_filter_notes_today[] = {
  ABOUT_PERIODS, N_("Without a period: today."), NULL
};

const char * const fare_filter_notes_all[] = {
  ABOUT_PERIODS, N_("Without a period: everything in the index."), NULL
};

void
fare_filter_append_options (GArray            *entries,
                            FareFilterOptions *options)
{
  const GOptionEntry own[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &options->from, N_("First day"), N_("YYYY-MM-DD") },
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &options->to, N_("Last day, included"), N_("YYYY-MM-DD") },
    { "client", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->clients,
      N_("Only this tool, such as claude or codex"), N_("TOOL") },
    { "model", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->models,
      N_("Only this model, as the log names it"), N_("MODEL") },
    { "project", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->projects,
      N_("Only this project: its folder or the folder’s name"), N_("PROJECT") },
    { "session", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->sessions,
      N_("Only this session"), N_("ID") },
    { "machine", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->machines,
      N_("Only this machine, of those that share a folder"), N_("MACHINE") },
  };

  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
}

void
fare_filter_options_clear (FareFilterOptions *self)
{
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->clients, g_strfreev);
  g_clear_pointer (&self->models, g_strfreev);
  g_clear_pointer (&self->projects, g_strfreev);
  g_clear_pointer (&self->sessions, g_strfreev);
  g_clear_pointer (&self->machines, g_strfreev);
}

void
fare_filter_clear (FareFilter *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->now.zone, g_time_zone_unref);
}

/* --from alone runs to today, --to alone begins with the index. */
static gboolean
read_days (FareFilter               *self,
           const FareFilterOptions  *options,
           GError                  **error)
{
  FareDay last;

  self->period = FARE_PERIOD_CUSTOM;
  self->range.first = EARLIEST;

  if (options->from != NULL &&
      !fare_day_parse (options->from, &self->now, &self->range.first, error))
    return FALSE;
  if (!fare_day_parse (options->to != NULL ? options->to : "today", &self->now, &last, error))
    return FALSE;

  self->range.end = last + 1;
  return TRUE;
}

static gboolean
read_period (FareFilter          *self,
             const char * const  *words,
             FarePeriod           fallback,
             GError             **error)
{
  g_autofree char *text = g_strjoinv (" ", (char **) words);

  if (words[0] == NULL)
    {
      self->period = fallback;
      self->range = fare_range_for_period (fallback, &self->now);
    }
  else if (!fare_period_parse (text, &self->now, &self->period, &self->range, error))
    {
      return FALSE;
    }

  if (self->period == FARE_PERIOD_ALL)
    self->range = (FareRange) { EARLIEST, LATEST };

  return TRUE;
}

/* A misspelled client would otherwise look like one that is not used. */
static const char *
find_unknown_client (GStrv clients)
{
  for (guint i = 0; clients != NULL && clients[i] != NULL; i++)
    if (fare_format_find (clients[i]) == NULL)
      return clients[i];

  return NULL;
}

/* One client may have several kinds of logs. */
static char *
list_clients (void)
{
  guint n_formats;
  const FareFormat * const *formats = fare_format_get_all (&n_formats);
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < n_formats; i++)
    if (!g_ptr_array_find_with_equal_func (ids, formats[i]->id, g_str_equal, NULL))
      g_ptr_array_add (ids, (gpointer) formats[i]->id);
  g_ptr_array_add (ids, NULL);

  return g_strjoinv (", ", (char **) ids->pdata);
}

static void
ask (FareFilter              *self,
     const FareFilterOptions *options)
{
  self->query = (FareQuery) {
    .from_ms = G_MININT64,
    .to_ms = G_MAXINT64,
    .zone = self->now.zone,
    .clients = options->clients,
    .models = options->models,
    .projects = options->projects,
    .sessions = options->sessions,
    .machines = options->machines,
  };

  if (self->range.first != EARLIEST)
    self->query.from_ms = fare_day_start (self->now.zone, self->range.first);
  if (self->range.end != LATEST)
    self->query.to_ms = fare_day_start (self->now.zone, self->range.end);
}

gboolean
fare_filter_init (FareFilter              *self,
                  const FareCommand       *command,
                  const FareFilterOptions *options,
                  const char * const      *rest,
                  FarePeriod               fallback,
                  FareExit                *status)
{
  gboolean has_days = options->from != NULL || options->to != NULL;
  g_autoptr(GError) error = NULL;

  self->now.now_ms = g_get_real_time () / 1000;
  self->now.zone = g_time_zone_new_local ();

  if (has_days && rest[0] != NULL)
    {
      *status = fare_command_misused (command, _("“%s” and --from or --to exclude each other."),
                                      rest[0]);
      return FALSE;
    }

  if (!(has_days ? read_days (self, options, &error) : read_period (self, rest, fallback, &error)))
    {
      *status = fare_command_misused (command, "%s", error->message);
      return FALSE;
    }

  if (self->range.first >= self->range.end)
    {
      *status = fare_command_misused (command, _("The first day comes after the last."));
      return FALSE;
    }

  if (find_unknown_client (options->clients) != NULL)
    {
      g_autofree char *names = list_clients ();

      *status = fare_command_misused (command, _("There is no tool “%s”, only: %s."),
                                      find_unknown_client (options->clients), names);
      return FALSE;
    }

  if (self->period == FARE_PERIOD_CUSTOM && has_days)
    self->id = g_strdup ("custom");
  else
    self->id = fare_report_dup_period_id (self->period, self->range);

  ask (self, options);
  return TRUE;
}

gboolean
fare_filter_narrow (FareFilter      *self,
                    FareIndexReader *reader)
{
  return fare_report_narrow (&self->range, self->now.zone, reader);
}

gboolean
fare_filter_matches (const FareFilter   *self,
                     const FareEventRow *event)
{
  return fare_query_wants_event (&self->query, event);
}

gboolean
fare_filter_parse (FareFilter          *self,
                   FareFilterOptions   *options,
                   const FareCommand   *command,
                   const GOptionEntry  *own,
                   const char * const  *args,
                   FarePeriod           fallback,
                   FareExit            *status)
{
  g_autoptr(GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_auto(GStrv) rest = NULL;

  g_array_append_val (entries, *own);
  fare_filter_append_options (entries, options);

  return fare_command_parse (command, (const GOptionEntry *) (gpointer) entries->data, args, &rest,
                             status)
         && fare_filter_init (self, command, options, (const char * const *) rest, fallback, status);
}
