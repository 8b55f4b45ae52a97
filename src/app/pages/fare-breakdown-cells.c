/* fare-breakdown-cells.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-breakdown-cells.h"
#include "widgets/fare-column-titles.h"
#include "widgets/fare-line-item.h"
#include "widgets/fare-palette.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-row-ring.h"
#include "widgets/fare-swatch.h"

/* What all cells of a column share. */
typedef struct
{
  FareBreakdownColumn      column;
  const FareBreakdownLook *look;
} Column;

/* The parts of one cell; those it has no use for are NULL. */
typedef struct
{
  GtkTreeExpander   *expander;
  FareSwatch        *swatch;
  GtkLabel          *title;
  GtkLabel          *subtitle;
  GtkLabel          *end;      /* the cost, in a narrow window */
  FareBreakdownItem *item;     /* while bound */
  GtkTreeListRow    *row;      /* while bound */
  gulong             changed_id;
  gulong             expanded_id;
} Cell;

static GQuark
get_cell_quark (void)
{
  return g_quark_from_static_string ("fare-breakdown-cell");
}

static Cell *
get_cell (GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  return child != NULL ? g_object_get_qdata (G_OBJECT (child), get_cell_quark ()) : NULL;
}

static void
attach_cell (GtkListItem *list_item,
             GtkWidget   *child,
             const Cell  *parts)
{
  g_object_set_qdata_full (G_OBJECT (child), get_cell_quark (), g_memdup2 (parts, sizeof *parts),
                           g_free);
  gtk_list_item_set_child (list_item, child);
}

static GtkLabel *
new_label (float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);

  return GTK_LABEL (label);
}

/* An arrow, a colour, a name and what is to be said about it. */
static GtkWidget *
new_title (Cell *cell)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  cell->expander = GTK_TREE_EXPANDER (expander);
  fare_row_ring_follow (expander);
  cell->swatch = g_object_new (FARE_TYPE_SWATCH, "slot", FARE_PALETTE_OTHER, NULL);
  cell->title = new_label (0.0f);
  cell->subtitle = new_label (0.0f);
  gtk_label_set_ellipsize (cell->title, PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (cell->subtitle, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (cell->subtitle), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (cell->subtitle), "caption");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (GTK_WIDGET (cell->title), TRUE);
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (cell->title));
  if (cell->end != NULL)
    gtk_box_append (GTK_BOX (first), GTK_WIDGET (cell->end));
  gtk_box_append (GTK_BOX (words), first);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (cell->subtitle));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->swatch));
  gtk_box_append (GTK_BOX (box), words);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);

  return expander;
}

/* Tooltips are written when somebody asks. */
static gboolean
query_tooltip_cb (GtkWidget    *child,
                  int           x,
                  int           y,
                  gboolean      is_keyboard,
                  GtkTooltip   *tooltip,
                  const Column *column)
{
  const Cell *cell = g_object_get_qdata (G_OBJECT (child), get_cell_quark ());
  g_autofree char *text = cell->item != NULL
                          ? fare_breakdown_text_tooltip (column->look, cell->item, column->column)
                          : NULL;

  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          const Column             *column)
{
  /* Room for the longest usual figure, so that columns do not move. */
  static const int widths[FARE_BREAKDOWN_N_COLUMNS] = { 17, 6, 6, 6, 6, 5, 8, 7 };
  Cell parts = { NULL };
  GtkWidget *child;

  if (column->column == FARE_BREAKDOWN_NAME)
    {
      child = new_title (&parts);
    }
  else
    {
      parts.title = new_label (1.0f);
      child = GTK_WIDGET (parts.title);
      gtk_widget_add_css_class (child, "numeric");
    }

  gtk_label_set_width_chars (parts.title, widths[column->column]);
  gtk_widget_set_has_tooltip (child, TRUE);
  g_signal_connect (child, "query-tooltip", G_CALLBACK (query_tooltip_cb), (gpointer) column);
  attach_cell (list_item, child, &parts);
}

