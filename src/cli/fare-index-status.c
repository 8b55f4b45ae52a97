/* fare-index-status.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-index-status.h"

#include <glib/gi18n.h>
#include <sys/stat.h>

#include "base/fare-text.h"
#include "fare-figures.h"
#include "index/fare-index-schema.h"

typedef struct
{
  FareIndexStatus *status;
  GHashTable      *gone;    /* paths of files that are gone from disk */
  GHashTable      *present; /* ids of sessions with an event in a file that is still there */
} Counter;

static void
client_status_free (FareClientStatus *self)
{
  g_free (self->client);
  g_free (self);
}

void
fare_index_status_free (FareIndexStatus *self)
{
  g_free (self->path);
  g_ptr_array_unref (self->clients);
  g_free (self);
}

static FareClientStatus *
find_client (FareIndexStatus *self,
             const char      *client)
{
  FareClientStatus *status;

  for (guint i = 0; i < self->clients->len; i++)
    {
      status = g_ptr_array_index (self->clients, i);
      if (g_str_equal (status->client, client))
        return status;
    }

  status = g_new0 (FareClientStatus, 1);
  status->client = g_strdup (client);
  g_ptr_array_add (self->clients, status);
  return status;
}

static gboolean
count_file (const FareFileInfo *file,
            gpointer            user_data)
{
  Counter *self = user_data;
  FareClientStatus *client = find_client (self->status, file->client);

  client->files++;
  if (file->missing)
    {
      client->missing_files++;
      g_hash_table_add (self->gone, g_strdup (file->path));
    }
  else if (file->error != NULL)
    {
      client->unreadable_files++;
    }

  return TRUE;
}

static gboolean
count_event (const FareEventRow *event,
             gpointer            user_data)
{
  Counter *self = user_data;
  FareClientStatus *client = find_client (self->status, event->session->client);

  self->status->events++;
  client->events++;
  client->newest_ms = MAX (client->newest_ms, event->time_ms);
  if (!g_hash_table_contains (self->gone, event->path))
    g_hash_table_add (self->present, GUINT_TO_POINTER (event->session->id));

  return TRUE;
}

static gboolean
count_session (const FareSessionInfo *session,
               gpointer               user_data)
{
  Counter *self = user_data;
  FareClientStatus *client = find_client (self->status, session->client);

  client->sessions++;
  if (!g_hash_table_contains (self->present, GUINT_TO_POINTER (session->id)))
    client->missing_sessions++;

  return TRUE;
}

static int
compare_clients (gconstpointer a,
                 gconstpointer b)
{
  const FareClientStatus *first = *(FareClientStatus * const *) a;
  const FareClientStatus *second = *(FareClientStatus * const *) b;

  return strcmp (first->client, second->client);
}

FareIndexStatus *
fare_index_status_new (FareIndexReader  *reader,
                       const char       *path,
                       GError          **error)
{
  g_autoptr(FareIndexStatus) self = g_new0 (FareIndexStatus, 1);
  g_autoptr(GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) present = g_hash_table_new (NULL, NULL);
  Counter counter = { self, gone, present };
  struct stat file;

  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) client_status_free);
  self->path = g_strdup (path);
  self->size = stat (path, &file) == 0 ? (gint64) file.st_size : 0;
  self->last_scan_ms = fare_index_reader_get_last_scan (reader);

  if (!fare_index_reader_foreach_file (reader, count_file, &counter, error) ||
      !fare_index_reader_foreach_event (reader, G_MININT64, G_MAXINT64, NULL, count_event,
                                        &counter, error) ||
      !fare_index_reader_foreach_session (reader, count_session, &counter, error))
    return NULL;

  g_ptr_array_sort (self->clients, compare_clients);
  return g_steal_pointer (&self);
}

