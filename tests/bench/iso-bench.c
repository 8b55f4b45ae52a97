/* iso-bench.c
 *
 * What the 3D calendar costs to draw: milliseconds of CPU time per picture of a whole year, also at twice
 * the pixels, per hover, per hit test.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sys/resource.h>

#include "widgets/fare-iso-scene.h"

#define N_CUBES 371
#define WIDTH 1000
#define HEIGHT 640

static double
get_cpu_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_utime.tv_sec * 1e3 + usage.ru_utime.tv_usec / 1e3 +
         usage.ru_stime.tv_sec * 1e3 + usage.ru_stime.tv_usec / 1e3;
}

static void
fill_scene (FareIsoScene *scene)
{
  static const char * const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  *scene = (FareIsoScene) { .n_weeks = 53, .n_cubes = N_CUBES };
  scene->cubes = g_new0 (FareIsoCube, N_CUBES);
  for (guint i = 0; i < N_CUBES; i++)
    {
      scene->cubes[i] = (FareIsoCube) { .week = i / 7, .weekday = i % 7, .is_used = TRUE,
                                        .share = ((i * 7919) % 97) / 96.0 };
      scene->cubes[i].level = 1 + (guint) (scene->cubes[i].share * 6.0);
    }

  scene->labels = g_new0 (FareIsoLabel, 19);
  for (guint i = 0; i < 12; i++)
    scene->labels[scene->n_labels++] = (FareIsoLabel) { FALSE, i * 53 / 12, g_strdup (months[i]) };
  for (guint i = 0; i < 7; i++)
    scene->labels[scene->n_labels++] = (FareIsoLabel) { TRUE, i, g_strndup ("MTWTFSS" + i, 1) };
}

/* As a canvas does it: recorded, then painted. */
static double
time_scene (const FareIsoScene  *scene,
            const FareIsoLayout *layout,
            const FareIsoStyle  *style,
            int                  scale,
            gboolean             is_hover)
{
  const guint n = is_hover ? 2000 : 200;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH * scale,
                                                         HEIGHT * scale);
  double start;

  cairo_surface_set_device_scale (surface, scale, scale);
  start = get_cpu_ms ();

  for (guint i = 0; i < n; i++)
    {
      cairo_rectangle_t extents = { 0, 0, WIDTH, HEIGHT };
      cairo_surface_t *record = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
      cairo_t *cr = cairo_create (record);

      if (is_hover)
        fare_iso_scene_draw_raised (scene, layout, style, i % N_CUBES, cr);
      else
        fare_iso_scene_draw (scene, layout, style, cr);
      cairo_destroy (cr);

      cr = cairo_create (surface);
      cairo_set_source_surface (cr, record, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
      cairo_surface_destroy (record);
    }

  cairo_surface_destroy (surface);

  return (get_cpu_ms () - start) / n;
}

static double
time_hits (const FareIsoScene  *scene,
           const FareIsoLayout *layout)
{
  const guint n = 2000;
  double start = get_cpu_ms ();
  guint n_found = 0;

  for (guint i = 0; i < n; i++)
    n_found += fare_iso_layout_find (layout, scene, (i * 37) % WIDTH, (i * 91) % HEIGHT) != FARE_ISO_NONE;

  g_assert_cmpuint (n_found, >, 0);

  return (get_cpu_ms () - start) / n;
}

int
main (int    argc,
      char **argv)
{
  FareIsoScene scene;
  FareIsoSpace space = { WIDTH, HEIGHT, 24, 14, 1.0, 0, FALSE, FALSE };
  FareIsoLayout layout;
  PangoFontDescription *font = pango_font_description_from_string ("Sans 9");
  FareIsoStyle style = { .text = { 0, 0, 0, 1 }, .accent = { 0, 0, 1, 1 }, .font = font };

  for (guint i = 0; i < FARE_PALETTE_N_LEVELS; i++)
    style.levels[i] = (GdkRGBA) { 0.9 - 0.1 * i, 0.9 - 0.08 * i, 0.95, 1.0 };

  fill_scene (&scene);
  fare_iso_layout_init (&layout, &scene, &space);
  /* Fonts are loaded once. */
  time_scene (&scene, &layout, &style, 1, FALSE);

  g_print ("scene %.4f\n", time_scene (&scene, &layout, &style, 1, FALSE));
  g_print ("scene-2 %.4f\n", time_scene (&scene, &layout, &style, 2, FALSE));
  g_print ("hover %.4f\n", time_scene (&scene, &layout, &style, 2, TRUE));
  g_print ("hit %.4f\n", time_hits (&scene, &layout));

  pango_font_description_free (font);
  fare_iso_scene_clear (&scene);

  return 0;
}
