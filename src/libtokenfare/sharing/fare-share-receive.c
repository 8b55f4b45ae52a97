/* fare-share-receive.c
 *
 * A file is known by what it says of itself, not by its name: copies that a synchronising program
 * makes of a conflict are files like others.  Of a log that comes several times the one from the
 * parcel that was written most often counts, whatever the order in which they come; one that is
 * missing changes nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "sharing/fare-share-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Rows of one batch. */
#define BATCH_ROWS 20000

/* No file of ours is larger, in bytes. */
#define FILE_LIMIT (512 << 20)

static gboolean
is_name (const char *name)
{
  return g_str_has_prefix (name, FARE_SHARE_PREFIX) && g_str_has_suffix (name, FARE_SHARE_SUFFIX);
}

static FareIndexWriter *
get_writer (FareShare *self)
{
  return self->options->writer;
}

/* One that was written less often, or as often and loses the toss, is no news. */
static gboolean
is_news (const FareKnownFile  *known,
         const FareParcelHead *head,
         const FareParcelLog  *item)
{
  if (known == NULL || known->next_seq == 0)
    return TRUE;
  if ((guint64) known->head != head->generation)
    return (guint64) known->head < head->generation && known->tail != item->checksum;

  return known->tail < item->checksum;
}

static gboolean
add_log (FareShare            *self,
         const FareParcelHead *head,
         FareParcelLog        *item,
         const char           *uid,
         guint32               machine,
         const char           *path,
         GError              **error)
{
  const FareFormat *format = fare_format_find (item->client);
  g_autofree char *key = g_strconcat (uid, "/", item->key, NULL);
  g_autoptr(FareLog) log = NULL;
  g_autoptr(GError) reason = NULL;
  FareSource source = { .format = format, .path = key, .key = key };
  FareReading reading = {
    .source = &source, .anew = TRUE, .head = (gint64) head->generation, .tail = item->checksum,
    .machine = machine,
  };

  if (format == NULL)
    {
      g_autofree char *message = g_strdup_printf (_("It has use of “%s”, which this version of "
                                                    "Tokenfare does not know."), item->client);

      fare_share_note_failure (self, path, message);
      return TRUE;
    }
  if (!is_news (fare_index_writer_find_file (get_writer (self), key), head, item))
    return TRUE;
  log = fare_parcel_log_read (item, &reason);
  if (log == NULL)
    {
      fare_share_note_failure (self, path, reason->message);
      return TRUE;
    }
  reading.log = log;

  return fare_index_writer_add (get_writer (self), &reading, error);
}

static gboolean
commit (FareShare *self,
        GError   **error)
{
  gboolean changed = FALSE;

  if (!fare_index_writer_commit (get_writer (self), 0, &changed, error))
    return FALSE;
  fare_index_writer_forget_files (get_writer (self));
  self->result->changed |= changed;

  return !g_cancellable_set_error_if_cancelled (self->options->cancellable, error);
}

static gboolean
add_parcel (FareShare   *self,
            FareParcel  *parcel,
            const char  *path,
            FareArrival *arrival,
            GError     **error)
{
  g_autofree char *uid = fare_share_format_uid (parcel->head.machine);

  if (!fare_index_writer_begin (get_writer (self), error))
    return FALSE;
  arrival->machine = fare_machines_ensure (self->db, uid, parcel->name,
                                           MIN (parcel->named_ms, self->options->now_ms));
  if (arrival->machine == 0)
    return fare_index_writer_fail (get_writer (self), error);
  for (guint i = 0; i < parcel->logs->len; i++)
    {
      if (!add_log (self, &parcel->head, g_ptr_array_index (parcel->logs, i), uid, arrival->machine,
                    path, error))
        return FALSE;
      if (fare_index_writer_get_n_rows (get_writer (self)) >= BATCH_ROWS && !commit (self, error))
        return FALSE;
    }
  self->result->n_read++;

  return TRUE;
}

