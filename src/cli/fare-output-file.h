/* fare-output-file.h
 *
 * Sends what a command prints into a file.  The file appears, or takes the place of an
 * older one, only when all of it has been written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char    *path;        /* what it becomes */
  char    *temporary;   /* (nullable): where it is written; %NULL while that has no name */
  gboolean is_nameless; /* written without a name, so that nothing is left of what is not finished */
  int      shown;       /* the real standard output, -1 while nothing is redirected */
} FareOutputFile;

#define FARE_OUTPUT_FILE_INIT { NULL, NULL, FALSE, -1 }

/**
 * fare_output_file_begin:
 * @self: set to %FARE_OUTPUT_FILE_INIT
 * @path: a file's path; what exists and is no regular file, such as a pipe, is written to directly
 *
 * From here on standard output goes to the file.
 */
gboolean fare_output_file_begin  (FareOutputFile  *self,
                                  const char      *path,
                                  GError         **error);

/**
 * fare_output_file_finish:
 *
 * Puts the file into its place and gives standard output back.
 */
gboolean fare_output_file_finish (FareOutputFile  *self,
                                  GError         **error);

/**
 * fare_output_file_clear:
 *
 * Gives standard output back and throws away what was not finished.
 */
void     fare_output_file_clear  (FareOutputFile  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareOutputFile, fare_output_file_clear)

G_END_DECLS
