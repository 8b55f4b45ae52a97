/* fare-sessions-why.h
 *
 * A window that says where the number of a session comes from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-session-why.h"
#include "pages/fare-sessions-text.h"

G_BEGIN_DECLS

#define FARE_TYPE_SESSIONS_WHY (fare_sessions_why_get_type ())
G_DECLARE_FINAL_TYPE (FareSessionsWhy, fare_sessions_why, FARE, SESSIONS_WHY, AdwWindow)

/**
 * fare_sessions_why_open:
 * @parent: the window to be modal for
 * @title: the session's
 * @client: the client's id
 * @uids: the sessions that the number is made of
 * @from_ms: UTC milliseconds, inclusive
 * @to_ms: exclusive
 * @models: (nullable): the number is of these models alone
 * @machines: (nullable): and of these machines
 *
 * Returns: (transfer none): the window, which is shown and fills itself
 */
FareSessionsWhy *fare_sessions_why_open     (GtkWindow          *parent,
                                             FareMeter          *meter,
                                             const char         *title,
                                             const char         *client,
                                             const char * const *uids,
                                             gint64              from_ms,
                                             gint64              to_ms,
                                             const char * const *models,
                                             const char * const *machines,
                                             gboolean            hide_amounts);

/**
 * fare_sessions_why_get_answer:
 *
 * Returns: (transfer none) (nullable): what is shown; %NULL while it is being read
 */
const FareSessionWhy *fare_sessions_why_get_answer (FareSessionsWhy *self);

G_END_DECLS
