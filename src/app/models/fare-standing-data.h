/* fare-standing-data.h
 *
 * How much of the budgets and of the providers' limits is used, as an answer to a live query.  The
 * answer is a FareStanding.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-standing.h"
#include "models/fare-live-query.h"
#include "models/fare-preferences.h"

G_BEGIN_DECLS

/**
 * fare_standing_data_make_subject:
 *
 * Returns: (transfer floating): the budgets as they are set now, for fare_live_query_set_subject()
 */
GVariant *fare_standing_data_make_subject (FarePreferences *preferences);

/**
 * fare_standing_data_load:
 *
 * A #FareAnswerFunc; range and filter do not matter, the subject does.
 *
 * Returns: (transfer full): a #FareStanding, freed with fare_standing_free(), or %NULL with @error set
 */
gpointer  fare_standing_data_load         (const FareQuestion  *question,
                                           GCancellable        *cancellable,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
