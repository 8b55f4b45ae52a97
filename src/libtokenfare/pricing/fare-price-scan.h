/* fare-price-scan.h
 *
 * A quick look over a price file that tells where things stand in it, without reading
 * what they say.  Only for files in which nothing is unusual; it refuses all others,
 * and then the file is to be read as a whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-pull.h"
#include "pricing/fare-sellers.h"

G_BEGIN_DECLS

/* A name of an entry. */
typedef struct
{
  FareSpan text;  /* in the file; as fare_model_name_normalise() would leave it */
  guint    entry; /* its position in entries */
  gboolean is_id; /* else an alias */
} FarePriceName;

typedef struct
{
  FareSpan     updated;    /* empty when the file does not state it */
  GArray      *entries;    /* of FareSpan: objects, in the file's order */
  GArray      *names;      /* of FarePriceName */
  GArray      *thresholds; /* of gint64: prompt sizes of tiers and limits, in any order */
  FareSellers *sellers;
} FarePriceScan;

/**
 * fare_price_scan_run:
 * @self: (out): to be cleared in any case
 * @text: must outlive @self
 *
 * Returns: %FALSE when anything in the file is unusual: another schema, damage, a removal, names
 *   that are not plain
 */
gboolean fare_price_scan_run   (FarePriceScan *self,
                                const char    *text,
                                gsize          length);
void     fare_price_scan_clear (FarePriceScan *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FarePriceScan, fare_price_scan_clear)

G_END_DECLS
