/* fare-retention.h
 *
 * Agents that delete their own sessions, and the setting that makes them keep them longer.
 * What Tokenfare has counted stays; what it has not read yet would be lost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"

G_BEGIN_DECLS

typedef struct
{
  const char *client;  /* id */
  const char *file;    /* the agent's own settings, below the home folder */
  const char *setting; /* what to write into that file, JSON */
} FareRetention;

/* What fare_retention_get_days() says where sessions are kept. */
#define FARE_RETENTION_FOREVER (-1)

/**
 * fare_retention_find:
 *
 * Returns: (nullable): what is known of a client that deletes its sessions
 */
const FareRetention *fare_retention_find       (const char          *client);

/**
 * fare_retention_dup_file:
 *
 * Returns: (transfer full): the agent's settings file, there or not
 */
char                *fare_retention_dup_file   (const FareRetention *self,
                                                FarePaths           *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_retention_is_default:
 *
 * Reads the agent's settings, so not to be called on the main thread.
 *
 * Returns: whether they leave the time of deletion as the agent came
 */
gboolean             fare_retention_is_default (const FareRetention *self,
                                                FarePaths           *paths);

/**
 * fare_retention_get_days:
 *
 * Reads the agent's settings, as fare_retention_is_default().
 *
 * Returns: how many days old a session becomes before the agent deletes it;
 *   %FARE_RETENTION_FOREVER when it does not
 */
int                  fare_retention_get_days   (const FareRetention *self,
                                                FarePaths           *paths);

G_END_DECLS
