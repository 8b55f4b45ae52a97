/* fare-price-catalog.h
 *
 * The entries of the shipped price table, found by name and read at their first use: a
 * program that runs for a moment prices a handful of models and need not read all.
 * One catalog may be asked by any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pricing/fare-price-entry.h"
#include "pricing/fare-sellers.h"

G_BEGIN_DECLS

typedef struct _FarePriceCatalog FarePriceCatalog;

/**
 * fare_price_catalog_load:
 * @path: the shipped models.json
 * @classes_path: the shipped energy.json; it need not exist
 *
 * Only looks for names.  A file in which anything is unusual is read to the last value, as
 * fare_price_file_load() does.
 *
 * Returns: (transfer full): the catalog, or %NULL with a #FarePriceError when the file cannot be
 *   used
 */
FarePriceCatalog     *fare_price_catalog_load           (const char        *path,
                                                         const char        *classes_path,
                                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void                  fare_price_catalog_free           (FarePriceCatalog  *self);

/**
 * fare_price_catalog_find:
 * @key: comparison key of an id or alias, fare_model_name_to_key()
 *
 * Returns: (transfer none) (nullable): the entry; %NULL when there is none or it breaks a rule
 */
const FarePriceEntry *fare_price_catalog_find           (FarePriceCatalog  *self,
                                                         const char        *key);

/**
 * fare_price_catalog_find_id:
 * @key: comparison key of an id; aliases are not looked at
 */
const FarePriceEntry *fare_price_catalog_find_id        (FarePriceCatalog  *self,
                                                         const char        *key);

/**
 * fare_price_catalog_list:
 *
 * Reads the whole file.
 *
 * Returns: (transfer none) (element-type FarePriceEntry): all entries, in the file's order
 */
const GPtrArray      *fare_price_catalog_list           (FarePriceCatalog  *self);

/**
 * fare_price_catalog_get_problems:
 *
 * Reads the whole file.
 *
 * Returns: (transfer none) (element-type utf8): translated sentences, one for each thing left out
 */
const GPtrArray      *fare_price_catalog_get_problems   (FarePriceCatalog  *self);

/**
 * fare_price_catalog_is_whole:
 *
 * Returns: whether the whole file has been read, so that asking for its problems costs nothing
 */
gboolean              fare_price_catalog_is_whole       (FarePriceCatalog  *self);

/**
 * fare_price_catalog_get_thresholds:
 *
 * Returns: (transfer none) (element-type gint64): prompt sizes in tokens above which prices or
 *   modes of entries change, in any order, with repeats
 */
const GArray         *fare_price_catalog_get_thresholds (FarePriceCatalog  *self);

/**
 * fare_price_catalog_get_updated:
 *
 * Returns: (nullable): "YYYY-MM-DD", as the file states it
 */
const char           *fare_price_catalog_get_updated    (FarePriceCatalog  *self);

/**
 * fare_price_catalog_get_sellers:
 *
 * Returns: (transfer none): the sellers that the file names, not to be changed before all threads
 *   may ask
 */
FareSellers          *fare_price_catalog_get_sellers    (FarePriceCatalog  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePriceCatalog, fare_price_catalog_free)

G_END_DECLS
