/* fare-statusline-install.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-statusline-install.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fare-json-parse.h"
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

static gboolean
refuse (const Settings  *settings,
        const char      *reason,
        GError         **error)
{
  g_autofree char *path = fare_text_path (settings->path);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("“%s” was left as it is: %s."), path,
               reason);
  return FALSE;
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

/* Returns: (transfer full) (nullable): why the settings cannot be used; NULL when they were loaded */
static char *
try_load (Settings  *self,
          FarePaths *paths)
{
  g_autoptr(GError) error = NULL;
  gsize length;

  self->path = find_settings (paths);
  self->memory = g_build_filename (fare_paths_get_data_dir (paths), "statusline-before.json", NULL);
  if (!g_file_get_contents (self->path, &self->text, &length, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_strdup (error->message);
      self->root = json_node_init_object (json_node_alloc (), json_object_new ());
      json_object_unref (json_node_get_object (self->root));
      return NULL;
    }

  self->root = fare_json_parse (self->text, length, NULL);
  if (self->root == NULL)
    return g_strdup (_("it is not valid JSON"));
  if (!JSON_NODE_HOLDS_OBJECT (self->root))
    return g_strdup (_("it does not hold what settings should be"));

  return NULL;
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

FareLineOwner
fare_statusline_find_owner (FarePaths  *paths,
                            char      **path,
                            char      **command)
{
  g_auto(Settings) settings = { NULL };
  g_autofree char *reason = try_load (&settings, paths);
  JsonNode *line = reason == NULL ? get_line (&settings) : NULL;

  *path = g_strdup (settings.path);
  *command = g_strdup (get_command (line));
  if (reason != NULL)
    return FARE_LINE_UNREADABLE;
  if (line == NULL || JSON_NODE_HOLDS_NULL (line))
    return FARE_LINE_NONE;

  return is_ours (line) ? FARE_LINE_OURS : FARE_LINE_FOREIGN;
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
static char *
to_text (JsonNode *root)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autofree char *data = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 2);
  data = json_generator_to_data (generator, NULL);

  return g_strconcat (data, "\n", NULL);
}

static int
get_mode (const Settings *self)
{
  struct stat status;

  return stat (self->path, &status) == 0 ? (int) (status.st_mode & 0777) : 0600;
}

static gboolean
save (const Settings  *self,
      GError         **error)
{
  g_autofree char *text = to_text (self->root);

  return write_text (self->path, text, get_mode (self), error);
}

static char *
dup_backup (const char *path)
{
  return g_strconcat (path, BACKUP_SUFFIX, NULL);
}

char *
fare_statusline_dup_backup (FarePaths *paths)
{
  g_autofree char *path = find_settings (paths);

  return dup_backup (path);
}

static gboolean
keep_copy (const Settings  *self,
           GError         **error)
{
  g_autofree char *backup = dup_backup (self->path);

  if (self->text != NULL)
    return write_text (backup, self->text, get_mode (self), error);

  g_unlink (backup);
  return TRUE;
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

char *
fare_statusline_make_command (const FareStatusline *line,
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

gboolean
fare_statusline_claim (FarePaths   *paths,
                       const char  *command,
                       GError     **error)
{
  g_auto(Settings) settings = { NULL };
  g_autofree char *reason = try_load (&settings, paths);
  JsonNode *before = reason == NULL ? get_line (&settings) : NULL;
  JsonObject *object;

  if (reason == NULL && before != NULL && !JSON_NODE_HOLDS_NULL (before)
      && get_command (before) == NULL)
    reason = g_strdup (_("its status line is of a kind that is not known"));
  if (reason != NULL)
    return refuse (&settings, reason, error);
  if (!is_ours (before) && !(remember (&settings, before, error) && keep_copy (&settings, error)))
    return FALSE;

  object = json_object_new ();
  json_object_set_string_member (object, "type", "command");
  json_object_set_string_member (object, "command", command);
  json_object_set_int_member (object, "refreshInterval", REFRESH_INTERVAL);
  json_object_set_object_member (json_node_get_object (settings.root), MEMBER, object);

  return save (&settings, error);
}

FareExit
fare_statusline_install (FarePaths            *paths,
                         const FareStatusline *line,
                         const char           *format)
{
  g_autofree char *command = fare_statusline_make_command (line, format);
  g_autofree char *path = find_settings (paths);
  g_autofree char *shown = fare_text_path (path);
  g_autoptr(GError) error = NULL;

  if (!fare_statusline_claim (paths, command, &error))
    return fare_command_failed (error);

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
  gsize length;

  if (!g_file_get_contents (self->memory, &text, &length, NULL))
    return NULL;
  line = fare_json_parse (text, length, NULL);

  return line != NULL && get_command (line) != NULL ? g_steal_pointer (&line) : NULL;
}

/* Whether nothing but our line has changed since @backup was kept. */
static gboolean
is_backup_with_line (const Settings *self,
                     const char     *backup)
{
  g_autoptr(JsonNode) root = fare_json_parse (backup, strlen (backup), NULL);
  g_autofree char *text = NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;

  json_object_set_member (json_node_get_object (root), MEMBER, json_node_copy (get_line (self)));
  text = to_text (root);

  return g_str_equal (text, self->text);
}

/* Made by us, with nothing in it but the line. */
static gboolean
is_file_ours (const Settings *self)
{
  g_autofree char *text = NULL;

  return json_object_get_size (json_node_get_object (self->root)) == 1
         && g_file_get_contents (self->memory, &text, NULL, NULL) && g_str_equal (text, "null");
}

/* Byte by byte where nobody has touched the settings since, else the line only. */
static gboolean
put_back (const Settings  *self,
          GError         **error)
{
  g_autofree char *backup = dup_backup (self->path);
  g_autofree char *text = NULL;
  JsonNode *before;

  if (g_file_get_contents (backup, &text, NULL, NULL))
    {
      if (is_backup_with_line (self, text))
        return write_text (self->path, text, get_mode (self), error);
    }
  else if (is_file_ours (self) && g_unlink (self->path) == 0)
    {
      return TRUE;
    }

  before = recall (self);
  if (before != NULL)
    json_object_set_member (json_node_get_object (self->root), MEMBER, before);
  else
    json_object_remove_member (json_node_get_object (self->root), MEMBER);

  return save (self, error);
}

gboolean
fare_statusline_give_back (FarePaths  *paths,
                           gboolean   *was_ours,
                           GError    **error)
{
  g_auto(Settings) settings = { NULL };
  g_autofree char *reason = try_load (&settings, paths);
  g_autofree char *backup = NULL;

  *was_ours = FALSE;
  if (reason != NULL)
    return refuse (&settings, reason, error);
  if (!is_ours (get_line (&settings)))
    return TRUE;

  *was_ours = TRUE;
  if (!put_back (&settings, error))
    return FALSE;

  backup = dup_backup (settings.path);
  g_unlink (backup);
  g_unlink (settings.memory);
  return TRUE;
}

FareExit
fare_statusline_uninstall (FarePaths *paths)
{
  g_autofree char *path = find_settings (paths);
  g_autofree char *shown = fare_text_path (path);
  g_autoptr(GError) error = NULL;
  gboolean was_ours;

  if (!fare_statusline_give_back (paths, &was_ours, &error))
    return fare_command_failed (error);

  if (was_ours)
    fare_print (_("Claude Code’s status line is again what it was, as “%s” says.\n"), shown);
  else
    fare_print ("%s\n", _("Claude Code’s status line is not Tokenfare’s; nothing was changed."));

  return FARE_EXIT_DONE;
}
