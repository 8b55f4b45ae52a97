/* fare-statusline-install.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-statusline-install.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fare-text.h"
#include "fare-print.h"

#define MEMBER "statusLine"
#define BACKUP_SUFFIX ".before-tokenfare"

/* How often Claude Code asks again while nothing happens, in seconds. */
#define REFRESH_INTERVAL 30

/* The settings, and what stood in them before us. */
typedef struct
{
  char     *path;   /* with symbolic links followed, so that they stay */
  char     *memory; /* where the line before ours is kept */
  char     *text;   /* (nullable): as the file was read; NULL when there is none */
  JsonNode *root;   /* an object */
} Settings;

static void
settings_clear (Settings *self)
{
  g_free (self->path);
  g_free (self->memory);
  g_free (self->text);
  g_clear_pointer (&self->root, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Settings, settings_clear)

static FareExit
refuse (const Settings *settings,
        const char     *reason)
{
  g_autofree char *path = fare_text_path (settings->path);

  fare_print_message (_("“%s” was left as it is: %s."), path, reason);
  return FARE_EXIT_FAILED;
}

static char *
find_settings (FarePaths *paths)
{
  const char *folder = fare_paths_get_env (paths, "CLAUDE_CONFIG_DIR");
  g_autofree char *path = NULL;
  char *resolved;

  if (folder != NULL)
    {
      g_auto(GStrv) folders = fare_paths_expand (paths, folder);

      if (folders[0] != NULL)
        path = g_build_filename (folders[0], "settings.json", NULL);
    }
  if (path == NULL)
    path = g_build_filename (fare_paths_get_home (paths), ".claude", "settings.json", NULL);
  resolved = realpath (path, NULL);

  return resolved != NULL ? resolved : g_steal_pointer (&path);
}

static gboolean
load (Settings  *self,
      FarePaths *paths,
      FareExit  *status)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  gsize length;

  self->path = find_settings (paths);
  self->memory = g_build_filename (fare_paths_get_data_dir (paths), "statusline-before.json", NULL);
  if (!g_file_get_contents (self->path, &self->text, &length, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          *status = refuse (self, error->message);
          return FALSE;
        }
      self->root = json_node_init_object (json_node_alloc (), json_object_new ());
      json_object_unref (json_node_get_object (self->root));
      return TRUE;
    }

  if (strlen (self->text) != length || !g_utf8_validate (self->text, (gssize) length, NULL)
      || !json_parser_load_from_data (parser, self->text, (gssize) length, NULL))
    {
      *status = refuse (self, _("it is not valid JSON"));
      return FALSE;
    }
  self->root = json_parser_steal_root (parser);
  if (self->root == NULL || !JSON_NODE_HOLDS_OBJECT (self->root))
    {
      *status = refuse (self, _("it does not hold what settings should be"));
      return FALSE;
    }

  return TRUE;
}

static JsonNode *
get_line (const Settings *self)
{
  return json_object_get_member (json_node_get_object (self->root), MEMBER);
}

static const char *
get_command (JsonNode *line)
{
  JsonNode *command = line != NULL && JSON_NODE_HOLDS_OBJECT (line)
                      ? json_object_get_member (json_node_get_object (line), "command") : NULL;

  return command != NULL && json_node_get_value_type (command) == G_TYPE_STRING
         ? json_node_get_string (command) : NULL;
}

static gboolean
is_ours (JsonNode *line)
{
  const char *command = get_command (line);

  return command != NULL && strstr (command, "tokenfare") != NULL
         && strstr (command, " statusline") != NULL;
}

static gboolean
write_text (const char  *path,
            const char  *text,
            int          mode,
            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);

  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode,
                                   error);
}

/* Settings are written in two blanks, as Claude Code does. */
static gboolean
save (const Settings  *self,
      GError         **error)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autofree char *backup = g_strconcat (self->path, BACKUP_SUFFIX, NULL);
  g_autofree char *data = NULL;
  g_autofree char *text = NULL;
  struct stat status;
  int mode = stat (self->path, &status) == 0 ? (int) (status.st_mode & 0777) : 0600;

  json_generator_set_root (generator, self->root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 2);
  data = json_generator_to_data (generator, NULL);
  text = g_strconcat (data, "\n", NULL);
  if (self->text != NULL && !write_text (backup, self->text, mode, error))
    return FALSE;

  return write_text (self->path, text, mode, error);
}

