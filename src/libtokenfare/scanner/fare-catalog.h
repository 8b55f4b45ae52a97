/* fare-catalog.h
 *
 * What a running program remembers of the folders it has walked: which client reads each of
 * them, and which logs depend on which other files.  With that a changed name leads
 * straight to the logs it concerns, and nothing else is looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "scanner/fare-discovery.h"
#include "scanner/fare-watcher.h"

G_BEGIN_DECLS

typedef struct _FareCatalog FareCatalog;

/**
 * fare_catalog_new:
 * @watcher: is told which folders to watch; must outlive the catalog
 */
FareCatalog   *fare_catalog_new  (FarePaths         *paths,
                                  FareWatcher       *watcher) G_GNUC_WARN_UNUSED_RESULT;
void           fare_catalog_free (FareCatalog       *self);

/**
 * fare_catalog_walk:
 *
 * Walks everything.  Every folder is watched before it is read, so what happens later is either in the
 * answer or told by the watcher.
 *
 * Returns: (transfer full): what was found
 */
FareDiscovery *fare_catalog_walk (FareCatalog       *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_catalog_look:
 * @changes: path → set of FareChange
 *
 * Returns: (transfer full) (nullable): the logs that the changes concern, or %NULL when only
 *   fare_catalog_walk() can tell
 */
FareDiscovery *fare_catalog_look (FareCatalog       *self,
                                  GHashTable        *changes) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareCatalog, fare_catalog_free)

G_END_DECLS
