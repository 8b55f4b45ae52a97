/* fare-window.c
 *
 * The window: header with range and menu, notices, pages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "fare-window.h"
#include "pages/fare-overview-page.h"
#include "widgets/fare-range-button.h"
#include "widgets/fare-width-bin.h"

struct _FareWindow
{
  AdwApplicationWindow  parent_instance;

  FareWidthBin         *width_bin;
  AdwWindowTitle       *title;
  FareRangeButton      *range_button;
  GtkMenuButton        *primary_button;
  GtkWidget            *refresh_button;
  GtkStack             *refresh_stack;
  GtkSpinner           *refresh_spinner;
  GtkInfoBar           *info_bar;
  GtkLabel             *info_label;
  AdwToastOverlay      *toast_overlay;
  AdwViewStack         *view_stack;
  FareOverviewPage     *overview_page;

  FareMeter            *meter;
  FareRangeChoice      *choice;
  FarePreferences      *preferences;
  char                 *dismissed; /* the notice the user has closed */
};

G_DEFINE_FINAL_TYPE (FareWindow, fare_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_minimized (FareWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));

  return surface != NULL &&
         (gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0;
}

/* Nobody looks at a window that is closed, hidden or minimised: it asks nothing. */
static void
update_active (FareWindow *self)
{
  gboolean is_seen = gtk_widget_get_mapped (GTK_WIDGET (self)) && !is_minimized (self);

  fare_overview_page_set_active (self->overview_page, is_seen);
}

static GtkMessageType
get_message_type (FareNoticeLevel level)
{
  switch (level)
    {
    case FARE_NOTICE_ERROR:
      return GTK_MESSAGE_ERROR;

    case FARE_NOTICE_WARNING:
      return GTK_MESSAGE_WARNING;

    case FARE_NOTICE_NONE:
    case FARE_NOTICE_INFO:
    default:
      return GTK_MESSAGE_INFO;
    }
}

static void
update_notice (FareWindow *self)
{
  FareNoticeLevel level = FARE_NOTICE_NONE;
  g_autofree char *notice = fare_meter_dup_notice (self->meter, &level);
  gboolean is_news;

  /* One sentence at a time; the graver one first. */
  if (notice == NULL && fare_overview_page_get_trouble (self->overview_page) != NULL)
    {
      notice = g_strdup (fare_overview_page_get_trouble (self->overview_page));
      level = FARE_NOTICE_WARNING;
    }

  is_news = notice != NULL && g_strcmp0 (notice, self->dismissed) != 0;

  if (is_news)
    {
      gtk_info_bar_set_message_type (self->info_bar, get_message_type (level));

      if (g_strcmp0 (gtk_label_get_label (self->info_label), notice) != 0)
        gtk_label_set_label (self->info_label, notice);
    }

  gtk_info_bar_set_revealed (self->info_bar, is_news);
}

static void
scanning_cb (FareWindow *self)
{
  FareProgress progress;
  gboolean is_scanning = fare_meter_get_progress (self->meter, &progress);

  gtk_stack_set_visible_child_name (self->refresh_stack, is_scanning ? "busy" : "idle");
  gtk_spinner_set_spinning (self->refresh_spinner, is_scanning);
  update_notice (self);
}

static void
info_bar_response_cb (FareWindow *self)
{
  g_free (self->dismissed);
  self->dismissed = g_strdup (gtk_label_get_label (self->info_label));
  gtk_info_bar_set_revealed (self->info_bar, FALSE);
}

static void
width_mode_cb (FareWindow *self)
{
  FareWidth mode = fare_width_bin_get_mode (self->width_bin);

  fare_overview_page_set_width (self->overview_page, mode);
  fare_range_button_set_narrow (self->range_button, mode == FARE_WIDTH_NARROW);

  /* The range says best what is shown.  Refreshing stays in the menu and on its key. */
  gtk_widget_set_visible (GTK_WIDGET (self->title), mode != FARE_WIDTH_NARROW);
  gtk_widget_set_visible (self->refresh_button, mode != FARE_WIDTH_NARROW);
}

static void
choice_changed_cb (FareWindow *self)
{
  g_autofree char *range = fare_range_choice_to_string (self->choice);

  fare_preferences_set_default_range (self->preferences, range);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.next-range",
                                 fare_range_choice_can_step (self->choice, 1));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.previous-range",
                                 fare_range_choice_can_step (self->choice, -1));
}

static void
today_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  fare_range_choice_set_period (FARE_WINDOW (widget)->choice, FARE_PERIOD_TODAY);
}

static void
custom_range_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  fare_range_button_popup_custom (FARE_WINDOW (widget)->range_button);
}

static void
previous_range_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  fare_range_choice_step (FARE_WINDOW (widget)->choice, -1);
}

