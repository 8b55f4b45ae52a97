/* fare-amp-thread.h
 *
 * What stands in an Amp thread, as far as it matters here.  Spans point into the document.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-usage.h"
#include "formats/fare-pull.h"

G_BEGIN_DECLS

/* What a message or an entry of the ledger says of a call. */
typedef struct
{
  FareSpan  model;
  FareUsage usage;
  gint64    total;        /* tokens, where only their sum is named */
  gboolean  has_read;     /* the cache read is named and not null */
  gboolean  has_write;
  gint64    time_ms;      /* UTC; 0 when unknown */
} FareAmpUse;

typedef struct
{
  gint64     number;      /* messageId, or the place in the array */
  gboolean   is_assistant;
  gboolean   is_user;
  FareSpan   content;     /* raw JSON */
  gint64     sent_ms;
  FareAmpUse use;
} FareAmpMessage;

/* An entry of the ledger. */
typedef struct
{
  FareSpan   id;
  gint64     to;          /* messageId of the answer, -1 when it names none */
  FareAmpUse use;
} FareAmpEntry;

typedef struct
{
  FareSpan id;
  FareSpan title;
  FareSpan project;       /* a file:// URI */
  FareSpan messages;      /* raw JSON */
  FareSpan events;        /* raw JSON, the ledger */
  gint64   created_ms;
} FareAmpThread;

/**
 * fare_amp_read_thread:
 *
 * Returns: %FALSE when the document is not whole
 */
gboolean fare_amp_read_thread  (const char     *text,
                                gsize           length,
                                FareAmpThread  *thread);

/**
 * fare_amp_read_message:
 * @place: in the array
 *
 * Returns: %FALSE when the item is no message
 */
gboolean fare_amp_read_message (FarePull       *pull,
                                gint64          place,
                                FareAmpMessage *message);

/**
 * fare_amp_read_entry:
 *
 * Returns: %FALSE when the item is no entry
 */
gboolean fare_amp_read_entry   (FarePull       *pull,
                                FareAmpEntry   *entry);

G_END_DECLS
