/* fare-db-problems.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-db-problems.h"

#include "fare-print.h"
#include "index/fare-index-maintenance.h"

GStrv
fare_db_find_problems (FareIndex *index)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  GStrv problems = NULL;

  if (fare_index_check (index, &problems, &error))
    return problems;

  g_strv_builder_add (builder, error->message);
  return g_strv_builder_end (builder);
}

void
fare_db_print_problems (const char * const *problems)
{
  for (guint i = 0; problems[i] != NULL; i++)
    {
      g_autofree char *problem = fare_print_clean (problems[i]);

      fare_print ("%s\n", problem);
    }
}

gboolean
fare_db_check_file (FarePaths  *paths,
                    GError    **error)
{
  const char *path = fare_paths_get_index_file (paths);
  g_autoptr(FareIndex) index = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  index = fare_index_open (path, error);
  return index != NULL;
}
