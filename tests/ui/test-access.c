/* test-access.c
 *
 * What keyboards, screen readers and narrow screens need: names, shortcuts, layouts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "pages/fare-source-footer.h"
#include "preferences/fare-rates-group.h"
#include "widgets/fare-card-grid.h"
#include "widgets/fare-donut.h"
#include "widgets/fare-filter-button.h"
#include "widgets/fare-filter-pills.h"
#include "widgets/fare-range-button.h"
#include "widgets/fare-range-popover.h"
#include "widgets/fare-share-bar.h"
#include "widgets/fare-spoken-names.h"
#include "widgets/fare-stat-card.h"
#include "widgets/fare-swatch.h"
#include "widgets/fare-width-bin.h"

static gboolean
has_text (GtkWidget *widget)
{
  GtkWidget *label = ui_find (widget, GTK_TYPE_LABEL, NULL);

  return label != NULL && *gtk_label_get_label (GTK_LABEL (label)) != '\0';
}

static gboolean
has_name (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* The parts that GTK itself puts together are named by GTK, through the widget they belong to. */
static gboolean
is_part_of_gtk (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL ||
         gtk_widget_get_ancestor (widget, GTK_TYPE_CALENDAR) != NULL ||
         (GTK_IS_TOGGLE_BUTTON (widget) &&
          gtk_widget_get_ancestor (widget, GTK_TYPE_MENU_BUTTON) != NULL);
}

static void
check_name_cb (GtkWidget *widget,
               gpointer   data)
{
  guint *n_checked = data;

  /* Hidden parts get their text when they are shown. */
  if (is_part_of_gtk (widget) || !gtk_widget_get_visible (widget) ||
      (gtk_widget_get_parent (widget) != NULL &&
       !gtk_widget_get_visible (gtk_widget_get_parent (widget))))
    return;

  if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget))
    {
      ++*n_checked;

      if (!has_name (widget) && !has_text (widget))
        g_error ("A %s without a name, id %s, in a %s", G_OBJECT_TYPE_NAME (widget),
                 gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)),
                 G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
    }

  if (FARE_IS_STAT_CARD (widget) || FARE_IS_DONUT (widget) || GTK_IS_PROGRESS_BAR (widget) ||
      GTK_IS_CALENDAR (widget) || (GTK_IS_LIST_BOX (widget) && gtk_widget_get_visible (widget) &&
                                   gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW) == NULL))
    {
      ++*n_checked;

      if (!has_name (widget))
        {
          g_autoptr(GString) chain = g_string_new (NULL);

          for (GtkWidget *up = widget; up != NULL; up = gtk_widget_get_parent (up))
            g_string_append_printf (chain, " %s", G_OBJECT_TYPE_NAME (up));

          g_error ("Without a name, from the inside out:%s", chain->str);
        }
    }
}

static void
test_everything_has_a_name (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  guint n_checked = 0;

  ui_room_add_claude (room, "s-1", g_get_real_time () / 1000, "claude-opus-4-8", 1000000, 1000);
  ui_room_open (room);
  ui_room_wait_settled (room);
  ui_room_visit_pages (room);
  ui_walk (GTK_WIDGET (room->window), check_name_cb, &n_checked);

  /* Header buttons, cards, ring, lists, bars, calendars: a walk that finds less looked wrong. */
  g_assert_cmpuint (n_checked, >, 15);
}

static void
check_focusable_cb (GtkWidget *widget,
                    gpointer   data)
{
  guint *n_checked = data;

  /* Containers pass the keyboard on; text is its own name. */
  if (!gtk_widget_get_focusable (widget) || !gtk_widget_get_visible (widget) ||
      is_part_of_gtk (widget) || GTK_IS_LABEL (widget) ||
      GTK_IS_LIST_BOX_ROW (widget) || GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_TEXT (widget) ||
      GTK_IS_WINDOW (widget) || GTK_IS_POPOVER (widget) || GTK_IS_LIST_BASE (widget) ||
      gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON) != NULL ||
      (GTK_IS_LIST_BOX (widget) &&
       (gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP) != NULL ||
        gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW) != NULL)) ||
      gtk_widget_get_ancestor (widget, ADW_TYPE_VIEW_SWITCHER) != NULL ||
      gtk_widget_get_ancestor (widget, GTK_TYPE_STACK_SWITCHER) != NULL)
    return;

  ++*n_checked;

  if (!has_name (widget) && !has_text (widget))
    g_error ("A focusable %s without a name, id %s, in a %s", G_OBJECT_TYPE_NAME (widget),
             gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
}

