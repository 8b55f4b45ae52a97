/* fare-session-list.c
 *
 * The lines of the table of sessions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <string.h>

#include "models/fare-session-list.h"
#include "models/fare-session-merge.h"

/* A view makes widgets for some two hundred lines at once, whether they are seen or not.  An empty
 * list is therefore filled in steps: what is seen first is there first. */
#define FIRST     16
#define STEP      2
#define MANY      2048
#define N_WIDGETS 208
#define TURN_US   4000 /* so that with the frame which lays them out it takes no longer than a frame may */

struct _FareSessionList
{
  GObject           parent_instance;

  GListStore       *store;
  GtkTreeListModel *model;

  GPtrArray        *rows;  /* (nullable): of FareSessionRow */
  GPtrArray        *lines; /* of FareSessionItem: what the store holds, or will when it is filled */
  guint             n_filled; /* so many of them are in the store for sure */
  guint             fill_id;
  GHashTable       *times; /* (nullable) */
  GHashTable       *items; /* key → FareSessionItem, all that are shown */
  FareSessionItem  *pinned;
  GStrv             words; /* of the search, folded */
  gboolean          shows_reviews;
  FareSessionOrder  order;
  gboolean          opens_first; /* the first group, when it is known */
  FareSessionTotal  total;
};

G_DEFINE_FINAL_TYPE (FareSessionList, fare_session_list, G_TYPE_OBJECT)

/* Lines as they shall be, while they are put together. */
typedef struct
{
  FareSessionList *list;
  GHashTable      *items;    /* those that stay and the new ones */
  GPtrArray       *visible;  /* rows that are not kept from sight */
  GHashTable      *families; /* a session's key → GPtrArray of its helpers' rows */
  GHashTable      *below;    /* rows that stand below another */
} Build;

/* A group with its lines. */
typedef struct
{
  char               *key;
  FareSessionFigures  figures;
  GPtrArray          *lines;
} Group;

static GListModel *
open_cb (gpointer item,
         gpointer user_data)
{
  GListStore *children = fare_session_item_get_children (item);

  return children != NULL ? G_LIST_MODEL (g_object_ref (children)) : NULL;
}

static void
fare_session_list_dispose (GObject *object)
{
  FareSessionList *self = FARE_SESSION_LIST (object);

  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->store);
  g_clear_object (&self->pinned);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->times, g_hash_table_unref);
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (fare_session_list_parent_class)->dispose (object);
}

static void
fare_session_list_class_init (FareSessionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_session_list_dispose;

  /* The lines, or their total, are others than before. */
  g_signal_new ("changed", FARE_TYPE_SESSION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
fare_session_list_init (FareSessionList *self)
{
  self->store = g_list_store_new (FARE_TYPE_SESSION_ITEM);
  self->model = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (self->store)), FALSE, FALSE,
                                         open_cb, NULL, NULL);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->order.column = FARE_SESSION_LAST;
  self->order.is_descending = TRUE;
}

static gboolean
matches (FareSessionList      *self,
         const FareSessionRow *row)
{
  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (row->haystack, self->words[i]) == NULL)
      return FALSE;

  return TRUE;
}

/* The line with this key, the same as before where there was one. */
static FareSessionItem *
take_item (Build               *build,
           FareSessionItemKind  kind,
           const char          *key,
           gboolean             has_children)
{
  FareSessionItem *item = g_hash_table_lookup (build->list->items, key);

  /* Whether a line can be opened is asked but once. */
  if (item == NULL || (fare_session_item_get_children (item) != NULL) != has_children)
    {
      gboolean was_expanded = item != NULL && fare_session_item_get_expanded (item);

      item = fare_session_item_new (kind, key, has_children);
      fare_session_item_set_expanded (item, was_expanded);
    }
  else
    {
      g_object_ref (item);
    }

  g_hash_table_replace (build->items, (gpointer) fare_session_item_get_key (item), item);

  return item;
}

