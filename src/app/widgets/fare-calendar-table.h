/* fare-calendar-table.h
 *
 * The same days as the pictures show, as a table that can be sorted.
 *
 * Signal: "day-activated" (int day).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-calendar-sheet.h"

G_BEGIN_DECLS

#define FARE_TYPE_CALENDAR_TABLE (fare_calendar_table_get_type ())
G_DECLARE_FINAL_TYPE (FareCalendarTable, fare_calendar_table, FARE, CALENDAR_TABLE, AdwBin)

/**
 * fare_calendar_table_set_sheet:
 *
 * Rows of days that were there before are kept, and so are selection and scrolling.
 */
void        fare_calendar_table_set_sheet (FareCalendarTable *self,
                                           FareCalendarSheet *sheet);

/**
 * fare_calendar_table_set_narrow:
 * @is_narrow: whether only day, cost and tokens have room
 */
void        fare_calendar_table_set_narrow (FareCalendarTable *self,
                                           gboolean           is_narrow);

guint       fare_calendar_table_get_n_days (FareCalendarTable *self);

/**
 * fare_calendar_table_dup_text:
 * @column: 0 date, 1 cost, 2 tokens, 3 messages, 4 top tool
 *
 * Returns: (transfer full) (nullable): what the row of @day says there
 */
char       *fare_calendar_table_dup_text  (FareCalendarTable *self,
                                           FareDay            day,
                                           guint              column) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