/* Every template of ours that can stand alone: it loads without a complaint, and whatever takes the
 * keyboard can be told by its name. */
static void
test_templates (void)
{
  const GType types[] = {
    FARE_TYPE_FILTER_BUTTON, FARE_TYPE_FILTER_PILLS, FARE_TYPE_RANGE_BUTTON,
    FARE_TYPE_RANGE_POPOVER,
    FARE_TYPE_RATES_GROUP, FARE_TYPE_SOURCE_FOOTER,
  };
  guint n_checked = 0;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_ref_sink (g_object_new (types[i], NULL));

      ui_walk (widget, check_focusable_cb, &n_checked);
      g_object_unref (widget);
    }

  g_assert_cmpuint (n_checked, >, 6);
}

static void
test_icon_buttons (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *refresh, *menu;

  ui_room_open (room);
  refresh = ui_find (GTK_WIDGET (room->window), GTK_TYPE_BUTTON, "refresh_button");
  menu = ui_find (GTK_WIDGET (room->window), GTK_TYPE_MENU_BUTTON, "primary_button");

  gtk_test_accessible_assert_property (refresh, GTK_ACCESSIBLE_PROPERTY_LABEL, "Refresh");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (refresh), ==, "Refresh");
  gtk_test_accessible_assert_property (menu, GTK_ACCESSIBLE_PROPERTY_LABEL, "Main Menu");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (menu), ==, "Main Menu");
}

