/* fare-share-send.c
 *
 * Every 64 logs of the index go into one file, so that a log that grows has one file written anew
 * and not all.  A file that does not say of itself what was noted when it was written is either an
 * old one that came back, and is replaced, or somebody else's who has the same id.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "sharing/fare-share-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "base/fare-hash.h"
#include "index/fare-index-outbox.h"

#define LOGS_SHIFT 6

/* The logs of one file. */
typedef struct
{
  guint  number;
  guint  first;     /* places in the list */
  guint  end;
  gint64 signature;
} Share;

/* What the folder has under one of our names. */
typedef enum
{
  FOUND_OURS,   /* what was written last */
  FOUND_OLD,    /* nothing, or something that may be replaced */
  FOUND_CLONE   /* what only another machine can have written */
} Found;

static GArray *
list_shares (FareShare    *self,
             const GArray *items)
{
  GArray *shares = g_array_new (FALSE, FALSE, sizeof (Share));
  const char *name = fare_share_get_own (self)->given;

  for (guint i = 0; i < items->len;)
    {
      guint number = g_array_index (items, FareOutboxItem, i).file >> LOGS_SHIFT;
      Share share = { .number = number, .first = i };
      guint64 hash = fare_hash_bytes (FARE_HASH_SEED, name, strlen (name));

      for (; i < items->len && g_array_index (items, FareOutboxItem, i).file >> LOGS_SHIFT == number;
           i++)
        hash = fare_hash_int (hash, g_array_index (items, FareOutboxItem, i).signature);
      share.end = i;
      share.signature = fare_hash_finish (hash);
      g_array_append_val (shares, share);
    }

  return shares;
}

static gboolean
read_head (const char     *path,
           FareParcelHead *head)
{
  guint8 data[FARE_PARCEL_HEAD_SIZE];
  FILE *file = g_fopen (path, "rbe");
  gsize size;

  if (file == NULL)
    return FALSE;
  size = fread (data, 1, sizeof data, file);
  fclose (file);

  return fare_parcel_read_head (data, size, head, NULL);
}

static Found
look (const char     *path,
      guint64         machine,
      FareSentParcel *sent,
      gboolean        is_known)
{
  struct stat info;
  FareParcelHead head;

  if (stat (path, &info) != 0)
    return FOUND_OLD;
  if (is_known && info.st_size == sent->size && fare_share_get_mtime (&info) == sent->mtime_ns)
    return FOUND_OURS;
  if (!read_head (path, &head) || head.machine != machine)
    return FOUND_OLD;
  if (is_known && head.nonce == (guint64) sent->nonce)
    {
      if (info.st_size != (gint64) (FARE_PARCEL_HEAD_SIZE + head.packed_size))
        return FOUND_OLD;
      sent->mtime_ns = fare_share_get_mtime (&info);
      return FOUND_OURS;
    }

  /* Fewer times written than we did: an old one, or that of one who will notice us. */
  return is_known && head.generation < (guint64) sent->generation ? FOUND_OLD : FOUND_CLONE;
}

static GBytes *
pack (FareShare            *self,
      FareOutbox           *outbox,
      const GArray         *items,
      const Share          *share,
      const FareSentParcel *sent)
{
  g_autoptr(FareParcel) parcel = fare_parcel_new ();
  const FareMachine *own = fare_share_get_own (self);

  parcel->head.machine = fare_share_parse_uid (own->uid);
  parcel->head.number = share->number;
  parcel->head.generation = (guint64) sent->generation;
  parcel->head.nonce = (guint64) sent->nonce;
  parcel->name = g_strdup (own->given);
  parcel->named_ms = own->named_ms;
  for (guint i = share->first; i < share->end; i++)
    {
      g_autofree char *client = NULL, *key = NULL;
      g_autoptr(FareLog) log = NULL;

      log = fare_outbox_load (outbox, g_array_index (items, FareOutboxItem, i).file, &client, &key);
      if (log == NULL)
        return NULL;
      fare_parcel_add (parcel, client, key, log);
    }

  return fare_parcel_pack (parcel, NULL);
}

