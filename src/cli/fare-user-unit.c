/* fare-user-unit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-user-unit.h"

#include <stdlib.h>
#include <string.h>

#include "fare-run.h"
#include "fare-setup-manifest.h"

#define PROGRAM "systemctl"

/* It only looks; where the bus is out of order it would wait for minutes. */
#define LOOK_SECONDS 5

/* Below the prefix. */
#define FOLDER "lib/systemd/user"

char *
fare_user_unit_find_file (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : "/");
  g_autofree char *prefix = g_path_get_dirname (folder);
  g_autofree char *moved = g_build_filename (prefix, FOLDER, FARE_SETUP_UNIT, NULL);

  if (g_file_test (moved, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&moved);

  return g_build_filename (FARE_USER_UNIT_DIR, FARE_SETUP_UNIT, NULL);
}

static void
take_line (FareUserUnit *self,
           const char   *line)
{
  const char *value = strchr (line, '=');
  const struct
  {
    const char  *name;
    char       **place;
  } places[] = {
    { "LoadState=", &self->load },     { "UnitFileState=", &self->file_state },
    { "ActiveState=", &self->active }, { "FragmentPath=", &self->path },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_has_prefix (line, places[i].name))
      {
        g_free (*places[i].place);
        *places[i].place = g_strdup (value + 1);
      }
  if (g_str_has_prefix (line, "MainPID="))
    self->pid = (guint) g_ascii_strtoull (value + 1, NULL, 10);
}

void
fare_user_unit_look (FareUserUnit *result)
{
  const char * const command[] = {
    PROGRAM, "--user", "show", FARE_SETUP_UNIT,
    "--property=LoadState,UnitFileState,ActiveState,FragmentPath,MainPID", NULL
  };
  g_autofree char *output = fare_run (command, LOOK_SECONDS, NULL);
  g_auto(GStrv) lines = g_strsplit (output != NULL ? output : "", "\n", -1);

  *result = (FareUserUnit) {
    .load = g_strdup (""), .file_state = g_strdup (""), .active = g_strdup (""),
    .path = g_strdup (""),
  };
  for (guint i = 0; lines[i] != NULL; i++)
    take_line (result, lines[i]);

  result->has_session = *result->load != '\0';
}

void
fare_user_unit_clear (FareUserUnit *self)
{
  g_clear_pointer (&self->load, g_free);
  g_clear_pointer (&self->file_state, g_free);
  g_clear_pointer (&self->active, g_free);
  g_clear_pointer (&self->path, g_free);
}

gboolean
fare_user_unit_is_active (const FareUserUnit *self)
{
  return self->has_session && g_str_equal (self->active, "active");
}

gboolean
fare_user_unit_is_enabled (const FareUserUnit *self)
{
  return self->has_session && g_str_equal (self->file_state, "enabled");
}

gboolean
fare_user_unit_has_file (const FareUserUnit *self,
                         const char         *file)
{
  g_autofree char *known = realpath (self->path, NULL);
  g_autofree char *wanted = realpath (file, NULL);

  return known != NULL && g_strcmp0 (known, wanted) == 0;
}

GStrv
fare_user_unit_dup_environment (void)
{
  const char * const command[] = { PROGRAM, "--user", "show-environment", NULL };
  g_autofree char *output = fare_run (command, LOOK_SECONDS, NULL);
  char **lines = g_strsplit (output != NULL ? output : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      /* Blanks and the like come as a shell would have them: NAME=$'VALUE' */
      char *quoted = strstr (lines[i], "=$'");
      g_autofree char *value = quoted != NULL ? g_shell_unquote (quoted + 2, NULL) : NULL;

      if (value != NULL)
        {
          g_autofree char *line = lines[i];

          quoted[1] = '\0';
          lines[i] = g_strconcat (line, value, NULL);
        }
    }

  return lines;
}

gboolean
fare_user_unit_call (const char  *verb,
                     const char  *argument,
                     const char  *unit,
                     GError     **error)
{
  g_autoptr(GPtrArray) command = g_ptr_array_new ();
  g_autofree char *output = NULL;

  g_ptr_array_add (command, (gpointer) PROGRAM);
  g_ptr_array_add (command, (gpointer) "--user");
  g_ptr_array_add (command, (gpointer) verb);
  if (argument != NULL)
    g_ptr_array_add (command, (gpointer) argument);
  g_ptr_array_add (command, (gpointer) unit);
  g_ptr_array_add (command, NULL);

  output = fare_run ((const char * const *) command->pdata, 0, error);
  return output != NULL;
}
