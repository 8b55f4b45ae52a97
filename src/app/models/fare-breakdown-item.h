/* fare-breakdown-item.h
 *
 * A line of the table of tools and models.  Keeps its identity while its figures change, so the line
 * that shows it keeps focus and selection.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "models/fare-breakdown-data.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_BREAKDOWN_TOOL,  /* with its models below it */
  FARE_BREAKDOWN_PART,  /* a model within a tool */
  FARE_BREAKDOWN_MODEL, /* a model over all tools */
  FARE_BREAKDOWN_TOTAL
} FareBreakdownKind;

/* The columns of the table, by which it can be sorted. */
typedef enum
{
  FARE_BREAKDOWN_NAME,
  FARE_BREAKDOWN_INPUT,
  FARE_BREAKDOWN_OUTPUT,
  FARE_BREAKDOWN_CACHE,
  FARE_BREAKDOWN_TOKENS,
  FARE_BREAKDOWN_HIT,
  FARE_BREAKDOWN_COST,
  FARE_BREAKDOWN_MESSAGES,
  FARE_BREAKDOWN_N_COLUMNS
} FareBreakdownColumn;

#define FARE_TYPE_BREAKDOWN_ITEM (fare_breakdown_item_get_type ())
G_DECLARE_FINAL_TYPE (FareBreakdownItem, fare_breakdown_item, FARE, BREAKDOWN_ITEM, GObject)

/**
 * fare_breakdown_item_new:
 * @row: what it is; its figures are taken with fare_breakdown_item_take()
 *
 * Returns: (transfer full): a line without figures.  Emits FareBreakdownItem::changed when what it
 *   says changes.
 */
FareBreakdownItem *fare_breakdown_item_new          (FareBreakdownKind       kind,
                                                     const FareBreakdownRow *row) G_GNUC_WARN_UNUSED_RESULT;

FareBreakdownKind  fare_breakdown_item_get_kind     (FareBreakdownItem      *self);
const char        *fare_breakdown_item_get_title    (FareBreakdownItem      *self);

/* (nullable): as the filter knows them. */
const char        *fare_breakdown_item_get_client   (FareBreakdownItem      *self);
const char        *fare_breakdown_item_get_model    (FareBreakdownItem      *self);
const char        *fare_breakdown_item_get_provider (FareBreakdownItem      *self);

/**
 * fare_breakdown_item_dup_key:
 *
 * Returns: (transfer full): what tells the line of @row from all others
 */
char              *fare_breakdown_item_dup_key      (FareBreakdownKind       kind,
                                                     const FareBreakdownRow *row) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_breakdown_item_get_sums:
 *
 * Returns: (transfer none) (nullable): its figures; %NULL while those of other days are being summed
 */
const FareSums    *fare_breakdown_item_get_sums     (FareBreakdownItem      *self);

/**
 * fare_breakdown_item_take:
 * @title: what it is called among the others
 */
void               fare_breakdown_item_take         (FareBreakdownItem      *self,
                                                     const char             *title,
                                                     const FareSums         *sums);

/* Takes the figures away and leaves the line. */
void               fare_breakdown_item_blank        (FareBreakdownItem      *self);

/**
 * fare_breakdown_item_get_children:
 *
 * Returns: (transfer none) (nullable): the models of a tool
 */
GListStore        *fare_breakdown_item_get_children (FareBreakdownItem      *self);

/* Whether the lines below it are shown. */
gboolean           fare_breakdown_item_get_expanded (FareBreakdownItem      *self);
void               fare_breakdown_item_set_expanded (FareBreakdownItem      *self,
                                                     gboolean                is_expanded);

/**
 * fare_breakdown_item_compare:
 *
 * Returns: as strcmp() does, by one column ascending; what has no price comes before what costs
 *   nothing
 */
int                fare_breakdown_item_compare      (FareBreakdownItem      *self,
                                                     FareBreakdownItem      *other,
                                                     FareBreakdownColumn     column);

G_END_DECLS
