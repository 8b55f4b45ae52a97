/* fare-window.c
 *
 * The window: header with range and menu, notices, pages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-currency.h"
#include "fare-window-private.h"
#include "pages/fare-calendar-page.h"
#include "pages/fare-overview-page.h"
#include "pages/fare-page-slot.h"
#include "pages/fare-pricing-page.h"
#include "pages/fare-sessions-page.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-spoken-names.h"

G_DEFINE_FINAL_TYPE (FareWindow, fare_window, ADW_TYPE_APPLICATION_WINDOW)

/* A window opens without figures after so long. */
#define PATIENCE_MS 150

/* The children of the stack are slots, some of them with a page already. */
#define FOREACH_SLOT(self, slot) \
  for (GtkWidget *slot = gtk_widget_get_first_child (GTK_WIDGET ((self)->view_stack)); \
       slot != NULL; \
       slot = gtk_widget_get_next_sibling (slot))

static gboolean
is_minimized (FareWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));

  return surface != NULL &&
         (gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0;
}

/* Nobody looks at a window that is closed, hidden or minimised: it asks nothing.  While it opens, it does. */
static void
update_active (FareWindow *self)
{
  gboolean is_seen = self->first_query != NULL ||
                     (gtk_widget_get_mapped (GTK_WIDGET (self)) && !is_minimized (self));

  GtkWidget *seen = adw_view_stack_get_visible_child (self->view_stack);

  /* Somebody who looks wants the safety net to be tighter. */
  fare_meter_set_attentive (self->meter, is_seen);

  FOREACH_SLOT (self, slot)
    {
      FarePage *page = fare_page_slot_get_page (FARE_PAGE_SLOT (slot));

      if (page != NULL)
        fare_page_set_active (page, is_seen && slot == seen);
    }

  if (self->source_query != NULL)
    fare_live_query_set_active (self->source_query, is_seen);
}

static void
scanning_cb (FareWindow *self)
{
  FareProgress progress;
  gboolean is_scanning = fare_meter_get_progress (self->meter, &progress);

  gtk_stack_set_visible_child_name (self->refresh_stack, is_scanning ? "busy" : "idle");
  gtk_spinner_set_spinning (self->refresh_spinner, is_scanning);

  /* The end of a scan is news even if it found nothing: the time of the last look moved on. */
  if (!is_scanning)
    fare_live_query_ask (self->source_query);

  fare_window_update_notice (self);
}

static void
source_state_cb (FareWindow *self)
{
  const FareSourceState *state = fare_live_query_get_answer (self->source_query);

  if (state != NULL)
    fare_source_footer_show (self->footer, state);

  fare_window_update_notice (self);
}

/* A wide window does without it, so its buttons are made when it shows for the first time. */
static void
show_switcher_bar (FareWindow *self,
                   gboolean    is_shown)
{
  if (is_shown)
    adw_view_switcher_bar_set_stack (self->switcher_bar, self->view_stack);

  adw_view_switcher_bar_set_reveal (self->switcher_bar, is_shown);
}

/* Where the header is short the days need its room, and the title asks for room for the switcher even
 * while that does not show; which page it is, the bar at the bottom says. */
static void
update_title (FareWindow *self)
{
  GtkWidget *seen = adw_view_stack_get_visible_child (self->view_stack);
  gboolean is_narrow = fare_width_bin_get_mode (self->width_bin) == FARE_WIDTH_NARROW;

  if (seen != NULL)
    adw_view_switcher_title_set_title (self->switcher_title,
                                       adw_view_stack_page_get_title (adw_view_stack_get_page (self->view_stack,
                                                                                               seen)));

  gtk_widget_set_visible (GTK_WIDGET (self->switcher_title),
                          !is_narrow || !gtk_widget_get_visible (GTK_WIDGET (self->range_button)));
  show_switcher_bar (self, is_narrow ||
                           adw_view_switcher_title_get_title_visible (self->switcher_title));
}

