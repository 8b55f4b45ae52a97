/* test-text.c
 *
 * Numbers, money and times as people read them.  The tests run in the C locale; other
 * countries' ways are put in by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <locale.h>
#include <math.h>

#include "base/fare-conventions.h"
#include "base/fare-text.h"

#define NO_BREAK_SPACE "\302\240"

static const FareConventions american = {
  .number = { ".", ",", "\3\3" },
  .money = { ".", ",", "\3\3" },
};
static const FareConventions german = {
  .number = { ",", ".", "\3\3" },
  .money = { ",", ".", "\3\3" },
  .symbol_behind = TRUE,
  .symbol_apart = TRUE,
};
static const FareConventions indian = {
  .number = { ".", ",", "\3\2" },
  .money = { ".", ",", "\3\2" },
};
static const FareConventions dutch = {
  .number = { ",", "", "" },
  .money = { ",", ".", "\3\3" },
  .symbol_apart = TRUE,
};
/* One group only, as "\3\177" says. */
static const FareConventions once = {
  .number = { ".", " ", "\3\177" },
  .money = { ".", " ", "\3\177" },
};

/* Compares and frees. */
static void
assert_text (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_tokens (void)
{
  assert_text (fare_text_tokens (0), "0");
  assert_text (fare_text_tokens (999), "999");
  assert_text (fare_text_tokens (1000), "1K");
  assert_text (fare_text_tokens (1049), "1K");
  assert_text (fare_text_tokens (1050), "1.1K");
  assert_text (fare_text_tokens (12345), "12.3K");
  assert_text (fare_text_tokens (999949), "999.9K");
  assert_text (fare_text_tokens (999950), "1M");
  assert_text (fare_text_tokens (85712004), "85.7M");
  assert_text (fare_text_tokens (999949999), "999.9M");
  assert_text (fare_text_tokens (999950000), "1B");
  assert_text (fare_text_tokens (1999999999), "2B");
  assert_text (fare_text_tokens (999950000000), "1T");
  assert_text (fare_text_tokens (1250000000000), "1.3T");
  assert_text (fare_text_tokens (G_MAXINT64), "9223372T");
  assert_text (fare_text_tokens (-999), "-999");
  assert_text (fare_text_tokens (-1050), "-1.1K");
  assert_text (fare_text_tokens (G_MININT64), "-9223372T");
}

static void
test_counts (void)
{
  assert_text (fare_text_count (1234567), "1234567");
  assert_text (fare_conventions_format_count (&american, 0), "0");
  assert_text (fare_conventions_format_count (&american, 999), "999");
  assert_text (fare_conventions_format_count (&american, 1000), "1,000");
  assert_text (fare_conventions_format_count (&american, 1234567), "1,234,567");
  assert_text (fare_conventions_format_count (&german, -123456), "-123.456");
  assert_text (fare_conventions_format_count (&indian, 123456789), "12,34,56,789");
  assert_text (fare_conventions_format_count (&dutch, 1234567), "1234567");
  assert_text (fare_conventions_format_count (&once, 1234567), "1234 567");
  assert_text (fare_conventions_format_count (&american, G_MININT64),
               "-9,223,372,036,854,775,808");
}

static void
test_money (void)
{
  assert_text (fare_text_money (0), "$0.00");
  assert_text (fare_text_money (0.000001), "<$0.01");
  assert_text (fare_text_money (0.00999), "<$0.01");
  assert_text (fare_text_money (0.01), "$0.01");
  assert_text (fare_text_money (64.91), "$64.91");
  assert_text (fare_text_money (9999.994), "$9999.99");
  assert_text (fare_text_money (9999.996), "$10000");
  assert_text (fare_text_money (12345.67), "$12346");
  assert_text (fare_text_money (-1.1), "-$1.10");
  assert_text (fare_text_money (-0.001), "-$0.01");
  assert_text (fare_text_money (NAN), "–");
  assert_text (fare_text_money (INFINITY), "–");
}

static void
test_foreign_money (void)
{
  assert_text (fare_conventions_format_money (&american, 64.91, 2), "$64.91");
  assert_text (fare_conventions_format_money (&american, 1234567.891, 2), "$1,234,567.89");
  assert_text (fare_conventions_format_money (&american, -1.1, 2), "-$1.10");
  assert_text (fare_conventions_format_money (&american, -0.001, 2), "$0.00");
  assert_text (fare_conventions_format_money (&german, 64.91, 2), "64,91" NO_BREAK_SPACE "$");
  assert_text (fare_conventions_format_money (&german, 12345.6, 0), "12.346" NO_BREAK_SPACE "$");
  assert_text (fare_conventions_format_money (&german, -1.1, 2), "-1,10" NO_BREAK_SPACE "$");
  assert_text (fare_conventions_format_money (&dutch, 1064.91, 2),
               "$" NO_BREAK_SPACE "1.064,91");
  assert_text (fare_conventions_format_money (&indian, 1234567, 0), "$12,34,567");
}

/* Only where the machine has the locale; the functions above cover the rules themselves. */
static void
test_locale (void)
{
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("de_DE.UTF-8 is not on this machine");
      return;
    }

  assert_text (fare_text_money (64.91), "64,91" NO_BREAK_SPACE "$");
  assert_text (fare_text_money (0.001), "<0,01" NO_BREAK_SPACE "$");
  assert_text (fare_text_tokens (12345), "12,3K");
  assert_text (fare_text_count (1234567), "1.234.567");
  g_assert_cmpint (fare_week_get_first_weekday (), ==, 1);

  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_percent (void)
{
  assert_text (fare_text_percent (-1), "–");
  assert_text (fare_text_percent (NAN), "–");
  assert_text (fare_text_percent (0), "0%");
  assert_text (fare_text_percent (1e-12), "<1%");
  assert_text (fare_text_percent (0.0099), "<1%");
  assert_text (fare_text_percent (0.01), "1%");
  assert_text (fare_text_percent (0.29), "29%");
  assert_text (fare_text_percent (0.985), "99%");
  assert_text (fare_text_percent (0.99), "99%");
  assert_text (fare_text_percent (0.9901), ">99%");
  assert_text (fare_text_percent (0.9999999), ">99%");
  assert_text (fare_text_percent (1), "100%");
  assert_text (fare_text_percent (2.5), "250%");
  assert_text (fare_text_percent (INFINITY), "2147483647%");
}

static void
test_names (void)
{
  assert_text (fare_text_project ("/home/me/tokenfare"), "tokenfare");
  assert_text (fare_text_project ("/home/me/tokenfare//"), "tokenfare");
  assert_text (fare_text_project ("/"), "/");
  assert_text (fare_text_project ("plain"), "plain");
  assert_text (fare_text_project ("C:\\Work\\app"), "app");
  assert_text (fare_text_project ("/srv/a\\b"), "a\\b");
  assert_text (fare_text_project (""), "unknown");
  assert_text (fare_text_project ("/srv/bad\377name"), "bad\357\277\275name");

  g_assert_cmpstr (fare_text_client ("claude"), ==, "Claude Code");
  g_assert_cmpstr (fare_text_client ("roo_code"), ==, "Roo Code");
  g_assert_cmpstr (fare_text_client ("something_new"), ==, "something_new");
}

static void
test_paths (void)
{
  const char *home = g_get_home_dir ();
  g_autofree char *below = g_build_filename (home, ".claude", NULL);
  g_autofree char *beside = g_strconcat (home, "-old/x", NULL);

  assert_text (fare_text_path (home), "~");
  assert_text (fare_text_path (below), "~/.claude");
  assert_text (fare_text_path (beside), beside);
  assert_text (fare_text_path ("/etc/bad\377"), "/etc/bad\357\277\275");
}

static void
test_times (void)
{
  g_autoptr(GTimeZone) kathmandu = g_time_zone_new_identifier ("Asia/Kathmandu");
  FareDay today = fare_day_from_ymd (2026, 11, 22);

  /* 2026-11-22T08:47:59Z */
  assert_text (fare_text_clock (G_GINT64_CONSTANT (1795337279000), kathmandu), "14:32");
  assert_text (fare_text_day (today, today), "22 Nov");
  assert_text (fare_text_day (fare_day_from_ymd (2026, 3, 4), today), "4 Mar");
  assert_text (fare_text_day (fare_day_from_ymd (2025, 3, 4), today), "4 Mar 2025");
  assert_text (fare_text_day (today + 1, today), "23 Nov");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/text/tokens-are-compact", test_tokens);
  g_test_add_func ("/base/text/counts-are-grouped", test_counts);
  g_test_add_func ("/base/text/money-is-rounded-once", test_money);
  g_test_add_func ("/base/text/money-of-other-countries", test_foreign_money);
  g_test_add_func ("/base/text/locale-is-followed", test_locale);
  g_test_add_func ("/base/text/percent-tells-the-truth-at-its-ends", test_percent);
  g_test_add_func ("/base/text/projects-and-clients", test_names);
  g_test_add_func ("/base/text/paths-show-home-as-tilde", test_paths);
  g_test_add_func ("/base/text/times", test_times);

  return g_test_run ();
}
