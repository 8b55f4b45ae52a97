/* fare-price-file.h
 *
 * One price file as read from disk, shipped or the user's.  A file that cannot be
 * used is refused as a whole; a bad entry is left out and named, the rest stays.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pricing/fare-price-entry.h"
#include "pricing/fare-sellers.h"

G_BEGIN_DECLS

#define FARE_PRICE_SCHEMA 1
#define FARE_PRICE_KIND "tokenfare-prices"

typedef struct
{
  char      *updated;  /* (nullable): "YYYY-MM-DD" */
  GPtrArray *entries;  /* of FarePriceEntry, in the file's order */
  GPtrArray *removed;  /* of char *: comparison keys of hidden entries */
  GPtrArray *problems; /* of char *: translated sentences, one for each thing left out */
  JsonNode  *root;     /* the document */
} FarePriceFile;

/**
 * fare_price_file_load:
 * @path: a price file
 * @classes: (nullable): set of the known energy classes; %NULL when they are not known
 *
 * Returns: (transfer full): the file, or %NULL with a #FarePriceError when it cannot be used
 */
FarePriceFile *fare_price_file_load        (const char     *path,
                                            GHashTable     *classes,
                                            GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_file_read:
 * @root: an object; must not change while the file lives
 * @path: what to call the file in sentences
 *
 * As fare_price_file_load(), of a document in memory.
 */
FarePriceFile *fare_price_file_read        (JsonNode       *root,
                                            const char     *path,
                                            GHashTable     *classes,
                                            GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void           fare_price_file_free        (FarePriceFile  *self);

/**
 * fare_price_file_add_sellers:
 *
 * Adds the file's vendors, gateways, hosts and local hosts to @sellers.
 */
void           fare_price_file_add_sellers (FarePriceFile  *self,
                                            FareSellers    *sellers);

/**
 * fare_price_file_load_classes:
 * @path: the shipped energy.json
 *
 * Returns: (transfer full) (nullable): set of the classes' ids; %NULL when the file is unusable
 */
GHashTable    *fare_price_file_load_classes (const char    *path) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePriceFile, fare_price_file_free)

G_END_DECLS