/* A row that is gone says that it is closed, too. */
static void
expanded_cb (GtkTreeListRow *row)
{
  g_autoptr(FareBreakdownItem) item = gtk_tree_list_row_get_item (row);

  if (item != NULL)
    fare_breakdown_item_set_expanded (item, gtk_tree_list_row_get_expanded (row));
}

/* A part of the line above is set back, so that nobody adds it twice. */
static void
set_weight (GtkWidget         *widget,
            FareBreakdownItem *item)
{
  FareBreakdownKind kind = fare_breakdown_item_get_kind (item);

  if (kind == FARE_BREAKDOWN_TOTAL)
    gtk_widget_add_css_class (widget, "heading");
  else
    gtk_widget_remove_css_class (widget, "heading");

  if (kind == FARE_BREAKDOWN_PART)
    gtk_widget_add_css_class (widget, "dim-label");
  else
    gtk_widget_remove_css_class (widget, "dim-label");
}

static void
speak (GtkWidget           *widget,
       FareBreakdownColumn  column,
       const char          *text)
{
  g_autofree char *spoken =
    /* Translators: a column's heading and what stands there, for a screen reader */
    g_strdup_printf (C_("heading and value", "%s: %s"), fare_breakdown_text_column (column), text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* Only tools have a colour, and only where there are any is room left for the arrow. */
static void
show_tool (Cell                    *cell,
           const FareBreakdownLook *look)
{
  FareBreakdownKind kind = fare_breakdown_item_get_kind (cell->item);
  gpointer slot = GUINT_TO_POINTER (FARE_PALETTE_OTHER);

  gtk_widget_set_visible (GTK_WIDGET (cell->swatch), kind == FARE_BREAKDOWN_TOOL);
  gtk_tree_expander_set_indent_for_icon (cell->expander, kind == FARE_BREAKDOWN_TOOL ||
                                                         kind == FARE_BREAKDOWN_PART);

  if (kind != FARE_BREAKDOWN_TOOL)
    return;

  if (look->slots != NULL)
    g_hash_table_lookup_extended (look->slots, fare_breakdown_item_get_client (cell->item), NULL,
                                  &slot);
  g_object_set (cell->swatch, "slot", GPOINTER_TO_UINT (slot), NULL);
}

static void
show_subtitle (Cell *cell,
               char *subtitle)
{
  g_autofree char *text = subtitle;

  fare_quiet_label_set (cell->subtitle, text);
  gtk_widget_set_visible (GTK_WIDGET (cell->subtitle), *text != '\0');
}

static void
show_cell (Cell         *cell,
           const Column *column)
{
  g_autofree char *text = fare_breakdown_text_cell (column->look, cell->item, column->column);

  fare_quiet_label_set (cell->title, text);
  set_weight (GTK_WIDGET (cell->title), cell->item);

  if (cell->expander != NULL)
    {
      show_tool (cell, column->look);
      show_subtitle (cell, fare_breakdown_text_missing (cell->item));
    }
  else
    {
      speak (GTK_WIDGET (cell->title), column->column, text);
    }
}

static void
show_line (Cell                    *cell,
           const FareBreakdownLook *look)
{
  g_autofree char *title = fare_breakdown_text_cell (look, cell->item, FARE_BREAKDOWN_NAME);
  g_autofree char *cost = fare_breakdown_text_cell (look, cell->item, FARE_BREAKDOWN_COST);
  g_autofree char *tooltip = fare_breakdown_text_tooltip (look, cell->item, FARE_BREAKDOWN_COST);
  g_autofree char *whole = fare_breakdown_text_tooltip (look, cell->item, FARE_BREAKDOWN_NAME);

  fare_quiet_label_set (cell->title, title);
  fare_quiet_label_set (cell->end, cost);
  show_tool (cell, look);
  show_subtitle (cell, fare_breakdown_text_details (cell->item));
  set_weight (GTK_WIDGET (cell->title), cell->item);
  set_weight (GTK_WIDGET (cell->end), cell->item);
  fare_quiet_tooltip_set (GTK_WIDGET (cell->title), whole);
  fare_quiet_tooltip_set (GTK_WIDGET (cell->end), tooltip);
  speak (GTK_WIDGET (cell->end), FARE_BREAKDOWN_COST, cost);
}

static void
changed_cb (FareBreakdownItem *item,
            GtkListItem       *list_item)
{
  Cell *cell = get_cell (list_item);
  gconstpointer shared = g_object_get_qdata (G_OBJECT (list_item), get_cell_quark ());

  if (cell->end != NULL)
    show_line (cell, shared);
  else
    show_cell (cell, shared);
}

/* @shared: the column, or the look of a line */
static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         gpointer                  shared)
{
  Cell *cell = get_cell (list_item);
  gboolean is_total;

  g_object_set_qdata (G_OBJECT (list_item), get_cell_quark (), shared);
  cell->row = gtk_list_item_get_item (list_item);
  cell->item = gtk_tree_list_row_get_item (cell->row);
  fare_line_item_set (gtk_list_item_get_child (list_item), cell->item);
  cell->changed_id = g_signal_connect (cell->item, "changed", G_CALLBACK (changed_cb), list_item);

  if (cell->expander != NULL)
    {
      gtk_tree_expander_set_list_row (cell->expander, cell->row);
      cell->expanded_id = g_signal_connect (cell->row, "notify::expanded",
                                            G_CALLBACK (expanded_cb), NULL);
    }

  is_total = fare_breakdown_item_get_kind (cell->item) == FARE_BREAKDOWN_TOTAL;
  gtk_list_item_set_activatable (list_item, !is_total);
  changed_cb (cell->item, list_item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  Cell *cell = get_cell (list_item);

  if (cell == NULL || cell->item == NULL)
    return;

  g_clear_signal_handler (&cell->changed_id, cell->item);
  if (cell->expander != NULL)
    {
      g_clear_signal_handler (&cell->expanded_id, cell->row);
      gtk_tree_expander_set_list_row (cell->expander, NULL);
    }

  fare_line_item_set (gtk_list_item_get_child (list_item), NULL);
  g_clear_object (&cell->item);
  cell->row = NULL;
}

/* Tells the columns apart for those who ask the table's sorter. */
static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  const char *name = user_data;
  gboolean is_a = g_str_equal (gtk_string_object_get_string ((gpointer) a), name);
  gboolean is_b = g_str_equal (gtk_string_object_get_string ((gpointer) b), name);

  return is_a - is_b;
}

GtkColumnViewColumn *
fare_breakdown_cells_new_column (FareBreakdownColumn      column,
                                 const FareBreakdownLook *look)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  const char *name = fare_breakdown_column_get_name (column);
  g_autoptr(GtkSorter) sorter = NULL;
  GtkColumnViewColumn *result;
  Column *shared = g_new0 (Column, 1);

  *shared = (Column) { column, look };
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), shared);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), shared);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  g_object_set_qdata_full (G_OBJECT (factory), get_cell_quark (), shared, g_free);

  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, (gpointer) name, NULL));
  result = gtk_column_view_column_new (fare_breakdown_text_column (column), factory);
  gtk_column_view_column_set_sorter (result, sorter);
  gtk_column_view_column_set_expand (result, column == FARE_BREAKDOWN_NAME);

  return result;
}

static void
setup_line_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item)
{
  Cell parts = { .end = new_label (1.0f) };
  GtkWidget *line = new_title (&parts);

  gtk_widget_add_css_class (GTK_WIDGET (parts.end), "numeric");
  gtk_label_set_wrap (parts.subtitle, TRUE);
  gtk_label_set_ellipsize (parts.subtitle, PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (line, "fare-breakdown-line");
  attach_cell (list_item, line, &parts);
}

GtkListItemFactory *
fare_breakdown_cells_new_lines (const FareBreakdownLook *look)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_line_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) look);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  return factory;
}

static gboolean
is_number (guint place)
{
  return place != FARE_BREAKDOWN_NAME;
}

void
fare_breakdown_cells_align_headings (GtkColumnView *view)
{
  fare_column_titles_align (view, is_number);
}
