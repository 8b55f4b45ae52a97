/* fare-quiet-label.h
 *
 * A label that is told the same again stays as it is, so that nothing is laid out anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_quiet_label_set:
 *
 * Shows @text where it is another than before.
 */
void fare_quiet_label_set (GtkLabel   *label,
                           const char *text);

G_END_DECLS
