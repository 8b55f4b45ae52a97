/* fare-log.h
 *
 * One log file as a format sees it: lines come in, rows and facts about sessions go
 * out, and a resume note says where the next pass goes on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "formats/fare-line-reader.h"
#include "formats/fare-pull.h"
#include "formats/fare-row.h"

G_BEGIN_DECLS

/* What a file can say about a session.  Of several facts of a kind the lowest rank wins, then
 * the lowest order. */
typedef enum
{
  FARE_FACT_PROJECT  = 0, /* working directory */
  FARE_FACT_TITLE    = 1,
  FARE_FACT_PARENT   = 2, /* session it was spawned or forked from */
  FARE_FACT_SUBAGENT = 3, /* text is empty: the session is a helper agent's */
  FARE_FACT_REVIEW   = 4, /* text is empty: the session is an automatic review */
  FARE_FACT_PRESENT  = 5  /* text is empty: the file holds rows of this session */
} FareFactKind;

typedef struct
{
  guint32 session; /* number in the log's string table */
  guint32 text;    /* likewise */
  guint8  kind;    /* FareFactKind */
  guint8  rank;
  gint64  order;   /* usually the byte offset; negative offsets make the last one win */
} FareFact;

typedef struct _FareLog FareLog;

/* Titles are cut to this many characters. */
#define FARE_TITLE_LENGTH 80

/* The text interned last for some purpose: most lines of a log repeat it. */
typedef struct
{
  char    text[120];
  gsize   length;
  guint32 number;
} FareMemo;

struct _FareLog
{
  /* In: what is to be read. */
  const char     *path;       /* where the file is */
  const char     *root;       /* (nullable): the root it was found under, a beginning of path */
  const char     *key;        /* its identity in the index; the path, unless a format says else */
  GBytes         *note;       /* (nullable): resume note of the last pass; NULL to begin anew */
  gint64          offset;     /* where to begin; 0 without a note */
  gint64          size;       /* bytes to read up to */
  FareLineReader *reader;
  GCancellable   *cancellable;

  /* Out. */
  GArray         *rows;       /* FareRow, numbers point into strings */
  GArray         *facts;      /* FareFact */
  GPtrArray      *strings;    /* number → text; 0 is "" */
  GHashTable     *numbers;    /* text → number */
  GBytes         *new_note;   /* set by the format */
  char           *limits;     /* (nullable): the newest usage limits, a line "MINUTES SHARE RESET" for
                                 each window: its length, used in 1/10000, UTC seconds or 0 */
  gint64          limits_ms;  /* when they were so, UTC milliseconds */
  GHashTable     *calls;      /* (nullable): set of gint64, the subs of all calls that a file with many
                                 sessions has, whether counted or not; another one was deleted there */
  gint64          newest_ms;  /* newest usable row seen in this pass, 0 if none */
  gboolean        is_fork;    /* the file is a copy of another session's history */
  gboolean        is_superseded; /* another file tells all that this one did; nothing of it is kept */
  gboolean        restart;    /* the format wants the file read from its beginning */
  gint64          lines;      /* complete lines read in this pass */
  gint64          malformed;  /* lines that are not what they should be */
  gint64          malformed_at; /* byte offset of the first of them, -1 if none */
  gint64          repeated;   /* records that carry no new use */
};

/**
 * fare_log_new:
 *
 * Returns: (transfer full): a log with nothing in it; the caller sets the "in" fields
 */
FareLog    *fare_log_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void        fare_log_free          (FareLog         *self);

/**
 * fare_log_get_relative_path:
 *
 * Returns: the path below the root the file was found under, the whole path without one
 */
const char *fare_log_get_relative_path (FareLog     *self);

/**
 * fare_log_next_line:
 * @line: (out): a complete line, blanks and NULs at its beginning cut off; never empty
 *
 * Returns: %FALSE at the end, after a failed read, or when the scan was cancelled
 */
gboolean    fare_log_next_line     (FareLog         *self,
                                    const char     **line,
                                    gsize           *length,
                                    gint64          *offset);

/**
 * fare_log_read_document:
 * @text: (out) (transfer full): the whole file; it need not end in NUL
 *
 * For files that are one JSON document, to be walked with a pull reader.
 *
 * Returns: %FALSE with @error when it cannot be read, or is larger than %FARE_LINE_LIMIT
 */