/* Rows of the sessions above, by key. */
static FareSessionRow *
find_root (GHashTable     *rows,
           FareSessionRow *row)
{
  FareSessionRow *root = row;

  /* Logs may name each other as parents; nobody has that many ancestors. */
  for (guint depth = 0; depth < 16; depth++)
    {
      g_autofree char *key = NULL;
      FareSessionRow *above;

      if (!root->is_helper || root->is_review || root->parent == NULL)
        return root;

      key = fare_session_row_dup_key (root->client, root->parent);
      above = g_hash_table_lookup (rows, key);
      if (above == NULL || above == root)
        return root;

      root = above;
    }

  return row;
}

static void
find_families (Build *build)
{
  g_autoptr(GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < build->visible->len; i++)
    {
      FareSessionRow *row = g_ptr_array_index (build->visible, i);

      g_hash_table_insert (rows, row->key, row);
    }

  for (guint i = 0; i < build->visible->len; i++)
    {
      FareSessionRow *row = g_ptr_array_index (build->visible, i);
      FareSessionRow *root = row->is_helper ? find_root (rows, row) : row;
      GPtrArray *family;

      if (root == row)
        continue;

      family = g_hash_table_lookup (build->families, root->key);
      if (family == NULL)
        {
          family = g_ptr_array_new ();
          g_hash_table_insert (build->families, root->key, family);
        }
      g_ptr_array_add (family, row);
      g_hash_table_add (build->below, row);
    }
}

static void
add_time (FareSessionList      *self,
          const FareSessionRow *row,
          gint64               *active_ms)
{
  const gint64 *time = self->times != NULL ? g_hash_table_lookup (self->times, row->key) : NULL;

  if (self->times == NULL)
    *active_ms = -1;
  else if (time != NULL)
    *active_ms += *time;
}

static void
describe_row (FareSessionList    *self,
              FareSessionRow     *row,
              FareSessionFigures *figures)
{
  *figures = (FareSessionFigures) {
    .row = fare_session_row_ref (row), .sums = row->sums,
    .last_ms = row->last_ms, .last_day = row->last_day, .n_sessions = 1
  };
  add_time (self, row, &figures->active_ms);
}

static gpointer
find_pinned (FareSessionList *self,
             FareSessionItem *above)
{
  FareSessionItem *item = self->pinned;

  while (item != NULL && fare_session_item_get_above (item) != above)
    item = fare_session_item_get_above (item);

  return item;
}

static void
fill_children (FareSessionList *self,
               FareSessionItem *item,
               GPtrArray       *lines)
{
  for (guint i = 0; i < lines->len; i++)
    fare_session_item_set_above (lines->pdata[i], item);

  fare_session_order_sort (&self->order, lines);
  fare_session_merge (fare_session_item_get_children (item), lines, find_pinned (self, item));
}

/* A session with its helpers; NULL where a search finds none of them. */
static FareSessionItem *
make_session (Build          *build,
              FareSessionRow *row)
{
  FareSessionList *self = build->list;
  GPtrArray *family = g_hash_table_lookup (build->families, row->key);
  g_autoptr(GPtrArray) lines = g_ptr_array_new ();
  g_autofree char *key = g_strconcat ("session\n", row->key, NULL);
  FareSessionFigures figures;
  FareSessionItem *item;
  gboolean is_found = matches (self, row);

  for (guint i = 0; family != NULL && !is_found && i < family->len; i++)
    is_found = matches (self, g_ptr_array_index (family, i));

  if (!is_found)
    return NULL;

  item = take_item (build, FARE_SESSION_ITEM_SESSION, key, family != NULL);
  describe_row (self, row, &figures);

  for (guint i = 0; family != NULL && i < family->len; i++)
    {
      FareSessionRow *helper = g_ptr_array_index (family, i);
      g_autofree char *helper_key = g_strconcat ("helper\n", helper->key, NULL);
      FareSessionItem *line = take_item (build, FARE_SESSION_ITEM_HELPER, helper_key, FALSE);
      FareSessionFigures part;

      describe_row (self, helper, &part);
      fare_session_item_take (line, &part);
      g_ptr_array_add (lines, line);
      fare_session_sums_add (&figures.sums, &helper->sums);
      add_time (self, helper, &figures.active_ms);
      figures.n_helpers++;

      if (helper->last_ms > figures.last_ms)
        {
          figures.last_ms = helper->last_ms;
          figures.last_day = helper->last_day;
        }
    }

  self->total.n_sessions += 1 + figures.n_helpers;
  fare_session_sums_add (&self->total.sums, &figures.sums);
  fare_session_item_take (item, &figures);

  if (family != NULL)
    fill_children (self, item, lines);

  return item;
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_free (group->key);
  g_ptr_array_unref (group->lines);
  g_free (group);
}

