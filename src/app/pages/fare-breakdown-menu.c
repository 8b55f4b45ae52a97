/* fare-breakdown-menu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-breakdown-menu.h"
#include "pages/fare-breakdown-text.h"
#include "widgets/fare-line-menu.h"

struct _FareBreakdownMenu
{
  GObject             parent_instance;

  GtkWidget          *owner;
  FareLineMenu       *line;
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
  g_clear_object (&self->line);
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
take_cb (gpointer item,
         gpointer user_data)
{
  FareBreakdownMenu *self = user_data;
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "show");

  g_set_object (&self->item, FARE_BREAKDOWN_ITEM (item));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               fare_breakdown_item_get_kind (item) != FARE_BREAKDOWN_TOTAL);

  return TRUE;
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
  self->line = fare_line_menu_new (owner, G_MENU_MODEL (model), take_cb, "line.copy-csv", self);

  return self;
}

void
fare_breakdown_menu_add_view (FareBreakdownMenu *self,
                              GtkWidget         *view)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_MENU (self));

  fare_line_menu_add_view (self->line, view);
}

void
fare_breakdown_menu_detach (FareBreakdownMenu *self)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_MENU (self));

  fare_line_menu_detach (self->line);
  self->owner = NULL;
}