static void
write_sources (FareIndexStatus *self,
               FareJsonWriter  *json)
{
  fare_json_writer_begin_array (json, "sources");
  for (guint i = 0; i < self->clients->len; i++)
    {
      const FareClientStatus *client = g_ptr_array_index (self->clients, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "source", client->client);
      fare_json_writer_add_int (json, "entry_count", client->events);
      fare_json_writer_add_int (json, "updated_at_ms", client->newest_ms);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
}

static void
write_files (FareIndexStatus *self,
             FareJsonWriter  *json)
{
  fare_json_writer_begin_array (json, "files");
  for (guint i = 0; i < self->clients->len; i++)
    {
      const FareClientStatus *client = g_ptr_array_index (self->clients, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "source", client->client);
      fare_json_writer_add_int (json, "files", client->files);
      fare_json_writer_add_int (json, "missing_files", client->missing_files);
      fare_json_writer_add_int (json, "unreadable_files", client->unreadable_files);
      fare_json_writer_add_int (json, "entries", client->events);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
}

static void
write_sessions (FareIndexStatus *self,
                FareJsonWriter  *json)
{
  fare_json_writer_begin_array (json, "sessions");
  for (guint i = 0; i < self->clients->len; i++)
    {
      const FareClientStatus *client = g_ptr_array_index (self->clients, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "tool", client->client);
      fare_json_writer_add_int (json, "sessions", client->sessions);
      fare_json_writer_add_int (json, "records", client->events);
      fare_json_writer_add_int (json, "missing_sessions", client->missing_sessions);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
}

void
fare_index_status_write (FareIndexStatus *self,
                         FareJsonWriter  *json)
{
  fare_json_writer_add_string (json, "path", self->path);
  fare_json_writer_add_int (json, "size_bytes", self->size);

  fare_json_writer_begin_object (json, "meta");
  fare_json_writer_add_int (json, "schema_version", FARE_SCHEMA_VERSION);
  fare_json_writer_add_time_or_null (json, "last_scan", self->last_scan_ms);
  fare_json_writer_end_object (json);

  fare_json_writer_add_int (json, "usage_entries", self->events);
  write_sources (self, json);
  write_files (self, json);
  write_sessions (self, json);
  fare_json_writer_add_boolean (json, "durable", TRUE);
}

static void
print_head (FareIndexStatus *self,
            GTimeZone       *zone)
{
  g_autofree char *path = fare_text_path (self->path);
  g_autofree char *size = g_format_size ((guint64) self->size);
  g_autofree char *events = fare_text_count (self->events);
  g_autofree char *scan = self->last_scan_ms != 0
                            ? fare_figures_format_time (self->last_scan_ms, zone)
                            : g_strdup (_("never"));

  /* Translators: file name and size, “~/.local/share/…/usage.sqlite3, 1.2 MB” */
  fare_print (_("Index: %s, %s\n"), path, size);
  fare_print (_("Rows counted: %s\n"), events);
  fare_print (_("Logs last read: %s\n"), scan);
}

void
fare_index_status_print (FareIndexStatus *self,
                         GTimeZone       *zone)
{
  g_autoptr(FareTable) table = fare_table_new ();

  print_head (self, zone);
  if (self->clients->len == 0)
    return;

  fare_table_add_column (table, _("Tool"), FARE_COLUMN_TEXT, 0);
  fare_table_add_column (table, _("Files"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Gone from disk"), FARE_COLUMN_NUMBER, 2);
  fare_table_add_column (table, _("Unreadable"), FARE_COLUMN_NUMBER, 3);
  fare_table_add_column (table, _("Sessions"), FARE_COLUMN_NUMBER, 1);
  fare_table_add_column (table, _("Rows"), FARE_COLUMN_NUMBER, 0);
  for (guint i = 0; i < self->clients->len; i++)
    {
      const FareClientStatus *client = g_ptr_array_index (self->clients, i);

      fare_table_add_cell (table, FARE_STYLE_PLAIN, fare_text_client (client->client));
      fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (client->files));
      fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (client->missing_files));
      fare_table_take_cell (table,
                            client->unreadable_files > 0 ? FARE_STYLE_WARNING : FARE_STYLE_PLAIN,
                            fare_text_count (client->unreadable_files));
      fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (client->sessions));
      fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (client->events));
    }

  fare_print ("\n");
  fare_table_print (table);
}
