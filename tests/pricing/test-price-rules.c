/* test-price-rules.c
 *
 * Corners of matching and of rates that the case lists leave open, with entries made
 * for the purpose.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <string.h>

#include "price-fixture.h"
#include "pricing/fare-model-name.h"
#include "pricing/fare-price-list.h"
#include "pricing/fare-price-time.h"

#define ANY_TIME "2026-07-01"

static void
assert_reason (FarePriceBook *book,
               const char    *provider,
               const char    *name,
               const char    *expected)
{
  g_test_message ("%.60s", name != NULL ? name : "NULL");
  g_assert_cmpstr (fare_unpriced_to_id (fare_price_book_match (book, provider, name).reason), ==,
                   expected);
}

static void
assert_match (FarePriceBook *book,
              const char    *provider,
              const char    *name,
              const char    *expected,
              FareModes      modes)
{
  FarePriceMatch match = fare_price_book_match (book, provider, name);

  g_test_message ("%s", name);
  g_assert_cmpstr (fare_unpriced_to_id (match.reason), ==, NULL);
  g_assert_cmpstr (fare_price_entry_get_id (match.entry), ==, expected);
  g_assert_cmpuint (match.modes, ==, modes);
}

static void
test_unwrapping (PriceFixture  *self,
                 gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);

  assert_match (book, NULL, "model:gpt-5.4", "gpt-5.4", 0);
  assert_match (book, NULL, "~anthropic/~claude-opus-4-8", "claude-opus-4-8", 0);
  assert_match (book, NULL, "Claude Opus 4.8 [1m]", "claude-opus-4-8", 0);
  assert_match (book, NULL, "openai\\gpt-5.4", "gpt-5.4", 0);
  assert_match (book, "Amazon Bedrock", "claude-opus-4-8", "claude-opus-4-8", 0);
  assert_match (book, "openai", "openai/gpt-5.4", "gpt-5.4", 0);
  assert_match (book, "  ", "gpt-5.4", "gpt-5.4", 0);
  assert_match (book, NULL, "bedrock/arn:aws:bedrock:us-east-1::foundation-model/"
                            "anthropic.claude-opus-4-8-v1:0", "claude-opus-4-8", 0);
  assert_match (book, "anthropic", "<synthetic>", "synthetic", 0);
  assert_reason (book, NULL, "arn:aws:bedrock:us-east-1:1:provisioned-model/x", "opaque-arn");
  assert_reason (book, NULL, "arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/"
                             "anthropic.claude-opus-4-8-v1:0", "unknown-region-price");
  assert_reason (book, NULL, "arn:", "opaque-arn");
}

static void
test_suffixes (PriceFixture  *self,
               gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);

  assert_match (book, NULL, "claude-opus-4-8-thinking-high-20260601-fast", "claude-opus-4-8",
                FARE_MODE_FAST);
  assert_reason (book, NULL, "claude-opus-4-8-thinking-high-low-20260601-fast", "no-entry");
  assert_reason (book, NULL, "gpt-5.4-20400101", "no-entry");
  assert_reason (book, NULL, "gpt-5.4-2026-02-29", "no-entry");
  assert_match (book, NULL, "gpt-5.4-2028-02-29", "gpt-5.4", 0);
  assert_reason (book, NULL, "claude-opus-4-8@v1", "unknown-suffix");
  assert_reason (book, NULL, "gpt-5.4-thinking", "suffix-not-accepted");
  assert_match (book, "openrouter", "openai/gpt-5.4:online:thinking", "gpt-5.4", 0);
  assert_reason (book, "azure", "gpt-5.4:free", "unknown-suffix");
  assert_reason (book, "groq", "gpt-5.4:free", "unknown-suffix");
  assert_match (book, "kilo", "openai/gpt-5.4:free", "openrouter-free", 0);
  assert_reason (book, NULL, "gpt-5.4:", "unknown-suffix");
  assert_reason (book, NULL, "-latest", "no-entry");
  assert_reason (book, NULL, "antigravity-", "no-entry");
}

static void
test_prefixes (PriceFixture  *self,
               gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);

  assert_reason (book, "openai", "anthropic/claude-opus-4-8", "provider-conflict");
  assert_reason (book, "openai", "us.anthropic.claude-opus-4-8-v1:0", "provider-conflict");
  assert_reason (book, NULL, "/gpt-5.4", "malformed");
  assert_reason (book, NULL, "openai//gpt-5.4", "malformed");
  assert_reason (book, NULL, "/", "malformed");
  assert_reason (book, NULL, "[1m]", "malformed");
  assert_reason (book, NULL, "lab/ollama/x", "unknown-prefix");
  assert_match (book, NULL, "openrouter/ollama/x", "local", 0);
  assert_reason (book, NULL, NULL, "empty");
  assert_reason (book, NULL, " \t\n", "empty");
  assert_reason (book, "openai", "", "empty");
  /* Its own entry has no known vendor, so it passes with any. */
  assert_reason (book, "openai", "auto", "unpriced-entry");
}