/* "null" stands for no line at all. */
static gboolean
remember (const Settings  *self,
          JsonNode        *line,
          GError         **error)
{
  g_autofree char *text = line != NULL ? json_to_string (line, FALSE) : g_strdup ("null");

  return write_text (self->memory, text, 0600, error);
}

static char *
make_command (const FareStatusline *line,
              const char           *format)
{
  g_autofree char *program = g_find_program_in_path ("tokenfare");
  g_autoptr(GString) command = g_string_new (NULL);
  g_autofree char *period = g_shell_quote (line->period);

  /* By name where the shell finds it, so that an update may move it. */
  if (program != NULL)
    g_string_append (command, "tokenfare");
  else
    {
      g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
      g_autofree char *quoted = g_shell_quote (own != NULL ? own : "tokenfare");

      g_string_append (command, quoted);
    }
  g_string_append (command, " statusline");
  if (!g_str_equal (line->period, "today"))
    g_string_append_printf (command, " --period %s", period);
  if (format != NULL)
    g_string_append_printf (command, " --format %s", format);
  if (!line->has_emoji)
    g_string_append (command, " --no-emoji");

  return g_string_free (g_steal_pointer (&command), FALSE);
}

FareExit
fare_statusline_install (FarePaths            *paths,
                         const FareStatusline *line,
                         const char           *format)
{
  g_auto(Settings) settings = { NULL };
  g_autofree char *command = make_command (line, format);
  g_autofree char *shown = NULL;
  g_autoptr(GError) error = NULL;
  JsonObject *object;
  JsonNode *before;
  FareExit status;

  if (!load (&settings, paths, &status))
    return status;
  before = get_line (&settings);
  if (before != NULL && !JSON_NODE_HOLDS_NULL (before) && get_command (before) == NULL)
    return refuse (&settings, _("its status line is of a kind that is not known"));
  if (!is_ours (before) && !remember (&settings, before, &error))
    return refuse (&settings, error->message);

  object = json_object_new ();
  json_object_set_string_member (object, "type", "command");
  json_object_set_string_member (object, "command", command);
  json_object_set_int_member (object, "refreshInterval", REFRESH_INTERVAL);
  json_object_set_object_member (json_node_get_object (settings.root), MEMBER, object);
  if (!save (&settings, &error))
    return refuse (&settings, error->message);

  shown = fare_text_path (settings.path);
  fare_print (_("Claude Code now runs “%s”, as “%s” says.\n"), command, shown);
  return FARE_EXIT_DONE;
}

/* Returns: (transfer full) (nullable): the line before ours; NULL when there was none, or when what
 * was remembered is lost */
static JsonNode *
recall (const Settings *self)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) line = NULL;

  if (!g_file_get_contents (self->memory, &text, NULL, NULL))
    return NULL;
  line = json_from_string (text, NULL);

  return line != NULL && get_command (line) != NULL ? g_steal_pointer (&line) : NULL;
}

FareExit
fare_statusline_uninstall (FarePaths *paths)
{
  g_auto(Settings) settings = { NULL };
  g_autofree char *shown = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *before;
  FareExit status;

  if (!load (&settings, paths, &status))
    return status;
  if (!is_ours (get_line (&settings)))
    {
      fare_print ("%s\n", _("Claude Code’s status line is not Tokenfare’s; nothing was changed."));
      return FARE_EXIT_DONE;
    }

  before = recall (&settings);
  if (before != NULL)
    json_object_set_member (json_node_get_object (settings.root), MEMBER, before);
  else
    json_object_remove_member (json_node_get_object (settings.root), MEMBER);
  if (!save (&settings, &error))
    return refuse (&settings, error->message);

  g_unlink (settings.memory);
  shown = fare_text_path (settings.path);
  fare_print (_("Claude Code’s status line is again what it was, as “%s” says.\n"), shown);
  return FARE_EXIT_DONE;
}
