/* test-price-book.c
 *
 * The shipped table, the user's file over it, and what either may be like.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <string.h>

#include "price-fixture.h"
#include "pricing/fare-price-catalog.h"
#include "pricing/fare-price-file.h"
#include "pricing/fare-price-list.h"

#define HEAD "{\"schema\": 1, \"kind\": \"tokenfare-prices\", "
#define ANY_TIME "2026-07-01"

static void
test_shipped_is_clean (PriceFixture  *self,
                       gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);

  g_assert_cmpuint (fare_price_book_get_n_entries (book), ==, 442);
  g_assert_cmpstr (fare_price_book_get_problems (book)[0], ==, NULL);
  g_assert_cmpstr (fare_price_book_get_updated (book), ==, "2026-10-27");
}

static void
test_shipped_is_sorted (PriceFixture  *self,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePriceFile) file = fare_price_file_load (self->shipped, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 1; i < file->entries->len; i++)
    g_assert_cmpstr (fare_price_entry_get_id (file->entries->pdata[i - 1]), <,
                     fare_price_entry_get_id (file->entries->pdata[i]));
}

static void
test_shipped_has_evidence (PriceFixture  *self,
                           gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);

  for (guint i = 0; i < fare_price_book_get_n_entries (book); i++)
    {
      const FarePriceEntry *entry = fare_price_book_get_entry (book, i);

      g_assert_nonnull (fare_price_entry_get_as_of (entry));
      g_assert_cmpstr (fare_price_entry_get_as_of (entry), <=,
                       fare_price_book_get_updated (book));
      g_assert_nonnull (fare_price_entry_get_sources (entry)[0]);
      g_assert_cmpint (fare_price_entry_get_origin (entry), ==, FARE_PRICE_SHIPPED);
    }
}

static void
test_shipped_classes (PriceFixture  *self,
                      gconstpointer  data)
{
  g_autofree char *path = price_shipped_path ("energy.json");
  g_autoptr(GHashTable) classes = fare_price_file_load_classes (path);
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);

  g_assert_cmpuint (g_hash_table_size (classes), ==, 12);
  for (guint i = 0; i < fare_price_book_get_n_entries (book); i++)
    g_assert_true (g_hash_table_contains (classes,
                                          fare_price_entry_get_class (
                                              fare_price_book_get_entry (book, i))));
}

/* Every id and alias of the shipped table leads to its own entry. */
static void
test_shipped_names_match (PriceFixture  *self,
                          gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);

  for (guint i = 0; i < fare_price_book_get_n_entries (book); i++)
    {
      const FarePriceEntry *entry = fare_price_book_get_entry (book, i);
      const char * const *aliases = fare_price_entry_get_aliases (entry);

      g_assert_true (fare_price_book_find_entry (book, fare_price_entry_get_id (entry)) == entry);
      for (guint j = 0; aliases[j] != NULL; j++)
        g_assert_true (fare_price_book_find_entry (book, aliases[j]) == entry);
    }
}

static void
test_missing_shipped (PriceFixture  *self,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  FarePriceBook *book = fare_price_book_load ("/nonexistent/models.json", NULL, NULL, &error);

  g_assert_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_READ);
  g_assert_null (book);
}

/* Loads with a user's file that cannot be used: the shipped prices hold, the file stays, and one
 * sentence says what is wrong. */
static void
assert_ignored (PriceFixture *self,
                const char   *text,
                gssize        length,
                const char   *word)
{
  g_autoptr(FarePriceBook) book = NULL;
  g_autofree char *warning = NULL;
  g_autofree char *left = NULL;
  gsize left_length = 0;

  price_fixture_write (self, text, length);
  book = price_fixture_load (self, &warning);

  g_assert_nonnull (warning);
  g_assert_nonnull (strstr (warning, word));
  g_assert_cmpuint (fare_price_book_get_n_entries (book), ==, 442);
  assert_usd (price_of_input (book, "gpt-5.4", ANY_TIME), 2.5);

  g_assert_true (g_file_get_contents (self->own, &left, &left_length, NULL));
  g_assert_cmpmem (left, left_length, text, length < 0 ? strlen (text) : (gsize) length);
}

