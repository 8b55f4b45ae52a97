/* stage.c
 *
 * Runs the real application for one screenshot: puts window, text size and direction as
 * asked, waits until nothing moves any more, photographs the screen and quits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "stage-calendar.h"
#include "stage-pricing.h"
#include "ui-room.h"

#include "accounting/fare-limits.h"
#include "fare-guide-window.h"
#include "base/fare-locale.h"
#include "pages/fare-breakdown-view.h"
#include "pages/fare-reading-box.h"
#include "pages/fare-source-footer.h"
#include "pages/fare-year-strip.h"
#include "print/fare-month-paper.h"
#include "widgets/fare-filter-button.h"
#include "pages/fare-sessions-page.h"
#include "widgets/fare-range-button.h"
#include "widgets/fare-style.h"
#include "widgets/fare-width-bin.h"
#include "widgets/fare-year-grid.h"

typedef struct
{
  char    *output;
  char    *range;
  char    *open;
  char    *calendar;
  char    *state;
  char    *page;
  char    *style;
  char    *print;
  char   **filters;
  char    *search;
  char    *group;
  int      width;
  int      height;
  double   text_scale;
  gboolean rtl;
  gboolean hide_amounts;
  gboolean reminds;
  gboolean limits;

  UiRoom   room; /* only the application, its window and page are used */
  gboolean is_ready;
} Stage;

static gboolean
ready_cb (gpointer data)
{
  ((Stage *) data)->is_ready = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
is_ready (gpointer data)
{
  return ((Stage *) data)->is_ready;
}

/* Without a compositor the shadow of a popover is a black frame. */
static const char flat_popovers[] = "popover > contents { box-shadow: none; margin: 0; }";

static void
set_up_look (Stage *self)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (provider, flat_popovers, -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);

  g_object_set (settings,
                "gtk-font-name", "Cantarell 11",
                "gtk-enable-animations", FALSE,
                "gtk-xft-dpi", (int) (self->text_scale * 96 * 1024),
                NULL);

  if (self->rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
}

/* What the first scan looks like half-way; a real one is over before it can be photographed. */
static void
show_reading (Stage *self)
{
  GtkWidget *page = GTK_WIDGET (self->room.page);
  FareProgress progress = { 1204, 3880, 31, 100, TRUE };

  gtk_stack_set_visible_child_name (GTK_STACK (ui_find (page, GTK_TYPE_STACK, "stack")), "reading");
  gtk_widget_hide (ui_find (GTK_WIDGET (self->room.window), FARE_TYPE_SOURCE_FOOTER, NULL));
  fare_reading_box_show (FARE_READING_BOX (ui_find (page, FARE_TYPE_READING_BOX,
                                                    "first_reading_box")), &progress);
}

/* What a page shows while it waits, or instead of an answer; either is over before it can be
 * photographed, or does not happen at all. */
static gboolean
show_face (GtkWidget  *widget,
           const char *name)
{
  GtkWidget *face = GTK_IS_STACK (widget) ? gtk_stack_get_child_by_name (GTK_STACK (widget), name) : NULL;

  if (face != NULL && gtk_widget_get_mapped (widget))
    {
      if (ADW_IS_STATUS_PAGE (face))
        adw_status_page_set_description (ADW_STATUS_PAGE (face),
                                         "The index “/home/alex/.local/share/tokenfare/usage.sqlite3” "
                                         "cannot be used (disk I/O error).");
      gtk_stack_set_visible_child (GTK_STACK (widget), face);
      return TRUE;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (show_face (child, name))
        return TRUE;
    }

  return FALSE;
}

/* The first session of the table, and perhaps where its number comes from. */
static void
open_session (Stage     *self,
              GtkWidget *window)
{
  GtkWidget *page = ui_find (window, FARE_TYPE_SESSIONS_PAGE, NULL);
  GtkWidget *table = ui_find (page, GTK_TYPE_COLUMN_VIEW, "table");
  GtkWidget *view = gtk_widget_get_mapped (table) ? table : ui_find (page, GTK_TYPE_LIST_VIEW, "lines");

  g_signal_emit_by_name (view, "activate", 0);
  ui_pause (500);

  if (g_str_equal (self->open, "why"))
    {
      g_signal_emit_by_name (ui_find (window, GTK_TYPE_BUTTON, "why_button"), "clicked");
      ui_pause (500);
    }
}

/* The table of tools and models at the top of the window, the first tool open. */
static void
open_breakdown (Stage *self)
{
  GtkWidget *page = GTK_WIDGET (self->room.page);
  GtkWidget *section = ui_find (page, GTK_TYPE_BOX, "tools_section");
  GtkWidget *scroller = gtk_widget_get_ancestor (section, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  GtkTreeListModel *lines;
  FareBreakdownView *view;
  graphene_rect_t bounds;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (ui_find (section, GTK_TYPE_TOGGLE_BUTTON,
                                                            "table_toggle")), TRUE);
  ui_pause (600);
  view = FARE_BREAKDOWN_VIEW (ui_find (section, FARE_TYPE_BREAKDOWN_VIEW, NULL));

  if (g_str_equal (self->open, "breakdown-models"))
    {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (ui_find (section, GTK_TYPE_DROP_DOWN, NULL)),
                                  FARE_BREAKDOWN_BY_MODEL);
    }
  else
    {
      g_autoptr(GtkTreeListRow) row = NULL;

      lines = fare_breakdown_list_get_model (fare_breakdown_view_get_list (view));
      row = gtk_tree_list_model_get_child_row (lines, 0);
      gtk_tree_list_row_set_expanded (row, TRUE);
    }

  ui_pause (600);
  if (gtk_widget_compute_bounds (section, gtk_widget_get_ancestor (section, GTK_TYPE_VIEWPORT), &bounds))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.y - 12);
  ui_pause (300);
}

