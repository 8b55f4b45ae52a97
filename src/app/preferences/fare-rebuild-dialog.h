/* fare-rebuild-dialog.h
 *
 * Asks whether to make the index anew, then does it and shows how far it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "fare-meter.h"

G_BEGIN_DECLS

#define FARE_TYPE_REBUILD_DIALOG (fare_rebuild_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FareRebuildDialog, fare_rebuild_dialog, FARE, REBUILD_DIALOG, AdwWindow)

/**
 * fare_rebuild_dialog_ask:
 * @parent: (nullable): the window the question belongs to
 *
 * Asks first.  While the index is made, @meter stands still; it goes on with the new index, or
 * with the old one when something failed.
 *
 * Returns: (transfer none): the question, an #AdwMessageDialog whose response "rebuild" begins
 */
GtkWindow *fare_rebuild_dialog_ask (GtkWindow *parent,
                                    FareMeter *meter);

G_END_DECLS
