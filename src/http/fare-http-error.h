/* fare-http-error.h
 *
 * What a request can be answered with instead of an answer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The code is the status; the message becomes "detail". */
#define FARE_HTTP_ERROR (fare_http_error_quark ())
GQuark   fare_http_error_quark     (void);

typedef enum
{
  FARE_HTTP_BAD_REQUEST   = 400,
  FARE_HTTP_FORBIDDEN     = 403,
  FARE_HTTP_NOT_FOUND     = 404,
  FARE_HTTP_NOT_ALLOWED   = 405,
  FARE_HTTP_CONFLICT      = 409,
  FARE_HTTP_TOO_LARGE     = 413,
  FARE_HTTP_UNPROCESSABLE = 422, /* the message is "NAME\tTYPE\tSENTENCE" */
  FARE_HTTP_TOO_MANY      = 429,
  FARE_HTTP_FAULT         = 500, /* lasting: the sentence says what to do */
  FARE_HTTP_BUSY          = 503  /* worth another try */
} FareHttpError;

/**
 * fare_http_error_set_parameter:
 * @name: of the parameter
 * @type: machine word for what is wrong with it, "missing"
 * @sentence: the same for people
 *
 * Sets %FARE_HTTP_UNPROCESSABLE.
 */
void     fare_http_error_set_parameter (GError     **error,
                                        const char  *name,
                                        const char  *type,
                                        const char  *sentence);

/**
 * fare_http_error_to_text:
 * @error: any error; one of another domain is a fault
 * @status: (out): the status to answer with
 *
 * Returns: (transfer full): the body, JSON
 */
char    *fare_http_error_to_text       (const GError *error,
                                        guint        *status) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
