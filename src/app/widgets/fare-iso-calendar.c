/* fare-iso-calendar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <adwaita.h>
#include <math.h>

#include "models/fare-calendar-text.h"
#include "widgets/fare-font.h"
#include "widgets/fare-iso-calendar.h"

#define GROW_MS 250

struct _FareIsoCalendar
{
  FareCalendarCanvas  parent_instance;

  FareIsoScene        scene;
  FareIsoLayout       layout;      /* as of the last drawing */
  int                 label_width;
  int                 label_height;
  int                 rotation;
  double              zoom;
  double              pinch_start; /* zoom when two fingers came down */
  gboolean            has_turned;  /* by the fingers that are down */
  gboolean            is_root;
  FareCalendarPeriod  grown;       /* the period that has grown already */
  AdwAnimation       *growth;
  double              grown_part;
};

G_DEFINE_FINAL_TYPE (FareIsoCalendar, fare_iso_calendar, FARE_TYPE_CALENDAR_CANVAS)

enum
{
  SIGNAL_VIEW_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static FareCalendarSheet *
get_sheet (FareIsoCalendar *self)
{
  return fare_calendar_canvas_get_sheet (FARE_CALENDAR_CANVAS (self));
}

static void
view_changed (FareIsoCalendar *self)
{
  fare_calendar_canvas_invalidate (FARE_CALENDAR_CANVAS (self));
  g_signal_emit (self, signals[SIGNAL_VIEW_CHANGED], 0);
}

static PangoFontDescription *
copy_label_font (FareIsoCalendar *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontDescription *font =
    pango_font_description_copy (pango_context_get_font_description (context));

  fare_font_scale (font, FARE_FONT_CAPTION);

  return font;
}

static void
measure_labels (FareIsoCalendar *self)
{
  PangoFontDescription *font = copy_label_font (self);
  g_autoptr(PangoLayout) text = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);

  self->label_width = 0;
  self->label_height = 0;
  pango_layout_set_font_description (text, font);

  for (guint i = 0; i < self->scene.n_labels; i++)
    {
      int width, height;

      pango_layout_set_text (text, self->scene.labels[i].text, -1);
      pango_layout_get_pixel_size (text, &width, &height);
      self->label_width = MAX (self->label_width, width);
      self->label_height = MAX (self->label_height, height);
    }

  pango_font_description_free (font);
}

static void
fill_labels (FareIsoScene      *scene,
             FareCalendarSheet *sheet)
{
  scene->labels = g_new0 (FareIsoLabel, 7 + 12);

  /* Cells are narrower than names: letters have to do, and the tooltip tells the rest. */
  for (int row = 0; row < 7; row++)
    {
      g_autofree char *name = fare_calendar_text_weekday (sheet, row, TRUE);

      scene->labels[scene->n_labels++] =
        (FareIsoLabel) { TRUE, row, sheet->period.is_month ? g_strdup (name)
                                                           : g_utf8_substring (name, 0, 1) };
    }

  for (FareDay first = sheet->range.first; first < sheet->range.end && !sheet->period.is_month;
       first = fare_day_get_month_start (first, 1))
    {
      int week, weekday;

      fare_calendar_sheet_place (sheet, first, &week, &weekday);
      scene->labels[scene->n_labels++] =
        (FareIsoLabel) { FALSE, week, fare_calendar_text_month (first, TRUE) };
    }
}

static void
fill_scene (FareIsoScene      *scene,
            FareCalendarSheet *sheet)
{
  fare_iso_scene_clear (scene);
  scene->n_weeks = sheet->n_weeks;
  scene->n_cubes = sheet->n_cells;
  scene->cubes = g_new0 (FareIsoCube, sheet->n_cells);

  for (guint i = 0; i < sheet->n_cells; i++)
    {
      const FareCalendarCell *cell = &sheet->cells[i];
      FareIsoCube *cube = &scene->cubes[i];

      fare_calendar_sheet_place (sheet, cell->day, &cube->week, &cube->weekday);
      cube->share = sheet->levels.greatest > 0.0 ? MAX (0.0, cell->value / sheet->levels.greatest)
                                                 : 0.0;
      cube->level = cell->level;
      cube->is_used = cell->is_used;
      cube->is_future = cell->is_future;
      cube->is_today = cell->day == sheet->today;
    }

  fill_labels (scene, sheet);
}

