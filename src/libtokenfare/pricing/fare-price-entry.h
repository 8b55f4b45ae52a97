/* fare-price-entry.h
 *
 * One model of the price table: its names, its rates and where they come from.
 * Immutable once read; belongs to its price book.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pricing/fare-model-name.h"
#include "pricing/fare-price-book.h"
#include "pricing/fare-rates.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_PRICE_LIST,         /* the list price of the vendor or host */
  FARE_PRICE_MARKET,       /* lowest common price of an open model; an estimate */
  FARE_PRICE_ESTIMATED,    /* derived from a reseller or another currency; an estimate */
  FARE_PRICE_SUBSCRIPTION, /* a plan's model at the price of its pay-per-token twin */
  FARE_PRICE_FREE,
  FARE_PRICE_UNPRICED,     /* a known name without a public price */
  FARE_PRICE_NONBILLABLE   /* made by the client itself */
} FarePriceStatus;

typedef enum
{
  FARE_PRICE_SHIPPED, /* as shipped */
  FARE_PRICE_CHANGED, /* the user's, in place of a shipped one */
  FARE_PRICE_OWN      /* the user's, and nothing shipped */
} FarePriceOrigin;

/**
 * fare_price_entry_read:
 * @object: an element of "models"
 * @error: %FARE_PRICE_ERROR_VALUE with the rule that is broken
 *
 * Only "id" is required; what is absent gets the plainest meaning.
 *
 * Returns: (transfer full): the entry, or %NULL with @error
 */
FarePriceEntry       *fare_price_entry_read             (JsonObject           *object,
                                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_entry_new_nameless:
 * @rates: (transfer full): taken over
 *
 * Returns: (transfer full): an entry that prices, and of which nothing else is known
 */
FarePriceEntry       *fare_price_entry_new_nameless     (FarePriceStatus       status,
                                                         const FareRates      *rates) G_GNUC_WARN_UNUSED_RESULT;
void                  fare_price_entry_free             (FarePriceEntry       *self);

/* fare_price_entry_get_id(), _get_name() and _get_provider() are in fare-price-book.h. */

/**
 * fare_price_entry_get_class:
 *
 * Returns: id of the energy class, "default" when the entry states none
 */
const char           *fare_price_entry_get_class        (const FarePriceEntry *self);
FarePriceStatus       fare_price_entry_get_status       (const FarePriceEntry *self);

/**
 * fare_price_entry_is_estimate:
 *
 * Returns: whether prices of this entry are shown with "≈"
 */
gboolean              fare_price_entry_is_estimate      (const FarePriceEntry *self);

/**
 * fare_price_entry_get_context:
 *
 * Returns: the context window in tokens; 0 when unknown
 */
gint64                fare_price_entry_get_context      (const FarePriceEntry *self);
FareSuffixes          fare_price_entry_get_accepts      (const FarePriceEntry *self);
const FareRates      *fare_price_entry_get_rates        (const FarePriceEntry *self);

/**
 * fare_price_entry_get_aliases:
 *
 * Returns: (transfer none): other names, normalised
 */
const char * const   *fare_price_entry_get_aliases      (const FarePriceEntry *self);

/**
 * fare_price_entry_get_sources:
 *
 * Returns: (transfer none): ids of the lists that agree
 */
const char * const   *fare_price_entry_get_sources      (const FarePriceEntry *self);

/**
 * fare_price_entry_get_as_of:
 *
 * Returns: (nullable): day on which the price was last seen to be true, "YYYY-MM-DD"
 */
const char           *fare_price_entry_get_as_of        (const FarePriceEntry *self);

/**
 * fare_price_entry_get_review_after:
 *
 * Returns: (nullable): day from which the price may have changed, "YYYY-MM-DD"
 */
const char           *fare_price_entry_get_review_after (const FarePriceEntry *self);

/**
 * fare_price_entry_get_note:
 *
 * Returns: (nullable): one or two sentences for the user, in English
 */
const char           *fare_price_entry_get_note         (const FarePriceEntry *self);
FarePriceOrigin       fare_price_entry_get_origin       (const FarePriceEntry *self);

/**
 * fare_price_entry_get_shipped:
 *
 * Returns: (transfer none) (nullable): the shipped entry that a changed one replaces
 */
const FarePriceEntry *fare_price_entry_get_shipped      (const FarePriceEntry *self);

/**
 * fare_price_entry_put_keys:
 * @keys: comparison key (fare_model_name_to_key()), owned, to entry
 *
 * Notes all names of the entry.
 */
void                  fare_price_entry_put_keys         (FarePriceEntry       *self,
                                                         GHashTable           *keys);

/**
 * fare_price_entry_set_origin:
 * @shipped: (nullable) (transfer none): the shipped entry it replaces
 *
 * For the price book while it loads; an entry does not change afterwards.
 */
void                  fare_price_entry_set_origin       (FarePriceEntry       *self,
                                                         FarePriceOrigin       origin,
                                                         const FarePriceEntry *shipped);

/**
 * fare_price_entry_set_class:
 *
 * For the loader, where the class a file states does not exist.
 */
void                  fare_price_entry_set_class        (FarePriceEntry       *self,
                                                         const char           *id);

/**
 * fare_price_status_to_id:
 *
 * Returns: the status as price files and machine output write it, static
 */
const char           *fare_price_status_to_id           (FarePriceStatus       status);

/**
 * fare_price_status_to_title:
 *
 * Returns: the status for people, translated, static
 */
const char           *fare_price_status_to_title        (FarePriceStatus       status);

/**
 * fare_price_origin_to_id:
 *
 * Returns: "shipped", "changed" or "own", static
 */
const char           *fare_price_origin_to_id           (FarePriceOrigin       origin);

/**
 * fare_price_origin_to_title:
 *
 * Returns: the origin for people, translated, static
 */
const char           *fare_price_origin_to_title        (FarePriceOrigin       origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePriceEntry, fare_price_entry_free)

G_END_DECLS
