/* fare-codex-meta.h
 *
 * The session_meta record of a rollout: who the thread is and where it comes from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-log.h"

G_BEGIN_DECLS

/* What the "source" of a session_meta says: a plain word, or an object for helper threads. */
typedef struct
{
  FareSpan parent;
  gboolean is_subagent;
  gboolean is_review;
} FareCodexOrigin;

/* Numbers are those of the log; 0 stands for what is not said. */
typedef struct
{
  guint32  id;
  guint32  cwd;
  guint32  provider;
  guint32  branch;
  guint32  forked_from;
  guint32  parent;
  FareCodexOrigin   origin;
} FareCodexMeta;

/**
 * fare_codex_meta_read:
 * @pull: inside the payload
 * @meta: (out): zeroed by the caller
 */
void fare_codex_meta_read (FareLog       *log,
                           FarePull      *pull,
                           FareCodexMeta *meta);

G_END_DECLS
