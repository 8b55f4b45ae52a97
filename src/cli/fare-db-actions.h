/* fare-db-actions.h
 *
 * The verbs of “tokenfare db”.  Each prints its result and returns the exit status.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-filter.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean          json;    /* print JSON */
  gboolean          dry_run; /* change nothing, for repair */
  const FareFilter *filter;  /* the days to look at, for verify */
} FareDbRequest;

FareExit fare_db_status (const FareDbRequest *request);
FareExit fare_db_sync   (const FareDbRequest *request);
FareExit fare_db_verify (const FareDbRequest *request);
FareExit fare_db_repair (const FareDbRequest *request);
FareExit fare_db_resync (const FareDbRequest *request);

/**
 * fare_db_watch:
 *
 * Keeps the index in step and prints a line after every change, until the user ends it.
 */
FareExit fare_db_watch  (const FareDbRequest *request);

G_END_DECLS
