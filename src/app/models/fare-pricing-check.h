/* fare-pricing-check.h
 *
 * Looks a price file over while it is typed, and says in one sentence where it is wrong.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean  can_save;   /* a price file; single entries may still be wrong */
  guint     line;       /* where the first fault is, from 1; 0 when it has no line or there is none */
  guint     n_problems; /* 0: all is well */
  guint     n_entries;
  char     *sentence;   /* "Line 12: a comma is missing." or "3 entries, no errors" */
} FarePricingCheck;

/**
 * fare_pricing_check_text:
 * @text: what is to be a price file
 * @classes: (nullable): set of the known energy classes
 *
 * May be called from any thread.
 *
 * Returns: (transfer full): what is to be said about it
 */
FarePricingCheck *fare_pricing_check_text (const char       *text,
                                           GHashTable       *classes) G_GNUC_WARN_UNUSED_RESULT;
void              fare_pricing_check_free (FarePricingCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePricingCheck, fare_pricing_check_free)

G_END_DECLS
