/* fare-cline-messages.c
 *
 * ui_messages.json of the classic Cline extension and of those that grew out of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-cline-messages.h"

#include <string.h>

#include "formats/fare-parts.h"

static void
read_model_info (FarePull         *pull,
                 FareClineMessage *message)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "modelId"))
        fare_pull_string (pull, &message->model);
      else if (fare_span_equal (&key, "providerId"))
        fare_pull_string (pull, &message->provider);
      else
        fare_pull_skip (pull);
    }
}

static void
read_condensation (FarePull         *pull,
                   FareClineMessage *message)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (!fare_span_equal (&key, "cost"))
        fare_pull_skip (pull);
      else if (!fare_pull_number (pull, &message->condense_cost))
        message->condense_cost = 0;
    }
}

/* FALSE when the entry is no object. */
static gboolean
read_message (FarePull         *pull,
              const char       *document,
              FareClineMessage *message)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "ts"))
        fare_parts_instant (pull, 1, &message->time_ms);
      else if (fare_span_equal (&key, "modelInfo"))
        read_model_info (pull, message);
      else if (fare_span_equal (&key, "contextCondense"))
        read_condensation (pull, message);
      else if (fare_span_equal (&key, "say"))
        {
          message->say_offset = key.text - document;
          fare_pull_string (pull, &message->say);
        }
      else if (fare_span_equal (&key, "text"))
        {
          message->text_offset = key.text - document;
          fare_pull_string (pull, &message->text);
        }
      else
        fare_pull_skip (pull);
    }

  return !pull->failed;
}

gboolean
fare_cline_foreach_message (const char           *text,
                            gsize                 length,
                            FareClineMessageFunc  func,
                            gpointer              user_data)
{
  FarePull pull;

  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '['))
    return FALSE;
  while (fare_pull_next_item (&pull))
    {
      FareClineMessage message = {
        .say = { "", 0 }, .text = { "", 0 }, .model = { "", 0 }, .provider = { "", 0 },
      };

      if (read_message (&pull, text, &message))
        func (&message, user_data);
    }

  return fare_pull_at_end (&pull);
}

static gint64
read_count (FareClineCounts *self,
            FarePull        *pull)
{
  self->has_counts = TRUE;

  return fare_parts_count (pull);
}

gboolean
fare_cline_read_counts (FareClineCounts *self,
                        const char      *text)
{
  FarePull pull;
  FareSpan key;

  *self = (FareClineCounts) { .protocol = { "", 0 } };
  fare_pull_init (&pull, text, strlen (text));
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "tokensIn"))
        self->tokens_in = read_count (self, &pull);
      else if (fare_span_equal (&key, "tokensOut"))
        self->tokens_out = read_count (self, &pull);
      else if (fare_span_equal (&key, "cacheWrites"))
        self->cache_writes = read_count (self, &pull);
      else if (fare_span_equal (&key, "cacheReads"))
        self->cache_reads = read_count (self, &pull);
      else if (fare_span_equal (&key, "apiProtocol"))
        fare_pull_string (&pull, &self->protocol);
      else if (!fare_span_equal (&key, "cost"))
        fare_pull_skip (&pull);
      else if (!fare_pull_number (&pull, &self->cost))
        self->cost = 0;
    }

  return fare_pull_at_end (&pull);
}
