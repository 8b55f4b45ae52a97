/* fare-index-locator.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-locator.h"

#include <string.h>

#include "index/fare-hash-sort.h"
#include "index/fare-index-packs.h"
#include "index/fare-varint.h"

/* A chunk with more entries is cut into pieces of nearly so many. */
#define CHUNK_MAX 256
#define CHUNK_NEW 192

/* Entries go by key, then by pack.  The key is half of the fingerprint and the file's number, so that
 * what goes with a file is found; a chunk is stored under a key that none of its entries precedes, and
 * never divides what has the same key.  The first one's key is the lowest there can be. */
typedef struct
{
  gint64 key;
  gint64 pack; /* within its file */
} Entry;

struct _FareLocator
{
  sqlite3       *db;
  GArray        *added;    /* Entry */
  GArray        *dropped;  /* gint64 keys */
  FareStatement *find;
  FareStatement *insert;
  FareStatement *update;
  FareStatement *clear;
  GByteArray    *bytes;
  GArray        *merged;   /* Entry */

  /* The chunk that was looked at last. */
  GArray        *entries;  /* Entry */
  gboolean       is_any;
  gint64         first;    /* its own key */
  gint64         end;      /* that of the next chunk, G_MAXINT64 when there is none */
};

FareLocator *
fare_locator_new (sqlite3 *db)
{
  FareLocator *self = g_new0 (FareLocator, 1);

  self->db = db;
  self->added = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->dropped = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->merged = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->bytes = g_byte_array_new ();

  return self;
}

void
fare_locator_free (FareLocator *self)
{
  g_clear_pointer (&self->added, g_array_unref);
  g_clear_pointer (&self->dropped, g_array_unref);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->merged, g_array_unref);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_pointer (&self->find, sqlite3_finalize);
  g_clear_pointer (&self->insert, sqlite3_finalize);
  g_clear_pointer (&self->update, sqlite3_finalize);
  g_clear_pointer (&self->clear, sqlite3_finalize);
  g_free (self);
}

void
fare_locator_forget (FareLocator *self)
{
  g_array_set_size (self->added, 0);
  g_array_set_size (self->dropped, 0);
  self->is_any = FALSE;
}

/* The upper half of the fingerprint stays where it is. */
static gint64
make_key (gint64  cluster,
          guint32 file)
{
  return (gint64) (((guint64) cluster & ~(guint64) G_MAXUINT32) | file);
}

static guint32
get_file (gint64 key)
{
  return (guint32) key;
}

static guint64
get_half (gint64 key)
{
  return (guint64) key >> 32;
}

static void
pack_entries (const Entry *entries,
              guint        n_entries,
              gint64       first,
              GByteArray  *bytes)
{
  Entry last = { make_key (first, 0), 0 };
  guint8 *p = fare_varint_reserve (bytes, n_entries * 3 * FARE_VARINT_MAX);

  for (guint i = 0; i < n_entries; i++)
    {
      Entry entry = entries[i];
      guint64 halves = (guint32) (get_half (entry.key) - get_half (last.key));

      p = fare_varint_put (p, halves);
      if (halves != 0)
        last = (Entry) { make_key (entry.key, 0), 0 };
      p = fare_varint_put (p, get_file (entry.key) - get_file (last.key));
      if (entry.key != last.key)
        last.pack = 0;
      p = fare_varint_put (p, (guint64) (entry.pack - last.pack));
      last = entry;
    }
  fare_varint_finish (bytes, p);
}

static gboolean
unpack_entries (const guint8 *data,
                gsize         size,
                gint64        first,
                GArray       *entries)
{
  FareVarints varints = { data, data + size, FALSE };
  Entry last = { make_key (first, 0), 0 };
  guint n = 0;

  /* None takes less than three bytes. */
  g_array_set_size (entries, (guint) (size / 3 + 1));
  while (varints.p < varints.end && !varints.failed)
    {
      guint64 halves = fare_varint_read (&varints);
      guint64 files = fare_varint_read (&varints);
      guint64 packs = fare_varint_read (&varints);
      Entry entry = last;

      if (varints.failed || halves > G_MAXUINT32 || files > G_MAXUINT32 || packs > FARE_ROW_SEQUENCE)
        return FALSE;
      if (halves != 0)
        entry.key = (gint64) ((get_half (last.key) + halves) << 32);
      entry.key = make_key (entry.key, get_file (entry.key) + (guint32) files);
      entry.pack = (entry.key != last.key ? 0 : last.pack) + (gint64) packs;
      g_array_index (entries, Entry, n++) = entry;
      last = entry;
    }
  g_array_set_size (entries, n);

  return TRUE;
}

