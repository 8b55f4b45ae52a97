/* fare-standing.h
 *
 * Today and this month in a handful of figures: what a tray icon, a notification and a
 * property on the bus show.  Taken in one go from one snapshot, so its parts agree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-budget.h"
#include "accounting/fare-limits.h"

G_BEGIN_DECLS

#define FARE_STANDING_TOOLS 3

/* What is asked for beside the sums. */
typedef struct
{
  double     budgets[FARE_N_BUDGETS]; /* USD by FareBudgetPeriod; 0: there is no such budget */
  FarePaths *paths;                   /* (nullable): where limits were remembered; NULL: none are asked for */
} FareStandingWish;

/* A client and what it used. */
typedef struct
{
  char     *client; /* id; NULL: none */
  FareSums  sums;
} FareStandingTool;

typedef struct
{
  gboolean       has_budget;
  FareBudget     budget;
  FareStandingTool top;        /* the client that cost most in the budget's days */
} FareStandingBudget;

typedef struct
{
  gint64           now_ms;        /* UTC milliseconds; when it was taken */
  FareDay          day;           /* the local day that "today" is */
  gint64           last_scan_ms;  /* end of the last scan of everything, 0: none was completed */
  gboolean         has_use;       /* there is any use at all in the index */
  FareSums         today;
  FareSums         month;         /* the calendar month up to today */
  FareStandingTool   tools[FARE_STANDING_TOOLS]; /* of today, in order of cost */
  guint            n_tools;
  FareStandingBudget budgets[FARE_N_BUDGETS];
  GPtrArray         *limits;      /* (nullable) (element-type FareLimit): usage limits that are known */
} FareStanding;

/**
 * fare_standing_new:
 * @now: decides what "today" is
 *
 * Answers from a snapshot; not for a thread that has to stay responsive.
 *
 * Returns: (transfer full): the figures, or %NULL with @error set
 */
FareStanding     *fare_standing_new     (FareIndexReader       *reader,
                                     FarePriceBook         *prices,
                                     const FareStandingWish  *wish,
                                     const FareNow         *now,
                                     GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void            fare_standing_free    (FareStanding            *self);

/**
 * fare_standing_is_over:
 *
 * Returns: whether the spending of one of the budgets has reached its limit
 */
gboolean        fare_standing_is_over (const FareStanding      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareStanding, fare_standing_free)

G_END_DECLS