static void
test_own_broken (PriceFixture  *self,
                 gconstpointer  data)
{
  static const char with_nul[] = HEAD "\"models\": []\0}";

  assert_ignored (self, "", -1, "prices.json");
  assert_ignored (self, "{bad", -1, "line 1");
  assert_ignored (self, "{\n\"schema\": 1,\n\"kind\": nonsense}", -1, "line 3");
  assert_ignored (self, HEAD "\"models\": [", -1, "line");
  assert_ignored (self, "\xff\xfe{}", -1, "UTF-8");
  assert_ignored (self, with_nul, sizeof with_nul - 1, "UTF-8");
  assert_ignored (self, HEAD "\"models\": []} // done", -1, "line 1");
  assert_ignored (self, HEAD "\n\"models\": [0x10]}", -1, "line 2");
  assert_ignored (self, HEAD "\"models\": [010]}", -1, "line 1");
  assert_ignored (self, HEAD "\"models\": [1.]}", -1, "line 1");
  assert_ignored (self, HEAD "\"models\": [-]}", -1, "line 1");
  assert_ignored (self, HEAD "\"models\": [\"\\", -1, "line 1");
}

static void
test_own_other (PriceFixture  *self,
                gconstpointer  data)
{
  assert_ignored (self, "[]", -1, "not a price file");
  assert_ignored (self, "null", -1, "not a price file");
  assert_ignored (self, "7", -1, "not a price file");
  assert_ignored (self, "{}", -1, "not a price file");
  assert_ignored (self, "{\"schema\": 1, \"kind\": \"tokenfare-energy\"}", -1, "not a price file");
  assert_ignored (self, "{\"schema\": \"1\", \"kind\": \"tokenfare-prices\"}", -1,
                  "not a price file");
  assert_ignored (self, "{\"schema\": 0, \"kind\": \"tokenfare-prices\"}", -1, "not a price file");
  assert_ignored (self, "{\"schema\": 2, \"kind\": \"tokenfare-prices\"}", -1, "newer version");
  assert_ignored (self, HEAD "\"currency\": \"EUR\"}", -1, "USD");
  assert_ignored (self, HEAD "\"unit\": \"per_token\"}", -1, "USD");
}

static void
test_own_huge (PriceFixture  *self,
               gconstpointer  data)
{
  gsize length = 17 * 1024 * 1024;
  g_autofree char *text = g_malloc (length);
  g_autofree char *deep = g_malloc (200001);

  memset (text, ' ', length);
  assert_ignored (self, text, (gssize) length, "not a price file");

  memset (deep, '[', 200000);
  deep[200000] = '\0';
  assert_ignored (self, deep, -1, "line 1");
}

static void
test_own_folder (PriceFixture  *self,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *warning = NULL;
  g_autoptr(FarePriceBook) book = fare_price_book_load (self->shipped, self->folder, &warning,
                                                        &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fare_price_book_get_n_entries (book), ==, 442);
  g_assert_nonnull (strstr (warning, "not a price file"));
}

/* A bad entry is left out and named; its neighbours stay. */
static void
assert_left_out (PriceFixture *self,
                 const char   *members)
{
  g_autofree char *models = g_strdup_printf ("{\"id\": \"good-1\", \"prices\": [{\"input\": 1, "
                                             "\"output\": 2}]}, {\"id\": \"bad-1\", %s}", members);
  g_autoptr(FarePriceBook) book = NULL;
  g_autofree char *warning = NULL;

  price_fixture_write_models (self, models);
  book = price_fixture_load (self, &warning);

  g_test_message ("%s: %s", members, warning);
  g_assert_nonnull (warning);
  g_assert_nonnull (strstr (warning, "“bad-1”"));
  g_assert_cmpstr (fare_price_book_get_problems (book)[1], ==, NULL);
  assert_usd (price_of_input (book, "good-1", ANY_TIME), 1.0);
  g_assert_null (fare_price_book_find_entry (book, "bad-1"));
}

#define PLAIN "\"input\": 1, \"output\": 2"

