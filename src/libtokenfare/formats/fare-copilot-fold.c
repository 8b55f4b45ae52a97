/* fare-copilot-fold.c
 *
 * Copilot tells of one call up to three times: in the export (exact, call by call), in
 * the sums that end a segment of the session's log (exact per model), and in the log's
 * messages (output only).  The best that is there counts:
 *
 * - Of a trace's exported records those of the best class.
 * - A segment's sums, unless an exported record of the session lies between its first
 *   record and its end: then the export covers the segment.
 * - Messages only of a segment that has no end yet, and that no exported record follows.
 *
 * A message's id is one for all sessions: where a log was copied into another session, its
 * messages count once, and not at all where a segment's sums or the export have them.  So
 * all logs make one cluster, which is taken apart by session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-copilot.h"

/* What the marks say about a segment; 0 where nothing is known. */
typedef struct
{
  gint64   begin_ms;
  gint64   first_ms;
  gint64   end_ms;
  gboolean is_ended;
  gboolean is_covered;
} Segment;

typedef struct
{
  GHashTable *segments; /* number → Segment */
  GArray     *exports;  /* gint64, when something was exported */
} Session;

static int
compare_numbers (gint64 a,
                 gint64 b)
{
  return (a > b) - (a < b);
}

/* Session by session, then by identity, then the one that stands first.  The numbers of sessions depend on
 * the order of reading, but here they only keep those of one together. */
static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const FareRow *first = *(FareRow * const *) a, *second = *(FareRow * const *) b;
  int order = 0;

  if (fare_copilot_kind (first) < FARE_COPILOT_CALL)
    order = compare_numbers (first->own_session, second->own_session);
  if (order == 0)
    order = compare_numbers (fare_copilot_kind (first), fare_copilot_kind (second));
  if (order == 0)
    order = compare_numbers (first->sub, second->sub);

  return order != 0 ? order : fare_fold_compare_place (user_data, first, second);
}

/* @rows are sorted; the first of an identity stands for all. */
static gboolean
is_repeated (FareRow **rows,
             guint     i)
{
  return i > 0 && rows[i - 1]->sub == rows[i]->sub;
}

static Segment *
ensure_segment (Session *session,
                guint    number)
{
  Segment *segment = g_hash_table_lookup (session->segments, GUINT_TO_POINTER (number));

  if (segment == NULL)
    {
      segment = g_new0 (Segment, 1);
      g_hash_table_insert (session->segments, GUINT_TO_POINTER (number), segment);
    }

  return segment;
}

static gint64
earlier (gint64 known,
         gint64 time_ms)
{
  return known == 0 ? time_ms : MIN (known, time_ms);
}

static void
take_mark (Session       *session,
           const FareRow *row)
{
  Segment *segment;

  if (fare_copilot_kind (row) == FARE_COPILOT_MARK_EXPORT)
    {
      g_array_append_val (session->exports, row->own_ms);
      return;
    }
  segment = ensure_segment (session, fare_copilot_number (row));
  switch (fare_copilot_kind (row))
    {
    case FARE_COPILOT_MARK_BEGIN:
      segment->begin_ms = earlier (segment->begin_ms, row->own_ms);
      break;
    case FARE_COPILOT_MARK_FIRST:
      segment->first_ms = earlier (segment->first_ms, row->own_ms);
      break;
    case FARE_COPILOT_MARK_END:
      segment->is_ended = TRUE;
      segment->end_ms = MAX (segment->end_ms, row->own_ms);
      break;
    default:
      break;
    }
}

static void
find_covered (Session *session)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, session->segments);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Segment *segment = value;
      gint64 from_ms = segment->is_ended ? segment->begin_ms : segment->first_ms;
      gint64 to_ms = segment->is_ended ? segment->end_ms : G_MAXINT64;

      for (guint i = 0; i < session->exports->len && !segment->is_covered; i++)
        {
          gint64 time_ms = g_array_index (session->exports, gint64, i);

          segment->is_covered = time_ms >= from_ms && time_ms <= to_ms;
        }
    }
}

