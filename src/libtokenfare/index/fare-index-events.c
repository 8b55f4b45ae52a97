/* fare-index-events.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-reader-private.h"

#include "formats/fare-format.h"
#include "index/fare-index-packs.h"
#include "index/fare-index-places.h"

static void
write_key (FareEventRow  *event,
           const FareRow *row)
{
  const char *client = event->session->client;
  const FareFormat *format = fare_format_find (client);
  guint64 cluster = (guint64) row->cluster;

  if (format != NULL && format->keys_by_session)
    g_snprintf (event->key, sizeof event->key, "%s:%.80s:%016" G_GINT64_MODIFIER "x", client,
                event->session->uid, cluster);
  else if (row->flags & FARE_ROW_ALONE)
    g_snprintf (event->key, sizeof event->key, "%s:%016" G_GINT64_MODIFIER "x@%.80s:%"
                G_GINT64_FORMAT ":%" G_GINT64_FORMAT, client, cluster, event->session->uid,
                event->time_ms, fare_usage_prompt (&event->usage));
  else
    g_snprintf (event->key, sizeof event->key, "%s:%016" G_GINT64_MODIFIER "x:%016"
                G_GINT64_MODIFIER "x", client, cluster, (guint64) row->sub);
}

static gboolean
fill_event (FareIndexReader *self,
            const FareRow   *row,
            FareEventRow    *event)
{
  event->time_ms = row->event_ms;
  event->session = fare_index_reader_get_session (self, row->event_session);
  event->model = fare_index_reader_get_model (self, row->model);
  if (event->session == NULL || event->model == NULL)
    return FALSE;
  event->branch = fare_index_reader_get_branch (self, row->branch);
  event->machine = fare_index_reader_get_machine (self, row->branch);
  event->modes = row->modes;
  event->is_fast = (row->flags & FARE_ROW_FAST) != 0;
  event->is_subagent = (row->flags & FARE_ROW_BY_HELPER) != 0;
  event->has_reported = (row->flags & FARE_ROW_REPORTED) != 0;
  event->usage = row->usage;
  event->messages = row->messages;
  event->web_searches = row->web_searches;
  event->reported_pico = row->reported_pico;
  event->lines = row->lines;
  event->path = fare_index_reader_get_path (self, row->file);
  event->offset = row->offset;
  write_key (event, row);

  return TRUE;
}

/* What goes through the rows: a function for counted ones or one for the others. */
typedef struct
{
  FareIndexReader *reader;
  FareEventFunc    event;
  FareCopyFunc     copy;
  gpointer         user_data;
  FareEventRow     row;
  gboolean         is_damaged;
} RowPass;

/* Rows without lines are marks that only tell fold something. */
static gboolean
show_row (const FareRow *row,
          gpointer       user_data)
{
  RowPass *pass = user_data;
  gboolean is_counted = row->role == FARE_ROLE_COUNTED;

  if (is_counted ? pass->event == NULL : pass->copy == NULL || row->lines == 0)
    return TRUE;
  pass->is_damaged = !fill_event (pass->reader, row, &pass->row);
  if (pass->is_damaged)
    return FALSE;

  return is_counted ? pass->event (&pass->row, pass->user_data)
                    : pass->copy (&pass->row, (FareRole) row->role, pass->user_data);
}

static gboolean
foreach_row (RowPass  *pass,
             gint64    from_ms,
             gint64    to_ms,
             GError  **error)
{
  FareIndexReader *self = pass->reader;
  g_autoptr(FarePacks) packs = fare_packs_new (self->db);

  if (!fare_packs_foreach_by_time (packs, from_ms, to_ms, show_row, pass))
    return fare_index_take_error (self->index, self->db, error);

  return !pass->is_damaged || fare_index_reader_take_corrupt (self, error);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const FareRow *first = a, *second = b;

  if (first->event_ms != second->event_ms)
    return first->event_ms < second->event_ms ? -1 : 1;

  return (first->id > second->id) - (first->id < second->id);
}

gboolean
fare_index_reader_collect_rows (FareIndexReader *self,
                                gint64           from_ms,
                                gint64           to_ms,
                                const GArray    *sessions,
                                GArray          *rows)
{
  gboolean done = fare_places_collect (self->db, sessions, from_ms, to_ms, rows);

  g_array_sort (rows, compare_rows);

  return done;
}

static gboolean
hand_out (FareIndexReader  *self,
          const GArray     *rows,
          FareEventFunc     func,
          gpointer          user_data,
          GError          **error)
{
  FareEventRow event = { 0 };

  for (guint i = 0; i < rows->len; i++)
    {
      if (!fill_event (self, &g_array_index (rows, FareRow, i), &event))
        return fare_index_reader_take_corrupt (self, error);
      if (!func (&event, user_data))
        break;
    }

  return TRUE;
}

/* A span this short has few sessions. */
#define SHORT_SPAN_MS (2 * FARE_DAY_MS)

gboolean
fare_index_reader_foreach_event (FareIndexReader        *self,
                                 gint64                  from_ms,
                                 gint64                  to_ms,
                                 const FareSessionInfo  *session,
                                 FareEventFunc           func,
                                 gpointer                user_data,
                                 GError                **error)
{
  gboolean is_short = from_ms > 0 && to_ms < G_MAXINT64 && to_ms - from_ms <= SHORT_SPAN_MS;
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (FareRow));
  g_autoptr(GArray) sessions = NULL;

  if (session == NULL && (!is_short || self->bands == NULL))
    return foreach_row (&(RowPass) { .reader = self, .event = func, .user_data = user_data },
                        from_ms, to_ms, error);

  if (session != NULL)
    {
      sessions = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (sessions, session->id);
    }
  else if ((sessions = fare_index_reader_find_sessions (self, from_ms, to_ms, error)) == NULL)
    return FALSE;

  if (!fare_index_reader_collect_rows (self, from_ms, to_ms, sessions, rows))
    return fare_index_take_error (self->index, self->db, error);

  return hand_out (self, rows, func, user_data, error);
}

gboolean
fare_index_reader_foreach_row (FareIndexReader  *self,
                               gint64            from_ms,
                               gint64            to_ms,
                               guint32           session,
                               FareRowFunc       func,
                               gpointer          user_data,
                               GError          **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (FareRow));
  g_autoptr(GArray) sessions = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_array_append_val (sessions, session);
  if (!fare_index_reader_collect_rows (self, from_ms, to_ms, sessions, rows))
    return fare_index_take_error (self->index, self->db, error);

  for (guint i = 0; i < rows->len; i++)
    if (!func (&g_array_index (rows, FareRow, i), user_data))
      break;

  return TRUE;
}

gboolean
fare_index_reader_foreach_copy (FareIndexReader  *self,
                                gint64            from_ms,
                                gint64            to_ms,
                                FareCopyFunc      func,
                                gpointer          user_data,
                                GError          **error)
{
  return foreach_row (&(RowPass) { .reader = self, .copy = func, .user_data = user_data },
                      from_ms, to_ms, error);
}
