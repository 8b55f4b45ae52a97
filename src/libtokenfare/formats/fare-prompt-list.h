/* fare-prompt-list.h
 *
 * The prompts of one log file, read when somebody looks at a session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

/* Prompts are cut to this many characters. */
#define FARE_PROMPT_LENGTH 200

typedef struct
{
  char     *text;      /* one line of valid UTF-8 */
  gint64    time_ms;   /* UTC milliseconds, 0 when the log does not say */
  gint64    offset;    /* byte offset of the line */
  gboolean  is_helper; /* given to a helper agent, not by the user */
} FarePrompt;

/**
 * fare_prompt_list_can_read:
 * @client: a client id
 * @path: one of its log files
 *
 * Returns: whether prompts of such a file can be read
 */
gboolean   fare_prompt_list_can_read (const char    *client,
                                      const char    *path);

/**
 * fare_prompt_list_read:
 *
 * Reads a log from its beginning to its end; for a worker thread.
 *
 * Returns: (transfer full) (element-type FarePrompt): the prompts in the order of the file, or %NULL
 *   with @error: %G_IO_ERROR_NOT_SUPPORTED where fare_prompt_list_can_read() says no, else why the
 *   file could not be read
 */
GPtrArray *fare_prompt_list_read     (const char    *client,
                                      const char    *path,
                                      GCancellable  *cancellable,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
