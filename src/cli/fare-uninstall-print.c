/* fare-uninstall-print.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-json-writer.h"
#include "fare-print.h"
#include "fare-tailscale.h"
#include "fare-uninstall.h"

static void
print_path (const char *path)
{
  g_autofree char *shown = fare_text_path (path);
  g_autofree char *clean = fare_print_clean (shown);

  fare_print ("  %s\n", clean);
}

static void
print_line_step (const FareSetupStatusline *statusline)
{
  g_autofree char *before = statusline->before != NULL ? fare_print_clean (statusline->before) : NULL;

  if (before != NULL)
    fare_print (_("Claude Code’s status line runs “%s” again."), before);
  else
    fare_print ("%s", _("Claude Code’s status line is as it was."));
  fare_print ("\n");
}

static void
print_steps (const FareUninstall *self)
{
  const FareSetupManifest *manifest = self->manifest;

  if (manifest->tailscale.is_on)
    fare_print ("%s\n", _("Tailscale no longer serves Tokenfare to your other devices."));
  if (manifest->service.is_on)
    fare_print ("%s\n", manifest->service.was_enabled || manifest->service.was_active
                        ? _("The server is as it was before setup.")
                        : _("The server ends, and no longer starts at login."));
  if (manifest->tray.is_on)
    fare_print ("%s\n", manifest->tray.entry.before != NULL
                        ? _("The former autostart entry comes back in place of the icon’s.")
                        : _("The icon in the panel no longer starts at login."));
  if (manifest->statusline.is_on)
    print_line_step (&manifest->statusline);
  if (manifest->settings.path != NULL && !self->is_purge)
    fare_print ("%s\n", _("Settings that setup changed are as they were."));
}

static void
print_notes (const FareUninstall *self)
{
  for (guint i = 0; i < self->notes->len; i++)
    fare_print ("%s\n", g_array_index (self->notes, FareRemark, i).text);
}

void
fare_uninstall_print_plan (const FareUninstall *self)
{
  if (!fare_setup_manifest_is_empty (self->manifest))
    {
      fare_print ("%s\n", _("This is undone:"));
      print_steps (self);
    }
  if (self->is_purge && self->files->len > 0)
    {
      fare_print ("%s\n", _("These files are deleted for good, with the history of logs that are gone:"));
      for (guint i = 0; i < self->files->len; i++)
        print_path (g_array_index (self->files, FareOwnFile, i).path);
    }
  print_notes (self);
}

static gboolean
has_history (const FareUninstall *self)
{
  for (guint i = 0; i < self->files->len; i++)
    if (!g_str_equal (g_array_index (self->files, FareOwnFile, i).kind, "manifest"))
      return TRUE;

  return FALSE;
}

void
fare_uninstall_print_result (const FareUninstall *self)
{
  g_autofree char *folder = fare_text_path (fare_paths_get_data_dir (self->paths));

  if (self->removed->len > 0 && self->is_purge)
    {
      fare_print ("%s\n", _("Deleted:"));
      for (guint i = 0; i < self->removed->len; i++)
        print_path (g_ptr_array_index (self->removed, i));
    }

  fare_print_flush ();
  for (guint i = 0; i < self->errors->len; i++)
    fare_print_message ("%s", (const char *) g_ptr_array_index (self->errors, i));
  if (self->errors->len > 0)
    {
      fare_print_message (_("Not all of it could be done; “tokenfare uninstall” can be run again."));
      return;
    }

  fare_print ("%s\n", _("All is undone."));
  if (!self->is_purge && has_history (self))
    fare_print (_("History, prices and settings stay in “%s”; “tokenfare uninstall --purge” deletes them.\n"),
                folder);
}

static void
write_step (FareJsonWriter *json,
            const char     *kind,
            const char     *path)
{
  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "kind", kind);
  fare_json_writer_add_string (json, "path", path);
  fare_json_writer_end_object (json);
}

static void
write_steps (const FareUninstall *self,
             FareJsonWriter      *json)
{
  const FareSetupManifest *manifest = self->manifest;

  fare_json_writer_begin_array (json, "steps");
  if (manifest->tailscale.is_on)
    write_step (json, "tailscale", FARE_TAILSCALE_PATH);
  if (manifest->service.is_on)
    write_step (json, "service", manifest->service.path);
  if (manifest->tray.is_on)
    write_step (json, "tray", manifest->tray.entry.path);
  if (manifest->statusline.is_on)
    write_step (json, "statusline", manifest->statusline.path);
  if (manifest->settings.path != NULL)
    write_step (json, "settings", manifest->settings.path);
  for (guint i = 0; self->is_purge && i < self->files->len; i++)
    write_step (json, "file", g_array_index (self->files, FareOwnFile, i).path);
  fare_json_writer_end_array (json);
}

static void
write_kept (const FareUninstall *self,
            FareJsonWriter      *json)
{
  fare_json_writer_begin_array (json, "kept");
  for (guint i = 0; !self->is_purge && i < self->files->len; i++)
    if (!g_str_equal (g_array_index (self->files, FareOwnFile, i).kind, "manifest"))
      fare_json_writer_add_string (json, NULL, g_array_index (self->files, FareOwnFile, i).path);
  fare_json_writer_end_array (json);
}

static void
write_texts (FareJsonWriter *json,
             const char     *name,
             GPtrArray      *texts)
{
  fare_json_writer_add_strings (json, name, (const char * const *) texts->pdata, texts->len);
}

void
fare_uninstall_print_json (const FareUninstall *self,
                           gboolean             is_dry_run,
                           gboolean             is_applied)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);
  g_autofree char *manifest = fare_setup_manifest_dup_file (self->paths);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_boolean (json, "ok", self->errors->len == 0
                                            && (is_applied || self->index_user == NULL));
  fare_json_writer_add_string (json, "action", "uninstall");
  fare_json_writer_add_boolean (json, "dry_run", is_dry_run);
  fare_json_writer_add_boolean (json, "applied", is_applied);
  fare_json_writer_add_boolean (json, "purge", self->is_purge);
  fare_json_writer_add_boolean (json, "have_manifest", self->has_manifest);
  fare_json_writer_add_string (json, "manifest_path", manifest);
  fare_json_writer_add_string (json, "data_dir", fare_paths_get_data_dir (self->paths));
  if (!is_applied)
    write_steps (self, json);
  write_texts (json, "changed", self->changed);
  write_texts (json, "removed", self->removed);
  write_kept (self, json);
  fare_json_writer_begin_array (json, "notes");
  for (guint i = 0; i < self->notes->len; i++)
    fare_json_writer_add_string (json, NULL, g_array_index (self->notes, FareRemark, i).id);
  fare_json_writer_end_array (json);
  fare_json_writer_add_string (json, "index_in_use_by", is_applied ? NULL : self->index_user);
  write_texts (json, "errors", self->errors);
  fare_json_writer_add_boolean (json, "manifest_kept_for_retry",
                                is_applied && self->has_manifest && self->errors->len > 0);
  fare_json_writer_end_object (json);
}
