/* fare-cost-policy.h
 *
 * Whose word counts for a cost: the price table's or the log's.  The one place that
 * knows it per client.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_cost_policy_prefers_log:
 * @client: a client id
 *
 * Returns: %TRUE when a cost found in this client's log wins over the price table; %FALSE when it
 *   only serves where the model has no price
 */
gboolean fare_cost_policy_prefers_log (const char *client);

G_END_DECLS
