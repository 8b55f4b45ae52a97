/* fare-window-actions.c
 *
 * The actions of the window: moving through days and pages, narrowing, searching.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-window-private.h"
#include "pages/fare-calendar-page.h"
#include "pages/fare-pricing-page.h"
#include "pages/fare-sessions-page.h"
#include "preferences/fare-rebuild-dialog.h"

static void
today_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  FareWindow *self = FARE_WINDOW (widget);

  if (!fare_page_show_today (fare_window_get_page (self)))
    fare_range_choice_set_period (self->choice, FARE_PERIOD_TODAY);
}

static void
custom_range_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  fare_range_button_popup_custom (FARE_WINDOW (widget)->range_button);
}

static void
step (FareWindow *self,
      int         direction)
{
  if (!fare_page_step (fare_window_get_page (self), direction))
    fare_range_choice_step (self->choice, direction);
}

static void
previous_range_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  step (FARE_WINDOW (widget), -1);
}

static void
next_range_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  step (FARE_WINDOW (widget), 1);
}

static void
show_page_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  fare_window_show_page (FARE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* From one page to its neighbour, without going round. */
static void
move_page (FareWindow *self,
           int         direction)
{
  g_autoptr(GtkSelectionModel) pages = adw_view_stack_get_pages (self->view_stack);
  guint n_pages = g_list_model_get_n_items (G_LIST_MODEL (pages));

  for (guint i = 0; i < n_pages; i++)
    {
      guint wanted = i + (guint) direction;

      if (gtk_selection_model_is_selected (pages, i) && wanted < n_pages)
        {
          gtk_selection_model_select_item (pages, wanted, TRUE);
          return;
        }
    }
}

static void
previous_page_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  move_page (FARE_WINDOW (widget), -1);
}

static void
next_page_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  move_page (FARE_WINDOW (widget), 1);
}

static void
back_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  fare_page_go_back (fare_window_get_page (FARE_WINDOW (widget)));
}

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  FareWindow *self = FARE_WINDOW (widget);

  /* A second press takes the keyboard back to the entry. */
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
clear_search_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  FareWindow *self = FARE_WINDOW (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

static gboolean
parse_kind (const char     *name,
            FareFilterKind *kind)
{
  static const char * const names[FARE_FILTER_N_KINDS] = { "client", "model", "project",
                                                          "machine" };

  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    {
      if (g_str_equal (name, names[i]))
        {
          *kind = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
filter_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  FareWindow *self = FARE_WINDOW (widget);
  const char *name, *value;
  FareFilterKind kind;

  g_variant_get (parameter, "(&s&s)", &name, &value);

  if (parse_kind (name, &kind))
    fare_filter_set (self->filter, kind, value, TRUE);
}

static void
clear_filter_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  fare_filter_clear (FARE_WINDOW (widget)->filter);
}

static void
show_sessions_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  FareWindow *self = FARE_WINDOW (widget);
  const char *name, *value;
  FareFilterKind kind;

  g_variant_get (parameter, "(&s&s)", &name, &value);

  if (parse_kind (name, &kind))
    fare_filter_set_only (self->filter, kind, value);

  fare_window_show_page (self, "sessions");
}

static void
show_session_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  FareWindow *self = FARE_WINDOW (widget);
  const char *client, *uid;

  g_variant_get (parameter, "(&s&s)", &client, &uid);
  fare_window_show_page (self, "sessions");
  fare_sessions_page_show_session (FARE_SESSIONS_PAGE (fare_window_find_page (self, "sessions")),
                                   client, uid);
}

/* Of all that was ever done: who looks for something by name does not think of days and filters. */
static void
find_sessions_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  FareWindow *self = FARE_WINDOW (widget);

  fare_filter_clear (self->filter);
  fare_range_choice_set_period (self->choice, FARE_PERIOD_ALL);
  fare_window_show_page (self, "sessions");
  fare_page_go_back (fare_window_get_page (self));
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), g_variant_get_string (parameter, NULL));
}

static void
show_day_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  FareWindow *self = FARE_WINDOW (widget);
  FareNow now;
  FareDay day;

  fare_range_choice_get_now (self->choice, &now);

  if (!fare_day_parse (g_variant_get_string (parameter, NULL), &now, &day, NULL))
    return;

  fare_range_choice_set_days (self->choice, (FareRange) { day, day + 1 });
  fare_window_show_page (self, "sessions");
}

static void
show_calendar_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  FareWindow *self = FARE_WINDOW (widget);
  FareNow now;
  FareDay day;

  fare_range_choice_get_now (self->choice, &now);

  if (!fare_day_parse (g_variant_get_string (parameter, NULL), &now, &day, NULL))
    return;

  fare_window_show_page (self, "calendar");
  fare_calendar_page_show_day (FARE_CALENDAR_PAGE (fare_window_find_page (self, "calendar")), day);
}

