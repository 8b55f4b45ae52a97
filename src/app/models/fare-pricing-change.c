/* fare-pricing-change.c
 *
 * Changes to the user's price file, off the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "models/fare-pricing-change.h"
#include "pricing/fare-price-book.h"

void
fare_pricing_undo_free (FarePricingUndo *self)
{
  g_free (self->path);
  g_clear_pointer (&self->before, g_bytes_unref);
  g_clear_pointer (&self->after, g_bytes_unref);
  g_free (self);
}

/* What travels to the worker. */
typedef struct
{
  FareMeter           *meter;
  FarePricingEditFunc  func;      /* NULL: @contents is written */
  gpointer             data;
  GDestroyNotify       free_data;
  GBytes              *contents;
  GBytes              *expected;  /* without @func: what the file has to hold */
  gboolean             is_undo;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->meter);
  if (errand->free_data != NULL)
    errand->free_data (errand->data);
  g_clear_pointer (&errand->contents, g_bytes_unref);
  g_clear_pointer (&errand->expected, g_bytes_unref);
  g_free (errand);
}

static const char *
get_path (Errand *errand)
{
  return fare_paths_get_prices_file (fare_meter_get_paths (errand->meter));
}

gboolean
fare_pricing_change_read (const char  *path,
                          GBytes     **contents,
                          GError     **error)
{
  g_autoptr(GError) reason = NULL;
  char *text = NULL;
  gsize length = 0;

  *contents = NULL;
  if (g_file_get_contents (path, &text, &length, &reason))
    {
      *contents = g_bytes_new_take (text, length);
      return TRUE;
    }

  if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

static gboolean
is_same (GBytes *a,
         GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

static gboolean
write_contents (const char  *path,
                GBytes      *contents,
                GError     **error)
{
  /* The file may be a link into a folder of settings under version control. */
  char *target = realpath (path, NULL);
  const char *place = target != NULL ? target : path;
  g_autofree char *folder = g_path_get_dirname (place);
  g_autoptr(GError) reason = NULL;
  gsize length = 0;
  const char *text = contents != NULL ? g_bytes_get_data (contents, &length) : NULL;

  if (contents == NULL)
    {
      if (g_unlink (place) != 0 && errno != ENOENT)
        reason = g_error_new_literal (G_FILE_ERROR, g_file_error_from_errno (errno),
                                      g_strerror (errno));
    }
  else if (g_mkdir_with_parents (folder, 0700) != 0)
    reason = g_error_new_literal (G_FILE_ERROR, g_file_error_from_errno (errno),
                                  g_strerror (errno));
  else
    g_file_set_contents_full (place, text != NULL ? text : "", (gssize) length,
                              G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                              0644, &reason);

  free (target);
  if (reason == NULL)
    return TRUE;

  g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_READ, _("Cannot write “%s”: %s"),
               path, reason->message);

  return FALSE;
}

FarePriceEdit *
fare_pricing_change_open (FareMeter  *meter,
                          GError    **error)
{
  FarePaths *paths = fare_meter_get_paths (meter);
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json",
                                               NULL);

  return fare_price_edit_open (shipped, fare_paths_get_prices_file (paths), error);
}

static gboolean
run_edit (Errand  *errand,
          GError **error)
{
  g_autoptr(FarePriceEdit) edit = fare_pricing_change_open (errand->meter, error);

  return edit != NULL && errand->func (edit, errand->data, error) &&
         fare_price_edit_save (edit, error);
}

static gboolean
run (Errand           *errand,
     FarePricingUndo  *undo,
     GError          **error)
{
  if (!fare_pricing_change_read (undo->path, &undo->before, error))
    return FALSE;

  if (errand->func == NULL && !is_same (undo->before, errand->expected))
    {
      g_set_error_literal (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE,
                           errand->is_undo
                               ? _("The prices were changed again in the meantime. Nothing was undone.")
                               : _("The price file was changed in the meantime. Nothing was written; "
                                   "copy your changes and reload."));
      return FALSE;
    }

  return (errand->func != NULL ? run_edit (errand, error)
                               : write_contents (undo->path, errand->contents, error)) &&
         fare_pricing_change_read (undo->path, &undo->after, error) &&
         fare_meter_reload_prices (errand->meter, error);
}

static void
change_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Errand *errand = task_data;
  g_autoptr(FarePricingUndo) undo = g_new0 (FarePricingUndo, 1);
  GError *error = NULL;

  undo->path = g_strdup (get_path (errand));
  if (run (errand, undo, &error))
    g_task_return_pointer (task, g_steal_pointer (&undo), (GDestroyNotify) fare_pricing_undo_free);
  else
    g_task_return_error (task, error);
}

static void
start (FareMeter           *meter,
       Errand              *errand,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  errand->meter = g_object_ref (meter);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, errand, errand_free);
  g_task_run_in_thread (task, change_in_thread);
}

void
fare_pricing_change_async (FareMeter           *meter,
                           FarePricingEditFunc  func,
                           gpointer             data,
                           GDestroyNotify       free_data,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->func = func;
  errand->data = data;
  errand->free_data = free_data;
  start (meter, errand, callback, user_data);
}

void
fare_pricing_write_async (FareMeter           *meter,
                          GBytes              *contents,
                          GBytes              *expected,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->contents = contents != NULL ? g_bytes_ref (contents) : NULL;
  errand->expected = expected != NULL ? g_bytes_ref (expected) : NULL;
  start (meter, errand, callback, user_data);
}

void
fare_pricing_undo_async (FareMeter             *meter,
                         const FarePricingUndo *undo,
                         GAsyncReadyCallback    callback,
                         gpointer               user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->is_undo = TRUE;
  errand->contents = undo->before != NULL ? g_bytes_ref (undo->before) : NULL;
  errand->expected = undo->after != NULL ? g_bytes_ref (undo->after) : NULL;
  start (meter, errand, callback, user_data);
}

FarePricingUndo *
fare_pricing_change_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