static void
test_bad_entries (PriceFixture  *self,
                  gconstpointer  data)
{
  static const char * const members[] = {
    "\"prices\": {}",
    "\"prices\": [1]",
    "\"prices\": [[]]",
    "\"prices\": [{\"input\": 1}]",
    "\"prices\": [{\"output\": 1}]",
    "\"prices\": [{\"input\": \"1\", \"output\": 2}]",
    "\"prices\": [{\"input\": true, \"output\": 2}]",
    "\"prices\": [{\"input\": -1, \"output\": 2}]",
    "\"prices\": [{\"input\": 1e999, \"output\": 2}]",
    "\"prices\": [{\"input\": 99999999999999999999, \"output\": 2}]",
    "\"prices\": [{\"input\": -9223372036854775809, \"output\": 2}]",
    "\"prices\": [{\"input\": 1e10, \"output\": 2}]",
    "\"prices\": [{" PLAIN ", \"cache_read\": []}]",
    "\"prices\": [{" PLAIN ", \"reasoning\": -0.5}]",
    "\"prices\": [{\"from\": 5, " PLAIN "}]",
    "\"prices\": [{\"from\": \"soon\", " PLAIN "}]",
    "\"prices\": [{\"from\": \"2026-02-30\", " PLAIN "}]",
    "\"prices\": [{\"from\": \"2026-02-01\", " PLAIN "}, {\"from\": \"2026-01-01\", " PLAIN "}]",
    "\"prices\": [{\"from\": null, " PLAIN "}, {\"from\": null, " PLAIN "}]",
    "\"prices\": [{" PLAIN ", \"tiers\": {}}]",
    "\"prices\": [{" PLAIN ", \"tiers\": [{" PLAIN "}]}]",
    "\"prices\": [{" PLAIN ", \"tiers\": [{\"above\": 1.5, " PLAIN "}]}]",
    "\"prices\": [{" PLAIN ", \"tiers\": [{\"above\": -5, " PLAIN "}]}]",
    "\"prices\": [{" PLAIN ", \"tiers\": [{\"above\": 9, " PLAIN "}, {\"above\": 9, " PLAIN "}]}]",
    "\"prices\": [{" PLAIN ", \"windows\": [{\"multiplier\": 2}]}]",
    "\"prices\": [{" PLAIN ", \"windows\": [{\"utc_from\": \"1:00\", \"utc_to\": \"02:00\", "
      "\"multiplier\": 2}]}]",
    "\"prices\": [{" PLAIN ", \"windows\": [{\"utc_from\": \"25:00\", \"utc_to\": \"02:00\", "
      "\"multiplier\": 2}]}]",
    "\"prices\": [{" PLAIN ", \"windows\": [{\"utc_from\": \"01:00\", \"utc_to\": \"01:00\", "
      "\"multiplier\": 2}]}]",
    "\"prices\": [{" PLAIN ", \"windows\": [{\"utc_from\": \"01:00\", \"utc_to\": \"02:00\"}]}]",
    "\"prices\": [{" PLAIN ", \"windows\": [{\"utc_from\": \"01:00\", \"utc_to\": \"02:00\", "
      "\"multiplier\": -2}]}]",
    "\"prices\": [{" PLAIN ", \"windows\": [{\"utc_from\": \"01:00\", \"utc_to\": \"02:00\", "
      "\"days\": [0], \"multiplier\": 2}]}]",
    "\"prices\": [{" PLAIN ", \"windows\": [{\"utc_from\": \"01:00\", \"utc_to\": \"02:00\", "
      "\"except\": [\"x\"], \"multiplier\": 2}]}]",
    "\"prices\": [{" PLAIN ", \"windows\": [{\"utc_from\": \"01:00\", \"utc_to\": \"02:00\", "
      "\"except\": [\"2026-01-01\"], \"rates\": {\"input\": 1}}]}]",
    "\"prices\": [{" PLAIN "}], \"modes\": []",
    "\"prices\": [{" PLAIN "}], \"modes\": {\"fast\": \"2\"}",
    "\"prices\": [{" PLAIN "}], \"modes\": {\"fast\": {\"input\": 2}}",
    "\"prices\": [{" PLAIN "}], \"modes\": {\"regional\": {" PLAIN "}}",
    "\"prices\": [{" PLAIN "}], \"mode_limits\": {\"fast\": {\"max_prompt\": \"9\"}}",
    "\"prices\": [{" PLAIN "}], \"mode_limits\": {\"fast\": 9}",
    "\"prices\": [{" PLAIN "}], \"status\": \"unpriced\"",
    "\"prices\": [{" PLAIN "}], \"status\": \"cheap\"",
    "\"prices\": [], \"status\": \"list\"",
    "\"prices\": [{" PLAIN "}], \"name\": 5",
    "\"prices\": [{" PLAIN "}], \"provider\": null",
    "\"prices\": [{" PLAIN "}], \"aliases\": \"x\"",
    "\"prices\": [{" PLAIN "}], \"aliases\": [1]",
    "\"prices\": [{" PLAIN "}], \"accepts\": {}",
    "\"prices\": [{" PLAIN "}], \"as_of\": \"yesterday\"",
    "\"prices\": [{" PLAIN "}], \"context\": -1",
    "\"prices\": [{" PLAIN "}], \"aliases\": [\"Good 1\"]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    assert_left_out (self, members[i]);
}

static void
test_odd_lists (PriceFixture  *self,
                gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;
  g_autofree char *warning = NULL;
  const char * const *problems = NULL;

  price_fixture_write (self, HEAD
                       "\"updated\": 5, \"vendors\": {\"acme\": [\"acme\", 5], \"b\": \"b\"}, "
                       "\"gateways\": {\"my-proxy\": null, \"other\": 7}, "
                       "\"hosts\": {\"h\": null}, "
                       "\"local_hosts\": [\"my-box\", {}], "
                       "\"models\": [7, {\"remove\": true}, {\"prices\": []}]}", -1);
  book = price_fixture_load (self, &warning);
  problems = fare_price_book_get_problems (book);

  g_assert_nonnull (strstr (warning, "8 more faults"));
  g_assert_cmpuint (g_strv_length ((GStrv) problems), ==, 9);
  assert_usd (price_of_input (book, "my-proxy/gpt-5.4", ANY_TIME), 2.5);
  assert_usd (price_of_input (book, "my-box/gpt-5.4", ANY_TIME), 0.0);
  g_assert_cmpstr (fare_price_book_get_vendor (book, "ACME"), ==, "acme");
}

static void
test_lists_alone (PriceFixture  *self,
                  gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;

  price_fixture_write (self, HEAD "\"gateways\": {\"My_Proxy\": null}}", -1);
  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "my-proxy/claude-opus-4-8", ANY_TIME), 5.0);
  g_assert_cmpuint (fare_price_book_get_n_entries (book), ==, 442);
}

