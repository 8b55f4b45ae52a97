/* fare-button-row.h
 *
 * Buttons in a row that share what room there is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_button_row_allow_short:
 * @row: with buttons somewhere in it
 *
 * Lets the words on the buttons be cut where they have no room, so that a language with longer words
 * does not make the window wider.  They are whole to a screen reader.
 */
void fare_button_row_allow_short (GtkWidget *row);

G_END_DECLS
