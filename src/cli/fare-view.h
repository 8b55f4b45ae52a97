/* fare-view.h
 *
 * What a reading command looks at: the index brought up to date, the prices, and one
 * consistent moment of both.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-command.h"
#include "fare-meter.h"

G_BEGIN_DECLS

/* Start with zeros. */
typedef struct
{
  FareMeter       *meter;
  FarePriceBook   *prices;
  FareIndexReader *reader;
} FareView;

/**
 * fare_view_open:
 * @status: (out): what to return when this returns %FALSE
 *
 * Opens the meter, reads what is new in the logs, showing progress on standard error when that
 * takes a while, says there in one sentence what the user should know, and takes the snapshot.
 */
gboolean fare_view_open  (FareView *self,
                          FareExit *status);
void     fare_view_clear (FareView *self);

/**
 * fare_view_explain_empty:
 *
 * Prints on standard output that there is no use at all, and where it was looked for.
 */
void     fare_view_explain_empty (FareView *self);

/**
 * fare_view_sync:
 * @meter: an open meter
 *
 * The reading part of fare_view_open() alone.
 */
gboolean fare_view_sync          (FareMeter *meter,
                                  GError   **error);

/**
 * fare_view_tell_notice:
 *
 * Prints the meter's notice, if it has one, on standard error.
 */
void     fare_view_tell_notice   (FareMeter *meter);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareView, fare_view_clear)

G_END_DECLS
