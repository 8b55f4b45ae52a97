/* fare-opencode-message.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-opencode-message.h"

#include <string.h>

#include "base/fare-hash.h"

/* Times beyond the year 9999 are damage. */
#define LAST_MS G_GINT64_CONSTANT (253402300799999)

static gint64
read_time (FarePull *pull)
{
  gint64 ms = fare_pull_count (pull);

  return ms <= LAST_MS ? ms : 0;
}

static void
read_times (FareOpencodeMessage *self,
            FarePull            *pull)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "created"))
        self->created_ms = read_time (pull);
      else if (fare_span_equal (&key, "completed"))
        self->completed_ms = read_time (pull);
      else
        fare_pull_skip (pull);
    }
}

static void
read_cache (FareOpencodeTokens *tokens,
            FarePull           *pull)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "read"))
        tokens->cache_read = fare_pull_count (pull);
      else if (fare_span_equal (&key, "write"))
        tokens->cache_write = fare_pull_count (pull);
      else
        fare_pull_skip (pull);
    }
}

static gboolean
read_tokens (FareOpencodeTokens *tokens,
             FarePull           *pull)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "input"))
        tokens->input = fare_pull_count (pull);
      else if (fare_span_equal (&key, "output"))
        tokens->output = fare_pull_count (pull);
      else if (fare_span_equal (&key, "reasoning"))
        tokens->reasoning = fare_pull_count (pull);
      else if (fare_span_equal (&key, "total"))
        tokens->total = fare_pull_count (pull);
      else if (fare_span_equal (&key, "cache"))
        read_cache (tokens, pull);
      else
        fare_pull_skip (pull);
    }

  return TRUE;
}

static void
read_path (FareOpencodeMessage *self,
           FarePull            *pull)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "cwd"))
        fare_pull_string (pull, &self->cwd);
      else
        fare_pull_skip (pull);
    }
}

/* OpenCode 2 keeps the model's names together. */
static void
read_model (FareOpencodeMessage *self,
            FarePull            *pull)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        fare_pull_string (pull, &self->model);
      else if (fare_span_equal (&key, "providerID"))
        fare_pull_string (pull, &self->provider);
      else
        fare_pull_skip (pull);
    }
}

static void
read_member (FareOpencodeMessage *self,
             FarePull            *pull,
             const FareSpan      *key)
{
  if (fare_span_equal (key, "id"))
    fare_pull_string (pull, &self->id);
  else if (fare_span_equal (key, "sessionID"))
    fare_pull_string (pull, &self->session);
  else if (fare_span_equal (key, "role"))
    fare_pull_string (pull, &self->role);
  else if (fare_span_equal (key, "providerID"))
    fare_pull_string (pull, &self->provider);
  else if (fare_span_equal (key, "modelID"))
    fare_pull_string (pull, &self->model);
  else if (fare_span_equal (key, "model"))
    read_model (self, pull);
  else if (fare_span_equal (key, "path"))
    read_path (self, pull);
  else if (fare_span_equal (key, "time"))
    read_times (self, pull);
  else if (fare_span_equal (key, "tokens"))
    self->has_tokens = read_tokens (&self->tokens, pull);
  else if (fare_span_equal (key, "cost"))
    fare_pull_number (pull, &self->cost);
  else
    fare_pull_skip (pull);
}

gboolean
fare_opencode_message_parse (FareOpencodeMessage *self,
                             const char          *text,
                             gsize                length)
{
  FarePull pull;
  FareSpan key;

  memset (self, 0, sizeof *self);
  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    read_member (self, &pull, &key);

  return fare_pull_at_end (&pull);
}

gboolean
fare_opencode_message_is_empty (const FareOpencodeMessage *self)
{
  const FareOpencodeTokens *tokens = &self->tokens;

  return tokens->input == 0 && tokens->output == 0 && tokens->reasoning == 0
         && tokens->cache_read == 0 && tokens->cache_write == 0 && tokens->total == 0;
}

/* Any number of steps may be added up. */
static void
add_count (gint64 *sum,
           gint64  count)
{
  if (!__builtin_add_overflow (*sum, count, sum))
    return;
  *sum = G_MAXINT64;
}

