/* fare-format.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format.h"

#include <string.h>

#include "formats/fare-format-claude.h"
#include "formats/fare-format-codex.h"

/* One line per client. */
static const FareFormat * const formats[] = {
  &fare_format_claude,
  &fare_format_codex,
  &fare_format_codex_titles,
};

const FareFormat * const *
fare_format_get_all (guint *n_formats)
{
  *n_formats = G_N_ELEMENTS (formats);

  return formats;
}

const FareFormat *
fare_format_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i]->id, id))
      return formats[i];

  return NULL;
}

int
fare_fold_compare_place (const FareFoldContext *context,
                         const FareRow         *a,
                         const FareRow         *b)
{
  int order = 0;

  if (a->file != b->file)
    order = strcmp (context->get_file (context->world, a->file)->key,
                    context->get_file (context->world, b->file)->key);
  if (order == 0)
    order = (a->offset > b->offset) - (a->offset < b->offset);
  if (order == 0)
    order = (a->sub > b->sub) - (a->sub < b->sub);

  return order;
}

void
fare_fold_single (FareRow *row)
{
  row->role = 0;
  row->flags &= (guint16) ~(FARE_ROW_SIBLING | FARE_ROW_BY_HELPER);
  if (row->flags & FARE_ROW_HELPER)
    row->flags |= FARE_ROW_BY_HELPER;
  row->event_ms = row->own_ms;
  row->event_session = row->own_session;
}