static void
open_part (Stage *self)
{
  GtkWidget *window = GTK_WIDGET (self->room.window);
  GtkWidget *range = ui_find (window, FARE_TYPE_RANGE_BUTTON, NULL);

  if (self->open != NULL && g_str_has_prefix (self->open, "help-"))
    {
      GtkWindow *guide;

      g_action_group_activate_action (G_ACTION_GROUP (self->room.application), "help", NULL);
      guide = gtk_application_get_active_window (GTK_APPLICATION (self->room.application));
      gtk_window_set_default_size (guide, self->width, self->height);
      fare_guide_window_show_page (FARE_GUIDE_WINDOW (guide), strchr (self->open, '-') + 1);
      ui_pause (600);
      return;
    }

  if (self->open != NULL && g_str_has_prefix (self->open, "preferences-"))
    {
      GtkWindow *preferences;

      g_action_group_activate_action (G_ACTION_GROUP (self->room.application), "show-preferences",
                                      g_variant_new_string (strchr (self->open, '-') + 1));
      preferences = gtk_application_get_active_window (GTK_APPLICATION (self->room.application));
      gtk_window_set_default_size (preferences, self->width, self->height);
      ui_pause (600);
      return;
    }

  if (g_strcmp0 (self->open, "shortcuts") == 0)
    gtk_widget_activate_action (window, "win.show-shortcuts", NULL);
  else if (g_strcmp0 (self->open, "past-day") == 0)
    {
      GtkWidget *grid = ui_find (ui_find (window, FARE_TYPE_YEAR_STRIP, NULL), FARE_TYPE_YEAR_GRID, NULL);

      g_signal_emit_by_name (grid, "day-activated",
                             fare_calendar_canvas_get_cursor (FARE_CALENDAR_CANVAS (grid)) - 100);
      ui_pause (600);
    }
  else if (g_strcmp0 (self->open, "range") == 0)
    fare_range_button_popup (FARE_RANGE_BUTTON (range));
  else if (g_strcmp0 (self->open, "custom") == 0)
    fare_range_button_popup_custom (FARE_RANGE_BUTTON (range));
  else if (g_strcmp0 (self->open, "filter") == 0)
    fare_filter_button_popup (FARE_FILTER_BUTTON (ui_find (window, FARE_TYPE_FILTER_BUTTON, NULL)));
  else if (g_strcmp0 (self->open, "session") == 0 || g_strcmp0 (self->open, "why") == 0)
    open_session (self, window);
  else if (g_strcmp0 (self->open, "menu") == 0)
    gtk_menu_button_popup (GTK_MENU_BUTTON (ui_find (window, GTK_TYPE_MENU_BUTTON, "primary_button")));
  else if (self->open != NULL && g_str_has_prefix (self->open, "pricing"))
    stage_pricing_open (self->room.window, self->open);
  else if (self->open != NULL && g_str_has_prefix (self->open, "breakdown"))
    open_breakdown (self);
  else if (g_strcmp0 (self->open, "unpriced") == 0)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_find (window, ADW_TYPE_EXPANDER_ROW,
                                                              "unpriced_row")), TRUE);
  else if (g_strcmp0 (self->open, "places") == 0)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_find (window, ADW_TYPE_EXPANDER_ROW,
                                                              "places_row")), TRUE);
}

