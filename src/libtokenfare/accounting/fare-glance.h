/* fare-glance.h
 *
 * The few figures that stand in a status line, a bar or a tray: a period, today, this
 * week, the top tools, budgets.  A glance can be kept in a small file, so that what is
 * asked every second need not be counted each time.
 *
 * Texts are as people read them in the locale and the currency of whoever took the glance.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-currency.h"
#include "base/fare-paths.h"

G_BEGIN_DECLS

#define FARE_GLANCE_N_TOOLS 3

/* Use in one span. */
typedef struct
{
  char     *cost_text;       /* with what is missing from it */
  char     *tokens_text;
  double    cost;            /* USD, of what has a price */
  gint64    tokens;
  gint64    unpriced_tokens;
} FareGlanceSum;

typedef struct
{
  char         *period;        /* id: "today", "7 days" */
  char         *title;         /* translated: "Today" */
  gboolean      has_use;       /* the index knows any use at all */
  FareGlanceSum sum;           /* of the period */
  FareGlanceSum today;
  FareGlanceSum week;
  guint         n_tools;       /* the tools that cost most in the period, at most the number above */
  char         *tools[FARE_GLANCE_N_TOOLS]; /* client ids */
  FareGlanceSum tool_sums[FARE_GLANCE_N_TOOLS];
  char         *budget;        /* id of the budget that is used most: "day"; "" without any */
  char         *budget_text;   /* "67% of $100", translated */
  double        budget_share;  /* of it, 1 is all */
  gboolean      is_over;       /* of any budget */
  gboolean      hides_amounts; /* the user wants dots in place of amounts; the texts have them */
  gint64        last_scan_ms;  /* UTC milliseconds, 0 if there was none */
  gint64        taken_ms;      /* when the glance was taken */
  gint64        until_ms;      /* the end of the local day: the glance holds no longer */
  char         *limits;        /* limits of Codex as logged, "" without any */
  gint64        limits_ms;
  FareMoneyUnit unit;          /* for other amounts beside these */
} FareGlance;

void        fare_glance_free       (FareGlance      *self);

/**
 * fare_glance_look_up:
 * @period: id of the period, as the user typed it
 * @now_ms: UTC milliseconds
 *
 * Takes up a glance that was kept, if nothing that it depends on has changed since: the index, the
 * prices, the settings, the time zone, the language, the day.  Opens no database.
 *
 * Returns: (transfer full) (nullable): the glance; %NULL when it has to be taken anew
 */
FareGlance *fare_glance_look_up    (FarePaths       *paths,
                                    const char      *period,
                                    gint64           now_ms) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_glance_is_wanted:
 *
 * Returns: whether a glance at @period was ever kept, that is, whether anybody asks for it
 */
gboolean    fare_glance_is_wanted  (FarePaths       *paths,
                                    const char      *period);

/**
 * fare_glance_dup_state:
 *
 * Returns: (transfer full): a text that tells apart all that a glance depends on, to be taken before
 *   the glance is and given to fare_glance_keep(); %NULL while the index is being written, when two
 *   states might look the same
 */
char       *fare_glance_dup_state  (FarePaths       *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_glance_keep:
 * @state: (nullable): from fare_glance_dup_state(); with %NULL nothing is kept
 *
 * Keeps a glance beside the index for fare_glance_look_up().  What cannot be written is not kept.
 */
void        fare_glance_keep       (const FareGlance *self,
                                    FarePaths        *paths,
                                    const char       *state);

/**
 * fare_glance_dup_price_state:
 * @program: file of the program that finds prices; another one may find others
 *
 * Returns: (transfer full) (nullable): a text that tells apart all that prices depend on, to be taken before
 *   they are read; %NULL while two states might look the same
 */
char       *fare_glance_dup_price_state (FarePaths       *paths,
                                         const char      *program) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_glance_look_up_prices:
 * @state: (nullable): from fare_glance_dup_price_state()
 * @type: what fare_glance_keep_prices() was given
 *
 * Returns: (transfer full) (nullable): prices that were kept in this state
 */
GVariant   *fare_glance_look_up_prices  (FarePaths          *paths,
                                         const char         *state,
                                         const GVariantType *type) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_glance_keep_prices:
 * @prices: (transfer floating): any value
 * @state: (nullable): with %NULL nothing is kept
 *
 * Keeps prices beside the index.  What cannot be written is not kept.
 */
void        fare_glance_keep_prices     (FarePaths       *paths,
                                         GVariant        *prices,
                                         const char      *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareGlance, fare_glance_free)

G_END_DECLS
