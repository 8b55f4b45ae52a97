/* fare-fold-box.h
 *
 * Lays out its children side by side where all of them have the width they would like, and below
 * each other where not: what has room depends on the language and the size of text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Side by side, room that is left over goes to children that expand. */
#define FARE_TYPE_FOLD_BOX (fare_fold_box_get_type ())
G_DECLARE_FINAL_TYPE (FareFoldBox, fare_fold_box, FARE, FOLD_BOX, GtkBox)

G_END_DECLS
