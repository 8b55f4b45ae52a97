/* test-style.c
 *
 * Whether every style can be read, and what is drawn in it can be told apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <math.h>

#include "widgets/fare-donut.h"
#include "widgets/fare-style.h"

typedef struct
{
  double red;
  double green;
  double blue;
} Linear;

typedef struct
{
  double lightness;
  double a;
  double b;
} Lab;

static double
to_linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static Linear
linearize (const GdkRGBA *color)
{
  return (Linear) { to_linear (color->red), to_linear (color->green), to_linear (color->blue) };
}

/* WCAG 2 */
static double
get_contrast (const GdkRGBA *first,
              const GdkRGBA *second)
{
  Linear a = linearize (first);
  Linear b = linearize (second);
  double bright = 0.2126 * a.red + 0.7152 * a.green + 0.0722 * a.blue;
  double dark = 0.2126 * b.red + 0.7152 * b.green + 0.0722 * b.blue;

  return (MAX (bright, dark) + 0.05) / (MIN (bright, dark) + 0.05);
}

/* Björn Ottosson's OKLab */
static Lab
to_lab (Linear c)
{
  double l = cbrt (0.4122214708 * c.red + 0.5363325363 * c.green + 0.0514459929 * c.blue);
  double m = cbrt (0.2119034982 * c.red + 0.6806995451 * c.green + 0.1073969566 * c.blue);
  double s = cbrt (0.0883024619 * c.red + 0.2817188376 * c.green + 0.6299787005 * c.blue);

  return (Lab) {
    0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
  };
}

static double
get_distance (Lab a,
              Lab b)
{
  return hypot (hypot (a.lightness - b.lightness, a.a - b.a), a.b - b.b);
}

/* What is half transparent, on what is below it. */
static GdkRGBA
blend (const GdkRGBA *color,
       const GdkRGBA *below,
       double         opacity)
{
  double alpha = color->alpha * opacity;

  return (GdkRGBA) {
    color->red * alpha + below->red * (1 - alpha),
    color->green * alpha + below->green * (1 - alpha),
    color->blue * alpha + below->blue * (1 - alpha),
    1
  };
}

/* A style as CSS sees it now. */
typedef struct
{
  FareStyle *style;
  GtkWidget *widget;
  char      *title; /* "paper, dark" */
} Look;

static GdkRGBA
look_up (const Look *look,
         const char *name)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (look->widget), name, &color))
    g_error ("%s has no colour “%s”", look->title, name);

  return color;
}

static gboolean
is_adwaita (const Look *look)
{
  return g_str_equal (fare_style_get_name (look->style), "adwaita");
}

static void
for_each_look (void (*func) (const Look *look))
{
  FareStyle *style = fare_style_get_for_display (gdk_display_get_default ());
  g_autofree const char **names = fare_style_get_names ();
  GtkWidget *window = gtk_window_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      for (guint dark = 0; dark < 2; dark++)
        {
          g_autofree char *title = g_strdup_printf ("%s, %s", names[i], dark ? "dark" : "light");
          Look look = { style, window, title };

          adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                              dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                   : ADW_COLOR_SCHEME_FORCE_LIGHT);
          g_assert_true (fare_style_set_name (style, names[i]));
          func (&look);
        }
    }

  fare_style_set_name (style, "adwaita");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
check_contrast (const Look    *look,
                const char    *what,
                const GdkRGBA *color,
                const GdkRGBA *below,
                double         least)
{
  double contrast = get_contrast (color, below);

  if (contrast < least)
    g_error ("%s: %s has a contrast of %.2f, %.1f is needed", look->title, what, contrast, least);
}

static void
check_text (const Look *look)
{
  static const char * const grounds[] = {
    "window_bg_color", "fare_window_end_color", "view_bg_color", "card_bg_color", "dialog_bg_color",
    "popover_bg_color", "headerbar_bg_color"
  };
  GdkRGBA window = look_up (look, "window_bg_color");
  GdkRGBA text = look_up (look, "window_fg_color");
  GdkRGBA accent = look_up (look, "accent_color");

  for (guint i = 0; i < G_N_ELEMENTS (grounds); i++)
    {
      GdkRGBA ground, color;

      if (is_adwaita (look) && g_str_equal (grounds[i], "fare_window_end_color"))
        continue;

      ground = look_up (look, grounds[i]);
      ground = blend (&ground, &window, 1);
      color = blend (&text, &ground, 1);
      check_contrast (look, grounds[i], &color, &ground, 4.5);

      /* libadwaita's own text is made fainter by style.css; the styles have a colour for it. */
      if (is_adwaita (look))
        color = blend (&text, &ground, 0.75);
      else
        color = look_up (look, "fare_muted_color");

      check_contrast (look, "muted text", &color, &ground, 4.5);

      if (!is_adwaita (look))
        check_contrast (look, "accent", &accent, &ground, 4.5);
    }
}

static void
test_text (void)
{
  for_each_look (check_text);
}

