/* test-price-edit.c
 *
 * Changes to the user's price file, and prices taken over from other files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "price-fixture.h"
#include "pricing/fare-price-edit.h"
#include "pricing/fare-price-import.h"
#include "pricing/fare-price-json.h"
#include "pricing/fare-price-list.h"

#define HEAD "{\"schema\": 1, \"kind\": \"tokenfare-prices\", "
static void
set_price (PriceFixture          *self,
           const FarePriceChange *change)
{
  g_autoptr(FarePriceEdit) edit = price_fixture_open_edit (self);
  g_autoptr(GError) error = NULL;

  fare_price_edit_set (edit, change, &error);
  g_assert_no_error (error);
  price_edit_save (edit);
}

static char *
read_own (PriceFixture *self)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (self->own, &text, NULL, NULL));
  return text;
}

static void
test_set_from_date (PriceFixture  *self,
                    gconstpointer  data)
{
  FarePriceChange change = { .id = "claude-opus-4.8", .from = "2026-11-01",
                             .card = price_plain_card (6, 30), .now_ms = PRICE_NOW };
  g_autoptr(FarePriceBook) book = NULL;
  const FarePriceEntry *entry = NULL;

  set_price (self, &change);
  book = price_fixture_load (self, NULL);
  entry = fare_price_book_find_entry (book, "claude-opus-4-8");

  /* The history, the names and the modes of the shipped entry remain. */
  assert_usd (price_of_input (book, "claude-opus-4-8", "2026-10-31T23:59:59Z"), 5.0);
  assert_usd (price_of_input (book, "claude-opus-4-8-20260601-fast", "2026-11-01"), 12.0);
  g_assert_cmpint (fare_price_entry_get_origin (entry), ==, FARE_PRICE_CHANGED);
  g_assert_cmpstr (fare_price_entry_get_as_of (entry), ==, "2026-11-22");

  /* The same date again replaces, an earlier one goes in front. */
  change.card = price_plain_card (7, 30);
  set_price (self, &change);
  change.from = "2026-10-01";
  change.card = price_plain_card (8, 30);
  set_price (self, &change);
  g_clear_pointer (&book, fare_price_book_unref);
  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "claude-opus-4-8", "2026-09-30"), 5.0);
  assert_usd (price_of_input (book, "claude-opus-4-8", "2026-10-01"), 8.0);
  assert_usd (price_of_input (book, "claude-opus-4-8", "2026-11-01"), 7.0);
}

static void
test_set_always (PriceFixture  *self,
                 gconstpointer  data)
{
  FarePriceChange change = { .id = "claude-opus-4-6", .card = price_plain_card (6.5, 30), .now_ms = PRICE_NOW };
  g_autoptr(FarePriceBook) book = NULL;
  const FareRates *rates = NULL;

  change.card.cache_read = 0.65;
  change.card.stated |= FARE_RATE_CACHE_READ;
  set_price (self, &change);
  book = price_fixture_load (self, NULL);
  rates = fare_price_entry_get_rates (fare_price_book_find_entry (book, "claude-opus-4-6"));

  g_assert_cmpuint (rates->segments->len, ==, 1);
  g_assert_cmpuint (fare_rates_find_segment (rates, 0)->tiers->len, ==, 0);
  assert_usd (fare_rates_find_segment (rates, 0)->card.cache_read, 0.65);
  assert_usd (fare_rates_find_segment (rates, 0)->card.cache_write_5m, 6.5);
  assert_usd (price_of_input (book, "claude-opus-4-6", "2026-01-01"), 6.5);
}

static void
test_set_new_model (PriceFixture  *self,
                    gconstpointer  data)
{
  static const char * const aliases[] = { "House Model", NULL };
  FarePriceChange change = { .id = "house_1", .provider = "Acme Labs", .aliases = aliases,
                             .card = price_plain_card (0, 0.1), .now_ms = PRICE_NOW };
  g_autoptr(FarePriceBook) book = NULL;

  set_price (self, &change);
  book = price_fixture_load (self, NULL);
  /* A new vendor can stand in front of its model. */
  assert_usd (price_of_input (book, "acme-labs/house-1", "2026-01-01"), 0.0);
  assert_usd (price_of_input (book, "house model", "2026-01-01"), 0.0);
  assert_usd (price_of_input (book, "openai/house-1", "2026-01-01"), -1.0);
  g_assert_cmpuint (fare_price_book_get_n_entries (book), ==, 443);
}

