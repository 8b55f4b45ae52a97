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
  FareSummaryRow row;    /* sums are filled in by fare_groups_finish() */
  FareTally      tally;
  guint32        index;  /* in order of first use */
  guint32        number; /* of its session */
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
 * fare_groups_get:
 * @number: of the client, project, model or session in the index, as the group is
 *
 * Returns: (nullable): the row, if it is there already
 */
FareGroupRow *fare_groups_get           (FareGroups            *self,
                                         guint32                number);

/* Each adds the row of a thing that fare_groups_get() does not find. */
FareGroupRow *fare_groups_add_client    (FareGroups            *self,
                                         guint32                number,
                                         const char            *client);
FareGroupRow *fare_groups_add_project   (FareGroups            *self,
                                         guint32                number,
                                         const char            *path);
FareGroupRow *fare_groups_add_model     (FareGroups            *self,
                                         guint32                number,
                                         const FareModelInfo   *model);

/* Adds the group of a machine. */
FareGroupRow *fare_groups_add_machine   (FareGroups            *self,
                                         const FareMachine     *machine);

/**
 * fare_groups_add_session:
 *
 * The row is given its texts by fare_groups_name_session(), before fare_groups_finish().
 */
FareGroupRow *fare_groups_add_session   (FareGroups            *self,
                                         guint32                number);

/**
 * fare_groups_get_row:
 *
 * Returns: (nullable): the rows in order of first use, %NULL behind the last one
 */
FareGroupRow *fare_groups_get_row       (FareGroups            *self,
                                         guint                  index);

/**
 * fare_groups_name_session:
 * @session: must outlive the rows
 */
void          fare_groups_name_session  (FareGroupRow          *row,
                                         const FareSessionInfo *session);

/**
 * fare_groups_find_client_model:
 * @client: number of the client in the index
 * @number: of the model in the index
 */
FareGroupRow *fare_groups_find_client_model (FareGroups        *self,
                                         guint32                client,
                                         guint32                number,
                                         const FareModelInfo   *model,
                                         FareIndexReader       *reader);

/**
 * fare_groups_find_branch:
 * @number: of the branch in the index
 * @project: number of the project
 */
FareGroupRow *fare_groups_find_branch   (FareGroups            *self,
                                         guint32                number,
                                         guint32                project,
                                         FareIndexReader       *reader);

/**
 * fare_groups_find_time_row:
 *
 * Quick when called in the order of time.
 */
FareGroupRow *fare_groups_find_time_row (FareGroups            *self,
                                         gint64                 time_ms);

/**
 * fare_groups_find_end:
 *
 * Returns: the end of the stretch of time around @time_ms, which a single row holds; quick when
 *   called in the order of time; %G_MAXINT64 for groups without time
 */
gint64        fare_groups_find_end      (FareGroups            *self,
                                         gint64                 time_ms);

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
