/* fare-price-book.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-book.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pricing/fare-price-entry.h"
#include "pricing/fare-price-file.h"
#include "pricing/fare-price-list.h"
#include "pricing/fare-price-matcher.h"

/* Logs name a handful of models.  A log that names thousands, or a megabyte for a name, must not
 * fill the memory. */
#define MEMORY_LIMIT 4096
#define NAME_LIMIT 1024 /* bytes */

struct _FarePriceBook
{
  gatomicrefcount  ref_count;

  GPtrArray       *shipped;    /* of FarePriceEntry, all of the shipped file */
  GPtrArray       *own;        /* of FarePriceEntry, all of the user's file */
  GPtrArray       *entries;    /* of both, those in force, by id */
  GHashTable      *keys;       /* comparison key to FarePriceEntry in force */
  FareSellers     *sellers;
  GArray          *thresholds; /* of gint64, ascending */
  GPtrArray       *problems;   /* of char *, NULL at the end */
  char            *updated;

  GMutex           mutex;      /* guards what follows */
  GHashTable      *matches;    /* provider and name to FarePriceMatch */
};

G_DEFINE_QUARK (fare-price-error-quark, fare_price_error)

/* In the order of FareUnpriced. */
static const struct
{
  const char *id;
  const char *sentence;
} reasons[] = {
  { NULL, NULL },
  { "empty", N_("The log does not name the model.") },
  { "malformed", N_("The name is damaged.") },
  { "no-entry", N_("No model of this name is in the price table.") },
  { "unknown-prefix", N_("Who sold this is not known, so its price is not known either.") },
  { "provider-conflict", N_("This provider does not make this model.") },
  { "unknown-suffix", N_("The end of the name may change the price in a way that is not known.") },
  { "suffix-not-accepted", N_("The model is known, but not with this ending of its name.") },
  { "opaque-arn", N_("The name is an identifier that does not tell the model.") },
  { "unknown-region-price", N_("The price in this region is not known.") },
  { "unknown-host-price", N_("The price of this host is not known.") },
  { "unpriced-entry", N_("The model is known and has no public price.") },
  { "before-first-price", N_("The request is older than the first known price.") },
};

const char *
fare_unpriced_to_id (FareUnpriced reason)
{
  return reasons[reason].id;
}

const char *
fare_unpriced_to_sentence (FareUnpriced reason)
{
  return reason != FARE_UNPRICED_NOT ? _(reasons[reason].sentence) : "";
}

static void
set_keys (FarePriceBook  *self,
          FarePriceEntry *entry)
{
  const char * const *aliases = fare_price_entry_get_aliases (entry);

  g_hash_table_replace (self->keys, fare_model_name_to_key (fare_price_entry_get_id (entry)),
                        entry);
  for (guint i = 0; aliases[i] != NULL; i++)
    g_hash_table_replace (self->keys, fare_model_name_to_key (aliases[i]), entry);
}

static FarePriceEntry *
find_by_id (GHashTable *by_id,
            const char *id)
{
  g_autofree char *key = fare_model_name_to_key (id);

  return g_hash_table_lookup (by_id, key);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (fare_price_entry_get_id (*(FarePriceEntry * const *) a),
                 fare_price_entry_get_id (*(FarePriceEntry * const *) b));
}

/* Lays the user's entries over the shipped ones: an entry replaces its namesake as a whole. */
static void
merge_entries (FarePriceBook *self,
               GPtrArray     *removed)
{
  g_autoptr(GHashTable) hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; removed != NULL && i < removed->len; i++)
    g_hash_table_add (hidden, g_strdup (removed->pdata[i]));

  for (guint i = 0; i < self->shipped->len; i++)
    {
      FarePriceEntry *entry = self->shipped->pdata[i];

      g_hash_table_replace (by_id, fare_model_name_to_key (fare_price_entry_get_id (entry)), entry);
    }

  for (guint i = 0; i < self->own->len; i++)
    {
      FarePriceEntry *own = self->own->pdata[i];
      const FarePriceEntry *shipped = find_by_id (by_id, fare_price_entry_get_id (own));

      fare_price_entry_set_origin (own, shipped != NULL ? FARE_PRICE_CHANGED : FARE_PRICE_OWN,
                                   shipped);
      g_hash_table_add (hidden, fare_model_name_to_key (fare_price_entry_get_id (own)));
    }

  for (guint i = 0; i < self->shipped->len; i++)
    {
      FarePriceEntry *entry = self->shipped->pdata[i];
      g_autofree char *key = fare_model_name_to_key (fare_price_entry_get_id (entry));

      if (g_hash_table_contains (hidden, key))
        continue;
      set_keys (self, entry);
      g_ptr_array_add (self->entries, entry);
    }

  /* Own names win over shipped ones. */
  for (guint i = 0; i < self->own->len; i++)
    {
      set_keys (self, self->own->pdata[i]);
      g_ptr_array_add (self->entries, self->own->pdata[i]);
    }

  g_ptr_array_sort (self->entries, compare_ids);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static void
