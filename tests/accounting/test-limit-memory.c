/* test-limit-memory.c
 *
 * When a usage limit speaks: once per threshold and window, live and of now, never of a window that is
 * over, and never again for what was said before a restart or a change of the clock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "accounting/fare-limit-memory.h"

#define WARN 80
#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define NOW (1795345200 * G_GINT64_CONSTANT (1000)) /* 2026-11-22T11:00:00Z */
#define HOURS(n) ((n) * 60 * MINUTE)

static FareLimit
make_limit (double used,
            gint64 now_ms,
            gint64 resets_ms)
{
  return (FareLimit) { .client = "claude", .minutes = 300, .used = used, .resets_ms = resets_ms,
                       .seen_ms = now_ms };
}

static guint
look (FareMarks *memory,
      double     used,
      gint64     now_ms,
      gint64     resets_ms,
      gboolean   is_live)
{
  FareLimit limit = make_limit (used, now_ms, resets_ms);

  return fare_limit_memory_look (memory, &limit, WARN, now_ms, is_live);
}

/* As a new process does. */
static void
restart (FareMarks **memory)
{
  g_autofree char *text = fare_marks_to_text (*memory);

  fare_marks_free (*memory);
  *memory = fare_limit_memory_new (text);
}

static void
test_once_per_window (void)
{
  g_autoptr(FareMarks) memory = fare_limit_memory_new (NULL);
  gint64 end = NOW + HOURS (2);

  g_assert_cmpuint (look (memory, 0.7999, NOW, end, TRUE), ==, 0);
  g_assert_cmpuint (look (memory, 0.80, NOW, end, TRUE), ==, 80);
  g_assert_cmpuint (look (memory, 0.80, NOW, end, TRUE), ==, 0);
  g_assert_cmpuint (look (memory, 0.95, NOW, end, TRUE), ==, 0);
  g_assert_cmpuint (look (memory, 1.0, NOW, end, TRUE), ==, 100);
  g_assert_cmpuint (look (memory, 1.2, NOW, end, TRUE), ==, 0);

  /* A provider that takes something back does not make it news when it comes again. */
  g_assert_cmpuint (look (memory, 0.5, NOW, end, TRUE), ==, 0);
  g_assert_cmpuint (look (memory, 0.9, NOW, end, TRUE), ==, 0);
}

static void
test_next_window (void)
{
  g_autoptr(FareMarks) memory = fare_limit_memory_new (NULL);
  gint64 end = NOW + HOURS (1);

  g_assert_cmpuint (look (memory, 0.85, NOW, end, TRUE), ==, 80);
  g_assert_cmpuint (look (memory, 0.10, end + 1, end + HOURS (5), TRUE), ==, 0);
  g_assert_cmpuint (look (memory, 0.85, end + HOURS (1), end + HOURS (5), TRUE), ==, 80);
  g_assert_cmpuint (look (memory, 1.00, end + HOURS (9), end + HOURS (13), TRUE), ==, 100);
}

static void
test_moving_end (void)
{
  g_autoptr(FareMarks) memory = fare_limit_memory_new (NULL);
  gint64 end = NOW + HOURS (3);

  g_assert_cmpuint (look (memory, 0.85, NOW, end, TRUE), ==, 80);
  for (int i = 1; i < 60; i++)
    g_assert_cmpuint (look (memory, 0.85, NOW + i * MINUTE, end + i * MINUTE, TRUE), ==, 0);
}

static void
test_nameless_end (void)
{
  g_autoptr(FareMarks) memory = fare_limit_memory_new (NULL);

  g_assert_cmpuint (look (memory, 0.85, NOW, 0, TRUE), ==, 80);
  for (int i = 1; i < 299; i++)
    g_assert_cmpuint (look (memory, 0.85, NOW + i * MINUTE, 0, TRUE), ==, 0);
  restart (&memory);
  g_assert_cmpuint (look (memory, 0.85, NOW + 299 * MINUTE, 0, TRUE), ==, 0);
  g_assert_cmpuint (look (memory, 0.85, NOW + 301 * MINUTE, 0, TRUE), ==, 80);
}

