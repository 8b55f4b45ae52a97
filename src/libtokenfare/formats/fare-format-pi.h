/* fare-format-pi.h
 *
 * Pi's sessions, and those of omp, a port of it with the same format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_pi;
extern const FareFormat fare_format_omp;

G_END_DECLS
