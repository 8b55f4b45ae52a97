/* fare-line-numbers.c
 *
 * The numbers of the lines beside a text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-line-numbers.h"

#define MARGIN 8

struct _FareLineNumbers
{
  GtkWidget      parent_instance;

  GtkTextView   *view;       /* its parent, which outlives it */
  GtkAdjustment *adjustment; /* what scrolls the view */
};

G_DEFINE_FINAL_TYPE (FareLineNumbers, fare_line_numbers, GTK_TYPE_WIDGET)

static PangoLayout *
create_layout (FareLineNumbers *self,
               int              number)
{
  g_autofree char *text = g_strdup_printf ("%d", number);

  return gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
}

static void
fare_line_numbers_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  FareLineNumbers *self = FARE_LINE_NUMBERS (widget);
  g_autoptr(PangoLayout) layout = NULL;
  int n_lines = gtk_text_buffer_get_line_count (gtk_text_view_get_buffer (self->view));
  int width;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  /* Room for three digits from the start, so that the text does not jump while it is short. */
  layout = create_layout (self, MAX (n_lines, 100));
  pango_layout_get_pixel_size (layout, &width, NULL);
  *minimum = *natural = width + 2 * MARGIN;
}

static void
draw_number (FareLineNumbers *self,
             GtkSnapshot     *snapshot,
             GtkTextIter     *iter)
{
  g_autoptr(PangoLayout) layout = create_layout (self, gtk_text_iter_get_line (iter) + 1);
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRectangle place;
  int width, y;

  gtk_text_view_get_iter_location (self->view, iter, &place);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_LEFT, 0, place.y, NULL, &y);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_render_layout (snapshot, context,
                              gtk_widget_get_width (GTK_WIDGET (self)) - width - MARGIN, y, layout);
}

static void
fare_line_numbers_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  FareLineNumbers *self = FARE_LINE_NUMBERS (widget);
  GdkRectangle seen;
  GtkTextIter iter;

  gtk_text_view_get_visible_rect (self->view, &seen);
  gtk_text_view_get_line_at_y (self->view, &iter, seen.y, NULL);

  for (;;)
    {
      GdkRectangle place;

      gtk_text_view_get_iter_location (self->view, &iter, &place);
      if (place.y > seen.y + seen.height)
        return;

      draw_number (self, snapshot, &iter);
      if (!gtk_text_iter_forward_line (&iter))
        return;
    }
}

static void
adjustment_cb (FareLineNumbers *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  if (self->adjustment == adjustment)
    return;

  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustment, gtk_widget_queue_draw, self);
  g_set_object (&self->adjustment, adjustment);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
}

static void
fare_line_numbers_dispose (GObject *object)
{
  g_clear_object (&FARE_LINE_NUMBERS (object)->adjustment);

  G_OBJECT_CLASS (fare_line_numbers_parent_class)->dispose (object);
}

static void
fare_line_numbers_class_init (FareLineNumbersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_line_numbers_dispose;
  widget_class->measure = fare_line_numbers_measure;
  widget_class->snapshot = fare_line_numbers_snapshot;

  gtk_widget_class_set_css_name (widget_class, "linenumbers");
  /* The place of the cursor is told by the text itself. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
fare_line_numbers_init (FareLineNumbers *self)
{
}

void
fare_line_numbers_attach (GtkTextView *view)
{
  FareLineNumbers *self;

  g_return_if_fail (GTK_IS_TEXT_VIEW (view));

  self = g_object_new (FARE_TYPE_LINE_NUMBERS, NULL);
  self->view = view;
  gtk_widget_add_css_class (GTK_WIDGET (self), "monospace");
  gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
  g_signal_connect_object (gtk_text_view_get_buffer (view), "changed",
                           G_CALLBACK (gtk_widget_queue_resize), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::vadjustment", G_CALLBACK (adjustment_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_text_view_set_gutter (view, GTK_TEXT_WINDOW_LEFT, GTK_WIDGET (self));
  adjustment_cb (self);
}
