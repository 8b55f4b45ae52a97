/* fare-doctor-text.c
 *
 * The examination for people: facts first, then what is wrong and what to do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-print.h"

/* The others are in the JSON. */
#define MAX_UNPRICED 5

/* Facts in two columns. */
typedef struct
{
  GPtrArray *labels;  /* char * */
  GPtrArray *values;
} List;

static void
take_fact (List       *list,
           const char *label,
           char       *value)
{
  g_ptr_array_add (list->labels, g_strdup (label));
  g_ptr_array_add (list->values, fare_print_clean (value));
  g_free (value);
}

static void
print_list (List *list)
{
  int widest = 0;

  for (guint i = 0; i < list->labels->len; i++)
    widest = MAX (widest, fare_print_width (list->labels->pdata[i]));

  for (guint i = 0; i < list->labels->len; i++)
    {
      const char *label = list->labels->pdata[i];

      fare_print ("%s%*s  %s\n", label, widest - fare_print_width (label), "",
                  (const char *) list->values->pdata[i]);
    }
}

static char *
dup_place (const FareDoctorPlace *place)
{
  g_autofree char *path = fare_text_path (place->path);
  g_autofree char *space = NULL;

  if (!place->is_writable)
    /* Translators: a folder */
    return g_strdup_printf (_("%s, cannot be written"), path);
  if (place->free_bytes < 0)
    return g_steal_pointer (&path);

  space = g_format_size ((guint64) place->free_bytes);
  return place->exists
         /* Translators: a folder, and how much room is left on its disk */
         ? g_strdup_printf (_("%s, %s free"), path, space)
         : g_strdup_printf (_("%s, not there yet, %s free"), path, space);
}

static char *
dup_owner (const FareOwner *owner)
{
  g_autofree char *program = fare_text_path (owner->program);

  if (owner->package != NULL)
    /* Translators: a file, a package and the package manager */
    return g_strdup_printf (_("%s, of the package %s (%s)"), program, owner->package,
                            fare_owner_kind_to_id (owner->kind));
  if (owner->kind == FARE_OWNER_PREFIX)
    return g_strdup_printf (_("%s, installed from source"), program);
  if (owner->kind == FARE_OWNER_BUILD)
    return g_strdup_printf (_("%s, runs where it was built"), program);

  return g_steal_pointer (&program);
}

static void
add_program (FareDoctor *self,
             List       *list)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *settings = fare_text_path (self->settings.path);
  const char *sign = self->time.offset_s < 0 ? "−" : "+";
  int minutes = ABS (self->time.offset_s) / 60;

  take_fact (list, _("Version"), g_strdup (FARE_VERSION));
  if (self->owner.program != NULL)
    take_fact (list, _("Program"), dup_owner (&self->owner));
  if (os != NULL)
    take_fact (list, _("System"), g_strdup (os));
  take_fact (list, _("Time zone"),
             g_strdup_printf ("%s, UTC%s%02d:%02d", self->time.name, sign, minutes / 60, minutes % 60));
  take_fact (list, _("Data"), dup_place (&self->data));
  take_fact (list, _("Settings"),
             self->settings.exists ? g_strdup (settings)
                                   : g_strdup_printf (_("%s, not there: all is as it came"), settings));
}

static const char *
get_index_word (const FareDoctorIndex *index)
{
  switch (index->state)
    {
    case FARE_DOCTOR_INDEX_MISSING:
      return _("not there yet");
    case FARE_DOCTOR_INDEX_SOUND:
      return index->is_checked ? _("in order") : _("readable, too large to check in a moment");
    case FARE_DOCTOR_INDEX_OLDER:
      return _("of an older version");
    case FARE_DOCTOR_INDEX_NEWER:
      return _("of a newer version");
    case FARE_DOCTOR_INDEX_FOREIGN:
      return _("of another program");
    case FARE_DOCTOR_INDEX_LOCKED:
      return _("locked");
    case FARE_DOCTOR_INDEX_UNFINISHED:
      return _("to be put in order");
    case FARE_DOCTOR_INDEX_UNREADABLE:
      return _("cannot be read");
    case FARE_DOCTOR_INDEX_DAMAGED:
    default:
      return _("damaged");
    }
}

