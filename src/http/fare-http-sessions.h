/* fare-http-sessions.h
 *
 * /api/sessions and /api/session, with their older names for Codex alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-question.h"

G_BEGIN_DECLS

/* The sessions of one tool in a span. */
JsonNode   *fare_http_sessions_answer       (FareHttpQuestion  *question,
                                             GError           **error);
JsonNode   *fare_http_codex_sessions_answer (FareHttpQuestion  *question,
                                             GError           **error);

/* One session with its turns, from its beginning to its end. */
JsonNode   *fare_http_session_answer        (FareHttpQuestion  *question,
                                             GError           **error);
JsonNode   *fare_http_codex_session_answer  (FareHttpQuestion  *question,
                                             GError           **error);

/**
 * fare_http_sessions_require_client:
 * @fixed: (nullable): the client where it is not asked for
 *
 * Returns: (transfer full) (nullable): the client that "tool" names, %NULL with @error when it has
 *   no sessions or is not named
 */
char       *fare_http_sessions_require_client (const FareHttpRequest  *request,
                                               const char             *fixed,
                                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
