/* fare-session-turns.c
 *
 * The lines of a session's story.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-session-turns.h"

struct _FareTurnItem
{
  GObject           parent_instance;

  FareSessionStory *story;
  gboolean          is_turn;
  guint             index;    /* of the prompt, or of the turn in the story */
  GListStore       *children; /* (nullable): of a prompt that was opened */
};

G_DEFINE_FINAL_TYPE (FareTurnItem, fare_turn_item, G_TYPE_OBJECT)

struct _FareSessionTurns
{
  GObject           parent_instance;

  GListStore       *store;
  GtkTreeListModel *model;
};

G_DEFINE_FINAL_TYPE (FareSessionTurns, fare_session_turns, G_TYPE_OBJECT)

static void
fare_turn_item_finalize (GObject *object)
{
  FareTurnItem *self = FARE_TURN_ITEM (object);

  g_clear_pointer (&self->story, fare_session_story_unref);
  g_clear_object (&self->children);

  G_OBJECT_CLASS (fare_turn_item_parent_class)->finalize (object);
}

static void
fare_turn_item_class_init (FareTurnItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_turn_item_finalize;

  g_signal_new ("changed", FARE_TYPE_TURN_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
fare_turn_item_init (FareTurnItem *self)
{
}

static FareTurnItem *
item_new (FareSessionStory *story,
          gboolean          is_turn,
          guint             index)
{
  FareTurnItem *self = g_object_new (FARE_TYPE_TURN_ITEM, NULL);

  self->story = fare_session_story_ref (story);
  self->is_turn = is_turn;
  self->index = index;

  return self;
}

const FarePromptGroup *
fare_turn_item_get_prompt (FareTurnItem *self)
{
  g_return_val_if_fail (FARE_IS_TURN_ITEM (self), NULL);

  return self->is_turn ? NULL : fare_prompts_get_group (self->story->prompts, self->index);
}

const FareStoryTurn *
fare_turn_item_get_turn (FareTurnItem *self)
{
  g_return_val_if_fail (FARE_IS_TURN_ITEM (self), NULL);

  return self->is_turn ? &g_array_index (self->story->turns, FareStoryTurn, self->index) : NULL;
}

guint
fare_turn_item_get_number (FareTurnItem *self)
{
  g_return_val_if_fail (FARE_IS_TURN_ITEM (self), 0);

  return self->index + 1;
}

static guint
get_start (FareSessionStory *story,
           guint             group)
{
  return g_array_index (story->starts, guint, group);
}

/* Lines are told apart by their place: what is said later is added at the end. */
static void
fit (GListStore       *store,
     FareSessionStory *story,
     gboolean          are_turns,
     guint             start,
     guint             n)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (store));
  g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = n_old; i < n; i++)
    g_ptr_array_add (added, item_new (story, are_turns, start + i));

  if (n_old > n)
    g_list_store_splice (store, n, n_old - n, NULL, 0);
  else if (added->len > 0)
    g_list_store_splice (store, n_old, 0, added->pdata, added->len);
}

static GListModel *
open_cb (gpointer object,
         gpointer user_data)
{
  FareTurnItem *item = object;
  guint start, end;

  if (item->is_turn)
    return NULL;

  start = get_start (item->story, item->index);
  end = get_start (item->story, item->index + 1);
  if (start == end)
    return NULL;

  if (item->children == NULL)
    {
      item->children = g_list_store_new (FARE_TYPE_TURN_ITEM);
      fit (item->children, item->story, TRUE, start, end - start);
    }

  return G_LIST_MODEL (g_object_ref (item->children));
}

static void
fare_session_turns_dispose (GObject *object)
{
  FareSessionTurns *self = FARE_SESSION_TURNS (object);

  g_clear_object (&self->model);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (fare_session_turns_parent_class)->dispose (object);
}

static void
fare_session_turns_class_init (FareSessionTurnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_session_turns_dispose;
}

static void
fare_session_turns_init (FareSessionTurns *self)
{
  self->store = g_list_store_new (FARE_TYPE_TURN_ITEM);
  self->model = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (self->store)), FALSE, FALSE,
                                         open_cb, NULL, NULL);
}

FareSessionTurns *
fare_session_turns_new (void)
{
  return g_object_new (FARE_TYPE_SESSION_TURNS, NULL);
}

GtkTreeListModel *
fare_session_turns_get_model (FareSessionTurns *self)
{
  g_return_val_if_fail (FARE_IS_SESSION_TURNS (self), NULL);

  return self->model;
}

static void
renew (FareTurnItem     *item,
       FareSessionStory *story,
       guint             index)
{
  fare_session_story_ref (story);
  fare_session_story_unref (item->story);
  item->story = story;
  item->index = index;
}

static void
renew_children (FareTurnItem     *item,
                FareSessionStory *story)
{
  guint start = get_start (story, item->index);
  guint n = get_start (story, item->index + 1) - start;

  if (item->children == NULL)
    return;

  fit (item->children, story, TRUE, start, n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(FareTurnItem) child = g_list_model_get_item (G_LIST_MODEL (item->children), i);

      renew (child, story, start + i);
      g_signal_emit_by_name (child, "changed");
    }
}

/* A prompt that has caused nothing yet cannot be opened; when it has, it is another line. */
static gboolean
was_empty (FareTurnItem     *item,
           FareSessionStory *story)
{
  return get_start (item->story, item->index) == get_start (item->story, item->index + 1) &&
         get_start (story, item->index) != get_start (story, item->index + 1);
}

void
fare_session_turns_show (FareSessionTurns *self,
                         FareSessionStory *story)
{
  guint n = story != NULL ? fare_prompts_get_n_groups (story->prompts) : 0;
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  gboolean is_first = n_old == 0;

  g_return_if_fail (FARE_IS_SESSION_TURNS (self));

  if (story == NULL)
    {
      g_list_store_remove_all (self->store);
      return;
    }

  for (guint i = 0; i < MIN (n, n_old); i++)
    {
      g_autoptr(FareTurnItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (was_empty (item, story))
        {
          g_autoptr(FareTurnItem) other = item_new (story, FALSE, i);
          gpointer others[] = { other };

          g_list_store_splice (self->store, i, 1, others, 1);
          continue;
        }

      renew_children (item, story);
      renew (item, story, i);
      g_signal_emit_by_name (item, "changed");
    }

  fit (self->store, story, FALSE, 0, n);

  /* A single prompt has nothing to be compared with. */
  if (is_first && n == 1)
    {
      g_autoptr(GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->model, 0);

      gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

void
fare_session_turns_touch (FareSessionTurns *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(FareTurnItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (item->children != NULL)
        for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (item->children)); j++)
          {
            g_autoptr(FareTurnItem) child =
              g_list_model_get_item (G_LIST_MODEL (item->children), j);

            g_signal_emit_by_name (child, "changed");
          }

      g_signal_emit_by_name (item, "changed");
    }
}