static void
test_length (PriceFixture  *self,
             gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);
  g_autofree char *longest = g_strnfill (200, 'a');
  g_autofree char *longer = g_strnfill (201, 'a');
  g_autofree char *megabyte = g_strnfill (1 << 20, '/');
  GString *wide = g_string_new (NULL);

  for (guint i = 0; i < 200; i++)
    g_string_append (wide, "é");

  assert_reason (book, NULL, longest, "no-entry");
  assert_reason (book, NULL, longer, "malformed");
  assert_reason (book, NULL, wide->str, "no-entry");
  assert_reason (book, NULL, megabyte, "malformed");
  assert_reason (book, megabyte, "gpt-5.4", "malformed");
  g_string_free (wide, TRUE);
}

/* Any bytes have an answer, and the same one every time. */
static void
test_any_bytes (PriceFixture  *self,
                gconstpointer  data)
{
  static const char alphabet[] = "aclude-opus-4-8/:.@~[1m]_ \\-v0920\xc3\xff%sx";
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);
  g_autoptr(GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      char name[40];
      guint length = (guint) g_rand_int_range (random, 0, 39);
      FarePriceMatch match;

      for (guint j = 0; j < length; j++)
        name[j] = alphabet[g_rand_int_range (random, 0, (gint32) strlen (alphabet))];
      name[length] = '\0';

      match = fare_price_book_match (book, NULL, name);
      if (match.entry == NULL)
        g_assert_cmpint (match.reason, !=, FARE_UNPRICED_NOT);
      g_assert_cmpint (fare_price_book_match (book, NULL, name).reason, ==, match.reason);
    }
}

static void
test_own_namespace (PriceFixture  *self,
                    gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;

  price_fixture_write (self,
                       "{\"schema\": 1, \"kind\": \"tokenfare-prices\", "
                       "\"gateways\": {\"shop\": \"shop\"}, \"hosts\": {\"barn\": \"barn\"}, "
                       "\"models\": ["
                       "{\"id\": \"shop/gpt-5.4\", \"provider\": \"openai\", "
                       "\"prices\": [{\"input\": 1, \"output\": 1}]}, "
                       "{\"id\": \"barn/gpt-5.4\", \"provider\": \"openai\", "
                       "\"prices\": [{\"input\": 3, \"output\": 3}]}]}", -1);
  book = price_fixture_load (self, NULL);

  assert_usd (price_of_input (book, "shop/openai/gpt-5.4", ANY_TIME), 1.0);
  assert_usd (price_of_input (book, "shop/gpt-5.5", ANY_TIME), 5.0);
  assert_usd (price_of_input (book, "barn/gpt-5.4", ANY_TIME), 3.0);
  assert_reason (book, "barn", "gpt-5.5", "no-entry");
  /* The innermost gateway comes first. */
  assert_usd (price_of_input (book, "openrouter/shop/gpt-5.4", ANY_TIME), 1.0);
  assert_usd (price_of_input (book, "shop/azure/gpt-5.4", ANY_TIME), 1.0);
}

static void
test_missing_rates (PriceFixture  *self,
                    gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;
  FareUsage usage = { .cache_read = 1000000, .cache_write_1h = 1000000, .output = 3000000,
                      .reasoning = 1000000 };

  price_fixture_write_models (self,
                              "{\"id\": \"m\", \"prices\": [{\"input\": 2, \"output\": 10, "
                              "\"cache_write_5m\": 3, \"cache_read\": null}]}, "
                              "{\"id\": \"n\", \"prices\": [{\"input\": 2, \"output\": 10, "
                              "\"cache_read\": 0, \"reasoning\": 1}]}");
  book = price_fixture_load (self, NULL);
  /* cache read as input, long write as short write, reasoning as output */
  assert_usd (price_at (book, "m", 0, ANY_TIME, usage).usd, 2.0 + 3.0 + 30.0);
  /* a stated zero is a price; two of the three millions of output are no reasoning */
  assert_usd (price_at (book, "n", 0, ANY_TIME, usage).usd, 0.0 + 2.0 + 20.0 + 1.0);
}

