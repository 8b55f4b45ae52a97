/* fare-setup-print.h
 *
 * A plan of "tokenfare setup", and what became of it, for people and for programs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-setup-plan.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_dry_run;
  gboolean is_interactive;
  gboolean is_applied; /* the plan was carried out, with whatever result */
} FareSetupOutcome;

/**
 * fare_setup_print_plan:
 *
 * Prints what would be done, and why not all of it.
 */
void  fare_setup_print_plan    (const FareSetupPlan     *plan);

/**
 * fare_setup_print_result:
 *
 * Prints what was done; what failed goes to standard error.
 */
void  fare_setup_print_result  (const FareSetupPlan     *plan);

/**
 * fare_setup_print_json:
 *
 * Prints plan or result as one object.
 */
void  fare_setup_print_json    (const FareSetupPlan     *plan,
                                const FareSetupOutcome  *outcome);

/**
 * fare_setup_print_blockers:
 *
 * Says on standard error what is in the way, and how to get over it.
 */
void  fare_setup_print_blockers (const FareSetupPlan    *plan);

G_END_DECLS
