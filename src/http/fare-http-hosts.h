/* fare-http-hosts.h
 *
 * Names besides loopback under which reads are answered: those of the command line, and those that
 * the settings allow now, for a name may be allowed while the server runs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"

G_BEGIN_DECLS

typedef struct _FareHttpHosts FareHttpHosts;

/**
 * fare_http_hosts_new:
 * @named: (nullable): names that are allowed whatever the settings say
 */
FareHttpHosts      *fare_http_hosts_new  (FarePaths          *paths,
                                          const char * const *named) G_GNUC_WARN_UNUSED_RESULT;
void                fare_http_hosts_free (FareHttpHosts      *self);

/**
 * fare_http_hosts_get:
 *
 * Reads the settings again when their file is another one than at the last time.
 *
 * Returns: (transfer none): the names, valid until the next call
 */
const char * const *fare_http_hosts_get  (FareHttpHosts      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareHttpHosts, fare_http_hosts_free)

G_END_DECLS
