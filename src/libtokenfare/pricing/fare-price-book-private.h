/* fare-price-book-private.h
 *
 * What a book consists of, for the files that make one and that answer from it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pricing/fare-price-book.h"
#include "pricing/fare-price-catalog.h"

G_BEGIN_DECLS

struct _FarePriceBook
{
  gatomicrefcount   ref_count;

  /* Set by whoever makes the book; answering needs nothing else of this room. */
  FarePriceMatch  (*find) (FarePriceBook *self,
                           const char    *provider,
                           const char    *name);
  GDestroyNotify    free_shipped; /* (nullable) */
  gint              is_short;     /* atomic: a kept book was asked for what it lacks */

  FarePriceCatalog *shipped;      /* (nullable): none in a book that was kept */
  GPtrArray        *own;          /* of FarePriceEntry, all of the user's file */
  GHashTable       *own_keys;     /* comparison key to FarePriceEntry of the user's */
  GHashTable       *hidden;       /* comparison keys of ids: shipped entries not in force */
  GArray           *thresholds;   /* of gint64, ascending */
  GPtrArray        *own_problems; /* of char * */

  GMutex            mutex;        /* guards what follows */
  GHashTable       *matches;      /* provider and name to FarePriceMatch */
  GPtrArray        *entries;      /* (nullable): all in force, by id; made when asked for */
  GPtrArray        *problems;     /* (nullable): of char *, NULL at the end; likewise */
};

/**
 * fare_price_book_new:
 *
 * Returns: (transfer full): a book without prices, whose @find is to be set
 */
FarePriceBook *fare_price_book_new (void);

G_END_DECLS
