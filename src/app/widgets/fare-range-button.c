/* fare-range-button.c
 *
 * Names the days shown and lets the user choose others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-range-button.h"
#include "widgets/fare-range-popover.h"
#include "widgets/fare-spoken-names.h"

/* Up to so many columns a title is never shortened where there is room for a header. */
#define SHORT_TITLE 14

/* Where there is none, up to so many on one line. */
#define LINE_TITLE 8

/* Width in characters. */
#define FULL_WIDTH 26
#define FOLDED_WIDTH 13

struct _FareRangeButton
{
  GtkWidget         parent_instance;

  GtkMenuButton    *menu_button;
  GtkLabel         *title_label;
  FareRangePopover *popover; /* (nullable): of the menu button, once it was opened */

  FareRangeChoice  *choice;
  guint             opens_custom : 1; /* the next popup starts with the calendars */
  guint             is_narrow : 1;
};

G_DEFINE_FINAL_TYPE (FareRangeButton, fare_range_button, GTK_TYPE_WIDGET)

static void
popover_show_cb (FareRangeButton *self)
{
  fare_range_popover_start (self->popover, self->opens_custom);
  self->opens_custom = FALSE;
}

/* Two calendars are work that the first frame need not wait for. */
static void
create_popup_cb (GtkMenuButton *menu_button,
                 gpointer       user_data)
{
  FareRangeButton *self = user_data;

  if (self->popover != NULL || self->choice == NULL)
    return;

  self->popover = FARE_RANGE_POPOVER (fare_range_popover_new (self->choice));
  fare_range_popover_set_narrow (self->popover, self->is_narrow);
  g_signal_connect_object (self->popover, "show",
                           G_CALLBACK (popover_show_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (menu_button, GTK_WIDGET (self->popover));
  fare_spoken_names_complete (GTK_WIDGET (self->popover));
}

/* Width in columns, of which a Chinese letter takes two. */
static guint
count_columns (const char *text)
{
  guint n_columns = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    n_columns += g_unichar_iswide (g_utf8_get_char (c)) ? 2 : 1;

  return n_columns;
}

/* In a narrow header a long title takes two lines of small print rather than losing its end. */
static void
update_layout (FareRangeButton *self)
{
  guint n_columns = count_columns (gtk_label_get_label (self->title_label));
  gboolean is_short = n_columns <= SHORT_TITLE;
  gboolean is_folded = self->is_narrow && n_columns > LINE_TITLE;

  gtk_label_set_ellipsize (self->title_label,
                           is_short && !self->is_narrow ? PANGO_ELLIPSIZE_NONE
                                                        : PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (self->title_label, is_folded);
  gtk_label_set_lines (self->title_label, is_folded ? 2 : -1);
  gtk_label_set_xalign (self->title_label, is_folded ? 0.0f : 0.5f);
  gtk_label_set_max_width_chars (self->title_label, is_folded ? FOLDED_WIDTH : FULL_WIDTH);

  if (is_folded)
    gtk_widget_add_css_class (GTK_WIDGET (self->title_label), "caption-heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title_label), "caption-heading");
}

static void
choice_changed_cb (FareRangeButton *self)
{
  g_autofree char *title = fare_range_choice_dup_title (self->choice);
  g_autofree char *spoken = NULL;

  if (g_strcmp0 (gtk_label_get_label (self->title_label), title) == 0)
    return;

  gtk_label_set_label (self->title_label, title);
  update_layout (self);
  /* Translators: name of the button that chooses the days, as in “Days shown: Last 7 Days” */
  spoken = g_strdup_printf (_("Days shown: %s"), title);
  fare_quiet_tooltip_set (GTK_WIDGET (self->menu_button), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static gboolean
fare_range_button_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FARE_RANGE_BUTTON (widget)->menu_button));
}

/* Where a widget of its own would take the keyboard again on the way back, it never came further. */
static gboolean
fare_range_button_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  return gtk_widget_child_focus (GTK_WIDGET (FARE_RANGE_BUTTON (widget)->menu_button), direction);
}

static void
fare_range_button_dispose (GObject *object)
{
  fare_range_button_set_choice (FARE_RANGE_BUTTON (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FARE_TYPE_RANGE_BUTTON);

  G_OBJECT_CLASS (fare_range_button_parent_class)->dispose (object);
}

static void
fare_range_button_class_init (FareRangeButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_range_button_dispose;
  widget_class->grab_focus = fare_range_button_grab_focus;
  widget_class->focus = fare_range_button_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-range-button.ui");
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, title_label);
}

static void
fare_range_button_init (FareRangeButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_popup_cb, self, NULL);
}

void
fare_range_button_set_choice (FareRangeButton *self,
                              FareRangeChoice *choice)
{
  g_return_if_fail (FARE_IS_RANGE_BUTTON (self));
  g_return_if_fail (choice == NULL || FARE_IS_RANGE_CHOICE (choice));

  if (self->choice != NULL)
    g_signal_handlers_disconnect_by_func (self->choice, choice_changed_cb, self);

  /* It changes the choice that it was made for. */
  if (self->popover != NULL && choice != self->choice)
    {
      self->popover = NULL;
      gtk_menu_button_set_popover (self->menu_button, NULL);
    }

  if (g_set_object (&self->choice, choice) && choice != NULL)
    {
      g_signal_connect_swapped (choice, "changed", G_CALLBACK (choice_changed_cb), self);
      choice_changed_cb (self);
    }
}

void
fare_range_button_set_narrow (FareRangeButton *self,
                              gboolean         is_narrow)
{
  g_return_if_fail (FARE_IS_RANGE_BUTTON (self));

  self->is_narrow = !!is_narrow;
  if (self->popover != NULL)
    fare_range_popover_set_narrow (self->popover, self->is_narrow);
  update_layout (self);
}

void
fare_range_button_popup (FareRangeButton *self)
{
  g_return_if_fail (FARE_IS_RANGE_BUTTON (self));

  self->opens_custom = FALSE;
  gtk_menu_button_popup (self->menu_button);
}

void
fare_range_button_popup_custom (FareRangeButton *self)
{
  g_return_if_fail (FARE_IS_RANGE_BUTTON (self));

  self->opens_custom = TRUE;
  gtk_menu_button_popup (self->menu_button);
}
