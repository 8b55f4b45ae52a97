/* fare-format-openclaw.h
 *
 * OpenClaw, under this and its earlier names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_openclaw;       /* transcripts in files */
extern const FareFormat fare_format_openclaw_store; /* databases and lists of sessions */

/* What both have in common; see FareFormat. */
GStrv fare_openclaw_list_roots (FarePaths              *paths);
void  fare_openclaw_fold       (const FareFoldContext  *context,
                                FareRow               **rows,
                                guint                   n_rows);

G_END_DECLS
