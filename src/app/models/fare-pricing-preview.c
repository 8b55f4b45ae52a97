/* fare-pricing-preview.c
 *
 * What taking prices over from another file would change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "models/fare-pricing-change.h"
#include "models/fare-pricing-line.h"
#include "models/fare-pricing-preview.h"
#include "models/fare-pricing-text.h"
#include "pricing/fare-price-import.h"

static void
diff_free (gpointer data)
{
  FarePricingDiff *diff = data;

  g_free (diff->id);
  g_free (diff->name);
  g_free (diff->detail);
  g_free (diff);
}

void
fare_pricing_preview_free (FarePricingPreview *self)
{
  g_free (self->path);
  g_clear_pointer (&self->diffs, g_ptr_array_unref);
  g_strfreev (self->problems);
  g_free (self);
}

static void
append_rate (GString    *text,
             const char *title,
             double      rate,
             gboolean    has_old,
             double      old)
{
  g_autofree char *new_text = fare_pricing_text_rate (rate);
  g_autofree char *old_text = fare_pricing_text_rate (old);

  if (has_old && rate == old)
    return;

  g_string_append_printf (text, "%s%s ", text->len > 0 ? ", " : "", title);
  if (has_old)
    g_string_append_printf (text, "%s → ", old_text);
  g_string_append (text, new_text);
}

/* The rates that differ, or all of them where there were none. */
static char *
describe (const FarePriceEntry *entry,
          const FarePriceEntry *old,
          gint64                now_ms)
{
  double rates[FARE_PRICING_N_RATES] = { 0 };
  double old_rates[FARE_PRICING_N_RATES] = { 0 };
  gboolean has_rates = fare_pricing_line_read_rates (entry, now_ms, rates);
  gboolean has_old = old != NULL && fare_pricing_line_read_rates (old, now_ms, old_rates);
  GString *text = g_string_new (NULL);

  for (guint i = 0; has_rates && i < FARE_PRICING_N_RATES; i++)
    append_rate (text, fare_pricing_text_column (FARE_PRICING_COLUMN_INPUT + i), rates[i], has_old,
                 old_rates[i]);

  if (!has_rates)
    g_string_append (text, _("no price"));
  else if (text->len == 0)
    g_string_append (text, _("the prices of today stay, other details change"));

  return g_string_free (text, FALSE);
}

static void
add_diff (FarePricingPreview *self,
          const char         *id,
          JsonNode           *node,
          JsonNode           *old_node,
          gint64              now_ms)
{
  g_autoptr(FarePriceEntry) entry = NULL;
  g_autoptr(FarePriceEntry) old = NULL;
  FarePricingDiff *diff = g_new0 (FarePricingDiff, 1);

  if (node != NULL)
    entry = fare_price_entry_read (json_node_get_object (node), NULL);
  if (old_node != NULL)
    old = fare_price_entry_read (json_node_get_object (old_node), NULL);

  diff->id = g_strdup (id);
  diff->name = g_strdup (entry != NULL ? fare_price_entry_get_name (entry) : id);
  diff->detail = entry != NULL ? describe (entry, old, now_ms) : g_strdup (_("is deleted"));
  g_ptr_array_add (self->diffs, diff);
}

static gboolean
is_same (JsonNode *a,
         JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static FarePricingPreview *
compare (FarePriceEdit         *before,
         FarePriceEdit         *after,
         const FarePriceImport *report,
         gint64                 now_ms)
{
  FarePricingPreview *self = g_new0 (FarePricingPreview, 1);
  g_auto(GStrv) ids = fare_price_edit_dup_ids (after);
  g_autoptr(GStrvBuilder) problems = g_strv_builder_new ();

  self->diffs = g_ptr_array_new_with_free_func (diff_free);
  self->n_same = report->n_same;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr(JsonNode) old = fare_price_edit_dup_entry (before, ids[i]);
      g_autoptr(JsonNode) entry = fare_price_edit_dup_entry (after, ids[i]);

      if (!is_same (old, entry))
        add_diff (self, ids[i], entry, old, now_ms);
    }

  for (guint i = 0; i < report->problems->len; i++)
    g_strv_builder_add (problems, g_ptr_array_index (report->problems, i));
  self->problems = g_strv_builder_end (problems);

  return self;
}

static void
preview_in_thread (GTask        *task,
                   gpointer      source_object,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  FareMeter *meter = task_data;
  const char *path = g_object_get_data (G_OBJECT (task), "path");
  gint64 now_ms = g_get_real_time () / 1000;
  GError *error = NULL;
  g_autoptr(FarePriceEdit) before = fare_pricing_change_open (meter, &error);
  g_autoptr(FarePriceEdit) after = before != NULL ? fare_pricing_change_open (meter, &error) : NULL;
  g_auto(FarePriceImport) report = { 0 };
  FarePricingPreview *preview;

  if (after == NULL || !fare_price_import (after, path, now_ms, &report, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  preview = compare (before, after, &report, now_ms);
  preview->path = g_strdup (path);
  g_task_return_pointer (task, preview, (GDestroyNotify) fare_pricing_preview_free);
}

void
fare_pricing_preview_async (FareMeter           *meter,
                            const char          *path,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, fare_pricing_preview_async);
  g_task_set_task_data (task, g_object_ref (meter), g_object_unref);
  g_object_set_data_full (G_OBJECT (task), "path", g_strdup (path), g_free);
  g_task_run_in_thread (task, preview_in_thread);
}

FarePricingPreview *
fare_pricing_preview_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
fare_pricing_preview_apply (FarePriceEdit  *edit,
                            gpointer        path,
                            GError        **error)
{
  g_auto(FarePriceImport) report = { 0 };

  return fare_price_import (edit, path, g_get_real_time () / 1000, &report, error);
}
