/* fare-key-tip.h
 *
 * What a tooltip says, for those who move with the keyboard: a bubble at the place where the keyboard
 * stands in a picture.  GTK shows tooltips to the pointer only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_key_tip_show:
 * @owner: the picture, mapped; it lays out no children of its own
 * @area: the place, in @owner's coordinates
 *
 * Shows @text, or moves what is shown already.
 */
void        fare_key_tip_show     (GtkWidget          *owner,
                                   const GdkRectangle *area,
                                   const char         *text);

/* Takes it away; also when there is none. */
void        fare_key_tip_hide     (GtkWidget          *owner);

/**
 * fare_key_tip_get_text:
 *
 * Returns: (nullable): what is shown
 */
const char *fare_key_tip_get_text (GtkWidget          *owner);

/* @owner is being disposed of. */
void        fare_key_tip_dispose  (GtkWidget          *owner);

G_END_DECLS
