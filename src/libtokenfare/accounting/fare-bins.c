/* fare-bins.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-bins.h"

#include <string.h>

#include "accounting/fare-pair-set.h"
#include "accounting/fare-tally.h"
#include "accounting/fare-walk.h"

typedef struct
{
  FareBins              *bins;
  FareEnergyTable       *energy;       /* (nullable) */
  FareTally             *tallies;      /* one for each bin */
  GHashTable            *classes;      /* match → FareEnergyClass */
  GHashTable            *clients;      /* client → place in bins->clients, plus one */
  FarePairSet            counted;      /* bin, session */
  guint                  bin;          /* where the last item was */
  FareIndexReader       *reader;
  guint32                last_number;  /* of a client; 0 before the first */
  guint                  last_client;  /* the same one, in bins->clients */
  const FarePriceMatch  *last_match;   /* (nullable) */
  const FareEnergyClass *last_class;   /* of last_match */
} Filling;

static gint64
get_edge (const FareBins *bins,
          guint           i)
{
  return g_array_index (bins->edges, gint64, i);
}

/* The last bin that begins at or before @time_ms, so that a bin without length gets nothing. */
static guint
find_bin (Filling *self,
          gint64   time_ms)
{
  const FareBins *bins = self->bins;
  guint low = 0;
  guint high = bins->n_bins;

  if (get_edge (bins, self->bin) <= time_ms && time_ms < get_edge (bins, self->bin + 1))
    return self->bin;

  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (get_edge (bins, middle) <= time_ms)
        low = middle;
      else
        high = middle;
    }

  return low;
}

static guint
find_client (Filling *self,
             guint32  number)
{
  const char *name;
  gpointer place;

  if (number == self->last_number)
    return self->last_client;

  name = fare_index_reader_get_client (self->reader, number);
  place = g_hash_table_lookup (self->clients, name);
  if (place == NULL)
    {
      FareBinClient client = {
        .client = g_intern_string (name),
        .parts = g_new0 (FareBinPart, self->bins->n_bins),
      };

      g_array_append_val (self->bins->clients, client);
      place = GUINT_TO_POINTER (self->bins->clients->len);
      g_hash_table_insert (self->clients, (gpointer) client.client, place);
    }

  self->last_number = number;
  return self->last_client = GPOINTER_TO_UINT (place) - 1;
}

static const FareEnergyClass *
find_class (Filling            *self,
            const FareWalkItem *item)
{
  gpointer class;

  if (item->match == self->last_match)
    return self->last_class;

  class = g_hash_table_lookup (self->classes, item->match);
  if (class == NULL)
    {
      class = (gpointer) fare_energy_table_find (self->energy, item->match, item->model->name);
      g_hash_table_insert (self->classes, (gpointer) item->match, class);
    }

  self->last_match = item->match;
  return self->last_class = class;
}

static gboolean
take_item (const FareWalkItem *item,
           gpointer            user_data)
{
  Filling *self = user_data;
  FareBins *bins = self->bins;
  guint bin = find_bin (self, item->basis.time_ms);
  FareTally *tally = &self->tallies[bin];
  FareBinPart *part;
  guint client;

  self->bin = bin;
  fare_tally_add (tally, &(FareTallyItem) {
                    .usage = item->basis.usage,
                    .messages = item->messages,
                    .web_searches = item->web_searches,
                    .price = item->price,
                  });
  if (fare_pair_set_add (&self->counted, bin, item->session))
    tally->sums.sessions++;
  if (self->energy != NULL)
    bins->energy[bin] += fare_energy_class_get_joules (find_class (self, item),
                                                       item->basis.usage);

  client = find_client (self, item->client);
  part = &g_array_index (bins->clients, FareBinClient, client).parts[bin];
  part->cost += item->price.usd;
  part->tokens += fare_usage_total (item->basis.usage);
  part->messages += item->messages;

  return TRUE;
}

static void
clear_client (gpointer client)
{
  g_free (((FareBinClient *) client)->parts);
}

static int
compare_clients (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (((const FareBinClient *) a)->client, ((const FareBinClient *) b)->client);
}

static gboolean
fill (Filling          *self,
      FareIndexReader  *reader,
      FarePriceBook    *prices,
      const FareWalk   *walk,
      GError          **error)
{
  FareBins *bins = self->bins;

  if (bins->n_bins > 0 && !fare_walk_run (walk, reader, prices, take_item, self, error))
    return FALSE;

  for (guint i = 0; i < bins->n_bins; i++)
    {
      fare_tally_finish (&self->tallies[i]);
      bins->sums[i] = self->tallies[i].sums;
    }
  g_array_sort (bins->clients, compare_clients);

  return TRUE;
}

FareBins *
fare_bins_new (FareIndexReader  *reader,
               FarePriceBook    *prices,
               FareEnergyTable  *energy,
               const FareQuery  *query,
               GArray           *edges,
               GCancellable     *cancellable,
               GError          **error)
{
  g_autoptr(FareBins) self = g_new0 (FareBins, 1);
  FareQuery inner = *query;
  FareWalk walk = { .query = &inner, .cancellable = cancellable };
  Filling filling = { .bins = self, .reader = reader, .energy = energy };
  gboolean is_filled;

  self->edges = edges;
  self->n_bins = edges->len - 1;
  self->sums = g_new0 (FareSums, self->n_bins);
  self->energy = g_new0 (double, self->n_bins);
  self->clients = g_array_new (FALSE, FALSE, sizeof (FareBinClient));
  g_array_set_clear_func (self->clients, clear_client);

  inner.from_ms = MAX (query->from_ms, get_edge (self, 0));
  inner.to_ms = MIN (query->to_ms, get_edge (self, self->n_bins));
  walk.edges = (const gint64 *) edges->data;
  walk.n_edges = edges->len;
  filling.tallies = g_new0 (FareTally, self->n_bins);
  filling.classes = g_hash_table_new (NULL, NULL);
  filling.clients = g_hash_table_new (g_str_hash, g_str_equal);

  is_filled = fill (&filling, reader, prices, &walk, error);

  g_hash_table_unref (filling.clients);
  g_hash_table_unref (filling.classes);
  fare_pair_set_clear (&filling.counted);
  g_free (filling.tallies);

  return is_filled ? g_steal_pointer (&self) : NULL;
}

void
fare_bins_free (FareBins *self)
{
  g_array_unref (self->edges);
  g_array_unref (self->clients);
  g_free (self->sums);
  g_free (self->energy);
  g_free (self);
}

gboolean
fare_bins_narrow (FareIndexReader *reader,
                  FareQuery       *query)
{
  gint64 first, last;

  if (query->from_ms != G_MININT64 && query->to_ms != G_MAXINT64)
    return TRUE;
  if (!fare_index_reader_get_span (reader, &first, &last))
    return FALSE;

  if (query->from_ms == G_MININT64)
    query->from_ms = first * FARE_QUARTER_MS;
  if (query->to_ms == G_MAXINT64)
    query->to_ms = (last + 1) * FARE_QUARTER_MS;

  return TRUE;
}
