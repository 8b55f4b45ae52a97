/* queries.c
 *
 * queries ROUNDS: what it takes to answer from the index, in microseconds, a line for each question:
 *
 *   NAME MEDIAN LOWEST HIGHEST
 *
 * The questions are a year split in every way, and the time until a changed price shows.  Reads
 * the index of the home it runs in; does not look at logs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdio.h>
#include <stdlib.h>

#include "accounting/fare-summary.h"
#include "fare-meter.h"

#define YEAR_MS (366 * 24 * 3600 * G_GINT64_CONSTANT (1000))

static const struct
{
  const char *name;
  FareGroup   group;
  gboolean    reloads_prices;
} questions[] = {
  { "total", FARE_GROUP_NONE, FALSE },
  { "day", FARE_GROUP_DAY, FALSE },
  { "model", FARE_GROUP_MODEL, FALSE },
  { "client", FARE_GROUP_CLIENT, FALSE },
  { "project", FARE_GROUP_PROJECT, FALSE },
  { "session", FARE_GROUP_SESSION, FALSE },
  { "price-change", FARE_GROUP_DAY, TRUE },
};

static void
ask (FareMeter *meter,
     guint      question)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = NULL;
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(FareSummary) summary = NULL;
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint64 now_ms = g_get_real_time () / 1000;
  FareQuery query = { .from_ms = now_ms - YEAR_MS, .to_ms = now_ms + YEAR_MS, .zone = zone };

  if (questions[question].reloads_prices && !fare_meter_reload_prices (meter, &error))
    g_error ("%s", error->message);
  reader = fare_meter_read (meter, &error);
  if (reader == NULL)
    g_error ("%s", error->message);
  prices = fare_meter_ref_prices (meter);
  summary = fare_summary_new (reader, prices, &query, questions[question].group, &error);
  if (summary == NULL)
    g_error ("%s", error->message);
  if (fare_summary_get_total (summary)->messages == 0)
    g_error ("The index is empty.");
}

static int
by_size (const void *a,
         const void *b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

int
main (int    argc,
      char **argv)
{
  guint n_rounds = argc == 2 ? (guint) atoi (argv[1]) : 0;
  g_autofree gint64 *times = g_new0 (gint64, n_rounds + 1);
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FareMeter) meter = fare_meter_new (paths);
  g_autoptr(GError) error = NULL;

  if (n_rounds == 0)
    {
      fputs ("Usage: queries ROUNDS\n", stderr);
      return 2;
    }
  if (!fare_meter_open (meter, &error))
    {
      fprintf (stderr, "queries: %s\n", error->message);
      return 1;
    }

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      ask (meter, i);
      for (guint round = 0; round < n_rounds; round++)
        {
          gint64 start_us = g_get_monotonic_time ();

          ask (meter, i);
          times[round] = g_get_monotonic_time () - start_us;
        }
      qsort (times, n_rounds, sizeof *times, by_size);
      printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", questions[i].name,
              times[n_rounds / 2], times[0], times[n_rounds - 1]);
    }

  return 0;
}
