/* fare-table-bin.c
 *
 * A table without the columns that it has no room for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-table-bin.h"

#define MAX_COLUMNS 12

struct _FareTableBin
{
  AdwBin               parent_instance;

  GtkColumnView       *table;                /* in the child */
  GtkColumnViewColumn *columns[MAX_COLUMNS]; /* of the table */
  int                  widths[MAX_COLUMNS];  /* what those left out needed when they were seen last */
  guint                n_columns;
  guint                n_left_out;           /* the first so many of them */
  gboolean             fits;
  int                  least;                /* what the table needed when it did not fit */
  int                  width;
  guint                idle_id;
};

G_DEFINE_FINAL_TYPE (FareTableBin, fare_table_bin, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_FITS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Asks the table itself: gtk_widget_measure () would repeat what it said before a second column was
 * left out, until there has been a frame in between. */
static int
measure_table (FareTableBin *self)
{
  GtkWidget *table = GTK_WIDGET (self->table);
  int minimum = 0, natural = 0, baseline = -1, natural_baseline = -1;

  GTK_WIDGET_GET_CLASS (table)->measure (table, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural,
                                         &baseline, &natural_baseline);

  return minimum;
}

/* Columns without rows are only as wide as their headings, and the table's place may be taken. */
static gboolean
can_measure (FareTableBin *self)
{
  return self->table != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->table)) &&
         gtk_column_view_get_model (self->table) != NULL;
}

static gboolean
has_room_for_more (FareTableBin *self,
                   int           need)
{
  return self->n_left_out > 0 && need + self->widths[self->n_left_out - 1] <= self->width;
}

static gboolean
is_arranged (FareTableBin *self)
{
  int need;

  if (!self->fits)
    return self->width < self->least;
  if (!can_measure (self))
    return TRUE;

  need = measure_table (self);

  return need <= self->width && !has_room_for_more (self, need);
}

static void
set_fits (FareTableBin *self,
          gboolean      fits)
{
  if (self->fits == fits)
    return;

  self->fits = fits;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FITS]);
}

static gboolean
arrange_cb (gpointer user_data)
{
  FareTableBin *self = user_data;
  int need;

  self->idle_id = 0;

  if (!self->fits)
    {
      set_fits (self, self->width >= self->least);
      /* When the table is there again, there may be room for more of it. */
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      return G_SOURCE_REMOVE;
    }

  if (!can_measure (self))
    return G_SOURCE_REMOVE;

  need = measure_table (self);

  while (has_room_for_more (self, need))
    {
      gtk_column_view_column_set_visible (self->columns[--self->n_left_out], TRUE);
      need = measure_table (self);
    }

  while (need > self->width && self->n_left_out < self->n_columns)
    {
      int before = need;

      gtk_column_view_column_set_visible (self->columns[self->n_left_out], FALSE);
      need = measure_table (self);
      self->widths[self->n_left_out++] = before - need;
    }

  if (need > self->width)
    {
      self->least = need;
      set_fits (self, FALSE);
    }

  return G_SOURCE_REMOVE;
}

static void
fare_table_bin_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  *minimum = 0;
  *natural = 0;

  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural,
                        minimum_baseline, natural_baseline);
}

static void
fare_table_bin_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  FareTableBin *self = FARE_TABLE_BIN (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);

  self->width = width;

  /* Widgets must not change what they ask for while they are being given their size. */
  if (self->idle_id == 0 && !is_arranged (self))
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, arrange_cb, self, NULL);
}

static void
fare_table_bin_dispose (GObject *object)
{
  FareTableBin *self = FARE_TABLE_BIN (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  self->table = NULL;

  G_OBJECT_CLASS (fare_table_bin_parent_class)->dispose (object);
}

static void
fare_table_bin_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_FITS:
      g_value_set_boolean (value, fare_table_bin_get_fits (FARE_TABLE_BIN (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_table_bin_class_init (FareTableBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_table_bin_dispose;
  object_class->get_property = fare_table_bin_get_property;

  widget_class->measure = fare_table_bin_measure;
  widget_class->size_allocate = fare_table_bin_size_allocate;

  properties[PROP_FITS] = g_param_spec_boolean ("fits", NULL, NULL, TRUE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fare_table_bin_init (FareTableBin *self)
{
  /* AdwBin brings a layout manager, which would be asked instead of our own functions. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->fits = TRUE;
}

void
fare_table_bin_set_table (FareTableBin                *self,
                          GtkColumnView               *table,
                          GtkColumnViewColumn * const *columns,
                          guint                        n_columns)
{
  g_return_if_fail (FARE_IS_TABLE_BIN (self));
  g_return_if_fail (GTK_IS_COLUMN_VIEW (table));
  g_return_if_fail (n_columns <= MAX_COLUMNS);

  self->table = table;
  self->n_columns = n_columns;
  for (guint i = 0; i < n_columns; i++)
    self->columns[i] = columns[i];
}

gboolean
fare_table_bin_get_fits (FareTableBin *self)
{
  g_return_val_if_fail (FARE_IS_TABLE_BIN (self), TRUE);

  return self->fits;
}