static void
focus_changed_cb (FareWindow *self)
{
  /* The keyboard is taken away from a window that closes, too. */
  if (self->view_stack != NULL && fare_window_get_page (self) != NULL)
    fare_window_update_actions (self);
}

static void
width_mode_cb (FareWindow *self)
{
  FareWidth mode = fare_width_bin_get_mode (self->width_bin);

  FOREACH_SLOT (self, slot)
    {
      FarePage *page = fare_page_slot_get_page (FARE_PAGE_SLOT (slot));

      if (page != NULL)
        fare_page_set_width (page, mode);
    }

  fare_range_button_set_narrow (self->range_button, mode == FARE_WIDTH_NARROW);

  /* Refreshing stays in the menu and on its key. */
  gtk_widget_set_visible (self->refresh_button, mode != FARE_WIDTH_NARROW);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->info_box),
                                  mode == FARE_WIDTH_NARROW ? GTK_ORIENTATION_VERTICAL
                                                            : GTK_ORIENTATION_HORIZONTAL);
  update_title (self);
}

/* Amounts are written in the user's currency, at the rate of the last day that is shown. */
static void
use_currency (FareWindow *self)
{
  g_autoptr(FareSettings) settings = fare_settings_load (fare_meter_get_paths (self->meter));
  g_autoptr(FareCurrency) currency = fare_currency_new (settings);
  FareNow now;

  fare_range_choice_get_now (self->choice, &now);
  fare_currency_use (currency, MIN (fare_range_choice_get_range (self->choice).end - 1,
                                    fare_day_of (now.zone, now.now_ms)));
}

static void
currency_changed_cb (FareWindow *self)
{
  g_autoptr(GError) error = NULL;

  use_currency (self);

  /* All amounts are written anew, as with other prices. */
  if (!fare_meter_reload_prices (self->meter, &error))
    g_message ("%s", error->message);
}

static void
choice_changed_cb (FareWindow *self)
{
  g_autofree char *range = fare_range_choice_to_string (self->choice);

  g_settings_set_string (fare_preferences_get_settings (self->preferences), "default-range", range);
  use_currency (self);
  fare_window_update_actions (self);
}

static void
update_search_note (FareWindow *self)
{
  g_autofree char *note = fare_page_dup_search_note (fare_window_get_page (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, note != NULL ? note : "", -1);
  fare_quiet_tooltip_set (GTK_WIDGET (self->search_entry), note);
}

static void
search_changed_cb (FareWindow *self)
{
  fare_page_set_search (fare_window_get_page (self),
                        gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  update_search_note (self);
}

/* Escape takes the text away first, and the entry with the second press. */
static void
search_stopped_cb (FareWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

static void
page_changed_cb (FareWindow *self)
{
  FarePage *page = fare_window_get_page (self);
  FarePageFeatures features;

  if (page == NULL || self->preferences == NULL)
    return;

  features = fare_page_get_features (page);
  gtk_widget_set_visible (GTK_WIDGET (self->range_button), (features & FARE_PAGE_HAS_RANGE) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_button), (features & FARE_PAGE_HAS_FILTER) != 0);
  fare_filter_pills_set_relevant (self->filter_pills, (features & FARE_PAGE_HAS_FILTER) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), (features & FARE_PAGE_HAS_SEARCH) != 0);

  update_title (self);

  /* What is looked for on one page means nothing on the next. */
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");

  update_active (self);
  fare_window_update_actions (self);
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

  if (FARE_WINDOW (widget)->view_stack != NULL)
    update_active (FARE_WINDOW (widget));
}

static gboolean
fare_window_close_request (GtkWindow *window)
{
  fare_window_save_state (FARE_WINDOW (window));

  return GTK_WINDOW_CLASS (fare_window_parent_class)->close_request (window);
}

static void
stop_waiting (FareWindow *self)
{
  g_clear_handle_id (&self->open_id, g_source_remove);
  if (self->first_query != NULL)
    g_signal_handlers_disconnect_by_data (self->first_query, self);
  g_clear_object (&self->first_query);
}

static void
fare_window_dispose (GObject *object)
{
  FareWindow *self = FARE_WINDOW (object);

  stop_waiting (self);

  if (self->range_button != NULL)
    fare_range_button_set_choice (self->range_button, NULL);

  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_WINDOW);
  g_clear_object (&self->print_query);
  g_clear_object (&self->source_query);
  g_clear_object (&self->overview_query);
  g_clear_object (&self->meter);
  g_clear_object (&self->choice);
  g_clear_object (&self->filter);
  g_clear_object (&self->preferences);
  g_clear_pointer (&self->dismissed, g_hash_table_unref);
  g_clear_pointer (&self->hint, g_free);

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

  g_type_ensure (FARE_TYPE_CALENDAR_PAGE);
  g_type_ensure (FARE_TYPE_FILTER_BUTTON);
  g_type_ensure (FARE_TYPE_FILTER_PILLS);
  g_type_ensure (FARE_TYPE_OVERVIEW_PAGE);
  g_type_ensure (FARE_TYPE_PAGE_SLOT);
  g_type_ensure (FARE_TYPE_PRICING_PAGE);
  g_type_ensure (FARE_TYPE_RANGE_BUTTON);
  g_type_ensure (FARE_TYPE_SESSIONS_PAGE);
  g_type_ensure (FARE_TYPE_SOURCE_FOOTER);
  g_type_ensure (FARE_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FareWindow, width_bin);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, range_button);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, filter_button);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, primary_button);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, refresh_spinner);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, info_bar);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, info_box);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, info_label);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, info_button);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, filter_pills);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, view_stack);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, footer);
  gtk_widget_class_bind_template_child (widget_class, FareWindow, switcher_bar);
  gtk_widget_class_bind_template_callback (widget_class, fare_window_dismiss_notice);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);

  fare_window_install_actions (widget_class);
}

