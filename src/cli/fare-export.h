/* fare-export.h
 *
 * What "tokenfare export" writes: one document of equal rows, as JSON or as
 * comma-separated values, with the same names in both.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-filter.h"
#include "fare-view.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_EXPORT_USAGE,    /* sums of each client and model */
  FARE_EXPORT_DAYS,     /* sums of each day, those without use included */
  FARE_EXPORT_SESSIONS,
  FARE_EXPORT_EVENTS    /* every counted response */
} FareExportKind;

/**
 * fare_export_kind_from_name:
 *
 * Returns: %FALSE when @name is none of "usage", "days", "sessions" and "events"
 */
gboolean fare_export_kind_from_name (const char       *name,
                                     FareExportKind   *kind);

/**
 * fare_export_write:
 * @filter: with its range narrowed to the days of the index
 * @has_days: what fare_filter_narrow() said
 * @is_json: else comma-separated values
 *
 * Prints the document on standard output.
 */
gboolean fare_export_write          (FareView         *view,
                                     const FareFilter *filter,
                                     gboolean          has_days,
                                     FareExportKind    kind,
                                     gboolean          is_json,
                                     GError          **error);

G_END_DECLS
