/* fare-http-stats.h
 *
 * /api/stats: the days of a year, or of the last 365 days.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-question.h"

G_BEGIN_DECLS

JsonNode *fare_http_stats_answer (FareHttpQuestion  *question,
                                  GError           **error);

G_END_DECLS