static void
test_set_prices_the_unpriced (PriceFixture  *self,
                              gconstpointer  data)
{
  FarePriceChange change = { .id = "gpt-5.3-codex-spark", .card = price_plain_card (1, 2),
                             .now_ms = PRICE_NOW };
  g_autoptr(FarePriceBook) book = NULL;

  set_price (self, &change);
  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "gpt-5.3-codex-spark", "2026-01-01"), 1.0);
}

static void
test_set_refuses (PriceFixture  *self,
                  gconstpointer  data)
{
  static const char * const taken[] = { "own-1", NULL };
  FarePriceChange change = { .id = "own-1", .card = price_plain_card (1, 2), .now_ms = PRICE_NOW };
  g_autoptr(FarePriceEdit) edit = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  set_price (self, &change);
  before = read_own (self);
  edit = price_fixture_open_edit (self);

  change.id = "own-2";
  change.aliases = taken;
  g_assert_false (fare_price_edit_set (edit, &change, &error));
  g_assert_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE);
  g_clear_error (&error);

  change.aliases = NULL;
  change.card.input = -1;
  g_assert_false (fare_price_edit_set (edit, &change, &error));
  g_assert_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE);
  g_clear_error (&error);

  change.card.input = 1;
  change.from = "soon";
  g_assert_false (fare_price_edit_set (edit, &change, &error));
  g_assert_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE);

  /* What was refused left no trace. */
  price_edit_save (edit);
  after = read_own (self);
  g_assert_cmpstr (before, ==, after);
}

static void
test_keeps_the_unknown (PriceFixture  *self,
                        gconstpointer  data)
{
  FarePriceChange change = { .id = "mine-1", .from = "2026-11-01", .card = price_plain_card (2, 4),
                             .now_ms = PRICE_NOW };
  g_autofree char *after = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonArray *models = NULL;
  JsonObject *object = NULL;

  /* Members of a later version, an entry that we leave out, exact numbers. */
  price_fixture_write (self, HEAD
                       "\"theme\": {\"a\": [1, 0.1, null, true, \"ü\\n\\\"\", 1e999, 2e20, "
                       "18446744073709551616]}, \"models\": ["
                       "{\"id\": \"mine-1\", \"colour\": \"red\", \"prices\": [{\"from\": null, "
                       "\"input\": 0.07, \"output\": 1e-3, \"later\": 123456789012}]}, "
                       "7, {\"id\": \"odd\", \"prices\": \"?\"}]}", -1);
  set_price (self, &change);

  after = read_own (self);
  root = json_from_string (after, NULL);
  object = json_node_get_object (root);
  models = json_object_get_array_member (object, "models");
  g_assert_cmpuint (json_array_get_length (models), ==, 3);
  g_assert_cmpint (json_array_get_int_element (models, 1), ==, 7);
  g_assert_nonnull (strstr (after, "\"theme\": {"));
  g_assert_nonnull (strstr (after, "[1, 0.1, null, true, \"ü\\n\\\"\", 1e999, 2e+20, "
                                   "1.8446744073709552e+19]"));
  g_assert_nonnull (strstr (after, "\"colour\": \"red\""));
  g_assert_nonnull (strstr (after, "{\"from\": null, \"input\": 0.07, \"output\": 0.001, "
                                   "\"later\": 123456789012}"));
  g_assert_nonnull (strstr (after, "{\"id\": \"odd\", \"prices\": \"?\"}"));
  g_assert_true (g_str_has_suffix (after, "}\n"));
}

