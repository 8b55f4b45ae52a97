/* fare-discovery.h
 *
 * Finds the log files under the clients' folders: all of them, or those that some
 * names lead to.  Each real folder is read once, however many names lead to it, and a
 * loop of links ends by itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "scanner/fare-source.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray           *sources;    /* FareSource, each key once */
  GPtrArray           *failures;   /* char *: "client\tpath\treason" of folders that could not be read */
  gboolean             is_partial; /* only what some names lead to */
  GPtrArray           *gone;       /* char *: keys of files that are gone, of a partial one */
  GPtrArray           *unsettled;  /* char *: files to look at again after FARE_SOURCE_SETTLES_MS */
  const FareWalkHooks *hooks;      /* (nullable) */
  GHashTable          *tables;     /* FareFormat → what was met of each client, while looking */
} FareDiscovery;

/* What a name leads to. */
typedef enum
{
  FARE_LOOK_DONE, /* nothing of interest, or added */
  FARE_LOOK_GONE, /* there is nothing */
  FARE_LOOK_ODD   /* only a walk of everything can tell what counts */
} FareLook;

/**
 * fare_discovery_new:
 * @paths: where to look
 * @hooks: (nullable): must outlive the discovery
 *
 * Walks all folders of all clients.
 *
 * Returns: (transfer full): what was found
 */
FareDiscovery *fare_discovery_new         (FarePaths           *paths,
                                           const FareWalkHooks *hooks) G_GNUC_WARN_UNUSED_RESULT;

/* A walk that has begun. */
typedef struct _FareDiscoveryWalk FareDiscoveryWalk;

/**
 * fare_discovery_begin:
 *
 * Begins to do what fare_discovery_new() does, in another thread where there are several processors,
 * so that the caller can do something else meanwhile.
 *
 * Returns: (transfer full): to be given to fare_discovery_end()
 */
FareDiscoveryWalk *fare_discovery_begin    (FarePaths           *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_discovery_end:
 * @walk: (transfer full)
 *
 * Helps with what is left of it.
 *
 * Returns: (transfer full): what was found
 */
FareDiscovery *fare_discovery_end          (FareDiscoveryWalk   *walk) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_discovery_new_partial:
 *
 * Returns: (transfer full): one that has looked at nothing yet
 */
FareDiscovery *fare_discovery_new_partial (const FareWalkHooks *hooks) G_GNUC_WARN_UNUSED_RESULT;
void           fare_discovery_free        (FareDiscovery       *self);

/**
 * fare_discovery_look_at_entry:
 * @folder: a folder that a walk of @format from @root would read
 * @depth: how deep it would be there
 * @name: something in it; when it is a folder, it is walked
 */
FareLook       fare_discovery_look_at_entry (FareDiscovery     *self,
                                             const FareFormat  *format,
                                             const char        *root,
                                             const char        *folder,
                                             guint              depth,
                                             const char        *name);

/**
 * fare_discovery_look_at_file:
 * @path: a file that a walk of @format from @root had found
 */
FareLook       fare_discovery_look_at_file (FareDiscovery      *self,
                                            const FareFormat   *format,
                                            const char         *root,
                                            const char         *path);

/**
 * fare_discovery_list_roots:
 *
 * Returns: (transfer full): "client\tpath" of every place that would be looked at
 */
GStrv          fare_discovery_list_roots  (FarePaths           *paths) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareDiscovery, fare_discovery_free)

G_END_DECLS
