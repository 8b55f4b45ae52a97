/* fare-preferences-bind.h
 *
 * Ties rows of choices to keys of words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  const char *value; /* in the settings */
  const char *title; /* what people read, not translated yet */
} FareChoice;

/**
 * fare_preferences_bind_choice:
 * @key: holds a string or one word of an enumeration
 * @choices: ends with a value of %NULL
 *
 * Fills @row and keeps it and @key the same.  What is in the settings but none of the choices is
 * shown as none, and stays until something is chosen.
 */
void fare_preferences_bind_choice (GSettings        *settings,
                                   const char       *key,
                                   AdwComboRow      *row,
                                   const FareChoice *choices);

G_END_DECLS