static void
test_restart (void)
{
  FareMarks *memory = fare_limit_memory_new (NULL);
  gint64 end = NOW + HOURS (2);

  g_assert_cmpuint (look (memory, 0.85, NOW, end, TRUE), ==, 80);
  restart (&memory);
  g_assert_cmpuint (look (memory, 0.90, NOW, end, FALSE), ==, 0);
  g_assert_cmpuint (look (memory, 0.95, NOW, end, TRUE), ==, 0);
  restart (&memory);
  g_assert_cmpuint (look (memory, 1.0, NOW, end, TRUE), ==, 100);
  fare_marks_free (memory);
}

static void
test_first_scan (void)
{
  g_autoptr(FareMarks) memory = fare_limit_memory_new (NULL);
  gint64 end = NOW + HOURS (2);

  g_assert_cmpuint (look (memory, 0.85, NOW, end, FALSE), ==, 0);
  g_assert_cmpuint (look (memory, 0.90, NOW, end, TRUE), ==, 0);
  g_assert_cmpuint (look (memory, 1.0, NOW, end, TRUE), ==, 100);
}

/* What a log says of some hours ago is no news, though the window still runs. */
static void
test_old_word (void)
{
  g_autoptr(FareMarks) memory = fare_limit_memory_new (NULL);
  FareLimit limit = make_limit (0.85, NOW - HOURS (1), NOW + HOURS (2));

  g_assert_cmpuint (fare_limit_memory_look (memory, &limit, WARN, NOW, TRUE), ==, 0);
  g_assert_cmpuint (look (memory, 0.9, NOW, NOW + HOURS (2), TRUE), ==, 0);
}

static void
test_stale (void)
{
  g_autoptr(FareMarks) memory = fare_limit_memory_new (NULL);
  g_autofree char *text = NULL;
  FareLimit marked = make_limit (0.99, NOW, NOW + HOURS (2));

  g_assert_cmpuint (look (memory, 0.99, NOW, NOW - 1, TRUE), ==, 0);
  g_assert_cmpuint (look (memory, 1.5, NOW, NOW, TRUE), ==, 0);
  marked.is_stale = TRUE;
  g_assert_cmpuint (fare_limit_memory_look (memory, &marked, WARN, NOW, TRUE), ==, 0);
  text = fare_marks_to_text (memory);
  g_assert_cmpstr (text, ==, "");
}

static void
test_clock (void)
{
  g_autoptr(FareMarks) memory = fare_limit_memory_new (NULL);
  FareLimit limit = make_limit (0.85, NOW, NOW + HOURS (2));
  FareLimit other = make_limit (0.85, NOW, NOW + HOURS (4));

  g_assert_cmpuint (fare_limit_memory_look (memory, &limit, WARN, NOW, TRUE), ==, 80);
  for (int hours = -48; hours <= 48; hours++)
    g_assert_cmpuint (fare_limit_memory_look (memory, &limit, WARN, NOW + HOURS (hours), TRUE), ==, 0);
  g_assert_cmpuint (fare_limit_memory_look (memory, &limit, WARN, NOW, TRUE), ==, 0);

  /* Set back by a day, the clock makes of the last word one of the future, which is not of now. */
  other.client = "codex";
  g_assert_cmpuint (fare_limit_memory_look (memory, &other, WARN, NOW - HOURS (24), TRUE), ==, 0);
}

