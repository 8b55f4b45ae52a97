/* fare-http-active-time.h
 *
 * /api/active-time: how long agents worked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-question.h"

G_BEGIN_DECLS

JsonNode *fare_http_active_time_answer (FareHttpQuestion  *question,
                                        GError           **error);

G_END_DECLS
