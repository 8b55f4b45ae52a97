/* fare-db-problems.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-db-problems.h"

#include <glib/gi18n.h>
#include <string.h>

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

/* Where damage shows only while it is read, SQLite's own words are all there is. */
FareExit
fare_db_failed (FarePaths    *paths,
                const GError *error)
{
  const char *path = fare_paths_get_index_file (paths);
  const char *reason = error->message;

  if (!g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT)
      || strstr (error->message, "tokenfare db resync") != NULL)
    return fare_command_failed (error);

  if (g_str_has_prefix (reason, path) && g_str_has_prefix (reason + strlen (path), ": "))
    reason += strlen (path) + strlen (": ");
  fare_print_message (_("The index “%s” is damaged (%s). Run “tokenfare db resync” to build it anew."),
                      path, reason);
  return FARE_EXIT_FAILED;
}
