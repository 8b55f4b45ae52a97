/* fare-pricing-data.c
 *
 * Everything the Pricing page shows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "base/fare-text.h"
#include "models/fare-pricing-data.h"
#include "pricing/fare-price-json.h"
#include "pricing/fare-price-list.h"
#include "pricing/fare-price-revision.h"
#include "pricing/fare-price-time.h"

void
fare_pricing_data_free (FarePricingData *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->range_title);
  g_free (self->prices_path);
  g_free (self->prices_label);
  g_strfreev (self->problems);
  g_free (self->tokdash_path);
  g_free (self);
}

/* What a load needs besides its result. */
typedef struct
{
  const FareQuestion *question;
  FarePriceBook      *prices;
  FarePricingData    *data;
  GHashTable         *by_id;   /* entry's id → FarePricingLine, borrowed */
  gint64              now_ms;
} Load;

static FarePricingLine *
add_line (Load       *load,
          const char *key,
          const char *name,
          const char *provider)
{
  FarePricingLine *line = fare_pricing_line_new ();

  line->key = g_strdup (key);
  line->name = g_strdup (name);
  line->provider = g_strdup (provider);
  line->aliases = g_strdup ("");
  g_ptr_array_add (load->data->lines, line);

  return line;
}

static FarePricingSource
get_source (const FarePriceEntry *entry)
{
  switch (fare_price_entry_get_origin (entry))
    {
    case FARE_PRICE_CHANGED:
      return FARE_PRICING_EDITED;

    case FARE_PRICE_OWN:
      return FARE_PRICING_ADDED;

    case FARE_PRICE_SHIPPED:
    default:
      return FARE_PRICING_BUILT_IN;
    }
}

/* "12 Nov 2026" for "2026-11-12"; anything else as it stands. */
static char *
describe_date (const Load *load,
               const char *date)
{
  gint32 day;

  return fare_price_date_parse (date, &day) ? fare_text_day (day, load->data->today)
                                            : g_strdup (date);
}

/* The one thing about a price that is worth a line of its own. */
static char *
describe_note (const Load           *load,
               const FarePriceEntry *entry)
{
  const FarePriceEntry *shipped = fare_price_entry_get_shipped (entry);
  const char *as_of = fare_price_entry_get_as_of (entry);
  const char *shipped_as_of = shipped != NULL ? fare_price_entry_get_as_of (shipped) : NULL;
  const char *review = fare_price_entry_get_review_after (entry);
  g_autofree char *today = fare_price_time_to_string (load->now_ms - load->now_ms % 86400000);
  g_autofree char *day = NULL;

  if (shipped_as_of != NULL && (as_of == NULL || strcmp (shipped_as_of, as_of) > 0))
    {
      day = describe_date (load, shipped_as_of);
      /* Translators: the placeholder is a date */
      return g_strdup_printf (_("The built-in price is newer than yours: %s"), day);
    }

  if (review != NULL && strcmp (review, today) < 0)
    {
      day = describe_date (load, review);
      return g_strdup_printf (_("The price may have changed after %s"), day);
    }

  return NULL;
}

static void
add_entry (Load                 *load,
           const FarePriceEntry *entry)
{
  const FarePriceEntry *shipped = fare_price_entry_get_shipped (entry);
  const char *id = fare_price_entry_get_id (entry);
  FarePricingLine *line = add_line (load, id, fare_price_entry_get_name (entry),
                                    fare_price_entry_get_provider (entry));

  line->id = g_strdup (id);
  g_free (line->aliases);
  line->aliases = g_strjoinv (" ", (GStrv) fare_price_entry_get_aliases (entry));
  line->source = get_source (entry);
  line->is_changed = line->source != FARE_PRICING_BUILT_IN;
  line->is_estimate = fare_price_entry_is_estimate (entry);
  line->can_price = TRUE;
  line->note = describe_note (load, entry);
  line->has_rates = fare_pricing_line_read_rates (entry, load->now_ms, line->rates);
  if (shipped != NULL)
    line->has_shipped = fare_pricing_line_read_rates (shipped, load->now_ms, line->shipped);

  g_hash_table_insert (load->by_id, line->id, line);
}

static void
add_sums (FareSums       *to,
          const FareSums *sums)
{
  fare_usage_add (&to->usage, &sums->usage, 1);
  to->messages += sums->messages;
  to->web_searches += sums->web_searches;
  /* Of several names of one model the sessions are not told apart. */
  to->sessions = MAX (to->sessions, sums->sessions);
  to->cost += sums->cost;
  to->unpriced_tokens += sums->unpriced_tokens;
  to->has_price = to->has_price || sums->has_price;
  to->is_estimate = to->is_estimate || sums->is_estimate;
}