/* What the user says about a seller holds against what is shipped. */
static void
test_own_seller_wins (PriceFixture  *self,
                      gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;

  price_fixture_write (self, HEAD "\"gateways\": {\"groq\": null, \"ollama\": null}}", -1);
  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "groq/gpt-5.4", ANY_TIME), 2.5);
  assert_usd (price_of_input (book, "ollama/gpt-5.4", ANY_TIME), 2.5);
}

static void
test_own_replaces_whole (PriceFixture  *self,
                         gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;
  const FarePriceEntry *entry = NULL;
  FareUsage usage = { .input = 1000000 };

  /* The shipped entry accepts dates, has aliases and modes; this one has none. */
  price_fixture_write_models (self, "{\"id\": \"Claude-Opus-4.8\", \"provider\": \"anthropic\", "
                                    "\"prices\": [{\"input\": 7, \"output\": 8}]}");
  book = price_fixture_load (self, NULL);
  entry = fare_price_book_find_entry (book, "claude-opus-4-8");

  g_assert_cmpuint (fare_price_book_get_n_entries (book), ==, 442);
  g_assert_cmpint (fare_price_entry_get_origin (entry), ==, FARE_PRICE_CHANGED);
  g_assert_cmpstr (fare_price_entry_get_id (fare_price_entry_get_shipped (entry)), ==,
                   "claude-opus-4-8");
  assert_usd (price_of_input (book, "claude-opus-4-8", ANY_TIME), 7.0);
  assert_usd (price_at (book, "claude-opus-4-8", FARE_MODE_FAST, ANY_TIME, usage).usd, 7.0);
  g_assert_true (price_at (book, "claude-opus-4-8", FARE_MODE_FAST, ANY_TIME, usage).is_estimate);
  assert_usd (price_of_input (book, "claude-opus-4-8-20260601", ANY_TIME), -1.0);
  assert_usd (price_of_input (book, "opus-4.8", ANY_TIME), -1.0);
}

