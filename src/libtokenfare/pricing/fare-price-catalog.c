/* fare-price-catalog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-catalog.h"

#include <string.h>

#include "pricing/fare-price-file.h"
#include "pricing/fare-price-json.h"
#include "pricing/fare-price-scan.h"
#include "pricing/fare-price-time.h"

/* A name's place in the table of names: open addressing, no more than half full. */
typedef struct
{
  guint32 hash;
  guint32 name; /* its position in the scan's names plus one; 0 is free */
} Cell;

struct _FarePriceCatalog
{
  char            *text;
  gsize            length;
  char            *path;
  char            *classes_path;
  char            *updated;
  FarePriceScan    scan;
  Cell            *cells;
  guint32          mask;

  GMutex           mutex;   /* guards what follows; what is in it once stays */
  FarePriceEntry **entries; /* by position in the scan's entries; NULL when not read yet */
  GPtrArray       *read;    /* of FarePriceEntry: owns those that were read one by one */
  gboolean        *is_bad;  /* by position: read, and found to break a rule */
  GHashTable      *classes; /* (nullable): set of energy classes */
  gboolean         has_classes;
  FarePriceFile   *whole;   /* (nullable): all of it */
  GPtrArray       *list;    /* of FarePriceEntry: all */
  GPtrArray       *problems; /* of char *: why it could not be read as a whole */
  GHashTable      *by_key;  /* key to FarePriceEntry, for a file that could not be scanned */
  GHashTable      *by_id;
};

/* As fare_model_name_to_key() would write the byte. */
static inline char
key_byte (const char *text,
          gsize       length,
          gsize       i)
{
  if (text[i] == '.' && i > 0 && i + 1 < length && g_ascii_isdigit (text[i - 1])
      && g_ascii_isdigit (text[i + 1]))
    return '-';

  return text[i];
}

static guint32
hash_name (const char *text,
           gsize       length)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) key_byte (text, length, i)) * 16777619u;

  return hash;
}

