/* test-parcel.c
 *
 * What a machine tells comes out as it went in; what is damaged, made up or absurd does not come
 * out at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "sharing/fare-parcel-bytes.h"
#include "sharing/fare-parcel.h"

static FareLog *
make_log (guint n_rows)
{
  FareLog *log = fare_log_new ();
  guint32 session = fare_log_intern (log, "0b3e-session");
  guint32 model = fare_log_intern_model (log, "anthropic", "claude-opus-4-8");
  guint32 branch = fare_log_intern (log, "größe");

  for (guint i = 0; i < n_rows; i++)
    {
      FareRow row = {
        .cluster = (gint64) (i * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)), .sub = i % 3 - 1,
        .own_ms = 1764583200000 + i * 977, .value_ms = 1764583200000 + i * 977 + i % 5,
        .offset = (gint64) i * 4000, .own_session = session, .model = model, .branch = branch,
        .lines = 1 + i % 4, .messages = i % 2, .web_searches = i % 7,
        .flags = i % 2 ? FARE_ROW_REPORTED | FARE_ROW_STOPPED : FARE_ROW_SIDECHAIN,
        .modes = (guint8) (i % 3), .reported_pico = i % 2 ? 1234567890 + i : 0,
        .usage = { i, i * 2, i * 3, FARE_USAGE_LIMIT - i, i * 5, i },
      };

      g_array_append_val (log->rows, row);
    }
  fare_log_add_fact (log, session, FARE_FACT_PRESENT, 0, 0, 0);
  fare_log_add_fact (log, session, FARE_FACT_PARENT, 3, -17, fare_log_intern (log, "parent"));
  log->newest_ms = 1764583299999;
  log->is_fork = TRUE;
  log->lines = 77;

  return log;
}

static FareParcel *
make_parcel (void)
{
  FareParcel *parcel = fare_parcel_new ();

  parcel->head = (FareParcelHead) {
    .machine = G_GUINT64_CONSTANT (0xfedcba9876543210), .number = 3, .generation = 12, .nonce = 99
  };
  parcel->name = g_strdup ("Schreibtisch");
  parcel->named_ms = 1764583200000;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(FareLog) log = make_log (i * 40);

      fare_parcel_add (parcel, "claude", i == 0 ? "a/b" : "c/d", log);
    }

  return parcel;
}

static void
assert_same_log (FareLog *a,
                 FareLog *b)
{
  g_assert_cmpuint (a->rows->len, ==, b->rows->len);
  g_assert_cmpuint (a->facts->len, ==, b->facts->len);
  g_assert_cmpint (a->newest_ms, ==, b->newest_ms);
  g_assert_cmpint (a->is_fork, ==, b->is_fork);
  g_assert_cmpint (a->lines, ==, b->lines);
  for (guint i = 0; i < a->rows->len; i++)
    {
      const FareRow *x = &g_array_index (a->rows, FareRow, i), *y = &g_array_index (b->rows, FareRow, i);

      g_assert_cmpint (x->cluster, ==, y->cluster);
      g_assert_cmpint (x->sub, ==, y->sub);
      g_assert_cmpint (x->own_ms, ==, y->own_ms);
      g_assert_cmpint (x->value_ms, ==, y->value_ms);
      g_assert_cmpint (x->offset, ==, y->offset);
      g_assert_cmpmem (&x->usage, sizeof x->usage, &y->usage, sizeof y->usage);
      g_assert_cmpint (x->reported_pico, ==, y->reported_pico);
      g_assert_cmpuint (x->lines, ==, y->lines);
      g_assert_cmpuint (x->messages, ==, y->messages);
      g_assert_cmpuint (x->web_searches, ==, y->web_searches);
      g_assert_cmpuint (x->flags, ==, y->flags);
      g_assert_cmpuint (x->modes, ==, y->modes);
      g_assert_cmpstr (fare_log_text (a, x->own_session), ==, fare_log_text (b, y->own_session));
      g_assert_cmpstr (fare_log_text (a, x->model), ==, fare_log_text (b, y->model));
      g_assert_cmpstr (fare_log_text (a, x->branch), ==, fare_log_text (b, y->branch));
    }
  for (guint i = 0; i < a->facts->len; i++)
    {
      const FareFact *x = &g_array_index (a->facts, FareFact, i);
      const FareFact *y = &g_array_index (b->facts, FareFact, i);

      g_assert_cmpuint (x->kind, ==, y->kind);
      g_assert_cmpuint (x->rank, ==, y->rank);
      g_assert_cmpint (x->order, ==, y->order);
      g_assert_cmpstr (fare_log_text (a, x->session), ==, fare_log_text (b, y->session));
      g_assert_cmpstr (fare_log_text (a, x->text), ==, fare_log_text (b, y->text));
    }
}

static void
test_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareParcel) parcel = make_parcel ();
  g_autoptr(GBytes) bytes = fare_parcel_pack (parcel, &error);
  g_autoptr(FareParcel) again = NULL;

  g_assert_no_error (error);
  again = fare_parcel_unpack (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (&again->head, sizeof again->head, &parcel->head, sizeof parcel->head);
  g_assert_cmpstr (again->name, ==, "Schreibtisch");
  g_assert_cmpint (again->named_ms, ==, 1764583200000);
  g_assert_cmpuint (again->logs->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      FareParcelLog *item = g_ptr_array_index (again->logs, i);
      g_autoptr(FareLog) log = fare_parcel_log_read (item, &error);
      g_autoptr(FareLog) expected = make_log (i * 40);

      g_assert_no_error (error);
      g_assert_cmpstr (item->client, ==, "claude");
      g_assert_cmpstr (item->key, ==, i == 0 ? "a/b" : "c/d");
      assert_same_log (log, expected);
    }
}

/* Alike contents have alike checksums, whoever packs them: that is how what is known is skipped. */
static void
test_checksum (void)
{
  g_autoptr(FareParcel) parcel = make_parcel ();
  g_autoptr(FareParcel) other = make_parcel ();
  FareParcelLog *logs[] = {
    g_ptr_array_index (parcel->logs, 1), g_ptr_array_index (other->logs, 1),
    g_ptr_array_index (other->logs, 2)
  };

  g_assert_cmpint (logs[0]->checksum, ==, logs[1]->checksum);
  g_assert_cmpint (logs[0]->checksum, !=, logs[2]->checksum);
}

