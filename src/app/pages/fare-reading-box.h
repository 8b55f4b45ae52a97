/* fare-reading-box.h
 *
 * How far the first scan has come: a bar and the number of files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "fare-meter.h"

G_BEGIN_DECLS

#define FARE_TYPE_READING_BOX (fare_reading_box_get_type ())
G_DECLARE_FINAL_TYPE (FareReadingBox, fare_reading_box, FARE, READING_BOX, GtkBox)

void fare_reading_box_show (FareReadingBox     *self,
                            const FareProgress *progress);

G_END_DECLS
