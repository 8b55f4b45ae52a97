/* fare-currency.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-currency.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/fare-conventions.h"
#include "base/fare-text.h"

typedef struct
{
  FareDay since;
  double  rate;
} Rate;

struct _FareCurrency
{
  char    code[4];
  GArray *rates; /* of Rate, by day */
};

/* Signs that nobody takes for another currency's. */
static const struct
{
  char        code[4];
  const char *symbol;
} signs[] = {
  { "AUD", "A$" },  { "BRL", "R$" },  { "CAD", "CA$" }, { "CNY", "CN¥" }, { "CZK", "Kč" },
  { "EUR", "€" },   { "GBP", "£" },   { "HKD", "HK$" }, { "ILS", "₪" },   { "INR", "₹" },
  { "JPY", "¥" },   { "KRW", "₩" },   { "MXN", "MX$" }, { "NZD", "NZ$" }, { "PHP", "₱" },
  { "PLN", "zł" },  { "TRY", "₺" },   { "TWD", "NT$" }, { "UAH", "₴" },   { "USD", "$" },
  { "VND", "₫" },
};

/* ISO 4217: currencies whose smaller unit is not a hundredth. */
static const char no_decimals[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
static const char three_decimals[] = "BHD IQD JOD KWD LYD OMR TND";

static const FareMoneyUnit us_dollars = { "$", 2, 1 };

static GPrivate thread_unit = G_PRIVATE_INIT (g_free);

static gboolean
is_code (const char *text)
{
  return strlen (text) == 3 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1])
         && g_ascii_isupper (text[2]);
}

static gboolean
is_day (const char *text)
{
  return strlen (text) == 10 && strspn (text, "0123456789-") == 10;
}

static int
compare_rates (gconstpointer a,
               gconstpointer b)
{
  const Rate *left = a, *right = b;

  return (left->since > right->since) - (left->since < right->since);
}

static void
read_rates (FareCurrency *self,
            GVariant     *list)
{
  const FareNow epoch = { 0, NULL }; /* asked only for words, which is_day() leaves out */
  GVariantIter iter;
  const char *text;
  Rate rate;

  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&sd)", &text, &rate.rate))
    if (is_day (text) && fare_day_parse (text, &epoch, &rate.since, NULL) && isfinite (rate.rate)
        && rate.rate > 0)
      g_array_append_val (self->rates, rate);

  /* Of two rates of one day the one that was entered last counts. */
  g_array_sort (self->rates, compare_rates);
}

FareCurrency *
fare_currency_new (FareSettings *settings)
{
  FareCurrency *self = g_new0 (FareCurrency, 1);
  g_autofree char *code = fare_settings_dup_string (settings, "currency", "USD");
  g_autoptr(GVariant) list = fare_settings_dup_value (settings, "currency-rates",
                                                      G_VARIANT_TYPE ("a(sd)"));

  g_strlcpy (self->code, is_code (code) ? code : "USD", sizeof self->code);
  self->rates = g_array_new (FALSE, FALSE, sizeof (Rate));
  if (list != NULL)
    read_rates (self, list);

  return self;
}

void
fare_currency_free (FareCurrency *self)
{
  g_array_unref (self->rates);
  g_free (self);
}

const char *
fare_currency_get_code (FareCurrency *self)
{
  return self->code;
}

gboolean
fare_currency_find_rate (FareCurrency *self,
                         FareDay       day,
                         double       *rate,
                         FareDay      *since)
{
  gboolean is_known = g_str_equal (self->code, "USD");

  *rate = 1;
  *since = FARE_DAY_MIN;
  for (guint i = 0; i < self->rates->len && !g_str_equal (self->code, "USD"); i++)
    {
      const Rate *at = &g_array_index (self->rates, Rate, i);

      if (at->since > day)
        break;
      *rate = at->rate;
      *since = at->since;
      is_known = TRUE;
    }

  return is_known;
}

static void
fill_unit (FareMoneyUnit *unit,
           FareCurrency  *self,
           FareDay        day)
{
  FareDay since;

  *unit = us_dollars;
  if (self == NULL || g_str_equal (self->code, "USD")
      || !fare_currency_find_rate (self, day, &unit->rate, &since))
    return;

  g_strlcpy (unit->symbol, self->code, sizeof unit->symbol);
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_equal (signs[i].code, self->code))
      g_strlcpy (unit->symbol, signs[i].symbol, sizeof unit->symbol);
  if (strstr (no_decimals, self->code) != NULL)
    unit->decimals = 0;
  else if (strstr (three_decimals, self->code) != NULL)
    unit->decimals = 3;
}

void
fare_currency_use (FareCurrency *self,
                   FareDay       day)
{
  FareMoneyUnit *unit = g_new (FareMoneyUnit, 1);

  fill_unit (unit, self, day);
  g_private_replace (&thread_unit, unit);
}

const FareMoneyUnit *
fare_currency_get_unit (void)
{
  const FareMoneyUnit *unit = g_private_get (&thread_unit);

  return unit != NULL ? unit : &us_dollars;
}

char *
fare_currency_to_note (FareCurrency *self,
                       FareDay       day,
                       FareDay       today)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *date = NULL;
  g_autofree char *number = NULL;
  FareConventions conventions;
  FareDay since;
  double rate;

  if (g_str_equal (self->code, "USD"))
    return NULL;
  if (!fare_currency_find_rate (self, day, &rate, &since))
    {
      date = fare_text_day (day, today);
      /* Translators: a currency’s code and a day */
      return g_strdup_printf (_("No rate of %s is known for %s, so amounts are in US dollars."),
                              self->code, date);
    }

  fare_conventions_init (&conventions);
  date = fare_text_day (since, today);
  g_ascii_formatd (digits, sizeof digits, "%.6g", rate);
  number = strchr (digits, 'e') == NULL
             ? fare_conventions_format_number (&conventions.number, digits) : g_strdup (digits);

  /* Translators: a rate, a currency’s code, a day: “Amounts at 0.92 EUR per US dollar, the rate
   * since 3 Nov.” */
  return g_strdup_printf (_("Amounts at %s %s per US dollar, the rate since %s."), number, self->code,
                          date);
}
