/* fare-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-command.h"

#include <glib/gi18n.h>

#include "fare-nearest.h"
#include "fare-print.h"

/* In the order of the help; the first one runs when none is named. */
static const FareCommand * const commands[] = {
  &fare_command_glance,   &fare_command_report,  &fare_command_events, &fare_command_sessions,
  &fare_command_session,  &fare_command_why,     &fare_command_whatif, &fare_command_export,
  &fare_command_budget,   &fare_command_quota,   &fare_command_statusline,
  &fare_command_pricing,  &fare_command_db,      &fare_command_serve,   &fare_command_tailscale,
  &fare_command_share,
  &fare_command_setup,    &fare_command_doctor,  &fare_command_update, &fare_command_uninstall,
  &fare_command_demo,
};

static const FareCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i]->name, name))
      return commands[i];

  return NULL;
}

static char *
describe_commands (void)
{
  GString *text = g_string_new (_("Commands:"));
  int widest = 0;

  for (guint i = 1; i < G_N_ELEMENTS (commands); i++)
    widest = MAX (widest, (int) strlen (commands[i]->name));

  g_string_append_c (text, '\n');
  for (guint i = 1; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-*s  %s\n", widest, commands[i]->name,
                            _(commands[i]->summary));

  g_string_append_c (text, '\n');
  g_string_append (text, _("“tokenfare COMMAND --help” tells more about a command."));
  return g_string_free (text, FALSE);
}

static void
append_paragraph (GString    *text,
                  const char *paragraph)
{
  if (text->len > 0)
    g_string_append (text, "\n\n");
  g_string_append (text, paragraph);
}

static char *
describe (const FareCommand *self)
{
  GString *text = g_string_new (NULL);

  if (self->name[0] == '\0')
    {
      g_autofree char *list = describe_commands ();

      append_paragraph (text, list);
    }
  if (self->details != NULL)
    append_paragraph (text, _(self->details));
  for (guint i = 0; self->notes != NULL && self->notes[i] != NULL; i++)
    append_paragraph (text, _(self->notes[i]));

  return g_string_free (text, FALSE);
}

static char *
dup_full_name (const FareCommand *self)
{
  return self->name[0] == '\0' ? g_strdup ("tokenfare")
                               : g_strconcat ("tokenfare ", self->name, NULL);
}

static GOptionContext *
create_context (const FareCommand  *self,
                const GOptionEntry *options)
{
  GOptionContext *context = g_option_context_new (self->usage != NULL ? _(self->usage) : NULL);
  g_autofree char *description = describe (self);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(self->summary));
  g_option_context_set_description (context, description);
  g_option_context_set_help_enabled (context, FALSE);
  if (options != NULL)
    g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);

  return context;
}

FareExit
fare_command_misused (const FareCommand *self,
                      const char        *format,
                      ...)
{
  g_autofree char *name = dup_full_name (self);
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  fare_print_message ("%s", sentence);
  /* Translators: %s is a command line, for instance “tokenfare report” */
  fare_print_message (_("“%s --help” tells how it is used."), name);
  return FARE_EXIT_USAGE;
}

FareExit
fare_command_misspelt (const FareCommand  *self,
                       const char         *sentence,
                       const char         *word,
                       const char * const *words)
{
  const char *nearest = fare_nearest_word (word, words);
  g_autofree char *question = NULL;

  if (nearest == NULL)
    return fare_command_misused (self, "%s", sentence);

  /* Translators: %s is a word of the command line, for instance “report” */
  question = g_strdup_printf (_("Did you mean “%s”?"), nearest);
  return fare_command_misused (self, "%s %s", sentence, question);
}

FareExit
fare_command_failed (const GError *error)
{
  fare_print_message ("%s", error->message);
  return FARE_EXIT_FAILED;
}

