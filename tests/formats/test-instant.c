/* test-instant.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "base/fare-instant.h"

static void
assert_instant (const char *text,
                gint64      expected)
{
  gint64 time_ms = -1;

  g_assert_true (fare_instant_parse (text, strlen (text), &time_ms));
  g_assert_cmpint (time_ms, ==, expected);
}

static void
test_forms (void)
{
  assert_instant ("2026-03-02T10:00:00.000Z", 1772445600000);
  assert_instant ("2026-03-02T10:00:00Z", 1772445600000);
  assert_instant ("2026-03-02 10:00:00", 1772445600000);
  assert_instant ("2026-03-02T10:00:00.5Z", 1772445600500);
  assert_instant ("2026-03-02T10:00:00.123456789Z", 1772445600123);
  assert_instant ("2026-03-02T11:30:00+01:30", 1772445600000);
  assert_instant ("2026-03-02T04:00:00-0600", 1772445600000);
  assert_instant ("2026-03-02T12:00:00+02", 1772445600000);
  assert_instant ("1970-01-01T00:00:00Z", 0);
  assert_instant ("2016-12-31T23:59:60Z", 1483228800000);
}

static void
test_refused (void)
{
  static const char * const texts[] = {
    "", "not-a-date", "2026-02-30T10:00:00Z", "2025-02-29T10:00:00Z", "2026-13-01T10:00:00Z",
    "2026-03-02", "2026-03-02T25:00:00Z", "2026-03-02T10:00:00.Z", "2026-03-02T10:00:00Zx",
    "1969-12-31T23:59:59Z", "2026-03-02T10:00:00+25:00", "2026-3-2T10:00:00Z", "20260302T100000Z",
  };
  gint64 time_ms;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (fare_instant_parse (texts[i], strlen (texts[i]), &time_ms))
      g_error ("“%s” was taken for a moment", texts[i]);
}

/* Every day of the calendar against GLib's. */
static void
test_calendar (void)
{
  g_autoptr(GDateTime) day = g_date_time_new_utc (1970, 1, 1, 12, 34, 56);

  for (int i = 0; i < 140000; i++)
    {
      g_autofree char *text = g_date_time_format (day, "%Y-%m-%dT%H:%M:%S.000Z");
      char buffer[FARE_INSTANT_SIZE];
      GDateTime *next;

      assert_instant (text, g_date_time_to_unix (day) * 1000);
      fare_instant_format (g_date_time_to_unix (day) * 1000, buffer);
      g_assert_cmpstr (buffer, ==, text);
      next = g_date_time_add_days (day, 1);
      g_date_time_unref (day);
      day = next;
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/instant/forms", test_forms);
  g_test_add_func ("/formats/instant/refused", test_refused);
  g_test_add_func ("/formats/instant/calendar", test_calendar);

  return g_test_run ();
}
