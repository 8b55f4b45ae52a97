/* fare-limits-text.h
 *
 * The words of the Overview's budgets and limits: pure, so tests can read them without a window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-standing.h"
#include "models/fare-share-item.h"

G_BEGIN_DECLS

/* How they are to be read. */
typedef struct
{
  const FareStanding *standing;
  FareNow             now;
  gboolean            hide_amounts;  /* dots in the place of money */
  guint               budget_warn;   /* percent of a budget that is worth a warning */
  guint               limit_warn;    /* the same of a limit */
} FareLimitsText;

/**
 * fare_limits_text_items:
 *
 * What was used before a limit began anew says nothing about now and is not shown.
 *
 * Returns: (transfer full) (element-type FareShareItem): the budgets that are set, the limits that are
 *   known
 */
GPtrArray *fare_limits_text_items  (const FareLimitsText *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_limits_text_title:
 *
 * Returns: (transfer full): what these are: budgets, limits or both
 */
char      *fare_limits_text_title  (const FareLimitsText *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_limits_text_budget:
 *
 * Returns: (transfer full): "67% of $100", "67% of the budget" where amounts are hidden
 */
char      *fare_limits_text_budget (const FareBudget     *budget,
                                    gboolean              hide_amounts) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_limits_text_slot:
 * @share: used share, 1 is all
 * @warn_percent: from where on it is worth a warning
 *
 * Returns: the palette's slot for a bar of @share
 */
guint      fare_limits_text_slot   (double                share,
                                    guint                 warn_percent);

G_END_DECLS