static void
run (const char * const *argv)
{
  g_autoptr(GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                     &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", argv[0], error->message);
}

static void
show_sessions (Stage *self)
{
  GtkWidget *window = GTK_WIDGET (self->room.window);
  FarePreferences *preferences = fare_application_get_preferences (self->room.application);

  if (self->group != NULL)
    g_settings_set_string (fare_preferences_get_settings (preferences), "sessions-group",
                           self->group);

  if (self->search != NULL)
    {
      gtk_widget_activate_action (window, "win.search", NULL);
      gtk_editable_set_text (GTK_EDITABLE (ui_find (window, GTK_TYPE_SEARCH_ENTRY, "search_entry")),
                             self->search);
      ui_pause (300);
    }
}

/* Budgets far from used, nearly and more than used up; limits that are known and one that has begun
 * anew. */
static void
set_limits (Stage *self)
{
  GSettings *settings = fare_preferences_get_settings (fare_application_get_preferences (self->room.application));
  g_autoptr(FarePaths) paths = fare_paths_new ();
  gint64 now_ms = g_get_real_time () / 1000;
  const FareLimit limits[] = {
    { .minutes = 300, .used = 0.38, .resets_ms = now_ms + 131 * 60000 },
    { .minutes = 7 * 24 * 60, .used = 0.91, .resets_ms = now_ms + 50 * 60 * 60000 },
  };

  fare_limits_remember_claude (paths, limits, G_N_ELEMENTS (limits), now_ms);
  g_settings_set_double (settings, "budget-day", 10.0);
  g_settings_set_double (settings, "budget-week", 60.0);
  g_settings_set_double (settings, "budget-month", 250.0);
}

/* The report of this month, into a PDF file. */
static void
print (Stage *self)
{
  FareQuestion question = { .meter = fare_application_get_meter (self->room.application) };
  g_autoptr(GtkPrintOperation) operation = NULL;
  g_autoptr(FareMonthReport) report = NULL;
  g_autoptr(GError) error = NULL;
  FareDay today;

  fare_range_choice_get_now (fare_application_get_choice (self->room.application), &question.now);
  today = fare_day_of (question.now.zone, question.now.now_ms);
  question.subject = g_variant_ref_sink (fare_month_report_make_subject (fare_day_get_month_start (today, 0),
                                                                         self->hide_amounts));
  report = fare_month_report_load (&question, NULL, &error);
  if (report == NULL)
    g_error ("%s", error->message);

  operation = fare_month_paper_new_operation (report);
  gtk_print_operation_set_allow_async (operation, FALSE);
  gtk_print_operation_set_export_filename (operation, self->print);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, NULL);
}

/* Follows what asks for most width, from what holds it down to what wants it. */
static void
name_widest (GtkWidget *widget,
             int        width)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (child));
      int minimum;

      if (!gtk_widget_get_visible (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (minimum <= width)
        continue;

      g_printerr ("  %s %s needs %d px\n", G_OBJECT_TYPE_NAME (child), id != NULL ? id : "", minimum);
      name_widest (child, width);
    }
}

/* What does not fit is cut off at the end, which a picture shows only to those who know. */
static void
check_width (Stage *self)
{
  GtkWidget *bin = ui_find (GTK_WIDGET (self->room.window), FARE_TYPE_WIDTH_BIN, NULL);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (bin));
  int width = gtk_widget_get_width (bin);
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum <= width)
    return;

  g_printerr ("The window has %d px and needs %d px\n", width, minimum);
  name_widest (child, width);
}

/* On a machine that is busy with something else, what is due may still be waiting. */
static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end && g_main_context_iteration (NULL, FALSE))
    ;
}

