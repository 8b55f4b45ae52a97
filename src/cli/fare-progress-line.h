/* fare-progress-line.h
 *
 * Tells on standard error how far a scan is, once it has taken a while: one line
 * written over and over on a terminal, one plain line elsewhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "scanner/fare-scanner.h"

G_BEGIN_DECLS

/* Start with zeros.  Used from the scanning thread, and by the caller when that has ended. */
typedef struct
{
  gint64   began;    /* monotonic time, µs */
  gboolean has_told;
} FareProgressLine;

void fare_progress_line_begin   (FareProgressLine   *self);

/**
 * fare_progress_line_show:
 * @self: a #FareProgressLine; this is a #FareProgressFunc
 */
void fare_progress_line_show    (const FareProgress *progress,
                                 gpointer            self);

/**
 * fare_progress_line_end:
 *
 * Removes the line.
 */
void fare_progress_line_end     (FareProgressLine   *self);

G_END_DECLS
