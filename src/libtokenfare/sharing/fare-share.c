/* fare-share.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "sharing/fare-share-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/fare-hash.h"

void
fare_share_result_clear (FareShareResult *result)
{
  g_clear_pointer (&result->folder, g_free);
  g_clear_pointer (&result->failures, g_ptr_array_unref);
}

const FareMachine *
fare_share_get_own (FareShare *self)
{
  return fare_machines_find (self->machines, FARE_OWN_MACHINE);
}

void
fare_share_note_failure (FareShare  *self,
                         const char *path,
                         const char *reason)
{
  g_ptr_array_add (self->result->failures,
                   g_strdup_printf (FARE_SHARE_SOURCE "\t%s\t%s", path, reason));
}

char *
fare_share_dup_path (const char *folder,
                     const char *uid,
                     guint       number)
{
  return g_strdup_printf ("%s%s" FARE_SHARE_PREFIX "%s-%u" FARE_SHARE_SUFFIX, folder,
                          g_str_has_suffix (folder, "/") ? "" : "/", uid, number);
}

gint64
fare_share_get_mtime (const struct stat *info)
{
  return (gint64) info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
}

guint64
fare_share_parse_uid (const char *uid)
{
  return g_ascii_strtoull (uid, NULL, 16);
}

char *
fare_share_format_uid (guint64 uid)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", uid);
}

/* A fingerprint of this installation of the system. */
static char *
find_host (void)
{
  g_autofree char *text = NULL;
  gint64 hash;

  if (!g_file_get_contents ("/etc/machine-id", &text, NULL, NULL) || *text == '\0')
    {
      g_free (text);
      text = g_strdup (g_get_host_name ());
    }
  hash = fare_hash_finish (fare_hash_bytes (FARE_HASH_SEED, text, strlen (text)));

  return fare_share_format_uid ((guint64) hash);
}

/* Who this machine is. */

static char *
make_uid (void)
{
  return fare_share_format_uid ((guint64) g_random_int () << 32 | g_random_int ());
}

static gboolean
load (FareShare *self)
{
  g_clear_pointer (&self->machines, g_ptr_array_unref);
  fare_sharing_clear (&self->sharing);
  if (!fare_sharing_load (self->db, &self->sharing))
    return FALSE;
  if (self->sharing.folder != NULL || self->sharing.forgets)
    self->machines = fare_machines_load (self->db);

  return self->machines != NULL || (self->sharing.folder == NULL && !self->sharing.forgets);
}

/* The id that this machine has on this host, "HOST ID" pairs being known. */
static char *
find_uid (const char *hosts,
          const char *host)
{
  g_auto(GStrv) words = g_strsplit (hosts != NULL ? hosts : "", " ", -1);

  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    if (g_str_equal (words[i], host) && strlen (words[i + 1]) == FARE_MACHINE_UID_LENGTH)
      return g_strdup (words[i + 1]);

  return NULL;
}

