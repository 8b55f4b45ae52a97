/* test-price-kept.c
 *
 * A book that was packed and unpacked gives the same answers to the last bit, and knows what it
 * was not told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "pricing/fare-price-kept.h"
#include "pricing/fare-price-list.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)

static FarePriceBook *
load_book (const char *user_path)
{
  g_autofree char *shipped = g_build_filename (g_getenv ("TOKENFARE_PKGDATA_DIR"), "models.json", NULL);
  g_autoptr(GError) error = NULL;
  FarePriceBook *book = fare_price_book_load (shipped, user_path, NULL, &error);

  g_assert_no_error (error);
  return book;
}

/* As it comes back from a file. */
static FarePriceBook *
keep (FarePriceBook *book)
{
  g_autoptr(GVariant) value = g_variant_ref_sink (fare_price_book_pack (book));
  g_autoptr(GBytes) bytes = g_variant_get_data_as_bytes (value);
  g_autoptr(GVariant) again = g_variant_ref_sink (
    g_variant_new_from_bytes (G_VARIANT_TYPE (FARE_PRICE_KEPT_TYPE), bytes, FALSE));

  g_assert_true (g_variant_is_normal_form (again));
  return fare_price_book_unpack (again);
}

static void
compare_prices (FarePriceBook *first,
                FarePriceBook *second,
                const char    *name,
                gint64         time_ms)
{
  static const gint64 sizes[] = { 0, 1, 127999, 128001, 200000, 200001, 272001, 1000000 };
  const FareUsage usage = { .input = 1234567, .cache_read = 7654321, .cache_write_5m = 99991,
                            .cache_write_1h = 88883, .output = 54323, .reasoning = 3211 };
  FarePriceMatch a = fare_price_book_match (first, NULL, name);
  FarePriceMatch b = fare_price_book_match (second, NULL, name);

  g_assert_cmpint (a.reason, ==, b.reason);
  g_assert_cmpint (a.modes, ==, b.modes);
  g_assert_true ((a.entry == NULL) == (b.entry == NULL));
  g_assert_true (fare_price_book_is_steady (first, &a, time_ms, time_ms + HOUR_MS)
                 == fare_price_book_is_steady (second, &b, time_ms, time_ms + HOUR_MS));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint modes = 0; modes < 64; modes += 3)
      {
        FarePrice x = fare_price_book_cost (first, &a, (FareModes) modes, sizes[i], time_ms, &usage);
        FarePrice y = fare_price_book_cost (second, &b, (FareModes) modes, sizes[i], time_ms, &usage);

        g_assert_cmpint (x.reason, ==, y.reason);
        g_assert_cmpint (x.is_estimate, ==, y.is_estimate);
        g_assert_true (x.usd == y.usd);
      }
}

static void
test_answers (void)
{
  static const char * const odd[] = { "", "nobody-knows", "claude-sonnet-4-6-20990101", "openai/gpt-5:free", "x\ny" };
  g_autoptr(FarePriceBook) book = load_book (NULL);
  g_autoptr(FarePriceBook) kept = NULL;
  const gint64 *first, *second;
  guint n_first, n_second;

  for (guint i = 0; i < fare_price_book_get_n_entries (book); i++)
    fare_price_book_match (book, NULL, fare_price_entry_get_id (fare_price_book_get_entry (book, i)));
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    fare_price_book_match (book, NULL, odd[i]);

  kept = keep (book);
  /* 1 January 2024 and on, at all times of day. */
  for (gint64 time_ms = G_GINT64_CONSTANT (1704067200000); time_ms < G_GINT64_CONSTANT (1798761600000);
       time_ms += 31 * 24 * HOUR_MS + 5 * HOUR_MS)
    {
      for (guint i = 0; i < fare_price_book_get_n_entries (book); i++)
        compare_prices (book, kept, fare_price_entry_get_id (fare_price_book_get_entry (book, i)), time_ms);
      for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
        compare_prices (book, kept, odd[i], time_ms);
    }

  first = fare_price_book_get_thresholds (book, &n_first);
  second = fare_price_book_get_thresholds (kept, &n_second);
  g_assert_cmpmem (first, n_first * sizeof *first, second, n_second * sizeof *second);
  g_assert_false (fare_price_book_is_short (kept));
}

static void
test_own_prices (void)
{
  static const char text[] = "{\"kind\": \"tokenfare-prices\", \"schema\": 1, \"models\": [{\"id\": \"mine\","
    " \"prices\": [{\"from\": null, \"input\": 1, \"output\": 2, \"windows\": [{\"utc_from\": \"22:00\","
    " \"utc_to\": \"06:00\", \"multiplier\": 0.5, \"except\": [\"2026-01-01\"]}]}]}]}";
  g_autofree char *folder = g_dir_make_tmp ("kept-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "prices.json", NULL);
  g_autoptr(FarePriceBook) book = NULL;
  g_autoptr(FarePriceBook) kept = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  book = load_book (path);
  g_assert_cmpint (fare_price_book_match (book, NULL, "mine").reason, ==, FARE_UNPRICED_NOT);
  kept = keep (book);
  /* 31 December 2025 to 3 January 2026 */
  for (gint64 time_ms = G_GINT64_CONSTANT (1767139200000); time_ms < G_GINT64_CONSTANT (1767398400000);
       time_ms += HOUR_MS / 2)
    compare_prices (book, kept, "mine", time_ms);
  g_assert_false (fare_price_book_is_short (kept));
}

static void
test_short (void)
{
  g_autoptr(FarePriceBook) book = load_book (NULL);
  g_autoptr(FarePriceBook) kept = NULL;
  g_autofree char *endless = g_strnfill (5000, 'x');

  fare_price_book_match (book, "anthropic", "claude-sonnet-4-6");
  fare_price_book_match (book, NULL, endless);
  kept = keep (book);

  fare_price_book_match (kept, "anthropic", "claude-sonnet-4-6");
  g_assert_false (fare_price_book_is_short (kept));
  fare_price_book_match (kept, NULL, "claude-sonnet-4-6");
  g_assert_true (fare_price_book_is_short (kept));

  g_clear_pointer (&kept, fare_price_book_unref);
  kept = keep (book);
  fare_price_book_match (kept, NULL, endless);
  g_assert_true (fare_price_book_is_short (kept));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pricing/kept/answers-are-the-same", test_answers);
  g_test_add_func ("/pricing/kept/own-prices-with-times-of-day", test_own_prices);
  g_test_add_func ("/pricing/kept/what-is-not-known-is-told", test_short);

  return g_test_run ();
}
