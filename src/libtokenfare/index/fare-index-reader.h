/* fare-index-reader.h
 *
 * One consistent view of the index.  A reader holds a read transaction from its
 * first query to its end, so everything asked of it belongs to the same moment.
 * Not thread-safe: one reader, one thread; any number of readers at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-modes.h"
#include "base/fare-usage.h"
#include "formats/fare-row.h"
#include "index/fare-cells.h"
#include "index/fare-index.h"
#include "index/fare-index-sharing.h"

G_BEGIN_DECLS

/* Quarter hours are counted from 1970-01-01T00:00Z. */
#define FARE_QUARTER_MS (15 * 60 * G_GINT64_CONSTANT (1000))

/* A session as it stands in the index.  Strings belong to the reader. */
typedef struct
{
  guint32     id;         /* the reader's own number, in FareBucket and FareEventRow */
  const char *client;     /* "claude", "codex", … */
  const char *uid;        /* the client's session id */
  const char *project;    /* working directory as logged; "" when unknown */
  const char *title;      /* never NULL; falls back to the project's last component */
  const char *parent;     /* (nullable): uid of the session it was spawned or forked from */
  gint64      first_ms;   /* UTC milliseconds of its first counted event, 0 if none */
  gint64      last_ms;
  guint       is_subagent : 1; /* declared so by its own log */
  guint       is_review : 1;   /* automatic permission review */
} FareSessionInfo;

typedef struct
{
  guint32     id;
  const char *provider;   /* as logged; "" when the log names none */
  const char *name;       /* as logged */
} FareModelInfo;

/* Everything of one quarter hour that shares all a price or a grouping can depend on. */
typedef struct
{
  gint64                 quarter;       /* UTC quarter hour */
  const FareSessionInfo *session;
  const FareModelInfo   *model;
  const char            *branch;        /* git branch, "" when unknown */
  const FareMachine     *machine;       /* on which it was */
  FareModes              modes;
  gint64                 prompt_floor;  /* tokens; every prompt in here lies on the same side of each
                                           price threshold as this one */
  guint                  is_subagent : 1;
  guint                  has_reported : 1; /* each event in here carries a logged cost */
  FareUsage              usage;
  gint64                 messages;
  gint64                 events;
  gint64                 web_searches;
  gint64                 reported_pico; /* sum of logged costs, in 10^-12 USD */
} FareBucket;

/* One usage event with its receipt.  Strings belong to the reader. */
typedef struct
{
  gint64                 time_ms;       /* UTC milliseconds */
  const FareSessionInfo *session;
  const FareModelInfo   *model;
  const char            *branch;
  const FareMachine     *machine;       /* on which it was */
  FareModes              modes;
  guint                  is_fast : 1;      /* the log called it fast */
  guint                  is_subagent : 1;
  guint                  has_reported : 1;
  FareUsage              usage;
  gint64                 messages;
  gint64                 web_searches;
  gint64                 reported_pico; /* 10^-12 USD */
  gint64                 lines;         /* log lines folded into this event, at least 1 */
  const char            *path;          /* log file; "machine:name" of another machine's */
  gint64                 offset;        /* byte offset of the line that gave the values */
  char                   key[160];      /* dedup key: unique per client, stable over rescans */
} FareEventRow;

/* What the scanner knows about one log file. */
typedef struct
{
  const char *client;
  const char *path;
  gint64      size;           /* bytes */
  gint64      lines;          /* complete lines read */
  gint64      malformed;      /* lines that are not what they should be */
  gint64      repeated;       /* repeated counters and other records that carry no new use */
  gint64      malformed_at;   /* byte offset of the first malformed line, -1 if none */
  gint64      newest_ms;      /* newest usage row, UTC milliseconds, 0 if none */
  gboolean    missing;        /* gone from disk; its events stay */
  const char *error;          /* (nullable): why it could not be read at the last try */
} FareFileInfo;

typedef struct _FareIndexReader FareIndexReader;

/* Return FALSE to stop early; stopping is not an error. */
typedef gboolean (*FareBucketFunc)  (const FareBucket      *bucket,
                                     gpointer               user_data);
typedef gboolean (*FareCellsFunc)   (const FareCell        *cells,
                                     guint                  n_cells,
                                     gpointer               user_data);
typedef gboolean (*FareRowFunc)     (const FareRow         *row,
                                     gpointer               user_data);
typedef gboolean (*FareEventFunc)   (const FareEventRow    *event,
                                     gpointer               user_data);
