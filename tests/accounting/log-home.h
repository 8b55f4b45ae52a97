/* log-home.h
 *
 * A throwaway home whose Claude Code logs a test writes line by line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"
#include "fare-meter.h"

G_BEGIN_DECLS

typedef struct
{
  char            *folder;
  guint            n_lines;
  FareMeter       *meter;  /* these three after log_home_scan() */
  FarePriceBook   *prices;
  FareIndexReader *reader;
} LogHome;

typedef struct
{
  const char *file;     /* below .claude/projects/p, such as "a.jsonl" */
  const char *session;
  const char *time;     /* "2026-03-02T09:15:00Z" */
  const char *model;    /* (nullable): claude-opus-4-8 */
  FareUsage   usage;
  gboolean    is_helper;
} LogTurn;

LogHome *log_home_new        (void);
void     log_home_free       (LogHome       *self);

/**
 * log_home_add_turn:
 *
 * Returns: the byte where its line begins
 */
gint64   log_home_add_turn   (LogHome       *self,
                              const LogTurn *turn);

/**
 * log_home_add_line:
 *
 * Adds any line to a log.
 *
 * Returns: the byte where it begins
 */
gint64   log_home_add_line   (LogHome       *self,
                              const char    *file,
                              const char    *line);

/**
 * log_home_scan:
 *
 * Reads the logs and opens a snapshot, a new one with each call.
 */
void     log_home_scan       (LogHome       *self);

/**
 * log_home_find_session:
 *
 * Returns: the session with this id; it must exist
 */
const FareSessionInfo *
         log_home_find_session (LogHome     *self,
                                const char  *id);

/**
 * log_home_remove_tree:
 *
 * Deletes a folder with all that is in it.
 */
void     log_home_remove_tree (const char   *folder);

/**
 * log_home_get_time:
 * @text: "2026-03-02T09:15:00Z"
 *
 * Returns: UTC milliseconds
 */
gint64   log_home_get_time   (const char    *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogHome, log_home_free)

G_END_DECLS
