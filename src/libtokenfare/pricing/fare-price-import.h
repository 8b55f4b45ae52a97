/* fare-price-import.h
 *
 * Takes prices over from another file into the user's: one of our own format, or the
 * flat database of Tokdash (one rate per model, no dates).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pricing/fare-price-edit.h"

G_BEGIN_DECLS

/* What became of a file's entries.  Start with zeros. */
typedef struct
{
  guint      n_taken;
  guint      n_same;   /* say what the shipped table says, and were left out */
  GPtrArray *problems; /* of char *: translated sentences about entries that were left out */
} FarePriceImport;

/**
 * fare_price_import:
 * @edit: what the prices are added to; it is not saved
 * @path: the file
 * @now_ms: UTC milliseconds
 * @report: (out): what happened; to be cleared in any case
 *
 * An entry that says what the shipped table says is left out, so that later shipped prices are
 * not held back.  Of a flat file's entry the shipped one gives the names and modes, the file the
 * rates, without beginning; a missing cache read is 10 % of input and a missing cache write the
 * input rate, as Tokdash has it.
 *
 * Returns: %FALSE with a #FarePriceError when nothing was taken over because the file cannot be
 *   used or its entries do not go with those of the user
 */
gboolean fare_price_import       (FarePriceEdit    *edit,
                                  const char       *path,
                                  gint64            now_ms,
                                  FarePriceImport  *report,
                                  GError          **error);
void     fare_price_import_clear (FarePriceImport  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FarePriceImport, fare_price_import_clear)

G_END_DECLS