/* Reasons that no entry can do anything about: the name never gets as far as the table. */
static gboolean
is_hopeless (FareUnpriced reason)
{
  return reason == FARE_UNPRICED_EMPTY || reason == FARE_UNPRICED_MALFORMED ||
         reason == FARE_UNPRICED_OPAQUE_ARN || reason == FARE_UNPRICED_PROVIDER_CONFLICT;
}

static FarePricingLine *
add_nameless (Load                 *load,
              const FareSummaryRow *row)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s", row->provider != NULL ? row->provider : "",
                                          row->key);
  FarePricingLine *line = add_line (load, key, *row->title != '\0' ? row->title : _("no name"),
                                    row->provider != NULL ? row->provider : "");

  line->source = FARE_PRICING_LOGGED;
  line->can_price = !is_hopeless (row->reason);
  line->logged_provider = g_strdup (row->provider);

  return line;
}

static void
add_use (Load                 *load,
         const FareSummaryRow *row)
{
  FarePriceMatch match = fare_price_book_match (load->prices, row->provider, row->key);
  FarePricingLine *line = NULL;

  if (match.entry != NULL)
    line = g_hash_table_lookup (load->by_id, fare_price_entry_get_id (match.entry));
  if (line == NULL)
    line = add_nameless (load, row);

  line->is_used = TRUE;
  if (line->used_name == NULL)
    line->used_name = g_strdup (row->key);
  add_sums (&line->sums, &row->sums);

  if (row->sums.unpriced_tokens > 0 && line->source != FARE_PRICING_MISSING)
    {
      line->source = FARE_PRICING_MISSING;
      line->reason = row->reason != FARE_UNPRICED_NOT ? row->reason : match.reason;
      line->can_price = !is_hopeless (line->reason);
      g_free (line->logged_name);
      line->logged_name = g_strdup (row->key);
      g_free (line->logged_provider);
      line->logged_provider = g_strdup (row->provider);
    }
}

static gboolean
load_use (Load             *load,
          FareIndexReader  *reader,
          GError          **error)
{
  g_autoptr(FareSummary) summary = NULL;
  FareQuery query = { .zone = load->question->now.zone };

  fare_range_to_span (load->question->range, query.zone, &query.from_ms, &query.to_ms);
  summary = fare_summary_new (reader, load->prices, &query, FARE_GROUP_MODEL, error);
  if (summary == NULL)
    return FALSE;

  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    add_use (load, fare_summary_get_row (summary, i));

  load->data->total = *fare_summary_get_total (summary);

  return TRUE;
}

/* Who has to be known before an entry can apply. */
static void
find_sellers (Load          *load,
              FarePriceEdit *edit)
{
  for (guint i = 0; i < load->data->lines->len; i++)
    {
      FarePricingLine *line = g_ptr_array_index (load->data->lines, i);
      g_autofree char *target = NULL;

      if (line->source != FARE_PRICING_MISSING || line->id != NULL || !line->can_price)
        continue;

      target = fare_price_edit_dup_target (edit, line->logged_provider, line->logged_name,
                                           &line->seller);
      line->can_price = target != NULL;
      if (line->seller == NULL)
        line->target = g_steal_pointer (&target);
    }
}

static void
add_hidden (Load          *load,
            FarePriceEdit *edit)
{
  g_auto(GStrv) ids = fare_price_edit_dup_ids (edit);

  load->data->n_changed = g_strv_length (ids);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      JsonNode *shipped = fare_price_edit_get_shipped (edit, ids[i]);
      g_autoptr(JsonNode) present = fare_price_edit_dup_entry (edit, ids[i]);
      g_autoptr(FarePriceEntry) entry = NULL;

      if (present != NULL || shipped == NULL)
        continue;

      entry = fare_price_entry_read (json_node_get_object (shipped), NULL);
      if (entry != NULL)
        {
          FarePricingLine *line;

          add_entry (load, entry);
          line = g_ptr_array_index (load->data->lines, load->data->lines->len - 1);
          line->source = FARE_PRICING_HIDDEN;
          line->is_changed = TRUE;
        }
    }
}

