/* fare-prompts.c
 *
 * Turns are taken from the index and prompts from the logs that these turns come from;
 * each turn then finds its prompt by the place in its log, or by time where it has a
 * log of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-prompts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "accounting/fare-tally.h"
#include "formats/fare-prompt-list.h"

struct _FarePrompts
{
  FarePromptsBasis  basis;
  GPtrArray        *groups; /* of FarePromptGroup */
};

typedef struct
{
  FarePriceBook *prices;
  GPtrArray     *turns;     /* of FarePromptTurn, oldest first */
  GCancellable  *cancellable;
} Loading;

/* The prompts of one log of the session. */
typedef struct
{
  char      *path;
  GPtrArray *prompts;       /* of FarePrompt, in the order of the file */
  GPtrArray *groups;        /* of FarePromptGroup, one for each prompt */
} Log;

typedef struct
{
  GPtrArray *logs;          /* of Log, in the order of their first turns */
  GPtrArray *groups;        /* of FarePromptGroup, by time once complete */
  gboolean   takes_helpers; /* the session is a helper's own */
} Assignment;

static void
turn_free (FarePromptTurn *self)
{
  g_free (self->provider);
  g_free (self->model);
  g_free (self->path);
  g_free (self);
}

static void
group_free (FarePromptGroup *self)
{
  g_free (self->text);
  g_free (self->path);
  g_ptr_array_unref (self->turns);
  g_free (self);
}

static void
log_free (Log *self)
{
  g_free (self->path);
  g_ptr_array_unref (self->prompts);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

static FarePromptGroup *
group_new (gint64 time_ms)
{
  FarePromptGroup *self = g_new0 (FarePromptGroup, 1);

  self->time_ms = time_ms;
  self->last_ms = time_ms;
  self->offset = -1;
  self->turns = g_ptr_array_new_with_free_func ((GDestroyNotify) turn_free);
  return self;
}

static void
group_take_turn (FarePromptGroup *self,
                 FarePromptTurn  *turn)
{
  g_ptr_array_add (self->turns, turn);
  self->last_ms = MAX (self->last_ms, turn->time_ms);
}

static gboolean
load_turn (const FareEventRow *event,
           gpointer            user_data)
{
  Loading *self = user_data;
  FarePromptTurn *turn;

  if (g_cancellable_is_cancelled (self->cancellable))
    return FALSE;

  turn = g_new0 (FarePromptTurn, 1);
  turn->time_ms = event->time_ms;
  turn->provider = g_strdup (event->model->provider);
  turn->model = g_strdup (event->model->name);
  turn->usage = event->usage;
  turn->messages = event->messages;
  turn->price = fare_event_price (event, self->prices);
  turn->is_subagent = event->is_subagent;
  turn->path = g_strdup (event->path);
  turn->offset = event->offset;
  g_ptr_array_add (self->turns, turn);

  return TRUE;
}

static Log *
find_log (GPtrArray  *logs,
          const char *path)
{
  for (guint i = 0; i < logs->len; i++)
    {
      Log *log = g_ptr_array_index (logs, i);

      if (g_str_equal (log->path, path))
        return log;
    }

  return NULL;
}

static gboolean
is_main (const Assignment     *self,
         const FarePromptTurn *turn)
{
  return self->takes_helpers || !turn->is_subagent;
}

/* Reads the logs of the session's own turns. */
static FarePromptsBasis
read_logs (Assignment            *self,
           const FareSessionInfo *session,
           GPtrArray             *turns,
           GCancellable          *cancellable)
{
  for (guint i = 0; i < turns->len; i++)
    {
      const FarePromptTurn *turn = g_ptr_array_index (turns, i);
      g_autoptr(GPtrArray) prompts = NULL;
      Log *log;

      if (!is_main (self, turn) || find_log (self->logs, turn->path) != NULL)
        continue;
      if (!fare_prompt_list_can_read (session->client, turn->path))
        return FARE_PROMPTS_UNSUPPORTED;
      prompts = fare_prompt_list_read (session->client, turn->path, cancellable, NULL);
      if (prompts == NULL)
        return FARE_PROMPTS_GONE;

      log = g_new0 (Log, 1);
      log->path = g_strdup (turn->path);
      log->prompts = g_steal_pointer (&prompts);
      log->groups = g_ptr_array_new ();
      g_ptr_array_add (self->logs, log);
    }

  return FARE_PROMPTS_READ;
}

/* A session that is gone on with in another file has its history there once more. */
static FarePromptGroup *
find_same_group (GPtrArray        *groups,
                 const FarePrompt *prompt)
{
  for (guint i = 0; i < groups->len; i++)
    {
      FarePromptGroup *group = g_ptr_array_index (groups, i);

      if (prompt->time_ms != 0 && group->time_ms == prompt->time_ms &&
          g_strcmp0 (group->text, prompt->text) == 0)
        return group;
    }

  return NULL;
}

static void
make_groups (Assignment *self)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      Log *log = g_ptr_array_index (self->logs, i);
      gint64 time_ms = 0;

      for (guint j = 0; j < log->prompts->len; j++)
        {
          const FarePrompt *prompt = g_ptr_array_index (log->prompts, j);
          FarePromptGroup *group = i > 0 ? find_same_group (self->groups, prompt) : NULL;
          gboolean is_wanted = self->takes_helpers || !prompt->is_helper;

          time_ms = prompt->time_ms != 0 ? prompt->time_ms : time_ms;
          if (group == NULL && is_wanted)
            {
              group = group_new (time_ms);
              group->text = g_strdup (prompt->text);
              group->path = g_strdup (log->path);
              group->offset = prompt->offset;
              g_ptr_array_add (self->groups, group);
            }
          g_ptr_array_add (log->groups, group);
        }
    }
}

