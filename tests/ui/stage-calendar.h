/* stage-calendar.h
 *
 * Puts the calendar page as asked, for screenshots.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui-room.h"

G_BEGIN_DECLS

/* @wishes: words with commas: month, year, iso; cost, tokens, messages, energy; table, open (the day
 * with the most), point (at it), root, one-month, turn, zoom, empty (a period without use). */
void stage_calendar (UiRoom     *room,
                     const char *wishes);

G_END_DECLS
