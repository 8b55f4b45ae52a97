/* fare-setup-manifest.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-setup-manifest.h"

#include <glib/gi18n.h>

#include "base/fare-json-parse.h"
#include "base/fare-json-writer.h"
#include "base/fare-text.h"

#define FILE_NAME "setup.json"
#define SCHEMA 1

char *
fare_setup_manifest_dup_file (FarePaths *paths)
{
  return g_build_filename (fare_paths_get_data_dir (paths), FILE_NAME, NULL);
}

FareSetupManifest *
fare_setup_manifest_new (void)
{
  FareSetupManifest *self = g_new0 (FareSetupManifest, 1);

  self->version = g_strdup (FARE_VERSION);
  self->time_ms = g_get_real_time () / 1000;
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->folders = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
fare_setup_file_clear (FareSetupFile *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->before, g_free);
  g_clear_pointer (&self->after, g_free);
  self->mode = 0;
}

void
fare_setup_manifest_free (FareSetupManifest *self)
{
  g_free (self->version);
  g_free (self->service.unit);
  g_free (self->service.path);
  fare_setup_file_clear (&self->tray.entry);
  g_free (self->statusline.path);
  g_free (self->statusline.command);
  g_free (self->statusline.before);
  g_free (self->tailscale.host);
  g_free (self->tailscale.target);
  fare_setup_file_clear (&self->settings);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->folders);
  g_free (self);
}

gboolean
fare_setup_manifest_is_empty (const FareSetupManifest *self)
{
  return !self->service.is_on && !self->tray.is_on && !self->statusline.is_on
         && !self->tailscale.is_on && self->settings.path == NULL;
}

/* What is not of the kind that is asked for counts as absent: an object never has it. */
static JsonNode *
get_member (JsonObject *object,
            const char *name,
            GType       type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
         ? node : NULL;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
dup_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = get_member (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_dup_string (node) : NULL;
}

static gint64
get_number (JsonObject *object,
            const char *name)
{
  JsonNode *node = get_member (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : 0;
}

static gboolean
get_flag (JsonObject *object,
          const char *name)
{
  JsonNode *node = get_member (object, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

static void
read_file (FareSetupFile *file,
           JsonObject    *object)
{
  file->path = dup_text (object, "path");
  file->before = dup_text (object, "before");
  file->after = dup_text (object, "after");
  file->mode = (guint) get_number (object, "mode") & 0777;

  if (file->after == NULL)
    fare_setup_file_clear (file);
}

static void
read_parts (FareSetupManifest *self,
            JsonObject        *parts)
{
  JsonObject *service = get_object (parts, "service");
  JsonObject *tray = get_object (parts, "tray");
  JsonObject *statusline = get_object (parts, "statusline");
  JsonObject *tailscale = get_object (parts, "tailscale");

  self->service.unit = dup_text (service, "unit");
  self->service.path = dup_text (service, "path");
  self->service.is_linked = get_flag (service, "linked");
  self->service.was_enabled = get_flag (service, "was_enabled");
  self->service.was_active = get_flag (service, "was_active");
  self->service.port = (guint) CLAMP (get_number (service, "port"), 0, 65535);
  self->service.is_on = self->service.unit != NULL;

  read_file (&self->tray.entry, tray);
  self->tray.is_on = self->tray.entry.path != NULL;

  self->statusline.path = dup_text (statusline, "path");
  self->statusline.command = dup_text (statusline, "command");
  self->statusline.before = dup_text (statusline, "before");
  self->statusline.is_on = self->statusline.path != NULL;

  self->tailscale.host = dup_text (tailscale, "host");
  self->tailscale.target = dup_text (tailscale, "target");
  self->tailscale.is_on = self->tailscale.host != NULL && self->tailscale.target != NULL;
}

static void
read_texts (GPtrArray  *texts,
            JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *text = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (text) && json_node_get_value_type (text) == G_TYPE_STRING)
        g_ptr_array_add (texts, json_node_dup_string (text));
    }
}

static FareSetupManifest *
read_root (JsonObject *root)
{
  FareSetupManifest *self = fare_setup_manifest_new ();
  g_autofree char *time = dup_text (root, "created_at");
  g_autoptr(GDateTime) created = time != NULL ? g_date_time_new_from_iso8601 (time, NULL) : NULL;

  g_free (self->version);
  self->version = dup_text (root, "version");
  self->time_ms = created != NULL ? g_date_time_to_unix (created) * 1000
                                    + g_date_time_get_microsecond (created) / 1000 : 0;
  read_parts (self, get_object (root, "parts"));
  read_file (&self->settings, get_object (root, "settings"));
  read_texts (self->keys, root, "keys");
  read_texts (self->folders, root, "folders");

  return self;
}

FareSetupManifest *
fare_setup_manifest_load (FarePaths  *paths,
                          GError    **error)
{
  g_autofree char *path = fare_setup_manifest_dup_file (paths);
  g_autofree char *shown = fare_text_path (path);
  g_autofree char *text = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) reason = NULL;
  g_autoptr(JsonNode) root = NULL;
  gsize length;

  if (!g_file_load_contents (file, NULL, &text, &length, NULL, &reason))
    {
      if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  root = fare_json_parse (text, length, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)
      || get_number (json_node_get_object (root), "schema") < 1)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("“%s” is damaged, so what setup did is not known."), shown);
      return NULL;
    }
  if (get_number (json_node_get_object (root), "schema") > SCHEMA)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("“%s” was written by a newer version of Tokenfare."), shown);
      return NULL;
    }

  return read_root (json_node_get_object (root));
}

