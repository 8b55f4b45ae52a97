/* test-identity.c
 *
 * Who a machine is: its index on this host.  A home that is copied or carried about never makes
 * two machines of one, nor one of two, more than once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gstdio.h>

#include "index/fare-index-reader.h"
#include "sharing/fare-parcel.h"
#include "sharing/fare-share.h"

typedef struct
{
  char *folder; /* of all */
  char *between;
  char *path;   /* of the index */
} Desk;

static void
set_up (Desk          *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("tokenfare-share-XXXXXX", NULL);
  self->between = g_build_filename (self->folder, "between", NULL);
  self->path = g_build_filename (self->folder, "usage.sqlite3", NULL);
  g_assert_cmpint (g_mkdir (self->between, 0700), ==, 0);
}

static void
empty (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_remove (path) != 0)
        empty (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Desk          *self,
           gconstpointer  data)
{
  empty (self->folder);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->between);
  g_free (self->path);
}

/* A log of one response, as the scanner would hand it over. */
static void
add_log (FareIndexWriter *writer,
         const char      *path)
{
  FareSource source = {
    .format = fare_format_find ("claude"), .path = (char *) path, .key = (char *) path, .size = 10
  };
  g_autoptr(FareLog) log = fare_log_new ();
  g_autoptr(GError) error = NULL;
  FareRow row = {
    .cluster = g_str_hash (path), .own_ms = 1764583200000, .usage = { .input = 10, .output = 5 },
    .lines = 1, .messages = 1,
  };
  FareReading reading = { .source = &source, .log = log, .anew = TRUE };

  row.own_session = fare_log_intern (log, path);
  row.model = fare_log_intern_model (log, "", "claude-opus-4-8");
  fare_log_add_row (log, &row);
  g_assert_true (fare_index_writer_add (writer, &reading, &error));
  g_assert_true (fare_index_writer_commit (writer, 1, NULL, &error));
}

static char *
sync_on (Desk       *self,
         const char *path,
         const char *host,
         const char *log,
         gint64      now_ms)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndex) index = fare_index_open (path, &error);
  g_autoptr(FareIndexWriter) writer = fare_index_writer_new (index, NULL, 0, &error);
  g_auto(FareShareResult) result = { 0 };
  FareShareOptions options = { .writer = writer, .now_ms = now_ms, .host = host, .now = TRUE };
  g_autoptr(GPtrArray) machines = NULL;

  g_assert_no_error (error);
  g_assert_true (fare_share_set (fare_index_writer_get_db (writer), self->between, FALSE, FALSE));
  if (log != NULL)
    add_log (writer, log);
  g_assert_true (fare_share_sync (&options, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.failures->len, ==, 0);
  machines = fare_machines_load (fare_index_writer_get_db (writer));

  return g_strdup (fare_machines_find (machines, FARE_OWN_MACHINE)->uid);
}

static gboolean
count_cb (const FareEventRow *event,
          gpointer            user_data)
{
  ++*(guint *) user_data;

  return TRUE;
}

static guint
count (const char *path,
       guint      *n_machines)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndex) index = fare_index_open (path, &error);
  g_autoptr(FareIndexReader) reader = fare_index_reader_new (index, &error);
  guint n = 0;

  g_assert_no_error (error);
  fare_index_reader_foreach_event (reader, G_MININT64, G_MAXINT64, NULL, count_cb, &n, &error);
  g_assert_no_error (error);
  *n_machines = fare_index_reader_get_machines (reader)->len;

  return n;
}

static char *
copy_index (Desk *self)
{
  g_autoptr(GError) error = NULL;
  char *copy = g_build_filename (self->folder, "copy.sqlite3", NULL);
  g_autofree char *contents = NULL;
  gsize size;

  g_file_get_contents (self->path, &contents, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (copy, contents, (gssize) size, &error);
  g_assert_no_error (error);

  return copy;
}

static void
test_stays (Desk          *self,
            gconstpointer  data)
{
  g_autofree char *first = sync_on (self, self->path, "host-1", "/a.jsonl", 100000);
  g_autofree char *second = sync_on (self, self->path, "host-1", "/b.jsonl", 300000);
  guint n_machines;

  g_assert_cmpuint (strlen (first), ==, FARE_MACHINE_UID_LENGTH);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (count (self->path, &n_machines), ==, 2);
  g_assert_cmpuint (n_machines, ==, 1);
}

/* A home on a stick that goes from host to host and back. */
static void
test_wanders (Desk          *self,
              gconstpointer  data)
{
  g_autofree char *here = sync_on (self, self->path, "host-1", "/a.jsonl", 100000);
  g_autofree char *there = sync_on (self, self->path, "host-2", "/b.jsonl", 300000);
  guint n_machines;

  g_assert_cmpstr (here, !=, there);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *again = sync_on (self, self->path, "host-1", NULL, 500000 + i * 200000);
      g_autofree char *away = sync_on (self, self->path, "host-2", NULL, 600000 + i * 200000);

      g_assert_cmpstr (again, ==, here);
      g_assert_cmpstr (away, ==, there);
    }
  g_assert_cmpuint (count (self->path, &n_machines), ==, 2);
  g_assert_cmpuint (n_machines, <=, 3);
}

