/* fare-month-grid.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-calendar-text.h"
#include "widgets/fare-level-swatch.h"
#include "widgets/fare-month-grid.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-quiet-tooltip.h"

#define N_DAYS 42

typedef struct
{
  GtkWidget *button;
  GtkLabel  *number;
  GtkLabel  *value;
  GtkWidget *swatch;
  FareDay    day;
} Place;

struct _FareMonthGrid
{
  GtkGrid            parent_instance;

  GtkLabel          *weekdays[7];
  Place              places[N_DAYS];
  FareCalendarSheet *sheet;
};

G_DEFINE_FINAL_TYPE (FareMonthGrid, fare_month_grid, GTK_TYPE_GRID)

enum
{
  SIGNAL_DAY_ACTIVATED,
  SIGNAL_STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
clicked_cb (GtkWidget     *button,
            FareMonthGrid *self)
{
  for (guint i = 0; i < N_DAYS; i++)
    {
      if (self->places[i].button == button)
        g_signal_emit (self, signals[SIGNAL_DAY_ACTIVATED], 0, self->places[i].day);
    }
}

/* The day that a key leads to; the same keys as in the other views. */
static gboolean
find_target (FareMonthGrid *self,
             guint          key,
             FareDay       *day)
{
  switch (key)
    {
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      *day = self->sheet->range.first;
      return TRUE;

    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      *day = fare_calendar_sheet_last_day (self->sheet);
      return TRUE;

    case GDK_KEY_t:
    case GDK_KEY_T:
      *day = fare_calendar_sheet_clamp (self->sheet, self->sheet->today);
      return TRUE;

    case GDK_KEY_m:
    case GDK_KEY_M:
      *day = self->sheet->highlights.has_value ? self->sheet->highlights.peak_day
                                               : fare_calendar_sheet_last_day (self->sheet);
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (FareMonthGrid   *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  gboolean is_back = key == GDK_KEY_Page_Up || key == GDK_KEY_KP_Page_Up;
  FareDay day;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  if (is_back || key == GDK_KEY_Page_Down || key == GDK_KEY_KP_Page_Down)
    {
      g_signal_emit (self, signals[SIGNAL_STEP], 0, is_back ? -1 : 1);
      return GDK_EVENT_STOP;
    }

  if (self->sheet != NULL && find_target (self, key, &day))
    {
      GtkWidget *button = fare_month_grid_find_button (self, day);

      if (button != NULL)
        gtk_widget_grab_focus (button);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
show_place (FareMonthGrid *self,
            Place         *place)
{
  const FareCalendarCell *cell = fare_calendar_sheet_find (self->sheet, place->day);
  g_autofree char *number = NULL;
  g_autofree char *value = NULL;
  g_autofree char *sentence = NULL;
  int year, month, mday;

  fare_day_to_ymd (place->day, &year, &month, &mday);
  number = g_strdup_printf ("%d", mday);
  fare_quiet_label_set (place->number, number);

  value = cell != NULL ? fare_calendar_text_cell (self->sheet, cell) : g_strdup ("");
  fare_quiet_label_set (place->value, value);
  sentence = cell != NULL ? fare_calendar_text_sentence (self->sheet, cell)
                          : fare_calendar_text_day (place->day);
  fare_quiet_tooltip_set (place->button, cell != NULL ? sentence : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (place->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);

  fare_level_swatch_set_level (FARE_LEVEL_SWATCH (place->swatch), cell != NULL ? cell->level : 0);
  gtk_widget_set_opacity (place->swatch, cell != NULL && !cell->is_future ? 1.0 : 0.0);
  gtk_widget_set_sensitive (place->button, cell != NULL && !cell->is_future);
  set_class (place->button, "other", cell == NULL);
  set_class (place->button, "today", place->day == self->sheet->today && cell != NULL);
}

static void
add_place (FareMonthGrid *self,
           guint          i)
{
  Place *place = &self->places[i];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  place->number = GTK_LABEL (gtk_label_new (NULL));
  place->value = GTK_LABEL (gtk_label_new (NULL));
  place->swatch = fare_level_swatch_new (16, 6);
  place->button = gtk_button_new ();

  gtk_label_set_xalign (place->number, 0.0);
  gtk_widget_add_css_class (GTK_WIDGET (place->number), "number");
  gtk_widget_add_css_class (GTK_WIDGET (place->number), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (place->value), "value");
  gtk_widget_add_css_class (GTK_WIDGET (place->value), "numeric");
  gtk_widget_set_vexpand (GTK_WIDGET (place->value), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (place->number));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (place->value));
  gtk_box_append (GTK_BOX (box), place->swatch);
  /* At the foot, also where the value is hidden. */
  gtk_widget_set_valign (place->swatch, GTK_ALIGN_END);

  gtk_button_set_child (GTK_BUTTON (place->button), box);
  gtk_widget_set_visible (place->button, FALSE);
  gtk_widget_add_css_class (place->button, "flat");
  gtk_widget_add_css_class (place->button, "fare-day");
  g_signal_connect (place->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_grid_attach (GTK_GRID (self), place->button, i % 7, 1 + i / 7, 1, 1);
}

static void
fare_month_grid_dispose (GObject *object)
{
  g_clear_pointer (&FARE_MONTH_GRID (object)->sheet, fare_calendar_sheet_unref);

  G_OBJECT_CLASS (fare_month_grid_parent_class)->dispose (object);
}

static void
fare_month_grid_class_init (FareMonthGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_month_grid_dispose;

  signals[SIGNAL_DAY_ACTIVATED] =
    g_signal_new ("day-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_STEP] =
    g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "monthgrid");
}

static void
fare_month_grid_init (FareMonthGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (self), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self), 3);
  gtk_grid_set_row_spacing (GTK_GRID (self), 3);

  for (guint i = 0; i < G_N_ELEMENTS (self->weekdays); i++)
    {
      self->weekdays[i] = GTK_LABEL (gtk_label_new (NULL));
      /* Large text on a phone: what is cut is better guessed than what is out of sight. */
      gtk_label_set_ellipsize (self->weekdays[i], PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (GTK_WIDGET (self->weekdays[i]), "caption-heading");
      gtk_widget_add_css_class (GTK_WIDGET (self->weekdays[i]), "dim-label");
      gtk_grid_attach (GTK_GRID (self), GTK_WIDGET (self->weekdays[i]), i, 0, 1, 1);
    }

  for (guint i = 0; i < N_DAYS; i++)
    add_place (self, i);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
fare_month_grid_set_sheet (FareMonthGrid     *self,
                           FareCalendarSheet *sheet)
{
  FareDay first;

  g_return_if_fail (FARE_IS_MONTH_GRID (self));
  g_return_if_fail (sheet != NULL);

  if (fare_calendar_sheet_equal (self->sheet, sheet))
    return;

  g_clear_pointer (&self->sheet, fare_calendar_sheet_unref);
  self->sheet = fare_calendar_sheet_ref (sheet);
  first = fare_day_get_week_start (sheet->range.first, sheet->first_weekday);

  for (int row = 0; row < 7; row++)
    {
      g_autofree char *name = fare_calendar_text_weekday (sheet, row, TRUE);

      fare_quiet_label_set (self->weekdays[row], name);
    }

  for (guint i = 0; i < N_DAYS; i++)
    {
      self->places[i].day = first + (FareDay) i;
      gtk_widget_set_visible (self->places[i].button, i < 7 * sheet->n_weeks);
      show_place (self, &self->places[i]);
    }
}

GtkWidget *
fare_month_grid_find_button (FareMonthGrid *self,
                             FareDay        day)
{
  g_return_val_if_fail (FARE_IS_MONTH_GRID (self), NULL);

  for (guint i = 0; i < N_DAYS && self->sheet != NULL; i++)
    {
      if (self->places[i].day == day && fare_calendar_sheet_find (self->sheet, day) != NULL)
        return self->places[i].button;
    }

  return NULL;
}

void
fare_month_grid_set_narrow (FareMonthGrid *self,
                            gboolean       is_narrow)
{
  g_return_if_fail (FARE_IS_MONTH_GRID (self));

  gtk_grid_set_column_spacing (GTK_GRID (self), is_narrow ? 2 : 3);

  /* A seventh of a phone has no room for amounts; the shade, the tooltip and the table have them. */
  for (guint i = 0; i < N_DAYS; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->places[i].value), !is_narrow);
      gtk_widget_set_vexpand (self->places[i].swatch, is_narrow);
      gtk_widget_set_vexpand (self->places[i].button, !is_narrow);
    }
}
