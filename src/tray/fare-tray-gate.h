/* fare-tray-gate.h
 *
 * Holds back what comes over the bus for a moment.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _FareTrayGate FareTrayGate;

/**
 * fare_tray_gate_new:
 *
 * Returns: (transfer full): a gate through which nothing comes in on @bus until it is freed, or for two
 *   seconds
 */
FareTrayGate *fare_tray_gate_new  (GDBusConnection *bus) G_GNUC_WARN_UNUSED_RESULT;

/* Lets everything through, in the order in which it came. */
void          fare_tray_gate_free (FareTrayGate    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareTrayGate, fare_tray_gate_free)

G_END_DECLS
