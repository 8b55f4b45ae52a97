/* fare-line-numbers.h
 *
 * The numbers of the lines beside a text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_LINE_NUMBERS (fare_line_numbers_get_type ())
G_DECLARE_FINAL_TYPE (FareLineNumbers, fare_line_numbers, FARE, LINE_NUMBERS, GtkWidget)

/**
 * fare_line_numbers_attach:
 * @view: a text view
 *
 * Puts numbers into the left gutter of @view.
 */
void fare_line_numbers_attach (GtkTextView *view);

G_END_DECLS
