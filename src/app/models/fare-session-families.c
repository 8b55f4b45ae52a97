/* fare-session-families.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-session-families.h"

struct _FareSessionFamilies
{
  GHashTable *helpers; /* a session's key → GPtrArray of its helpers' rows */
  GHashTable *below;   /* rows that stand below another */
};

/* Rows of the sessions above, by key. */
static FareSessionRow *
find_root (GHashTable     *rows,
           FareSessionRow *row)
{
  FareSessionRow *root = row;

  /* Logs may name each other as parents; nobody has that many ancestors. */
  for (guint depth = 0; depth < 16; depth++)
    {
      g_autofree char *key = NULL;
      FareSessionRow *above;

      if (!root->is_helper || root->is_review || root->parent == NULL)
        return root;

      key = fare_session_row_dup_key (root->client, root->parent);
      above = g_hash_table_lookup (rows, key);
      if (above == NULL || above == root)
        return root;

      root = above;
    }

  return row;
}

static void
add_helper (FareSessionFamilies *self,
            FareSessionRow      *root,
            FareSessionRow      *row)
{
  GPtrArray *helpers = g_hash_table_lookup (self->helpers, root->key);

  if (helpers == NULL)
    {
      helpers = g_ptr_array_new ();
      g_hash_table_insert (self->helpers, root->key, helpers);
    }

  g_ptr_array_add (helpers, row);
  g_hash_table_add (self->below, row);
}

FareSessionFamilies *
fare_session_families_new (GPtrArray *rows)
{
  FareSessionFamilies *self = g_new0 (FareSessionFamilies, 1);
  g_autoptr(GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);

  self->helpers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) g_ptr_array_unref);
  self->below = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      FareSessionRow *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (by_key, row->key, row);
    }

  for (guint i = 0; i < rows->len; i++)
    {
      FareSessionRow *row = g_ptr_array_index (rows, i);
      FareSessionRow *root = row->is_helper ? find_root (by_key, row) : row;

      if (root != row)
        add_helper (self, root, row);
    }

  return self;
}

void
fare_session_families_free (FareSessionFamilies *self)
{
  g_hash_table_unref (self->helpers);
  g_hash_table_unref (self->below);
  g_free (self);
}

GPtrArray *
fare_session_families_get_helpers (const FareSessionFamilies *self,
                                   const FareSessionRow      *row)
{
  return g_hash_table_lookup (self->helpers, row->key);
}

gboolean
fare_session_families_is_below (const FareSessionFamilies *self,
                                const FareSessionRow      *row)
{
  return g_hash_table_contains (self->below, row);
}
