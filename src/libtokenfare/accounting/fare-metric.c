/* fare-metric.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-metric.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/fare-currency.h"
#include "base/fare-text.h"
#include "pricing/fare-energy.h"

/* In the order of FareMetric. */
static const struct
{
  const char *id;
  const char *title;
} metrics[FARE_N_METRICS] = {
  { "cost", N_("Cost") },
  { "tokens", N_("Tokens") },
  { "messages", N_("Messages") },
  { "energy", N_("Energy") },
};

const char *
fare_metric_to_id (FareMetric self)
{
  g_return_val_if_fail (self < FARE_N_METRICS, NULL);

  return metrics[self].id;
}

FareMetric
fare_metric_from_id (const char *id)
{
  for (guint i = 0; i < FARE_N_METRICS; i++)
    if (g_strcmp0 (metrics[i].id, id) == 0)
      return i;

  return FARE_METRIC_COST;
}

const char *
fare_metric_to_title (FareMetric self)
{
  g_return_val_if_fail (self < FARE_N_METRICS, NULL);

  return _(metrics[self].title);
}

char *
fare_metric_value_to_label (FareMetric self,
                            double     value)
{
  switch (self)
    {
    case FARE_METRIC_TOKENS:
      return fare_text_tokens ((gint64) round (value));
    case FARE_METRIC_MESSAGES:
      return fare_text_count ((gint64) round (value));
    case FARE_METRIC_ENERGY:
      return fare_energy_to_text (value);
    case FARE_METRIC_COST:
    default:
      return fare_text_money (value);
    }
}

double
fare_metric_get_rate (FareMetric self)
{
  return self == FARE_METRIC_COST ? fare_currency_get_unit ()->rate : 1.0;
}

double
fare_metric_get_unit (FareMetric self)
{
  return self == FARE_METRIC_COST ? pow (10.0, -(double) fare_currency_get_unit ()->decimals)
       : self == FARE_METRIC_ENERGY ? 0.0 : 1.0;
}

char *
fare_metric_tick_to_label (FareMetric self,
                           double     value,
                           double     step)
{
  FareMoneyUnit unit = *fare_currency_get_unit ();

  if (self != FARE_METRIC_COST)
    return fare_metric_value_to_label (self, value);

  unit.rate = 1.0;
  /* Whole steps need no cents. */
  if (step >= 1.0 && step == floor (step))
    unit.decimals = 0;

  return fare_text_money_in (&unit, value);
}

char *
fare_metric_value_to_text (FareMetric self,
                           double     value)
{
  g_autofree char *label = fare_metric_value_to_label (self, value);
  gulong count = (gulong) CLAMP (round (value), 0, (double) G_MAXINT32);

  if (self == FARE_METRIC_TOKENS)
    return g_strdup_printf (ngettext ("%s token", "%s tokens", count), label);
  if (self == FARE_METRIC_MESSAGES)
    return g_strdup_printf (ngettext ("%s message", "%s messages", count), label);

  return g_steal_pointer (&label);
}
