/* fare-pricing-change.h
 *
 * Changes to the user's price file, off the main thread.  Every change can be taken back: the
 * file then is what it was, to the last byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-meter.h"
#include "pricing/fare-price-edit.h"

G_BEGIN_DECLS

/* What the file held before a change and after it. */
typedef struct
{
  char   *path;
  GBytes *before; /* (nullable): NULL when there was no file */
  GBytes *after;  /* (nullable) */
} FarePricingUndo;

void             fare_pricing_undo_free      (FarePricingUndo      *self);

/* Runs in a worker thread.  Returns FALSE with the error set when nothing is to be saved. */
typedef gboolean (*FarePricingEditFunc) (FarePriceEdit  *edit,
                                         gpointer        data,
                                         GError        **error);

/**
 * fare_pricing_change_async:
 * @func: what to change
 * @data: for @func
 * @free_data: (nullable): frees @data
 *
 * Opens the files, changes, saves, and has the meter load the prices again.
 */
void             fare_pricing_change_async   (FareMeter            *meter,
                                              FarePricingEditFunc   func,
                                              gpointer              data,
                                              GDestroyNotify        free_data,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);

/**
 * fare_pricing_write_async:
 * @contents: (nullable): what the file is to hold; %NULL to take it away
 * @expected: (nullable): what it has to hold before; %NULL for no file
 *
 * The same with a text that is taken as it is.
 */
void             fare_pricing_write_async    (FareMeter            *meter,
                                              GBytes               *contents,
                                              GBytes               *expected,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);

/**
 * fare_pricing_undo_async:
 *
 * Puts back what was before, unless the file is no longer what the change made of it.
 */
void             fare_pricing_undo_async     (FareMeter             *meter,
                                              const FarePricingUndo *undo,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);

/**
 * fare_pricing_change_finish:
 *
 * Ends any of the three.
 *
 * Returns: (transfer full): how to take the change back, or %NULL with @error set
 */
FarePricingUndo *fare_pricing_change_finish  (GAsyncResult         *result,
                                              GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_change_read:
 * @path: the user's price file
 * @contents: (out) (transfer full) (nullable): what it holds; %NULL when there is no file
 *
 * For worker threads.
 *
 * Returns: %FALSE with @error when it is there and cannot be read
 */
gboolean         fare_pricing_change_read    (const char           *path,
                                              GBytes              **contents,
                                              GError              **error);

/**
 * fare_pricing_change_open:
 *
 * Opens the files of @meter for a change.  For worker threads.
 *
 * Returns: (transfer full): an edit, or %NULL with @error set
 */
FarePriceEdit   *fare_pricing_change_open    (FareMeter            *meter,
                                              GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePricingUndo, fare_pricing_undo_free)

G_END_DECLS
