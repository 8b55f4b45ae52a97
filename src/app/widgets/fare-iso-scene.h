/* fare-iso-scene.h
 *
 * The 3D calendar as geometry: where each day's cube stands, which one is under a point, and how the
 * whole is drawn.  Pure: no widget, no clock, the same arguments give the same picture.
 *
 * Weeks and weekdays are the two axes of the floor, seen at 2:1.  Turning goes by quarters; cells
 * then change places, and everything else stays the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/fare-palette.h"

G_BEGIN_DECLS

typedef struct
{
  int    week;      /* 0 to n_weeks - 1 */
  int    weekday;   /* 0 to 6 */
  double share;     /* of the greatest value: 0 to 1 */
  guint  level;     /* shade */
  guint  is_used : 1;   /* there was use; without a value it has no price */
  guint  is_future : 1;
  guint  is_today : 1;
} FareIsoCube;

/* A name beside the floor. */
typedef struct
{
  gboolean is_weekday; /* else a month */
  int      at;         /* week or weekday */
  char    *text;
} FareIsoLabel;

typedef struct
{
  FareIsoCube  *cubes;   /* in the order of days */
  guint         n_cubes;
  int           n_weeks;
  FareIsoLabel *labels;
  guint         n_labels;
} FareIsoScene;

typedef struct
{
  GdkRGBA                     levels[FARE_PALETTE_N_LEVELS];
  GdkRGBA                     text;
  GdkRGBA                     accent;
  gboolean                    has_outline; /* high contrast */
  const PangoFontDescription *font;        /* of labels */
} FareIsoStyle;

/* Lengths in logical pixels. */
typedef struct
{
  double   half_width;   /* of a cell; half its depth on the screen is half of that */
  double   max_height;   /* of a cube above the plate */
  double   origin_x;     /* the rear corner of the floor */
  double   origin_y;
  int      rotation;     /* quarter turns, 0 to 3 */
  int      n_weeks;
  int      n_a;          /* cells along the axis that runs to the right and front */
  int      n_b;          /* cells along the axis that runs to the left and front */
  double   growth;       /* part of their height that cubes have reached: 0 to 1 */
  gboolean is_root;      /* heights by square roots */
} FareIsoLayout;

/* What the layout has to fit into. */
typedef struct
{
  double   width;
  double   height;
  double   label_width;  /* of the widest label */
  double   label_height;
  double   zoom;         /* 1: all of it fits */
  int      rotation;
  gboolean is_month;     /* fewer and larger cells */
  gboolean is_root;
} FareIsoSpace;

/* The smallest and greatest half width of a cell without zoom; a month's cells may be larger. */
#define FARE_ISO_MIN_HALF_WIDTH 5.0
#define FARE_ISO_MAX_HALF_WIDTH 16.0
#define FARE_ISO_MAX_MONTH_HALF_WIDTH 44.0

#define FARE_ISO_NONE G_MAXUINT

void     fare_iso_scene_clear       (FareIsoScene        *self);

/**
 * fare_iso_layout_init:
 *
 * Makes @scene fit into @space, centred.
 */
void     fare_iso_layout_init       (FareIsoLayout       *self,
                                     const FareIsoScene  *scene,
                                     const FareIsoSpace  *space);

/**
 * fare_iso_layout_get_min_size:
 *
 * Tells the size below which the scene does not shrink any more.
 */
void     fare_iso_layout_get_min_size (const FareIsoScene *scene,
                                     const FareIsoSpace  *space,
                                     int                 *width,
                                     int                 *height);

/**
 * fare_iso_layout_get_height:
 *
 * Returns: height of the cube as drawn, in pixels
 */
double   fare_iso_layout_get_height (const FareIsoLayout *self,
                                     const FareIsoCube   *cube);

/**
 * fare_iso_layout_get_top:
 * @x: (out): centre of the top face
 *
 * Where the top face of @cube is.
 */
void     fare_iso_layout_get_top    (const FareIsoLayout *self,
                                     const FareIsoCube   *cube,
                                     double              *x,
                                     double              *y);

/**
 * fare_iso_layout_get_bounds:
 *
 * The rectangle around all that is drawn of @cube.
 */
void     fare_iso_layout_get_bounds (const FareIsoLayout *self,
                                     const FareIsoCube   *cube,
                                     graphene_rect_t     *bounds);

/**
 * fare_iso_layout_get_order:
 *
 * Returns: the rank of @cube when drawing from back to front
 */
int      fare_iso_layout_get_order  (const FareIsoLayout *self,
                                     const FareIsoCube   *cube);

/**
 * fare_iso_layout_find:
 *
 * Returns: the index of the cube that is seen at a point, or %FARE_ISO_NONE
 */
guint    fare_iso_layout_find       (const FareIsoLayout *self,
                                     const FareIsoScene  *scene,
                                     double               x,
                                     double               y);

/**
 * fare_iso_scene_draw:
 *
 * Draws everything.
 */
void     fare_iso_scene_draw        (const FareIsoScene  *self,
                                     const FareIsoLayout *layout,
                                     const FareIsoStyle  *style,
                                     cairo_t             *cr);

/**
 * fare_iso_scene_draw_raised:
 *
 * Draws one cube over the scene: lighter, with an outline, all of it.
 */
void     fare_iso_scene_draw_raised (const FareIsoScene  *self,
                                     const FareIsoLayout *layout,
                                     const FareIsoStyle  *style,
                                     guint                index,
                                     cairo_t             *cr);

G_END_DECLS
