/* fare-sources-group.h
 *
 * Every client with a switch, its folders, and folders that the user adds.  Those that are
 * not found lie together in a row of their own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-live-query.h"
#include "models/fare-preferences.h"
#include "models/fare-sources-data.h"

G_BEGIN_DECLS

#define FARE_TYPE_SOURCES_GROUP (fare_sources_group_get_type ())
G_DECLARE_FINAL_TYPE (FareSourcesGroup, fare_sources_group, FARE, SOURCES_GROUP, AdwPreferencesGroup)

/**
 * fare_sources_group_connect:
 *
 * Gives the group what it changes.  Called once.
 */
void fare_sources_group_connect     (FareSourcesGroup      *self,
                                     FareMeter             *meter,
                                     FarePreferences       *preferences);

void fare_sources_group_show        (FareSourcesGroup      *self,
                                     const FareSourcesData *data);

/**
 * fare_sources_group_set_enabled:
 *
 * What the switch of @client does: the logs are read from now on, or no more.
 */
void fare_sources_group_set_enabled (FareSourcesGroup      *self,
                                     const char            *client,
                                     gboolean               is_enabled);

/**
 * fare_sources_group_add_folder:
 * @path: absolute
 *
 * Has the logs in @path read as those of @client.
 */
void fare_sources_group_add_folder  (FareSourcesGroup      *self,
                                     const char            *client,
                                     const char            *path);

/**
 * fare_sources_group_remove_folder:
 *
 * Takes back what fare_sources_group_add_folder() did.
 */
void fare_sources_group_remove_folder (FareSourcesGroup    *self,
                                       const char          *client,
                                       const char          *path);

G_END_DECLS
