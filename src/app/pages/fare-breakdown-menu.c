/* fare-breakdown-menu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-breakdown-cells.h"
#include "pages/fare-breakdown-menu.h"

struct _FareBreakdownMenu
{
  GObject             parent_instance;

  GtkWidget          *owner;
  GtkWidget          *popover;
  GSimpleActionGroup *actions;
  FareBreakdownItem  *item; /* the menu is about */
};

G_DEFINE_FINAL_TYPE (FareBreakdownMenu, fare_breakdown_menu, G_TYPE_OBJECT)

enum
{
  SHOW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fare_breakdown_menu_dispose (GObject *object)
{
  FareBreakdownMenu *self = FARE_BREAKDOWN_MENU (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (fare_breakdown_menu_parent_class)->dispose (object);
}

static void
fare_breakdown_menu_class_init (FareBreakdownMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_breakdown_menu_dispose;

  signals[SHOW] = g_signal_new ("show", FARE_TYPE_BREAKDOWN_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, FARE_TYPE_BREAKDOWN_ITEM);
}

static void
fare_breakdown_menu_init (FareBreakdownMenu *self)
{
}

static void
show_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  FareBreakdownMenu *self = user_data;

  if (self->item != NULL)
    g_signal_emit (self, signals[SHOW], 0, self->item);
}

static void
copy_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  FareBreakdownMenu *self = user_data;
  g_autofree char *line = NULL;

  if (self->item == NULL || fare_breakdown_item_get_sums (self->item) == NULL)
    return;

  line = fare_breakdown_text_csv (self->item);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->owner), line);
  gtk_widget_activate_action (self->owner, "win.toast", "s", _("CSV row copied"));
}

/* The total is of no tool and no model. */
static gboolean
set_item (FareBreakdownMenu *self,
          FareBreakdownItem *item)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "show");

  if (item == NULL)
    return FALSE;

  g_set_object (&self->item, item);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               fare_breakdown_item_get_kind (item) != FARE_BREAKDOWN_TOTAL);

  return TRUE;
}

static void
popup_at (FareBreakdownMenu *self,
          GdkRectangle       place)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
popup_on_line (FareBreakdownMenu *self,
               GtkGesture        *gesture,
               double             x,
               double             y)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  double owner_x = 0;
  double owner_y = 0;

  if (widget == NULL || widget == view ||
      !set_item (self, fare_breakdown_cells_find_item (widget)))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_translate_coordinates (view, self->owner, x, y, &owner_x, &owner_y);
  popup_at (self, (GdkRectangle) { (int) owner_x, (int) owner_y, 1, 1 });
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  popup_on_line (user_data, GTK_GESTURE (gesture), x, y);
}

static void
held_cb (GtkGestureLongPress *gesture,
         double               x,
         double               y,
         gpointer             user_data)
{
  popup_on_line (user_data, GTK_GESTURE (gesture), x, y);
}

/* The line with the focus becomes what the menu is about. */
static GtkWidget *
take_focused (FareBreakdownMenu *self,
              GtkWidget         *view)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));

  if (focus == NULL || focus == view || !gtk_widget_is_ancestor (focus, view) ||
      !set_item (self, fare_breakdown_cells_find_item (focus)))
    return NULL;

  return focus;
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  FareBreakdownMenu *self = user_data;
  GtkWidget *focus = take_focused (self, widget);
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_compute_bounds (focus, self->owner, &bounds))
    popup_at (self, (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                     MAX (1, (int) bounds.size.width),
                                     MAX (1, (int) bounds.size.height) });

  return focus != NULL;
}

static gboolean
copy_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  GtkWidget *focus = take_focused (user_data, widget);

  if (focus != NULL)
    copy_cb (NULL, NULL, user_data);

  return focus != NULL;
}

static GMenu *
make_model (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) show = g_menu_new ();
  g_autoptr(GMenu) copy = g_menu_new ();

  g_menu_append (show, _("_Show Sessions"), "line.show");
  g_menu_append (copy, _("Copy as _CSV Row"), "line.copy-csv");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (show));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));

  return menu;
}

FareBreakdownMenu *
fare_breakdown_menu_new (GtkWidget *owner)
{
  static const GActionEntry entries[] = {
    { .name = "show", .activate = show_cb },
    { .name = "copy-csv", .activate = copy_cb },
  };
  FareBreakdownMenu *self;
  g_autoptr(GMenu) model = make_model ();

  g_return_val_if_fail (GTK_IS_WIDGET (owner), NULL);

  self = g_object_new (FARE_TYPE_BREAKDOWN_MENU, NULL);
  self->owner = owner;
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (owner, "line", G_ACTION_GROUP (self->actions));
  self->popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (model));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, owner);

  return self;
}

void
fare_breakdown_menu_add_view (FareBreakdownMenu *self,
                              GtkWidget         *view)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  g_return_if_fail (FARE_IS_BREAKDOWN_MENU (self));

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                      gtk_callback_action_new (menu_key_cb, self, NULL)));
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>c|<Control>Insert"),
                      gtk_callback_action_new (copy_key_cb, self, NULL)));
  gtk_widget_add_controller (view, keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));

  /* Fingers have no other button. */
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (held_cb), self, 0);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (hold));
}

void
fare_breakdown_menu_detach (FareBreakdownMenu *self)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_MENU (self));

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->owner = NULL;
}
