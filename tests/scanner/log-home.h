/* log-home.h
 *
 * A throwaway home that tests write logs into, scan, and look at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-reader.h"
#include "scanner/fare-scanner.h"

G_BEGIN_DECLS

typedef struct
{
  char      *folder;
  FarePaths *paths;
  FareIndex *index;
} LogHome;

LogHome *log_home_new    (void);
void     log_home_free   (LogHome    *self);

/* Paths are relative to the home; folders are made on the way. */
void     log_home_write  (LogHome    *self,
                          const char *path,
                          const char *text);
void     log_home_append (LogHome    *self,
                          const char *path,
                          const char *text);
void     log_home_remove (LogHome    *self,
                          const char *path);
char    *log_home_path   (LogHome    *self,
                          const char *path);

/* Scans; returns whether something changed.  Fails the test when the scan fails. */
gboolean log_home_scan   (LogHome    *self);

/* Drops the index and begins another one. */
void     log_home_forget (LogHome    *self);

/* All counted events, one line each, sorted: what a test compares. */
char    *log_home_dump   (LogHome    *self);

/* Checks what must hold after every scan: the rollup is the sum of the events, keys are unique. */
void     log_home_check  (LogHome    *self);

/* One line of each client's log, as text to be freed. */
char    *claude_line     (const char *session,
                          const char *id,
                          const char *request,
                          const char *time,
                          int         input,
                          int         output,
                          const char *more);

char    *codex_meta      (const char *session,
                          const char *more);
char    *codex_turn      (const char *turn,
                          const char *model);
char    *codex_count     (const char *time,
                          int         total_input,
                          int         total_output,
                          int         last_input,
                          int         last_output);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogHome, log_home_free)

G_END_DECLS
