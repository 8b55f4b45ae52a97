/* usage-home.h
 *
 * A throwaway home with random Claude Code use, written as the logs Claude Code would
 * write, and the same use as a plain list to check answers against.  What is in the
 * list was never near the index, so neither can hide the other's mistakes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"
#include "fare-meter.h"

G_BEGIN_DECLS

/* One response. */
typedef struct
{
  gint64      time_ms;
  guint       session;        /* place in usage_home_sessions */
  const char *model;
  const char *branch;
  FareUsage   usage;
  gint64      web_searches;
  double      reported;       /* USD the log states, less than 0 for none */
  gboolean    is_fast;
} HomeEvent;

typedef struct
{
  const char *id;
  const char *project;
} HomeSession;

#define N_HOME_SESSIONS 8
extern const HomeSession usage_home_sessions[N_HOME_SESSIONS];

typedef struct
{
  char          *folder;
  GArray        *events;      /* of HomeEvent, in no order */
  FareMeter     *meter;
  FarePriceBook *prices;
} UsageHome;

/**
 * usage_home_new:
 * @seed: decides every number
 * @n_events: how many responses
 *
 * Writes the logs and a price file with models that change their price at odd moments, scans, and
 * loads the prices.
 */
UsageHome  *usage_home_new          (guint32          seed,
                                     guint            n_events);
void        usage_home_free         (UsageHome       *self);

/**
 * usage_home_load_edited_prices:
 *
 * Returns: (transfer full): the prices with one edit more, a tier that begins where none of those
 *   known to the scan did
 */
FarePriceBook *
            usage_home_load_edited_prices
                                    (UsageHome       *self);

/**
 * usage_home_price:
 *
 * Returns: the price of @event straight from the table, or what the log states if there is none
 */
FarePrice   usage_home_price        (UsageHome       *self,
                                     const HomeEvent *event);

/**
 * usage_home_get_provider:
 *
 * Returns: the provider that Claude Code's format tells from a model's name
 */
const char *usage_home_get_provider (const char      *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UsageHome, usage_home_free)

G_END_DECLS
