/* fare-session-ids.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-session-ids.h"

#include <string.h>

#define SHORTEST 8 /* bytes; fewer would soon be taken by the next session */

struct _FareSessionIds
{
  GPtrArray *sorted; /* char * */
};

static gboolean
take_session (const FareSessionInfo *session,
              gpointer               user_data)
{
  FareSessionIds *self = user_data;

  g_ptr_array_add (self->sorted, g_strdup (session->uid));
  return TRUE;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

FareSessionIds *
fare_session_ids_new (FareIndexReader  *reader,
                      GError          **error)
{
  g_autoptr(FareSessionIds) self = g_new0 (FareSessionIds, 1);

  self->sorted = g_ptr_array_new_with_free_func (g_free);
  if (!fare_index_reader_foreach_session (reader, take_session, self, error))
    return NULL;

  g_ptr_array_sort (self->sorted, compare);
  return g_steal_pointer (&self);
}

void
fare_session_ids_free (FareSessionIds *self)
{
  g_ptr_array_unref (self->sorted);
  g_free (self);
}

static gsize
count_common (const char *a,
              const char *b)
{
  gsize n = 0;

  while (a[n] != '\0' && a[n] == b[n])
    n++;

  return n;
}

/* The position of the first id that is not before @uid. */
static guint
find (FareSessionIds *self,
      const char     *uid)
{
  guint low = 0, high = self->sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (g_ptr_array_index (self->sorted, middle), uid) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* In sorted order only the neighbours can have more in common than a shorter beginning. */
char *
fare_session_ids_shorten (FareSessionIds *self,
                          const char     *uid)
{
  guint at = find (self, uid);
  gsize length = SHORTEST;

  if (at > 0)
    length = MAX (length, count_common (uid, g_ptr_array_index (self->sorted, at - 1)) + 1);
  if (at + 1 < self->sorted->len)
    length = MAX (length, count_common (uid, g_ptr_array_index (self->sorted, at + 1)) + 1);

  return g_strndup (uid, length);
}
