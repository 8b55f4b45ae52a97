/* fare-cost-policy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-cost-policy.h"

/* Clients whose figure knows more than a table can: what each request of a turn was, or what the
 * provider really billed.  All others log their own estimate from a catalogue of their own, or
 * nothing. */
static const char *const log_wins[] = {
  "grok",     /* billed per request with its context tier; the log has turns only */
  "hermes",   /* billed amount where the provider tells it */
  "openclaw", /* computed per request */
  "pi_agent", /* computed per request */
};

gboolean
fare_cost_policy_prefers_log (const char *client)
{
  for (guint i = 0; i < G_N_ELEMENTS (log_wins); i++)
    if (g_strcmp0 (log_wins[i], client) == 0)
      return TRUE;

  return FALSE;
}
