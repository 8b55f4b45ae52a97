/* fare-calendar-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "models/fare-calendar-text.h"
#include "models/fare-gradual-list.h"
#include "pricing/fare-energy.h"
#include "widgets/fare-calendar-table.h"
#include "widgets/fare-column-titles.h"
#include "widgets/fare-quiet-tooltip.h"

#define MAX_WIDTH 860

enum
{
  COLUMN_DATE,
  COLUMN_COST,
  COLUMN_TOKENS,
  COLUMN_MESSAGES,
  COLUMN_TOOL,
  COLUMN_ENERGY,
  N_COLUMNS
};

/* One day.  Emits notify::text when any of its texts changed. */
#define FARE_TYPE_CALENDAR_ROW (fare_calendar_row_get_type ())
G_DECLARE_FINAL_TYPE (FareCalendarRow, fare_calendar_row, FARE, CALENDAR_ROW, GObject)

struct _FareCalendarRow
{
  GObject  parent_instance;

  FareDay  day;
  char    *texts[N_COLUMNS];
  char    *exact_tokens;
  double   values[N_COLUMNS]; /* to sort by */
};

G_DEFINE_FINAL_TYPE (FareCalendarRow, fare_calendar_row, G_TYPE_OBJECT)

enum
{
  ROW_SIGNAL_CHANGED,
  N_ROW_SIGNALS
};

static guint row_signals[N_ROW_SIGNALS];

static void
fare_calendar_row_finalize (GObject *object)
{
  FareCalendarRow *self = FARE_CALENDAR_ROW (object);

  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (self->texts[i]);
  g_free (self->exact_tokens);

  G_OBJECT_CLASS (fare_calendar_row_parent_class)->finalize (object);
}

static void
fare_calendar_row_class_init (FareCalendarRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_calendar_row_finalize;

  row_signals[ROW_SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_calendar_row_init (FareCalendarRow *self)
{
}

static gboolean
take_text (char **place,
           char  *text)
{
  gboolean is_other = g_strcmp0 (*place, text) != 0;

  g_free (*place);
  *place = text;

  return is_other;
}

static void
fare_calendar_row_show (FareCalendarRow         *self,
                        const FareCalendarSheet *sheet,
                        const FareCalendarCell  *cell)
{
  gint64 tokens = fare_usage_total (&cell->sums.usage);
  const char *tool = cell->top_client != NULL ? fare_text_client (cell->top_client) : "–";
  gboolean is_other = FALSE;

  self->day = cell->day;
  is_other |= take_text (&self->texts[COLUMN_DATE], fare_calendar_text_day (cell->day));
  is_other |= take_text (&self->texts[COLUMN_COST], fare_calendar_text_money (sheet, &cell->sums));
  is_other |= take_text (&self->texts[COLUMN_TOKENS], fare_text_tokens (tokens));
  is_other |= take_text (&self->texts[COLUMN_MESSAGES], fare_text_count (cell->sums.messages));
  is_other |= take_text (&self->texts[COLUMN_TOOL], g_strdup (tool));
  is_other |= take_text (&self->texts[COLUMN_ENERGY], fare_energy_to_text (cell->energy_j));
  is_other |= take_text (&self->exact_tokens, fare_text_count (tokens));
  self->values[COLUMN_DATE] = cell->day;
  self->values[COLUMN_COST] = cell->sums.cost;
  self->values[COLUMN_TOKENS] = tokens;
  self->values[COLUMN_MESSAGES] = cell->sums.messages;
  self->values[COLUMN_ENERGY] = cell->energy_j;

  if (is_other)
    g_signal_emit (self, row_signals[ROW_SIGNAL_CHANGED], 0);
}

struct _FareCalendarTable
{
  AdwBin               parent_instance;

  GListStore          *rows;
  GtkColumnView       *view;
  GtkColumnViewColumn *columns[N_COLUMNS];
  FareCalendarSheet   *sheet;
  gboolean             is_narrow;
};

G_DEFINE_FINAL_TYPE (FareCalendarTable, fare_calendar_table, ADW_TYPE_BIN)

enum
{
  SIGNAL_DAY_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_item (GtkListItem *item)
{
  FareCalendarRow *row = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (label), "column"));

  gtk_label_set_label (GTK_LABEL (label), row->texts[column]);
  if (column == COLUMN_TOKENS)
    fare_quiet_tooltip_set (label, row->exact_tokens);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  guint column = GPOINTER_TO_UINT (data);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column == COLUMN_DATE || column == COLUMN_TOOL ? 0.0 : 1.0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (label), column == COLUMN_DATE ? 15 : column == COLUMN_TOOL ? 12 : 8);
  g_object_set_data (G_OBJECT (label), "column", data);
  if (column == COLUMN_TOOL)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  g_signal_connect_swapped (gtk_list_item_get_item (item), "changed", G_CALLBACK (show_item), item);
  show_item (item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_item, item);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const FareCalendarRow *left = a;
  const FareCalendarRow *right = b;
  guint column = GPOINTER_TO_UINT (data);

  if (column == COLUMN_TOOL)
    return g_utf8_collate (left->texts[column], right->texts[column]);

  return (left->values[column] > right->values[column]) - (left->values[column] < right->values[column]);
}

