/* fare-qwen-record.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-qwen-record.h"

#include "formats/fare-parts.h"

/* Counts by either of the names that answers and telemetry give them. */
static gboolean
read_count (FarePull       *pull,
            const FareSpan *key,
            FareQwenCounts *counts)
{
  const struct { const char *name; gint64 *count; } names[] = {
    { "promptTokenCount", &counts->prompt }, { "input_token_count", &counts->prompt },
    { "candidatesTokenCount", &counts->candidates },
    { "output_token_count", &counts->candidates },
    { "cachedContentTokenCount", &counts->cached },
    { "cached_content_token_count", &counts->cached },
    { "thoughtsTokenCount", &counts->thoughts },
    { "thoughts_token_count", &counts->thoughts },
    { "totalTokenCount", &counts->total }, { "total_token_count", &counts->total },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (fare_span_equal (key, names[i].name))
      {
        *names[i].count = fare_parts_count (pull);
        return TRUE;
      }

  return FALSE;
}

gboolean
fare_qwen_read_counts (const FareSpan *raw,
                       FareQwenCounts *counts)
{
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, raw->text, raw->length);
  if (raw->length == 0 || !fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    if (!read_count (&pull, &key, counts))
      fare_pull_skip (&pull);

  return TRUE;
}

static void
read_event (FareQwenPayload *payload)
{
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, payload->event.text, payload->event.length);
  if (payload->event.length == 0 || !fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "event.name"))
        fare_pull_string (&pull, &payload->name);
      else if (fare_span_equal (&key, "event.timestamp"))
        fare_pull_string (&pull, &payload->timestamp);
      else if (fare_span_equal (&key, "response_id"))
        fare_pull_string (&pull, &payload->response);
      else if (fare_span_equal (&key, "model"))
        fare_pull_string (&pull, &payload->model);
      else if (fare_span_equal (&key, "subagent_name"))
        fare_pull_string (&pull, &payload->helper);
      else if (!read_count (&pull, &key, &payload->counts))
        fare_pull_skip (&pull);
    }
}

void
fare_qwen_read_payload (const FareSpan  *raw,
                        FareQwenPayload *payload)
{
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, raw->text, raw->length);
  if (raw->length == 0 || !fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "customTitle"))
        fare_pull_string (&pull, &payload->title);
      else if (fare_span_equal (&key, "parentSessionId"))
        fare_pull_string (&pull, &payload->parent);
      else if (fare_span_equal (&key, "uiEvent"))
        payload->event = fare_pull_raw (&pull);
      else
        fare_pull_skip (&pull);
    }
  read_event (payload);
}

FareSpan
fare_qwen_find_member (const FareSpan *raw,
                       const char     *name)
{
  FarePull pull;
  FareSpan key, found = { "", 0 };

  fare_pull_init (&pull, raw->text, raw->length);
  if (raw->length == 0 || !fare_pull_enter (&pull, '{'))
    return found;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, name))
        found = fare_pull_raw (&pull);
      else
        fare_pull_skip (&pull);
    }

  return found;
}

void
fare_qwen_read_record (FarePull       *pull,
                       FareQwenRecord *record)
{
  const FareMember members[] = {
    { "sessionId", &record->session }, { "uuid", &record->uuid },
    { "timestamp", &record->timestamp }, { "type", &record->type },
    { "subtype", &record->subtype }, { "cwd", &record->cwd }, { "model", &record->model },
    { "message", &record->message, TRUE }, { "usageMetadata", &record->usage, TRUE },
    { "systemPayload", &record->payload, TRUE }, { "forkedFrom", &record->origin, TRUE },
  };

  fare_pull_members (pull, members, G_N_ELEMENTS (members));
}
