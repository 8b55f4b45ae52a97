/* test-glance.c
 *
 * When a glance that was kept may be shown again, and what is known of usage limits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include "accounting/fare-glance.h"
#include "accounting/fare-limits.h"

#define NOW_MS G_GINT64_CONSTANT (1795337279000)
#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  char      *folder;
  FarePaths *paths;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *variable = NULL;
  g_autofree char *shipped = NULL;

  self->folder = g_dir_make_tmp ("fare-XXXXXX", NULL);
  variable = g_strconcat ("TOKENFARE_DATA_DIR=", self->folder, NULL);
  shipped = g_strconcat ("TOKENFARE_PKGDATA_DIR=", self->folder, NULL);
  self->paths = fare_paths_new_for_env ((const char * const []) {
    "HOME=/nowhere", "TZ=UTC", variable, shipped, NULL });
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_clear_object (&self->paths);
  g_free (self->folder);
}

static void
write_file (const char *path,
            gint64      age_ms)
{
  gint64 time_ns = (g_get_real_time () - age_ms * 1000) * 1000;
  struct timespec times[] = { { .tv_nsec = UTIME_OMIT },
                              { time_ns / 1000000000, time_ns % 1000000000 } };

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static FareGlance *
create (void)
{
  FareGlance *self = g_new0 (FareGlance, 1);
  FareGlanceSum *sums[] = { &self->sum, &self->today, &self->week, &self->tool_sums[0] };

  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      sums[i]->cost = i + 0.1;
      sums[i]->tokens = i;
      sums[i]->unpriced_tokens = 10 + i;
      sums[i]->cost_text = g_strdup_printf ("cost %u", i);
      sums[i]->tokens_text = g_strdup_printf ("tokens %u", i);
    }
  self->period = g_strdup ("today");
  self->title = g_strdup ("Today");
  self->has_use = TRUE;
  self->n_tools = 1;
  self->tools[0] = g_strdup ("codex");
  self->budget = g_strdup ("day");
  self->budget_text = g_strdup ("67 %");
  self->budget_share = 0.67;
  self->limits = g_strdup ("300 1200 0\n");
  self->limits_ms = 5;
  self->last_scan_ms = 7;
  self->taken_ms = NOW_MS;
  self->until_ms = NOW_MS + HOUR_MS;
  self->unit = (FareMoneyUnit) { "€", 2, 0.9 };

  return self;
}

static gboolean
is_found (Fixture    *self,
          const char *period,
          gint64      now_ms)
{
  g_autoptr(FareGlance) glance = fare_glance_look_up (self->paths, period, now_ms);

  return glance != NULL;
}

static void
keep (Fixture *self)
{
  g_autoptr(FareGlance) glance = create ();
  g_autofree char *state = NULL;

  write_file (fare_paths_get_index_file (self->paths), 1000);
  state = fare_glance_dup_state (self->paths);
  g_assert_nonnull (state);
  fare_glance_keep (glance, self->paths, state);
}

static void
test_whole (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(FareGlance) glance = NULL;

  keep (self);
  glance = fare_glance_look_up (self->paths, "today", NOW_MS);
  g_assert_nonnull (glance);
  g_assert_cmpstr (glance->week.cost_text, ==, "cost 2");
  g_assert_cmpfloat (glance->today.cost, ==, 1.1);
  g_assert_cmpint (glance->sum.unpriced_tokens, ==, 10);
  g_assert_cmpuint (glance->n_tools, ==, 1);
  g_assert_cmpstr (glance->tools[0], ==, "codex");
  g_assert_cmpstr (glance->tool_sums[0].tokens_text, ==, "tokens 3");
  g_assert_cmpstr (glance->budget, ==, "day");
  g_assert_cmpfloat (glance->budget_share, ==, 0.67);
  g_assert_cmpstr (glance->limits, ==, "300 1200 0\n");
  g_assert_cmpstr (glance->unit.symbol, ==, "€");
  g_assert_cmpfloat (glance->unit.rate, ==, 0.9);
}

static void
test_day (Fixture       *self,
          gconstpointer  data)
{
  keep (self);
  g_assert_true (is_found (self, "today", NOW_MS));
  g_assert_true (is_found (self, "today", NOW_MS + HOUR_MS - 1));
  g_assert_false (is_found (self, "today", NOW_MS + HOUR_MS));
  g_assert_false (is_found (self, "today", NOW_MS - 1));
  g_assert_false (is_found (self, "week", NOW_MS));
}

static void
test_files (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *journal = g_strconcat (fare_paths_get_index_file (self->paths), "-wal", NULL);
  g_autofree char *prices = g_build_filename (self->folder, "models.json", NULL);
  const char * const files[] = {
    fare_paths_get_index_file (self->paths), journal, prices,
    fare_paths_get_prices_file (self->paths), fare_paths_get_settings_file (self->paths),
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      keep (self);
      g_assert_true (is_found (self, "today", NOW_MS));
      write_file (files[i], 500);
      g_assert_false (is_found (self, "today", NOW_MS));
    }
}

/* A file that was written this very moment may be written again without looking different. */
static void
test_unsettled (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *state = NULL;

  write_file (fare_paths_get_index_file (self->paths), 0);
  state = fare_glance_dup_state (self->paths);
  g_assert_null (state);
}

