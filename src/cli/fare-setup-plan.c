/* fare-setup-plan.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-setup-plan.h"

#include <glib/gi18n.h>

#include "base/fare-autostart.h"
#include "base/fare-settings.h"
#include "base/fare-text.h"
#include "fare-port.h"
#include "fare-print.h"

const char *
fare_part_to_id (FarePart part)
{
  static const char * const ids[] = { "service", "tray", "statusline" };

  return ids[part];
}

const char *
fare_part_state_to_id (FarePartState state)
{
  static const char * const ids[] = {
    "to-do", "already", "left-out", "unavailable", "blocked", "enabled", "failed",
  };

  return ids[state];
}

void
fare_part_plan_set (FarePartPlan  *self,
                    FarePartState  state,
                    const char    *id,
                    char          *text)
{
  g_free (self->reason.text);
  self->state = state;
  self->reason = (FareRemark) { id, text };
}

static void
clear_remark (gpointer data)
{
  g_free (((FareRemark *) data)->text);
}

void
fare_setup_plan_note (FareSetupPlan *self,
                      const char    *id,
                      char          *text)
{
  FareRemark remark = { id, text };

  g_array_append_val (self->notes, remark);
}

gboolean
fare_setup_plan_has (const FareSetupPlan *self,
                     FarePartState        state)
{
  for (guint i = 0; i < FARE_N_PARTS; i++)
    if (self->parts[i].state == state)
      return TRUE;

  return FALSE;
}

static gboolean
is_sandboxed (FareSetupPlan *self)
{
  return fare_paths_get_env (self->paths, "FLATPAK_ID") != NULL;
}

/* A port has to be free, or our server is there already. */
static void
choose_port (FareSetupPlan       *self,
             const FareSetupWish *wish)
{
  FarePartPlan *part = &self->parts[FARE_PART_SERVICE];
  g_auto(FarePort) present = { 0 };
  const char *name;
  guint other;

  self->port_before = fare_port_get_wanted (self->paths);
  self->port = wish->port != 0 ? wish->port : self->port_before;
  if (fare_port_is_free (self->port))
    return;
  fare_port_ask (self->port, &present);
  if (present.is_tokenfare && fare_user_unit_is_active (&self->unit)
      && self->port == self->port_before)
    return;

  name = present.is_tokenfare ? "Tokenfare" : present.is_tokdash ? "Tokdash" : _("another program");
  other = wish->port == 0 ? fare_port_find_free (self->port) : 0;
  if (other == 0)
    {
      fare_part_plan_set (part, FARE_PART_BLOCKED, "port-taken",
                          /* Translators: %2$s is the name of a program. */
                          g_strdup_printf (_("Port %1$u is in use by %2$s; name another one with --port."),
                                           self->port, name));
      return;
    }

  fare_setup_plan_note (self, "port-moved",
                        /* Translators: %2$s is the name of a program. */
                        g_strdup_printf (_("Port %1$u is in use by %2$s, so the server gets port %3$u."),
                                         self->port, name, other));
  self->port = other;
}

/* What of this shell decides where data are, and systemd does not know. */
static void
compare_environment (FareSetupPlan *self)
{
  static const char * const names[] = { "TOKENFARE_DATA_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME" };
  g_auto(GStrv) known = fare_user_unit_dup_environment ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = fare_paths_get_env (self->paths, names[i]);

      if (value != NULL && g_strcmp0 (value, g_environ_getenv (known, names[i])) != 0)
        fare_setup_plan_note (self, "environment",
                              g_strdup_printf (_("%1$s is set here, but systemd does not know it, so the "
                                                 "server would use other folders. “systemctl --user "
                                                 "import-environment %1$s” tells it until the next "
                                                 "login."), names[i]));
    }
}

static void
look_at_present_unit (FareSetupPlan *self,
                      const char    *file)
{
  FarePartPlan *part = &self->parts[FARE_PART_SERVICE];
  g_autofree char *shown = fare_text_path (self->unit.path);
  g_auto(FarePort) present = { 0 };

  if (!fare_user_unit_has_file (&self->unit, file))
    {
      fare_part_plan_set (part, FARE_PART_BLOCKED, "foreign-unit",
                          g_strdup_printf (_("systemd knows another tokenfare.service: “%s”."), shown));
      return;
    }
  if (!fare_user_unit_is_active (&self->unit) || !fare_user_unit_is_enabled (&self->unit)
      || self->port != self->port_before)
    return;

  fare_port_ask (self->port, &present);
  if (present.is_tokenfare)
    part->state = FARE_PART_ALREADY;
}

static void
look_at_service (FareSetupPlan       *self,
                 const FareSetupWish *wish)
{
  FarePartPlan *part = &self->parts[FARE_PART_SERVICE];
  g_autofree char *file = fare_user_unit_find_file ();
  g_autofree char *shown = fare_text_path (file);

  part->path = g_strdup (file);
  if (is_sandboxed (self))
    {
      fare_part_plan_set (part, FARE_PART_UNAVAILABLE, "sandbox",
                          g_strdup (_("Inside Flatpak there is no server that runs by itself.")));
      return;
    }
  if (!self->unit.has_session)
    {
      fare_part_plan_set (part, FARE_PART_UNAVAILABLE, "no-user-session",
                          g_strdup (_("systemd does not look after your programs here. The icon in the "
                                      "panel counts as well; “tokenfare serve” starts the server by hand.")));
      return;
    }
  if (g_str_equal (self->unit.load, "masked"))
    {
      fare_part_plan_set (part, FARE_PART_BLOCKED, "masked",
                          g_strdup (_("The unit is masked; “systemctl --user unmask tokenfare.service” "
                                      "allows it again.")));
      return;
    }
  if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
    {
      fare_part_plan_set (part, FARE_PART_UNAVAILABLE, "not-installed",
                          g_strdup_printf (_("The server’s unit is not installed as “%s”."), shown));
      return;
    }

  choose_port (self, wish);
  if (part->state == FARE_PART_BLOCKED)
    return;
  compare_environment (self);
  self->is_linked = g_str_equal (self->unit.load, "not-found");
  if (self->is_linked)
    fare_setup_plan_note (self, "linked",
                          g_strdup_printf (_("systemd does not look where “%s” is, so a link to it is "
                                             "made in your own folder of units."), shown));
  else
    look_at_present_unit (self, file);
}

