/* fare-uninstall.h
 *
 * Undoes what setup did, and with a purge deletes what Tokenfare ever wrote.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-own-files.h"
#include "fare-setup-plan.h"

G_BEGIN_DECLS

typedef struct
{
  FarePaths         *paths;
  FareSetupManifest *manifest;     /* what is still to be undone */
  FareUserUnit       unit;
  GArray            *files;        /* (element-type FareOwnFile): there when the plan was made */
  char              *index_user;   /* (nullable): a program that would write again what is purged */
  GArray            *notes;        /* (element-type FareRemark) */
  GPtrArray         *changed;      /* (element-type utf8): ids of what was undone; not owned */
  GPtrArray         *removed;      /* (element-type filename): what was deleted */
  GPtrArray         *errors;       /* (element-type utf8): sentences */
  gboolean           has_manifest; /* there is a file */
  gboolean           is_purge;
  gboolean           is_refused;   /* by a manifest that a newer version has written */
} FareUninstall;

/**
 * fare_uninstall_new:
 *
 * Returns: (transfer full): what would be undone; nothing is changed yet
 */
FareUninstall *fare_uninstall_new        (FarePaths            *paths,
                                          gboolean              is_purge) G_GNUC_WARN_UNUSED_RESULT;
void           fare_uninstall_free       (FareUninstall        *self);

/**
 * fare_uninstall_has_work:
 *
 * Returns: whether there is anything to undo or delete
 */
gboolean       fare_uninstall_has_work   (const FareUninstall  *self);

/**
 * fare_uninstall_apply:
 *
 * Goes through all steps; one that fails does not keep the others from being done, but the manifest
 * stays then, so that it can be done again.
 *
 * Returns: whether nothing failed
 */
gboolean       fare_uninstall_apply      (FareUninstall        *self);

/**
 * fare_uninstall_print_plan:
 *
 * Prints what would be undone, and every path that would be deleted.
 */
void           fare_uninstall_print_plan   (const FareUninstall *self);
void           fare_uninstall_print_result (const FareUninstall *self);
void           fare_uninstall_print_json   (const FareUninstall *self,
                                            gboolean             is_dry_run,
                                            gboolean             is_applied);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareUninstall, fare_uninstall_free)

G_END_DECLS
