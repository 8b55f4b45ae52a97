/* fare-source-footer.h
 *
 * The line under every page: when the logs were read last and how many tools they come
 * from; where files could not be read, a button that lists them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-overview-data.h"

G_BEGIN_DECLS

#define FARE_TYPE_SOURCE_FOOTER (fare_source_footer_get_type ())
G_DECLARE_FINAL_TYPE (FareSourceFooter, fare_source_footer, FARE, SOURCE_FOOTER, GtkBox)

void        fare_source_footer_show     (FareSourceFooter       *self,
                                         const FareOverviewData *data);

const char *fare_source_footer_get_text (FareSourceFooter       *self);

G_END_DECLS
