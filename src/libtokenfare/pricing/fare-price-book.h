/* fare-price-book.h
 *
 * The shipped price table with the user's edits over it, and the one function that
 * turns tokens into money.  A price belongs to a date; a name matches exactly or has
 * no price; unpriced is a state of its own and never zero.  Its answers never change,
 * so any thread may ask it; reload makes a new one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "base/fare-modes.h"
#include "base/fare-usage.h"
#include "pricing/fare-rates.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_PRICE_ERROR_READ,      /* the file cannot be read or written */
  FARE_PRICE_ERROR_SYNTAX,    /* not JSON; the message names the line */
  FARE_PRICE_ERROR_SCHEMA,    /* not a price file, or one of a newer schema */
  FARE_PRICE_ERROR_VALUE      /* an entry or edit breaks a rule; the message names it */
} FarePriceError;

#define FARE_PRICE_ERROR (fare_price_error_quark ())
GQuark fare_price_error_quark (void);

/* Why a name or an event has no price (pricing/README.md). */
typedef enum
{
  FARE_UNPRICED_NOT = 0,             /* it has one */
  FARE_UNPRICED_EMPTY,
  FARE_UNPRICED_MALFORMED,
  FARE_UNPRICED_NO_ENTRY,
  FARE_UNPRICED_UNKNOWN_PREFIX,
  FARE_UNPRICED_PROVIDER_CONFLICT,
  FARE_UNPRICED_UNKNOWN_SUFFIX,
  FARE_UNPRICED_SUFFIX_NOT_ACCEPTED,
  FARE_UNPRICED_OPAQUE_ARN,
  FARE_UNPRICED_UNKNOWN_REGION_PRICE,
  FARE_UNPRICED_UNKNOWN_HOST_PRICE,
  FARE_UNPRICED_UNPRICED_ENTRY,
  FARE_UNPRICED_BEFORE_FIRST_PRICE
} FareUnpriced;

/**
 * fare_unpriced_to_id:
 *
 * Returns: the reason's stable name in machine output ("no-entry"), static; %NULL for
 *   %FARE_UNPRICED_NOT
 */
const char *fare_unpriced_to_id       (FareUnpriced reason);

/**
 * fare_unpriced_to_sentence:
 *
 * Returns: the reason as a translated sentence, static
 */
const char *fare_unpriced_to_sentence (FareUnpriced reason);

typedef struct _FarePriceBook  FarePriceBook;
typedef struct _FarePriceEntry FarePriceEntry; /* one model of the table; belongs to the book */

/* Where a logged name leads.  Pure: the same book gives the same answer. */
typedef struct
{
  const FarePriceEntry *entry;  /* (nullable): NULL when nothing matches */
  FareModes             modes;  /* modes the name itself switches on */
  FareUnpriced          reason; /* FARE_UNPRICED_NOT when the entry prices it */
} FarePriceMatch;

typedef struct
{
  double       usd;             /* USD, unrounded; 0 when unpriced */
  FareUnpriced reason;          /* FARE_UNPRICED_NOT when usd is a price */
  gboolean     is_estimate;     /* market or estimated price, or a mode the entry lacks */
} FarePrice;

/**
 * fare_price_book_load:
 * @shipped_path: the shipped models.json
 * @user_path: (nullable): the user's own price file; it need not exist
 * @warning: (out) (optional) (nullable): a translated sentence when the user's file is broken
 *   (it is then kept and ignored) or single entries of it were rejected.  Entries of the
 *   shipped table are read at their first use; fare_price_book_get_problems() checks them all
 *
 * Returns: (transfer full): the book, or %NULL with @error when the shipped table cannot be read
 */
FarePriceBook *fare_price_book_load           (const char            *shipped_path,
                                               const char            *user_path,
                                               char                 **warning,
                                               GError               **error) G_GNUC_WARN_UNUSED_RESULT;
FarePriceBook *fare_price_book_ref            (FarePriceBook         *self);
void           fare_price_book_unref          (FarePriceBook         *self);

/**
 * fare_price_book_match:
 * @provider: (nullable): provider as logged beside the model
 * @name: model name as logged
 *
 * Results are remembered inside the book (thread-safe).
 */
FarePriceMatch fare_price_book_match          (FarePriceBook         *self,
                                               const char            *provider,
                                               const char            *name);

/**
 * fare_price_book_cost:
 * @match: result of fare_price_book_match()
 * @modes: modes the log states; those of the name come on top
 * @prompt_size: tokens of one request's prompt, which select the context tier
 * @time_ms: UTC milliseconds of the request
 * @usage: tokens; of a single request, or the sum of requests that share everything above
 *
 * Returns: the price in USD, or the reason why there is none
 */
FarePrice      fare_price_book_cost           (FarePriceBook         *self,
                                               const FarePriceMatch  *match,
                                               FareModes              modes,
                                               gint64                 prompt_size,
                                               gint64                 time_ms,
                                               const FareUsage       *usage);

/* The price of requests of one kind at one time. */
typedef struct
{
  FareRatesAt  at;              /* when @reason is FARE_UNPRICED_NOT */
  FareUnpriced reason;
  gboolean     is_estimate;
} FarePriceRates;

/**
 * fare_price_book_find_rates:
 * @rates: (out): belongs to @self
 *
 * The half of fare_price_book_cost() that does not depend on tokens, for those who add up many.
 */
void           fare_price_book_find_rates     (FarePriceBook         *self,
                                               const FarePriceMatch  *match,
                                               FareModes              modes,
                                               gint64                 prompt_size,
                                               gint64                 time_ms,
                                               FarePriceRates        *rates);

/**
 * fare_price_rates_cost:
 *
 * Returns: the price of @usage, as fare_price_book_cost() has it
 */
FarePrice      fare_price_rates_cost          (const FarePriceRates  *rates,
                                               const FareUsage       *usage);

/**
 * fare_price_book_is_steady:
 * @from_ms: start, UTC milliseconds
 * @to_ms: end, exclusive
 *
 * Tells whether one price holds for @match during the whole span, that is: no dated segment and
 * no time-of-day window begins or ends strictly inside it.
 */
gboolean       fare_price_book_is_steady      (FarePriceBook         *self,
                                               const FarePriceMatch  *match,
                                               gint64                 from_ms,
                                               gint64                 to_ms);

/**
 * fare_price_book_get_thresholds:
 * @n_thresholds: (out): how many
 *
 * Returns: (transfer none): every prompt size in tokens above which some price or mode changes,
 *   ascending, without repeats
 */
const gint64  *fare_price_book_get_thresholds (FarePriceBook         *self,
                                               guint                 *n_thresholds);

/**
 * fare_price_book_get_updated:
 *
 * Returns: date of the newest evidence in the shipped table, "YYYY-MM-DD"
 */
const char    *fare_price_book_get_updated    (FarePriceBook         *self);

/* The model of an entry: its id, its name for people, and who offers it; all are the entry's. */
const char    *fare_price_entry_get_id        (const FarePriceEntry  *self);
const char    *fare_price_entry_get_name      (const FarePriceEntry  *self);
const char    *fare_price_entry_get_provider  (const FarePriceEntry  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePriceBook, fare_price_book_unref)

G_END_DECLS
