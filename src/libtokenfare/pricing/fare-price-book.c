/* fare-price-book.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-book-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pricing/fare-price-entry.h"
#include "pricing/fare-price-file.h"
#include "pricing/fare-price-list.h"
#include "pricing/fare-price-matcher.h"

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

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (fare_price_entry_get_id (*(FarePriceEntry * const *) a),
                 fare_price_entry_get_id (*(FarePriceEntry * const *) b));
}

/* Lays the user's entries over the shipped ones: an entry replaces its namesake as a whole, and own
 * names win over shipped ones. */
static void
take_own (FarePriceBook *self,
          FarePriceFile *file)
{
  for (guint i = 0; i < file->removed->len; i++)
    g_hash_table_add (self->hidden, g_strdup (file->removed->pdata[i]));

  self->own = g_ptr_array_ref (file->entries);
  for (guint i = 0; i < self->own->len; i++)
    {
      FarePriceEntry *own = self->own->pdata[i];
      char *key = fare_model_name_to_key (fare_price_entry_get_id (own));
      const FarePriceEntry *shipped = fare_price_catalog_find_id (self->shipped, key);

      fare_price_entry_set_origin (own, shipped != NULL ? FARE_PRICE_CHANGED : FARE_PRICE_OWN,
                                   shipped);
      fare_price_entry_put_keys (own, self->own_keys);
      g_hash_table_add (self->hidden, key);
    }
}

static gboolean
is_hidden (FarePriceBook        *self,
           const FarePriceEntry *entry)
{
  g_autofree char *key = NULL;

  if (g_hash_table_size (self->hidden) == 0)
    return FALSE;

  key = fare_model_name_to_key (fare_price_entry_get_id (entry));
  return g_hash_table_contains (self->hidden, key);
}

/* A FarePriceLookup. */
static const FarePriceEntry *
look_up (gpointer    data,
         const char *key)
{
  FarePriceBook *self = data;
  const FarePriceEntry *entry = g_hash_table_lookup (self->own_keys, key);

  if (entry != NULL)
    return entry;

  entry = fare_price_catalog_find (self->shipped, key);
  return entry != NULL && !is_hidden (self, entry) ? entry : NULL;
}

