/* fare-pricing-text.c
 *
 * Rates and their origin as people read and write them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "models/fare-pricing-text.h"
#include "pricing/fare-rates-reader.h"

#define NOTHING "–"

/* More decimals than any price has. */
#define MAX_DECIMALS 9

/* How many decimals @usd has, as people would write it. */
static int
count_decimals (double usd)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  int decimals = MAX_DECIMALS;
  gsize length;

  g_ascii_formatd (text, sizeof text, "%.9f", usd);
  length = strlen (text);
  while (decimals > 0 && text[--length] == '0')
    decimals--;

  return decimals;
}

char *
fare_pricing_text_rate (double usd)
{
  if (usd == 0.0)
    return g_strdup (C_("price", "Free"));

  return g_strdup_printf ("%.*f", MAX (count_decimals (usd), 2), usd);
}

char *
fare_pricing_text_entry (double usd)
{
  return g_strdup_printf ("%.*f", count_decimals (usd), usd);
}

const char *
fare_pricing_text_parse (const char *text,
                         double     *usd)
{
  const char *mark = localeconv ()->decimal_point;
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr(GString) plain = g_string_new (trimmed);
  const char *digits;
  const char *dot;

  *usd = 0.0;
  if (plain->len == 0)
    return _("A price is needed here.");
  if (plain->str[0] == '-')
    return _("A price cannot be below zero.");

  if (!g_str_equal (mark, "."))
    g_string_replace (plain, mark, ".", 0);

  digits = plain->str;
  dot = strchr (digits, '.');
  if (digits[strspn (digits, "0123456789.")] != '\0' || (dot != NULL && strchr (dot + 1, '.') != NULL) ||
      g_str_equal (digits, "."))
    return _("This is not a number.");

  *usd = g_ascii_strtod (digits, NULL);
  if (!isfinite (*usd) || *usd > FARE_RATES_LIMIT)
    return _("This is more than any price.");

  return NULL;
}

static char *
describe_cost (const FarePricingLine *line,
               gboolean               hide)
{
  if (!line->is_used)
    return g_strdup ("");

  if (hide && fare_sums_has_cost (&line->sums))
    return g_strdup (FARE_TEXT_HIDDEN);

  return fare_sums_cost_to_text (&line->sums);
}

static const char *
describe_source (const FarePricingLine *line)
{
  switch (line->source)
    {
    case FARE_PRICING_MISSING:
      return C_("price", "Missing");

    case FARE_PRICING_EDITED:
      return C_("price", "Edited");

    case FARE_PRICING_ADDED:
      return C_("price", "Added");

    case FARE_PRICING_LOGGED:
      return C_("price", "From Log");

    case FARE_PRICING_HIDDEN:
      return C_("price", "Deleted");

    case FARE_PRICING_BUILT_IN:
    default:
      return C_("price", "Built-in");
    }
}

static gboolean
is_rate (FarePricingColumn column)
{
  return column >= FARE_PRICING_COLUMN_INPUT && column <= FARE_PRICING_COLUMN_CACHE_WRITE_1H;
}

static char *
describe_rate (const FarePricingLine *line,
               guint                  rate)
{
  g_autofree char *text = NULL;

  if (!line->has_rates)
    return g_strdup (NOTHING);

  text = fare_pricing_text_rate (line->rates[rate]);

  return line->is_estimate && line->rates[rate] > 0.0 ? g_strconcat ("≈", text, NULL)
                                                      : g_steal_pointer (&text);
}

char *
fare_pricing_text_cell (const FarePricingLine *line,
                        FarePricingColumn      column,
                        gboolean               hide)
{
  if (is_rate (column))
    return describe_rate (line, column - FARE_PRICING_COLUMN_INPUT);

  switch (column)
    {
    case FARE_PRICING_COLUMN_MODEL:
      return g_strdup (line->name);

    case FARE_PRICING_COLUMN_PROVIDER:
      return g_strdup (line->provider);

    case FARE_PRICING_COLUMN_TOKENS:
      return line->is_used ? fare_text_tokens (fare_usage_total (&line->sums.usage)) : g_strdup ("");

    case FARE_PRICING_COLUMN_COST:
      return describe_cost (line, hide);

    case FARE_PRICING_COLUMN_SOURCE:
    default:
      return g_strdup (describe_source (line));
    }
}

char *
fare_pricing_text_detail (const FarePricingLine *line,
                          FarePricingColumn      column)
{
  guint rate = column - FARE_PRICING_COLUMN_INPUT;
  g_autofree char *text = NULL;

  if (column == FARE_PRICING_COLUMN_MODEL)
    return g_strdup (line->source == FARE_PRICING_MISSING ? fare_unpriced_to_sentence (line->reason)
                                                          : line->note);

  if (!is_rate (column) || !line->has_shipped || !line->has_rates ||
      line->rates[rate] == line->shipped[rate])
    return NULL;

  text = fare_pricing_text_rate (line->shipped[rate]);

  /* Translators: the built-in price beside the user's own one, as in “was 5.00” */
  return g_strdup_printf (C_("price", "was %s"), text);
}

/* All counters to the last token, and what has no price among them. */
static char *
describe_use (const FarePricingLine *line)
{
  g_autofree char *total = fare_text_count (fare_usage_total (&line->sums.usage));
  g_autofree char *unpriced = fare_text_count (line->sums.unpriced_tokens);
  g_autofree char *tokens = g_strdup_printf (_("%s tokens"), total);

  if (line->sums.unpriced_tokens == 0)
    return g_steal_pointer (&tokens);

  /* Translators: counts of tokens, as in “1,200 tokens, 300 of them without price” */
  return g_strdup_printf (_("%s, %s of them without price"), tokens, unpriced);
}

char *
fare_pricing_text_tooltip (const FarePricingLine *line,
                           FarePricingColumn      column,
                           gboolean               hide)
{
  guint rate = column - FARE_PRICING_COLUMN_INPUT;

  if (is_rate (column) && line->has_shipped && line->has_rates &&
      line->rates[rate] != line->shipped[rate])
    {
      g_autofree char *text = fare_pricing_text_rate (line->shipped[rate]);

      /* Translators: the placeholder is a price, as in “5.00” */
      return g_strdup_printf (_("Built-in price: %s"), text);
    }

  switch (column)
    {
    case FARE_PRICING_COLUMN_MODEL:
      return line->id != NULL && !g_str_equal (line->id, line->name)
                 ? g_strdup_printf ("%s\n%s", line->name, line->id)
                 : g_strdup (line->name);

    case FARE_PRICING_COLUMN_PROVIDER:
      return g_strdup (line->provider);

    case FARE_PRICING_COLUMN_TOKENS:
      return line->is_used ? describe_use (line) : NULL;

    default:
      return NULL;
    }
}

char *
fare_pricing_text_rates (const FarePricingLine *line)
{
  g_autofree char *input = NULL;
  g_autofree char *output = NULL;

  if (!line->has_rates)
    return g_strdup (_("no price"));

  input = describe_rate (line, FARE_PRICING_RATE_INPUT);
  output = describe_rate (line, FARE_PRICING_RATE_OUTPUT);

  /* Translators: two prices per million tokens */
  return g_strdup_printf (_("Input %s, output %s"), input, output);
}

const char *
fare_pricing_text_column (FarePricingColumn column)
{
  static const char * const titles[FARE_PRICING_N_COLUMNS] = {
    N_("Model"), N_("Provider"), N_("Input"), N_("Output"), N_("Cache Read"),
    N_("Write 5 min"), N_("Write 1 h"), N_("Used"), N_("Cost"), N_("Source")
  };

  return _(titles[column]);
}
