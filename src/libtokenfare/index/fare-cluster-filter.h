/* fare-cluster-filter.h
 *
 * Which clusters may be stored already: a set that never forgets one and now and then names one too
 * many.  In a first scan it spares nearly every look into the index.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 16 KiB to 1 MiB; the largest has some 1.5 % wrong hits at half a million. */
#define FARE_CLUSTER_FILTER_MIN 17
#define FARE_CLUSTER_FILTER_MAX 23

typedef struct
{
  guint   bits; /* so many of a fingerprint name a place */
  guint64 words[];
} FareClusterFilter;

/**
 * fare_cluster_filter_new:
 * @n_expected: about how many clusters it will have; more of them make more wrong hits
 */
static inline FareClusterFilter *
fare_cluster_filter_new (guint64 n_expected)
{
  guint bits = FARE_CLUSTER_FILTER_MIN;
  FareClusterFilter *self;

  while (bits < FARE_CLUSTER_FILTER_MAX && (G_GUINT64_CONSTANT (1) << bits) < n_expected * 16)
    bits++;
  self = g_malloc0 (sizeof *self + ((gsize) 1 << bits) / 8);
  self->bits = bits;

  return self;
}

/* The bits of a cluster. */
static inline void
fare_cluster_filter_find (const FareClusterFilter *self,
                          gint64                   cluster,
                          guint64                  places[2])
{
  places[0] = (guint64) cluster & ((G_GUINT64_CONSTANT (1) << self->bits) - 1);
  places[1] = ((guint64) cluster >> 32) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> (64 - self->bits);
}

/**
 * fare_cluster_filter_has:
 *
 * Returns: %FALSE when the cluster was never added
 */
static inline gboolean
fare_cluster_filter_has (const FareClusterFilter *self,
                         gint64                   cluster)
{
  guint64 at[2];

  fare_cluster_filter_find (self, cluster, at);

  return (self->words[at[0] / 64] >> (at[0] % 64) & 1) && (self->words[at[1] / 64] >> (at[1] % 64) & 1);
}

/* From now on the filter says that @cluster may be there. */
static inline void
fare_cluster_filter_add (FareClusterFilter *self,
                         gint64             cluster)
{
  guint64 at[2];

  fare_cluster_filter_find (self, cluster, at);
  self->words[at[0] / 64] |= G_GUINT64_CONSTANT (1) << (at[0] % 64);
  self->words[at[1] / 64] |= G_GUINT64_CONSTANT (1) << (at[1] % 64);
}

G_END_DECLS
