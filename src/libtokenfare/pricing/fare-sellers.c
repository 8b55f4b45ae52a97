/* fare-sellers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-sellers.h"

#include "pricing/fare-model-name.h"

typedef struct
{
  FareSellerKind  kind;
  char           *detail;
} Seller;

struct _FareSellers
{
  GHashTable *by_name; /* normalised spelling to Seller */
};

static void
seller_free (gpointer data)
{
  Seller *self = data;

  g_free (self->detail);
  g_free (self);
}

FareSellers *
fare_sellers_new (void)
{
  FareSellers *self = g_new0 (FareSellers, 1);

  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, seller_free);
  return self;
}

void
fare_sellers_free (FareSellers *self)
{
  g_hash_table_unref (self->by_name);
  g_free (self);
}

void
fare_sellers_add (FareSellers    *self,
                  FareSellerKind  kind,
                  const char     *name,
                  const char     *detail)
{
  Seller *seller = g_new0 (Seller, 1);

  seller->kind = kind;
  seller->detail = g_strdup (detail);
  g_hash_table_replace (self->by_name, fare_model_name_normalise (name), seller);
}

FareSellerKind
fare_sellers_find (FareSellers  *self,
                   const char   *name,
                   const char  **detail)
{
  const Seller *seller = g_hash_table_lookup (self->by_name, name);

  if (detail != NULL)
    *detail = seller != NULL ? seller->detail : NULL;
  return seller != NULL ? seller->kind : FARE_SELLER_UNKNOWN;
}
