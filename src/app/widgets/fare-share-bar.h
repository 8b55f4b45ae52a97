/* fare-share-bar.h
 *
 * A share from 0 to 1 as a slim bar, as large as the style sheet says.  Decoration: the
 * figures stand beside it.
 *
 * Properties: "fraction" and "slot", a slot of the palette.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_SHARE_BAR (fare_share_bar_get_type ())
G_DECLARE_FINAL_TYPE (FareShareBar, fare_share_bar, FARE, SHARE_BAR, GtkWidget)

G_END_DECLS
