/* fare-codex-meta.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-codex-meta.h"

static void
read_thread_spawn (FarePull        *pull,
                   FareCodexOrigin *origin)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "parent_thread_id"))
        fare_pull_string (pull, &origin->parent);
      else
        fare_pull_skip (pull);
    }
}

static void
read_origin (FarePull        *pull,
             FareCodexOrigin *origin)
{
  FareSpan key, text;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (!fare_span_equal (&key, "subagent"))
        {
          fare_pull_skip (pull);
          continue;
        }
      origin->is_subagent = TRUE;
      if (!fare_pull_enter (pull, '{'))
        continue;
      while (fare_pull_next_member (pull, &key))
        {
          if (fare_span_equal (&key, "thread_spawn"))
            read_thread_spawn (pull, origin);
          else if (fare_span_equal (&key, "other"))
            origin->is_review |= fare_pull_string (pull, &text)
                                 && fare_span_equal (&text, "guardian");
          else
            fare_pull_skip (pull);
        }
    }
}

static guint32
read_branch (FareLog  *log,
             FarePull *pull)
{
  FareSpan key, branch = { "", 0 };

  if (!fare_pull_enter (pull, '{'))
    return 0;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "branch"))
        fare_pull_string (pull, &branch);
      else
        fare_pull_skip (pull);
    }

  return fare_log_intern_span (log, &branch, NULL);
}

void
fare_codex_meta_read (FareLog       *log,
                      FarePull      *pull,
                      FareCodexMeta *meta)
{
  FareSpan key, text;

  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "source"))
        read_origin (pull, &meta->origin);
      else if (fare_span_equal (&key, "git"))
        meta->branch = read_branch (log, pull);
      else if (!fare_pull_string (pull, &text))
        continue;
      else if (fare_span_equal (&key, "id"))
        meta->id = fare_log_intern_span (log, &text, NULL);
      else if (fare_span_equal (&key, "cwd"))
        meta->cwd = fare_log_intern_span (log, &text, NULL);
      else if (fare_span_equal (&key, "model_provider"))
        meta->provider = fare_log_intern_span (log, &text, NULL);
      else if (fare_span_equal (&key, "forked_from_id"))
        meta->forked_from = fare_log_intern_span (log, &text, NULL);
      else if (fare_span_equal (&key, "parent_thread_id"))
        meta->parent = fare_log_intern_span (log, &text, NULL);
    }
}