static gboolean
is_refused (const guint8 *data,
            gsize         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(FareParcel) parcel = fare_parcel_unpack (bytes, &error);

  g_assert_true ((parcel == NULL) == (error != NULL));

  return parcel == NULL;
}

/* Whatever a disk or a network makes of a file is told from the file. */
static void
test_damage (void)
{
  g_autoptr(FareParcel) parcel = make_parcel ();
  g_autoptr(GBytes) bytes = fare_parcel_pack (parcel, NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *copy = g_memdup2 (data, size);

  g_assert_false (is_refused (data, size));
  for (gsize i = 0; i < size; i++)
    g_assert_true (is_refused (data, i));
  for (gsize i = 0; i < size; i++)
    {
      copy[i] ^= 1 << (i % 8);
      g_assert_true (is_refused (copy, size));
      copy[i] = data[i];
    }
}

/* A checksum keeps nobody from writing nonsense: every single byte of a log made up. */
static void
test_nonsense (void)
{
  g_autoptr(FareLog) log = make_log (20);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint n_read = 0;

  fare_parcel_write_log (bytes, log);
  for (guint i = 0; i < bytes->len * 16; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes->data, bytes->len);
      g_autoptr(FareLog) read = fare_log_new ();
      FareVarints varints = { copy, copy + bytes->len, FALSE };
      static const guint8 bad[] = { 0x00, 0x01, 0x7f, 0x80, 0xc0, 0xff, 0xfe, 0x40 };

      copy[i / 16] = i % 16 < 8 ? bad[i % 16] : (guint8) (copy[i / 16] ^ 1 << i % 8);
      if (!fare_parcel_read_log (&varints, read))
        continue;
      n_read++;
      for (guint row = 0; row < read->rows->len; row++)
        {
          const FareRow *one = &g_array_index (read->rows, FareRow, row);

          g_assert_cmpint (one->usage.input, >=, 0);
          g_assert_cmpint (one->usage.input, <=, FARE_USAGE_LIMIT);
          g_assert_cmpint (one->usage.cache_write_1h, <=, FARE_USAGE_LIMIT);
          g_assert_cmpint (one->own_ms, >=, 0);
          g_assert_cmpint (one->value_ms, >=, 0);
          g_assert_cmpint (one->offset, >=, 0);
          g_assert_cmpuint (one->own_session, <, read->strings->len);
          g_assert_cmpuint (one->model, <, read->strings->len);
          g_assert_cmpuint (one->branch, <, read->strings->len);
        }
      for (guint text = 0; text < read->strings->len; text++)
        g_assert_true (g_utf8_validate (g_ptr_array_index (read->strings, text), -1, NULL));
    }
  /* Some bytes may be any. */
  g_assert_cmpuint (n_read, >, 0);
}

