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

G_END_DECLS
