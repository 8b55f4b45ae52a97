/* fare-format-opencode.h
 *
 * OpenCode and its forks Kilo Code and MiMo Code: the databases, and the JSON store that
 * older releases wrote.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_opencode;
extern const FareFormat fare_format_opencode_messages;
extern const FareFormat fare_format_opencode_sessions;
extern const FareFormat fare_format_kilocode;
extern const FareFormat fare_format_kilocode_messages;
extern const FareFormat fare_format_kilocode_sessions;
extern const FareFormat fare_format_mimo;
extern const FareFormat fare_format_mimo_messages;
extern const FareFormat fare_format_mimo_sessions;

/* What is known best about a session has the lowest rank: the default database, then those of
 * other channels, then the JSON store; and within a kind of fact what names it best. */
#define FARE_OPENCODE_RANK_DEFAULT 0
#define FARE_OPENCODE_RANK_CHANNEL 1
#define FARE_OPENCODE_RANK_STORE   2

#define FARE_OPENCODE_TITLE_NAMED  0
#define FARE_OPENCODE_TITLE_SLUG   8

#define FARE_OPENCODE_PROJECT_SESSION  0
#define FARE_OPENCODE_PROJECT_WORKTREE 8
#define FARE_OPENCODE_PROJECT_MESSAGE  16

#define FARE_OPENCODE_PARENT_TASK 0
#define FARE_OPENCODE_PARENT_FORK 8

/**
 * fare_opencode_rank_file:
 * @key: the file's identity in the index
 *
 * Returns: one of FARE_OPENCODE_RANK_…
 */
guint    fare_opencode_rank_file        (const char             *key);

/**
 * fare_opencode_add_title:
 * @title: (nullable): as stored
 * @slug: (nullable): what names the session as long as its title is the one it was born with
 */
void     fare_opencode_add_title        (FareLog                *log,
                                         guint32                 session,
                                         const char             *title,
                                         const char             *slug);

/**
 * fare_opencode_add_project:
 * @rank: FARE_OPENCODE_PROJECT_…
 * @path: (nullable): working directory
 */
void     fare_opencode_add_project      (FareLog                *log,
                                         guint32                 session,
                                         guint                   rank,
                                         gint64                  order,
                                         const char             *path);

/* The parts of the formats, see the files of the same names. */
gboolean fare_opencode_read_database    (FareLog                *log,
                                         GError                **error);
gboolean fare_opencode_read_message     (FareLog                *log,
                                         GError                **error);
gboolean fare_opencode_read_session     (FareLog                *log,
                                         GError                **error);
GStrv    fare_opencode_list_parts       (const char             *root,
                                         const char             *path);
GStrv    fare_opencode_list_project     (const char             *root,
                                         const char             *path);
void     fare_opencode_fold             (const FareFoldContext  *context,
                                         FareRow               **rows,
                                         guint                   n_rows);

G_END_DECLS