/* Gets the chunk that has @key, if any has. */
static gboolean
load_chunk (FareLocator *self,
            gint64       key)
{
  int result;
  gboolean is_sound = TRUE;

  if (self->is_any && key >= self->first && key < self->end)
    return TRUE;
  if (self->find == NULL)
    self->find = fare_statement_new (self->db,
                                     "SELECT first, entries, (SELECT min(first) FROM locator AS o"
                                     " WHERE o.first > l.first) FROM locator AS l"
                                     " WHERE first <= ?1 ORDER BY first DESC LIMIT 1");
  if (self->find == NULL)
    return FALSE;

  self->is_any = FALSE;
  g_array_set_size (self->entries, 0);
  fare_statement_bind (self->find, "i", key);
  result = sqlite3_step (self->find);
  if (result == SQLITE_ROW)
    {
      self->first = fare_statement_int (self->find, 0);
      self->end = sqlite3_column_type (self->find, 2) != SQLITE_NULL
                  ? fare_statement_int (self->find, 2) : G_MAXINT64;
      is_sound = unpack_entries (sqlite3_column_blob (self->find, 1),
                                 (gsize) sqlite3_column_bytes (self->find, 1), self->first,
                                 self->entries);
      self->is_any = is_sound;
    }
  sqlite3_reset (self->find);
  if (!is_sound)
    return fare_packs_report_damage (self->db);

  return result == SQLITE_ROW || result == SQLITE_DONE;
}

static guint
find_first (const GArray *entries,
            gint64        key)
{
  guint low = 0, high = entries->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (entries, Entry, middle).key < key)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

gboolean
fare_locator_find (FareLocator *self,
                   gint64       cluster,
                   GArray      *packs)
{
  gint64 key = make_key (cluster, 0), last = make_key (cluster, G_MAXUINT32);

  for (;;)
    {
      if (!load_chunk (self, key))
        return FALSE;
      if (!self->is_any)
        return TRUE;
      for (guint i = find_first (self->entries, key); i < self->entries->len; i++)
        {
          const Entry *entry = &g_array_index (self->entries, Entry, i);
          gint64 pack = ((gint64) get_file (entry->key) << FARE_ROW_FILE_SHIFT)
                        + entry->pack * FARE_PACK_ROWS;

          if (entry->key > last)
            return TRUE;
          g_array_append_val (packs, pack);
        }
      if (self->end > last || self->end == G_MAXINT64)
        return TRUE;
      key = self->end;
    }
}

void
fare_locator_add (FareLocator   *self,
                  const FareRow *row)
{
  const Entry entry = {
    make_key (row->cluster, row->file), (row->id & FARE_ROW_SEQUENCE) / FARE_PACK_ROWS
  };

  g_array_append_val (self->added, entry);
}

