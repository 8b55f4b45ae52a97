/* fare-pricing-show.c
 *
 * tokenfare pricing list and show.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/fare-conventions.h"
#include "base/fare-text.h"
#include "fare-pricing-actions.h"
#include "fare-table.h"
#include "pricing/fare-price-list.h"
#include "pricing/fare-price-time.h"

/* "$5.00", "$0.003": all digits that the price file has. */
static char *
format_rate (double rate)
{
  FareConventions conventions;
  guint decimals = 2;

  while (decimals < 10 && fabs (remainder (rate * pow (10, decimals), 1.0)) > 1e-6)
    decimals++;

  fare_conventions_init (&conventions);
  return fare_conventions_format_money (&conventions, rate, decimals);
}

gboolean
fare_pricing_wants (FarePriceBook        *book,
                    const FarePriceEntry *entry,
                    const char           *provider)
{
  const char *vendor = provider != NULL ? fare_price_book_get_vendor (book, provider) : NULL;

  return provider == NULL
         || g_str_equal (fare_price_entry_get_provider (entry), vendor != NULL ? vendor : provider);
}

static void
add_rate_columns (FareTable *table)
{
  fare_table_add_column (table, _("Input"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Cache read"), FARE_COLUMN_NUMBER, 2);
  fare_table_add_column (table, _("Write 5 min"), FARE_COLUMN_NUMBER, 4);
  fare_table_add_column (table, _("Write 1 h"), FARE_COLUMN_NUMBER, 5);
  fare_table_add_column (table, _("Output"), FARE_COLUMN_NUMBER, 0);
}

/* Rates that are only filled in are shown dim. */
static void
add_rate (FareTable          *table,
          const FareRateCard *card,
          FareRateKinds       kind,
          double              rate)
{
  fare_table_take_cell (table, card->stated & kind ? FARE_STYLE_PLAIN : FARE_STYLE_DIM,
                        format_rate (rate));
}

static void
add_rates (FareTable          *table,
           const FareRateCard *card)
{
  add_rate (table, card, FARE_RATE_INPUT, card->input);
  add_rate (table, card, FARE_RATE_CACHE_READ, card->cache_read);
  add_rate (table, card, FARE_RATE_CACHE_WRITE_5M, card->cache_write_5m);
  add_rate (table, card, FARE_RATE_CACHE_WRITE_1H, card->cache_write_1h);
  add_rate (table, card, FARE_RATE_OUTPUT, card->output);
}

static char *
format_status (const FarePriceEntry *entry)
{
  const char *title = fare_price_status_to_title (fare_price_entry_get_status (entry));
  FarePriceOrigin origin = fare_price_entry_get_origin (entry);

  if (origin == FARE_PRICE_SHIPPED)
    return g_strconcat (fare_price_entry_is_estimate (entry) ? "≈ " : "", title, NULL);

  return g_strconcat (fare_price_entry_is_estimate (entry) ? "≈ " : "", title, ", ",
                      fare_price_origin_to_title (origin), NULL);
}

static void
print_list (FarePriceBook            *book,
            const FarePricingRequest *request)
{
  g_autoptr(FareTable) table = fare_table_new ();

  fare_table_add_column (table, _("Model"), FARE_COLUMN_TEXT, 0);
  add_rate_columns (table);
  fare_table_add_column (table, _("Status"), FARE_COLUMN_TEXT, 1);
  fare_table_add_column (table, _("Seen"), FARE_COLUMN_WORD, 3);

  for (guint i = 0; i < fare_price_book_get_n_entries (book); i++)
    {
      const FarePriceEntry *entry = fare_price_book_get_entry (book, i);
      const FareRateSegment *segment = fare_rates_find_segment (fare_price_entry_get_rates (entry),
                                                                request->now_ms);
      const char *as_of = fare_price_entry_get_as_of (entry);

      if (!fare_pricing_wants (book, entry, request->provider))
        continue;

      fare_table_add_cell (table, FARE_STYLE_PLAIN, fare_price_entry_get_id (entry));
      if (segment != NULL)
        add_rates (table, &segment->card);
      else
        for (guint j = 0; j < 5; j++)
          fare_table_add_cell (table, FARE_STYLE_WARNING, "–");
      fare_table_take_cell (table, FARE_STYLE_DIM, format_status (entry));
      fare_table_add_cell (table, FARE_STYLE_DIM, as_of != NULL ? as_of : "");
    }

  fare_table_print (table);
  fare_print ("%s\n", _("USD per million tokens, at the rates of now; “show MODEL” tells more."));
  fare_print (_("Prices as of %s."), fare_price_book_get_updated (book));
  fare_print ("\n");
}

FareExit
fare_pricing_list (const FarePricingRequest *request)
{
  FareExit status;
  g_autoptr(FarePriceBook) book = fare_pricing_load_book (request, &status);

  if (book == NULL)
    return status;

  if (request->json)
    fare_pricing_write_list (book, request);
  else
    print_list (book, request);
  return FARE_EXIT_DONE;
}

static char *
format_beginning (gint64 from_ms)
{
  return from_ms == FARE_RATES_ALWAYS ? g_strdup (_("always"))
                                      : fare_price_time_to_string (from_ms);
}

static void
add_tier_row (FareTable          *table,
              const FareRateTier *tier)
{
  g_autofree char *tokens = fare_text_count (tier->above);

  fare_table_add_cell (table, FARE_STYLE_DIM, "");
  fare_table_take_cell (table, FARE_STYLE_PLAIN,
                        /* Translators: of a prompt with more than this many tokens */
                        g_strdup_printf (_("above %s tokens"), tokens));
  add_rates (table, &tier->card);
}

/* A multiplier as rates: what it makes of the plain card. */
static FareRateCard
multiply_card (const FareRateCard *card,
               double              multiplier)
{
  return (FareRateCard) {
    .input = card->input * multiplier,
    .output = card->output * multiplier,
    .cache_read = card->cache_read * multiplier,
    .cache_write_5m = card->cache_write_5m * multiplier,
    .cache_write_1h = card->cache_write_1h * multiplier,
    .reasoning = card->reasoning * multiplier,
    .stated = card->stated,
  };
}

static void
add_window_row (FareTable             *table,
                const FareRateSegment *segment,
                const FareRateWindow  *window)
{
  FareRateCard card = window->has_card ? window->card
                                       : multiply_card (&segment->card, window->multiplier);
  g_autofree char *from = fare_price_clock_to_string (window->from_ms);
  g_autofree char *to = fare_price_clock_to_string (window->to_ms);

  fare_table_add_cell (table, FARE_STYLE_DIM, "");
  /* Translators: a time of day, for instance 01:00–04:00 UTC */
  fare_table_take_cell (table, FARE_STYLE_PLAIN,
                        g_strdup_printf (window->days == 0x7f ? _("%s–%s UTC")
                                                              : _("%s–%s UTC, some days"),
                                         from, to));
  add_rates (table, &card);
}

static void
print_segments (const FarePriceEntry *entry)
{
  const FareRates *rates = fare_price_entry_get_rates (entry);
  g_autoptr(FareTable) table = fare_table_new ();

  fare_table_add_column (table, _("From"), FARE_COLUMN_WORD, 0);
  fare_table_add_column (table, _("When"), FARE_COLUMN_TEXT, 0);
  add_rate_columns (table);

  for (guint i = 0; i < rates->segments->len; i++)
    {
      const FareRateSegment *segment = &g_array_index (rates->segments, FareRateSegment, i);

      fare_table_take_cell (table, FARE_STYLE_PLAIN, format_beginning (segment->from_ms));
      fare_table_add_cell (table, FARE_STYLE_PLAIN, "");
      add_rates (table, &segment->card);
      for (guint j = 0; j < segment->tiers->len; j++)
        add_tier_row (table, &g_array_index (segment->tiers, FareRateTier, j));
      for (guint j = 0; j < segment->windows->len; j++)
        add_window_row (table, segment, &g_array_index (segment->windows, FareRateWindow, j));
    }

  fare_table_print (table);
}

static void
print_modes (const FareRates *rates)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < FARE_RATES_N_MODES; i++)
    {
      const FareRateMode *mode = &rates->mode[i];
      const char *name = fare_modes_to_name (1u << i);

      if ((rates->modes & (1u << i)) == 0)
        continue;

      g_string_append (text, text->len > 0 ? ", " : "");
      if (mode->has_card)
        {
          g_autofree char *input = format_rate (mode->card.input);
          g_autofree char *output = format_rate (mode->card.output);

          g_string_append_printf (text, "%s %s/%s", name, input, output);
        }
      else
        {
          g_string_append_printf (text, "%s ×%.10g", name, mode->multiplier);
        }
    }

  if (text->len > 0)
    {
      fare_print (_("Modes: %s"), text->str);
      fare_print ("\n");
    }
  g_string_free (text, TRUE);
}

