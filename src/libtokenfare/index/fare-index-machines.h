/* fare-index-machines.h
 *
 * The machines whose use stands in the index: this one, and those whose files were met in a shared
 * folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-statement.h"

G_BEGIN_DECLS

/* Number of this machine in the index. */
#define FARE_OWN_MACHINE 0

/* Where the name begins in the key of another machine's log, counted from 1: behind the machine's id,
 * the fingerprint of its folder and two slashes. */
#define FARE_THEIR_KEY_NAME 35

/* Length of a machine's id: hexadecimal digits. */
#define FARE_MACHINE_UID_LENGTH 16

typedef struct
{
  guint32  number;
  char    *uid;      /* random, "" when this machine has never shared */
  char    *given;    /* the name it was given, its host name unless the user said else */
  char    *name;     /* the same, with a number behind it where several machines are called so */
  gint64   named_ms; /* when it was given that name by its own clock, UTC milliseconds */
} FareMachine;

/**
 * fare_machines_load:
 *
 * Returns: (transfer full) (element-type FareMachine) (nullable): all machines in the order of their
 *   names, this one among them even when it is the only one; %NULL after an SQLite error
 */
GPtrArray         *fare_machines_load   (sqlite3         *db) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_machines_find:
 * @machines: (element-type FareMachine)
 *
 * Returns: (nullable): the machine with this number
 */
const FareMachine *fare_machines_find   (const GPtrArray *machines,
                                         guint32          number);

/**
 * fare_machines_ensure:
 * @uid: another machine's id
 * @name: what it calls itself
 * @named_ms: since when
 *
 * Takes over the name unless the one that is known is newer.
 *
 * Returns: the machine's number, given now if it is new; 0 after an SQLite error
 */
guint32            fare_machines_ensure (sqlite3         *db,
                                         const char      *uid,
                                         const char      *name,
                                         gint64           named_ms);

G_END_DECLS
