/* fare-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-source.h"

#include "base/fare-hash.h"

/* Databases write their journal, wait for the disk, and only then show what is in it, without a trace
 * in the file's time. */
#define DATABASE_SETTLES_NS (G_GINT64_CONSTANT (2) * 1000000000)

/* File times have steps of up to a timer tick of the kernel: two writes may have one time, and where a
 * document is written over, one size. */
#define DOCUMENT_SETTLES_NS (20 * 1000000)

static void
add_times (FareSource        *source,
           const struct stat *info)
{
  source->size += info->st_size;
  source->mtime_ns = MAX (source->mtime_ns, (gint64) info->st_mtim.tv_sec * 1000000000
                                            + info->st_mtim.tv_nsec);
}

/* What a database has not merged yet stands in a file beside it. */
static void
add_journal (FareSource *source)
{
  g_autofree char *journal = g_strconcat (source->path, "-wal", NULL);
  struct stat info;

  if (stat (journal, &info) == 0)
    add_times (source, &info);
}

/* Sizes and times of the files that reading this one looks into, as one number. */
static gint64
stamp_companions (const FareSource    *source,
                  const FareWalkHooks *hooks)
{
  g_auto(GStrv) companions = NULL;
  guint64 hash = FARE_HASH_SEED;

  if (source->format->list_companions == NULL)
    return 0;
  companions = source->format->list_companions (source->root, source->path);
  for (guint i = 0; companions[i] != NULL; i++)
    {
      struct stat info = { 0 };

      if (stat (companions[i], &info) != 0)
        info = (struct stat) { 0 };
      hash = fare_hash_int (hash, info.st_size);
      hash = fare_hash_int (hash, (gint64) info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec);
      if (hooks != NULL && !S_ISDIR (info.st_mode))
        hooks->companion (source->format, source->root, source->path, companions[i], hooks->user_data);
    }

  return fare_hash_finish (hash);
}

static gboolean
is_database (const char *path)
{
  return g_str_has_suffix (path, ".sqlite") || g_str_has_suffix (path, ".db");
}

/* A time that no later look will find. */
static gboolean
unsettle (FareSource *source)
{
  gint64 now_ns = g_get_real_time () * 1000;
  gint64 limit = is_database (source->path) ? DATABASE_SETTLES_NS : DOCUMENT_SETTLES_NS;

  if (!source->format->is_document || ABS (now_ns - source->mtime_ns) > limit)
    return FALSE;
  source->mtime_ns = now_ns;

  return TRUE;
}

FareSource *
fare_source_new (const FareFormat    *format,
                 const char          *root,
                 char                *path,
                 const struct stat   *info,
                 const FareWalkHooks *hooks,
                 gboolean            *is_unsettled)
{
  FareSource *source = g_new0 (FareSource, 1);

  source->format = format;
  source->path = path;
  source->root = root;
  source->key = format->make_key != NULL ? format->make_key (root, path) : path;
  source->device = info->st_dev;
  source->inode = info->st_ino;
  add_times (source, info);
  source->stamp = stamp_companions (source, hooks);
  if (is_database (path))
    add_journal (source);
  *is_unsettled = unsettle (source);

  return source;
}

void
fare_source_free (FareSource *source)
{
  if (source->key != source->path)
    g_free (source->key);
  g_free (source->path);
  g_free (source);
}