/* Name, status, other names and what there is to know besides. */
static void
print_facts (const FarePricingRequest *request,
             const FarePriceEntry     *entry)
{
  const char *note = fare_price_entry_get_note (entry);
  const char *review_after = fare_price_entry_get_review_after (entry);
  g_autofree char *aliases = g_strjoinv (", ", (GStrv) fare_price_entry_get_aliases (entry));
  g_autofree char *name = fare_print_clean (fare_price_entry_get_name (entry));
  g_autofree char *status = format_status (entry);
  gint64 review_ms = G_MAXINT64;

  fare_print_styled (FARE_STYLE_BOLD, name);
  fare_print (" (%s, %s): %s\n", fare_price_entry_get_id (entry),
              fare_price_entry_get_provider (entry), status);
  if (aliases[0] != '\0')
    {
      g_autofree char *clean = fare_print_clean (aliases);

      fare_print (_("Also called: %s"), clean);
      fare_print ("\n");
    }
  if (note != NULL)
    {
      g_autofree char *clean = fare_print_clean (note);

      fare_print ("%s\n", clean);
    }
  if (review_after != NULL && fare_price_time_parse (review_after, &review_ms)
      && review_ms <= request->now_ms)
    {
      fare_print_styled (FARE_STYLE_WARNING, _("The price may have changed."));
      fare_print ("\n");
    }
}

