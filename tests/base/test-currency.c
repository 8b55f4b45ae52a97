/* test-currency.c
 *
 * The user's currency: which rate holds on a day, what is refused, what an amount looks like.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <locale.h>

#include "base/fare-currency.h"
#include "base/fare-text.h"

static FareCurrency *
create (const char *lines)
{
  g_autofree char *folder = g_dir_make_tmp ("fare-XXXXXX", NULL);
  g_autofree char *variable = g_strconcat ("TOKENFARE_DATA_DIR=", folder, NULL);
  const char * const environment[] = { "HOME=/nowhere", variable, NULL };
  g_autoptr(FarePaths) paths = fare_paths_new_for_env (environment);
  g_autofree char *text = g_strconcat ("[tokenfare]\n", lines, NULL);
  g_autoptr(FareSettings) settings = NULL;

  g_assert_true (g_file_set_contents (fare_paths_get_settings_file (paths), text, -1, NULL));
  settings = fare_settings_load (paths);
  g_unlink (fare_paths_get_settings_file (paths));
  g_rmdir (folder);

  return fare_currency_new (settings);
}

static void
assert_rate (FareCurrency *currency,
             FareDay       day,
             double        wanted,
             FareDay       wanted_since)
{
  double rate;
  FareDay since;

  g_assert_true (fare_currency_find_rate (currency, day, &rate, &since));
  g_assert_cmpfloat (rate, ==, wanted);
  g_assert_cmpint (since, ==, wanted_since);
}

static void
assert_text (char       *text,
             const char *wanted)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, wanted);
}

/* What people read, once this currency is used. */
static void
assert_money (FareCurrency *currency,
              double        usd,
              FareDay       day,
              const char   *wanted)
{
  fare_currency_use (currency, day);
  assert_text (fare_text_money (usd), wanted);
  fare_currency_use (NULL, day);
}

static void
test_days (void)
{
  g_autoptr(FareCurrency) currency = create ("currency='EUR'\n"
                                             "currency-rates=[('2026-03-01', 0.5), ('2026-01-01', 0.25),"
                                             " ('2026-03-01', 0.75), ('today', 9.0), ('2026-04-01', 0.0),"
                                             " ('2026-02-30', 9.0), ('2026-04-02', -1.0)]\n");
  FareDay january = fare_day_from_ymd (2026, 1, 1), march = fare_day_from_ymd (2026, 3, 1);
  FareDay since;
  double rate;

  g_assert_cmpstr (fare_currency_get_code (currency), ==, "EUR");
  g_assert_false (fare_currency_find_rate (currency, january - 1, &rate, &since));
  assert_rate (currency, january, 0.25, january);
  assert_rate (currency, march - 1, 0.25, january);
  /* Of two of one day the one that was entered last. */
  assert_rate (currency, march, 0.75, march);
  assert_rate (currency, march + 1000, 0.75, march);
}

static void
test_amounts (void)
{
  g_autoptr(FareCurrency) euro = create ("currency='EUR'\ncurrency-rates=[('2026-01-01', 0.5)]\n");
  g_autoptr(FareCurrency) yen = create ("currency='JPY'\ncurrency-rates=[('2026-01-01', 150.0)]\n");
  g_autoptr(FareCurrency) franc = create ("currency='CHF'\ncurrency-rates=[('2026-01-01', 0.9)]\n");
  g_autoptr(FareCurrency) dinar = create ("currency='KWD'\ncurrency-rates=[('2026-01-01', 0.3)]\n");
  FareDay day = fare_day_from_ymd (2026, 6, 1);

  assert_money (euro, 3, day, "€1.50");
  assert_money (euro, 0.019, day, "<€0.01");
  assert_money (euro, -0.001, day, "-€0.01");
  assert_money (euro, 19999.98, day, "€9999.99");
  assert_money (euro, 19999.99, day, "€10000");
  assert_money (euro, 0, day, "€0.00");
  assert_money (yen, 6, day, "¥900");
  assert_money (yen, 0.001, day, "<¥1");
  assert_money (franc, 1, day, "CHF\302\2400.90");
  assert_money (dinar, 1, day, "KWD\302\2400.300");
  /* Nothing is guessed before the first rate. */
  assert_money (euro, 3, fare_day_from_ymd (2025, 6, 1), "$3.00");
}

static gpointer
write_amount (gpointer data)
{
  return fare_text_money (3);
}

static void
test_threads (void)
{
  g_autoptr(FareCurrency) euro = create ("currency='EUR'\ncurrency-rates=[('2026-01-01', 0.5)]\n");
  FareDay day = fare_day_from_ymd (2026, 6, 1);

  assert_text (fare_text_money (3), "$3.00");
  fare_currency_use (euro, day);
  assert_text (fare_text_money (3), "€1.50");
  assert_text (g_thread_join (g_thread_new ("other", write_amount, NULL)), "$3.00");
  fare_currency_use (NULL, day);
  assert_text (fare_text_money (3), "$3.00");
}

static void
test_notes (void)
{
  g_autoptr(FareCurrency) euro = create ("currency='EUR'\ncurrency-rates=[('2026-01-01', 0.5)]\n");
  g_autoptr(FareCurrency) none = create ("");
  FareDay day = fare_day_from_ymd (2026, 6, 1);

  assert_text (fare_currency_to_note (euro, day, day),
               "Amounts at 0.5 EUR per US dollar, the rate since 1 Jan.");
  assert_text (fare_currency_to_note (euro, fare_day_from_ymd (2025, 6, 1), day),
               "No rate of EUR is known for 1 Jun 2025, so amounts are in US dollars.");
  g_assert_null (fare_currency_to_note (none, day, day));
}

static void
test_refused (void)
{
  static const char * const lines[] = {
    "", "currency='euro'\n", "currency='eur'\n", "currency=7\n", "currency=''\n",
    "currency='USD'\ncurrency-rates=[('2026-01-01', 0.5)]\n",
    "currency='EUR'\n", "currency='EUR'\ncurrency-rates=['2026-01-01']\n",
    "currency='EUR'\ncurrency-rates=[('2026-01-01', inf)]\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr(FareCurrency) currency = create (lines[i]);

      assert_money (currency, 3, fare_day_from_ymd (2026, 6, 1), "$3.00");
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/currency/rate-holds-from-its-day", test_days);
  g_test_add_func ("/base/currency/amounts", test_amounts);
  g_test_add_func ("/base/currency/each-thread-has-its-own", test_threads);
  g_test_add_func ("/base/currency/notes-name-the-rate", test_notes);
  g_test_add_func ("/base/currency/what-is-no-currency-is-refused", test_refused);

  return g_test_run ();
}
