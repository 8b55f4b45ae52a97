/* fare-gradual-list.c
 *
 * Lines that are held back are kept as stretches of the whole list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <gtk/gtk.h>
#include <string.h>

#include "models/fare-gradual-list.h"

/* What fits into a usual window comes at once; then few enough that their widgets and the frame
 * which lays them out take no longer than a frame may. */
#define FIRST_LINES 16
#define MORE_LINES 2
#define TURN_US 4000
#define MANY_LINES 2048

/* GTK makes widgets for at most 200 lines around those that are seen. */
#define ENOUGH_LINES 208

typedef struct
{
  guint start;   /* in the whole list */
  guint n_lines;
} Stretch;

struct _FareGradualList
{
  GObject     parent_instance;

  GListModel *model;
  GPtrArray  *lines;   /* those that are here, %NULL while nobody has asked for it */
  GArray     *held;    /* of Stretch: those that are not, ascending */
  guint       n_fresh; /* that came since the main loop was idle */
  guint       n_grown; /* that were held back and came, since none was held back */
  guint       idle_id;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FareGradualList, fare_gradual_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
fare_gradual_list_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (FARE_GRADUAL_LIST (list)->model);
}

static guint
fare_gradual_list_get_n_items (GListModel *list)
{
  return FARE_GRADUAL_LIST (list)->lines->len;
}

/* Where in the whole list a line is that is here. */
static guint
find_place (FareGradualList *self,
            guint            position)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      const Stretch *one = &g_array_index (self->held, Stretch, i);

      if (one->start > position)
        break;

      position += one->n_lines;
    }

  return position;
}

static gpointer
fare_gradual_list_get_item (GListModel *list,
                            guint       position)
{
  FareGradualList *self = FARE_GRADUAL_LIST (list);

  if (position >= self->lines->len)
    return NULL;

  if (g_ptr_array_index (self->lines, position) == NULL)
    g_ptr_array_index (self->lines, position) =
      g_list_model_get_item (self->model, find_place (self, position));

  return g_object_ref (g_ptr_array_index (self->lines, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = fare_gradual_list_get_item_type;
  iface->get_n_items = fare_gradual_list_get_n_items;
  iface->get_item = fare_gradual_list_get_item;
}

static void
hold_back (GArray *held,
           guint   start,
           guint   end)
{
  Stretch *last = held->len > 0 ? &g_array_index (held, Stretch, held->len - 1) : NULL;
  Stretch one = { start, end - start };

  if (start >= end)
    return;

  if (last != NULL && last->start + last->n_lines == start)
    last->n_lines += one.n_lines;
  else
    g_array_append_val (held, one);
}

/* How many lines before @position are held back. */
static guint
count_held (FareGradualList *self,
            guint            position)
{
  guint n = 0;

  for (guint i = 0; i < self->held->len; i++)
    {
      const Stretch *one = &g_array_index (self->held, Stretch, i);

      if (one->start >= position)
        break;

      n += MIN (one->n_lines, position - one->start);
    }

  return n;
}

static void
unref_line (gpointer line)
{
  if (line != NULL)
    g_object_unref (line);
}

/* A tree makes its lines when somebody asks for them, and never has one again that it gave away. */
static GPtrArray *
fetch (FareGradualList *self,
       guint            start,
       guint            n_lines)
{
  GPtrArray *fresh;

  if (GTK_IS_TREE_LIST_MODEL (self->model))
    return NULL;

  fresh = g_ptr_array_new_with_free_func (unref_line);
  for (guint i = 0; i < n_lines; i++)
    g_ptr_array_add (fresh, g_list_model_get_item (self->model, start + i));

  return fresh;
}

/* Puts @n_new lines in the place of @n_old: those of @fresh, or such as nobody has asked for. */
static void
replace (FareGradualList *self,
         guint            place,
         guint            n_old,
         guint            n_new,
         GPtrArray       *fresh)
{
  guint n_after = self->lines->len - place - n_old;
  gpointer *lines;

  for (guint i = 0; i < n_old; i++)
    g_clear_object (&g_ptr_array_index (self->lines, place + i));

  /* The places at the end are empty when the list gets longer, and are emptied when it gets shorter. */
  if (n_new > n_old)
    g_ptr_array_set_size (self->lines, (int) (place + n_new + n_after));

  lines = self->lines->pdata + place;
  if (n_new != n_old)
    memmove (lines + n_new, lines + n_old, n_after * sizeof (gpointer));

  for (guint i = 0; i < n_new; i++)
    lines[i] = fresh != NULL ? g_steal_pointer (&g_ptr_array_index (fresh, i)) : NULL;

  if (n_new < n_old)
    {
      memset (lines + n_new + n_after, 0, (n_old - n_new) * sizeof (gpointer));
      g_ptr_array_set_size (self->lines, (int) (place + n_new + n_after));
    }

  if (n_old > 0 || n_new > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), place, n_old, n_new);
}

/* Lets so many lines of the first stretch come. */
static void
let_come (FareGradualList *self,
          guint            n_lines)
{
  Stretch *first = &g_array_index (self->held, Stretch, 0);
  guint start = first->start;
  g_autoptr(GPtrArray) fresh = NULL;

  n_lines = MIN (n_lines, first->n_lines);
  fresh = fetch (self, start, n_lines);
  first->start += n_lines;
  first->n_lines -= n_lines;
  if (first->n_lines == 0)
    g_array_remove_index (self->held, 0);

  replace (self, start, 0, n_lines, fresh);
}

/* What lies further down than widgets go costs none. */
static gboolean
grow_cb (gpointer user_data)
{
  FareGradualList *self = user_data;
  gint64 end = g_get_monotonic_time () + TURN_US;

  self->n_fresh = 0;

  while (self->held->len > 0 && g_get_monotonic_time () < end)
    {
      let_come (self, self->n_grown < ENOUGH_LINES ? MORE_LINES : MANY_LINES);
      self->n_grown += MORE_LINES;
    }

  if (self->held->len > 0)
    return G_SOURCE_CONTINUE;

  self->n_grown = 0;
  self->idle_id = 0;

  return G_SOURCE_REMOVE;
}

/* Those that were here before stay, because somebody may hold on to them. */
static GPtrArray *
choose (FareGradualList *self,
        guint            position,
        guint            n_added,
        guint            place,
        guint            n_old)
{
  GPtrArray *fresh = g_ptr_array_new_with_free_func (unref_line);
  g_autoptr(GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_old; i++)
    if (g_ptr_array_index (self->lines, place + i) != NULL)
      g_hash_table_add (known, g_ptr_array_index (self->lines, place + i));

  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr(GObject) line = g_list_model_get_item (self->model, position + i);
      gboolean is_known = g_hash_table_contains (known, line);

      if (!is_known && self->n_fresh >= FIRST_LINES)
        {
          hold_back (self->held, position + i, position + i + 1);
          continue;
        }

      self->n_fresh += !is_known;
      g_ptr_array_add (fresh, g_steal_pointer (&line));
    }

  return fresh;
}

