/* test-price-cases.c
 *
 * The two lists of cases that say what matching and pricing mean: every row is a
 * test of its own, against the shipped table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "price-fixture.h"
#include "pricing/fare-price-json.h"

typedef struct
{
  FarePriceBook *book;
  JsonObject    *row;
} Case;

static const char *
get_string (JsonObject *row,
            const char *member)
{
  return json_object_get_string_member_with_default (row, member, NULL);
}

static FareModes
get_modes (JsonObject *row)
{
  JsonArray *names = fare_price_json_get_array (row, "modes");
  FareModes modes = FARE_MODE_NONE;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      FareModes mode = fare_modes_from_name (json_array_get_string_element (names, i));

      g_assert_cmpuint (mode, !=, FARE_MODE_NONE);
      modes |= mode;
    }

  return modes;
}

static const char *
get_entry_id (const FarePriceMatch *match)
{
  return match->entry != NULL ? fare_price_entry_get_id (match->entry) : NULL;
}

static void
test_matching (gconstpointer data)
{
  const Case *self = data;
  const char *expected = get_string (self->row, "expect");
  FarePriceMatch match = fare_price_book_match (self->book, get_string (self->row, "provider"),
                                                get_string (self->row, "name"));

  g_test_message ("%s", get_string (self->row, "name"));
  if (g_str_equal (expected, "unpriced"))
    {
      g_assert_cmpstr (fare_unpriced_to_id (match.reason), ==, get_string (self->row, "reason"));
      return;
    }

  g_assert_cmpstr (fare_unpriced_to_id (match.reason), ==, NULL);
  g_assert_cmpstr (get_entry_id (&match), ==, expected);
  g_assert_cmpuint (match.modes, ==, get_modes (self->row));
}

/* The cases give output without reasoning; the program counts reasoning as a part of it. */
static FareUsage
get_usage (JsonObject *row)
{
  JsonObject *tokens = json_object_get_object_member (row, "tokens");
  FareUsage usage = {
    .input = json_object_get_int_member_with_default (tokens, "input", 0),
    .cache_read = json_object_get_int_member_with_default (tokens, "cache_read", 0),
    .cache_write_5m = json_object_get_int_member_with_default (tokens, "cache_write_5m", 0),
    .cache_write_1h = json_object_get_int_member_with_default (tokens, "cache_write_1h", 0),
    .output = json_object_get_int_member_with_default (tokens, "output", 0),
    .reasoning = json_object_get_int_member_with_default (tokens, "reasoning", 0),
  };

  usage.output += usage.reasoning;
  return usage;
}

static void
test_cost (gconstpointer data)
{
  const Case *self = data;
  FareUsage usage = get_usage (self->row);
  const char *usd = get_string (self->row, "usd");
  FarePriceMatch match = fare_price_book_match (self->book, get_string (self->row, "provider"),
                                                get_string (self->row, "model"));
  FarePrice price = fare_price_book_cost (self->book, &match, get_modes (self->row),
                                          fare_usage_prompt (&usage),
                                          price_time (get_string (self->row, "timestamp")),
                                          &usage);

  g_test_message ("%s", get_string (self->row, "name"));
  if (usd == NULL)
    {
      g_assert_cmpstr (fare_unpriced_to_id (price.reason), ==, get_string (self->row, "reason"));
      assert_usd (price.usd, 0.0);
      return;
    }

  g_assert_cmpstr (fare_unpriced_to_id (price.reason), ==, NULL);
  g_assert_cmpstr (get_entry_id (&match), ==, get_string (self->row, "entry"));
  assert_usd (price.usd, g_ascii_strtod (usd, NULL));
}

static JsonNode *
add_cases (FarePriceBook *book,
           const char    *file,
           const char    *path,
           guint          n_expected,
           GTestDataFunc  func)
{
  g_autofree char *name = g_test_build_filename (G_TEST_DIST, "pricing", "data", file, NULL);
  g_autoptr(GError) error = NULL;
  JsonNode *root = fare_price_json_load (name, &error);
  JsonArray *rows = NULL;

  g_assert_no_error (error);
  rows = json_object_get_array_member (json_node_get_object (root), "cases");
  g_assert_cmpuint (json_array_get_length (rows), ==, n_expected);

  for (guint i = 0; i < n_expected; i++)
    {
      Case *row = g_new (Case, 1);
      g_autofree char *row_path = g_strdup_printf ("%s/%u", path, i + 1);

      row->book = book;
      row->row = json_array_get_object_element (rows, i);
      g_test_add_data_func_full (row_path, row, func, g_free);
    }

  return root;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(FarePriceBook) book = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *shipped = NULL;
  g_autoptr(JsonNode) matching = NULL;
  g_autoptr(JsonNode) cost = NULL;

  g_test_init (&argc, &argv, NULL);

  shipped = price_shipped_path ("models.json");
  book = fare_price_book_load (shipped, NULL, NULL, &error);
  g_assert_no_error (error);
  matching = add_cases (book, "matching-cases.json", "/pricing/matching", 123, test_matching);
  cost = add_cases (book, "cost-cases.json", "/pricing/cost", 66, test_cost);

  return g_test_run ();
}
