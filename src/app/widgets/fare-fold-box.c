/* fare-fold-box.c
 *
 * A row that becomes a column where it has no room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-fold-box.h"

#define ROW_SPACING    12
#define COLUMN_SPACING 6

/* The arrangement is a layout manager; the widget only makes it usable from templates. */

#define FARE_TYPE_FOLD_LAYOUT (fare_fold_layout_get_type ())
G_DECLARE_FINAL_TYPE (FareFoldLayout, fare_fold_layout, FARE, FOLD_LAYOUT, GtkLayoutManager)

struct _FareFoldLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (FareFoldLayout, fare_fold_layout, GTK_TYPE_LAYOUT_MANAGER)

struct _FareFoldBox
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (FareFoldBox, fare_fold_box, GTK_TYPE_BOX)

/* The width of the widest child at its least, of all in a row, and how many of them expand. */
static int
measure_widths (GtkWidget *widget,
                int       *row_width,
                int       *n_expanding)
{
  int widest = 0;

  *row_width = -ROW_SPACING;
  *n_expanding = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum, natural;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      widest = MAX (widest, minimum);
      *row_width += natural + ROW_SPACING;
      *n_expanding += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
    }

  *row_width = MAX (*row_width, widest);

  return widest;
}

static int
arrange_row (GtkWidget *widget,
             int        width,
             int        height,
             gboolean   allocate,
             int        spare,
             int        n_expanding)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int tallest = 0;
  int x = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int share, tall;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &share, NULL, NULL);
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        share += spare / n_expanding;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, share, &tall, NULL, NULL, NULL);
      tallest = MAX (tallest, tall);
      if (allocate)
        gtk_widget_size_allocate (child, &(GtkAllocation) { is_rtl ? width - x - share : x, 0,
                                                            share, height }, -1);

      x += share + ROW_SPACING;
    }

  return tallest;
}

static int
arrange_column (GtkWidget *widget,
                int        width,
                gboolean   allocate)
{
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int tall;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &tall, NULL, NULL, NULL);
      if (allocate)
        gtk_widget_size_allocate (child, &(GtkAllocation) { 0, y, width, tall }, -1);

      y += tall + COLUMN_SPACING;
    }

  return MAX (0, y - COLUMN_SPACING);
}

/* Returns the height needed; without @allocate, @height is not looked at. */
static int
arrange (GtkWidget *widget,
         int        width,
         int        height,
         gboolean   allocate)
{
  int row_width, n_expanding;

  measure_widths (widget, &row_width, &n_expanding);
  if (width < row_width)
    return arrange_column (widget, width, allocate);

  return arrange_row (widget, width, height, allocate, width - row_width, n_expanding);
}

static GtkSizeRequestMode
fare_fold_layout_get_request_mode (GtkLayoutManager *manager,
                                   GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fare_fold_layout_measure (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          GtkOrientation    orientation,
                          int               for_size,
                          int              *minimum,
                          int              *natural,
                          int              *minimum_baseline,
                          int              *natural_baseline)
{
  int row_width, n_expanding;
  int widest = measure_widths (widget, &row_width, &n_expanding);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = row_width;
    }
  else
    {
      *minimum = arrange (widget, for_size >= 0 ? for_size : widest, 0, FALSE);
      *natural = *minimum;
    }
}

static void
fare_fold_layout_allocate (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           int               width,
                           int               height,
                           int               baseline)
{
  arrange (widget, width, height, TRUE);
}

static void
fare_fold_layout_class_init (FareFoldLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = fare_fold_layout_get_request_mode;
  layout_class->measure = fare_fold_layout_measure;
  layout_class->allocate = fare_fold_layout_allocate;
}

static void
fare_fold_layout_init (FareFoldLayout *self)
{
}

static void
fare_fold_box_class_init (FareFoldBoxClass *klass)
{
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), FARE_TYPE_FOLD_LAYOUT);
}

static void
fare_fold_box_init (FareFoldBox *self)
{
}
