/* fare-groups.h
 *
 * The rows of a summary while it is being added up: finds the row that something
 * belongs to, makes it at its first use, and puts all in order at the end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-tally.h"
#include "accounting/fare-time-group.h"

G_BEGIN_DECLS

typedef struct
{
  FareSummaryRow row;   /* sums are filled in by fare_groups_finish() */
  FareTally      tally;
  guint32        index; /* in order of first use */
} FareGroupRow;

typedef struct _FareGroups FareGroups;

/**
 * fare_groups_new:
 * @query: what is asked; must outlive the groups
 */
FareGroups   *fare_groups_new           (FareGroup              group,
                                         const FareQuery       *query) G_GNUC_WARN_UNUSED_RESULT;
void          fare_groups_free          (FareGroups            *self);

/**
 * fare_groups_find_session_row:
 *
 * For the groups that are a session's own: client, project, session.
 */
FareGroupRow *fare_groups_find_session_row
                                        (FareGroups            *self,
                                         const FareSessionInfo *session);
FareGroupRow *fare_groups_find_branch_row
                                        (FareGroups            *self,
                                         const FareSessionInfo *session,
                                         const char            *branch);
FareGroupRow *fare_groups_find_model_row
                                        (FareGroups            *self,
                                         const FareModelInfo   *model);

/**
 * fare_groups_find_time_row:
 *
 * Quick when called in the order of time.
 */
FareGroupRow *fare_groups_find_time_row (FareGroups            *self,
                                         gint64                 time_ms);

/**
 * fare_groups_contains_span:
 *
 * Returns: whether a single time row holds the span; %TRUE for groups without time
 */
gboolean      fare_groups_contains_span (FareGroups            *self,
                                         gint64                 from_ms,
                                         gint64                 to_ms);

/**
 * fare_groups_finish:
 *
 * Completes and sorts the rows.
 *
 * Returns: (transfer full) (element-type FareGroupRow): the rows
 */
GPtrArray    *fare_groups_finish        (FareGroups            *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareGroups, fare_groups_free)

G_END_DECLS