gboolean
fare_command_parse (const FareCommand   *self,
                    const GOptionEntry  *options,
                    const char * const  *args,
                    GStrv               *rest,
                    FareExit            *status)
{
  gboolean wants_help = FALSE;
  const GOptionEntry own_options[] = {
    { "help", 'h', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &wants_help, N_("Show this help"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autofree char *name = dup_full_name (self);
  g_autoptr(GOptionContext) context = create_context (self, options);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) given = NULL;
  g_autoptr(GError) error = NULL;

  /* GOption takes the first argument for the program's name, and the usage line from here. */
  g_set_prgname (name);
  g_option_context_add_main_entries (context, own_options, GETTEXT_PACKAGE);
  g_strv_builder_add (builder, name);
  g_strv_builder_addv (builder, (const char **) args);
  given = g_strv_builder_end (builder);

  if (!g_option_context_parse_strv (context, &given, &error))
    {
      *status = fare_command_misused (self, "%s", error->message);
      return FALSE;
    }

  if (wants_help)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      fare_print ("%s", help);
      *status = FARE_EXIT_DONE;
      return FALSE;
    }

  *rest = g_strdupv (given + 1);
  return TRUE;
}

static FareExit
refuse_name (const char *name)
{
  const char *names[G_N_ELEMENTS (commands) + 2] = { NULL };
  g_autofree char *sentence = g_strdup_printf (_("There is no command “%s”."), name);

  for (guint i = 1; i < G_N_ELEMENTS (commands); i++)
    names[i - 1] = commands[i]->name;
  names[G_N_ELEMENTS (commands) - 1] = "help";
  names[G_N_ELEMENTS (commands)] = "version";

  return fare_command_misspelt (commands[0], sentence, name, names);
}

/* A day of another zone is a wrong figure, and nobody would see it. */
static void
tell_zone (void)
{
  const char *variable = g_getenv ("TZ");
  g_autoptr(GTimeZone) named = NULL;
  g_autoptr(GTimeZone) used = NULL;
  const char *name;

  if (variable == NULL || *variable == '\0')
    return;

  /* The C library lets a colon stand in front. */
  named = g_time_zone_new_identifier (variable + (*variable == ':'));
  if (named != NULL)
    return;

  used = g_time_zone_new_local ();
  name = g_time_zone_get_identifier (used);
  fare_print_message (_("The variable TZ names the time zone “%s”, which cannot be "
                        "understood; days are those of %s."), variable, name + (*name == ':'));
}

/* The status line says nothing but itself, and doctor tells by its own means. */
static gboolean
is_plain (const FareCommand *command)
{
  return command != &fare_command_statusline && command != &fare_command_doctor;
}

static FareExit
run_with_option (const FareCommand  *command,
                 const char         *option,
                 const char * const *args)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) all = NULL;

  g_strv_builder_add (builder, option);
  g_strv_builder_addv (builder, (const char **) args);
  all = g_strv_builder_end (builder);

  return command->run (command, (const char * const *) all);
}

/* "help" and "help COMMAND". */
static FareExit
help (const char * const *args)
{
  const FareCommand *command = commands[0];

  if (args[0] != NULL && args[0][0] != '-')
    {
      command = find_command (args[0]);
      if (command == NULL || command->name[0] == '\0')
        return refuse_name (args[0]);
      args++;
    }

  return run_with_option (command, "--help", args);
}

FareExit
fare_command_main (const char * const *args)
{
  const FareCommand *command = commands[0];

  if (args[0] != NULL && g_str_equal (args[0], "version"))
    return run_with_option (commands[0], "--version", args + 1);
  if (args[0] != NULL && g_str_equal (args[0], "help"))
    return help (args + 1);
  if (args[0] == NULL || args[0][0] == '-')
    {
      tell_zone ();
      return command->run (command, args);
    }

  command = find_command (args[0]);
  if (command == NULL || command->name[0] == '\0')
    return refuse_name (args[0]);
  if (is_plain (command))
    tell_zone ();

  return command->run (command, args + 1);
}
