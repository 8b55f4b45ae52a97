/* fare-db-problems.h
 *
 * What is wrong with the index in itself, as “tokenfare db” finds and tells it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index.h"

G_BEGIN_DECLS

/**
 * fare_db_find_problems:
 *
 * Has the index checked; that the check could not even be made is told like a problem.
 *
 * Returns: (transfer full): a sentence each, empty when all is well
 */
GStrv fare_db_find_problems  (FareIndex          *index) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_db_print_problems:
 *
 * Prints a line each on standard output.
 */
void  fare_db_print_problems (const char * const *problems);

G_END_DECLS
