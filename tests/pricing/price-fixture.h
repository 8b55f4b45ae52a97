/* price-fixture.h
 *
 * A throwaway folder with a user's price file, and the shipped table beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pricing/fare-price-book.h"
#include "pricing/fare-price-edit.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  char *shipped; /* path of the shipped table */
  char *own;     /* path of the user's file, which does not exist yet */
} PriceFixture;

void           price_fixture_set_up    (PriceFixture *self,
                                        gconstpointer data);
void           price_fixture_tear_down (PriceFixture *self,
                                        gconstpointer data);

/* Writes the user's file; -1 as length for text. */
void           price_fixture_write     (PriceFixture *self,
                                        const char   *text,
                                        gssize        length);

/* Writes the user's file with @models as the elements of its list. */
void           price_fixture_write_models (PriceFixture *self,
                                           const char   *models);

/* Loads both files; the warning may be NULL when it is to be absent. */
FarePriceBook *price_fixture_load      (PriceFixture  *self,
                                        char         **warning);

/* 2026-11-22 */
#define PRICE_NOW G_GINT64_CONSTANT (1795305600000)

/* Opens the user's prices to change them. */
FarePriceEdit *price_fixture_open_edit (PriceFixture  *self);
void           price_edit_save         (FarePriceEdit *edit);

/* Rates that state input and output, USD per million tokens. */
FareRateCard   price_plain_card        (double         input,
                                        double         output);

/* Path of a file in the shipped pricing folder. */
char          *price_shipped_path      (const char    *name);

/* Price of @usage at @time, which is a date or RFC 3339. */
FarePrice      price_at                (FarePriceBook *book,
                                        const char    *name,
                                        FareModes      modes,
                                        const char    *time,
                                        FareUsage      usage);

/* Price of a million tokens of input, USD; a negative number when there is none. */
double         price_of_input          (FarePriceBook *book,
                                        const char    *name,
                                        const char    *time);

gint64         price_time              (const char    *text);

#define assert_usd(price, expected) g_assert_cmpfloat_with_epsilon ((price), (expected), 1e-9)

#define PRICE_TEST(path, func) \
  g_test_add (path, PriceFixture, NULL, price_fixture_set_up, func, price_fixture_tear_down)

G_END_DECLS
