/* fare-claude-record.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-claude-record.h"

#include <string.h>

/* More searches than any response makes; keeps a damaged count out of the sums. */
#define MAX_SEARCHES 100000

static FareClaudeKind
record_type (const FareSpan *type)
{
  if (fare_span_equal (type, "assistant"))
    return FARE_CLAUDE_ASSISTANT;
  if (fare_span_equal (type, "user"))
    return FARE_CLAUDE_USER;
  if (fare_span_equal (type, "progress"))
    return FARE_CLAUDE_PROGRESS;
  if (fare_span_equal (type, "custom-title") || fare_span_equal (type, "ai-title")
      || fare_span_equal (type, "summary") || fare_span_equal (type, "agent-name"))
    return FARE_CLAUDE_NAMING;

  return FARE_CLAUDE_OTHER;
}

static void
read_cache_creation (FarePull *pull,
                     gint64   *short_lived,
                     gint64   *long_lived)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "ephemeral_5m_input_tokens"))
        *short_lived = fare_pull_count (pull);
      else if (fare_span_equal (&key, "ephemeral_1h_input_tokens"))
        *long_lived = fare_pull_count (pull);
      else
        fare_pull_skip (pull);
    }
}

/* Reads one number out of an object, for "a":{"b":1}. */
static gint64
read_nested_count (FarePull   *pull,
                   const char *name)
{
  FareSpan key;
  gint64 count = 0;

  if (!fare_pull_enter (pull, '{'))
    return 0;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, name))
        count = fare_pull_count (pull);
      else
        fare_pull_skip (pull);
    }

  return count;
}

static void
read_modes (FareRow        *row,
            const FareSpan *key,
            const FareSpan *value)
{
  if (fare_span_equal (key, "speed") && fare_span_equal (value, "fast"))
    {
      row->flags |= FARE_ROW_FAST;
      row->modes |= FARE_MODE_FAST;
    }
  else if (fare_span_equal (key, "service_tier") && fare_span_equal (value, "batch"))
    row->modes |= FARE_MODE_BATCH;
  else if (fare_span_equal (key, "service_tier") && fare_span_equal (value, "priority"))
    row->modes |= FARE_MODE_PRIORITY;
  else if (fare_span_equal (key, "inference_geo") && fare_span_equal (value, "us"))
    row->modes |= FARE_MODE_US_ONLY;
}

/* A usage object, or one of its iterations; @model is filled for the latter. */
void
fare_claude_usage_read (FarePull *pull,
                        FareRow  *row,
                        FareSpan *type,
                        FareSpan *model,
                        FareSpan *iterations)
{
  FareUsage *usage = &row->usage;
  gint64 written = 0, short_lived = 0, long_lived = 0;
  FareSpan key, value;

  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "input_tokens") || fare_span_equal (&key, "input"))
        usage->input = fare_pull_count (pull);
      else if (fare_span_equal (&key, "output_tokens") || fare_span_equal (&key, "output"))
        usage->output = fare_pull_count (pull);
      else if (fare_span_equal (&key, "cache_read_input_tokens")
               || fare_span_equal (&key, "cache_read_tokens"))
        usage->cache_read = fare_pull_count (pull);
      else if (fare_span_equal (&key, "cache_creation_input_tokens")
               || fare_span_equal (&key, "cache_write_tokens"))
        written = fare_pull_count (pull);
      else if (fare_span_equal (&key, "cache_creation"))
        read_cache_creation (pull, &short_lived, &long_lived);
      else if (fare_span_equal (&key, "output_tokens_details"))
        usage->reasoning = read_nested_count (pull, "thinking_tokens");
      else if (fare_span_equal (&key, "server_tool_use"))
        {
          gint64 searches = read_nested_count (pull, "web_search_requests");

          row->web_searches = (guint32) MIN (searches, MAX_SEARCHES);
        }
      else if (fare_span_equal (&key, "iterations") && iterations != NULL)
        *iterations = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "type") && type != NULL)
        fare_pull_string (pull, type);
      else if (fare_span_equal (&key, "model") && model != NULL)
        fare_pull_string (pull, model);
      else if (fare_pull_string (pull, &value))
        read_modes (row, &key, &value);
    }

  /* A missing breakdown means short-lived writes. */
  written = MAX (written, short_lived + long_lived);
  usage->cache_write_1h = MIN (long_lived, written);
  usage->cache_write_5m = written - usage->cache_write_1h;
  usage->reasoning = MIN (usage->reasoning, usage->output);
}

/* Some relays write a bare number. */
static void
read_id (FarePull *pull,
         FareSpan *id)
{
  if (g_ascii_isdigit (fare_pull_peek (pull)))
    *id = fare_pull_raw (pull);
  else
    fare_pull_string (pull, id);
}