typedef gboolean (*FareSessionFunc) (const FareSessionInfo *session,
                                     gpointer               user_data);
typedef gboolean (*FareFileFunc)    (const FareFileInfo    *file,
                                     gpointer               user_data);
typedef gboolean (*FareCopyFunc)    (const FareEventRow    *row,
                                     FareRole               role,
                                     gpointer               user_data);

/**
 * fare_index_reader_new:
 * @index: an open index
 *
 * Opens a connection of its own and starts the snapshot.
 *
 * Returns: (transfer full): a reader, or %NULL with @error set
 */
FareIndexReader *fare_index_reader_new             (FareIndex        *index,
                                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void             fare_index_reader_free            (FareIndexReader  *self);

/**
 * fare_index_reader_set_thresholds:
 * @thresholds: prompt sizes in tokens above which some price changes, ascending
 *
 * Tells which prompt sizes must not be mixed in one bucket.  Where the stored rollup is too
 * coarse for them the reader sums events instead: slower, same result.
 */
void             fare_index_reader_set_thresholds  (FareIndexReader  *self,
                                                    const gint64     *thresholds,
                                                    guint             n_thresholds);

/**
 * fare_index_reader_foreach_bucket:
 * @from_ms: start, UTC milliseconds, inclusive; %G_MININT64 for all
 * @to_ms: end, UTC milliseconds, exclusive; %G_MAXINT64 for all
 *
 * Calls @func for every bucket of the span, in ascending quarter hours.  A span that does not
 * begin or end on a quarter hour is exact: its edges are summed from events.  The bucket is
 * valid only during the call.
 */
gboolean         fare_index_reader_foreach_bucket  (FareIndexReader  *self,
                                                    gint64            from_ms,
                                                    gint64            to_ms,
                                                    FareBucketFunc    func,
                                                    gpointer          user_data,
                                                    GError          **error);

/**
 * fare_index_reader_foreach_cells:
 *
 * As fare_index_reader_foreach_bucket(), for those who have to be quick: calls @func with cells of
 * one UTC day at a time, in the order of fare_cell_compare().  A day may come twice, with other
 * events: at the edges of the span.
 */
gboolean         fare_index_reader_foreach_cells   (FareIndexReader  *self,
                                                    gint64            from_ms,
                                                    gint64            to_ms,
                                                    FareCellsFunc     func,
                                                    gpointer          user_data,
                                                    GError          **error);

/**
 * fare_index_reader_get_floor:
 * @band: of a #FareCell
 *
 * Returns: the prompt_floor of #FareBucket
 */
gint64           fare_index_reader_get_floor       (FareIndexReader  *self,
                                                    guint             band);

/* What the numbers of a #FareCell stand for; texts belong to the reader, "" when there is none. */
const FareModelInfo   *fare_index_reader_get_model   (FareIndexReader  *self,
                                                      guint32           number);
const FareSessionInfo *fare_index_reader_get_session (FareIndexReader  *self,
                                                      guint32           number);
const char      *fare_index_reader_get_client      (FareIndexReader  *self,
                                                    guint32           number);
const char      *fare_index_reader_get_project     (FareIndexReader  *self,
                                                    guint32           number);
const char      *fare_index_reader_get_branch      (FareIndexReader  *self,
                                                    guint32           number);

/**
 * fare_index_reader_get_machine:
 * @branch: number of a branch: the index tells it apart by machine
 *
 * Returns: (transfer none): the machine
 */
const FareMachine *fare_index_reader_get_machine   (FareIndexReader  *self,
                                                    guint32           branch);

/**
 * fare_index_reader_find_branch:
 *
 * Returns: the number that stands for all branches of the same name, whatever the machine
 */
guint32          fare_index_reader_find_branch     (FareIndexReader  *self,
                                                    guint32           branch);

/**
 * fare_index_reader_get_machines:
 *
 * Returns: (transfer none) (element-type FareMachine): see fare_machines_load()
 */
const GPtrArray *fare_index_reader_get_machines    (FareIndexReader  *self);

/**
 * fare_index_reader_load_sharing:
 * @sharing: (out): cleared with fare_sharing_clear()
 */
gboolean         fare_index_reader_load_sharing    (FareIndexReader  *self,
                                                    FareSharing      *sharing,
                                                    GError          **error);

/* Where a log file is or was; another machine's has its name in front.  Lasts as long as @self. */
const char      *fare_index_reader_get_path        (FareIndexReader  *self,
                                                    guint32           file);

/**
 * fare_index_reader_load_sessions:
 *
 * Gets all sessions at once, before fare_index_reader_get_session() is asked for many.
 */
gboolean         fare_index_reader_load_sessions   (FareIndexReader  *self,
                                                    GError          **error);

/**
 * fare_index_reader_find_uid:
 * @uid: a client's session id
 * @sessions: (element-type guint32): array to append to
 *
 * Finds the numbers of the sessions with that id, one per client that has it.
 *
 * Returns: %FALSE with @error when the index could not be read
 */
gboolean         fare_index_reader_find_uid        (FareIndexReader  *self,
                                                    const char       *uid,
                                                    GArray           *sessions,
                                                    GError          **error);

/**
 * fare_index_reader_count_sessions:
 *
 * Returns: a number above that of every session; 0 when they are damaged
 */
guint32          fare_index_reader_count_sessions  (FareIndexReader  *self);

/**
 * fare_index_reader_get_place:
 * @session: number of a session
 * @client: (out): number of its client
 * @project: (out): number of its project, 0 when unknown
 *
 * Tells where a session belongs, without its texts: much quicker than
 * fare_index_reader_get_session().
 *
 * Returns: %FALSE with @error when there is no such session
 */
gboolean         fare_index_reader_get_place       (FareIndexReader  *self,
                                                    guint32           session,
                                                    guint32          *client,
                                                    guint32          *project,
                                                    GError          **error);

/**
 * fare_index_reader_foreach_event:
 * @session: (nullable): only this session's events
 *
 * Calls @func for every counted event of the span, oldest first.
 */
gboolean         fare_index_reader_foreach_event   (FareIndexReader  *self,
                                                    gint64            from_ms,
                                                    gint64            to_ms,
                                                    const FareSessionInfo *session,
                                                    FareEventFunc     func,
                                                    gpointer          user_data,
                                                    GError          **error);

/**
 * fare_index_reader_foreach_row:
 * @session: number of a session
 *
 * As fare_index_reader_foreach_event(), of one session and without texts.
 */
gboolean         fare_index_reader_foreach_row     (FareIndexReader  *self,
                                                    gint64            from_ms,
                                                    gint64            to_ms,
                                                    guint32           session,
                                                    FareRowFunc       func,
                                                    gpointer          user_data,
                                                    GError          **error);

/**
 * fare_index_reader_foreach_copy:
 *
 * Calls @func for every stored row of the span that is not counted, with the reason.
 */
gboolean         fare_index_reader_foreach_copy    (FareIndexReader  *self,
                                                    gint64            from_ms,
                                                    gint64            to_ms,
                                                    FareCopyFunc      func,
                                                    gpointer          user_data,
                                                    GError          **error);

/**
 * fare_index_reader_foreach_session:
 *
 * Calls @func for every session that has at least one counted event.
 */
gboolean         fare_index_reader_foreach_session (FareIndexReader  *self,
                                                    FareSessionFunc   func,
                                                    gpointer          user_data,
                                                    GError          **error);

/**
 * fare_index_reader_foreach_file:
 *
 * Calls @func for every log file of this machine that the index knows, in path order.
 */
gboolean         fare_index_reader_foreach_file    (FareIndexReader  *self,
                                                    FareFileFunc      func,
                                                    gpointer          user_data,
                                                    GError          **error);

/**
 * fare_index_reader_get_last_scan:
 *
 * Returns: UTC milliseconds of the end of the last complete scan, 0 if there was none
 */
gint64           fare_index_reader_get_last_scan   (FareIndexReader  *self);

/**
 * fare_index_reader_get_scan_time:
 *
 * Returns: milliseconds that the last scan of everything took, 0 when that is not known
 */
gint64           fare_index_reader_get_scan_time   (FareIndexReader  *self);

/**
 * fare_index_reader_get_span:
 *
 * Tells the quarter hours of the first and the last bucket.
 *
 * Returns: %FALSE when the index is empty
 */
gboolean         fare_index_reader_get_span        (FareIndexReader  *self,
                                                    gint64           *first_quarter,
                                                    gint64           *last_quarter);

/**
 * fare_index_reader_take_corrupt:
 *
 * Says that the file is damaged, for whoever is handed numbers that lead nowhere.
 *
 * Returns: %FALSE always
 */
gboolean         fare_index_reader_take_corrupt    (FareIndexReader  *self,
                                                    GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareIndexReader, fare_index_reader_free)

G_END_DECLS
