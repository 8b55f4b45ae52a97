/* fare-iso-scene.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <math.h>

#include "widgets/fare-font.h"
#include "widgets/fare-iso-scene.h"

#define FOOTPRINT 0.90      /* part of its cell that a cube covers */
#define PLATE 2.0           /* height of a day without use */
#define LEAST 4.0           /* and the least of one with use */
#define LEFT_SHADE 0.86
#define RIGHT_SHADE 0.70
#define EDGE_LIGHT 0.25
#define RAISED_LIGHT 0.06
#define YEAR_HEIGHT 120.0
#define MONTH_HEIGHT 160.0
#define MARGIN 20.0
#define SMALL_CELL 8.0
#define MIN_LINE 13.0        /* pixels */

void
fare_iso_scene_clear (FareIsoScene *self)
{
  for (guint i = 0; i < self->n_labels; i++)
    g_free (self->labels[i].text);

  g_clear_pointer (&self->labels, g_free);
  g_clear_pointer (&self->cubes, g_free);
  self->n_labels = 0;
  self->n_cubes = 0;
}

/* The cell's place after turning. */
static void
turn (const FareIsoLayout *self,
      int                  week,
      int                  weekday,
      int                 *a,
      int                 *b)
{
  switch (self->rotation)
    {
    case 1:
      *a = 6 - weekday;
      *b = week;
      break;
    case 2:
      *a = self->n_weeks - 1 - week;
      *b = 6 - weekday;
      break;
    case 3:
      *a = weekday;
      *b = self->n_weeks - 1 - week;
      break;
    case 0:
    default:
      *a = week;
      *b = weekday;
    }
}

static void
set_axes (FareIsoLayout      *self,
          const FareIsoScene *scene,
          const FareIsoSpace *space)
{
  gboolean is_across = space->rotation % 2 != 0;

  self->rotation = space->rotation;
  self->n_weeks = scene->n_weeks;
  self->n_a = is_across ? 7 : scene->n_weeks;
  self->n_b = is_across ? scene->n_weeks : 7;
  self->growth = 1.0;
  self->is_root = space->is_root;
}

/* Small cells get lower cubes, so that the picture keeps its proportions. */
static double
get_max_height (const FareIsoSpace *space,
                double              half_width)
{
  double full = space->is_month ? MONTH_HEIGHT : YEAR_HEIGHT;
  double cell = space->is_month ? 32.0 : FARE_ISO_MAX_HALF_WIDTH;

  return full * CLAMP (half_width / cell, 0.4, MAX (1.0, space->zoom));
}

/* The wanted half width for a space, before any zoom. */
static double
fit (const FareIsoLayout *self,
     const FareIsoSpace  *space,
     double               width,
     double               height)
{
  double n = self->n_a + self->n_b;
  double most = space->is_month ? FARE_ISO_MAX_MONTH_HALF_WIDTH : FARE_ISO_MAX_HALF_WIDTH;
  double cell = space->is_month ? 32.0 : FARE_ISO_MAX_HALF_WIDTH;
  double full = space->is_month ? MONTH_HEIGHT : YEAR_HEIGHT;
  double room = height - 2.0 * MARGIN / 2.0 - space->label_height - PLATE;
  double by_width = (width - 2.0 * MAX (MARGIN, space->label_width * 0.6)) / n;
  /* Depth and height of cubes both grow with the cell; the height not beyond its full value. */
  double by_height = room / (n / 2.0 + full / cell);

  if (by_height > cell)
    by_height = (room - full) / (n / 2.0);

  return CLAMP (MIN (by_width, by_height), FARE_ISO_MIN_HALF_WIDTH, most);
}

void
fare_iso_layout_init (FareIsoLayout      *self,
                      const FareIsoScene *scene,
                      const FareIsoSpace *space)
{
  double larger = MAX (1.0, space->zoom);
  double full = (space->is_month ? MONTH_HEIGHT : YEAR_HEIGHT) * larger;
  double width, height;

  set_axes (self, scene, space);
  self->half_width = fit (self, space, space->width / larger, space->height / larger) * space->zoom;
  self->max_height = get_max_height (space, self->half_width);

  width = (self->n_a + self->n_b) * self->half_width;
  /* Room that a high and narrow window leaves is for the cubes. */
  height = space->height - width / 2.0 - PLATE - space->label_height - MARGIN;
  self->max_height = CLAMP (height, MIN (self->max_height, full), full);
  height = width / 2.0 + self->max_height + PLATE + space->label_height;
  self->origin_x = (space->width - width) / 2.0 + self->n_b * self->half_width;
  self->origin_y = MAX (0.0, (space->height - height) / 2.0) + self->max_height + PLATE;
}

