/* fare-uninstall.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-uninstall.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/fare-autostart.h"
#include "base/fare-text.h"
#include "fare-setup-apply.h"
#include "fare-setup-file.h"
#include "fare-tailscale.h"

static void
clear_remark (gpointer data)
{
  g_free (((FareRemark *) data)->text);
}

static void
note (FareUninstall *self,
      const char    *id,
      char          *text)
{
  FareRemark remark = { id, text };

  g_array_append_val (self->notes, remark);
}

static gboolean
is_unit_ours (const FareUserUnit *unit)
{
  g_autofree char *file = fare_user_unit_find_file ();

  return unit->has_session && fare_user_unit_has_file (unit, file)
         && (fare_user_unit_is_enabled (unit) || fare_user_unit_is_active (unit));
}

static gboolean
is_line_ours (FarePaths  *paths,
              char      **path,
              char      **command)
{
  return fare_statusline_find_owner (paths, path, command) == FARE_LINE_OURS;
}

static void
observe_service (FareUninstall *self)
{
  FareSetupService *service = &self->manifest->service;

  if (service->is_on || !is_unit_ours (&self->unit))
    return;

  service->is_on = TRUE;
  service->unit = g_strdup (FARE_SETUP_UNIT);
  service->path = g_strdup (self->unit.path);
}

static void
observe_tray (FareUninstall *self)
{
  FareSetupManifest *manifest = self->manifest;

  if (manifest->tray.is_on || !fare_autostart_is_enabled (self->paths))
    return;

  manifest->tray.is_on = TRUE;
  manifest->tray.entry.path = fare_autostart_dup_file (self->paths);
  fare_setup_file_seal (&manifest->tray.entry);
  if (manifest->settings.path == NULL)
    fare_setup_expect_setting (manifest, self->paths, "autostart");
}

static void
observe_statusline (FareUninstall *self)
{
  FareSetupStatusline *statusline = &self->manifest->statusline;
  g_autofree char *path = NULL;
  g_autofree char *command = NULL;

  if (statusline->is_on || !is_line_ours (self->paths, &path, &command))
    return;

  statusline->is_on = TRUE;
  statusline->path = g_steal_pointer (&path);
  statusline->command = g_steal_pointer (&command);
}

/* What is on without setup stays on, but is told. */
static void
tell_what_stays (FareUninstall *self)
{
  g_autofree char *path = NULL;
  g_autofree char *command = NULL;

  if (!self->manifest->service.is_on && is_unit_ours (&self->unit))
    note (self, "service-remains",
          g_strdup (_("The server was switched on without setup; “systemctl --user disable --now "
                      "tokenfare.service” switches it off.")));
  if (!self->manifest->tray.is_on && fare_autostart_is_enabled (self->paths))
    note (self, "tray-remains",
          g_strdup (_("The icon was switched on without setup; “Start at Login” in the window’s "
                      "Preferences switches it off.")));
  if (!self->manifest->statusline.is_on && is_line_ours (self->paths, &path, &command))
    note (self, "statusline-remains",
          g_strdup (_("Claude Code’s status line was set without setup; “tokenfare statusline "
                      "--uninstall” gives it back.")));
}

/* With a damaged manifest, what is seen to be ours is taken for what setup did. */
static void
load_manifest (FareUninstall *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = fare_setup_manifest_dup_file (self->paths);
  gboolean is_damaged;

  self->has_manifest = g_file_test (path, G_FILE_TEST_EXISTS);
  self->manifest = fare_setup_manifest_load (self->paths, &error);
  is_damaged = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  self->is_refused = error != NULL && !is_damaged;
  if (error != NULL)
    {
      note (self, is_damaged ? "manifest-damaged" : "manifest-unreadable", g_strdup (error->message));
      if (!is_damaged)
        g_ptr_array_add (self->errors, g_strdup (error->message));
    }
  if (self->manifest == NULL)
    self->manifest = fare_setup_manifest_new ();
  if (self->is_refused)
    return;

  if (is_damaged || self->is_purge)
    {
      observe_service (self);
      observe_tray (self);
      observe_statusline (self);
    }
  else
    {
      tell_what_stays (self);
    }
}

FareUninstall *
fare_uninstall_new (FarePaths *paths,
                    gboolean   is_purge)
{
  FareUninstall *self = g_new0 (FareUninstall, 1);

  self->paths = g_object_ref (paths);
  self->is_purge = is_purge;
  self->notes = g_array_new (FALSE, TRUE, sizeof (FareRemark));
  g_array_set_clear_func (self->notes, clear_remark);
  self->changed = g_ptr_array_new ();
  self->removed = g_ptr_array_new_with_free_func (g_free);
  self->errors = g_ptr_array_new_with_free_func (g_free);
  fare_user_unit_look (&self->unit);
  load_manifest (self);
  self->files = fare_own_files_list (paths);
  if (is_purge)
    self->index_user = fare_own_files_find_user (paths, self->manifest->service.is_on ? self->unit.pid
                                                                                      : 0);

  return self;
}

void
fare_uninstall_free (FareUninstall *self)
{
  fare_setup_manifest_free (self->manifest);
  fare_user_unit_clear (&self->unit);
  g_array_unref (self->files);
  g_free (self->index_user);
  g_array_unref (self->notes);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->removed);
  g_ptr_array_unref (self->errors);
  g_object_unref (self->paths);
  g_free (self);
}

gboolean
fare_uninstall_has_work (const FareUninstall *self)
{
  return !fare_setup_manifest_is_empty (self->manifest) || (self->is_purge && self->files->len > 0);
}

