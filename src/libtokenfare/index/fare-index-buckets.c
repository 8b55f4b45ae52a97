/* fare-index-buckets.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-reader-private.h"

#include "index/fare-index-rollup.h"
#include "index/fare-index-packs.h"

/* Where a pass over the cells stands. */
typedef struct
{
  FareIndexReader *reader;
  gint64           from;  /* quarter hours, half-open */
  gint64           to;
  FareCellsFunc    func;
  gpointer         user_data;
  gboolean         go_on;
} Pass;

/* The thresholds by which cells are told apart; NULL where there are none. */
static const GArray *
get_bands (FareIndexReader *self)
{
  return self->thresholds != NULL ? self->thresholds : self->bands;
}

gint64
fare_index_reader_get_floor (FareIndexReader *self,
                             guint            band)
{
  const GArray *bands = get_bands (self);

  return bands != NULL && band > 0 && band <= bands->len
         ? g_array_index (bands, gint64, band - 1) + 1 : 0;
}

/* Keeps what lies in the span.  The cells are of one day. */
static void
cut_cells (GArray *cells,
           gint64  from,
           gint64  to)
{
  guint n = 0;

  for (guint i = 0; i < cells->len; i++)
    {
      const FareCell *cell = &g_array_index (cells, FareCell, i);

      if (cell->key.quarter < from || cell->key.quarter >= to)
        continue;
      if (n != i)
        g_array_index (cells, FareCell, n) = *cell;
      n++;
    }

  g_array_set_size (cells, n);
}

static gboolean
load_day (FareStatement *statement,
          Pass          *pass,
          GArray        *cells)
{
  gint64 day = fare_statement_int (statement, 0);
  gint64 first = day * FARE_DAY_QUARTERS;

  g_array_set_size (cells, 0);
  if (!fare_cells_unpack (sqlite3_column_blob (statement, 1),
                          (gsize) sqlite3_column_bytes (statement, 1), day, cells))
    return FALSE;
  if (first < pass->from || first + FARE_DAY_QUARTERS > pass->to)
    cut_cells (cells, pass->from, pass->to);

  return TRUE;
}

static gboolean
read_rollup (Pass    *pass,
             GError **error)
{
  FareIndexReader *self = pass->reader;
  g_autoptr(GArray) cells = g_array_new (FALSE, FALSE, sizeof (FareCell));
  int result = SQLITE_DONE;

  if (pass->from >= pass->to)
    return TRUE;
  if (self->find_day == NULL)
    self->find_day = fare_statement_new (self->db, "SELECT day, cells FROM rollup WHERE day >= ?1"
                                                   " AND day <= ?2 ORDER BY day");
  if (self->find_day == NULL)
    return fare_index_take_error (self->index, self->db, error);

  fare_statement_bind (self->find_day, "ii", pass->from / FARE_DAY_QUARTERS,
                       (pass->to - 1) / FARE_DAY_QUARTERS);
  while (pass->go_on && (result = sqlite3_step (self->find_day)) == SQLITE_ROW)
    {
      if (!load_day (self->find_day, pass, cells))
        {
          sqlite3_reset (self->find_day);
          return fare_index_reader_take_corrupt (self, error);
        }
      if (cells->len > 0)
        pass->go_on = pass->func ((const FareCell *) cells->data, cells->len, pass->user_data);
    }
  sqlite3_reset (self->find_day);
  if (result != SQLITE_DONE && result != SQLITE_ROW)
    return fare_index_take_error (self->index, self->db, error);

  return TRUE;
}

static gboolean
note_session (const FareCell *cells,
              guint           n_cells,
              gpointer        user_data)
{
  GArray *sessions = user_data;

  /* Those of one session come together; of another day it may come again, which does no harm
   * where each is looked for once. */
  for (guint i = 0; i < n_cells; i++)
    if (i == 0 || cells[i].key.session != cells[i - 1].key.session)
      g_array_append_val (sessions, cells[i].key.session);

  return TRUE;
}

static int
compare_sessions (gconstpointer a,
                  gconstpointer b)
{
  guint32 first = *(const guint32 *) a, second = *(const guint32 *) b;

  return (first > second) - (first < second);
}

GArray *
fare_index_reader_find_sessions (FareIndexReader  *self,
                                 gint64            from_ms,
                                 gint64            to_ms,
                                 GError          **error)
{
  g_autoptr(GArray) sessions = g_array_new (FALSE, FALSE, sizeof (guint32));
  Pass pass = {
    .reader = self, .from = from_ms / FARE_QUARTER_MS, .to = (to_ms - 1) / FARE_QUARTER_MS + 1,
    .func = note_session, .user_data = sessions, .go_on = TRUE,
  };
  guint n = 0;

  if (!read_rollup (&pass, error))
    return NULL;

  g_array_sort (sessions, compare_sessions);
  for (guint i = 0; i < sessions->len; i++)
    {
      guint32 session = g_array_index (sessions, guint32, i);

      if (n == 0 || g_array_index (sessions, guint32, n - 1) != session)
        g_array_index (sessions, guint32, n++) = session;
    }
  g_array_set_size (sessions, n);

  return g_steal_pointer (&sessions);
}

