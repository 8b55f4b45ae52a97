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
 * fare_gemini_find_folder:
 *
 * Returns: (transfer full) (nullable): the folder above "chats"; %NULL for a file that is no chat
 */
char    *fare_gemini_find_folder   (const char    *path) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_gemini_find_project:
 * @folder: the folder above "chats"
 *
 * Returns: the number of the project's path; 0 when nothing tells it
 */
guint32  fare_gemini_find_project  (FareLog       *log,
                                    const char    *folder);

/**
 * fare_gemini_list_companions:
 *
 * The files that name a chat's project.
 */
GStrv    fare_gemini_list_companions (const char  *root,
                                      const char  *path) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_gemini_read_document:
 * @find_provider: (nullable): who makes the named model; %NULL: Google makes all
 *
 * Reads a chat that is one JSON document; forks of Gemini CLI write it too.
 *
 * Returns: %FALSE with @error when it cannot be read or is not whole
 */
gboolean fare_gemini_read_document (FareLog           *log,
                                    FareProviderFunc   find_provider,
                                    GError           **error);

G_END_DECLS