/* "<Control><Shift>h" and "<Shift><Control>h" are the same. */
static void
test_width_modes (void)
{
  const struct
  {
    int       width;
    FareWidth mode;
  } steps[] = {
    { 1000, FARE_WIDTH_WIDE },
    { 853, FARE_WIDTH_WIDE },   /* within the hysteresis */
    { 851, FARE_WIDTH_MEDIUM },
    { 859, FARE_WIDTH_MEDIUM },
    { 860, FARE_WIDTH_WIDE },
    { 600, FARE_WIDTH_MEDIUM },
    { 513, FARE_WIDTH_MEDIUM },
    { 511, FARE_WIDTH_NARROW },
    { 519, FARE_WIDTH_NARROW },
    { 520, FARE_WIDTH_MEDIUM },
    { 360, FARE_WIDTH_NARROW },
  };
  GtkWidget *bin = g_object_ref_sink (g_object_new (FARE_TYPE_WIDTH_BIN, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (bin, &(GtkAllocation) { 0, 0, steps[i].width, 300 }, -1);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpint (fare_width_bin_get_mode (FARE_WIDTH_BIN (bin)), ==, steps[i].mode);
    }

  g_assert_finalize_object (bin);
}

/* The x of each of five cards of 100 pixels, when the grid is @width wide. */
static void
lay_out_cards (GtkWidget *grid,
               int        width,
               int        lefts[5],
               int        tops[5])
{
  GtkWidget *card = gtk_widget_get_first_child (grid);
  int height;

  gtk_widget_measure (grid, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_size_allocate (grid, &(GtkAllocation) { 0, 0, width, height }, -1);

  for (int i = 0; i < 5; i++, card = gtk_widget_get_next_sibling (card))
    {
      graphene_rect_t bounds;

      g_assert_true (gtk_widget_compute_bounds (card, grid, &bounds));
      lefts[i] = (int) bounds.origin.x;
      tops[i] = (int) bounds.origin.y;
    }
}

/* Every row has its share: seven are three, two and two, and not three, three and one. */
static void
test_card_rows (void)
{
  GtkWidget *grid = g_object_ref_sink (g_object_new (FARE_TYPE_CARD_GRID, NULL));
  guint n_in_row[3] = { 0 };

  for (int i = 0; i < 7; i++)
    {
      GtkWidget *card = gtk_label_new ("x");

      gtk_widget_set_size_request (card, 100, 50);
      gtk_box_append (GTK_BOX (grid), card);
    }

  gtk_widget_measure (grid, GTK_ORIENTATION_VERTICAL, 350, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (grid, 350, 600, -1, NULL);

  for (GtkWidget *card = gtk_widget_get_first_child (grid); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    {
      graphene_rect_t bounds;

      g_assert_true (gtk_widget_compute_bounds (card, grid, &bounds));
      g_assert_cmpint ((int) bounds.origin.y / 55, <, 3);
      n_in_row[(int) bounds.origin.y / 55]++;
    }

  g_assert_cmpuint (n_in_row[0], ==, 3);
  g_assert_cmpuint (n_in_row[1], ==, 2);
  g_assert_cmpuint (n_in_row[2], ==, 2);
  g_object_unref (grid);
}

static void
test_card_grid (void)
{
  GtkWidget *grid = g_object_ref_sink (g_object_new (FARE_TYPE_CARD_GRID, NULL));
  int lefts[5], tops[5], minimum;

  for (int i = 0; i < 5; i++)
    {
      GtkWidget *card = gtk_label_new ("x");

      gtk_widget_set_size_request (card, 100, 50);
      gtk_box_append (GTK_BOX (grid), card);
    }

  /* One card is the least; no window is ever forced to be wider. */
  gtk_widget_measure (grid, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);

  lay_out_cards (grid, 600, lefts, tops);
  g_assert_cmpint (tops[4], ==, tops[0]);

  /* Four would fit; three and two look better than four and one. */
  lay_out_cards (grid, 470, lefts, tops);
  g_assert_cmpint (tops[2], ==, tops[0]);
  g_assert_cmpint (tops[3], >, tops[0]);
  g_assert_cmpint (tops[4], ==, tops[3]);
  g_assert_cmpint (lefts[3], ==, 0);

  gtk_widget_set_direction (grid, GTK_TEXT_DIR_RTL);
  for (GtkWidget *card = gtk_widget_get_first_child (grid);
       card != NULL;
       card = gtk_widget_get_next_sibling (card))
    gtk_widget_set_direction (card, GTK_TEXT_DIR_RTL);
  lay_out_cards (grid, 600, lefts, tops);
  g_assert_cmpint (lefts[0], >, lefts[4]);
  g_assert_cmpint (lefts[4], ==, 0);

  g_assert_finalize_object (grid);
}

typedef struct
{
  GtkWindow *window;
  GtkWidget *bin;
  int        width;
} WidthWait;

/* A size that the window is about to be given anyway takes the place of one asked for meanwhile, so
 * it is asked for until it is there. */
static gboolean
has_width (gpointer data)
{
  WidthWait *wait = data;

  if (ABS (gtk_widget_get_width (wait->bin) - wait->width) < 60)
    return TRUE;

  gtk_window_set_default_size (wait->window, wait->width, 640);
  return FALSE;
}

/* Gives the window a width and says how much more than that its content needs. */
static int
get_excess (UiRoom *room,
            int     width)
{
  WidthWait wait = {
    GTK_WINDOW (room->window), ui_find (GTK_WIDGET (room->window), FARE_TYPE_WIDTH_BIN, NULL), width
  };
  int minimum;

  ui_wait (has_width, &wait, 5.0);
  ui_pause (100);
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (wait.bin)), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);

  return MAX (0, minimum - gtk_widget_get_width (wait.bin));
}

/* At the smallest width, and at twice the text size in a usual window, nothing is cut off. */
static void
test_fits (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkSettings *settings = gtk_settings_get_default ();

  ui_room_add_claude (room, "s-1", g_get_real_time () / 1000, "claude-opus-4-8", 123456789, 999999);
  ui_room_open (room);
  ui_room_wait_settled (room);
  ui_room_visit_pages (room);
  /* A window that is still being laid out forgets a size that it is given. */
  ui_pause (500);

  g_assert_cmpint (get_excess (room, 1000), ==, 0);
  g_assert_cmpint (get_excess (room, 600), ==, 0);
  g_assert_cmpint (get_excess (room, 360), ==, 0);

  /* Nor under the longest name of a range. */
  fare_range_choice_from_string (fare_application_get_choice (room->application),
                                 "2025-09-30/2026-10-31");
  g_assert_cmpint (get_excess (room, 360), ==, 0);
  ui_room_wait_settled (room);

  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  g_assert_cmpint (get_excess (room, 1000), ==, 0);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

static void
assert_name (GtkWidget  *widget,
             const char *name)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  if (other != NULL)
    g_error ("A %s is called “%s”, not “%s”", G_OBJECT_TYPE_NAME (widget), other, name);
}

static void
collect_buttons_cb (GtkWidget *widget,
                    gpointer   data)
{
  if (GTK_IS_BUTTON (widget))
    g_ptr_array_add (data, widget);
}

/* What is put together by GTK is told by its name, and mnemonics are not read out. */
static void
test_spoken_names (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkWidget *button = gtk_button_new_with_mnemonic ("_Save __all_");
  GtkWidget *calendar = gtk_calendar_new ();
  GtkWidget *bar = gtk_info_bar_new ();
  GtkWidget *drop = gtk_drop_down_new_from_strings ((const char *[]) { "One", "Two", NULL });
  GtkWidget *toggle = ui_find (drop, GTK_TYPE_TOGGLE_BUTTON, NULL);
  g_autoptr(GPtrArray) buttons = g_ptr_array_new ();

  gtk_info_bar_set_show_close_button (GTK_INFO_BAR (bar), TRUE);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), calendar);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), drop);
  fare_spoken_names_complete (box);
  fare_spoken_names_complete (box);

  assert_name (button, "Save _all");
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button),
                                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY));

  ui_walk (calendar, collect_buttons_cb, buttons);
  g_assert_cmpuint (buttons->len, ==, 4);
  assert_name (buttons->pdata[0], "Previous Month");
  assert_name (buttons->pdata[1], "Next Month");
  assert_name (buttons->pdata[2], "Previous Year");
  assert_name (buttons->pdata[3], "Next Year");

  g_ptr_array_set_size (buttons, 0);
  ui_walk (bar, collect_buttons_cb, buttons);
  g_assert_cmpuint (buttons->len, ==, 1);
  assert_name (buttons->pdata[0], "Close");

  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (toggle),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  gtk_test_accessible_assert_property (toggle, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "One");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), 1);
  gtk_test_accessible_assert_property (toggle, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Two");
  g_object_unref (box);
}

