/* fare-year-grid.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-calendar-text.h"
#include "widgets/fare-font.h"
#include "widgets/fare-palette.h"
#include "widgets/fare-year-grid.h"

#define MIN_CELL 9
#define MAX_CELL 18
#define GAP 3
#define LEAST_GAP 2  /* before squares have to be scrolled */
#define NAME_GAP 4   /* between two months */
#define COLUMNS 54   /* a leap year that begins at the end of a week */
#define PAD 3        /* room for the outline of a raised day */

struct _FareYearGrid
{
  FareCalendarCanvas parent_instance;

  int                cell;      /* size of the squares, as of the last allocation */
  int                gap;       /* between them, likewise */
  guint              resize_id;
};

G_DEFINE_FINAL_TYPE (FareYearGrid, fare_year_grid, FARE_TYPE_CALENDAR_CANVAS)

enum
{
  SIGNAL_MONTH_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  double x;     /* of the first square */
  double y;
  double cell;
  double gap;
  double pitch;
} Geometry;

static PangoLayout *
create_text (GtkWidget  *widget,
             const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoFontDescription *font =
    pango_font_description_copy (pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  int height;

  fare_font_scale (font, FARE_FONT_CAPTION);
  pango_layout_set_font_description (layout, font);

  /* Every other row has a name, so a line must not be higher than two rows, however large the text. */
  pango_layout_get_pixel_size (layout, NULL, &height);
  if (height > 2 * (MIN_CELL + LEAST_GAP) - 2)
    {
      fare_font_scale (font, (2.0 * (MIN_CELL + LEAST_GAP) - 2.0) / height);
      pango_layout_set_font_description (layout, font);
    }
  pango_font_description_free (font);

  return layout;
}

/* Room for the names: the widest weekday, and the height of a line. */
static void
measure_names (GtkWidget *widget,
               int       *width,
               int       *height)
{
  FareCalendarSheet *sheet = fare_calendar_canvas_get_sheet (FARE_CALENDAR_CANVAS (widget));

  *width = 0;
  *height = 0;

  for (int row = 0; row < 7; row++)
    {
      g_autofree char *name = sheet != NULL ? fare_calendar_text_weekday (sheet, row, TRUE)
                                            : g_strdup ("Mon");
      g_autoptr(PangoLayout) text = create_text (widget, name);
      int name_width, name_height;

      pango_layout_get_pixel_size (text, &name_width, &name_height);
      *width = MAX (*width, name_width);
      *height = MAX (*height, name_height);
    }
}

static void
get_geometry (GtkWidget *widget,
              double     width,
              Geometry  *geometry)
{
  FareCalendarSheet *sheet = fare_calendar_canvas_get_sheet (FARE_CALENDAR_CANVAS (widget));
  int columns = sheet != NULL ? MAX (1, (int) sheet->n_weeks) : COLUMNS;
  int name_width, name_height;
  double cell;

  measure_names (widget, &name_width, &name_height);
  cell = (width - name_width - 8 - 2 * PAD + GAP) / columns - GAP;
  geometry->gap = cell >= MIN_CELL ? GAP : LEAST_GAP;
  geometry->cell = CLAMP ((int) cell, MIN_CELL, MAX_CELL);
  geometry->pitch = geometry->cell + geometry->gap;
  geometry->x = name_width + 8 + PAD;
  geometry->y = name_height + 4 + PAD;
}

static void
fare_year_grid_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  int name_width, name_height;

  measure_names (widget, &name_width, &name_height);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = name_width + 8 + 2 * PAD + COLUMNS * (MIN_CELL + LEAST_GAP) - LEAST_GAP;
      *natural = name_width + 8 + 2 * PAD + COLUMNS * (MAX_CELL + GAP) - GAP;
    }
  else
    {
      Geometry geometry;

      /* What scrolls sideways is asked for its height before its width is known. */
      get_geometry (widget, for_size > 0 ? for_size : 0, &geometry);
      if (for_size <= 0)
        {
          geometry.gap = MAX (FARE_YEAR_GRID (widget)->gap, LEAST_GAP);
          geometry.pitch = MAX (FARE_YEAR_GRID (widget)->cell, MIN_CELL) + geometry.gap;
        }
      *minimum = geometry.y + 7 * geometry.pitch - geometry.gap + PAD;
      *natural = *minimum;
    }
}

static gboolean
resize_cb (gpointer data)
{
  FARE_YEAR_GRID (data)->resize_id = 0;
  gtk_widget_queue_resize (data);

  return G_SOURCE_REMOVE;
}

static void
fare_year_grid_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  FareYearGrid *self = FARE_YEAR_GRID (widget);
  Geometry geometry;

  get_geometry (widget, width, &geometry);
  if (self->cell == (int) geometry.cell && self->gap == (int) geometry.gap)
    return;

  self->cell = (int) geometry.cell;
  self->gap = (int) geometry.gap;
  if (self->resize_id == 0)
    self->resize_id = g_idle_add (resize_cb, self);
}

static void
fare_year_grid_dispose (GObject *object)
{
  g_clear_handle_id (&FARE_YEAR_GRID (object)->resize_id, g_source_remove);

  G_OBJECT_CLASS (fare_year_grid_parent_class)->dispose (object);
}