static gboolean
names_equal (const FareSpan *a,
             const char     *text,
             gsize           length)
{
  if (a->length != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (key_byte (a->text, length, i) != key_byte (text, length, i))
      return FALSE;

  return TRUE;
}

static const FarePriceName *
get_name (FarePriceCatalog *self,
          guint32           i)
{
  return &g_array_index (self->scan.names, FarePriceName, i);
}

/* Returns: the cell of the name, or the free one where it belongs */
static Cell *
find_cell (FarePriceCatalog *self,
           const char       *text,
           gsize             length,
           guint32           hash)
{
  guint32 i = hash & self->mask;

  while (self->cells[i].name != 0
         && (self->cells[i].hash != hash
             || !names_equal (&get_name (self, self->cells[i].name - 1)->text, text, length)))
    i = (i + 1) & self->mask;

  return &self->cells[i];
}

/* Fails when two entries have one name: then it depends on what they say whose it is. */
static gboolean
index_names (FarePriceCatalog *self)
{
  guint32 n_cells = 64;

  while (n_cells < self->scan.names->len * 2)
    n_cells *= 2;
  self->mask = n_cells - 1;
  self->cells = g_new0 (Cell, n_cells);

  for (guint32 i = 0; i < self->scan.names->len; i++)
    {
      const FarePriceName *name = get_name (self, i);
      guint32 hash = hash_name (name->text.text, name->text.length);
      Cell *cell = find_cell (self, name->text.text, name->text.length, hash);

      if (cell->name != 0 && get_name (self, cell->name - 1)->entry != name->entry)
        return FALSE;
      if (cell->name == 0 || name->is_id)
        *cell = (Cell) { .hash = hash, .name = i + 1 };
    }

  return TRUE;
}

/* Returns: (nullable): the name that has this key */
static const FarePriceName *
find_name (FarePriceCatalog *self,
           const char       *key)
{
  gsize length = strlen (key);
  const Cell *cell = find_cell (self, key, length, hash_name (key, length));

  return cell->name != 0 ? get_name (self, cell->name - 1) : NULL;
}

static gboolean
scan (FarePriceCatalog *self)
{
  if (!fare_price_scan_run (&self->scan, self->text, self->length) || !index_names (self))
    return FALSE;

  self->updated = g_strndup (self->scan.updated.text, self->scan.updated.length);
  if (!fare_price_date_parse (self->updated, NULL))
    return FALSE;

  self->entries = g_new0 (FarePriceEntry *, self->scan.entries->len);
  self->is_bad = g_new0 (gboolean, self->scan.entries->len);
  return TRUE;
}

static GHashTable *
get_classes (FarePriceCatalog *self)
{
  if (!self->has_classes)
    self->classes = fare_price_file_load_classes (self->classes_path);

  self->has_classes = TRUE;
  return self->classes;
}

static gboolean
load_whole (FarePriceCatalog  *self,
            GError           **error)
{
  g_autoptr(JsonNode) root = NULL;

  if (self->whole != NULL)
    return TRUE;

  root = fare_price_json_parse (self->text, self->length, self->path, error);
  if (root != NULL)
    self->whole = fare_price_file_read (root, self->path, get_classes (self), error);
  return self->whole != NULL;
}

/* Goes on without what a scan would have found. */
static gboolean
use_whole (FarePriceCatalog  *self,
           GError           **error)
{
  fare_price_scan_clear (&self->scan);
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->updated, g_free);
  if (!load_whole (self, error))
    return FALSE;

  self->scan.sellers = fare_sellers_new ();
  self->scan.thresholds = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->list = g_ptr_array_ref (self->whole->entries);
  self->updated = g_strdup (self->whole->updated);

  fare_price_file_add_sellers (self->whole, self->scan.sellers);
  for (guint i = 0; i < self->list->len; i++)
    {
      FarePriceEntry *entry = self->list->pdata[i];

      fare_rates_add_thresholds (fare_price_entry_get_rates (entry), self->scan.thresholds);
      fare_price_entry_put_keys (entry, self->by_key);
      g_hash_table_replace (self->by_id, fare_model_name_to_key (fare_price_entry_get_id (entry)),
                            entry);
    }
  return TRUE;
}

FarePriceCatalog *
fare_price_catalog_load (const char  *path,
                         const char  *classes_path,
                         GError     **error)
{
  g_autoptr(FarePriceCatalog) self = g_new0 (FarePriceCatalog, 1);

  g_mutex_init (&self->mutex);
  self->path = g_strdup (path);
  self->classes_path = g_strdup (classes_path);
  self->read = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_price_entry_free);

  self->text = fare_price_json_read_text (path, &self->length, error);
  if (self->text == NULL || (!scan (self) && !use_whole (self, error)))
    return NULL;

  return g_steal_pointer (&self);
}

void
fare_price_catalog_free (FarePriceCatalog *self)
{
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->classes, g_hash_table_unref);
  g_clear_pointer (&self->whole, fare_price_file_free);
  g_ptr_array_unref (self->read);
  g_free (self->entries);
  g_free (self->is_bad);
  g_free (self->cells);
  fare_price_scan_clear (&self->scan);
  g_mutex_clear (&self->mutex);
  g_free (self->updated);
  g_free (self->classes_path);
  g_free (self->path);
  g_free (self->text);
  g_free (self);
}

static FarePriceEntry *
read_entry (FarePriceCatalog *self,
            guint             i)
{
  const FareSpan *span = &g_array_index (self->scan.entries, FareSpan, i);
  g_autofree char *text = g_strndup (span->text, span->length);
  g_autoptr(JsonNode) root = fare_price_json_parse (text, span->length, self->path, NULL);
  FarePriceEntry *entry = root != NULL
                              ? fare_price_entry_read (json_node_get_object (root), NULL)
                              : NULL;
  GHashTable *classes = entry != NULL ? get_classes (self) : NULL;

  if (classes != NULL && !g_hash_table_contains (classes, fare_price_entry_get_class (entry)))
    fare_price_entry_set_class (entry, "default");
  return entry;
}

