/* fare-http-jobs.h
 *
 * Questions in worker threads, a few at a time, so that the server itself always answers
 * at once.  The same question asked several times at a time is worked out once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-question.h"

G_BEGIN_DECLS

/* Returns (transfer full) the text of an answer that is no JSON, or NULL with the error set. */
typedef char *(*FareHttpTextFunc) (FareHttpQuestion  *question,
                                   GError           **error);

/* How a question is answered: one of the two. */
typedef struct
{
  FareHttpAnswerFunc answer;
  FareHttpTextFunc   text;
} FareHttpMeans;

/* What came out. */
typedef struct
{
  GBytes   *body;
  guint     status;
  gboolean  is_kept; /* worked out for an earlier request */
  double    age;     /* seconds */
} FareHttpResult;

typedef void (*FareHttpDoneFunc) (const FareHttpResult *result,
                                  gpointer              user_data);

typedef struct _FareHttpJobs FareHttpJobs;

/**
 * fare_http_jobs_new:
 * @meter: a started meter
 *
 * To be used from the main thread alone.
 */
FareHttpJobs *fare_http_jobs_new    (FareMeter         *meter) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_jobs_free:
 *
 * Waits for what runs; nobody is told about it any more.
 */
void          fare_http_jobs_free   (FareHttpJobs      *self);

/**
 * fare_http_jobs_ask:
 * @key: (nullable): the same for requests with the same answer; %NULL for what must be done itself
 * @is_fresh: whether an answer that is already there will not do
 * @request: (transfer full)
 * @func: called once, from here or later from the main context, unless forgotten
 *
 * Returns: %FALSE with %FARE_HTTP_BUSY when too many wait already
 */
gboolean      fare_http_jobs_ask    (FareHttpJobs      *self,
                                     const char        *key,
                                     gboolean           is_fresh,
                                     FareHttpRequest   *request,
                                     FareHttpMeans      means,
                                     FareHttpDoneFunc   func,
                                     gpointer           user_data,
                                     GError           **error);

/**
 * fare_http_jobs_forget:
 *
 * Whoever asked with @user_data is gone.  A question that nobody waits for is given up.
 */
void          fare_http_jobs_forget (FareHttpJobs      *self,
                                     gpointer           user_data);

G_END_DECLS
