/* fare-doctor-tables.c
 *
 * The agents, and what of theirs could not be read, for people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-print.h"
#include "fare-table.h"
#include "scanner/fare-retention.h"

/* The rest is counted. */
#define MAX_FAILURES 20

/* An agent that lives in many editors has two dozen; “--json” names all. */
#define MAX_FOLDERS 3

static void
add_count (FareTable *table,
           gint64     count)
{
  if (count < 0)
    fare_table_add_cell (table, FARE_STYLE_DIM, "–");
  else
    fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (count));
}

static char *
dup_retention (const FareDoctorSource *source)
{
  if (!source->is_forgetful)
    return g_strdup ("");
  if (source->keeps_days == FARE_RETENTION_FOREVER)
    return g_strdup (_("never"));

  return g_strdup_printf (ngettext ("after %d day", "after %d days", (gulong) source->keeps_days),
                          source->keeps_days);
}

static char *
dup_folders (GStrv folders)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) shown = NULL;

  for (guint i = 0; folders[i] != NULL && i < MAX_FOLDERS; i++)
    {
      g_autofree char *path = fare_text_path (folders[i]);

      g_strv_builder_add (builder, path);
    }
  if (g_strv_length (folders) > MAX_FOLDERS)
    g_strv_builder_add (builder, "…");
  shown = g_strv_builder_end (builder);

  return g_strjoinv (", ", shown);
}

static void
add_source (FareDoctor             *self,
            const FareDoctorSource *source,
            FareTable              *table)
{
  FareStyle style = source->is_off ? FARE_STYLE_DIM : FARE_STYLE_PLAIN;

  fare_table_add_cell (table, style, fare_text_client (source->client));
  add_count (table, source->files);
  add_count (table, source->unread);
  add_count (table, source->gone);
  add_count (table, source->sessions);
  fare_table_take_cell (table, style, source->newest_ms > 0
                                        ? fare_figures_format_time (source->newest_ms, self->zone)
                                        : g_strdup ("–"));
  fare_table_take_cell (table, style, dup_retention (source));
  fare_table_take_cell (table, style, source->is_off ? g_strdup (_("switched off"))
                                                     : dup_folders (source->folders));
}

/* Whether there is anything to tell. */
static gboolean
is_present (const FareDoctorSource *source)
{
  return source->folders[0] != NULL || source->extra[0] != NULL || source->gone > 0
         || source->sessions > 0;
}

void
fare_doctor_print_sources (FareDoctor *self)
{
  g_autoptr(FareTable) table = fare_table_new ();
  g_autoptr(GString) others = g_string_new (NULL);

  fare_table_add_column (table, _("Agent"), FARE_COLUMN_TEXT, 0);
  fare_table_add_column (table, _("Files"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Not read yet"), FARE_COLUMN_NUMBER, 4);
  fare_table_add_column (table, _("Gone"), FARE_COLUMN_NUMBER, 5);
  fare_table_add_column (table, _("Sessions"), FARE_COLUMN_NUMBER, 1);
  fare_table_add_column (table, _("Last record"), FARE_COLUMN_WORD, 0);
  fare_table_add_column (table, _("Deletes"), FARE_COLUMN_WORD, 3);
  fare_table_add_column (table, _("Folder"), FARE_COLUMN_PATH, 2);
  for (guint i = 0; i < self->sources->len; i++)
    {
      const FareDoctorSource *source = g_ptr_array_index (self->sources, i);

      if (is_present (source))
        add_source (self, source, table);
      else
        g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "",
                                fare_text_client (source->client));
    }

  fare_print ("\n");
  if (fare_table_get_n_rows (table) > 0)
    fare_table_print (table);
  if (others->len > 0)
    fare_print (_("Not on this computer: %s\n"), others->str);
}

static void
print_failure (const FareDoctorFailure *failure)
{
  g_autofree char *path = fare_text_path (failure->path);
  g_autofree char *clean = fare_print_clean (path);
  g_autofree char *reason = fare_print_clean (failure->reason);
  g_autofree char *lines = fare_text_count (failure->lines);
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, failure->offset);

  if (failure->kind == FARE_DOCTOR_UNREADABLE)
    fare_print ("  %s: %s\n", clean, reason);
  else if (failure->line > 0)
    /* Translators: a file, a line number, and how many lines */
    fare_print (_("  %s, line %d: the first of %s that are not what they should be\n"), clean,
                (int) failure->line, lines);
  else if (failure->offset >= 0)
    /* Translators: a file, a position in it, and how many lines */
    fare_print (_("  %s, at byte %s: the first of %s that are not what they should be\n"), clean, offset,
                lines);
  else
    fare_print (_("  %s: %s lines that are not what they should be\n"), clean, lines);
}

void
fare_doctor_print_failures (FareDoctor *self)
{
  guint n = self->failures->len;

  if (n == 0)
    return;

  fare_print ("\n");
  fare_print_styled (FARE_STYLE_BOLD, _("Not read"));
  fare_print ("\n");
  for (guint i = 0; i < MIN (n, MAX_FAILURES); i++)
    print_failure (self->failures->pdata[i]);
  if (n > MAX_FAILURES)
    fare_print (ngettext ("  and %u more; “--json” names all\n", "  and %u more; “--json” names all\n",
                          n - MAX_FAILURES), n - MAX_FAILURES);
}
