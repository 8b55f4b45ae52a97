/* fare-search-provider.h
 *
 * Answers in the search of GNOME Shell: today's figure for “token”, “cost” and “usage”, and
 * sessions by their titles.  Interface org.gnome.Shell.SearchProvider2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-desktop-link.h"

G_BEGIN_DECLS

typedef struct _FareSearchProvider FareSearchProvider;

/**
 * fare_search_provider_new:
 * @link: (transfer none): outlives the provider
 * @path: the program's object; the provider is "SearchProvider" below it
 *
 * Exports the interface.
 *
 * Returns: (transfer full) (nullable): the provider, or %NULL with @error set
 */
FareSearchProvider *fare_search_provider_new  (FareDesktopLink     *link,
                                               GDBusConnection     *bus,
                                               const char          *path,
                                               GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                fare_search_provider_free (FareSearchProvider  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSearchProvider, fare_search_provider_free)

G_END_DECLS
