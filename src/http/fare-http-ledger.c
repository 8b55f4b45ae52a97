/* fare-http-ledger.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-ledger.h"

#include <string.h>

#include "accounting/fare-walk.h"
#include "fare-http-error.h"

typedef struct
{
  FareHttpEntry entry;
  FareTally     tally;
  guint32       model;   /* these two are the key, with tool and day */
  guint32       session;
} Slot;

typedef struct
{
  FareHttpSplit    split;
  FareIndexReader *reader;
  GTimeZone       *zone;
  GHashTable      *slots;       /* Slot → itself */
  guint32          client;      /* number of the last one, and its interned tool */
  const char      *tool;        /* (nullable): before the first one */
  FareDay          day;         /* the last one, and where it begins and ends */
  gint64           day_from_ms;
  gint64           day_to_ms;
  guint32          lost;        /* a session that the index does not know, 0 if none */
} Ledger;

static guint
hash_slot (gconstpointer data)
{
  const Slot *self = data;

  return g_direct_hash (self->entry.tool) ^ self->model * 2654435761u ^ self->session * 40503u
         ^ (guint) self->entry.day * 97u;
}

static gboolean
slots_are_equal (gconstpointer a,
                 gconstpointer b)
{
  const Slot *first = a, *second = b;

  return first->entry.tool == second->entry.tool && first->model == second->model
         && first->session == second->session && first->entry.day == second->entry.day;
}

static FareDay
find_day (Ledger *self,
          gint64  time_ms)
{
  if (time_ms < self->day_from_ms || time_ms >= self->day_to_ms)
    {
      self->day = fare_day_of (self->zone, time_ms);
      self->day_from_ms = fare_day_start (self->zone, self->day);
      self->day_to_ms = fare_day_start (self->zone, self->day + 1);
    }

  return self->day;
}

static gboolean
walk_cb (const FareWalkItem *item,
         gpointer            user_data)
{
  Ledger *self = user_data;
  FareTallyItem addition = { item->basis.usage, item->messages, item->web_searches, item->price };
  Slot key = { .model = item->model->id };
  Slot *slot;

  if (self->tool == NULL || self->client != item->client)
    {
      const char *client = fare_index_reader_get_client (self->reader, item->client);

      self->client = item->client;
      self->tool = g_intern_string (fare_http_tool_from_client (client));
    }

  key.entry.tool = self->tool;
  key.entry.model = item->model;
  if (self->split == FARE_HTTP_SPLIT_DAY)
    key.entry.day = find_day (self, item->basis.time_ms);
  if (self->split == FARE_HTTP_SPLIT_SESSION)
    key.session = item->session;

  slot = g_hash_table_lookup (self->slots, &key);
  if (slot == NULL)
    {
      if (key.session != 0)
        key.entry.session = fare_index_reader_get_session (self->reader, key.session);
      if (key.session != 0 && key.entry.session == NULL)
        {
          self->lost = key.session;
          return FALSE;
        }

      slot = g_memdup2 (&key, sizeof key);
      g_hash_table_add (self->slots, slot);
    }

  fare_tally_add (&slot->tally, &addition);
  return TRUE;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const FareHttpEntry *first = *(FareHttpEntry * const *) a;
  const FareHttpEntry *second = *(FareHttpEntry * const *) b;
  gint64 tokens = fare_usage_total (&first->sums.usage);
  gint64 other_tokens = fare_usage_total (&second->sums.usage);
  int order;

  if (first->day != second->day)
    return first->day < second->day ? -1 : 1;
  if (first->sums.cost != second->sums.cost)
    return first->sums.cost > second->sums.cost ? -1 : 1;
  if (tokens != other_tokens)
    return tokens > other_tokens ? -1 : 1;

  order = strcmp (first->model->name, second->model->name);
  if (order == 0)
    order = strcmp (first->model->provider, second->model->provider);
  if (order == 0)
    order = strcmp (first->tool, second->tool);
  if (order == 0 && first->session != NULL)
    order = strcmp (first->session->uid, second->session->uid);
  return order;
}

static GPtrArray *
collect (Ledger *self)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  Slot *slot;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, (gpointer *) &slot, NULL))
    {
      fare_tally_finish (&slot->tally);
      slot->entry.sums = slot->tally.sums;
      g_ptr_array_add (entries, g_memdup2 (&slot->entry, sizeof slot->entry));
    }

  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

/* Where days begin, which no piece may lie on both sides of. */
static GArray *
list_edges (const FareHttpQuestion *question,
            const FareQuery        *query)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (gint64));
  FareRange range = { fare_day_of (query->zone, query->from_ms),
                      fare_day_of (query->zone, query->to_ms - 1) + 1 };

  if (!fare_http_question_cut_range (question, &range))
    return edges;

  for (FareDay day = range.first; day <= range.end; day++)
    {
      gint64 start = fare_day_start (query->zone, day);

      g_array_append_val (edges, start);
    }

  return edges;
}

GPtrArray *
fare_http_ledger_new (FareHttpQuestion  *question,
                      const FareQuery   *query,
                      FareHttpSplit      split,
                      GError           **error)
{
  g_autoptr(GHashTable) slots = g_hash_table_new_full (hash_slot, slots_are_equal, g_free, NULL);
  g_autoptr(GArray) edges = split == FARE_HTTP_SPLIT_DAY ? list_edges (question, query) : NULL;
  Ledger self = {
    .split = split, .reader = question->reader, .zone = query->zone, .slots = slots,
    .day_from_ms = G_MAXINT64
  };
  FareWalk walk = { .query = query, .cancellable = question->cancellable };

  if (edges != NULL)
    {
      walk.edges = (const gint64 *) (gpointer) edges->data;
      walk.n_edges = edges->len;
    }

  if (split == FARE_HTTP_SPLIT_SESSION
      && !fare_index_reader_load_sessions (question->reader, error))
    return NULL;
  if (!fare_walk_run (&walk, question->reader, question->prices, walk_cb, &self, error))
    return NULL;

  if (self.lost != 0)
    {
      g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_FAULT,
                   "The index is damaged: session %u is missing. Mend it with: tokenfare db repair",
                   self.lost);
      return NULL;
    }

  return collect (&self);
}

FareSums
fare_http_ledger_sum (GPtrArray         *entries,
                      FareHttpEntryFunc  func,
                      gconstpointer      user_data)
{
  FareTally total = { 0 };

  for (guint i = 0; i < entries->len; i++)
    {
      const FareHttpEntry *entry = entries->pdata[i];
      FareTally part = { .sums = entry->sums };

      if (func == NULL || func (entry, user_data))
        fare_tally_join (&total, &part);
    }

  fare_tally_finish (&total);
  return total.sums;
}

gboolean
fare_http_entry_is_of (const FareHttpEntry *self,
                       gconstpointer        tool)
{
  return g_str_equal (self->tool, tool);
}

gboolean
fare_http_entry_is_not_of (const FareHttpEntry *self,
                           gconstpointer        tool)
{
  return !g_str_equal (self->tool, tool);
}