static void
fare_window_init (FareWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->dismissed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_signal_connect_object (self->switcher_title, "notify::title-visible",
                           G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->width_bin, "notify::mode",
                           G_CALLBACK (width_mode_cb), self, G_CONNECT_SWAPPED);
}

static void
restore_state (FareWindow *self)
{
  GSettings *settings = fare_preferences_get_settings (self->preferences);
  g_autofree char *page = g_settings_get_string (settings, "last-page");
  int width, height;

  if (fare_preferences_get_window (self->preferences, &width, &height))
    gtk_window_maximize (GTK_WINDOW (self));

  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  fare_window_show_page (self, page);
}

/* Whatever the page has to say, it may also have another neighbour to step to. */
static void
page_noted_cb (FareWindow *self)
{
  update_search_note (self);
  fare_window_update_actions (self);
}

/* What the first page will ask is answered while the window is made. */
static FareLiveQuery *
ask_first (FareMeter       *meter,
           FareRangeChoice *choice,
           FareFilter      *filter,
           FarePreferences *preferences)
{
  const FarePageContext context = { meter, choice, filter, preferences, NULL };
  g_autofree char *page =
    g_settings_get_string (fare_preferences_get_settings (preferences), "last-page");

  return g_str_equal (page, "overview") ? fare_overview_page_ask (&context) : NULL;
}