/* With the mutex held.  Returns: (nullable): the entry at that place in the file, read now if need
 * be */
static FarePriceEntry *
ensure_entry (FarePriceCatalog *self,
              guint             i)
{
  if (self->entries[i] == NULL && !self->is_bad[i])
    {
      self->entries[i] = read_entry (self, i);
      self->is_bad[i] = self->entries[i] == NULL;
      if (self->entries[i] != NULL)
        g_ptr_array_add (self->read, self->entries[i]);
    }

  return self->entries[i];
}

static const FarePriceEntry *
get_entry (FarePriceCatalog *self,
           guint             i)
{
  const FarePriceEntry *entry = NULL;

  g_mutex_lock (&self->mutex);
  entry = ensure_entry (self, i);
  g_mutex_unlock (&self->mutex);

  return entry;
}

static const FarePriceEntry *
find (FarePriceCatalog *self,
      const char       *key,
      gboolean          only_id)
{
  const FarePriceName *name = NULL;

  if (self->by_key != NULL)
    return g_hash_table_lookup (only_id ? self->by_id : self->by_key, key);

  name = find_name (self, key);
  return name != NULL && (!only_id || name->is_id) ? get_entry (self, name->entry) : NULL;
}

const FarePriceEntry *
fare_price_catalog_find (FarePriceCatalog *self,
                         const char       *key)
{
  return find (self, key, FALSE);
}

const FarePriceEntry *
fare_price_catalog_find_id (FarePriceCatalog *self,
                            const char       *key)
{
  return find (self, key, TRUE);
}

/* Takes over from the whole file what was not read yet; who holds an entry keeps it. */
static void
take_entries (FarePriceCatalog *self)
{
  for (guint i = 0; i < self->whole->entries->len; i++)
    {
      FarePriceEntry *entry = self->whole->entries->pdata[i];
      g_autofree char *key = fare_model_name_to_key (fare_price_entry_get_id (entry));
      const FarePriceName *name = find_name (self, key);

      if (self->entries[name->entry] == NULL)
        self->entries[name->entry] = entry;
    }
}

static void
make_list (FarePriceCatalog *self)
{
  g_autoptr(GError) error = NULL;

  self->list = g_ptr_array_new ();
  self->problems = g_ptr_array_new_with_free_func (g_free);
  if (load_whole (self, &error))
    take_entries (self);
  else
    g_ptr_array_add (self->problems, g_strconcat (error->message, ".", NULL));

  for (guint i = 0; i < self->scan.entries->len; i++)
    if (ensure_entry (self, i) != NULL)
      g_ptr_array_add (self->list, self->entries[i]);
}

const GPtrArray *
fare_price_catalog_list (FarePriceCatalog *self)
{
  g_mutex_lock (&self->mutex);
  if (self->list == NULL)
    make_list (self);
  g_mutex_unlock (&self->mutex);

  return self->list;
}

const GPtrArray *
fare_price_catalog_get_problems (FarePriceCatalog *self)
{
  fare_price_catalog_list (self);

  return self->whole != NULL ? self->whole->problems : self->problems;
}

gboolean
fare_price_catalog_is_whole (FarePriceCatalog *self)
{
  return self->by_key != NULL;
}

const GArray *
fare_price_catalog_get_thresholds (FarePriceCatalog *self)
{
  return self->scan.thresholds;
}

const char *
fare_price_catalog_get_updated (FarePriceCatalog *self)
{
  return self->updated;
}

FareSellers *
fare_price_catalog_get_sellers (FarePriceCatalog *self)
{
  return self->scan.sellers;
}
