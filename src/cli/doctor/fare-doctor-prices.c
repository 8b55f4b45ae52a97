/* fare-doctor-prices.c
 *
 * The price table, the user's edits of it, and models that have no price.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include "accounting/fare-summary.h"
#include "base/fare-range.h"
#include "pricing/fare-price-list.h"

static void
unpriced_free (gpointer data)
{
  FareDoctorUnpriced *self = data;

  g_free (self->model);
  g_free (self->provider);
  g_free (self->reason);
  g_free (self);
}

static int
compare_tokens (gconstpointer a,
                gconstpointer b)
{
  const FareDoctorUnpriced *first = *(FareDoctorUnpriced * const *) a;
  const FareDoctorUnpriced *second = *(FareDoctorUnpriced * const *) b;

  return (first->tokens < second->tokens) - (first->tokens > second->tokens);
}

static void
find_unpriced (FareDoctor  *self,
               FareSummary *models)
{
  for (guint i = 0; i < fare_summary_get_n_rows (models); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (models, i);
      FareDoctorUnpriced *unpriced;

      if (row->sums.unpriced_tokens == 0)
        continue;
      unpriced = g_new0 (FareDoctorUnpriced, 1);
      unpriced->model = g_strdup (row->key);
      unpriced->provider = g_strdup (row->provider != NULL && *row->provider != '\0'
                                       ? row->provider : NULL);
      unpriced->reason = g_strdup (fare_unpriced_to_id (row->reason));
      unpriced->tokens = row->sums.unpriced_tokens;
      g_ptr_array_add (self->prices.unpriced, unpriced);
    }

  g_ptr_array_sort (self->prices.unpriced, compare_tokens);
}

static void
sum_up (FareDoctor      *self,
        FarePriceBook   *book,
        FareIndexReader *reader)
{
  const FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = self->zone };
  g_autoptr(FareSummary) models = NULL;
  const gint64 *thresholds;
  guint n_thresholds;

  thresholds = fare_price_book_get_thresholds (book, &n_thresholds);
  fare_index_reader_set_thresholds (reader, thresholds, n_thresholds);
  models = fare_summary_new (reader, book, &query, FARE_GROUP_MODEL, NULL);
  if (models == NULL)
    return;

  self->index.messages = fare_summary_get_total (models)->messages;
  find_unpriced (self, models);
}

static int
count_days_since (const char *date,
                  gint64      now_ms)
{
  g_autofree char *text = g_strconcat (date != NULL ? date : "", "T00:00:00Z", NULL);
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  gint64 days = time != NULL ? (now_ms / 1000 - g_date_time_to_unix (time)) / (24 * 60 * 60) : -1;

  return (int) CLAMP (days, -1, G_MAXINT);
}

static guint
count_overrides (FarePriceBook *book,
                 guint          n_models)
{
  guint n = 0;

  for (guint i = 0; i < n_models; i++)
    n += fare_price_entry_get_origin (fare_price_book_get_entry (book, i)) != FARE_PRICE_SHIPPED;

  return n;
}

void
fare_doctor_look_at_prices (FareDoctor      *self,
                            FareIndexReader *reader)
{
  FareDoctorPrices *prices = &self->prices;
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (self->paths),
                                               "models.json", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePriceBook) book = fare_price_book_load (shipped,
                                                        fare_paths_get_prices_file (self->paths),
                                                        NULL, &error);

  prices->unpriced = g_ptr_array_new_with_free_func (unpriced_free);
  prices->age_days = FARE_DOCTOR_UNKNOWN;
  if (book == NULL)
    {
      prices->error = g_strdup (error->message);
      prices->problems = g_new0 (char *, 1);
      return;
    }

  prices->updated = g_strdup (fare_price_book_get_updated (book));
  prices->age_days = count_days_since (prices->updated, self->now_ms);
  prices->problems = g_strdupv ((GStrv) fare_price_book_get_problems (book));
  prices->n_models = fare_price_book_get_n_entries (book);
  prices->n_overrides = count_overrides (book, prices->n_models);
  if (reader != NULL)
    sum_up (self, book, reader);
}
