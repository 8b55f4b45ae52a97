/* fare-spoken-names.h
 *
 * What GTK 4.8 leaves unsaid to a screen reader: its own arrows, close buttons, drop-downs and the rows
 * of its tables have no name there, and the name of a button with a mnemonic has the underscore in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_spoken_names_complete:
 *
 * Names @root and all its descendants as they are now.  What is made later, or is given another
 * label, is to be named again; doing so twice does no harm.
 */
void fare_spoken_names_complete     (GtkWidget *root);

/**
 * fare_spoken_names_complete_row:
 * @widget: a row of a #GtkListView, #GtkColumnView or #GtkListBox, or the expander in one, which takes
 *   the keyboard in its stead
 *
 * Names it by all that can be read in the row, in a table with the titles of the columns.
 */
void fare_spoken_names_complete_row (GtkWidget *widget);

/**
 * fare_spoken_names_follow:
 *
 * Names every window of this program a moment after it is shown, and a row of a list or table when it
 * takes the keyboard.
 */
void fare_spoken_names_follow       (void);

G_END_DECLS
