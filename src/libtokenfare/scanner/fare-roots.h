/* fare-roots.h
 *
 * Where a client's logs are looked for: the places that it has by itself, and what the
 * user's settings add to them or take away.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-settings.h"
#include "formats/fare-format.h"

G_BEGIN_DECLS

/**
 * fare_roots_list:
 * @settings: their keys disabled-sources and extra-roots are honoured
 *
 * A client that is switched off has no places: its logs are not read any more, and what was
 * counted of them stays.
 *
 * Returns: (transfer full): places to look at, existing or not, sorted, each once
 */
GStrv    fare_roots_list       (const FareFormat *format,
                                FarePaths        *paths,
                                FareSettings     *settings) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_roots_list_own:
 *
 * Returns: (transfer full): the places that the client has by itself, whatever the settings say,
 *   sorted, each once
 */
GStrv    fare_roots_list_own   (const FareFormat *format,
                                FarePaths        *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_roots_list_extra:
 *
 * Returns: (transfer full): the places that the user has added for @client
 */
GStrv    fare_roots_list_extra (FareSettings     *settings,
                                const char       *client) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
