/* fare-source.h
 *
 * What can be seen of a log file without opening it: place, size, times, and those of
 * the files that reading it looks into.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sys/stat.h>

#include "formats/fare-format.h"

G_BEGIN_DECLS

/* Told what a walk meets, by one who keeps an eye on it from then on.  Roots live as long as the
 * program. */
typedef struct
{
  /* A folder, before it is read; @depth is 0 for the root. */
  void   (*enter)     (const FareFormat *format,
                       const char       *root,
                       const char       *path,
                       guint             depth,
                       gpointer          user_data);
  /* A file, there or not, on which the log at @path depends beside its own place in a folder that
   * was walked. */
  void   (*companion) (const FareFormat *format,
                       const char       *root,
                       const char       *path,
                       const char       *companion,
                       gpointer          user_data);
  /* More than plain files in plain folders: of several names of a file only one counts. */
  void   (*odd)       (const FareFormat *format,
                       gpointer          user_data);
  gpointer user_data;
} FareWalkHooks;

/* When a file that is unsettled can be trusted to be settled, in milliseconds from now. */
#define FARE_SOURCE_SETTLES_MS 2200

/**
 * fare_source_new:
 * @root: lives as long as the program
 * @path: (transfer full): the file
 * @info: what stat() says of it
 * @hooks: (nullable): told about companions
 * @is_unsettled: (out): whether the file was written so lately that what is read of it now may not be all:
 *   it then compares as changed with what is seen of it next time
 *
 * Returns: (transfer full): the file as the index compares it
 */
FareSource *fare_source_new  (const FareFormat    *format,
                              const char          *root,
                              char                *path,
                              const struct stat   *info,
                              const FareWalkHooks *hooks,
                              gboolean            *is_unsettled) G_GNUC_WARN_UNUSED_RESULT;
void        fare_source_free (FareSource          *source);

G_END_DECLS