static void
add_column (FareCalendarTable *self,
            guint              column,
            const char        *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkSorter) sorter = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_rows, GUINT_TO_POINTER (column), NULL));
  self->columns[column] = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (self->columns[column], sorter);
  gtk_column_view_column_set_expand (self->columns[column], column == COLUMN_DATE ||
                                                            column == COLUMN_TOOL);
  gtk_column_view_append_column (self->view, self->columns[column]);
  g_object_unref (self->columns[column]);
}

static void
activate_cb (FareCalendarTable *self,
             guint              position)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (self->view));
  g_autoptr(FareCalendarRow) row = g_list_model_get_item (model, position);

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_DAY_ACTIVATED], 0, row->day);
}

static void
fare_calendar_table_dispose (GObject *object)
{
  FareCalendarTable *self = FARE_CALENDAR_TABLE (object);

  g_clear_object (&self->rows);
  g_clear_pointer (&self->sheet, fare_calendar_sheet_unref);

  G_OBJECT_CLASS (fare_calendar_table_parent_class)->dispose (object);
}

static void
fare_calendar_table_class_init (FareCalendarTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_calendar_table_dispose;

  signals[SIGNAL_DAY_ACTIVATED] =
    g_signal_new ("day-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

/* In the order in which they are added. */
static gboolean
is_number (guint place)
{
  return place > 0 && place < N_COLUMNS - 1;
}

/* What the picture shows the table has, too; on a phone it has the amount and that. */
static void
show_columns (FareCalendarTable *self)
{
  FareMetric metric = self->sheet != NULL ? self->sheet->metric : FARE_METRIC_COST;
  gboolean is_wide = !self->is_narrow;

  gtk_column_view_column_set_visible (self->columns[COLUMN_TOKENS],
                                      is_wide || metric == FARE_METRIC_COST ||
                                      metric == FARE_METRIC_TOKENS);
  gtk_column_view_column_set_visible (self->columns[COLUMN_MESSAGES],
                                      is_wide || metric == FARE_METRIC_MESSAGES);
  gtk_column_view_column_set_visible (self->columns[COLUMN_ENERGY], metric == FARE_METRIC_ENERGY);
  gtk_column_view_column_set_visible (self->columns[COLUMN_TOOL], is_wide);
}

/* Most people never look at the table: until somebody does, its lines have no widgets. */
static void
map_cb (FareCalendarTable *self)
{
  g_autoptr(GtkSortListModel) sorted = NULL;
  g_autoptr(GtkSingleSelection) selection = NULL;
  g_autoptr(GListModel) list = NULL;

  if (gtk_column_view_get_model (self->view) != NULL)
    return;

  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  selection = gtk_single_selection_new (NULL);
  /* Nobody chose the first row. */
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  list = G_LIST_MODEL (fare_gradual_list_new (G_LIST_MODEL (sorted)));
  gtk_single_selection_set_model (selection, list);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

static void
fare_calendar_table_init (FareCalendarTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp;

  self->rows = g_list_store_new (FARE_TYPE_CALENDAR_ROW);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  add_column (self, COLUMN_DATE, _("Date"));
  add_column (self, COLUMN_COST, _("Cost"));
  add_column (self, COLUMN_TOKENS, _("Tokens"));
  add_column (self, COLUMN_MESSAGES, _("Messages"));
  add_column (self, COLUMN_ENERGY, _("Energy"));
  add_column (self, COLUMN_TOOL, _("Top Tool"));

  fare_column_titles_align (self->view, is_number);
  show_columns (self);
  /* Newest first: the row that people look for is on top, and the arrow says why. */
  gtk_column_view_sort_by_column (self->view, self->columns[COLUMN_DATE], GTK_SORT_DESCENDING);
  gtk_column_view_set_single_click_activate (self->view, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "fare-calendar-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Days"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);

  /* Far apart, a date and its figures are hard to read together. */
  clamp = g_object_new (ADW_TYPE_CLAMP_SCROLLABLE, "child", self->view, "maximum-size", MAX_WIDTH,
                        "tightening-threshold", MAX_WIDTH, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

static FareDay
get_day (const FareCalendarSheet *sheet,
         guint                    i)
{
  return fare_calendar_sheet_last_day (sheet) - (FareDay) i;
}

void
fare_calendar_table_set_sheet (FareCalendarTable *self,
                               FareCalendarSheet *sheet)
{
  g_autoptr(GPtrArray) fresh = NULL;
  guint n_old, n_days;
  gboolean is_same;

  g_return_if_fail (FARE_IS_CALENDAR_TABLE (self));
  g_return_if_fail (sheet != NULL);

  if (fare_calendar_sheet_equal (self->sheet, sheet))
    return;

  n_old = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  n_days = MAX (0, fare_calendar_sheet_last_day (sheet) + 1 - sheet->range.first);
  is_same = self->sheet != NULL && n_old == n_days && self->sheet->range.first == sheet->range.first;
  g_clear_pointer (&self->sheet, fare_calendar_sheet_unref);
  self->sheet = fare_calendar_sheet_ref (sheet);
  show_columns (self);

  for (guint i = 0; i < n_days && is_same; i++)
    {
      g_autoptr(FareCalendarRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      fare_calendar_row_show (row, sheet, fare_calendar_sheet_find (sheet, get_day (sheet, i)));
    }

  if (is_same)
    {
      gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
      return;
    }

  fresh = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_days; i++)
    {
      FareCalendarRow *row = g_object_new (FARE_TYPE_CALENDAR_ROW, NULL);

      fare_calendar_row_show (row, sheet, fare_calendar_sheet_find (sheet, get_day (sheet, i)));
      g_ptr_array_add (fresh, row);
    }

  g_list_store_splice (self->rows, 0, n_old, fresh->pdata, fresh->len);
}

void
fare_calendar_table_set_narrow (FareCalendarTable *self,
                                gboolean           is_narrow)
{
  g_return_if_fail (FARE_IS_CALENDAR_TABLE (self));

  self->is_narrow = !!is_narrow;
  show_columns (self);
}

guint
fare_calendar_table_get_n_days (FareCalendarTable *self)
{
  g_return_val_if_fail (FARE_IS_CALENDAR_TABLE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

char *
fare_calendar_table_dup_text (FareCalendarTable *self,
                              FareDay            day,
                              guint              column)
{
  g_return_val_if_fail (FARE_IS_CALENDAR_TABLE (self), NULL);
  g_return_val_if_fail (column < N_COLUMNS, NULL);

  for (guint i = 0; i < fare_calendar_table_get_n_days (self); i++)
    {
      g_autoptr(FareCalendarRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (row->day == day)
        return g_strdup (row->texts[column]);
    }

  return NULL;
}