static void
assert_limit (Fixture *self,
              gint64   now_ms,
              double   used,
              gint64   resets_ms,
              gboolean is_stale)
{
  g_autoptr(GPtrArray) limits = fare_limits_load (NULL, 0, self->paths, now_ms);
  const FareLimit *limit;

  g_assert_cmpuint (limits->len, ==, 1);
  limit = limits->pdata[0];
  g_assert_cmpstr (limit->client, ==, "claude");
  g_assert_cmpfloat (limit->used, ==, used);
  g_assert_cmpint (limit->resets_ms, ==, resets_ms);
  g_assert_cmpint (limit->is_stale, ==, is_stale);
}

static void
remember (Fixture *self,
          double   used,
          gint64   resets_ms,
          gint64   now_ms)
{
  FareLimit limit = { .minutes = 300, .used = used, .resets_ms = resets_ms };

  fare_limits_remember_claude (self->paths, &limit, 1, now_ms);
}

static void
test_limits (Fixture       *self,
             gconstpointer  data)
{
  gint64 reset = NOW_MS + HOUR_MS;

  remember (self, 0.5, reset, NOW_MS);
  assert_limit (self, NOW_MS, 0.5, reset, FALSE);
  assert_limit (self, reset, 0.5, reset, TRUE);

  /* Another session that has heard nothing for a while. */
  remember (self, 0.25, reset, NOW_MS + 1);
  assert_limit (self, NOW_MS + 1, 0.5, reset, FALSE);
  remember (self, 0.75, reset + 1000, NOW_MS + 2);
  assert_limit (self, NOW_MS + 2, 0.75, reset + 1000, FALSE);
  remember (self, 0.9, NOW_MS - HOUR_MS, NOW_MS + 3);
  assert_limit (self, NOW_MS + 3, 0.75, reset + 1000, FALSE);

  /* The next window. */
  remember (self, 0, reset + 5 * HOUR_MS, NOW_MS + 4);
  assert_limit (self, NOW_MS + 4, 0, reset + 5 * HOUR_MS, FALSE);

  /* Without a reset it holds for as long as the window. */
  remember (self, 0.1, 0, NOW_MS + 5);
  assert_limit (self, NOW_MS + 5 + 5 * HOUR_MS - 1, 0.1, 0, FALSE);
  assert_limit (self, NOW_MS + 5 + 5 * HOUR_MS, 0.1, 0, TRUE);
}

static void
test_labels (void)
{
  static const struct { guint minutes; const char *label, *id; } windows[] = {
    { 300, "5 h", "5h" }, { 299, "5 h", "5h" }, { 10080, "7 d", "7d" }, { 10079, "7 d", "7d" },
    { 90, "90 min", "90m" }, { 1440, "1 d", "1d" }, { 0, "", "" },
  };
  FareLimit limit = { .resets_ms = NOW_MS };

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      FareLimit window = { .minutes = windows[i].minutes };
      g_autofree char *label = fare_limit_to_label (&window);
      g_autofree char *id = fare_limit_to_id (&window);

      g_assert_cmpstr (label, ==, windows[i].label);
      g_assert_cmpstr (id, ==, windows[i].id);
    }

  for (guint i = 0; i < 4; i++)
    {
      static const gint64 before_ms[] = { 0, 1, HOUR_MS + 60000, 51 * HOUR_MS };
      static const char * const wanted[] = { "", "1m", "1h 1m", "2d 3h" };
      g_autofree char *countdown = fare_limit_to_countdown (&limit, NOW_MS - before_ms[i]);

      g_assert_cmpstr (countdown, ==, wanted[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/accounting/glance/comes-back-whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/accounting/glance/ends-with-the-day", Fixture, NULL, set_up, test_day, tear_down);
  g_test_add ("/accounting/glance/any-changed-file-ends-it", Fixture, NULL, set_up, test_files, tear_down);
  g_test_add ("/accounting/glance/is-not-kept-while-files-change", Fixture, NULL, set_up, test_unsettled,
              tear_down);
  g_test_add ("/accounting/limits/use-only-grows-within-a-window", Fixture, NULL, set_up, test_limits,
              tear_down);
  g_test_add_func ("/accounting/limits/labels", test_labels);

  return g_test_run ();
}
