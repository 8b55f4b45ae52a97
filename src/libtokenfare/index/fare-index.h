/* fare-index.h
 *
 * The SQLite file that remembers every response once.  Stores tokens, never money:
 * cost is derived when read, so a price edit needs no rebuild.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "index/fare-index-error.h"

G_BEGIN_DECLS

#define FARE_TYPE_INDEX (fare_index_get_type ())
G_DECLARE_FINAL_TYPE (FareIndex, fare_index, FARE, INDEX, GObject)

/**
 * fare_index_open:
 * @path: file name of the index; folders on the way are created
 *
 * Opens or creates the index and brings its schema up to date.
 *
 * Returns: (transfer full): the index, or %NULL with @error set
 */
FareIndex   *fare_index_open          (const char  *path,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_index_open_lasting:
 * @path: as for fare_index_open()
 *
 * As fare_index_open(), for a program that asks some questions and ends: one connection stays open while
 * nobody uses it, until the last reference goes or fare_index_keep_none() is called.  Opening one
 * takes longer than most questions, and closing the last one puts the journal away.
 *
 * Returns: (transfer full): the index, or %NULL with @error set
 */
FareIndex   *fare_index_open_lasting  (const char  *path,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_index_keep_none:
 *
 * Closes the connection that nobody uses and keeps none from now on.
 */
void         fare_index_keep_none     (FareIndex   *self);

/**
 * fare_index_open_existing:
 * @path: file name of the index
 * @wait_ms: how long to wait, now and later, for programs that keep everybody out, in milliseconds
 *
 * For a glance: opens an index that is there and needs nothing done, and changes nothing.  A connection
 * stays open as with fare_index_open_lasting().
 *
 * Returns: (transfer full) (nullable): the index, or %NULL when fare_index_open() has to see to it
 */
FareIndex   *fare_index_open_existing (const char  *path,
                                       guint        wait_ms) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_index_open_untouched:
 * @path: file name of the index
 *
 * For an examination: opens an index of ours that is there, of this version or an older one, so that
 * neither the file nor anything beside it changes or comes into being.  Can only be read, and where no
 * other program has it open it is read as it lies there, so only for a moment.
 *
 * Returns: (transfer full): the index, or %NULL with @error; %FARE_INDEX_ERROR_UNFINISHED when a crash
 *   has left a journal that fare_index_open() has to put in order first
 */
FareIndex   *fare_index_open_untouched (const char *path,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_index_set_wait:
 * @wait_ms: milliseconds; less than the five seconds that it is otherwise
 *
 * Says how long connections made from now on wait for other programs.
 */
void         fare_index_set_wait      (FareIndex   *self,
                                       guint        wait_ms);

/**
 * fare_index_open_memory:
 * @copy_from: (nullable): an index file whose contents to start with; what cannot be read of it
 *   is left out
 *
 * Returns: (transfer full): an index that lives in memory
 */
FareIndex   *fare_index_open_memory   (const char  *copy_from,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_index_get_path:
 *
 * Returns: (nullable): the file, %NULL for an index in memory
 */
const char  *fare_index_get_path      (FareIndex   *self);

/**
 * fare_index_connect:
 * @writable: whether the connection may write
 *
 * Returns: (transfer full): a connection of its own, to be closed with sqlite3_close() or given back with
 *   fare_index_disconnect()
 */
sqlite3     *fare_index_connect       (FareIndex   *self,
                                       gboolean     writable,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_index_disconnect:
 * @db: (transfer full) (nullable): what fare_index_connect() gave; no statement of it is left
 *
 * Gives a connection back, for the next one who asks where the index keeps one, or closes it.
 */
void         fare_index_disconnect    (FareIndex   *self,
                                       sqlite3     *db);

/**
 * fare_index_try_lock:
 * @lasting: whether it is meant to be held for long, by a program that keeps the index in step
 * @error: %FARE_INDEX_ERROR_BUSY when another program is writing
 *
 * Takes the writer's lock; it ends with the process, however that ends.
 */
gboolean     fare_index_try_lock      (FareIndex   *self,
                                       gboolean     lasting,
                                       GError     **error);

/**
 * fare_index_is_kept:
 *
 * Returns: whether the lock is held by a program that keeps the index in step, so that waiting for
 *   it would be pointless; only to be asked after fare_index_try_lock() said busy
 */
gboolean     fare_index_is_kept       (FareIndex   *self);

/* Lets go of the writer's lock, where it is held. */
void         fare_index_unlock        (FareIndex   *self);

/**
 * fare_index_take_error:
 * @db: the connection that failed
 * @error: (out): set to an error of this domain that names the file and what to do
 *
 * Translates SQLite's last error.
 *
 * Returns: %FALSE always
 */
gboolean     fare_index_take_error    (FareIndex   *self,
                                       sqlite3     *db,
                                       GError     **error);

/**
 * fare_index_take_corrupt:
 * @error: (out): set to %FARE_INDEX_ERROR_CORRUPT, with a sentence that names the file and what to do
 *
 * For damage that SQLite cannot see.
 *
 * Returns: %FALSE always
 */
gboolean     fare_index_take_corrupt  (FareIndex   *self,
                                       GError     **error);

G_END_DECLS
