/* fare-pricing-editor.h
 *
 * The dialog in which a model's price is set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-pricing-form.h"
#include "models/fare-pricing-line.h"
#include "pricing/fare-price-list.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_EDITOR (fare_pricing_editor_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingEditor, fare_pricing_editor, FARE, PRICING_EDITOR, AdwWindow)

/**
 * fare_pricing_editor_new:
 * @parent: the window it belongs to
 * @book: the prices in force
 * @line: (nullable): the model; %NULL to add one
 * @today: the local day
 *
 * Returns: (transfer none): a dialog, to be presented.  Emits FarePricingEditor::save when the user
 *   wants it; it stays open until it is destroyed, so that nothing typed is lost when saving fails.
 */
FarePricingEditor *fare_pricing_editor_new         (GtkWindow             *parent,
                                                    FarePriceBook         *book,
                                                    const FarePricingLine *line,
                                                    FareDay                today);

/**
 * fare_pricing_editor_create_form:
 *
 * Returns: (transfer full): what the dialog says
 */
FarePricingForm   *fare_pricing_editor_create_form (FarePricingEditor     *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_editor_is_unsaved:
 *
 * Returns: whether something was typed that would be lost.  Such a window asks before it closes.
 */
gboolean           fare_pricing_editor_is_unsaved  (FarePricingEditor     *self);

/**
 * fare_pricing_editor_show_error:
 *
 * Says why it could not be saved.
 */
void               fare_pricing_editor_show_error  (FarePricingEditor     *self,
                                                    const char            *message);

/**
 * fare_pricing_editor_focus_names:
 *
 * Takes the keyboard to the place where another name is added.
 */
void               fare_pricing_editor_focus_names (FarePricingEditor     *self);

G_END_DECLS
