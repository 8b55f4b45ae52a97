/* fare-format-cline-history.c
 *
 * The list of classic tasks, state/taskHistory.json: titles and working directories.  Its
 * sums are not used.  It is rewritten at every turn of any task, so it is read by itself
 * and not as a part of each task.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-cline.h"

#include "formats/fare-editors.h"
#include "formats/fare-parts.h"

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "taskHistory.json");
}

GStrv
fare_cline_list_storages (FarePaths  *paths,
                          const char *folder)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) storages = fare_editors_list_storages (paths, "saoudrizwan.claude-dev", folder);
  g_auto(GStrv) data = fare_cline_list_data_folders (paths);

  g_strv_builder_addv (builder, (const char **) storages);
  for (guint i = 0; data[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (data[i], folder, NULL);

      g_strv_builder_add (builder, path);
    }

  return g_strv_builder_end (builder);
}

static GStrv
list_roots (FarePaths *paths)
{
  return fare_cline_list_storages (paths, "state");
}

static gboolean
read_task (FarePull      *pull,
           FareClineTask *task)
{
  FareSpan key, text;

  *task = (FareClineTask) {
    .id = { "", 0 }, .title = { "", 0 }, .project = { "", 0 }, .model = { "", 0 },
  };
  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      if (!fare_pull_string (pull, &text))
        continue;
      if (fare_span_equal (&key, "id"))
        task->id = text;
      else if (fare_span_equal (&key, "task"))
        task->title = text;
      else if (fare_span_equal (&key, "cwdOnTaskInitialization"))
        task->project = text;
      else if (fare_span_equal (&key, "modelId"))
        task->model = text;
    }

  return !pull->failed && task->id.length > 0;
}

gboolean
fare_cline_foreach_task (const char        *text,
                         gsize              length,
                         FareClineTaskFunc  func,
                         gpointer           user_data)
{
  FareClineTask task;
  FarePull pull;

  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '['))
    return FALSE;
  while (fare_pull_next_item (&pull))
    if (read_task (&pull, &task))
      func (&task, user_data);

  return fare_pull_at_end (&pull);
}

static void
add_facts (const FareClineTask *task,
           gpointer             user_data)
{
  FareLog *log = user_data;
  guint32 session = fare_log_intern_span (log, &task->id, NULL);
  guint32 title = fare_log_intern_title (log, &task->title);
  guint32 project = fare_log_intern_span (log, &task->project, NULL);

  if (title != 0)
    fare_log_add_fact (log, session, FARE_FACT_TITLE, FARE_CLINE_TITLE_LOGGED, 0, title);
  if (project != 0)
    fare_log_add_fact (log, session, FARE_FACT_PROJECT, 0, 0, project);
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;

  return fare_cline_foreach_task (text, length, add_facts, log) || fare_parts_fail (error);
}

const FareFormat fare_format_cline_history = {
  .id = "cline",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 1,
  .read = read_log,
  .fold = fare_cline_fold,
  .is_document = TRUE,
};
