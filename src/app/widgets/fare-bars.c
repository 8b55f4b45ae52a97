/* fare-bars.c
 *
 * What a bar chart shows, and where.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <math.h>

#include "widgets/fare-bars.h"

#define MAX_THICKNESS 48    /* pixels; a chart of three bars is no wall */
#define LABEL_SPACE   12.0  /* pixels between two labels */

struct _FareBars
{
  GArray *bars;    /* FareBar */
  GArray *values;  /* double, of all series of the first bar, then of the second, … */
  GArray *slots;   /* guint */
  double  unit;    /* see fare_bars_set_unit() */
};

static void
bar_clear (gpointer data)
{
  FareBar *bar = data;

  g_clear_pointer (&bar->label, g_free);
  g_clear_pointer (&bar->sentence, g_free);
  g_clear_pointer (&bar->target, g_free);
}

FareBars *
fare_bars_new (const guint *slots,
               guint        n_slots)
{
  FareBars *self = g_new0 (FareBars, 1);

  self->bars = g_array_new (FALSE, TRUE, sizeof (FareBar));
  g_array_set_clear_func (self->bars, bar_clear);
  self->values = g_array_new (FALSE, TRUE, sizeof (double));
  self->slots = g_array_new (FALSE, TRUE, sizeof (guint));
  if (n_slots > 0)
    g_array_append_vals (self->slots, slots, n_slots);

  return self;
}

void
fare_bars_free (FareBars *self)
{
  g_array_unref (self->bars);
  g_array_unref (self->values);
  g_array_unref (self->slots);
  g_free (self);
}

void
fare_bars_add (FareBars     *self,
               FareBar       bar,
               const double *values)
{
  g_return_if_fail (self != NULL);

  g_array_append_val (self->bars, bar);
  if (self->slots->len > 0)
    g_array_append_vals (self->values, values, self->slots->len);
}

guint
fare_bars_get_length (FareBars *self)
{
  return self->bars->len;
}

guint
fare_bars_get_n_series (FareBars *self)
{
  return self->slots->len;
}

const FareBar *
fare_bars_get (FareBars *self,
               guint     i)
{
  return &g_array_index (self->bars, FareBar, i);
}

guint
fare_bars_get_slot (FareBars *self,
                    guint     series)
{
  return g_array_index (self->slots, guint, series);
}

double
fare_bars_get_value (FareBars *self,
                     guint     bar,
                     guint     series)
{
  return g_array_index (self->values, double, bar * self->slots->len + series);
}

double
fare_bars_get_greatest (FareBars *self)
{
  double greatest = 0.0;

  for (guint i = 0; i < self->bars->len; i++)
    {
      double height = 0.0;

      for (guint series = 0; series < self->slots->len; series++)
        height += fare_bars_get_value (self, i, series);

      greatest = MAX (greatest, height);
    }

  return greatest;
}

void
fare_bars_set_unit (FareBars *self,
                    double    unit)
{
  self->unit = unit;
}

double
fare_bars_get_unit (FareBars *self)
{
  return self->unit;
}

guint
fare_bars_find (FareBars   *self,
                const char *label)
{
  for (guint i = 0; i < self->bars->len; i++)
    {
      if (g_str_equal (fare_bars_get (self, i)->label, label))
        return i;
    }

  return G_MAXUINT;
}

gboolean
fare_bars_equal (FareBars *a,
                 FareBars *b)
{
  if (a->bars->len != b->bars->len || a->slots->len != b->slots->len ||
      a->unit != b->unit)
    return FALSE;

  for (guint i = 0; i < a->slots->len; i++)
    {
      if (g_array_index (a->slots, guint, i) != g_array_index (b->slots, guint, i))
        return FALSE;
    }

  for (guint i = 0; i < a->bars->len; i++)
    {
      if (!g_str_equal (fare_bars_get (a, i)->sentence, fare_bars_get (b, i)->sentence) ||
          !g_str_equal (fare_bars_get (a, i)->label, fare_bars_get (b, i)->label) ||
          fare_bars_get (a, i)->is_incomplete != fare_bars_get (b, i)->is_incomplete ||
          fare_bars_get (a, i)->is_marked != fare_bars_get (b, i)->is_marked)
        return FALSE;
    }

  for (guint i = 0; i < a->values->len; i++)
    {
      if (g_array_index (a->values, double, i) != g_array_index (b->values, double, i))
        return FALSE;
    }

  return TRUE;
}

void
fare_bar_places_init (FareBarPlaces *self,
                      double         left,
                      double         right,
                      guint          n_bars)
{
  self->left = left;
  self->right = right;
  self->n_bars = n_bars;
  self->pitch = MAX (right - left, 0.0) / MAX (n_bars, 1);
  self->thickness = CLAMP (floor (self->pitch * 0.72), 1.0, MAX_THICKNESS);
}

double
fare_bar_places_get_middle (const FareBarPlaces *self,
                            guint                bar)
{
  return self->left + (bar + 0.5) * self->pitch;
}

guint
fare_bar_places_find (const FareBarPlaces *self,
                      double               x)
{
  if (self->n_bars == 0 || self->pitch <= 0.0 || x < self->left || x >= self->right)
    return G_MAXUINT;

  return MIN ((guint) ((x - self->left) / self->pitch), self->n_bars - 1);
}

gboolean
fare_bar_places_has_label (const FareBarPlaces *self,
                           guint                bar,
                           double               width)
{
  guint every = MAX ((guint) ceil ((width + LABEL_SPACE) / MAX (self->pitch, 0.1)), 1);

  return (self->n_bars - 1 - bar) % every == 0;
}
