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
typedef struct _FareView
{
  FareMeter       *meter;
  FarePriceBook   *prices;
  FareIndexReader *reader;
  gboolean         has_output; /* a part of the answer is out and cannot be taken back */
} FareView;

/* Asks the snapshot and prints the answer.  @user_data: the command's. */
typedef gboolean (*FareViewFunc) (FareView  *view,
                                  gpointer   user_data,
                                  GError   **error);

/**
 * fare_view_ask:
 * @func: asks and prints; FALSE with @error when the snapshot could not be read.  It is called a
 *   second time when the index turned out to be damaged and nothing had been printed yet, on what
 *   the logs alone say.
 *
 * Opens the view and hands it to @func; says on standard error what went wrong.
 */
FareExit fare_view_ask   (FareViewFunc  func,
                          gpointer      user_data);

/**
 * fare_view_begin_output:
 *
 * To be called by @func before it prints the first part of an answer it has not read to the end.
 */
void     fare_view_begin_output (FareView *self);

/**
 * fare_view_open:
 *
 * Opens the meter, reads what is new in the logs, showing progress on standard error when that
 * takes a while, says there in one sentence what the user should know, and takes the snapshot.
 */
gboolean fare_view_open  (FareView *self,
                          GError  **error);
void     fare_view_clear (FareView *self);

/**
 * fare_view_explain_empty:
 *
 * Prints on standard output that nothing fits what was asked; where there is no use at all, where it
 * was looked for.
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