static void
perform (Stage *self)
{
  const char * const aside[] = { "xdotool", "mousemove", "0", "0", NULL };
  const char * const photograph[] = { "import", "-window", "root", self->output, NULL };

  /* The pointer starts in the middle and would open a tooltip there.  Moving it before would not
   * last: the server starts anew when its last client leaves. */
  run (aside);
  gtk_window_set_default_size (GTK_WINDOW (self->room.window), self->width, self->height);

  if (self->range != NULL)
    fare_range_choice_from_string (fare_application_get_choice (self->room.application),
                                   self->range);

  ui_room_wait_settled (&self->room);

  if (self->print != NULL)
    print (self);

  if (self->style != NULL &&
      !fare_style_set_name (fare_style_get_for_display (gdk_display_get_default ()), self->style))
    g_error ("There is no style “%s”", self->style);

  for (guint i = 0; self->filters != NULL && self->filters[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (self->filters[i], "=", 2);

      gtk_widget_activate_action (GTK_WIDGET (self->room.window), "win.filter", "(ss)", parts[0],
                                  parts[1]);
    }

  if (self->page != NULL && !fare_window_show_page (self->room.window, self->page))
    g_error ("There is no page “%s”", self->page);

  show_sessions (self);
  ui_pause (300);
  open_part (self);
  if (self->calendar != NULL)
    stage_calendar (&self->room, self->calendar);

  if (g_strcmp0 (self->state, "reading") == 0)
    show_reading (self);

  g_timeout_add (600, ready_cb, self);
  ui_wait (is_ready, self, 5.0);
  settle ();
  if (self->state != NULL && !g_str_equal (self->state, "reading"))
    {
      GtkWidget *pages = ui_find (GTK_WIDGET (self->room.window), ADW_TYPE_VIEW_STACK, NULL);
      GtkWidget *total = ui_find (pages, GTK_TYPE_LABEL, "total_label");

      if (!show_face (pages, self->state))
        g_error ("There is no face “%s”", self->state);
      /* A page that has no lines has no sum of them. */
      if (total != NULL)
        gtk_widget_hide (total);
      ui_pause (500);
    }
  /* Once more: what came in may have made a frame necessary. */
  ui_pause (100);
  settle ();

  run (photograph);
  check_width (self);
}

int
main (int    argc,
      char **argv)
{
  Stage self = { .width = 1000, .height = 700, .text_scale = 1.0 };
  const GOptionEntry options[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &self.output, "PNG file", "FILE" },
    { "width", 0, 0, G_OPTION_ARG_INT, &self.width, "Width of the window", "PIXELS" },
    { "height", 0, 0, G_OPTION_ARG_INT, &self.height, "Height of the window", "PIXELS" },
    { "range", 0, 0, G_OPTION_ARG_STRING, &self.range, "Days shown", "RANGE" },
    { "open", 0, 0, G_OPTION_ARG_STRING, &self.open, "What to open", "range|custom|filter|menu|past-day|shortcuts|unpriced|places|session|why|preferences-PAGE|help-PAGE" },
    { "calendar", 0, 0, G_OPTION_ARG_STRING, &self.calendar, "What the calendar shows", "WORDS" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &self.state, "Face of the page", "reading|blank|busy|loading|failed|…" },
    { "page", 0, 0, G_OPTION_ARG_STRING, &self.page, "Page shown", "NAME" },
    { "filter", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self.filters, "Filter", "KIND=VALUE" },
    { "style", 0, 0, G_OPTION_ARG_STRING, &self.style, "Style", "NAME" },
    { "print", 0, 0, G_OPTION_ARG_FILENAME, &self.print, "PDF file with the month’s report", "FILE" },
    { "search", 0, 0, G_OPTION_ARG_STRING, &self.search, "What to look for", "TEXT" },
    { "group", 0, 0, G_OPTION_ARG_STRING, &self.group, "Grouping of sessions", "NAME" },
    { "text-scale", 0, 0, G_OPTION_ARG_DOUBLE, &self.text_scale, "Text size", "FACTOR" },
    { "rtl", 0, 0, G_OPTION_ARG_NONE, &self.rtl, "Right to left", NULL },
    { "hide-amounts", 0, 0, G_OPTION_ARG_NONE, &self.hide_amounts, "Hide amounts", NULL },
    { "limits", 0, 0, G_OPTION_ARG_NONE, &self.limits, "Set budgets, and remember limits", NULL },
    { "reminds", 0, 0, G_OPTION_ARG_NONE, &self.reminds, "Show reminders", NULL },
    { NULL }
  };
  static const char * const reminders[] = { "retention-claude", "retention-gemini_cli", NULL };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  fare_locale_init ();
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || self.output == NULL)
    g_error ("%s", error != NULL ? error->message : "--output is missing");

  adw_init ();
  set_up_look (&self);
  ui_room_open (&self.room);

  if (!self.reminds)
    g_settings_set_strv (fare_preferences_get_settings (fare_application_get_preferences (self.room.application)),
                         "dismissed-hints", reminders);

  if (self.limits)
    set_limits (&self);

  if (self.hide_amounts)
    fare_preferences_set_hide_amounts (fare_application_get_preferences (self.room.application),
                                       TRUE);

  perform (&self);

  return 0;
}
