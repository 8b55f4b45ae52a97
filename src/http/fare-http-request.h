/* fare-http-request.h
 *
 * What was asked, without the wire: path, parameters, body and the moment.  Filled in
 * the main thread, read in a worker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-range.h"

G_BEGIN_DECLS

typedef struct
{
  GHashTable *query;        /* name → value, both decoded; of repeated ones the last */
  GBytes     *body;         /* (nullable) */
  char       *content_type; /* (nullable): without its parameters */
  gint64      now_us;       /* UTC microseconds */
  GTimeZone  *zone;         /* the machine's, as of now */
  GStrv       machines;     /* (nullable): "machine", the only one asked about, of those that share */
} FareHttpRequest;

/* A span of days, and the one it is compared with. */
typedef struct
{
  const char *period; /* as sent; belongs to the request */
  FareRange   range;
  FareRange   before;
} FareHttpSpan;

/**
 * fare_http_request_new:
 * @query: (nullable): the undecoded part of the address behind the question mark
 *
 * Returns: (transfer full): a request of this moment
 */
FareHttpRequest *fare_http_request_new          (const char             *query) G_GNUC_WARN_UNUSED_RESULT;
void             fare_http_request_free         (FareHttpRequest        *self);

/**
 * fare_http_request_to_key:
 * @path: the route
 *
 * Returns: (transfer full): a text that is the same for requests that have the same answer as long
 *   as neither index, prices, day nor time zone change
 */
char            *fare_http_request_to_key       (const FareHttpRequest  *self,
                                                 const char             *path) G_GNUC_WARN_UNUSED_RESULT;
FareDay          fare_http_request_get_today    (const FareHttpRequest  *self);

/**
 * fare_http_request_get:
 *
 * Returns: (nullable): the parameter
 */
const char      *fare_http_request_get          (const FareHttpRequest  *self,
                                                 const char             *name);

/**
 * fare_http_request_require:
 *
 * Returns: (nullable): the parameter; %NULL with @error when it was not sent
 */
const char      *fare_http_request_require      (const FareHttpRequest  *self,
                                                 const char             *name,
                                                 GError                **error);

/**
 * fare_http_request_get_boolean:
 * @value: (inout): what holds when it was not sent
 *
 * Returns: %FALSE with @error when what was sent is no truth value
 */
gboolean         fare_http_request_get_boolean  (const FareHttpRequest  *self,
                                                 const char             *name,
                                                 gboolean               *value,
                                                 GError                **error);

/**
 * fare_http_request_get_int:
 * @value: (inout): what holds when it was not sent
 *
 * Returns: %FALSE with @error when what was sent is no whole number
 */
gboolean         fare_http_request_get_int      (const FareHttpRequest  *self,
                                                 const char             *name,
                                                 gint64                 *value,
                                                 GError                **error);

/**
 * fare_http_request_get_span:
 * @takes_dates: whether "date_from" and "date_to" count; they win over "period"
 * @span: (out): the days asked for
 *
 * A period that is none is all time: rather too much than too little.
 *
 * Returns: %FALSE with @error when the dates are wrong
 */
gboolean         fare_http_request_get_span     (const FareHttpRequest  *self,
                                                 gboolean                takes_dates,
                                                 FareHttpSpan           *span,
                                                 GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareHttpRequest, fare_http_request_free)

G_END_DECLS
