/* fare-rebuild.h
 *
 * Makes the index anew from the logs, beside the present one, and puts it in its place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-meter.h"

G_BEGIN_DECLS

typedef struct
{
  char     *backup;      /* (nullable): where the old index was moved; NULL when there was none */
  gboolean  has_history; /* what the old index knew of deleted logs was taken over */
} FareRebuilt;

void     fare_rebuilt_clear  (FareRebuilt       *self);

/**
 * fare_rebuild_index:
 * @func: (nullable): told about progress, in the thread of the caller or its helpers
 * @result: (out): cleared with fare_rebuilt_clear()
 *
 * Begins with what the present index knows, where that can be trusted, and reads every log again.
 * Takes long; the present index stays as it is until the new one is complete, and for good when
 * something fails.  Nobody else may be writing: a running #FareMeter has to be stopped before, and to
 * be told by fare_meter_reopen() after.
 */
gboolean fare_rebuild_index  (FarePaths         *paths,
                              FareProgressFunc   func,
                              gpointer           user_data,
                              GCancellable      *cancellable,
                              FareRebuilt       *result,
                              GError           **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareRebuilt, fare_rebuilt_clear)

G_END_DECLS
