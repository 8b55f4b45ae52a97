/* fare-quiet-tooltip.h
 *
 * Tooltips of figures that change while people look.  Each new text given to GTK makes it look for the
 * pointer again, wherever that is, and start over with whatever tooltip is about to be shown; here
 * the text is only kept until it is asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_quiet_tooltip_set:
 * @text: (nullable): %NULL for none
 */
void        fare_quiet_tooltip_set (GtkWidget  *widget,
                                    const char *text);

/**
 * fare_quiet_tooltip_get:
 *
 * Returns: (transfer none) (nullable): what was set
 */
const char *fare_quiet_tooltip_get (GtkWidget  *widget);

G_END_DECLS