static void
next_range_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  fare_range_choice_step (FARE_WINDOW (widget)->choice, 1);
}

static void
fare_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fare_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::state",
                           G_CALLBACK (update_active), widget, G_CONNECT_SWAPPED);
}

static void
fare_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fare_window_parent_class)->map (widget);
  update_active (FARE_WINDOW (widget));
}

static void
fare_window_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fare_window_parent_class)->unmap (widget);

  if (FARE_WINDOW (widget)->overview_page != NULL)
    update_active (FARE_WINDOW (widget));
}

static gboolean
fare_window_close_request (GtkWindow *window)
{
  fare_window_save_state (FARE_WINDOW (window));

  return GTK_WINDOW_CLASS (fare_window_parent_class)->close_request (window);
}

static void
fare_window_dispose (GObject *object)
{
  FareWindow *self = FARE_WINDOW (object);

  if (self->range_button != NULL)
    fare_range_button_set_choice (self->range_button, NULL);

  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_WINDOW);
  g_clear_object (&self->meter);
  g_clear_object (&self->choice);
  g_clear_object (&self->preferences);
  g_clear_pointer (&self->dismissed, g_free);

  G_OBJECT_CLASS (fare_window_parent_class)->dispose (object);
}

static void
fare_window_class_init (FareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_window_dispose;
  widget_class->realize = fare_window_realize;
  widget_class->map = fare_window_map;
  widget_class->unmap = fare_window_unmap;
  GTK_WINDOW_CLASS (klass)->close_request = fare_window_close_request;

  g_type_ensure (FARE_TYPE_OVERVIEW_PAGE);
  g_type_ensure (FARE_TYPE_RANGE_BUTTON);
  g_type_ensure (FARE_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FareWindow, width_bin);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, title);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, range_button);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, primary_button);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, refresh_spinner);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, info_bar);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, info_label);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, view_stack);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, overview_page);
  gtk_widget_class_bind_template_callback (widget_class, info_bar_response_cb);

  gtk_widget_class_install_action (widget_class, "win.today", NULL, today_cb);
  gtk_widget_class_install_action (widget_class, "win.custom-range", NULL, custom_range_cb);
  gtk_widget_class_install_action (widget_class, "win.previous-range", NULL, previous_range_cb);
  gtk_widget_class_install_action (widget_class, "win.next-range", NULL, next_range_cb);
}

static void
fare_window_init (FareWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (self->width_bin, "notify::mode",
                           G_CALLBACK (width_mode_cb), self, G_CONNECT_SWAPPED);
}

static void
restore_state (FareWindow *self)
{
  int width, height;

  if (fare_preferences_get_window (self->preferences, &width, &height))
    gtk_window_maximize (GTK_WINDOW (self));

  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  fare_window_show_page (self, fare_preferences_get_last_page (self->preferences));
}

FareWindow *
fare_window_new (GtkApplication  *application,
                 FareMeter       *meter,
                 FareRangeChoice *choice,
                 FarePreferences *preferences)
{
  FareWindow *self;

  g_return_val_if_fail (application == NULL || GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (FARE_IS_METER (meter), NULL);
  g_return_val_if_fail (FARE_IS_RANGE_CHOICE (choice), NULL);
  g_return_val_if_fail (FARE_IS_PREFERENCES (preferences), NULL);

  self = g_object_new (FARE_TYPE_WINDOW, "application", application, NULL);
  self->meter = g_object_ref (meter);
  self->choice = g_object_ref (choice);
  self->preferences = g_object_ref (preferences);

  restore_state (self);
  fare_range_button_set_choice (self->range_button, choice);
  fare_overview_page_connect (self->overview_page, meter, choice, preferences);

  g_signal_connect_object (choice, "changed",
                           G_CALLBACK (choice_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (meter, "scanning",
                           G_CALLBACK (scanning_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (meter, "changed",
                           G_CALLBACK (update_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->overview_page, "notify::trouble",
                           G_CALLBACK (update_notice), self, G_CONNECT_SWAPPED);
  choice_changed_cb (self);
  scanning_cb (self);

  return self;
}

gboolean
fare_window_show_page (FareWindow *self,
                       const char *name)
{
  g_return_val_if_fail (FARE_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (adw_view_stack_get_child_by_name (self->view_stack, name) == NULL)
    return FALSE;

  adw_view_stack_set_visible_child_name (self->view_stack, name);

  return TRUE;
}

void
fare_window_save_state (FareWindow *self)
{
  int width, height;

  g_return_if_fail (FARE_IS_WINDOW (self));

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  fare_preferences_set_window (self->preferences, width, height,
                               gtk_window_is_maximized (GTK_WINDOW (self)));
  fare_preferences_set_last_page (self->preferences,
                                  adw_view_stack_get_visible_child_name (self->view_stack));
}
