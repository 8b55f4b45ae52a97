/* fare-limits-section.h
 *
 * Budgets and usage limits on the Overview: how much of each is used, and when it begins anew.
 * Invisible while there are none.  What they say does not depend on the days or the filter chosen.
 *
 * Signal: "changed", the figures are others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-standing.h"
#include "pages/fare-page.h"

G_BEGIN_DECLS

#define FARE_TYPE_LIMITS_SECTION (fare_limits_section_get_type ())
G_DECLARE_FINAL_TYPE (FareLimitsSection, fare_limits_section, FARE, LIMITS_SECTION, GtkBox)

void              fare_limits_section_connect    (FareLimitsSection     *self,
                                                  const FarePageContext *context);

/**
 * fare_limits_section_set_active:
 * @is_active: whether it can be seen; it asks nothing and needs no clock while it cannot
 */
void              fare_limits_section_set_active (FareLimitsSection     *self,
                                                  gboolean               is_active);

/**
 * fare_limits_section_ask:
 *
 * Asks again at once, where news would wait a moment.
 */
void              fare_limits_section_ask        (FareLimitsSection     *self);

/**
 * fare_limits_section_show:
 * @standing: (nullable): what to show; not needed afterwards
 * @now: when that is read
 */
void              fare_limits_section_show       (FareLimitsSection     *self,
                                                  const FareStanding    *standing,
                                                  const FareNow         *now);

/**
 * fare_limits_section_get_budget:
 *
 * Returns: (transfer none) (nullable): the month's budget, while it is known and set
 */
const FareBudget *fare_limits_section_get_budget (FareLimitsSection     *self);

G_END_DECLS