static void
add_to_group (FareSessionList *self,
              GHashTable      *groups,
              FareSessionItem *item)
{
  const FareSessionFigures *figures = fare_session_item_get_figures (item);
  g_autofree char *key = fare_session_order_name (&self->order, figures);
  Group *group = g_hash_table_lookup (groups, key);

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->key = g_strdup (key);
      group->lines = g_ptr_array_new ();
      fare_session_order_title (&self->order, figures, &group->figures);
      g_hash_table_insert (groups, group->key, group);
    }

  g_ptr_array_add (group->lines, item);
  fare_session_sums_add (&group->figures.sums, &figures->sums);
  group->figures.n_sessions += 1 + figures->n_helpers;
  group->figures.active_ms = figures->active_ms < 0 ? -1
                             : group->figures.active_ms + figures->active_ms;
  group->figures.last_ms = MAX (group->figures.last_ms, figures->last_ms);
  group->figures.last_day = MAX (group->figures.last_day, figures->last_day);
}

/* Puts the lines into groups, and the groups into @lines. */
static void
make_groups (Build     *build,
             GPtrArray *lines)
{
  g_autoptr(GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_free);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < lines->len; i++)
    add_to_group (build->list, groups, g_ptr_array_index (lines, i));

  g_ptr_array_set_size (lines, 0);
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Group *group = value;
      FareSessionItem *item = take_item (build, FARE_SESSION_ITEM_GROUP, group->key, TRUE);

      fare_session_item_take (item, &group->figures);
      fill_children (build->list, item, group->lines);
      g_ptr_array_add (lines, item);
    }
}

static void
open_children (GtkTreeListRow *row,
               GListModel     *children)
{
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr(FareSessionItem) child = g_list_model_get_item (children, i);
      g_autoptr(GtkTreeListRow) child_row = NULL;

      if (!fare_session_item_get_expanded (child) || fare_session_item_get_children (child) == NULL)
        continue;

      child_row = gtk_tree_list_row_get_child_row (row, i);
      gtk_tree_list_row_set_expanded (child_row, TRUE);
    }
}

/* A line that was moved is closed.  @lines are those of the store from @position on. */
static void
open_again (FareSessionList *self,
            gpointer        *lines,
            guint            position,
            guint            n_lines)
{
  for (guint i = 0; i < n_lines; i++)
    {
      GListModel *children;
      g_autoptr(GtkTreeListRow) row = NULL;

      if (!fare_session_item_get_expanded (lines[i]))
        continue;

      children = G_LIST_MODEL (fare_session_item_get_children (lines[i]));
      if (children == NULL)
        continue;

      row = gtk_tree_list_model_get_child_row (self->model, position + i);
      gtk_tree_list_row_set_expanded (row, TRUE);
      open_children (row, children);
    }
}

static void
hide_reviews (Build *build)
{
  FareSessionList *self = build->list;

  self->total = (FareSessionTotal) { 0 };

  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    {
      FareSessionRow *row = g_ptr_array_index (self->rows, i);

      if (!row->is_review || self->shows_reviews)
        {
          g_ptr_array_add (build->visible, row);
          continue;
        }

      self->total.n_hidden++;
      fare_session_sums_add (&self->total.hidden, &row->sums);
    }
}

/* Puts the next new lines between those that are there already, so many at most.
 *
 * Returns: whether all lines are in the store */
