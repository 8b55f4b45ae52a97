/* fare-session-story.c
 *
 * Everything the details page shows of one session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-active-time.h"
#include "models/fare-session-story.h"

typedef struct
{
  FareIndexReader       *reader;
  FarePriceBook         *prices;
  GTimeZone             *zone;
  GCancellable          *cancellable;
  const char            *client;
  const char            *uid;
  const FareSessionInfo *session;
  const FareSessionInfo *parent;
  GPtrArray             *helpers; /* FareSessionInfo, the reader's */
} Load;

static void
model_free (gpointer data)
{
  FareStoryModel *model = data;

  g_free (model->name);
  g_free (model);
}

FareSessionStory *
fare_session_story_ref (FareSessionStory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fare_session_story_unref (FareSessionStory *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->row, fare_session_row_unref);
  g_clear_pointer (&self->prompts, fare_prompts_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_ptr_array_unref (self->helpers);
  g_ptr_array_unref (self->models);
  g_array_unref (self->turns);
  g_array_unref (self->starts);
  g_free (self->parent_title);
  g_free (self);
}

static FareSessionStory *
story_new (const Load *load,
           FareDay     today)
{
  FareSessionStory *self = g_new0 (FareSessionStory, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->helpers = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_session_row_unref);
  self->models = g_ptr_array_new_with_free_func (model_free);
  self->turns = g_array_new (FALSE, TRUE, sizeof (FareStoryTurn));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->zone = g_time_zone_ref (load->zone);
  self->today = today;

  return self;
}

static gboolean
find_session_cb (const FareSessionInfo *info,
                 gpointer               user_data)
{
  Load *self = user_data;

  if (g_str_equal (info->client, self->client) && g_str_equal (info->uid, self->uid))
    {
      self->session = info;
      return FALSE;
    }

  return TRUE;
}

static gboolean
find_relatives_cb (const FareSessionInfo *info,
                   gpointer               user_data)
{
  Load *self = user_data;

  if (info == self->session || !g_str_equal (info->client, self->client))
    return TRUE;

  if (g_strcmp0 (self->session->parent, info->uid) == 0)
    self->parent = info;
  if (info->is_subagent && g_strcmp0 (info->parent, self->uid) == 0)
    g_ptr_array_add (self->helpers, (gpointer) info);

  return TRUE;
}

static FareSessionRow *
make_row (Load                  *self,
          const FareSessionInfo *info)
{
  FareSessionRow *row = fare_session_row_new (info->client, info->uid);

  row->title = g_utf8_make_valid (info->title, -1);
  row->project = g_strdup (info->project);
  row->parent = g_strdup (info->parent);
  row->branch = g_strdup ("");
  row->models = g_strdup ("");
  row->is_helper = info->is_subagent;
  row->is_review = info->is_review;
  row->last_ms = info->last_ms;
  row->last_day = fare_day_of (self->zone, info->last_ms);

  return row;
}

/* The whole life of the sessions with these ids. */
static void
make_query (Load      *self,
            GStrv      clients,
            GStrv      uids,
            FareQuery *query)
{
  *query = (FareQuery) {
    .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = self->zone,
    .clients = clients, .sessions = uids
  };
}

static gboolean
load_sums (Load              *self,
           FareSessionStory  *story,
           GError           **error)
{
  char *clients[] = { (char *) self->client, NULL };
  char *uids[] = { (char *) self->uid, NULL };
  g_autoptr(FareSummary) models = NULL;
  g_autoptr(FareSummary) branches = NULL;
  GString *names = g_string_new (NULL);
  FareQuery query;

  make_query (self, clients, uids, &query);
  models = fare_summary_new (self->reader, self->prices, &query, FARE_GROUP_MODEL, error);
  branches = models != NULL
             ? fare_summary_new (self->reader, self->prices, &query, FARE_GROUP_BRANCH, error) : NULL;

  for (guint i = 0; branches != NULL && i < fare_summary_get_n_rows (models); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (models, i);
      FareStoryModel *model = g_new0 (FareStoryModel, 1);

      model->name = g_strdup (row->title);
      model->sums = row->sums;
      g_ptr_array_add (story->models, model);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", row->title);
    }

  g_free (story->row->models);
  story->row->models = g_string_free (names, FALSE);
  if (branches == NULL)
    return FALSE;

  if (fare_summary_get_n_rows (branches) > 0)
    {
      g_free (story->row->branch);
      story->row->branch = g_strdup (fare_summary_get_row (branches, 0)->key);
    }
  story->row->sums = *fare_summary_get_total (models);
  story->row->sums.sessions = 1;

  return TRUE;
}

static gboolean
load_helpers (Load              *self,
              FareSessionStory  *story,
              GError           **error)
{
  char *clients[] = { (char *) self->client, NULL };
  g_autoptr(GPtrArray) uids = g_ptr_array_new ();
  g_autoptr(FareSummary) summary = NULL;
  FareQuery query;

  if (self->helpers->len == 0)
    return TRUE;

  for (guint i = 0; i < self->helpers->len; i++)
    g_ptr_array_add (uids, (gpointer) ((FareSessionInfo *) self->helpers->pdata[i])->uid);
  g_ptr_array_add (uids, NULL);

  make_query (self, clients, (GStrv) uids->pdata, &query);
  summary = fare_summary_new (self->reader, self->prices, &query, FARE_GROUP_SESSION, error);
  if (summary == NULL)
    return FALSE;

  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    {
      const FareSummaryRow *source = fare_summary_get_row (summary, i);
      FareSessionRow *row = make_row (self, source->session);

      row->sums = source->sums;
      g_ptr_array_add (story->helpers, row);
    }

  story->helper_sums = *fare_summary_get_total (summary);

  return TRUE;
}

static gboolean
load_time (Load              *self,
           FareSessionStory  *story,
           GError           **error)
{
  char *clients[] = { (char *) self->client, NULL };
  char *uids[] = { (char *) self->uid, NULL };
  g_autoptr(FareActiveTimes) times = NULL;
  const FareActiveTime *time;
  FareQuery query;

  make_query (self, clients, uids, &query);
  query.from_ms = self->session->first_ms;
  query.to_ms = self->session->last_ms + 1;
  times = fare_active_times_new (self->reader, &query, FARE_ACTIVE_CAP_MS, self->cancellable, error);
  if (times == NULL)
    return FALSE;

  time = fare_active_times_find_session (times, self->session);
  story->active_ms = time != NULL ? time->active_ms : 0;

  return TRUE;
}

static void
price_turn (const FarePromptTurn *turn,
            FareSums             *sums)
{
  gboolean has_price = turn->price.reason == FARE_UNPRICED_NOT;

  *sums = (FareSums) {
    .usage = turn->usage, .messages = turn->messages, .cost = has_price ? turn->price.usd : 0.0,
    .unpriced_tokens = has_price ? 0 : fare_usage_total (&turn->usage),
    .has_price = has_price, .is_estimate = has_price && turn->price.is_estimate
  };
}

static gboolean
load_turns (Load              *self,
            FareSessionStory  *story,
            GError           **error)
{
  FareSums running = { 0 };
  guint end = 0;

  story->prompts = fare_prompts_new (self->reader, self->prices, self->session, self->cancellable,
                                     error);
  if (story->prompts == NULL)
    return FALSE;

  for (guint i = 0; i < fare_prompts_get_n_groups (story->prompts); i++)
    {
      const FarePromptGroup *group = fare_prompts_get_group (story->prompts, i);

      g_array_append_val (story->starts, end);

      for (guint j = 0; j < group->turns->len; j++)
        {
          FareStoryTurn turn = { 0 };

          turn.turn = g_ptr_array_index (group->turns, j);
          turn.group = i;
          price_turn (turn.turn, &turn.sums);
          fare_session_sums_add (&running, &turn.sums);
          turn.running = running;
          g_array_append_val (story->turns, turn);
          end++;
        }
    }

  g_array_append_val (story->starts, end);

  return TRUE;
}

static gboolean
load_all (Load              *self,
          FareSessionStory  *story,
          GError           **error)
{
  if (!fare_index_reader_foreach_session (self->reader, find_relatives_cb, self, error))
    return FALSE;

  story->row = make_row (self, self->session);
  story->first_ms = self->session->first_ms;
  if (self->parent != NULL)
    story->parent_title = g_utf8_make_valid (self->parent->title, -1);

  return load_sums (self, story, error) &&
         load_helpers (self, story, error) &&
         load_turns (self, story, error) &&
         load_time (self, story, error);
}

gpointer
fare_session_story_load (const FareQuestion  *question,
                         GCancellable        *cancellable,
                         GError             **error)
{
  g_autoptr(FareIndexReader) reader = NULL;
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(GPtrArray) helpers = g_ptr_array_new ();
  g_autoptr(FareSessionStory) story = NULL;
  Load load = { .zone = question->now.zone, .cancellable = cancellable, .helpers = helpers };

  g_return_val_if_fail (question->subject != NULL, NULL);

  load.reader = reader = fare_meter_read (question->meter, error);
  if (reader == NULL)
    return NULL;

  g_variant_get (question->subject, "(&s&s)", &load.client, &load.uid);
  if (!fare_index_reader_foreach_session (reader, find_session_cb, &load, error))
    return NULL;

  if (load.session == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _("This session is not in the index."));
      return NULL;
    }

  load.prices = prices = fare_meter_ref_prices (question->meter);
  story = story_new (&load, fare_day_of (load.zone, question->now.now_ms));

  return load_all (&load, story, error) ? g_steal_pointer (&story) : NULL;
}
