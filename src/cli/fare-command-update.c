/* fare-command-update.c
 *
 * tokenfare update: tells who brings the program up to date.  Never does that itself, and asks
 * nobody on the network whether there is anything newer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-command.h"
#include "fare-json-writer.h"
#include "fare-owner.h"
#include "fare-print.h"
#include "fare-user-unit.h"
#include "fare-setup-manifest.h"

#define RESTART "systemctl --user restart " FARE_SETUP_UNIT

static void
print_owner (const FareOwner *owner)
{
  g_autofree char *folder = owner->folder != NULL ? fare_text_path (owner->folder) : NULL;

  switch (owner->kind)
    {
    case FARE_OWNER_FLATPAK:
      fare_print ("%s\n", _("Flatpak has installed this program and keeps it up to date."));
      break;

    case FARE_OWNER_DPKG:
    case FARE_OWNER_RPM:
    case FARE_OWNER_PACMAN:
      /* Translators: %2$s is the name of a package manager, for instance dpkg */
      fare_print (_("The package “%1$s” of %2$s has installed this program."), owner->package,
                  fare_owner_kind_to_id (owner->kind));
      fare_print ("\n");
      break;

    case FARE_OWNER_PREFIX:
      fare_print (_("This program was installed from its source into “%s”."), folder);
      fare_print ("\n");
      break;

    case FARE_OWNER_BUILD:
    default:
      fare_print (_("This program runs from where it was built, “%s”."), folder);
      fare_print ("\n");
      break;
    }
}

static void
print_text (const FareOwner *owner,
            gboolean         has_server)
{
  fare_print (_("Tokenfare %s never updates itself."), FARE_VERSION);
  fare_print ("\n");
  print_owner (owner);

  fare_print ("%s\n\n  %s\n", owner->kind == FARE_OWNER_PREFIX || owner->kind == FARE_OWNER_BUILD
                              ? _("In its source folder, this brings it up to date:")
                              : _("This brings it up to date:"), owner->command);
  if (has_server)
    fare_print ("\n%s\n\n  %s\n", _("The server goes on with the old version until it is started anew:"),
                RESTART);
}

static void
print_json (const FareOwner *owner,
            gboolean         has_server)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_boolean (json, "ok", TRUE);
  fare_json_writer_add_string (json, "action", "update");
  fare_json_writer_add_boolean (json, "updated", FALSE);
  fare_json_writer_add_string (json, "reason", owner->package != NULL ? "package-manager"
                               : owner->kind == FARE_OWNER_FLATPAK ? "flatpak" : "from-source");
  fare_json_writer_add_string (json, "install_method", fare_owner_kind_to_id (owner->kind));
  fare_json_writer_add_string (json, "program", owner->program);
  fare_json_writer_add_string (json, "package", owner->package);
  fare_json_writer_add_string (json, "folder", owner->folder);
  fare_json_writer_add_string (json, "command", owner->command);
  fare_json_writer_add_string (json, "version", FARE_VERSION);
  fare_json_writer_add_boolean (json, "has_service", has_server);
  fare_json_writer_add_string (json, "restart_command", has_server ? RESTART : NULL);
  fare_json_writer_end_object (json);
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  gboolean json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_auto(FareOwner) owner = { 0 };
  g_auto(FareUserUnit) unit = { 0 };
  g_auto(GStrv) rest = NULL;
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;
  if (rest[0] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), rest[0]);

  fare_owner_find (paths, &owner);
  fare_user_unit_look (&unit);
  if (json)
    print_json (&owner, fare_user_unit_is_active (&unit));
  else
    print_text (&owner, fare_user_unit_is_active (&unit));

  return FARE_EXIT_DONE;
}

const FareCommand fare_command_update = {
  .name = "update",
  .summary = N_("Tell who brings the program up to date, and how"),
  .details = N_("Nothing is changed, and nothing asked on the network."),
  .run = run,
};