gboolean
fare_opencode_message_add_part (FareOpencodeMessage *self,
                                const char          *text,
                                gsize                length)
{
  FareOpencodeTokens tokens = { 0 };
  FareSpan key, type = { "", 0 };
  double cost = 0;
  FarePull pull;

  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        fare_pull_string (&pull, &type);
      else if (fare_span_equal (&key, "tokens"))
        read_tokens (&tokens, &pull);
      else if (fare_span_equal (&key, "cost"))
        fare_pull_number (&pull, &cost);
      else
        fare_pull_skip (&pull);
    }
  if (!fare_pull_at_end (&pull))
    return FALSE;
  if (!fare_span_equal (&type, "step-finish"))
    return TRUE;
  add_count (&self->tokens.input, tokens.input);
  add_count (&self->tokens.output, tokens.output);
  add_count (&self->tokens.reasoning, tokens.reasoning);
  add_count (&self->tokens.cache_read, tokens.cache_read);
  add_count (&self->tokens.cache_write, tokens.cache_write);
  add_count (&self->tokens.total, tokens.total);
  if (cost > 0)
    self->cost += cost;

  return TRUE;
}

/* Older releases stored the provider's whole output count beside the reasoning that is inside it;
 * newer ones subtract. */
static gboolean
is_reasoning_outside (const FareOpencodeMessage *self,
                      gboolean                   is_v2)
{
  const FareOpencodeTokens *tokens = &self->tokens;
  gint64 sum = 0, with_reasoning;

  if (tokens->reasoning == 0)
    return FALSE;
  if (is_v2)
    return TRUE;
  add_count (&sum, tokens->input);
  add_count (&sum, tokens->output);
  add_count (&sum, tokens->cache_read);
  add_count (&sum, tokens->cache_write);
  with_reasoning = sum;
  add_count (&with_reasoning, tokens->reasoning);
  if (tokens->total > 0 && tokens->total == sum)
    return FALSE;
  if (tokens->total > 0 && tokens->total == with_reasoning)
    return TRUE;

  return tokens->reasoning > tokens->output
         || (self->provider.length >= strlen ("google")
             && memcmp (self->provider.text, "google", strlen ("google")) == 0);
}

static void
fill_usage (const FareOpencodeMessage *self,
            gboolean                   is_v2,
            FareUsage                 *usage)
{
  const FareOpencodeTokens *tokens = &self->tokens;

  usage->input = tokens->input;
  usage->cache_read = tokens->cache_read;
  usage->cache_write_5m = tokens->cache_write;
  usage->output = tokens->output;
  if (is_reasoning_outside (self, is_v2))
    add_count (&usage->output, tokens->reasoning);
  usage->reasoning = MIN (tokens->reasoning, usage->output);
  /* A provider that reports nothing but the sum. */
  if ((usage->input | usage->cache_read | usage->cache_write_5m | usage->output) == 0)
    usage->output = tokens->total;
}

static guint32
intern_model (const FareOpencodeMessage *self,
              FareLog                   *log)
{
  g_autofree char *provider = fare_span_dup (&self->provider, 0);
  g_autofree char *model = fare_span_dup (&self->model, 0);

  return fare_log_intern_model (log, provider, *model != '\0' ? model : "unknown");
}

gint64
fare_opencode_hash_id (const char *id)
{
  return fare_hash_finish (fare_hash_bytes (FARE_HASH_SEED, id, strlen (id)));
}

gboolean
fare_opencode_message_fill_row (const FareOpencodeMessage *self,
                                FareLog                   *log,
                                const char                *id,
                                guint32                    session,
                                gboolean                   is_v2,
                                FareRow                   *row)
{
  memset (row, 0, sizeof *row);
  if (self->created_ms <= 0 || *id == '\0' || session == 0)
    return FALSE;
  fill_usage (self, is_v2, &row->usage);
  if (fare_opencode_message_is_empty (self))
    return FALSE;

  /* Both the copies of a message under its own id and those that a fork makes under new ids keep
   * the moment of its creation; the fold does the rest. */
  row->cluster = fare_hash_finish (fare_hash_int (FARE_HASH_SEED, self->created_ms));
  row->sub = fare_opencode_hash_id (id);
  row->own_ms = self->created_ms;
  row->own_session = session;
  row->model = intern_model (self, log);
  row->lines = 1;
  row->messages = 1;
  if (self->completed_ms > 0)
    row->flags |= FARE_ROW_STOPPED;
  /* 0 stands for free models, but for subscriptions too. */
  if (self->cost > 0)
    fare_row_take_cost (row, self->cost);

  return TRUE;
}