static void
grow_cb (double   value,
         gpointer user_data)
{
  FareIsoCalendar *self = user_data;

  self->grown_part = value;
  fare_calendar_canvas_invalidate (FARE_CALENDAR_CANVAS (self));
}

/* Once for each period, and not while nobody sees it.  libadwaita leaves animations out where they
 * are not wanted. */
static void
grow (FareIsoCalendar *self)
{
  FareCalendarSheet *sheet = get_sheet (self);

  if (sheet == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      (self->grown.first == sheet->period.first && self->grown.is_month == sheet->period.is_month))
    return;

  self->grown = sheet->period;
  adw_animation_reset (self->growth);
  adw_animation_play (self->growth);
}

static void
fare_iso_calendar_sheet_changed (FareCalendarCanvas *canvas)
{
  FareIsoCalendar *self = FARE_ISO_CALENDAR (canvas);
  FareCalendarSheet *sheet = get_sheet (self);

  if (sheet == NULL)
    return;

  fill_scene (&self->scene, sheet);
  measure_labels (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  grow (self);
}

static void
get_space (FareIsoCalendar *self,
           double           width,
           double           height,
           FareIsoSpace    *space)
{
  FareCalendarSheet *sheet = get_sheet (self);

  *space = (FareIsoSpace) { width, height, self->label_width, self->label_height, self->zoom,
                            self->rotation, sheet != NULL && sheet->period.is_month, self->is_root };
}

static void
update_layout (FareIsoCalendar *self,
               double           width,
               double           height)
{
  FareIsoSpace space;

  get_space (self, width, height, &space);
  fare_iso_layout_init (&self->layout, &self->scene, &space);
  self->layout.growth = self->grown_part;
}

static void
look_up_style (FareIsoCalendar *self,
               FareIsoStyle    *style)
{
  GtkWidget *widget = GTK_WIDGET (self);

  for (guint i = 0; i < FARE_PALETTE_N_LEVELS; i++)
    fare_palette_lookup_level (i, widget, &style->levels[i]);

  fare_palette_lookup (FARE_PALETTE_ACCENT, widget, &style->accent);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &style->text);
  style->has_outline = fare_palette_needs_outline ();
}

static void
fare_iso_calendar_draw (FareCalendarCanvas *canvas,
                        cairo_t            *cr,
                        double              width,
                        double              height)
{
  FareIsoCalendar *self = FARE_ISO_CALENDAR (canvas);
  PangoFontDescription *font = copy_label_font (self);
  FareIsoStyle style = { .font = font };

  look_up_style (self, &style);
  update_layout (self, width, height);
  fare_iso_scene_draw (&self->scene, &self->layout, &style, cr);
  pango_font_description_free (font);
}

static guint
get_index (FareIsoCalendar *self,
           FareDay          day)
{
  return day - get_sheet (self)->range.first;
}

static void
fare_iso_calendar_draw_day (FareCalendarCanvas *canvas,
                            cairo_t            *cr,
                            FareDay             day)
{
  FareIsoCalendar *self = FARE_ISO_CALENDAR (canvas);
  FareIsoStyle style = { .font = NULL };

  look_up_style (self, &style);
  fare_iso_scene_draw_raised (&self->scene, &self->layout, &style, get_index (self, day), cr);
}

static void
ensure_layout (FareIsoCalendar *self)
{
  update_layout (self, gtk_widget_get_width (GTK_WIDGET (self)),
                 gtk_widget_get_height (GTK_WIDGET (self)));
}

static void
fare_iso_calendar_get_bounds (FareCalendarCanvas *canvas,
                              FareDay             day,
                              graphene_rect_t    *bounds,
                              graphene_rect_t    *anchor)
{
  FareIsoCalendar *self = FARE_ISO_CALENDAR (canvas);
  const FareIsoCube *cube = &self->scene.cubes[get_index (self, day)];

  ensure_layout (self);
  fare_iso_layout_get_bounds (&self->layout, cube, bounds);

  if (anchor != NULL)
    {
      double half_width = self->layout.half_width * 0.9;
      double x, y;

      fare_iso_layout_get_top (&self->layout, cube, &x, &y);
      graphene_rect_init (anchor, x - half_width, y - half_width / 2.0, 2.0 * half_width, half_width);
    }
}

