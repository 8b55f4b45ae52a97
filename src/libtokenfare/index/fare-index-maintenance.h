/* fare-index-maintenance.h
 *
 * Care for the index file: is it sound, and how is it made anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index.h"

G_BEGIN_DECLS

/**
 * fare_index_check:
 * @problems: (out) (transfer full): one sentence per problem found, empty when all is well
 *
 * Lets SQLite check the file, and compares the rollup with the rows it was made of.
 *
 * Returns: %FALSE with @error when the check could not be made
 */
gboolean fare_index_check          (FareIndex   *index,
                                    GStrv       *problems,
                                    GError     **error);

/**
 * fare_index_repair:
 *
 * Makes the rollup and the sessions' spans anew from the rows, and the search trees from the
 * tables.  The caller holds the lock.
 */
gboolean fare_index_repair         (FareIndex   *index,
                                    GError     **error);

/**
 * fare_index_forget_notes:
 *
 * Has the next scan read every log from its beginning.  Rows of logs that are gone stay.  The
 * caller holds the lock.
 */
gboolean fare_index_forget_notes   (FareIndex   *index,
                                    GError     **error);

/**
 * fare_index_copy:
 * @target: name of a file that does not exist yet
 *
 * Copies an index that can be read to the last page.
 *
 * Returns: %FALSE with @error when it cannot; @target is then removed
 */
gboolean fare_index_copy           (const char  *source,
                                    const char  *target,
                                    GError     **error);

/**
 * fare_index_replace:
 * @path: the index file
 * @fresh: the file to put in its place, with nothing left in its journal
 * @backup: (out) (transfer full): where the old file was moved, %NULL when there was none
 *
 * Moves the old index aside as "<path>.bak.<YYYYMMDDHHMMSS>" and the fresh one in its place.  The
 * caller holds the lock.
 */
gboolean fare_index_replace        (const char  *path,
                                    const char  *fresh,
                                    char       **backup,
                                    GError     **error);

/**
 * fare_index_count_events:
 *
 * Returns: counted rows, -1 when the file cannot be read
 */
gint64   fare_index_count_events   (const char  *path);

G_END_DECLS