/* The last prompt that stands before the turn in its own log. */
static FarePromptGroup *
find_by_place (const Log            *log,
               const FarePromptTurn *turn)
{
  FarePromptGroup *found = NULL;

  for (guint i = 0; i < log->prompts->len; i++)
    {
      const FarePrompt *prompt = g_ptr_array_index (log->prompts, i);

      if (prompt->offset > turn->offset)
        break;
      if (g_ptr_array_index (log->groups, i) != NULL)
        found = g_ptr_array_index (log->groups, i);
    }

  return found;
}

static FarePromptGroup *
find_by_time (GPtrArray            *groups,
              const FarePromptTurn *turn)
{
  FarePromptGroup *found = NULL;

  for (guint i = 0; i < groups->len; i++)
    {
      FarePromptGroup *group = g_ptr_array_index (groups, i);

      if (group->time_ms <= turn->time_ms && (found == NULL || group->time_ms >= found->time_ms))
        found = group;
    }

  return found;
}

static void
assign_turns (Assignment *self,
              GPtrArray  *turns)
{
  FarePromptGroup *first = NULL; /* of turns before any prompt */

  for (guint i = 0; i < turns->len; i++)
    {
      FarePromptTurn *turn = g_ptr_array_index (turns, i);
      const Log *log = is_main (self, turn) ? find_log (self->logs, turn->path) : NULL;
      FarePromptGroup *group = log != NULL ? find_by_place (log, turn) : NULL;

      if (group == NULL)
        group = find_by_time (self->groups, turn);
      if (group == NULL)
        group = first = first != NULL ? first : group_new (turn->time_ms);
      group_take_turn (group, g_steal_pointer (&g_ptr_array_index (turns, i)));
    }

  if (first != NULL)
    g_ptr_array_insert (self->groups, 0, first);
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const FarePromptGroup *left = *(FarePromptGroup * const *) a;
  const FarePromptGroup *right = *(FarePromptGroup * const *) b;

  if (left->time_ms != right->time_ms)
    return left->time_ms < right->time_ms ? -1 : 1;

  return left->offset < right->offset ? -1 : left->offset > right->offset;
}

/* A copied history stands before what the session itself did, without turns of its own. */
static void
drop_history (GPtrArray *groups)
{
  guint n = 0;

  while (n < groups->len && ((FarePromptGroup *) groups->pdata[n])->turns->len == 0)
    n++;
  if (n < groups->len && n > 0)
    g_ptr_array_remove_range (groups, 0, n);
}