static gboolean
can_be (void     (*change) (FareLog *log))
{
  g_autoptr(FareParcel) parcel = fare_parcel_new ();
  g_autoptr(FareLog) log = make_log (4);
  g_autoptr(FareLog) read = NULL;
  g_autoptr(GError) error = NULL;

  if (change != NULL)
    change (log);
  fare_parcel_add (parcel, "claude", "a/b", log);
  read = fare_parcel_log_read (g_ptr_array_index (parcel->logs, 0), &error);
  g_assert_true ((read == NULL) == (error != NULL));

  return read != NULL;
}

#define CHANGE(name, statement)              \
  static void                                \
  name (FareLog *log)                        \
  {                                          \
    FareRow *row = &g_array_index (log->rows, FareRow, 1); \
    statement;                               \
  }

CHANGE (too_many_tokens, row->usage.output = FARE_USAGE_LIMIT + 1)
CHANGE (negative_tokens, row->usage.input = -1)
CHANGE (endless_tokens, row->usage.cache_read = G_MAXINT64)
CHANGE (before_all_time, row->own_ms = row->value_ms = -5)
CHANGE (end_of_time, row->own_ms = G_MAXINT64)
CHANGE (year_ten_thousand, row->own_ms = row->value_ms = 253402300800000)
CHANGE (no_such_text, row->model = log->strings->len)
CHANGE (no_such_flag, row->flags |= 1 << 14)
CHANGE (flag_of_a_fold, row->flags |= FARE_ROW_SIBLING)
CHANGE (absurd_cost, row->flags |= FARE_ROW_REPORTED; row->reported_pico = G_MAXINT64 / 2)
CHANGE (before_the_file, row->offset = -1)
CHANGE (no_such_fact, g_array_index (log->facts, FareFact, 0).kind = 9; row->lines = 1)
CHANGE (no_text, row->lines = 1; g_free (log->strings->pdata[1]); log->strings->pdata[1] = g_strdup ("\xff\xfe"))
CHANGE (half_a_character, row->lines = 1; g_free (log->strings->pdata[1]); log->strings->pdata[1] = g_strdup ("a\xc3"))

static void
test_absurd (void)
{
  g_assert_true (can_be (NULL));
  g_assert_false (can_be (too_many_tokens));
  g_assert_false (can_be (negative_tokens));
  g_assert_false (can_be (endless_tokens));
  g_assert_false (can_be (before_all_time));
  g_assert_false (can_be (end_of_time));
  g_assert_false (can_be (year_ten_thousand));
  g_assert_false (can_be (no_such_text));
  g_assert_false (can_be (no_such_flag));
  g_assert_false (can_be (flag_of_a_fold));
  g_assert_false (can_be (absurd_cost));
  g_assert_false (can_be (before_the_file));
  g_assert_false (can_be (no_such_fact));
  g_assert_false (can_be (no_text));
  g_assert_false (can_be (half_a_character));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sharing/parcel/comes-out-as-it-went-in", test_round_trip);
  g_test_add_func ("/sharing/parcel/alike-has-one-checksum", test_checksum);
  g_test_add_func ("/sharing/parcel/damage-is-noticed", test_damage);
  g_test_add_func ("/sharing/parcel/nonsense-does-no-harm", test_nonsense);
  g_test_add_func ("/sharing/parcel/what-no-log-says-is-refused", test_absurd);

  return g_test_run ();
}
