/* fare-parcel-bytes.h
 *
 * A log as bytes and back, as it stands in a parcel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-log.h"
#include "index/fare-varint.h"

G_BEGIN_DECLS

/* No text that is told is longer, in bytes. */
#define FARE_PARCEL_TEXT_LIMIT 8192

/* Appends a text; what is beyond the limit is left out. */
void     fare_parcel_write_text (GByteArray   *bytes,
                                 const char   *text);

/**
 * fare_parcel_read_text:
 *
 * Returns: (transfer full) (nullable): the text; %NULL, and @bytes failed, where it is none
 */
char    *fare_parcel_read_text  (FareVarints  *bytes) G_GNUC_WARN_UNUSED_RESULT;

/* Appends what a log says, but for its name. */
void     fare_parcel_write_log  (GByteArray   *bytes,
                                 FareLog      *log);

/**
 * fare_parcel_read_log:
 *
 * Nothing is believed: texts have to be UTF-8, times and counts what a log could have said.
 *
 * Returns: %FALSE when something cannot be
 */
gboolean fare_parcel_read_log   (FareVarints  *bytes,
                                 FareLog      *log);

G_END_DECLS
