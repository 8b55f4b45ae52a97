/* fare-breakdown-text.h
 *
 * Words and figures of the table of tools and models.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-breakdown-item.h"

G_BEGIN_DECLS

/* What decides how the table reads besides its figures. */
typedef struct
{
  gboolean    hide_amounts;
  GHashTable *slots; /* (nullable): colour of each tool, by id */
} FareBreakdownLook;

/**
 * fare_breakdown_look_assign_slots:
 * @tools: (element-type FareBreakdownRow): the most expensive first
 *
 * Gives tools the colours that the ring and the list give them.
 */
void        fare_breakdown_look_assign_slots (FareBreakdownLook   *look,
                                              GPtrArray           *tools);
void        fare_breakdown_look_clear    (FareBreakdownLook       *look);

/**
 * fare_breakdown_text_column:
 *
 * Returns: the column's heading, translated; static
 */
const char *fare_breakdown_text_column   (FareBreakdownColumn      column);

/**
 * fare_breakdown_column_get_name:
 *
 * Returns: a name for machines, such as "cost"; static
 */
const char *fare_breakdown_column_get_name (FareBreakdownColumn    column);

/**
 * fare_breakdown_text_cell:
 *
 * Returns: (transfer full): what the cell shows; "" for a figure that is not there yet
 */
char       *fare_breakdown_text_cell     (const FareBreakdownLook *look,
                                          FareBreakdownItem       *item,
                                          FareBreakdownColumn      column) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_breakdown_text_tooltip:
 *
 * Returns: (transfer full) (nullable): exact figures, or the whole of a text that may be cut
 */
char       *fare_breakdown_text_tooltip  (const FareBreakdownLook *look,
                                          FareBreakdownItem       *item,
                                          FareBreakdownColumn      column) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_breakdown_text_missing:
 *
 * Returns: (transfer full): "3.1M tokens without price" where only a part has a price; "" else, as no
 *   price at all is what the cost says
 */
char       *fare_breakdown_text_missing  (FareBreakdownItem       *item) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_breakdown_text_details:
 *
 * Returns: (transfer full): the figures that have no columns in a narrow window, in two lines
 */
char       *fare_breakdown_text_details  (FareBreakdownItem       *item) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_breakdown_text_csv_head:
 *
 * Returns: the names of fare_breakdown_text_csv()'s fields, never translated; static
 */
const char *fare_breakdown_text_csv_head (void);

/**
 * fare_breakdown_text_csv:
 *
 * Returns: (transfer full): the line for programs, with exact figures, never translated; the cost is
 *   empty where nothing has a price
 */
char       *fare_breakdown_text_csv      (FareBreakdownItem       *item) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
