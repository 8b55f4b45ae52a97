/* fare-palette.h
 *
 * Colours that canvases draw with, in the style, scheme and contrast of their display.  What
 * CSS paints takes them from libadwaita's names, which a style sets anew; the table of both is in
 * fare-style-table.c, and nothing else names a colour.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Colours that tell series apart.  A slot keeps its meaning; the shade follows the scheme. */
#define FARE_PALETTE_N_SLOTS 6
#define FARE_PALETTE_OTHER   FARE_PALETTE_N_SLOTS
#define FARE_PALETTE_ACCENT  (FARE_PALETTE_N_SLOTS + 1)

/* States of what can run out; text says the same. */
#define FARE_PALETTE_WARNING (FARE_PALETTE_N_SLOTS + 2)
#define FARE_PALETTE_ALERT   (FARE_PALETTE_N_SLOTS + 3)

/* Steps from nothing to the most, as calendars show them. */
#define FARE_PALETTE_N_LEVELS 8

/**
 * fare_palette_assign:
 * @shown: ids of the clients that are shown together, each once, the largest first
 * @slots: (out): room for @n_shown slots
 *
 * Six clients own a slot everywhere and always.  The slots of those that are not shown go to the
 * largest of the others; what is left, and whatever is no client of ours, gets
 * %FARE_PALETTE_OTHER.
 */
void     fare_palette_assign           (const char * const *shown,
                                        guint               n_shown,
                                        guint              *slots);

/**
 * fare_palette_lookup:
 * @slot: a slot, or one of the names above
 * @widget: where it is drawn, which decides what the accent colour is
 *
 * Tells the colour of @slot as of now.
 */
void     fare_palette_lookup           (guint       slot,
                                        GtkWidget  *widget,
                                        GdkRGBA    *color);

/**
 * fare_palette_lookup_level:
 * @level: 0 for no use, else 1 to 7
 * @widget: where it is drawn
 *
 * Tells the colour of @level as of now.
 */
void     fare_palette_lookup_level     (guint       level,
                                        GtkWidget  *widget,
                                        GdkRGBA    *color);

/**
 * fare_palette_needs_outline:
 *
 * Returns: whether shapes have to be outlined in the text colour (high contrast)
 */
gboolean fare_palette_needs_outline    (void);

/**
 * fare_palette_redraw_on_change:
 * @widget: a canvas
 *
 * Queues a redraw of @widget whenever style, scheme or contrast change.  A canvas that keeps what it
 * has drawn listens to FareStyle::changed itself.
 */
void     fare_palette_redraw_on_change (GtkWidget  *widget);

G_END_DECLS