gboolean    fare_log_read_document (FareLog         *self,
                                    char           **text,
                                    gsize           *length,
                                    GError         **error);

/**
 * fare_log_malformed:
 * @offset: byte offset of the line
 *
 * Counts a line that should have been understood.
 */
void        fare_log_malformed     (FareLog         *self,
                                    gint64           offset);

/**
 * fare_log_intern:
 * @text: valid UTF-8
 *
 * Returns: the text's number in this log
 */
guint32     fare_log_intern        (FareLog         *self,
                                    const char      *text);

/**
 * fare_log_intern_span:
 * @memo: (nullable): remembers the last text, one memo for each member that repeats
 */
guint32     fare_log_intern_span   (FareLog         *self,
                                    const FareSpan  *span,
                                    FareMemo        *memo);

/**
 * fare_log_intern_model:
 *
 * Returns: the number of the pair; stored as "provider\x1fname"
 */
guint32     fare_log_intern_model  (FareLog         *self,
                                    const char      *provider,
                                    const char      *name);

/* Who makes the named model; "" when nobody knows.  The result lasts. */
typedef const char *(*FareProviderFunc) (const char *model);

/**
 * fare_log_intern_model_span:
 * @name: the model, "unknown" where it is empty
 * @find_provider: asked with the name, "" where it is empty
 * @memo: remembers the last one
 *
 * Returns: as fare_log_intern_model()
 */
guint32     fare_log_intern_model_span (FareLog          *self,
                                        const FareSpan   *name,
                                        FareProviderFunc  find_provider,
                                        FareMemo         *memo);

/* The text of a number, "" of one that there is not. */
const char *fare_log_text          (FareLog         *self,
                                    guint32          number);

/**
 * fare_log_add_row:
 *
 * Takes over a row, merged into one of the same slot where that is at hand.  A row whose counts
 * are all zero is left out; one with an absurd count is counted as malformed.
 *
 * Returns: whether the row was taken
 */
gboolean    fare_log_add_row       (FareLog         *self,
                                    const FareRow   *row);

/**
 * fare_log_add_fact:
 * @session: number of the session it is about
 * @rank: how good it is among facts of its kind, 0 for the best
 * @order: among facts of the same rank the least one holds
 * @text: number of what it says, 0 for nothing
 *
 * Notes what this file says of a session.
 */
void        fare_log_add_fact      (FareLog         *self,
                                    guint32          session,
                                    FareFactKind     kind,
                                    guint            rank,
                                    gint64           order,
                                    guint32          text);

/**
 * fare_log_add_text:
 * @text: what the fact says; a title is made one, see fare_log_intern_title()
 *
 * Like fare_log_add_fact(), with a text that is still to be interned.
 *
 * Returns: %FALSE when nothing is in @text; there is no fact then
 */
gboolean    fare_log_add_text      (FareLog         *self,
                                    guint32          session,
                                    FareFactKind     kind,
                                    guint            rank,
                                    gint64           order,
                                    const FareSpan  *text);

/**
 * fare_log_intern_title:
 *
 * Returns: the number of @span as a title: blanks collapsed, cut to %FARE_TITLE_LENGTH
 *   characters; 0 when nothing is left
 */
guint32     fare_log_intern_title  (FareLog         *self,
                                    const FareSpan  *span);

/**
 * fare_log_intern_plain_title:
 * @text: text that is no JSON; need not be valid UTF-8
 *
 * Like fare_log_intern_title().
 */
guint32     fare_log_intern_plain_title (FareLog    *self,
                                         const char *text);

/**
 * fare_log_open_note:
 * @type: the format's own, as it was left
 *
 * Returns: (transfer full) (nullable): the resume note of the last pass, default values where it is
 *   damaged; %NULL to begin anew
 */
GVariant   *fare_log_open_note     (FareLog         *self,
                                    const char      *type) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_log_leave_note:
 * @note: (transfer floating): what the next pass has to know
 */
void        fare_log_leave_note    (FareLog         *self,
                                    GVariant        *note);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareLog, fare_log_free)

G_END_DECLS
