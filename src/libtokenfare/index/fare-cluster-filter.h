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

/* 1 MiB, some 1.5 % wrong hits at half a million. */
#define FARE_CLUSTER_FILTER_BITS (G_GUINT64_CONSTANT (1) << 23)

typedef struct
{
  guint64 words[FARE_CLUSTER_FILTER_BITS / 64];
} FareClusterFilter;

static inline FareClusterFilter *
fare_cluster_filter_new (void)
{
  return g_new0 (FareClusterFilter, 1);
}

/* The bits of a cluster, each in a word of its own. */
static inline void
fare_cluster_filter_find (gint64   cluster,
                          guint64  places[2])
{
  places[0] = (guint64) cluster % FARE_CLUSTER_FILTER_BITS;
  places[1] = ((guint64) cluster >> 32) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 41;
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

  fare_cluster_filter_find (cluster, at);

  return (self->words[at[0] / 64] >> (at[0] % 64) & 1) && (self->words[at[1] / 64] >> (at[1] % 64) & 1);
}

static inline void
fare_cluster_filter_add (FareClusterFilter *self,
                         gint64             cluster)
{
  guint64 at[2];

  fare_cluster_filter_find (cluster, at);
  self->words[at[0] / 64] |= G_GUINT64_CONSTANT (1) << (at[0] % 64);
  self->words[at[1] / 64] |= G_GUINT64_CONSTANT (1) << (at[1] % 64);
}

G_END_DECLS