static void
read_message (FarePull          *pull,
              FareClaudeMessage *message,
              gboolean           with_content)
{
  FareSpan key, value;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        read_id (pull, &message->id);
      else if (fare_span_equal (&key, "model"))
        fare_pull_string (pull, &message->model);
      else if (fare_span_equal (&key, "role"))
        message->wrong_role = fare_pull_string (pull, &value)
                              && !fare_span_equal (&value, "assistant");
      else if (fare_span_equal (&key, "stop_reason"))
        message->row.flags |= fare_pull_string (pull, &value) ? FARE_ROW_STOPPED : 0;
      else if (fare_span_equal (&key, "usage") && fare_pull_peek (pull) == '{')
        {
          message->has_usage = TRUE;
          fare_pull_enter (pull, '{');
          fare_claude_usage_read (pull, &message->row, NULL, NULL, &message->iterations);
        }
      else if (with_content && fare_span_equal (&key, "content"))
        message->prompt = fare_pull_raw (pull);
      else
        fare_pull_skip (pull);
    }
}

static void
read_title_member (FarePull         *pull,
                   const FareSpan   *key,
                   FareClaudeRecord *record)
{
  static const struct { const char *key; int rank; } titles[] = {
    { "customTitle", FARE_CLAUDE_TITLE_CUSTOM },
    { "aiTitle", FARE_CLAUDE_TITLE_AI },
    { "summary", FARE_CLAUDE_TITLE_SUMMARY },
    { "agentName", FARE_CLAUDE_TITLE_AGENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (fare_span_equal (key, titles[i].key))
      {
        record->title_rank = titles[i].rank;
        fare_pull_string (pull, &record->title);
        return;
      }
  fare_pull_skip (pull);
}

/* Members every kind of record may have. */
static void
read_common_member (FarePull         *pull,
                    const FareSpan   *key,
                    FareClaudeRecord *record)
{
  FareSpan value;

  if (fare_span_equal (key, "sessionId"))
    fare_pull_string (pull, &record->session);
  else if (fare_span_equal (key, "cwd"))
    fare_pull_string (pull, &record->cwd);
  else if (fare_span_equal (key, "gitBranch"))
    fare_pull_string (pull, &record->branch);
  else if (fare_span_equal (key, "requestId"))
    fare_pull_string (pull, &record->request);
  else if (fare_span_equal (key, "uuid"))
    fare_pull_string (pull, &record->uuid);
  else if (fare_span_equal (key, "timestamp"))
    fare_pull_string (pull, &record->timestamp);
  else if (fare_span_equal (key, "isSidechain"))
    record->is_sidechain = fare_pull_boolean (pull);
  else if (fare_span_equal (key, "isMeta"))
    record->is_meta = fare_pull_boolean (pull);
  else if (fare_span_equal (key, "agentId"))
    record->has_agent = fare_pull_string (pull, &value) && value.length > 0;
  else if (fare_span_equal (key, "sessionKind"))
    record->is_fork |= fare_pull_string (pull, &value) && fare_span_equal (&value, "bg");
  else if (fare_span_equal (key, "forkedFrom"))
    {
      record->is_fork |= fare_pull_peek (pull) == '{';
      fare_pull_skip (pull);
    }
  else if (fare_span_equal (key, "costUSD"))
    record->has_cost = fare_pull_number (pull, &record->cost);
  else
    read_title_member (pull, key, record);
}

/* Whether a user record of this session has nothing new to say. */
static gboolean
is_settled (const FareClaudeKnown  *known,
            const FareClaudeRecord *record)
{
  return known->is_settled
         && record->session.length > 0
         && record->session.length == known->length
         && memcmp (record->session.text, known->session, known->length) == 0;
}

/* Reads a record as far as it can matter.  The order of members differs between releases and kinds
 * of record, so nothing is assumed about it: once the type is known and cannot carry use, the rest
 * of the line is left alone. */
gboolean
fare_claude_record_read (FarePull              *pull,
                         FareClaudeRecord      *record,
                         const FareClaudeKnown *known)
{
  FareSpan key, type;

  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        {
          fare_pull_string (pull, &type);
          record->type = record_type (&type);
          if (record->type == FARE_CLAUDE_OTHER)
            return TRUE;
          if (record->type == FARE_CLAUDE_USER && is_settled (known, record))
            {
              record->type = FARE_CLAUDE_OTHER;
              return TRUE;
            }
        }
      else if (fare_span_equal (&key, "message") && record->type <= FARE_CLAUDE_USER)
        {
          record->has_message = TRUE;
          read_message (pull, &record->message,
                        record->type != FARE_CLAUDE_ASSISTANT && !known->has_prompt);
        }
      else if (fare_span_equal (&key, "data") && record->type != FARE_CLAUDE_ASSISTANT)
        record->data = fare_pull_raw (pull);
      else
        read_common_member (pull, &key, record);
    }

  return fare_pull_at_end (pull);
}