static void
test_broken_is_never_written (PriceFixture  *self,
                              gconstpointer  data)
{
  static const char * const texts[] = {
    "{bad", "", "[]", "{\"schema\": 2, \"kind\": \"tokenfare-prices\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *left = NULL;

      price_fixture_write (self, texts[i], -1);
      g_assert_null (fare_price_edit_open (self->shipped, self->own, &error));
      g_assert_nonnull (error);
      left = read_own (self);
      g_assert_cmpstr (left, ==, texts[i]);
    }
}

static void
test_reset (PriceFixture  *self,
            gconstpointer  data)
{
  FarePriceChange change = { .id = "gpt-5.4", .card = price_plain_card (9, 9), .now_ms = PRICE_NOW };
  g_autoptr(FarePriceEdit) edit = NULL;
  g_autoptr(FarePriceBook) book = NULL;

  set_price (self, &change);
  change.id = "own-1";
  set_price (self, &change);
  edit = price_fixture_open_edit (self);
  g_assert_true (fare_price_edit_reset (edit, "GPT-5-4"));
  g_assert_false (fare_price_edit_reset (edit, "gpt-5.4"));
  price_edit_save (edit);

  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "gpt-5.4", "2026-01-01"), 2.5);
  assert_usd (price_of_input (book, "own-1", "2026-01-01"), 9.0);
}

static void
test_reset_all (PriceFixture  *self,
                gconstpointer  data)
{
  g_autoptr(FarePriceEdit) edit = NULL;
  g_autoptr(FarePriceBook) book = NULL;
  g_autofree char *text = NULL;

  price_fixture_write (self, HEAD
                       "\"gateways\": {\"p\": null}, \"extra\": 1, \"models\": ["
                       "{\"id\": \"gpt-5.4\", \"remove\": true}, "
                       "{\"id\": \"x\", \"prices\": [{\"input\": 1, \"output\": 1}]}]}", -1);
  edit = price_fixture_open_edit (self);
  g_assert_cmpuint (fare_price_edit_reset_all (edit), ==, 2);
  g_assert_cmpuint (fare_price_edit_reset_all (edit), ==, 0);
  price_edit_save (edit);

  book = price_fixture_load (self, NULL);
  text = read_own (self);
  assert_usd (price_of_input (book, "gpt-5.4", "2026-01-01"), 2.5);
  assert_usd (price_of_input (book, "p/gpt-5.4", "2026-01-01"), -1.0);
  g_assert_nonnull (strstr (text, "\"extra\": 1"));
}

static void
test_unhides (PriceFixture  *self,
              gconstpointer  data)
{
  FarePriceChange change = { .id = "gpt-5.4", .from = "2026-11-01", .card = price_plain_card (9, 9),
                             .now_ms = PRICE_NOW };
  g_autoptr(FarePriceBook) book = NULL;

  price_fixture_write_models (self, "{\"id\": \"gpt-5.4\", \"remove\": true}");
  set_price (self, &change);
  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "gpt-5.4", "2026-01-01"), 2.5);
  assert_usd (price_of_input (book, "gpt-5.4", "2026-11-01"), 9.0);
}

static void
test_write_through_link (PriceFixture  *self,
                         gconstpointer  data)
{
  g_autofree char *target = g_build_filename (self->folder, "elsewhere.json", NULL);
  FarePriceChange change = { .id = "own-1", .card = price_plain_card (1, 1), .now_ms = PRICE_NOW };

  g_assert_true (g_file_set_contents (target, HEAD "\"models\": []}", -1, NULL));
  g_assert_cmpint (symlink (target, self->own), ==, 0);
  set_price (self, &change);
  g_assert_true (g_file_test (self->own, G_FILE_TEST_IS_SYMLINK));
}

static void
test_makes_its_folder (PriceFixture  *self,
                       gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (self->folder, "new", NULL);
  g_autofree char *path = g_build_filename (folder, "prices.json", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePriceEdit) edit = fare_price_edit_open (self->shipped, path, &error);

  g_assert_no_error (error);
  price_edit_save (edit);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_remove (path);
  g_rmdir (folder);
}