/* The arrows in the calendars mean what they are called. */
static void
test_calendar_arrows (void)
{
  GtkWidget *calendar = g_object_ref_sink (gtk_calendar_new ());
  g_autoptr(GPtrArray) buttons = g_ptr_array_new ();
  g_autoptr(GDateTime) start = g_date_time_new_utc (2026, 6, 15, 0, 0, 0);
  static const int months[] = { -1, 1, -12, 12 };

  ui_walk (calendar, collect_buttons_cb, buttons);

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      g_autoptr(GDateTime) wanted = g_date_time_add_months (start, months[i]);
      g_autoptr(GDateTime) date = NULL;

      gtk_calendar_select_day (GTK_CALENDAR (calendar), start);
      g_signal_emit_by_name (buttons->pdata[i], "clicked");
      date = gtk_calendar_get_date (GTK_CALENDAR (calendar));
      g_assert_cmpint (g_date_time_get_year (date), ==, g_date_time_get_year (wanted));
      g_assert_cmpint (g_date_time_get_month (date), ==, g_date_time_get_month (wanted));
    }

  g_object_unref (calendar);
}

/* A row of a table is told by what stands in it, once the keyboard comes to it. */
static void
test_spoken_rows (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *spoken = NULL;
  GtkWidget *expander;

  ui_room_add_claude (room, "s-1", g_get_real_time () / 1000, "claude-opus-4-8", 1000000, 1000);
  ui_room_open (room);
  ui_room_wait_settled (room);
  fare_window_show_page (room->window, "sessions");
  ui_pause (500);
  expander = ui_find (GTK_WIDGET (room->window), GTK_TYPE_TREE_EXPANDER, NULL);
  g_assert_nonnull (expander);
  g_assert_true (gtk_widget_grab_focus (expander));
  spoken = gtk_test_accessible_check_property (GTK_ACCESSIBLE (expander),
                                               GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  g_assert_true (g_str_has_prefix (spoken, "pier, pier, Tool: Claude Code, Models: claude-opus-4-8, "
                                           "Input: 1M, "));
  g_assert_nonnull (strstr (spoken, "Cost: $5.03, Last Activity: Today, "));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/access/everything-has-a-name", test_everything_has_a_name);
  g_test_add_func ("/ui/access/templates", test_templates);
  g_test_add_func ("/ui/access/icon-buttons", test_icon_buttons);
  g_test_add_func ("/ui/access/spoken-names", test_spoken_names);
  g_test_add_func ("/ui/access/spoken-rows", test_spoken_rows);
  g_test_add_func ("/ui/access/calendar-arrows", test_calendar_arrows);
  g_test_add_func ("/ui/access/width-modes", test_width_modes);
  g_test_add_func ("/ui/access/card-grid", test_card_grid);
  g_test_add_func ("/ui/access/card-grid-rows", test_card_rows);
  g_test_add_func ("/ui/access/fits", test_fits);

  return g_test_run ();
}
