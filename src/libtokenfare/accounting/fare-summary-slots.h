/* fare-summary-slots.h
 *
 * What a summary's pass has worked out about sessions and models, by their numbers in
 * the index, so that it is done once for each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/* Whether the filters let something through. */
typedef enum
{
  FARE_SLOT_UNKNOWN, /* not asked yet */
  FARE_SLOT_WANTED,
  FARE_SLOT_UNWANTED
} FareSlotState;

typedef struct
{
  guint8  wanted;      /* FareSlotState */
  guint8  prefers_log;
  guint8  is_counted;  /* in the total */
  guint32 client;
  guint32 project;
} FareSessionSlot;

/* The price of requests of one kind on one day. */
typedef struct
{
  gint64         day;
  guint16        kind;
  guint16        band;
  FarePriceRates rates;
} FareRatesSlot;

/* Prices of one model that are used in turns. */
#define FARE_N_RATES 4

typedef struct
{
  const FareModelInfo *model;
  FareSlotState        wanted;
  FarePriceMatch       match;
  gint64               steady_day;      /* G_MININT64 before the first question */
  gint64               steady_quarter;
  gboolean             is_steady_day;
  gboolean             is_steady_quarter;
  FareRatesSlot        rates[FARE_N_RATES]; /* in no order */
  guint                next_rates;
} FareModelSlot;

typedef struct _FareSlots FareSlots;

/**
 * fare_slots_new:
 *
 * All three must outlive the slots.
 */
FareSlots            *fare_slots_new          (FareIndexReader  *reader,
                                               FarePriceBook    *prices,
                                               const FareQuery  *query) G_GNUC_WARN_UNUSED_RESULT;
void                  fare_slots_free         (FareSlots        *self);

/**
 * fare_slots_prepare:
 *
 * Resolves the query's session ids; to be called first.
 *
 * Returns: %FALSE with @error when the index could not be read
 */
gboolean              fare_slots_prepare      (FareSlots        *self,
                                               GError          **error);

/**
 * fare_slots_count_sessions:
 *
 * Returns: a number above that of every session
 */
guint32               fare_slots_count_sessions (FareSlots      *self);

/**
 * fare_slots_find_session:
 *
 * Returns: (transfer none) (nullable): what is known of it; %NULL with @error when the index is
 *   damaged
 */
FareSessionSlot      *fare_slots_find_session (FareSlots        *self,
                                               guint32           number,
                                               GError          **error);
FareModelSlot        *fare_slots_find_model   (FareSlots        *self,
                                               guint32           number,
                                               GError          **error);

/**
 * fare_slots_wants_branch:
 * @number: of a branch, which is one on a machine
 *
 * Returns: whether the filter for machines lets it through
 */
gboolean              fare_slots_wants_branch (FareSlots        *self,
                                               guint32           number);

/* Whether one price holds for the model during the whole UTC day, or quarter hour. */
gboolean              fare_slots_is_steady_day (FareSlots       *self,
                                                FareModelSlot   *model,
                                                gint64           day);
gboolean              fare_slots_is_steady_quarter
                                              (FareSlots        *self,
                                               FareModelSlot    *model,
                                               gint64            quarter);

/**
 * fare_slots_find_day_rates:
 * @day: a UTC day during which one price holds
 *
 * Returns: (transfer none): the price of what is like @cell, valid until some other is asked for
 */
const FarePriceRates *fare_slots_find_day_rates
                                              (FareSlots        *self,
                                               FareModelSlot    *model,
                                               const FareCell   *cell,
                                               gint64            day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSlots, fare_slots_free)

G_END_DECLS
