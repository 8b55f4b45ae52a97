/* fare-meter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-meter-private.h"

#include <glib/gi18n-lib.h>

#include "scanner/fare-discovery.h"

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SCANNING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FareMeter, fare_meter, G_TYPE_OBJECT)

static void
fare_meter_dispose (GObject *object)
{
  fare_meter_stop (FARE_METER (object));

  G_OBJECT_CLASS (fare_meter_parent_class)->dispose (object);
}

static void
fare_meter_finalize (GObject *object)
{
  FareMeter *self = FARE_METER (object);

  g_clear_object (&self->index);
  g_clear_object (&self->paths);
  g_clear_pointer (&self->prices, fare_price_book_unref);
  g_clear_pointer (&self->index_notice, g_free);
  g_clear_pointer (&self->price_notice, g_free);
  g_clear_pointer (&self->failures, g_strfreev);
  g_clear_pointer (&self->share_failures, g_strfreev);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (fare_meter_parent_class)->finalize (object);
}

static void
fare_meter_class_init (FareMeterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fare_meter_dispose;
  object_class->finalize = fare_meter_finalize;

  /**
   * FareMeter::changed:
   *
   * Something that can be seen in a snapshot or a price has changed.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * FareMeter::scanning:
   *
   * A scan has begun, moved on or ended; see fare_meter_get_progress().
   */
  signals[SIGNAL_SCANNING] = g_signal_new ("scanning", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_meter_init (FareMeter *self)
{
  g_mutex_init (&self->mutex);
}

FareMeter *
fare_meter_new (FarePaths *paths)
{
  FareMeter *self;

  g_return_val_if_fail (FARE_IS_PATHS (paths), NULL);

  self = g_object_new (FARE_TYPE_METER, NULL);
  self->paths = g_object_ref (paths);

  return self;
}

FareMeter *
fare_meter_new_in_memory (FarePaths *paths)
{
  FareMeter *self = fare_meter_new (paths);

  self->in_memory = TRUE;

  return self;
}

static gboolean
load_prices (FareMeter  *self,
             GError    **error)
{
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (self->paths),
                                               "models.json", NULL);
  g_autofree char *warning = NULL;
  FarePriceBook *prices = fare_price_book_load (shipped, fare_paths_get_prices_file (self->paths),
                                                &warning, error);

  if (prices == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->prices, fare_price_book_unref);
  self->prices = prices;
  g_free (self->price_notice);
  self->price_notice = g_steal_pointer (&warning);
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

/* What the user should know about an index that cannot be used, beside the reason. */
static const char *
find_consequence (const GError *error)
{
  if (g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT)
      || g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_NEWER))
    return _("Until then the figures come from the logs that are there now; what was counted of "
             "deleted ones is missing.");

  return _("The figures are complete, but what is new is not kept.");
}

static FareNoticeLevel
find_level (const GError *error)
{
  return g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT)
         ? FARE_NOTICE_ERROR : FARE_NOTICE_WARNING;
}

static gboolean
is_readable (const GError *error)
{
  return !g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT)
         && !g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_NEWER);
}