void
fare_iso_layout_get_min_size (const FareIsoScene *scene,
                              const FareIsoSpace *space,
                              int                *width,
                              int                *height)
{
  FareIsoLayout self;
  double floor_width;

  set_axes (&self, scene, space);
  floor_width = (self.n_a + self.n_b) * FARE_ISO_MIN_HALF_WIDTH;
  *width = (int) ceil (floor_width + 2.0 * MAX (MARGIN, space->label_width * 0.6));
  *height = (int) ceil (floor_width / 2.0 + get_max_height (space, FARE_ISO_MIN_HALF_WIDTH) +
                        PLATE + space->label_height + MARGIN);
}

double
fare_iso_layout_get_height (const FareIsoLayout *self,
                            const FareIsoCube   *cube)
{
  double share = self->is_root ? sqrt (cube->share) : cube->share;

  if (cube->is_future)
    return 0.0;

  if (cube->share <= 0.0)
    return cube->is_used ? LEAST : PLATE;

  return MAX (LEAST, PLATE + share * self->max_height * self->growth);
}

void
fare_iso_layout_get_top (const FareIsoLayout *self,
                         const FareIsoCube   *cube,
                         double              *x,
                         double              *y)
{
  int a, b;

  turn (self, cube->week, cube->weekday, &a, &b);
  *x = self->origin_x + (a - b) * self->half_width;
  *y = self->origin_y + (a + b + 1) * self->half_width / 2.0 -
       fare_iso_layout_get_height (self, cube);
}

void
fare_iso_layout_get_bounds (const FareIsoLayout *self,
                            const FareIsoCube   *cube,
                            graphene_rect_t     *bounds)
{
  double height = fare_iso_layout_get_height (self, cube);
  double half_width = self->half_width * FOOTPRINT;
  double x, y;

  fare_iso_layout_get_top (self, cube, &x, &y);
  graphene_rect_init (bounds, x - half_width - 2, y - half_width / 2 - 2,
                      2 * half_width + 4, half_width + height + 4);
}

int
fare_iso_layout_get_order (const FareIsoLayout *self,
                           const FareIsoCube   *cube)
{
  int a, b;

  turn (self, cube->week, cube->weekday, &a, &b);

  return a * self->n_b + b;
}

/* Inside the hexagon: between the left and right edges, below the rear edges of the top face and
 * above the front edges of the bottom. */
static gboolean
contains (const FareIsoLayout *self,
          const FareIsoCube   *cube,
          double               x,
          double               y)
{
  double half_width = self->half_width * FOOTPRINT;
  double half_depth = half_width / 2.0;
  double top_x, top_y, slope;

  fare_iso_layout_get_top (self, cube, &top_x, &top_y);
  if (fabs (x - top_x) > half_width)
    return FALSE;

  slope = half_depth * (1.0 - fabs (x - top_x) / half_width);

  return y >= top_y - slope && y <= top_y + fare_iso_layout_get_height (self, cube) + slope;
}

guint
fare_iso_layout_find (const FareIsoLayout *self,
                      const FareIsoScene  *scene,
                      double               x,
                      double               y)
{
  guint found = FARE_ISO_NONE;
  int front = -1;

  for (guint i = 0; i < scene->n_cubes; i++)
    {
      const FareIsoCube *cube = &scene->cubes[i];

      if (fare_iso_layout_get_order (self, cube) > front && contains (self, cube, x, y))
        {
          front = fare_iso_layout_get_order (self, cube);
          found = i;
        }
    }

  return found;
}

static void
set_shade (cairo_t       *cr,
           const GdkRGBA *color,
           double         factor,
           double         light)
{
  cairo_set_source_rgb (cr,
                        color->red * factor + (1.0 - color->red * factor) * light,
                        color->green * factor + (1.0 - color->green * factor) * light,
                        color->blue * factor + (1.0 - color->blue * factor) * light);
}

/* The corners of one cube. */
typedef struct
{
  double x;
  double y;           /* centre of the top face */
  double half_width;
  double half_depth;
  double height;
} Box;

static void
get_box (const FareIsoLayout *layout,
         const FareIsoCube   *cube,
         Box                 *box)
{
  box->half_width = layout->half_width * FOOTPRINT;
  box->half_depth = box->half_width / 2.0;
  box->height = fare_iso_layout_get_height (layout, cube);
  fare_iso_layout_get_top (layout, cube, &box->x, &box->y);
}

static void
path_top (cairo_t   *cr,
          const Box *box)
{
  cairo_move_to (cr, box->x, box->y - box->half_depth);
  cairo_line_to (cr, box->x + box->half_width, box->y);
  cairo_line_to (cr, box->x, box->y + box->half_depth);
  cairo_line_to (cr, box->x - box->half_width, box->y);
  cairo_close_path (cr);
}

