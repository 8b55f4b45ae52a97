/* fare-index-writer.h
 *
 * The only way into the index.  Takes what was read of log files, decides anew the
 * clusters that are touched, and commits rows, facts, resume notes and rollup
 * together: after a crash either all of a batch is there or nothing.
 *
 * One writer at a time (fare_index_try_lock()), used by one thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"
#include "index/fare-index.h"
#include "index/fare-index-files.h"

G_BEGIN_DECLS

typedef struct _FareIndexWriter FareIndexWriter;

/**
 * fare_index_writer_new:
 * @thresholds: prompt sizes in tokens that some price depends on, ascending
 *
 * Returns: (transfer full): a writer, or %NULL with @error set
 */
FareIndexWriter *fare_index_writer_new          (FareIndex        *index,
                                                 const gint64     *thresholds,
                                                 guint             n_thresholds,
                                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void             fare_index_writer_free         (FareIndexWriter  *self);

/**
 * fare_index_writer_expect:
 * @n_logs: so many are to be read
 * @bytes: so large they are
 *
 * Says before the first batch what is coming, so that no more memory is taken than that needs.
 */
void             fare_index_writer_expect       (FareIndexWriter  *self,
                                                 guint             n_logs,
                                                 gint64            bytes);

/**
 * fare_index_writer_find_file:
 *
 * Returns: (transfer none) (nullable): what is known of the file with this key; valid until the
 *   next fare_index_writer_forget_files()
 */
FareKnownFile   *fare_index_writer_find_file    (FareIndexWriter  *self,
                                                 const char       *key);

/**
 * fare_index_writer_foreach_file:
 *
 * Shows all known files, with what tells whether they have changed; see fare_files_foreach().
 */
gboolean         fare_index_writer_foreach_file (FareIndexWriter  *self,
                                                 FareKnownFileFunc func,
                                                 gpointer          user_data,
                                                 GError          **error);

/**
 * fare_index_writer_forget_files:
 *
 * Frees what fare_index_writer_find_file() gave, but for what is in the current batch or marked as in
 * use.
 */
void             fare_index_writer_forget_files (FareIndexWriter  *self);

/**
 * fare_index_writer_dup_note:
 *
 * Returns: (transfer full) (nullable): the resume note of a known file
 */
GBytes          *fare_index_writer_dup_note     (FareIndexWriter      *self,
                                                 const FareKnownFile  *file) G_GNUC_WARN_UNUSED_RESULT;

/* What became of a file in this scan. */
typedef struct
{
  const FareSource *source;
  FareLog          *log;      /* what was read; its strings are taken over */
  gboolean          anew;     /* the log replaces all that was known of the file */
  gboolean          is_new;   /* the index is known not to have the file: it was asked in this batch, or while
                                 the lock was held */
  gint64            offset;   /* resume note: start of the first unparsed line */
  gint64            head;
  gint64            tail;
  guint32           machine;  /* whose log it is, see fare-index-machines.h; its clusters are then those
                                 of an index already */
} FareReading;

/**
 * fare_index_writer_add:
 *
 * Takes over what was read of one file into the current batch; the log has no rows left then.
 */
gboolean         fare_index_writer_add          (FareIndexWriter    *self,
                                                 const FareReading  *reading,
                                                 GError            **error);

/**
 * fare_index_writer_set_place:
 *
 * Notes that a known file, unchanged in content, has another path or inode, or is back.
 */
gboolean         fare_index_writer_set_place    (FareIndexWriter    *self,
                                                 FareKnownFile      *file,
                                                 const FareSource   *source,
                                                 GError            **error);

/**
 * fare_index_writer_set_missing:
 *
 * Notes that a file is gone.  Its rows stay.
 */
gboolean         fare_index_writer_set_missing  (FareIndexWriter    *self,
                                                 FareKnownFile      *file,
                                                 GError            **error);

/**
 * fare_index_writer_set_orphan:
 *
 * Gives up the key of a file that was gone and in whose place there is another one now.
 */
gboolean         fare_index_writer_set_orphan   (FareIndexWriter    *self,
                                                 FareKnownFile      *file,
                                                 GError            **error);

/**
 * fare_index_writer_set_error:
 * @message: why the file could not be read
 *
 * Notes a failure.  What was known of the file stays, and it is tried again next time.
 */
gboolean         fare_index_writer_set_error    (FareIndexWriter    *self,
                                                 const FareSource   *source,
                                                 const char         *message,
                                                 GError            **error);

/**
 * fare_index_writer_forget_machine:
 * @machine: another machine's number
 *
 * Takes everything that came from that machine out of the index, as a batch of its own.
 */
gboolean         fare_index_writer_forget_machine (FareIndexWriter *self,
                                                   guint32          machine,
                                                   GError         **error);

/**
 * fare_index_writer_set_machine:
 * @uid: this machine's id from now on
 * @name: what people call it
 * @now_ms: UTC milliseconds, when it was given that name
 *
 * As a batch of its own.  Calls that another machine has too may be shown by the other one then.
 */
gboolean         fare_index_writer_set_machine  (FareIndexWriter    *self,
                                                 const char         *uid,
                                                 const char         *name,
                                                 gint64              now_ms,
                                                 GError            **error);

/**
 * fare_index_writer_get_db:
 *
 * Returns: (transfer none): the writer's connection, for what belongs into the same batch
 */
sqlite3         *fare_index_writer_get_db       (FareIndexWriter    *self);

/**
 * fare_index_writer_begin:
 *
 * Begins a batch, unless one has begun.
 */
gboolean         fare_index_writer_begin        (FareIndexWriter    *self,
                                                 GError            **error);

/**
 * fare_index_writer_fail:
 *
 * Undoes the batch after a failure on fare_index_writer_get_db().
 *
 * Returns: %FALSE with @error set
 */
gboolean         fare_index_writer_fail         (FareIndexWriter    *self,
                                                 GError            **error);

/**
 * fare_index_writer_is_open:
 *
 * Returns: whether there is anything in the current batch
 */
gboolean         fare_index_writer_is_open      (FareIndexWriter    *self);

/**
 * fare_index_writer_get_n_rows:
 *
 * Returns: rows waiting in the current batch
 */
guint            fare_index_writer_get_n_rows   (FareIndexWriter    *self);

/**
 * fare_index_writer_set_scan_time:
 * @scan_ms: milliseconds; 0 to leave what is known of an earlier one
 *
 * Says how long the scan took that the next commits end.
 */
void             fare_index_writer_set_scan_time (FareIndexWriter   *self,
                                                  gint64             scan_ms);

/**
 * fare_index_writer_commit:
 * @scan_end_ms: UTC milliseconds when this ends a complete scan, else 0
 * @changed: (out) (optional): whether anything that can be seen has changed
 *
 * Decides and stores the batch.  On failure the index is as it was before the batch, and the writer
 * can only be freed; so it is with every function here that fails.
 */
gboolean         fare_index_writer_commit       (FareIndexWriter    *self,
                                                 gint64              scan_end_ms,
                                                 gboolean           *changed,
                                                 GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareIndexWriter, fare_index_writer_free)

G_END_DECLS