static gboolean
add_lines (FareSessionList *self,
           guint            n_most)
{
  GListModel *model = G_LIST_MODEL (self->store);

  for (; self->n_filled < self->lines->len; self->n_filled++)
    {
      gpointer *lines = self->lines->pdata + self->n_filled;
      g_autoptr(GObject) next = g_list_model_get_item (model, self->n_filled);
      guint n_new = 0;

      if (lines[0] == (gpointer) next)
        continue;
      if (n_most == 0)
        return FALSE;

      while (n_new < n_most && self->n_filled + n_new < self->lines->len
             && lines[n_new] != (gpointer) next)
        n_new++;

      g_list_store_splice (self->store, self->n_filled, 0, lines, n_new);
      open_again (self, lines, self->n_filled, n_new);
      n_most -= n_new;
      self->n_filled += n_new - 1;
    }

  return TRUE;
}

/* What lies further down than widgets go costs none. */
static gboolean
fill_cb (gpointer user_data)
{
  FareSessionList *self = user_data;
  gint64 end = g_get_monotonic_time () + TURN_US;

  do
    if (add_lines (self, self->n_filled < N_WIDGETS ? STEP : MANY))
      {
        self->fill_id = 0;
        return G_SOURCE_REMOVE;
      }
  while (g_get_monotonic_time () < end);

  return G_SOURCE_CONTINUE;
}

static gboolean
are_same (GPtrArray *a,
          GPtrArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0);
}

/* What is in the store, which holds it. */
static GPtrArray *
list_store (FareSessionList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  GPtrArray *lines = g_ptr_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(FareSessionItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      g_ptr_array_add (lines, item);
    }

  return lines;
}

/* Takes out what is no longer wanted, and puts what stays into its new order.
 *
 * Returns: (transfer container): what is in the store then */
static GPtrArray *
keep_known (FareSessionList *self)
{
  g_autoptr(GPtrArray) before = list_store (self);
  g_autoptr(GPtrArray) known = NULL;
  g_autoptr(GHashTable) places = NULL;

  if (are_same (before, self->lines))
    return g_steal_pointer (&before);

  places = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < before->len; i++)
    g_hash_table_add (places, before->pdata[i]);

  known = g_ptr_array_new ();
  for (guint i = 0; i < self->lines->len; i++)
    if (g_hash_table_contains (places, self->lines->pdata[i]))
      g_ptr_array_add (known, self->lines->pdata[i]);

  if (!are_same (before, known))
    fare_session_merge (self->store, known, find_pinned (self, NULL));

  return g_steal_pointer (&known);
}

/* Takes over the lines of the top level.  New lines mean new widgets, a screenful of which is made at a
 * time: the first frame has what fits into a window, the rest comes while nobody waits for it.  Lines
 * that are there already stay. */
static void
show_lines (FareSessionList *self,
            GPtrArray       *lines)
{
  g_autoptr(GPtrArray) known = NULL;

  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  self->lines = g_ptr_array_ref (lines);

  known = keep_known (self);
  open_again (self, known->pdata, 0, known->len);

  self->n_filled = 0;
  if (known->len < lines->len && !add_lines (self, FIRST))
    self->fill_id = g_idle_add (fill_cb, self);
}

static void
update (FareSessionList *self)
{
  g_autoptr(GHashTable) items =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr(GPtrArray) visible = g_ptr_array_new ();
  g_autoptr(GHashTable) families =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr(GHashTable) below = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) lines = g_ptr_array_new ();
  Build build = { self, items, visible, families, below };

  hide_reviews (&build);
  find_families (&build);

  for (guint i = 0; i < visible->len; i++)
    {
      FareSessionRow *row = g_ptr_array_index (visible, i);
      FareSessionItem *item = g_hash_table_contains (below, row) ? NULL : make_session (&build, row);

      if (item != NULL)
        g_ptr_array_add (lines, item);
    }

  if (self->order.group != FARE_SESSION_GROUP_NONE)
    make_groups (&build, lines);

  for (guint i = 0; i < lines->len; i++)
    fare_session_item_set_above (lines->pdata[i], NULL);

  fare_session_order_sort (&self->order, lines);
  if (self->opens_first && lines->len > 0)
    {
      fare_session_item_set_expanded (lines->pdata[0], TRUE);
      self->opens_first = FALSE;
    }

  show_lines (self, lines);

  /* Without anything to show, what was opened is remembered until there is. */
  if (self->rows != NULL)
    {
      g_hash_table_unref (self->items);
      self->items = g_steal_pointer (&items);
    }

  g_signal_emit_by_name (self, "changed");
}

