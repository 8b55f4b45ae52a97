/* fare-copilot-parts.c
 *
 * What Copilot's log, export and names have in common.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-copilot.h"

#include "base/fare-hash.h"
#include "formats/fare-provider.h"

GStrv
fare_copilot_list_folders (FarePaths          *paths,
                           const char * const *folders)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const char *override = fare_paths_get_env (paths, "COPILOT_HOME");
  g_auto(GStrv) homes = fare_paths_expand (paths, override != NULL ? override : "~/.copilot");

  for (guint i = 0; homes[i] != NULL; i++)
    for (guint j = 0; folders[j] != NULL; j++)
      {
        g_autofree char *folder = g_build_filename (homes[i], folders[j], NULL);

        g_strv_builder_add (builder, folder);
      }

  return g_strv_builder_end (builder);
}

gint64
fare_copilot_log_cluster (void)
{
  return fare_hash_finish (fare_hash_bytes (FARE_HASH_SEED, "logs", 4));
}

void
fare_copilot_add_mark (FareLog       *log,
                       const FareRow *row)
{
  g_array_append_val (log->rows, *row);
}

void
fare_copilot_add_session (FareLog *log,
                          guint32  session,
                          gint64   offset)
{
  g_autofree char *start = g_strndup (fare_log_text (log, session), 8);

  fare_log_add_fact (log, session, FARE_FACT_PRESENT, 0, offset, 0);
  if (g_utf8_validate (start, -1, NULL))
    fare_log_add_fact (log, session, FARE_FACT_TITLE, FARE_COPILOT_TITLE_ID, offset,
                       fare_log_intern (log, start));
}

guint32
fare_copilot_intern_model (FareLog    *log,
                           const char *model)
{
  return fare_log_intern_model (log, fare_provider_guess (model, "copilot"),
                                *model != '\0' ? model : "unknown");
}

void
fare_copilot_split_prompt (FareUsage *usage,
                           gint64     prompt,
                           gint64     cache_read,
                           gint64     cache_write)
{
  usage->cache_read = MIN (cache_read, prompt);
  usage->cache_write_5m = MIN (cache_write, prompt - usage->cache_read);
  usage->input = prompt - usage->cache_read - usage->cache_write_5m;
}
