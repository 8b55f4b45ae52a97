/* fare-pricing-write.c
 *
 * The JSON of tokenfare pricing list and show.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-json-writer.h"
#include "fare-pricing-actions.h"
#include "pricing/fare-price-list.h"
#include "pricing/fare-price-time.h"

static void
write_card (FareJsonWriter     *writer,
            const FareRateCard *card)
{
  fare_json_writer_add_double (writer, "input", card->input);
  fare_json_writer_add_double (writer, "cache_read", card->cache_read);
  fare_json_writer_add_double (writer, "cache_write_5m", card->cache_write_5m);
  fare_json_writer_add_double (writer, "cache_write_1h", card->cache_write_1h);
  fare_json_writer_add_double (writer, "output", card->output);
  fare_json_writer_add_double (writer, "reasoning", card->reasoning);
}

static void
write_facts (FareJsonWriter       *writer,
             const FarePriceEntry *entry)
{
  FarePriceStatus status = fare_price_entry_get_status (entry);

  fare_json_writer_add_string (writer, "id", fare_price_entry_get_id (entry));
  fare_json_writer_add_string (writer, "name", fare_price_entry_get_name (entry));
  fare_json_writer_add_string (writer, "provider", fare_price_entry_get_provider (entry));
  fare_json_writer_add_string (writer, "class", fare_price_entry_get_class (entry));
  fare_json_writer_add_string (writer, "status", fare_price_status_to_id (status));
  fare_json_writer_add_string (writer, "origin",
                               fare_price_origin_to_id (fare_price_entry_get_origin (entry)));
  fare_json_writer_add_string (writer, "as_of", fare_price_entry_get_as_of (entry));
  fare_json_writer_add_string (writer, "review_after",
                               fare_price_entry_get_review_after (entry));
}

void
fare_pricing_write_list (FarePriceBook            *book,
                         const FarePricingRequest *request)
{
  g_autoptr(FareJsonWriter) writer = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (writer, NULL);
  fare_json_writer_add_string (writer, "updated", fare_price_book_get_updated (book));
  fare_json_writer_begin_array (writer, "models");
  for (guint i = 0; i < fare_price_book_get_n_entries (book); i++)
    {
      const FarePriceEntry *entry = fare_price_book_get_entry (book, i);
      const FareRateSegment *segment = fare_rates_find_segment (fare_price_entry_get_rates (entry),
                                                                request->now_ms);

      if (!fare_pricing_wants (book, entry, request->provider))
        continue;

      fare_json_writer_begin_object (writer, NULL);
      write_facts (writer, entry);
      fare_json_writer_add_boolean (writer, "priced", segment != NULL);
      if (segment != NULL)
        write_card (writer, &segment->card);
      fare_json_writer_end_object (writer);
    }
  fare_json_writer_end_array (writer);
  fare_json_writer_end_object (writer);
}

static void
write_window (FareJsonWriter       *writer,
              const FareRateWindow *window)
{
  g_autofree char *from = fare_price_clock_to_string (window->from_ms);
  g_autofree char *to = fare_price_clock_to_string (window->to_ms);

  fare_json_writer_begin_object (writer, NULL);
  fare_json_writer_add_string (writer, "utc_from", from);
  fare_json_writer_add_string (writer, "utc_to", to);

  fare_json_writer_begin_array (writer, "days");
  for (int i = 0; i < 7; i++)
    if (window->days & (1u << i))
      fare_json_writer_add_int (writer, NULL, i + 1);
  fare_json_writer_end_array (writer);

  fare_json_writer_begin_array (writer, "except");
  for (guint i = 0; window->except != NULL && i < window->except->len; i++)
    {
      gint64 day = g_array_index (window->except, gint32, i);
      g_autofree char *date = fare_price_time_to_string (day * 86400000);

      fare_json_writer_add_string (writer, NULL, date);
    }
  fare_json_writer_end_array (writer);

  if (window->has_card)
    {
      fare_json_writer_begin_object (writer, "rates");
      write_card (writer, &window->card);
      fare_json_writer_end_object (writer);
    }
  else
    {
      fare_json_writer_add_double (writer, "multiplier", window->multiplier);
    }
  fare_json_writer_end_object (writer);
}

static void
write_segment (FareJsonWriter        *writer,
               const FareRateSegment *segment)
{
  g_autofree char *from = segment->from_ms != FARE_RATES_ALWAYS
                              ? fare_price_time_to_string (segment->from_ms)
                              : NULL;

  fare_json_writer_begin_object (writer, NULL);
  fare_json_writer_add_string (writer, "from", from);
  write_card (writer, &segment->card);

  fare_json_writer_begin_array (writer, "tiers");
  for (guint i = 0; i < segment->tiers->len; i++)
    {
      const FareRateTier *tier = &g_array_index (segment->tiers, FareRateTier, i);

      fare_json_writer_begin_object (writer, NULL);
      fare_json_writer_add_int (writer, "above", tier->above);
      write_card (writer, &tier->card);
      fare_json_writer_end_object (writer);
    }
  fare_json_writer_end_array (writer);

  fare_json_writer_begin_array (writer, "windows");
  for (guint i = 0; i < segment->windows->len; i++)
    write_window (writer, &g_array_index (segment->windows, FareRateWindow, i));
  fare_json_writer_end_array (writer);
  fare_json_writer_end_object (writer);
}

static void
write_segments (FareJsonWriter       *writer,
                const char           *name,
                const FarePriceEntry *entry)
{
  const FareRates *rates = fare_price_entry_get_rates (entry);

  fare_json_writer_begin_array (writer, name);
  for (guint i = 0; i < rates->segments->len; i++)
    write_segment (writer, &g_array_index (rates->segments, FareRateSegment, i));
  fare_json_writer_end_array (writer);
}

static void
write_modes (FareJsonWriter  *writer,
             const FareRates *rates)
{
  fare_json_writer_begin_object (writer, "modes");
  for (int i = 0; i < FARE_RATES_N_MODES; i++)
    {
      const FareRateMode *mode = &rates->mode[i];

      if ((rates->modes & (1u << i)) == 0)
        continue;

      fare_json_writer_begin_object (writer, fare_modes_to_name (1u << i));
      if (mode->has_card)
        write_card (writer, &mode->card);
      else
        fare_json_writer_add_double (writer, "multiplier", mode->multiplier);
      if (mode->max_prompt != G_MAXINT64)
        fare_json_writer_add_int (writer, "max_prompt", mode->max_prompt);
      fare_json_writer_end_object (writer);
    }
  fare_json_writer_end_object (writer);
}

static void
write_strings (FareJsonWriter     *writer,
               const char         *name,
               const char * const *strings)
{
  fare_json_writer_begin_array (writer, name);
  for (guint i = 0; strings[i] != NULL; i++)
    fare_json_writer_add_string (writer, NULL, strings[i]);
  fare_json_writer_end_array (writer);
}

void
fare_pricing_write_entry (const FarePriceEntry *entry)
{
  g_autoptr(FareJsonWriter) writer = fare_json_writer_new (FALSE);
  const FarePriceEntry *shipped = fare_price_entry_get_shipped (entry);
  gint64 context = fare_price_entry_get_context (entry);

  fare_json_writer_begin_object (writer, NULL);
  write_facts (writer, entry);
  if (context > 0)
    fare_json_writer_add_int (writer, "context", context);
  else
    fare_json_writer_add_null (writer, "context");
  fare_json_writer_add_string (writer, "note", fare_price_entry_get_note (entry));
  write_strings (writer, "aliases", fare_price_entry_get_aliases (entry));
  write_strings (writer, "sources", fare_price_entry_get_sources (entry));
  write_segments (writer, "prices", entry);
  write_modes (writer, fare_price_entry_get_rates (entry));
  if (shipped != NULL)
    write_segments (writer, "shipped", shipped);
  else
    fare_json_writer_add_null (writer, "shipped");
  fare_json_writer_end_object (writer);
}
