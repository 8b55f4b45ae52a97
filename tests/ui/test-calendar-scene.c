/* test-calendar-scene.c
 *
 * The 3D calendar's geometry and picture, without a window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "widgets/fare-iso-scene.h"

#define N_CUBES 371

/* 53 whole weeks; heights go up and down without a pattern that follows weeks or weekdays. */
static void
fill_scene (FareIsoScene *scene,
            gboolean      is_dense)
{
  *scene = (FareIsoScene) { .n_weeks = 53, .n_cubes = N_CUBES };
  scene->cubes = g_new0 (FareIsoCube, N_CUBES);

  for (guint i = 0; i < N_CUBES; i++)
    {
      FareIsoCube *cube = &scene->cubes[i];

      cube->week = i / 7;
      cube->weekday = i % 7;
      cube->share = is_dense || i % 5 != 0 ? ((i * 7919) % 97) / 96.0 : 0.0;
      cube->is_used = cube->share > 0.0;
      cube->level = cube->share > 0.0 ? 1 + (guint) (cube->share * 6.0) : 0;
    }

  scene->labels = g_new0 (FareIsoLabel, 1);
  scene->labels[scene->n_labels++] = (FareIsoLabel) { FALSE, 10, g_strdup ("Mar") };
}

static void
fill_style (FareIsoStyle         *style,
            PangoFontDescription *font)
{
  *style = (FareIsoStyle) { .font = font };

  for (guint i = 0; i < FARE_PALETTE_N_LEVELS; i++)
    style->levels[i] = (GdkRGBA) { 0.9 - 0.1 * i, 0.9 - 0.08 * i, 0.95, 1.0 };

  style->text = (GdkRGBA) { 0, 0, 0, 1 };
  style->accent = (GdkRGBA) { 1, 0, 0, 1 };
}

static FareIsoSpace
make_space (double width,
            double height,
            int    rotation)
{
  return (FareIsoSpace) { width, height, 24, 14, 1.0, rotation, FALSE, FALSE };
}

static void
test_hit (void)
{
  FareIsoScene scene;

  fill_scene (&scene, TRUE);

  for (int rotation = 0; rotation < 4; rotation++)
    {
      FareIsoSpace space = make_space (1000, 640, rotation);
      FareIsoLayout layout;
      guint n_seen = 0;

      fare_iso_layout_init (&layout, &scene, &space);

      for (guint i = 0; i < N_CUBES; i++)
        {
          double x, y;
          guint found;

          fare_iso_layout_get_top (&layout, &scene.cubes[i], &x, &y);
          found = fare_iso_layout_find (&layout, &scene, x, y);
          g_assert_cmpuint (found, !=, FARE_ISO_NONE);

          if (found == i)
            n_seen++;
          else
            g_assert_cmpint (fare_iso_layout_get_order (&layout, &scene.cubes[found]), >,
                             fare_iso_layout_get_order (&layout, &scene.cubes[i]));
        }

      /* Most stand free, or the test would prove nothing. */
      g_assert_cmpuint (n_seen, >, N_CUBES / 5);
    }

  fare_iso_scene_clear (&scene);
}

/* A cube that is partly hidden is hit where it can be seen. */
static void
test_hit_visible_part (void)
{
  FareIsoScene scene;

  fill_scene (&scene, TRUE);

  for (int rotation = 0; rotation < 4; rotation++)
    {
      FareIsoSpace space = make_space (1000, 640, rotation);
      FareIsoLayout layout;

      fare_iso_layout_init (&layout, &scene, &space);

      for (guint i = 0; i < N_CUBES; i++)
        {
          double sum_x = 0, sum_y = 0, x, y;
          double half = layout.half_width * 0.9;
          guint n = 0, found;

          fare_iso_layout_get_top (&layout, &scene.cubes[i], &x, &y);
          for (int step_x = -7; step_x <= 7; step_x++)
            for (int step_y = -7; step_y <= 7; step_y++)
              {
                double at_x = x + half * step_x / 8.0;
                double at_y = y + half / 2.0 * step_y / 8.0;

                if (ABS (step_x) + ABS (step_y) <= 7 &&
                    fare_iso_layout_find (&layout, &scene, at_x, at_y) == i)
                  {
                    sum_x += at_x;
                    sum_y += at_y;
                    n++;
                  }
              }

          if (n == 0)
            continue;

          found = fare_iso_layout_find (&layout, &scene, sum_x / n, sum_y / n);
          g_assert_cmpuint (found, !=, FARE_ISO_NONE);
          if (found != i)
            g_assert_cmpint (fare_iso_layout_get_order (&layout, &scene.cubes[found]), >,
                             fare_iso_layout_get_order (&layout, &scene.cubes[i]));
        }
    }

  fare_iso_scene_clear (&scene);
}

