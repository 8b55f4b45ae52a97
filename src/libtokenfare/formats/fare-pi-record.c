/* fare-pi-record.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-pi-record.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-parts.h"

/* A number below this is seconds (until the year 5138), above it milliseconds (since 1973). */
#define FIRST_MILLISECONDS 1e11

/* The first moment of the year 10000. */
#define LAST_MILLISECONDS 253402300800000.0

/* A moment as text, or as a number of seconds or milliseconds; UTC milliseconds, 0 for none. */
static gint64
read_instant (FarePull *pull)
{
  FareSpan text;
  FarePull inner = *pull;
  double value;
  gint64 time_ms;

  if (fare_pull_peek (pull) == '"')
    {
      fare_pull_string (pull, &text);
      if (fare_instant_parse (text.text, text.length, &time_ms))
        return time_ms;
      fare_pull_init (&inner, text.text, text.length);
      if (text.length == 0 || !fare_pull_number (&inner, &value))
        return 0;
    }
  else if (!fare_pull_number (pull, &value))
    return 0;
  if (value < FIRST_MILLISECONDS)
    value *= 1000;

  return value > 0 && value < LAST_MILLISECONDS ? (gint64) value : 0;
}

static void
take_cost (FareRow *row,
           double   cost)
{
  /* Zero is "unknown" or "part of a plan" here. */
  if (cost > 0)
    fare_row_take_cost (row, cost);
}

/* Either {"total":0.02} or the number itself. */
static void
read_cost (FarePull *pull,
           FareRow  *row)
{
  FareSpan key;
  double cost;

  if (fare_pull_peek (pull) != '{')
    {
      if (fare_pull_number (pull, &cost))
        take_cost (row, cost);
      return;
    }
  fare_pull_enter (pull, '{');
  while (fare_pull_next_member (pull, &key))
    {
      if (!fare_span_equal (&key, "total"))
        fare_pull_skip (pull);
      else if (fare_pull_number (pull, &cost))
        take_cost (row, cost);
    }
}

typedef enum
{
  COUNT_INPUT,
  COUNT_OUTPUT,
  COUNT_READ,
  COUNT_WRITE,
  COUNT_LONG_WRITE,
  COUNT_TOTAL,
  N_COUNTS
} Count;

static Count
find_count (const FareSpan *key)
{
  static const struct { const char *name; Count count; } names[] = {
    { "input", COUNT_INPUT },
    { "inputTokens", COUNT_INPUT },
    { "output", COUNT_OUTPUT },
    { "outputTokens", COUNT_OUTPUT },
    { "cacheRead", COUNT_READ },
    { "cacheReadTokens", COUNT_READ },
    { "cacheWrite", COUNT_WRITE },
    { "cacheWriteTokens", COUNT_WRITE },
    { "cacheWrite1h", COUNT_LONG_WRITE },
    { "totalTokens", COUNT_TOTAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (fare_span_equal (key, names[i].name))
      return names[i].count;

  return N_COUNTS;
}

static void
read_usage (FarePull *pull,
            FareRow  *row)
{
  gint64 counts[N_COUNTS] = { 0 };
  FareSpan key;

  while (fare_pull_next_member (pull, &key))
    {
      Count count = find_count (&key);

      if (count != N_COUNTS)
        counts[count] = fare_pull_count (pull);
      else if (fare_span_equal (&key, "cost"))
        read_cost (pull, row);
      else
        fare_pull_skip (pull);
    }
  row->usage.input = counts[COUNT_INPUT];
  row->usage.cache_read = counts[COUNT_READ];
  row->usage.cache_write_1h = MIN (counts[COUNT_LONG_WRITE], counts[COUNT_WRITE]);
  row->usage.cache_write_5m = counts[COUNT_WRITE] - row->usage.cache_write_1h;
  row->usage.output = counts[COUNT_OUTPUT];
  /* Some providers tell no more than the total. */
  if ((counts[COUNT_INPUT] | counts[COUNT_READ] | counts[COUNT_WRITE] | counts[COUNT_OUTPUT]) == 0)
    row->usage.output = counts[COUNT_TOTAL];
}

static void
read_message (FarePull     *pull,
              FarePiRecord *self)
{
  FareSpan key, role = { "", 0 };
  gboolean has_usage = FALSE;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "role"))
        fare_pull_string (pull, &role);
      else if (fare_span_equal (&key, "provider"))
        fare_pull_string (pull, &self->provider);
      else if (fare_span_equal (&key, "model") || fare_span_equal (&key, "modelId"))
        fare_pull_string (pull, &self->model);
      else if (fare_span_equal (&key, "timestamp"))
        self->inner_ms = read_instant (pull);
      else if (fare_span_equal (&key, "content"))
        self->content = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "usage") && fare_pull_enter (pull, '{'))
        {
          has_usage = TRUE;
          read_usage (pull, &self->row);
        }
      else if (!fare_span_equal (&key, "usage"))
        fare_pull_skip (pull);
    }
  self->has_usage = has_usage && fare_span_equal (&role, "assistant");
  self->is_prompt = fare_span_equal (&role, "user");
}

