/* fare-antigravity-record.h
 *
 * One generation as Antigravity stores it: a protocol buffer without a description, of
 * which a few members are known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-usage.h"

G_BEGIN_DECLS

typedef struct
{
  FareUsage usage;
  char     *model;        /* (nullable) */
  char     *display_name; /* (nullable) */
  gint64    time_ms;      /* UTC milliseconds, 0 when there is none */
} FareAntigravityRecord;

/**
 * fare_antigravity_record_read:
 * @self: (out): to be cleared with fare_antigravity_record_clear() in any case
 * @data: the message
 *
 * Returns: %FALSE when it is no such message
 */
gboolean fare_antigravity_record_read  (FareAntigravityRecord *self,
                                        const guint8          *data,
                                        gsize                  length);
void     fare_antigravity_record_clear (FareAntigravityRecord *self);

G_END_DECLS
