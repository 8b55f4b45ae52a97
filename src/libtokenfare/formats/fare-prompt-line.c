/* fare-prompt-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-prompt-line.h"

#include "formats/fare-content.h"

/* Bytes of a text that are compared with what clients put in. */
#define BEGINNING 64

static void
read_message (FarePull         *pull,
              FarePromptRecord *record)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;

  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "role"))
        fare_pull_string (pull, &record->role);
      else if (fare_span_equal (&key, "content") || fare_span_equal (&key, "parts"))
        record->content = fare_pull_raw (pull);
      else
        fare_pull_skip (pull);
    }
}

static gboolean
read_mark (FarePull         *pull,
           const FareSpan   *key,
           FarePromptRecord *record)
{
  if (fare_span_equal (key, "isMeta"))
    record->is_meta = fare_pull_boolean (pull);
  else if (fare_span_equal (key, "isCompactSummary"))
    record->is_summary = fare_pull_boolean (pull);
  else if (fare_span_equal (key, "isSidechain"))
    record->is_sidechain = fare_pull_boolean (pull);
  else if (fare_span_equal (key, "agentId"))
    {
      FareSpan agent = { "", 0 };

      fare_pull_string (pull, &agent);
      record->has_agent = agent.length > 0;
    }
  else
    return FALSE;

  return TRUE;
}

gboolean
fare_prompt_record_read (const char       *line,
                         gsize             length,
                         FarePromptRecord *record)
{
  FarePull pull;
  FareSpan key;

  *record = (FarePromptRecord) { .type = { "", 0 }, .timestamp = { "", 0 }, .role = { "", 0 },
                                 .content = { "", 0 }, .payload = { "", 0 } };
  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;

  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        fare_pull_string (&pull, &record->type);
      else if (fare_span_equal (&key, "timestamp"))
        fare_pull_string (&pull, &record->timestamp);
      else if (fare_span_equal (&key, "message"))
        read_message (&pull, record);
      else if (fare_span_equal (&key, "content"))
        record->content = fare_pull_raw (&pull);
      else if (fare_span_equal (&key, "payload"))
        record->payload = fare_pull_raw (&pull);
      else if (!read_mark (&pull, &key, record))
        fare_pull_skip (&pull);
    }

  return !pull.failed;
}

static gboolean
is_typed (const FareSpan *text,
          gpointer        user_data)
{
  const char * const *injected = user_data;
  g_autofree char *start = fare_span_dup (text, BEGINNING);

  g_strchug (start);
  for (guint i = 0; injected[i] != NULL; i++)
    if (g_str_has_prefix (start, injected[i]))
      return FALSE;

  return *start != '\0';
}

gboolean
fare_prompt_find_text (const FareSpan     *content,
                       const char * const *injected,
                       FareSpan           *text)
{
  return content->length > 0 &&
         fare_content_find_text (content, is_typed, (gpointer) injected, text);
}
