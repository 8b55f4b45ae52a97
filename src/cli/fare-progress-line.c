/* fare-progress-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-progress-line.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-print.h"

#define PATIENCE_US (G_USEC_PER_SEC / 2)

void
fare_progress_line_begin (FareProgressLine *self)
{
  self->began = g_get_monotonic_time ();
  self->has_told = FALSE;
}

static char *
describe (const FareProgress *progress)
{
  g_autofree char *done = fare_text_count (progress->files_done);
  g_autofree char *total = fare_text_count (progress->files_total);
  double part = progress->bytes_total > 0
                  ? (double) progress->bytes_done / (double) progress->bytes_total : 0.0;
  g_autofree char *percent = fare_text_percent (CLAMP (part, 0.0, 1.0));

  /* Translators: numbers of files and a percentage: “Reading the logs: 12 of 345 files, 3%” */
  return g_strdup_printf (_("Reading the logs: %s of %s files, %s"), done, total, percent);
}

void
fare_progress_line_show (const FareProgress *progress,
                         gpointer            user_data)
{
  FareProgressLine *self = user_data;

  if (g_get_monotonic_time () - self->began < PATIENCE_US)
    return;

  if (fare_print_can_show_status ())
    {
      g_autofree char *text = describe (progress);

      fare_print_status (text);
    }
  else if (!self->has_told)
    {
      fare_print_message (_("Reading the logs; this takes a moment."));
    }

  self->has_told = TRUE;
}

void
fare_progress_line_end (FareProgressLine *self)
{
  if (self->has_told && fare_print_can_show_status ())
    fare_print_status (NULL);
}
