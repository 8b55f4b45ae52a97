/* fare-budget.h
 *
 * Limits for a day, a week and a month: how much of one is used, and when to say so.
 * Both are pure; who shows a warning keeps the memory between looks and over restarts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-marks.h"
#include "accounting/fare-summary.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_BUDGET_DAY,
  FARE_BUDGET_WEEK,  /* begins on the locale's first weekday */
  FARE_BUDGET_MONTH
} FareBudgetPeriod;

#define FARE_N_BUDGETS (FARE_BUDGET_MONTH + 1)

typedef struct
{
  FareBudgetPeriod period;
  FareRange        range;           /* the whole day, week or month around now */
  double           limit;           /* USD, above 0 */
  double           spent;           /* USD */
  double           share;           /* spent / limit: 0.8 is 80 % */
  gint64           unpriced_tokens; /* tokens that are not in spent */
  gboolean         is_over;         /* spent has reached the limit */
} FareBudget;

/**
 * fare_budget_period_to_id:
 *
 * Returns: "day", "week" or "month", static
 */
const char *fare_budget_period_to_id    (FareBudgetPeriod     period);

/**
 * fare_budget_get_range:
 *
 * Returns: the whole local day, week or month that @now is in
 */
FareRange   fare_budget_get_range       (FareBudgetPeriod     period,
                                         const FareNow       *now);

/**
 * fare_budget_init:
 * @limit: USD; 0, less or no number: there is no such budget
 * @sums: sums of fare_budget_get_range()
 *
 * Returns: %FALSE when there is no such budget
 */
gboolean    fare_budget_init            (FareBudget          *self,
                                         FareBudgetPeriod     period,
                                         const FareNow       *now,
                                         double               limit,
                                         const FareSums      *sums);

/**
 * fare_budget_read:
 *
 * As fare_budget_init(), with the sums read from the index.  @self is untouched where there is no
 * such budget (@limit not above 0).
 *
 * Returns: %FALSE with @error when the index could not be read
 */
gboolean    fare_budget_read            (FareBudget          *self,
                                         FareBudgetPeriod     period,
                                         const FareNow       *now,
                                         double               limit,
                                         FareIndexReader     *reader,
                                         FarePriceBook       *prices,
                                         GError             **error);

/**
 * fare_budget_to_text:
 *
 * Returns: (transfer full): "67% of $100", translated
 */
char       *fare_budget_to_text         (const FareBudget    *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_budget_warning_to_title:
 * @percent: what fare_budget_memory_look() returned
 *
 * Returns: (transfer full): "80% of today’s budget used", translated
 */
char       *fare_budget_warning_to_title (const FareBudget   *self,
                                         guint                percent) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_budget_warning_to_body:
 * @client: (nullable): id of the client that cost most
 * @client_cost: its cost in USD
 *
 * Returns: (transfer full): "$8.10 of $10. Mostly Claude Code ($7.20)." and what is missing from it;
 *   translated
 */
char       *fare_budget_warning_to_body (const FareBudget    *self,
                                         const char          *client,
                                         double               client_cost) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_budget_memory_new:
 * @text: (nullable): what fare_marks_to_text() returned
 *
 * Returns: (transfer full): what was warned of; to be kept where it survives a restart
 */
FareMarks  *fare_budget_memory_new      (const char          *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_budget_memory_look:
 * @warn_percent: the first threshold, 1 to 100; the second is always 100
 * @is_live: %FALSE when what is new may be old use: at the first look of a process, while the first
 *   scan runs, after prices were edited.  Thresholds that are exceeded then are remembered without a
 *   word
 *
 * To be called with every change.  Each threshold is told once per limit and day, week or month,
 * when it is reached live, and again in the next one.  A clock set back or forth repeats nothing.
 *
 * Returns: the highest threshold, in percent, that was reached just now; 0 for none
 */
guint       fare_budget_memory_look     (FareMarks           *memory,
                                         const FareBudget    *budget,
                                         guint                warn_percent,
                                         gboolean             is_live);

G_END_DECLS