/* Leaves the pairs of other hosts as they are. */
static char *
set_uid (const char *hosts,
         const char *host,
         const char *uid)
{
  g_auto(GStrv) words = g_strsplit (hosts != NULL ? hosts : "", " ", -1);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    if (!g_str_equal (words[i], host))
      g_string_append_printf (text, "%s %s ", words[i], words[i + 1]);
  g_string_append_printf (text, "%s %s", host, uid);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
take_uid (FareShare  *self,
          const char *host,
          const char *uid,
          GError    **error)
{
  const FareMachine *own = fare_share_get_own (self);
  g_autofree char *hosts = set_uid (self->sharing.hosts, host, uid);

  g_free (self->sharing.hosts);
  self->sharing.hosts = g_steal_pointer (&hosts);
  if (!fare_sharing_store (self->db, &self->sharing)
      || !fare_sharing_forget_own_arrivals (self->db))
    return fare_index_writer_fail (self->options->writer, error);
  if (!g_str_equal (own->uid, uid)
      && !fare_index_writer_set_machine (self->options->writer, uid, own->given,
                                         own->named_ms != 0 ? own->named_ms : self->options->now_ms,
                                         error))
    return FALSE;

  return load (self) || fare_index_writer_fail (self->options->writer, error);
}

/* The id goes with the index and the host it is on: in a home that was copied to another machine it
 * is another one, and when a home wanders between hosts, each has its own. */
static gboolean
settle_identity (FareShare *self,
                 GError   **error)
{
  g_autofree char *host = self->options->host != NULL ? g_strdup (self->options->host)
                                                      : find_host ();
  g_autofree char *known = find_uid (self->sharing.hosts, host);
  g_autofree char *uid = known != NULL ? g_steal_pointer (&known) : make_uid ();

  if (g_str_equal (fare_share_get_own (self)->uid, uid))
    return TRUE;

  return take_uid (self, host, uid, error);
}

static gboolean
change_identity (FareShare *self,
                 GError   **error)
{
  g_autofree char *host = self->options->host != NULL ? g_strdup (self->options->host)
                                                      : find_host ();
  g_autofree char *uid = make_uid ();

  return take_uid (self, host, uid, error);
}

/* One pass. */

static gboolean
send (FareShare *self,
      GError   **error)
{
  FareSend sent = fare_share_send (self);

  if (sent == FARE_SEND_CLONED)
    {
      if (!change_identity (self, error) || !fare_share_receive (self, error))
        return FALSE;
      sent = fare_share_send (self);
    }
  if (sent == FARE_SEND_FAILED)
    return fare_index_writer_fail (self->options->writer, error);
  if (self->result->n_written == 0)
    return TRUE;
  /* Not by what was loaded: it may have been switched off meanwhile. */
  if (!load (self))
    return fare_index_writer_fail (self->options->writer, error);
  self->sharing.written_ms = self->options->now_ms;

  return self->sharing.folder == NULL || fare_sharing_store (self->db, &self->sharing)
         || fare_index_writer_fail (self->options->writer, error);
}

static gboolean
forget_others (FareShare *self,
               GError   **error)
{
  for (guint i = 0; i < self->machines->len; i++)
    {
      const FareMachine *machine = g_ptr_array_index (self->machines, i);

      if (machine->number != FARE_OWN_MACHINE
          && !fare_index_writer_forget_machine (self->options->writer, machine->number, error))
        return FALSE;
    }
  self->result->changed |= self->machines->len > 1;
  self->sharing.forgets = FALSE;

  return (fare_sharing_store (self->db, &self->sharing) && load (self))
         || fare_index_writer_fail (self->options->writer, error);
}

static gboolean
run (FareShare *self,
     GError   **error)
{
  const FareShareOptions *options = self->options;
  gint64 due_ms;

  if (!load (self))
    return fare_index_writer_fail (options->writer, error);
  if (self->sharing.forgets && !forget_others (self, error))
    return FALSE;
  if (self->sharing.folder == NULL)
    return TRUE;
  self->result->folder = g_strdup (self->sharing.folder);
  if (!settle_identity (self, error) || !fare_share_receive (self, error))
    return FALSE;
  if (options->only_read)
    return TRUE;
  due_ms = self->sharing.written_ms + FARE_SHARE_PAUSE_MS;
  /* A clock that was set back must not keep anything from being written. */
  if (!options->now && due_ms > options->now_ms
      && self->sharing.written_ms <= options->now_ms)
    {
      self->result->due_ms = due_ms;
      return TRUE;
    }
  if (!g_file_test (self->sharing.folder, G_FILE_TEST_IS_DIR))
    return TRUE;

  return send (self, error);
}

gboolean
fare_share_sync (const FareShareOptions  *options,
                 FareShareResult         *result,
                 GError                 **error)
{
  FareShare self = {
    .options = options, .result = result, .db = fare_index_writer_get_db (options->writer),
  };
  gboolean done;

  g_return_val_if_fail (!fare_index_writer_is_open (options->writer), FALSE);

  *result = (FareShareResult) { .failures = g_ptr_array_new_with_free_func (g_free) };
  done = run (&self, error);
  g_clear_pointer (&self.machines, g_ptr_array_unref);
  fare_sharing_clear (&self.sharing);

  return done;
}

FareIndex *
fare_share_open_own_part (const char    *path,
                          const gint64  *thresholds,
                          guint          n_thresholds,
                          GError       **error)
{
  g_autoptr(FareIndex) index = fare_index_open_memory (path, error);
  g_autoptr(FareIndexWriter) writer = NULL;
  FareShareOptions options = { 0 };
  g_auto(FareShareResult) result = { 0 };

  if (index == NULL)
    return NULL;
  writer = fare_index_writer_new (index, thresholds, n_thresholds, error);
  if (writer == NULL)
    return NULL;
  if (!fare_share_set (fare_index_writer_get_db (writer), NULL, FALSE, TRUE))
    {
      fare_index_writer_fail (writer, error);
      return NULL;
    }
  options.writer = writer;

  return fare_share_sync (&options, &result, error) ? g_steal_pointer (&index) : NULL;
}

gboolean
fare_share_set (sqlite3    *db,
                const char *folder,
                gboolean    with_names,
                gboolean    forgets)
{
  g_auto(FareSharing) sharing = { 0 };

  if (!fare_sharing_load (db, &sharing))
    return FALSE;
  sharing.written_ms = 0;
  sharing.forgets |= forgets;
  g_free (sharing.folder);
  sharing.folder = g_strdup (folder);
  sharing.with_names = with_names;

  return fare_sharing_store (db, &sharing);
}

gboolean
fare_share_rename (sqlite3    *db,
                   const char *name,
                   gint64      now_ms)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (db, "INSERT OR REPLACE INTO meta VALUES ('machine_name', ?1),"
                                      " ('machine_named', ?2)");
  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "si", name, now_ms);

  return fare_statement_run (statement);
}

