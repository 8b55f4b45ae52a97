/* fare-line.c
 *
 * The way into the module that counts a status line's figures anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <gio/gio.h>
#include <signal.h>

#include "base/fare-text.h"
#include "fare-main.h"
#include "fare-statusline-count.h"
#include "fare-statusline.h"
#include "pricing/fare-price-kept.h"

/* Nothing here is split by hours, which alone show the time as the desktop does. */
char *
fare_text_clock (gint64     time_ms,
                 GTimeZone *zone)
{
  g_return_val_if_reached (g_strdup (""));
}

/* GIO is not there, but what cannot be understood is told in its terms. */
GQuark
g_io_error_quark (void)
{
  return g_quark_from_static_string ("g-io-error-quark");
}

/* Prices as the command found them last, unless something they depend on has changed. */
static FarePriceBook *
look_up_prices (FarePaths *paths)
{
  g_autofree char *state = fare_statusline_dup_price_state (paths);
  g_autoptr(GVariant) kept = fare_glance_look_up_prices (paths, state,
                                                         G_VARIANT_TYPE (FARE_PRICE_KEPT_TYPE));

  return kept != NULL ? fare_price_book_unpack (kept) : NULL;
}

gboolean
fare_line_main (const char * const *args)
{
  g_autoptr(FarePaths) paths = NULL;
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(GTimeZone) zone = NULL;
  g_autoptr(FareGlance) glance = NULL;
  FareNow now = { g_get_real_time () / 1000, NULL };
  FareStatusline line;
  FarePeriod period;
  FareRange range;

  if (!fare_statusline_read_args (&line, args))
    return FALSE;
  paths = fare_paths_new ();
  prices = look_up_prices (paths);
  if (prices == NULL)
    return FALSE;
  now.zone = zone = g_time_zone_new_local ();
  if (!fare_period_parse (line.period, &now, &period, &range, NULL))
    return FALSE;

  glance = fare_statusline_count (paths, prices, line.period, &now);
  if (fare_price_book_is_short (prices))
    return FALSE;

  signal (SIGPIPE, SIG_IGN);
  fare_statusline_print (&line, glance, paths, now.now_ms);
  return TRUE;
}
