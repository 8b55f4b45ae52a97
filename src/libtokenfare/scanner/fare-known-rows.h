/* fare-known-rows.h
 *
 * What the index knows of files, read ahead: while one thread walks the folders, the other reads
 * this, so that both are done when they are compared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-files.h"

G_BEGIN_DECLS

typedef struct _FareKnownRows FareKnownRows;

FareKnownRows *fare_known_rows_new  (void);
void           fare_known_rows_free (FareKnownRows        *self);

/**
 * fare_known_rows_add:
 *
 * Copies what fare_files_foreach() shows of a file.
 *
 * Returns: %FALSE when there are enough: some megabytes
 */
gboolean       fare_known_rows_add  (FareKnownRows        *self,
                                     const FareKnownFile  *file);

/**
 * fare_known_rows_take:
 *
 * Shows all in the order they came in, and forgets them.
 */
void           fare_known_rows_take (FareKnownRows        *self,
                                     FareKnownFileFunc     func,
                                     gpointer              user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareKnownRows, fare_known_rows_free)

G_END_DECLS
