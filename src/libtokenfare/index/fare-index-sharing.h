/* fare-index-sharing.h
 *
 * What the index remembers about sharing: where, under which name, what was written and what was
 * read.  The one who holds the index's lock changes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-machines.h"

G_BEGIN_DECLS

/* What is agreed with the user.  Clear with fare_sharing_clear(). */
typedef struct
{
  char     *folder;     /* (nullable): absolute path; %NULL while nothing is shared */
  gboolean  with_names; /* names of projects and branches are told too */
  gboolean  forgets;    /* what came from other machines is to be forgotten */
  gint64    written_ms; /* when a file was written last, UTC milliseconds, 0 for never */
  char     *hosts;      /* which id this machine has on which host: "HOST ID" separated by blanks */
} FareSharing;

/* A file written for the others. */
typedef struct
{
  gint64 signature;  /* of what it tells */
  gint64 generation;
  gint64 nonce;
  gint64 size;       /* bytes */
  gint64 mtime_ns;
} FareSentParcel;

/* A file of the shared folder as it was looked at last. */
typedef struct
{
  guint32  machine;  /* whose; 0 is this one, and those that could not be read */
  gint64   size;     /* bytes; -1 has it looked at again */
  gint64   mtime_ns;
  gint64   inode;
  char    *error;    /* (nullable): why it was not read */
} FareArrival;

/**
 * fare_sharing_load:
 * @self: (out)
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean    fare_sharing_load         (sqlite3              *db,
                                       FareSharing          *self);
void        fare_sharing_clear        (FareSharing          *self);

/**
 * fare_sharing_store:
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean    fare_sharing_store        (sqlite3              *db,
                                       const FareSharing    *self);

/**
 * fare_sharing_load_sent:
 * @uid: this machine's id
 *
 * Returns: (transfer full) (nullable): FareSentParcel, owned, by number; %NULL after an SQLite
 *   error
 */
GHashTable *fare_sharing_load_sent    (sqlite3              *db,
                                       const char           *uid) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sharing_store_sent:
 * @sent: (nullable): %NULL forgets it
 */
gboolean    fare_sharing_store_sent   (sqlite3              *db,
                                       const char           *uid,
                                       guint                 number,
                                       const FareSentParcel *sent);

/**
 * fare_sharing_load_arrivals:
 *
 * Returns: (transfer full) (nullable): FareArrival, owned, by name; %NULL after an SQLite error
 */
GHashTable *fare_sharing_load_arrivals (sqlite3             *db) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sharing_forget_own_arrivals:
 *
 * Has files that were this machine's looked at again: they no longer are.
 */
gboolean    fare_sharing_forget_own_arrivals (sqlite3       *db);

/**
 * fare_sharing_store_arrival:
 * @arrival: (nullable): %NULL forgets it
 */
gboolean    fare_sharing_store_arrival (sqlite3             *db,
                                        const char          *name,
                                        const FareArrival   *arrival);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareSharing, fare_sharing_clear)

G_END_DECLS
