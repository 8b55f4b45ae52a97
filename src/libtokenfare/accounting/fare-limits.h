/* fare-limits.h
 *
 * Usage limits of providers, as far as they are known on this computer: what Codex
 * writes into its logs, and what Claude Code tells the status line.  Nobody is asked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"

G_BEGIN_DECLS

/* One window of use that a provider limits. */
typedef struct
{
  const char *client;    /* client id, static */
  guint       minutes;   /* length of the window; 0 when unknown */
  double      used;      /* 0 to 1, more where the provider says so */
  gint64      resets_ms; /* when it begins anew, UTC milliseconds; 0 when unknown */
  gint64      seen_ms;   /* when this was said */
  gboolean    is_stale;  /* the window has begun anew since, so what is used now is not known */
} FareLimit;

/**
 * fare_limits_load:
 * @logged: (nullable): what fare_index_reader_dup_limits() says of Codex
 * @logged_ms: when that was so
 * @paths: for what was remembered
 * @now_ms: UTC milliseconds
 *
 * What cannot be read is left out.
 *
 * Returns: (transfer full) (element-type FareLimit): the windows by client, the shortest first
 */
GPtrArray *fare_limits_load          (const char       *logged,
                                      gint64            logged_ms,
                                      FarePaths        *paths,
                                      gint64            now_ms) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_limits_dup_file:
 *
 * Returns: (transfer full): the file in which limits are remembered, for those who want to see when it
 *   changes
 */
char      *fare_limits_dup_file      (FarePaths        *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_limits_remember_claude:
 * @windows: what Claude Code said now; only minutes, used and resets_ms matter
 * @now_ms: UTC milliseconds
 *
 * Remembers limits beside the index, without waiting for anybody.  Several sessions tell the same:
 * of two the one that ends later counts, and within one window use only grows.  An idle session that
 * repeats what it heard long ago takes nothing back.
 */
void       fare_limits_remember_claude (FarePaths       *paths,
                                        const FareLimit *windows,
                                        guint            n_windows,
                                        gint64           now_ms);

/**
 * fare_limit_to_label:
 *
 * Returns: (transfer full): the window's length: "5 h", "7 d", "90 min", "" when unknown; translated
 */
char      *fare_limit_to_label       (const FareLimit  *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_limit_to_id:
 *
 * Returns: (transfer full): the same for machines: "5h", "7d", "90m", ""
 */
char      *fare_limit_to_id          (const FareLimit  *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_limit_to_countdown:
 *
 * Returns: (transfer full): the time until it begins anew: "2d 3h", "2h 11m", "4m"; "" when that is
 *   unknown or past; translated
 */
char      *fare_limit_to_countdown   (const FareLimit  *self,
                                      gint64            now_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
