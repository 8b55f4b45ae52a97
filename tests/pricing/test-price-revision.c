/* test-price-revision.c
 *
 * Changes to the user's prices as a form makes them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "price-fixture.h"
#include "pricing/fare-price-json.h"
#include "pricing/fare-price-list.h"
#include "pricing/fare-price-revision.h"

static void
revise (PriceFixture            *self,
        const FarePriceRevision *revision)
{
  g_autoptr(FarePriceEdit) edit = price_fixture_open_edit (self);
  g_autoptr(GError) error = NULL;

  fare_price_edit_revise (edit, revision, &error);
  g_assert_no_error (error);
  price_edit_save (edit);
}

/* Only the rates of today change; tiers, modes and history stay. */
static void
test_in_place (PriceFixture  *self,
               gconstpointer  data)
{
  FarePriceRevision revision = { .id = "claude-opus-4.6", .has_card = TRUE,
                                 .card = price_plain_card (6, 30), .now_ms = PRICE_NOW };
  g_autoptr(FarePriceBook) book = NULL;
  const FarePriceEntry *entry;
  const FareRates *rates, *old;

  revise (self, &revision);
  book = price_fixture_load (self, NULL);
  entry = fare_price_book_find_entry (book, "claude-opus-4-6");
  rates = fare_price_entry_get_rates (entry);
  old = fare_price_entry_get_rates (fare_price_entry_get_shipped (entry));

  g_assert_cmpint (fare_price_entry_get_origin (entry), ==, FARE_PRICE_CHANGED);
  g_assert_cmpstr (fare_price_entry_get_as_of (entry), ==, "2026-11-22");
  g_assert_cmpuint (rates->segments->len, ==, old->segments->len);
  g_assert_cmpuint (rates->segments->len, >, 1);
  g_assert_cmpuint (fare_rates_find_segment (rates, 0)->tiers->len, ==, 1);
  g_assert_cmpint (rates->modes, ==, old->modes);
  assert_usd (price_of_input (book, "claude-opus-4-6", "2026-01-01"), 5.0);
  assert_usd (price_of_input (book, "claude-opus-4-6", "2026-11-22"), 6.0);
  /* A rate that is not stated any more is filled in. */
  assert_usd (fare_rates_find_segment (rates, PRICE_NOW)->card.cache_read, 6.0);
}

/* A price of its own begins on its day, and has the tiers of the one before it. */
static void
test_from_date (PriceFixture  *self,
                gconstpointer  data)
{
  FarePriceRevision revision = { .id = "claude-opus-4-6", .has_card = TRUE, .from = "2026-03-01",
                                 .card = price_plain_card (7, 30), .now_ms = PRICE_NOW };
  g_autoptr(FarePriceBook) book = NULL;
  const FareRates *rates;
  gint64 march = 1772323200000;

  revise (self, &revision);
  book = price_fixture_load (self, NULL);
  rates = fare_price_entry_get_rates (fare_price_book_find_entry (book, "claude-opus-4-6"));
  assert_usd (price_of_input (book, "claude-opus-4-6", "2026-02-28T23:59:59Z"), 5.0);
  assert_usd (price_of_input (book, "claude-opus-4-6", "2026-03-01"), 7.0);
  assert_usd (price_of_input (book, "claude-opus-4-6", "2026-03-13"), 5.0);
  g_assert_cmpuint (fare_rates_find_segment (rates, march)->tiers->len, ==, 1);
}

static void
test_same_is_dropped (PriceFixture  *self,
                      gconstpointer  data)
{
  /* All but one are in the shipped table. */
  static const char * const aliases[] = {
    "anthropic--claude-4-8-opus", "claude-4-8-opus", "opus-4-8", "My Opus", NULL
  };
  static const char * const shipped[] = {
    "anthropic--claude-4-8-opus", "claude-4-8-opus", "opus-4-8", NULL
  };
  FarePriceRevision revision = { .id = "claude-opus-4-8", .aliases = aliases, .now_ms = PRICE_NOW };
  g_autoptr(FarePriceEdit) edit = NULL;
  g_autoptr(FarePriceBook) book = NULL;
  g_auto(GStrv) ids = NULL;

  revise (self, &revision);
  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "My Opus", "2026-11-22"), 5.0);
  /* What is no price keeps its evidence. */
  g_assert_cmpstr (fare_price_entry_get_as_of (fare_price_book_find_entry (book, "claude-opus-4-8")),
                   !=, "2026-11-22");

  revision.aliases = shipped;
  revise (self, &revision);
  edit = price_fixture_open_edit (self);
  ids = fare_price_edit_dup_ids (edit);
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
}

