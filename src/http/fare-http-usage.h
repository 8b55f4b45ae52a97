/* fare-http-usage.h
 *
 * /api/usage, /api/tools and /api/openclaw: totals, tools and models of a span.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-question.h"

G_BEGIN_DECLS

JsonNode *fare_http_usage_answer    (FareHttpQuestion  *question,
                                     GError           **error);
JsonNode *fare_http_tools_answer    (FareHttpQuestion  *question,
                                     GError           **error);
JsonNode *fare_http_openclaw_answer (FareHttpQuestion  *question,
                                     GError           **error);

G_END_DECLS
