/* fare-format.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format.h"

#include <string.h>

#include "formats/fare-format-amp.h"
#include "formats/fare-format-antigravity.h"
#include "formats/fare-format-claude.h"
#include "formats/fare-format-cline.h"
#include "formats/fare-format-codex.h"
#include "formats/fare-format-copilot.h"
#include "formats/fare-format-droid.h"
#include "formats/fare-format-gemini.h"
#include "formats/fare-format-goose.h"
#include "formats/fare-format-grok.h"
#include "formats/fare-format-hermes.h"
#include "formats/fare-format-kimi.h"
#include "formats/fare-format-openclaw.h"
#include "formats/fare-format-opencode.h"
#include "formats/fare-format-pi.h"
#include "formats/fare-format-qwen.h"
#include "formats/fare-format-roo.h"

/* One line per client. */
static const FareFormat * const formats[] = {
  &fare_format_amp,
  &fare_format_antigravity,
  &fare_format_claude,
  &fare_format_cline,
  &fare_format_cline_history,
  &fare_format_cline_tasks,
  &fare_format_codex,
  &fare_format_codex_titles,
  &fare_format_copilot,
  &fare_format_copilot_names,
  &fare_format_copilot_otel,
  &fare_format_droid,
  &fare_format_gemini,
  &fare_format_gemini_documents,
  &fare_format_goose,
  &fare_format_grok,
  &fare_format_grok_log,
  &fare_format_hermes,
  &fare_format_kilocode,
  &fare_format_kilocode_messages,
  &fare_format_kilocode_sessions,
  &fare_format_kimi,
  &fare_format_mimo,
  &fare_format_mimo_messages,
  &fare_format_mimo_sessions,
  &fare_format_omp,
  &fare_format_openclaw,
  &fare_format_openclaw_store,
  &fare_format_opencode,
  &fare_format_opencode_messages,
  &fare_format_opencode_sessions,
  &fare_format_pi,
  &fare_format_qwen,
  &fare_format_qwen_ledger,
  &fare_format_qwen_old,
  &fare_format_roo,
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

static gboolean
is_better_owner (const FareFoldContext *context,
                 const FareRow         *a,
                 const FareRow         *b)
{
  gboolean fork_a, fork_b;

  if ((a->flags ^ b->flags) & FARE_ROW_HELPER)
    return !(a->flags & FARE_ROW_HELPER);
  fork_a = context->get_file (context->world, a->file)->is_fork;
  fork_b = context->get_file (context->world, b->file)->is_fork;
  if (fork_a != fork_b)
    return !fork_a;
  if (a->own_ms != b->own_ms)
    return a->own_ms < b->own_ms;

  return fare_fold_compare_place (context, a, b) < 0;
}

static gboolean
is_better_value (const FareFoldContext *context,
                 const FareRow         *a,
                 const FareRow         *b)
{
  if (fare_row_is_more_complete (a, b))
    return TRUE;
  if (fare_row_is_more_complete (b, a))
    return FALSE;

  return is_better_owner (context, a, b);
}

void
fare_fold_put_first (FareRow       **rows,
                     guint           n_rows,
                     const FareRow  *first)
{
  for (guint i = 1; i < n_rows; i++)
    if (rows[i] == first)
      {
        FareRow *swap = rows[0];

        rows[0] = rows[i];
        rows[i] = swap;
      }
}

void
fare_fold_by_key (const FareFoldContext  *context,
                  FareRow               **rows,
                  guint                   n_rows)
{
  FareRow *winner = rows[0], *owner = rows[0];
  gint64 event_ms = rows[0]->own_ms;

  for (guint i = 1; i < n_rows; i++)
    {
      event_ms = MIN (event_ms, rows[i]->own_ms);
      if (is_better_value (context, rows[i], winner))
        winner = rows[i];
      if (is_better_owner (context, rows[i], owner))
        owner = rows[i];
    }
  for (guint i = 0; i < n_rows; i++)
    {
      fare_fold_single (rows[i]);
      rows[i]->leads = rows[i] == owner;
      if (rows[i] != winner)
        rows[i]->role = rows[i]->file == winner->file ? FARE_ROLE_SNAPSHOT : FARE_ROLE_COPY;
    }
  fare_fold_put_first (rows, n_rows, owner);
  winner->event_ms = event_ms;
  winner->event_session = owner->own_session;
  winner->flags &= (guint16) ~FARE_ROW_BY_HELPER;
  if (owner->flags & FARE_ROW_HELPER)
    winner->flags |= FARE_ROW_BY_HELPER;
}

void
fare_fold_single (FareRow *row)
{
  row->role = 0;
  row->flags &= (guint16) ~(FARE_ROW_SIBLING | FARE_ROW_BY_HELPER);
  if (row->flags & FARE_ROW_HELPER)
    row->flags |= FARE_ROW_BY_HELPER;
  row->leads = TRUE;
  row->event_ms = row->own_ms;
  row->event_session = row->own_session;
}
