/* fare-sessions-cells.c
 *
 * The cells of the table of sessions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-sessions-cells.h"
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
  FareSessionColumn       column;
  const FareSessionsLook *look;
} Column;

/* The parts of one cell; those a column has no use for are NULL. */
typedef struct
{
  GtkTreeExpander *expander;
  GtkLabel        *title;
  GtkLabel        *subtitle;
  GtkLabel        *end;     /* the cost in a narrow window */
  GtkLabel        *time;    /* below the day */
  FareSwatch      *swatch;
  GtkWidget       *button;
  FareSessionItem *item;    /* while bound */
  GtkTreeListRow  *row;     /* while bound */
  gulong           changed_id;
  gulong           expanded_id;
} Cell;

static GQuark
get_cell_quark (void)
{
  return g_quark_from_static_string ("fare-sessions-cell");
}

static gboolean
is_number (FareSessionColumn column)
{
  return column >= FARE_SESSION_INPUT && column < FARE_SESSION_LAST;
}

static Cell *
attach_cell (GtkListItem *list_item,
             GtkWidget   *child)
{
  Cell *cell = g_new0 (Cell, 1);

  g_object_set_qdata_full (G_OBJECT (child), get_cell_quark (), cell, g_free);
  gtk_list_item_set_child (list_item, child);

  return cell;
}

static GtkLabel *
new_label (const char *css_class,
           gboolean    is_cut)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  if (is_cut)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);

  return GTK_LABEL (label);
}

/* Room for the longest usual figure, so that columns do not move. */
static int
get_width_chars (FareSessionColumn column)
{
  static const int widths[FARE_SESSION_N_COLUMNS] = { 17, 9, 14, 5, 5, 4, 5, 5, 6, 6, 9 };

  return widths[column];
}

static GtkWidget *
new_title (Cell *cell)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  cell->expander = GTK_TREE_EXPANDER (expander);
  fare_row_ring_follow (expander);
  cell->title = new_label (NULL, TRUE);
  cell->subtitle = new_label ("dim-label", TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (cell->subtitle), "caption");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->subtitle));
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);

  return expander;
}

static GtkWidget *
new_cell_child (Cell              *cell,
                FareSessionColumn  column)
{
  GtkWidget *box;

  if (column == FARE_SESSION_TITLE)
    {
      GtkWidget *title = new_title (cell);

      gtk_label_set_width_chars (cell->title, get_width_chars (column));
      return title;
    }

  if (column == FARE_SESSION_LAST)
    {
      cell->time = new_label ("numeric", FALSE);
      cell->title = new_label (NULL, FALSE);
      gtk_widget_add_css_class (GTK_WIDGET (cell->time), "dim-label");
      gtk_widget_add_css_class (GTK_WIDGET (cell->time), "caption");
      box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->title));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->time));
      return box;
    }

  cell->title = new_label (column > FARE_SESSION_MODELS ? "numeric" : NULL, FALSE);
  gtk_label_set_width_chars (cell->title, get_width_chars (column));

  if (is_number (column))
    gtk_label_set_xalign (cell->title, 1.0f);
  if (column == FARE_SESSION_MODELS)
    {
      gtk_label_set_ellipsize (cell->title, PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_max_width_chars (cell->title, 20);
    }
  if (column != FARE_SESSION_CLIENT)
    return GTK_WIDGET (cell->title);

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  cell->swatch = g_object_new (FARE_TYPE_SWATCH, "slot", FARE_PALETTE_OTHER, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->swatch));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->title));

  return box;
}

static Cell *
get_cell (GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  return child != NULL ? g_object_get_qdata (G_OBJECT (child), get_cell_quark ()) : NULL;
}

/* A row that is gone says that it is closed, too. */
static void
expanded_cb (GtkTreeListRow *row)
{
  g_autoptr(FareSessionItem) item = gtk_tree_list_row_get_item (row);

  if (item != NULL)
    fare_session_item_set_expanded (item, gtk_tree_list_row_get_expanded (row));
}

static void
show_client (Cell                   *cell,
             const FareSessionsLook *look)
{
  const FareSessionRow *row = fare_session_item_get_figures (cell->item)->row;
  gpointer slot = GUINT_TO_POINTER (FARE_PALETTE_OTHER);

  /* It keeps its room, so that columns stay when all groups are closed. */
  gtk_widget_set_opacity (GTK_WIDGET (cell->swatch), row != NULL ? 1.0 : 0.0);
  if (row == NULL)
    return;

  if (look->slots != NULL)
    g_hash_table_lookup_extended (look->slots, row->client, NULL, &slot);
  g_object_set (cell->swatch, "slot", GPOINTER_TO_UINT (slot), NULL);
}

