/* fare-parts.h
 *
 * What several clients' logs have in common: prompts in parts, counts to reckon with,
 * moments as numbers, small JSON files beside a log.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-log.h"

G_BEGIN_DECLS

/**
 * fare_parts_count:
 *
 * Reads a count like fare_pull_count(), but never more than four times %FARE_USAGE_LIMIT: an absurd
 * one stays absurd, yet a few of them can be added without overflow.
 */
gint64    fare_parts_count    (FarePull           *pull);

/**
 * fare_parts_instant:
 * @scale: milliseconds per unit: 1, or 1000 for seconds
 * @time_ms: (out): UTC milliseconds, finer fractions cut; 0 when there is none
 *
 * Reads a moment that is written as a number.
 *
 * Returns: whether a moment in the years 1970 to 9999 came
 */
gboolean  fare_parts_instant  (FarePull           *pull,
                               double              scale,
                               gint64             *time_ms);

/**
 * fare_parts_title:
 * @content: raw JSON of what the user wrote: a string, an object with "text", or an array of such
 * @ignored: (nullable) (array zero-terminated=1): beginnings of what is no title
 *
 * Joins the parts.
 *
 * Returns: the number of the title as fare_log_intern_title() makes it; 0 for none
 */
guint32   fare_parts_title    (FareLog            *log,
                               const FareSpan     *content,
                               const char * const *ignored);

/**
 * fare_parts_load:
 * @length: (out): bytes
 *
 * Reads a small file that a log's reader looks into.
 *
 * Returns: (transfer full) (nullable): its content; %NULL when there is none, or a huge one
 */
char     *fare_parts_load     (const char         *path,
                               gsize              *length) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_parts_folder:
 * @levels: how many components to drop from the end of @path
 *
 * Returns: (transfer full): the folder that many levels up
 */
char     *fare_parts_folder   (const char         *path,
                               guint               levels) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_parts_intern_name:
 * @name: a file name, in any encoding
 *
 * Returns: its number, as valid UTF-8
 */
guint32   fare_parts_intern_name (FareLog         *log,
                                  const char      *name);

/**
 * fare_parts_fail:
 *
 * Sets the error of a document that is broken, most often because it is being written.
 *
 * Returns: %FALSE
 */
gboolean  fare_parts_fail     (GError             **error);

G_END_DECLS