static GtkSizeRequestMode
fare_year_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
get_square (FareCalendarCanvas *canvas,
            const Geometry     *geometry,
            FareDay             day,
            double             *x,
            double             *y)
{
  int week, weekday;

  fare_calendar_sheet_place (fare_calendar_canvas_get_sheet (canvas), day, &week, &weekday);
  *x = geometry->x + week * geometry->pitch;
  *y = geometry->y + weekday * geometry->pitch;
}

static void
path_square (cairo_t *cr,
             double   x,
             double   y,
             double   size,
             double   radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + size - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + size - radius, y + size - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + size - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
draw_square (FareCalendarCanvas     *canvas,
             cairo_t                *cr,
             const Geometry         *geometry,
             const FareCalendarCell *cell,
             const GdkRGBA          *levels)
{
  FareCalendarSheet *sheet = fare_calendar_canvas_get_sheet (canvas);
  double x, y;
  GdkRGBA text;

  get_square (canvas, geometry, cell->day, &x, &y);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (canvas)), &text);

  if (!cell->is_future)
    {
      gdk_cairo_set_source_rgba (cr, &levels[cell->level]);
      path_square (cr, x, y, geometry->cell, 2.5);
      cairo_fill (cr);
    }

  /* Days to come are places without a square. */
  if (cell->is_future || fare_palette_needs_outline ())
    {
      text.alpha *= fare_palette_needs_outline () && !cell->is_future ? 1.0 : 0.2;
      gdk_cairo_set_source_rgba (cr, &text);
      cairo_set_line_width (cr, 1.0);
      path_square (cr, x + 0.5, y + 0.5, geometry->cell - 1, 2);
      cairo_stroke (cr);
    }

  /* There was use, but it has no value: nothing of it has a price, for instance. */
  if (cell->is_used && cell->level == 0)
    {
      text.alpha = 0.8;
      gdk_cairo_set_source_rgba (cr, &text);
      cairo_new_sub_path (cr);
      cairo_arc (cr, x + geometry->cell / 2, y + geometry->cell / 2, geometry->cell * 0.16,
                 0, 2 * G_PI);
      cairo_fill (cr);
    }

  if (cell->day == sheet->today)
    {
      GdkRGBA accent;

      fare_palette_lookup (FARE_PALETTE_ACCENT, GTK_WIDGET (canvas), &accent);
      gdk_cairo_set_source_rgba (cr, &accent);
      cairo_set_line_width (cr, 2.0);
      path_square (cr, x - 1, y - 1, geometry->cell + 2, 3.5);
      cairo_stroke (cr);
    }
}

/* The first whole column of the month that begins with @first. */
static double
get_month_x (const FareCalendarSheet *sheet,
             const Geometry          *geometry,
             FareDay                  first)
{
  int week, weekday;

  fare_calendar_sheet_place (sheet, first, &week, &weekday);

  return geometry->x + (week + (weekday > 0 ? 1 : 0)) * geometry->pitch;
}

static void
draw_names (FareCalendarCanvas *canvas,
            cairo_t            *cr,
            const Geometry     *geometry)
{
  FareCalendarSheet *sheet = fare_calendar_canvas_get_sheet (canvas);
  GtkWidget *widget = GTK_WIDGET (canvas);
  GdkRGBA text;
  int width, height;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  if (!fare_palette_needs_outline ())
    text.alpha *= 0.6;
  gdk_cairo_set_source_rgba (cr, &text);

  for (int row = 0; row < 7; row++)
    {
      g_autofree char *name = fare_calendar_text_weekday (sheet, row, TRUE);
      g_autoptr(PangoLayout) layout = NULL;
      FareDay day = fare_day_get_week_start (sheet->range.first, sheet->first_weekday) + row;
      /* 1970-01-01 was a Thursday. */
      int weekday = (int) (((gint64) day + 3) % 7 + 7) % 7;

      if (weekday != 0 && weekday != 2 && weekday != 4)
        continue;

      layout = create_text (widget, name);
      pango_layout_get_pixel_size (layout, &width, &height);
      cairo_move_to (cr, geometry->x - 8 - width,
                     geometry->y + row * geometry->pitch + (geometry->cell - height) / 2.0);
      pango_cairo_show_layout (cr, layout);
    }

  for (FareDay first = sheet->range.first; first < sheet->range.end;
       first = fare_day_get_month_start (first, 1))
    {
      g_autofree char *name = fare_calendar_text_month (first, TRUE);
      g_autoptr(PangoLayout) layout = create_text (widget, name);
      FareDay next = fare_day_get_month_start (first, 1);
      double x = get_month_x (sheet, geometry, first);
      double end = next < sheet->range.end ? get_month_x (sheet, geometry, next)
                                           : gtk_widget_get_width (widget);

      /* Where the days begin or end within a month there may be no room for its name. */
      pango_layout_get_pixel_size (layout, &width, &height);
      if (x + width + NAME_GAP > end)
        continue;

      cairo_move_to (cr, x, geometry->y - 4 - height);
      pango_cairo_show_layout (cr, layout);
    }
}

