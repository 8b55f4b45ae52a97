/* fare-index-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-places.h"

#include "index/fare-index-packs.h"

G_STATIC_ASSERT (FARE_ROW_FILE_SHIFT == 24 && FARE_DAY_MS == 86400000);

typedef struct
{
  gint64  day;
  guint32 session;
  guint32 file;
  gint64  first; /* sequence numbers */
  gint64  last;
} Place;

struct _FarePlaces
{
  sqlite3       *db;
  GHashTable    *places; /* Place by itself */
  Place         *latest; /* (nullable): the one added to last; rows of a session come together */
  FareStatement *store;
};

static guint
hash_place (gconstpointer data)
{
  const Place *self = data;
  guint64 hash = ((guint64) self->session << 32 | self->file) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  return (guint) ((hash ^ (guint64) self->day * G_GUINT64_CONSTANT (0xff51afd7ed558ccd)) >> 24);
}

static gboolean
equal_places (gconstpointer a,
              gconstpointer b)
{
  const Place *first = a, *second = b;

  return first->day == second->day && first->session == second->session
         && first->file == second->file;
}

FarePlaces *
fare_places_new (sqlite3 *db)
{
  FarePlaces *self = g_new0 (FarePlaces, 1);

  self->db = db;
  self->places = g_hash_table_new_full (hash_place, equal_places, NULL, g_free);

  return self;
}

void
fare_places_free (FarePlaces *self)
{
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->store, sqlite3_finalize);
  g_free (self);
}

void
fare_places_drop (FarePlaces *self)
{
  g_hash_table_remove_all (self->places);
  self->latest = NULL;
}

void
fare_places_add (FarePlaces    *self,
                 const FareRow *row)
{
  gint64 sequence = row->id & ((G_GINT64_CONSTANT (1) << FARE_ROW_FILE_SHIFT) - 1);
  Place wanted = {
    row->event_ms / FARE_DAY_MS, row->event_session, row->file, sequence, sequence
  };

  if (self->latest == NULL || !equal_places (self->latest, &wanted))
    self->latest = g_hash_table_lookup (self->places, &wanted);
  if (self->latest == NULL)
    {
      self->latest = g_memdup2 (&wanted, sizeof wanted);
      g_hash_table_add (self->places, self->latest);
    }
  self->latest->first = MIN (self->latest->first, sequence);
  self->latest->last = MAX (self->latest->last, sequence);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *first = *(const Place * const *) a, *second = *(const Place * const *) b;

  if (first->session != second->session)
    return first->session < second->session ? -1 : 1;
  if (first->day != second->day)
    return first->day < second->day ? -1 : 1;

  return (first->file > second->file) - (first->file < second->file);
}

gboolean
fare_places_flush (FarePlaces *self)
{
  g_autoptr(GPtrArray) places = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;
  gboolean done = TRUE;

  if (g_hash_table_size (self->places) == 0)
    return TRUE;
  if (self->store == NULL)
    self->store = fare_statement_new (self->db, "INSERT OR FAIL INTO place VALUES (?1, ?2, ?3, ?4, ?5)"
                                                " ON CONFLICT DO UPDATE SET"
                                                " first = min(first, ?4), last = max(last, ?5)"
                                                " WHERE first > ?4 OR last < ?5");
  if (self->store == NULL)
    return FALSE;

  /* In key order the table grows in fewer places. */
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (places, key);
  g_ptr_array_sort (places, compare_places);
  for (guint i = 0; done && i < places->len; i++)
    {
      const Place *place = g_ptr_array_index (places, i);

      fare_statement_bind (self->store, "iiiii", (gint64) place->session, place->day,
                           (gint64) place->file, place->first, place->last);
      done = fare_statement_run (self->store);
    }
  fare_places_drop (self);

  return done;
}

static gboolean
collect_place (FarePacks     *packs,
               FareStatement *place,
               GArray        *loaded,
               const FareRow *wanted,
               GArray        *rows)
{
  gint64 day = fare_statement_int (place, 0);
  gint64 file = fare_statement_int (place, 1) << FARE_ROW_FILE_SHIFT;

  g_array_set_size (loaded, 0);
  if (!fare_packs_load (packs, file + fare_statement_int (place, 2),
                        file + fare_statement_int (place, 3), loaded))
    return FALSE;
  for (guint i = 0; i < loaded->len; i++)
    {
      const FareRow *row = &g_array_index (loaded, FareRow, i);

      if (row->event_session == wanted->event_session && row->event_ms / FARE_DAY_MS == day
          && row->role == FARE_ROLE_COUNTED && row->event_ms >= wanted->own_ms
          && (row->event_ms < wanted->value_ms || wanted->value_ms == G_MAXINT64))
        g_array_append_val (rows, *row);
    }

  return TRUE;
}

gboolean
fare_places_collect (sqlite3      *db,
                     const GArray *sessions,
                     gint64        from_ms,
                     gint64        to_ms,
                     GArray       *rows)
{
  g_autoptr(FarePacks) packs = fare_packs_new (db);
  g_autoptr(GArray) loaded = g_array_new (FALSE, FALSE, sizeof (FareRow));
  g_autoptr(FareStatement) places = NULL;
  int result = SQLITE_DONE;

  places = fare_statement_new (db, "SELECT day, file, first, last FROM place WHERE session = ?1"
                                   " AND day BETWEEN ?2 AND ?3");
  if (places == NULL)
    return FALSE;

  for (guint i = 0; result == SQLITE_DONE && i < sessions->len; i++)
    {
      const FareRow wanted = {
        .event_session = g_array_index (sessions, guint32, i), .own_ms = from_ms, .value_ms = to_ms
      };

      fare_statement_bind (places, "iii", (gint64) wanted.event_session, from_ms / FARE_DAY_MS,
                           to_ms / FARE_DAY_MS);
      while ((result = sqlite3_step (places)) == SQLITE_ROW)
        if (!collect_place (packs, places, loaded, &wanted, rows))
          return FALSE;
    }

  return result == SQLITE_DONE;
}

static gboolean
add_cb (const FareRow *row,
        gpointer       user_data)
{
  fare_places_add (user_data, row);

  return TRUE;
}

gboolean
fare_places_rebuild (sqlite3 *db)
{
  g_autoptr(FarePlaces) self = fare_places_new (db);
  g_autoptr(FarePacks) packs = fare_packs_new (db);

  return sqlite3_exec (db, "DELETE FROM place", NULL, NULL, NULL) == SQLITE_OK
         && fare_packs_foreach (packs, G_MININT64, G_MAXINT64, add_cb, self)
         && fare_places_flush (self);
}
