/* fare-sessions-text.h
 *
 * Words and figures of the table of sessions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-session-list.h"
#include "pages/fare-sessions-look.h"

G_BEGIN_DECLS

/**
 * fare_sessions_text_column:
 *
 * Returns: the column's heading, translated; static
 */
const char *fare_sessions_text_column   (FareSessionColumn         column);

/**
 * fare_sessions_text_cell:
 *
 * Returns: (transfer full): what the cell shows; "" for nothing
 */
char       *fare_sessions_text_cell     (const FareSessionsLook   *look,
                                         FareSessionItem          *item,
                                         FareSessionColumn         column) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_text_tooltip:
 *
 * Returns: (transfer full) (nullable): exact figures, or the whole of a text that may be cut
 */
char       *fare_sessions_text_tooltip  (const FareSessionsLook   *look,
                                         FareSessionItem          *item,
                                         FareSessionColumn         column) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_text_subtitle:
 * @is_narrow: whether client and time have no columns of their own
 *
 * Returns: (transfer full): the line below the title
 */
char       *fare_sessions_text_subtitle (const FareSessionsLook   *look,
                                         FareSessionItem          *item,
                                         gboolean                  is_narrow) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_text_money:
 *
 * Returns: (transfer full): the cost, or dots where amounts are hidden; no price is said in any case
 */
char       *fare_sessions_text_money    (const FareSessionsLook   *look,
                                         const FareSums           *sums) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_text_moment:
 * @day_text: (out): "Today", "4 Mar"; "" for no time
 * @clock: (out): "14:32"
 */
void        fare_sessions_text_moment   (const FareSessionsLook   *look,
                                         gint64                    time_ms,
                                         char                    **day_text,
                                         char                    **clock);

/**
 * fare_sessions_text_time:
 *
 * Returns: (transfer full): "Today, 14:32", "4 Mar, 09:10"
 */
char       *fare_sessions_text_time     (const FareSessionsLook   *look,
                                         gint64                    time_ms) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_text_count:
 *
 * Returns: (transfer full): "12 sessions"
 */
char       *fare_sessions_text_count    (guint                     n_sessions) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_text_total:
 *
 * Returns: (transfer full): "12 sessions · 51.3M tokens · $46.70 estimated"
 */
char       *fare_sessions_text_total    (const FareSessionsLook   *look,
                                         const FareSessionTotal   *total) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_text_hidden:
 *
 * Returns: (transfer full) (nullable): "3 review sessions hidden ($0.12)"
 */
char       *fare_sessions_text_hidden   (const FareSessionsLook   *look,
                                         const FareSessionTotal   *total) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_text_csv:
 *
 * Returns: (transfer full): the session as one line of a table for programs, never translated
 */
char       *fare_sessions_text_csv      (FareSessionItem          *item) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
