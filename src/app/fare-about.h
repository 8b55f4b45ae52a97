/* fare-about.h
 *
 * Who made this, what is new in it, and what a report of a problem needs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "fare-meter.h"

G_BEGIN_DECLS

/**
 * fare_about_show:
 * @parent: (nullable): the window it belongs to
 * @meter: (nullable): the meter in use, if there is one
 */
void fare_about_show (GtkWindow *parent,
                      FareMeter *meter);

G_END_DECLS
