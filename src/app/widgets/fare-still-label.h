/* fare-still-label.h
 *
 * A label for figures that change while they are looked at.  Other labels ask for a new size with
 * every new text, and the whole page is laid out again, which is most of what a live update
 * costs.  This one asks only when the text would not fit where it stands.
 *
 * Properties: "label", "xalign", "wrap" and "ellipsize", as those of GtkLabel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_STILL_LABEL (fare_still_label_get_type ())
G_DECLARE_FINAL_TYPE (FareStillLabel, fare_still_label, FARE, STILL_LABEL, GtkWidget)

const char *fare_still_label_get_label (FareStillLabel *self);
void        fare_still_label_set_label (FareStillLabel *self,
                                        const char     *label);

/**
 * fare_still_label_get_n_asked:
 *
 * Returns: how often a text asked for a new size
 */
guint       fare_still_label_get_n_asked (FareStillLabel *self);

G_END_DECLS
