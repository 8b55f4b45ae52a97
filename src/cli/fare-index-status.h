/* fare-index-status.h
 *
 * What the index holds, counted per client.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-json-writer.h"
#include "index/fare-index-reader.h"

G_BEGIN_DECLS

typedef struct
{
  char   *client;
  gint64  events;
  gint64  files;
  gint64  missing_files;    /* gone from disk */
  gint64  unreadable_files;
  gint64  sessions;
  gint64  missing_sessions; /* all of whose files are gone from disk */
  gint64  newest_ms;        /* newest event, UTC milliseconds */
} FareClientStatus;

typedef struct
{
  char      *path;          /* (nullable): the index file */
  gint64     size;          /* bytes; 0 when it cannot be told */
  gint64     last_scan_ms;  /* UTC milliseconds, 0 if there was none */
  gint64     events;
  GPtrArray *clients;       /* FareClientStatus, by client id */
} FareIndexStatus;

/**
 * fare_index_status_new:
 * @path: file name of the index
 *
 * Returns: (transfer full): the status, or %NULL with @error set
 */
FareIndexStatus *fare_index_status_new   (FareIndexReader  *reader,
                                          const char       *path,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void             fare_index_status_free  (FareIndexStatus  *self);

/**
 * fare_index_status_write:
 *
 * Adds the members of the status to the open object.
 */
void             fare_index_status_write (FareIndexStatus  *self,
                                          FareJsonWriter   *json);

/**
 * fare_index_status_print:
 *
 * Prints the status for people.
 */
void             fare_index_status_print (FareIndexStatus  *self,
                                          GTimeZone        *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareIndexStatus, fare_index_status_free)

G_END_DECLS
