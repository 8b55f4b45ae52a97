/* fare-sources-data.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gstdio.h>

#include "base/fare-text.h"
#include "formats/fare-format.h"
#include "models/fare-sources-data.h"
#include "scanner/fare-roots.h"

static void
source_free (gpointer data)
{
  FareSourceInfo *source = data;

  g_strfreev (source->folders);
  g_strfreev (source->extra);
  g_free (source->newest);
  g_free (source);
}

void
fare_sources_data_free (FareSourcesData *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_free (self->first_day);
  g_free (self);
}

static FareSourceInfo *
find_source (FareSourcesData *self,
             const char      *client)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      FareSourceInfo *source = g_ptr_array_index (self->sources, i);

      if (g_strcmp0 (source->client, client) == 0)
        return source;
    }

  return NULL;
}

static void
add_source (FareSourcesData  *self,
            const FareFormat *format,
            FarePaths        *paths,
            FareSettings     *settings)
{
  FareSourceInfo *source = find_source (self, format->id);
  g_auto(GStrv) roots = fare_roots_list_own (format, paths);
  g_autoptr(GStrvBuilder) folders = g_strv_builder_new ();

  /* Some clients have several formats. */
  if (source == NULL)
    {
      source = g_new0 (FareSourceInfo, 1);
      source->client = format->id;
      source->extra = fare_roots_list_extra (settings, format->id);
      source->newest = g_strdup ("");
      g_ptr_array_add (self->sources, source);
    }

  if (source->folders != NULL)
    g_strv_builder_addv (folders, (const char **) source->folders);

  for (guint i = 0; roots[i] != NULL; i++)
    {
      g_autofree char *path = fare_text_path (roots[i]);

      if (g_access (roots[i], F_OK) == 0)
        source->is_found = TRUE;

      if (source->folders == NULL || !g_strv_contains ((const char * const *) source->folders, path))
        g_strv_builder_add (folders, path);
    }

  g_strfreev (source->folders);
  source->folders = g_strv_builder_end (folders);
}

typedef struct
{
  FareSourcesData *data;
  GHashTable      *newest; /* FareSourceInfo → gint64 *, UTC milliseconds */
} Load;

static gboolean
add_file_cb (const FareFileInfo *file,
             gpointer            user_data)
{
  Load *load = user_data;
  FareSourceInfo *source = find_source (load->data, file->client);
  gint64 *newest;

  if (source == NULL)
    return TRUE;

  source->is_found = TRUE;
  source->n_files++;
  newest = g_hash_table_lookup (load->newest, source);

  if (newest == NULL)
    {
      newest = g_new0 (gint64, 1);
      g_hash_table_insert (load->newest, source, newest);
    }

  *newest = MAX (*newest, file->newest_ms);

  return TRUE;
}

static void
describe_newest (Load               *load,
                 const FareQuestion *question)
{
  FareDay today = fare_day_of (question->now.zone, question->now.now_ms);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, load->newest);

  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      FareSourceInfo *source = key;
      gint64 time_ms = *(gint64 *) value;

      if (time_ms <= 0)
        continue;

      g_free (source->newest);
      source->newest = fare_day_of (question->now.zone, time_ms) == today
                       ? fare_text_clock (time_ms, question->now.zone)
                       : fare_text_day (fare_day_of (question->now.zone, time_ms), today);
    }
}

static int
compare_sources (gconstpointer a,
                 gconstpointer b)
{
  const FareSourceInfo *first = *(FareSourceInfo * const *) a;
  const FareSourceInfo *second = *(FareSourceInfo * const *) b;
  double difference = second->sums.cost - first->sums.cost;

  if (difference != 0)
    return difference > 0 ? 1 : -1;

  return g_utf8_collate (fare_text_client (first->client), fare_text_client (second->client));
}

static gboolean
load_index (Load                *load,
            const FareQuestion  *question,
            GError             **error)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (question->meter);
  g_autoptr(FareIndex) index = fare_meter_ref_index (question->meter);
  g_autoptr(FareSummary) summary = NULL;
  FareQuery query = { G_MININT64, G_MAXINT64, question->now.zone };
  const char *path = fare_index_get_path (index);
  FareDay today = fare_day_of (question->now.zone, question->now.now_ms);
  gint64 first, last;
  GStatBuf info;

  if (reader == NULL || !fare_index_reader_foreach_file (reader, add_file_cb, load, error))
    return FALSE;

  summary = fare_summary_new (reader, prices, &query, FARE_GROUP_CLIENT, error);
  if (summary == NULL)
    return FALSE;

  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);
      FareSourceInfo *source = find_source (load->data, row->key);

      if (source != NULL)
        source->sums = row->sums;
    }

  if (path != NULL && g_stat (path, &info) == 0)
    load->data->index_size = info.st_size;

  if (fare_index_reader_get_span (reader, &first, &last))
    {
      g_free (load->data->first_day);
      load->data->first_day =
        fare_text_day (fare_day_of (question->now.zone, first * FARE_QUARTER_MS), today);
    }

  return TRUE;
}

gpointer
fare_sources_data_load (const FareQuestion  *question,
                        GCancellable        *cancellable,
                        GError             **error)
{
  FarePaths *paths = fare_meter_get_paths (question->meter);
  g_autoptr(FareSettings) settings = fare_settings_load (paths);
  g_autoptr(FareSourcesData) self = g_new0 (FareSourcesData, 1);
  g_autoptr(GHashTable) newest = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Load load = { self, newest };
  guint n_formats;
  const FareFormat * const *formats = fare_format_get_all (&n_formats);

  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->first_day = g_strdup ("");

  for (guint i = 0; i < n_formats; i++)
    add_source (self, formats[i], paths, settings);

  if (!load_index (&load, question, error))
    return NULL;

  describe_newest (&load, question);
  g_ptr_array_sort (self->sources, compare_sources);

  return g_steal_pointer (&self);
}