/* Adds up neighbours with the same key. */
static void
join_cells (GArray *cells)
{
  guint n = 0;

  for (guint i = 0; i < cells->len; i++)
    {
      FareCell *last = n > 0 ? &g_array_index (cells, FareCell, n - 1) : NULL;
      const FareCell *cell = &g_array_index (cells, FareCell, i);

      if (last != NULL && last->key.quarter == cell->key.quarter && fare_cell_is_like (last, cell))
        fare_cell_add (last, cell);
      else
        g_array_index (cells, FareCell, n++) = *cell;
    }

  g_array_set_size (cells, n);
}

typedef struct
{
  const GArray *bands;
  GArray       *cells;
} CellMaker;

static gboolean
add_cell_cb (const FareRow *row,
             gpointer       user_data)
{
  const CellMaker *maker = user_data;
  FareCell cell;

  if (row->role == FARE_ROLE_COUNTED)
    {
      fare_rollup_make_cell (maker->bands, row, &cell);
      g_array_append_val (maker->cells, cell);
    }

  return TRUE;
}

/* Loads all counted rows of the span into cells. */
static gboolean
load_rows (FareIndexReader *self,
           gint64           from_ms,
           gint64           to_ms,
           const GArray    *bands,
           GArray          *cells)
{
  g_autoptr(FarePacks) packs = fare_packs_new (self->db);
  CellMaker maker = { bands, cells };

  return fare_packs_foreach (packs, from_ms, to_ms, add_cell_cb, &maker);
}

/* An edge is shorter than a quarter hour, and the rollup knows whose rows are there. */
static gboolean
load_edge (FareIndexReader *self,
           gint64           from_ms,
           gint64           to_ms,
           const GArray    *bands,
           GArray          *cells,
           GError         **error)
{
  g_autoptr(GArray) sessions = fare_index_reader_find_sessions (self, from_ms, to_ms, error);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (FareRow));

  if (sessions == NULL)
    return FALSE;
  if (!fare_index_reader_collect_rows (self, from_ms, to_ms, sessions, rows))
    return fare_index_take_error (self->index, self->db, error);

  for (guint i = 0; i < rows->len; i++)
    {
      FareCell cell;

      fare_rollup_make_cell (bands, &g_array_index (rows, FareRow, i), &cell);
      g_array_append_val (cells, cell);
    }

  return TRUE;
}

