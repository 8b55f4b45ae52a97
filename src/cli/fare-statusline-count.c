/* fare-statusline-count.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-statusline-count.h"

#include <dlfcn.h>

#include "accounting/fare-glance-take.h"
#include "fare-main.h"
#include "index/fare-index.h"
#include "pricing/fare-price-kept.h"

/* Somebody waits for the line.  A program that was the last to have the index open keeps all others
 * out while it puts the journal away, for some milliseconds, more on a busy machine. */
#define WAIT_MS 60

FareGlance *
fare_statusline_count (FarePaths     *paths,
                       FarePriceBook *prices,
                       const char    *period,
                       const FareNow *now)
{
  g_autofree char *state = fare_glance_dup_state (paths);
  g_autoptr(FareIndex) index = fare_index_open_existing (fare_paths_get_index_file (paths), WAIT_MS);
  g_autoptr(FareIndexReader) reader = NULL;
  FareGlance *glance;
  const gint64 *thresholds;
  guint n_thresholds;

  reader = index != NULL ? fare_index_reader_new (index, NULL) : NULL;
  if (reader == NULL)
    return NULL;
  thresholds = fare_price_book_get_thresholds (prices, &n_thresholds);
  fare_index_reader_set_thresholds (reader, thresholds, n_thresholds);

  glance = fare_glance_take (paths, reader, prices, period, now, NULL);
  if (glance != NULL && !fare_price_book_is_short (prices))
    fare_glance_keep (glance, paths, state);

  return glance;
}

/* Any address of ours. */
static const char here = 0;

char *
fare_statusline_dup_price_state (FarePaths *paths)
{
  g_autofree char *folder = NULL;
  g_autofree char *program = NULL;
  Dl_info info;

  if (dladdr (&here, &info) == 0 || info.dli_fname == NULL)
    return NULL;
  folder = g_path_get_dirname (info.dli_fname);
  program = g_build_filename (folder, FARE_MAIN_MODULE, NULL);

  return fare_glance_dup_price_state (paths, program);
}