static void
test_new_model (PriceFixture  *self,
                gconstpointer  data)
{
  FarePriceRevision revision = { .id = "House_1", .name = "House One", .provider = "Acme Labs",
                                 .has_card = TRUE, .card = price_plain_card (0, 2), .now_ms = PRICE_NOW };
  g_autoptr(FarePriceBook) book = NULL;
  const FarePriceEntry *entry;

  revise (self, &revision);
  book = price_fixture_load (self, NULL);
  entry = fare_price_book_find_entry (book, "house-1");
  g_assert_cmpstr (fare_price_entry_get_name (entry), ==, "House One");
  g_assert_cmpint (fare_price_entry_get_origin (entry), ==, FARE_PRICE_OWN);
  assert_usd (price_of_input (book, "acme-labs/house-1", "2020-01-01"), 0.0);
}

static void
test_refuses_bad_rate (PriceFixture  *self,
                       gconstpointer  data)
{
  g_autoptr(FarePriceEdit) edit = price_fixture_open_edit (self);
  g_autoptr(GError) error = NULL;
  FarePriceRevision revision = { .id = "claude-opus-4-8", .has_card = TRUE,
                                 .card = price_plain_card (-1, 2), .now_ms = PRICE_NOW };
  g_auto(GStrv) ids = NULL;

  g_assert_false (fare_price_edit_revise (edit, &revision, &error));
  g_assert_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE);
  ids = fare_price_edit_dup_ids (edit);
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
}

/* A hidden model has no price; a change brings it back. */
static void
test_hide (PriceFixture  *self,
           gconstpointer  data)
{
  g_autoptr(FarePriceEdit) edit = price_fixture_open_edit (self);
  FarePriceRevision revision = { .id = "claude-opus-4-8", .has_card = TRUE,
                                 .card = price_plain_card (9, 9), .now_ms = PRICE_NOW };
  g_autoptr(FarePriceBook) book = NULL;
  g_autoptr(JsonNode) entry = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (fare_price_edit_hide (edit, "Claude Opus 4.8", &error));
  g_assert_no_error (error);
  price_edit_save (edit);
  entry = fare_price_edit_dup_entry (edit, "claude-opus-4-8");
  g_assert_null (entry);
  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "claude-opus-4-8", "2026-11-22"), -1.0);

  revise (self, &revision);
  g_clear_pointer (&book, fare_price_book_unref);
  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "claude-opus-4-8", "2026-11-22"), 9.0);
}

static void
test_hide_own (PriceFixture  *self,
               gconstpointer  data)
{
  FarePriceRevision revision = { .id = "house-1", .has_card = TRUE, .card = price_plain_card (1, 2),
                                 .now_ms = PRICE_NOW };
  g_autoptr(FarePriceEdit) edit = NULL;
  g_auto(GStrv) ids = NULL;
  g_autoptr(GError) error = NULL;

  revise (self, &revision);
  edit = price_fixture_open_edit (self);
  g_assert_true (fare_price_edit_hide (edit, "house-1", &error));
  g_assert_no_error (error);
  ids = fare_price_edit_dup_ids (edit);
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
}

static void
test_sellers (PriceFixture  *self,
              gconstpointer  data)
{
  g_autoptr(FarePriceEdit) edit = price_fixture_open_edit (self);
  g_autoptr(FarePriceBook) book = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (fare_price_edit_add_seller (edit, FARE_SELLER_GATEWAY, "My Proxy", NULL, &error));
  g_assert_true (fare_price_edit_add_seller (edit, FARE_SELLER_LOCAL, "garage", NULL, &error));
  g_assert_no_error (error);
  price_edit_save (edit);
  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "my-proxy/claude-opus-4-8", "2026-11-22"), 5.0);
  assert_usd (price_of_input (book, "garage/whatever", "2026-11-22"), 0.0);
}

