/* fare-copy-row.h
 *
 * A row with a piece of text for another program's settings, and a button that copies it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FARE_TYPE_COPY_ROW (fare_copy_row_get_type ())
G_DECLARE_FINAL_TYPE (FareCopyRow, fare_copy_row, FARE, COPY_ROW, AdwActionRow)

/**
 * fare_copy_row_new:
 * @text: what is shown under the title and copied as it is
 *
 * Returns: (transfer full): a new row
 */
GtkWidget *fare_copy_row_new (const char *title,
                              const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
