/* fare-modes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-modes.h"

static const struct
{
  const char *name;
  FareModes   mode;
} modes[] = {
  { "batch", FARE_MODE_BATCH },       { "flex", FARE_MODE_FLEX },
  { "fast", FARE_MODE_FAST },         { "priority", FARE_MODE_PRIORITY },
  { "regional", FARE_MODE_REGIONAL }, { "us_only", FARE_MODE_US_ONLY },
};

FareModes
fare_modes_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (g_str_equal (modes[i].name, name))
      return modes[i].mode;

  return FARE_MODE_NONE;
}

const char *
fare_modes_to_name (FareModes mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (modes[i].mode == mode)
      return modes[i].name;

  return NULL;
}
