/* fare-filter.h
 *
 * What the whole window is narrowed to besides its days: clients, models, projects and machines.
 * One object, shared by the filter menu, its pills and the pages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_FILTER_CLIENT,  /* ids, "claude" */
  FARE_FILTER_MODEL,   /* names as logged */
  FARE_FILTER_PROJECT, /* paths as logged */
  FARE_FILTER_MACHINE, /* names */
  FARE_FILTER_N_KINDS
} FareFilterKind;

/* A copy that a worker thread can keep.  NULL lets everything through. */
typedef struct
{
  GStrv values[FARE_FILTER_N_KINDS];
} FareFilterValues;

void             fare_filter_values_clear (FareFilterValues       *self);

/**
 * fare_filter_values_narrow:
 * @query: (inout): its clients, models, projects and machines become those of @self, which must
 *   outlive it
 */
void             fare_filter_values_narrow (const FareFilterValues *self,
                                           FareQuery              *query);

#define FARE_TYPE_FILTER (fare_filter_get_type ())
G_DECLARE_FINAL_TYPE (FareFilter, fare_filter, FARE, FILTER, GObject)

/**
 * fare_filter_new:
 *
 * Returns: (transfer full): a filter that lets everything through.  Emits FareFilter::changed
 *   once for each call below that changes something.
 */
FareFilter      *fare_filter_new          (void) G_GNUC_WARN_UNUSED_RESULT;

gboolean         fare_filter_is_empty     (FareFilter             *self);

gboolean         fare_filter_has          (FareFilter             *self,
                                           FareFilterKind          kind,
                                           const char             *value);

/**
 * fare_filter_get:
 *
 * Returns: (transfer none) (nullable): the values chosen of one kind, in the order they were
 *   added; %NULL for all
 */
const char * const *fare_filter_get       (FareFilter             *self,
                                           FareFilterKind          kind);

/**
 * fare_filter_set:
 * @is_wanted: whether @value is added to or taken from those let through
 */
void             fare_filter_set          (FareFilter             *self,
                                           FareFilterKind          kind,
                                           const char             *value,
                                           gboolean                is_wanted);

/**
 * fare_filter_set_only:
 *
 * Lets through what has this one value, and clears everything else.
 */
void             fare_filter_set_only     (FareFilter             *self,
                                           FareFilterKind          kind,
                                           const char             *value);

void             fare_filter_clear        (FareFilter             *self);

/**
 * fare_filter_copy:
 * @values: (out caller-allocates): cleared with fare_filter_values_clear()
 */
void             fare_filter_copy         (FareFilter             *self,
                                           FareFilterValues       *values);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareFilterValues, fare_filter_values_clear)

G_END_DECLS
