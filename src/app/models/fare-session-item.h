/* fare-session-item.h
 *
 * A line of the table of sessions: a session, a helper agent below the session that
 * started it, or a group of sessions.  Keeps its identity while its figures change, so
 * the line that shows it keeps focus and selection.
 *
 * A session's figures include those of the helpers below it, so that the lines one sees
 * without opening any add up to the total.  A helper's own figures are a part of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "models/fare-session-row.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_SESSION_ITEM_GROUP,
  FARE_SESSION_ITEM_SESSION,
  FARE_SESSION_ITEM_HELPER
} FareSessionItemKind;

/* What a line says. */
typedef struct
{
  FareSessionRow *row;        /* (nullable): NULL for a group */
  char           *title;      /* (nullable): of a group */
  char           *subtitle;   /* (nullable): of a group */
  FareSums        sums;       /* with helpers */
  gint64          active_ms;  /* estimated milliseconds at work, -1 while unknown */
  gint64          last_ms;    /* UTC milliseconds */
  FareDay         last_day;
  guint           n_sessions; /* of a group */
  guint           n_helpers;
} FareSessionFigures;

#define FARE_TYPE_SESSION_ITEM (fare_session_item_get_type ())
G_DECLARE_FINAL_TYPE (FareSessionItem, fare_session_item, FARE, SESSION_ITEM, GObject)

/**
 * fare_session_item_new:
 * @has_children: whether there are lines below it, which cannot change
 *
 * Returns: (transfer full): a line that says nothing yet.  Emits FareSessionItem::changed when
 *   what it says changes.
 */
FareSessionItem          *fare_session_item_new          (FareSessionItemKind  kind,
                                                          const char          *key,
                                                          gboolean             has_children) G_GNUC_WARN_UNUSED_RESULT;
FareSessionItemKind       fare_session_item_get_kind     (FareSessionItem     *self);
const char               *fare_session_item_get_key      (FareSessionItem     *self);

/**
 * fare_session_item_get_children:
 *
 * Returns: (transfer none) (nullable): the lines below it
 */
GListStore               *fare_session_item_get_children (FareSessionItem     *self);
const FareSessionFigures *fare_session_item_get_figures  (FareSessionItem     *self);

/**
 * fare_session_item_take:
 * @figures: its texts and row are taken over
 */
void                      fare_session_item_take         (FareSessionItem     *self,
                                                          FareSessionFigures  *figures);

/* Whether the lines below it are shown. */
gboolean                  fare_session_item_get_expanded (FareSessionItem     *self);
void                      fare_session_item_set_expanded (FareSessionItem     *self,
                                                          gboolean             is_expanded);

/**
 * fare_session_item_get_above:
 *
 * Returns: (transfer none) (nullable): the line it stands below
 */
FareSessionItem          *fare_session_item_get_above    (FareSessionItem     *self);
void                      fare_session_item_set_above    (FareSessionItem     *self,
                                                          FareSessionItem     *above);

/**
 * fare_session_item_compare:
 *
 * Returns: as strcmp() does, by one column ascending; 0 where it is the same or is a text
 */
int                       fare_session_item_compare      (FareSessionItem     *self,
                                                          FareSessionItem     *other,
                                                          FareSessionColumn    column);

/**
 * fare_session_item_get_text:
 *
 * Returns: (nullable): what a column of texts is sorted by; %NULL for a column of numbers
 */
const char               *fare_session_item_get_text     (FareSessionItem     *self,
                                                          FareSessionColumn    column);

G_END_DECLS
