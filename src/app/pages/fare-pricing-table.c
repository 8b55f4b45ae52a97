/* fare-pricing-table.c
 *
 * The price table as columns, or as rows of two lines where it is narrow.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-pricing-cell.h"
#include "pages/fare-pricing-menu.h"
#include "pages/fare-pricing-table.h"
#include "widgets/fare-column-titles.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-table-bin.h"

struct _FarePricingTable
{
  AdwBin               parent_instance;

  FareTableBin        *bin;
  GtkStack            *stack;
  GtkColumnView       *column_view;
  GtkListView         *list_view;
  GtkColumnViewColumn *columns[FARE_PRICING_N_COLUMNS];
  GtkWidget           *popover;
  FarePricingList     *list;
  FareWidth            width;
};

G_DEFINE_FINAL_TYPE (FarePricingTable, fare_pricing_table, ADW_TYPE_BIN)

static int
compare_column (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  return fare_pricing_item_compare ((gpointer) a, (gpointer) b, GPOINTER_TO_UINT (user_data));
}

static GtkWidget *
get_view (FarePricingTable *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "rows") == 0
             ? GTK_WIDGET (self->list_view)
             : GTK_WIDGET (self->column_view);
}

static void
select_position (FarePricingTable *self,
                 guint             position)
{
  gtk_selection_model_select_item (fare_pricing_list_get_model (self->list), position, TRUE);
}

static void
activate_cb (FarePricingTable *self,
             guint             position)
{
  select_position (self, position);
  gtk_widget_activate_action (GTK_WIDGET (self), "pricing.edit", NULL);
}

static void
popup_at (FarePricingTable *self,
          GtkWidget        *widget,
          double            x,
          double            y)
{
  FarePricingItem *item = fare_pricing_list_get_selected (self->list);
  g_autoptr(GMenu) menu = NULL;
  GdkRectangle place;
  double at_x, at_y;

  if (item == NULL)
    return;

  if (!gtk_widget_translate_coordinates (widget, GTK_WIDGET (self), x, y, &at_x, &at_y))
    return;

  place = (GdkRectangle) { (int) at_x, (int) at_y, 1, 1 };
  menu = fare_pricing_menu_new (fare_pricing_item_get_line (item));
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), G_MENU_MODEL (menu));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static FarePricingCell *
find_below (GtkWidget *widget)
{
  if (FARE_IS_PRICING_CELL (widget))
    return FARE_PRICING_CELL (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      FarePricingCell *cell = find_below (child);

      if (cell != NULL)
        return cell;
    }

  return NULL;
}

/* Selects the line that @widget is a part of, between its cells too. */
static gboolean
select_around (FarePricingTable *self,
               GtkWidget        *widget)
{
  FarePricingCell *cell;
  FarePricingItem *item;
  guint position;

  while (widget != NULL && widget != GTK_WIDGET (self) &&
         !g_str_equal (gtk_widget_get_css_name (widget), "row"))
    widget = gtk_widget_get_parent (widget);

  cell = widget != NULL && widget != GTK_WIDGET (self) ? find_below (widget) : NULL;
  item = cell != NULL ? fare_pricing_cell_get_item (cell) : NULL;
  if (item == NULL)
    return FALSE;

  if (fare_pricing_list_get_selected (self->list) == item)
    return TRUE;

  position = fare_pricing_list_find (self->list, fare_pricing_item_get_line (item)->key);
  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;

  select_position (self, position);

  return TRUE;
}

/* Keys are about the line that has the focus, which Tab goes to without selecting it. */
static void
select_focused (FarePricingTable *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    select_around (self, focus);
}

static void
popup_on_line (FarePricingTable *self,
               GtkGesture       *gesture,
               double            x,
               double            y)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);

  if (widget == NULL || !select_around (self, widget))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_at (self, view, x, y);
}

static void
pressed_cb (GtkGestureClick  *gesture,
            int               n_press,
            double            x,
            double            y,
            FarePricingTable *self)
{
  popup_on_line (self, GTK_GESTURE (gesture), x, y);
}

static void
held_cb (GtkGestureLongPress *gesture,
         double               x,
         double               y,
         FarePricingTable    *self)
{
  popup_on_line (self, GTK_GESTURE (gesture), x, y);
}