/* Makes the cells of a span by hand: at its edges, and where the stored rollup does not fit. */
static gboolean
sum_rows (Pass     *pass,
          gint64    from_ms,
          gint64    to_ms,
          gboolean  is_edge,
          GError  **error)
{
  FareIndexReader *self = pass->reader;
  g_autoptr(GArray) cells = g_array_new (FALSE, FALSE, sizeof (FareCell));
  g_autoptr(GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  const GArray *bands = get_bands (self);

  if (from_ms >= to_ms || !pass->go_on)
    return TRUE;
  if (bands == NULL)
    bands = none;
  if (is_edge && !load_edge (self, from_ms, to_ms, bands, cells, error))
    return FALSE;
  if (!is_edge && !load_rows (self, from_ms, to_ms, bands, cells))
    return fare_index_take_error (self->index, self->db, error);

  g_array_sort (cells, (GCompareFunc) fare_cell_compare);
  join_cells (cells);
  for (guint i = 0, end; pass->go_on && i < cells->len; i = end)
    {
      const FareCell *first = &g_array_index (cells, FareCell, i);

      for (end = i + 1; end < cells->len
                        && fare_cell_get_day (&g_array_index (cells, FareCell, end))
                           == fare_cell_get_day (first);)
        end++;
      pass->go_on = pass->func (first, end - i, pass->user_data);
    }

  return TRUE;
}

gboolean
fare_index_reader_foreach_cells (FareIndexReader  *self,
                                 gint64            from_ms,
                                 gint64            to_ms,
                                 FareCellsFunc     func,
                                 gpointer          user_data,
                                 GError          **error)
{
  Pass pass = { .reader = self, .func = func, .user_data = user_data, .go_on = TRUE };
  gint64 edge;

  from_ms = MAX (from_ms, 0);
  if (from_ms >= to_ms)
    return TRUE;
  if (self->thresholds != NULL || self->bands == NULL)
    return sum_rows (&pass, from_ms, to_ms, FALSE, error);

  pass.from = from_ms / FARE_QUARTER_MS + (from_ms % FARE_QUARTER_MS != 0);
  pass.to = to_ms / FARE_QUARTER_MS;
  if (pass.from > pass.to)
    return sum_rows (&pass, from_ms, to_ms, TRUE, error);
  edge = MIN (pass.from * FARE_QUARTER_MS, to_ms);

  return sum_rows (&pass, from_ms, edge, TRUE, error)
         && read_rollup (&pass, error)
         && (to_ms == G_MAXINT64
             || sum_rows (&pass, pass.to * FARE_QUARTER_MS, to_ms, TRUE, error));
}

/* Hands out the cells of a day as buckets. */
typedef struct
{
  FareIndexReader *reader;
  FareBucketFunc   func;
  gpointer         user_data;
  GPtrArray       *order;     /* of FareCell */
  gboolean         is_damaged;
} Buckets;

static gboolean
fill_bucket (FareIndexReader *self,
             const FareCell  *cell,
             FareBucket      *bucket)
{
  bucket->quarter = cell->key.quarter;
  bucket->session = fare_index_reader_get_session (self, cell->key.session);
  bucket->model = fare_index_reader_get_model (self, cell->key.model);
  bucket->branch = fare_index_reader_get_branch (self, cell->key.branch);
  bucket->machine = fare_index_reader_get_machine (self, cell->key.branch);
  bucket->modes = cell->key.kind & FARE_KIND_MODES;
  bucket->is_subagent = (cell->key.kind & FARE_KIND_BY_HELPER) != 0;
  bucket->has_reported = (cell->key.kind & FARE_KIND_REPORTED) != 0;
  bucket->prompt_floor = fare_index_reader_get_floor (self, cell->key.band);
  bucket->usage = cell->usage;
  bucket->messages = cell->messages;
  bucket->events = cell->events;
  bucket->web_searches = cell->searches;
  bucket->reported_pico = cell->reported;

  /* A number without its text means a damaged file; never hand out half a bucket. */
  return bucket->session != NULL && bucket->model != NULL;
}

static int
compare_quarters (gconstpointer a,
                  gconstpointer b)
{
  const FareCell *first = *(const FareCell * const *) a;
  const FareCell *second = *(const FareCell * const *) b;

  if (first->key.quarter != second->key.quarter)
    return first->key.quarter < second->key.quarter ? -1 : 1;

  return (first > second) - (first < second);
}

static gboolean
hand_out (const FareCell *cells,
          guint           n_cells,
          gpointer        user_data)
{
  Buckets *self = user_data;
  FareBucket bucket = { 0 };

  g_ptr_array_set_size (self->order, 0);
  for (guint i = 0; i < n_cells; i++)
    g_ptr_array_add (self->order, (gpointer) &cells[i]);
  g_ptr_array_sort (self->order, compare_quarters);

  for (guint i = 0; i < n_cells; i++)
    {
      if (!fill_bucket (self->reader, self->order->pdata[i], &bucket))
        {
          self->is_damaged = TRUE;
          return FALSE;
        }
      if (!self->func (&bucket, self->user_data))
        return FALSE;
    }

  return TRUE;
}

/* Of a span this long it is quicker to get all sessions at once. */
#define LONG_SPAN_MS (7 * FARE_DAY_QUARTERS * FARE_QUARTER_MS)

gboolean
fare_index_reader_foreach_bucket (FareIndexReader  *self,
                                  gint64            from_ms,
                                  gint64            to_ms,
                                  FareBucketFunc    func,
                                  gpointer          user_data,
                                  GError          **error)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Buckets buckets = { self, func, user_data, order, FALSE };

  from_ms = MAX (from_ms, 0);
  if (from_ms < to_ms && to_ms - from_ms > LONG_SPAN_MS
      && !fare_index_reader_load_sessions (self, error))
    return FALSE;
  if (!fare_index_reader_foreach_cells (self, from_ms, to_ms, hand_out, &buckets, error))
    return FALSE;

  return !buckets.is_damaged || fare_index_reader_take_corrupt (self, error);
}

static gboolean
note_span (const FareCell *cells,
           guint           n_cells,
           gpointer        user_data)
{
  gint64 *span = user_data;

  for (guint i = 0; i < n_cells; i++)
    {
      span[0] = MIN (span[0], cells[i].key.quarter);
      span[1] = MAX (span[1], cells[i].key.quarter);
    }

  return TRUE;
}

gboolean
fare_index_reader_get_span (FareIndexReader *self,
                            gint64          *first_quarter,
                            gint64          *last_quarter)
{
  g_autoptr(FareStatement) statement = NULL;
  const char *sql = self->bands != NULL
                    ? "SELECT min(day), max(day) FROM rollup"
                    : "SELECT min(first_ms) / 86400000, max(last_ms) / 86400000 FROM pack"
                      " WHERE counted > 0";
  const gint64 day_ms = FARE_DAY_QUARTERS * FARE_QUARTER_MS;
  gint64 span[2] = { G_MAXINT64, -1 };

  statement = fare_statement_new (self->db, sql);
  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW
      || sqlite3_column_type (statement, 0) == SQLITE_NULL)
    return FALSE;

  for (int i = 0; i < 2; i++)
    {
      gint64 day = fare_statement_int (statement, i);

      if (!fare_index_reader_foreach_cells (self, day * day_ms, (day + 1) * day_ms, note_span, span,
                                            NULL))
        return FALSE;
    }
  *first_quarter = span[0];
  *last_quarter = span[1];

  return span[1] >= 0;
}