static void
fold_session (FareRow **rows,
              guint     n_rows)
{
  g_autoptr(GHashTable) segments = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr(GArray) exports = g_array_new (FALSE, FALSE, sizeof (gint64));
  Session session = { segments, exports };

  for (guint i = 0; i < n_rows; i++)
    if (fare_copilot_kind (rows[i]) >= FARE_COPILOT_MARK_BEGIN)
      take_mark (&session, rows[i]);
  find_covered (&session);
  for (guint i = 0; i < n_rows; i++)
    {
      FareRow *row = rows[i];
      const Segment *segment;

      fare_fold_single (row);
      if (fare_copilot_kind (row) >= FARE_COPILOT_MARK_BEGIN
          || (fare_copilot_kind (row) == FARE_COPILOT_MODEL && is_repeated (rows, i)))
        {
          row->role = FARE_ROLE_COPY;
          continue;
        }
      segment = ensure_segment (&session, fare_copilot_number (row));
      if (segment->is_covered)
        row->role = FARE_ROLE_COPY;
      else if (fare_copilot_kind (row) == FARE_COPILOT_MESSAGE && segment->is_ended)
        row->role = FARE_ROLE_SNAPSHOT;
    }
}

/* Whether @row rather than @other stands for a message: one whose tokens sums or export have, then
 * the first that was written. */
static gboolean
is_better_message (const FareFoldContext *context,
                   const FareRow         *row,
                   const FareRow         *other)
{
  gboolean is_counted = row->role == FARE_ROLE_COUNTED;

  if (is_counted != (other->role == FARE_ROLE_COUNTED))
    return !is_counted;
  if (row->own_ms != other->own_ms)
    return row->own_ms < other->own_ms;

  return fare_fold_compare_place (context, row, other) < 0;
}

/* A message that stands in several sessions or segments, or twice in one. */
static void
drop_repeated_messages (const FareFoldContext  *context,
                        FareRow               **rows,
                        guint                   n_rows)
{
  g_autoptr(GHashTable) messages = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gint64 *hashes = g_new (gint64, n_rows);

  for (guint i = 0; i < n_rows; i++)
    {
      FareRow *row = rows[i], *known;

      if (fare_copilot_kind (row) != FARE_COPILOT_MESSAGE)
        continue;
      hashes[i] = fare_copilot_hash (row);
      known = g_hash_table_lookup (messages, &hashes[i]);
      if (known == NULL || is_better_message (context, row, known))
        g_hash_table_insert (messages, &hashes[i], row);
      else
        known = row;
      if (known != NULL)
        known->role = FARE_ROLE_COPY;
    }
}

static void
fold_sessions (const FareFoldContext  *context,
               FareRow               **rows,
               guint                   n_rows)
{
  guint first = 0;

  for (guint i = 1; i <= n_rows; i++)
    if (i == n_rows || rows[i]->own_session != rows[first]->own_session)
      {
        fold_session (rows + first, i - first);
        first = i;
      }
  drop_repeated_messages (context, rows, n_rows);
}

/* The session that a record of the trace names, the earliest one's; NULL when none does. */
static const FareRow *
find_named (const FareFoldContext  *context,
            FareRow               **rows,
            guint                   n_rows)
{
  const FareRow *named = NULL;

  for (guint i = 0; i < n_rows; i++)
    {
      if (fare_copilot_kind (rows[i]) != FARE_COPILOT_NAMED_CALL)
        continue;
      if (named == NULL || rows[i]->own_ms < named->own_ms
          || (rows[i]->own_ms == named->own_ms
              && fare_fold_compare_place (context, rows[i], named) < 0))
        named = rows[i];
    }

  return named;
}

static void
fold_calls (const FareFoldContext  *context,
            FareRow               **rows,
            guint                   n_rows)
{
  const FareRow *named = find_named (context, rows, n_rows);
  guint best = FARE_COPILOT_MAX_NUMBER;

  for (guint i = 0; i < n_rows; i++)
    best = MIN (best, fare_copilot_number (rows[i]));
  for (guint i = 0; i < n_rows; i++)
    {
      FareRow *row = rows[i];

      fare_fold_single (row);
      if (fare_copilot_kind (row) == FARE_COPILOT_CALL && named != NULL)
        row->event_session = named->own_session;
      if (fare_copilot_kind (row) == FARE_COPILOT_MARK_CALL || fare_copilot_number (row) > best
          || is_repeated (rows, i))
        row->role = FARE_ROLE_COPY;
    }
}

void
fare_copilot_fold (const FareFoldContext  *context,
                   FareRow               **rows,
                   guint                   n_rows)
{
  g_qsort_with_data (rows, (gint) n_rows, sizeof *rows, compare_rows, (gpointer) context);
  if (fare_copilot_kind (rows[0]) < FARE_COPILOT_CALL)
    fold_sessions (context, rows, n_rows);
  else
    fold_calls (context, rows, n_rows);
}
