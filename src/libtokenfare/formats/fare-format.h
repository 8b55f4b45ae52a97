/* fare-format.h
 *
 * What a client is to the rest of the program: where its logs are, how one is read,
 * and when two rows are the same call.  A constant table per client; the list of all
 * clients is in fare-format.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"
#include "formats/fare-log.h"
#include "formats/fare-prompt-line.h"

G_BEGIN_DECLS

typedef struct _FareFormat FareFormat;

/* A log file found on disk. */
typedef struct
{
  const FareFormat *format;
  char             *path;
  char             *key;      /* identity in the index */
  const char       *root;     /* the root it was found under; lives as long as the program */
  guint64           device;
  guint64           inode;
  gint64            size;     /* bytes */
  gint64            mtime_ns;
  gint64            stamp;    /* fingerprint of its companions' sizes and times, 0 without any */
} FareSource;

/* What fold may know about a file and about a session. */
typedef struct
{
  const char *key;       /* identity in the index; breaks ties */
  gint64      newest_ms; /* newest usable row of the file, UTC milliseconds */
  gboolean    is_fork;
} FareFoldFile;

typedef struct
{
  const FareFoldFile *(*get_file) (gpointer world,
                                   guint32  file);
  /* The first ancestor of @session, itself when it has none. */
  guint32             (*get_root) (gpointer world,
                                   guint32  session);
  gpointer              world;
} FareFoldContext;

struct _FareFormat
{
  const char *id; /* the client's id in the index */

  /* Whether a file matters, by its last path component. */
  gboolean    (*claims)      (const char            *name);

  /* Directories to walk, existing or not; a root that is a file is read whatever its name. */
  GStrv       (*list_roots)  (FarePaths             *paths);

  /* How deep to walk below a root: 1 is the files directly in it, 0 is all. */
  guint         max_depth;

  /* (nullable) Identity of a file in the index, when that is not its path: a log that is moved or
   * compressed stays the same log. */
  char       *(*make_key)    (const char            *root,
                              const char            *path);

  /* (nullable) Other files that reading this one looks into (a project's name beside the log, say),
   * whether they exist or not.  When one of them changes, the log is read anew as a whole. */
  GStrv       (*list_companions) (const char        *root,
                                  const char        *path);

  /* (nullable) Of two files with the same key, which one is read. */
  gboolean    (*is_preferred) (const char           *path,
                               const char           *other);

  /* Reads a log.  FALSE with @error: the file cannot be read; what was added is then ignored. */
  gboolean    (*read)        (FareLog               *log,
                              GError               **error);

  /* Decides a cluster: sets role, event_ms, event_session, leads and SIBLING of every row.  Where the
   * session that shows a call depends on how new files are, the rows of a call are left together, the
   * leading one first. */
  void        (*fold)        (const FareFoldContext *context,
                              FareRow              **rows,
                              guint                  n_rows);

  /* Whether a counted row is named by its session, because the cluster alone does not name it. */
  gboolean      keys_by_session;

  /* For a file that holds many sessions: one that is gone from it was deleted there, and what was
   * counted of it stays, as it does when a log is deleted. */
  gboolean      keeps_sessions;

  /* The same of a single call; @read then says which ones the file has, in FareLog.calls. */
  gboolean      keeps_calls;

  /* Whether a changed file is read anew as a whole, not from where the last pass ended. */
  gboolean      is_document;

  /* (nullable) Whether a line is a prompt of the user, for details of a session; see
   * fare-prompt-list.h.  @prompt is zeroed by the caller. */
  gboolean    (*read_prompt) (const char            *line,
                              gsize                  length,
                              FarePromptLine        *prompt);
};

/**
 * fare_format_get_all:
 * @n_formats: (out): how many
 *
 * Returns: (transfer none): all clients
 */
const FareFormat * const *fare_format_get_all (guint      *n_formats);

/**
 * fare_format_find:
 *
 * Returns: (nullable): the client with this id
 */
const FareFormat         *fare_format_find    (const char *id);

/**
 * fare_fold_compare_place:
 *
 * Orders rows by their file's key, then offset: the last tie-breaker of every fold, so that its result does
 * not depend on the order in which rows come.
 */
int                       fare_fold_compare_place (const FareFoldContext *context,
                                                   const FareRow         *a,
                                                   const FareRow         *b);

/**
 * fare_fold_put_first:
 *
 * Moves @first to the beginning of @rows.
 */
void                      fare_fold_put_first (FareRow              **rows,
                                               guint                  n_rows,
                                               const FareRow         *first);

/**
 * fare_fold_by_key:
 *
 * The fold of clients whose ids can be trusted: all rows of a cluster are one call.  The most
 * complete row gives the values, the earliest the time; it is shown by a row that is not a
 * helper's, in a file that is no fork, the earliest, by place.
 */
void                      fare_fold_by_key    (const FareFoldContext  *context,
                                               FareRow               **rows,
                                               guint                   n_rows);

/**
 * fare_fold_single:
 * @row: a row that is alone in its cluster, or was chosen
 *
 * Counts the row with its own time and session.
 */
void                      fare_fold_single    (FareRow    *row);

G_END_DECLS
