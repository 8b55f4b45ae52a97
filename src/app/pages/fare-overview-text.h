/* fare-overview-text.h
 *
 * The words of the Overview page: what its data says, ready for labels, tooltips and
 * screen readers.  Pure functions, so tests can read them without a window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-overview-data.h"
#include "models/fare-share-item.h"
#include "widgets/fare-stat-card.h"

G_BEGIN_DECLS

/* How the page is to be read. */
typedef struct
{
  const FareOverviewData *data;
  gboolean                hide_amounts; /* dots in the place of money */
} FareOverviewText;

void  fare_overview_text_cost      (const FareOverviewText *self,
                                    FareCardText           *text);
void  fare_overview_text_tokens    (const FareOverviewText *self,
                                    FareCardText           *text);
void  fare_overview_text_messages  (const FareOverviewText *self,
                                    FareCardText           *text);
void  fare_overview_text_hit_rate  (const FareOverviewText *self,
                                    FareCardText           *text);
void  fare_overview_text_top_model (const FareOverviewText *self,
                                    FareCardText           *text);

/**
 * fare_overview_text_money:
 *
 * Returns: (transfer full): the cost of @sums as fare_sums_cost_to_text() has it, dots when
 *   amounts are hidden
 */
char *fare_overview_text_money     (const FareOverviewText *self,
                                    const FareSums         *sums) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_overview_text_items:
 * @shares: (element-type FareShare): clients or models of the page's data
 * @are_clients: whether each has a colour of its own
 *
 * Returns: (transfer full) (element-type FareShareItem): the same as rows of a list
 */
GPtrArray *fare_overview_text_items (const FareOverviewText *self,
                                     GPtrArray              *shares,
                                     gboolean                are_clients) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_overview_text_ring:
 *
 * Returns: (transfer full): what the ring shows, as one sentence
 */
char *fare_overview_text_ring      (const FareOverviewText *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_overview_text_nothing:
 *
 * Returns: (transfer full): that the range has no use, and when there was some
 */
char *fare_overview_text_nothing   (const FareOverviewText *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
