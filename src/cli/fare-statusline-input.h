/* fare-statusline-input.h
 *
 * What Claude Code tells a status line on standard input.  Every member is optional.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-limits.h"

G_BEGIN_DECLS

typedef struct
{
  char     *model;         /* (nullable): the model's name for people */
  char     *directory;     /* (nullable): where the session works */
  char     *effort;        /* (nullable): how hard the model is to think: "high" */
  double    cost;          /* USD of this session as Claude Code counts it, -1 when unknown */
  gint64    duration_ms;   /* of the session, 0 when unknown */
  double    context_used;  /* 0 to 1, -1 when unknown */
  gint64    input;         /* tokens of the session, 0 when unknown */
  gint64    output;
  gint64    context_size;  /* tokens, 0 when unknown */
  FareLimit limits[2];     /* usage windows */
  guint     n_limits;
} FareStatusInput;

/**
 * fare_status_input_read:
 * @fd: where to read; not waited for: a terminal is left alone, and a pipe in which nothing comes
 *   for a moment is taken for empty
 */
void fare_status_input_read  (FareStatusInput *self,
                              int              fd);

void fare_status_input_clear (FareStatusInput *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareStatusInput, fare_status_input_clear)

G_END_DECLS
