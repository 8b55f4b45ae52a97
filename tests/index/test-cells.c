/* test-cells.c
 *
 * Cells come back as they were packed, and damaged bytes are refused or harmless.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <string.h>

#include "index/fare-cells.h"
#include "index/fare-varint.h"

#define DAY 20500

/* Of any size, small ones as often as large ones. */
static gint64
pick_number (GRand *random)
{
  return (gint64) (((guint64) g_rand_int (random) << 32 | g_rand_int (random))
                   >> g_rand_int_range (random, 1, 64));
}

static FareCell
pick_cell (GRand *random)
{
  FareCell cell;

  memset (&cell, 0, sizeof cell);
  cell.key.quarter = DAY * FARE_DAY_QUARTERS + g_rand_int_range (random, 0, FARE_DAY_QUARTERS);
  cell.key.session = (guint32) g_rand_int_range (random, 1, 5) * 1000;
  cell.key.model = (guint32) g_rand_int_range (random, 1, 3);
  cell.key.branch = g_rand_boolean (random) ? G_MAXUINT32 : 1;
  cell.key.kind = (guint16) g_rand_int_range (random, 0, 0x400);
  cell.key.band = (guint16) g_rand_int_range (random, 0, 3);
  cell.events = g_rand_boolean (random) ? 1 : 1 + pick_number (random) / 2;
  cell.messages = g_rand_boolean (random) ? cell.events : pick_number (random);
  cell.usage.input = pick_number (random);
  cell.usage.cache_read = pick_number (random);
  cell.usage.cache_write_5m = g_rand_boolean (random) ? 0 : pick_number (random);
  cell.usage.cache_write_1h = g_rand_boolean (random) ? 0 : pick_number (random);
  cell.usage.output = pick_number (random);
  cell.usage.reasoning = g_rand_boolean (random) ? 0 : pick_number (random);
  cell.searches = g_rand_boolean (random) ? 0 : pick_number (random);
  cell.reported = g_rand_boolean (random) ? 0 : pick_number (random) - pick_number (random);

  return cell;
}

static GArray *
pick_cells (GRand *random,
            guint  n)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (FareCell));
  guint kept = 0;

  for (guint i = 0; i < n; i++)
    {
      FareCell cell = pick_cell (random);

      g_array_append_val (cells, cell);
    }
  g_array_sort (cells, (GCompareFunc) fare_cell_compare);
  for (guint i = 0; i < cells->len; i++)
    if (i == 0 || fare_cell_compare (&g_array_index (cells, FareCell, i),
                                     &g_array_index (cells, FareCell, kept - 1)) != 0)
      g_array_index (cells, FareCell, kept++) = g_array_index (cells, FareCell, i);
  g_array_set_size (cells, kept);

  return cells;
}

static void
test_round_trip (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (7);

  for (guint n = 0; n < 300; n += 7)
    {
      g_autoptr(GArray) cells = pick_cells (random, n);
      g_autoptr(GArray) back = g_array_new (FALSE, FALSE, sizeof (FareCell));
      g_autoptr(GByteArray) bytes = fare_cells_pack ((const FareCell *) cells->data, cells->len);

      g_assert_true (fare_cells_unpack (bytes->data, bytes->len, DAY, back));
      g_assert_cmpmem (cells->data, cells->len * sizeof (FareCell), back->data,
                       back->len * sizeof (FareCell));
    }
}

/* What a busy quarter hour takes: the room it may take in the index. */
static void
test_is_small (void)
{
  FareCell cells[20];
  g_autoptr(GByteArray) bytes = NULL;

  memset (cells, 0, sizeof cells);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      cells[i].key.quarter = DAY * FARE_DAY_QUARTERS + 30 + i;
      cells[i].key.session = 15000;
      cells[i].key.model = 3;
      cells[i].key.branch = 1;
      cells[i].events = cells[i].messages = 12;
      cells[i].usage = (FareUsage) { 15000, 1200000, 60000, 0, 16000, 0 };
    }
  bytes = fare_cells_pack (cells, G_N_ELEMENTS (cells));
  g_assert_cmpuint (bytes->len, <=, 20 * 16 + 10);
}

static void
test_damage (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (8);
  g_autoptr(GArray) cells = pick_cells (random, 60);
  g_autoptr(GByteArray) bytes = fare_cells_pack ((const FareCell *) cells->data, cells->len);

  for (guint round = 0; round < 4000; round++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes->data, bytes->len);
      g_autoptr(GArray) back = g_array_new (FALSE, FALSE, sizeof (FareCell));
      gsize length = (gsize) g_rand_int_range (random, 0, (gint32) bytes->len);
      g_autofree guint8 *cut = NULL;

      copy[g_rand_int_range (random, 0, (gint32) bytes->len)] ^= (guint8) g_rand_int_range (random, 1, 256);
      cut = g_memdup2 (copy, round % 2 == 0 ? bytes->len : length);
      if (!fare_cells_unpack (cut, round % 2 == 0 ? bytes->len : length, DAY, back))
        continue;
      for (guint i = 0; i < back->len; i++)
        g_assert_cmpint (fare_cell_get_day (&g_array_index (back, FareCell, i)), ==, DAY);
    }

  /* A single byte that is missing is noticed. */
  g_array_set_size (cells, 0);
  g_assert_false (fare_cells_unpack (bytes->data, bytes->len - 1, DAY, cells));
}

static void
test_varints (void)
{
  static const guint64 numbers[] = {
    0, 1, 127, 128, 16383, 16384, 2097151, 2097152, G_MAXUINT32, G_MAXINT64, G_MAXUINT64
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr(GByteArray) bytes = g_byte_array_new ();
      FareVarints varints;

      fare_varint_append (bytes, numbers[i]);
      fare_varint_append_signed (bytes, (gint64) numbers[i]);
      fare_varint_append_signed (bytes, -(gint64) (numbers[i] / 2));
      varints = (FareVarints) { bytes->data, bytes->data + bytes->len, FALSE };
      g_assert_cmpuint (fare_varint_read (&varints), ==, numbers[i]);
      g_assert_cmpint (fare_varint_read_signed (&varints), ==, (gint64) numbers[i]);
      g_assert_cmpint (fare_varint_read_signed (&varints), ==, -(gint64) (numbers[i] / 2));
      g_assert_true (varints.p == varints.end && !varints.failed);
      g_assert_cmpuint (fare_varint_read (&varints), ==, 0);
      g_assert_true (varints.failed);
    }
}

/* Sums of logged costs stop at what can be stored. */
static void
test_reported_stops (void)
{
  FareCell cell = { .reported = G_GINT64_CONSTANT (9000000000000000000) };
  FareCell other = cell;

  fare_cell_add (&cell, &other);
  g_assert_cmpint (cell.reported, >=, other.reported);
  fare_cell_add (&cell, &other);
  g_assert_cmpint (cell.reported, >=, other.reported);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/index/cells/come-back-as-they-were", test_round_trip);
  g_test_add_func ("/index/cells/are-small", test_is_small);
  g_test_add_func ("/index/cells/damage-is-harmless", test_damage);
  g_test_add_func ("/index/cells/varints", test_varints);
  g_test_add_func ("/index/cells/logged-costs-stop-at-the-edge", test_reported_stops);

  return g_test_run ();
}
