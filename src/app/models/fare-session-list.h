/* fare-session-list.h
 *
 * The lines of the table of sessions: found, grouped and sorted.  News change only the
 * lines they are about.
 *
 * A session stands in exactly one group: under its own project and client, the branch with most
 * tokens, and the day of its last response.  So groups add up to the total.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-session-data.h"
#include "models/fare-session-order.h"

G_BEGIN_DECLS

/* What is shown, and what a setting keeps from sight. */
typedef struct
{
  guint    n_sessions; /* shown, helpers included */
  FareSums sums;       /* of them */
  guint    n_hidden;   /* review sessions that are not shown */
  FareSums hidden;     /* of them */
} FareSessionTotal;

#define FARE_TYPE_SESSION_LIST (fare_session_list_get_type ())
G_DECLARE_FINAL_TYPE (FareSessionList, fare_session_list, FARE, SESSION_LIST, GObject)

FareSessionList        *fare_session_list_new         (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_list_get_model:
 *
 * Returns: (transfer none): rows of #FareSessionItem
 */
GtkTreeListModel       *fare_session_list_get_model   (FareSessionList       *self);

/**
 * fare_session_list_show:
 * @data: (nullable): what to show; %NULL for nothing
 */
void                    fare_session_list_show        (FareSessionList       *self,
                                                       const FareSessionData *data);

/**
 * fare_session_list_set_times:
 * @times: (nullable): from fare_session_times_load()
 */
void                    fare_session_list_set_times   (FareSessionList       *self,
                                                       GHashTable            *times);

/**
 * fare_session_list_set_search:
 * @text: all of its words have to occur; "" finds everything
 */
void                    fare_session_list_set_search  (FareSessionList       *self,
                                                       const char            *text);
void                    fare_session_list_set_reviews (FareSessionList       *self,
                                                       gboolean               are_shown);
void                    fare_session_list_set_group   (FareSessionList       *self,
                                                       FareSessionGroup       group);
void                    fare_session_list_set_sort    (FareSessionList       *self,
                                                       FareSessionColumn      column,
                                                       gboolean               is_descending);

/**
 * fare_session_list_pin:
 * @item: (nullable): a line to be left in its place: when the order changes, others move around it
 */
void                    fare_session_list_pin         (FareSessionList       *self,
                                                       FareSessionItem       *item);
const FareSessionTotal *fare_session_list_get_total   (FareSessionList       *self);

/**
 * fare_session_list_touch:
 *
 * Has all lines shown anew, because the same figures now read otherwise.
 */
void                    fare_session_list_touch       (FareSessionList       *self);

/**
 * fare_session_list_find:
 *
 * Returns: (transfer none) (nullable): the line of a session
 */
FareSessionItem        *fare_session_list_find        (FareSessionList       *self,
                                                       const char            *session_key);

G_END_DECLS