/* Sharing may have been switched off, or moved, by another program. */
static gboolean
is_still_wanted (FareShare *self)
{
  g_auto(FareSharing) now = { 0 };

  return fare_sharing_load (self->db, &now) && now.with_names == self->sharing.with_names
         && g_strcmp0 (now.folder, self->sharing.folder) == 0
         && !g_cancellable_is_cancelled (self->options->cancellable);
}

/* The next nonce is noted before the file can have it: one that is found later is ours for certain. */
static gboolean
write_one (FareShare      *self,
           FareOutbox     *outbox,
           const GArray   *items,
           const Share    *share,
           const char     *path,
           FareSentParcel *sent)
{
  const char *uid = fare_share_get_own (self)->uid;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) reason = NULL;
  struct stat info;
  gsize size;
  const char *data;

  sent->generation++;
  sent->nonce = (gint64) ((guint64) g_random_int () << 32 | g_random_int ());
  sent->signature = 0;
  bytes = pack (self, outbox, items, share, sent);
  if (bytes == NULL || !fare_sharing_store_sent (self->db, uid, share->number, sent))
    return FALSE;
  if (!is_still_wanted (self))
    return TRUE;
  data = g_bytes_get_data (bytes, &size);
  if (!g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 &reason)
      || stat (path, &info) != 0)
    {
      fare_share_note_failure (self, path, reason != NULL ? reason->message : g_strerror (errno));
      return TRUE;
    }
  self->result->n_written++;
  sent->signature = share->signature;
  sent->size = info.st_size;
  sent->mtime_ns = fare_share_get_mtime (&info);

  return fare_sharing_store_sent (self->db, uid, share->number, sent);
}

static FareSend
send_one (FareShare    *self,
          FareOutbox   *outbox,
          const GArray *items,
          const Share  *share,
          GHashTable   *known)
{
  const FareMachine *own = fare_share_get_own (self);
  g_autofree char *path = fare_share_dup_path (self->sharing.folder, own->uid, share->number);
  FareSentParcel *before = g_hash_table_lookup (known, GUINT_TO_POINTER (share->number));
  FareSentParcel sent = before != NULL ? *before : (FareSentParcel) { 0 };
  Found found = look (path, fare_share_parse_uid (own->uid), &sent, before != NULL);

  if (found == FOUND_CLONE)
    return FARE_SEND_CLONED;
  if (found == FOUND_OURS && sent.signature == share->signature)
    return sent.mtime_ns == before->mtime_ns
           || fare_sharing_store_sent (self->db, own->uid, share->number, &sent)
           ? FARE_SEND_DONE : FARE_SEND_FAILED;

  return write_one (self, outbox, items, share, path, &sent) ? FARE_SEND_DONE : FARE_SEND_FAILED;
}

/* Logs that were forgotten leave files behind that nothing is in. */
static gboolean
remove_left (FareShare    *self,
             const GArray *shares,
             GHashTable   *known)
{
  const char *uid = fare_share_get_own (self)->uid;
  GHashTableIter iter;
  gpointer number;

  for (guint i = 0; i < shares->len; i++)
    g_hash_table_remove (known, GUINT_TO_POINTER (g_array_index (shares, Share, i).number));
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    {
      g_autofree char *path = fare_share_dup_path (self->sharing.folder, uid,
                                                   GPOINTER_TO_UINT (number));

      g_unlink (path);
      if (!fare_sharing_store_sent (self->db, uid, GPOINTER_TO_UINT (number), NULL))
        return FALSE;
    }

  return TRUE;
}

FareSend
fare_share_send (FareShare *self)
{
  g_autoptr(FareOutbox) outbox = fare_outbox_new (self->db, self->sharing.with_names);
  g_autoptr(GArray) items = fare_outbox_list (outbox);
  g_autoptr(GHashTable) known = fare_sharing_load_sent (self->db, fare_share_get_own (self)->uid);
  g_autoptr(GArray) shares = NULL;

  if (items == NULL || known == NULL)
    return FARE_SEND_FAILED;
  shares = list_shares (self, items);
  for (guint i = 0; i < shares->len && is_still_wanted (self); i++)
    {
      FareSend sent = send_one (self, outbox, items, &g_array_index (shares, Share, i), known);

      if (sent != FARE_SEND_DONE)
        return sent;
    }

  return remove_left (self, shares, known) ? FARE_SEND_DONE : FARE_SEND_FAILED;
}
