/* fare-breakdown-list.h
 *
 * The lines of the table of tools and models, sorted.  News change only the lines they are about.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-breakdown-item.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_BREAKDOWN_BY_TOOL, /* tools, which open to their models */
  FARE_BREAKDOWN_BY_MODEL /* models over all tools */
} FareBreakdownFace;

#define FARE_TYPE_BREAKDOWN_LIST (fare_breakdown_list_get_type ())
G_DECLARE_FINAL_TYPE (FareBreakdownList, fare_breakdown_list, FARE, BREAKDOWN_LIST, GObject)

/**
 * fare_breakdown_list_new:
 *
 * Returns: (transfer full): a list without lines, by tool, the most expensive first
 */
FareBreakdownList *fare_breakdown_list_new       (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_breakdown_list_get_model:
 *
 * Returns: (transfer none): rows of #FareBreakdownItem; the total comes last in any order
 */
GtkTreeListModel  *fare_breakdown_list_get_model (FareBreakdownList       *self);

/**
 * fare_breakdown_list_show:
 * @data: (nullable): what to show; %NULL takes the figures from the lines and leaves these, so that
 *   nothing moves while the figures of other days are being summed
 */
void               fare_breakdown_list_show      (FareBreakdownList       *self,
                                                  const FareBreakdownData *data);
void               fare_breakdown_list_set_face  (FareBreakdownList       *self,
                                                  FareBreakdownFace        face);
FareBreakdownFace  fare_breakdown_list_get_face  (FareBreakdownList       *self);
void               fare_breakdown_list_set_sort  (FareBreakdownList       *self,
                                                  FareBreakdownColumn      column,
                                                  gboolean                 is_descending);

/**
 * fare_breakdown_list_pin:
 * @item: (nullable): a line to be left in its place: when the order changes, others move around it
 */
void               fare_breakdown_list_pin       (FareBreakdownList       *self,
                                                  FareBreakdownItem       *item);

/* Has all lines shown anew, because the same figures now read otherwise. */
void               fare_breakdown_list_touch     (FareBreakdownList       *self);

/**
 * fare_breakdown_list_get_lines:
 *
 * Returns: (transfer full) (element-type FareBreakdownItem): all lines in their order, those of
 *   closed tools, too, and without the total
 */
GPtrArray         *fare_breakdown_list_get_lines (FareBreakdownList       *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