/* Returns: (transfer none): all entries in force, by id */
static GPtrArray *
ensure_entries (FarePriceBook *self)
{
  const GPtrArray *shipped = fare_price_catalog_list (self->shipped);

  g_mutex_lock (&self->mutex);
  if (self->entries == NULL)
    {
      self->entries = g_ptr_array_new ();
      for (guint i = 0; i < shipped->len; i++)
        if (!is_hidden (self, shipped->pdata[i]))
          g_ptr_array_add (self->entries, shipped->pdata[i]);
      for (guint i = 0; i < self->own->len; i++)
        g_ptr_array_add (self->entries, self->own->pdata[i]);
      g_ptr_array_sort (self->entries, compare_ids);
    }
  g_mutex_unlock (&self->mutex);

  return self->entries;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* Replaced and hidden entries count as well: bands of prompt sizes then stay the same when the
 * user changes a price. */
static void
build_thresholds (FarePriceBook *self)
{
  const GArray *shipped = fare_price_catalog_get_thresholds (self->shipped);
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (numbers, shipped->data, shipped->len);
  for (guint i = 0; i < self->own->len; i++)
    fare_rates_add_thresholds (fare_price_entry_get_rates (self->own->pdata[i]), numbers);
  g_array_sort (numbers, compare_numbers);

  for (guint i = 0; i < numbers->len; i++)
    if (i == 0 || g_array_index (numbers, gint64, i) != g_array_index (numbers, gint64, i - 1))
      g_array_append_val (self->thresholds, g_array_index (numbers, gint64, i));
}

static void
add_problems (GPtrArray       *target,
              const GPtrArray *source)
{
  for (guint i = 0; i < source->len; i++)
    g_ptr_array_add (target, g_strdup (source->pdata[i]));
}

/* Loads the user's file; it need not exist, and a broken one is only reported. */
static void
load_own (FarePriceBook *self,
          const char    *path,
          const char    *classes_path)
{
  g_autoptr(GHashTable) classes = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(FarePriceFile) file = NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return;

  classes = fare_price_file_load_classes (classes_path);
  file = fare_price_file_load (path, classes, &error);
  if (file == NULL)
    {
      g_ptr_array_add (self->own_problems,
                       g_strdup_printf (_("Your own prices are not used: %s."), error->message));
      return;
    }

  fare_price_file_add_sellers (file, fare_price_catalog_get_sellers (self->shipped));
  add_problems (self->own_problems, file->problems);
  take_own (self, file);
}

/* Faults of both files, the shipped one first. */
static GPtrArray *
ensure_problems (FarePriceBook *self)
{
  const GPtrArray *shipped = fare_price_catalog_get_problems (self->shipped);

  g_mutex_lock (&self->mutex);
  if (self->problems == NULL)
    {
      self->problems = g_ptr_array_new_with_free_func (g_free);
      add_problems (self->problems, shipped);
      add_problems (self->problems, self->own_problems);
      g_ptr_array_add (self->problems, NULL);
    }
  g_mutex_unlock (&self->mutex);

  return self->problems;
}

/* One sentence, however much is wrong; the rest is told by "tokenfare pricing check", which alone
 * reads the whole shipped table. */
static char *
dup_warning (FarePriceBook *self)
{
  const GPtrArray *problems = self->own_problems;
  guint n = problems->len;

  if (fare_price_catalog_is_whole (self->shipped))
    {
      problems = ensure_problems (self);
      n = problems->len - 1;
    }

  if (n < 2)
    return n > 0 ? g_strdup (problems->pdata[0]) : NULL;

  /* Translators: %s is a whole sentence about a fault in a price file */
  return g_strdup_printf (ngettext ("%s There is %u more fault in the price files.",
                                    "%s There are %u more faults in the price files.", n - 1),
                          (char *) problems->pdata[0], n - 1);
}

static FarePriceMatch
find_match (FarePriceBook *self,
            const char    *provider,
            const char    *name)
{
  return fare_price_matcher_find (fare_price_catalog_get_sellers (self->shipped), look_up, self,
                                  provider, name);
}

FarePriceBook *
fare_price_book_load (const char  *shipped_path,
                      const char  *user_path,
                      char       **warning,
                      GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (shipped_path);
  g_autofree char *classes_path = g_build_filename (folder, "energy.json", NULL);
  FarePriceCatalog *shipped = fare_price_catalog_load (shipped_path, classes_path, error);
  FarePriceBook *self = NULL;

  if (warning != NULL)
    *warning = NULL;
  if (shipped == NULL)
    return NULL;

  self = fare_price_book_new ();
  self->find = find_match;
  self->free_shipped = (GDestroyNotify) fare_price_catalog_free;
  self->shipped = shipped;
  load_own (self, user_path, classes_path);
  if (self->own == NULL)
    self->own = g_ptr_array_new ();
  build_thresholds (self);

  if (warning != NULL)
    *warning = dup_warning (self);
  return self;
}

const char *
fare_price_book_get_updated (FarePriceBook *self)
{
  const char *updated = fare_price_catalog_get_updated (self->shipped);

  return updated != NULL ? updated : "";
}

guint
fare_price_book_get_n_entries (FarePriceBook *self)
{
  return ensure_entries (self)->len;
}

const FarePriceEntry *
fare_price_book_get_entry (FarePriceBook *self,
                           guint          index)
{
  const GPtrArray *entries = ensure_entries (self);

  g_return_val_if_fail (index < entries->len, NULL);

  return entries->pdata[index];
}

const FarePriceEntry *
fare_price_book_find_entry (FarePriceBook *self,
                            const char    *name)
{
  g_autofree char *normal = fare_model_name_normalise (name);
  g_autofree char *key = fare_model_name_to_key (normal);

  return look_up (self, key);
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

  return fare_sellers_find (fare_price_catalog_get_sellers (self->shipped), normal, &vendor)
         == FARE_SELLER_VENDOR ? vendor : NULL;
}

const char * const *
fare_price_book_get_problems (FarePriceBook *self)
{
  return (const char * const *) ensure_problems (self)->pdata;
}