static char *
dup_scan (FareDoctor *self)
{
  const FareDoctorIndex *index = &self->index;
  g_autofree char *time = NULL;

  if (index->last_scan_ms == 0)
    return g_strdup (_("never"));

  time = fare_figures_format_time (index->last_scan_ms, self->zone);
  return index->scan_took_ms == 0
         ? g_steal_pointer (&time)
         /* Translators: date and time, and a number of seconds */
         : g_strdup_printf (_("%s, the last look at everything took %.2f s"), time,
                            (double) index->scan_took_ms / 1000);
}

static void
add_index (FareDoctor *self,
           List       *list)
{
  const FareDoctorIndex *index = &self->index;
  g_autofree char *path = fare_text_path (fare_paths_get_index_file (self->paths));
  g_autofree char *size = g_format_size ((guint64) index->size);

  take_fact (list, _("Index"), g_strdup_printf ("%s, %s", path, get_index_word (index)));
  if (index->state == FARE_DOCTOR_INDEX_MISSING)
    return;

  if (index->error != NULL)
    take_fact (list, "", g_strdup (index->error));
  if (index->schema >= 0)
    /* Translators: a number and a size */
    take_fact (list, "", g_strdup_printf (_("schema %d, %s"), index->schema, size));
  if (index->messages >= 0)
    {
      g_autofree char *messages = fare_text_count (index->messages);
      g_autofree char *sessions = fare_text_count (index->sessions);

      take_fact (list, "", g_strdup_printf (_("%s responses in %s sessions"), messages, sessions));
      take_fact (list, _("Logs last read"), dup_scan (self));
    }
  if (index->writer != 0)
    take_fact (list, _("Kept in step by"),
               g_strdup_printf ("%s (%d)", index->writer_name != NULL ? index->writer_name : "?",
                                index->writer));
}

static void
add_prices (FareDoctor *self,
            List       *list)
{
  const FareDoctorPrices *prices = &self->prices;
  g_autofree char *own = NULL;

  if (prices->error != NULL)
    return;

  own = g_strdup_printf (ngettext ("%u of them yours", "%u of them yours", prices->n_overrides),
                         prices->n_overrides);
  take_fact (list, _("Prices"),
             /* Translators: a number, the date of the price table, and “3 of them yours” */
             g_strdup_printf (_("%u models, as of %s, %s"), prices->n_models,
                              prices->updated != NULL ? prices->updated : "?", own));
  for (guint i = 0; i < MIN (prices->unpriced->len, MAX_UNPRICED); i++)
    {
      const FareDoctorUnpriced *unpriced = g_ptr_array_index (prices->unpriced, i);
      g_autofree char *tokens = fare_text_tokens (unpriced->tokens);

      take_fact (list, i == 0 ? _("Without price") : "",
                 /* Translators: a model, and a number of tokens */
                 g_strdup_printf (_("%s, %s tokens"), unpriced->model, tokens));
    }
}

static void
add_programs (FareDoctor *self,
              List       *list)
{
  for (guint i = 0; i < self->programs->len; i++)
    {
      const FareDoctorProgram *program = g_ptr_array_index (self->programs, i);

      take_fact (list, i == 0 ? _("Running") : "",
                 g_strdup_printf ("%s (%d)", program->name, program->pid));
    }
  if (self->programs->len == 0)
    take_fact (list, _("Running"), g_strdup (_("nothing; each command reads what is new by itself")));
  if (self->watches.limit >= 0)
    take_fact (list, _("Folders to watch"),
               /* Translators: three numbers: folders, how many the system allows, how many are taken */
               g_strdup_printf (_("%d, of %d that the system allows %d are in use"),
                                (int) self->watches.needed, (int) self->watches.limit,
                                (int) self->watches.used));
}

static char *
dup_port (const FareDoctorPort *port)
{
  switch (port->state)
    {
    case FARE_DOCTOR_PORT_OURS:
      return g_strdup_printf (_("Tokenfare %s answers at port %u"),
                              port->version != NULL ? port->version : "?", port->number);
    case FARE_DOCTOR_PORT_TOKDASH:
      return g_strdup_printf (_("port %u is in use by %s"), port->number, "Tokdash");
    case FARE_DOCTOR_PORT_FOREIGN:
      return g_strdup_printf (_("port %u is in use by %s"), port->number,
                              port->owner != NULL ? port->owner : _("another program"));
    case FARE_DOCTOR_PORT_SILENT:
    default:
      return g_strdup_printf (_("nothing answers at port %u"), port->number);
    }
}