GPtrArray *
fare_share_list_own_ids (sqlite3 *db)
{
  GPtrArray *uids = g_ptr_array_new_with_free_func (g_free);
  g_auto(FareSharing) sharing = { 0 };
  g_auto(GStrv) words = NULL;

  if (!fare_sharing_load (db, &sharing))
    return uids;
  words = g_strsplit (sharing.hosts != NULL ? sharing.hosts : "", " ", -1);
  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    g_ptr_array_add (uids, g_strdup (words[i + 1]));

  return uids;
}

/* Whether the file says of itself that it is ours: its name may be that of somebody else's copy. */
static gboolean
is_own (const char *path,
        GPtrArray  *uids)
{
  g_autofree char *contents = NULL;
  FareParcelHead head;
  g_autofree char *uid = NULL;
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, NULL)
      || !fare_parcel_read_head ((const guint8 *) contents, size, &head, NULL))
    return FALSE;
  uid = fare_share_format_uid (head.machine);

  return g_ptr_array_find_with_equal_func (uids, uid, g_str_equal, NULL);
}

static gboolean
is_own_name (const char *name,
             GPtrArray  *uids)
{
  for (guint i = 0; i < uids->len; i++)
    {
      g_autofree char *beginning = g_strdup_printf (FARE_SHARE_PREFIX "%s-",
                                                    (char *) g_ptr_array_index (uids, i));

      if (g_str_has_prefix (name, beginning) && g_str_has_suffix (name, FARE_SHARE_SUFFIX))
        return TRUE;
    }

  return FALSE;
}

GPtrArray *
fare_share_list_own (const char  *folder,
                     GPtrArray   *uids,
                     GError     **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, error);
  GPtrArray *paths;
  const char *name;

  if (dir == NULL)
    return NULL;
  paths = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_own_name (name, uids) && is_own (path, uids))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }

  return paths;
}

int
fare_share_remove_own (const char  *folder,
                       GPtrArray   *uids,
                       GError     **error)
{
  g_autoptr(GPtrArray) paths = fare_share_list_own (folder, uids, error);

  if (paths == NULL)
    return -1;
  for (guint i = 0; i < paths->len; i++)
    if (g_unlink (g_ptr_array_index (paths, i)) != 0)
      {
        g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno), "%s: %s",
                     (char *) g_ptr_array_index (paths, i), g_strerror (errno));
        return -1;
      }

  return (int) paths->len;
}
