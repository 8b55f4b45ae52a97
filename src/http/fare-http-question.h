/* fare-http-question.h
 *
 * One question as a worker thread sees it: the request and a snapshot to answer it from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"
#include "fare-http-request.h"
#include "fare-meter.h"
#include "pricing/fare-energy.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  const FareHttpRequest *request;
  FareMeter             *meter;
  FareIndexReader       *reader;
  FarePriceBook         *prices;
  FareEnergyTable       *energy;      /* (nullable) */
  GCancellable          *cancellable;
  GMutex                *write_lock;  /* held by who changes a file, or the next one */
  gint64                *refreshed_us; /* when logs were last read on demand, monotonic; 0 for never */
} FareHttpQuestion;

/* Returns the answer, or NULL with the error set. */
typedef JsonNode *(*FareHttpAnswerFunc) (FareHttpQuestion  *question,
                                         GError           **error);

/**
 * fare_http_question_get_query:
 * @range: the days asked about
 *
 * Returns: a query that has no filter but that for the machine asked about; refers to the question
 */
FareQuery   fare_http_question_get_query  (const FareHttpQuestion *self,
                                           FareRange               range);

/**
 * fare_http_question_cut_range:
 *
 * Cuts @range to the days that have use.
 *
 * Returns: %FALSE when none of them has
 */
gboolean    fare_http_question_cut_range  (const FareHttpQuestion *self,
                                           FareRange              *range);

/**
 * fare_http_question_set_source_errors:
 *
 * Sets "source_errors": the tools of which some log could not be read this time.
 */
void        fare_http_question_set_source_errors (const FareHttpQuestion *self,
                                                  JsonObject             *object);

/**
 * fare_http_question_set_end:
 *
 * Sets "timestamp", and "scan" while logs are being read.
 */
void        fare_http_question_set_end    (const FareHttpQuestion *self,
                                           JsonObject             *object);

/**
 * fare_http_tool_from_client:
 *
 * Returns: the name by which the interface knows a client; static or @client
 */
const char *fare_http_tool_from_client    (const char             *client);

/**
 * fare_http_tool_to_client:
 *
 * Returns: (transfer full): the client's id for a tool's name in any case, with blanks around
 */
char       *fare_http_tool_to_client      (const char             *tool) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