static void
add_gestures (FarePricingTable *self,
              GtkWidget        *view)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
  /* Fingers have no other button. */
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect (hold, "pressed", G_CALLBACK (held_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (hold));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          gpointer                  user_data)
{
  GtkWidget *cell = fare_pricing_cell_new (GPOINTER_TO_UINT (user_data));

  gtk_list_item_set_child (list_item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  fare_pricing_cell_set_item (FARE_PRICING_CELL (gtk_list_item_get_child (list_item)),
                              gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  fare_pricing_cell_set_item (FARE_PRICING_CELL (gtk_list_item_get_child (list_item)), NULL);
}

static GtkListItemFactory *
create_factory (guint column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  return factory;
}

/* The button beside a row that opens its menu, for fingers and for those who look for it. */
static void
more_clicked_cb (GtkWidget   *button,
                 GtkListItem *list_item)
{
  FarePricingTable *self =
    FARE_PRICING_TABLE (gtk_widget_get_ancestor (button, FARE_TYPE_PRICING_TABLE));

  select_position (self, gtk_list_item_get_position (list_item));
  popup_at (self, button, gtk_widget_get_width (button) / 2.0, gtk_widget_get_height (button));
}

static void
setup_more_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-more-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  fare_quiet_tooltip_set (button, _("More Actions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("More Actions"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (more_clicked_cb), list_item);
  gtk_list_item_set_child (list_item, button);
}

static gboolean
is_number (guint column)
{
  return column >= FARE_PRICING_COLUMN_INPUT && column <= FARE_PRICING_COLUMN_COST;
}

static void
add_columns (FarePricingTable *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *more;

  for (guint i = 0; i < FARE_PRICING_N_COLUMNS; i++)
    {
      GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_column, GUINT_TO_POINTER (i),
                                                             NULL));

      self->columns[i] = gtk_column_view_column_new (fare_pricing_text_column (i),
                                                     create_factory (i));
      gtk_column_view_column_set_sorter (self->columns[i], sorter);
      gtk_column_view_append_column (self->column_view, self->columns[i]);
      g_object_unref (self->columns[i]);
      g_object_unref (sorter);
    }

  gtk_column_view_column_set_expand (self->columns[FARE_PRICING_COLUMN_MODEL], TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_more_cb), NULL);
  more = gtk_column_view_column_new (C_("table column", "More"), factory);
  gtk_column_view_append_column (self->column_view, more);
  g_object_unref (more);
  fare_column_titles_align (self->column_view, is_number);
}

/* Opens the menu of the selected line. */
static void
popup_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  select_focused (FARE_PRICING_TABLE (widget));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, widget))
    focus = widget;

  popup_at (FARE_PRICING_TABLE (widget), focus,
            MIN (gtk_widget_get_width (focus), 48) / 2.0,
            MIN (gtk_widget_get_height (focus), 48) / 2.0);
}

static void
delete_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  select_focused (FARE_PRICING_TABLE (widget));
  gtk_widget_activate_action (widget, "pricing.delete", NULL);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  select_focused (FARE_PRICING_TABLE (widget));
  gtk_widget_activate_action (widget, "pricing.copy", NULL);
}

static void
set_price_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  FarePricingTable *self = FARE_PRICING_TABLE (widget);
  guint position = fare_pricing_list_find (self->list, g_variant_get_string (parameter, NULL));

  if (position != GTK_INVALID_LIST_POSITION)
    activate_cb (self, position);
}

static void
fare_pricing_table_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  gtk_widget_size_allocate (child, &(GtkAllocation) { 0, 0, width, height }, baseline);
  gtk_popover_present (GTK_POPOVER (FARE_PRICING_TABLE (widget)->popover));
}

static void
fare_pricing_table_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);
}

static void
fare_pricing_table_dispose (GObject *object)
{
  FarePricingTable *self = FARE_PRICING_TABLE (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (fare_pricing_table_parent_class)->dispose (object);
}

static void
fare_pricing_table_class_init (FarePricingTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_pricing_table_dispose;
  widget_class->size_allocate = fare_pricing_table_size_allocate;
  widget_class->measure = fare_pricing_table_measure;

  gtk_widget_class_install_action (widget_class, "pricing-table.popup", NULL, popup_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "pricing-table.popup", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK,
                                       "pricing-table.popup", NULL);
  gtk_widget_class_install_action (widget_class, "pricing-table.set-price", "s", set_price_cb);
  gtk_widget_class_install_action (widget_class, "pricing-table.delete", NULL, delete_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "pricing-table.delete", NULL);
  gtk_widget_class_install_action (widget_class, "pricing-table.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "pricing-table.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK,
                                       "pricing-table.copy", NULL);
}

static GtkWidget *
wrap (GtkWidget     *child,
      GtkPolicyType  sideways)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), sideways, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_vexpand (scroller, TRUE);

  return scroller;
}

static void
fits_cb (FarePricingTable *self)
{
  fare_pricing_table_set_width (self, self->width);
}

