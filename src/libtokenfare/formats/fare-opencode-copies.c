/* fare-opencode-copies.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-opencode-copies.h"

#include <stdlib.h>
#include <string.h>

#include "base/fare-hash.h"

/* A chain of forks longer than this is a circle or nonsense. */
#define MAX_GENERATIONS 1000

static gboolean
is_same_content (const FareOpencodeRecord *a,
                 const FareOpencodeRecord *b)
{
  return a->row.model == b->row.model
         && a->tokens.input == b->tokens.input
         && a->tokens.output == b->tokens.output
         && a->tokens.reasoning == b->tokens.reasoning
         && a->tokens.cache_read == b->tokens.cache_read
         && a->tokens.cache_write == b->tokens.cache_write;
}

static guint64
hash_content (const FareOpencodeRecord *record)
{
  guint64 hash = fare_hash_int (FARE_HASH_SEED, record->row.model);

  hash = fare_hash_int (hash, record->tokens.input);
  hash = fare_hash_int (hash, record->tokens.output);
  hash = fare_hash_int (hash, record->tokens.reasoning);
  hash = fare_hash_int (hash, record->tokens.cache_read);

  return fare_hash_int (hash, record->tokens.cache_write);
}

/* By session, place in it and content. */
static guint
hash_place (gconstpointer key)
{
  const FareOpencodeRecord *record = key;

  return (guint) fare_hash_finish (fare_hash_int (fare_hash_int (hash_content (record),
                                                                 record->session->number),
                                                  record->seq));
}

static gboolean
is_same_place (gconstpointer a,
               gconstpointer b)
{
  const FareOpencodeRecord *first = a, *second = b;

  return first->session == second->session && first->seq == second->seq
         && is_same_content (first, second);
}

/* By times and content. */
static guint
hash_call (gconstpointer key)
{
  const FareOpencodeRecord *record = key;

  return (guint) fare_hash_finish (fare_hash_int (fare_hash_int (hash_content (record),
                                                                 record->row.own_ms),
                                                  record->completed_ms));
}

static gboolean
is_same_call (gconstpointer a,
              gconstpointer b)
{
  const FareOpencodeRecord *first = a, *second = b;

  return first->row.own_ms == second->row.own_ms && first->completed_ms == second->completed_ms
         && is_same_content (first, second);
}

static gboolean
has_ancestors (const FareOpencodeSession *session)
{
  guint n = 0;

  for (const FareOpencodeSession *next = session->fork_of; next != NULL; next = next->fork_of)
    if (++n > MAX_GENERATIONS)
      return FALSE;

  return n > 0;
}

/* The row at the same place of the farthest ancestor session that has it. */
static const FareOpencodeRecord *
find_origin (GHashTable               *by_place,
             const FareOpencodeRecord *record)
{
  const FareOpencodeRecord *found, *origin = NULL;
  FareOpencodeRecord wanted = *record;

  while ((wanted.session = wanted.session->fork_of) != NULL)
    {
      found = g_hash_table_lookup (by_place, &wanted);
      if (found != NULL)
        origin = found;
    }

  return origin;
}

/* Copies that stand at the same place of a declared fork; their times may be new. */
static void
find_by_place (GArray *records)
{
  g_autoptr(GHashTable) by_place = g_hash_table_new (hash_place, is_same_place);
  g_autoptr(GHashTable) with_ancestors = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      FareOpencodeRecord *record = &g_array_index (records, FareOpencodeRecord, i);

      if (record->seq < 0)
        continue;
      g_hash_table_add (by_place, record);
      if (!g_hash_table_contains (with_ancestors, record->session))
        g_hash_table_insert (with_ancestors, record->session,
                             GINT_TO_POINTER (has_ancestors (record->session)));
    }
  for (guint i = 0; i < records->len; i++)
    {
      FareOpencodeRecord *record = &g_array_index (records, FareOpencodeRecord, i);
      const FareOpencodeRecord *origin;

      if (record->seq < 0 || !g_hash_table_lookup (with_ancestors, record->session))
        continue;
      origin = find_origin (by_place, record);
      if (origin == NULL)
        continue;
      record->row.flags |= FARE_ROW_COPIED;
      record->row.cluster = origin->row.cluster;
      record->row.sub = origin->row.sub;
    }
}

/* Of several rows of one call, the one that is not a fork's, then of the older session, then with
 * the smaller id. */
static gboolean
is_better (const FareOpencodeRecord *a,
           const FareOpencodeRecord *b)
{
  if (a->session->is_fork != b->session->is_fork)
    return !a->session->is_fork;
  if (a->session->created_ms != b->session->created_ms)
    return a->session->created_ms < b->session->created_ms;

  return strcmp (a->id, b->id) < 0;
}

/* Copies that kept their times. */
static void
find_by_times (GArray *records)
{
  g_autoptr(GHashTable) best = g_hash_table_new (hash_call, is_same_call);

  for (guint i = 0; i < records->len; i++)
    {
      FareOpencodeRecord *record = &g_array_index (records, FareOpencodeRecord, i), *known;

      if (record->row.flags & FARE_ROW_COPIED)
        continue;
      known = g_hash_table_lookup (best, record);
      if (known == NULL || is_better (record, known))
        g_hash_table_replace (best, record, record);
    }
  for (guint i = 0; i < records->len; i++)
    {
      FareOpencodeRecord *record = &g_array_index (records, FareOpencodeRecord, i), *known;

      if (record->row.flags & FARE_ROW_COPIED)
        continue;
      known = g_hash_table_lookup (best, record);
      /* Two equal rows inside one session are two calls. */
      if (known != NULL && known->session != record->session)
        record->row.flags |= FARE_ROW_COPIED;
    }
}

void
fare_opencode_find_copies (GArray *records)
{
  find_by_place (records);
  find_by_times (records);
}
