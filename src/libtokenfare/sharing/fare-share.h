/* fare-share.h
 *
 * Several machines with one folder that the user keeps in step between them: each writes files of
 * its own into it and reads those of the others, and every one then knows the union.
 *
 * All of this is the business of whoever holds the index's lock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-sharing.h"
#include "index/fare-index-writer.h"

G_BEGIN_DECLS

/* Between two times that files are written, in milliseconds. */
#define FARE_SHARE_PAUSE_MS (60 * 1000)

/* In failures, in the place of a client. */
#define FARE_SHARE_SOURCE "share"

typedef struct
{
  FareIndexWriter *writer;
  gint64           now_ms;     /* UTC milliseconds */
  const char      *host;       /* (nullable): what tells this host from others */
  gboolean         now;        /* write although it is not yet time */
  gboolean         only_read;
  GCancellable    *cancellable; /* (nullable) */
} FareShareOptions;

/* Clear with fare_share_result_clear(). */
typedef struct
{
  char      *folder;      /* (nullable): that is shared; %NULL when none is */
  gboolean   changed;     /* something that can be seen has changed */
  gint64     due_ms;      /* when there will be something to write, UTC milliseconds; 0 for nothing */
  guint      n_read;      /* files read */
  guint      n_written;   /* files written */
  GPtrArray *failures;    /* char *: "share\tpath\treason" */
} FareShareResult;

/**
 * fare_share_sync:
 * @result: (out): cleared with fare_share_result_clear()
 *
 * Reads what is new in the folder, and writes what is new here, when it is time.  Without a folder it
 * does nothing, unless there is something to forget.
 *
 * Returns: %FALSE with @error when the index failed or when cancelled; a folder or file that fails is
 *   a failure in @result
 */
gboolean fare_share_sync         (const FareShareOptions  *options,
                                  FareShareResult         *result,
                                  GError                 **error);
void     fare_share_result_clear (FareShareResult         *result);

/**
 * fare_share_set:
 * @db: a writable connection; no lock is needed
 * @folder: (nullable): an absolute path; %NULL ends sharing
 * @with_names: whether names of projects and branches are told
 * @forgets: whether all that came from other machines is to be forgotten, once
 *
 * The one who holds the lock goes by this from its next fare_share_sync().
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean fare_share_set          (sqlite3                 *db,
                                  const char              *folder,
                                  gboolean                 with_names,
                                  gboolean                 forgets);

/**
 * fare_share_rename:
 * @db: a writable connection; no lock is needed
 *
 * Gives this machine another name, from @now_ms on.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean fare_share_rename       (sqlite3                 *db,
                                  const char              *name,
                                  gint64                   now_ms);

/**
 * fare_share_list_own:
 * @uids: (element-type utf8): ids that this machine has had
 *
 * Returns: (transfer full) (element-type filename): paths of this machine's files in the folder; %NULL
 *   with @error when the folder cannot be read
 */
GPtrArray *fare_share_list_own   (const char              *folder,
                                  GPtrArray               *uids,
                                  GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_share_remove_own:
 * @uids: (element-type utf8): ids that this machine has had
 *
 * Removes this machine's files from the folder, and nothing else.
 *
 * Returns: how many were removed, -1 with @error when some could not be
 */
int      fare_share_remove_own   (const char              *folder,
                                  GPtrArray               *uids,
                                  GError                 **error);

/**
 * fare_share_list_own_ids:
 *
 * Returns: (transfer full) (element-type utf8): the ids that this machine has written files under
 */
GPtrArray *fare_share_list_own_ids (sqlite3               *db) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_share_open_own_part:
 * @path: an index file
 * @thresholds: as for fare_index_writer_new()
 *
 * Returns: (transfer full): a copy in memory from which everything is taken out that came from
 *   other machines; %NULL with @error set
 */
FareIndex *fare_share_open_own_part (const char            *path,
                                     const gint64          *thresholds,
                                     guint                  n_thresholds,
                                     GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareShareResult, fare_share_result_clear)

G_END_DECLS
