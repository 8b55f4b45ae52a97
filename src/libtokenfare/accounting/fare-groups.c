/* fare-groups.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-groups.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/fare-text.h"
#include "base/fare-zone.h"

/* A day may have 25 hours. */
#define LONGEST_DAY_MS (25 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define DAY_MS (24 * HOUR_MS)

/* How far ahead to look for a change of the clocks. */
#define CALM_MS (20 * DAY_MS)

struct _FareGroups
{
  FareGroup        group;
  const FareQuery *query;
  int              first_weekday;
  GPtrArray       *rows;
  GPtrArray       *by_number; /* rows, NULL in between */
  GHashTable      *by_pair;   /* two numbers → row */
  GHashTable      *by_start;  /* start_ms → row */
  FareTimeSpan     span;      /* the one found last; empty at first */
  FareTimeSpan     calm;      /* no clock is changed in it; empty at first */
  gint64           offset;    /* milliseconds, during that */
  FareGroupRow    *last_row;  /* (nullable): the row of that span */
};

static void
group_row_free (FareGroupRow *self)
{
  /* A session's texts are its own. */
  if (self->row.session == NULL)
    {
      g_free (self->row.key);
      g_free (self->row.title);
    }
  g_free (self->row.provider);
  g_free (self->row.client);
  g_free (self->row.project);
  g_free (self);
}

FareGroups *
fare_groups_new (FareGroup        group,
                 const FareQuery *query)
{
  FareGroups *self = g_new0 (FareGroups, 1);

  self->group = group;
  self->query = query;
  self->first_weekday = fare_week_get_first_weekday ();
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) group_row_free);
  self->by_number = g_ptr_array_new ();
  self->by_pair = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->by_start = g_hash_table_new (g_int64_hash, g_int64_equal);

  return self;
}

