/* fare-prompts-codex.c
 *
 * A prompt is an event "user_message".  Logs without such events have the user's input
 * among the items that were sent, together with what Codex put in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-prompt-line.h"

/* The parts of an item are of the type "input_text". */
static gboolean
find_input (const FareSpan *content,
            FareSpan       *text)
{
  static const char * const injected[] = {
    "<environment_context>", "<user_instructions>", "# AGENTS.md instructions",
    "<recommended_plugins>", NULL,
  };
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, content->text, content->length);
  if (!fare_pull_enter (&pull, '['))
    return FALSE;

  while (fare_pull_next_item (&pull))
    {
      FareSpan raw = { "", 0 };

      if (!fare_pull_enter (&pull, '{'))
        continue;
      while (fare_pull_next_member (&pull, &key))
        {
          if (fare_span_equal (&key, "text"))
            raw = fare_pull_raw (&pull);
          else
            fare_pull_skip (&pull);
        }
      if (fare_prompt_find_text (&raw, injected, text))
        return TRUE;
    }

  return FALSE;
}

gboolean
fare_codex_read_prompt (const char     *line,
                        gsize           length,
                        FarePromptLine *prompt)
{
  static const char * const nothing[] = { NULL };
  FarePromptRecord record;
  FareSpan key, type = { "", 0 }, role = { "", 0 }, message = { "", 0 }, content = { "", 0 };
  FarePull pull;

  if (!fare_prompt_record_read (line, length, &record))
    return FALSE;

  fare_pull_init (&pull, record.payload.text, record.payload.length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        fare_pull_string (&pull, &type);
      else if (fare_span_equal (&key, "role"))
        fare_pull_string (&pull, &role);
      else if (fare_span_equal (&key, "message"))
        message = fare_pull_raw (&pull);
      else if (fare_span_equal (&key, "content"))
        content = fare_pull_raw (&pull);
      else
        fare_pull_skip (&pull);
    }

  prompt->timestamp = record.timestamp;
  if (fare_span_equal (&record.type, "event_msg") && fare_span_equal (&type, "user_message"))
    return fare_prompt_find_text (&message, nothing, &prompt->text);

  prompt->is_stand_in = TRUE;
  return fare_span_equal (&record.type, "response_item") && fare_span_equal (&role, "user") &&
         find_input (&content, &prompt->text);
}