static void
fare_pricing_table_init (FarePricingTable *self)
{
  /* What can be left out, the least missed first; all of it is in the editor. */
  static const FarePricingColumn order[] = {
    FARE_PRICING_COLUMN_PROVIDER, FARE_PRICING_COLUMN_CACHE_WRITE_1H,
    FARE_PRICING_COLUMN_CACHE_WRITE_5M, FARE_PRICING_COLUMN_CACHE_READ, FARE_PRICING_COLUMN_TOKENS
  };
  GtkColumnViewColumn *optional[G_N_ELEMENTS (order)];
  GtkWidget *view;

  /* A popover needs to be told about sizes, which a layout manager does not do. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);

  view = gtk_column_view_new (NULL);
  self->column_view = GTK_COLUMN_VIEW (view);
  gtk_widget_add_css_class (view, "fare-pricing-table");
  gtk_column_view_set_show_row_separators (self->column_view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Prices"), -1);
  g_signal_connect_swapped (view, "activate", G_CALLBACK (activate_cb), self);
  add_columns (self);
  add_gestures (self, view);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    optional[i] = self->columns[order[i]];
  /* The columns must not keep the window from becoming narrower, which is when there are fewer. */
  gtk_stack_add_named (self->stack, wrap (view, GTK_POLICY_AUTOMATIC), "columns");

  view = gtk_list_view_new (NULL, create_factory (FARE_PRICING_COLUMN_ROW));
  self->list_view = GTK_LIST_VIEW (view);
  gtk_list_view_set_show_separators (self->list_view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Prices"), -1);
  g_signal_connect_swapped (view, "activate", G_CALLBACK (activate_cb), self);
  add_gestures (self, view);
  gtk_stack_add_named (self->stack, wrap (view, GTK_POLICY_NEVER), "rows");

  self->bin = g_object_new (FARE_TYPE_TABLE_BIN, "child", self->stack, NULL);
  fare_table_bin_set_table (self->bin, self->column_view, optional, G_N_ELEMENTS (optional));
  g_signal_connect_object (self->bin, "notify::fits", G_CALLBACK (fits_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->bin));
  self->popover = gtk_popover_menu_new_from_model (NULL);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

void
fare_pricing_table_set_list (FarePricingTable *self,
                             FarePricingList  *list)
{
  g_return_if_fail (FARE_IS_PRICING_TABLE (self));
  g_return_if_fail (FARE_IS_PRICING_LIST (list));

  g_set_object (&self->list, list);
  fare_pricing_list_set_sorter (list, gtk_column_view_get_sorter (self->column_view));
  gtk_column_view_set_model (self->column_view, fare_pricing_list_get_model (list));
  gtk_list_view_set_model (self->list_view, NULL);
}

void
fare_pricing_table_set_width (FarePricingTable *self,
                              FareWidth         width)
{
  GtkSelectionModel *model;
  gboolean is_narrow;

  g_return_if_fail (FARE_IS_PRICING_TABLE (self));

  self->width = width;
  is_narrow = width == FARE_WIDTH_NARROW || !fare_table_bin_get_fits (self->bin);

  /* Only the view that is seen has rows. */
  model = self->list != NULL ? fare_pricing_list_get_model (self->list) : NULL;
  gtk_list_view_set_model (self->list_view, is_narrow ? model : NULL);
  gtk_column_view_set_model (self->column_view, is_narrow ? NULL : model);

  gtk_stack_set_visible_child_name (self->stack, is_narrow ? "rows" : "columns");
}

void
fare_pricing_table_set_can_edit (FarePricingTable *self,
                                 gboolean          can_edit)
{
  g_return_if_fail (FARE_IS_PRICING_TABLE (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pricing-table.set-price", can_edit);
}

void
fare_pricing_table_show_line (FarePricingTable *self,
                              guint             position)
{
  GtkWidget *view;

  g_return_if_fail (FARE_IS_PRICING_TABLE (self));

  view = get_view (self);
  select_position (self, position);
  /* The rows of a column view are in a list of their own. */
  if (GTK_IS_COLUMN_VIEW (view))
    view = gtk_widget_get_last_child (view);
  gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);
  gtk_widget_grab_focus (view);
}

void
fare_pricing_table_sort (FarePricingTable  *self,
                         FarePricingColumn  column,
                         GtkSortType        direction)
{
  g_return_if_fail (FARE_IS_PRICING_TABLE (self));
  g_return_if_fail (column < FARE_PRICING_N_COLUMNS);

  gtk_column_view_sort_by_column (self->column_view, self->columns[column], direction);
}
