/* fare-doctor-issues.c
 *
 * What the facts mean.  An issue keeps figures from being right or complete, or something that was
 * switched on from working; a note is good to know.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "scanner/fare-retention.h"

/* Less than this and the next write may be the last. */
#define LITTLE_SPACE (G_GINT64_CONSTANT (100) << 20)

/* Prices change a few times a year. */
#define OLD_PRICES_DAYS 120

/* A session that was not read within this may be gone before it is. */
#define SHORT_RETENTION_DAYS 30

static void
take_issue (GPtrArray  *list,
            const char *id,
            char       *what,
            char       *remedy)
{
  FareDoctorIssue *issue = g_new0 (FareDoctorIssue, 1);

  issue->id = id;
  issue->what = what;
  issue->remedy = remedy;
  g_ptr_array_add (list, issue);
}

static void
judge_places (FareDoctor *self)
{
  const FareDoctorPlace *data = &self->data;
  g_autofree char *path = fare_text_path (data->path);

  if (!self->has_home)
    take_issue (self->issues, "home-missing",
                g_strdup_printf (_("The home folder “%s” is not there."),
                                 fare_paths_get_home (self->paths)),
                g_strdup (_("Check the variable HOME; without it no agent’s logs can be found.")));

  if (!data->is_writable)
    take_issue (self->issues, "data-read-only",
                g_strdup_printf (_("The folder “%s” cannot be written, so nothing that is counted is "
                                   "kept."), path),
                g_strdup_printf (_("Make it yours: chmod u+rwx %s"), path));
  else if (data->free_bytes >= 0 && data->free_bytes < LITTLE_SPACE)
    {
      g_autofree char *left = g_format_size ((guint64) data->free_bytes);

      take_issue (self->issues, "disk-full",
                  /* Translators: the second placeholder is a size, "12 MB" */
                  g_strdup_printf (_("On the disk of “%s” only %s are left."), path, left),
                  g_strdup (_("Free some space; the index can no longer grow without it.")));
    }
}

static void
judge_settings (FareDoctor *self)
{
  g_autofree char *path = fare_text_path (self->settings.path);

  for (guint i = 0; self->settings.problems[i] != NULL; i++)
    take_issue (self->issues, "settings-invalid",
                /* Translators: a file name, and a sentence about what is wrong in it */
                g_strdup_printf (_("Settings in “%s”: %s"), path, self->settings.problems[i]),
                g_strdup (_("Correct or remove that line; the preferences write the file anew.")));
}

/* Where the index is not simply in order. */
static const struct
{
  FareDoctorIndexState state;
  gboolean             is_issue;
  const char          *id;
  const char          *what;
  const char          *remedy;
} index_faults[] = {
  { FARE_DOCTOR_INDEX_DAMAGED, TRUE, "index-damaged", N_("The index is damaged."),
    N_("Run “tokenfare db resync”: it builds the index anew from the logs and keeps the old one beside "
       "it.") },
  { FARE_DOCTOR_INDEX_FOREIGN, TRUE, "index-foreign",
    N_("In place of the index there is a database of another program."),
    N_("Move it away to have a new index built.") },
  { FARE_DOCTOR_INDEX_NEWER, TRUE, "index-newer",
    N_("The index was written by a newer version of Tokenfare."),
    N_("Update Tokenfare. Until then figures come from the logs alone.") },
  { FARE_DOCTOR_INDEX_LOCKED, TRUE, "index-locked", N_("The index is locked by another program."),
    N_("Try again in a moment; if it stays so, end the program that holds it.") },
  { FARE_DOCTOR_INDEX_UNREADABLE, TRUE, "index-unreadable", N_("The index cannot be read."),
    N_("Check the owner and the permissions of the file and its folder.") },
  { FARE_DOCTOR_INDEX_UNFINISHED, FALSE, "index-unfinished",
    N_("The program that wrote the index last was interrupted."),
    N_("The next command that reads logs puts it in order, “tokenfare” for instance.") },
  { FARE_DOCTOR_INDEX_OLDER, FALSE, "index-older", N_("The index is of an older version."),
    N_("The next command that reads logs brings it up to date, “tokenfare” for instance.") },
  { FARE_DOCTOR_INDEX_MISSING, FALSE, "index-missing", N_("No log has been read yet."),
    N_("Run “tokenfare” once, or open the window.") },
};