gboolean
fare_meter_fall_back (FareMeter     *self,
                      const GError  *reason,
                      GError       **error)
{
  const char *copy_from = reason != NULL && is_readable (reason)
                          ? fare_paths_get_index_file (self->paths) : NULL;
  FareIndex *index = fare_index_open_memory (copy_from, error);

  if (index == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_clear_object (&self->index);
  self->index = index;
  if (reason != NULL)
    {
      g_free (self->index_notice);
      self->index_notice = g_strdup_printf ("%s %s", reason->message, find_consequence (reason));
      self->index_level = find_level (reason);
      self->index_trouble = reason->domain == FARE_INDEX_ERROR ? (FareIndexError) reason->code
                                                               : FARE_INDEX_ERROR_FAILED;
    }
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

gboolean
fare_meter_open (FareMeter  *self,
                 GError    **error)
{
  g_autoptr(GError) reason = NULL;

  g_return_val_if_fail (FARE_IS_METER (self), FALSE);

  if (!load_prices (self, error))
    return FALSE;
  if (self->in_memory)
    return fare_meter_fall_back (self, NULL, error);

  self->index = fare_index_open_lasting (fare_paths_get_index_file (self->paths), &reason);

  return self->index != NULL || fare_meter_fall_back (self, reason, error);
}

gboolean
fare_meter_reopen (FareMeter  *self,
                   GError    **error)
{
  FareIndex *index;

  g_return_val_if_fail (FARE_IS_METER (self), FALSE);
  g_return_val_if_fail (self->thread == NULL, FALSE);

  index = fare_index_open (fare_paths_get_index_file (self->paths), error);
  if (index == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_clear_object (&self->index);
  self->index = index;
  g_clear_pointer (&self->index_notice, g_free);
  g_mutex_unlock (&self->mutex);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return TRUE;
}

FareIndex *
fare_meter_ref_index (FareMeter *self)
{
  FareIndex *index;

  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  g_mutex_lock (&self->mutex);
  index = self->index != NULL ? g_object_ref (self->index) : NULL;
  g_mutex_unlock (&self->mutex);

  return index;
}

FarePriceBook *
fare_meter_ref_prices (FareMeter *self)
{
  FarePriceBook *prices;

  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  g_mutex_lock (&self->mutex);
  prices = fare_price_book_ref (self->prices);
  g_mutex_unlock (&self->mutex);

  return prices;
}

FareIndexReader *
fare_meter_read (FareMeter  *self,
                 GError    **error)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (self);
  FareIndexReader *reader = fare_index_reader_new (index, error);
  const gint64 *thresholds;
  guint n_thresholds;

  if (reader == NULL)
    return NULL;
  thresholds = fare_price_book_get_thresholds (prices, &n_thresholds);
  fare_index_reader_set_thresholds (reader, thresholds, n_thresholds);

  return reader;
}

static gboolean
emit_cb (gpointer data)
{
  FareMeter *self = data;
  gboolean changed, scanning;

  g_mutex_lock (&self->mutex);
  changed = self->changed_pending;
  scanning = self->scanning_pending;
  self->changed_pending = self->scanning_pending = FALSE;
  g_mutex_unlock (&self->mutex);
  if (scanning)
    g_signal_emit (self, signals[SIGNAL_SCANNING], 0);
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* Signals belong to the thread that started us; several in a row become one. */
void
fare_meter_emit_later (FareMeter *self,
                       gboolean   changed)
{
  g_autoptr(GSource) source = NULL;
  gboolean pending;

  g_mutex_lock (&self->mutex);
  pending = self->changed_pending || self->scanning_pending || self->home == NULL;
  self->changed_pending |= changed && self->home != NULL;
  self->scanning_pending |= self->home != NULL;
  if (!pending)
    {
      source = g_idle_source_new ();
      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, emit_cb, g_object_ref (self), g_object_unref);
      g_source_attach (source, self->home);
    }
  g_mutex_unlock (&self->mutex);
}

gboolean
fare_meter_get_progress (FareMeter    *self,
                         FareProgress *progress)
{
  gboolean is_scanning;

  g_return_val_if_fail (FARE_IS_METER (self), FALSE);

  g_mutex_lock (&self->mutex);
  is_scanning = self->is_scanning;
  *progress = self->progress;
  g_mutex_unlock (&self->mutex);

  return is_scanning;
}

gboolean
fare_meter_reload_prices (FareMeter  *self,
                          GError    **error)
{
  g_return_val_if_fail (FARE_IS_METER (self), FALSE);

  if (!load_prices (self, error))
    return FALSE;
  /* Reading the files is not for the thread that draws, so a running meter may be told from any. */
  if (self->home != NULL)
    fare_meter_emit_later (self, TRUE);
  else
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  /* New thresholds need another rollup, which is a writer's work. */
  fare_meter_refresh (self);

  return TRUE;
}

char *
fare_meter_dup_notice (FareMeter       *self,
                       FareNoticeLevel *level)
{
  char *notice;

  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  g_mutex_lock (&self->mutex);
  *level = self->index_notice != NULL   ? self->index_level
           : self->price_notice != NULL ? FARE_NOTICE_WARNING
                                        : FARE_NOTICE_NONE;
  notice = g_strdup (self->index_notice != NULL ? self->index_notice : self->price_notice);
  g_mutex_unlock (&self->mutex);

  return notice;
}

gboolean
fare_meter_get_trouble (FareMeter      *self,
                        FareIndexError *trouble)
{
  gboolean has_trouble;

  g_return_val_if_fail (FARE_IS_METER (self), FALSE);

  g_mutex_lock (&self->mutex);
  has_trouble = self->index_notice != NULL;
  if (has_trouble)
    *trouble = self->index_trouble;
  g_mutex_unlock (&self->mutex);

  return has_trouble;
}

GStrv
fare_meter_dup_failures (FareMeter *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  g_mutex_lock (&self->mutex);
  if (self->failures != NULL)
    g_strv_builder_addv (builder, (const char **) self->failures);
  if (self->share_failures != NULL)
    g_strv_builder_addv (builder, (const char **) self->share_failures);
  g_mutex_unlock (&self->mutex);

  return g_strv_builder_end (builder);
}

FarePaths *
fare_meter_get_paths (FareMeter *self)
{
  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  return self->paths;
}

GStrv
fare_meter_dup_roots (FareMeter *self)
{
  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  return fare_discovery_list_roots (self->paths);
}