static void
test_hit_nothing (void)
{
  FareIsoScene scene;
  FareIsoSpace space = make_space (1000, 640, 0);
  FareIsoLayout layout;

  fill_scene (&scene, TRUE);
  fare_iso_layout_init (&layout, &scene, &space);
  g_assert_cmpuint (fare_iso_layout_find (&layout, &scene, 990, 10), ==, FARE_ISO_NONE);
  g_assert_cmpuint (fare_iso_layout_find (&layout, &scene, 10, 630), ==, FARE_ISO_NONE);
  fare_iso_scene_clear (&scene);
}

static void
test_heights (void)
{
  FareIsoLayout layout = { .max_height = 120, .growth = 1.0 };
  const FareIsoCube idle = { .share = 0 };
  const FareIsoCube unpriced = { .share = 0, .is_used = TRUE };
  const FareIsoCube small = { .share = 0.001, .is_used = TRUE };
  const FareIsoCube quarter = { .share = 0.25, .is_used = TRUE };
  const FareIsoCube full = { .share = 1, .is_used = TRUE };

  g_assert_cmpfloat (fare_iso_layout_get_height (&layout, &idle), ==, 2.0);
  g_assert_cmpfloat (fare_iso_layout_get_height (&layout, &unpriced), ==, 4.0);
  g_assert_cmpfloat (fare_iso_layout_get_height (&layout, &small), ==, 4.0);
  g_assert_cmpfloat (fare_iso_layout_get_height (&layout, &quarter), ==, 32.0);
  g_assert_cmpfloat (fare_iso_layout_get_height (&layout, &full), ==, 122.0);
  layout.is_root = TRUE;
  g_assert_cmpfloat (fare_iso_layout_get_height (&layout, &quarter), ==, 62.0);
  g_assert_cmpfloat (fare_iso_layout_get_height (&layout, &full), ==, 122.0);
}

/* All of it lies in the space it is given, in every position and size from the smallest on. */
static void
test_fits (void)
{
  const double sizes[][2] = { { 1000, 640 }, { 1600, 900 }, { 700, 420 }, { 352, 420 } };
  FareIsoScene scene;

  fill_scene (&scene, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int rotation = 0; rotation < 4; rotation++)
      {
        FareIsoSpace space = make_space (sizes[i][0], sizes[i][1], rotation);
        FareIsoLayout layout;

        fare_iso_layout_init (&layout, &scene, &space);
        g_assert_cmpfloat (layout.half_width, >=, FARE_ISO_MIN_HALF_WIDTH);
        g_assert_cmpfloat (layout.half_width, <=, FARE_ISO_MAX_HALF_WIDTH);

        for (guint j = 0; j < N_CUBES; j++)
          {
            graphene_rect_t bounds;

            fare_iso_layout_get_bounds (&layout, &scene.cubes[j], &bounds);
            g_assert_cmpfloat (bounds.origin.x, >=, 0);
            g_assert_cmpfloat (bounds.origin.y, >=, -2.5);
            g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, space.width);
            g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, space.height);
          }
      }

  fare_iso_scene_clear (&scene);
}

/* Time goes to the lower right at first, and a quarter further with each turn. */
static void
test_turns (void)
{
  const int expected[4][2] = { { 1, 1 }, { -1, 1 }, { -1, -1 }, { 1, -1 } };
  FareIsoScene scene;

  fill_scene (&scene, FALSE);
  for (guint i = 0; i < N_CUBES; i++)
    scene.cubes[i].share = 0.0;

  for (int rotation = 0; rotation < 4; rotation++)
    {
      FareIsoSpace space = make_space (1000, 640, rotation);
      FareIsoLayout layout;
      double first_x, first_y, last_x, last_y;

      fare_iso_layout_init (&layout, &scene, &space);
      fare_iso_layout_get_top (&layout, &scene.cubes[0], &first_x, &first_y);
      fare_iso_layout_get_top (&layout, &scene.cubes[N_CUBES - 7], &last_x, &last_y);
      g_assert_cmpfloat ((last_x - first_x) * expected[rotation][0], >, 0);
      g_assert_cmpfloat ((last_y - first_y) * expected[rotation][1], >, 0);
    }

  fare_iso_scene_clear (&scene);
}

static cairo_surface_t *
paint (const FareIsoScene  *scene,
       const FareIsoLayout *layout,
       const FareIsoStyle  *style,
       int                  raised)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1000, 640);
  cairo_t *cr = cairo_create (surface);

  fare_iso_scene_draw (scene, layout, style, cr);
  if (raised >= 0)
    fare_iso_scene_draw_raised (scene, layout, style, raised, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface,
           double           x,
           double           y)
{
  const unsigned char *data = cairo_image_surface_get_data (surface);

  return *(const guint32 *) (const void *) (data + cairo_image_surface_get_stride (surface) * (int) y +
                                            4 * (int) x);
}