static void
check_signals (const Look *look)
{
  static const char * const names[] = { "error_color", "warning_color", "success_color" };
  GdkRGBA card, button, label;

  if (is_adwaita (look))
    return;

  card = look_up (look, "card_bg_color");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GdkRGBA color = look_up (look, names[i]);

      check_contrast (look, names[i], &color, &card, 4.5);
    }

  button = look_up (look, "accent_bg_color");
  label = look_up (look, "accent_fg_color");
  check_contrast (look, "a suggested button", &label, &button, 4.5);
}

static void
test_signals (void)
{
  for_each_look (check_signals);
}

static void
check_series (const Look *look)
{
  const FareColors *colors = fare_style_get_colors (look->style);
  GdkRGBA window = look_up (look, "window_bg_color");
  GdkRGBA card = look_up (look, "card_bg_color");
  Lab labs[FARE_PALETTE_N_SLOTS];

  card = blend (&card, &window, 1);

  for (guint i = 0; i <= FARE_PALETTE_N_SLOTS; i++)
    {
      GdkRGBA color;

      g_assert_true (gdk_rgba_parse (&color, colors->series[i]));
      check_contrast (look, colors->series[i], &color, &card, 3.0);

      if (i == FARE_PALETTE_OTHER)
        continue;

      labs[i] = to_lab (linearize (&color));

      for (guint j = 0; j < i; j++)
        {
          if (get_distance (labs[i], labs[j]) < 0.1)
            g_error ("%s: %s and %s look alike", look->title, colors->series[i], colors->series[j]);
        }
    }
}

static void
test_series (void)
{
  for_each_look (check_series);
}

static void
check_levels (const Look          *look,
              const FareColors    *colors)
{
  double sign = 0;
  double last = 0;

  for (guint i = 0; i < FARE_PALETTE_N_LEVELS; i++)
    {
      GdkRGBA color;
      double lightness;

      g_assert_true (gdk_rgba_parse (&color, colors->levels[i]));
      lightness = to_lab (linearize (&color)).lightness;

      if (i == 1)
        sign = lightness > last ? 1 : -1;
      if (i > 0 && sign * (lightness - last) < 0.04)
        g_error ("%s: level %u is too near to the one before", look->title, i);

      last = lightness;
    }
}

static void
check_ramp (const Look *look)
{
  const FareColors *colors = fare_style_get_colors (look->style);
  GdkRGBA window = look_up (look, "window_bg_color");
  GdkRGBA card = look_up (look, "card_bg_color");
  GdkRGBA none, least;

  check_levels (look, colors);

  /* A day without use is to be seen, and a day with little use is another thing. */
  card = blend (&card, &window, 1);
  g_assert_true (gdk_rgba_parse (&none, colors->levels[0]));
  g_assert_true (gdk_rgba_parse (&least, colors->levels[1]));
  check_contrast (look, "a day without use", &none, &card, 1.1);
  check_contrast (look, "the lowest level", &least, &card, 1.25);
}

static void
test_ramps (void)
{
  Look contrast = { .title = (char *) "high contrast" };

  for_each_look (check_ramp);
  check_levels (&contrast, fare_style_table_get_contrast (FALSE));
  check_levels (&contrast, fare_style_table_get_contrast (TRUE));
}

static void
count_cb (FareStyle *style,
          guint     *n_changes)
{
  ++*n_changes;
}

static void
test_switch (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  FareStyle *style = fare_style_get_for_display (gdk_display_get_default ());
  GSettings *settings;
  GdkRGBA before, after;
  GtkWidget *donut;
  guint n_changes = 0;
  gulong id;

  ui_room_open (room);
  settings = fare_preferences_get_settings (fare_application_get_preferences (room->application));
  donut = ui_find (GTK_WIDGET (room->window), FARE_TYPE_DONUT, NULL);
  id = g_signal_connect (style, "changed", G_CALLBACK (count_cb), &n_changes);
  fare_palette_lookup (0, donut, &before);

  /* The canvas has other colours in the very next frame. */
  g_settings_set_string (settings, "style", "terminal");
  fare_palette_lookup (0, donut, &after);
  g_assert_cmpstr (fare_style_get_name (style), ==, "terminal");
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_false (gdk_rgba_equal (&before, &after));

  g_settings_set_string (settings, "color-scheme", "dark");
  g_assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  g_assert_cmpuint (n_changes, ==, 2);

  /* Nonsense changes nothing. */
  g_assert_false (fare_style_set_name (style, "no such style"));
  g_assert_cmpstr (fare_style_get_name (style), ==, "terminal");

  g_settings_reset (settings, "style");
  g_settings_reset (settings, "color-scheme");
  g_assert_cmpstr (fare_style_get_name (style), ==, "adwaita");
  g_signal_handler_disconnect (style, id);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/style/text", test_text);
  g_test_add_func ("/ui/style/signals", test_signals);
  g_test_add_func ("/ui/style/series", test_series);
  g_test_add_func ("/ui/style/ramps", test_ramps);
  g_test_add_func ("/ui/style/switch", test_switch);

  return g_test_run ();
}