/* The entry that would price a name, and what has to be said first. */
static void
test_targets (PriceFixture  *self,
              gconstpointer  data)
{
  static const struct
  {
    const char *provider;
    const char *name;
    const char *id;
    const char *seller;
  } cases[] = {
    { NULL, "New Model_2", "new-model-2", NULL },
    { "openai", "harbor-preview-2", "harbor-preview-2", NULL },
    { "nous", "kimi-k3", "nous/kimi-k3", "nous" },
    { NULL, "lab/kimi-k3", "lab/kimi-k3", "lab" },
    { "groq", "openai/new-oss", "groq/new-oss", NULL },
    { "openrouter", "z-ai/new-glm", "openrouter/new-glm", NULL },
    { "ollama", "gpt-oss:120b-cloud", NULL, NULL },
    { NULL, "qwen3-coder:30b", "qwen3-coder:30b", NULL },
    { NULL, "", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(FarePriceEdit) edit = price_fixture_open_edit (self);
      g_autofree char *seller = NULL;
      g_autofree char *id = fare_price_edit_dup_target (edit, cases[i].provider, cases[i].name,
                                                        &seller);
      FarePriceRevision revision = { .id = id, .has_card = TRUE, .card = price_plain_card (3, 4),
                                     .now_ms = PRICE_NOW };
      g_autoptr(FarePriceBook) book = NULL;
      g_autoptr(GError) error = NULL;
      FarePriceMatch match;

      g_assert_cmpstr (id, ==, cases[i].id);
      g_assert_cmpstr (seller, ==, cases[i].seller);
      if (id == NULL)
        continue;

      if (seller != NULL)
        g_assert_true (fare_price_edit_add_seller (edit, FARE_SELLER_HOST, seller, seller, &error));
      g_assert_true (fare_price_edit_revise (edit, &revision, &error));
      g_assert_no_error (error);
      price_edit_save (edit);

      /* The entry does price the use it was made for. */
      book = price_fixture_load (self, NULL);
      match = fare_price_book_match (book, cases[i].provider, cases[i].name);
      g_assert_cmpint (match.reason, ==, FARE_UNPRICED_NOT);
      g_assert_cmpstr (fare_price_entry_get_id (match.entry), ==, cases[i].id);
      /* And nobody else's. */
      assert_usd (price_of_input (book, "moonshotai/kimi-k3", "2026-11-22"),
                  price_of_input (book, "kimi-k3", "2026-11-22"));
      g_assert_cmpfloat (price_of_input (book, "kimi-k3", "2026-11-22"), >, 0.0);
    }
}

/* Whatever stands in the user's file in place of prices: the change is made or refused. */
static void
test_odd_prices (PriceFixture  *self,
                 gconstpointer  data)
{
  static const char * const prices[] = {
    "[5]", "[null, {}]", "[[], \"x\"]", "5", "{}", "[{\"from\": 7}]", "[{\"input\": \"x\"}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    {
      FarePriceRevision revision = { .id = "house-1", .has_card = TRUE, .card = price_plain_card (3, 4),
                                     .now_ms = PRICE_NOW };
      g_autofree char *models = g_strdup_printf ("{\"id\": \"house-1\", \"provider\": \"unknown\", "
                                                 "\"name\": \"House\", \"class\": \"default\", "
                                                 "\"status\": \"list\", \"prices\": %s}", prices[i]);
      g_autoptr(FarePriceEdit) edit = NULL;
      g_autoptr(GError) error = NULL;

      price_fixture_write_models (self, models);
      edit = price_fixture_open_edit (self);
      if (fare_price_edit_revise (edit, &revision, &error))
        {
          g_autoptr(FarePriceBook) book = NULL;

          price_edit_save (edit);
          book = price_fixture_load (self, NULL);
          assert_usd (price_of_input (book, "house-1", "2026-11-22"), 3.0);
        }
      else
        g_assert_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  PRICE_TEST ("/pricing/revision/in-place", test_in_place);
  PRICE_TEST ("/pricing/revision/from-date", test_from_date);
  PRICE_TEST ("/pricing/revision/same-is-dropped", test_same_is_dropped);
  PRICE_TEST ("/pricing/revision/new-model", test_new_model);
  PRICE_TEST ("/pricing/revision/refuses-bad-rate", test_refuses_bad_rate);
  PRICE_TEST ("/pricing/revision/hide", test_hide);
  PRICE_TEST ("/pricing/revision/hide-own", test_hide_own);
  PRICE_TEST ("/pricing/revision/sellers", test_sellers);
  PRICE_TEST ("/pricing/revision/targets", test_targets);
  PRICE_TEST ("/pricing/revision/odd-prices", test_odd_prices);

  return g_test_run ();
}