collect_thresholds (GArray         *numbers,
                    FarePriceEntry *entry)
{
  const FareRates *rates = fare_price_entry_get_rates (entry);

  for (guint i = 0; i < rates->segments->len; i++)
    {
      const FareRateSegment *segment = &g_array_index (rates->segments, FareRateSegment, i);

      for (guint j = 0; j < segment->tiers->len; j++)
        g_array_append_val (numbers, g_array_index (segment->tiers, FareRateTier, j).above);
    }

  for (guint i = 0; i < G_N_ELEMENTS (rates->mode); i++)
    if (rates->mode[i].max_prompt != G_MAXINT64)
      g_array_append_val (numbers, rates->mode[i].max_prompt);
}

/* Replaced and hidden entries count as well: bands of prompt sizes then stay the same when the
 * user changes a price. */
static void
build_thresholds (FarePriceBook *self)
{
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->shipped->len; i++)
    collect_thresholds (numbers, self->shipped->pdata[i]);
  for (guint i = 0; i < self->own->len; i++)
    collect_thresholds (numbers, self->own->pdata[i]);
  g_array_sort (numbers, compare_numbers);

  for (guint i = 0; i < numbers->len; i++)
    if (i == 0 || g_array_index (numbers, gint64, i) != g_array_index (numbers, gint64, i - 1))
      g_array_append_val (self->thresholds, g_array_index (numbers, gint64, i));
}

static void
take_problems (FarePriceBook *self,
               FarePriceFile *file)
{
  for (guint i = 0; i < file->problems->len; i++)
    g_ptr_array_add (self->problems, g_strdup (file->problems->pdata[i]));
}

