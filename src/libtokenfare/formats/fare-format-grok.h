/* fare-format-grok.h
 *
 * Grok Build: a ledger of turns per session, and a log of operations of all sessions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_grok;
extern const FareFormat fare_format_grok_log;

/* A row of a session's cluster that carries no use: the session has a ledger. */
#define FARE_GROK_SUB_MARK 1

/* A row of the ledger; each of its clusters is one call. */
#define FARE_GROK_SUB_LEDGER 2

/* Decides between ledger and log. */
void   fare_grok_fold         (const FareFoldContext  *context,
                               FareRow               **rows,
                               guint                   n_rows);

/* The cluster that holds a session's mark and its rows from the log. */
gint64 fare_grok_hash_session (const char             *id);

/* Returns: (transfer full): folders below every Grok home */
GStrv  fare_grok_list_folders (FarePaths              *paths,
                               const char             *name);

G_END_DECLS