void
fare_locator_drop_row (FareLocator   *self,
                       const FareRow *row)
{
  gint64 key = make_key (row->cluster, row->file);

  g_array_append_val (self->dropped, key);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *first = a, *second = b;

  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;

  return (first->pack > second->pack) - (first->pack < second->pack);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const gint64 *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

static gboolean
write_piece (FareLocator   *self,
             FareStatement *statement,
             gint64         first,
             const Entry   *entries,
             guint          n_entries)
{
  g_byte_array_set_size (self->bytes, 0);
  pack_entries (entries, n_entries, first, self->bytes);
  fare_statement_bind (statement, "i", first);
  sqlite3_bind_blob (statement, 2, self->bytes->len > 0 ? (const void *) self->bytes->data : "",
                     (int) self->bytes->len, SQLITE_STATIC);

  return fare_statement_run (statement);
}

/* Stores what is merged in the place of the chunk that was looked at. */
static gboolean
write_chunk (FareLocator *self)
{
  const Entry *entries = (const Entry *) (gpointer) self->merged->data;
  guint n = self->merged->len, begin = 0;
  gint64 first = self->is_any ? self->first : G_MININT64;
  gboolean is_known = self->is_any;

  self->is_any = FALSE;
  if (n == 0 && is_known && first != G_MININT64)
    {
      fare_statement_bind (self->clear, "i", first);
      return fare_statement_run (self->clear);
    }

  do
    {
      guint end = n - begin > CHUNK_MAX ? begin + CHUNK_NEW : n;

      while (end < n && entries[end].key == entries[end - 1].key)
        end++;
      if (begin > 0)
        first = entries[begin].key;
      if (!write_piece (self, is_known && begin == 0 ? self->update : self->insert, first,
                        entries + begin, end - begin))
        return FALSE;
      begin = end;
    }
  while (begin < n);

  return TRUE;
}

static void
put_entry (GArray      *merged,
           guint       *n,
           const Entry *entry)
{
  if (*n == 0 || compare_entries (&g_array_index (merged, Entry, *n - 1), entry) != 0)
    g_array_index (merged, Entry, (*n)++) = *entry;
}

/* What is stored in the chunk, without what is dropped, and with what is added. */
static void
merge (FareLocator *self,
       guint       *next_added,
       guint       *next_dropped)
{
  gint64 end = self->is_any ? self->end : G_MAXINT64;
  guint n_old = self->is_any ? self->entries->len : 0, n = 0;
  guint added = *next_added, end_added = find_first (self->added, end);

  g_array_set_size (self->merged, n_old + end_added - added);
  for (guint i = 0; i < n_old; i++)
    {
      const Entry *old = &g_array_index (self->entries, Entry, i);

      while (*next_dropped < self->dropped->len
             && g_array_index (self->dropped, gint64, *next_dropped) < old->key)
        (*next_dropped)++;
      if (*next_dropped < self->dropped->len
          && g_array_index (self->dropped, gint64, *next_dropped) == old->key)
        continue;
      while (added < end_added
             && compare_entries (&g_array_index (self->added, Entry, added), old) < 0)
        put_entry (self->merged, &n, &g_array_index (self->added, Entry, added++));
      put_entry (self->merged, &n, old);
    }
  while (added < end_added)
    put_entry (self->merged, &n, &g_array_index (self->added, Entry, added++));
  g_array_set_size (self->merged, n);
  *next_added = added;
  while (*next_dropped < self->dropped->len
         && g_array_index (self->dropped, gint64, *next_dropped) < end)
    (*next_dropped)++;
}

static gboolean
prepare (FareLocator *self)
{
  if (self->insert == NULL)
    self->insert = fare_statement_new (self->db, "INSERT INTO locator VALUES (?1, ?2)");
  if (self->update == NULL)
    self->update = fare_statement_new (self->db, "UPDATE locator SET entries = ?2 WHERE first = ?1");
  if (self->clear == NULL)
    self->clear = fare_statement_new (self->db, "DELETE FROM locator WHERE first = ?1");

  return self->insert != NULL && self->update != NULL && self->clear != NULL;
}

gboolean
fare_locator_flush (FareLocator *self)
{
  guint added = 0, dropped = 0;

  if (self->added->len + self->dropped->len == 0)
    return TRUE;
  if (!prepare (self))
    return FALSE;

  self->is_any = FALSE;
  fare_hash_sort (self->added, sizeof (Entry), compare_entries);
  g_array_sort (self->dropped, compare_keys);
  while (added < self->added->len || dropped < self->dropped->len)
    {
      gint64 a = added < self->added->len
                 ? g_array_index (self->added, Entry, added).key : G_MAXINT64;
      gint64 b = dropped < self->dropped->len
                 ? g_array_index (self->dropped, gint64, dropped) : G_MAXINT64;

      if (!load_chunk (self, MIN (a, b)))
        return FALSE;
      merge (self, &added, &dropped);
      if (!write_chunk (self))
        return FALSE;
    }
  fare_locator_forget (self);

  return TRUE;
}

static gboolean
add_cb (const FareRow *row,
        gpointer       user_data)
{
  fare_locator_add (user_data, row);

  return TRUE;
}

static gboolean
add_all (FareLocator *self)
{
  g_autoptr(FarePacks) packs = fare_packs_new (self->db);

  fare_locator_forget (self);

  return fare_packs_foreach (packs, G_MININT64, G_MAXINT64, add_cb, self);
}

gboolean
fare_locator_rebuild (FareLocator *self)
{
  return sqlite3_exec (self->db, "DELETE FROM locator", NULL, NULL, NULL) == SQLITE_OK
         && add_all (self) && fare_locator_flush (self);
}

gboolean
fare_locator_check (FareLocator *self,
                    gboolean    *is_sound)
{
  g_autoptr(FareStatement) statement = NULL;
  guint n = 0;
  int result;

  *is_sound = TRUE;
  statement = fare_statement_new (self->db, "SELECT first, entries FROM locator ORDER BY first");
  if (statement == NULL || !add_all (self))
    return FALSE;

  fare_hash_sort (self->added, sizeof (Entry), compare_entries);
  while (*is_sound && (result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_array_set_size (self->entries, 0);
      *is_sound = unpack_entries (sqlite3_column_blob (statement, 1),
                                  (gsize) sqlite3_column_bytes (statement, 1),
                                  fare_statement_int (statement, 0), self->entries);
      for (guint i = 0; *is_sound && i < self->entries->len; i++)
        {
          const Entry *entry = &g_array_index (self->entries, Entry, i);

          *is_sound = n < self->added->len
                      && compare_entries (entry, &g_array_index (self->added, Entry, n)) == 0;
          while (n < self->added->len
                 && compare_entries (entry, &g_array_index (self->added, Entry, n)) == 0)
            n++;
        }
    }
  *is_sound = *is_sound && n == self->added->len;
  fare_locator_forget (self);

  return !*is_sound || result == SQLITE_DONE;
}