static int
get_rank (const FarePricingLine *line)
{
  return line->source == FARE_PRICING_MISSING   ? 0
         : line->is_used                        ? 1
         : line->source == FARE_PRICING_HIDDEN  ? 3
                                                : 2;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const FarePricingLine *one = *(FarePricingLine **) a;
  const FarePricingLine *other = *(FarePricingLine **) b;
  int rank = get_rank (one) - get_rank (other);
  gint64 tokens = fare_usage_total (&one->sums.usage);
  gint64 other_tokens = fare_usage_total (&other->sums.usage);

  if (rank != 0)
    return rank;

  if (one->source == FARE_PRICING_MISSING && one->sums.unpriced_tokens != other->sums.unpriced_tokens)
    return one->sums.unpriced_tokens > other->sums.unpriced_tokens ? -1 : 1;

  if (one->sums.cost != other->sums.cost)
    return one->sums.cost > other->sums.cost ? -1 : 1;

  if (tokens != other_tokens)
    return tokens > other_tokens ? -1 : 1;

  rank = g_utf8_collate (one->name, other->name);

  return rank != 0 ? rank : strcmp (one->key, other->key);
}

/* The file itself where it exists, else the nearest folder that does. */
static gboolean
can_write (const char *path)
{
  g_autofree char *folder = NULL;

  if (access (path, F_OK) == 0 && access (path, W_OK) != 0)
    return FALSE;

  folder = g_path_get_dirname (path);
  while (access (folder, F_OK) != 0 && errno == ENOENT && strlen (folder) > 1)
    {
      g_autofree char *inner = g_steal_pointer (&folder);

      folder = g_path_get_dirname (inner);
    }

  return access (folder, W_OK) == 0;
}

/* Whether the files have to be asked what the book no longer knows. */
static gboolean
needs_edit (Load *load)
{
  if (g_file_test (load->data->prices_path, G_FILE_TEST_EXISTS))
    return TRUE;

  for (guint i = 0; i < load->data->lines->len; i++)
    {
      const FarePricingLine *line = g_ptr_array_index (load->data->lines, i);

      if (line->source == FARE_PRICING_MISSING && line->id == NULL)
        return TRUE;
    }

  return FALSE;
}

static void
load_files (Load *load)
{
  FarePaths *paths = fare_meter_get_paths (load->question->meter);
  FarePricingData *data = load->data;
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json",
                                               NULL);
  g_autofree char *tokdash = g_build_filename (fare_paths_get_home (paths), ".tokdash",
                                               "pricing_db.json", NULL);
  g_autoptr(FarePriceEdit) edit = NULL;

  data->prices_path = g_strdup (fare_paths_get_prices_file (paths));
  data->prices_label = fare_text_path (data->prices_path);
  data->is_writable = can_write (data->prices_path);
  data->problems = g_strdupv ((GStrv) fare_price_book_get_problems (load->prices));

  if (g_file_test (tokdash, G_FILE_TEST_IS_REGULAR))
    data->tokdash_path = g_steal_pointer (&tokdash);

  if (!needs_edit (load))
    return;

  /* A damaged file is among the problems already; nothing can be changed until it is mended. */
  edit = fare_price_edit_open (shipped, data->prices_path, NULL);
  if (edit != NULL)
    {
      add_hidden (load, edit);
      find_sellers (load, edit);
    }
}

static FarePricingData *
load_snapshot (const FareQuestion  *question,
               GCancellable        *cancellable,
               GError             **error)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(FarePricingData) data = NULL;
  g_autoptr(GHashTable) by_id = NULL;
  gint32 updated = 0;
  Load load;

  if (reader == NULL)
    return NULL;

  prices = fare_meter_ref_prices (question->meter);
  by_id = g_hash_table_new (g_str_hash, g_str_equal);
  data = g_new0 (FarePricingData, 1);
  data->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_pricing_line_unref);
  data->range = question->range;
  data->range_title = fare_period_to_title (question->period, question->range, &question->now);
  data->today = fare_day_of (question->now.zone, question->now.now_ms);
  data->n_entries = fare_price_book_get_n_entries (prices);
  if (fare_price_date_parse (fare_price_book_get_updated (prices), &updated))
    data->updated = updated;
  load = (Load) { question, prices, data, by_id, question->now.now_ms };

  for (guint i = 0; i < data->n_entries; i++)
    add_entry (&load, fare_price_book_get_entry (prices, i));

  if (!load_use (&load, reader, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  load_files (&load);
  g_ptr_array_sort (data->lines, compare_lines);
  for (guint i = 0; i < data->lines->len; i++)
    if (((FarePricingLine *) g_ptr_array_index (data->lines, i))->source == FARE_PRICING_MISSING)
      data->n_missing++;

  return g_steal_pointer (&data);
}

gpointer
fare_pricing_data_load (const FareQuestion  *question,
                       GCancellable        *cancellable,
                       GError             **error)
{
  g_return_val_if_fail (question != NULL, NULL);

  return load_snapshot (question, cancellable, error);
}
