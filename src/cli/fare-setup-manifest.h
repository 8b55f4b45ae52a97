/* fare-setup-manifest.h
 *
 * setup.json: what "tokenfare setup" has switched on and what was there before, so that
 * "tokenfare uninstall" can give all of it back and "tokenfare doctor" can look whether it holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"

G_BEGIN_DECLS

/* The systemd user unit that the package brings. */
#define FARE_SETUP_UNIT "tokenfare.service"

/* A file that was written, with what is needed to put it back byte by byte. */
typedef struct
{
  char *path;   /* (nullable): NULL when no file was written */
  char *before; /* (nullable): what stood in it; NULL when it was not there */
  char *after;  /* what was written */
  guint mode;   /* its permissions before; 0 when it was not there */
} FareSetupFile;

typedef struct
{
  gboolean  is_on;       /* whether setup switched it on; nothing else here counts otherwise */
  char     *unit;        /* FARE_SETUP_UNIT */
  char     *path;        /* the unit's file */
  gboolean  is_linked;   /* the file is outside systemd's folders, and was linked into the user's */
  gboolean  was_enabled; /* before setup */
  gboolean  was_active;  /* before setup */
  guint     port;        /* where the server answers since */
} FareSetupService;

typedef struct
{
  gboolean      is_on;
  FareSetupFile entry; /* in the autostart folder */
} FareSetupTray;

typedef struct
{
  gboolean  is_on;
  char     *path;    /* Claude Code's settings */
  char     *command; /* what they run since */
  char     *before;  /* (nullable): what they ran before; the line itself is kept beside the index */
} FareSetupStatusline;

/* Written by "tokenfare tailscale on", not by setup. */
typedef struct
{
  gboolean  is_on;
  char     *host;    /* this computer's name in the tailnet */
  char     *target;  /* what is served there at our path */
} FareSetupTailscale;

typedef struct
{
  char                *version;    /* of the program that wrote this */
  gint64               time_ms;    /* when setup first changed something, UTC milliseconds */
  FareSetupService     service;
  FareSetupTray        tray;
  FareSetupStatusline  statusline;
  FareSetupTailscale   tailscale;
  FareSetupFile        settings;   /* settings.ini, where port and autostart are noted */
  GPtrArray           *keys;       /* (element-type utf8): what was changed in it */
  GPtrArray           *folders;    /* (element-type filename): made by setup, outer ones first */
} FareSetupManifest;

/**
 * fare_setup_manifest_dup_file:
 *
 * Returns: (transfer full): where the manifest is: setup.json in our data folder
 */
char              *fare_setup_manifest_dup_file  (FarePaths                *paths) G_GNUC_WARN_UNUSED_RESULT;

FareSetupManifest *fare_setup_manifest_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void               fare_setup_manifest_free      (FareSetupManifest        *self);

/**
 * fare_setup_manifest_load:
 *
 * Returns: (transfer full): what was switched on; %NULL without @error when there is no manifest,
 *   and with @error (%G_IO_ERROR) when there is one that cannot be read, is damaged
 *   (%G_IO_ERROR_INVALID_DATA) or was written by a newer version (%G_IO_ERROR_NOT_SUPPORTED)
 */
FareSetupManifest *fare_setup_manifest_load      (FarePaths                *paths,
                                                  GError                  **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_setup_manifest_save:
 *
 * Writes the manifest at once or not at all.
 */
gboolean           fare_setup_manifest_save      (const FareSetupManifest  *self,
                                                  FarePaths                *paths,
                                                  GError                  **error);

/**
 * fare_setup_manifest_is_empty:
 *
 * Returns: whether there is nothing left that could be undone, folders apart
 */
gboolean           fare_setup_manifest_is_empty  (const FareSetupManifest  *self);

void               fare_setup_file_clear         (FareSetupFile            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSetupManifest, fare_setup_manifest_free)

G_END_DECLS