static void
look_at_tray (FareSetupPlan *self)
{
  FarePartPlan *part = &self->parts[FARE_PART_TRAY];
  g_autoptr(FareSettings) settings = fare_settings_load (self->paths);
  g_autofree char *program = fare_autostart_find_program ();
  g_autofree char *shown = NULL;

  part->path = fare_autostart_dup_file (self->paths);
  shown = fare_text_path (part->path);
  if (is_sandboxed (self))
    fare_part_plan_set (part, FARE_PART_UNAVAILABLE, "sandbox",
                        g_strdup (_("Inside Flatpak the desktop has to be asked: switch on “Start at "
                                    "Login” in the window’s Preferences.")));
  else if (program == NULL)
    fare_part_plan_set (part, FARE_PART_UNAVAILABLE, "not-installed",
                        g_strdup (_("The icon’s program, tokenfare-tray, is not installed.")));
  else if (!fare_settings_get_boolean (settings, "tray-enabled", TRUE))
    fare_part_plan_set (part, FARE_PART_UNAVAILABLE, "switched-off",
                        g_strdup (_("The icon is switched off in the window’s Preferences.")));
  else if (fare_autostart_is_foreign (self->paths))
    {
      fare_part_plan_set (part, FARE_PART_BLOCKED, "foreign-entry",
                          g_strdup_printf (_("“%s” starts another program."), shown));
      part->can_force = TRUE;
    }
  else if (fare_autostart_is_enabled (self->paths))
    part->state = FARE_PART_ALREADY;
}

static void
look_at_foreign_line (FareSetupPlan *self)
{
  FarePartPlan *part = &self->parts[FARE_PART_STATUSLINE];
  g_autofree char *command = self->line_before != NULL ? fare_print_clean (self->line_before) : NULL;

  part->can_force = command != NULL;
  fare_part_plan_set (part, FARE_PART_BLOCKED, "foreign-line",
                      command != NULL
                      ? g_strdup_printf (_("Claude Code’s status line already runs “%s”."), command)
                      : g_strdup (_("Claude Code’s status line is of a kind that is not known.")));
}

static void
look_at_statusline (FareSetupPlan *self)
{
  static const FareStatusline line = { "today", FARE_BAR_MINIMAL, TRUE };
  FarePartPlan *part = &self->parts[FARE_PART_STATUSLINE];
  FareLineOwner owner = fare_statusline_find_owner (self->paths, &part->path, &self->line_before);
  g_autofree char *folder = g_path_get_dirname (part->path);
  g_autofree char *shown = fare_text_path (part->path);

  self->command = fare_statusline_make_command (&line, NULL);
  if (is_sandboxed (self))
    fare_part_plan_set (part, FARE_PART_UNAVAILABLE, "sandbox",
                        g_strdup (_("Inside Flatpak Claude Code’s settings are only read.")));
  else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    fare_part_plan_set (part, FARE_PART_UNAVAILABLE, "no-claude-code",
                        g_strdup (_("Claude Code has not been used here.")));
  else if (owner == FARE_LINE_UNREADABLE)
    fare_part_plan_set (part, FARE_PART_BLOCKED, "unreadable",
                        g_strdup_printf (_("“%s” cannot be understood."), shown));
  else if (owner == FARE_LINE_FOREIGN)
    look_at_foreign_line (self);
  else if (owner == FARE_LINE_OURS)
    part->state = FARE_PART_ALREADY;
}

FareSetupPlan *
fare_setup_plan_new (FarePaths           *paths,
                     const FareSetupWish *wish)
{
  FareSetupPlan *self = g_new0 (FareSetupPlan, 1);

  self->paths = g_object_ref (paths);
  self->notes = g_array_new (FALSE, TRUE, sizeof (FareRemark));
  g_array_set_clear_func (self->notes, clear_remark);
  fare_user_unit_look (&self->unit);

  for (guint i = 0; i < FARE_N_PARTS; i++)
    self->parts[i].state = wish->is_left_out[i] ? FARE_PART_LEFT_OUT : FARE_PART_TO_DO;
  if (!wish->is_left_out[FARE_PART_SERVICE])
    look_at_service (self, wish);
  if (!wish->is_left_out[FARE_PART_TRAY])
    look_at_tray (self);
  if (!wish->is_left_out[FARE_PART_STATUSLINE])
    look_at_statusline (self);

  for (guint i = 0; i < FARE_N_PARTS; i++)
    if (wish->force && self->parts[i].state == FARE_PART_BLOCKED && self->parts[i].can_force)
      {
        self->parts[i].state = FARE_PART_TO_DO;
        self->parts[i].replaces = TRUE;
      }

  return self;
}

void
fare_setup_plan_free (FareSetupPlan *self)
{
  for (guint i = 0; i < FARE_N_PARTS; i++)
    {
      g_free (self->parts[i].reason.text);
      g_free (self->parts[i].path);
    }
  fare_user_unit_clear (&self->unit);
  g_free (self->command);
  g_free (self->line_before);
  g_array_unref (self->notes);
  g_object_unref (self->paths);
  g_free (self);
}
