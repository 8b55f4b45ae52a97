/* fare-qwen-record.h
 *
 * The lines of Qwen Code's transcripts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format-qwen.h"

G_BEGIN_DECLS

/* A line of a transcript; what is marked raw is JSON. */
typedef struct
{
  FareSpan session;
  FareSpan uuid;
  FareSpan timestamp;
  FareSpan type;
  FareSpan subtype;
  FareSpan cwd;
  FareSpan model;
  FareSpan message; /* raw */
  FareSpan usage;   /* raw */
  FareSpan payload; /* raw */
  FareSpan origin;  /* raw */
} FareQwenRecord;

/* What stands in a system record's payload. */
typedef struct
{
  FareSpan       title;
  FareSpan       parent;
  FareSpan       event;  /* raw */
  FareSpan       name;
  FareSpan       timestamp;
  FareSpan       response;
  FareSpan       model;
  FareSpan       helper;
  FareQwenCounts counts;
} FareQwenPayload;

/* Reads the object that was entered last; what is missing stays as it is. */
void     fare_qwen_read_record  (FarePull        *pull,
                                 FareQwenRecord  *record);

/**
 * fare_qwen_read_payload:
 * @raw: a system record's payload
 */
void     fare_qwen_read_payload (const FareSpan  *raw,
                                 FareQwenPayload *payload);

/**
 * fare_qwen_read_counts:
 * @raw: an answer's usageMetadata
 *
 * Returns: %FALSE when there is none
 */
gboolean fare_qwen_read_counts  (const FareSpan  *raw,
                                 FareQwenCounts  *counts);

/**
 * fare_qwen_find_member:
 *
 * Returns: the raw value of one member of an object; empty when it is not there
 */
FareSpan fare_qwen_find_member  (const FareSpan  *raw,
                                 const char      *name);

G_END_DECLS
