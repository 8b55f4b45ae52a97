/* fare-user-unit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-user-unit.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fare-setup-manifest.h"

#define PROGRAM "systemctl"

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

/* Returns: what systemctl printed; NULL with @error when it failed or is not there */
static char *
run (const char * const  *command,
     GError             **error)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr(GSubprocess) process = NULL;
  g_autofree char *output = NULL;
  g_autofree char *complaint = NULL;

  /* Its words are read here, so they must not be translated. */
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, command, error);
  if (process == NULL
      || !g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &complaint, error))
    return NULL;

  if (!g_subprocess_get_successful (process))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "systemctl: %s",
                   complaint != NULL && *g_strstrip (complaint) != '\0' ? complaint
                                                                        : _("it failed"));
      return NULL;
    }

  return g_steal_pointer (&output);
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
  g_autofree char *output = run (command, NULL);
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

  output = run ((const char * const *) command->pdata, error);
  return output != NULL;
}
