/* fare-discovery.h
 *
 * Finds the log files under the clients' folders.  Each real folder is read once,
 * however many names lead to it, and a loop of links ends by itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *sources;  /* FareSource, each key once */
  GPtrArray *folders;  /* char *: every folder walked, for watching */
  GPtrArray *roots;    /* char *: "client\tpath" of every place looked at, existing or not */
  GPtrArray *failures; /* char *: "client\tpath\treason" of folders that could not be read */
} FareDiscovery;

/**
 * fare_discovery_new:
 * @paths: where to look
 *
 * Walks all folders of all clients.
 *
 * Returns: (transfer full): what was found
 */
FareDiscovery *fare_discovery_new        (FarePaths          *paths) G_GNUC_WARN_UNUSED_RESULT;
void           fare_discovery_free       (FareDiscovery      *self);

/**
 * fare_source_free:
 *
 * Frees one source.
 */
void           fare_source_free          (FareSource         *source);

/**
 * fare_discovery_list_roots:
 *
 * Returns: (transfer full): "client\tpath" of every place that would be looked at
 */
GStrv          fare_discovery_list_roots (FarePaths          *paths) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareDiscovery, fare_discovery_free)

G_END_DECLS