/* A part of the line above is set back, so that nobody adds it twice. */
static void
set_weight (GtkWidget       *widget,
            FareSessionItem *item)
{
  FareSessionItemKind kind = fare_session_item_get_kind (item);

  if (kind == FARE_SESSION_ITEM_GROUP)
    gtk_widget_add_css_class (widget, "heading");
  else
    gtk_widget_remove_css_class (widget, "heading");

  if (kind == FARE_SESSION_ITEM_HELPER)
    gtk_widget_add_css_class (widget, "dim-label");
  else
    gtk_widget_remove_css_class (widget, "dim-label");
}

static void
speak (GtkWidget         *widget,
       FareSessionColumn  column,
       const char        *text)
{
  g_autofree char *spoken =
    /* Translators: a column's heading and what stands there, for a screen reader */
    g_strdup_printf (C_("heading and value", "%s: %s"), fare_sessions_text_column (column), text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
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
                          ? fare_sessions_text_tooltip (column->look, cell->item, column->column)
                          : NULL;

  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          const Column             *column)
{
  Cell parts = { NULL };
  GtkWidget *child = new_cell_child (&parts, column->column);

  *attach_cell (list_item, child) = parts;
  gtk_widget_set_has_tooltip (child, TRUE);
  g_signal_connect (child, "query-tooltip", G_CALLBACK (query_tooltip_cb), (gpointer) column);
}

static void
show_cell (Cell         *cell,
           const Column *column)
{
  g_autofree char *text = fare_sessions_text_cell (column->look, cell->item, column->column);
  GtkWidget *label = GTK_WIDGET (cell->title);

  g_autofree char *whole = column->column == FARE_SESSION_MODELS
                           ? fare_sessions_text_tooltip (column->look, cell->item, FARE_SESSION_MODELS)
                           : NULL;

  set_weight (label, cell->item);
  speak (label, column->column, whole != NULL ? whole : text);

  if (cell->time != NULL)
    {
      g_autofree char *day = NULL;
      g_autofree char *clock = NULL;

      fare_sessions_text_moment (column->look, fare_session_item_get_figures (cell->item)->last_ms,
                                 &day, &clock);
      fare_quiet_label_set (cell->title, day);
      fare_quiet_label_set (cell->time, clock);
    }
  else
    {
      fare_quiet_label_set (cell->title, text);
    }


  if (cell->swatch != NULL)
    show_client (cell, column->look);

  if (cell->subtitle != NULL)
    {
      g_autofree char *subtitle = fare_sessions_text_subtitle (column->look, cell->item, FALSE);

      fare_quiet_label_set (cell->subtitle, subtitle);
    }
}

static void
changed_cb (FareSessionItem *item,
            GtkListItem     *list_item)
{
  Cell *cell = get_cell (list_item);
  const Column *column = g_object_get_qdata (G_OBJECT (list_item), get_cell_quark ());

  if (cell->end == NULL)
    show_cell (cell, column);
}

static void
bind_item (GtkListItem *list_item,
           GCallback    callback)
{
  Cell *cell = get_cell (list_item);

  cell->row = gtk_list_item_get_item (list_item);
  cell->item = gtk_tree_list_row_get_item (cell->row);
  fare_line_item_set (gtk_list_item_get_child (list_item), cell->item);
  cell->changed_id = g_signal_connect (cell->item, "changed", callback, list_item);

  if (cell->expander != NULL)
    {
      gtk_tree_expander_set_list_row (cell->expander, cell->row);
      cell->expanded_id = g_signal_connect (cell->row, "notify::expanded",
                                            G_CALLBACK (expanded_cb), NULL);
    }
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         const Column             *column)
{
  g_object_set_qdata (G_OBJECT (list_item), get_cell_quark (), (gpointer) column);
  bind_item (list_item, G_CALLBACK (changed_cb));
  show_cell (get_cell (list_item), column);
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
fare_sessions_cells_new_column (FareSessionColumn       column,
                                const FareSessionsLook *look)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkSorter) sorter = NULL;
  GtkColumnViewColumn *result;
  Column *shared = g_new0 (Column, 1);

  *shared = (Column) { column, look };
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), shared);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), shared);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  g_object_set_qdata_full (G_OBJECT (factory), get_cell_quark (), shared, g_free);

  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb,
                                              (gpointer) fare_session_column_get_name (column),
                                              NULL));
  result = gtk_column_view_column_new (fare_sessions_text_column (column), factory);
  gtk_column_view_column_set_sorter (result, sorter);
  gtk_column_view_column_set_expand (result, column == FARE_SESSION_TITLE);

  return result;
}

