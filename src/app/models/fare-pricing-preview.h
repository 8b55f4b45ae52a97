/* fare-pricing-preview.h
 *
 * What taking prices over from another file would change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-meter.h"
#include "pricing/fare-price-edit.h"

G_BEGIN_DECLS

/* One model that would have other prices. */
typedef struct
{
  char *id;
  char *name;
  char *detail; /* "Input 5.00 → 6.00, output 25.00 → 30.00", or the prices of a new model */
} FarePricingDiff;

typedef struct
{
  char      *path;
  GPtrArray *diffs;    /* of FarePricingDiff, by id */
  guint      n_same;   /* entries that would change nothing */
  GStrv      problems; /* what would be left out, in sentences */
} FarePricingPreview;

/**
 * fare_pricing_preview_async:
 * @path: the file to take prices from
 *
 * Nothing is changed.
 */
void                fare_pricing_preview_async  (FareMeter            *meter,
                                                 const char           *path,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
FarePricingPreview *fare_pricing_preview_finish (GAsyncResult         *result,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void                fare_pricing_preview_free   (FarePricingPreview   *self);

/**
 * fare_pricing_preview_apply:
 * @path: the file, a string
 *
 * A #FarePricingEditFunc that takes the prices over.
 */
gboolean            fare_pricing_preview_apply  (FarePriceEdit        *edit,
                                                 gpointer              path,
                                                 GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePricingPreview, fare_pricing_preview_free)

G_END_DECLS