FareSessionList *
fare_session_list_new (void)
{
  return g_object_new (FARE_TYPE_SESSION_LIST, NULL);
}

GtkTreeListModel *
fare_session_list_get_model (FareSessionList *self)
{
  g_return_val_if_fail (FARE_IS_SESSION_LIST (self), NULL);

  return self->model;
}

void
fare_session_list_show (FareSessionList       *self,
                        const FareSessionData *data)
{
  g_return_if_fail (FARE_IS_SESSION_LIST (self));

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  if (data != NULL)
    {
      self->rows = g_ptr_array_ref (data->rows);
      self->order.today = data->today;
    }

  update (self);
}

void
fare_session_list_set_times (FareSessionList *self,
                             GHashTable      *times)
{
  g_return_if_fail (FARE_IS_SESSION_LIST (self));

  if (self->times == times)
    return;

  g_clear_pointer (&self->times, g_hash_table_unref);
  self->times = times != NULL ? g_hash_table_ref (times) : NULL;
  update (self);
}

void
fare_session_list_set_search (FareSessionList *self,
                              const char      *text)
{
  g_autofree char *folded = fare_session_fold (text);

  g_return_if_fail (FARE_IS_SESSION_LIST (self));

  g_strfreev (self->words);
  self->words = g_strsplit_set (g_strstrip (folded), " \t", -1);
  update (self);
}

void
fare_session_list_set_reviews (FareSessionList *self,
                               gboolean         are_shown)
{
  g_return_if_fail (FARE_IS_SESSION_LIST (self));

  if (self->shows_reviews == are_shown)
    return;

  self->shows_reviews = are_shown;
  update (self);
}

void
fare_session_list_set_group (FareSessionList  *self,
                             FareSessionGroup  group)
{
  g_return_if_fail (FARE_IS_SESSION_LIST (self));

  if (self->order.group == group)
    return;

  self->order.group = group;
  self->opens_first = group != FARE_SESSION_GROUP_NONE;
  update (self);
}

void
fare_session_list_set_sort (FareSessionList   *self,
                            FareSessionColumn  column,
                            gboolean           is_descending)
{
  g_return_if_fail (FARE_IS_SESSION_LIST (self));

  if (self->order.column == column && self->order.is_descending == is_descending)
    return;

  self->order.column = column;
  self->order.is_descending = is_descending;
  update (self);
}

void
fare_session_list_pin (FareSessionList *self,
                       FareSessionItem *item)
{
  g_return_if_fail (FARE_IS_SESSION_LIST (self));

  g_set_object (&self->pinned, item);
}

const FareSessionTotal *
fare_session_list_get_total (FareSessionList *self)
{
  g_return_val_if_fail (FARE_IS_SESSION_LIST (self), NULL);

  return &self->total;
}

void
fare_session_list_touch (FareSessionList *self)
{
  GHashTableIter iter;
  gpointer item;

  g_return_if_fail (FARE_IS_SESSION_LIST (self));

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_signal_emit_by_name (item, "changed");
}

FareSessionItem *
fare_session_list_find (FareSessionList *self,
                        const char      *session_key)
{
  g_autofree char *key = g_strconcat ("session\n", session_key, NULL);
  g_autofree char *helper_key = g_strconcat ("helper\n", session_key, NULL);
  FareSessionItem *item = g_hash_table_lookup (self->items, key);

  return item != NULL ? item : g_hash_table_lookup (self->items, helper_key);
}
