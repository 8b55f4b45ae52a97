/* fare-parcel.h
 *
 * A file in which one machine tells the others what it read: so many of its logs, with all that a
 * fold needs.  It says of itself which version it has, whose it is, how often it was written anew,
 * and whether it is whole: what a synchronising program left half done, doubled or took back is
 * recognised without looking at its name.
 *
 * A head of ten numbers of 64 bits, the lowest byte first, then a body packed with zlib:
 *
 *   "TFSHARE\n", version, machine's id, number among its files, generation, nonce, size of the
 *   body, size of the packed body, checksum of the packed body, checksum of the head before it
 *
 * Numbers of the body are fare-varint.h's, texts have their length in front:
 *
 *   machine's name, since when it has that, number of logs, then for each:
 *   client, key, checksum of what follows, its length, and what follows:
 *     newest time, whether it is a fork, lines, texts, facts, and rows, column by column
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-log.h"

G_BEGIN_DECLS

/* Raised when the form changes, and when any format's clusters do: rows of the same call would no
 * longer meet then, and be counted twice. */
#define FARE_PARCEL_VERSION 2

/* How many bytes tell about the rest. */
#define FARE_PARCEL_HEAD_SIZE 80

#define FARE_PARCEL_ERROR (fare_parcel_error_quark ())
GQuark fare_parcel_error_quark (void);

typedef enum
{
  FARE_PARCEL_ERROR_DAMAGED, /* not whole, or no such file at all */
  FARE_PARCEL_ERROR_VERSION  /* of another version */
} FareParcelError;

typedef struct
{
  guint64 machine;    /* its id */
  guint64 number;
  guint64 generation; /* counts how often this number was written */
  guint64 nonce;      /* random: no two files that were written have the same */
  guint64 body_size;
  guint64 packed_size;
  guint64 checksum;
} FareParcelHead;

/* One log. */
typedef struct
{
  char   *client;
  char   *key;
  gint64  checksum; /* alike only for the same contents */
  GBytes *bytes;    /* contents */
} FareParcelLog;

typedef struct
{
  FareParcelHead head;
  char          *name;     /* of the machine */
  gint64         named_ms; /* since when by its clock, UTC milliseconds */
  GPtrArray     *logs;     /* FareParcelLog */
} FareParcel;

/**
 * fare_parcel_new:
 *
 * Returns: (transfer full): an empty parcel; the caller sets the head's first four numbers and name
 */
FareParcel *fare_parcel_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void        fare_parcel_free      (FareParcel      *self);

/**
 * fare_parcel_add:
 * @log: rows, facts, newest_ms, is_fork and lines are taken
 */
void        fare_parcel_add       (FareParcel      *self,
                                   const char      *client,
                                   const char      *key,
                                   FareLog         *log);

/**
 * fare_parcel_pack:
 *
 * Returns: (transfer full): the file's contents
 */
GBytes     *fare_parcel_pack      (FareParcel      *self,
                                   GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_parcel_read_head:
 * @data: the beginning of a file
 * @head: (out)
 *
 * Returns: %FALSE with @error when that is no head of ours
 */
gboolean    fare_parcel_read_head (const guint8    *data,
                                   gsize            size,
                                   FareParcelHead  *head,
                                   GError         **error);

/**
 * fare_parcel_unpack:
 * @bytes: the file's contents
 *
 * Returns: (transfer full): the parcel, or %NULL with @error
 */
FareParcel *fare_parcel_unpack    (GBytes          *bytes,
                                   GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_parcel_log_read:
 *
 * Returns: (transfer full): the log; %NULL with @error where its numbers or texts cannot be
 */
FareLog    *fare_parcel_log_read  (FareParcelLog   *self,
                                   GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareParcel, fare_parcel_free)

G_END_DECLS
