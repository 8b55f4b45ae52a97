/* fare-codex-reading.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-codex-reading.h"

#define NOTE_TYPE "(sssssbbbxyybsbbbaxx)"

void
fare_codex_reading_restore (FareCodexReading *reading,
                            FareLog          *log)
{
  g_autoptr(GVariant) note = fare_log_open_note (log, NOTE_TYPE);
  g_autoptr(GVariant) counters = NULL;
  const char *own, *logical, *provider, *model, *first_model, *branch;
  const gint64 *values;
  guint8 is_fast;
  gsize n;

  if (note == NULL)
    return;
  g_variant_get (note, "(&s&s&s&s&sbbbxyyb&sbbb@axx)", &own, &logical, &provider, &model,
                 &first_model, &reading->has_turn, &reading->is_fork, &reading->is_helper,
                 &reading->turn, &reading->modes, &is_fast, &reading->total.present, &branch,
                 &reading->has_prompt, &reading->has_input, &reading->has_project, &counters,
                 &reading->nameless);
  values = g_variant_get_fixed_array (counters, &n, sizeof (gint64));
  for (gsize i = 0; i < MIN (n, FARE_CODEX_N_COUNTERS); i++)
    reading->total.v[i] = values[i];
  reading->is_fast = is_fast != 0;
  reading->own = fare_log_intern (log, own);
  reading->logical = fare_log_intern (log, logical);
  reading->provider = fare_log_intern (log, provider);
  reading->model = fare_log_intern (log, model);
  reading->first_model = fare_log_intern (log, first_model);
  reading->branch = fare_log_intern (log, branch);
  log->is_fork |= reading->is_fork;
}

void
fare_codex_reading_save (const FareCodexReading *reading,
                         FareLog                *log)
{
  gint64 nameless = reading->nameless;

  for (guint i = 0; i < log->rows->len; i++)
    nameless += (g_array_index (log->rows, FareRow, i).flags & FARE_ROW_NO_MODEL) != 0;
  fare_log_leave_note (
    log, g_variant_new ("(sssssbbbxyybsbbb@axx)", fare_log_text (log, reading->own),
                        fare_log_text (log, reading->logical), fare_log_text (log, reading->provider),
                        fare_log_text (log, reading->model), fare_log_text (log, reading->first_model),
                        reading->has_turn, reading->is_fork, reading->is_helper, reading->turn,
                        reading->modes, (guint8) reading->is_fast, reading->total.present,
                        fare_log_text (log, reading->branch), reading->has_prompt, reading->has_input,
                        reading->has_project,
                        g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, reading->total.v, FARE_CODEX_N_COUNTERS,
                                                   sizeof (gint64)),
                        nameless));
}