static void
write_file (FareJsonWriter      *json,
            const char          *name,
            const FareSetupFile *file)
{
  if (file->path == NULL)
    return;

  fare_json_writer_begin_object (json, name);
  fare_json_writer_add_string (json, "path", file->path);
  fare_json_writer_add_string (json, "before", file->before);
  fare_json_writer_add_string (json, "after", file->after);
  fare_json_writer_add_int (json, "mode", file->mode);
  fare_json_writer_end_object (json);
}

static void
write_parts (const FareSetupManifest *self,
             FareJsonWriter          *json)
{
  fare_json_writer_begin_object (json, "parts");
  if (self->service.is_on)
    {
      fare_json_writer_begin_object (json, "service");
      fare_json_writer_add_string (json, "unit", self->service.unit);
      fare_json_writer_add_string (json, "path", self->service.path);
      fare_json_writer_add_boolean (json, "linked", self->service.is_linked);
      fare_json_writer_add_boolean (json, "was_enabled", self->service.was_enabled);
      fare_json_writer_add_boolean (json, "was_active", self->service.was_active);
      fare_json_writer_add_int (json, "port", self->service.port);
      fare_json_writer_end_object (json);
    }
  if (self->tray.is_on)
    write_file (json, "tray", &self->tray.entry);
  if (self->statusline.is_on)
    {
      fare_json_writer_begin_object (json, "statusline");
      fare_json_writer_add_string (json, "path", self->statusline.path);
      fare_json_writer_add_string (json, "command", self->statusline.command);
      fare_json_writer_add_string (json, "before", self->statusline.before);
      fare_json_writer_end_object (json);
    }
  if (self->tailscale.is_on)
    {
      fare_json_writer_begin_object (json, "tailscale");
      fare_json_writer_add_string (json, "host", self->tailscale.host);
      fare_json_writer_add_string (json, "target", self->tailscale.target);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_object (json);
}

static void
append (const char *data,
        gsize       length,
        gpointer    user_data)
{
  g_string_append_len (user_data, data, (gssize) length);
}

gboolean
fare_setup_manifest_save (const FareSetupManifest  *self,
                          FarePaths                *paths,
                          GError                  **error)
{
  g_autofree char *path = fare_setup_manifest_dup_file (paths);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(FareJsonWriter) json = fare_json_writer_new_for (FALSE, append, text);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_int (json, "schema", SCHEMA);
  fare_json_writer_add_string (json, "version", self->version);
  fare_json_writer_add_time (json, "created_at", self->time_ms);
  write_parts (self, json);
  write_file (json, "settings", &self->settings);
  fare_json_writer_add_strings (json, "keys", (const char * const *) self->keys->pdata, self->keys->len);
  fare_json_writer_add_strings (json, "folders", (const char * const *) self->folders->pdata,
                                self->folders->len);
  fare_json_writer_end_object (json);
  g_clear_pointer (&json, fare_json_writer_free);

  g_mkdir_with_parents (fare_paths_get_data_dir (paths), 0700);
  return g_file_set_contents_full (path, text->str, (gssize) text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}