static void
test_own_adds_and_hides (PriceFixture  *self,
                         gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;
  FarePriceMatch match;

  price_fixture_write_models (self,
                              "{\"id\": \"house-model\", \"aliases\": [\"gpt-5.6\", \"sonnet\"], "
                              "\"prices\": [{\"input\": 9, \"output\": 9}]}, "
                              "{\"id\": \"gpt-5.4\", \"remove\": true}, "
                              "{\"id\": \"never-shipped\", \"remove\": true}");
  book = price_fixture_load (self, NULL);

  g_assert_cmpuint (fare_price_book_get_n_entries (book), ==, 442);
  g_assert_cmpint (fare_price_entry_get_origin (fare_price_book_find_entry (book, "house-model")),
                   ==, FARE_PRICE_OWN);
  assert_usd (price_of_input (book, "sonnet", ANY_TIME), 9.0);
  /* An own name wins over a shipped alias, and the shipped entry keeps its others. */
  assert_usd (price_of_input (book, "gpt-5.6", ANY_TIME), 9.0);
  assert_usd (price_of_input (book, "gpt-5.6-sol", ANY_TIME), 5.0);

  match = fare_price_book_match (book, NULL, "gpt-5.4");
  g_assert_null (match.entry);
  g_assert_cmpint (match.reason, ==, FARE_UNPRICED_NO_ENTRY);
}

static void
test_own_unpriced (PriceFixture  *self,
                   gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;
  FarePriceMatch match;

  price_fixture_write_models (self, "{\"id\": \"gpt-5.4\", \"provider\": \"openai\"}");
  book = price_fixture_load (self, NULL);
  match = fare_price_book_match (book, "openai", "gpt-5.4");
  g_assert_nonnull (match.entry);
  g_assert_cmpint (match.reason, ==, FARE_UNPRICED_UNPRICED_ENTRY);
}

static void
test_own_launch_date (PriceFixture  *self,
                      gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;
  FareUsage usage = { .input = 1000000 };
  FarePrice price;

  price_fixture_write_models (self, "{\"id\": \"new-1\", \"prices\": [{\"from\": \"2026-03-01\", "
                                    PLAIN "}]}");
  book = price_fixture_load (self, NULL);

  price = price_at (book, "new-1", FARE_MODE_NONE, "2026-02-28T23:59:59.999Z", usage);
  g_assert_cmpint (price.reason, ==, FARE_UNPRICED_BEFORE_FIRST_PRICE);
  assert_usd (price.usd, 0.0);
  assert_usd (price_of_input (book, "new-1", "2026-03-01"), 1.0);
}

static void
test_unknown_class (PriceFixture  *self,
                    gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;
  g_autofree char *warning = NULL;

  price_fixture_write_models (self, "{\"id\": \"new-1\", \"class\": \"gigantic\", \"prices\": [{"
                                    PLAIN "}]}");
  book = price_fixture_load (self, &warning);
  g_assert_nonnull (strstr (warning, "gigantic"));
  assert_usd (price_of_input (book, "new-1", ANY_TIME), 1.0);
  g_assert_cmpstr (fare_price_entry_get_class (fare_price_book_find_entry (book, "new-1")), ==,
                   "default");
}

static void
test_estimates (PriceFixture  *self,
                gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);
  FareUsage usage = { .input = 1 };

  g_assert_true (price_at (book, "gpt-oss-120b", 0, ANY_TIME, usage).is_estimate);
  g_assert_true (price_at (book, "hy3", 0, ANY_TIME, usage).is_estimate);
  g_assert_false (price_at (book, "gpt-5.4", 0, ANY_TIME, usage).is_estimate);
  g_assert_false (price_at (book, "gpt-5.4", FARE_MODE_FAST, ANY_TIME, usage).is_estimate);
  g_assert_true (price_at (book, "gpt-5.4", FARE_MODE_US_ONLY, ANY_TIME, usage).is_estimate);
  g_assert_true (price_at (book, "claude-haiku-4-5", FARE_MODE_FAST, ANY_TIME, usage).is_estimate);
}

static void
test_thresholds (PriceFixture  *self,
                 gconstpointer  data)
{
  static const gint64 expected[] = { 32000, 77, 99, 100000, 127999, 128000, 199999, 200000, 256000,
                                     272000 };
  g_autoptr(FarePriceBook) book = NULL;
  const gint64 *thresholds = NULL;
  guint n_thresholds = 0;

  price_fixture_write_models (self, "{\"id\": \"gpt-5.4\", \"prices\": [{" PLAIN ", \"tiers\": ["
                                    "{\"above\": 77, " PLAIN "}]}], \"modes\": {\"fast\": 2}, "
                                    "\"mode_limits\": {\"fast\": {\"max_prompt\": 99}}}");
  book = price_fixture_load (self, NULL);
  thresholds = fare_price_book_get_thresholds (book, &n_thresholds);

  for (guint i = 1; i < n_thresholds; i++)
    g_assert_cmpint (thresholds[i - 1], <, thresholds[i]);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      guint j = 0;

      while (j < n_thresholds && thresholds[j] != expected[i])
        j++;
      g_assert_cmpuint (j, <, n_thresholds);
    }
}

