/* fare-median.h
 *
 * The middle of some numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_median:
 * @values: sorted by this
 *
 * Returns: the middle one, or the mean of the middle two; 0 for none
 */
double fare_median (double *values,
                    guint   n_values);

G_END_DECLS