static void
judge_index (FareDoctor *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (index_faults); i++)
    if (index_faults[i].state == self->index.state)
      take_issue (index_faults[i].is_issue ? self->issues : self->notes, index_faults[i].id,
                  g_strdup (_(index_faults[i].what)), g_strdup (_(index_faults[i].remedy)));
}

static guint
count_failures (FareDoctor            *self,
                FareDoctorFailureKind  kind)
{
  guint n = 0;

  for (guint i = 0; i < self->failures->len; i++)
    n += ((const FareDoctorFailure *) self->failures->pdata[i])->kind == kind;

  return n;
}

static void
judge_failures (FareDoctor *self)
{
  guint n_unreadable = count_failures (self, FARE_DOCTOR_UNREADABLE);
  guint n_malformed = count_failures (self, FARE_DOCTOR_MALFORMED);

  if (n_unreadable > 0)
    take_issue (self->issues, "logs-unreadable",
                g_strdup_printf (ngettext ("%u log file or folder cannot be read; what it says is "
                                           "missing from every figure.",
                                           "%u log files or folders cannot be read; what they say is "
                                           "missing from every figure.", n_unreadable),
                                 n_unreadable),
                g_strdup (_("They are named above; check their owner and permissions.")));
  if (n_malformed > 0)
    take_issue (self->notes, "lines-malformed",
                g_strdup_printf (ngettext ("%u log file has lines that are not what they should be; "
                                           "they are not counted.",
                                           "%u log files have lines that are not what they should be; "
                                           "they are not counted.", n_malformed),
                                 n_malformed),
                g_strdup (_("They are named above; mostly an agent was interrupted while it wrote.")));
}

static void
judge_extra_folders (FareDoctor             *self,
                     const FareDoctorSource *source)
{
  for (guint i = 0; source->extra[i] != NULL; i++)
    {
      g_autofree char *path = fare_text_path (source->extra[i]);

      if (g_strv_contains ((const char * const *) source->absent, source->extra[i]))
        take_issue (self->issues, "extra-folder-missing",
                    /* Translators: an agent's name, and a folder */
                    g_strdup_printf (_("The folder that was added for %s is not there: “%s”."),
                                     fare_text_client (source->client), path),
                    g_strdup (_("Remove it in the preferences, or mount it.")));
    }
}

static void
judge_retention (FareDoctor             *self,
                 const FareDoctorSource *source)
{
  const FareRetention *retention = fare_retention_find (source->client);
  g_autofree char *file = NULL;
  g_autofree char *shown = NULL;

  if (!source->is_forgetful || source->keeps_days == FARE_RETENTION_FOREVER
      || source->keeps_days > SHORT_RETENTION_DAYS || source->files == 0)
    return;

  file = fare_retention_dup_file (retention, self->paths);
  shown = fare_text_path (file);
  take_issue (self->notes, "logs-deleted",
              g_strdup_printf (ngettext ("%s deletes its sessions after %d day. What has been counted "
                                         "stays; what has not been read by then is lost.",
                                         "%s deletes its sessions after %d days. What has been counted "
                                         "stays; what has not been read by then is lost.",
                                         (gulong) source->keeps_days),
                               fare_text_client (source->client), source->keeps_days),
              /* Translators: a file name, and what to write into it */
              g_strdup_printf (_("To keep them, write into “%s”: %s"), shown, retention->setting));
}

static void
judge_sources (FareDoctor *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      const FareDoctorSource *source = g_ptr_array_index (self->sources, i);

      judge_extra_folders (self, source);
      if (!source->is_off)
        judge_retention (self, source);
      else if (source->folders[0] != NULL)
        take_issue (self->notes, "source-off",
                    g_strdup_printf (_("%s is switched off; what it does now is not counted."),
                                     fare_text_client (source->client)),
                    g_strdup (_("Switch it on again in the preferences, under Sources.")));
    }
}

static void
judge_unpriced (FareDoctor *self)
{
  guint n = self->prices.unpriced->len;
  gint64 tokens = 0;
  g_autofree char *text = NULL;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    tokens += ((const FareDoctorUnpriced *) self->prices.unpriced->pdata[i])->tokens;
  text = fare_text_tokens (tokens);

  take_issue (self->notes, "models-unpriced",
              g_strdup_printf (ngettext ("%u model has no price: %s tokens are not in any cost.",
                                         "%u models have no price: %s tokens are not in any cost.", n),
                               n, text),
              g_strdup (_("Set one: tokenfare pricing set MODEL --input USD --output USD")));
}

