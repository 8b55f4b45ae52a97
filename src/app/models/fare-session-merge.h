/* fare-session-merge.h
 *
 * Turns one list into another with as few moves as possible.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fare_session_merge:
 * @store: a list in which no object occurs twice
 * @wanted: (element-type GObject): what it shall hold, each once
 * @pinned: (nullable): an object that stays where it is, if it is in both
 *
 * Objects that keep their order among each other are not touched.
 */
void fare_session_merge (GListStore *store,
                         GPtrArray  *wanted,
                         gpointer    pinned);

G_END_DECLS