/* Copied to a host that cannot be told from the first: found out by the files. */
static void
test_cloned (Desk          *self,
             gconstpointer  data)
{
  g_autofree char *before = sync_on (self, self->path, "host-1", "/a.jsonl", 100000);
  g_autofree char *copy = copy_index (self);
  g_autofree char *first = sync_on (self, self->path, "host-1", "/b.jsonl", 300000);
  g_autofree char *second = sync_on (self, copy, "host-1", "/c.jsonl", 400000);
  guint n_machines;

  g_assert_cmpstr (first, ==, before);
  g_assert_cmpstr (second, !=, before);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *one = sync_on (self, self->path, "host-1", NULL, 500000 + i * 200000);
      g_autofree char *two = sync_on (self, copy, "host-1", NULL, 600000 + i * 200000);

      g_assert_cmpstr (one, ==, first);
      g_assert_cmpstr (two, ==, second);
    }
  g_assert_cmpuint (count (self->path, &n_machines), ==, 3);
  g_assert_cmpuint (n_machines, ==, 2);
  g_assert_cmpuint (count (copy, &n_machines), ==, 3);
  g_assert_cmpuint (n_machines, ==, 2);
}

/* A clock that was set back does not keep anything from being told; one that runs ahead neither. */
static void
test_clock (Desk          *self,
            gconstpointer  data)
{
  g_autofree char *other = g_build_filename (self->folder, "other.sqlite3", NULL);
  g_autofree char *a = sync_on (self, self->path, "host-1", "/a.jsonl", G_GINT64_CONSTANT (9000000000000));
  g_autofree char *b = sync_on (self, self->path, "host-1", "/b.jsonl", 100000);
  g_autofree char *c = sync_on (self, other, "host-2", "/c.jsonl", 5);
  guint n_machines;

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpuint (count (other, &n_machines), ==, 3);
  g_assert_cmpuint (n_machines, ==, 2);
}

/* A second time nothing is written, and nothing read. */
static void
test_idle (Desk          *self,
           gconstpointer  data)
{
  g_autofree char *uid = sync_on (self, self->path, "host-1", "/a.jsonl", 100000);
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndex) index = fare_index_open (self->path, &error);
  g_autoptr(FareIndexWriter) writer = fare_index_writer_new (index, NULL, 0, &error);
  FareShareOptions options = { .writer = writer, .now_ms = 110000, .host = "host-1" };
  g_auto(FareShareResult) soon = { 0 };
  g_auto(FareShareResult) late = { 0 };

  g_assert_true (fare_share_sync (&options, &soon, &error));
  g_assert_cmpint (soon.due_ms, ==, 100000 + FARE_SHARE_PAUSE_MS);
  options.now_ms = 500000;
  g_assert_true (fare_share_sync (&options, &late, &error));
  g_assert_cmpint (late.due_ms, ==, 0);
  g_assert_cmpuint (late.n_written + late.n_read, ==, 0);
  g_assert_false (late.changed);
}

#define SHARE_TEST(path, function) g_test_add (path, Desk, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  SHARE_TEST ("/sharing/identity/stays", test_stays);
  SHARE_TEST ("/sharing/identity/a-home-that-wanders-has-one-per-host", test_wanders);
  SHARE_TEST ("/sharing/identity/a-copy-finds-out-and-takes-its-own", test_cloned);
  SHARE_TEST ("/sharing/identity/clocks-may-be-wrong", test_clock);
  SHARE_TEST ("/sharing/identity/idle-writes-nothing", test_idle);

  return g_test_run ();
}