static void
judge_prices (FareDoctor *self)
{
  const FareDoctorPrices *prices = &self->prices;

  if (prices->error != NULL)
    {
      take_issue (self->issues, "prices-missing",
                  g_strdup_printf (_("The price table cannot be used: %s"), prices->error),
                  g_strdup (_("Install Tokenfare again.")));
      return;
    }

  for (guint i = 0; prices->problems[i] != NULL; i++)
    take_issue (self->issues, "prices-invalid", g_strdup (prices->problems[i]),
                g_strdup (_("“tokenfare pricing check” names every fault; correct the entry, or remove "
                            "it with “tokenfare pricing reset MODEL”.")));
  if (prices->age_days > OLD_PRICES_DAYS)
    take_issue (self->notes, "prices-old",
                g_strdup_printf (_("The price table is of %s."), prices->updated),
                g_strdup (_("Update Tokenfare; newer models may lack a price.")));
  judge_unpriced (self);
}

static void
judge_zone (FareDoctor *self)
{
  if (!self->time.is_valid)
    take_issue (self->issues, "zone-invalid",
                g_strdup_printf (_("The variable TZ names the time zone “%s”, which cannot be "
                                   "understood; days are those of %s."), self->time.variable, self->time.name),
                g_strdup (_("Set TZ to a name like “Europe/Berlin”, or remove it.")));
}

static void
judge_watches (FareDoctor *self)
{
  const FareDoctorWatches *watches = &self->watches;
  gint64 missing = watches->needed - watches->ours;

  if (watches->limit >= 0 && missing > 0 && watches->limit - watches->used < missing)
    take_issue (self->issues, "watches-exhausted",
                g_strdup_printf (_("%d folders should be watched, and the system lets this user watch "
                                   "%d, of which %d are in use. Changes in the others are noticed "
                                   "late."),
                                 (int) watches->needed, (int) watches->limit, (int) watches->used),
                g_strdup_printf (_("Raise the limit: sudo sysctl fs.inotify.max_user_watches=%d"),
                                 (int) MAX (watches->limit * 2, 524288)));
  if (watches->instance_limit >= 0 && watches->instances >= watches->instance_limit)
    take_issue (self->issues, "monitors-exhausted",
                g_strdup_printf (_("This user’s programs have all %d file monitors in use that the "
                                   "system lets them have. Changes are noticed late."),
                                 (int) watches->instance_limit),
                g_strdup_printf (_("Raise the limit: sudo sysctl fs.inotify.max_user_instances=%d"),
                                 (int) watches->instance_limit * 2));
}

static void
judge_programs (FareDoctor *self)
{
  for (guint i = 0; i < self->programs->len; i++)
    {
      const FareDoctorProgram *program = g_ptr_array_index (self->programs, i);

      if (program->is_outdated)
        take_issue (self->issues, "program-outdated",
                    /* Translators: the name and number of a program that runs */
                    g_strdup_printf (_("%s (%d) was replaced by another version since it began and "
                                       "still runs the old one."), program->name, program->pid),
                    g_str_equal (program->name, "tokenfare-server")
                        && g_strcmp0 (self->desktop.unit_active, "active") == 0
                      ? g_strdup (_("Restart it: systemctl --user restart tokenfare.service"))
                      : g_strdup (_("End it and start it again.")));
    }
}

static void
judge_foreign_port (FareDoctor *self)
{
  const FareDoctorPort *port = &self->port;
  const char *owner = port->state == FARE_DOCTOR_PORT_TOKDASH ? "Tokdash"
                      : port->owner != NULL ? port->owner : _("another program");
  gboolean is_wanted = self->settings.wants_api
                       || g_strcmp0 (self->desktop.unit_file, "enabled") == 0;

  take_issue (is_wanted ? self->issues : self->notes, "port-taken",
              /* Translators: a number, and the name of a program */
              g_strdup_printf (_("Port %u, where other programs ask Tokenfare, is in use by %s."),
                               port->number, owner),
              g_strdup (_("Both can run: choose another port in the preferences, or with "
                          "“tokenfare serve --port N”.")));
}

