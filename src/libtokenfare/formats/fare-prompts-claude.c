/* fare-prompts-claude.c
 *
 * Tool results are records of type "user" too; they have no text.  A command of the
 * user's ("/review") is a prompt.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-prompt-line.h"

gboolean
fare_claude_read_prompt (const char     *line,
                         gsize           length,
                         FarePromptLine *prompt)
{
  static const char * const injected[] = {
    "<local-command", "<system-reminder>", "<task-notification>", "Caveat:",
    "[Request interrupted", NULL,
  };
  FarePromptRecord record;

  if (!fare_prompt_record_read (line, length, &record) ||
      !fare_span_equal (&record.type, "user") || record.is_meta || record.is_summary ||
      !fare_prompt_find_text (&record.content, injected, &prompt->text))
    return FALSE;

  prompt->timestamp = record.timestamp;
  prompt->is_helper = record.is_sidechain || record.has_agent;
  return TRUE;
}
