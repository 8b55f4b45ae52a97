/* fare-amp-thread.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-amp-thread.h"

#include <string.h>

#include "base/fare-instant.h"
#include "formats/fare-parts.h"

static gboolean
is_null (FarePull *pull)
{
  return fare_pull_peek (pull) == 'n';
}

static void
read_time (FarePull   *pull,
           FareAmpUse *use)
{
  FareSpan text;

  if (!fare_pull_string (pull, &text)
      || !fare_instant_parse (text.text, text.length, &use->time_ms))
    use->time_ms = 0;
}

/* One member of usage or of an entry's tokens; both spellings stand in either. */
static gboolean
take_count (const FareSpan *key,
            FarePull       *pull,
            FareAmpUse     *use)
{
  if (fare_span_equal (key, "inputTokens") || fare_span_equal (key, "input"))
    use->usage.input = fare_parts_count (pull);
  else if (fare_span_equal (key, "outputTokens") || fare_span_equal (key, "output"))
    use->usage.output = fare_parts_count (pull);
  else if (fare_span_equal (key, "cacheReadInputTokens"))
    {
      use->has_read = !is_null (pull);
      use->usage.cache_read = fare_parts_count (pull);
    }
  else if (fare_span_equal (key, "cacheCreationInputTokens"))
    {
      use->has_write = !is_null (pull);
      use->usage.cache_write_5m = fare_parts_count (pull);
    }
  else if (fare_span_equal (key, "totalTokens") || fare_span_equal (key, "total"))
    use->total = fare_parts_count (pull);
  else
    return FALSE;

  return TRUE;
}

static void
read_counts (FarePull   *pull,
             FareAmpUse *use)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    if (!take_count (&key, pull, use))
      fare_pull_skip (pull);
}

static void
read_usage (FarePull   *pull,
            FareAmpUse *use)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "model"))
        fare_pull_string (pull, &use->model);
      else if (fare_span_equal (&key, "timestamp"))
        read_time (pull, use);
      else if (fare_span_equal (&key, "tokens"))
        read_counts (pull, use);
      else if (!take_count (&key, pull, use))
        fare_pull_skip (pull);
    }
}

static gint64
read_sent (FarePull *pull)
{
  FareSpan key;
  gint64 sent_ms = 0;

  if (!fare_pull_enter (pull, '{'))
    return 0;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "sentAt"))
        fare_parts_instant (pull, 1, &sent_ms);
      else
        fare_pull_skip (pull);
    }

  return sent_ms;
}

gboolean
fare_amp_read_message (FarePull       *pull,
                       gint64          place,
                       FareAmpMessage *message)
{
  FareSpan key, role = { "", 0 }, model = { "", 0 };
  FareAmpUse own = { .model = { "", 0 } };

  *message = (FareAmpMessage) {
    .number = place, .content = { "", 0 }, .use = { .model = { "", 0 } },
  };
  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "role"))
        fare_pull_string (pull, &role);
      else if (fare_span_equal (&key, "messageId") && !is_null (pull))
        message->number = fare_parts_count (pull);
      else if (fare_span_equal (&key, "content"))
        message->content = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "meta"))
        message->sent_ms = read_sent (pull);
      else if (fare_span_equal (&key, "usage"))
        read_usage (pull, &message->use);
      else if (fare_span_equal (&key, "model"))
        fare_pull_string (pull, &model);
      else if (fare_span_equal (&key, "timestamp"))
        read_time (pull, &own);
      else
        fare_pull_skip (pull);
    }
  if (message->use.model.length == 0)
    message->use.model = model;
  if (message->use.time_ms == 0)
    message->use.time_ms = own.time_ms;
  message->is_assistant = fare_span_equal (&role, "assistant");
  message->is_user = fare_span_equal (&role, "user");

  return !pull->failed;
}

gboolean
fare_amp_read_entry (FarePull     *pull,
                     FareAmpEntry *entry)
{
  FareSpan key;

  *entry = (FareAmpEntry) { .id = { "", 0 }, .to = -1, .use = { .model = { "", 0 } } };
  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        fare_pull_string (pull, &entry->id);
      else if (fare_span_equal (&key, "model"))
        fare_pull_string (pull, &entry->use.model);
      else if (fare_span_equal (&key, "timestamp"))
        read_time (pull, &entry->use);
      else if (fare_span_equal (&key, "tokens"))
        read_counts (pull, &entry->use);
      else if (fare_span_equal (&key, "toMessageId") && !is_null (pull))
        entry->to = fare_parts_count (pull);
      else
        fare_pull_skip (pull);
    }

  return !pull->failed;
}

static FareSpan
read_tree (FarePull *pull)
{
  FareSpan key, uri = { "", 0 };

  if (!fare_pull_enter (pull, '{'))
    return uri;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "uri"))
        fare_pull_string (pull, &uri);
      else
        fare_pull_skip (pull);
    }

  return uri;
}

/* The first working directory on this machine. */
static void
read_trees (FarePull      *pull,
            FareAmpThread *thread)
{
  if (!fare_pull_enter (pull, '['))
    return;
  while (fare_pull_next_item (pull))
    {
      FareSpan uri = read_tree (pull);

      if (thread->project.length == 0 && uri.length > strlen ("file://")
          && memcmp (uri.text, "file://", strlen ("file://")) == 0)
        thread->project = uri;
    }
}

/* The value of @name in an object, as raw JSON. */
static FareSpan
read_member (FarePull   *pull,
             const char *name)
{
  FareSpan key, value = { "", 0 };

  if (!fare_pull_enter (pull, '{'))
    return value;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, name))
        value = fare_pull_raw (pull);
      else
        fare_pull_skip (pull);
    }

  return value;
}

static void
read_environment (FarePull      *pull,
                  FareAmpThread *thread)
{
  FareSpan initial = read_member (pull, "initial"), trees;
  FarePull inner;

  fare_pull_init (&inner, initial.text, initial.length);
  trees = initial.length > 0 ? read_member (&inner, "trees") : initial;
  fare_pull_init (&inner, trees.text, trees.length);
  if (trees.length > 0)
    read_trees (&inner, thread);
}

gboolean
fare_amp_read_thread (const char    *text,
                      gsize          length,
                      FareAmpThread *thread)
{
  FarePull pull;
  FareSpan key;

  *thread = (FareAmpThread) {
    .id = { "", 0 }, .title = { "", 0 }, .project = { "", 0 }, .messages = { "", 0 },
    .events = { "", 0 },
  };
  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        fare_pull_string (&pull, &thread->id);
      else if (fare_span_equal (&key, "title"))
        fare_pull_string (&pull, &thread->title);
      else if (fare_span_equal (&key, "created"))
        fare_parts_instant (&pull, 1, &thread->created_ms);
      else if (fare_span_equal (&key, "env"))
        read_environment (&pull, thread);
      else if (fare_span_equal (&key, "messages"))
        thread->messages = fare_pull_raw (&pull);
      else if (fare_span_equal (&key, "usageLedger"))
        thread->events = read_member (&pull, "events");
      else
        fare_pull_skip (&pull);
    }

  return fare_pull_at_end (&pull);
}
