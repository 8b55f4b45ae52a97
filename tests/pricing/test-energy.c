/* test-energy.c
 *
 * Every case of the shipped energy.json, and what becomes of a table that is damaged.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "pricing/fare-energy.h"
#include "pricing/fare-price-json.h"

typedef struct
{
  FarePriceBook   *prices;
  FareEnergyTable *table;
  char            *path;
} Fixture;

static void
fixture_init (Fixture *self)
{
  const char *folder = g_getenv ("TOKENFARE_PKGDATA_DIR");
  g_autofree char *models = g_build_filename (folder, "models.json", NULL);
  g_autoptr(GError) error = NULL;

  self->path = g_build_filename (folder, "energy.json", NULL);
  self->table = fare_energy_table_load (self->path, &error);
  g_assert_no_error (error);
  self->prices = fare_price_book_load (models, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
fixture_clear (Fixture *self)
{
  fare_price_book_unref (self->prices);
  fare_energy_table_free (self->table);
  g_free (self->path);
}

static gint64
get_count (JsonObject *tokens,
           const char *name)
{
  return json_object_get_int_member_with_default (tokens, name, 0);
}

/* In the file reasoning stands beside the output, in the index it is a part of it. */
static FareUsage
get_usage (JsonObject *tokens)
{
  return (FareUsage) {
    .input = get_count (tokens, "input"),
    .cache_read = get_count (tokens, "cache_read"),
    .cache_write_5m = get_count (tokens, "cache_write_5m"),
    .cache_write_1h = get_count (tokens, "cache_write_1h"),
    .output = get_count (tokens, "output") + get_count (tokens, "reasoning"),
    .reasoning = get_count (tokens, "reasoning"),
  };
}

static void
test_cases (void)
{
  Fixture fixture;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;
  JsonArray *cases;

  fixture_init (&fixture);
  root = fare_price_json_load (fixture.path, &error);
  g_assert_no_error (error);
  cases = fare_price_json_get_array (json_node_get_object (root), "cases");
  g_assert_cmpuint (json_array_get_length (cases), >, 5);

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *row = json_array_get_object_element (cases, i);
      const char *model = fare_price_json_get_string (row, "model");
      FarePriceMatch match = fare_price_book_match (fixture.prices, NULL, model);
      FareUsage usage = get_usage (fare_price_json_get_object (row, "tokens"));
      double joules = fare_energy_table_get_joules (fixture.table, fixture.prices, NULL, model,
                                                    &usage);

      g_test_message ("%s", model);
      g_assert_cmpstr (fare_energy_table_find (fixture.table, &match, model)->id, ==,
                       fare_price_json_get_string (row, "class"));
      g_assert_cmpfloat_with_epsilon (joules, json_object_get_double_member (row, "joules"), 1e-6);
      g_assert_cmpfloat_with_epsilon (joules / 3.6e6, json_object_get_double_member (row, "kwh"),
                                      1e-12);
    }

  fixture_clear (&fixture);
}

static void
test_names_without_entry (void)
{
  static const struct
  {
    const char *name;
    const char *class;
  } names[] = {
    { "acme/GPT-9-Opus", "large-plus" },     { "claude-haiku-99", "small" },
    { "corpus-1", "default" },               { "gemini-99-flash-lite", "mid" },
    { "gemini-99-pro", "large-plus" },       { "gpt-5.5-nano-x", "small-plus" },
    { "o9-mini-x", "small-plus" },           { "k9-future", "open-xl" },
    { "qwen99_7b_tuned", "qwen-7b" },        { "qwen99-27b", "default" },
    { "mistral-large-9907", "default" },     { "", "default" },
  };
  Fixture fixture;
  FarePriceMatch none = { .reason = FARE_UNPRICED_NO_ENTRY };

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i].name);
      g_assert_cmpstr (fare_energy_table_find (fixture.table, &none, names[i].name)->id, ==,
                       names[i].class);
    }

  fixture_clear (&fixture);
}

static void
assert_refused (const char     *text,
                FarePriceError  code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareEnergyTable) table = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("tokenfare-energy-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  table = fare_energy_table_load (path, &error);
  g_assert_null (table);
  g_assert_error (error, FARE_PRICE_ERROR, (int) code);
  g_unlink (path);
}

#define HEAD "{\"schema\":1,\"kind\":\"tokenfare-energy\",\"unit\":\"J_per_token\",\"classes\":["
#define CLASS "{\"id\":\"default\",\"prefill\":1,\"cached\":0.1,\"decode\":3}"

static void
test_damage_is_refused (void)
{
  assert_refused ("{", FARE_PRICE_ERROR_SYNTAX);
  assert_refused ("{\"schema\":2}", FARE_PRICE_ERROR_SCHEMA);
  assert_refused (HEAD "],\"rules\":[]}", FARE_PRICE_ERROR_VALUE);
  assert_refused (HEAD CLASS "]}", FARE_PRICE_ERROR_VALUE);
  assert_refused (HEAD CLASS "," CLASS "],\"rules\":[]}", FARE_PRICE_ERROR_VALUE);
  assert_refused (HEAD CLASS "],\"rules\":[{\"pattern\":\"(\",\"class\":\"default\"}]}",
                  FARE_PRICE_ERROR_VALUE);
  assert_refused (HEAD CLASS "],\"rules\":[{\"pattern\":\"x\",\"class\":\"none\"}]}",
                  FARE_PRICE_ERROR_VALUE);
  assert_refused (HEAD "{\"id\":\"default\",\"prefill\":-1,\"cached\":0,\"decode\":3}],\"rules\":[]}",
                  FARE_PRICE_ERROR_VALUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/energy/cases", test_cases);
  g_test_add_func ("/energy/names-without-entry", test_names_without_entry);
  g_test_add_func ("/energy/damage-is-refused", test_damage_is_refused);

  return g_test_run ();
}