static void
print_sources (const FarePriceEntry *entry)
{
  g_autofree char *sources = g_strjoinv (", ", (GStrv) fare_price_entry_get_sources (entry));
  g_autofree char *clean = fare_print_clean (sources);
  const char *as_of = fare_price_entry_get_as_of (entry);

  if (clean[0] == '\0')
    return;

  /* Translators: names of price lists, and the day they were last compared */
  fare_print (_("Sources: %s; last seen %s"), clean, as_of != NULL ? as_of : "–");
  fare_print ("\n");
}

static void
print_entry (const FarePricingRequest *request,
             const FarePriceEntry     *entry)
{
  const FarePriceEntry *shipped = fare_price_entry_get_shipped (entry);

  print_facts (request, entry);
  if (fare_price_entry_get_rates (entry)->segments->len > 0)
    {
      fare_print ("%s\n", _("USD per million tokens:"));
      print_segments (entry);
    }
  print_modes (fare_price_entry_get_rates (entry));
  print_sources (entry);

  if (shipped != NULL)
    {
      fare_print ("\n%s\n", _("The shipped table says:"));
      print_segments (shipped);
    }
}

FareExit
fare_pricing_show (const FarePricingRequest *request)
{
  FareExit status;
  g_autoptr(FarePriceBook) book = fare_pricing_load_book (request, &status);
  FarePriceMatch match;

  if (book == NULL)
    return status;

  match = fare_price_book_match (book, request->provider, request->word);
  if (match.entry == NULL)
    {
      fare_print_message (_("“%s” has no price. %s"), request->word,
                          fare_unpriced_to_sentence (match.reason));
      return FARE_EXIT_FAILED;
    }

  if (request->json)
    fare_pricing_write_entry (match.entry);
  else
    print_entry (request, match.entry);
  return FARE_EXIT_DONE;
}