static gboolean
is_steady (FarePriceBook *book,
           const char    *name,
           const char    *from,
           const char    *to)
{
  FarePriceMatch match = fare_price_book_match (book, NULL, name);

  return fare_price_book_is_steady (book, &match, price_time (from), price_time (to));
}

static void
test_steady (PriceFixture  *self,
             gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);

  /* A segment's beginning counts only strictly inside. */
  g_assert_true (is_steady (book, "claude-opus-4-6", "2026-03-12", "2026-03-13"));
  g_assert_true (is_steady (book, "claude-opus-4-6", "2026-03-13", "2026-03-14"));
  g_assert_false (is_steady (book, "claude-opus-4-6", "2026-03-12", "2026-03-13T00:00:00.001Z"));
  g_assert_false (is_steady (book, "kimi-for-coding", "2026-04-20T15:15:00Z",
                             "2026-04-20T15:30:00Z"));
  g_assert_true (is_steady (book, "gpt-5.4", "1970-01-01", "2100-01-01"));
  g_assert_true (is_steady (book, "no-such-model", "1970-01-01", "2100-01-01"));

  /* Peak hours, 01:00 to 04:00 on working days; 2026-10-01 is a holiday, 2026-09-05 a Saturday. */
  g_assert_true (is_steady (book, "deepseek-v4-pro", "2026-09-01T00:45:00Z",
                            "2026-09-01T01:00:00Z"));
  g_assert_true (is_steady (book, "deepseek-v4-pro", "2026-09-01T01:00:00Z",
                            "2026-09-01T04:00:00Z"));
  g_assert_false (is_steady (book, "deepseek-v4-pro", "2026-09-01T03:50:00Z",
                             "2026-09-01T04:05:00Z"));
  g_assert_true (is_steady (book, "deepseek-v4-pro", "2026-10-01", "2026-10-02"));
  g_assert_true (is_steady (book, "deepseek-v4-pro", "2026-09-05", "2026-09-07"));
  g_assert_false (is_steady (book, "deepseek-v4-pro", "2026-09-05", "2026-09-07T02:00:00Z"));
  g_assert_false (is_steady (book, "deepseek-v4-pro", "2026-09-01", "2030-09-01"));
  g_assert_true (is_steady (book, "deepseek-v4-pro", "2026-05-01", "2026-08-16T16:00:00Z"));

  /* A night that began the day before. */
  g_assert_false (is_steady (book, "deepseek-chat", "2025-04-10T00:15:00Z",
                             "2025-04-10T00:45:00Z"));
  g_assert_true (is_steady (book, "deepseek-chat", "2025-04-10T00:15:00Z",
                            "2025-04-10T00:30:00Z"));
}

/* Where the book calls a span steady, every moment of it has the same price, and it does so for all
 * but those in which something begins or ends.  One segment begins without another price. */
static void
test_steady_is_true (PriceFixture  *self,
                     gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);
  FarePriceMatch match = fare_price_book_match (book, NULL, "deepseek-v4-flash");
  FareUsage usage = { .input = 1000000 };
  gint64 start = price_time ("2026-08-15");
  guint n_unsteady = 0;
  guint n_different = 0;

  for (gint64 t = start; t < start + 40 * G_GINT64_CONSTANT (86400000); t += 7 * 60000)
    {
      gint64 end = t + 7 * 60000;
      double first = fare_price_book_cost (book, &match, 0, 0, t, &usage).usd;
      gboolean is_steady_span = fare_price_book_is_steady (book, &match, t, end);
      gboolean differs = FALSE;

      for (gint64 moment = t; moment < end; moment += 60000)
        differs |= fare_price_book_cost (book, &match, 0, 0, moment, &usage).usd != first;
      g_assert_false (is_steady_span && differs);
      n_unsteady += !is_steady_span;
      n_different += differs;
    }
  g_assert_cmpuint (n_different, >, 50);
  g_assert_cmpuint (n_unsteady, <=, n_different + 1);
}

