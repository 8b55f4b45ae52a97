/* price-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "price-fixture.h"

#include <glib/gstdio.h>

#include "pricing/fare-price-time.h"

FarePriceEdit *
price_fixture_open_edit (PriceFixture *self)
{
  g_autoptr(GError) error = NULL;
  FarePriceEdit *edit = fare_price_edit_open (self->shipped, self->own, &error);

  g_assert_no_error (error);
  return edit;
}

void
price_edit_save (FarePriceEdit *edit)
{
  g_autoptr(GError) error = NULL;

  fare_price_edit_save (edit, &error);
  g_assert_no_error (error);
}

FareRateCard
price_plain_card (double input,
                  double output)
{
  return (FareRateCard) {
    .input = input, .output = output, .stated = FARE_RATE_INPUT | FARE_RATE_OUTPUT,
  };
}

char *
price_shipped_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "pricing", name, NULL);
}

void
price_fixture_set_up (PriceFixture  *self,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("tokenfare-prices-XXXXXX", &error);
  g_assert_no_error (error);
  self->own = g_build_filename (self->folder, "prices.json", NULL);
  self->shipped = price_shipped_path ("models.json");
}

void
price_fixture_tear_down (PriceFixture  *self,
                         gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->own);
  g_free (self->shipped);
}

void
price_fixture_write (PriceFixture *self,
                     const char   *text,
                     gssize        length)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents (self->own, text, length, &error);
  g_assert_no_error (error);
}

void
price_fixture_write_models (PriceFixture *self,
                            const char   *models)
{
  g_autofree char *text = g_strdup_printf ("{\"schema\": 1, \"kind\": \"tokenfare-prices\", "
                                           "\"models\": [%s]}", models);

  price_fixture_write (self, text, -1);
}

FarePriceBook *
price_fixture_load (PriceFixture  *self,
                    char         **warning)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  FarePriceBook *book = fare_price_book_load (self->shipped, self->own, &text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (book);
  if (warning != NULL)
    *warning = g_steal_pointer (&text);
  else
    g_assert_cmpstr (text, ==, NULL);
  return book;
}

gint64
price_time (const char *text)
{
  gint64 time_ms;

  g_assert_true (fare_price_time_parse (text, &time_ms));
  return time_ms;
}

FarePrice
price_at (FarePriceBook *book,
          const char    *name,
          FareModes      modes,
          const char    *time,
          FareUsage      usage)
{
  FarePriceMatch match = fare_price_book_match (book, NULL, name);

  return fare_price_book_cost (book, &match, modes, fare_usage_prompt (&usage), price_time (time),
                               &usage);
}

double
price_of_input (FarePriceBook *book,
                const char    *name,
                const char    *time)
{
  FarePriceMatch match = fare_price_book_match (book, NULL, name);
  FareUsage usage = { .input = 1000000 };
  FarePrice price = fare_price_book_cost (book, &match, FARE_MODE_NONE, 0, price_time (time),
                                          &usage);

  return price.reason == FARE_UNPRICED_NOT ? price.usd : -1.0;
}