void
fare_groups_free (FareGroups *self)
{
  g_ptr_array_unref (self->by_number);
  g_hash_table_unref (self->by_pair);
  g_hash_table_unref (self->by_start);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

static FareGroupRow *
add_row (FareGroups *self)
{
  FareGroupRow *row = g_new0 (FareGroupRow, 1);

  row->index = self->rows->len;
  g_ptr_array_add (self->rows, row);

  return row;
}

FareGroupRow *
fare_groups_get (FareGroups *self,
                 guint32     number)
{
  return number < self->by_number->len ? self->by_number->pdata[number] : NULL;
}

static FareGroupRow *
add_numbered (FareGroups *self,
              guint32     number)
{
  FareGroupRow *row = add_row (self);

  row->number = number;
  if (number >= self->by_number->len)
    g_ptr_array_set_size (self->by_number, (gint) MAX (number + 1, 2 * self->by_number->len));
  self->by_number->pdata[number] = row;

  return row;
}

FareGroupRow *
fare_groups_add_session (FareGroups *self,
                         guint32     number)
{
  return add_numbered (self, number);
}

void
fare_groups_name_session (FareGroupRow          *row,
                          const FareSessionInfo *session)
{
  row->row.session = session;
  row->row.key = (char *) session->uid;
  row->row.title = (char *) session->title;
}

FareGroupRow *
fare_groups_get_row (FareGroups *self,
                     guint       index)
{
  return index < self->rows->len ? self->rows->pdata[index] : NULL;
}

FareGroupRow *
fare_groups_add_client (FareGroups *self,
                        guint32     number,
                        const char *client)
{
  FareGroupRow *row = add_numbered (self, number);

  row->row.key = g_strdup (client);
  row->row.title = g_strdup (fare_text_client (client));

  return row;
}

FareGroupRow *
fare_groups_add_project (FareGroups *self,
                         guint32     number,
                         const char *path)
{
  FareGroupRow *row = add_numbered (self, number);

  row->row.key = g_strdup (path);
  row->row.title = fare_text_project (path);

  return row;
}

FareGroupRow *
fare_groups_add_machine (FareGroups        *self,
                         const FareMachine *machine)
{
  FareGroupRow *row = add_numbered (self, machine->number);

  row->row.key = g_strdup (machine->name);
  row->row.title = g_strdup (machine->name);

  return row;
}

static void
name_model (FareGroupRow        *row,
            const FareModelInfo *model)
{
  row->row.key = g_strdup (model->name);
  row->row.provider = g_strdup (model->provider);
  row->row.title = *model->name != '\0' ? g_strdup (model->name)
                                        /* Translators: a model whose log does not name it */
                                        : g_strdup (C_("model", "unknown"));
}

FareGroupRow *
fare_groups_add_model (FareGroups          *self,
                       guint32              number,
                       const FareModelInfo *model)
{
  FareGroupRow *row = add_numbered (self, number);

  name_model (row, model);

  return row;
}

FareGroupRow *
fare_groups_find_client_model (FareGroups          *self,
                               guint32              client,
                               guint32              number,
                               const FareModelInfo *model,
                               FareIndexReader     *reader)
{
  gint64 pair = (gint64) ((guint64) client << 32 | number);
  FareGroupRow *row = g_hash_table_lookup (self->by_pair, &pair);

  if (row != NULL)
    return row;

  row = add_row (self);
  name_model (row, model);
  row->row.client = g_strdup (fare_index_reader_get_client (reader, client));
  g_hash_table_insert (self->by_pair, g_memdup2 (&pair, sizeof pair), row);

  return row;
}

FareGroupRow *
fare_groups_find_branch (FareGroups      *self,
                         guint32          number,
                         guint32          project,
                         FareIndexReader *reader)
{
  guint32 any = fare_index_reader_find_branch (reader, number);
  gint64 pair = (gint64) ((guint64) project << 32 | any);
  FareGroupRow *row = g_hash_table_lookup (self->by_pair, &pair);
  const char *branch;

  if (row != NULL)
    return row;

  branch = fare_index_reader_get_branch (reader, number);
  row = add_row (self);
  row->row.key = g_strdup (branch);
  row->row.project = g_strdup (fare_index_reader_get_project (reader, project));
  /* Translators: stands for the git branch of a folder that has none, or of a log that does not
   * tell */
  row->row.title = *branch != '\0' ? g_strdup (branch) : g_strdup (_("no branch"));
  g_hash_table_insert (self->by_pair, g_memdup2 (&pair, sizeof pair), row);

  return row;
}

static FareGroupRow *
add_time_row (FareGroups *self)
{
  const FareQuery *query = self->query;
  gboolean with_day = query->from_ms < G_MAXINT64 - LONGEST_DAY_MS &&
                      query->to_ms > query->from_ms + LONGEST_DAY_MS;
  FareGroupRow *row = add_row (self);

  row->row.start_ms = self->span.start_ms;
  row->row.key = fare_time_group_to_key (self->group, query->zone, self->span);
  row->row.title = fare_time_group_to_title (self->group, query->zone, self->span, with_day);
  g_hash_table_insert (self->by_start, &row->row.start_ms, row);

  return row;
}

/* Most hours and days are far from any change of the clocks, and then arithmetic will do. */
static gboolean
find_calm_span (FareGroups *self,
                gint64      time_ms)
{
  gint64 unit = self->group == FARE_GROUP_HOUR ? HOUR_MS : DAY_MS;
  gint64 into;

  if (self->group != FARE_GROUP_HOUR && self->group != FARE_GROUP_DAY)
    return FALSE;

  if (time_ms < self->calm.start_ms + 2 * DAY_MS || time_ms >= self->calm.end_ms - DAY_MS)
    {
      self->calm.start_ms = time_ms - 2 * DAY_MS;
      self->calm.end_ms = fare_zone_find_change (self->query->zone, self->calm.start_ms,
                                                 time_ms + CALM_MS);
      self->offset = fare_zone_get_offset (self->query->zone, self->calm.start_ms);
    }
  into = (time_ms + self->offset) % unit;
  if (into < 0 || time_ms >= self->calm.end_ms - DAY_MS)
    return FALSE;
  self->span = (FareTimeSpan) { time_ms - into, time_ms - into + unit };

  return TRUE;
}

static void
move_to (FareGroups *self,
         gint64      time_ms)
{
  if (time_ms >= self->span.start_ms && time_ms < self->span.end_ms)
    return;

  if (!find_calm_span (self, time_ms))
    self->span = fare_time_group_find (self->group, self->query->zone, self->first_weekday,
                                       time_ms);
  self->last_row = g_hash_table_lookup (self->by_start, &self->span.start_ms);
}

FareGroupRow *
fare_groups_find_time_row (FareGroups *self,
                           gint64      time_ms)
{
  move_to (self, time_ms);
  if (self->last_row == NULL)
    self->last_row = add_time_row (self);

  return self->last_row;
}

gint64
fare_groups_find_end (FareGroups *self,
                      gint64      time_ms)
{
  if (!fare_group_has_time (self->group))
    return G_MAXINT64;
  move_to (self, time_ms);

  return self->span.end_ms;
}

static int
compare_by_time (gconstpointer a,
                 gconstpointer b)
{
  const FareGroupRow *first = *(const FareGroupRow *const *) a;
  const FareGroupRow *second = *(const FareGroupRow *const *) b;

  return (first->row.start_ms > second->row.start_ms) -
         (first->row.start_ms < second->row.start_ms);
}

static int
compare_by_cost (gconstpointer a,
                 gconstpointer b)
{
  const FareGroupRow *first = *(const FareGroupRow *const *) a;
  const FareGroupRow *second = *(const FareGroupRow *const *) b;
  gint64 first_tokens = fare_usage_total (&first->row.sums.usage);
  gint64 second_tokens = fare_usage_total (&second->row.sums.usage);
  int by_key;

  if (first->row.sums.cost != second->row.sums.cost)
    return first->row.sums.cost > second->row.sums.cost ? -1 : 1;

  if (first_tokens != second_tokens)
    return first_tokens > second_tokens ? -1 : 1;

  by_key = strcmp (first->row.key, second->row.key);
  if (by_key != 0)
    return by_key;

  /* The same model of two providers or clients, the same branch of two projects. */
  by_key = g_strcmp0 (first->row.provider, second->row.provider);
  if (by_key == 0)
    by_key = g_strcmp0 (first->row.client, second->row.client);

  return by_key != 0 ? by_key : g_strcmp0 (first->row.project, second->row.project);
}

GPtrArray *
fare_groups_finish (FareGroups *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      FareGroupRow *row = g_ptr_array_index (self->rows, i);

      fare_tally_finish (&row->tally);
      row->row.sums = row->tally.sums;
      if (row->row.sums.unpriced_tokens == 0)
        row->row.reason = FARE_UNPRICED_NOT;
    }

  g_ptr_array_sort (self->rows, fare_group_has_time (self->group) ? compare_by_time
                                                                  : compare_by_cost);

  return g_steal_pointer (&self->rows);
}