static gpointer
match_many (gpointer data)
{
  static const char * const names[] = {
    "claude-opus-4-8", "us.anthropic.claude-opus-4-8-v1:0", "gpt-5.4-high-fast", "nobody/x",
  };
  FarePriceBook *book = data;
  guint n_right = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *fresh = g_strdup_printf ("no-such-model-%u", i % 6000);
      FarePriceMatch match = fare_price_book_match (book, NULL, names[i % 4]);

      n_right += (match.entry != NULL) == (i % 4 != 3);
      n_right += fare_price_book_match (book, "openai", fresh).reason == FARE_UNPRICED_NO_ENTRY;
    }

  return GUINT_TO_POINTER (n_right);
}

static void
test_threads (PriceFixture  *self,
              gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);
  GThread *threads[6];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("match", match_many, book);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 40000);
}

/* A remembered pair is not mistaken for another one that reads the same when joined. */
static void
test_memory_keeps_pairs_apart (PriceFixture  *self,
                               gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = price_fixture_load (self, NULL);

  g_assert_nonnull (fare_price_book_match (book, "openai", "gpt-5.4").entry);
  g_assert_null (fare_price_book_match (book, "openai:gpt-5", "4").entry);
  g_assert_null (fare_price_book_match (book, "openai\ngpt-5.4", "").entry);
  g_assert_null (fare_price_book_match (book, "", "openai").entry);
  g_assert_nonnull (fare_price_book_match (book, "", "openai/gpt-5.4").entry);
  g_assert_nonnull (fare_price_book_match (book, NULL, "openai/gpt-5.4").entry);
}

/* Entries that are read one by one are those of the whole file, and so is all that a quick look
 * over the file finds. */
static void
test_reads_on_demand (PriceFixture  *self,
                      gconstpointer  data)
{
  g_autofree char *classes_path = price_shipped_path ("energy.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePriceCatalog) catalog = fare_price_catalog_load (self->shipped, classes_path,
                                                                 &error);
  g_autoptr(FarePriceFile) file = fare_price_file_load (self->shipped, NULL, &error);
  g_autoptr(FareSellers) sellers = fare_sellers_new ();
  g_autoptr(GArray) thresholds = g_array_new (FALSE, FALSE, sizeof (gint64));
  const GArray *found;

  g_assert_no_error (error);
  g_assert_false (fare_price_catalog_is_whole (catalog));
  g_assert_cmpstr (fare_price_catalog_get_updated (catalog), ==, file->updated);

  for (guint i = 0; i < file->entries->len; i += 2)
    {
      FarePriceEntry *entry = file->entries->pdata[i];
      g_autofree char *key = fare_model_name_to_key (fare_price_entry_get_id (entry));
      const FarePriceEntry *own = fare_price_catalog_find_id (catalog, key);

      g_assert_cmpstr (fare_price_entry_get_id (own), ==, fare_price_entry_get_id (entry));
      g_assert_true (fare_price_catalog_find (catalog, key) == own);
    }
  for (guint i = 0; i < file->entries->len; i++)
    fare_rates_add_thresholds (fare_price_entry_get_rates (file->entries->pdata[i]), thresholds);
  found = fare_price_catalog_get_thresholds (catalog);
  g_assert_cmpmem (found->data, found->len * sizeof (gint64), thresholds->data,
                   thresholds->len * sizeof (gint64));

  /* Those that were handed out stay what they are. */
  g_assert_cmpuint (fare_price_catalog_list (catalog)->len, ==, file->entries->len);
  for (guint i = 0; i < file->entries->len; i++)
    {
      const FarePriceEntry *entry = fare_price_catalog_list (catalog)->pdata[i];
      g_autofree char *key = fare_model_name_to_key (fare_price_entry_get_id (entry));

      g_assert_true (fare_price_catalog_find_id (catalog, key) == entry);
    }
}

/* A shipped table that is not as usual is read as a whole at once, and says what is wrong. */
static void
test_unusual_shipped (PriceFixture  *self,
                      gconstpointer  data)
{
  static const char * const models[] = {
    "{\"id\": \"A_Model\", \"prices\": [{\"input\": 1, \"output\": 2}]}",
    "{\"id\": \"a-model\", \"aliases\": [\"b\"], \"prices\": [{\"input\": 1, \"output\": 2}]},"
    " {\"id\": \"b\", \"prices\": [{\"input\": 3, \"output\": 4}]}",
    "{\"id\": \"a-model\", \"prices\": [{\"input\": 1, \"output\": 2}]}, {\"id\": \"c\", \"remove\": true}",
    "{\"\\u0069d\": \"a-model\", \"prices\": [{\"input\": 1, \"output\": 2}]}",
    "7, {\"id\": \"a-model\", \"prices\": [{\"input\": 1, \"output\": 2}]}",
  };
  static const guint n_problems[] = { 0, 1, 0, 0, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr(FarePriceBook) book = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *warning = NULL;

      price_fixture_write_models (self, models[i]);
      book = fare_price_book_load (self->own, NULL, &warning, &error);
      g_assert_no_error (error);
      g_assert_cmpint (warning != NULL, ==, n_problems[i] > 0);
      g_assert_cmpuint (g_strv_length ((GStrv) fare_price_book_get_problems (book)), ==,
                        n_problems[i]);
      assert_usd (price_of_input (book, "a-model", ANY_TIME), 1.0);
    }
}

