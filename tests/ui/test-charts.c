/* test-charts.c
 *
 * What charts share, without drawing: the steps of the axis, the places of the bars, the point
 * that is spoken of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <float.h>
#include <math.h>

#include "widgets/fare-bars.h"
#include "widgets/fare-chart-axis.h"
#include "widgets/fare-chart-cursor.h"

static void
test_steps (void)
{
  static const struct
  {
    double greatest;
    double step;
    guint  n_steps;
  } cases[] = {
    { 1.0, 0.25, 4 }, { 0.4, 0.1, 4 }, { 4.0, 1.0, 4 }, { 4.01, 2.0, 3 }, { 8.0, 2.0, 4 },
    { 9.0, 2.5, 4 }, { 10.0, 2.5, 4 }, { 10.1, 5.0, 3 }, { 37.0, 10.0, 4 }, { 1e9, 2.5e8, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FareChartAxis axis;

      fare_chart_axis_set_reach (&axis, cases[i].greatest, 4);
      g_assert_cmpfloat_with_epsilon (axis.step, cases[i].step, cases[i].step * 1e-9);
      g_assert_cmpuint (axis.n_steps, ==, cases[i].n_steps);
    }
}

/* No two labels read alike, and none is rounded. */
static void
test_whole_steps (void)
{
  static const struct
  {
    double greatest;
    double unit;
    double step;
    guint  n_steps;
  } cases[] = {
    { 1.0, 1.0, 1.0, 1 }, { 2.0, 1.0, 1.0, 2 }, { 9.0, 1.0, 3.0, 3 }, { 37.0, 1.0, 10.0, 4 },
    { 0.003, 0.01, 0.01, 1 }, { 0.09, 0.01, 0.03, 3 }, { 1.0, 0.01, 0.25, 4 }, { 9.0, 0.01, 2.5, 4 },
    { 9.0, 0.0, 2.5, 4 }, { 0.0, 0.01, 1.0, 1 }, { 250.0, 100.0, 100.0, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FareChartAxis axis;

      fare_chart_axis_set_reach (&axis, cases[i].greatest, 4);
      fare_chart_axis_round_step (&axis, cases[i].greatest, cases[i].unit);
      g_assert_cmpfloat_with_epsilon (axis.step, cases[i].step, 1e-9);
      g_assert_cmpuint (axis.n_steps, ==, cases[i].n_steps);
    }
}

/* Whatever is to be drawn, the axis ends. */
static void
test_odd_reach (void)
{
  static const double cases[] = { 0.0, -0.0, -3.0, NAN, INFINITY, -INFINITY, DBL_MIN / 8 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FareChartAxis axis;

      fare_chart_axis_set_reach (&axis, cases[i], 4);
      g_assert_cmpfloat (axis.step, ==, 1.0);
      g_assert_cmpuint (axis.n_steps, ==, 1);
    }
}

static void
test_places_of_values (void)
{
  FareChartAxis axis = { .left = 30, .right = 130, .top = 10, .bottom = 110 };

  fare_chart_axis_set_reach (&axis, 7.0, 4);
  g_assert_cmpfloat (fare_chart_axis_get_reach (&axis), ==, 8.0);
  g_assert_cmpfloat (fare_chart_axis_get_y (&axis, 0.0), ==, 110.0);
  g_assert_cmpfloat (fare_chart_axis_get_y (&axis, 8.0), ==, 10.0);
  g_assert_cmpfloat (fare_chart_axis_get_y (&axis, 2.0), ==, 85.0);
}

static FareBars *
make_bars (gboolean last_is_incomplete)
{
  static const guint slots[] = { 3, 5 };
  static const double values[][2] = { { 1.0, 2.0 }, { 0.0, 0.0 }, { 4.0, 0.5 } };
  FareBars *bars = fare_bars_new (slots, 2);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      FareBar bar = {
        .label = g_strdup_printf ("%u", i),
        .sentence = g_strdup_printf ("bar %u", i),
        .is_incomplete = i == 2 && last_is_incomplete,
      };

      fare_bars_add (bars, bar, values[i]);
    }

  return bars;
}

static void
test_bars (void)
{
  g_autoptr(FareBars) bars = make_bars (FALSE);
  g_autoptr(FareBars) same = make_bars (FALSE);
  g_autoptr(FareBars) growing = make_bars (TRUE);
  g_autoptr(FareBars) none = fare_bars_new (NULL, 0);

  g_assert_cmpuint (fare_bars_get_length (bars), ==, 3);
  g_assert_cmpuint (fare_bars_get_slot (bars, 1), ==, 5);
  g_assert_cmpfloat (fare_bars_get_value (bars, 2, 0), ==, 4.0);
  g_assert_cmpfloat (fare_bars_get_greatest (bars), ==, 4.5);
  g_assert_cmpfloat (fare_bars_get_greatest (none), ==, 0.0);
  g_assert_cmpuint (fare_bars_find (bars, "2"), ==, 2);
  g_assert_cmpuint (fare_bars_find (bars, "3"), ==, G_MAXUINT);
  g_assert_true (fare_bars_equal (bars, same));
  g_assert_false (fare_bars_equal (bars, growing));
  g_assert_false (fare_bars_equal (bars, none));
  g_assert_true (fare_bars_equal (none, none));
}

