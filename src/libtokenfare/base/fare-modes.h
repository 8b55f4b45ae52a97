/* fare-modes.h
 *
 * How a response was bought: flags that a log or a model name states and that a
 * price may depend on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stored in the index; values never change meaning. */
typedef enum
{
  FARE_MODE_NONE     = 0,
  FARE_MODE_BATCH    = 1 << 0,
  FARE_MODE_FLEX     = 1 << 1,
  FARE_MODE_FAST     = 1 << 2,
  FARE_MODE_PRIORITY = 1 << 3,
  FARE_MODE_REGIONAL = 1 << 4,
  FARE_MODE_US_ONLY  = 1 << 5
} FareModes;

#define FARE_MODES_SPEED (FARE_MODE_BATCH | FARE_MODE_FLEX | FARE_MODE_FAST | FARE_MODE_PRIORITY)
#define FARE_MODES_PLACE (FARE_MODE_REGIONAL | FARE_MODE_US_ONLY)

/**
 * fare_modes_from_name:
 * @name: a mode's name in a price file or on the command line ("fast", "us_only", …)
 *
 * Returns: the flag, or %FARE_MODE_NONE for an unknown name
 */
FareModes   fare_modes_from_name (const char *name);

/**
 * fare_modes_to_name:
 * @mode: exactly one flag
 *
 * Returns: (nullable): the flag's name, static
 */
const char *fare_modes_to_name   (FareModes   mode);

G_END_DECLS
