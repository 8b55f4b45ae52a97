/* fare-format-gemini.h
 *
 * Gemini CLI: chats that grow line by line, and those of older releases, each one
 * JSON document.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_gemini;
extern const FareFormat fare_format_gemini_documents;

/**
 * fare_gemini_read_document:
 * @find_provider: (nullable): who makes the named model; %NULL: Google makes all
 *
 * Reads a chat that is one JSON document; forks of Gemini CLI write it too.
 *
 * Returns: %FALSE with @error when it cannot be read or is not whole
 */
gboolean fare_gemini_read_document (FareLog     *log,
                                    const char *(*find_provider) (const char *model),
                                    GError     **error);

G_END_DECLS
