/* fare-http-quota.h
 *
 * /api/quota: usage limits as far as they are known on this computer.  No provider is
 * asked, so all that would need consent or a network is off for good.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-question.h"

G_BEGIN_DECLS

#define FARE_HTTP_QUOTA_SENTENCE \
  "Tokenfare asks no provider: limits are read from logs, and there is nothing to allow or to set."

JsonNode *fare_http_quota_answer         (FareHttpQuestion  *question,
                                          GError           **error);

/* Only the newest state of a window is kept, so a series has one point. */
JsonNode *fare_http_quota_history_answer (FareHttpQuestion  *question,
                                          GError           **error);

/* Reads the logs again. */
JsonNode *fare_http_quota_refresh_answer (FareHttpQuestion  *question,
                                          GError           **error);

G_END_DECLS
