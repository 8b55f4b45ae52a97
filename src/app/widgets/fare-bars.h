/* fare-bars.h
 *
 * What a bar chart shows, and where: bars side by side, each stacked from one value of every
 * series.  No widget.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One bar, in words. */
typedef struct
{
  char     *label;         /* below the axis, short: "4 Mar" */
  char     *sentence;      /* all there is to say: "4 Mar 2026: $12.40\nClaude Code $10.10" */
  char     *target;        /* (nullable): what FareBarChart::opened names */
  gboolean  is_incomplete; /* hatched: it may still grow */
  gboolean  is_marked;     /* a dot in the place of a bar without height: there was something */
} FareBar;

typedef struct _FareBars FareBars;

/**
 * fare_bars_new:
 * @slots: colour of each series, FARE_PALETTE_…, from the bottom up
 *
 * Returns: (transfer full): bars without any
 */
FareBars      *fare_bars_new          (const guint  *slots,
                                       guint         n_slots) G_GNUC_WARN_UNUSED_RESULT;
void           fare_bars_free         (FareBars     *self);

/**
 * fare_bars_add:
 * @bar: (transfer full): its texts
 * @values: one for each series, 0 or greater
 */
void           fare_bars_add          (FareBars     *self,
                                       FareBar       bar,
                                       const double *values);

guint          fare_bars_get_length   (FareBars     *self);
guint          fare_bars_get_n_series (FareBars     *self);

/* The texts of bar @i, which there is. */
const FareBar *fare_bars_get          (FareBars     *self,
                                       guint         i);

guint          fare_bars_get_slot     (FareBars     *self,
                                       guint         series);
double         fare_bars_get_value    (FareBars     *self,
                                       guint         bar,
                                       guint         series);

/**
 * fare_bars_get_greatest:
 *
 * Returns: how high the highest bar is, all its series together; 0 without any
 */
double         fare_bars_get_greatest (FareBars     *self);

/**
 * fare_bars_set_unit:
 * @unit: the least that labels of the axis tell apart; 0, as in the beginning, for anything
 */
void           fare_bars_set_unit     (FareBars     *self,
                                       double        unit);
double         fare_bars_get_unit     (FareBars     *self);

/**
 * fare_bars_find:
 *
 * Returns: which bar has this label, or G_MAXUINT
 */
guint          fare_bars_find         (FareBars     *self,
                                       const char   *label);

/* Whether they look and read the same. */
gboolean       fare_bars_equal        (FareBars     *a,
                                       FareBars     *b);

/* Where bars stand, in pixels: each has a place as wide as the others'. */
typedef struct
{
  double left, right;  /* of all places */
  double pitch;        /* from one place to the next */
  double thickness;    /* of a bar in the middle of its place */
  guint  n_bars;
} FareBarPlaces;

/* Divides the width from @left to @right, which may be none. */
void           fare_bar_places_init        (FareBarPlaces       *self,
                                            double               left,
                                            double               right,
                                            guint                n_bars);

/* The middle of a bar. */
double         fare_bar_places_get_middle  (const FareBarPlaces *self,
                                            guint                bar);

/**
 * fare_bar_places_find:
 *
 * Returns: whose place @x is in, or G_MAXUINT
 */
guint          fare_bar_places_find        (const FareBarPlaces *self,
                                            double               x);

/**
 * fare_bar_places_has_label:
 * @width: of the widest label, in pixels
 *
 * Says which bars have their labels below them: as many as fit, evenly spaced and ending with the
 * last bar, which is now.
 */
gboolean       fare_bar_places_has_label   (const FareBarPlaces *self,
                                            guint                bar,
                                            double               width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareBars, fare_bars_free)

G_END_DECLS