static void
test_modes (PriceFixture  *self,
            gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;
  FareUsage usage = { .input = 1000000 };

  price_fixture_write_models (self,
                              "{\"id\": \"m\", \"prices\": [{\"input\": 10, \"output\": 10, "
                              "\"tiers\": [{\"above\": 500000, \"input\": 20, \"output\": 20}], "
                              "\"windows\": [{\"utc_from\": \"01:00\", \"utc_to\": \"02:00\", "
                              "\"multiplier\": 3}, {\"utc_from\": \"01:30\", \"utc_to\": "
                              "\"03:00\", \"rates\": {\"input\": 1, \"output\": 1}}]}], "
                              "\"modes\": {\"flex\": {\"input\": 7, \"output\": 7}, \"fast\": 2, "
                              "\"priority\": 5, \"regional\": 1.1, \"us_only\": 1.5, "
                              "\"turbo\": \"later\"}, "
                              "\"mode_limits\": {\"fast\": {\"max_prompt\": 999999}}}");
  book = price_fixture_load (self, NULL);

  assert_usd (price_at (book, "m", 0, "2026-07-01T12:00:00Z", usage).usd, 20.0);
  /* An object of rates knows no tier and no window. */
  assert_usd (price_at (book, "m", FARE_MODE_FLEX, "2026-07-01T01:10:00Z", usage).usd, 7.0);
  /* The first window that contains the moment; rates replace the tier, too. */
  assert_usd (price_at (book, "m", 0, "2026-07-01T01:40:00Z", usage).usd, 60.0);
  assert_usd (price_at (book, "m", 0, "2026-07-01T02:00:00Z", usage).usd, 1.0);
  assert_usd (price_at (book, "m", 0, "2026-07-01T03:00:00Z", usage).usd, 20.0);
  /* Over its limit a mode is not offered, and no other takes its place. */
  assert_usd (price_at (book, "m", FARE_MODE_FAST, ANY_TIME, usage).usd, 20.0);
  assert_usd (price_at (book, "m", FARE_MODE_PRIORITY, ANY_TIME, usage).usd, 100.0);
  usage.input = 400000;
  assert_usd (price_at (book, "m", FARE_MODE_FAST | FARE_MODE_PRIORITY, ANY_TIME, usage).usd, 8.0);
  /* The dearer place, once, on top of the speed. */
  assert_usd (price_at (book, "m", FARE_MODE_FAST | FARE_MODE_REGIONAL | FARE_MODE_US_ONLY,
                        ANY_TIME, usage).usd, 12.0);
  /* Batch has no price here: it is left aside, and the figure is marked. */
  assert_usd (price_at (book, "m", FARE_MODE_BATCH | FARE_MODE_FAST, ANY_TIME, usage).usd, 8.0);
  g_assert_true (price_at (book, "m", FARE_MODE_BATCH | FARE_MODE_FAST, ANY_TIME,
                           usage).is_estimate);
}

static void
test_windows (PriceFixture  *self,
              gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;

  /* Friday evening into Saturday, but not on 2026-07-10. */
  price_fixture_write_models (self,
                              "{\"id\": \"m\", \"prices\": [{\"input\": 10, \"output\": 10, "
                              "\"windows\": [{\"utc_from\": \"22:00\", \"utc_to\": \"06:00\", "
                              "\"days\": [5], \"except\": [\"2026-07-10\"], "
                              "\"multiplier\": 0.5}]}]}, "
                              "{\"id\": \"n\", \"prices\": [{\"input\": 10, \"output\": 10, "
                              "\"windows\": [{\"utc_from\": \"18:00\", \"utc_to\": \"24:00\", "
                              "\"multiplier\": 0.5}]}]}");
  book = price_fixture_load (self, NULL);

  assert_usd (price_of_input (book, "m", "2026-07-03T21:59:59Z"), 10.0);
  assert_usd (price_of_input (book, "m", "2026-07-03T22:00:00Z"), 5.0);
  assert_usd (price_of_input (book, "m", "2026-07-04T05:59:59.999Z"), 5.0);
  assert_usd (price_of_input (book, "m", "2026-07-04T06:00:00Z"), 10.0);
  assert_usd (price_of_input (book, "m", "2026-07-04T22:30:00Z"), 10.0);
  assert_usd (price_of_input (book, "m", "2026-07-03T01:00:00Z"), 10.0);
  assert_usd (price_of_input (book, "m", "2026-07-10T23:00:00Z"), 10.0);
  assert_usd (price_of_input (book, "m", "2026-07-11T05:00:00Z"), 10.0);
  assert_usd (price_of_input (book, "n", "2026-07-10T23:59:59.999Z"), 5.0);
  assert_usd (price_of_input (book, "n", "2026-07-11T00:00:00Z"), 10.0);
}

