/* stage-pricing.h
 *
 * The parts of the pricing page that are photographed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-window.h"

G_BEGIN_DECLS

/* Opens what @part names; the pricing page is shown already. */
void stage_pricing_open (FareWindow *window,
                         const char *part);

G_END_DECLS