static void
judge_port (FareDoctor *self)
{
  const FareDoctorPort *port = &self->port;

  if (port->state == FARE_DOCTOR_PORT_TOKDASH || port->state == FARE_DOCTOR_PORT_FOREIGN)
    judge_foreign_port (self);
  else if (port->state == FARE_DOCTOR_PORT_OURS && g_strcmp0 (port->version, FARE_VERSION) != 0)
    take_issue (self->issues, "server-version",
                g_strdup_printf (_("The server that answers at port %u is version %s, this is %s."),
                                 port->number, port->version != NULL ? port->version : "?",
                                 FARE_VERSION),
                g_strdup (_("Restart it: systemctl --user restart tokenfare.service")));
  else if (port->state == FARE_DOCTOR_PORT_SILENT
           && g_strcmp0 (self->desktop.unit_active, "active") == 0)
    take_issue (self->issues, "server-silent",
                g_strdup_printf (_("The server runs, and nothing answers at port %u."), port->number),
                g_strdup (_("Look at its messages: journalctl --user --unit tokenfare.service")));
  if (g_strcmp0 (self->desktop.unit_active, "failed") == 0)
    take_issue (self->issues, "server-failed", g_strdup (_("The server has failed.")),
                g_strdup (_("Look at its messages: journalctl --user --unit tokenfare.service")));
}

static void
judge_desktop (FareDoctor *self)
{
  const FareDoctorDesktop *desktop = &self->desktop;

  if (desktop->has_bus && desktop->wants_tray && !desktop->has_host)
    take_issue (self->notes, "tray-unseen",
                g_strdup (_("No panel shows tray icons in this session.")),
                g_strdup (_("GNOME needs the extension “AppIndicator and KStatusNotifierItem Support”; "
                            "the figures are in the window all the same.")));
}

static void
judge_line (FareDoctor *self)
{
  const FareDoctorLine *line = &self->line;
  g_autofree char *path = fare_text_path (line->path);

  if (line->is_lost)
    take_issue (self->issues, "statusline-lost",
                g_strdup_printf (_("Claude Code’s status line calls a program that is not there: %s"),
                                 line->command),
                g_strdup (_("Write it anew: tokenfare statusline --install")));
  else if (line->owner == FARE_LINE_UNREADABLE)
    take_issue (self->notes, "statusline-unreadable",
                g_strdup_printf (_("Claude Code’s settings cannot be understood: “%s”."), path),
                g_strdup (_("Correct the file; Claude Code itself may ignore it too.")));
}

/* What was switched on by setup should still be on. */
static void
judge_what_setup_did (FareDoctor *self)
{
  const FareDoctorSetup *setup = &self->setup;
  const FareDoctorDesktop *desktop = &self->desktop;

  if (setup->has_service && desktop->has_systemd && g_strcmp0 (desktop->unit_active, "active") != 0
      && g_strcmp0 (desktop->unit_active, "failed") != 0)
    take_issue (self->issues, "server-stopped",
                g_strdup (_("The server that setup switched on does not run.")),
                desktop->unit_file == NULL
                  ? g_strdup (_("Its unit is gone: run “tokenfare setup” again, or “tokenfare uninstall”."))
                  : g_strdup (_("Start it: systemctl --user start tokenfare.service")));
  if (setup->is_tray_off)
    take_issue (self->notes, "tray-off",
                g_strdup (_("The tray icon that setup switched on does not start at login any more.")),
                g_strdup (_("Run “tokenfare setup” to have it again.")));
  if (setup->has_line && self->line.owner != FARE_LINE_OURS)
    take_issue (self->notes, "statusline-gone",
                g_strdup (_("Claude Code’s status line, which setup wrote, is another one now.")),
                g_strdup (_("Write it anew: tokenfare statusline --install")));
}

static void
judge_setup (FareDoctor *self)
{
  g_autofree char *path = fare_text_path (self->setup.path);

  if (self->setup.error != NULL)
    take_issue (self->issues, "setup-unreadable",
                g_strdup_printf (_("What setup did cannot be read from “%s”: %s"), path,
                                 self->setup.error),
                g_strdup (_("Move the file away and run “tokenfare setup” again.")));
  if (self->setup.error == NULL)
    judge_what_setup_did (self);
}

void
fare_doctor_judge (FareDoctor *self)
{
  judge_places (self);
  judge_settings (self);
  judge_index (self);
  judge_failures (self);
  judge_sources (self);
  judge_prices (self);
  judge_zone (self);
  judge_watches (self);
  judge_programs (self);
  judge_port (self);
  judge_desktop (self);
  judge_line (self);
  judge_setup (self);
}
