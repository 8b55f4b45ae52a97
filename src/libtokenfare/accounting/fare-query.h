/* fare-query.h
 *
 * What a query's filters let through.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/**
 * fare_query_wants_session:
 *
 * Returns: whether the filters for clients, projects and sessions let @session through
 */
gboolean fare_query_wants_session (const FareQuery       *self,
                                   const FareSessionInfo *session);

/* The parts of fare_query_wants_session(). */
gboolean fare_query_wants_client  (const FareQuery       *self,
                                   const char            *client);
gboolean fare_query_wants_project (const FareQuery       *self,
                                   const char            *path);

/**
 * fare_query_wants_model:
 *
 * Returns: whether the filter for models lets @model through
 */
gboolean fare_query_wants_model   (const FareQuery       *self,
                                   const FareModelInfo   *model);

/**
 * fare_query_wants_machine:
 *
 * Returns: whether the filter for machines lets through what was used on @machine
 */
gboolean fare_query_wants_machine (const FareQuery       *self,
                                   const FareMachine     *machine);

/**
 * fare_query_wants_event:
 *
 * Returns: whether the filters let @event through; its time is not looked at
 */
gboolean fare_query_wants_event   (const FareQuery       *self,
                                   const FareEventRow    *event);

G_END_DECLS