static void
lookup_levels (GtkWidget *widget,
               GdkRGBA   *levels)
{
  for (guint i = 0; i < FARE_PALETTE_N_LEVELS; i++)
    fare_palette_lookup_level (i, widget, &levels[i]);
}

static void
fare_year_grid_draw (FareCalendarCanvas *canvas,
                     cairo_t            *cr,
                     double              width,
                     double              height)
{
  FareCalendarSheet *sheet = fare_calendar_canvas_get_sheet (canvas);
  GdkRGBA levels[FARE_PALETTE_N_LEVELS];
  Geometry geometry;

  get_geometry (GTK_WIDGET (canvas), width, &geometry);
  lookup_levels (GTK_WIDGET (canvas), levels);
  draw_names (canvas, cr, &geometry);
  for (guint i = 0; i < sheet->n_cells; i++)
    draw_square (canvas, cr, &geometry, &sheet->cells[i], levels);
}

static void
fare_year_grid_draw_day (FareCalendarCanvas *canvas,
                         cairo_t            *cr,
                         FareDay             day)
{
  GtkWidget *widget = GTK_WIDGET (canvas);
  Geometry geometry;
  GdkRGBA text;
  double x, y;

  get_geometry (widget, gtk_widget_get_width (widget), &geometry);
  get_square (canvas, &geometry, day, &x, &y);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  gdk_cairo_set_source_rgba (cr, &text);
  cairo_set_line_width (cr, 2.0);
  path_square (cr, x - 1, y - 1, geometry.cell + 2, 3.5);
  cairo_stroke (cr);
}

static void
fare_year_grid_get_bounds (FareCalendarCanvas *canvas,
                           FareDay             day,
                           graphene_rect_t    *bounds,
                           graphene_rect_t    *anchor)
{
  Geometry geometry;
  double x, y;

  get_geometry (GTK_WIDGET (canvas), gtk_widget_get_width (GTK_WIDGET (canvas)), &geometry);
  get_square (canvas, &geometry, day, &x, &y);
  graphene_rect_init (bounds, x - 2, y - 2, geometry.cell + 4, geometry.cell + 4);
  if (anchor != NULL)
    *anchor = *bounds;
}

/* Gaps belong to the square before them, so that the pointer never falls through. */
static FareDay
fare_year_grid_find_day (FareCalendarCanvas *canvas,
                         double              x,
                         double              y)
{
  FareCalendarSheet *sheet = fare_calendar_canvas_get_sheet (canvas);
  Geometry geometry;
  int week, weekday;
  FareDay day;

  get_geometry (GTK_WIDGET (canvas), gtk_widget_get_width (GTK_WIDGET (canvas)), &geometry);
  if (x < geometry.x || y < geometry.y)
    return FARE_CALENDAR_NO_DAY;

  week = (int) ((x - geometry.x) / geometry.pitch);
  weekday = (int) ((y - geometry.y) / geometry.pitch);
  if (weekday > 6)
    return FARE_CALENDAR_NO_DAY;

  day = fare_day_get_week_start (sheet->range.first, sheet->first_weekday) + 7 * week + weekday;

  return fare_calendar_sheet_find (sheet, day) != NULL ? day : FARE_CALENDAR_NO_DAY;
}

static void
name_pressed_cb (FareYearGrid *self,
                 int           n_press,
                 double        x,
                 double        y)
{
  FareCalendarSheet *sheet = fare_calendar_canvas_get_sheet (FARE_CALENDAR_CANVAS (self));
  Geometry geometry;
  FareDay found = FARE_CALENDAR_NO_DAY;

  if (sheet == NULL)
    return;

  get_geometry (GTK_WIDGET (self), gtk_widget_get_width (GTK_WIDGET (self)), &geometry);
  if (y >= geometry.y || x < geometry.x)
    return;

  for (FareDay first = sheet->range.first; first < sheet->range.end;
       first = fare_day_get_month_start (first, 1))
    {
      if (x >= get_month_x (sheet, &geometry, first))
        found = first;
    }

  if (found != FARE_CALENDAR_NO_DAY && found <= sheet->today)
    g_signal_emit (self, signals[SIGNAL_MONTH_ACTIVATED], 0, found);
}

static void
fare_year_grid_class_init (FareYearGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FareCalendarCanvasClass *canvas_class = FARE_CALENDAR_CANVAS_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_year_grid_dispose;

  widget_class->get_request_mode = fare_year_grid_get_request_mode;
  widget_class->measure = fare_year_grid_measure;
  widget_class->size_allocate = fare_year_grid_size_allocate;

  canvas_class->draw = fare_year_grid_draw;
  canvas_class->draw_day = fare_year_grid_draw_day;
  canvas_class->find_day = fare_year_grid_find_day;
  canvas_class->get_bounds = fare_year_grid_get_bounds;

  signals[SIGNAL_MONTH_ACTIVATED] =
    g_signal_new ("month-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "yeargrid");
}

static void
fare_year_grid_init (FareYearGrid *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "released", G_CALLBACK (name_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
