/* fare-setup-file.h
 *
 * A file is noted before it is written, and can so be put back byte by byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-setup-manifest.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_FILE_UNCHANGED, /* as setup wrote it */
  FARE_FILE_CHANGED,   /* somebody else has written it since */
  FARE_FILE_GONE
} FareFileFate;

/**
 * fare_setup_file_note:
 * @self: cleared; filled with what is in @path now
 *
 * Returns: %FALSE with @error when the file is there but not readable, or no text
 */
gboolean     fare_setup_file_note    (FareSetupFile        *self,
                                      const char           *path,
                                      GError              **error);

/**
 * fare_setup_file_seal:
 *
 * Takes down what is in the file now, after it was written.
 */
void         fare_setup_file_seal    (FareSetupFile        *self);

/**
 * fare_setup_file_look:
 *
 * Returns: what became of the file since
 */
FareFileFate fare_setup_file_look    (const FareSetupFile  *self);

/**
 * fare_setup_file_restore:
 *
 * Puts back what was in the file, with its permissions, or removes a file that was not there.
 */
gboolean     fare_setup_file_restore (const FareSetupFile  *self,
                                      GError              **error);

/**
 * fare_setup_note_folders:
 * @path: a file that will be written
 *
 * Notes in the manifest which of the folders above @path are still missing.
 */
void         fare_setup_note_folders (FareSetupManifest    *manifest,
                                      const char           *path);

/**
 * fare_setup_remove_folders:
 *
 * Removes the folders that setup made, as far as they are empty.
 */
void         fare_setup_remove_folders (const FareSetupManifest *manifest);

/**
 * fare_setup_change_setting:
 * @value: (nullable): a floating value is taken; %NULL for the default again
 *
 * Writes a key of the settings and notes in the manifest how they were.
 */
gboolean     fare_setup_change_setting (FareSetupManifest  *manifest,
                                        FarePaths          *paths,
                                        const char         *key,
                                        GVariant           *value,
                                        GError            **error);

/**
 * fare_setup_expect_setting:
 *
 * Notes in a manifest without settings that @key was changed from its default.
 */
void         fare_setup_expect_setting (FareSetupManifest  *manifest,
                                        FarePaths          *paths,
                                        const char         *key);

/**
 * fare_setup_restore_settings:
 *
 * Puts back the settings: the file where nothing else has changed in it since, else the keys.
 */
gboolean     fare_setup_restore_settings (FareSetupManifest  *manifest,
                                          FarePaths          *paths,
                                          GError            **error);

G_END_DECLS
