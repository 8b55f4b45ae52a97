/* fare-git.h
 *
 * What a working directory's repository says at a glance.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_git_dup_branch:
 * @directory: a directory in the working tree
 *
 * Reads the repository's HEAD, no more.
 *
 * Returns: (transfer full) (nullable): the branch, the beginning of the commit's id where no branch is
 *   checked out; %NULL outside a repository
 */
char     *fare_git_dup_branch (const char *directory) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_git_count:
 * @end_us: until when to wait for git, on the monotonic clock
 * @n_staged: (out): files whose changes are staged
 * @n_changed: (out): files with changes that are not
 *
 * Asks git, without letting it write or run anything.
 *
 * Returns: %FALSE when git is not there or was not quick enough
 */
gboolean  fare_git_count      (const char *directory,
                               gint64      end_us,
                               guint      *n_staged,
                               guint      *n_changed);

G_END_DECLS
