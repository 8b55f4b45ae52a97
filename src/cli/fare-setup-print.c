/* fare-setup-print.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-setup-print.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-json-writer.h"
#include "fare-table.h"

static const char *
get_title (FarePart part)
{
  static const char * const titles[] = { N_("Server"), N_("Icon in the panel"), N_("Status line") };

  return _(titles[part]);
}

static const char *
get_state_title (FarePartState state)
{
  static const char * const titles[] = {
    N_("will be switched on"), N_("is on"), N_("left out"), N_("not possible here"),
    N_("something is in the way"), N_("switched on"), N_("failed"),
  };

  return _(titles[state]);
}

static FareStyle
get_state_style (FarePartState state)
{
  if (state == FARE_PART_BLOCKED || state == FARE_PART_FAILED)
    return FARE_STYLE_WARNING;

  return state == FARE_PART_TO_DO || state == FARE_PART_DONE ? FARE_STYLE_BOLD : FARE_STYLE_DIM;
}

static gboolean
has_server (const FareSetupPlan *plan)
{
  FarePartState state = plan->parts[FARE_PART_SERVICE].state;

  return state == FARE_PART_TO_DO || state == FARE_PART_ALREADY || state == FARE_PART_DONE;
}

static char *
dup_url (const FareSetupPlan *plan)
{
  return g_strdup_printf ("http://127.0.0.1:%u/", plan->port);
}

static char *
dup_place (const FareSetupPlan *plan,
           FarePart             part)
{
  if (part == FARE_PART_SERVICE && has_server (plan))
    return dup_url (plan);

  return plan->parts[part].path != NULL ? fare_text_path (plan->parts[part].path) : g_strdup ("");
}

void
fare_setup_print_plan (const FareSetupPlan *plan)
{
  g_autoptr(FareTable) table = fare_table_new ();

  fare_table_add_column (table, _("Part"), FARE_COLUMN_WORD, 0);
  fare_table_add_column (table, _("State"), FARE_COLUMN_WORD, 0);
  fare_table_add_column (table, _("Where"), FARE_COLUMN_PATH, 1);
  for (FarePart part = 0; part < FARE_N_PARTS; part++)
    {
      FarePartState state = plan->parts[part].state;

      fare_table_add_cell (table, FARE_STYLE_PLAIN, get_title (part));
      fare_table_add_cell (table, get_state_style (state), get_state_title (state));
      fare_table_take_cell (table, FARE_STYLE_DIM, dup_place (plan, part));
    }
  fare_table_print (table);

  for (FarePart part = 0; part < FARE_N_PARTS; part++)
    {
      if (plan->parts[part].reason.text != NULL)
        fare_print ("%s: %s\n", get_title (part), plan->parts[part].reason.text);
      if (plan->parts[part].replaces)
        fare_print ("%s\n", _("That is replaced until “tokenfare uninstall”."));
    }
  for (guint i = 0; i < plan->notes->len; i++)
    fare_print ("%s\n", g_array_index (plan->notes, FareRemark, i).text);
}

void
fare_setup_print_blockers (const FareSetupPlan *plan)
{
  for (FarePart part = 0; part < FARE_N_PARTS; part++)
    {
      const FarePartPlan *blocked = &plan->parts[part];

      if (blocked->state != FARE_PART_BLOCKED)
        continue;
      if (blocked->can_force)
        fare_print_message (_("%1$s Nothing was changed. --force replaces it until “tokenfare uninstall”, "
                              "--no-%2$s leaves it out."), blocked->reason.text, fare_part_to_id (part));
      else
        fare_print_message (_("%1$s Nothing was changed. --no-%2$s leaves this out."),
                            blocked->reason.text, fare_part_to_id (part));
    }
}

void
fare_setup_print_result (const FareSetupPlan *plan)
{
  g_autofree char *url = dup_url (plan);

  if (plan->parts[FARE_PART_SERVICE].state == FARE_PART_DONE)
    fare_print (_("The server answers at %s, now and from every login on.\n"), url);
  if (plan->parts[FARE_PART_TRAY].state == FARE_PART_DONE)
    fare_print ("%s\n", _("The icon comes with the next login; “tokenfare-tray” shows it now."));
  if (plan->parts[FARE_PART_STATUSLINE].state == FARE_PART_DONE)
    fare_print ("%s\n", _("Claude Code shows today’s cost in its status line."));

  fare_print_flush ();
  for (FarePart part = 0; part < FARE_N_PARTS; part++)
    if (plan->parts[part].state == FARE_PART_FAILED)
      fare_print_message ("%s: %s", get_title (part), plan->parts[part].reason.text);

  if (fare_setup_plan_has (plan, FARE_PART_DONE))
    fare_print ("%s\n", _("“tokenfare uninstall” undoes this."));
}

static void
write_part (FareJsonWriter     *json,
            FarePart            part,
            const FarePartPlan *plan)
{
  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "part", fare_part_to_id (part));
  fare_json_writer_add_string (json, "state", fare_part_state_to_id (plan->state));
  fare_json_writer_add_string (json, "path", plan->path);
  fare_json_writer_add_string (json, "reason", plan->reason.id);
  fare_json_writer_add_boolean (json, "can_force", plan->can_force);
  fare_json_writer_add_boolean (json, "replaces", plan->replaces);
  fare_json_writer_add_string (json, "error",
                               plan->state == FARE_PART_FAILED ? plan->reason.text : NULL);
  fare_json_writer_end_object (json);
}

static void
write_changed (FareJsonWriter      *json,
               const FareSetupPlan *plan)
{
  fare_json_writer_begin_array (json, "changed");
  for (FarePart part = 0; part < FARE_N_PARTS; part++)
    if (plan->parts[part].state == FARE_PART_DONE)
      fare_json_writer_add_string (json, NULL, fare_part_to_id (part));
  fare_json_writer_end_array (json);
}

void
fare_setup_print_json (const FareSetupPlan    *plan,
                       const FareSetupOutcome *outcome)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);
  g_autofree char *url = has_server (plan) ? dup_url (plan) : NULL;
  g_autofree char *manifest = fare_setup_manifest_dup_file (plan->paths);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_boolean (json, "ok", !fare_setup_plan_has (plan, FARE_PART_BLOCKED)
                                            && !fare_setup_plan_has (plan, FARE_PART_FAILED));
  fare_json_writer_add_string (json, "action", "setup");
  fare_json_writer_add_boolean (json, "dry_run", outcome->is_dry_run);
  fare_json_writer_add_boolean (json, "interactive", outcome->is_interactive);
  fare_json_writer_add_boolean (json, "applied", outcome->is_applied);
  fare_json_writer_add_boolean (json, "systemd_user", plan->unit.has_session);
  if (url != NULL)
    fare_json_writer_add_int (json, "port", plan->port);
  else
    fare_json_writer_add_null (json, "port");
  fare_json_writer_add_string (json, "url", url);
  fare_json_writer_add_string (json, "data_dir", fare_paths_get_data_dir (plan->paths));
  fare_json_writer_add_string (json, "manifest_path", manifest);
  fare_json_writer_begin_array (json, "parts");
  for (FarePart part = 0; part < FARE_N_PARTS; part++)
    write_part (json, part, &plan->parts[part]);
  fare_json_writer_end_array (json);
  write_changed (json, plan);
  fare_json_writer_begin_array (json, "notes");
  for (guint i = 0; i < plan->notes->len; i++)
    fare_json_writer_add_string (json, NULL, g_array_index (plan->notes, FareRemark, i).id);
  fare_json_writer_end_array (json);
  fare_json_writer_end_object (json);
}
