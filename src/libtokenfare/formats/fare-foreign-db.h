/* fare-foreign-db.h
 *
 * Another program's SQLite file, only to be read and never disturbed: no file appears
 * beside it, no lock keeps its owner from writing, and what stands only in its journal
 * is seen too, also where the folder is not writable to us.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _FareForeignDb FareForeignDb;

/**
 * fare_foreign_db_open:
 * @path: the file
 *
 * Returns: (transfer full): the database, or %NULL with @error (a translated sentence)
 */
FareForeignDb *fare_foreign_db_open       (const char     *path,
                                           GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void           fare_foreign_db_free       (FareForeignDb  *self);

/**
 * fare_foreign_db_get:
 *
 * Returns: (transfer none): a connection that can only read
 */
sqlite3       *fare_foreign_db_get        (FareForeignDb  *self);

/**
 * fare_foreign_db_has_table:
 * @column: (nullable): also ask for this column
 */
gboolean       fare_foreign_db_has_table  (FareForeignDb  *self,
                                           const char     *table,
                                           const char     *column);

/**
 * fare_foreign_db_prepare:
 *
 * Returns: (transfer full): a statement to be finalised with sqlite3_finalize(), or %NULL with
 *   @error
 */
sqlite3_stmt  *fare_foreign_db_prepare    (FareForeignDb  *self,
                                           const char     *sql,
                                           GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_foreign_db_check:
 * @result: what the last sqlite3_step() returned
 *
 * Returns: %TRUE for SQLITE_DONE; else %FALSE with @error
 */
gboolean       fare_foreign_db_check      (FareForeignDb  *self,
                                           int             result,
                                           GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareForeignDb, fare_foreign_db_free)

G_END_DECLS