static void
test_each_of_its_own (void)
{
  g_autoptr(FareMarks) memory = fare_limit_memory_new (NULL);
  FareLimit limit = make_limit (0.85, NOW, NOW + HOURS (2));
  FareLimit week = limit, codex = limit;

  week.minutes = 7 * 24 * 60;
  week.resets_ms = NOW + HOURS (50);
  codex.client = "codex";
  g_assert_cmpuint (fare_limit_memory_look (memory, &limit, WARN, NOW, TRUE), ==, 80);
  g_assert_cmpuint (fare_limit_memory_look (memory, &week, WARN, NOW, TRUE), ==, 80);
  g_assert_cmpuint (fare_limit_memory_look (memory, &codex, WARN, NOW, TRUE), ==, 80);
  g_assert_cmpuint (fare_limit_memory_look (memory, &week, WARN, NOW, TRUE), ==, 0);
  g_assert_cmpuint (fare_limit_memory_look (memory, &limit, WARN, NOW, TRUE), ==, 0);
}

static void
test_memory (void)
{
  g_autoptr(FareMarks) memory = fare_limit_memory_new (NULL);
  g_autoptr(FareMarks) damaged = NULL;
  g_autofree char *text = NULL, *again = NULL;

  for (gint64 i = 0; i < 1000; i++)
    look (memory, 0.9, NOW + HOURS (5 * i), NOW + HOURS (5 * i + 3), TRUE);
  text = fare_marks_to_text (memory);
  g_assert_cmpuint (strlen (text), <, 2000);

  damaged = fare_limit_memory_new ("limit claude 300 1795345200 80\nlimit claude 300 x 80\nlimit\n"
                                   "limit claude 300 1795345200 101\nlimit  300 1 80\nday 1 2 3 4\n"
                                   "limit a-name-that-is-longer-than-any-client-has 300 1 80\n"
                                   "limit codex 10080 ~1795345200 100");
  again = fare_marks_to_text (damaged);
  g_assert_cmpstr (again, ==, "limit claude 300 1795345200 80\nlimit codex 10080 ~1795345200 100\n");
}

static void
expect (char       *text,
        const char *wanted)
{
  g_assert_cmpstr (text, ==, wanted);
  g_free (text);
}

static void
test_words (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  FareNow now = { NOW, zone };
  FareLimit limit = make_limit (0.834, NOW, NOW + HOURS (3) + 40 * MINUTE);

  expect (fare_limit_warning_to_title (&limit), "Claude Code: 83% of the 5 h limit used");
  expect (fare_limit_warning_to_body (&limit, &now), "Resets at 14:40.");
  limit.minutes = 10080;
  limit.resets_ms = NOW + HOURS (52);
  limit.client = "codex";
  limit.used = 1.0;
  expect (fare_limit_warning_to_title (&limit), "Codex: 7 d limit reached");
  expect (fare_limit_warning_to_body (&limit, &now), "Resets on 24 Nov at 15:00.");
  limit.minutes = 0;
  limit.resets_ms = 0;
  expect (fare_limit_warning_to_title (&limit), "Codex: limit reached");
  g_assert_null (fare_limit_warning_to_body (&limit, &now));
  limit.used = 0.999;
  expect (fare_limit_warning_to_title (&limit), "Codex: >99% of the limit used");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/limit/each-threshold-is-told-once-per-window", test_once_per_window);
  g_test_add_func ("/limit/next-window-begins-anew", test_next_window);
  g_test_add_func ("/limit/an-end-that-moves-a-little-is-no-new-window", test_moving_end);
  g_test_add_func ("/limit/without-a-named-end-once-per-length", test_nameless_end);
  g_test_add_func ("/limit/restart-repeats-nothing", test_restart);
  g_test_add_func ("/limit/first-scan-is-silent", test_first_scan);
  g_test_add_func ("/limit/what-was-said-long-ago-is-no-news", test_old_word);
  g_test_add_func ("/limit/a-window-that-is-over-says-nothing", test_stale);
  g_test_add_func ("/limit/clock-changes-repeat-nothing", test_clock);
  g_test_add_func ("/limit/windows-and-tools-do-not-mix", test_each_of_its_own);
  g_test_add_func ("/limit/memory-stays-small-and-outlives-damage", test_memory);
  g_test_add_func ("/limit/words", test_words);

  return g_test_run ();
}