FareWindow *
fare_window_new (GtkApplication  *application,
                 FareMeter       *meter,
                 FareRangeChoice *choice,
                 FarePreferences *preferences)
{
  g_autoptr(FareFilter) filter = NULL;
  g_autoptr(FareLiveQuery) query = NULL;
  FareWindow *self;

  g_return_val_if_fail (application == NULL || GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (FARE_IS_METER (meter), NULL);
  g_return_val_if_fail (FARE_IS_RANGE_CHOICE (choice), NULL);
  g_return_val_if_fail (FARE_IS_PREFERENCES (preferences), NULL);

  filter = fare_filter_new ();
  query = ask_first (meter, choice, filter, preferences);

  self = g_object_new (FARE_TYPE_WINDOW, "application", application, NULL);
  self->meter = g_object_ref (meter);
  self->choice = g_object_ref (choice);
  self->filter = g_steal_pointer (&filter);
  self->overview_query = g_steal_pointer (&query);
  self->preferences = g_object_ref (preferences);

  self->source_query = fare_live_query_new (meter, choice, FALSE, NULL, fare_source_state_load,
                                            (GDestroyNotify) fare_source_state_free);
  g_signal_connect_object (self->source_query, "changed",
                           G_CALLBACK (source_state_cb), self, G_CONNECT_SWAPPED);
  fare_range_button_set_choice (self->range_button, choice);
  fare_filter_button_connect (self->filter_button, meter, choice, self->filter, preferences);
  fare_filter_pills_set_filter (self->filter_pills, self->filter);
  restore_state (self);

  g_signal_connect_object (choice, "changed",
                           G_CALLBACK (choice_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fare_preferences_get_settings (preferences), "changed::currency",
                           G_CALLBACK (currency_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fare_preferences_get_settings (preferences), "changed::currency-rates",
                           G_CALLBACK (currency_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fare_preferences_get_settings (preferences), "changed::dismissed-hints",
                           G_CALLBACK (fare_window_update_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (meter, "scanning",
                           G_CALLBACK (scanning_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (meter, "changed",
                           G_CALLBACK (fare_window_update_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_changed_cb), NULL);
  choice_changed_cb (self);
  page_changed_cb (self);
  scanning_cb (self);

  return self;
}

static FarePage *
ensure_page (FareWindow *self,
             GtkWidget  *slot)
{
  const FarePageContext context = {
    self->meter, self->choice, self->filter, self->preferences, self->overview_query
  };
  FarePage *page;

  if (slot == NULL || self->preferences == NULL)
    return NULL;

  page = fare_page_slot_get_page (FARE_PAGE_SLOT (slot));
  if (page != NULL)
    return page;

  page = fare_page_slot_ensure_page (FARE_PAGE_SLOT (slot), &context);
  fare_page_set_width (page, fare_width_bin_get_mode (self->width_bin));
  g_signal_connect_object (page, "noted", G_CALLBACK (page_noted_cb), self, G_CONNECT_SWAPPED);

  /* The window as a whole is named when it is shown. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fare_spoken_names_complete (GTK_WIDGET (page));

  return page;
}

FarePage *
fare_window_get_page (FareWindow *self)
{
  return ensure_page (self, adw_view_stack_get_visible_child (self->view_stack));
}

FarePage *
fare_window_find_page (FareWindow *self,
                       const char *name)
{
  return ensure_page (self, adw_view_stack_get_child_by_name (self->view_stack, name));
}

FareFilter *
fare_window_get_filter (FareWindow *self)
{
  g_return_val_if_fail (FARE_IS_WINDOW (self), NULL);

  return self->filter;
}

static gboolean
open_cb (gpointer user_data)
{
  FareWindow *self = user_data;

  gtk_window_present (GTK_WINDOW (self));
  stop_waiting (self);

  return G_SOURCE_REMOVE;
}

static void
first_answer_cb (FareWindow *self)
{
  open_cb (self);
}

void
fare_window_open (FareWindow *self)
{
  FarePage *page;

  g_return_if_fail (FARE_IS_WINDOW (self));

  if (self->first_query != NULL)
    return;

  page = fare_window_get_page (self);
  if (gtk_widget_get_visible (GTK_WIDGET (self)) || page == NULL)
    {
      gtk_window_present (GTK_WINDOW (self));
      return;
    }

  self->first_query = g_object_ref (fare_page_get_query (page));
  self->open_id = g_timeout_add (PATIENCE_MS, open_cb, self);
  g_signal_connect_object (self->first_query, "changed",
                           G_CALLBACK (first_answer_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update_active (self);

  /* Looked through by the first icon, so why not meanwhile. */
  gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
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
  g_settings_set_string (fare_preferences_get_settings (self->preferences), "last-page",
                         adw_view_stack_get_visible_child_name (self->view_stack));
}
