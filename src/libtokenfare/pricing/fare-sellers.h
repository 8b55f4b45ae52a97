/* fare-sellers.h
 *
 * Who a part of a model name may be: a vendor, a gateway that passes the vendor's
 * price through, a host with prices of its own, or a server on this machine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FARE_SELLER_UNKNOWN,
  FARE_SELLER_VENDOR,  /* detail: the vendor's id */
  FARE_SELLER_GATEWAY, /* detail: namespace of its own prices, or NULL */
  FARE_SELLER_HOST,    /* detail: namespace of its prices */
  FARE_SELLER_LOCAL    /* no detail */
} FareSellerKind;

typedef struct _FareSellers FareSellers;

FareSellers   *fare_sellers_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void           fare_sellers_free (FareSellers    *self);

/**
 * fare_sellers_add:
 * @name: a spelling, in any case
 * @detail: (nullable): as #FareSellerKind says
 *
 * What was said last about a spelling holds.
 */
void           fare_sellers_add  (FareSellers    *self,
                                  FareSellerKind  kind,
                                  const char     *name,
                                  const char     *detail);

/**
 * fare_sellers_find:
 * @name: a normalised name
 * @detail: (out) (optional) (nullable): as #FareSellerKind says; belongs to @self
 */
FareSellerKind fare_sellers_find (FareSellers    *self,
                                  const char     *name,
                                  const char    **detail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSellers, fare_sellers_free)

G_END_DECLS