/* @side: -1 left, 1 right */
static void
path_side (cairo_t   *cr,
           const Box *box,
           double     side)
{
  cairo_move_to (cr, box->x + side * box->half_width, box->y);
  cairo_line_to (cr, box->x, box->y + box->half_depth);
  cairo_line_to (cr, box->x, box->y + box->half_depth + box->height);
  cairo_line_to (cr, box->x + side * box->half_width, box->y + box->height);
  cairo_close_path (cr);
}

static void
path_front_edges (cairo_t   *cr,
                  const Box *box)
{
  cairo_move_to (cr, box->x - box->half_width, box->y);
  cairo_line_to (cr, box->x, box->y + box->half_depth);
  cairo_line_to (cr, box->x + box->half_width, box->y);
}

static void
path_silhouette (cairo_t   *cr,
                 const Box *box)
{
  cairo_move_to (cr, box->x, box->y - box->half_depth);
  cairo_line_to (cr, box->x + box->half_width, box->y);
  cairo_line_to (cr, box->x + box->half_width, box->y + box->height);
  cairo_line_to (cr, box->x, box->y + box->half_depth + box->height);
  cairo_line_to (cr, box->x - box->half_width, box->y + box->height);
  cairo_line_to (cr, box->x - box->half_width, box->y);
  cairo_close_path (cr);
}

static void
set_text_color (cairo_t            *cr,
                const FareIsoStyle *style,
                double              alpha)
{
  cairo_set_source_rgba (cr, style->text.red, style->text.green, style->text.blue,
                         style->has_outline ? 1.0 : alpha * style->text.alpha);
}

/* Use that has no value: without a price, for instance. */
static void
draw_mark (cairo_t            *cr,
           const Box          *box,
           const FareIsoStyle *style)
{
  cairo_save (cr);
  cairo_translate (cr, box->x, box->y);
  cairo_scale (cr, 1.0, 0.5);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, box->half_width * 0.28, 0, 2 * G_PI);
  cairo_restore (cr);
  set_text_color (cr, style, 0.8);
  cairo_fill (cr);
}

static void
draw_cube (cairo_t             *cr,
           const FareIsoLayout *layout,
           const FareIsoStyle  *style,
           const FareIsoCube   *cube,
           double               light)
{
  const GdkRGBA *color = &style->levels[MIN (cube->level, FARE_PALETTE_N_LEVELS - 1)];
  Box box;

  get_box (layout, cube, &box);

  if (cube->is_future)
    {
      /* No day yet, only its place. */
      path_top (cr, &box);
      set_text_color (cr, style, 0.16);
      cairo_set_line_width (cr, 1.0);
      cairo_stroke (cr);
      return;
    }

  path_side (cr, &box, -1.0);
  set_shade (cr, color, LEFT_SHADE, light);
  cairo_fill (cr);
  path_side (cr, &box, 1.0);
  set_shade (cr, color, RIGHT_SHADE, light);
  cairo_fill (cr);
  path_top (cr, &box);
  set_shade (cr, color, 1.0, light);
  cairo_fill (cr);

  cairo_set_line_width (cr, 1.0);
  if (style->has_outline)
    {
      set_text_color (cr, style, 1.0);
      path_silhouette (cr, &box);
      path_front_edges (cr, &box);
      cairo_move_to (cr, box.x, box.y + box.half_depth);
      cairo_line_to (cr, box.x, box.y + box.half_depth + box.height);
      cairo_stroke (cr);
    }
  else if (cube->level > 0)
    {
      set_shade (cr, color, 1.0, EDGE_LIGHT);
      path_front_edges (cr, &box);
      cairo_stroke (cr);
    }

  if (cube->is_used && cube->share <= 0.0)
    draw_mark (cr, &box, style);

  if (cube->is_today)
    {
      gdk_cairo_set_source_rgba (cr, &style->accent);
      cairo_set_line_width (cr, 2.0);
      path_top (cr, &box);
      cairo_stroke (cr);
    }
}

/* A point on the floor; cells are the unit. */
static void
project (const FareIsoLayout *layout,
         double               a,
         double               b,
         double              *x,
         double              *y)
{
  *x = layout->origin_x + (a - b) * layout->half_width;
  *y = layout->origin_y + (a + b) * layout->half_width / 2.0;
}

