/* fare-index-files.h
 *
 * What the index remembers of log files, for telling which have changed and where to go
 * on reading.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"
#include "index/fare-statement.h"

G_BEGIN_DECLS

/* Raised when a reader of a format learns something: all logs are then read again. */
#define FARE_PARSER_VERSION 2

/* What a batch has to write about a file. */
typedef struct
{
  gboolean  is_any;
  gboolean  anew;        /* the counts are not to be added to the stored ones */
  gint64    lines;
  gint64    malformed;
  gint64    malformed_at; /* -1 when none */
  gint64    repeated;
  gboolean  sets_note;
  GBytes   *note;
  char     *message;     /* why it could not be read */
} FareFileChange;

/* What the index remembers of a log file. */
typedef struct
{
  guint32   id;
  char     *key;
  char     *path;
  guint64   device;
  guint64   inode;
  gint64    size;        /* bytes when it was looked at last, -1 when it could not be read */
  gint64    mtime_ns;
  gint64    stamp;       /* fingerprint of its companions */
  gint64    offset;      /* start of the first unparsed line */
  gint64    head;        /* fingerprint of the first bytes before offset */
  gint64    tail;        /* fingerprint of the last bytes before offset */
  gint64    parser;
  gint64    next_seq;
  FareFoldFile fold;     /* its key is the one above, with the machine in front where there are others */
  FareFoldFile before;   /* as it was when the batch began */
  gboolean  is_missing;
  gboolean  has_error;
  guint32   client;
  guint32   machine;     /* whose log it is; 0 is this one */
  char     *fold_key;    /* (nullable): the key of fold, where it is not the one above */
  gboolean  is_stored;   /* the table has it */
  FareFileChange change;
  gboolean  in_batch;    /* something of it changes in the current batch */
  gboolean  in_use;      /* the scanner holds it */
} FareKnownFile;

typedef struct _FareFiles FareFiles;

/**
 * fare_files_new:
 * @db: a writable connection; must outlive the files
 */
FareFiles     *fare_files_new             (sqlite3              *db) G_GNUC_WARN_UNUSED_RESULT;
void           fare_files_free            (FareFiles            *self);

/**
 * fare_files_read_own_id:
 *
 * To be called when the id of this machine has changed and nothing that was handed out is in use.
 */
void           fare_files_read_own_id     (FareFiles            *self);

/**
 * fare_files_find:
 *
 * Returns: (transfer none) (nullable): the file with this key; valid until fare_files_forget()
 */
FareKnownFile *fare_files_find            (FareFiles            *self,
                                           const char           *key);
FareKnownFile *fare_files_get             (FareFiles            *self,
                                           guint32               id);

/* @file lacks what only reading needs, and its path where that is the key; it lasts as long as the
 * call. */
typedef void (*FareKnownFileFunc) (const FareKnownFile *file,
                              gpointer             user_data);

/**
 * fare_files_foreach:
 *
 * Shows all known files of this machine, with what tells whether they have changed; keeps nothing of
 * them.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean       fare_files_foreach         (FareFiles            *self,
                                           FareKnownFileFunc     func,
                                           gpointer              user_data);

/**
 * fare_files_forget:
 *
 * Frees what was handed out, but for what is in the current batch or marked as in use.
 */
void           fare_files_forget          (FareFiles            *self);

/**
 * fare_files_dup_note:
 *
 * Returns: (transfer full) (nullable): the file's resume note
 */
GBytes        *fare_files_dup_note        (FareFiles            *self,
                                           const FareKnownFile  *file) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_files_ensure:
 * @machine: whose it is, should it be new; 0 is this one
 * @is_new: its key is known not to be stored, and is not looked for
 *
 * Returns: (transfer none) (nullable): the known file of @source, made now if it is new, to be
 *   stored in this batch; %NULL after an SQLite error
 */
FareKnownFile *fare_files_ensure          (FareFiles            *self,
                                           const FareSource     *source,
                                           guint32               client,
                                           guint32               machine,
                                           gboolean              is_new);

/**
 * fare_files_orphan:
 *
 * Takes the key from a file, for another one that stands in its place.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean       fare_files_orphan          (FareFiles            *self,
                                           FareKnownFile        *file) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_files_store:
 * @files: FareKnownFile of the batch
 *
 * Writes what has changed: each file once, when all of it is known.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean       fare_files_store           (FareFiles            *self,
                                           const GPtrArray      *files);

/**
 * fare_known_file_note_place:
 * @message: (nullable): why the file could not be read
 *
 * Has the file stored with the batch.
 */
void           fare_known_file_note_place (FareKnownFile        *file,
                                           const char           *message);

/**
 * fare_known_file_note_log:
 * @anew: whether the log replaces what was counted of the file before
 *
 * Has the file stored with the batch, with the counts and the resume note of what was read.
 */
void           fare_known_file_note_log   (FareKnownFile        *file,
                                           const FareLog        *log,
                                           gboolean              anew);

/**
 * fare_known_file_take_source:
 *
 * Takes over place, size and times of what was found on disk.
 */
void           fare_known_file_take_source (FareKnownFile       *file,
                                            const FareSource    *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareFiles, fare_files_free)

G_END_DECLS
