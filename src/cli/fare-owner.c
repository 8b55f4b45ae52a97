/* fare-owner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-owner.h"

#include <string.h>

#include "fare-run.h"

/* A package manager that takes longer waits for a lock. */
#define SECONDS 10

const char *
fare_owner_kind_to_id (FareOwnerKind kind)
{
  static const char * const ids[] = { "flatpak", "dpkg", "rpm", "pacman", "prefix", "build" };

  return ids[kind];
}

/* The first word of what a package manager answers, without what stands behind a colon: dpkg says
 * "tokenfare: /usr/bin/tokenfare". */
static char *
read_name (const char *answer)
{
  gsize length = strcspn (answer, ":, \t\n");

  return length > 0 ? g_strndup (answer, length) : NULL;
}

static char *
ask_manager (const char * const *command)
{
  g_autofree char *answer = fare_run (command, SECONDS, NULL);

  return answer != NULL ? read_name (answer) : NULL;
}

static gboolean
is_there (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);

  return path != NULL;
}

static const char *
get_rpm_command (void)
{
  if (is_there ("dnf"))
    return "sudo dnf upgrade";
  if (is_there ("zypper"))
    return "sudo zypper update";

  return "sudo yum update";
}

static gboolean
find_package (FareOwner *self)
{
  const struct
  {
    FareOwnerKind  kind;
    const char    *command[6];
  } managers[] = {
    { FARE_OWNER_DPKG, { "dpkg-query", "-S", self->program } },
    { FARE_OWNER_RPM, { "rpm", "-qf", "--queryformat", "%{NAME}\n", self->program } },
    { FARE_OWNER_PACMAN, { "pacman", "-Qoq", self->program } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (managers); i++)
    {
      self->package = ask_manager (managers[i].command);
      if (self->package == NULL)
        continue;

      self->kind = managers[i].kind;
      return TRUE;
    }

  return FALSE;
}

static char *
make_command (const FareOwner *self)
{
  switch (self->kind)
    {
    case FARE_OWNER_FLATPAK:
      return g_strdup ("flatpak update " APP_ID);

    case FARE_OWNER_DPKG:
      return g_strdup_printf ("sudo apt update && sudo apt install --only-upgrade %s", self->package);

    case FARE_OWNER_RPM:
      return g_strdup_printf ("%s %s", get_rpm_command (), self->package);

    /* Single packages are not to be brought up to date there. */
    case FARE_OWNER_PACMAN:
      return g_strdup ("sudo pacman -Syu");

    case FARE_OWNER_PREFIX:
      return g_strdup ("git pull && meson compile -C build && meson install -C build");

    case FARE_OWNER_BUILD:
      return g_strdup ("git pull && ./dev build");

    default:
      return NULL;
    }
}

void
fare_owner_find (FarePaths *paths,
                 FareOwner *result)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  *result = (FareOwner) { .kind = FARE_OWNER_PREFIX };
  result->program = g_file_read_link ("/proc/self/exe", NULL);
  if (result->program == NULL)
    result->program = g_strdup ("tokenfare");

  folder = g_path_get_dirname (result->program);
  name = g_path_get_basename (folder);
  if (fare_paths_get_env (paths, "FLATPAK_ID") != NULL)
    {
      result->kind = FARE_OWNER_FLATPAK;
    }
  else if (!find_package (result))
    {
      result->kind = g_str_equal (name, "bin") ? FARE_OWNER_PREFIX : FARE_OWNER_BUILD;
      result->folder = result->kind == FARE_OWNER_PREFIX ? g_path_get_dirname (folder)
                                                         : g_strdup (folder);
    }
  result->command = make_command (result);
}

void
fare_owner_clear (FareOwner *self)
{
  g_clear_pointer (&self->program, g_free);
  g_clear_pointer (&self->package, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->command, g_free);
}
