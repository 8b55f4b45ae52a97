/* fare-card-grid.c
 *
 * Cards of equal width in as many columns as fit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-card-grid.h"

#define SPACING 12

struct _FareCardGrid
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (FareCardGrid, fare_card_grid, GTK_TYPE_BOX)

static guint
count_cards (GtkWidget *widget,
             int       *widest)
{
  guint n_cards = 0;

  *widest = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      *widest = MAX (*widest, minimum);
      n_cards++;
    }

  return n_cards;
}

/* As few rows as possible. */
static guint
count_rows (guint n_cards,
            int   widest,
            int   width)
{
  guint fitting = MAX (1, (width + SPACING) / (MAX (widest, 1) + SPACING));

  return (n_cards + fitting - 1) / fitting;
}

/* The first @n_cards visible children from @child on, the height of their row, and who follows. */
static GtkWidget *
measure_row (GtkWidget *child,
             guint      n_cards,
             int        width,
             int       *height)
{
  *height = 0;

  for (; child != NULL && n_cards > 0; child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
      *height = MAX (*height, minimum);
      n_cards--;
    }

  return child;
}

static void
allocate_row (GtkWidget *child,
              guint      n_cards,
              int        y,
              int        width,
              int        height)
{
  gboolean is_rtl = gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL;
  int available = width - SPACING * ((int) n_cards - 1);

  for (guint i = 0; child != NULL && i < n_cards; child = gtk_widget_get_next_sibling (child))
    {
      int start, end;

      if (!gtk_widget_should_layout (child))
        continue;

      /* Dividing the edges, not the widths, leaves no pixel over at the end. */
      start = available * (int) i / (int) n_cards + SPACING * (int) i;
      end = available * ((int) i + 1) / (int) n_cards + SPACING * (int) i;

      gtk_widget_size_allocate (child,
                                &(GtkAllocation) { is_rtl ? width - end : start, y,
                                                   end - start, height },
                                -1);
      i++;
    }
}

static int
arrange (GtkWidget *widget,
         int        width,
         gboolean   place)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int widest, y = 0;
  guint n_left = count_cards (widget, &widest);
  guint n_rows = count_rows (n_left, widest, width);

  for (; n_rows > 0; n_rows--)
    {
      /* What is left, evenly: ten cards in four rows are three, three, two and two. */
      guint n_cards = (n_left + n_rows - 1) / n_rows;
      int height;
      GtkWidget *next = measure_row (child, n_cards,
                                     (width - SPACING * ((int) n_cards - 1)) / (int) n_cards,
                                     &height);

      if (place)
        allocate_row (child, n_cards, y, width, height);

      y += height + SPACING;
      n_left -= n_cards;
      child = next;
    }

  return MAX (0, y - SPACING);
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
  int widest;
  guint n_cards = count_cards (widget, &widest);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = MAX (0, (int) n_cards * (widest + SPACING) - SPACING);
    }
  else
    {
      *minimum = arrange (widget, for_size >= 0 ? for_size : widest, FALSE);
      *natural = *minimum;
    }
}

static void
allocate (GtkWidget *widget,
          int        width,
          int        height,
          int        baseline)
{
  arrange (widget, width, TRUE);
}

static void
fare_card_grid_class_init (FareCardGridClass *klass)
{
}

static void
fare_card_grid_init (FareCardGrid *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (get_request_mode, measure, allocate));
}