static char *
dup_unit (const FareDoctorDesktop *desktop)
{
  if (!desktop->has_systemd)
    return g_strdup (_("systemd does not look after this user’s programs"));
  if (desktop->unit_file == NULL)
    return g_strdup (_("systemd does not know tokenfare.service"));

  return g_strdup_printf ("tokenfare.service: %s, %s", desktop->unit_file,
                          desktop->unit_active != NULL ? desktop->unit_active : "inactive");
}

static const char *
get_tray_word (const FareDoctorDesktop *desktop)
{
  if (!desktop->has_bus)
    return _("there is no session bus");
  if (!desktop->has_watcher || !desktop->has_host)
    return _("no panel shows icons");

  return desktop->wants_tray ? _("a panel shows icons") : _("switched off; a panel shows icons");
}

static char *
dup_line (const FareDoctorLine *line)
{
  switch (line->owner)
    {
    case FARE_LINE_OURS:
      return g_strdup_printf (_("installed: %s"), line->command);
    case FARE_LINE_FOREIGN:
      return g_strdup_printf (_("of another program: %s"),
                              line->command != NULL ? line->command : "?");
    case FARE_LINE_UNREADABLE:
      return g_strdup (_("the settings of Claude Code cannot be understood"));
    case FARE_LINE_NONE:
    default:
      return g_strdup (_("none in Claude Code"));
    }
}

static char *
dup_setup (const FareDoctorSetup *setup)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *list = NULL;

  if (!setup->exists)
    return g_strdup (_("has not been run"));
  if (setup->error != NULL)
    return g_strdup (setup->error);

  if (setup->has_service)
    g_ptr_array_add (parts, _("server"));
  if (setup->has_tray)
    g_ptr_array_add (parts, _("tray icon"));
  if (setup->has_line)
    g_ptr_array_add (parts, _("status line"));
  if (setup->has_tailscale)
    g_ptr_array_add (parts, (gpointer) "Tailscale");
  g_ptr_array_add (parts, NULL);
  list = g_strjoinv (", ", (GStrv) parts->pdata);

  /* Translators: what setup has switched on: “server, tray icon” */
  return parts->len > 1 ? g_strdup_printf (_("switched on: %s"), list)
                        : g_strdup (_("nothing is switched on"));
}

static void
add_services (FareDoctor *self,
              List       *list)
{
  take_fact (list, _("HTTP interface"), dup_port (&self->port));
  take_fact (list, _("Server"), dup_unit (&self->desktop));
  take_fact (list, _("Tray icon"), g_strdup (get_tray_word (&self->desktop)));
  take_fact (list, _("Status line"), dup_line (&self->line));
  take_fact (list, _("Setup"), dup_setup (&self->setup));
}

static void
print_issues (const char *title,
              GPtrArray  *issues,
              FareStyle   style)
{
  if (issues->len == 0)
    return;

  fare_print ("\n");
  fare_print_styled (FARE_STYLE_BOLD, title);
  fare_print ("\n");
  for (guint i = 0; i < issues->len; i++)
    {
      const FareDoctorIssue *issue = g_ptr_array_index (issues, i);
      g_autofree char *what = fare_print_clean (issue->what);
      g_autofree char *remedy = fare_print_clean (issue->remedy);
      g_autofree char *indented = g_strconcat ("  ", what, NULL);

      fare_print_styled (style, indented);
      fare_print ("\n");
      if (issue->remedy != NULL)
        fare_print ("    → %s\n", remedy);
    }
}

void
fare_doctor_print (FareDoctor *self)
{
  List list = { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free) };

  add_program (self, &list);
  add_index (self, &list);
  add_prices (self, &list);
  add_programs (self, &list);
  add_services (self, &list);
  print_list (&list);
  g_ptr_array_unref (list.labels);
  g_ptr_array_unref (list.values);

  fare_doctor_print_sources (self);
  fare_doctor_print_failures (self);
  print_issues (_("Issues"), self->issues, FARE_STYLE_WARNING);
  print_issues (_("Good to know"), self->notes, FARE_STYLE_PLAIN);
  fare_print ("\n");
  if (self->issues->len == 0)
    fare_print ("%s\n", _("✓ All is well."));
  else
    fare_print (ngettext ("✗ %u issue\n", "✗ %u issues\n", self->issues->len), self->issues->len);
}