/* Of another version: it is tried again whenever this program may be another one. */
static void
refuse (FareShare    *self,
        const char   *path,
        FareArrival  *arrival,
        const GError *reason)
{
  if (g_error_matches (reason, FARE_PARCEL_ERROR, FARE_PARCEL_ERROR_VERSION))
    arrival->size = -1;
  g_free (arrival->error);
  arrival->error = g_strdup (reason->message);
  fare_share_note_failure (self, path, reason->message);
}

static gboolean
read_one (FareShare   *self,
          const char  *path,
          FareArrival *arrival,
          GError     **error)
{
  g_autoptr(GMappedFile) file = NULL;
  g_autoptr(GError) reason = NULL;
  g_autoptr(FareParcel) parcel = NULL;
  g_autoptr(GBytes) bytes = NULL;
  FareParcelHead head;
  g_autofree char *contents = NULL;
  gsize size = 0;

  if (arrival->size > FILE_LIMIT)
    reason = g_error_new_literal (FARE_PARCEL_ERROR, FARE_PARCEL_ERROR_DAMAGED,
                                  _("The file is damaged or not complete yet."));
  /* Not mapped: a file that is cut meanwhile would end the program. */
  else if (g_file_get_contents (path, &contents, &size, &reason))
    {
      bytes = g_bytes_new_take (g_steal_pointer (&contents), size);
      if (fare_parcel_read_head (g_bytes_get_data (bytes, NULL), size, &head, &reason)
          && head.machine == fare_share_parse_uid (fare_share_get_own (self)->uid))
        return TRUE;
      if (reason == NULL)
        parcel = fare_parcel_unpack (bytes, &reason);
    }
  if (parcel != NULL)
    return add_parcel (self, parcel, path, arrival, error);
  refuse (self, path, arrival, reason);

  return TRUE;
}

static gboolean
look_at (FareShare   *self,
         const char  *name,
         GHashTable  *arrivals,
         GError     **error)
{
  g_autofree char *path = g_build_filename (self->sharing.folder, name, NULL);
  const FareArrival *before = g_hash_table_lookup (arrivals, name);
  FareArrival now = { 0 };
  struct stat info;
  gboolean done;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return TRUE;
  now.size = info.st_size;
  now.mtime_ns = fare_share_get_mtime (&info);
  now.inode = (gint64) info.st_ino;
  if (before != NULL && before->size == now.size && before->mtime_ns == now.mtime_ns
      && before->inode == now.inode)
    {
      if (before->error != NULL)
        fare_share_note_failure (self, path, before->error);
      return TRUE;
    }
  done = read_one (self, path, &now, error);
  if (done && !fare_index_writer_begin (get_writer (self), error))
    done = FALSE;
  if (done && !fare_sharing_store_arrival (self->db, name, &now))
    done = fare_index_writer_fail (get_writer (self), error);
  g_free (now.error);

  return done;
}

/* A file that is gone and comes back is looked at again. */
static gboolean
forget_gone (FareShare  *self,
             GHashTable *arrivals,
             GHashTable *names,
             GError    **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, arrivals);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (names, name)
        && (!fare_index_writer_begin (get_writer (self), error)
            || (!fare_sharing_store_arrival (self->db, name, NULL)
                && !fare_index_writer_fail (get_writer (self), error))))
      return FALSE;

  return TRUE;
}

gboolean
fare_share_receive (FareShare *self,
                    GError   **error)
{
  g_autoptr(GHashTable) arrivals = fare_sharing_load_arrivals (self->db);
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) reason = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (arrivals == NULL)
    return fare_index_writer_fail (get_writer (self), error);
  dir = g_dir_open (self->sharing.folder, 0, &reason);
  if (dir == NULL)
    {
      fare_share_note_failure (self, self->sharing.folder, reason->message);
      return TRUE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (is_name (name))
      {
        g_hash_table_add (names, g_strdup (name));
        if (!look_at (self, name, arrivals, error))
          return FALSE;
      }

  return forget_gone (self, arrivals, names, error) && commit (self, error);
}