static void
test_places_of_bars (void)
{
  FareBarPlaces places;

  fare_bar_places_init (&places, 20.0, 120.0, 10);
  g_assert_cmpfloat (places.pitch, ==, 10.0);
  g_assert_cmpfloat (places.thickness, ==, 7.0);
  g_assert_cmpfloat (fare_bar_places_get_middle (&places, 0), ==, 25.0);
  g_assert_cmpuint (fare_bar_places_find (&places, 19.9), ==, G_MAXUINT);
  g_assert_cmpuint (fare_bar_places_find (&places, 20.0), ==, 0);
  g_assert_cmpuint (fare_bar_places_find (&places, 119.9), ==, 9);
  g_assert_cmpuint (fare_bar_places_find (&places, 120.0), ==, G_MAXUINT);

  /* A label of 18 needs three places. */
  for (guint i = 0; i < 10; i++)
    g_assert_true (fare_bar_places_has_label (&places, i, 18.0) == (i % 3 == 0));

  /* Too narrow for anything, and without bars. */
  fare_bar_places_init (&places, 20.0, 12.0, 10);
  g_assert_cmpfloat (places.pitch, ==, 0.0);
  g_assert_cmpuint (fare_bar_places_find (&places, 20.0), ==, G_MAXUINT);
  fare_bar_places_init (&places, 20.0, 120.0, 0);
  g_assert_cmpuint (fare_bar_places_find (&places, 50.0), ==, G_MAXUINT);
}

static void
test_cursor (void)
{
  FareChartCursor cursor = FARE_CHART_CURSOR_INIT;

  /* Without points there is nowhere to go. */
  g_assert_false (fare_chart_cursor_move (&cursor, 1));
  fare_chart_cursor_enter (&cursor);
  g_assert_cmpuint (fare_chart_cursor_get_point (&cursor, TRUE), ==, FARE_CHART_NO_POINT);
  g_assert_false (fare_chart_cursor_hover (&cursor, 0));

  /* The keyboard begins with the last one and stays between the ends. */
  fare_chart_cursor_set_points (&cursor, 5, FARE_CHART_NO_POINT);
  fare_chart_cursor_enter (&cursor);
  g_assert_cmpuint (fare_chart_cursor_get_point (&cursor, TRUE), ==, 4);
  g_assert_cmpuint (fare_chart_cursor_get_point (&cursor, FALSE), ==, FARE_CHART_NO_POINT);
  g_assert_true (fare_chart_cursor_move (&cursor, -2));
  g_assert_cmpuint (cursor.keyboard, ==, 2);
  g_assert_true (fare_chart_cursor_move (&cursor, -G_MAXINT));
  g_assert_cmpuint (cursor.keyboard, ==, 0);
  g_assert_true (fare_chart_cursor_move (&cursor, G_MAXINT));
  g_assert_cmpuint (cursor.keyboard, ==, 4);

  /* The pointer comes first, until a key is pressed. */
  g_assert_true (fare_chart_cursor_hover (&cursor, 1));
  g_assert_false (fare_chart_cursor_hover (&cursor, 1));
  g_assert_cmpuint (fare_chart_cursor_get_point (&cursor, TRUE), ==, 1);
  g_assert_true (fare_chart_cursor_move (&cursor, -1));
  g_assert_cmpuint (fare_chart_cursor_get_point (&cursor, TRUE), ==, 3);

  /* Fewer points: what is none of them is nowhere. */
  g_assert_true (fare_chart_cursor_hover (&cursor, 4));
  fare_chart_cursor_set_points (&cursor, 4, 3);
  g_assert_cmpuint (cursor.pointer, ==, FARE_CHART_NO_POINT);
  g_assert_cmpuint (cursor.keyboard, ==, 3);
  fare_chart_cursor_set_points (&cursor, 3, 3);
  g_assert_cmpuint (cursor.keyboard, ==, FARE_CHART_NO_POINT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charts/axis/round-steps", test_steps);
  g_test_add_func ("/charts/axis/odd-reach", test_odd_reach);
  g_test_add_func ("/charts/axis/whole-steps", test_whole_steps);
  g_test_add_func ("/charts/axis/places", test_places_of_values);
  g_test_add_func ("/charts/bars/values", test_bars);
  g_test_add_func ("/charts/bars/places", test_places_of_bars);
  g_test_add_func ("/charts/cursor", test_cursor);

  return g_test_run ();
}