/* A bad entry of the shipped table has no price, whoever comes first, and is named when asked. */
static void
test_bad_shipped_entry (PriceFixture  *self,
                        gconstpointer  data)
{
  g_autoptr(FarePriceBook) book = NULL;
  g_autoptr(GError) error = NULL;

  price_fixture_write (self, HEAD "\"updated\": \"2026-01-01\", \"models\": ["
                       "{\"id\": \"bad-1\", \"prices\": [{\"input\": -1, \"output\": 2}]},"
                       "{\"id\": \"good-1\", \"prices\": [{\"input\": 1, \"output\": 2}]}]}", -1);
  book = fare_price_book_load (self->own, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (fare_price_book_find_entry (book, "bad-1"));
  assert_usd (price_of_input (book, "good-1", ANY_TIME), 1.0);
  g_assert_cmpuint (fare_price_book_get_n_entries (book), ==, 1);
  g_assert_nonnull (strstr (fare_price_book_get_problems (book)[0], "bad-1"));
  g_assert_cmpstr (fare_price_book_get_problems (book)[1], ==, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  PRICE_TEST ("/pricing/shipped/is-clean", test_shipped_is_clean);
  PRICE_TEST ("/pricing/shipped/is-sorted", test_shipped_is_sorted);
  PRICE_TEST ("/pricing/shipped/has-evidence", test_shipped_has_evidence);
  PRICE_TEST ("/pricing/shipped/knows-its-classes", test_shipped_classes);
  PRICE_TEST ("/pricing/shipped/names-lead-home", test_shipped_names_match);
  PRICE_TEST ("/pricing/shipped/missing-is-an-error", test_missing_shipped);
  PRICE_TEST ("/pricing/shipped/is-read-on-demand", test_reads_on_demand);
  PRICE_TEST ("/pricing/shipped/unusual-is-read-at-once", test_unusual_shipped);
  PRICE_TEST ("/pricing/shipped/bad-entry-has-no-price", test_bad_shipped_entry);
  PRICE_TEST ("/pricing/own/broken-is-kept-and-told", test_own_broken);
  PRICE_TEST ("/pricing/own/other-or-newer-file", test_own_other);
  PRICE_TEST ("/pricing/own/huge-or-deep", test_own_huge);
  PRICE_TEST ("/pricing/own/is-a-folder", test_own_folder);
  PRICE_TEST ("/pricing/own/bad-entries-are-named", test_bad_entries);
  PRICE_TEST ("/pricing/own/odd-lists-are-named", test_odd_lists);
  PRICE_TEST ("/pricing/own/lists-alone", test_lists_alone);
  PRICE_TEST ("/pricing/own/seller-wins", test_own_seller_wins);
  PRICE_TEST ("/pricing/own/replaces-as-a-whole", test_own_replaces_whole);
  PRICE_TEST ("/pricing/own/adds-and-hides", test_own_adds_and_hides);
  PRICE_TEST ("/pricing/own/takes-a-price-away", test_own_unpriced);
  PRICE_TEST ("/pricing/own/before-first-price", test_own_launch_date);
  PRICE_TEST ("/pricing/own/unknown-class-keeps-the-price", test_unknown_class);
  PRICE_TEST ("/pricing/book/marks-estimates", test_estimates);
  PRICE_TEST ("/pricing/book/thresholds", test_thresholds);
  PRICE_TEST ("/pricing/book/steady", test_steady);
  PRICE_TEST ("/pricing/book/steady-means-one-price", test_steady_is_true);
  PRICE_TEST ("/pricing/book/many-threads", test_threads);
  PRICE_TEST ("/pricing/book/pairs-stay-apart", test_memory_keeps_pairs_apart);

  return g_test_run ();
}