typedef struct
{
  void    (*func) (GtkWidget *button, gpointer user_data);
  gpointer  user_data;
} Clicked;

static void
clicked_cb (GtkWidget     *button,
            const Clicked *clicked)
{
  clicked->func (button, clicked->user_data);
}

static void
setup_menu_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               Clicked                  *clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-more-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  fare_quiet_tooltip_set (button, _("More Actions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("More Actions"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), clicked);
  attach_cell (list_item, button)->button = button;
}

static void
menu_changed_cb (FareSessionItem *item,
                 GtkListItem     *list_item)
{
  gboolean is_group = fare_session_item_get_kind (item) == FARE_SESSION_ITEM_GROUP;

  gtk_widget_set_visible (get_cell (list_item)->button, !is_group);
}

static void
bind_menu_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  bind_item (list_item, G_CALLBACK (menu_changed_cb));
  menu_changed_cb (get_cell (list_item)->item, list_item);
}

GtkColumnViewColumn *
fare_sessions_cells_new_menu_column (void    (*clicked) (GtkWidget *button,
                                                         gpointer   user_data),
                                     gpointer  user_data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Clicked *shared = g_new0 (Clicked, 1);

  *shared = (Clicked) { clicked, user_data };
  g_signal_connect (factory, "setup", G_CALLBACK (setup_menu_cb), shared);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_menu_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  g_object_set_qdata_full (G_OBJECT (factory), get_cell_quark (), shared, g_free);

  return gtk_column_view_column_new (C_("table column", "More"), factory);
}

static void
setup_line_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item)
{
  Cell parts = { NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = new_title (&parts);

  parts.end = new_label ("numeric", FALSE);
  gtk_label_set_xalign (parts.end, 1.0f);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts.end));
  gtk_widget_add_css_class (box, "fare-session-line");
  *attach_cell (list_item, box) = parts;
}

static void
show_line (Cell                   *cell,
           const FareSessionsLook *look)
{
  g_autofree char *title = fare_sessions_text_cell (look, cell->item, FARE_SESSION_TITLE);
  g_autofree char *subtitle = fare_sessions_text_subtitle (look, cell->item, TRUE);
  g_autofree char *cost = fare_sessions_text_cell (look, cell->item, FARE_SESSION_COST);
  g_autofree char *tooltip = fare_sessions_text_tooltip (look, cell->item, FARE_SESSION_COST);

  fare_quiet_label_set (cell->title, title);
  fare_quiet_label_set (cell->subtitle, subtitle);
  fare_quiet_label_set (cell->end, cost);
  set_weight (GTK_WIDGET (cell->title), cell->item);
  set_weight (GTK_WIDGET (cell->end), cell->item);
  fare_quiet_tooltip_set (GTK_WIDGET (cell->title), title);
  fare_quiet_tooltip_set (GTK_WIDGET (cell->subtitle), subtitle);
  fare_quiet_tooltip_set (GTK_WIDGET (cell->end), tooltip);
  speak (GTK_WIDGET (cell->end), FARE_SESSION_COST, cost);
}

static void
line_changed_cb (FareSessionItem *item,
                 GtkListItem     *list_item)
{
  show_line (get_cell (list_item), g_object_get_qdata (G_OBJECT (list_item), get_cell_quark ()));
}

static void
bind_line_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              const FareSessionsLook   *look)
{
  g_object_set_qdata (G_OBJECT (list_item), get_cell_quark (), (gpointer) look);
  bind_item (list_item, G_CALLBACK (line_changed_cb));
  show_line (get_cell (list_item), look);
}

GtkListItemFactory *
fare_sessions_cells_new_lines (const FareSessionsLook *look)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_line_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_line_cb), (gpointer) look);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  return factory;
}

void
fare_sessions_cells_align_headings (GtkColumnView *view)
{
  fare_column_titles_align (view, is_number);
}
