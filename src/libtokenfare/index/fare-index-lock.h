/* fare-index-lock.h
 *
 * One writer at a time: a lock on a file beside the index.  It ends with the process, however that ends,
 * and who watches the folder sees that it has ended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* -1 while it is not held. */
typedef struct
{
  int fd;        /* has the lock */
  int beacon_fd; /* open for writing, so that its end is seen in the folder */
} FareIndexLock;

#define FARE_INDEX_LOCK_INIT ((FareIndexLock) { -1, -1 })

/**
 * fare_index_lock_try:
 * @index_path: the index, not the lock file
 * @lasting: whether it is meant to be held for long, by a program that keeps the index in step
 * @error: %FARE_INDEX_ERROR_BUSY when another program has it
 *
 * Takes the lock, without waiting for it.
 *
 * Returns: whether it is held, now or already before
 */
gboolean  fare_index_lock_try     (FareIndexLock  *self,
                                   const char     *index_path,
                                   gboolean        lasting,
                                   GError        **error);

/**
 * fare_index_lock_is_kept:
 *
 * Returns: whether whoever has the lock, or had it last, said that it would be for long
 */
gboolean  fare_index_lock_is_kept (const char     *index_path);

/* Lets go of the lock, where it is held. */
void      fare_index_lock_release (FareIndexLock  *self);

G_END_DECLS