static void
show_prices_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  FareWindow *self = FARE_WINDOW (widget);
  const char *text = g_variant_get_string (parameter, NULL);

  fare_window_show_page (self, "pricing");

  if (*text == '\0')
    {
      fare_pricing_page_show_unpriced (FARE_PRICING_PAGE (fare_window_get_page (self)));
      return;
    }

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
}

static void
toast_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  g_autofree char *escaped = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  adw_toast_overlay_add_toast (FARE_WINDOW (widget)->toast_overlay, adw_toast_new (escaped));
}

static void
show_failures_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  fare_source_footer_popup_failures (FARE_WINDOW (widget)->footer);
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  fare_window_export (FARE_WINDOW (widget));
}

static void
print_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  fare_window_print (FARE_WINDOW (widget));
}

static void
rebuild_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  fare_rebuild_dialog_ask (GTK_WINDOW (widget), FARE_WINDOW (widget)->meter);
}

static void
show_trouble_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  fare_window_show_trouble (FARE_WINDOW (widget));
}

static void
keep_sessions_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  fare_window_show_retention (FARE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* Nearest first: what is typed, what lies over the page. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  FareWindow *self = FARE_WINDOW (widget);

  if (fare_page_go_back (fare_window_get_page (self)))
    return GDK_EVENT_STOP;

  if (!gtk_search_bar_get_search_mode (self->search_bar))
    return GDK_EVENT_PROPAGATE;

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);

  return GDK_EVENT_STOP;
}

/* Made when it is asked for: it is large, and a window can be seen without it. */
static void
show_shortcuts_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  g_autoptr(GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/tokenfare/Tokenfare/fare-shortcuts-window.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_application (shortcuts, gtk_window_get_application (GTK_WINDOW (widget)));
  gtk_window_set_transient_for (shortcuts, GTK_WINDOW (widget));
  gtk_window_set_destroy_with_parent (shortcuts, TRUE);
  gtk_window_present (shortcuts);
}

/* Keys that step through the days move by words in a text. */
static gboolean
is_typing (FareWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus));
}

void
fare_window_update_actions (FareWindow *self)
{
  FarePage *page = fare_window_get_page (self);
  FarePageFeatures features = fare_page_get_features (page);
  gboolean has_steps = FARE_PAGE_GET_IFACE (page)->step != NULL;
  gboolean has_range = (features & FARE_PAGE_HAS_RANGE) != 0;
  GtkWidget *widget = GTK_WIDGET (self);

  for (int direction = -1; direction <= 1; direction += 2)
    {
      gboolean can_step = has_steps ? fare_page_can_step (page, direction)
                                    : has_range && fare_range_choice_can_step (self->choice, direction);

      gtk_widget_action_set_enabled (widget,
                                     direction < 0 ? "win.previous-range" : "win.next-range",
                                     can_step && !is_typing (self));
    }

  gtk_widget_action_set_enabled (widget, "win.custom-range", has_range);
  gtk_widget_action_set_enabled (widget, "win.search", (features & FARE_PAGE_HAS_SEARCH) != 0);
}

void
fare_window_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char             *name;
    const char             *type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.today", NULL, today_cb },
    { "win.custom-range", NULL, custom_range_cb },
    { "win.previous-range", NULL, previous_range_cb },
    { "win.next-range", NULL, next_range_cb },
    { "win.previous-page", NULL, previous_page_cb },
    { "win.next-page", NULL, next_page_cb },
    { "win.back", NULL, back_cb },
    { "win.search", NULL, search_cb },
    { "win.clear-search", NULL, clear_search_cb },
    { "win.show-page", "s", show_page_cb },
    { "win.show-sessions", "(ss)", show_sessions_cb },
    { "win.show-session", "(ss)", show_session_cb },
    { "win.find-sessions", "s", find_sessions_cb },
    { "win.show-day", "s", show_day_cb },
    { "win.show-calendar", "s", show_calendar_cb },
    { "win.show-prices", "s", show_prices_cb },
    { "win.filter", "(ss)", filter_cb },
    { "win.clear-filter", NULL, clear_filter_cb },
    { "win.toast", "s", toast_cb },
    { "win.show-shortcuts", NULL, show_shortcuts_cb },
    { "win.show-failures", NULL, show_failures_cb },
    { "win.export", NULL, export_cb },
    { "win.print", NULL, print_cb },
    { "win.rebuild", NULL, rebuild_cb },
    { "win.show-trouble", NULL, show_trouble_cb },
    { "win.keep-sessions", "s", keep_sessions_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type,
                                     actions[i].activate);

  /* Not an accelerator: menus, entries and dialogs come first. */
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}
