/* fare-sums.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-sums.h"

#include <glib/gi18n-lib.h>

#include "base/fare-text.h"

gboolean
fare_sums_has_cost (const FareSums *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_price || self->unpriced_tokens <= 0;
}

char *
fare_sums_cost_to_text (const FareSums *self)
{
  g_autofree char *money = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!fare_sums_has_cost (self))
    /* Translators: stands where an amount of money would */
    return g_strdup (C_("money", "no price"));

  money = fare_text_money (self->cost);

  /* Translators: an amount of money that rests on an estimated price */
  return self->is_estimate ? g_strdup_printf (C_("money", "≈%s"), money)
                           : g_steal_pointer (&money);
}

char *
fare_sums_unpriced_to_text (const FareSums *self)
{
  g_autofree char *tokens = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->unpriced_tokens <= 0)
    return NULL;

  tokens = fare_text_tokens (self->unpriced_tokens);

  /* Translators: %s is a number of tokens in short form, such as "3.1M" */
  return g_strdup_printf (ngettext ("%s token without price", "%s tokens without price",
                                    (gulong) MIN (self->unpriced_tokens, G_MAXINT)), tokens);
}

char *
fare_sums_total_to_text (const FareSums *self)
{
  g_autofree char *cost = NULL;
  g_autofree char *unpriced = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  unpriced = fare_sums_unpriced_to_text (self);
  if (!fare_sums_has_cost (self))
    return g_steal_pointer (&unpriced);

  cost = fare_sums_cost_to_text (self);
  if (unpriced == NULL)
    return g_steal_pointer (&cost);

  /* Translators: a cost, and what is not in it: "$12.34 + 1.2M tokens without price" */
  return g_strdup_printf (C_("money", "%s + %s"), cost, unpriced);
}

double
fare_sums_get_share (const FareSums *self,
                     const FareSums *total)
{
  gint64 tokens;

  g_return_val_if_fail (self != NULL && total != NULL, -1);

  if (total->cost > 0)
    return CLAMP (self->cost / total->cost, 0, 1);

  tokens = fare_usage_total (&total->usage);

  return tokens > 0 ? (double) fare_usage_total (&self->usage) / tokens : -1;
}
