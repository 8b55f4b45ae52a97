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
             gboolean   place,
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
      if (place)
        gtk_widget_size_allocate (child, &(GtkAllocation) { is_rtl ? width - x - share : x, 0,
                                                            share, height }, -1);

      x += share + ROW_SPACING;
    }

  return tallest;
}

static int
arrange_column (GtkWidget *widget,
                int        width,
                gboolean   place)
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
      if (place)
        gtk_widget_size_allocate (child, &(GtkAllocation) { 0, y, width, tall }, -1);

      y += tall + COLUMN_SPACING;
    }

  return MAX (0, y - COLUMN_SPACING);
}

/* Returns the height needed; without @place, @height is not looked at. */
static int
arrange (GtkWidget *widget,
         int        width,
         int        height,
         gboolean   place)
{
  int row_width, n_expanding;

  measure_widths (widget, &row_width, &n_expanding);
  if (width < row_width)
    return arrange_column (widget, width, place);

  return arrange_row (widget, width, height, place, width - row_width, n_expanding);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size,
         int            *minimum,
         int            *natural,
         int            *minimum_baseline,
         int            *natural_baseline)
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
allocate (GtkWidget *widget,
          int        width,
          int        height,
          int        baseline)
{
  arrange (widget, width, height, TRUE);
}

static void
fare_fold_box_class_init (FareFoldBoxClass *klass)
{
}

static void
fare_fold_box_init (FareFoldBox *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (get_request_mode, measure, allocate));
}