static void
test_cannot_write (PriceFixture  *self,
                   gconstpointer  data)
{
  /* A file where the folder should be: also root cannot write there. */
  g_autofree char *path = g_build_filename (self->folder, "file", "prices.json", NULL);
  g_autofree char *file = g_build_filename (self->folder, "file", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePriceEdit) edit = NULL;

  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  edit = fare_price_edit_open (self->shipped, path, &error);
  g_assert_no_error (error);
  g_assert_false (fare_price_edit_save (edit, &error));
  g_assert_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_READ);
}

static void
import_text (PriceFixture    *self,
             const char      *text,
             FarePriceImport *report)
{
  g_autofree char *path = g_build_filename (self->folder, "import.json", NULL);
  g_autoptr(FarePriceEdit) edit = price_fixture_open_edit (self);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  fare_price_import (edit, path, PRICE_NOW, report, &error);
  g_assert_no_error (error);
  price_edit_save (edit);
}

static void
test_import_flat (PriceFixture  *self,
                  gconstpointer  data)
{
  g_auto(FarePriceImport) report = { 0 };
  g_autoptr(FarePriceBook) book = NULL;
  const FarePriceEntry *entry = NULL;
  const FareRateSegment *segment = NULL;

  import_text (self,
               "{\"version\": \"2\", \"aliases\": {}, \"models\": {\"_c\": \"=== heading ===\", "
               "\"claude-opus-4.8\": {\"provider\": \"anthropic\", \"input\": 5, \"output\": 25, "
               "\"cache_read\": 0.5, \"cache_write\": 6.25}, "
               "\"claude-opus-4.6\": {\"input\": 0.7, \"output\": 26}, "
               "\"anthropic/claude-opus-4.7\": {\"input\": 5, \"output\": null, "
               "\"cache_read\": null}, "
               "\"house-1\": {\"provider\": \"openai\", \"input\": 1, \"output\": 2}, "
               "\"nobody/x\": {\"input\": 1, \"output\": 2}, "
               "\"neg\": {\"input\": -1, \"output\": 2}, \"word\": {\"input\": \"1\"}, "
               "\"none\": {\"provider\": \"openai\"}}}", &report);
  g_assert_cmpuint (report.n_taken, ==, 3);
  g_assert_cmpuint (report.n_same, ==, 1);
  g_assert_cmpuint (report.problems->len, ==, 4);

  book = price_fixture_load (self, NULL);
  entry = fare_price_book_find_entry (book, "claude-opus-4-6");
  segment = fare_rates_find_segment (fare_price_entry_get_rates (entry), 0);
  g_assert_cmpint (fare_price_entry_get_status (entry), ==, FARE_PRICE_ESTIMATED);
  g_assert_cmpuint (segment->tiers->len, ==, 0);
  g_assert_true (segment->card.cache_read == 0.07);
  g_assert_true (segment->card.cache_write_5m == 0.7);
  assert_usd (price_of_input (book, "claude-opus-4-6-20260205", "2026-01-01"), 0.7);
  assert_usd (price_of_input (book, "openai/house-1", "2026-01-01"), 1.0);

  entry = fare_price_book_find_entry (book, "claude-opus-4-7");
  segment = fare_rates_find_segment (fare_price_entry_get_rates (entry), 0);
  assert_usd (segment->card.output, 0.0);
  assert_usd (segment->card.cache_read, 0.0);
  g_assert_cmpint (fare_price_entry_get_origin (fare_price_book_find_entry (book,
                                                                            "claude-opus-4-8")),
                   ==, FARE_PRICE_SHIPPED);
}

