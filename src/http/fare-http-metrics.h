/* fare-http-metrics.h
 *
 * /metrics: tokens and cost by client and model for a monitoring system, in the text
 * format of OpenMetrics 1.0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-question.h"

G_BEGIN_DECLS

#define FARE_HTTP_METRICS_TYPE "application/openmetrics-text; version=1.0.0; charset=utf-8"

char *fare_http_metrics_text (FareHttpQuestion  *question,
                              GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
