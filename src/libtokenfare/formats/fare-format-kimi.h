/* fare-format-kimi.h
 *
 * Kimi CLI and its successor Kimi Code: wire files that grow line by line, with what
 * is known of their session in small JSON files around them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_kimi;

/* Ranks of titles and projects, best first. */
enum
{
  FARE_KIMI_TITLE_STATE,
  FARE_KIMI_TITLE_PROMPT
};

enum
{
  FARE_KIMI_PROJECT_STATE,
  FARE_KIMI_PROJECT_LIST,
  FARE_KIMI_PROJECT_WIRE
};

/* Where a wire file lies. */
typedef struct
{
  char     *session; /* folder of its session */
  char     *home;    /* ~/.kimi, ~/.kimi-code */
  char     *agent;   /* "main", or a helper's name */
  gboolean  is_code; /* Kimi Code's layout */
  gboolean  is_helper;
} FareKimiPlace;

/* What stands about the session beside it. */
typedef struct
{
  guint32  session;
  gint64   created_ms; /* UTC milliseconds, 0 when unknown */
  gboolean is_fork;
} FareKimiState;

/* Takes the path of a wire file apart. */
void  fare_kimi_place_init      (FareKimiPlace          *self,
                                 const char             *path);
void  fare_kimi_place_clear     (FareKimiPlace          *self);

/**
 * fare_kimi_list_companions:
 *
 * The files that fare_kimi_read_state() looks into.
 */
GStrv fare_kimi_list_companions (const char             *root,
                                 const char             *path) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_kimi_read_state:
 *
 * Adds what is known of the session as facts.
 */
void  fare_kimi_read_state      (FareLog                *log,
                                 const FareKimiPlace    *place,
                                 FareKimiState          *state);

/**
 * fare_kimi_fold:
 *
 * All rows of a cluster are one call.  The original session shows it before any fork, of forks the
 * oldest (fare-kimi-fold.c).
 */
void  fare_kimi_fold            (const FareFoldContext  *context,
                                 FareRow               **rows,
                                 guint                   n_rows);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareKimiPlace, fare_kimi_place_clear)

G_END_DECLS
