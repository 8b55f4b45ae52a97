/* fare-filter-choices.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "models/fare-filter-choices.h"

static void
choice_free (gpointer data)
{
  FareFilterChoice *choice = data;

  g_free (choice->value);
  g_free (choice->title);
  g_free (choice);
}

void
fare_filter_choices_free (FareFilterChoices *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    g_clear_pointer (&self->kinds[i], g_ptr_array_unref);

  g_free (self);
}

char *
fare_filter_dup_title (FareFilterKind  kind,
                       const char     *value)
{
  switch (kind)
    {
    case FARE_FILTER_CLIENT:
      return g_strdup (fare_text_client (value));

    case FARE_FILTER_PROJECT:
      return fare_text_project (value);

    case FARE_FILTER_MODEL:
    case FARE_FILTER_MACHINE:
    case FARE_FILTER_N_KINDS:
    default:
      return g_utf8_make_valid (value, -1);
    }
}

const char *
fare_filter_get_kind_title (FareFilterKind kind)
{
  switch (kind)
    {
    case FARE_FILTER_CLIENT:
      return _("Tools");

    case FARE_FILTER_PROJECT:
      return _("Projects");

    case FARE_FILTER_MACHINE:
      return _("Machines");

    case FARE_FILTER_MODEL:
    case FARE_FILTER_N_KINDS:
    default:
      return _("Models");
    }
}

static gboolean
load_kind (FareFilterChoices  *self,
           FareFilterKind      kind,
           FareGroup           group,
           FareIndexReader    *reader,
           FarePriceBook      *prices,
           const FareQuery    *query,
           GError            **error)
{
  g_autoptr(FareSummary) summary = fare_summary_new (reader, prices, query, group, error);
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  if (summary == NULL)
    return FALSE;

  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);
      FareFilterChoice *choice;

      /* What has no name cannot be chosen by it, and a model of two providers is one choice. */
      if (*row->key == '\0' || g_hash_table_contains (known, row->key))
        continue;

      choice = g_new0 (FareFilterChoice, 1);
      choice->value = g_strdup (row->key);
      choice->title = fare_filter_dup_title (kind, row->key);
      choice->sums = row->sums;
      g_ptr_array_add (self->kinds[kind], choice);
      g_hash_table_add (known, choice->value);
    }

  return TRUE;
}

gpointer
fare_filter_choices_load (const FareQuestion  *question,
                          GCancellable        *cancellable,
                          GError             **error)
{
  static const FareGroup groups[FARE_FILTER_N_KINDS] = {
    FARE_GROUP_CLIENT, FARE_GROUP_MODEL, FARE_GROUP_PROJECT, FARE_GROUP_MACHINE
  };
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (question->meter);
  g_autoptr(FareFilterChoices) self = g_new0 (FareFilterChoices, 1);
  FareQuery query = { G_MININT64, G_MAXINT64, question->now.zone };

  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    self->kinds[i] = g_ptr_array_new_with_free_func (choice_free);

  if (reader == NULL)
    return NULL;

  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    {
      /* One machine is all there is to see. */
      if (i == FARE_FILTER_MACHINE && fare_index_reader_get_machines (reader)->len < 2)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !load_kind (self, i, groups[i], reader, prices, &query, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}