/* What a change of the model names it by: "modelId", or "model" as vendor/name. */
typedef struct
{
  FareSpan provider;
  FareSpan id;
  FareSpan name;
} ModelName;

static gboolean
read_model_member (FarePull       *pull,
                   const FareSpan *key,
                   ModelName      *model)
{
  FareSpan *target = fare_span_equal (key, "provider") ? &model->provider
                     : fare_span_equal (key, "modelId") ? &model->id
                     : fare_span_equal (key, "model")   ? &model->name
                                                        : NULL;

  if (target == NULL)
    return FALSE;
  fare_pull_string (pull, target);

  return TRUE;
}

static void
take_model_name (FarePiRecord    *self,
                 const ModelName *model)
{
  const char *slash;

  self->provider = model->provider;
  self->model = model->id;
  if (model->id.length > 0 || model->name.length == 0)
    return;
  self->model = model->name;
  slash = memchr (model->name.text, '/', model->name.length);
  if (slash == NULL || model->provider.length > 0)
    return;
  self->provider.text = model->name.text;
  self->provider.length = (gsize) (slash - model->name.text);
  self->model.text = slash + 1;
  self->model.length = model->name.length - self->provider.length - 1;
}

static FarePiType
find_type (const FareSpan *type)
{
  if (fare_span_equal (type, "message"))
    return FARE_PI_MESSAGE;
  if (fare_span_equal (type, "session"))
    return FARE_PI_SESSION;
  /* A "custom" record is a change of the model when it says so further on. */
  if (fare_span_equal (type, "model_change") || fare_span_equal (type, "custom"))
    return FARE_PI_MODEL;
  if (fare_span_equal (type, "session_info"))
    return FARE_PI_NAME;

  return FARE_PI_OTHER;
}

static void
read_snapshot (FarePull  *pull,
               ModelName *model)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    if (!read_model_member (pull, &key, model))
      fare_pull_skip (pull);
}

static void
read_member (FarePiRecord   *self,
             FarePull       *pull,
             const FareSpan *key,
             ModelName      *model)
{
  if (fare_span_equal (key, "id"))
    fare_pull_string (pull, &self->id);
  else if (fare_span_equal (key, "timestamp"))
    self->outer_ms = read_instant (pull);
  else if (fare_span_equal (key, "cwd"))
    fare_pull_string (pull, &self->cwd);
  else if (fare_span_equal (key, "parentSession"))
    fare_pull_string (pull, &self->parent);
  else if (fare_span_equal (key, "name"))
    fare_pull_string (pull, &self->name);
  else if (fare_span_equal (key, "data"))
    read_snapshot (pull, model);
  else if (!read_model_member (pull, key, model))
    fare_pull_skip (pull);
}