static void
items_changed_cb (FareGradualList *self,
                  guint            position,
                  guint            n_removed,
                  guint            n_added,
                  GListModel      *model)
{
  guint end = position + n_removed;
  guint place = position - count_held (self, position);
  guint n_old = end - count_held (self, end) - place;
  g_autoptr(GArray) before = self->held;
  g_autoptr(GPtrArray) fresh = NULL;
  guint n_new;
  guint i = 0;

  self->held = g_array_new (FALSE, FALSE, sizeof (Stretch));

  for (; i < before->len && g_array_index (before, Stretch, i).start < position; i++)
    {
      const Stretch *one = &g_array_index (before, Stretch, i);

      hold_back (self->held, one->start, MIN (one->start + one->n_lines, position));
      if (one->start + one->n_lines > position)
        break;
    }

  if (n_old > 0)
    {
      fresh = choose (self, position, n_added, place, n_old);
      n_new = fresh->len;
    }
  else
    {
      n_new = MIN (n_added, FIRST_LINES - MIN (self->n_fresh, FIRST_LINES));
      self->n_fresh += n_new;
      fresh = fetch (self, position, n_new);
      hold_back (self->held, position + n_new, position + n_added);
    }

  for (; i < before->len; i++)
    {
      const Stretch *one = &g_array_index (before, Stretch, i);
      guint start = MAX (one->start, end);
      guint stop = MAX (one->start + one->n_lines, start);

      hold_back (self->held, start + n_added - n_removed, stop + n_added - n_removed);
    }

  if (self->idle_id == 0 && (self->n_fresh > 0 || self->held->len > 0))
    {
      self->idle_id = g_idle_add (grow_cb, self);
      g_source_set_name_by_id (self->idle_id, "fare-gradual-list");
    }

  replace (self, place, n_old, n_new, fresh);
}

static void
fare_gradual_list_dispose (GObject *object)
{
  FareGradualList *self = FARE_GRADUAL_LIST (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (fare_gradual_list_parent_class)->dispose (object);
}

static void
fare_gradual_list_finalize (GObject *object)
{
  FareGradualList *self = FARE_GRADUAL_LIST (object);

  g_ptr_array_unref (self->lines);
  g_array_unref (self->held);

  G_OBJECT_CLASS (fare_gradual_list_parent_class)->finalize (object);
}

static void
fare_gradual_list_class_init (FareGradualListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_gradual_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = fare_gradual_list_finalize;
}

static void
fare_gradual_list_init (FareGradualList *self)
{
  self->lines = g_ptr_array_new_with_free_func (unref_line);
  self->held = g_array_new (FALSE, FALSE, sizeof (Stretch));
}

FareGradualList *
fare_gradual_list_new (GListModel *model)
{
  FareGradualList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (FARE_TYPE_GRADUAL_LIST, NULL);
  self->model = g_object_ref (model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (model), model);

  return self;
}

void
fare_gradual_list_show_all (FareGradualList *self)
{
  g_return_if_fail (FARE_IS_GRADUAL_LIST (self));

  g_clear_handle_id (&self->idle_id, g_source_remove);
  self->n_fresh = 0;
  self->n_grown = 0;

  while (self->held->len > 0)
    let_come (self, G_MAXUINT);
}