static void
draw_floor (cairo_t             *cr,
            const FareIsoLayout *layout,
            const FareIsoStyle  *style)
{
  const double corners[4][2] = { { -0.25, -0.25 },
                                 { layout->n_a + 0.25, -0.25 },
                                 { layout->n_a + 0.25, layout->n_b + 0.25 },
                                 { -0.25, layout->n_b + 0.25 } };

  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      double x, y;

      project (layout, corners[i][0], corners[i][1], &x, &y);
      cairo_line_to (cr, x, y);
    }

  cairo_close_path (cr);
  set_text_color (cr, style, 0.045);
  if (!style->has_outline)
    cairo_fill_preserve (cr);
  set_text_color (cr, style, 0.18);
  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
}

/* Names stand along the two edges in front, outside the floor. */
static void
draw_label (cairo_t             *cr,
            const FareIsoLayout *layout,
            const FareIsoLabel  *label,
            PangoLayout         *text)
{
  int a, b, width, height;
  gboolean is_left;
  double x, y;

  turn (layout, label->is_weekday ? 0 : label->at, label->is_weekday ? label->at : 0, &a, &b);
  /* Weeks run along a in every other position; the edge in front of them is the one where b ends. */
  is_left = (layout->rotation % 2 == 0) != label->is_weekday;

  pango_layout_set_text (text, label->text, -1);
  pango_layout_get_pixel_size (text, &width, &height);

  if (is_left)
    project (layout, a + 0.5, layout->n_b + 0.5, &x, &y);
  else
    project (layout, layout->n_a + 0.5, b + 0.5, &x, &y);

  if (label->is_weekday)
    x += is_left ? width / 2.0 - 6.0 : 6.0 - width / 2.0;
  cairo_move_to (cr, is_left ? x - width - 1.0 : x + 1.0, y - height * 0.25);
  pango_cairo_show_layout (cr, text);
}

/* Where cells are small, names higher than @most pixels would run into each other. */
static void
limit_text (PangoLayout                *text,
            const PangoFontDescription *usual,
            double                      most)
{
  PangoFontDescription *font = pango_font_description_copy (usual);
  int height;

  pango_layout_set_font_description (text, font);
  pango_layout_set_text (text, "X", 1);
  pango_layout_get_pixel_size (text, NULL, &height);

  if (height > most)
    {
      fare_font_scale (font, most / height);
      pango_layout_set_font_description (text, font);
    }

  pango_font_description_free (font);
}

static void
draw_labels (const FareIsoScene  *self,
             const FareIsoLayout *layout,
             const FareIsoStyle  *style,
             cairo_t             *cr)
{
  g_autoptr(PangoLayout) text = pango_cairo_create_layout (cr);

  set_text_color (cr, style, 0.7);

  for (guint i = 0; i < self->n_labels; i++)
    {
      const FareIsoLabel *label = &self->labels[i];

      /* Cells that are lower than letters have no room for seven names. */
      if (label->is_weekday && layout->half_width < SMALL_CELL && label->at % 2 != 0)
        continue;

      /* There are four weeks and more from one name of a month to the next. */
      limit_text (text, style->font, MAX (MIN_LINE, (label->is_weekday ? 1.5 : 2.0) * layout->half_width));
      draw_label (cr, layout, label, text);
    }
}

void
fare_iso_scene_draw (const FareIsoScene  *self,
                     const FareIsoLayout *layout,
                     const FareIsoStyle  *style,
                     cairo_t             *cr)
{
  g_autofree guint *order = g_new (guint, layout->n_a * layout->n_b);

  draw_floor (cr, layout, style);
  draw_labels (self, layout, style, cr);

  /* Straight edges look the same, and take a sixth less time. */
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);

  for (int i = 0; i < layout->n_a * layout->n_b; i++)
    order[i] = FARE_ISO_NONE;
  for (guint i = 0; i < self->n_cubes; i++)
    order[fare_iso_layout_get_order (layout, &self->cubes[i])] = i;

  for (int i = 0; i < layout->n_a * layout->n_b; i++)
    {
      if (order[i] != FARE_ISO_NONE)
        draw_cube (cr, layout, style, &self->cubes[order[i]], 0.0);
    }
}

void
fare_iso_scene_draw_raised (const FareIsoScene  *self,
                            const FareIsoLayout *layout,
                            const FareIsoStyle  *style,
                            guint                index,
                            cairo_t             *cr)
{
  const FareIsoCube *cube;
  Box box;

  g_return_if_fail (index < self->n_cubes);

  cube = &self->cubes[index];
  get_box (layout, cube, &box);
  draw_cube (cr, layout, style, cube, RAISED_LIGHT);
  set_text_color (cr, style, 1.0);
  cairo_set_line_width (cr, 2.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  path_silhouette (cr, &box);
  cairo_stroke (cr);
}
