/* fare-index-sessions-private.h
 *
 * What the parts of it share: fare-index-sessions.c looks after stored sessions,
 * fare-index-sessions-fresh.c after those that a batch is the first to name.  The latter's facts stay
 * in memory until all is known of them, so that each is stored once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-sessions.h"

G_BEGIN_DECLS

typedef struct
{
  guint32     session;
  guint32     file;
  guint8      kind;
  guint8      rank;
  gint64      order;
  const char *text;
} FareFreshFact;

/* What the facts of one session amount to. */
typedef struct
{
  guint32  client;
  guint32  project;
  guint32  parent;
  guint    flags;
  char    *title;
  gint64   first_ms; /* of its counted rows; later than last_ms without any */
  gint64   last_ms;
} FareSessionOutcome;

struct _FareSessions
{
  sqlite3       *db;
  FareNames     *names;
  FareFiles     *files;
  GHashTable    *changed;  /* sessions whose facts changed in this transaction */
  GString       *text;     /* of one fact at a time */
  GArray        *fresh_facts; /* FareFreshFact: what was said of sessions that are not in their table yet */
  GStringChunk  *fresh_texts;
  GArray        *outcomes; /* FareSessionOutcome of such sessions, as far as settled */
  GHashTable    *parents;  /* session → parent, 0 for none; as looked up so far */
  FareStatement *add_fact;
  FareStatement *find_facts;
  FareStatement *find_told;    /* sessions of a file */
  FareStatement *drop_fact;
  FareStatement *find_session;
  FareStatement *store;
  FareStatement *insert;
  FareStatement *insert_fact;
  FareStatement *span;
  FareStatement *widen;
};

/* The fact of a kind that counts, of those seen so far. */
typedef struct
{
  int      kind; /* -1: none */
  gint64   rank;
  gint64   order;
  guint32  file;
  GString *text;
} FareBestFact;

/**
 * fare_sessions_weigh:
 * @best: (inout): of the facts before; they come in the order of kind and rank
 *
 * Takes a fact into account.
 */
void     fare_sessions_weigh        (FareSessions       *self,
                                     FareBestFact       *best,
                                     FareSessionOutcome *outcome,
                                     const FareFreshFact *fact);

/**
 * fare_sessions_weigh_last:
 *
 * Has to follow the last one.
 */
void     fare_sessions_weigh_last   (FareSessions       *self,
                                     const FareBestFact *best,
                                     FareSessionOutcome *outcome);

/* Notes a fact that was read just now, and what follows from all of them. */
void     fare_sessions_add_fresh    (FareSessions       *self,
                                     const FareFreshFact *fact);
void     fare_sessions_settle_fresh (FareSessions       *self);

/**
 * fare_sessions_get_fresh:
 *
 * Returns: (transfer none): what is known of a fresh session
 */
FareSessionOutcome *fare_sessions_get_fresh (FareSessions *self,
                                             guint32       session);
void     fare_sessions_forget_fresh (FareSessions       *self);

G_END_DECLS
