/* fare-pricing-draft.h
 *
 * The user's price file while it is edited as text: what was typed, what the file held, and
 * what is to be said about it.  Reading and looking it over happen off the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "fare-meter.h"
#include "models/fare-pricing-check.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_DRAFT (fare_pricing_draft_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingDraft, fare_pricing_draft, FARE, PRICING_DRAFT, GObject)

/**
 * fare_pricing_draft_new:
 * @meter: whose files they are
 *
 * Returns: (transfer full): an empty draft.  Emits FarePricingDraft::changed when the answer of any
 *   function below is another.
 */
FarePricingDraft       *fare_pricing_draft_new         (FareMeter        *meter) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_draft_get_buffer:
 *
 * Returns: (transfer none): the user's text
 */
GtkTextBuffer          *fare_pricing_draft_get_buffer  (FarePricingDraft *self);

/**
 * fare_pricing_draft_get_shipped:
 *
 * Returns: (transfer none): the built-in table
 */
GtkTextBuffer          *fare_pricing_draft_get_shipped (FarePricingDraft *self);

/**
 * fare_pricing_draft_refresh:
 *
 * Reads the files again unless there is something unsaved.
 */
void                    fare_pricing_draft_refresh     (FarePricingDraft *self);

/**
 * fare_pricing_draft_format:
 *
 * Lays the text out anew, as one step that can be undone.
 */
void                    fare_pricing_draft_format      (FarePricingDraft *self);

/**
 * fare_pricing_draft_get_check:
 *
 * Returns: (transfer none) (nullable): what is to be said about the text; %NULL while it is being
 *   looked over
 */
const FarePricingCheck *fare_pricing_draft_get_check   (FarePricingDraft *self);

/**
 * fare_pricing_draft_get_trouble:
 *
 * Returns: (transfer none) (nullable): why the file cannot be edited, in a sentence
 */
const char             *fare_pricing_draft_get_trouble (FarePricingDraft *self);

/**
 * fare_pricing_draft_is_unsaved:
 *
 * Returns: whether there is something that would be lost
 */
gboolean                fare_pricing_draft_is_unsaved  (FarePricingDraft *self);

/**
 * fare_pricing_draft_can_save:
 *
 * Returns: whether the text is a price file, as far as it was looked over
 */
gboolean                fare_pricing_draft_can_save    (FarePricingDraft *self);

/**
 * fare_pricing_draft_dup_text:
 *
 * Returns: (transfer full): what is to be written
 */
GBytes                 *fare_pricing_draft_dup_text    (FarePricingDraft *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_draft_get_base:
 *
 * Returns: (transfer none) (nullable): what the file held when it was read; %NULL for no file
 */
GBytes                 *fare_pricing_draft_get_base    (FarePricingDraft *self);

/**
 * fare_pricing_draft_set_saved:
 * @contents: what was written
 */
void                    fare_pricing_draft_set_saved   (FarePricingDraft *self,
                                                        GBytes           *contents);

/**
 * fare_pricing_draft_discard:
 *
 * Throws away what is unsaved.
 */
void                    fare_pricing_draft_discard     (FarePricingDraft *self);

G_END_DECLS