static FarePriceBook *
book_new (void)
{
  FarePriceBook *self = g_new0 (FarePriceBook, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->entries = g_ptr_array_new ();
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sellers = fare_sellers_new ();
  self->thresholds = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->matches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/* Loads the user's file; it need not exist, and a broken one is only reported. */
static FarePriceFile *
load_own (FarePriceBook *self,
          const char    *path,
          GHashTable    *classes)
{
  g_autoptr(GError) error = NULL;
  FarePriceFile *file = NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;

  file = fare_price_file_load (path, classes, &error);
  if (file == NULL)
    g_ptr_array_add (self->problems,
                     g_strdup_printf (_("Your own prices are not used: %s."), error->message));
  return file;
}

/* One sentence, however much is wrong; the rest is told by "tokenfare pricing check". */
static char *
dup_warning (FarePriceBook *self)
{
  guint n_more = self->problems->len > 0 ? self->problems->len - 1 : 0;

  if (self->problems->len == 0)
    return NULL;
  if (n_more == 0)
    return g_strdup (self->problems->pdata[0]);

  /* Translators: %s is a whole sentence about a fault in a price file */
  return g_strdup_printf (ngettext ("%s There is %u more fault in the price files.",
                                    "%s There are %u more faults in the price files.", n_more),
                          (char *) self->problems->pdata[0], n_more);
}

FarePriceBook *
fare_price_book_load (const char  *shipped_path,
                      const char  *user_path,
                      char       **warning,
                      GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (shipped_path);
  g_autofree char *energy_path = g_build_filename (folder, "energy.json", NULL);
  g_autoptr(GHashTable) classes = fare_price_file_load_classes (energy_path);
  g_autoptr(FarePriceFile) shipped = fare_price_file_load (shipped_path, classes, error);
  g_autoptr(FarePriceFile) own = NULL;
  g_autoptr(FarePriceBook) self = NULL;

  if (warning != NULL)
    *warning = NULL;
  if (shipped == NULL)
    return NULL;

  self = book_new ();
  own = load_own (self, user_path, classes);

  fare_price_file_add_sellers (shipped, self->sellers);
  take_problems (self, shipped);
  if (own != NULL)
    {
      fare_price_file_add_sellers (own, self->sellers);
      take_problems (self, own);
    }

  self->updated = g_strdup (shipped->updated != NULL ? shipped->updated : "");
  self->shipped = g_ptr_array_ref (shipped->entries);
  self->own = own != NULL ? g_ptr_array_ref (own->entries) : g_ptr_array_new ();
  merge_entries (self, own != NULL ? own->removed : NULL);
  build_thresholds (self);

  if (warning != NULL)
    *warning = dup_warning (self);
  g_ptr_array_add (self->problems, NULL);
  return g_steal_pointer (&self);
}

FarePriceBook *
fare_price_book_ref (FarePriceBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fare_price_book_unref (FarePriceBook *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->matches);
  g_mutex_clear (&self->mutex);
  g_free (self->updated);
  g_ptr_array_unref (self->problems);
  g_array_unref (self->thresholds);
  fare_sellers_free (self->sellers);
  g_hash_table_unref (self->keys);
  g_ptr_array_unref (self->entries);
  g_clear_pointer (&self->own, g_ptr_array_unref);
  g_clear_pointer (&self->shipped, g_ptr_array_unref);
  g_free (self);
}

FarePriceMatch
fare_price_book_match (FarePriceBook *self,
                       const char    *provider,
                       const char    *name)
{
  g_autofree char *key = NULL;
  const FarePriceMatch *known = NULL;
  FarePriceMatch match;

  g_return_val_if_fail (self != NULL, (FarePriceMatch) { .reason = FARE_UNPRICED_NO_ENTRY });

  if (provider == NULL)
    provider = "";
  if (name == NULL)
    name = "";
  if (strlen (provider) > NAME_LIMIT || strlen (name) > NAME_LIMIT)
    return fare_price_matcher_find (self->sellers, self->keys, provider, name);

  /* Any character may be in either, so the length says where the first one ends. */
  key = g_strdup_printf ("%u:%s:%s", (guint) strlen (provider), provider, name);

  g_mutex_lock (&self->mutex);
  known = g_hash_table_lookup (self->matches, key);
  if (known != NULL)
    match = *known;
  g_mutex_unlock (&self->mutex);
  if (known != NULL)
    return match;

  match = fare_price_matcher_find (self->sellers, self->keys, provider, name);

  g_mutex_lock (&self->mutex);
  if (g_hash_table_size (self->matches) >= MEMORY_LIMIT)
    g_hash_table_remove_all (self->matches);
  g_hash_table_replace (self->matches, g_steal_pointer (&key),
                        g_memdup2 (&match, sizeof match));
  g_mutex_unlock (&self->mutex);

  return match;
}

FarePrice
fare_price_book_cost (FarePriceBook        *self,
                      const FarePriceMatch *match,
                      FareModes             modes,
                      gint64                prompt_size,
                      gint64                time_ms,
                      const FareUsage      *usage)
{
  FarePrice price = { .reason = match->reason };

  if (match->reason != FARE_UNPRICED_NOT)
    return price;

  if (!fare_rates_cost (fare_price_entry_get_rates (match->entry), modes | match->modes,
                        prompt_size, time_ms, usage, &price.usd, &price.is_estimate))
    return (FarePrice) { .reason = FARE_UNPRICED_BEFORE_FIRST_PRICE };

  if (fare_price_entry_is_estimate (match->entry))
    price.is_estimate = TRUE;
  return price;
}

gboolean
fare_price_book_is_steady (FarePriceBook        *self,
                           const FarePriceMatch *match,
                           gint64                from_ms,
                           gint64                to_ms)
{
  return match->reason != FARE_UNPRICED_NOT
         || fare_rates_is_steady (fare_price_entry_get_rates (match->entry), from_ms, to_ms);
}

const gint64 *
fare_price_book_get_thresholds (FarePriceBook *self,
                                guint         *n_thresholds)
{
  *n_thresholds = self->thresholds->len;
  return (const gint64 *) self->thresholds->data;
}

const char *
fare_price_book_get_updated (FarePriceBook *self)
{
  return self->updated;
}

guint
fare_price_book_get_n_entries (FarePriceBook *self)
{
  return self->entries->len;
}

const FarePriceEntry *
fare_price_book_get_entry (FarePriceBook *self,
                           guint          index)
{
  g_return_val_if_fail (index < self->entries->len, NULL);

  return self->entries->pdata[index];
}

const FarePriceEntry *
fare_price_book_find_entry (FarePriceBook *self,
                            const char    *name)
{
  g_autofree char *normal = fare_model_name_normalise (name);
  g_autofree char *key = fare_model_name_to_key (normal);

  return g_hash_table_lookup (self->keys, key);
}

FareModes
fare_price_book_pick_modes (FarePriceBook        *self,
                            const FarePriceMatch *match,
                            FareModes             modes,
                            gint64                prompt_size)
{
  if (match->entry == NULL)
    return FARE_MODE_NONE;

  return fare_rates_pick_modes (fare_price_entry_get_rates (match->entry), modes | match->modes,
                                prompt_size, NULL);
}

const char *
fare_price_book_get_vendor (FarePriceBook *self,
                            const char    *name)
{
  g_autofree char *normal = fare_model_name_normalise (name);
  const char *vendor = NULL;

  return fare_sellers_find (self->sellers, normal, &vendor) == FARE_SELLER_VENDOR ? vendor : NULL;
}

const char * const *
fare_price_book_get_problems (FarePriceBook *self)
{
  return (const char * const *) self->problems->pdata;
}
