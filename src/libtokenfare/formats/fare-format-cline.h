/* fare-format-cline.h
 *
 * Cline: the session store of its command line, desktop app and current extension, the
 * tasks of the classic extension in any editor, and the list of those tasks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"

G_BEGIN_DECLS

extern const FareFormat fare_format_cline;
extern const FareFormat fare_format_cline_history;
extern const FareFormat fare_format_cline_tasks;

/* Ranks of titles, best first. */
typedef enum
{
  FARE_CLINE_TITLE_LOGGED,
  FARE_CLINE_TITLE_PROMPT,
  FARE_CLINE_TITLE_ID
} FareClineTitle;

/* An entry of state/taskHistory.json. */
typedef struct
{
  FareSpan id;
  FareSpan title;
  FareSpan project;
  FareSpan model;
} FareClineTask;

typedef void (*FareClineTaskFunc) (const FareClineTask *task,
                                   gpointer             user_data);

/**
 * fare_cline_foreach_task:
 *
 * Goes through the text of a list of tasks.
 *
 * Returns: %FALSE when it is not whole; some tasks may have been given out
 */
gboolean fare_cline_foreach_task  (const char            *text,
                                   gsize                  length,
                                   FareClineTaskFunc      func,
                                   gpointer               user_data);

/**
 * fare_cline_list_data_folders:
 *
 * Returns: (transfer full): the data folders of the current store
 */
GStrv    fare_cline_list_data_folders (FarePaths         *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_cline_list_storages:
 *
 * Returns: (transfer full): @folder in each place that may hold classic tasks
 */
GStrv    fare_cline_list_storages (FarePaths             *paths,
                                   const char            *folder) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_cline_set_cost:
 * @cost: USD as logged; only a positive one is believed
 */
void     fare_cline_set_cost      (FareRow               *row,
                                   double                 cost);

/**
 * fare_cline_fold:
 *
 * Rows with the same key are one call; of copies that differ in no count, one that knows its model
 * gives the values.
 */
void     fare_cline_fold          (const FareFoldContext  *context,
                                   FareRow               **rows,
                                   guint                   n_rows);

G_END_DECLS
