/* fare-http-insights.h
 *
 * /api/activity-insights: how Codex was used: reasoning effort by turn, and calls of tools.
 * The index knows neither, so the logs are read when somebody asks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-question.h"

G_BEGIN_DECLS

JsonNode *fare_http_insights_answer (FareHttpQuestion  *question,
                                     GError           **error);

G_END_DECLS
