/* fare-filter.h
 *
 * What a command is asked about: the period and the filters, the same options in
 * every command that reads the index.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"
#include "fare-command.h"

G_BEGIN_DECLS

/* As given on the command line.  Start with zeros. */
typedef struct
{
  char  *from;     /* (nullable) */
  char  *to;       /* (nullable) */
  GStrv  clients;  /* (nullable) */
  GStrv  models;   /* (nullable) */
  GStrv  projects; /* (nullable) */
  GStrv  sessions; /* (nullable) */
  GStrv  machines; /* (nullable) */
} FareFilterOptions;

/* The same, understood. */
typedef struct
{
  FarePeriod  period;
  FareRange   range;      /* days; for all time from the first to the last day in the index, see
                             fare_filter_narrow() */
  char       *id;         /* the period's name in machine output: "last-month", "7 days", "custom" */
  FareNow     now;
  FareQuery   query;      /* its lists belong to the options */
} FareFilter;

/* The notes of a command that takes a period; they differ in what it is when none is named. */
extern const char * const fare_filter_notes_today[];
extern const char * const fare_filter_notes_all[];

/**
 * fare_filter_append_options:
 * @entries: of #GOptionEntry
 * @options: where the values go; must stay where it is
 *
 * Adds --from, --to, --client, --model, --project, --session and --machine.
 */
void     fare_filter_append_options (GArray               *entries,
                                     FareFilterOptions    *options);
void     fare_filter_options_clear  (FareFilterOptions    *self);

/**
 * fare_filter_init:
 * @command: to say what is wrong with the arguments
 * @rest: the arguments that are no options: the words of a period
 * @fallback: the period when none is named
 * @status: (out): what to return when this returns %FALSE
 *
 * Understands the period and takes over the filters.
 */
gboolean fare_filter_init           (FareFilter              *self,
                                     const FareCommand       *command,
                                     const FareFilterOptions *options,
                                     const char * const      *rest,
                                     FarePeriod               fallback,
                                     FareExit                *status);
void     fare_filter_clear          (FareFilter              *self);

/**
 * fare_filter_parse:
 * @options: zeroed by the caller; must stay where it is
 * @own: the one option that @command has beside those of the filter
 * @args: the command's arguments
 * @fallback: the period when none is named
 * @status: (out): what to return when this returns %FALSE
 *
 * Reads the arguments of a command that takes a period, filters and one option of its own.
 */
gboolean fare_filter_parse          (FareFilter              *self,
                                     FareFilterOptions       *options,
                                     const FareCommand       *command,
                                     const GOptionEntry      *own,
                                     const char * const      *args,
                                     FarePeriod               fallback,
                                     FareExit                *status);

/**
 * fare_filter_narrow:
 *
 * Replaces the endless range of all time by the days the index has.
 *
 * Returns: %FALSE when the range has no days, because the index is empty
 */
gboolean fare_filter_narrow         (FareFilter              *self,
                                     FareIndexReader         *reader);

/**
 * fare_filter_matches:
 *
 * Returns: whether @event passes the filters; time is not looked at
 */
gboolean fare_filter_matches        (const FareFilter        *self,
                                     const FareEventRow      *event);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareFilterOptions, fare_filter_options_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareFilter, fare_filter_clear)

G_END_DECLS