static void
finish_step (FareUninstall *self,
             const char    *id,
             gboolean       is_done,
             const GError  *error)
{
  if (is_done)
    g_ptr_array_add (self->changed, (gpointer) id);
  else
    g_ptr_array_add (self->errors, g_strdup (error->message));
}

static void
undo_service (FareUninstall *self)
{
  g_autoptr(GError) error = NULL;
  gboolean is_done;

  if (!self->manifest->service.is_on)
    return;

  is_done = fare_setup_undo_service (self->manifest, &error);
  finish_step (self, fare_part_to_id (FARE_PART_SERVICE), is_done, error);
}

static void
undo_tray (FareUninstall *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = fare_text_path (self->manifest->tray.entry.path != NULL
                                          ? self->manifest->tray.entry.path : "");
  gboolean was_ours, is_done;

  if (!self->manifest->tray.is_on)
    return;

  is_done = fare_setup_undo_tray (self->manifest, self->paths, &was_ours, &error);
  finish_step (self, fare_part_to_id (FARE_PART_TRAY), is_done, error);
  if (!was_ours)
    note (self, "tray-not-ours",
          g_strdup_printf (_("“%s” is no longer as setup wrote it, and was left alone."), path));
}

static void
undo_statusline (FareUninstall *self)
{
  g_autoptr(GError) error = NULL;
  gboolean was_ours, is_done;

  if (!self->manifest->statusline.is_on)
    return;

  is_done = fare_setup_undo_statusline (self->manifest, self->paths, &was_ours, &error);
  finish_step (self, fare_part_to_id (FARE_PART_STATUSLINE), is_done, error);
  if (is_done && !was_ours)
    note (self, "statusline-not-ours",
          g_strdup (_("Claude Code’s status line is no longer Tokenfare’s, and was left alone.")));
}

static void
undo_tailscale (FareUninstall *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *remedy = NULL;
  gboolean was_ours, is_done;

  if (!self->manifest->tailscale.is_on)
    return;

  is_done = fare_setup_undo_tailscale (self->manifest, &was_ours, &error);
  remedy = is_done ? NULL : fare_tailscale_dup_remedy (error);
  if (remedy != NULL)
    /* Translators: a sentence about what went wrong, and a command */
    g_ptr_array_add (self->errors, g_strdup_printf (_("%s This helps: %s"), error->message, remedy));
  else
    finish_step (self, "tailscale", is_done, error);
  if (is_done && !was_ours)
    note (self, "tailscale-not-ours",
          g_strdup (_("Tailscale serves something else at /tokenfare by now; that was left alone.")));
}

static void
undo_settings (FareUninstall *self)
{
  g_autoptr(GError) error = NULL;
  gboolean is_done;

  if (self->manifest->settings.path == NULL)
    return;

  is_done = fare_setup_restore_settings (self->manifest, self->paths, &error);
  finish_step (self, "settings", is_done, error);
}

static void
delete (FareUninstall *self,
        const char    *path)
{
  if (g_unlink (path) == 0)
    {
      g_ptr_array_add (self->removed, g_strdup (path));
    }
  else if (errno != ENOENT)
    {
      g_autofree char *shown = fare_text_path (path);

      g_ptr_array_add (self->errors, g_strdup_printf (_("“%s” could not be removed: %s"), shown,
                                                      g_strerror (errno)));
    }
}

/* What a program has written again meanwhile must not go unnoticed. */
static void
check_purge (FareUninstall *self)
{
  g_autoptr(GArray) left = fare_own_files_list (self->paths);

  for (guint i = 0; i < left->len; i++)
    {
      const FareOwnFile *file = &g_array_index (left, FareOwnFile, i);
      g_autofree char *shown = fare_text_path (file->path);

      if (!g_str_equal (file->kind, "manifest"))
        g_ptr_array_add (self->errors, g_strdup_printf (_("“%s” is still there."), shown));
    }
}

static void
purge (FareUninstall *self)
{
  g_autoptr(GArray) files = fare_own_files_list (self->paths);
  g_autofree char *user = fare_own_files_find_user (self->paths, 0);

  if (user != NULL)
    {
      g_ptr_array_add (self->errors,
                       g_strdup_printf (_("%s has the index open. End it first."), user));
      return;
    }

  for (guint i = 0; i < files->len; i++)
    {
      const FareOwnFile *file = &g_array_index (files, FareOwnFile, i);

      if (!g_str_equal (file->kind, "manifest"))
        delete (self, file->path);
    }
  check_purge (self);
}

/* The manifest goes last, and only when nothing has failed. */
static void
close_manifest (FareUninstall *self)
{
  g_autofree char *path = fare_setup_manifest_dup_file (self->paths);
  g_autoptr(GError) error = NULL;

  if (self->errors->len > 0)
    {
      if (self->has_manifest && !fare_setup_manifest_save (self->manifest, self->paths, &error))
        g_ptr_array_add (self->errors, g_strdup (error->message));
      return;
    }

  if (self->has_manifest)
    delete (self, path);
  fare_setup_remove_folders (self->manifest);
  if (self->is_purge)
    {
      g_auto(GStrv) folders = fare_own_files_list_folders (self->paths);

      for (guint i = 0; folders[i] != NULL; i++)
        g_rmdir (folders[i]);
      /* They may have been in the way. */
      fare_setup_remove_folders (self->manifest);
    }
}

gboolean
fare_uninstall_apply (FareUninstall *self)
{
  undo_tailscale (self);
  undo_service (self);
  undo_tray (self);
  undo_statusline (self);
  undo_settings (self);
  if (self->is_purge && self->errors->len == 0)
    purge (self);
  close_manifest (self);

  return self->errors->len == 0;
}