static FareDay
fare_iso_calendar_find_day (FareCalendarCanvas *canvas,
                            double              x,
                            double              y)
{
  FareIsoCalendar *self = FARE_ISO_CALENDAR (canvas);
  guint index;

  ensure_layout (self);
  index = fare_iso_layout_find (&self->layout, &self->scene, x, y);

  return index != FARE_ISO_NONE ? get_sheet (self)->range.first + (FareDay) index
                                : FARE_CALENDAR_NO_DAY;
}

/* What can be seen of the canvas at once. */
static void
get_view_size (FareIsoCalendar *self,
               int             *width,
               int             *height)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  *width = scroller != NULL ? gtk_widget_get_width (scroller) : 0;
  *height = scroller != NULL ? gtk_widget_get_height (scroller) : 0;
}

static void
fare_iso_calendar_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  FareIsoCalendar *self = FARE_ISO_CALENDAR (widget);
  FareIsoSpace space;
  int width, height, view_width, view_height;

  get_space (self, 0, 0, &space);
  if (self->scene.n_cubes == 0)
    self->scene.n_weeks = 53;
  fare_iso_layout_get_min_size (&self->scene, &space, &width, &height);

  if (self->zoom > 1.0)
    {
      get_view_size (self, &view_width, &view_height);
      width = (int) (MAX (width, view_width) * self->zoom);
      height = (int) (MAX (height, view_height) * self->zoom);
    }

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? width : height;
  *natural = *minimum;
}

/* The middle of what can be seen stays in the middle. */
static void
keep_middle (FareIsoCalendar *self,
             double           ratio)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  for (int i = 0; scroller != NULL && i < 2; i++)
    {
      GtkAdjustment *adjustment =
        i == 0 ? gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller))
               : gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
      double page = gtk_adjustment_get_page_size (adjustment);
      double value = (gtk_adjustment_get_value (adjustment) + page / 2.0) * ratio - page / 2.0;

      /* The canvas will have grown as much by the time it is allocated. */
      gtk_adjustment_set_upper (adjustment, MAX (page, gtk_adjustment_get_upper (adjustment) * ratio));
      gtk_adjustment_set_value (adjustment, value);
    }
}

