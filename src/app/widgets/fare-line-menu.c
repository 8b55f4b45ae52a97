/* fare-line-menu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-line-item.h"
#include "widgets/fare-line-menu.h"

struct _FareLineMenu
{
  GObject               parent_instance;

  GtkWidget            *owner;   /* NULL once detached */
  GtkWidget            *popover;
  FareLineMenuTakeFunc  take;
  char                 *copy_action;
  gpointer              user_data;
};

G_DEFINE_FINAL_TYPE (FareLineMenu, fare_line_menu, G_TYPE_OBJECT)

static void
fare_line_menu_finalize (GObject *object)
{
  FareLineMenu *self = FARE_LINE_MENU (object);

  g_free (self->copy_action);

  G_OBJECT_CLASS (fare_line_menu_parent_class)->finalize (object);
}

static void
fare_line_menu_class_init (FareLineMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_line_menu_finalize;
}

static void
fare_line_menu_init (FareLineMenu *self)
{
}

static gboolean
take (FareLineMenu *self,
      gpointer      item)
{
  return self->owner != NULL && item != NULL && self->take (item, self->user_data);
}

static void
popup_at (FareLineMenu *self,
          GdkRectangle  place)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
popup_below (FareLineMenu *self,
             GtkWidget    *widget)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (widget, self->owner, &bounds))
    popup_at (self, (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                     MAX (1, (int) bounds.size.width),
                                     MAX (1, (int) bounds.size.height) });
}

static void
popup_on_line (FareLineMenu *self,
               GtkGesture   *gesture,
               double        x,
               double        y)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  double owner_x = 0;
  double owner_y = 0;

  if (!take (self, fare_line_item_find (gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT))))
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
take_focused (FareLineMenu *self,
              GtkWidget    *view)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));

  if (focus == NULL || focus == view || !gtk_widget_is_ancestor (focus, view) ||
      !take (self, fare_line_item_find (focus)))
    return NULL;

  return focus;
}

static gboolean
menu_key_cb (GtkWidget *view,
             GVariant  *arguments,
             gpointer   user_data)
{
  GtkWidget *focus = take_focused (user_data, view);

  if (focus != NULL)
    popup_below (user_data, focus);

  return focus != NULL;
}

static gboolean
copy_key_cb (GtkWidget *view,
             GVariant  *arguments,
             gpointer   user_data)
{
  FareLineMenu *self = user_data;

  return take_focused (self, view) != NULL &&
         gtk_widget_activate_action (self->owner, self->copy_action, NULL);
}

FareLineMenu *
fare_line_menu_new (GtkWidget            *owner,
                    GMenuModel           *model,
                    FareLineMenuTakeFunc  take_func,
                    const char           *copy_action,
                    gpointer              user_data)
{
  FareLineMenu *self;

  g_return_val_if_fail (GTK_IS_WIDGET (owner), NULL);
  g_return_val_if_fail (take_func != NULL && copy_action != NULL, NULL);

  self = g_object_new (FARE_TYPE_LINE_MENU, NULL);
  self->owner = owner;
  self->take = take_func;
  self->copy_action = g_strdup (copy_action);
  self->user_data = user_data;
  self->popover = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, owner);

  return self;
}

static void
add_key (FareLineMenu       *self,
         GtkEventController *keys,
         const char         *trigger,
         GtkShortcutFunc     func)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                          gtk_callback_action_new (func, self, NULL)));
}

void
fare_line_menu_add_view (FareLineMenu *self,
                         GtkWidget    *view)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  g_return_if_fail (FARE_IS_LINE_MENU (self));

  add_key (self, keys, "Menu|<Shift>F10", menu_key_cb);
  add_key (self, keys, "<Control>c|<Control>Insert", copy_key_cb);
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
fare_line_menu_popup_for (FareLineMenu *self,
                          GtkWidget    *widget,
                          gpointer      item)
{
  g_return_if_fail (FARE_IS_LINE_MENU (self));

  if (take (self, item))
    popup_below (self, widget);
}

void
fare_line_menu_detach (FareLineMenu *self)
{
  g_return_if_fail (FARE_IS_LINE_MENU (self));

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->owner = NULL;
}
