/* fare-pricing-menu.h
 *
 * What can be done with a line of the price table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "models/fare-pricing-line.h"

G_BEGIN_DECLS

/**
 * fare_pricing_menu_new:
 *
 * Returns: (transfer full): the menu of @line, of actions named “pricing.”
 */
GMenu *fare_pricing_menu_new (const FarePricingLine *line) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
