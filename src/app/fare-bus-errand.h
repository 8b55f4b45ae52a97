/* fare-bus-errand.h
 *
 * Calls over the bus whose answers take reading the index: worked out in a thread, sent when they are
 * there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs in a worker thread.  Returns: the reply, floating, or NULL with the error set: one that was made
 * for the bus goes there by its own name. */
typedef GVariant *(*FareBusAnswerFunc) (gpointer   errand,
                                        GError   **error);

/**
 * fare_bus_errand_run:
 * @source: (type GObject): stays alive until the answer is sent
 * @invocation: (transfer full): the call
 * @func: works the answer out
 * @errand: (transfer full): for @func
 * @errand_free: frees @errand
 */
void fare_bus_errand_run    (gpointer               source,
                             GDBusMethodInvocation *invocation,
                             FareBusAnswerFunc      func,
                             gpointer               errand,
                             GDestroyNotify         errand_free);

/**
 * fare_bus_errand_refuse:
 * @invocation: (transfer full): a call that comes when there is no index to read
 */
void fare_bus_errand_refuse (GDBusMethodInvocation *invocation);

G_END_DECLS
