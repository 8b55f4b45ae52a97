/* fare-sessions-look.h
 *
 * What decides how sessions read besides their figures: the clock, whether amounts are hidden, and
 * the colours of clients.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-range.h"

G_BEGIN_DECLS

/* All zero: nothing is known yet. */
typedef struct
{
  GTimeZone  *zone;         /* (nullable) */
  FareDay     today;
  gboolean    hide_amounts;
  GHashTable *slots;        /* (nullable): colour of each client, by id */
} FareSessionsLook;

/**
 * fare_sessions_look_set_clock:
 *
 * Returns: whether it is another day now, which other words name
 */
gboolean fare_sessions_look_set_clock    (FareSessionsLook *self,
                                          GTimeZone        *zone,
                                          FareDay           today);

/**
 * fare_sessions_look_assign_slots:
 * @rows: of FareSessionRow
 *
 * Gives clients the colours that the Overview gives them: those that use most have the slots that are
 * free.
 */
void     fare_sessions_look_assign_slots (FareSessionsLook *self,
                                          GPtrArray        *rows);

void     fare_sessions_look_clear        (FareSessionsLook *self);

G_END_DECLS
