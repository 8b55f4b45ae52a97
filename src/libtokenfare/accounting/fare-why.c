/* fare-why.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-why.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "accounting/fare-query.h"

/* Rows between two looks at the cancellable. */
#define PATIENCE 1024

const FareWhyRole fare_why_roles[FARE_WHY_N_ROLES] = {
  { FARE_ROLE_COPY, "copy", N_("the same call again in a resumed, forked or replayed log") },
  { FARE_ROLE_REPLAY, "replay", N_("a helper’s replay of a call that its parent made") },
  { FARE_ROLE_HELPER, "helper", N_("a helper’s call repeated in its parent’s log") },
  { FARE_ROLE_SNAPSHOT, "snapshot", N_("another state of a response while it was streamed") },
};

/* Strings of files are the reader's only during its calls. */
typedef struct
{
  FareWhy         *why;
  const FareQuery *query;
  GHashTable      *used_files; /* path → itself */
  GCancellable    *cancellable;
  guint            n_rows;
} Pass;

static void
file_free (FareWhyFile *self)
{
  g_free (self->path);
  g_free (self->reason);
  g_free (self);
}

static void
note_file (GPtrArray          *files,
           const FareFileInfo *info)
{
  FareWhyFile *file = g_new0 (FareWhyFile, 1);

  file->path = g_strdup (info->path);
  file->reason = g_strdup (info->error);
  file->lines = info->malformed;
  file->offset = info->malformed_at;
  g_ptr_array_add (files, file);
}

static gboolean
is_noted (GPtrArray  *files,
          const char *path)
{
  for (guint i = 0; i < files->len; i++)
    if (g_str_equal (((FareWhyFile *) g_ptr_array_index (files, i))->path, path))
      return TRUE;

  return FALSE;
}

static gboolean
wants_client (const FareQuery *query,
              const char      *client)
{
  return query->clients == NULL ||
         g_strv_contains ((const char * const *) query->clients, client);
}

static gboolean
take_file (const FareFileInfo *file,
           gpointer            user_data)
{
  Pass *pass = user_data;
  FareWhy *self = pass->why;

  if (!wants_client (pass->query, file->client))
    return TRUE;

  self->lines += file->lines;
  self->malformed += file->malformed;
  self->repeated += file->repeated;
  if (file->malformed > 0)
    note_file (self->damaged, file);

  if (file->missing)
    self->files_missing++;
  else if (file->error != NULL)
    note_file (self->unreadable, file);
  else
    self->files_read++;

  return TRUE;
}

/* Files that were never read are not in the index; the last scan knows them. */
static void
take_failures (Pass               *pass,
               const char * const *failures)
{
  for (guint i = 0; failures != NULL && failures[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (failures[i], "\t", 3);
      FareFileInfo file = { .malformed_at = -1 };

      if (g_strv_length (parts) < 3 || is_noted (pass->why->unreadable, parts[1]) ||
          !wants_client (pass->query, parts[0]))
        continue;

      file.path = parts[1];
      file.error = parts[2];
      note_file (pass->why->unreadable, &file);
    }
}

static gboolean
is_wanted (Pass               *pass,
           const FareEventRow *row)
{
  return fare_query_wants_event (pass->query, row);
}

static gboolean
is_given_up (Pass *pass)
{
  return pass->n_rows++ % PATIENCE == 0 && g_cancellable_is_cancelled (pass->cancellable);
}

static gboolean
take_event (const FareEventRow *event,
            gpointer            user_data)
{
  Pass *pass = user_data;

  if (is_given_up (pass))
    return FALSE;
  if (!is_wanted (pass, event))
    return TRUE;

  pass->why->events++;
  pass->why->folded += event->lines - 1;
  if (!g_hash_table_contains (pass->used_files, event->path))
    g_hash_table_add (pass->used_files, g_strdup (event->path));

  return TRUE;
}

static gboolean
take_copy (const FareEventRow *row,
           FareRole            role,
           gpointer            user_data)
{
  Pass *pass = user_data;

  if (is_given_up (pass))
    return FALSE;
  if (is_wanted (pass, row))
    pass->why->not_counted[role] += row->lines;

  return TRUE;
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
take_used_files (Pass *pass)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, pass->used_files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (pass->why->used_files, path);
    }
  g_ptr_array_sort (pass->why->used_files, compare_paths);
}

static gboolean
take_all (Pass             *pass,
          FareIndexReader  *reader,
          FarePriceBook    *prices,
          GError          **error)
{
  FareWhy *self = pass->why;
  const FareQuery *query = pass->query;

  self->models = fare_summary_new (reader, prices, query, FARE_GROUP_MODEL, error);

  return self->models != NULL && fare_index_reader_foreach_file (reader, take_file, pass, error) &&
         fare_index_reader_foreach_event (reader, query->from_ms, query->to_ms, NULL, take_event,
                                          pass, error) &&
         fare_index_reader_foreach_copy (reader, query->from_ms, query->to_ms, take_copy, pass,
                                         error) &&
         !g_cancellable_set_error_if_cancelled (pass->cancellable, error);
}

FareWhy *
fare_why_new (FareIndexReader    *reader,
              FarePriceBook      *prices,
              const FareQuery    *query,
              const char * const *failures,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr(FareWhy) self = NULL;
  g_autoptr(GHashTable) used_files = NULL;
  Pass pass = { .query = query, .cancellable = cancellable };

  g_return_val_if_fail (reader != NULL && prices != NULL && query != NULL, NULL);

  self = g_new0 (FareWhy, 1);
  self->damaged = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  self->unreadable = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  self->used_files = g_ptr_array_new_with_free_func (g_free);
  self->prices_updated = g_strdup (fare_price_book_get_updated (prices));
  used_files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  pass.why = self;
  pass.used_files = used_files;

  if (!take_all (&pass, reader, prices, error))
    return NULL;

  take_failures (&pass, failures);
  take_used_files (&pass);

  return g_steal_pointer (&self);
}

void
fare_why_free (FareWhy *self)
{
  g_clear_pointer (&self->models, fare_summary_free);
  g_ptr_array_unref (self->damaged);
  g_ptr_array_unref (self->unreadable);
  g_ptr_array_unref (self->used_files);
  g_free (self->prices_updated);
  g_free (self);
}
