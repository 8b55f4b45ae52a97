/* fare-session-merge.c
 *
 * Turns one list into another with as few moves as possible.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-session-merge.h"

/* An object of the wanted list that is in the store already. */
typedef struct
{
  guint place;    /* in the store */
  guint previous; /* the one before it in the longest run that ends here, counted from 1 */
} Known;

/* Keeps only those that can stay when the pinned one stays. */
static void
keep_around (GArray *known,
             guint   pin)
{
  guint place = g_array_index (known, Known, pin).place;
  guint n = 0;

  for (guint i = 0; i < known->len; i++)
    {
      Known one = g_array_index (known, Known, i);

      if (i == pin || (i < pin ? one.place < place : one.place > place))
        g_array_index (known, Known, n++) = one;
    }

  g_array_set_size (known, n);
}

/* Marks the longest ascending run of places; patience sorting. */
static void
mark_longest_run (GArray   *known,
                  gboolean *stays)
{
  g_autofree guint *ends = g_new (guint, known->len + 1);
  guint length = 0;

  for (guint i = 0; i < known->len; i++)
    {
      Known *one = &g_array_index (known, Known, i);
      guint low = 0;
      guint high = length;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (g_array_index (known, Known, ends[middle]).place < one->place)
            low = middle + 1;
          else
            high = middle;
        }

      one->previous = low > 0 ? ends[low - 1] + 1 : 0;
      ends[low] = i;
      length = MAX (length, low + 1);
    }

  for (guint i = length > 0 ? ends[length - 1] + 1 : 0; i > 0;)
    {
      const Known *one = &g_array_index (known, Known, i - 1);

      stays[one->place] = TRUE;
      i = one->previous;
    }
}

/* How many objects are the same from the first on. */
static guint
count_same (GListStore *store,
            GPtrArray  *wanted)
{
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (store)), wanted->len);
  guint i = 0;

  for (; i < n; i++)
    {
      g_autoptr(GObject) object = g_list_model_get_item (G_LIST_MODEL (store), i);

      if (object != g_ptr_array_index (wanted, i))
        break;
    }

  return i;
}

static void
find_stays (GListStore *store,
            GPtrArray  *wanted,
            gpointer    pinned,
            gboolean   *stays)
{
  g_autoptr(GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr(GArray) known = g_array_new (FALSE, FALSE, sizeof (Known));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint n_same = count_same (store, wanted);
  int pin = -1;

  for (guint i = 0; i < n_same; i++)
    stays[i] = TRUE;

  /* Most often nothing else has changed. */
  if (n_same == n)
    return;

  for (guint i = n_same; i < n; i++)
    {
      g_autoptr(GObject) object = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_hash_table_insert (places, object, GUINT_TO_POINTER (i + 1));
    }

  for (guint i = n_same; i < wanted->len; i++)
    {
      gpointer object = g_ptr_array_index (wanted, i);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, object));
      Known one = { 0 };

      if (place == 0)
        continue;
      if (object == pinned)
        pin = (int) known->len;

      one.place = place - 1;
      g_array_append_val (known, one);
    }

  if (pin >= 0)
    keep_around (known, (guint) pin);

  mark_longest_run (known, stays);
}

/* From one object that stays to the next: what lay between them goes and what shall lie there
 * comes in one step, so that a view can use its widgets again. */
static void
replace_others (GListStore     *store,
                GPtrArray      *wanted,
                const gboolean *stays,
                guint           n)
{
  guint place = 0; /* in the store as it was */
  guint i = 0;     /* in the store as it is, and in @wanted */

  while (place < n || i < wanted->len)
    {
      g_autoptr(GObject) next = NULL;
      guint n_removed = 0;
      guint n_added = 0;

      while (place + n_removed < n && !stays[place + n_removed])
        n_removed++;

      if (place + n_removed < n)
        next = g_list_model_get_item (G_LIST_MODEL (store), i + n_removed);

      while (i + n_added < wanted->len && g_ptr_array_index (wanted, i + n_added) != (gpointer) next)
        n_added++;

      if (n_removed > 0 || n_added > 0)
        g_list_store_splice (store, i, n_removed, wanted->pdata + i, n_added);

      /* The one that stays is passed over. */
      place += n_removed + 1;
      i += n_added + 1;
    }
}

void
fare_session_merge (GListStore *store,
                    GPtrArray  *wanted,
                    gpointer    pinned)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  g_autofree gboolean *stays = g_new0 (gboolean, n + 1);

  find_stays (store, wanted, pinned, stays);
  replace_others (store, wanted, stays, n);
}
