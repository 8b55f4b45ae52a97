/* fare-source-footer.h
 *
 * The line under every page: when the logs were read last and how many tools they come
 * from; where files could not be read, a button that lists them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-source-state.h"

G_BEGIN_DECLS

#define FARE_TYPE_SOURCE_FOOTER (fare_source_footer_get_type ())
G_DECLARE_FINAL_TYPE (FareSourceFooter, fare_source_footer, FARE, SOURCE_FOOTER, GtkBox)

/**
 * fare_source_footer_show:
 *
 * Shows @state; before the first scan there is nothing to say, and the line is hidden.
 */
void        fare_source_footer_show           (FareSourceFooter      *self,
                                               const FareSourceState *state);

const char *fare_source_footer_get_text       (FareSourceFooter      *self);

/**
 * fare_source_footer_popup_failures:
 *
 * Opens the list of what could not be read, if there is one.
 */
void        fare_source_footer_popup_failures (FareSourceFooter      *self);

G_END_DECLS