static void
assert_near (guint32        pixel,
             const GdkRGBA *color,
             double         factor)
{
  const double parts[] = { color->red * factor, color->green * factor, color->blue * factor };

  for (guint i = 0; i < 3; i++)
    {
      int is = (pixel >> (16 - 8 * i)) & 0xff;

      g_assert_cmpint (ABS (is - (int) (parts[i] * 255.0 + 0.5)), <=, 2);
    }
}

/* What is seen is what is hit, pixel by pixel: a picture in which every day has a colour of its own
 * agrees with the hit test wherever no edge is near. */
static void
test_picture_agrees_with_hit (void)
{
  FareIsoScene scene;
  PangoFontDescription *font = pango_font_description_from_string ("Sans 10");
  FareIsoStyle style;

  fill_style (&style, font);
  fill_scene (&scene, TRUE);

  for (int rotation = 0; rotation < 4; rotation++)
    {
      FareIsoSpace space = make_space (1000, 640, rotation);
      FareIsoLayout layout;
      cairo_surface_t *surface;
      guint n_checked = 0;

      fare_iso_layout_init (&layout, &scene, &space);
      surface = paint (&scene, &layout, &style, -1);

      for (guint i = 0; i < N_CUBES; i++)
        {
          const FareIsoCube *cube = &scene.cubes[i];
          double height = fare_iso_layout_get_height (&layout, cube);
          double quarter = layout.half_width * 0.45;
          double x, y;

          fare_iso_layout_get_top (&layout, cube, &x, &y);
          if (fare_iso_layout_find (&layout, &scene, x, y) == i &&
              fare_iso_layout_find (&layout, &scene, x, y + 2) == i &&
              fare_iso_layout_find (&layout, &scene, x - 2, y) == i &&
              fare_iso_layout_find (&layout, &scene, x + 2, y) == i)
            {
              assert_near (get_pixel (surface, x, y), &style.levels[cube->level], 1.0);
              n_checked++;
            }

          if (height < 14)
            continue;

          /* The middle of the two sides, where nothing stands before them. */
          y += layout.half_width * 0.9 / 4.0 + height / 2.0;
          if (fare_iso_layout_find (&layout, &scene, x - quarter - 2, y) == i &&
              fare_iso_layout_find (&layout, &scene, x - quarter + 2, y + 2) == i)
            assert_near (get_pixel (surface, x - quarter, y), &style.levels[cube->level], 0.86);
          if (fare_iso_layout_find (&layout, &scene, x + quarter - 2, y + 2) == i &&
              fare_iso_layout_find (&layout, &scene, x + quarter + 2, y) == i)
            assert_near (get_pixel (surface, x + quarter, y), &style.levels[cube->level], 0.70);
        }

      g_assert_cmpuint (n_checked, >, N_CUBES / 6);
      cairo_surface_destroy (surface);
    }

  pango_font_description_free (font);
  fare_iso_scene_clear (&scene);
}

/* A raised cube is lighter and whole, however much of it was hidden. */
static void
test_raised (void)
{
  FareIsoScene scene;
  PangoFontDescription *font = pango_font_description_from_string ("Sans 10");
  FareIsoSpace space = make_space (1000, 640, 0);
  FareIsoLayout layout;
  FareIsoStyle style;
  guint hidden = FARE_ISO_NONE;
  cairo_surface_t *surface;
  double x, y;
  GdkRGBA lighter;

  fill_style (&style, font);
  fill_scene (&scene, TRUE);
  fare_iso_layout_init (&layout, &scene, &space);

  for (guint i = 0; i < N_CUBES; i++)
    {
      fare_iso_layout_get_top (&layout, &scene.cubes[i], &x, &y);
      if (fare_iso_layout_find (&layout, &scene, x, y) != i)
        hidden = i;
    }

  g_assert_cmpuint (hidden, !=, FARE_ISO_NONE);
  surface = paint (&scene, &layout, &style, hidden);
  fare_iso_layout_get_top (&layout, &scene.cubes[hidden], &x, &y);
  lighter = style.levels[scene.cubes[hidden].level];
  lighter.red += (1.0 - lighter.red) * 0.06;
  lighter.green += (1.0 - lighter.green) * 0.06;
  lighter.blue += (1.0 - lighter.blue) * 0.06;
  assert_near (get_pixel (surface, x, y), &lighter, 1.0);

  cairo_surface_destroy (surface);
  pango_font_description_free (font);
  fare_iso_scene_clear (&scene);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/calendar-scene/hit", test_hit);
  g_test_add_func ("/calendar-scene/hit-visible-part", test_hit_visible_part);
  g_test_add_func ("/calendar-scene/hit-nothing", test_hit_nothing);
  g_test_add_func ("/calendar-scene/heights", test_heights);
  g_test_add_func ("/calendar-scene/fits", test_fits);
  g_test_add_func ("/calendar-scene/turns", test_turns);
  g_test_add_func ("/calendar-scene/picture-agrees-with-hit", test_picture_agrees_with_hit);
  g_test_add_func ("/calendar-scene/raised", test_raised);

  return g_test_run ();
}
