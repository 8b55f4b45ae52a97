/* fare-command.h
 *
 * What a command of the tokenfare program is: a name, its help and one function.
 * main() only picks one, so a command pays for nothing that it does not use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the shell is told. */
typedef enum
{
  FARE_EXIT_DONE   = 0,
  FARE_EXIT_FAILED = 1, /* failed or refused */
  FARE_EXIT_USAGE  = 2  /* wrong usage */
} FareExit;

typedef struct _FareCommand FareCommand;

struct _FareCommand
{
  const char *name;    /* "report"; "" for what runs when no command is named */
  const char *summary; /* N_(): one line for the list in "tokenfare --help" */
  const char *usage;   /* (nullable): N_(): arguments in the usage line, "[PERIOD]" */
  const char *details; /* (nullable): N_(): paragraphs below the options in --help */

  /* (nullable): N_(): what several commands have to say below that, ended by NULL */
  const char * const *notes;

  /* @args: what stands behind the command's name; belongs to the caller */
  FareExit  (*run) (const FareCommand  *self,
                    const char * const *args);
};

/* Every command, one file each: fare-command-NAME.c */
extern const FareCommand fare_command_budget;
extern const FareCommand fare_command_db;
extern const FareCommand fare_command_demo;
extern const FareCommand fare_command_doctor;
extern const FareCommand fare_command_events;
extern const FareCommand fare_command_export;
extern const FareCommand fare_command_glance;
extern const FareCommand fare_command_pricing;
extern const FareCommand fare_command_quota;
extern const FareCommand fare_command_report;
extern const FareCommand fare_command_serve;
extern const FareCommand fare_command_session;
extern const FareCommand fare_command_sessions;
extern const FareCommand fare_command_setup;
extern const FareCommand fare_command_share;
extern const FareCommand fare_command_statusline;
extern const FareCommand fare_command_uninstall;
extern const FareCommand fare_command_tailscale;
extern const FareCommand fare_command_update;
extern const FareCommand fare_command_whatif;
extern const FareCommand fare_command_why;

/**
 * fare_command_main:
 * @args: the program's arguments without its own name
 *
 * Finds the command that @args name and runs it.
 */
FareExit  fare_command_main       (const char * const *args);

/**
 * fare_command_parse:
 * @options: (nullable): the options this command takes, ended by %G_OPTION_ENTRY_NULL; "--help" is
 *   added.  Take paths, names and other free text as %G_OPTION_ARG_FILENAME: its bytes come
 *   through in every locale.
 * @args: the arguments given to the command
 * @rest: (out) (transfer full): the arguments that are no options, in order
 * @status: (out): what to return when this returns %FALSE
 *
 * Reads the options.  Prints the help, or a sentence about what was wrong, and returns %FALSE
 * when the command is not to go on.
 */
gboolean  fare_command_parse      (const FareCommand   *self,
                                   const GOptionEntry  *options,
                                   const char * const  *args,
                                   GStrv               *rest,
                                   FareExit            *status);

/**
 * fare_command_misused:
 * @format: a translated sentence that names what was wrong
 *
 * Prints the sentence and where the help is, on standard error.
 *
 * Returns: %FARE_EXIT_USAGE
 */
FareExit  fare_command_misused    (const FareCommand   *self,
                                   const char          *format,
                                   ...) G_GNUC_PRINTF (2, 3);

/**
 * fare_command_misspelt:
 * @sentence: translated; says that @word is not known
 * @words: what is known, ended by %NULL
 *
 * As fare_command_misused(), and asks whether the nearest of @words was meant, if one is near.
 *
 * Returns: %FARE_EXIT_USAGE
 */
FareExit  fare_command_misspelt   (const FareCommand   *self,
                                   const char          *sentence,
                                   const char          *word,
                                   const char * const  *words);

/**
 * fare_command_failed:
 * @error: what went wrong; stays the caller's
 *
 * Prints the error's sentence on standard error.
 *
 * Returns: %FARE_EXIT_FAILED
 */
FareExit  fare_command_failed     (const GError        *error);

G_END_DECLS
