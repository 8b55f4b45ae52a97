/* fare-db-problems.h
 *
 * What is wrong with the index in itself, as “tokenfare db” finds and tells it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"
#include "fare-command.h"
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

/**
 * fare_db_check_file:
 *
 * Other commands answer without an index that cannot be used.  Those that are about the index itself
 * have nothing to tell then.
 *
 * Returns: %FALSE when there is an index and it cannot be opened
 */
gboolean fare_db_check_file  (FarePaths          *paths,
                              GError            **error);

G_END_DECLS
