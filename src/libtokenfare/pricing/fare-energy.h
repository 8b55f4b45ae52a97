/* fare-energy.h
 *
 * Tokens to joules, by the classes of energy.json.  An order of magnitude: no vendor
 * publishes energy per token.  Whoever shows it says "estimated".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"
#include "base/fare-usage.h"
#include "pricing/fare-price-book.h"

G_BEGIN_DECLS

/* Joules per token. */
typedef struct
{
  char   *id;      /* "large-plus" */
  char   *name;    /* "Large proprietary, Opus class", English as in the file */
  double  prefill; /* input and cache writes */
  double  cached;  /* cache reads */
  double  decode;  /* output, reasoning inside */
} FareEnergyClass;

typedef struct _FareEnergyTable FareEnergyTable;

/**
 * fare_energy_table_load:
 * @path: the shipped energy.json
 *
 * Immutable once loaded, so any thread may ask it.
 *
 * Returns: (transfer full): the table, or %NULL with a #FarePriceError
 */
FareEnergyTable       *fare_energy_table_load       (const char            *path,
                                                     GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_energy_table_load_shipped:
 *
 * Loads energy.json of the folder with the read-only data.
 */
FareEnergyTable       *fare_energy_table_load_shipped (FarePaths           *paths,
                                                     GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void                   fare_energy_table_free       (FareEnergyTable       *self);

/**
 * fare_energy_table_find:
 * @match: where the model's name leads, fare_price_book_match()
 * @model: the model's name as logged
 *
 * The class of the model's entry; without an entry that of the first rule that fits the name; else
 * "default".  A model without price has energy all the same.
 *
 * Returns: (transfer none): the class
 */
const FareEnergyClass *fare_energy_table_find       (FareEnergyTable       *self,
                                                     const FarePriceMatch  *match,
                                                     const char            *model);

/**
 * fare_energy_class_get_joules:
 *
 * Returns: (input + both cache writes) × prefill + cache read × cached + output × decode
 */
double                 fare_energy_class_get_joules (const FareEnergyClass *self,
                                                     const FareUsage       *usage);

/**
 * fare_energy_table_get_joules:
 * @provider: (nullable): as logged, for instance of a #FareSummaryRow by model
 *
 * As fare_energy_table_find() and fare_energy_class_get_joules().  Energy does not depend on time,
 * so sums of tokens of one model give the same as single requests.
 */
double                 fare_energy_table_get_joules (FareEnergyTable       *self,
                                                     FarePriceBook         *prices,
                                                     const char            *provider,
                                                     const char            *model,
                                                     const FareUsage       *usage);

/**
 * fare_energy_to_text:
 *
 * Returns: (transfer full): "3.42 Wh", "28.9 Wh" from 10 Wh, "1.31 kWh" from 1000 Wh; decimal mark
 *   of the locale
 */
char                  *fare_energy_to_text          (double                 joules) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareEnergyTable, fare_energy_table_free)

G_END_DECLS