static void
test_import_own_format (PriceFixture  *self,
                        gconstpointer  data)
{
  g_auto(FarePriceImport) report = { 0 };
  g_autoptr(FarePriceBook) book = NULL;

  price_fixture_write_models (self, "{\"id\": \"own-1\", \"prices\": [{\"input\": 1, \"output\": "
                                    "1}]}, {\"id\": \"own-2\", \"prices\": [{\"input\": 2, "
                                    "\"output\": 1}]}");
  import_text (self, HEAD
               "\"gateways\": {\"azure\": null, \"my-proxy\": null}, \"local_hosts\": [\"ollama\", "
               "7, \"my-box\"], \"models\": [{\"id\": \"own-2\", \"prices\": [{\"input\": 7, "
               "\"output\": 1}]}, {\"id\": \"gpt-5.4\", \"remove\": true}, "
               "{\"id\": \"bad\", \"prices\": [{}]}, 5]}", &report);
  g_assert_cmpuint (report.n_taken, ==, 2);
  g_assert_cmpuint (report.problems->len, ==, 3);

  book = price_fixture_load (self, NULL);
  assert_usd (price_of_input (book, "own-1", "2026-01-01"), 1.0);
  assert_usd (price_of_input (book, "own-2", "2026-01-01"), 7.0);
  assert_usd (price_of_input (book, "gpt-5.4", "2026-01-01"), -1.0);
  assert_usd (price_of_input (book, "my-proxy/gpt-5.5", "2026-01-01"), 5.0);
  assert_usd (price_of_input (book, "my-box/any", "2026-01-01"), 0.0);
}

/* Taking over the shipped table itself changes nothing, so later shipped prices still hold. */
static void
test_import_shipped (PriceFixture  *self,
                     gconstpointer  data)
{
  g_autoptr(FarePriceEdit) edit = price_fixture_open_edit (self);
  g_auto(FarePriceImport) report = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  fare_price_import (edit, self->shipped, PRICE_NOW, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_taken, ==, 0);
  g_assert_cmpuint (report.n_same, ==, 442);
  price_edit_save (edit);
  text = read_own (self);
  g_assert_cmpstr (text, ==, "{\n  \"schema\": 1,\n  \"kind\": \"tokenfare-prices\"\n}\n");
}

static void
test_import_refuses (PriceFixture  *self,
                     gconstpointer  data)
{
  static const char * const texts[] = { "{bad", "[]", "{}", "{\"models\": 5}" };
  g_autoptr(FarePriceEdit) edit = price_fixture_open_edit (self);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto(FarePriceImport) report = { 0 };
      g_autoptr(GError) error = NULL;

      price_fixture_write (self, texts[i], -1);
      g_assert_false (fare_price_import (edit, self->own, PRICE_NOW, &report, &error));
      g_assert_nonnull (error);
    }
}

/* What is written reads back the same, and writing it again changes nothing. */
static void
test_round_trip (PriceFixture  *self,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) shipped = fare_price_json_load (self->shipped, &error);
  g_autoptr(JsonNode) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  text = fare_price_json_to_text (shipped);
  again = fare_price_json_parse (text, strlen (text), "again", &error);
  g_assert_no_error (error);
  text_again = fare_price_json_to_text (again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_true (json_node_equal (shipped, again));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  PRICE_TEST ("/pricing/edit/from-a-date", test_set_from_date);
  PRICE_TEST ("/pricing/edit/always", test_set_always);
  PRICE_TEST ("/pricing/edit/new-model", test_set_new_model);
  PRICE_TEST ("/pricing/edit/prices-the-unpriced", test_set_prices_the_unpriced);
  PRICE_TEST ("/pricing/edit/refuses", test_set_refuses);
  PRICE_TEST ("/pricing/edit/keeps-the-unknown", test_keeps_the_unknown);
  PRICE_TEST ("/pricing/edit/broken-is-never-written", test_broken_is_never_written);
  PRICE_TEST ("/pricing/edit/reset", test_reset);
  PRICE_TEST ("/pricing/edit/reset-all", test_reset_all);
  PRICE_TEST ("/pricing/edit/unhides", test_unhides);
  PRICE_TEST ("/pricing/edit/writes-through-a-link", test_write_through_link);
  PRICE_TEST ("/pricing/edit/makes-its-folder", test_makes_its_folder);
  PRICE_TEST ("/pricing/edit/cannot-write", test_cannot_write);
  PRICE_TEST ("/pricing/import/flat", test_import_flat);
  PRICE_TEST ("/pricing/import/own-format", test_import_own_format);
  PRICE_TEST ("/pricing/import/shipped-changes-nothing", test_import_shipped);
  PRICE_TEST ("/pricing/import/refuses", test_import_refuses);
  PRICE_TEST ("/pricing/json/round-trip", test_round_trip);

  return g_test_run ();
}
