/* fare-filter-choices.h
 *
 * What the window can be narrowed to: clients, models and projects that have use, the most
 * expensive first, and machines where there are several.  A plain value: made in a worker thread, shown on the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-live-query.h"

G_BEGIN_DECLS

typedef struct
{
  char     *value; /* as FareFilter has it */
  char     *title;
  FareSums  sums;
} FareFilterChoice;

typedef struct
{
  GPtrArray *kinds[FARE_FILTER_N_KINDS]; /* FareFilterChoice */
} FareFilterChoices;

/**
 * fare_filter_choices_load:
 *
 * A #FareAnswerFunc, over all days.
 *
 * Returns: (transfer full): a #FareFilterChoices, or %NULL with @error set
 */
gpointer fare_filter_choices_load  (const FareQuestion  *question,
                                    GCancellable        *cancellable,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void     fare_filter_choices_free  (FareFilterChoices   *self);

/**
 * fare_filter_dup_title:
 *
 * Returns: (transfer full): @value as people call it
 */
char    *fare_filter_dup_title     (FareFilterKind       kind,
                                    const char          *value) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_filter_get_kind_title:
 *
 * Returns: "Tools", "Models", "Projects" or "Machines", translated
 */
const char *fare_filter_get_kind_title (FareFilterKind   kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareFilterChoices, fare_filter_choices_free)

G_END_DECLS
