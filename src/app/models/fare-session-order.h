/* fare-session-order.h
 *
 * In which order and in which groups sessions stand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-session-item.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_SESSION_GROUP_NONE,
  FARE_SESSION_GROUP_PROJECT,
  FARE_SESSION_GROUP_BRANCH,
  FARE_SESSION_GROUP_CLIENT,
  FARE_SESSION_GROUP_DAY
} FareSessionGroup;

typedef struct
{
  FareSessionGroup  group;
  FareSessionColumn column;
  gboolean          is_descending;
  FareDay           today;
} FareSessionOrder;

/**
 * fare_session_order_sort:
 * @lines: (element-type FareSessionItem): all groups, or all sessions
 *
 * Sorts @lines by the column; the same twice go by time, newest first, and then by key.
 */
void  fare_session_order_sort  (const FareSessionOrder   *self,
                                GPtrArray                *lines);

/**
 * fare_session_order_name:
 * @figures: of a session
 *
 * Returns: (transfer full): the key of the group that the session belongs to
 */
char *fare_session_order_name  (const FareSessionOrder   *self,
                                const FareSessionFigures *figures) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_order_title:
 * @first: of any session of the group
 * @group: (inout): gets title and subtitle
 */
void  fare_session_order_title (const FareSessionOrder   *self,
                                const FareSessionFigures *first,
                                FareSessionFigures       *group);

G_END_DECLS
