/* fare-pass-scroll.h
 *
 * A scrolled window that leaves the wheel to the one around it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_pass_scroll_set:
 * @passes: whether the wheel is for whatever is around @scroller
 *
 * By itself a scrolled window keeps the wheel even where it has nothing to scroll, and the page around
 * it stands still while the pointer is over it.
 */
void fare_pass_scroll_set (GtkScrolledWindow *scroller,
                           gboolean           passes);

G_END_DECLS