/* Sums of requests that share everything cost what the requests cost. */
static void
test_linear (PriceFixture  *self,
             gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);
  FarePriceMatch match = fare_price_book_match (book, NULL, "gemini-2.5-flash-preview-04-17");
  gint64 time_ms = price_time ("2025-05-01");
  FareUsage sum = { 0 };
  double total = 0.0;

  for (int i = 0; i < 10000; i++)
    {
      FareUsage usage = { .input = i * 7, .cache_read = i * 3, .cache_write_5m = i,
                          .output = i * 2, .reasoning = i };

      total += fare_price_book_cost (book, &match, 0, 1000, time_ms, &usage).usd;
      fare_usage_add (&sum, &usage, 1);
    }

  g_assert_cmpfloat (total, >, 1.0);
  assert_usd (fare_price_book_cost (book, &match, 0, 1000, time_ms, &sum).usd, total);
}

static void
test_reasons (PriceFixture  *self,
              gconstpointer  data)
{
  g_assert_null (fare_unpriced_to_id (FARE_UNPRICED_NOT));
  for (FareUnpriced i = FARE_UNPRICED_EMPTY; i <= FARE_UNPRICED_BEFORE_FIRST_PRICE; i++)
    {
      g_assert_nonnull (fare_unpriced_to_id (i));
      g_assert_true (g_str_has_suffix (fare_unpriced_to_sentence (i), "."));
    }
  g_assert_cmpstr (fare_unpriced_to_id (FARE_UNPRICED_BEFORE_FIRST_PRICE), ==,
                   "before-first-price");
}

static void
test_times (PriceFixture  *self,
            gconstpointer  data)
{
  gint64 time_ms = -1;
  gint32 number = -1;
  g_autofree char *midnight = fare_price_time_to_string (G_GINT64_CONSTANT (1772323200000));
  g_autofree char *second = fare_price_time_to_string (G_GINT64_CONSTANT (1772323201000));
  g_autofree char *exact = fare_price_time_to_string (G_GINT64_CONSTANT (1772323201001));

  g_assert_cmpstr (midnight, ==, "2026-03-01");
  g_assert_cmpstr (second, ==, "2026-03-01T00:00:01Z");
  g_assert_cmpstr (exact, ==, "2026-03-01T00:00:01.001Z");

  g_assert_true (fare_price_time_parse ("2026-03-01", &time_ms));
  g_assert_cmpint (time_ms, ==, G_GINT64_CONSTANT (1772323200000));
  g_assert_true (fare_price_time_parse ("2026-03-01T02:00:01.001+02:00", &time_ms));
  g_assert_cmpint (time_ms, ==, G_GINT64_CONSTANT (1772323201001));
  g_assert_false (fare_price_time_parse ("2026-3-1", &time_ms));
  g_assert_false (fare_price_time_parse ("2026-03-01x", &time_ms));
  g_assert_false (fare_price_time_parse ("", &time_ms));
  g_assert_true (fare_price_date_parse ("1970-01-01", &number));
  g_assert_cmpint (number, ==, 0);
  g_assert_false (fare_price_date_parse ("1969-12-31", &number));
  g_assert_true (fare_price_clock_parse ("24:00", &number));
  g_assert_cmpint (number, ==, 86400000);
  g_assert_false (fare_price_clock_parse ("24:01", &number));
  g_assert_false (fare_price_clock_parse ("12:60", &number));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  PRICE_TEST ("/pricing/names/unwrapping", test_unwrapping);
  PRICE_TEST ("/pricing/names/suffixes", test_suffixes);
  PRICE_TEST ("/pricing/names/prefixes", test_prefixes);
  PRICE_TEST ("/pricing/names/length", test_length);
  PRICE_TEST ("/pricing/names/any-bytes", test_any_bytes);
  PRICE_TEST ("/pricing/names/own-namespaces", test_own_namespace);
  PRICE_TEST ("/pricing/rates/missing-ones", test_missing_rates);
  PRICE_TEST ("/pricing/rates/modes", test_modes);
  PRICE_TEST ("/pricing/rates/windows", test_windows);
  PRICE_TEST ("/pricing/rates/sum-of-requests", test_linear);
  PRICE_TEST ("/pricing/words/reasons", test_reasons);
  PRICE_TEST ("/pricing/words/times", test_times);

  return g_test_run ();
}
