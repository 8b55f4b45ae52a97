/* fare-filter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-filter.h"

struct _FareFilter
{
  GObject    parent_instance;

  GPtrArray *values[FARE_FILTER_N_KINDS]; /* char *, NULL-terminated */
};

G_DEFINE_FINAL_TYPE (FareFilter, fare_filter, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
fare_filter_values_clear (FareFilterValues *self)
{
  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    g_clear_pointer (&self->values[i], g_strfreev);
}

void
fare_filter_values_narrow (const FareFilterValues *self,
                           FareQuery              *query)
{
  query->clients = self->values[FARE_FILTER_CLIENT];
  query->models = self->values[FARE_FILTER_MODEL];
  query->projects = self->values[FARE_FILTER_PROJECT];
  query->machines = self->values[FARE_FILTER_MACHINE];
}

static GPtrArray *
new_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (list, NULL);

  return list;
}

static gboolean
find (FareFilter     *self,
      FareFilterKind  kind,
      const char     *value,
      guint          *place)
{
  for (guint i = 0; i + 1 < self->values[kind]->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (self->values[kind], i), value))
        {
          *place = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
empty (FareFilter *self)
{
  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    {
      g_ptr_array_unref (self->values[i]);
      self->values[i] = new_list ();
    }
}

static void
fare_filter_finalize (GObject *object)
{
  FareFilter *self = FARE_FILTER (object);

  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    g_ptr_array_unref (self->values[i]);

  G_OBJECT_CLASS (fare_filter_parent_class)->finalize (object);
}

static void
fare_filter_class_init (FareFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_filter_finalize;

  /**
   * FareFilter::changed:
   *
   * Something else is let through than before.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_filter_init (FareFilter *self)
{
  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    self->values[i] = new_list ();
}

FareFilter *
fare_filter_new (void)
{
  return g_object_new (FARE_TYPE_FILTER, NULL);
}

gboolean
fare_filter_is_empty (FareFilter *self)
{
  g_return_val_if_fail (FARE_IS_FILTER (self), TRUE);

  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    {
      if (self->values[i]->len > 1)
        return FALSE;
    }

  return TRUE;
}

gboolean
fare_filter_has (FareFilter     *self,
                 FareFilterKind  kind,
                 const char     *value)
{
  guint place;

  g_return_val_if_fail (FARE_IS_FILTER (self), FALSE);
  g_return_val_if_fail (kind < FARE_FILTER_N_KINDS && value != NULL, FALSE);

  return find (self, kind, value, &place);
}

const char * const *
fare_filter_get (FareFilter     *self,
                 FareFilterKind  kind)
{
  g_return_val_if_fail (FARE_IS_FILTER (self), NULL);
  g_return_val_if_fail (kind < FARE_FILTER_N_KINDS, NULL);

  return self->values[kind]->len > 1 ? (const char * const *) self->values[kind]->pdata : NULL;
}

void
fare_filter_set (FareFilter     *self,
                 FareFilterKind  kind,
                 const char     *value,
                 gboolean        is_wanted)
{
  guint place = 0;
  gboolean is_there;

  g_return_if_fail (FARE_IS_FILTER (self));
  g_return_if_fail (kind < FARE_FILTER_N_KINDS && value != NULL);

  is_there = find (self, kind, value, &place);
  if (is_there == !!is_wanted)
    return;

  if (is_there)
    g_ptr_array_remove_index (self->values[kind], place);
  else
    g_ptr_array_insert (self->values[kind], (int) self->values[kind]->len - 1, g_strdup (value));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
fare_filter_set_only (FareFilter     *self,
                      FareFilterKind  kind,
                      const char     *value)
{
  guint n_values = 0;

  g_return_if_fail (FARE_IS_FILTER (self));
  g_return_if_fail (kind < FARE_FILTER_N_KINDS && value != NULL);

  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    n_values += self->values[i]->len - 1;

  if (n_values == 1 && fare_filter_has (self, kind, value))
    return;

  empty (self);
  g_ptr_array_insert (self->values[kind], 0, g_strdup (value));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
fare_filter_clear (FareFilter *self)
{
  g_return_if_fail (FARE_IS_FILTER (self));

  if (fare_filter_is_empty (self))
    return;

  empty (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
fare_filter_copy (FareFilter       *self,
                  FareFilterValues *values)
{
  g_return_if_fail (FARE_IS_FILTER (self));
  g_return_if_fail (values != NULL);

  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    values->values[i] = g_strdupv ((GStrv) fare_filter_get (self, i));
}
