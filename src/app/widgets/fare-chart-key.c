/* fare-chart-key.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-chart-key.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-swatch.h"

/* Pixels between neighbours and between lines. */
#define COLUMN_GAP 15
#define LINE_GAP   6

struct _FareChartKey
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (FareChartKey, fare_chart_key, GTK_TYPE_WIDGET)

static int
get_width (GtkWidget *child,
           gboolean   is_least)
{
  int least, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);

  return is_least ? least : natural;
}

static int
get_height (GtkWidget *child)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return height;
}

/* Puts as many beside each other as fit into @width, and says how high all lines are.  Places are
 * given only where @is_allocating. */
static int
lay_out (GtkWidget *widget,
         int        width,
         gboolean   is_allocating)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;
  int y = 0;
  int line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_width = MIN (get_width (child, FALSE), MAX (width, get_width (child, TRUE)));
      int child_height = get_height (child);

      if (x > 0 && x + child_width > width)
        {
          y += line + LINE_GAP;
          x = 0;
          line = 0;
        }

      if (is_allocating)
        gtk_widget_size_allocate (child, &(GtkAllocation) { is_rtl ? width - x - child_width : x, y,
                                                            child_width, child_height }, -1);

      x += child_width + COLUMN_GAP;
      line = MAX (line, child_height);
    }

  return y + line;
}

static void
fare_chart_key_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  int least = 0;
  int all = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      least = MAX (least, get_width (child, TRUE));
      all += get_width (child, FALSE) + (all > 0 ? COLUMN_GAP : 0);
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = MAX (least, all);
    }
  else
    *minimum = *natural = lay_out (widget, for_size >= 0 ? for_size : MAX (least, all), FALSE);
}

static GtkSizeRequestMode
fare_chart_key_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fare_chart_key_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  lay_out (widget, width, TRUE);
}

static void
fare_chart_key_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (fare_chart_key_parent_class)->dispose (object);
}

static void
fare_chart_key_class_init (FareChartKeyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_chart_key_dispose;
  widget_class->get_request_mode = fare_chart_key_get_request_mode;
  widget_class->measure = fare_chart_key_measure;
  widget_class->size_allocate = fare_chart_key_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "chartkey");
}

static void
fare_chart_key_init (FareChartKey *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static GtkWidget *
make_entry (void)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "caption");
  gtk_box_append (GTK_BOX (entry), g_object_new (FARE_TYPE_SWATCH, NULL));
  gtk_box_append (GTK_BOX (entry), name);

  return entry;
}

void
fare_chart_key_show (FareChartKey            *self,
                     const FareChartKeyEntry *entries,
                     guint                    n_entries)
{
  GtkWidget *child;

  g_return_if_fail (FARE_IS_CHART_KEY (self));
  g_return_if_fail (entries != NULL || n_entries == 0);

  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  for (guint i = 0; i < n_entries; i++)
    {
      if (child == NULL)
        {
          child = make_entry ();
          gtk_widget_set_parent (child, GTK_WIDGET (self));
        }

      g_object_set (gtk_widget_get_first_child (child), "slot", entries[i].slot, NULL);
      fare_quiet_label_set (GTK_LABEL (gtk_widget_get_last_child (child)), entries[i].name);
      child = gtk_widget_get_next_sibling (child);
    }

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_widget_unparent (child);
      child = next;
    }

  gtk_widget_set_visible (GTK_WIDGET (self), n_entries > 0);
}

char *
fare_chart_key_dup_text (FareChartKey *self)
{
  GString *text;

  g_return_val_if_fail (FARE_IS_CHART_KEY (self), NULL);

  text = g_string_new (NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                            gtk_label_get_label (GTK_LABEL (gtk_widget_get_last_child (child))));

  return g_string_free (text, FALSE);
}