static FarePromptsBasis
group_by_prompts (FarePrompts           *self,
                  const FareSessionInfo *session,
                  GPtrArray             *turns,
                  GCancellable          *cancellable)
{
  g_autoptr(GPtrArray) logs = g_ptr_array_new_with_free_func ((GDestroyNotify) log_free);
  Assignment assignment = { .logs = logs, .groups = self->groups, .takes_helpers = TRUE };
  FarePromptsBasis basis;

  for (guint i = 0; i < turns->len; i++)
    if (!((FarePromptTurn *) turns->pdata[i])->is_subagent)
      assignment.takes_helpers = FALSE;

  basis = read_logs (&assignment, session, turns, cancellable);
  if (basis != FARE_PROMPTS_READ)
    return basis;

  make_groups (&assignment);
  assign_turns (&assignment, turns);
  g_ptr_array_sort (self->groups, compare_groups);
  drop_history (self->groups);

  return basis;
}

static void
group_by_pauses (FarePrompts *self,
                 GPtrArray   *turns)
{
  FarePromptGroup *group = NULL;

  for (guint i = 0; i < turns->len; i++)
    {
      FarePromptTurn *turn = g_steal_pointer (&g_ptr_array_index (turns, i));

      if (group == NULL || turn->time_ms - group->last_ms >= FARE_PROMPTS_GAP_MS)
        {
          group = group_new (turn->time_ms);
          g_ptr_array_add (self->groups, group);
        }
      group_take_turn (group, turn);
    }
}

static void
add_up (FarePrompts *self)
{
  FareTally running = { 0 };

  for (guint i = 0; i < self->groups->len; i++)
    {
      FarePromptGroup *group = g_ptr_array_index (self->groups, i);
      FareTally tally = { 0 };
      FareTally so_far;

      for (guint j = 0; j < group->turns->len; j++)
        {
          const FarePromptTurn *turn = g_ptr_array_index (group->turns, j);
          FareTallyItem item = {
            .usage = &turn->usage, .messages = turn->messages, .price = turn->price,
          };

          fare_tally_add (&tally, &item);
          fare_tally_add (&running, &item);
          tally.sums.sessions = running.sums.sessions = 1;
        }

      so_far = running;
      fare_tally_finish (&tally);
      fare_tally_finish (&so_far);
      group->sums = tally.sums;
      group->running = so_far.sums;
    }
}

FarePrompts *
fare_prompts_new (FareIndexReader        *reader,
                  FarePriceBook          *prices,
                  const FareSessionInfo  *session,
                  GCancellable           *cancellable,
                  GError                **error)
{
  g_autoptr(FarePrompts) self = NULL;
  g_autoptr(GPtrArray) turns = NULL;
  Loading loading = { .prices = prices, .cancellable = cancellable };
  gboolean is_read;

  g_return_val_if_fail (reader != NULL && prices != NULL && session != NULL, NULL);

  self = g_new0 (FarePrompts, 1);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  turns = g_ptr_array_new ();
  loading.turns = turns;

  is_read = fare_index_reader_foreach_event (reader, G_MININT64, G_MAXINT64, session, load_turn,
                                             &loading, error) &&
            !g_cancellable_set_error_if_cancelled (cancellable, error);
  if (is_read)
    {
      self->basis = group_by_prompts (self, session, turns, cancellable);
      if (self->basis != FARE_PROMPTS_READ)
        group_by_pauses (self, turns);
      add_up (self);
      is_read = !g_cancellable_set_error_if_cancelled (cancellable, error);
    }

  /* Turns that no group took, because the reading failed. */
  for (guint i = 0; i < turns->len; i++)
    g_clear_pointer (&g_ptr_array_index (turns, i), turn_free);

  return is_read ? g_steal_pointer (&self) : NULL;
}

void
fare_prompts_free (FarePrompts *self)
{
  g_ptr_array_unref (self->groups);
  g_free (self);
}

FarePromptsBasis
fare_prompts_get_basis (const FarePrompts *self)
{
  return self->basis;
}

const char *
fare_prompts_to_notice (const FarePrompts *self)
{
  switch (self->basis)
    {
    case FARE_PROMPTS_GONE:
      return _("The log of this session is gone, so its turns are grouped by pauses.");
    case FARE_PROMPTS_UNSUPPORTED:
      return _("This agent’s log does not show prompts, so turns are grouped by pauses.");
    case FARE_PROMPTS_READ:
    default:
      return NULL;
    }
}

guint
fare_prompts_get_n_groups (const FarePrompts *self)
{
  return self->groups->len;
}

const FarePromptGroup *
fare_prompts_get_group (const FarePrompts *self,
                        guint              i)
{
  g_return_val_if_fail (i < self->groups->len, NULL);

  return g_ptr_array_index (self->groups, i);
}