static gboolean
scroll_cb (FareIsoCalendar    *self,
           double              dx,
           double              dy,
           GtkEventController *controller)
{
  if ((gtk_event_controller_get_current_event_state (controller) & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;

  fare_iso_calendar_set_zoom (self, self->zoom * pow (1.1, -dy));

  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (FareIsoCalendar *self)
{
  self->pinch_start = self->zoom;
  self->has_turned = FALSE;
}

static void
pinch_cb (FareIsoCalendar *self,
          double           scale)
{
  fare_iso_calendar_set_zoom (self, self->pinch_start * scale);
}

static void
turn_fingers_cb (FareIsoCalendar *self,
                 double           angle,
                 double           delta)
{
  if (self->has_turned || fabs (delta) < G_PI / 4.0)
    return;

  self->has_turned = TRUE;
  fare_iso_calendar_turn (self, delta > 0 ? 1 : -1);
}

static gboolean
key_pressed_cb (FareIsoCalendar *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  gboolean has_control = (modifiers & GDK_CONTROL_MASK) != 0;

  if (!has_control && (key == GDK_KEY_bracketleft || key == GDK_KEY_bracketright))
    fare_iso_calendar_turn (self, key == GDK_KEY_bracketright ? 1 : -1);
  else if (has_control && (key == GDK_KEY_plus || key == GDK_KEY_equal || key == GDK_KEY_KP_Add))
    fare_iso_calendar_set_zoom (self, self->zoom * 1.25);
  else if (has_control && (key == GDK_KEY_minus || key == GDK_KEY_KP_Subtract))
    fare_iso_calendar_set_zoom (self, self->zoom / 1.25);
  else if (has_control && (key == GDK_KEY_0 || key == GDK_KEY_KP_0))
    fare_iso_calendar_set_zoom (self, 1.0);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
fare_iso_calendar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fare_iso_calendar_parent_class)->map (widget);
  grow (FARE_ISO_CALENDAR (widget));
}

static void
fare_iso_calendar_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (fare_iso_calendar_parent_class)->css_changed (widget, change);
  measure_labels (FARE_ISO_CALENDAR (widget));
  gtk_widget_queue_resize (widget);
}

static void
fare_iso_calendar_dispose (GObject *object)
{
  FareIsoCalendar *self = FARE_ISO_CALENDAR (object);

  if (self->growth != NULL)
    adw_animation_skip (self->growth);
  g_clear_object (&self->growth);

  G_OBJECT_CLASS (fare_iso_calendar_parent_class)->dispose (object);
}

static void
fare_iso_calendar_finalize (GObject *object)
{
  fare_iso_scene_clear (&FARE_ISO_CALENDAR (object)->scene);

  G_OBJECT_CLASS (fare_iso_calendar_parent_class)->finalize (object);
}

static void
fare_iso_calendar_class_init (FareIsoCalendarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FareCalendarCanvasClass *canvas_class = FARE_CALENDAR_CANVAS_CLASS (klass);

  object_class->dispose = fare_iso_calendar_dispose;
  object_class->finalize = fare_iso_calendar_finalize;

  widget_class->css_changed = fare_iso_calendar_css_changed;
  widget_class->map = fare_iso_calendar_map;
  widget_class->measure = fare_iso_calendar_measure;

  canvas_class->draw = fare_iso_calendar_draw;
  canvas_class->draw_day = fare_iso_calendar_draw_day;
  canvas_class->find_day = fare_iso_calendar_find_day;
  canvas_class->get_bounds = fare_iso_calendar_get_bounds;
  canvas_class->sheet_changed = fare_iso_calendar_sheet_changed;

  signals[SIGNAL_VIEW_CHANGED] =
    g_signal_new ("view-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "isocalendar");
}

static void
fare_iso_calendar_init (FareIsoCalendar *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *fingers = gtk_gesture_rotate_new ();

  self->zoom = 1.0;
  self->grown_part = 1.0;
  self->growth = adw_timed_animation_new (widget, 0.0, 1.0, GROW_MS,
                                          adw_callback_animation_target_new (grow_cb, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->growth), ADW_EASE_OUT_CUBIC);

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  g_signal_connect_swapped (fingers, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (fingers, "angle-changed", G_CALLBACK (turn_fingers_cb), self);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, keys);
  gtk_gesture_group (fingers, pinch);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (fingers));
}

void
fare_iso_calendar_turn (FareIsoCalendar *self,
                        int              quarters)
{
  g_return_if_fail (FARE_IS_ISO_CALENDAR (self));

  self->rotation = ((self->rotation + quarters) % 4 + 4) % 4;
  view_changed (self);
}

int
fare_iso_calendar_get_rotation (FareIsoCalendar *self)
{
  g_return_val_if_fail (FARE_IS_ISO_CALENDAR (self), 0);

  return self->rotation;
}

void
fare_iso_calendar_set_zoom (FareIsoCalendar *self,
                            double           zoom)
{
  double before;

  g_return_if_fail (FARE_IS_ISO_CALENDAR (self));

  before = self->zoom;
  zoom = CLAMP (zoom, FARE_ISO_MIN_ZOOM, FARE_ISO_MAX_ZOOM);
  /* Steps up and down again end where they began. */
  if (fabs (zoom - 1.0) < 0.02)
    zoom = 1.0;
  if (zoom == before)
    return;

  self->zoom = zoom;
  keep_middle (self, MAX (1.0, zoom) / MAX (1.0, before));
  gtk_widget_queue_resize (GTK_WIDGET (self));
  view_changed (self);
}

double
fare_iso_calendar_get_zoom (FareIsoCalendar *self)
{
  g_return_val_if_fail (FARE_IS_ISO_CALENDAR (self), 1.0);

  return self->zoom;
}

void
fare_iso_calendar_set_root (FareIsoCalendar *self,
                            gboolean         is_root)
{
  g_return_if_fail (FARE_IS_ISO_CALENDAR (self));

  if (self->is_root == !!is_root)
    return;

  self->is_root = !!is_root;
  fare_calendar_canvas_invalidate (FARE_CALENDAR_CANVAS (self));
}

const FareIsoScene *
fare_iso_calendar_get_scene (FareIsoCalendar *self)
{
  g_return_val_if_fail (FARE_IS_ISO_CALENDAR (self), NULL);

  return &self->scene;
}
