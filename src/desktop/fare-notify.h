/* fare-notify.h
 *
 * Sends a notification where somebody shows them; on a desktop without such a service nothing happens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fare_notify_send:
 * @id: a later notification with the same id takes the place of this one
 *
 * Sends @notification in the name of @application as soon as the service is there.
 */
void fare_notify_send (GApplication  *application,
                       const char    *id,
                       GNotification *notification);

G_END_DECLS
