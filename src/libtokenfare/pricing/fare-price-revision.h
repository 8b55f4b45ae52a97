/* fare-price-revision.h
 *
 * Changes to the user's prices as a form makes them: a model's name, rates and other
 * names at once, keeping everything else that its entry says; hiding a model; and
 * saying who a seller is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pricing/fare-price-edit.h"

G_BEGIN_DECLS

/* What is to be different. */
typedef struct
{
  const char         *id;       /* the model's id; a new name makes a new entry */
  const char         *name;     /* (nullable): what people call it; NULL leaves it */
  const char         *provider; /* (nullable): who makes it; NULL leaves it */
  const char * const *aliases;  /* (nullable): all other names; NULL leaves them */
  gboolean            has_card; /* whether @card and @from count */
  const char         *from;     /* (nullable): first day or moment of a price of its own; NULL changes
                                 * the price that holds at @now_ms where it stands */
  FareRateCard        card;     /* a rate that is not in card.stated is left to be filled in */
  gint64              now_ms;   /* UTC milliseconds, noted as the day of the evidence */
} FarePriceRevision;

/**
 * fare_price_edit_revise:
 * @error: %FARE_PRICE_ERROR_VALUE when the change breaks a rule; nothing is changed then
 *
 * Unlike fare_price_edit_set() it never drops what the entry says besides: prices of other times,
 * context tiers, times of day and modes stay as they are, and a price of its own takes tiers and
 * times of day over from the one it follows.  An entry that says what the shipped one says is
 * dropped, so that the shipped one holds.
 */
gboolean  fare_price_edit_revise     (FarePriceEdit           *self,
                                      const FarePriceRevision *revision,
                                      GError                 **error);

/**
 * fare_price_edit_hide:
 *
 * Takes a model out of the table: the user's entry is dropped, a shipped one is marked as
 * removed.  Its use is unpriced from then on.
 */
gboolean  fare_price_edit_hide       (FarePriceEdit           *self,
                                      const char              *id,
                                      GError                 **error);

/**
 * fare_price_edit_add_seller:
 * @kind: a gateway, a host or a local host
 * @name: how logs spell it
 * @detail: (nullable): as #FareSellerKind says
 */
gboolean  fare_price_edit_add_seller (FarePriceEdit           *self,
                                      FareSellerKind           kind,
                                      const char              *name,
                                      const char              *detail,
                                      GError                 **error);

/**
 * fare_price_edit_dup_target:
 * @provider: (nullable): as logged beside the model
 * @name: as logged
 * @seller: (out) (transfer full) (nullable): who has to be made a host first, so that the
 *   entry applies
 *
 * Returns: (transfer full) (nullable): the id of an entry that would price such use; %NULL when none can
 */
char     *fare_price_edit_dup_target (FarePriceEdit           *self,
                                      const char              *provider,
                                      const char              *name,
                                      char                   **seller) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