gboolean
fare_pi_record_read (FarePiRecord *self,
                     const char   *line,
                     gsize         length)
{
  FarePull pull;
  FareSpan key, type = { "", 0 }, custom = { "", 0 };
  ModelName model = { { "", 0 }, { "", 0 }, { "", 0 } };

  *self = (FarePiRecord) { .id = { "", 0 }, .row = { .lines = 1, .messages = 1 } };
  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        {
          fare_pull_string (&pull, &type);
          self->type = find_type (&type);
          if (self->type == FARE_PI_OTHER)
            return TRUE;
        }
      else if (fare_span_equal (&key, "customType"))
        fare_pull_string (&pull, &custom);
      else if (fare_span_equal (&key, "message") && self->type <= FARE_PI_MESSAGE)
        read_message (&pull, self);
      else
        read_member (self, &pull, &key, &model);
    }
  if (!fare_pull_at_end (&pull))
    return FALSE;
  if (fare_span_equal (&type, "custom") && !fare_span_equal (&custom, "model-snapshot"))
    self->type = FARE_PI_OTHER;
  if (self->type == FARE_PI_MODEL || self->type == FARE_PI_SESSION)
    take_model_name (self, &model);

  return TRUE;
}

FarePiModel
fare_pi_record_get_model (const FarePiRecord *self,
                          FareLog            *log)
{
  return (FarePiModel) {
    .provider = fare_log_intern_span (log, &self->provider, NULL),
    .model = fare_log_intern_span (log, &self->model, NULL),
  };
}

/* Messages that name no model go to the one that was named last. */
static void
take_model (FarePiRecord      *self,
            FareLog           *log,
            const FarePiModel *current)
{
  FarePiModel named = fare_pi_record_get_model (self, log);

  if (named.model == 0)
    named.model = current->model;
  if (named.provider == 0 && named.model == current->model)
    named.provider = current->provider;
  self->row.model = fare_log_intern_model (log, fare_log_text (log, named.provider),
                                           named.model != 0 ? fare_log_text (log, named.model)
                                                            : "unknown");
}

/* Ids have few digits and repeat between sessions; with the time they name a call everywhere. */
static void
identify (FarePiRecord *self,
          FareLog      *log,
          gint64        time_ms)
{
  const FareUsage *usage = &self->row.usage;
  guint64 hash = fare_hash_int (FARE_HASH_SEED, time_ms);

  self->row.own_ms = time_ms;
  if (self->id.length > 0)
    {
      self->row.cluster = fare_hash_finish (fare_hash_int (hash, fare_span_hash (&self->id)));
      return;
    }
  hash = fare_hash_bytes (hash, fare_log_text (log, self->row.model),
                          strlen (fare_log_text (log, self->row.model)));
  hash = fare_hash_int (hash, usage->input);
  hash = fare_hash_int (hash, usage->output);
  hash = fare_hash_int (hash, usage->cache_read);
  hash = fare_hash_int (hash, usage->cache_write_5m);
  hash = fare_hash_int (hash, usage->cache_write_1h);
  self->row.cluster = fare_hash_finish (hash);
}

void
fare_pi_record_add_call (FarePiRecord      *self,
                         FareLog           *log,
                         guint32            session,
                         const FarePiModel *current,
                         gint64             time_ms,
                         gint64             offset)
{
  if (time_ms == 0)
    {
      if (fare_usage_total (&self->row.usage) > 0)
        fare_log_malformed (log, offset);
      return;
    }
  take_model (self, log, current);
  identify (self, log, time_ms);
  self->row.offset = offset;
  self->row.own_session = session;
  if (fare_log_add_row (log, &self->row))
    fare_log_add_fact (log, session, FARE_FACT_PRESENT, 0, offset, 0);
}

gboolean
fare_pi_record_add_prompt (const FarePiRecord *self,
                           FareLog            *log,
                           guint32             session,
                           guint               rank,
                           gint64              offset)
{
  guint32 title = fare_parts_title (log, &self->content, NULL);

  if (title != 0)
    fare_log_add_fact (log, session, FARE_FACT_TITLE, rank, offset, title);

  return title != 0;
}
