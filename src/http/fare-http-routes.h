/* fare-http-routes.h
 *
 * Which paths there are, and who answers them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-jobs.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_HTTP_READ    = 1 << 0, /* GET and HEAD */
  FARE_HTTP_PUT     = 1 << 1,
  FARE_HTTP_POST    = 1 << 2
} FareHttpMethods;

/* What is answered at once, by the server itself. */
typedef enum
{
  FARE_HTTP_ASK,        /* nothing: means is asked */
  FARE_HTTP_HEALTH,
  FARE_HTTP_VERSION,
  FARE_HTTP_UPDATE,
  FARE_HTTP_TOKEN,
  FARE_HTTP_PAGE,
  FARE_HTTP_REFUSE      /* the route's sentence, with status 409 */
} FareHttpKind;

typedef struct
{
  const char     *path;
  FareHttpMethods methods;
  FareHttpKind    kind;
  FareHttpMeans   means;     /* to read */
  FareHttpMeans   write;     /* to PUT */
  const char     *type;      /* (nullable): content type, %NULL for JSON */
  const char     *sentence;  /* (nullable): for FARE_HTTP_REFUSE */
  gboolean        tells_age; /* the answer says whether it was kept */
} FareHttpRoute;

/**
 * fare_http_routes_find:
 * @path: without prefix
 *
 * Returns: (nullable): the route
 */
const FareHttpRoute *fare_http_routes_find        (const char          *path);

/**
 * fare_http_route_to_allow:
 *
 * Returns: (transfer full): its methods as the header Allow names them
 */
char                *fare_http_route_to_allow     (const FareHttpRoute *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
