/* fare-share-private.h
 *
 * What the parts of sharing have in common: fare-share.c knows who this machine is, fare-share-send.c
 * writes its files, fare-share-receive.c reads those of others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sys/stat.h>

#include "sharing/fare-parcel.h"
#include "sharing/fare-share.h"

G_BEGIN_DECLS

/* Names of the files: these around the machine's id and a number.  Only the first and the last part
 * count, because synchronising programs put words of their own before the last. */
#define FARE_SHARE_PREFIX "tokenfare-"
#define FARE_SHARE_SUFFIX ".share"

typedef struct
{
  const FareShareOptions *options;
  FareShareResult        *result;
  sqlite3                *db;
  FareSharing             sharing;
  GPtrArray              *machines; /* FareMachine */
} FareShare;

/* What became of writing. */
typedef enum
{
  FARE_SEND_DONE,
  FARE_SEND_FAILED, /* the index failed */
  FARE_SEND_CLONED  /* somebody else writes under this machine's id */
} FareSend;

/* This machine. */
const FareMachine *fare_share_get_own   (FareShare         *self);

/**
 * fare_share_note_failure:
 * @path: of a file or folder
 */
void     fare_share_note_failure        (FareShare         *self,
                                         const char        *path,
                                         const char        *reason);

/* A parcel of a machine in the folder; (transfer full). */
char    *fare_share_dup_path            (const char        *folder,
                                         const char        *uid,
                                         guint              number) G_GNUC_WARN_UNUSED_RESULT;

/* Nanoseconds since 1970. */
gint64   fare_share_get_mtime           (const struct stat *info);

/* The id as parcels have it. */
guint64  fare_share_parse_uid           (const char        *uid);
char    *fare_share_format_uid          (guint64            uid) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_share_send:
 *
 * Writes the files whose contents have changed.
 */
FareSend fare_share_send                (FareShare         *self);

/**
 * fare_share_receive:
 *
 * Reads the files that have changed.
 *
 * Returns: %FALSE with @error when the index failed
 */
gboolean fare_share_receive             (FareShare         *self,
                                         GError           **error);

G_END_DECLS
